package forecast

import "lectern/scheduler/kernel"

// Reschedule returns the cards with the intervals a model and a retention would
// give them, counted from their last answers; who should have come back already
// comes today. New cards stay as they are. The cards' states are those of the
// model: with other weights they have to be replayed first.
func Reschedule(cards []Card, m kernel.Model, retention float64, s Settings) []Card {
	changed := make([]Card, len(cards))
	for i, c := range cards {
		if !c.New() {
			c.Interval = s.Interval(m.Interval(c.State, retention))
			c.Due = max(0, c.Last+c.Interval)
		}
		changed[i] = c
	}
	return changed
}

// Workload counts the cards due on each of the next days; what is overdue
// waits on day 0. Compared before and after Reschedule it says what a change
// of settings does to the days at hand, before it is made.
func Workload(cards []Card, days int) []int {
	load := make([]int, max(0, days))
	for _, c := range cards {
		if day := max(0, c.Due); !c.New() && day < len(load) {
			load[day]++
		}
	}
	return load
}
