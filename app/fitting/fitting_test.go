package fitting

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/shell/shelltest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/scheduler"
)

var now = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

// fake fits without a collection.
type fake struct {
	presets []collection.PresetInfo
	info    collection.FitInfo
	result  collection.FitResult
	change  collection.Workload
	err     error
	hold    func(ctx context.Context) // while it fits
	last    *collection.OpInfo
	used    []collection.FitResult
	fits    []string
	moves   int
	tell    func(collection.Change)
}

func newFake() *fake {
	f := &fake{
		presets: []collection.PresetInfo{{Preset: scheduler.DefaultPreset()}},
		info:    collection.FitInfo{Model: "fsrs5", Auto: true, Fitted: true, At: now.AddDate(0, -1, -11), Answers: 2840, Off: 0.044, Due: true},
		result: collection.FitResult{Was: "fsrs5", Model: "fsrs6", OffBefore: 0.044, OffAfter: 0.031, Answers: 2840, Better: true, Models: []collection.ModelScore{
			{Model: "fsrs5", Off: 0.041}, {Model: "fsrs6", Off: 0.031}, {Model: "fsrs7", Off: 0.034}}},
	}
	f.change.Moved, f.change.Today = 214, 41
	for i := range 30 {
		f.change.Before, f.change.After = append(f.change.Before, 34-i/2+i*5%7), append(f.change.After, 41-i/2-i*3%9)
	}
	return f
}

func (f *fake) Presets(context.Context) ([]collection.PresetInfo, error) { return f.presets, nil }

func (f *fake) FitInfo(context.Context, string) (collection.FitInfo, error) { return f.info, nil }

func (f *fake) Fit(ctx context.Context, preset string, p collection.Progress) (collection.FitResult, error) {
	f.fits = append(f.fits, preset)
	if p != nil {
		p(60, 100)
	}
	if f.hold != nil {
		f.hold(ctx)
	}
	return f.result, errors.Join(f.err, ctx.Err())
}

func (f *fake) UseFit(_ context.Context, r collection.FitResult) error {
	f.used = append(f.used, r)
	f.info.Model, f.info.Off, f.info.Due = r.Model, r.OffAfter, false
	f.last = &collection.OpInfo{Kind: collection.OpFit}
	return nil
}

func (f *fake) ReschedulePreview(context.Context, string) (collection.Workload, error) {
	return f.change, nil
}

func (f *fake) Reschedule(context.Context, string, collection.Progress) (int, error) {
	f.moves++
	n := f.change.Moved
	f.change.Moved = 0
	return n, nil
}

func (f *fake) Subscribe(tell func(collection.Change)) func() { f.tell = tell; return func() {} }

func (f *fake) CanUndo(context.Context) (*collection.OpInfo, error) { return f.last, nil }

func (f *fake) ChangePreset(_ context.Context, id string, p scheduler.Preset) error {
	for i := range f.presets {
		if f.presets[i].ID == id {
			f.presets[i].Preset = p
		}
	}
	return nil
}

func options(f *fake, n nav.Navigator, p *i18n.Printer) Options {
	return Options{Collection: f, Nav: n, Printer: p, Now: func() time.Time { return now }, Background: func(f func()) { f() }}
}

func start(t *testing.T, f *fake) (*Screen, *navtest.Navigator) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	n := &navtest.Navigator{}
	s := New(options(f, n, i18n.New("ru")))
	win := test.NewTempWindow(t, s.Object())
	win.Resize(fyne.NewSize(1280, 800))
	s.Shown()
	return s, n
}

// words are what the screen says.
func words(o fyne.CanvasObject) string {
	var out []string
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child)
			}
		case *kit.Sheet:
			walk(o.Content)
		case *kit.Scroll:
			walk(o.Content)
		case *kit.Label:
			out = append(out, o.Text)
		case *kit.Text:
			out = append(out, o.Text)
		}
	}
	walk(o)
	return strings.Join(out, "\n")
}

