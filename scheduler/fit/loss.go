package fit

import "lectern/scheduler/internal/fastmath"

// Recall is kept off 0 and 1 where its logarithm is taken.
const minRecall, maxRecall = 1e-7, 1 - 1e-7

// crossEntropy is the loss of one prediction.
func crossEntropy(r float64, grade uint8) float64 {
	r = within(r, minRecall, maxRecall)
	if grade > 1 {
		return -fastmath.Log(r)
	}
	return -fastmath.Log(1 - r)
}

// crossSlope is the derivative of weight·cross-entropy by recall.
func crossSlope(r float64, grade uint8, weight float32) float64 {
	if weight == 0 {
		return 0
	}
	r = within(r, minRecall, maxRecall)
	if grade > 1 {
		return -float64(weight) / r
	}
	return float64(weight) / (1 - r)
}

// net is a memory model that is differentiated by its weights.
type net interface {
	// set takes weights within bounds.
	set(w []float64)
	// forward goes over a card's answers, the first of which begins it. recall
	// becomes the probability predicted at each later one.
	forward(days []float32, grades []uint8, recall []float64)
	// backward adds to grad the gradient of Σ weight·cross-entropy over the
	// card that forward went over last.
	backward(grades []uint8, weights []float32, grad []float64)
}
