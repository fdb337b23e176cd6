// Package expect says what is to be expected of asking a card: how probably it
// is recalled, where it is left then and otherwise, and how long that takes. It
// is what plans are made of, where a simulation would draw lots.
package expect

import (
	"math"

	"lectern/scheduler/forecast"
	"lectern/scheduler/kernel"
)

// sameDay is the time between steps, in days, for models that count it.
const sameDay = 10.0 / (24 * 60)

// mostSteps bounds the steps of one day.
const mostSteps = 5

// Memory is a student as a model and his habits make him.
type Memory struct {
	Model      kernel.Model
	First      [4]float64      // probability of each first grade of a new card
	Begun      [4]kernel.State // where a first grade leaves it when its first day ends
	NewSeconds float64         // mean time of that day

	recalled                [3]float64 // probability of Hard, Good, Easy
	steps                   int        // of a forgotten card on its day
	okSeconds, lapseSeconds float64
}

// New returns the memory of a student. Of the settings the steps count.
func New(m kernel.Model, h forecast.Habits, s forecast.Settings) *Memory {
	h = h.Sane()
	mem := &Memory{
		Model: m, First: h.First, NewSeconds: h.NewSeconds(s.LearningSteps),
		recalled: h.Recalled, steps: min(max(0, s.RelearningSteps), mostSteps),
		okSeconds: h.ReviewSeconds(1, s.RelearningSteps), lapseSeconds: h.ReviewSeconds(0, s.RelearningSteps),
	}
	for i := range mem.Begun {
		steps := min(max(0, s.LearningSteps), mostSteps)
		switch i {
		case 2:
			steps-- // the first Good has passed one
		case 3:
			steps = 0
		}
		mem.Begun[i] = mem.good(m.Next(kernel.State{}, 0, i+1), steps)
	}
	return mem
}

// good is a state after so many Good on the same day.
func (m *Memory) good(s kernel.State, times int) kernel.State {
	for range times {
		s = m.Model.Next(s, sameDay, 3)
	}
	return s
}

// Ask returns the recall of a card, days after its last answer, and the states
// in which it is left when it is recalled, a mean over the grades, and when it
// is forgotten, after relearning.
func (m *Memory) Ask(s kernel.State, days float64) (recall float64, ok, lapsed kernel.State) {
	recall, lapsed = m.Model.Step(s, days, 1)
	var logS, logFast float64
	for i, p := range m.recalled {
		if p == 0 {
			continue
		}
		n := m.Model.Next(s, days, i+2)
		logS += p * math.Log(n.S)
		logFast += p * math.Log(max(n.Fast, kernel.MinStability(m.Model.Name())))
		ok.D += p * n.D
	}
	ok.S = math.Exp(logS)
	if m.Model.Fractional() {
		ok.Fast = math.Exp(logFast)
	}
	return recall, ok, m.good(lapsed, m.steps)
}

// Seconds is the mean time of asking a card, by its recall.
func (m *Memory) Seconds(recall float64) float64 {
	return recall*m.okSeconds + (1-recall)*m.lapseSeconds
}
