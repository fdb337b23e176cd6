package fit

import (
	"math"

	"lectern/scheduler/kernel"
)

// spec is what the fit of one model needs to know.
type spec struct {
	name    string
	spans   bool    // days are time elapsed, not study days
	sameDay float64 // what an answer of the same day weighs against an item
	rate    float64 // of the first step; it falls to 0 along a cosine
	prior   float64 // how much the distance from the starting weights counts
	sigma   []float64
	bounds  []kernel.Bound
	net     func() net
}

// How far students' weights lie from the published ones: standard deviations
// over the collections that fsrs-rs was tuned on.
var (
	sigma5 = []float64{
		6.61, 9.52, 17.69, 27.74, 0.55, 0.28, 0.67, 0.12, 0.4, 0.18,
		0.34, 0.27, 0.08, 0.14, 0.57, 0.25, 1.03, 0.27, 0.39,
	}
	sigma6 = []float64{
		6.43, 9.66, 17.58, 27.85, 0.57, 0.28, 0.6, 0.12, 0.39, 0.18,
		0.33, 0.3, 0.09, 0.16, 0.57, 0.25, 1.03, 0.31, 0.32, 0.14, 0.27,
	}
	sigma7 = []float64{
		9999, 9999, 9999, 9999, 0.523, 0.2528, 0.4329, 0.2966, 0.2139, 0.2889, 0.1862, 0.175,
		0.3812, 0.3013, 0.9104, 0.3234, 0.2448, 0.3273, 0.1842, 0.1735, 0.4608, 0.311, 0.864, 0.0418,
		0.2596, 0.0798, 0.0682, 0.1282, 0.1397, 0.1407, 0.1489, 0.2, 0.15, 0.15,
	}
)

// specOf returns the spec of a model; ok is false for an unknown one.
func specOf(model string) (sp spec, ok bool) {
	sp = spec{name: model, rate: 0.04, prior: 1, bounds: kernel.Bounds(model)}
	switch model {
	case kernel.FSRS5:
		sp.sigma = sigma5
		sp.net = func() net { return newPower(kernel.FSRS5) }
	case kernel.FSRS6:
		sp.sigma = sigma6
		sp.net = func() net { return newPower(kernel.FSRS6) }
		sp.bounds[19].Lo = 0.01 // 0 would make every answer of a day alike, whatever the stability
	case kernel.FSRS7:
		sp.spans = true
		// Left out, answers of the same day would come to be predicted worse
		// than by the published weights; the others lose nothing by them.
		sp.sameDay = 0.5
		sp.rate, sp.prior = 0.02, 0.3333
		sp.sigma = sigma7
		sp.net = func() net { return newTwin() }
	default:
		return spec{}, false
	}
	for i := range 4 {
		sp.bounds[i].Lo = kernel.MinStability(model)
	}
	return sp, true
}

// clip brings weights into their bounds.
func (sp *spec) clip(w []float64) {
	for i, b := range sp.bounds {
		w[i] = within(w[i], b.Lo, b.Hi)
	}
	if sp.name == kernel.FSRS7 { // the slow curve is never steeper than the fast one
		w[26] = max(w[26], w[25])
	}
}

// delta returns the days between answers as the model counts them.
func (sp *spec) delta(h *history) []float32 {
	if sp.spans {
		return h.spans
	}
	return h.days
}

// finite reports whether all weights are numbers.
func finite(w []float64) bool {
	for _, x := range w {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}
