package scheduler

import (
	"fmt"
	"math"
)

// Stability and difficulty never leave these bounds, whatever the weights.
const (
	maxStability  = 36500.0
	minDifficulty = 1.0
	maxDifficulty = 10.0
)

// maxElapsed caps the days between two answers: beyond it (273 years, a clock
// gone mad) time.Duration ends and no model has anything to say.
const maxElapsed = 100_000.0

// bound is the range in which a weight makes sense, as the optimiser of
// fsrs-rs 6.6 keeps it; w19 may be 0, as in weights migrated from FSRS-5.
type bound struct{ lo, hi float64 }

var weightBounds = [21]bound{
	{0.001, 100}, {0.001, 100}, {0.001, 100}, {0.001, 100}, // w0-w3 first stabilities, days
	{1, 10},                // w4 first difficulty
	{0.001, 4}, {0.001, 4}, // w5, w6 difficulty per grade
	{0.001, 0.75},      // w7 reversion to the mean
	{0, 4.5}, {0, 0.8}, // w8, w9 growth
	{0.001, 3.5},   // w10 growth with forgetting
	{0.001, 5},     // w11 after a lapse
	{0.001, 0.25},  // w12
	{0.001, 0.9},   // w13
	{0, 4},         // w14
	{0, 1}, {1, 6}, // w15 Hard, w16 Easy
	{0, 2}, {0, 2}, {0, 0.8}, // w17-w19 same day
	{0.1, 0.8}, // w20 decay
}

// boundSlack lets through weights that were stored as float32.
const boundSlack = 1e-6

// NewModel returns a memory model by name: "fsrs5" takes 19 weights, "fsrs6"
// takes 21; nil means the published defaults. The weights are copied. The
// error says which weight is wrong and what it may be.
func NewModel(name string, weights []float64) (Model, error) {
	switch name {
	case "fsrs5":
		if weights == nil {
			weights = defaultWeights5[:]
		}
		if err := checkWeights(name, weights, len(defaultWeights5)); err != nil {
			return nil, err
		}
		return newFSRS5([19]float64(weights)), nil
	case "fsrs6":
		if weights == nil {
			weights = defaultWeights6[:]
		}
		if err := checkWeights(name, weights, len(defaultWeights6)); err != nil {
			return nil, err
		}
		return newFSRS6([21]float64(weights)), nil
	default:
		return nil, fmt.Errorf("memory model %q is not known; known are fsrs5 and fsrs6", name)
	}
}

func checkWeights(name string, weights []float64, want int) error {
	if len(weights) != want {
		return fmt.Errorf("memory model %s takes %d weights, not %d", name, want, len(weights))
	}
	for i, w := range weights {
		b := weightBounds[i]
		if !(w >= b.lo-boundSlack && w <= b.hi+boundSlack) { // so, NaN is refused
			return fmt.Errorf("weight w%d of memory model %s must be between %v and %v, not %v", i, name, b.lo, b.hi, w)
		}
	}
	return nil
}

// forker is a model for which the states after several grades of one answer
// cost little more than one.
type forker interface {
	fork(s State, days float64) fork
}

// fork is one answer before its grade is known.
type fork interface {
	after(g Grade) State
	done() // the fork is not used after
}

// known says whether s describes a card that was answered; a state that is
// empty or broken starts over.
func known(s State) bool { return s.S > 0 && !math.IsInf(s.S, 0) }

// tidy brings a state into bounds, so that a damaged one cannot spread.
func tidy(s State, minStability float64) State {
	s.S = clamp(s.S, minStability, maxStability)
	if math.IsNaN(s.D) {
		s.D = maxDifficulty
	}
	s.D = clamp(s.D, minDifficulty, maxDifficulty)
	return s
}

// wholeDays turns the caller's count into what the models take.
func wholeDays(days float64) float64 {
	if !(days >= 1) {
		return 0
	}
	return math.Floor(math.Min(days, maxElapsed))
}

func clamp(x, lo, hi float64) float64 { return math.Min(math.Max(x, lo), hi) }

func validGrade(g Grade) bool { return g >= Again && g <= Easy }

// powerRecall is the forgetting curve of FSRS-5 and FSRS-6,
//
//	R(t, S) = (1 + F t/S)^decay,  F = 0.9^(1/decay) - 1
//
// which passes 0.9 when the days t equal the stability S. The decay is -1/2
// in FSRS-5 (F = 19/81) and -w20 in FSRS-6.
func powerRecall(s State, days, factor, decay, minStability float64) float64 {
	if !known(s) {
		return 0
	}
	if !(days > 0) {
		return 1
	}
	return math.Pow(1+factor*math.Min(days, maxElapsed)/clamp(s.S, minStability, maxStability), decay)
}

// powerInterval is the forgetting curve solved for the days,
//
//	I(r, S) = S/F (r^(1/decay) - 1)
//
// where power is r^(1/decay).
func powerInterval(s State, retention, power, factor, minStability float64) float64 {
	if !known(s) || !(retention > 0 && retention < 1) {
		return 0
	}
	return clamp(s.S, minStability, maxStability) / factor * (power - 1)
}
