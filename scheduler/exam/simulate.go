package exam

import (
	"cmp"
	"context"
	"slices"

	"lectern/scheduler/internal/chance"
	"lectern/scheduler/internal/expect"
	"lectern/scheduler/kernel"
)

// least is what a second has to bring, in cards known on the day of the exam,
// to be asked for: a card in four hours. Below that a student had better go for
// a walk.
const least = 1.0 / (4 * 60 * 60)

// most is more than a second ever brings: a card in ten.
const most = 0.1

// learner is a simulated student on the way to the exam: his cards as the model
// sees them, answered as the model expects.
type learner struct {
	mem   *expect.Memory
	days  int
	cards []learning
}

// learning is one card on its way.
type learning struct {
	state kernel.State
	last  int // day of the last answer
	fresh bool
	due   int // only where cards are asked when they are due

	moved   bool // answered under way
	cell    cell // of the state, of a card answered under way
	answers int  // what chance goes by
}

func newLearner(mem *expect.Memory, cards []Card, days int) *learner {
	l := &learner{mem: mem, days: days, cards: make([]learning, len(cards))}
	for i, c := range cards {
		l.cards[i] = learning{state: c.State, last: c.Last, fresh: c.New(), due: c.Due}
	}
	return l
}

// answer asks a card on a day. What the student answers hangs on the card and
// the number of its answers alone.
func (l *learner) answer(i, day int, seed uint64) {
	c := &l.cards[i]
	c.answers++
	luck := chance.New(seed, i, c.answers)
	if c.fresh {
		c.state = l.mem.Begun[luck.Draw(l.mem.First[:])]
	} else {
		recall, ok, lapsed := l.mem.Ask(c.state, float64(day-c.last))
		c.state = lapsed
		if luck.Next() < recall {
			c.state = ok
		}
	}
	c.fresh, c.last, c.moved = false, day, true
	c.cell = cellOf(c.state)
}

// known is the recall of a card on a day.
func (l *learner) known(c *learning, day int) float64 {
	if c.fresh {
		return 0
	}
	return l.mem.Model.Recall(c.state, float64(day-c.last))
}

// offer is a card that may be asked on a day.
type offer struct {
	card    int
	gain    float64 // cards a second: what asking now rather than later brings
	seconds float64
}

// offers lists what gains more than threshold by being asked on a day, the best
// first. first holds for each card not answered under way what its later days
// are worth.
func (l *learner) offers(w *worth, first []prospect, day int, threshold float64, list []offer) []offer {
	list = list[:0]
	begun := w.begun(day) - w.fresh[day]
	for i := range l.cards {
		c := &l.cards[i]
		o := offer{card: i}
		var recall float64
		switch {
		case c.fresh:
			o.gain, o.seconds = begun, l.mem.NewSeconds
		case c.moved:
			o.gain, recall = w.gain(c.cell, c.last, day)
			o.seconds = l.mem.Seconds(recall)
		default:
			o.gain, recall = first[i].gain(w, day)
			o.seconds = l.mem.Seconds(recall)
		}
		if o.gain /= o.seconds; o.gain > threshold {
			list = append(list, o)
		}
	}
	slices.SortStableFunc(list, func(a, b offer) int { return cmp.Compare(b.gain, a.gain) })
	return list
}

// take returns of the offers those for which a day has time, and what the first
// one left out would have brought.
func take(list []offer, seconds float64) (taken []offer, left float64) {
	taken = list[:0]
	for _, o := range list {
		if o.seconds > seconds {
			left = max(left, o.gain)
			continue
		}
		seconds -= o.seconds
		taken = append(taken, o)
	}
	return taken, left
}

// course is one way through the days: what was done on each, and what was known.
type course struct {
	seconds, reviews, begun []float64 // by day
	known                   []float64 // cards, as each day begins, and on the day of the exam
	left                    []float64 // by day: gain of the best card for which there was no time
	cards                   []float64 // recall of each card on the day of the exam
	started                 []int     // by card: the day on which a new card was begun, -1 for none
}

// way is how a learner goes through the days.
type way struct {
	seconds float64 // a day
	paid    bool    // every second has to bring the price of its day, not only least
	curve   bool    // note what is known on each day
	seed    uint64
}

// follow goes through the days as planned.
func (l *learner) follow(ctx context.Context, w *worth, first []prospect, how way) (*course, error) {
	c := newCourse(len(l.cards), l.days)
	var list []offer
	for day := range l.days {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if how.curve {
			c.note(l, day)
		}
		threshold := least
		if how.paid {
			threshold = w.price[day]
		}
		list = l.offers(w, first, day, threshold, list)
		var taken []offer
		taken, c.left[day] = take(list, how.seconds)
		for _, o := range taken {
			c.did(l, o, day)
			l.answer(o.card, day, how.seed)
		}
	}
	c.end(l)
	return c, nil
}

func newCourse(cards, days int) *course {
	c := &course{
		seconds: make([]float64, days), reviews: make([]float64, days), begun: make([]float64, days),
		left: make([]float64, days), known: make([]float64, days+1),
		cards: make([]float64, cards), started: make([]int, cards),
	}
	for i := range c.started {
		c.started[i] = -1
	}
	return c
}

func (c *course) did(l *learner, o offer, day int) {
	c.seconds[day] += o.seconds
	if l.cards[o.card].fresh {
		c.begun[day]++
		c.started[o.card] = day
	} else {
		c.reviews[day]++
	}
}

func (c *course) note(l *learner, day int) {
	for i := range l.cards {
		c.known[day] += l.known(&l.cards[i], day)
	}
}

func (c *course) end(l *learner) {
	for i := range l.cards {
		c.cards[i] = l.known(&l.cards[i], l.days)
		c.known[l.days] += c.cards[i]
	}
}

// expected is the mean recall on the day of the exam.
func (c *course) expected() float64 {
	return c.known[len(c.known)-1] / float64(max(1, len(c.cards)))
}
