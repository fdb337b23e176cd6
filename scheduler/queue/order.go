package queue

import (
	"cmp"
	"slices"

	"lectern/scheduler"
)

// ranked is a card with what it is sorted by.
type ranked struct {
	a, b float64
	tie  uint64
	i    int32
}

func sortRanked(r []ranked) {
	slices.SortFunc(r, func(x, y ranked) int {
		return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b), cmp.Compare(x.tie, y.tie), cmp.Compare(x.i, y.i))
	})
}

// daily mixes cards: another way every day, the same way all day.
func daily(seed uint64, day scheduler.Day) uint64 {
	x := seed + uint64(day)*0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// sortReviews puts what is due into the preset's order.
func (q *Queue) sortReviews(cards []int32) {
	o := &q.opt
	r := make([]ranked, len(cards))
	for k, i := range cards {
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
		r[k] = x
	}
	sortRanked(r)
	for k := range r {
		cards[k] = r[k].i
	}
}

// sortNew puts new cards, which stand in course order, into the preset's order.
func (q *Queue) sortNew(cards []int32) {
	o := &q.opt
	order := o.Order.NewOrder
	if order == scheduler.NewByCourse || order == scheduler.NewByPart {
		return // of which cards are taken; [Queue.arrange] puts parts in order
	}
	r := make([]ranked, len(cards))
	for k, i := range cards {
		c := q.cards.At(i)
		x := ranked{i: i}
		switch order {
		case scheduler.NewReversed:
			x.a, x.b = float64(q.deckOf[c.Node]), -float64(i)
		case scheduler.NewRandomNote:
			x.tie = daily(q.cards.At(c.From).Seed, o.Day)
		case scheduler.NewRandomCard:
			x.tie = daily(c.Seed, o.Day)
		}
		r[k] = x
	}
	sortRanked(r)
	for k := range r {
		cards[k] = r[k].i
	}
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