func TestPictures(t *testing.T) {
	make := func(w shelltest.Window) nav.Screen { return New(options(newFake(), w.Shell, w.Printer)) }
	shelltest.Each(t, "fitting", make, nil)
	if testing.Short() {
		return // the other one tells enough
	}
	shelltest.Each(t, "fitting-result", make, func(t *testing.T, _ shelltest.Window, s nav.Screen) { s.Key(keys.Enter) })
}

func TestAFitIsShownBeforeItIsUsed(t *testing.T) {
	f := newFake()
	s, n := start(t, f)
	if says := words(s.body); !strings.Contains(says, "ошибается на 4,4\u00a0%") || !strings.Contains(says, "октября") {
		t.Errorf("at first it says\n%s", says)
	}
	s.Key(keys.Enter)
	says := words(s.body)
	for _, want := range []string{"Ошибался на 4,4\u00a0%, станет на 3,1\u00a0%", "предсказывает FSRS-6; сейчас FSRS-5", "FSRS-7", "Даты карточек от этого не изменятся"} {
		if !strings.Contains(says, want) {
			t.Errorf("it does not say %q:\n%s", want, says)
		}
	}
	if len(f.used) != 0 {
		t.Fatal("a fit was used without asking")
	}
	s.Key(keys.Enter)
	if len(f.used) != 1 || f.used[0].Model != "fsrs6" || f.moves != 0 {
		t.Fatalf("used %+v, moved %d times", f.used, f.moves)
	}
	if len(n.Toasts) != 1 || !strings.Contains(n.Toasts[0], "стала 3,1\u00a0%, модель FSRS-6") {
		t.Errorf("said %q", n.Toasts)
	}
	n.Offered[0].Do()
	if !slices.Contains(n.Wanted, "undo") {
		t.Error("it cannot be taken back")
	}
}

func TestLeavingItAsItIsChangesNothing(t *testing.T) {
	f := newFake()
	s, _ := start(t, f)
	s.Key(keys.Enter)
	s.leave()
	if len(f.used) != 0 || s.result != nil || len(s.Bar().Actions) != 1 {
		t.Errorf("used %v", f.used)
	}
	f.result.Better = false
	s.Key(keys.Enter)
	if says := words(s.body); !strings.Contains(says, "Лучше пока не выходит") {
		t.Errorf("a fit that is no better says\n%s", says)
	}
	s.Key(keys.Enter)
	if len(f.used) != 0 || s.result != nil {
		t.Error("a fit that is no better was used")
	}
}

func TestTooFewAnswersSayHowManyMore(t *testing.T) {
	f := newFake()
	f.info = collection.FitInfo{Model: "fsrs5", Auto: true, Answers: 118, NeedsMore: 282}
	f.result = collection.FitResult{Was: "fsrs5", Model: "fsrs5", NeedsMore: 282}
	s, _ := start(t, f)
	says := words(s.body)
	if !strings.Contains(says, "не подстроен") || !strings.Contains(says, "118") || !strings.Contains(says, "нужно ещё 282 ответа") {
		t.Errorf("it says\n%s", says)
	}
	s.Key(keys.Enter)
	if says := words(s.body); !strings.Contains(says, "Лучше пока не выходит") {
		t.Errorf("the fit says\n%s", says)
	}
}

func TestAFitThatRunsCanBeStopped(t *testing.T) {
	f := newFake()
	s, n := start(t, f)
	var work func()
	s.o.Background = func(g func()) { work = g }
	s.Key(keys.Enter)
	if says := words(s.body); s.busy == "" || !strings.Contains(says, "Сравниваю") || len(s.Bar().Actions) != 0 {
		t.Errorf("it says\n%s", says)
	}
	s.Key(keys.Enter) // once is enough
	if !s.Key(keys.Esc) || s.busy != "" {
		t.Error("Esc does not stop it")
	}
	work()
	if s.result != nil || s.err != nil || len(n.Errors) != 0 {
		t.Errorf("what was stopped is shown: %+v, %v", s.result, s.err)
	}
	if s.Key(keys.Esc) {
		t.Error("Esc does not go back afterwards")
	}
}

