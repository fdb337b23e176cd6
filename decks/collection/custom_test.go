package collection_test

import (
	"slices"
	"testing"
	"time"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/scheduler"
)

var inList = collection.Scope{List: true}

// Custom study: cards that are chosen, due or not, studied beside the queue.
func TestCustomStudy(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 6))
	d.preset(func(p *scheduler.Preset) { p.LearningSteps, p.RelearningSteps, p.Fuzz = nil, nil, false })
	for _, id := range []decks.CardID{"a-q1/f", "a-q2/f", "a-q3/f"} {
		d.answer(id, good)
	}
	d.now = d.now.AddDate(0, 0, 10)
	d.answer("a-q1/f", again)
	d.answer("a-q2/f", good)
	choose := func(s collection.Selection) []decks.CardID {
		t.Helper()
		cards, err := d.Select(ctx, s)
		d.ok(err)
		return cards
	}
	for _, c := range []struct {
		what string
		s    collection.Selection
		want []decks.CardID
	}{
		{"a lecture", collection.Selection{Kind: collection.SelectAll}, []decks.CardID{"a-q1/f", "a-q2/f", "a-q3/f", "a-q4/f", "a-q5/f", "a-q6/f"}},
		{"due, limits left aside", collection.Selection{Kind: collection.SelectDue}, []decks.CardID{"a-q3/f"}},
		{"ahead by a day", collection.Selection{Kind: collection.SelectAhead, Days: 1}, []decks.CardID{"a-q3/f", "a-q1/f"}},
		{"forgotten today", collection.Selection{Kind: collection.SelectForgotten, Days: 1}, []decks.CardID{"a-q1/f"}},
		{"new", collection.Selection{Kind: collection.SelectNew, Limit: 2}, []decks.CardID{"a-q4/f", "a-q5/f"}},
		{"by words", collection.Selection{Kind: collection.SelectAll, Text: "ВОПРОС 5"}, []decks.CardID{"a-q5/f"}},
		{"by tag", collection.Selection{Kind: collection.SelectAll, Tags: []string{"нет такой"}}, []decks.CardID{}},
		{"the weakest", collection.Selection{Kind: collection.SelectWeak, Limit: 1}, []decks.CardID{"a-q3/f"}},
	} {
		if got := choose(c.s); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
	_, err := d.Select(ctx, collection.Selection{Kind: "sideways"})
	wantFault(t, err, fault.BadArgument)
	wantFault(t, d.StudyList(ctx, "Ничего", nil, false), fault.BadArgument)

	t.Run("in a preview nothing changes", func(t *testing.T) {
		before := d.dump(caches)
		d.ok(d.StudyList(ctx, "Перед занятием", []decks.CardID{"a-q2/f", "a-q4/f"}, true))
		card := d.next(inList)
		if !card.Preview || card.Card != "a-q2/f" || card.Outcomes[again-1].Wait.Minutes() != 1 || card.Outcomes[good-1].Wait != 0 {
			t.Fatalf("%+v", card)
		}
		a, err := d.Answer(ctx, collection.AnswerRequest{Card: card.Card, Grade: good, Scope: inList})
		d.ok(err)
		if a.Next == nil || a.Next.Card != "a-q4/f" {
			t.Fatalf("next %+v", a.Next)
		}
		d.reopen()
		info, err := d.List(ctx)
		d.ok(err)
		if info == nil || info.Title != "Перед занятием" || info.Cards != 2 || info.Left != 1 {
			t.Fatalf("broken off: %+v", info)
		}
		a, err = d.Answer(ctx, collection.AnswerRequest{Card: "a-q4/f", Grade: again, Scope: inList})
		d.ok(err)
		if a.Next == nil || a.Next.Card != "a-q4/f" {
			t.Fatalf("after Again: %+v", a.Next)
		}
		a, err = d.Answer(ctx, collection.AnswerRequest{Card: "a-q4/f", Grade: easy, Scope: inList})
		d.ok(err)
		if a.Next != nil {
			t.Fatalf("after all are known: %+v", a.Next)
		}
		if after := d.dump(caches); after != before {
			t.Errorf("a preview changed %s", difference(before, after))
		}
		if h, err := d.History(ctx, "a-q4/f"); err != nil || len(h) != 2 {
			t.Errorf("the log has %d rows (%v)", len(h), err)
		}
		d.sound()
	})
	t.Run("ahead of time answers count", func(t *testing.T) {
		reviews := d.home().Decks[0].Due.Review
		d.now = d.now.Add(time.Minute)
		d.ok(d.StudyList(ctx, "Наперёд", []decks.CardID{"a-q2/f", "a-q3/f"}, false))
		if got := d.study(inList); !slices.Equal(got, []decks.CardID{"a-q2/f", "a-q3/f"}) {
			t.Fatalf("studied %v", got)
		}
		if got := d.home().Decks[0].Due.Review; got != reviews-1 {
			t.Errorf("%d reviews are left of %d", got, reviews)
		}
		if info, err := d.List(ctx); err != nil || info != nil {
			t.Errorf("what is left: %+v, %v", info, err)
		}
		s, err := d.Stats(ctx)
		d.ok(err)
		if s.Today.Asked != 3 {
			t.Errorf("%d answers say how well dates are met, want 3: an early one does not", s.Today.Asked)
		}
		d.sound()
	})
}

