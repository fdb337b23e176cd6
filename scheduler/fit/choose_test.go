package fit_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"lectern/scheduler/fit"
	"lectern/scheduler/kernel"
	"lectern/scheduler/revlog"
)

func TestChoose(t *testing.T) {
	l := studied(t, 5, 200)
	o := fit.Options{Model: kernel.FSRS5}
	c, err := fit.Choose(context.Background(), l, o)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Candidates) != 3 || c.Current.Model != kernel.FSRS5 || !slices.Equal(c.Current.Weights, kernel.Defaults(kernel.FSRS5)) {
		t.Fatalf("%+v", c)
	}
	best := c.Candidates[0]
	for i, h := range c.Candidates {
		if h.Model != kernel.Names[i] || h.Items != c.Current.Items || h.Items == 0 {
			t.Errorf("candidate %d: %+v", i, h)
		}
		// Each was fitted to the first four fifths, and is measured on the rest.
		early := mustFit(t, l.Until(0.8), h.Model)
		m, err := fit.Evaluate(context.Background(), l, fit.Options{Model: h.Model, Weights: early.Weights}, fit.Evaluation{From: 0.8})
		if err != nil || m != h.Metrics {
			t.Errorf("%s: %+v, want %+v; %v", h.Model, h.Metrics, m, err)
		}
		if h.LogLoss < best.LogLoss {
			best = h
		}
	}
	if c.Switched != (c.Model != kernel.FSRS5) {
		t.Errorf("switched: %v, to %s", c.Switched, c.Model)
	}
	whole := mustFit(t, l, c.Model)
	if !slices.Equal(c.Weights, whole.Weights) || c.After != whole.After {
		t.Error("the winner is not fitted to the whole log")
	}
	before, err := fit.Evaluate(context.Background(), l, o, fit.Evaluation{})
	if err != nil || math.Abs(before.LogLoss-c.Before.LogLoss) > 1e-12 {
		t.Errorf("before: %+v, want %+v; %v", c.Before, before, err)
	}

	// Chosen once, a model is not left for the one before it.
	again, err := fit.Choose(context.Background(), l, fit.Options{Model: c.Model, Weights: c.Weights})
	if err != nil || again.Switched {
		t.Errorf("left again: %+v, %v", again.Candidates, err)
	}
}

func TestChooseOfLittle(t *testing.T) {
	for name, l := range map[string]*revlog.Log{
		"nothing":   {},
		"few":       studied(t, 6, 8),
		"one day":   logOf(t, answer{1, 0, 3, revlog.New}, answer{2, 0, 1, revlog.New}),
		"two items": logOf(t, answer{1, 0, 3, revlog.New}, answer{1, 2, 3, revlog.Review}, answer{1, 9, 1, revlog.Review}),
	} {
		for _, model := range kernel.Names {
			c, err := fit.Choose(context.Background(), l, fit.Options{Model: model})
			if err != nil || c.Switched || c.Model != model || c.Missing == 0 {
				t.Errorf("%s: from %s to %s, %d missing; %v", name, model, c.Model, c.Missing, err)
			}
		}
	}
}

// Fitted to each part from those before it, weights foretell less than they
// explain, and more than the published ones do.
func TestEvaluateSplits(t *testing.T) {
	l := studied(t, 7, 200)
	o := fit.Options{Model: kernel.FSRS6}
	splits, err := fit.Evaluate(context.Background(), l, o, fit.Evaluation{Splits: true})
	if err != nil {
		t.Fatal(err)
	}
	all, err := fit.Evaluate(context.Background(), l, o, fit.Evaluation{})
	if err != nil {
		t.Fatal(err)
	}
	if want := all.Items - all.Items/6; splits.Items != want {
		t.Errorf("%d items, want %d of %d", splits.Items, want, all.Items)
	}
	fitted := mustFit(t, l, kernel.FSRS6)
	if !(splits.LogLoss > fitted.After.LogLoss-0.02 && splits.LogLoss < all.LogLoss) {
		t.Errorf("log loss %v; fitted to all %v, published %v", splits.LogLoss, fitted.After.LogLoss, all.LogLoss)
	}
	few := logOf(t, answer{1, 0, 3, revlog.New}, answer{1, 2, 3, revlog.Review})
	if m, err := fit.Evaluate(context.Background(), few, o, fit.Evaluation{Splits: true}); err != nil || m.Items != 0 {
		t.Errorf("%+v, %v", m, err)
	}
}
