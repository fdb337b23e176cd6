package study

import (
	"context"
	"errors"
	"image"
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/shell"
	"lectern/app/shell/shelltest"
	"lectern/app/study/place"
	"lectern/app/study/session"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/scheduler"
)

var start = time.Date(2026, 11, 23, 10, 0, 0, 0, time.FixedZone("MSK", 3*3600))

const temperature = "Распределение станет почти **равномерным**: модель будет выбирать следующий токен едва ли не наугад, и связный текст рассыплется.\n\nЛогиты делятся на температуру, и разница сжимается вдесятеро."

func deck() decks.Deck {
	hard, second := decks.Section{ID: "hardhardha", Title: "Сложные"}, decks.Section{ID: "secondseco", Title: "Лекция 2"}
	note := func(id, front, back string, sec decks.Section) decks.Note {
		n := decks.Note{ID: id, Kind: decks.Question, Section: sec.ID, Fields: map[decks.Field]string{decks.Front: front}}
		if back != "" {
			n.Fields[decks.Back] = back
		}
		return n
	}
	return decks.Deck{
		ID: "deckdeckde", Title: "Понимание LLM", Lang: "ru", Sections: []decks.Section{second, hard},
		Notes: []decks.Note{
			note("aaaaaaaaaa", "Чем отличается этап предобучения от этапа тонкой настройки (fine-tuning)?", "Данными и целью.", second),
			note("bbbbbbbbbb", "Что будет, если мы установим температуру равной 10?", temperature, hard),
			note("cccccccccc", "Каково преимущество RLHF перед SFT?", "", hard),
			note("dddddddddd", "Что такое токен?", "Кусочек слова.", hard),
		},
	}
}

// rig is a screen in a real frame over a real collection.
type rig struct {
	t      *testing.T
	s      *Screen
	c      *collection.Collection
	shell  *shell.Shell
	canvas fyne.Canvas
	win    fyne.Window
	now    time.Time
	done   []session.Session
	after  []func()
}

func (r *rig) clock() time.Time { return r.now }

// options are those of a screen over c, in a window.
func (r *rig) options(c Collection, n nav.Navigator, p *i18n.Printer) Options {
	return Options{
		Collection: c, Nav: n, Printer: p, Now: r.clock,
		Done:  func(s session.Session) { r.done = append(r.done, s) },
		After: func(_ time.Duration, f func()) { r.after = append(r.after, f) },
	}
}

