package scheduler

// Grade is the student's judgement of one answer.
type Grade int

// The grades. Keys 1 to 4 always mean these.
const (
	Again Grade = 1 + iota
	Hard
	Good
	Easy
)

// Grades lists all grades in order.
var Grades = [4]Grade{Again, Hard, Good, Easy}

// State is what a memory model knows about a card. The zero value is a card
// that was never answered.
type State struct {
	S    float64 // stability, days: the time after which recall falls to 90 %
	D    float64 // difficulty, 1 to 10
	Fast float64 // fast stability, days; 0 for models with one stability
}

// Model predicts recall. A model is a value without a clock: the caller counts
// the days. All methods may be called from several goroutines.
type Model interface {
	// Name is "fsrs5", "fsrs6" or "fsrs7": what a stored state is stamped with.
	Name() string
	// Weights returns a copy of the model's parameters.
	Weights() []float64
	// Next returns the state after an answer given days after the last one.
	// Days are whole study days, 0 for the same one; of a [Fractional] model
	// they are the time elapsed. The days of a first answer (zero State) are
	// not used.
	Next(s State, days float64, g Grade) State
	// Recall returns the probability of recall, 0 to 1, days after the last answer.
	Recall(s State, days float64) float64
	// Interval returns the days, not rounded, until recall falls to retention (0 to 1).
	Interval(s State, retention float64) float64
}
