package scheduler

import (
	"fmt"
	"math"
	"time"
)

// Scheduler applies a preset to cards. It never changes after it is made, and
// all its methods may be called from several goroutines.
type Scheduler struct {
	preset Preset
	model  Model
	// sameDay says that the model predicts within a day, so that without steps
	// an interval of less than half a day can be waited for in minutes.
	sameDay bool
	// within says that the model takes fractions of a day.
	within bool
}

// NewScheduler returns the scheduler of a preset, or the *SettingError of
// [Preset.Validate].
func NewScheduler(p Preset) (*Scheduler, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	model, err := NewModel(p.Model, p.Weights)
	if err != nil {
		return nil, fmt.Errorf("make the memory model: %w", err)
	}
	s := &Scheduler{preset: p.copyOf(), model: model}
	if Fractional(model) {
		s.within, s.sameDay = true, true
	} else {
		w := model.Weights()
		s.sameDay = w[17] > 0 && w[18] > 0
	}
	return s, nil
}

// Preset returns a copy of the settings.
func (s *Scheduler) Preset() Preset { return s.preset.copyOf() }

// Model returns the memory model in use.
func (s *Scheduler) Model() Model { return s.model }

// BurySiblings is the preset's setting.
func (s *Scheduler) BurySiblings() bool { return s.preset.BurySiblings }

// Day returns the study day of a moment under the preset's rollover hour.
func (s *Scheduler) Day(m Moment) Day { return DayOf(m, s.preset.RolloverHour) }

// Recall returns the probability, 0 to 1, that the card would be recalled on a
// day: in the same whole study days that an answer counts. A new card has 0.
func (s *Scheduler) Recall(c Card, day Day) float64 {
	return s.model.Recall(c.State, float64(daysSince(c, day)))
}

// RecallAt returns the probability, 0 to 1, that the card would be recalled at
// a moment, counted as the model counts: whole study days, or the time itself.
func (s *Scheduler) RecallAt(c Card, now Moment) float64 {
	if s.within {
		return s.model.Recall(c.State, max(0, now.Time.Sub(c.Last).Hours()/24))
	}
	return s.Recall(c, s.Day(now))
}

// Overdue returns how much of its interval a card has waited by a day: 1 when
// it is due just now, 2 when it waits twice as long as it was to. The interval
// is the one that memory and retention give today.
func (s *Scheduler) Overdue(c Card, day Day) float64 {
	interval := s.model.Interval(c.State, s.preset.Retention)
	if !(interval > 0) {
		return 0
	}
	return float64(daysSince(c, day)) / interval
}

// Outcomes returns what each grade would do to the card now, by grade - 1.
// Within one study day the intervals do not depend on now, so a label drawn
// when the card was shown stays true until it is answered.
// seed is [Seed] of the card's id and c.Reps; load may be nil.
func (s *Scheduler) Outcomes(c Card, now Moment, seed uint64, load *Load) [4]Outcome {
	t := s.turn(c, Answer{At: now}, seed)
	t.load = load
	defer t.done()
	var out [4]Outcome
	for g, way := range t.ways(Easy) {
		out[g] = t.outcome(Grade(g+1), way)
	}
	return out
}

// Apply returns the card after an answer: the Card of the outcome that
// [Scheduler.Outcomes] gives, without a load, for the answer's moment and
// grade. A grade that is none of the four changes nothing.
func (s *Scheduler) Apply(c Card, a Answer, seed uint64) Card {
	if !validGrade(a.Grade) {
		return c
	}
	t := s.turn(c, a, seed)
	defer t.done()
	return t.outcome(a.Grade, t.ways(a.Grade)[a.Grade-1]).Card
}

