package shell

import (
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/fault"
)

type screen struct {
	name   string
	bar    nav.Bar
	body   fyne.CanvasObject
	uses   []keys.Key
	got    []keys.Key
	shown  int
	hidden int
	stay   *nav.Question
	small  []bool
	opened []string
}

func (s *screen) Object() fyne.CanvasObject {
	if s.body == nil {
		s.body = kit.NewText(s.name, kit.Body, theme.Ink)
	}
	return s.body
}
func (s *screen) Key(k keys.Key) bool { s.got = append(s.got, k); return slices.Contains(s.uses, k) }
func (s *screen) Help() []nav.Hint {
	return []nav.Hint{{Keys: []keys.Key{keys.E}, Text: "Исправить карточку"}}
}
func (s *screen) Bar() nav.Bar { return s.bar }
func (s *screen) Shown()       { s.shown++ }
func (s *screen) Hidden()      { s.hidden++ }
func (s *screen) Fit(b bool)   { s.small = append(s.small, b) }
func (s *screen) CanLeave() (bool, nav.Question) {
	if s.stay != nil {
		return false, *s.stay
	}
	return true, nav.Question{}
}

type opener struct{ screen }

func (o *opener) Open(p []string) bool { o.opened = append(o.opened, p...); return true }

type fixture struct {
	*Shell
	win                fyne.Window
	today, cards, task *screen
	opened             [][]string
	undos, redos       int
	undoErr            error
	quits, pastes      int
}

func start(t *testing.T, mode theme.Mode) *fixture {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(mode))
	f := &fixture{
		today: &screen{name: "today", bar: nav.Bar{Tab: nav.Today}},
		cards: &screen{name: "cards", bar: nav.Bar{Tab: nav.Cards}},
		task:  &screen{name: "task", bar: nav.Bar{Close: true}},
	}
	f.win = test.NewTempWindow(t, nil)
	p := i18n.New("ru")
	f.Shell = New(f.win, Options{
		Words: func() *i18n.Printer { return p },
		Today: func() nav.Screen { return f.today }, Cards: func() nav.Screen { return f.cards },
		Statistics: func() nav.Screen { return &screen{name: "stats", bar: nav.Bar{Tab: nav.Statistics}} },
		Settings:   func() nav.Screen { return &screen{name: "settings", bar: nav.Bar{Title: "Настройки"}} },
		Open:       func(p []string) { f.opened = append(f.opened, p) },
		Paste:      func() { f.pastes++ },
		Undo:       func(then Step) { f.undos++; then("ответ «Хорошо»", f.undoErr) },
		Redo:       func(then Step) { f.redos++; then("ответ «Хорошо»", nil) },
		Quit:       func() { f.quits++ },
	})
	f.win.Resize(fyne.NewSize(1280, 800))
	f.Home()
	return f
}

func (f *fixture) press(n fyne.KeyName) { f.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: n}) }

// chord stands for a shortcut, which the test canvas does not carry.
func (f *fixture) chord(k keys.Key) { f.Key(k) }

func TestStack(t *testing.T) {
	f := start(t, theme.LightMode)
	f.Go(f.task)
	if f.Top() != f.task || f.today.hidden != 1 || f.task.shown != 1 {
		t.Fatal("the task is not in front")
	}
	f.press(fyne.KeyEscape)
	if f.Top() != f.today || f.today.shown != 2 || f.task.hidden != 1 {
		t.Error("Esc does not lead back")
	}
	f.press(fyne.KeyEscape)
	if f.Top() != f.today {
		t.Error("the last screen was left")
	}
	f.Go(f.task)
	f.Replace(f.cards)
	if f.Top() != f.cards || len(f.stack) != 2 {
		t.Error("Replace does not replace")
	}
}

func TestKeysGoToTheScreenFirst(t *testing.T) {
	f := start(t, theme.LightMode)
	f.today.uses = []keys.Key{"3", keys.CtrlF}
	f.press(fyne.Key3)
	f.win.Canvas().OnTypedRune()('3')
	f.win.Canvas().OnTypedRune()('у')
	f.press(fyne.KeySpace)
	f.win.Canvas().OnTypedRune()(' ')
	f.chord(keys.CtrlF)
	if want := []keys.Key{"3", keys.E, keys.Space, keys.CtrlF}; !slices.Equal(f.today.got, want) {
		t.Errorf("the screen got %v, want %v", f.today.got, want)
	}
	if f.Top() != f.today {
		t.Error("the window used a key the screen had used")
	}
	f.today.uses = nil
	f.chord(keys.CtrlF)
	if f.Top() != f.cards {
		t.Error("Ctrl F does not lead to the cards")
	}
	f.chord(keys.CtrlO)
	if len(f.opened) != 1 || len(f.opened[0]) != 0 {
		t.Errorf("Ctrl O opened %v", f.opened)
	}
}

