package queue

import (
	"cmp"
	"slices"

	"lectern/scheduler"
)

// ranked is a card with what it is ordered by.
type ranked struct {
	a, b float64
	tie  uint64
	i    int32
}

func (x ranked) before(y ranked) bool {
	return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b), cmp.Compare(x.tie, y.tie), cmp.Compare(x.i, y.i)) < 0
}

// line gives cards in order, one by one: a heap, since limits let only a few
// of many through.
type line []ranked

func (l line) heap() {
	for i := len(l)/2 - 1; i >= 0; i-- {
		l.sink(i)
	}
}

func (l line) sink(i int) {
	for {
		k := 2*i + 1
		if k >= len(l) {
			return
		}
		if k+1 < len(l) && l[k+1].before(l[k]) {
			k++
		}
		if !l[k].before(l[i]) {
			return
		}
		l[i], l[k] = l[k], l[i]
		i = k
	}
}

// pop takes the first card out.
func (l *line) pop() int32 {
	h := *l
	i, last := h[0].i, len(h)-1
	h[0] = h[last]
	*l = h[:last]
	l.sink(0)
	return i
}

// daily mixes cards: another way every day, the same way all day.
func daily(seed uint64, day scheduler.Day) uint64 {
	x := seed + uint64(day)*0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// rankReview says where what is due stands in the preset's order.
func (q *Queue) rankReview(i int32) ranked {
	o := &q.opt
	c := q.cards.At(i)
	x := ranked{i: i, tie: daily(c.Seed, o.Day)}
	due := float64(c.DueDay)
	switch o.Order.ReviewOrder {
	case scheduler.ReviewsDayDeck:
		x.a, x.b = due, float64(q.deckOf[c.Node])
	case scheduler.ReviewsDeckDay:
		x.a, x.b = float64(q.deckOf[c.Node]), due
	case scheduler.ReviewsShortest:
		x.a = float64(c.Days)
	case scheduler.ReviewsLongest:
		x.a = -float64(c.Days)
	case scheduler.ReviewsEasiest:
		x.a = c.State.D
	case scheduler.ReviewsHardest:
		x.a = -c.State.D
	case scheduler.ReviewsLeastKnown:
		x.a = o.Nodes[c.Node].Rules.Recall(c.Card, o.Day)
	case scheduler.ReviewsBestKnown:
		x.a = -o.Nodes[c.Node].Rules.Recall(c.Card, o.Day)
	case scheduler.ReviewsOverdue:
		x.a = -o.Nodes[c.Node].Rules.Overdue(c.Card, o.Day)
	case scheduler.ReviewsRandom:
	case scheduler.ReviewsByCourse:
		x.a = float64(i)
	case scheduler.ReviewsReversed:
		x.a = -float64(i)
	default:
		x.a = due
	}
	return x
}

// rankNew says where a new card stands in the preset's order. That parts come
// one after another is decided among those that were let in: see arrange.
func (q *Queue) rankNew(i int32) ranked {
	o := &q.opt
	c := q.cards.At(i)
	x := ranked{i: i}
	switch o.Order.NewOrder {
	case scheduler.NewReversed:
		x.a, x.b = float64(q.deckOf[c.Node]), -float64(i)
	case scheduler.NewRandomNote:
		x.tie = daily(q.cards.At(c.From).Seed, o.Day)
	case scheduler.NewRandomCard:
		x.tie = daily(c.Seed, o.Day)
	}
	return x
}

// arrange puts the new cards that were taken by their parts, if they are to be.
func (q *Queue) arrange(cards []int32) {
	if q.opt.Order.NewOrder != scheduler.NewByPart {
		return
	}
	slices.SortStableFunc(cards, func(a, b int32) int {
		return cmp.Compare(a-q.cards.At(a).From, b-q.cards.At(b).From)
	})
}
