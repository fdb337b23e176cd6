package queue

import (
	"cmp"
	"slices"
	"time"

	"lectern/scheduler"
)

// Next returns the card to show, -1 when nothing is left now. It is asked as
// often as one likes: only an answer moves the queue on.
//
// First come steps that had ended when the last answer was given, then reviews
// and new cards, last steps that end within the learn-ahead time. A step that
// ends while a card is looked at waits for the next answer, so that nothing
// that happens meanwhile, an edit say, puts another card on the screen.
func (q *Queue) Next(now time.Time) int32 {
	if i := q.next(); i >= 0 || !now.After(q.cutoff) {
		return i
	}
	// Nothing is left: steps that have ended since may come.
	q.cutoff = now
	return q.next()
}

func (q *Queue) next() int32 {
	for len(q.front) > 0 {
		i := q.front[len(q.front)-1]
		if q.at[i-q.opt.From] != none {
			return i
		}
		q.front = q.front[:len(q.front)-1]
	}
	waiting := q.steps.first(q)
	if waiting != nil && !waiting.due.After(q.cutoff) {
		return waiting.i
	}
	if i := q.main(); i >= 0 {
		return i
	}
	if waiting != nil && !waiting.due.After(q.cutoff.Add(q.opt.Order.LearnAhead)) {
		return waiting.i
	}
	return -1
}

// main is the next review or new card.
func (q *Queue) main() int32 {
	q.dueHead = q.skip(q.due, q.dueHead, func(p place) bool { return p != none && p != step })
	q.freshHead = q.skip(q.fresh, q.freshHead, func(p place) bool { return p == fresh })
	reviews, news := q.left.Reviews+q.left.DaySteps, q.left.New
	haveDue, haveNew := q.dueHead < len(q.due), q.freshHead < len(q.fresh)
	switch {
	case haveDue && haveNew:
		turn := false
		switch q.opt.Order.NewMix {
		case scheduler.Before:
			turn = true
		case scheduler.After:
		default:
			turn = newTurn(reviews, news, q.done.Reviews, q.done.New)
		}
		if turn {
			return q.fresh[q.freshHead]
		}
		return q.due[q.dueHead]
	case haveDue:
		return q.due[q.dueHead]
	case haveNew:
		return q.fresh[q.freshHead]
	default:
		return -1
	}
}

// skip passes over cards that are no longer waiting.
func (q *Queue) skip(list []int32, head int, waits func(place) bool) int {
	for head < len(list) && !waits(q.at[list[head]-q.opt.From]) {
		head++
	}
	return head
}

// Soonest is when the first step that waits ends; zero when none does.
func (q *Queue) Soonest() time.Time {
	if s := q.steps.first(q); s != nil {
		return s.due
	}
	return time.Time{}
}

// Answered moves the queue on after card i was answered at now. Its siblings are
// put off until another day.
func (q *Queue) Answered(i int32, now time.Time) {
	if now.After(q.cutoff) {
		q.cutoff = now
	}
	if i < q.opt.From || i >= q.opt.To {
		return
	}
	c := q.cards.At(i)
	if !under(q.opt.Nodes, c.Node, q.opt.Under) {
		return
	}
	was := q.at[i-q.opt.From]
	q.leave(i)
	switch {
	case was == fresh && !q.listed:
		q.done.New++
	case (was == review || was == dayStep) && !q.listed:
		q.done.Reviews++
	}
	if placeOf(c, q.opt.Day, q.opt.End) == step {
		q.again(i, c.Due)
	}
	if q.listed || !q.opt.Nodes[c.Node].Rules.BurySiblings() {
		return
	}
	for k := range q.siblings(i, c) {
		if k >= q.opt.From && k < q.opt.To && q.at[k-q.opt.From] != step {
			q.leave(k)
		}
	}
}

// again puts a card among the steps. When it would come straight back though
// another step waits, it waits for that one.
func (q *Queue) again(i int32, due time.Time) {
	if other := q.steps.first(q); other != nil && q.main() < 0 && due.Before(other.due) &&
		!other.due.After(q.cutoff.Add(q.opt.Order.LearnAhead)) {
		due = other.due.Add(time.Second)
	}
	q.enter(i, step)
	q.steps.insert(i, due)
}

// Front puts a card whose answer was taken back before all others.
func (q *Queue) Front(i int32) {
	if i >= q.opt.From && i < q.opt.To {
		q.front = append(q.front, i)
	}
}

// Cutoff is the moment steps are measured by: that of the last answer, or of
// the queue's start.
func (q *Queue) Cutoff() time.Time { return q.cutoff }

// SetCutoff makes a queue that replaces another go on from its cutoff.
func (q *Queue) SetCutoff(at time.Time) { q.cutoff = at }

// steps are the cards on steps within the day, by the end of the step.
type steps []waiting

type waiting struct {
	i   int32
	due time.Time
}

func before(a, b waiting) int {
	return cmp.Or(a.due.Compare(b.due), cmp.Compare(a.i, b.i))
}

func (s *steps) push(i int32, due time.Time) { *s = append(*s, waiting{i, due}) }

func (s *steps) sort() { slices.SortFunc(*s, before) }

func (s *steps) insert(i int32, due time.Time) {
	w := waiting{i, due}
	*s = slices.DeleteFunc(*s, func(o waiting) bool { return o.i == i })
	at, _ := slices.BinarySearchFunc(*s, w, before)
	*s = slices.Insert(*s, at, w)
}

// first is the step that ends first, of cards that still wait for it.
func (s *steps) first(q *Queue) *waiting {
	for len(*s) > 0 {
		if q.at[(*s)[0].i-q.opt.From] == step {
			return &(*s)[0]
		}
		*s = (*s)[1:]
	}
	return nil
}
