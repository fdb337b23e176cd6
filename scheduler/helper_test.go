package scheduler_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"lectern/scheduler"
	"pgregory.net/rapid"
)

const (
	again = scheduler.Again
	hard  = scheduler.Hard
	good  = scheduler.Good
	easy  = scheduler.Easy
)

// plain is a scheduler of the default preset without fuzz, changed as told.
func plain(t testing.TB, change func(*scheduler.Preset)) *scheduler.Scheduler {
	t.Helper()
	p := scheduler.DefaultPreset()
	p.Fuzz = false
	if change != nil {
		change(&p)
	}
	s, err := scheduler.NewScheduler(p)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func model(t testing.TB, name string, change func(w []float64)) scheduler.Model {
	t.Helper()
	m, err := scheduler.NewModel(name, nil)
	if err != nil {
		t.Fatal(err)
	}
	if change == nil {
		return m
	}
	w := m.Weights()
	change(w)
	if m, err = scheduler.NewModel(name, w); err != nil {
		t.Fatal(err)
	}
	return m
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Skipf("no time zone data: %v", err)
	}
	return loc
}

// at is a moment in March 2025, UTC.
func at(day, hour, minute int) scheduler.Moment {
	return scheduler.MomentOf(time.Date(2025, 3, day, hour, minute, 0, 0, time.UTC))
}

// review is a card in review with the given memory, last answered at m.
func review(s *scheduler.Scheduler, stability, difficulty float64, days int, m scheduler.Moment) scheduler.Card {
	day := s.Day(m)
	return scheduler.Card{
		Phase: scheduler.Review, State: scheduler.State{S: stability, D: difficulty},
		Last: m.Time, LastDay: day, Days: days, DueDay: day + scheduler.Day(days), Reps: 3,
	}
}

func apply(s *scheduler.Scheduler, c scheduler.Card, m scheduler.Moment, g scheduler.Grade) scheduler.Card {
	return s.Apply(c, scheduler.Answer{At: m, Grade: g}, scheduler.Seed("card", c.Reps))
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-4*math.Max(1, math.Abs(want))) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// Generators for the property tests.

var bounds = [21][2]float64{
	{0.001, 100}, {0.001, 100}, {0.001, 100}, {0.001, 100}, {1, 10}, {0.001, 4}, {0.001, 4},
	{0.001, 0.75}, {0, 4.5}, {0, 0.8}, {0.001, 3.5}, {0.001, 5}, {0.001, 0.25}, {0.001, 0.9},
	{0, 4}, {0, 1}, {1, 6}, {0, 2}, {0, 2}, {0, 0.8}, {0.1, 0.8},
}

func drawWeights(t *rapid.T, name string) []float64 {
	n := 19
	if name == "fsrs6" {
		n = 21
	}
	w := make([]float64, n)
	for i := range w {
		b := bounds[i]
		w[i] = rapid.OneOf(rapid.Float64Range(b[0], b[1]), rapid.SampledFrom(b[:])).Draw(t, fmt.Sprint("w", i))
	}
	return w
}

func drawSteps(t *rapid.T, label string) []time.Duration {
	var steps []time.Duration
	last := time.Second
	for range rapid.IntRange(0, 4).Draw(t, label+" count") {
		most := rapid.SampledFrom([]time.Duration{time.Minute, time.Hour, 24 * time.Hour, 100 * time.Hour}).Draw(t, label+" up to")
		last += time.Duration(rapid.Int64Range(0, int64(most/time.Second)).Draw(t, label)) * time.Second
		steps = append(steps, last)
	}
	return steps
}

func drawPreset(t *rapid.T) scheduler.Preset {
	p := scheduler.DefaultPreset()
	p.Model = rapid.SampledFrom([]string{"fsrs5", "fsrs6", "fsrs7"}).Draw(t, "model")
	if p.Model != "fsrs7" && rapid.Bool().Draw(t, "own weights") {
		p.Weights = drawWeights(t, p.Model)
	}
	p.Retention = rapid.Float64Range(0.70, 0.99).Draw(t, "retention")
	p.LearningSteps = drawSteps(t, "learning")
	p.RelearningSteps = drawSteps(t, "relearning")
	p.MaxInterval = rapid.SampledFrom([]int{1, 2, 5, 30, 400, 36500}).Draw(t, "max")
	p.RolloverHour = rapid.IntRange(0, 23).Draw(t, "rollover")
	p.Fuzz = rapid.Bool().Draw(t, "fuzz")
	return p
}

func drawScheduler(t *rapid.T) *scheduler.Scheduler {
	s, err := scheduler.NewScheduler(drawPreset(t))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// drawAnswers is a history with gaps of seconds to years, zones that change
// and clocks that jump back.
func drawAnswers(t *rapid.T, most int) []scheduler.Answer {
	now := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	n := rapid.IntRange(0, most).Draw(t, "answers")
	out := make([]scheduler.Answer, 0, n)
	for range n {
		most := rapid.SampledFrom([]time.Duration{time.Minute, time.Hour, 48 * time.Hour, 60 * 24 * time.Hour, 3000 * 24 * time.Hour}).Draw(t, "gap up to")
		gap := rapid.Int64Range(int64(-most/10), int64(most)).Draw(t, "gap")
		now = now.Add(time.Duration(gap))
		out = append(out, scheduler.Answer{
			At:    scheduler.Moment{Time: now, Zone: rapid.IntRange(-12*60, 14*60).Draw(t, "zone")},
			Grade: scheduler.Grade(rapid.IntRange(1, 4).Draw(t, "grade")),
		})
	}
	return out
}

func seedOf(reps int) uint64 { return scheduler.Seed("card", reps) }

// sound reports what is wrong with a card, or "".
func sound(c scheduler.Card, p scheduler.Preset) string {
	minS := 0.01
	switch p.Model {
	case "fsrs6":
		minS = 0.001
	case "fsrs7":
		minS = 0.0001
	}
	switch {
	case c.Reps == 0:
		if c != (scheduler.Card{}) {
			return "an unanswered card is not empty"
		}
	case !(c.State.S >= minS && c.State.S <= 36500):
		return "stability out of bounds"
	case !(c.State.D >= 1 && c.State.D <= 10):
		return "difficulty out of bounds"
	case c.Phase == scheduler.New:
		return "an answered card is new"
	case c.Phase == scheduler.Review && (c.Days < 1 || c.Days > p.MaxInterval):
		return "interval out of bounds"
	case c.Phase != scheduler.Review && c.Days != 0:
		return "a step has an interval"
	case c.Phase == scheduler.Review && (!c.Due.IsZero() || c.DueDay != c.LastDay+scheduler.Day(c.Days)):
		return "a review is due at the wrong time"
	case c.Phase != scheduler.Review && c.Due.IsZero() && c.DueDay <= c.LastDay:
		return "a long step ends before it begins"
	case !c.Due.IsZero() && !c.Due.After(c.Last):
		return "a short step ends before it begins"
	case c.Lapses > c.Reps:
		return "more lapses than answers"
	}
	return ""
}
