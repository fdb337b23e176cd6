package home

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/shell/shelltest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/scheduler"
)

// offering is a collection with an exam and a break as a test wants them.
type offering struct {
	*collection.Collection
	days    int // to the exam of the first deck; 0: none
	on      bool
	back    *collection.Recovery
	recover []int
}

func (o *offering) Exam(ctx context.Context, deck string) (*collection.Exam, error) {
	rows, err := o.Decks(ctx)
	if err != nil || o.days == 0 || rows[0].ID != deck {
		return nil, err
	}
	home, err := o.Home(ctx)
	return &collection.Exam{Deck: deck, Day: home.Today + scheduler.Day(o.days)}, err
}

func (o *offering) PlanExam(context.Context, collection.Exam, collection.Progress) (collection.ExamPlan, error) {
	return collection.ExamPlan{Expected: 0.91, Feasible: o.on}, nil
}

func (o *offering) Recovery(context.Context) (*collection.Recovery, error) { return o.back, nil }

func (o *offering) Recover(_ context.Context, days int) error {
	o.recover = append(o.recover, days)
	o.back = nil
	return nil
}

func offers(t *testing.T, o *offering, n nav.Navigator, p *i18n.Printer) (*Screen, *wanted) {
	t.Helper()
	at := now
	if o.Collection == nil {
		o.Collection = open(t, &at)
		fill(t, o.Collection)
	}
	s, w := screen(t, o.Collection, n, p, &at)
	s.o.Collection = o
	return New(s.o), w
}

func after() *collection.Recovery {
	return &collection.Recovery{Missed: 5, Backlog: 84, Minutes: 31, Options: []collection.RecoveryOption{
		{Days: 3, CardsPerDay: 28, MinutesPerDay: 10.6, Forgotten: 2}, {Days: 7, CardsPerDay: 12, MinutesPerDay: 4.7, Forgotten: 4},
		{Days: 14, CardsPerDay: 6, MinutesPerDay: 2.3, Forgotten: 9},
	}}
}

func TestAfterABreakAPlanIsOfferedAndNothingIsBarred(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	o := &offering{back: after()}
	s, w := offers(t, o, &navtest.Navigator{}, i18n.New("ru"))
	s.Shown()
	if !s.hero.offer.Open() || s.hero.study.Visible() || !s.hero.once.Visible() {
		t.Fatal("no plan is offered")
	}
	s.Key(keys.Enter)
	if len(w.scopes) != 1 || w.scopes[0] != (collection.Scope{}) {
		t.Errorf("everything at once studies %v", w.scopes)
	}
	s.Key("2")
	if !slices.Equal(o.recover, []int{7}) {
		t.Errorf("took %v", o.recover)
	}
	s.Reload()
	if s.hero.offer.Open() || !s.hero.study.Visible() || s.hero.once.Visible() || s.Key("2") {
		t.Error("the offer stays after it was taken")
	}
}

func TestADeckSaysHowItStandsForItsExam(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	o := &offering{days: 21, on: true}
	s, w := offers(t, o, &navtest.Navigator{}, i18n.New("ru"))
	s.Shown()
	deck := s.data.Decks[0].ID
	if st := s.decks.exams[deck]; len(s.decks.exams) != 1 || st == nil || !st.OnTrack || st.Left != 21 || st.Of100 != 91 {
		t.Fatalf("it stands %+v", s.decks.exams)
	}
	o.days = 0
	s.Reload()
	if len(s.decks.exams) != 0 {
		t.Error("an exam that was removed is still said")
	}

	s.Key(keys.Down)
	n := s.o.Nav.(*navtest.Navigator)
	s.Key(keys.M)
	menu := n.Menus[len(n.Menus)-1]
	pick := func(text string) {
		for _, a := range menu {
			if a.Text == text {
				a.Do()
				return
			}
		}
		t.Errorf("no %q in the menu", text)
	}
	pick("План к экзамену…")
	pick("Нагрузка…")
	pick("Отдельное занятие…")
	s.Key(keys.Down) // a section of it
	s.Key(keys.M)
	menu = n.Menus[len(n.Menus)-1]
	pick("Отдельное занятие…")
	if !slices.Equal(w.loads, []string{deck}) {
		t.Errorf("opened the load of %v", w.loads)
	}
	if !slices.Equal(w.exams, []string{deck}) || !slices.Equal(w.customs, []string{s.data.Decks[0].Title, s.data.Decks[0].Sections[0].Title}) {
		t.Errorf("opened %v, %v", w.exams, w.customs)
	}
}

func TestABrokenOffStudyIsInTheMenu(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	o := &offering{}
	n := &navtest.Navigator{}
	s, w := offers(t, o, n, i18n.New("ru"))
	ctx := context.Background()
	cards, err := o.Select(ctx, collection.Selection{Kind: collection.SelectAll, Limit: 3})
	if err == nil {
		err = o.StudyList(ctx, "Всё подряд", cards, true)
	}
	if err != nil {
		t.Fatal(err)
	}
	s.Shown()
	s.Key(keys.Down)
	s.Key(keys.M)
	for _, a := range n.Menus[0] {
		if a.Text == "Продолжить занятие, осталось 3" {
			a.Do()
		}
	}
	if len(w.scopes) != 1 || w.scopes[0] != (collection.Scope{List: true}) {
		t.Errorf("studied %v", w.scopes)
	}
}

func TestOfferPictures(t *testing.T) {
	if testing.Short() {
		t.Skip("draws many windows")
	}
	at := now
	c := open(t, &at)
	fill(t, c)
	shelltest.Each(t, "home-back", func(w shelltest.Window) nav.Screen {
		s, _ := offers(t, &offering{Collection: c, back: after()}, w.Shell, w.Printer)
		return s
	}, nil)
	shelltest.Each(t, "home-exam", func(w shelltest.Window) nav.Screen {
		s, _ := offers(t, &offering{Collection: c, days: 21, on: true}, w.Shell, w.Printer)
		return s
	}, func(_ *testing.T, _ shelltest.Window, s nav.Screen) {
		s.Key(keys.Down)
		s.Key(keys.M)
	})
}