func open(t *testing.T, clock func() time.Time, d decks.Deck) *collection.Collection {
	t.Helper()
	c, err := collection.Open(context.Background(), t.TempDir(), collection.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if _, err := c.Install(context.Background(), d, collection.InstallOptions{Origin: collection.Origin{Kind: "page", Name: d.Title}}); err != nil {
		t.Fatal(err)
	}
	return c
}

func newRig(t *testing.T, d decks.Deck, change func(*Options)) *rig {
	t.Helper()
	r := &rig{t: t, now: start}
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	r.c = open(t, r.clock, d)
	p := i18n.New("ru")
	win := test.NewTempWindow(t, nil)
	undo := func(step func(context.Context) (collection.OpInfo, error)) func(shell.Step) {
		return func(then shell.Step) {
			op, err := step(context.Background())
			then(string(op.Kind), err)
		}
	}
	get := func() nav.Screen { return r.s }
	r.shell = shell.New(win, shell.Options{
		Words: func() *i18n.Printer { return p }, Today: get, Cards: get, Statistics: get, Settings: get,
		Open: func([]string) {}, Undo: undo(r.c.Undo), Redo: undo(r.c.Redo), Quit: func() {},
	})
	r.canvas, r.win = win.Canvas(), win
	o := r.options(r.c, r.shell, p)
	if change != nil {
		change(&o)
	}
	r.s = New(o)
	win.Resize(fyne.NewSize(1280, 800))
	r.shell.Start(r.s)
	return r
}

// press types keys as the window gets them: names of keys, and letters of any
// layout; into the field that has the keyboard, if one has.
func (r *rig) press(presses ...string) {
	for _, p := range presses {
		if k := keys.Key(p); strings.HasPrefix(p, "Ctrl+") {
			for _, sc := range keys.Shortcuts(k)[:1] {
				if f, ok := r.canvas.Focused().(fyne.Shortcutable); ok {
					f.TypedShortcut(sc)
				} else {
					r.shell.Key(k)
				}
			}
			continue
		}
		names := map[string]fyne.KeyName{
			"Space": fyne.KeySpace, "Enter": fyne.KeyReturn, "Esc": fyne.KeyEscape, "PageDown": fyne.KeyPageDown, "PageUp": fyne.KeyPageUp, "Home": fyne.KeyHome,
			"1": fyne.Key1, "2": fyne.Key2, "3": fyne.Key3, "4": fyne.Key4,
		}
		if name, ok := names[p]; ok {
			ev := &fyne.KeyEvent{Name: name}
			if f := r.canvas.Focused(); f != nil {
				f.TypedKey(ev)
			} else {
				r.canvas.OnTypedKey()(ev)
			}
			continue
		}
		for _, c := range p {
			if f := r.canvas.Focused(); f != nil {
				if c == ' ' { // it is a key first
					f.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
				}
				f.TypedRune(c)
			} else {
				r.canvas.OnTypedRune()(c)
			}
		}
	}
}

func (r *rig) at(card string, side side) {
	r.t.Helper()
	if r.s.card == nil {
		r.t.Fatalf("no card is shown, want %s", card)
	}
	if got := r.s.card.Card.Note(); got != card || r.s.side != side {
		r.t.Fatalf("card %s side %d, want %s side %d", got, r.s.side, card, side)
	}
}

func (r *rig) note(id string) decks.Note {
	r.t.Helper()
	card, err := r.c.Card(context.Background(), decks.NewCardID(id, "f"))
	if err != nil {
		r.t.Fatal(err)
	}
	return card.Note
}

func (r *rig) reviews(id string) (grades []scheduler.Grade) {
	r.t.Helper()
	h, err := r.c.History(context.Background(), decks.NewCardID(id, "f"))
	if err != nil {
		r.t.Fatal(err)
	}
	for _, v := range h {
		if !v.Undone {
			grades = append(grades, v.Grade)
		}
	}
	return grades
}

func TestKeysGrade(t *testing.T) {
	for press, want := range map[string]scheduler.Grade{
		"1": scheduler.Again, "2": scheduler.Hard, "3": scheduler.Good, "4": scheduler.Easy, "Space": scheduler.Good, "Enter": scheduler.Good,
	} {
		r := newRig(t, deck(), nil)
		r.press("1", "4")
		r.at("aaaaaaaaaa", asking) // nothing to grade yet
		r.press("Space")
		r.at("aaaaaaaaaa", shown)
		r.now = r.now.Add(7 * time.Second)
		r.press(press)
		if got := r.reviews("aaaaaaaaaa"); len(got) != 1 || got[0] != want {
			t.Errorf("%s gave %v, want %d", press, got, want)
		}
		h, _ := r.c.History(context.Background(), "aaaaaaaaaa/f")
		if h[0].TookMS != 7000 {
			t.Errorf("took %d ms, want 7000", h[0].TookMS)
		}
		r.at("bbbbbbbbbb", asking)
	}
}

func TestTheIntervalOnTheButtonIsTheOneApplied(t *testing.T) {
	r := newRig(t, deck(), nil)
	r.press("Space")
	want := r.s.card.Outcomes[scheduler.Good-1]
	if got := r.s.action.two[1].When; got != r.s.o.Printer.Wait(want.Wait) {
		t.Errorf("the button says %q", got)
	}
	r.press("3")
	card, err := r.c.Card(context.Background(), "aaaaaaaaaa/f")
	if err != nil {
		t.Fatal(err)
	}
	h, _ := r.c.History(context.Background(), card.Card)
	if got := h[0].Due.Sub(h[0].At); got != want.Wait {
		t.Errorf("due in %s, the button said %s", got, want.Wait)
	}
}

// A window that stood open over night: what the button says is no longer so,
// and nothing is kept before the student has seen what is.
func TestAnOutdatedButtonKeepsNothing(t *testing.T) {
	r := newRig(t, deck(), nil)
	p, err := r.c.Preset(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	p.LearningSteps = nil
	if err := r.c.SetPreset(context.Background(), p); err != nil {
		t.Fatal(err)
	}
	for range 4 {
		r.press("Space", "Ctrl+Enter", "3")
	}
	r.now = r.now.AddDate(0, 0, 10)
	r.s.next()
	id := r.s.card.Card
	r.press("Space")
	said := r.s.action.two[1].When
	before := len(r.reviews(id.Note()))

	r.now = r.now.AddDate(0, 0, 30)
	r.press("3")
	if got := len(r.reviews(id.Note())); got != before || r.s.card.Card != id || r.s.fault.line == nil {
		t.Fatalf("%d answers, card %s", got, r.s.card.Card)
	}
	now := r.s.action.two[1].When
	if now == said {
		t.Fatalf("the button still says %q", now)
	}
	want := r.s.card.Outcomes[scheduler.Good-1].Card.DueDay.String()
	r.press("3")
	h, err := r.c.History(context.Background(), id)
	if err != nil || len(h) != before+1 {
		t.Fatalf("history %v, %v", h, err)
	}
	if got := h[len(h)-1].Due.Format(time.DateOnly); got != want {
		t.Errorf("due %s, the button said %s", got, want)
	}
}

func TestUndoShowsTheCardAgainAndRedoGoesOn(t *testing.T) {
	r := newRig(t, deck(), nil)
	r.press("Space", "3", "Space", "1")
	if n := len(r.s.session.Answers); n != 2 {
		t.Fatalf("%d answers in the session", n)
	}
	r.press("Ctrl+Z")
	r.at("bbbbbbbbbb", asking)
	if n := len(r.s.session.Answers); n != 1 {
		t.Errorf("%d answers after undo, want 1", n)
	}
	r.press("Ctrl+Z")
	r.at("aaaaaaaaaa", asking)
	if got := r.reviews("aaaaaaaaaa"); len(got) != 0 {
		t.Errorf("the answer is still there: %v", got)
	}
	r.press("Ctrl+Y")
	if got := r.reviews("aaaaaaaaaa"); len(got) != 1 || len(r.s.session.Answers) != 1 {
		t.Errorf("redo gave %v, session %d", got, len(r.s.session.Answers))
	}
	r.at("bbbbbbbbbb", asking)
}

func TestEditInPlace(t *testing.T) {
	for _, letter := range []string{"e", "У", "у"} {
		r := newRig(t, deck(), nil)
		r.press("Space", letter)
		r.at("aaaaaaaaaa", editing)
		if r.s.editor.back.Text() != "Данными и целью." {
			t.Fatalf("the field has %q", r.s.editor.back.Text())
		}
		r.s.editor.back.SetCaret(0, len([]rune("Данными и целью.")))
		r.press(" А ещё объёмом.", "Ctrl+Enter")
		r.at("aaaaaaaaaa", shown)
		if got := r.note("aaaaaaaaaa").Text(decks.Back); got != "Данными и целью. А ещё объёмом." {
			t.Errorf("saved %q", got)
		}
		if r.canvas.Focused() != nil {
			t.Error("the field still has the keyboard")
		}
		r.press("Ctrl+Z")
		r.at("aaaaaaaaaa", shown)
		if got := r.note("aaaaaaaaaa").Text(decks.Back); got != "Данными и целью." {
			t.Errorf("after undo %q", got)
		}
	}
}

func TestEscInTheEditorKeepsTheCardAndTheWords(t *testing.T) {
	r := newRig(t, deck(), nil)
	r.press("у")
	r.at("aaaaaaaaaa", editing)
	for _, o := range r.s.editor.backParts {
		if o.Visible() {
			t.Fatal("the editor tells the answer while the question is asked")
		}
	}
	r.press("Ну ", "Esc")
	r.at("aaaaaaaaaa", asking)
	if got := r.note("aaaaaaaaaa").Text(decks.Front); !strings.HasPrefix(got, "Чем") {
		t.Errorf("the card reads %q", got)
	}
	r.press("у")
	if got := r.s.editor.front.Text(); !strings.HasPrefix(got, "Ну Чем") {
		t.Errorf("what was typed is lost: %q", got)
	}
}

func TestACardWithoutAnAnswer(t *testing.T) {
	r := newRig(t, deck(), nil)
	r.press("Space", "3", "Space", "3", "Space")
	r.at("cccccccccc", writing)
	r.press("Сравнивать проще, чем писать. 1234")
	if len(r.reviews("cccccccccc")) != 0 {
		t.Fatal("a digit in the field graded the card")
	}
	for _, f := range r.after {
		f()
	}
	if got, _ := r.c.Setting(context.Background(), draftKey("cccccccccc")); got != "Сравнивать проще, чем писать. 1234" {
		t.Errorf("the draft is %q", got)
	}

	// As after a crash: another screen on the same collection.
	o := r.s.o
	o.First = "cccccccccc/f"
	r.s = New(o)
	r.shell.Start(r.s)
	r.press("Space")
	if got := r.s.writer.field.Text(); got != "Сравнивать проще, чем писать. 1234" {
		t.Fatalf("after a restart the field has %q", got)
	}
	r.press("Ctrl+Enter")
	r.at("cccccccccc", shown)
	if got := r.note("cccccccccc").Text(decks.Back); got != "Сравнивать проще, чем писать. 1234" {
		t.Errorf("saved %q", got)
	}
	if got, _ := r.c.Setting(context.Background(), draftKey("cccccccccc")); got != "" {
		t.Errorf("the draft stays: %q", got)
	}
	r.press("3")
	if got := r.reviews("cccccccccc"); len(got) != 1 {
		t.Errorf("graded %v", got)
	}
}

func TestGradingWithoutAnAnswer(t *testing.T) {
	r := newRig(t, deck(), nil)
	r.press("Space", "3", "Space", "3", "Space", "наполовину", "Esc")
	r.at("cccccccccc", writing)
	if r.canvas.Focused() != nil {
		t.Fatal("Esc does not leave the field")
	}
	r.s.withoutAnswer()
	r.at("cccccccccc", shown)
	r.press("1")
	if !r.note("cccccccccc").NeedsAnswer() || len(r.reviews("cccccccccc")) != 1 {
		t.Error("the card was not graded as it is")
	}
	if got, _ := r.c.Setting(context.Background(), draftKey("cccccccccc")); got != "наполовину" {
		t.Errorf("the draft is %q", got)
	}
}

func TestADigitOutsideTheFieldSavesWhatWasWritten(t *testing.T) {
	r := newRig(t, deck(), nil)
	r.press("Space", "3", "Space", "3", "Space", "Мой ответ", "Esc", "3")
	if got := r.note("cccccccccc").Text(decks.Back); got != "Мой ответ" {
		t.Errorf("the answer is %q", got)
	}
	if got := r.reviews("cccccccccc"); len(got) != 1 || got[0] != scheduler.Good {
		t.Errorf("graded %v", got)
	}
}

func TestUndoOfAWrittenAnswerBringsTheFieldBack(t *testing.T) {
	r := newRig(t, deck(), nil)
	r.press("Space", "3", "Space", "3", "Space", "Мой ответ", "Ctrl+Enter")
	r.at("cccccccccc", shown)
	r.press("Ctrl+Z")
	r.at("cccccccccc", writing)
	if got := r.s.writer.field.Text(); got != "Мой ответ" {
		t.Errorf("the field has %q", got)
	}
}

func TestLeavingInTheMiddleOfAnEditLosesNothing(t *testing.T) {
	r := newRig(t, deck(), nil)
	r.press("Space", "у", "И ещё. ")
	r.s.Hidden()
	o := r.s.o
	r.s = New(o)
	r.shell.Start(r.s)
	r.press("Space", "у")
	if got := r.s.editor.back.Text(); !strings.Contains(got, "И ещё. ") {
		t.Fatalf("the field has %q", got)
	}
	r.press("Ctrl+Enter", "у", "Esc")
	if draft := r.s.editor.stashed(); draft != nil {
		t.Errorf("a saved edit is still offered: %v", draft)
	}
}

func TestAnEditBeginsAtItsTopAndGoesBackToWhereItWas(t *testing.T) {
	d := deck()
	d.Notes[0].Fields[decks.Back] = strings.Repeat(temperature+"\n\n", 8)
	r := newRig(t, d, nil)
	r.press("Space", "PageDown")
	was := r.s.paper.scroll.Offset()
	if was == 0 {
		t.Fatal("the answer does not scroll")
	}
	r.press("у")
	if got := r.s.paper.scroll.Offset(); got != 0 {
		t.Errorf("the editor begins at %g", got)
	}
	r.press("Esc")
	if got := r.s.paper.scroll.Offset(); got != was {
		t.Errorf("back at %g, not at %g", got, was)
	}
}

// A card can be rewritten after the session has gone on; it is not graded by
// that, and the card that was in front comes back.
func TestRewritingAnEarlierCard(t *testing.T) {
	r := newRig(t, deck(), nil)
	r.press("Space", "1")
	r.at("bbbbbbbbbb", asking)
	r.s.rewrite("aaaaaaaaaa/f")
	r.at("aaaaaaaaaa", editing)
	r.press("Проще: ", "Ctrl+Enter")
	r.at("bbbbbbbbbb", asking)
	if got := r.note("aaaaaaaaaa").Text(decks.Back); !strings.HasPrefix(got, "Проще: ") {
		t.Errorf("saved %q", got)
	}
	if got := r.reviews("aaaaaaaaaa"); len(got) != 1 {
		t.Errorf("graded %v, want one Again", got)
	}
	r.press("Space", "3")
	r.at("cccccccccc", asking)
	r.s.Hidden()
	r.s.rewrite("aaaaaaaaaa/f")
	r.at("cccccccccc", asking)
}

func TestAnEditSurvivesACrash(t *testing.T) {
	r := newRig(t, deck(), nil)
	second := func() {
		due := r.after
		r.after = nil
		for _, f := range due {
			f()
		}
	}
	again := func() {
		r.s = New(r.s.o)
		r.shell.Start(r.s)
		r.press("Space", "у")
	}
	r.press("Space", "у", "И ещё. ")
	second()
	again()
	if got := r.s.editor.back.Text(); !strings.Contains(got, "И ещё. ") {
		t.Fatalf("the field has %q", got)
	}
	// What is typed back to what it was leaves nothing to be offered.
	r.s.editor.back.SetText(r.note("aaaaaaaaaa").Text(decks.Back))
	r.s.editor.typed()
	second()
	if draft := r.s.editor.stashed(); draft != nil {
		t.Errorf("an edit that was undone is still offered: %v", draft)
	}
	// A draft of the answer outlives an edit of the question alone.
	r.press(" Ещё.")
	second()
	r.s = New(r.s.o)
	r.shell.Start(r.s)
	r.press("у", "Ну ", "Ctrl+Enter", "Space", "у")
	if got := r.s.editor.back.Text(); !strings.Contains(got, " Ещё.") || !strings.HasPrefix(r.s.editor.front.Text(), "Ну ") {
		t.Errorf("the fields have %q and %q", r.s.editor.front.Text(), got)
	}
}

func TestThePlaceInTheLecture(t *testing.T) {
	var opened []place.Of
	r := newRig(t, deck(), func(o *Options) { o.Place = func(of place.Of) { opened = append(opened, of) } })
	r.s.openPlace()
	if len(opened) != 0 || r.s.hasPlace() {
		t.Fatal("a deck without a page has a place")
	}
	if _, err := r.c.Install(context.Background(), deck(), collection.InstallOptions{PageText: "Лекция 2"}); err != nil {
		t.Fatal(err)
	}
	r.s = New(r.s.o)
	r.shell.Start(r.s)
	r.s.openPlace()
	if len(opened) != 1 || opened[0].Section != "Лекция 2" || !strings.HasPrefix(opened[0].Question, "Чем отличается") {
		t.Errorf("opened %+v", opened)
	}
}

// full is a collection on a disk that is full for so many writes.
type full struct {
	Collection
	fails int
}

func (f *full) Answer(ctx context.Context, a collection.AnswerRequest) (collection.Answered, error) {
	if f.fails > 0 {
		f.fails--
		return collection.Answered{}, fault.New(fault.DiskFull, errors.New("no space left on device"))
	}
	return f.Collection.Answer(ctx, a)
}

func TestDiskFullKeepsTheCard(t *testing.T) {
	disk := &full{fails: 2}
	r := newRig(t, deck(), func(o *Options) { disk.Collection = o.Collection; o.Collection = disk })
	r.press("Space", "1")
	r.at("aaaaaaaaaa", shown)
	if r.s.fault.line == nil || len(r.s.session.Answers) != 0 {
		t.Fatal("nothing says that the answer was not kept")
	}
	r.press("Enter") // again, in vain
	r.at("aaaaaaaaaa", shown)
	r.press("Enter")
	r.at("bbbbbbbbbb", asking)
	if got := r.reviews("aaaaaaaaaa"); len(got) != 1 || got[0] != scheduler.Again {
		t.Errorf("kept %v, want one Again", got)
	}
	if r.s.fault.line != nil {
		t.Error("the red line stays")
	}
}

func TestTheRedLineHidesNoText(t *testing.T) {
	d := deck()
	d.Notes[0].Fields[decks.Back] = strings.Repeat(temperature+"\n\n", 8)
	disk := &full{fails: 1}
	r := newRig(t, d, func(o *Options) { disk.Collection = o.Collection; o.Collection = disk })
	r.press("Space")
	most := r.s.paper.scroll.Rest()
	r.press("1")
	r.s.paper.scroll.ScrollTo(1e6)
	driver := fyne.CurrentApp().Driver()
	end := driver.AbsolutePositionForObject(r.s.paper.answer).Y + r.s.paper.answer.Size().Height
	if line := driver.AbsolutePositionForObject(r.s.fault.box).Y; end > line {
		t.Errorf("the answer ends at %g, the red line begins at %g", end, line)
	}
	r.press("Enter")
	r.s.showCard("aaaaaaaaaa/f")
	r.press("Space")
	if got := r.s.paper.scroll.Rest(); got != most {
		t.Errorf("after the fault the sheet scrolls by %g, not by %g", got, most)
	}
}

func TestFourGrades(t *testing.T) {
	r := newRig(t, deck(), nil)
	r.press("Space")
	if n := len(r.s.action.bar.Object().Objects); n != 3 {
		t.Fatalf("%d objects in the bar, want two grades and a word", n)
	}
	test.Tap(r.s.action.precise)
	if n := len(r.s.action.bar.Object().Objects); n != 4 {
		t.Fatalf("%d grades unfolded", n)
	}
	r.press("2")
	if got := r.reviews("aaaaaaaaaa"); len(got) != 1 || got[0] != scheduler.Hard {
		t.Fatalf("graded %v", got)
	}
	r.press("Space")
	if n := len(r.s.action.bar.Object().Objects); n != 3 {
		t.Errorf("%d objects for the next card: the four were for one", n)
	}
	p, _ := r.c.Preset(context.Background())
	p.FourButtons = true
	if err := r.c.SetPreset(context.Background(), p); err != nil {
		t.Fatal(err)
	}
	if n := len(r.s.action.bar.Object().Objects); n != 4 {
		t.Errorf("%d grades by preset", n)
	}
}

func TestSpaceScrollsALongAnswerFirst(t *testing.T) {
	d := deck()
	d.Notes[0].Fields[decks.Back] = strings.Repeat(temperature+"\n\n", 8)
	r := newRig(t, d, nil)
	r.press("Space")
	question := r.s.paper.question.Position()
	if r.s.paper.scroll.Offset() != 0 {
		t.Error("the question moved")
	}
	presses := 0
	for r.s.card.Card == "aaaaaaaaaa/f" && presses < 20 {
		before := r.s.paper.scroll.AtEnd()
		r.press("Space")
		presses++
		if r.s.card.Card != "aaaaaaaaaa/f" && !before {
			t.Fatal("graded before the end was read")
		}
	}
	if presses < 3 || presses == 20 {
		t.Errorf("%d presses to the grade", presses)
	}
	if r.s.paper.question.Position() != question || r.s.paper.scroll.Offset() != 0 {
		t.Error("the next card does not begin at its top")
	}
}

func TestTheFieldGrowsToTheEndOfTheSheet(t *testing.T) {
	for _, size := range []fyne.Size{fyne.NewSize(1280, 800), fyne.NewSize(900, 600), fyne.NewSize(600, 400)} {
		r := newRig(t, deck(), nil)
		r.win.Resize(size)
		r.s.showCard("cccccccccc/f")
		r.press("Space")
		field := r.s.writer.room
		least := field.Size().Height
		r.press(strings.Repeat("Сравнивать проще, чем писать. ", 40))
		where := func(o fyne.CanvasObject) (top, bottom float32) {
			top = fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y
			return top, top + o.Size().Height
		}
		top, bottom := where(field)
		if sheetTop, sheetBottom := where(r.s.paper.sheet); top < sheetTop || bottom > sheetBottom {
			t.Errorf("in %v the field reaches from %g to %g, the sheet from %g to %g", size, top, bottom, sheetTop, sheetBottom)
		}
		if size.Height == 800 && field.Size().Height < least+100 {
			t.Errorf("the field has not grown: %g", field.Size().Height)
		}
	}
}

func TestTheEditorKeepsItsFieldInSight(t *testing.T) {
	r := newRig(t, deck(), nil)
	r.win.Resize(fyne.NewSize(900, 600))
	r.press("Space", "у")
	r.at("aaaaaaaaaa", editing)
	if got := r.s.editor.back.Face.Size; got != 17 {
		t.Errorf("the field is set in %g, the answer of a small window in 17", got)
	}
	r.press(strings.Repeat("Данными и целью. ", 60))
	d := fyne.CurrentApp().Driver()
	field, sheet := r.s.editor.backRoom, r.s.paper.sheet
	top, sheetTop := d.AbsolutePositionForObject(field).Y, d.AbsolutePositionForObject(sheet).Y
	if bottom := top + field.Size().Height; top < sheetTop || bottom > sheetTop+sheet.Size().Height {
		t.Errorf("the field reaches from %g to %g, the sheet from %g to %g", top, bottom, sheetTop, sheetTop+sheet.Size().Height)
	}
}

func TestPicturesTakeHalfTheSheet(t *testing.T) {
	d := deck()
	d.Notes[0].Fields[decks.Front] = "![башня](tower.png)"
	d.Notes[0].Fields[decks.Back] = "![башня](tower.png)"
	tall := &tower{}
	r := newRig(t, d, func(o *Options) { o.Texts.Pictures = tall })
	check := func(when string) {
		t.Helper()
		if got, half := tall.room.Height, r.s.paper.sheet.Size().Height/2; got < half-20 || got > half {
			t.Errorf("%s: a picture may be %g high, half the sheet is %g", when, got, half)
		}
	}
	check("the first question")
	r.press("Space")
	check("the answer")
	r.win.Resize(fyne.NewSize(1280, 900))
	check("a higher window")
}

// tower is a picture of any height; it remembers its room.
type tower struct{ room fyne.Size }

func (x *tower) Picture(_ string, room fyne.Size, _ func()) (image.Image, fyne.Size, error) {
	x.room = room
	return image.NewGray(image.Rect(0, 0, 1, 9)), fyne.NewSize(room.Height/9, room.Height), nil
}

func TestTheSheetAndTheQuestionStay(t *testing.T) {
	r := newRig(t, deck(), nil)
	size, pos := r.s.paper.sheet.Size(), r.s.paper.question.Position()
	r.press("Space")
	if r.s.paper.sheet.Size() != size || r.s.paper.question.Position() != pos {
		t.Error("the answer moves the question")
	}
	if size != fyne.NewSize(752, 616) {
		t.Errorf("the sheet is %v", size)
	}
}

func TestActs(t *testing.T) {
	r := newRig(t, deck(), nil)
	r.press("а")
	if c, _ := r.c.Card(context.Background(), "aaaaaaaaaa/f"); c.Flag != 1 || !r.s.paper.flag.Visible() {
		t.Error("А does not flag")
	}
	r.press("F")
	if c, _ := r.c.Card(context.Background(), "aaaaaaaaaa/f"); c.Flag != 0 {
		t.Error("F does not take the flag away")
	}
	r.press("з") // pause
	r.at("bbbbbbbbbb", asking)
	r.press("ы") // not today
	r.at("cccccccccc", asking)
	r.press("Ctrl+Z")
	r.at("bbbbbbbbbb", asking)
	r.press("Ctrl+Z")
	r.at("aaaaaaaaaa", asking)
	found, err := r.c.Search(context.Background(), collection.Query{Suspended: true})
	if err != nil || found.Total != 0 {
		t.Errorf("%d cards are still paused (%v)", found.Total, err)
	}
}

func TestTheEndAndTheHints(t *testing.T) {
	r := newRig(t, deck(), nil)
	if r.s.hints != 5 {
		t.Fatalf("%d hints at first", r.s.hints)
	}
	for i := 0; len(r.done) == 0 && i < 20; i++ {
		r.press("Space")
		if r.s.side == writing {
			r.s.withoutAnswer()
		}
		r.press("4")
	}
	if len(r.done) != 1 || len(r.done[0].Answers) != 4 {
		t.Fatalf("done %d times", len(r.done))
	}
	s := r.done[0]
	if s.Cards() != 4 || len(s.Forgotten()) != 0 {
		t.Errorf("the session says %d cards, %d forgotten", s.Cards(), len(s.Forgotten()))
	}
	if r.s.hintsLeft() != 1 {
		t.Errorf("%d hints left", r.s.hintsLeft())
	}
}

func TestTimeAwayIsNotCounted(t *testing.T) {
	r := newRig(t, deck(), nil)
	r.now = r.now.Add(5 * time.Second)
	r.s.Hidden()
	r.now = r.now.Add(time.Hour)
	r.s.Shown()
	r.now = r.now.Add(2 * time.Second)
	r.press("Space", "3")
	if h, _ := r.c.History(context.Background(), "aaaaaaaaaa/f"); h[0].TookMS != 7000 {
		t.Errorf("took %d ms, want 7000", h[0].TookMS)
	}
}

func TestPictures(t *testing.T) {
	long := deck()
	long.Notes[0].Fields[decks.Hint] = "Подумайте о данных."
	long.Notes[3].Difficulty, long.Notes[3].Section = decks.Hard, "secondseco"
	long.Notes[3].Fields[decks.Explanation] = "| слово | токенов |\n|---|---:|\n| cat | 1 |\n| предобучение | 5 |\n\nПодробнее: `tokenizer.encode(text)`."
	long.Notes[3].Fields[decks.Source] = "Лекция 2, [видео](https://example.org/v), 14:05"
	long.Notes = append(long.Notes,
		decks.Note{ID: "eeeeeeeeee", Kind: decks.Choice, Section: "hardhardha", Fields: map[decks.Field]string{decks.Front: "Что меняет температура?"},
			Choices: []decks.Option{{Text: "Размер словаря"}, {Text: "Остроту распределения $p_i$", Right: true}, {Text: "Число слоёв и всё то, что делает модель большой, дорогой и медленной"}}},
		decks.Note{ID: "ffffffffff", Kind: decks.Cloze, Section: "hardhardha", Fields: map[decks.Field]string{decks.Front: "Внимание сравнивает {{c1::запрос::что ищем}} с {{c2::ключами}}."}})
	for name, act := range map[string]func(r *rig){
		"study-question": func(r *rig) {},
		"study-answer":   func(r *rig) { r.s.showCard("bbbbbbbbbb/f"); r.s.Key(keys.Space) },
		"study-four": func(r *rig) {
			r.s.showCard("bbbbbbbbbb/f")
			r.s.wide = true
			r.s.reveal()
			r.s.wide = true
			r.s.turn(shown)
		},
		"study-no-answer": func(r *rig) { r.s.showCard("cccccccccc/f"); r.s.Key(keys.Space) },
		"study-edit":      func(r *rig) { r.s.showCard("bbbbbbbbbb/f"); r.s.Key(keys.Space); r.s.Key(keys.E) },
		"study-fault": func(r *rig) {
			r.s.Key(keys.Space)
			r.s.failed(fault.New(fault.DiskFull, nil), func() {})
		},
		"study-choice": func(r *rig) { r.s.showCard("eeeeeeeeee/m"); r.s.flag(); r.s.reveal() },
		"study-cloze":  func(r *rig) { r.s.showCard("ffffffffff/c1"); r.s.reveal() },
		"study-detail": func(r *rig) { r.s.showCard("dddddddddd/f"); r.s.reveal() },
		"study-menu":   func(r *rig) { r.s.menu() },
		"study-history": func(r *rig) {
			r.s.Key(keys.Space)
			r.s.Key("1")
			r.s.Key(keys.F)
			r.s.showCard("aaaaaaaaaa/f")
			r.s.history()
		},
	} {
		if os.Getenv("LECTERN_SHOTS") == "" && name != "study-four" && name != "study-edit" {
			continue // these two have the most parts
		}
		var r *rig
		shelltest.Each(t, name, func(w shelltest.Window) nav.Screen {
			r = &rig{t: t, now: start}
			r.c = open(t, r.clock, long)
			r.s = New(r.options(r.c, w.Shell, w.Printer))
			return r.s
		}, func(t *testing.T, w shelltest.Window, _ nav.Screen) { act(r) })
	}
}

// BenchmarkGrade is a key to the next card laid out: the answer kept, the next
// card's texts, the bar, the sheet.
func BenchmarkGrade(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(theme.New(theme.LightMode))
	d := deck()
	for range 3000 {
		d.Notes = append(d.Notes, decks.Note{ID: decks.NewID(), Kind: decks.Question, Section: d.Sections[1].ID,
			Fields: map[decks.Field]string{decks.Front: d.Notes[1].Fields[decks.Front], decks.Back: temperature}})
	}
	ctx := context.Background()
	c, err := collection.Open(ctx, b.TempDir(), collection.Options{Clock: func() time.Time { return start }})
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Install(ctx, d, collection.InstallOptions{}); err != nil {
		b.Fatal(err)
	}
	p, err := c.Preset(ctx)
	if err != nil {
		b.Fatal(err)
	}
	p.NewPerDay = 5000
	if err := c.SetPreset(ctx, p); err != nil {
		b.Fatal(err)
	}
	s := New(Options{Collection: c, Nav: &navtest.Navigator{}, Printer: i18n.New("ru"), Now: func() time.Time { return start }, Done: func(session.Session) {}})
	win := test.NewTempWindow(b, s.Object())
	win.Resize(fyne.NewSize(1280, 800))
	s.Shown()
	b.ResetTimer()
	for b.Loop() {
		s.reveal()
		if s.side == writing {
			s.withoutAnswer()
		}
		s.grade(scheduler.Easy)
		if s.card == nil {
			b.Fatal("no card is left")
		}
	}
}

// A card that is forgotten again and again is said to be so, and whether it is
// paused for that.
func TestALeechIsTold(t *testing.T) {
	for _, pause := range []bool{false, true} {
		var said []string
		r := newRig(t, deck(), func(o *Options) { o.Nav = listening{o.Nav, &said} })
		p, err := r.c.Preset(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		p.LearningSteps, p.RelearningSteps, p.LeechLapses, p.LeechPause = nil, nil, 1, pause
		if err := r.c.SetPreset(context.Background(), p); err != nil {
			t.Fatal(err)
		}
		r.press("Space", "3")
		r.now = r.now.AddDate(0, 0, 30)
		r.s.begin()
		for r.s.card.Card != "aaaaaaaaaa/f" {
			r.press("Space", "Ctrl+Enter", "3")
		}
		r.press("Space", "1")
		want := i18n.New("ru").T("study.leech")
		if pause {
			want = i18n.New("ru").T("study.leech_paused")
		}
		if len(said) == 0 || said[len(said)-1] != want {
			t.Errorf("pause %v: told %q, want %q", pause, said, want)
		}
	}
}

// listening is a navigator whose toasts are kept.
type listening struct {
	nav.Navigator
	said *[]string
}

func (l listening) Toast(text string, actions ...nav.Action) {
	*l.said = append(*l.said, text)
	l.Navigator.Toast(text, actions...)
}