func TestAnErrorIsSaidAndCanBeTriedAgain(t *testing.T) {
	f := newFake()
	f.err = errors.New("disk")
	s, _ := start(t, f)
	s.Key(keys.Enter)
	if s.err == nil || s.busy != "" || s.result != nil {
		t.Fatalf("error %v, busy %q", s.err, s.busy)
	}
	f.err = nil
	s.retry()
	s.Key(keys.Enter)
	if s.err != nil || s.result == nil {
		t.Error("it cannot be tried again")
	}
}

func TestDaysAreMovedOnlyWhenAsked(t *testing.T) {
	f := newFake()
	s, n := start(t, f)
	if says := words(s.body); !strings.Contains(says, "вернутся в другой день 214 карточек") || !strings.Contains(says, "будет 41") {
		t.Errorf("it says\n%s", says)
	}
	if f.moves != 0 {
		t.Fatal("cards were moved silently")
	}
	s.move()
	if f.moves != 1 || len(n.Toasts) != 1 || !strings.Contains(n.Toasts[0], "214 карточек") {
		t.Errorf("moved %d times, said %v", f.moves, n.Toasts)
	}
	if says := words(s.body); !strings.Contains(says, "и так вернутся") {
		t.Errorf("afterwards it says\n%s", says)
	}
}

// keeper runs one that looks once.
func keeper(f *fake, n *navtest.Navigator, busy func() bool) {
	k := &Keeper{Store: f, Nav: func() nav.Navigator { return n }, Words: func() *i18n.Printer { return i18n.New("ru") }, Busy: busy,
		Wait: func(_ context.Context, d time.Duration) error {
			if d == between {
				return context.Canceled
			}
			return nil
		}, onScene: func(f func()) { f() }}
	k.Run(context.Background())
}

func free() bool { return false }

func TestKeeperFitsWhatIsDueAndSaysSo(t *testing.T) {
	f, n := newFake(), &navtest.Navigator{}
	asked := 0
	keeper(f, n, func() bool { asked++; return asked < 4 })
	if len(f.used) != 1 || f.moves != 0 {
		t.Fatalf("used %d, moved %d times", len(f.used), f.moves)
	}
	if asked != 4 || len(n.Toasts) != 1 || !strings.HasPrefix(n.Toasts[0], "Подстроено под вас") {
		t.Errorf("asked %d times for a moment, said %v", asked, n.Toasts)
	}
	keeper(f, n, free)
	if len(f.fits) != 1 {
		t.Error("what is not due was fitted again")
	}
}

func TestKeeperLeavesAloneWhatGetsNoBetter(t *testing.T) {
	f, n := newFake(), &navtest.Navigator{}
	f.result.Better = false
	keeper(f, n, free)
	f.result.Better, f.err = true, errors.New("gone")
	keeper(f, n, free)
	if len(f.used) != 0 || len(n.Toasts)+len(n.Errors) != 0 {
		t.Errorf("used %v, said %v %v", f.used, n.Toasts, n.Errors)
	}
}

// Between the fit and the word "undo" the student may have answered: that stays.
func TestKeepersUndoTakesBackTheFitAlone(t *testing.T) {
	f, n := newFake(), &navtest.Navigator{}
	keeper(f, n, free)
	n.Offered[0].Do()
	if !slices.Equal(n.Wanted, []string{"undo"}) {
		t.Errorf("right after the fit it wanted %v", n.Wanted)
	}
	f.presets[0].Preset.Model, f.presets[0].Preset.NewPerDay = "fsrs6", 33
	f.last = &collection.OpInfo{Kind: collection.OpAnswer}
	n.Offered[0].Do()
	if p := f.presets[0].Preset; len(n.Wanted) != 1 || p.Model != "fsrs5" || p.NewPerDay != 33 {
		t.Errorf("after an answer it wanted %v; the preset has %s and %d new", n.Wanted, p.Model, p.NewPerDay)
	}
}