func TestUndoSaysWhatAndOffersRedo(t *testing.T) {
	f := start(t, theme.LightMode)
	f.chord(keys.CtrlZ)
	if f.undos != 1 || len(f.toasts.Objects) != 1 {
		t.Fatalf("%d undos, %d toasts", f.undos, len(f.toasts.Objects))
	}
	f.chord(keys.CtrlY)
	if f.redos != 1 || len(f.toasts.Objects) != 1 {
		t.Error("a second toast does not take the place of the first")
	}
	f.undoErr = fault.New(fault.NothingToUndo, nil)
	f.chord(keys.CtrlZ)
	if len(f.toasts.Objects) != 2 {
		t.Error("a failed undo says nothing")
	}
	f.press(fyne.KeyEscape)
	if len(f.toasts.Objects) != 1 {
		t.Error("Esc does not close the error")
	}
}

func TestErrorIsSaidOnceAndCancelNever(t *testing.T) {
	f := start(t, theme.LightMode)
	f.Error(errors.New("x"))
	f.Error(errors.New("y"))
	f.Error(fault.New(fault.Cancelled, nil))
	f.Error(nil)
	if len(f.toasts.Objects) != 1 {
		t.Errorf("%d notices", len(f.toasts.Objects))
	}
}

func TestLeavingAsks(t *testing.T) {
	f := start(t, theme.LightMode)
	saved := 0
	f.task.stay = &nav.Question{Title: "Выйти без сохранения?", Yes: nav.Action{Text: "Выйти", Danger: true, Do: func() { saved++ }}}
	f.Go(f.task)
	f.press(fyne.KeyEscape)
	if f.Top() != f.task || kit.TopOverlay(f.win.Canvas()) == nil {
		t.Fatal("no question")
	}
	f.press(fyne.KeyEscape) // the dialog's: stay
	if f.Top() != f.task || kit.TopOverlay(f.win.Canvas()) != nil {
		t.Fatal("Esc in the question does not stay")
	}
	before := len(f.task.got)
	f.Quit()
	f.press(fyne.Key1)
	if len(f.task.got) != before {
		t.Error("the screen hears keys under a question")
	}
	f.press(fyne.KeyReturn)
	if f.quits != 1 || saved != 1 {
		t.Errorf("quit %d times, asked action ran %d times", f.quits, saved)
	}
}

func TestSmallWindowFitsScreens(t *testing.T) {
	f := start(t, theme.LightMode)
	if f.Small() {
		t.Fatal("1280×800 is small")
	}
	f.win.Resize(fyne.NewSize(900, 600))
	if !f.Small() || len(f.today.small) == 0 || !f.today.small[len(f.today.small)-1] {
		t.Error("the screen was not told")
	}
	if f.bar.Size().Height != theme.BarSmall || f.body.Position().Y != theme.BarSmall {
		t.Errorf("bar %v high", f.bar.Size().Height)
	}
	f.Go(f.task)
	if n := len(f.task.small); n == 0 || !f.task.small[n-1] {
		t.Error("a new screen was not told")
	}
}

func TestNoBarGivesAllTheRoom(t *testing.T) {
	f := start(t, theme.LightMode)
	f.Go(&screen{name: "first", bar: nav.Bar{None: true}})
	if f.body.Position().Y != 0 || f.body.Size().Height != 800 {
		t.Errorf("the body begins at %v and is %v high", f.body.Position().Y, f.body.Size().Height)
	}
	f.Back()
	if f.body.Position().Y != theme.BarHeight {
		t.Error("the bar does not come back")
	}
}

func TestDroppedFiles(t *testing.T) {
	f := start(t, theme.LightMode)
	page, err := storage.ParseURI("https://example.org/x")
	if err != nil {
		t.Fatal(err)
	}
	uris := []fyne.URI{storage.NewFileURI("/tmp/lecture.txt"), page}
	f.dropped(uris)
	if len(f.opened) != 1 || len(f.opened[0]) != 1 || f.opened[0][0] != "/tmp/lecture.txt" {
		t.Fatalf("opened %v", f.opened)
	}
	own := &opener{screen{name: "own", bar: nav.Bar{Title: "x"}}}
	f.Go(own)
	f.dropped(uris)
	if len(f.opened) != 1 || len(own.opened) != 1 {
		t.Error("a screen that opens files itself was passed over")
	}
}