// Days set, cards made new: each one operation that can be taken back.
func TestMoves(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 6))
	d.preset(func(p *scheduler.Preset) { p.LearningSteps, p.Fuzz = nil, false })
	d.answer("a-q1/f", good)
	d.answer("a-q2/f", good)
	all := []decks.CardID{"a-q1/f", "a-q2/f", "a-q3/f", "a-q4/f"}
	before := d.dump(state)

	d.ok(d.SetDue(ctx, all, 10, 13))
	var days []int
	for _, id := range all {
		days = append(days, d.due(id))
	}
	if !slices.Equal(days, []int{10, 11, 12, 13}) {
		t.Errorf("they come after %v days", days)
	}
	d.sound()
	if info, err := d.Undo(ctx); err != nil || info.Kind != collection.OpMove {
		t.Fatalf("%+v, %v", info, err)
	}
	if after := d.dump(state); after != before {
		t.Errorf("undo left %s", difference(before, after))
	}
	_, err := d.Redo(ctx)
	d.ok(err)
	if got := d.due("a-q4/f"); got != 13 {
		t.Errorf("done again: after %d days", got)
	}
	d.now = d.now.AddDate(0, 0, 13)
	if got := d.answer("a-q4/f", good); got.Due.Before(d.now) {
		t.Errorf("a new card that was moved and answered is due %v", got.Due)
	}

	d.ok(d.Reset(ctx, []decks.CardID{"a-q1/f", "a-q5/f", "a-q1/f"}))
	if row := d.search(collection.Query{Text: "Вопрос 1"}).Rows[0]; row.Phase != scheduler.New {
		t.Errorf("after a reset: %+v", row)
	}
	if h, err := d.History(ctx, "a-q1/f"); err != nil || len(h) != 3 {
		t.Errorf("its history has %d rows, want the answer, the move and the reset (%v)", len(h), err)
	}
	d.sound()
	wantFault(t, d.SetDue(ctx, all, -1, 3), fault.BadArgument)
	wantFault(t, d.SetDue(ctx, all, 3, 1), fault.BadArgument)
	wantFault(t, d.SetDue(ctx, []decks.CardID{"nowhere/f"}, 1, 1), fault.NoSuchCard)
	wantFault(t, d.Reset(ctx, []decks.CardID{"nowhere/f"}), fault.NoSuchCard)
}

// due is in how many study days a card comes back.
func (d *desk) due(id decks.CardID) int {
	d.t.Helper()
	for _, r := range d.search(collection.Query{}).Rows {
		if r.Card == id {
			return int(scheduler.DayOf(scheduler.MomentOf(r.Due), 4) - scheduler.DayOf(scheduler.MomentOf(d.now), 4))
		}
	}
	d.t.Fatalf("no card %s", id)
	return 0
}

// Shifts say what they will do, do it, and can be taken back.
func TestShift(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 80))
	d.preset(func(p *scheduler.Preset) { p.NewPerDay = 20 })
	d.months(12)
	d.now = d.now.AddDate(0, 0, 2)
	sum := func(days []int) (n int) {
		for _, k := range days {
			n += k
		}
		return n
	}
	for _, c := range []struct {
		kind string
		n    int
		ok   func(p collection.ShiftPlan) bool
	}{
		{collection.ShiftPostpone, 10, func(p collection.ShiftPlan) bool { return len(p.Cards) == 10 && p.After[0] == p.Before[0]-10 }},
		{collection.ShiftAdvance, 8, func(p collection.ShiftPlan) bool { return len(p.Cards) == 8 && p.After[0] == p.Before[0]+8 }},
		{collection.ShiftSpread, 5, func(p collection.ShiftPlan) bool { return len(p.Cards) > 0 && p.After[0] <= 5 && p.After[5] <= 5 }},
		{collection.ShiftBreak, 4, func(p collection.ShiftPlan) bool { return len(p.Cards) > 0 && sum(p.After[1:5]) < sum(p.Before[1:5]) }},
	} {
		before := d.dump(state)
		p, err := d.PlanShift(ctx, collection.Scope{}, c.kind, c.n)
		d.ok(err)
		if !c.ok(p) {
			t.Errorf("%s: %+v", c.kind, p)
		}
		d.ok(d.Shift(ctx, collection.Scope{}, c.kind, c.n))
		var after [30]int
		for _, row := range d.search(collection.Query{Limit: 1000}).Rows {
			if row.Phase == scheduler.Review {
				if k := max(0, d.due(row.Card)); k < len(after) {
					after[k]++
				}
			}
		}
		if !slices.Equal(after[:], p.After) {
			t.Errorf("%s: announced %v, done %v", c.kind, p.After, after)
		}
		d.sound()
		if info, err := d.Undo(ctx); err != nil || info.Kind != collection.OpShift {
			t.Fatalf("%+v, %v", info, err)
		}
		if now := d.dump(state); now != before {
			t.Errorf("%s taken back: %s", c.kind, difference(before, now))
		}
	}
	_, err := d.PlanShift(ctx, collection.Scope{}, "sideways", 3)
	wantFault(t, err, fault.BadArgument)
	wantFault(t, d.Shift(ctx, collection.Scope{}, collection.ShiftSpread, 0), fault.BadArgument)
}
