package exam

import (
	"slices"
	"sort"

	"lectern/scheduler/internal/expect"
)

// worth is what a card is worth on the day of the exam when it is studied from
// now on as well as can be, given what a second costs on each day.
//
// It is computed backwards from the exam for a card answered on a day and left
// in a state: the recall on the day of the exam if it is never asked again, or
// the best day to ask it next, whose time has to be paid for.
type worth struct {
	mem  *expect.Memory
	days int // the exam is on this day

	asked [][]question // by place in offsets and node
	never []values     // by day of the last answer
	later [][]values   // by day of the last answer and place in next: asked then or after, or never
	next  [][]int      // by day of the last answer: days on which to ask again

	price []float64 // of a second, by day, in cards
	fresh []float64 // by day: a new card begun on a later day, or never
}

// offsets are the days between answers that are told apart: a day more or less
// matters less the longer it was.
var offsets = makeOffsets()

func makeOffsets() []int {
	list := []int{0}
	for o := 1; o <= MaxDays; o = max(o+1, o+o/6) {
		list = append(list, o)
	}
	return list
}

// near is the place in offsets of the number of days nearest from below.
func near(days int) int { return sort.SearchInts(offsets, days+1) - 1 }

// nextDays are the days on which a card may be asked that was answered on last:
// after so many days as are told apart, or on one of the last days.
func nextDays(last, days int) []int {
	var list []int
	for _, o := range offsets[1:] {
		if day := last + o; day < days-lastLook {
			list = append(list, day)
		}
	}
	for day := max(last+1, days-lastLook); day < days; day++ {
		list = append(list, day)
	}
	return list
}

func newWorth(mem *expect.Memory, days int, fast float64) *worth {
	w := &worth{mem: mem, days: days, price: make([]float64, days), fresh: make([]float64, days)}
	for _, o := range offsets[:near(days)+1] {
		list := make([]question, nodes)
		for node := range list {
			list[node] = questionOf(mem, nodeState(node, fast), float64(o))
		}
		w.asked = append(w.asked, list)
	}
	for last := range days {
		never := make(values, nodes)
		for node := range never {
			never[node] = mem.Model.Recall(nodeState(node, fast), float64(days-last))
		}
		w.never = append(w.never, never)
		next := nextDays(last, days)
		later := make([]values, len(next)+1)
		for i := range next {
			later[i] = make(values, nodes)
		}
		later[len(next)] = never
		w.next, w.later = append(w.next, next), append(w.later, later)
	}
	return w
}

// after is the worth of the states in which a card may be left on a day.
func (w *worth) after(day int) values { return w.later[day][0] }

// begun is the worth of a new card once it was begun on a day.
func (w *worth) begun(day int) float64 {
	sum := 0.0
	for i, p := range w.mem.First {
		sum += p * w.after(day).at(cellOf(w.mem.Begun[i]))
	}
	return sum
}

// gain is what asking a card on a day brings over asking it later or never,
// price aside, and its recall on the day; the card was left in a state on last.
func (w *worth) gain(c cell, last, day int) (gain, recall float64) {
	then, asked := w.after(day), w.asked[near(day-last)]
	for _, corner := range c.corners() {
		q := &asked[corner.node]
		gain += corner.share * q.then(then)
		recall += corner.share * q.recall
	}
	place, _ := slices.BinarySearch(w.next[last], day+1)
	return gain - w.later[last][place].at(c), recall
}

// solve computes the worth of everything under the prices.
func (w *worth) solve() {
	best := 0.0
	for day := w.days - 1; day >= 0; day-- {
		next, later := w.next[day], w.later[day]
		for i := len(next) - 1; i >= 0; i-- {
			asked, then, price := w.asked[near(next[i]-day)], w.after(next[i]), w.price[next[i]]
			for node := range nodes {
				q := &asked[node]
				later[i][node] = max(later[i+1][node], q.then(then)-price*w.mem.Seconds(q.recall))
			}
		}
		w.fresh[day] = best
		best = max(best, w.begun(day)-w.price[day]*w.mem.NewSeconds)
	}
}

// prospect is what the later days of a card are worth that stands as it did
// when the plan was made.
type prospect struct {
	next  []int      // days on which it may be asked
	asked []question // on each of them
	never float64
	later []float64 // asked on that day or after, or never
}

// gain is what asking on a day brings over the days after it, price aside, and
// the recall then.
func (p *prospect) gain(w *worth, day int) (gain, recall float64) {
	place, _ := slices.BinarySearch(p.next, day+1)
	q := &p.asked[place-1] // of that day, or of the nearest before it
	return q.then(w.after(day)) - p.later[place], q.recall
}

// prospects looks ahead for every card not new.
func (l *learner) prospects() []prospect {
	list := make([]prospect, len(l.cards))
	var next []int
	if l.days > 0 {
		next = append([]int{0}, nextDays(0, l.days)...)
	}
	for i := range l.cards {
		c := &l.cards[i]
		if c.fresh {
			continue
		}
		p := &list[i]
		p.next, p.asked, p.later = next, make([]question, len(next)), make([]float64, len(next)+1)
		for k, day := range next {
			p.asked[k] = questionOf(l.mem, c.state, float64(day-c.last))
		}
		p.never = l.known(c, l.days)
	}
	return list
}

// solve computes the prospects under the prices of w.
func (p *prospect) solve(w *worth) {
	if p.later == nil {
		return
	}
	best := p.never
	p.later[len(p.next)] = best
	for k := len(p.next) - 1; k >= 0; k-- {
		q, day := &p.asked[k], p.next[k]
		best = max(best, q.then(w.after(day))-w.price[day]*w.mem.Seconds(q.recall))
		p.later[k] = best
	}
}