// A sheet that is higher than the window is read by keys.
func TestSheetsScrollByKeys(t *testing.T) {
	f := start(t, theme.LightMode)
	f.win.Resize(fyne.NewSize(900, 300))
	f.press(fyne.KeyF1)
	before := f.win.Canvas().Capture()
	f.press(fyne.KeyPageDown)
	after := f.win.Canvas().Capture()
	if sameImage(before, after) {
		t.Error("Page Down does not scroll the keys")
	}
	f.press(fyne.KeyPageUp)
	if !sameImage(before, f.win.Canvas().Capture()) {
		t.Error("Page Up does not lead back")
	}
}

func TestPasteIsOfTheWindow(t *testing.T) {
	f := start(t, theme.LightMode)
	f.chord(keys.CtrlV)
	if f.pastes != 1 {
		t.Errorf("pasted %d times", f.pastes)
	}
	f.press(fyne.KeyF1)
	f.chord(keys.CtrlV)
	if f.pastes != 1 {
		t.Error("a sheet lets a paste through")
	}
}

// What was written into a form is lost only on purpose: a failing save keeps
// the form, leaving asks, a dropped file does not sweep it away.
func TestFormKeepsWhatWasWritten(t *testing.T) {
	f := start(t, theme.LightMode)
	overlays := f.win.Canvas().Overlays()
	dirty, kept := true, 0
	var failing error = fault.New(fault.DiskFull, errors.New("no space"))
	form := nav.Form{
		Title: "Карточка", Content: kit.NewArea(kit.Body, 3, "", "", nil), Save: "Сохранить",
		Dirty: func() bool { return dirty },
		Keep: func() error {
			if failing == nil {
				kept++
			}
			return failing
		},
	}
	f.Form(form)
	f.chord(keys.CtrlEnter)
	if len(overlays.List()) != 1 || kept != 0 {
		t.Fatal("the form is gone although nothing was kept")
	}
	f.press(fyne.KeyEscape)
	if len(overlays.List()) != 2 {
		t.Fatal("leaving does not ask")
	}
	f.press(fyne.KeyEscape)
	f.dropped([]fyne.URI{storage.NewFileURI("/tmp/lecture.txt")})
	if len(overlays.List()) != 2 || len(f.opened) != 0 {
		t.Fatal("a dropped file swept the form away")
	}
	failing = nil
	f.press(fyne.KeyReturn) // the question's answer: save
	if len(overlays.List()) != 0 || kept != 1 {
		t.Fatalf("%d overlays, kept %d times", len(overlays.List()), kept)
	}
	dirty = false
	f.Form(form)
	f.dropped([]fyne.URI{storage.NewFileURI("/tmp/lecture.txt")})
	if len(overlays.List()) != 0 || len(f.opened) != 1 {
		t.Error("an untouched form keeps a dropped file out")
	}
}

func TestWaitCanBeStoppedOrEnds(t *testing.T) {
	f := start(t, theme.LightMode)
	stops := 0
	_, done := f.Wait("Читаю", func() { stops++ })
	done()
	done()
	f.patience = 0
	step, done := f.Wait("Читаю", func() { stops++ })
	if f.win.Canvas().Overlays().Top() == nil {
		t.Fatal("long work is not spoken of")
	}
	step(1, 2)
	f.press(fyne.KeyEscape)
	done()
	if stops != 1 {
		t.Errorf("stopped %d times, want once", stops)
	}
	if f.win.Canvas().Overlays().Top() != nil {
		t.Error("the sheet stays")
	}
}

func TestCountSaysHowFarWorkHasCome(t *testing.T) {
	f := start(t, theme.LightMode)
	f.patience = 0
	step, done := f.Count("Читаю", func(done, total int) string { return fmt.Sprintf("%d из %d", done, total) }, func() {})
	step(12, 80)
	said := false
	for _, o := range test.LaidOutObjects(f.win.Canvas().Overlays().Top()) {
		if x, ok := o.(*kit.Text); ok {
			said = said || x.Text == "12 из 80"
		}
	}
	if !said {
		t.Error("nothing says how far it has come")
	}
	done()
	if f.win.Canvas().Overlays().Top() != nil {
		t.Error("the sheet stays")
	}
}

func TestThemeChangeReachesScreensBelow(t *testing.T) {
	f := start(t, theme.LightMode)
	label := kit.NewText("ниже", kit.Body, theme.Ink)
	f.today.body = label
	f.Home()
	f.win.Canvas().Capture()
	drawn := test.WidgetRenderer(label).Objects()[0].(*canvas.Text)
	before := drawn.Color
	f.Go(f.task)
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.DarkMode))
	if drawn.Color == before {
		t.Error("a covered screen keeps the old colours")
	}
}

