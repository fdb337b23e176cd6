package kernel

import (
	"fmt"
	"slices"
)

// Names of the models, which states and weights are stamped with.
const (
	FSRS5 = "fsrs5" // 19 weights
	FSRS6 = "fsrs6" // 21 weights
	FSRS7 = "fsrs7" // 34 weights
)

// Names lists the models, the oldest first.
var Names = [3]string{FSRS5, FSRS6, FSRS7}

// The weights published with fsrs-rs 3.0, 6 and, for FSRS-7, its main branch of
// September 2026.
var (
	defaults5 = [19]float64{
		0.40255, 1.18385, 3.173, 15.69105, 7.1949, 0.5345, 1.4604, 0.0046, 1.54575, 0.1192,
		1.01925, 1.9395, 0.11, 0.29605, 2.2698, 0.2315, 2.9898, 0.51655, 0.6621,
	}
	defaults6 = [21]float64{
		0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
		1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
	}
	defaults7 = [34]float64{
		0.1104, 2.2395, 3.9221, 11.7841, 6.1686, 0.6457, 3.6807,
		1.9795, 0, 1.3826, 0.7024, 0.5999, 0.8146, 0.6398, 1,
		1.3207, 0.6707, 3.8668, 0.4416, 0.0934, 1.8631, 0.6162, 1.0869,
		0.1567, 0.0801, 0.2421, 0.9464, 0.1433, 0.7145, 0, 0.5667, 0.3734, 0.5333, 0.3048,
	}
)

// Bound is the range in which a weight makes sense, as the optimisers of
// fsrs-rs keep it.
type Bound struct{ Lo, Hi float64 }

// bounds6 are those of FSRS-6 and, but for the last two, of FSRS-5. w19 may be
// 0, as in weights migrated from FSRS-5.
var bounds6 = [21]Bound{
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

var bounds7 = [34]Bound{
	{0.0001, 50}, {0.0001, 100}, {0.0001, 100}, {0.0001, 100}, // w0-w3 first stabilities, days
	{1, 10},              // w4 first difficulty
	{0.001, 4}, {0.1, 4}, // w5, w6 difficulty per grade
	{0, 4}, {0, 1.2}, {0.3, 3}, // w7-w9 growth of the slow stability
	{0.01, 1.5}, {0.1, 1}, {0, 3.5}, // w10-w12 after a lapse
	{0, 1}, {1, 7}, // w13 Hard, w14 Easy
	{0, 4}, {0, 2}, {0.5, 6}, // w15-w17 growth of the fast stability
	{0.001, 1.5}, {0.001, 1}, {0, 5}, // w18-w20 after a lapse
	{0, 1}, {1, 7}, // w21 Hard, w22 Easy
	{0.01, 0.25}, {0.01, 0.95}, // w23, w24 decay, fast and slow
	{0.2, 0.85}, {0.5, 0.99}, // w25, w26 recall when the stability has passed
	{0.01, 1}, {0.1, 1}, {0, 0.9}, {0.1, 1.1}, // w27-w30 what each curve weighs
	{0, 1}, {0, 0.6}, // w31, w32 what difficulty changes of it
	{0, 0.6}, // w33 fast decay by stability
}

// boundSlack lets through weights that were stored as float32.
const boundSlack = 1e-6

// Defaults returns the published weights of a model, nil for an unknown one.
func Defaults(name string) []float64 {
	switch name {
	case FSRS5:
		return slices.Clone(defaults5[:])
	case FSRS6:
		return slices.Clone(defaults6[:])
	case FSRS7:
		return slices.Clone(defaults7[:])
	}
	return nil
}

// Bounds returns the range of each weight of a model, nil for an unknown one.
func Bounds(name string) []Bound {
	switch name {
	case FSRS5:
		return slices.Clone(bounds6[:len(defaults5)])
	case FSRS6:
		return slices.Clone(bounds6[:])
	case FSRS7:
		return slices.Clone(bounds7[:])
	}
	return nil
}

// Check says which weight of a model is wrong and what it may be.
func Check(name string, weights []float64) error {
	bounds := Bounds(name)
	if bounds == nil {
		return fmt.Errorf("memory model %q is not known; known are fsrs5, fsrs6 and fsrs7", name)
	}
	if len(weights) != len(bounds) {
		return fmt.Errorf("memory model %s takes %d weights, not %d", name, len(bounds), len(weights))
	}
	for i, w := range weights {
		b := bounds[i]
		if !(w >= b.Lo-boundSlack && w <= b.Hi+boundSlack) { // so, NaN is refused
			return fmt.Errorf("weight w%d of memory model %s must be between %v and %v, not %v", i, name, b.Lo, b.Hi, w)
		}
	}
	return nil
}
