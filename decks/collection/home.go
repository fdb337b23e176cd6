package collection

import (
	"context"
	"fmt"
	"time"

	"lectern/scheduler"
)

// Home returns what the first screen shows.
func (c *Collection) Home(ctx context.Context) (h Home, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		v, err := c.viewAt(q, m, c.clock(), Scope{})
		if err != nil {
			return err
		}
		found := v.look()
		h = Home{Today: v.day, Due: found.counts, Reviews: int(m.times.answers)}
		h.Decks = v.deckRows()
		h.Week = v.week(found.counts)
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
			rows = v.deckRows()
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
			r = v.rest(v.look())
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
	step, due, dayStep, fresh  int // in today's queue, before limits
	needStep, needDue, needNew int // of those, cards that need an answer
}

func (t *tally) add(o tally) {
	t.cards += o.cards
	t.studied += o.studied
	t.unanswered += o.unanswered
	t.recall += o.recall
	t.step += o.step
	t.due += o.due
	t.dayStep += o.dayStep
	t.fresh += o.fresh
	t.needStep += o.needStep
	t.needDue += o.needDue
	t.needNew += o.needNew
}

// counts are what can be asked of it today.
func (t *tally) counts(l limits, times answerTimes) Counts {
	due, fresh := min(t.due, l.due), min(t.fresh, l.fresh)
	steps := min(t.dayStep, due)
	c := Counts{
		New: fresh, Learning: t.step + steps, Review: due - steps,
		Unanswered: t.needStep + min(t.needDue, due) + min(t.needNew, fresh),
	}
	perNew, perKnown := times.expected()
	c.Minutes = minutes(c, perNew, perKnown)
	return c
}

func (t *tally) meanRecall() float64 {
	if t.cards == 0 {
		return 0
	}
	return t.recall / float64(t.cards)
}

// deckRows makes the rows of all decks in one pass over their cards. What a
// section has due is what studying it alone would ask.
func (v *view) deckRows() []DeckRow {
	m := v.m
	out := make([]DeckRow, 0, len(m.decks))
	for di := range m.decks {
		d := &m.decks[di]
		sections := make([]tally, len(d.sections)+1) // the last: cards without one
		of := func(e *cardEntry) *tally {
			if e.section < 0 {
				return &sections[len(d.sections)]
			}
			return &sections[e.section]
		}
		for i := d.from; i < d.to; i++ {
			e := &m.cards[i]
			if e.retired {
				continue
			}
			t := of(e)
			t.cards++
			if e.card.Phase != scheduler.New {
				t.studied++
				t.recall += v.recall(e)
			}
			if e.needs && int32(i) == e.noteFrom {
				t.unanswered++
			}
		}
		dv := *v
		dv.scope = span{d.from, d.to, anySection}
		dv.each(func(i int, p place) {
			e := &m.cards[i]
			of(e).queued(p, e.needs)
		})
		var all tally
		l := v.limits(int32(di))
		row := DeckRow{ID: d.id, Title: d.title, Origin: d.origin, Sections: make([]SectionRow, len(d.sections))}
		for i := range sections {
			all.add(sections[i])
			if i == len(d.sections) {
				break
			}
			s := d.sections[i]
			row.Sections[i] = SectionRow{
				ID: s.ID, Title: s.Title, Source: s.Source, Due: sections[i].counts(l, m.times),
				Cards: sections[i].cards, Unanswered: sections[i].unanswered, Recall: sections[i].meanRecall(),
			}
		}
		row.Due = all.counts(l, m.times)
		row.Cards, row.Studied, row.Unanswered, row.Recall = all.cards, all.studied, all.unanswered, all.meanRecall()
		out = append(out, row)
	}
	return out
}

func (t *tally) queued(p place, needs bool) {
	n := 0
	if needs {
		n = 1
	}
	switch p {
	case stepReady, stepSoon, stepLater:
		t.step++
		t.needStep += n
	case dayStep, review:
		t.due++
		t.needDue += n
		if p == dayStep {
			t.dayStep++
		}
	case unseen:
		t.fresh++
		t.needNew += n
	}
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
			if e.card.Phase == scheduler.New {
				fresh++
				continue
			}
			if k := int(e.card.DueDay - v.day); e.card.Due.IsZero() && k < len(due) {
				due[max(k, 0)]++
			}
		}
		l := v.limits(int32(di))
		fresh -= min(fresh, l.fresh)
		carry := max(0, due[0]-l.due)
		for k := 1; k < len(due); k++ {
			n := min(carry+due[k], m.preset.ReviewsPerDay)
			carry += due[k] - n
			start := min(fresh, m.preset.NewPerDay)
			fresh -= start
			out[k] += n + start
		}
	}
	return out
}

// rest says what comes later.
func (v *view) rest(found queue) Rest {
	r := Rest{
		Waiting: found.later + found.pool.StepsAhead,
		MoreNew: found.held,
	}
	loc := v.dayEnd.Location()
	next := *v
	next.now = scheduler.MomentOf(v.dayEnd)
	next.day = v.day + 1
	next.dayEnd = scheduler.DayEnd(next.day, v.rollover, loc)
	next.done = make([]doneToday, len(v.m.decks))
	tomorrow := next.look()
	r.Tomorrow = tomorrow.counts
	switch {
	case found.pick() >= 0:
		r.NextDue = v.now.Time.In(loc)
	case !found.soonAt.IsZero():
		r.NextDue = found.soonAt.In(loc)
	case tomorrow.pick() >= 0:
		r.NextDue = v.dayEnd
	case !tomorrow.soonAt.IsZero():
		r.NextDue = tomorrow.soonAt.In(loc)
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
		if e.suspended || e.retired || e.card.Phase == scheduler.New || v.scope.section != anySection && e.section != v.scope.section {
			continue
		}
		day := e.card.DueDay
		if !e.card.Due.IsZero() {
			day = v.m.sched.Day(scheduler.MomentOf(e.card.Due.In(loc)))
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
