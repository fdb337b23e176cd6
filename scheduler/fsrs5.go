package scheduler

import (
	"math"
	"slices"
	"sync"
	"time"

	v3 "github.com/open-spaced-repetition/go-fsrs/v3"

	"lectern/scheduler/kernel"
)

var minStability5 = kernel.MinStability(kernel.FSRS5)

// noon5 is the clock go-fsrs v3 sees: always the same moment in UTC, so that
// subtracting days from it meets no daylight saving.
var noon5 = time.Date(2000, 1, 1, 12, 0, 0, 0, time.UTC)

// fsrs5 is FSRS-5 by go-fsrs v3. With G the grade 1 to 4, S and D the state
// before the answer and R the recall at that moment, the published formulas
// (https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm) are
//
//	first answer     S = w[G-1],  D = D0(G) = w4 - e^(w5(G-1)) + 1
//	same study day   S e^(w17(G-3+w18))
//	later, recalled  S (1 + e^w8 (11-D) S^-w9 (e^(w10(1-R)) - 1) [w15 if Hard] [w16 if Easy])
//	later, forgotten min(w11 D^-w12 ((S+1)^w13 - 1) e^(w14(1-R)), S / e^(w17 w18))
//	difficulty       w7 D0(4) + (1-w7) (D - w6(G-3)(10-D)/9)
//
// The library counts 24-hour blocks, picks its formula by the card's state
// whatever the gap, and keeps S unbounded. So it is given a card made up for
// the call:
//
//	first answer     a new card; its stability is w[G-1], which v3 floors at 0.1
//	same study day   a Learning card
//	n days later     a Review card answered n times 24 hours ago
//
// Its due dates, intervals and states are not used.
type fsrs5 struct {
	params v3.Parameters
	// easyD is D0(4), which the difficulty reverts to. v3 raises it to 1 and
	// upstream does not: below, the difficulty is computed here. It is never
	// above 10, since w4 is not.
	easyD  float64
	ownRev bool
	forks  sync.Pool // of *fork5: a rebuild makes millions
}

func newFSRS5(w [19]float64) *fsrs5 {
	p := v3.DefaultParam() // sets Decay and Factor, without which recall is 1 for ever
	p.W, p.EnableShortTerm, p.EnableFuzz = w, true, false
	m := &fsrs5{params: p, easyD: w[4] - math.Exp(3*w[5]) + 1}
	m.ownRev = m.easyD < kernel.MinDifficulty
	return m
}

func (m *fsrs5) Name() string       { return "fsrs5" }
func (m *fsrs5) Weights() []float64 { return slices.Clone(m.params.W[:]) }

func (m *fsrs5) Next(s State, days float64, g Grade) State {
	if !validGrade(g) {
		return s
	}
	f := m.fork(s, days)
	defer f.done()
	return f.after(g)
}

// fork5 is one answer handed to the library. v3 writes into its parameters, so
// answers that are worked out at the same time each have their own.
type fork5 struct {
	model  *fsrs5
	params v3.Parameters
	from   State // zero for a first answer
	run    *v3.Scheduler
}

// fork makes up the card that stands for s and days.
func (m *fsrs5) fork(s State, days float64) fork {
	f, ok := m.forks.Get().(*fork5)
	if !ok {
		f = &fork5{model: m, params: m.params}
	}
	f.from = State{}
	if !known(s) {
		f.run = f.params.NewBasicScheduler(v3.NewCard(), noon5)
		return f
	}
	f.from = tidy(s, minStability5)
	card := v3.Card{Stability: f.from.S, Difficulty: f.from.D, State: v3.Learning}
	if n := wholeDays(days); n > 0 {
		card.State = v3.Review
		card.LastReview = noon5.Add(-time.Duration(n) * day24)
	}
	f.run = f.params.NewBasicScheduler(card, noon5)
	return f
}

func (f *fork5) after(g Grade) State {
	card := f.run.Review(v3.Rating(g)).Card
	next := State{S: card.Stability, D: card.Difficulty}
	m, w := f.model, &f.params.W
	switch {
	case f.from.S == 0:
		next.S = w[g-1]
	case m.ownRev:
		d := f.from.D + (kernel.MaxDifficulty-f.from.D)*(-w[6]*float64(g-Good))/9
		next.D = w[7]*m.easyD + (1-w[7])*d
	}
	return tidy(next, minStability5)
}

func (f *fork5) done() { f.model.forks.Put(f) }

func (m *fsrs5) Recall(s State, days float64) float64 {
	return powerRecall(s, days, m.params.Factor, m.params.Decay, minStability5)
}

func (m *fsrs5) Interval(s State, retention float64) float64 {
	// The decay is -1/2.
	return powerInterval(s, retention, 1/(retention*retention), m.params.Factor, minStability5)
}
