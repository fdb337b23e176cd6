package collection

import (
	"slices"
	"time"

	"lectern/decks/fault"
	"lectern/scheduler"
)

// view is the queue at a moment, in a scope: computed from memory in one pass,
// so that it needs no state of its own and is the same after a restart.
type view struct {
	m        *memory
	now      scheduler.Moment
	day      scheduler.Day
	dayEnd   time.Time
	rollover int
	done     []doneToday
	scope    span
}

// span is a range of cards, and a section of it.
type span struct {
	from, to int
	section  int32 // anySection: all
}

const anySection = -2

func (m *memory) span(s Scope) (span, error) {
	if s.Deck == "" {
		if s.Section != "" {
			return span{}, fault.New(fault.BadArgument, nil, "what", "section without a deck")
		}
		return span{0, len(m.cards), anySection}, nil
	}
	d, err := m.deck(s.Deck)
	if err != nil {
		return span{}, err
	}
	section := int32(anySection)
	if s.Section != "" {
		i, ok := d.sectionAt[s.Section]
		if !ok {
			return span{}, fault.New(fault.BadArgument, nil, "what", "unknown section "+s.Section)
		}
		section = int32(i)
	}
	return span{d.from, d.to, section}, nil
}

// viewAt prepares the queue. q reads the day's counts when memory holds those
// of another day.
func (c *Collection) viewAt(q querier, m *memory, now time.Time, s Scope) (*view, error) {
	sp, err := m.span(s)
	if err != nil {
		return nil, err
	}
	v := &view{m: m, now: scheduler.MomentOf(now), rollover: m.preset.RolloverHour, scope: sp}
	v.day = m.sched.Day(v.now)
	v.dayEnd = scheduler.DayEnd(v.day, v.rollover, now.Location())
	if v.done, err = m.done(q, v.day); err != nil {
		return nil, err
	}
	return v, nil
}

// place is where a card stands in today's queue.
type place int

const (
	notToday  place = iota
	stepReady       // a step that has ended
	stepSoon        // a step that ends within the learn-ahead time
	stepLater       // a step that ends later today
	dayStep         // a step of days, due today
	review          // due today
	unseen          // new
)

// rank orders the siblings of a note when only one of them is asked a day.
func (p place) rank() int { return int(p) }

// placeOf says where a card stands, siblings left aside.
func (v *view) placeOf(e *cardEntry) place {
	if e.suspended || e.retired || e.skipDay == v.day {
		return notToday
	}
	c := &e.card
	switch c.Phase {
	case scheduler.New:
		return unseen
	case scheduler.Review:
		if c.DueDay <= v.day {
			return review
		}
		return notToday
	}
	if c.Due.IsZero() {
		if c.DueDay <= v.day {
			return dayStep
		}
		return notToday
	}
	wait := c.Due.Sub(v.now.Time)
	switch {
	case wait <= 0:
		return stepReady
	case !c.Due.Before(v.dayEnd):
		return notToday
	case wait <= v.m.preset.LearnAhead:
		return stepSoon
	default:
		return stepLater
	}
}

// limited says whether a place is held back by burying and by the limits.
func (p place) limited() bool { return p == dayStep || p == review || p == unseen }

// limits are what a deck may still show today.
type limits struct{ fresh, due int }

func (v *view) limits(deck int32) limits {
	d := v.done[deck]
	p := &v.m.preset
	return limits{fresh: max(0, p.NewPerDay+d.more-d.fresh), due: max(0, p.ReviewsPerDay-d.due)}
}

// each calls f for every card of the scope that is in today's queue, in course
// order, with siblings buried: of a note's reviews and new cards only the first
// is asked in a day, and none once another card of the note was answered.
func (v *view) each(f func(i int, p place)) {
	m := v.m
	bury := m.preset.BurySiblings
	for i := v.scope.from; i < v.scope.to; i++ {
		e := &m.cards[i]
		if v.scope.section != anySection && e.section != v.scope.section {
			continue
		}
		p := v.placeOf(e)
		if p == notToday || p.limited() && bury && e.noteTo-e.noteFrom > 1 && v.buried(int32(i), p) {
			continue
		}
		f(i, p)
	}
}

// buried says whether a sibling takes the card's turn today.
func (v *view) buried(i int32, p place) bool {
	e := &v.m.cards[i]
	for k := e.noteFrom; k < e.noteTo; k++ {
		if k == i {
			continue
		}
		s := &v.m.cards[k]
		if s.card.Phase != scheduler.New && s.card.LastDay == v.day {
			return true
		}
		q := v.placeOf(s)
		if q != notToday && (q.rank() < p.rank() || q == p && k < i) {
			return true
		}
	}
	return false
}

// queue is what a pass over the scope finds.
type queue struct {
	counts Counts
	pool   scheduler.Pool
	next   [5]int32 // by scheduler.Bucket: the first card of it, -1: none
	held   int      // new cards held back by the limit
	later  int      // steps that end later today, not within the learn-ahead time
	soonAt time.Time
}

