package exam

import (
	"cmp"
	"context"
	"math"
	"slices"

	"lectern/scheduler/forecast"
)

// usual goes through the days without a plan: what is due, then new cards,
// within the limits of the settings, each card back when its recall falls to
// the retention.
func (l *learner) usual(ctx context.Context, s forecast.Settings, retention, share float64, seed uint64) (*course, error) {
	c := newCourse(len(l.cards), l.days)
	longest := float64(max(1, s.MaxInterval))
	quota := func(limit, day int) int {
		q := float64(max(0, min(limit, MaxCards))) * share
		return int(q*float64(day+1)) - int(q*float64(day))
	}
	for day := range l.days {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c.note(l, day)
		var due, fresh []int
		for i := range l.cards {
			switch card := &l.cards[i]; {
			case card.fresh:
				fresh = append(fresh, i)
			case card.due <= day:
				due = append(due, i)
			}
		}
		slices.SortStableFunc(due, func(a, b int) int { return cmp.Compare(l.cards[a].due, l.cards[b].due) })
		due = due[:min(len(due), quota(s.ReviewsPerDay, day))]
		fresh = fresh[:min(len(fresh), quota(s.NewPerDay, day))]
		for _, i := range append(due, fresh...) {
			l.answer(i, day, seed)
			card := &l.cards[i]
			card.due = day + int(max(1, min(longest, math.Round(l.mem.Model.Interval(card.state, retention)))))
		}
	}
	c.end(l)
	return c, nil
}
