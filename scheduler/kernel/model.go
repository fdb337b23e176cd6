package kernel

import (
	"math"

	"lectern/scheduler/internal/fastmath"
)

// State is what a model knows about a card. The zero value is a card that was
// never answered.
type State struct {
	S    float64 // stability, days; of FSRS-7 the slow one
	D    float64 // difficulty, 1 to 10
	Fast float64 // fast stability, days; 0 for models with one stability
}

// Model is a memory model: a value without a clock, for any number of
// goroutines. Grades are 1 Again, 2 Hard, 3 Good, 4 Easy. A state whose
// stability is not above zero or not finite counts as never answered.
type Model interface {
	// Name is [FSRS5], [FSRS6] or [FSRS7].
	Name() string
	// Weights returns a copy of the parameters.
	Weights() []float64
	// Fractional reports whether days are counted within a day. If not, days
	// are whole study days, 0 for the same one, and fractions are cut off.
	Fractional() bool
	// Next returns the state after an answer given days after the last one;
	// the days of a first answer are not used. Another grade changes nothing.
	Next(s State, days float64, grade int) State
	// Step is an answer and what was expected of it: the recall at it, 0 for a
	// first answer, and the state of Next.
	Step(s State, days float64, grade int) (recall float64, next State)
	// Recall returns the probability of recall, 0 to 1, days after the last
	// answer; 0 for a card never answered.
	Recall(s State, days float64) float64
	// Interval returns the days, not rounded, until recall falls to retention,
	// and 0 unless retention lies between 0 and 1.
	Interval(s State, retention float64) float64
}

// Bounds of every state, whatever the weights.
const (
	MaxStability  = 36500.0 // days
	MinDifficulty = 1.0
	MaxDifficulty = 10.0
)

// MaxDays caps the days between two answers: beyond it (273 years, a clock gone
// mad) no model has anything to say.
const MaxDays = 100_000.0

// MinStability returns the least stability of a model, days.
func MinStability(name string) float64 {
	switch name {
	case FSRS5:
		return 0.01
	case FSRS6:
		return 0.001
	default:
		return 0.0001
	}
}

// New returns a model by name with its weights, nil for the published ones. The
// weights are copied. The error is that of [Check].
func New(name string, weights []float64) (Model, error) {
	if weights == nil {
		weights = Defaults(name)
	}
	if err := Check(name, weights); err != nil {
		return nil, err
	}
	if name == FSRS7 {
		return NewTwin([34]float64(weights)), nil
	}
	return newPower(name, weights), nil
}

func known(s State) bool { return s.S > 0 && !math.IsInf(s.S, 0) }

func validGrade(g int) bool { return g >= 1 && g <= 4 }

// within brings x between lo and hi; what is no number becomes hi.
func within(x, lo, hi float64) float64 {
	switch {
	case x < lo:
		return lo
	case x <= hi:
		return x
	default:
		return hi
	}
}

// wholeDays cuts off what a model of whole days does not count.
func wholeDays(days float64) float64 {
	if !(days >= 1) {
		return 0
	}
	return math.Floor(min(days, MaxDays))
}

// pow is x^y for a normal x above zero, at a fraction of the cost of math.Pow.
func pow(x, y float64) float64 { return fastmath.Exp(y * fastmath.Log(x)) }
