package finish

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/shell/shelltest"
	"lectern/app/study/session"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/scheduler"
)

var start = time.Date(2026, 11, 23, 10, 0, 0, 0, time.FixedZone("MSK", 3*3600))

type rig struct {
	c       *collection.Collection
	s       *Screen
	nav     *navtest.Navigator
	now     time.Time
	went    []session.Session
	first   []decks.CardID
	places  []session.Answer
	customs []collection.Scope
	after   []func()
}

// newRig opens a collection of n new cards.
func newRig(t *testing.T, n int) *rig {
	t.Helper()
	r := &rig{now: start, nav: &navtest.Navigator{}}
	c, err := collection.Open(context.Background(), t.TempDir(), collection.Options{Clock: func() time.Time { return r.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	d := decks.Deck{ID: "deckdeckde", Title: "Понимание LLM", Lang: "ru", Sections: []decks.Section{{ID: "secondseco", Title: "Лекция 2"}, {ID: "exerciseex", Title: "Упражнения"}}}
	questions := []string{
		"Что такое обучение с подкреплением и как оно применимо к LLM?",
		"Что нужно для RLHF (Reinforcement Learning from Human Feedback)?",
		"Почему моделям тяжело считать количество букв «а» в слове?",
	}
	for i := range n {
		d.Notes = append(d.Notes, decks.Note{
			ID: decks.NewID(), Kind: decks.Question, Section: d.Sections[min(i, 1)].ID,
			Fields: map[decks.Field]string{decks.Front: questions[i%3], decks.Back: "Ответ"},
		})
	}
	if _, err := c.Install(context.Background(), d, collection.InstallOptions{Origin: collection.Origin{Kind: "page", Name: "p"}}); err != nil {
		t.Fatal(err)
	}
	r.c = c
	return r
}

// study answers until nothing is left, the first so many cards with Again at first.
func (r *rig) study(t *testing.T, again int) (s session.Session) {
	t.Helper()
	ctx := context.Background()
	seen := map[decks.CardID]bool{}
	for i := 0; i < 500; i++ {
		card, err := r.c.Next(ctx, s.Scope)
		if err != nil {
			t.Fatal(err)
		}
		if card == nil {
			return s
		}
		g := scheduler.Easy
		if again > 0 && !seen[card.Card] {
			seen[card.Card] = true
			g = scheduler.Again
			again--
		}
		took := 18 * time.Second
		if _, err := r.c.Answer(ctx, collection.AnswerRequest{Card: card.Card, Grade: g, Took: took, Scope: s.Scope}); err != nil {
			t.Fatal(err)
		}
		s.Add(session.Answer{Card: card.Card, Question: card.Note.Text(decks.Front), Deck: card.Deck, Section: card.Section,
			Grade: g, Known: card.Phase == scheduler.Review, Took: took})
		r.now = r.now.Add(20 * time.Second)
	}
	t.Fatal("the session has no end")
	return s
}

func (r *rig) screen(s session.Session, n nav.Navigator, p *i18n.Printer) *Screen {
	r.s = New(Options{
		Collection: r.c, Nav: n, Printer: p, Now: func() time.Time { return r.now }, Session: s,
		Study: func(s session.Session, first decks.CardID) {
			r.went, r.first = append(r.went, s), append(r.first, first)
		},
		Place:      func(a session.Answer) { r.places = append(r.places, a) },
		Today:      func() scheduler.Day { return scheduler.DayOf(scheduler.MomentOf(r.now), 4) },
		Background: func(f func()) { f() },
		Custom:     func(s collection.Scope) { r.customs = append(r.customs, s) },
		After:      func(_ time.Duration, f func()) { r.after = append(r.after, f) },
	})
	return r.s
}

func (r *rig) show(t *testing.T, s session.Session) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	r.screen(s, r.nav, i18n.New("ru"))
	test.NewTempWindow(t, r.s.Object())
	r.s.Shown()
}

func TestEnterFinishes(t *testing.T) {
	r := newRig(t, 3)
	r.show(t, r.study(t, 1))
	if !r.s.Key(keys.Enter) || len(r.nav.Wanted) != 1 || r.nav.Wanted[0] != "home" {
		t.Errorf("Enter asked for %v", r.nav.Wanted)
	}
}

func TestUndoGoesBackIntoTheLastCard(t *testing.T) {
	r := newRig(t, 3)
	s := r.study(t, 0)
	last := s.Answers[len(s.Answers)-1].Card
	r.show(t, s)
	if r.s.Key(keys.CtrlZ) {
		t.Error("the window's undo does not get its key")
	}
	if _, err := r.c.Undo(context.Background()); err != nil {
		t.Fatal(err)
	}
	if len(r.went) != 1 || r.first[0] != last || len(r.went[0].Answers) != len(s.Answers)-1 {
		t.Errorf("went on with %v at %v", r.went, r.first)
	}
}

func TestTheListLeadsToTheLecture(t *testing.T) {
	r := newRig(t, 3)
	s := r.study(t, 2)
	r.show(t, s)
	r.s.Key(keys.Down)
	r.s.Key(keys.Down)
	r.s.Key(keys.Enter)
	if len(r.places) != 1 || r.places[0].Card != s.Forgotten()[1].Card {
		t.Errorf("opened %v", r.places)
	}
	if len(r.nav.Wanted) != 0 {
		t.Error("Enter on a row ended the session")
	}
}

func TestALongListUnfolds(t *testing.T) {
	r := newRig(t, 10)
	r.show(t, r.study(t, 8))
	if len(r.s.list.items) != 5 {
		t.Fatalf("%d rows", len(r.s.list.items))
	}
	r.s.list.all = true
	r.s.paint()
	if len(r.s.list.items) != 8 {
		t.Errorf("%d rows unfolded, want 8", len(r.s.list.items))
	}
}

func TestMoreNew(t *testing.T) {
	r := newRig(t, 25)
	r.show(t, r.study(t, 0))
	if r.s.rest.MoreNew != 15 || r.s.moreCount() != 10 {
		t.Fatalf("held back %d, offered %d", r.s.rest.MoreNew, r.s.moreCount())
	}
	test.Tap(r.s.more)
	if len(r.went) != 1 || r.first[0] != "" {
		t.Fatal("the session does not go on")
	}
	if card, err := r.c.Next(context.Background(), collection.Scope{}); err != nil || card == nil || card.Left.New != 10 {
		t.Errorf("next is %+v, %v", card, err)
	}
}

func TestWaitingStepsAreOfferedWhenTheyAreDue(t *testing.T) {
	r := newRig(t, 3)
	p, err := r.c.Preset(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	p.LearningSteps, p.LearnAhead = []time.Duration{time.Hour}, 0
	if err := r.c.SetPreset(context.Background(), p); err != nil {
		t.Fatal(err)
	}
	r.show(t, r.study(t, 2))
	if r.s.rest.Waiting != 2 || r.s.ready || len(r.after) != 1 {
		t.Fatalf("waiting %d, ready %v, %d looks", r.s.rest.Waiting, r.s.ready, len(r.after))
	}
	r.now = r.now.Add(time.Hour)
	r.after[0]()
	if !r.s.ready || r.s.end.Text != "Продолжить" {
		t.Fatalf("not offered: %q", r.s.end.Text)
	}
	r.s.Key(keys.Enter)
	if len(r.went) != 1 {
		t.Error("Enter does not go on")
	}
	r.s.Hidden()
	n := len(r.after)
	for _, f := range r.after {
		f()
	}
	if len(r.after) != n {
		t.Error("a hidden screen goes on looking")
	}
}

// examined is a collection whose deck has an exam in three weeks.
type examined struct{ *collection.Collection }

func (examined) Exam(_ context.Context, deck string) (*collection.Exam, error) {
	return &collection.Exam{Deck: deck, Day: scheduler.DayOf(scheduler.MomentOf(start), 4) + 21}, nil
}

func (examined) PlanExam(context.Context, collection.Exam, collection.Progress) (collection.ExamPlan, error) {
	return collection.ExamPlan{Expected: 0.91, Feasible: true}, nil
}

func TestTheExamStandsBesideTomorrow(t *testing.T) {
	r := newRig(t, 3)
	s := r.study(t, 0)
	r.show(t, s)
	if r.s.exam != nil {
		t.Fatal("an exam that nobody set")
	}
	r.s.o.Collection = examined{r.c}
	r.now = start
	r.s.Shown()
	if e := r.s.exam; e == nil || e.Left != 21 || e.Of100 != 91 || !e.OnTrack {
		t.Fatalf("the exam stands %+v", r.s.exam)
	}
	if n := len(r.s.notes.Objects); n != 2 {
		t.Errorf("%d remarks", n)
	}
}

func TestTheEndOfACustomStudy(t *testing.T) {
	r := newRig(t, 25)
	ctx := context.Background()
	cards, err := r.c.Select(ctx, collection.Selection{Kind: collection.SelectAll, Limit: 2})
	if err == nil {
		err = r.c.StudyList(ctx, "Всё подряд", cards, true)
	}
	if err != nil {
		t.Fatal(err)
	}
	s := session.Session{Scope: collection.Scope{List: true}}
	for range 2 {
		card, err := r.c.Next(ctx, s.Scope)
		if err != nil || card == nil {
			t.Fatal(card, err)
		}
		if _, err := r.c.Answer(ctx, collection.AnswerRequest{Card: card.Card, Grade: scheduler.Good, Scope: s.Scope}); err != nil {
			t.Fatal(err)
		}
		s.Add(session.Answer{Card: card.Card, Deck: card.Deck, Grade: scheduler.Good})
	}
	r.show(t, s)
	if got := r.s.title(); got != "Занятие закончено" || r.s.ready {
		t.Errorf("it says %q, ready %v", got, r.s.ready)
	}
	if r.s.moreCount() != 0 || r.s.other.New != 10 {
		t.Errorf("offers %d new ones, today has %+v", r.s.moreCount(), r.s.other)
	}
	test.Tap(r.s.custom)
	if len(r.customs) != 1 || r.customs[0] != (collection.Scope{}) {
		t.Errorf("chose from %v", r.customs)
	}
}

func TestExamPictures(t *testing.T) {
	shelltest.Each(t, "finish-exam", func(w shelltest.Window) nav.Screen {
		r := newRig(t, 9)
		s := r.study(t, 2)
		s = session.Session{Answers: s.Answers[:9]}
		r.now = start
		out := r.screen(s, w.Shell, w.Printer)
		out.o.Collection = examined{r.c}
		return out
	}, nil)
}

func TestPictures(t *testing.T) {
	for name, again := range map[string]int{"finish": 3, "finish-long": 9, "finish-all-recalled": 0} {
		shelltest.Each(t, name, func(w shelltest.Window) nav.Screen {
			r := newRig(t, 45)
			r.study(t, 0)
			r.now = start.AddDate(0, 0, 40)
			p, _ := r.c.Preset(context.Background())
			p.RelearningSteps = []time.Duration{10 * time.Minute}
			if err := r.c.SetPreset(context.Background(), p); err != nil {
				t.Fatal(err)
			}
			s := r.study(t, again)
			return r.screen(s, w.Shell, w.Printer)
		}, nil)
	}
}