func TestFieldHandsChordsToTheWindow(t *testing.T) {
	f := start(t, theme.LightMode)
	field := kit.NewArea(kit.Answer, 4, "", "", nil)
	f.task.body = field
	f.task.uses = []keys.Key{keys.CtrlEnter}
	f.Go(f.task)
	f.Focus(field.Focusable())
	test.Type(field.Focusable(), "ёж 3")
	if field.Text() != "ёж 3" || len(f.task.got) != 0 {
		t.Fatalf("the field has %q, the screen got %v", field.Text(), f.task.got)
	}
	e := f.win.Canvas().Focused().(fyne.Shortcutable)
	e.TypedShortcut(keys.Shortcuts(keys.CtrlEnter)[0])
	if !slices.Equal(f.task.got, []keys.Key{keys.CtrlEnter}) {
		t.Errorf("the screen got %v", f.task.got)
	}
	for range 20 {
		if e.TypedShortcut(&fyne.ShortcutUndo{}); field.Text() == "" {
			break
		}
	}
	if field.Text() != "" || f.undos != 0 {
		t.Fatalf("undo in the field left %q and undid %d in the collection", field.Text(), f.undos)
	}
	e.TypedShortcut(&fyne.ShortcutUndo{})
	if f.undos != 1 {
		t.Error("at its start the field keeps Ctrl Z to itself")
	}
	f.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if f.Top() != f.today {
		t.Error("Esc does not leave the field's screen")
	}
}

// Pictures of the frame, written when LECTERN_SHOTS names a folder.
func TestShots(t *testing.T) {
	dir := os.Getenv("LECTERN_SHOTS")
	if dir == "" {
		t.Skip("LECTERN_SHOTS names no folder")
	}
	for _, mode := range []theme.Mode{theme.LightMode, theme.DarkMode} {
		f := start(t, mode)
		f.today.body = kit.Gap(1, 1)
		f.task.body = kit.Gap(1, 1)
		save := func(name string) {
			w, err := os.Create(filepath.Join(dir, "shell-"+name+"-"+string(mode)+".png"))
			if err != nil {
				t.Fatal(err)
			}
			defer w.Close()
			if err := png.Encode(w, f.win.Canvas().Capture()); err != nil {
				t.Fatal(err)
			}
		}
		f.Home()
		f.chord(keys.CtrlZ)
		save("today")
		f.press(fyne.KeyF1)
		save("help")
		f.press(fyne.KeyEscape)
		f.task.bar = nav.Bar{Title: "Понимание LLM", Subtitle: "выпуск 1.2 → 1.3", Actions: []fyne.CanvasObject{
			kit.NewButton("Отмена", kit.Quiet, nil), kit.NewButton("Обновить", kit.Primary, nil).WithKey(keys.CtrlEnter)}}
		f.Go(f.task)
		f.Error(fault.New(fault.DiskFull, errors.New("no space")))
		save("task")
		f.closeError()
		f.task.bar = nav.Bar{Close: true, Middle: kit.Row(12, kit.Middle, kit.NewText("Осталось 21, около 8 минут", kit.Caption, theme.Muted), kit.Fixed(200, 0, kit.NewMeter(.38))),
			Actions: []fyne.CanvasObject{kit.NewIconButton("arrow-u-up-left", "", "", nil), kit.NewIconButton("pencil-simple", "", "", nil), kit.NewIconButton("dots-three", "", "", nil)}}
		f.RefreshBar()
		save("study")
		f.Back()
	}
}

func TestTooltipsHaveALayer(t *testing.T) {
	f := start(t, theme.DarkMode)
	b := kit.NewIconButton("pencil-simple", "Исправить", keys.E, nil)
	f.task.bar = nav.Bar{Title: "x", Actions: []fyne.CanvasObject{b}}
	f.Go(f.task)
	before := f.win.Canvas().Capture()
	kit.Say(b, "Исправить карточку")
	after := f.win.Canvas().Capture()
	if sameImage(before, after) {
		t.Fatal("no tooltip is drawn")
	}
	kit.Say(b, "")
	if !sameImage(before, f.win.Canvas().Capture()) {
		t.Error("the tooltip stays")
	}
}

func sameImage(a, b image.Image) bool {
	x, ok := a.(*image.NRGBA)
	y, ok2 := b.(*image.NRGBA)
	return ok && ok2 && slices.Equal(x.Pix, y.Pix)
}
