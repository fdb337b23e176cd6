package forecast

import (
	"context"

	"lectern/scheduler/internal/chance"
	"lectern/scheduler/kernel"
)

// sameDay is the time between steps, in days, for models that count it.
const sameDay = 10.0 / (24 * 60)

// run is one pass through the days to come, for one retention.
type run struct {
	*plan
	retention float64
	seed      uint64

	states  []kernel.State
	last    []int32
	answers []int32 // how many in this run: what chance goes by
	byDay   []int32 // the first card due on a day, -1 for none
	after   []int32 // the card due after another on the same day, -1 for none
	fresh   int     // of the new cards, how many were begun
	waiting []int32 // overdue

	out *Curve
}

// plan is what all runs share: the cards that are simulated, the ones already
// begun first.
type plan struct {
	Request
	studied []Card
	fresh   int     // new cards behind the studied ones
	share   float64 // of a collection that is simulated: limits are scaled by it
}

func (p *plan) size() int { return len(p.studied) + p.fresh }

// newRun makes the memory of a run, which may serve several one after another.
func newRun(p *plan) *run {
	n := p.size()
	return &run{
		plan: p, states: make([]kernel.State, n), last: make([]int32, n), answers: make([]int32, n),
		byDay: make([]int32, p.Days), after: make([]int32, n),
	}
}

// simulate adds one pass to the curve.
func (r *run) simulate(ctx context.Context, retention float64, seed uint64, out *Curve) error {
	r.retention, r.seed, r.out = retention, seed, out
	r.begin()
	for day := range r.Days {
		if err := ctx.Err(); err != nil {
			return err
		}
		if day%week == 0 {
			out.Known[day/week] += r.known(day)
		}
		r.study(day)
	}
	out.Known[len(out.Known)-1] += r.known(r.Days)
	return nil
}

func (r *run) begin() {
	clear(r.answers)
	clear(r.states)
	r.waiting, r.fresh = r.waiting[:0], 0
	for day := range r.byDay {
		r.byDay[day] = -1
	}
	for i, c := range r.studied {
		r.states[i], r.last[i] = c.State, int32(max(min(0, c.Last), -kernel.MaxDays))
		switch {
		case c.Due < 0:
			r.waiting = append(r.waiting, int32(i))
		case c.Due < r.Days:
			r.put(int32(i), c.Due)
		}
	}
}

func (r *run) put(card int32, day int) {
	r.after[card], r.byDay[day] = r.byDay[day], card
}

// study is one day: the cards longest overdue, what is due, new ones.
func (r *run) study(day int) {
	for card := r.byDay[day]; card >= 0; card = r.after[card] {
		r.waiting = append(r.waiting, card)
	}
	reviews := min(r.quota(r.Settings.ReviewsPerDay, day), len(r.waiting))
	for _, card := range r.waiting[:reviews] {
		r.review(card, day)
	}
	r.waiting = append(r.waiting[:0], r.waiting[reviews:]...)

	for begun := r.quota(r.Settings.NewPerDay, day); begun > 0 && r.fresh < r.plan.fresh; begun-- {
		r.learn(int32(len(r.studied)+r.fresh), day)
		r.fresh++
	}
}

// quota is a limit as it falls to the share that is simulated; what is not
// whole comes on a later day.
func (r *run) quota(limit, day int) int {
	q := float64(max(0, min(limit, 1<<31))) * r.share
	return int(q*float64(day+1)) - int(q*float64(day))
}

func (r *run) review(card int32, day int) {
	luck := r.luck(card)
	state := r.states[card]
	elapsed := float64(day - int(r.last[card]))
	grade, least := 0, 1
	if luck.Next() < r.Model.Recall(state, elapsed) {
		grade = 1 + luck.Draw(r.Habits.Recalled[:])
		least = max(1, grade) // Good comes after Hard, Easy after Good
	}
	r.count(day, review, grade)
	state = r.Model.Next(state, elapsed, grade+1)
	if grade == 0 {
		state = r.steps(day, relearning, &r.Habits.Relearning, state, 0, r.Settings.RelearningSteps, &luck)
	}
	r.schedule(card, day, state, least, &luck)
}

func (r *run) learn(card int32, day int) {
	luck := r.luck(card)
	grade := luck.Draw(r.Habits.First[:])
	r.count(day, learning, grade)
	r.out.New[day]++
	state := r.Model.Next(kernel.State{}, 0, grade+1)
	state = r.steps(day, learning, &r.Habits.Learning, state, grade, r.Settings.LearningSteps, &luck)
	r.schedule(card, day, state, 1, &luck)
}

// steps asks a card again on the same day until its steps are passed.
func (r *run) steps(day, phase int, next *[4][4]float64, state kernel.State, grade, steps int, luck *chance.Chance) kernel.State {
	left := steps
	if phase == learning {
		left = stepsLeft(steps, steps, grade)
	}
	for asked := 0; left > 0 && asked < mostSteps; asked++ {
		grade = luck.Draw(next[grade][:])
		left = stepsLeft(left, steps, grade)
		r.count(day, phase, grade)
		state = r.Model.Next(state, sameDay, grade+1)
	}
	return state
}

func (r *run) schedule(card int32, day int, state kernel.State, least int, luck *chance.Chance) {
	days := max(least, r.Settings.Interval(r.Model.Interval(state, r.retention)))
	if days > 2 {
		days = r.spread(day, days, luck)
	}
	days = min(days, r.Settings.Longest())
	r.states[card], r.last[card] = state, int32(day)
	if day+days < r.Days {
		r.put(card, day+days)
	}
}

// spread moves an interval by what fuzz allows, to easy days more seldom.
func (r *run) spread(day, days int, luck *chance.Chance) int {
	x := float64(days)
	delta := 1 + 0.15*(min(x, 7)-2.5) + 0.1*max(0, min(x, 20)-7) + 0.05*max(0, x-20)
	lo, hi := max(2, int(x-delta+0.5)), int(x+delta+0.5)
	u := luck.Next()
	easy := r.Settings.EasyDays
	if len(easy) == 0 {
		return lo + int(u*float64(hi-lo+1))
	}
	sum := 0.0
	for d := lo; d <= hi; d++ {
		sum += easy[(day+d)%len(easy)]
	}
	u *= sum
	for d := lo; d < hi; d++ {
		if u -= easy[(day+d)%len(easy)]; u < 0 {
			return d
		}
	}
	return hi
}

func (r *run) luck(card int32) chance.Chance {
	r.answers[card]++
	return chance.New(r.seed, int(card), int(r.answers[card]))
}

func (r *run) count(day, phase, grade int) {
	r.out.Answers[day]++
	r.out.Minutes[day] += r.Habits.Seconds[phase][grade] / 60
}

// known is the number of cards that would be recalled when a day begins: where
// there are many, by every second, third, … of them.
func (r *run) known(day int) float64 {
	begun := len(r.studied) + r.fresh
	stride := 1 + r.size()/(enough/2)
	sum, counted := 0.0, 0
	for i := 0; i < begun; i += stride {
		sum += r.Model.Recall(r.states[i], float64(day-int(r.last[i])))
		counted++
	}
	return sum * float64(begun) / float64(max(1, counted))
}
