package scheduler

import (
	"math"

	"lectern/scheduler/kernel"
)

// NewModel returns a memory model by name: "fsrs5" takes 19 weights, "fsrs6"
// 21 and "fsrs7" 34; nil means the published defaults. The weights are copied.
// The error says which weight is wrong and what it may be.
func NewModel(name string, weights []float64) (Model, error) {
	if weights == nil {
		weights = kernel.Defaults(name)
	}
	if err := kernel.Check(name, weights); err != nil {
		return nil, err
	}
	switch name {
	case kernel.FSRS5:
		return newFSRS5([19]float64(weights)), nil
	case kernel.FSRS6:
		return newFSRS6([21]float64(weights)), nil
	default:
		return newFSRS7([34]float64(weights)), nil
	}
}

// Fractional reports whether m counts time within a day, as FSRS-7 does: its
// days are then the time elapsed, 0.25 for six hours, and a card may be due in
// less than a day. Other models are given whole study days.
func Fractional(m Model) bool {
	f, ok := m.(interface{ Fractional() bool })
	return ok && f.Fractional()
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
	s.S = clamp(s.S, minStability, kernel.MaxStability)
	if math.IsNaN(s.D) {
		s.D = kernel.MaxDifficulty
	}
	s.D = clamp(s.D, kernel.MinDifficulty, kernel.MaxDifficulty)
	return s
}

// wholeDays turns the caller's count into what the models take.
func wholeDays(days float64) float64 {
	if !(days >= 1) {
		return 0
	}
	return math.Floor(math.Min(days, kernel.MaxDays))
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
	return math.Pow(1+factor*math.Min(days, kernel.MaxDays)/clamp(s.S, minStability, kernel.MaxStability), decay)
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
	return clamp(s.S, minStability, kernel.MaxStability) / factor * (power - 1)
}
