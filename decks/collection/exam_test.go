package collection_test

import (
	"testing"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/scheduler"
)

// sectioned is a deck of two lectures with n questions each.
func sectioned(n int) decks.Deck {
	d := course("a", 2*n)
	d.Sections = []decks.Section{{ID: "one", Title: "Лекция 1"}, {ID: "two", Title: "Лекция 2"}}
	for i := range d.Notes {
		d.Notes[i].Section = d.Sections[i/n].ID
	}
	return d
}

func (d *desk) today() scheduler.Day { return scheduler.DayOf(scheduler.MomentOf(d.now), 4) }

// On the way to an exam the queue of the deck is the plan's.
func TestExam(t *testing.T) {
	d := newDesk(t)
	d.install(sectioned(30))
	d.install(course("b", 3))
	e := collection.Exam{Deck: "a", Day: d.today() + 21, Minutes: 12, Goal: 0.8, Sections: []string{"one"}}
	before := d.dump(layers)
	plan, err := d.PlanExam(ctx, e, nil)
	d.ok(err)
	if d.dump(layers) != before {
		t.Error("looking at a plan wrote something")
	}
	if plan.Now != 0 || plan.Expected < 0.5 || plan.Expected > 1 || len(plan.Curve) != 22 || len(plan.CurveWithout) != 22 ||
		len(plan.Sections) != 1 || plan.Sections[0].ID != "one" || plan.Sections[0].Unseen != 30 || plan.Today == 0 || plan.TodayMinutes > 12 {
		t.Fatalf("%+v", plan)
	}
	for i, s := range plan.Stages {
		if s.From > s.To || i > 0 && s.From != plan.Stages[i-1].To+1 || s.Minutes > 12 {
			t.Errorf("stages %+v", plan.Stages)
		}
	}
	hard := e
	hard.Day, hard.Minutes, hard.Goal = d.today()+7, 1, 0.9
	if p, err := d.PlanExam(ctx, hard, nil); err != nil || p.Feasible || p.NeedMinutes != 0 && p.NeedMinutes <= 1 || p.NeedMinutes == 0 && p.Best == 0 {
		t.Errorf("a minute a day for a week: %+v, %v", p, err)
	}

	if same, err := d.PlanExam(ctx, e, nil); err != nil || same.Expected != plan.Expected || same.Today != plan.Today {
		t.Errorf("asked again: %+v, %v", same, err)
	}
	d.answer("a-q1/f", good)
	if later, err := d.PlanExam(ctx, e, nil); err != nil || later.Now <= plan.Now {
		t.Errorf("after an answer: %+v, %v", later, err)
	}
	_, err = d.Undo(ctx)
	d.ok(err)

	d.ok(d.SetExam(ctx, e))
	if got, err := d.Exam(ctx, "a"); err != nil || got == nil || got.Day != e.Day || got.Minutes != 12 {
		t.Fatalf("%+v, %v", got, err)
	}
	h := d.home()
	if h.Decks[0].Sections[0].Due.Total() != plan.Today || h.Decks[0].Sections[1].Due.New != 10 || h.Decks[1].Due.New != 3 {
		t.Errorf("planned %d of the lecture, %+v of the other, %+v of the other deck; want %d", h.Decks[0].Sections[0].Due.Total(),
			h.Decks[0].Sections[1].Due, h.Decks[1].Due, plan.Today)
	}
	d.reopen()
	asked := 0
	for range 15 {
		_, err := d.Begin(ctx, inDeck("a"))
		d.ok(err)
		asked += len(d.study(inDeck("a")))
		d.now = d.now.AddDate(0, 0, 1)
	}
	if p, err := d.PlanExam(ctx, e, nil); err != nil || p.Now < 0.5 || asked < 60 {
		t.Errorf("after two weeks by the plan and %d answers: %+v, %v", asked, p, err)
	}
	d.sound()
	d.now = d.now.AddDate(0, 0, 10)
	if h := d.home(); h.Due.Total() == 0 {
		t.Error("after the exam nothing is due any more")
	}
	if got, err := d.Exam(ctx, "a"); err != nil || got == nil {
		t.Errorf("the exam that is past is forgotten: %+v, %v", got, err)
	}
	d.ok(d.RemoveExam(ctx, "a"))
	if info, err := d.Undo(ctx); err != nil || info.Kind != collection.OpExam || info.Subject != "Курс a" {
		t.Errorf("%+v, %v", info, err)
	}
}

func TestExamFaults(t *testing.T) {
	d := newDesk(t)
	d.install(sectioned(2))
	ok := collection.Exam{Deck: "a", Day: d.today() + 5, Minutes: 10}
	for what, change := range map[string]func(*collection.Exam){
		"no deck":        func(e *collection.Exam) { e.Deck = "nowhere" },
		"no section":     func(e *collection.Exam) { e.Sections = []string{"three"} },
		"today":          func(e *collection.Exam) { e.Day = d.today() },
		"in a century":   func(e *collection.Exam) { e.Day += 36500 },
		"minutes":        func(e *collection.Exam) { e.Minutes = -1 },
		"a certain goal": func(e *collection.Exam) { e.Goal = 1 },
	} {
		e := ok
		change(&e)
		if _, err := d.PlanExam(ctx, e, nil); err == nil {
			t.Errorf("%s: planned", what)
		}
		if err := d.SetExam(ctx, e); !fault.Is(err, fault.BadArgument) && !fault.Is(err, fault.NoSuchDeck) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if got, err := d.Exam(ctx, "a"); got != nil || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
}
