package queue

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"lectern/scheduler"
)

// Queue is the queue of a day. It is not for several goroutines at once.
type Queue struct {
	cards  Cards
	opt    Options
	deckOf []int32 // by node: the node under the root it lies in

	at     []place // by card, from opt.From
	steps  steps
	due    []int32 // those at or after dueHead are left
	fresh  []int32
	front  []int32 // undone, the last one first
	cutoff time.Time

	dueHead, freshHead int
	left               Tally
	byNode             []Tally // sums over what a node holds
	done               Amount
	listed             bool
}

// Tally counts cards that wait.
type Tally struct {
	Steps      int // on steps within the day
	DaySteps   int // on steps of days
	Reviews    int
	New        int
	Unanswered int // of all these: the answer has still to be written; in a queue made only to count, about
	Held       int // new cards held back by a limit
	HeldDue    int // reviews and steps of days held back by a limit
}

// Total is the number of cards that wait today.
func (t Tally) Total() int { return t.Steps + t.DaySteps + t.Reviews + t.New }

func (t *Tally) of(p place) *int {
	switch p {
	case step:
		return &t.Steps
	case dayStep:
		return &t.DaySteps
	case review:
		return &t.Reviews
	default:
		return &t.New
	}
}

// Build gathers the day's queue.
func Build(cards Cards, o Options) *Queue {
	q := &Queue{cards: cards, opt: o, cutoff: o.Now}
	q.at = make([]place, max(0, o.To-o.From))
	q.byNode = make([]Tally, len(o.Nodes))
	q.deckOf = make([]int32, len(o.Nodes))
	for i, n := range o.Nodes {
		q.deckOf[i] = int32(i)
		if n.Parent > 0 {
			q.deckOf[i] = q.deckOf[n.Parent]
		}
	}
	if len(o.Nodes) > 0 {
		q.done = o.Nodes[o.Under].Done
	}
	q.gather()
	return q
}

// gather finds what is due. The order of the kinds matters for siblings: of a
// note's cards the first kind is asked, and the first card of it.
func (q *Queue) gather() {
	o := &q.opt
	inside := make([]bool, len(o.Nodes))
	for i := range inside {
		inside[i] = under(o.Nodes, int32(i), o.Under)
	}
	var planned, daySteps, reviews, unseen []int32
	for i := o.From; i < o.To; i++ {
		c := q.cards.At(i)
		if !inside[c.Node] {
			continue
		}
		p := placeOf(c, o.Day, o.End)
		if wish := o.wish(i); wish != 0 && p != step {
			if wish > 0 && !c.Off && c.Skip != o.Day && (c.Reps == 0 || c.LastDay < o.Day) {
				planned = append(planned, i)
			}
			continue
		}
		switch p {
		case step:
			q.enter(i, step)
			q.steps.push(i, c.Due)
		case dayStep:
			daySteps = append(daySteps, i)
		case review:
			reviews = append(reviews, i)
		case fresh:
			unseen = append(unseen, i)
		}
	}
	left := budgets(o.Nodes)
	q.steps.sort()
	planned = q.follow(planned)
	daySteps = q.admit(daySteps, dayStep, left)
	reviews = q.admit(reviews, review, left)
	capNew(o.Nodes, left)
	q.fresh = q.admit(unseen, fresh, left)
	if !o.CountOnly {
		q.arrange(q.fresh)
	}
	switch o.Order.StepMix {
	case scheduler.Before:
		q.due = append(daySteps, reviews...)
	case scheduler.After:
		q.due = append(reviews, daySteps...)
	default:
		q.due = intersperse(reviews, daySteps)
	}
	q.due = append(planned, q.due...)
}

// wish is what a plan wants of a card today.
func (o *Options) wish(i int32) int32 {
	if o.Planned == nil {
		return 0
	}
	return o.Planned[i]
}

// follow enters the cards a plan wants today, in its order.
func (q *Queue) follow(cards []int32) []int32 {
	slices.SortFunc(cards, func(a, b int32) int { return cmp.Compare(q.opt.wish(a), q.opt.wish(b)) })
	out := cards[:0]
	for _, i := range cards {
		if c := q.cards.At(i); !q.buried(i, c) {
			q.enter(i, known(c))
			out = append(out, i)
		}
	}
	return out
}

// admit keeps the cards of a kind, in order, that no sibling and no limit holds
// back.
func (q *Queue) admit(cards []int32, p place, left []budget) []int32 {
	rank, pick := q.rankReview, ofDue
	if p == fresh {
		rank, pick = q.rankNew, ofFresh
	}
	wait := q.waits(cards)
	out := cards[:0]
	// Which of a note's cards comes changes no count, but which of its kin does.
	if q.opt.CountOnly && (q.single(cards) || len(q.opt.Kin) == 0 && !q.bound(wait, left, pick)) {
		q.tally(cards, p, left, pick)
		return out
	}
	l := make(line, len(cards))
	for k, i := range cards {
		l[k] = rank(i)
	}
	l.heap()
	// Decks with room left, and how many cards of theirs are still to come.
	open := 0
	for n, k := range wait {
		if *pick(&left[n]) > 0 {
			open += k
		} else {
			wait[n] = 0
		}
	}
	held := map[int32]bool{}
	for len(l) > 0 && open > 0 && *pick(&left[0]) > 0 {
		i := l.pop()
		c := q.cards.At(i)
		deck := q.deckOf[c.Node]
		if wait[deck] > 0 {
			wait[deck]--
			open--
		}
		if q.buried(i, c) {
			continue
		}
		if !take(q.opt.Nodes, left, c.Node, pick) {
			q.hold(i, c, p, held)
			continue
		}
		q.enter(i, p)
		out = append(out, i)
		if *pick(&left[deck]) == 0 {
			open -= wait[deck]
			wait[deck] = 0
		}
	}
	for _, x := range l {
		if c := q.cards.At(x.i); !q.buried(x.i, c) {
			q.hold(x.i, c, p, held)
		}
	}
	return out
}

