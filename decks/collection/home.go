package collection

import (
	"context"
	"fmt"
	"time"

	"lectern/scheduler"
	"lectern/scheduler/queue"
)

// Home returns what the first screen shows.
func (c *Collection) Home(ctx context.Context) (h Home, err error) {
	if err := c.planToday(ctx); err != nil {
		return h, fmt.Errorf("read the home screen: %w", err)
	}
	err = c.read(ctx, func(q querier, m *memory) error {
		v, err := c.viewAt(q, m, c.clock(), Scope{})
		if err != nil {
			return err
		}
		found := v.count(v.scope)
		h = Home{Today: v.day, Due: v.counts(found.Left()), Reviews: int(m.times.answers)}
		h.Decks = v.deckRows(found)
		h.Week = v.week(h.Due)
		h.Rest = v.rest(found)
		return nil
	})
	if err != nil {
		return Home{}, fmt.Errorf("read the home screen: %w", err)
	}
	return h, nil
}

// Decks returns the decks in the order they came.
func (c *Collection) Decks(ctx context.Context) (rows []DeckRow, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		v, err := c.viewAt(q, m, c.clock(), Scope{})
		if err == nil {
			rows = v.deckRows(v.count(v.scope))
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list decks: %w", err)
	}
	return rows, nil
}

// Rest says what there is when nothing is left to study now.
func (c *Collection) Rest(ctx context.Context, s Scope) (r Rest, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		v, err := c.viewAt(q, m, c.clock(), s)
		if err == nil {
			r = v.rest(v.queue())
		}
		return err
	})
	if err != nil {
		return Rest{}, fmt.Errorf("look for what comes later: %w", err)
	}
	return r, nil
}

// tally sums cards of a deck or a section.
type tally struct {
	cards, studied, unanswered int
	recall                     float64
	from, to                   int // the cards are among these
}

func (t *tally) add(i int, o tally) {
	if t.cards == 0 {
		t.from = i
	}
	t.to = i + 1
	t.cards += o.cards
	t.studied += o.studied
	t.unanswered += o.unanswered
	t.recall += o.recall
}

func (t *tally) meanRecall() float64 {
	if t.cards == 0 {
		return 0
	}
	return t.recall / float64(t.cards)
}

// deckRows makes the rows of all decks; found counts all of them together. What
// a deck or a section has due is what studying it alone would ask: where no
// limit and no linked note elsewhere holds anything back that is its part of
// the whole.
func (v *view) deckRows(found *queue.Queue) []DeckRow {
	m := v.m
	alone := func(s span, within queue.Tally) queue.Tally {
		if within.Held+within.HeldDue == 0 && !m.decks[s.deck].linked {
			return found.Node(s.node)
		}
		return v.count(s).Left()
	}
	all := found.Left()
	out := make([]DeckRow, 0, len(m.decks))
	for di := range m.decks {
		d := &m.decks[di]
		var sum tally
		sections := make([]tally, len(d.sections))
		for i := d.from; i < d.to; i++ {
			e := &m.cards[i]
			if e.retired {
				continue
			}
			one := tally{cards: 1}
			if e.q.Phase != scheduler.New {
				one.studied, one.recall = 1, v.recall(e)
			}
			if e.q.Needs && int32(i) == e.q.From {
				one.unanswered = 1
			}
			sum.add(i, one)
			if e.section >= 0 {
				sections[e.section].add(i, one)
			}
		}
		whole := span{d.from, d.to, anySection, d.node, int32(di)}
		left := found.Node(d.node)
		if l := v.nodes[0].Limit; min(l.New, l.Reviews) < queue.NoLimit || d.linked {
			left = alone(whole, all)
		}
		row := DeckRow{
			ID: d.id, Title: d.title, Origin: d.origin, Sections: make([]SectionRow, len(d.sections)), Due: v.counts(left),
			Cards: sum.cards, Studied: sum.studied, Unanswered: sum.unanswered, Recall: sum.meanRecall(),
		}
		for i, s := range d.sections {
			t := &sections[i]
			part := span{t.from, t.to, int32(i), d.node + 1 + int32(i), int32(di)}
			row.Sections[i] = SectionRow{
				ID: s.ID, Title: s.Title, Source: s.Source, Due: v.counts(alone(part, left)),
				Cards: t.cards, Unanswered: t.unanswered, Recall: t.meanRecall(),
			}
		}
		out = append(out, row)
	}
	return out
}

// week expects the cards of today and the six days after it, if each day is
// studied to its end.
func (v *view) week(today Counts) [7]int {
	m := v.m
	var out [7]int
	out[0] = today.Total()
	for di := range m.decks {
		d := &m.decks[di]
		var due [7]int
		fresh := 0
		for i := d.from; i < d.to; i++ {
			e := &m.cards[i]
			if e.suspended || e.retired {
				continue
			}
			if e.q.Phase == scheduler.New {
				fresh++
				continue
			}
			if k := int(e.q.DueDay - v.day); e.q.Due.IsZero() && k < len(due) {
				due[max(k, 0)]++
			}
		}
		n := &v.nodes[d.node]
		fresh -= min(fresh, max(0, n.Limit.New-n.Done.New))
		carry := max(0, due[0]-max(0, n.Limit.Reviews-n.Done.Reviews))
		for k := 1; k < len(due); k++ {
			a := m.rules.limit(d.id, v.day+scheduler.Day(k))
			n := min(carry+due[k], a.Reviews)
			carry += due[k] - n
			start := min(fresh, a.New)
			fresh -= start
			out[k] += n + start
		}
	}
	return out
}

// rest says what comes later.
func (v *view) rest(found *queue.Queue) Rest {
	left := found.Left()
	r := Rest{Waiting: left.Steps, MoreNew: left.Held}
	loc := v.dayEnd.Location()
	next := *v
	next.now = scheduler.MomentOf(v.dayEnd)
	next.day = v.day + 1
	next.dayEnd = scheduler.DayEnd(next.day, v.rollover, loc)
	next.planned = func() []int32 { return nil } // tomorrow's plan is made tomorrow
	next.nodes = v.m.nodes(next.day, make([]doneToday, len(v.m.decks)))
	tomorrow := next.count(v.scope)
	r.Tomorrow = v.counts(tomorrow.Left())
	first := tomorrow.Soonest()
	switch {
	case found.Next(v.now.Time) >= 0:
		r.NextDue = v.now.Time.In(loc)
	case !found.Soonest().IsZero():
		r.NextDue = found.Soonest().In(loc)
	case r.Tomorrow.Total() > 0 && (first.IsZero() || tomorrow.Next(v.dayEnd) >= 0):
		r.NextDue = v.dayEnd
	case !first.IsZero():
		r.NextDue = first.In(loc)
	default:
		r.NextDue = v.nextDue(loc)
	}
	return r
}

// nextDue is when the first card of the scope comes back on a later day.
func (v *view) nextDue(loc *time.Location) time.Time {
	first := noDay
	for i := v.scope.from; i < v.scope.to; i++ {
		e := &v.m.cards[i]
		if e.suspended || e.retired || e.q.Phase == scheduler.New || v.scope.section != anySection && e.section != v.scope.section {
			continue
		}
		day := e.q.DueDay
		if !e.q.Due.IsZero() {
			day = v.m.sched.Day(scheduler.MomentOf(e.q.Due.In(loc)))
		}
		if day > v.day && (first == noDay || day < first) {
			first = day
		}
	}
	if first == noDay {
		return time.Time{}
	}
	return scheduler.DayStart(first, v.rollover, loc)
}
