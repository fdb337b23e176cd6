package scheduler

import (
	"math"
	"slices"

	v4 "github.com/open-spaced-repetition/go-fsrs/v4"

	"lectern/scheduler/kernel"
)

var minStability6 = kernel.MinStability(kernel.FSRS6)

// fsrs6 is FSRS-6 by go-fsrs v4. Its formulas are those of FSRS-5 (see fsrs5)
// but for two: w20 is the decay of the forgetting curve, and on the same study
// day S grows by e^(w17(G-3+w18)) S^-w19, which is 1 at least from Hard up.
//
// Parameters.NextState takes the days as a number and changes nothing. The
// constructor NewFSRS is passed by, since it clips w19 and replaces all weights
// when one setting is off. The first stability is w[G-1], which v4 floors at
// 0.1.
type fsrs6 struct {
	params        v4.Parameters
	factor, decay float64
}

func newFSRS6(w [21]float64) *fsrs6 {
	p := v4.DefaultParam()
	p.W, p.EnableShortTerm, p.EnableFuzz = w, true, false
	decay := -w[20]
	return &fsrs6{params: p, decay: decay, factor: math.Pow(0.9, 1/decay) - 1}
}

func (m *fsrs6) Name() string       { return "fsrs6" }
func (m *fsrs6) Weights() []float64 { return slices.Clone(m.params.W[:]) }

func (m *fsrs6) Next(s State, days float64, g Grade) State {
	if !validGrade(g) {
		return s
	}
	const anyRetention = 0.9 // of the library's own interval, not used
	if !known(s) {
		first := m.params.NextState(nil, anyRetention, 0, v4.Rating(g)).Memory
		return tidy(State{S: m.params.W[g-1], D: first.Difficulty}, minStability6)
	}
	s = tidy(s, minStability6)
	next := m.params.NextState(&v4.MemoryState{Stability: s.S, Difficulty: s.D},
		anyRetention, uint64(wholeDays(days)), v4.Rating(g)).Memory
	return tidy(State{S: next.Stability, D: next.Difficulty}, minStability6)
}

func (m *fsrs6) Recall(s State, days float64) float64 {
	return powerRecall(s, days, m.factor, m.decay, minStability6)
}

func (m *fsrs6) Interval(s State, retention float64) float64 {
	return powerInterval(s, retention, math.Pow(retention, 1/m.decay), m.factor, minStability6)
}