// tally counts the cards of a kind where the order does not matter: as many as
// the limits let through come, or all that no sibling holds back.
func (q *Queue) tally(cards []int32, p place, left []budget, pick func(*budget) *int) {
	held := map[int32]bool{}
	for _, i := range cards {
		c := q.cards.At(i)
		switch {
		case q.buried(i, c):
		case take(q.opt.Nodes, left, c.Node, pick):
			q.enter(i, p)
		default:
			q.hold(i, c, p, held)
		}
	}
}

// single says that none of the cards has a sibling.
func (q *Queue) single(cards []int32) bool {
	for _, i := range cards {
		if !q.alone(i, q.cards.At(i)) {
			return false
		}
	}
	return true
}

// alone says that a card has no sibling.
func (q *Queue) alone(i int32, c *Card) bool { return c.To-c.From < 2 && len(q.opt.Kin[i]) == 0 }

// siblings are the other cards of the note, then its kin.
func (q *Queue) siblings(i int32, c *Card) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for k := c.From; k < c.To; k++ {
			if k != i && !yield(k) {
				return
			}
		}
		for _, k := range q.opt.Kin[i] {
			if !yield(k) {
				return
			}
		}
	}
}

// waits counts the cards by deck.
func (q *Queue) waits(cards []int32) []int {
	out := make([]int, len(q.opt.Nodes))
	for _, i := range cards {
		out[q.deckOf[q.cards.At(i).Node]]++
	}
	return out
}

// bound says whether a limit may hold back any of the cards.
func (q *Queue) bound(wait []int, left []budget, pick func(*budget) *int) bool {
	all := 0
	for n, k := range wait {
		all += k
		if k > *pick(&left[n]) {
			return true
		}
	}
	for n := range q.opt.Nodes { // within a deck: seldom, and then the order is worth its time
		if l := q.opt.Nodes[n].Limit; q.opt.Nodes[n].Parent > 0 && min(l.New, l.Reviews) < NoLimit {
			return true
		}
	}
	return all > *pick(&left[0])
}

// hold counts a card that a limit holds back. Of a note's cards a day would
// bring one.
func (q *Queue) hold(i int32, c *Card, p place, held map[int32]bool) {
	if !q.alone(i, c) && q.opt.Nodes[c.Node].Rules.BurySiblings() {
		for k := range q.siblings(i, c) {
			if held[k] {
				return
			}
		}
		held[i] = true
	}
	for n := c.Node; n >= 0; n = q.opt.Nodes[n].Parent {
		if p == fresh {
			q.byNode[n].Held++
		} else {
			q.byNode[n].HeldDue++
		}
	}
}

// buried says whether a sibling takes the card's turn today: one that was
// gathered before it, or one that was answered already. Steps within the day
// hide the others and are never hidden.
func (q *Queue) buried(i int32, c *Card) bool {
	if q.alone(i, c) || !q.opt.Nodes[c.Node].Rules.BurySiblings() {
		return false
	}
	for k := range q.siblings(i, c) {
		if k >= q.opt.From && k < q.opt.To && q.at[k-q.opt.From] != none {
			return true
		}
		if s := q.cards.At(k); s.Reps > 0 && s.LastDay == q.opt.Day {
			return true
		}
	}
	return false
}

// enter counts a card in.
func (q *Queue) enter(i int32, p place) {
	q.at[i-q.opt.From] = p
	q.count(i, p, 1)
}

// leave counts a card out.
func (q *Queue) leave(i int32) {
	p := q.at[i-q.opt.From]
	if p == none {
		return
	}
	q.at[i-q.opt.From] = none
	q.count(i, p, -1)
}

func (q *Queue) count(i int32, p place, by int) {
	c := q.cards.At(i)
	needs := 0
	if c.Needs {
		needs = by
	}
	*q.left.of(p) += by
	q.left.Unanswered += needs
	for n := c.Node; n >= 0; n = q.opt.Nodes[n].Parent {
		*q.byNode[n].of(p) += by
		q.byNode[n].Unanswered += needs
	}
}

// Left counts what waits.
func (q *Queue) Left() Tally {
	t := q.left
	if len(q.byNode) > 0 {
		t.Held, t.HeldDue = q.byNode[q.opt.Under].Held, q.byNode[q.opt.Under].HeldDue
	}
	return t
}

// Node counts what waits in a node.
func (q *Queue) Node(n int32) Tally { return q.byNode[n] }

// Cards calls f for each card that waits, in no order that means anything.
func (q *Queue) Cards(f func(i int32)) {
	for k, p := range q.at {
		if p != none {
			f(q.opt.From + int32(k))
		}
	}
}
