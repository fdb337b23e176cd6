package exam

import (
	"math"

	"lectern/scheduler/forecast"
	"lectern/scheduler/kernel"
)

// sameDay is the time between steps, in days, for models that count it.
const sameDay = 10.0 / (24 * 60)

// memory says what may come of asking a card. Of the grades of a card that is
// recalled only the mean is kept: two ways to go on are enough to plan by.
type memory struct {
	model    kernel.Model
	recalled [3]float64      // probability of Hard, Good, Easy
	first    [4]float64      // of each first grade of a new card
	begun    [4]kernel.State // by first grade, after the steps of its first day
	steps    int             // a forgotten card takes on the same day

	// Mean time it takes, seconds.
	okSeconds, lapseSeconds, newSeconds float64
}

func newMemory(m kernel.Model, h forecast.Habits, s forecast.Settings) *memory {
	h = h.Sane()
	mem := &memory{
		model: m, recalled: h.Recalled, first: h.First, steps: min(max(0, s.RelearningSteps), mostSteps),
		okSeconds:    h.ReviewSeconds(1, s.RelearningSteps),
		lapseSeconds: h.ReviewSeconds(0, s.RelearningSteps),
		newSeconds:   h.NewSeconds(s.LearningSteps),
	}
	for i := range mem.begun {
		state := m.Next(kernel.State{}, 0, i+1)
		left := min(max(0, s.LearningSteps), mostSteps)
		if i == 2 {
			left--
		}
		if i < 3 {
			state = mem.good(state, left)
		}
		mem.begun[i] = state
	}
	return mem
}

// mostSteps bounds the steps of one day.
const mostSteps = 5

// good is a state after so many Good on the same day.
func (m *memory) good(s kernel.State, times int) kernel.State {
	for range times {
		s = m.model.Next(s, sameDay, 3)
	}
	return s
}

// ask gives the recall of a card, days after its last answer, and the state in
// which it would be left when it is recalled and when it is forgotten.
func (m *memory) ask(s kernel.State, days float64) (recall float64, ok, lapsed kernel.State) {
	recall = m.model.Recall(s, days)
	var logS, logFast float64
	for i, p := range m.recalled {
		if p == 0 {
			continue
		}
		n := m.model.Next(s, days, i+2)
		logS += p * math.Log(n.S)
		logFast += p * math.Log(max(n.Fast, kernel.MinStability(kernel.FSRS7)))
		ok.D += p * n.D
	}
	ok.S = math.Exp(logS)
	if s.Fast > 0 {
		ok.Fast = math.Exp(logFast)
	}
	return recall, ok, m.good(m.model.Next(s, days, 1), m.steps)
}

// seconds is the mean time of asking a card.
func (m *memory) seconds(recall float64) float64 {
	return recall*m.okSeconds + (1-recall)*m.lapseSeconds
}