// look makes the pass. The limits of a deck hold for all its sections together.
func (v *view) look() queue {
	q := queue{next: [5]int32{-1, -1, -1, -1, -1}}
	m := v.m
	fresh, known := m.times.expected()
	left := make([]limits, len(m.decks))
	type deckSum struct{ fresh, due, dueUnanswered, freshUnanswered, daySteps int }
	sums := make([]deckSum, len(m.decks))
	for d := range m.decks {
		left[d] = v.limits(int32(d))
	}
	v.each(func(i int, p place) {
		e := &m.cards[i]
		sum := &sums[e.deck]
		switch p {
		case stepReady:
			q.pool.StepsDue++
			q.step(e)
			q.first(scheduler.StepDue, i, m, byDue)
		case stepSoon:
			q.pool.StepsAhead++
			q.step(e)
			q.first(scheduler.StepAhead, i, m, byDue)
		case stepLater:
			q.step(e)
			q.later++
			if q.soonAt.IsZero() || e.card.Due.Before(q.soonAt) {
				q.soonAt = e.card.Due
			}
		case dayStep, review:
			sum.due++
			if p == dayStep {
				sum.daySteps++
			}
			if e.needs && sum.due <= left[e.deck].due {
				sum.dueUnanswered++
			}
			if left[e.deck].due > 0 {
				q.first(scheduler.ReviewDue, i, m, byDay)
			}
		case unseen:
			sum.fresh++
			if e.needs && sum.fresh <= left[e.deck].fresh {
				sum.freshUnanswered++
			}
			if left[e.deck].fresh > 0 {
				q.first(scheduler.Unseen, i, m, byCourse)
			}
		}
	})
	for d := range sums {
		sum := &sums[d]
		n := min(sum.fresh, left[d].fresh)
		q.held += sum.fresh - n
		due := min(sum.due, left[d].due)
		steps := min(sum.daySteps, due)
		q.counts.New += n
		q.counts.Learning += steps
		q.counts.Review += due - steps
		q.counts.Unanswered += sum.dueUnanswered + sum.freshUnanswered
		q.pool.NewLeft += n
		q.pool.ReviewsLeft += due
		if sum.fresh+sum.due > 0 {
			q.pool.DoneNew += v.done[d].fresh
			q.pool.DoneReview += v.done[d].due
		}
	}
	q.counts.Minutes = minutes(q.counts, fresh, known)
	return q
}

func minutes(c Counts, fresh, known time.Duration) float64 {
	return (time.Duration(c.New)*fresh + time.Duration(c.Learning+c.Review)*known).Minutes()
}

func (q *queue) step(e *cardEntry) {
	q.counts.Learning++
	if e.needs {
		q.counts.Unanswered++
	}
}

// waiting returns the indexes of the cards that look counts.
func (v *view) waiting() map[int]bool {
	out := map[int]bool{}
	due := map[int32][]int{}
	fresh := map[int32]int{}
	v.each(func(i int, p place) {
		d := v.m.cards[i].deck
		switch p {
		case dayStep, review:
			due[d] = append(due[d], i)
		case unseen:
			if fresh[d]++; fresh[d] <= v.limits(d).fresh {
				out[i] = true
			}
		default:
			out[i] = true
		}
	})
	for d, cards := range due {
		slices.SortFunc(cards, func(a, b int) int {
			if byDay(&v.m.cards[a], &v.m.cards[b]) {
				return -1
			}
			return 1
		})
		for _, i := range cards[:min(len(cards), v.limits(d).due)] {
			out[i] = true
		}
	}
	return out
}

// first keeps the card of a bucket that comes first.
func (q *queue) first(b scheduler.Bucket, i int, m *memory, before func(a, b *cardEntry) bool) {
	if k := q.next[b]; k < 0 || before(&m.cards[i], &m.cards[k]) {
		q.next[b] = int32(i)
	}
}

func byDue(a, b *cardEntry) bool {
	if !a.card.Due.Equal(b.card.Due) {
		return a.card.Due.Before(b.card.Due)
	}
	return a.id < b.id
}

// byDay orders reviews: the longest due first, those of one day mixed.
func byDay(a, b *cardEntry) bool {
	if a.card.DueDay != b.card.DueDay {
		return a.card.DueDay < b.card.DueDay
	}
	x, y := scheduler.Seed(string(a.id), a.card.Reps), scheduler.Seed(string(b.id), b.card.Reps)
	if x != y {
		return x < y
	}
	return a.id < b.id
}

// byCourse keeps the first: cards are visited in course order.
func byCourse(_, _ *cardEntry) bool { return false }

// pick returns the card to show, -1 for none.
func (q *queue) pick() int32 {
	b := scheduler.Pick(q.pool)
	if b == scheduler.Nothing {
		return -1
	}
	return q.next[b]
}
