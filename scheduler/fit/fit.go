package fit

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"lectern/scheduler/kernel"
	"lectern/scheduler/revlog"
)

// Options say what to fit.
type Options struct {
	Model        string // [kernel.FSRS5], [kernel.FSRS6] or [kernel.FSRS7]
	RolloverHour int    // 0 to 23: when the study day begins
	// Weights are those to compare with, nil for the published ones.
	Weights []float64
	// Progress, if not nil, is told how much of the work is done. It is called
	// often, and by one goroutine.
	Progress func(done, total int)
}

// Extent is how much of a model was fitted.
type Extent int

// The extents. Items here are those of usual cards; see [Fit].
const (
	Nothing Extent = iota // fewer than 8 items: the weights are the published ones
	Initial               // fewer than 64: only the stabilities after the first answer
	Full                  // all weights
)

// The items from which more is fitted.
const (
	minInitial = 8
	minFull    = 64
)

// Result is a fit.
type Result struct {
	Model   string
	Weights []float64
	Extent  Extent
	// Items are the answers that could be learnt from: given on a later study
	// day than the one before on the same card.
	Items int
	// Missing says how many more of them the next [Extent] needs at least; 0
	// when all is fitted.
	Missing int
	// Before and After measure the weights compared with and the fitted ones
	// on all items.
	Before, After Metrics
}

// Fit finds the weights of a model that suit a student's answers.
//
// Learnt from are the items of usual cards. A card is unusual when few cards
// share its first interval for its first grade, or when that is very long:
// breaks and clocks make such intervals, not memory.
//
// Whatever the log, the result is usable: weights within [kernel.Bounds].
// Errors are those of the options, and of ctx.
func Fit(ctx context.Context, l *revlog.Log, o Options) (Result, error) {
	sp, before, err := o.spec()
	if err != nil {
		return Result{}, err
	}
	h := read(sorted(l), o.RolloverHour)
	r, err := fitWeights(ctx, h, &sp, o.Progress)
	if err != nil {
		return Result{}, fmt.Errorf("fit %s: %w", o.Model, err)
	}
	after, err := kernel.New(r.Model, r.Weights)
	if err != nil {
		return Result{}, fmt.Errorf("use the fitted weights: %w", err)
	}
	all := question{to: int32(h.answers)}
	r.Before = h.measure(before, all).metrics()
	r.After = h.measure(after, all).metrics()
	return r, nil
}

// spec checks the options.
func (o *Options) spec() (spec, kernel.Model, error) {
	sp, ok := specOf(o.Model)
	if !ok {
		return spec{}, nil, fmt.Errorf("memory model %q cannot be fitted", o.Model)
	}
	if o.RolloverHour < 0 || o.RolloverHour > 23 {
		return spec{}, nil, fmt.Errorf("the study day cannot begin at hour %d", o.RolloverHour)
	}
	m, err := kernel.New(o.Model, o.Weights)
	if err != nil {
		return spec{}, nil, fmt.Errorf("weights to compare with: %w", err)
	}
	return sp, m, nil
}

// sorted returns the log in time order; the one given stays as it is.
func sorted(l *revlog.Log) *revlog.Log {
	inOrder := func(a, b revlog.Answer) int { return cmp.Compare(a.Time, b.Time) }
	if slices.IsSortedFunc(l.Answers, inOrder) {
		return l
	}
	ordered := *l
	ordered.Answers = slices.Clone(l.Answers)
	ordered.Sort()
	return &ordered
}

// fitWeights fits without measuring.
func fitWeights(ctx context.Context, h *history, sp *spec, report func(done, total int)) (Result, error) {
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	groups := usual(h.firsts())
	s := h.choose(groups, sp.sameDay)
	r := Result{Model: sp.name, Weights: kernel.Defaults(sp.name), Items: h.items()}
	if s.items < minInitial {
		r.Missing = minInitial - s.items
		return r, nil
	}
	r.Extent = Initial
	first := initial(sp.name, groups, s.recalled)
	copy(r.Weights, first[:])
	sp.clip(r.Weights)
	if s.items < minFull || s.later == 0 {
		r.Missing = max(1, minFull-s.items)
		return r, nil
	}
	w, err := train(ctx, sp, s, r.Weights, report)
	if err != nil {
		return Result{}, err
	}
	if published := kernel.Defaults(sp.name); s.loss(sp, w) > s.loss(sp, published) {
		// Answers against all reason can have first stabilities from which no
		// descent leads back: begin without them.
		other, err := train(ctx, sp, s, published, nil)
		if err != nil {
			return Result{}, err
		}
		if s.loss(sp, other) < s.loss(sp, w) {
			w = other
		}
	}
	r.Extent, r.Weights = Full, w
	first = rising(sp.name, [4]float64(w[:4]), groups)
	copy(w, first[:])
	sp.clip(w)
	return r, nil
}
