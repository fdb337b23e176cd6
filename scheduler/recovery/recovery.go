// Package recovery plans the way back after missed days: over so many days the
// cards that wait, and those that come due meanwhile, are shared out evenly, in
// the order in which least is forgotten for the minutes it takes. New cards wait
// until it is done.
//
// Days are study days counted from today, which is day 0.
//
// # Method
//
// Every card is asked once within the days, not before it is due, and every day
// takes about as long. What is asked first are the cards whose recall falls most,
// a second of the time they take, by waiting until tomorrow: one that is strong
// can wait, and so can one that is as good as lost. With simulated students fewer
// cards are forgotten so when they are asked than in the order of due dates, of
// recall (either way) and of relative overdueness. The orders are near to one
// another, since all is asked within the days; exchanging cards between days until
// no exchange helps any more did not better this one.
package recovery

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"lectern/scheduler/forecast"
	"lectern/scheduler/internal/expect"
	"lectern/scheduler/kernel"
)

// Choices are the days over which a student may come back.
var Choices = [3]int{3, 7, 14}

// MissedDays is after how many days without study a plan is offered.
const MissedDays = 3

// MaxDays bounds the days of a plan.
const MaxDays = 60

// Request is what is asked of Make.
type Request struct {
	Cards     []forecast.Card
	Days      int // 1 to 60
	Model     kernel.Model
	Habits    forecast.Habits
	Settings  forecast.Settings
	Retention float64 // by which cards come back, 0 to 1
}

// Plan is a way back and what it costs.
type Plan struct {
	On        []int // by card: the day on which to ask it, -1 for new cards and those that come due later
	Days      []Day
	Cards     int     // in the plan
	Forgotten float64 // of them, how many are to be expected forgotten when they are asked
	ByDue     float64 // how many would be in the order of their due dates
}

// Day is what a day of the plan holds.
type Day struct {
	Cards   int     // of the plan
	Minutes float64 // for them, and for those asked before that come back on this day already
}

// Make plans. The error is that of ctx, or says what of the request makes no
// sense.
func Make(ctx context.Context, req Request) (*Plan, error) {
	switch {
	case req.Model == nil:
		return nil, errors.New("plan a recovery without a memory model")
	case req.Days < 1 || req.Days > MaxDays:
		return nil, fmt.Errorf("plan a recovery over %d days: must be 1 to %d", req.Days, MaxDays)
	case !(req.Retention > 0 && req.Retention < 1):
		return nil, fmt.Errorf("plan a recovery at a retention of %v: must be between 0 and 1", req.Retention)
	}
	r := newRecovery(req)
	plan := &Plan{Cards: len(r.waiting)}
	var err error
	plan.ByDue, err = r.share(ctx, func(w *waiting, _ int) float64 { return float64(r.Cards[w.card].Due) })
	if err == nil {
		plan.Forgotten, err = r.share(ctx, r.gain)
	}
	if err == nil {
		err = r.write(ctx, plan)
	}
	if err != nil {
		return nil, fmt.Errorf("plan a recovery over %d days: %w", req.Days, err)
	}
	return plan, nil
}

// waiting is a card of the plan.
type waiting struct {
	card    int
	from    int // the first day on which it may be asked
	on      int // the day on which it is
	seconds float64
	key     float64 // of the day that is being filled
}

// recovery is a plan being made.
type recovery struct {
	Request
	mem     *expect.Memory
	waiting []waiting
}

func newRecovery(req Request) *recovery {
	r := &recovery{Request: req, mem: expect.New(req.Model, req.Habits, req.Settings)}
	r.Cards = slices.Clone(req.Cards)
	for i := range r.Cards {
		c := &r.Cards[i]
		if c.New() || c.Due >= r.Days {
			continue
		}
		c.Last = max(min(c.Last, 0), -kernel.MaxDays)
		from := max(0, c.Due)
		r.waiting = append(r.waiting, waiting{card: i, from: from, seconds: r.mem.Seconds(c.RecallOn(r.Model, from))})
	}
	return r
}

// level is the least time a day with which everything fits: the mean, or more
// where many cards come due towards the end.
func (r *recovery) level() float64 {
	seconds := make([]float64, r.Days)
	for i := range r.waiting {
		seconds[r.waiting[i].from] += r.waiting[i].seconds
	}
	room, sum := 0.0, 0.0
	for day := r.Days - 1; day >= 0; day-- {
		sum += seconds[day]
		room = max(room, sum/float64(r.Days-day))
	}
	return room
}

// gain is minus what a card loses, a second, by waiting from a day to the next.
func (r *recovery) gain(w *waiting, day int) float64 {
	c := &r.Cards[w.card]
	return (c.RecallOn(r.Model, day+1) - c.RecallOn(r.Model, day)) / w.seconds
}

// share puts the cards on days, each day those with the lowest key first, and
// returns how many are to be expected forgotten when they are asked.
func (r *recovery) share(ctx context.Context, key func(w *waiting, day int) float64) (forgotten float64, err error) {
	room := r.level()
	due := make([][]int32, r.Days)
	for i := range r.waiting {
		due[r.waiting[i].from] = append(due[r.waiting[i].from], int32(i))
	}
	var left []int32 // places in waiting
	for day := range r.Days {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		left = append(left, due[day]...)
		for _, place := range left {
			w := &r.waiting[place]
			w.key = key(w, day)
		}
		slices.SortStableFunc(left, func(a, b int32) int { return cmp.Compare(r.waiting[a].key, r.waiting[b].key) })
		// A card is taken when most of it fits, so that days stay even.
		taken, n := 0.0, 0
		for n < len(left) && (day == r.Days-1 || taken+r.waiting[left[n]].seconds/2 <= room) {
			w := &r.waiting[left[n]]
			w.on = day
			taken += w.seconds
			forgotten += 1 - r.Cards[w.card].RecallOn(r.Model, day)
			n++
		}
		left = left[n:]
	}
	return forgotten, nil
}

// write says what each day holds.
func (r *recovery) write(ctx context.Context, plan *Plan) error {
	plan.On, plan.Days = make([]int, len(r.Cards)), make([]Day, r.Days)
	for i := range plan.On {
		plan.On[i] = -1
	}
	for i := range r.waiting {
		if i%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		w := &r.waiting[i]
		plan.On[w.card] = w.on
		plan.Days[w.on].Cards++
		c := &r.Cards[w.card]
		r.ask(plan.Days, c.State, w.on-c.Last, w.on, 1)
	}
	return nil
}

// unlikely is the probability below which a way to go on is not followed.
const unlikely = 0.05

// ask adds the time of a card asked on a day, and of what may come back of it
// within the plan, as probable as that is.
func (r *recovery) ask(days []Day, s kernel.State, elapsed, day int, chance float64) {
	recall, ok, lapsed := r.mem.Ask(s, float64(elapsed))
	days[day].Minutes += chance * r.mem.Seconds(recall) / 60
	r.back(days, ok, day, chance*recall)
	r.back(days, lapsed, day, chance*(1-recall))
}

func (r *recovery) back(days []Day, s kernel.State, day int, chance float64) {
	if chance < unlikely {
		return
	}
	if wait := r.Settings.Interval(r.Model.Interval(s, r.Retention)); day+wait < len(days) {
		r.ask(days, s, wait, day+wait, chance)
	}
}