// Follow returns the card after an answer whose outcome was promised before:
// it comes back as was promised, and its memory is what the model says now.
// A promise out of range is brought into it.
func (s *Scheduler) Follow(c Card, a Answer, p Promise) Card {
	if !validGrade(a.Grade) {
		return c
	}
	t := s.turn(c, a, 0)
	defer t.done()
	w := way{phase: min(max(p.Phase, Learning), Relearning), step: max(0, p.Step)}
	w.p = pause{short: max(0, p.Wait), days: min(max(p.Days, 0), maxDays)}
	if w.phase == Review {
		w.p = pause{days: max(1, w.p.days)}
	} else if w.p.days > 0 {
		w.p.short = 0
	}
	return t.outcome(a.Grade, w).Card
}

// Replay returns the card after a history of answers, oldest first as they
// were given: the same card that answering live would have left. seedOf gives
// the seed for a number of earlier answers (see [Seed]). Moments that go
// backwards count as the same study day.
func (s *Scheduler) Replay(answers []Answer, seedOf func(reps int) uint64) Card {
	var c Card
	for _, a := range answers {
		c = s.Apply(c, a, seedOf(c.Reps))
	}
	return c
}

// Move returns the card made to come back on a study day, as the student or a
// plan wants it: its memory stays. A card on its steps or new becomes a review;
// day is not before the moment's own day.
func (s *Scheduler) Move(c Card, at Moment, day Day) Card {
	today := s.Day(at)
	day = min(max(day, today), today+maxDays)
	if c.Phase == New {
		c.LastDay, c.Last = today, at.Time.UTC().Truncate(time.Millisecond)
	}
	c.Phase, c.Step, c.Due = Review, 0, time.Time{}
	c.DueDay = day
	c.Days = int(min(max(1, day-c.LastDay), maxDays))
	return c
}

// Replan returns the study day on which memory and retention would have a card
// in review come back, counted from its last answer, today at the earliest: for
// a change of weights or retention that the student wants for cards that were
// promised another day. seed is [Seed] of the card's id and c.Reps-1, that of
// its last answer; load may be nil.
func (s *Scheduler) Replan(c Card, today Day, seed uint64, load *Load) Day {
	interval := s.model.Interval(c.State, s.preset.Retention)
	lo, hi := int(math.Round(interval)), int(math.Round(interval))
	if s.preset.Fuzz {
		lo, hi = fuzzDays(interval, 1, s.preset.MaxInterval)
	}
	lo, hi = max(1, min(lo, s.preset.MaxInterval)), max(1, min(hi, s.preset.MaxInterval))
	passed := daysSince(c, today)
	if hi <= passed {
		return today
	}
	lo = max(lo, passed)
	if load != nil && s.preset.Fuzz {
		return c.LastDay + Day(load.pick(c.LastDay, lo, hi, &s.preset.EasyDays, fraction(seed)))
	}
	return c.LastDay + Day(fuzz(lo, hi, fraction(seed)))
}

// turn is one card being answered at one moment.
type turn struct {
	s       *Scheduler
	card    Card
	at      time.Time
	today   Day
	elapsed float64 // study days since the last answer
	luck    float64 // [0, 1), what fuzz goes by
	load    *Load
	steps   []time.Duration

	fork   fork // of a model that has one
	states [4]State
	have   [4]bool
}

func (s *Scheduler) turn(c Card, a Answer, seed uint64) turn {
	t := turn{s: s, card: c, at: a.At.Time.UTC().Truncate(time.Millisecond), today: s.Day(a.At), luck: fraction(seed)}
	t.elapsed = float64(daysSince(c, t.today))
	if s.within {
		t.elapsed = max(0, t.at.Add(-max(0, a.Took)).Sub(c.Last).Hours()/24)
	}
	t.steps = s.preset.LearningSteps
	if c.Phase == Review || c.Phase == Relearning {
		t.steps = s.preset.RelearningSteps
	}
	return t
}

func (t *turn) done() {
	if t.fork != nil {
		t.fork.done()
	}
}

// state returns the memory after a grade.
func (t *turn) state(g Grade) State {
	if t.have[g-1] {
		return t.states[g-1]
	}
	t.have[g-1] = true
	if m, ok := t.s.model.(forker); ok {
		if t.fork == nil {
			t.fork = m.fork(t.card.State, t.elapsed)
		}
		t.states[g-1] = t.fork.after(g)
	} else {
		t.states[g-1] = t.s.model.Next(t.card.State, t.elapsed, g)
	}
	return t.states[g-1]
}

