package cards

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
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/shell/shelltest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/scheduler"
)

// act runs the act of a name on what is chosen.
func act(t *testing.T, s *Screen, name string) {
	t.Helper()
	for _, a := range s.acts() {
		if a.Text == name {
			a.Do()
			return
		}
	}
	t.Fatalf("there is no %q", name)
}

func TestSeveralCardsAreChosenAndPaused(t *testing.T) {
	s, c, n := start(t)
	s.Key(keys.ShiftDown)
	s.Key(keys.ShiftDown)
	if s.several() != 3 {
		t.Fatalf("%d are chosen", s.several())
	}
	s.Key(keys.P)
	count := func() int {
		found, err := c.Search(context.Background(), collection.Query{Suspended: true})
		if err != nil {
			t.Fatal(err)
		}
		return found.Total
	}
	if count() != 3 || n.Toasts[0] != "3 карточки на паузе" {
		t.Errorf("%d are paused, said %v", count(), n.Toasts)
	}
	if _, err := c.Undo(context.Background()); err != nil || count() != 0 {
		t.Errorf("after undo %d are paused, %v", count(), err)
	}
}

// What is chosen far beyond what was looked at is acted on all the same.
func TestAllCardsOfALongList(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	c := many(t, 1000)
	now := time.Now()
	n := &navtest.Navigator{}
	s := screen(c, n, i18n.New("ru"), &now)
	var got []decks.CardID
	s.o.Custom = func(cards []decks.CardID) { got = cards }
	test.NewTempWindow(t, s.Object()).Resize(fyne.NewSize(1280, 800))
	s.Shown()
	s.Key(keys.CtrlA)
	act(t, s, "Отдельное занятие…")
	if len(got) != 1000 || len(n.Waits) != 1 {
		t.Errorf("%d cards, %d waits", len(got), len(n.Waits))
	}
}

