package fit

import (
	"context"
	"fmt"
	"math"
	"slices"

	"lectern/scheduler/kernel"
	"lectern/scheduler/revlog"
)

// Held says how well a model foretold a student's latest fifth of answers.
type Held struct {
	Model   string
	Weights []float64
	Metrics
}

// Choice is the outcome of a comparison.
type Choice struct {
	// Result is the model chosen, fitted to all answers. Its Before measures
	// the weights in force.
	Result
	// Switched says that the model is another one than that in force.
	Switched bool
	// Current is how the weights in force foretold the latest fifth. They may
	// have been fitted to a part of it.
	Current Held
	// Candidates are the models fitted to the other four fifths, the oldest
	// model first.
	Candidates []Held
}

// A model gives way only to one that was better on the student's own latest
// fifth. But a fifth of a year says little: what is left to chance of a
// difference is filled up with what is known of other students. On the 10,000
// collections of srs-benchmark FSRS-6 has a log loss 0.010 below FSRS-5's; how
// far students lie apart in that was not published and is taken for half of it.
// FSRS-7 is not set above FSRS-6.
var usualGain = map[string]float64{kernel.FSRS6: 0.010, kernel.FSRS7: 0.010}

const (
	gainSpread = 0.005  // of usual gains between students
	minGain    = 0.0005 // expected, for a change of every interval to be worth it
	minSure    = 0.5    // of the expected gain, in standard deviations
)

// heldOut is the first moment of the latest part, as a fraction of the answers.
const heldOut = 0.8

// Choose lets the models compete: each is fitted to the first four fifths of
// the answers by time and predicts the latest fifth, all the same items. The
// model in force, that of o, stays unless another is better there, by enough
// and not by chance. The winner is then fitted to all answers.
//
// With too few answers to compare the model in force stays.
func Choose(ctx context.Context, l *revlog.Log, o Options) (Choice, error) {
	_, inForce, err := o.spec()
	if err != nil {
		return Choice{}, err
	}
	l = sorted(l)
	h := read(l, o.RolloverHour)
	head := l.Until(heldOut)
	latest := question{from: int32(len(head.Answers)), to: int32(h.answers), auc: true}
	first := read(head, o.RolloverHour)

	c := Choice{Current: Held{o.Model, inForce.Weights(), h.measure(inForce, latest).metrics()}}
	losses := map[string][]float64{}
	enough := c.Current.Items > 0
	tasks := len(kernel.Names) + 1
	for i, name := range kernel.Names {
		sp, _ := specOf(name)
		fitted, err := fitWeights(ctx, first, &sp, o.share(i, tasks))
		if err != nil {
			return Choice{}, fmt.Errorf("fit %s to the first answers: %w", name, err)
		}
		enough = enough && fitted.Extent == Full
		m, err := kernel.New(name, fitted.Weights)
		if err != nil {
			return Choice{}, fmt.Errorf("use the weights of %s: %w", name, err)
		}
		c.Candidates = append(c.Candidates, Held{name, fitted.Weights, h.measure(m, latest).metrics()})
		losses[name] = h.losses(m, latest.from)
	}

	winner := o.Model
	if enough {
		winner = pick(o.Model, losses)
	}
	c.Switched = winner != o.Model
	final := o
	final.Model, final.Weights = winner, nil
	final.Progress = o.share(tasks-1, tasks)
	if c.Result, err = Fit(ctx, l, final); err != nil {
		return Choice{}, err
	}
	c.Before = h.measure(inForce, question{to: int32(h.answers)}).metrics()
	return c, nil
}

// pick returns the model to use: the one that gains most on that in force, if
// the gain is to be relied upon.
func pick(inForce string, losses map[string][]float64) string {
	best, most := inForce, 0.0
	for _, name := range kernel.Names {
		measured, err := difference(losses[inForce], losses[name])
		if name == inForce || measured <= 0 {
			continue
		}
		// The mean of what is usual and what was measured, each counting by how
		// sure it is.
		usual, known := 1/(gainSpread*gainSpread), 1/max(err*err, 1e-12)
		gain := (usual*(usualGain[name]-usualGain[inForce]) + known*measured) / (usual + known)
		if gain > max(minGain, minSure/math.Sqrt(usual+known), most) {
			best, most = name, gain
		}
	}
	return best
}

// difference returns by how much b is smaller than a in the mean, and the
// standard error of that.
func difference(a, b []float64) (mean, err float64) {
	n := float64(len(a))
	for i := range a {
		mean += (a[i] - b[i]) / n
	}
	sum := 0.0
	for i := range a {
		off := a[i] - b[i] - mean
		sum += off * off
	}
	return mean, math.Sqrt(sum / max(1, n-1) / n)
}

// losses returns the cross-entropy of each item from a row on, in one order
// for all models.
func (h *history) losses(m kernel.Model, from int32) []float64 {
	var out []float64
	for c := range h.cards() {
		h.predict(c, m, from, int32(h.answers), func(i int, r float64, _ int) {
			out = append(out, crossEntropy(r, h.grades[i]))
		})
	}
	return slices.Clip(out)
}