// way is where a grade leads: to a step (Learning, Relearning) or to an
// interval of p.days (Review).
type way struct {
	phase Phase
	step  int
	p     pause
}

// ways follows the grades from Again up to last. Each one needs those below
// it, since a better grade never comes back sooner.
func (t *turn) ways(last Grade) [4]way {
	var out [4]way
	for g := Again; g <= last; g++ {
		if w, ok := t.stepWay(g); ok {
			out[g-1] = w
			continue
		}
		var below pause
		if g > Again {
			below = out[g-2].p
		}
		out[g-1] = t.intervalWay(g, below)
	}
	return out
}

// stepPhase is the phase a card is in while it is on t.steps.
func (t *turn) stepPhase() Phase {
	if t.card.Phase == Review || t.card.Phase == Relearning {
		return Relearning
	}
	return Learning
}

// stepWay is the way of a grade that puts or keeps the card on a step.
func (t *turn) stepWay(g Grade) (way, bool) {
	if t.card.Phase == Review && g != Again {
		return way{}, false
	}
	next, p, ok := stepAfter(t.steps, t.card.Step, g)
	p.days = min(p.days, t.s.preset.MaxInterval)
	return way{phase: t.stepPhase(), step: next, p: p}, ok
}

// intervalWay is the way of a grade that sends the card to review; below is
// the wait of the grade under it.
func (t *turn) intervalWay(g Grade, below pause) way {
	preset := &t.s.preset
	interval := t.s.model.Interval(t.state(g), preset.Retention)

	stays := t.card.Phase != Review || g == Again
	if stays && len(t.steps) == 0 && t.s.sameDay && interval < 0.5 && below.days == 0 {
		return way{phase: t.stepPhase(), p: pause{short: max(minutes(interval), below.short)}}
	}

	least := max(1, below.days)
	if g >= Good {
		least = below.days + 1
	}
	rounded := int(math.Round(interval))
	if !preset.Fuzz {
		days := min(max(rounded, least), preset.MaxInterval)
		return way{phase: Review, p: pause{days: days}}
	}
	// Fuzz must not turn a growing interval into a shrinking one. An interval
	// that shrinks by itself, after a change of settings, may.
	if previous := t.card.Days; t.card.Phase == Review && g != Again {
		if _, hi := fuzzRange(interval); rounded > previous {
			least = max(least, previous+1)
		} else if previous <= hi {
			least = max(least, previous)
		}
	}
	lo, hi := fuzzDays(interval, least, preset.MaxInterval)
	if t.load != nil {
		return way{phase: Review, p: pause{days: t.load.pick(t.today, lo, hi, &preset.EasyDays, t.luck)}}
	}
	return way{phase: Review, p: pause{days: fuzz(lo, hi, t.luck)}}
}

// minutes turns an interval of less than a day into a wait, of a minute at
// least.
func minutes(interval float64) time.Duration {
	seconds := math.Round(interval * secondsPerDay)
	return max(time.Minute, time.Duration(seconds)*time.Second)
}

func (t *turn) outcome(g Grade, w way) Outcome {
	c := Card{
		Phase:   w.phase,
		State:   t.state(g),
		Step:    w.step,
		Last:    t.at,
		LastDay: t.today,
		Reps:    t.card.Reps + 1,
		Lapses:  t.card.Lapses,
	}
	if t.card.Phase == Review && g == Again {
		c.Lapses++
	}
	wait := w.p.short
	if w.p.days > 0 {
		wait = time.Duration(w.p.days) * day24
		c.DueDay = t.today + Day(w.p.days)
	} else {
		c.Due = t.at.Add(wait)
	}
	if w.phase == Review {
		c.Days = w.p.days
	}
	return Outcome{Grade: g, Card: c, Wait: wait}
}