func TestSpan(t *testing.T) {
	for text, want := range map[string][2]int{"5": {5, 5}, " 0 ": {0, 0}, "5-9": {5, 9}, "5 – 9": {5, 9}, "0—3": {0, 3}, "3650": {3650, 3650}} {
		if from, to, err := span(text); err != nil || from != want[0] || to != want[1] {
			t.Errorf("%q: %d to %d, %v", text, from, to, err)
		}
	}
	for _, text := range []string{"", "x", "-1", "9-5", "5-", "3651", "1-2-3"} {
		if _, _, err := span(text); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}

func TestSetDueSaysWhatItDoesAndDoesIt(t *testing.T) {
	s, c, n := start(t)
	s.Key(keys.ShiftDown)
	s.Key(keys.ShiftDown)
	s.picked(func(rows []collection.Row) {
		for span, want := range map[[2]int]string{
			{0, 0}: "3 карточки вернутся сегодня", {5, 5}: "3 карточки вернутся 25\u00a0ноября",
			{5, 6}: "3 карточки вернутся с 25\u00a0ноября по 26\u00a0ноября, до 2 в день",
			{0, 9}: "3 карточки вернутся с сегодняшнего дня по 29\u00a0ноября, до 1 в день",
		} {
			if got := s.promise(len(rows), span[0], span[1]); got != want {
				t.Errorf("%v says %q, want %q", span, got, want)
			}
		}
	})
	act(t, s, "Назначить день…")
	form := n.Forms[0]
	test.NewTempWindow(t, form.Content)
	for range 4 {
		form.First.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	}
	for _, r := range "5-7" {
		form.First.TypedRune(r)
	}
	if err := form.Keep(); err != nil {
		t.Fatal(err)
	}
	var days []string
	for i := range 3 {
		r, _ := s.row(i)
		days = append(days, r.Due.Format("01-02"))
	}
	if want := []string{"11-25", "11-26", "11-27"}; !slices.Equal(days, want) {
		t.Errorf("they come back on %v, want %v", days, want)
	}
	if len(n.Toasts) != 1 || n.Offered[0].Key != keys.CtrlZ {
		t.Errorf("said %v", n.Toasts)
	}
	if _, err := c.Undo(context.Background()); err != nil {
		t.Fatal(err)
	}
	if r, _ := s.row(0); r.Due.Format("01-02") == "11-25" {
		t.Error("the day cannot be undone")
	}

	act(t, s, "Назначить день…")
	test.NewTempWindow(t, n.Forms[1].Content)
	n.Forms[1].First.TypedRune('x')
	if n.Forms[1].Keep() == nil {
		t.Error("a span that is none is kept")
	}
}

func TestResetAsksAndMakesNew(t *testing.T) {
	s, c, n := start(t)
	s.Key(keys.CtrlA)
	act(t, s, "Начать заново…")
	if len(n.Questions) != 1 || !strings.HasPrefix(n.Questions[0].Title, "Начать ") || !strings.Contains(n.Questions[0].Text, "из 100") {
		t.Fatalf("asked %+v", n.Questions)
	}
	n.Questions[0].Yes.Do()
	found, err := c.Search(context.Background(), collection.Query{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range found.Rows {
		if r.Phase != scheduler.New {
			t.Errorf("%s is not new", r.Question)
		}
	}
	s.Key(keys.CtrlA)
	act(t, s, "Начать заново…")
	if len(n.Questions) != 1 {
		t.Error("asked about cards that are new already")
	}
}

// shifting is a collection whose shifts are as a test wants them.
type shifting struct {
	*collection.Collection
	plan collection.ShiftPlan
	done []string
	fail error
}

func (f *shifting) PlanShift(_ context.Context, _ collection.Scope, _ string, _ int) (collection.ShiftPlan, error) {
	return f.plan, f.fail
}

func (f *shifting) Shift(_ context.Context, s collection.Scope, kind string, n int) error {
	f.done = append(f.done, strings.Join([]string{s.Deck, kind, string(rune('0' + n%10))}, " "))
	return f.fail
}

func shiftPlan() collection.ShiftPlan {
	p := collection.ShiftPlan{Safe: 7}
	for i := range 30 {
		n := 12 + i*7%11
		p.Before, p.After = append(p.Before, n), append(p.After, n+i%3)
	}
	p.Before[0], p.After[0] = 40, 30
	for range 10 {
		p.Cards = append(p.Cards, "x/f")
	}
	return p
}

func TestAShiftSaysWhatItDoes(t *testing.T) {
	s, c, n := start(t)
	f := &shifting{Collection: c, plan: shiftPlan()}
	s.o.Collection = f
	for kind, want := range map[string][2]string{
		collection.ShiftPostpone: {"Сегодня станет 30 вместо 40.", "День изменится у 10 карточек. Из них 7 от этого почти не пострадают."},
		collection.ShiftAdvance:  {"Сегодня станет 30 вместо 40.", "День изменится у 10 карточек. Из них 7 от этого почти не пострадают."},
		collection.ShiftSpread:   {"В самый полный день станет 30 вместо 40.", "День изменится у 10 карточек."},
		collection.ShiftBreak:    {"За 3 дня карточек будет 59.", "День изменится у 10 карточек."},
	} {
		sh := newShift(s, kind)
		sh.open()
		if sh.sentence.Text != want[0] || sh.detail.Text != want[1] {
			t.Errorf("%s says %q, %q", kind, sh.sentence.Text, sh.detail.Text)
		}
	}
	if len(f.done) != 0 {
		t.Fatal("done before the student said so")
	}
	if err := n.Forms[0].Keep(); err != nil || len(f.done) != 1 || n.Toasts[0] != "Сдвинуто 10 карточек" {
		t.Errorf("done %v, said %v, %v", f.done, n.Toasts, err)
	}

	sh := newShift(s, collection.ShiftSpread)
	sh.field.SetText("0")
	sh.count()
	if sh.n != 0 || sh.chart.Visible() {
		t.Error("a number that is none is planned")
	}
	f.fail = errors.New("no disk")
	sh.field.SetText("5")
	sh.count()
	if sh.n != 0 || sh.sentence.Text == "" {
		t.Error("what failed is not said")
	}
	f.fail, f.plan = nil, collection.ShiftPlan{Before: []int{1, 2}, After: []int{1, 2}}
	sh.count()
	sh.open()
	if err := n.Forms[len(n.Forms)-1].Keep(); err != nil || len(f.done) != 1 {
		t.Error("nothing to shift, and yet something is done")
	}
}

// A shift of the present deck is of that deck, through the real collection.
func TestAShiftIsOfTheDeckInSight(t *testing.T) {
	s, c, n := start(t)
	deck := s.decks[0].ID
	s.ask(func(q *collection.Query) { q.Scope = collection.Scope{Deck: deck} })
	s.shiftMenu(s.list.sheet)
	n.Menus[0][3].Do() // days without study
	if len(n.Forms) != 1 || !strings.HasSuffix(n.Forms[0].Title, s.decks[0].Title) {
		t.Fatalf("forms %+v", n.Forms)
	}
	before, err := c.PlanShift(context.Background(), collection.Scope{Deck: deck}, collection.ShiftBreak, 3)
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Forms[0].Keep(); err != nil {
		t.Fatal(err)
	}
	after, err := c.PlanShift(context.Background(), collection.Scope{Deck: deck}, collection.ShiftBreak, 3)
	if err != nil {
		t.Fatal(err)
	}
	if len(before.Cards) > 0 && !slices.Equal(after.Before, before.After) {
		t.Errorf("the days are %v, said %v", after.Before, before.After)
	}
}

func TestActsPictures(t *testing.T) {
	if testing.Short() {
		t.Skip("draws many windows")
	}
	c, now := open(t)
	shelltest.Each(t, "cards-several", func(w shelltest.Window) nav.Screen {
		return screen(c, w.Shell, w.Printer, now)
	}, func(_ *testing.T, w shelltest.Window, s nav.Screen) {
		list := s.(*Screen)
		for range 4 {
			s.Key(keys.ShiftDown)
		}
		if w.Small {
			list.menu(list.list.top)
		}
	})
	shelltest.Each(t, "cards-shift", func(w shelltest.Window) nav.Screen {
		out := screen(c, w.Shell, w.Printer, now)
		out.o.Collection = &shifting{Collection: c, plan: shiftPlan()}
		return out
	}, func(_ *testing.T, _ shelltest.Window, s nav.Screen) {
		newShift(s.(*Screen), collection.ShiftPostpone).open()
	})
}
