package fit

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"lectern/scheduler/kernel"
)

// differentiable is a memory model as the trainer sees it.
var differentiable = map[string]func() net{
	kernel.FSRS5: func() net { return newPower(kernel.FSRS5) },
	kernel.FSRS6: func() net { return newPower(kernel.FSRS6) },
	kernel.FSRS7: func() net { return newTwin() },
}

// life is a card's answers drawn at random.
type life struct {
	days    []float32
	grades  []uint8
	weights []float32
}

func drawLife(rng *rand.Rand, fractional bool) life {
	n := 2 + rng.IntN(12)
	l := life{make([]float32, n), make([]uint8, n), make([]float32, n)}
	for i := range n {
		l.grades[i] = uint8(1 + rng.IntN(4))
		if i == 0 {
			continue
		}
		if rng.IntN(3) > 0 {
			l.days[i] = float32(math.Round(math.Exp(6 * rng.Float64())))
			l.weights[i] = float32(0.25 + 0.75*rng.Float64())
		}
		if fractional {
			l.days[i] += float32(rng.Float64())
		}
	}
	return l
}

// drawWeights stays off the bounds, where finite differences see a corner.
func drawWeights(rng *rand.Rand, model string) []float64 {
	w := kernel.Defaults(model)
	for i, b := range kernel.Bounds(model) {
		switch {
		case i < 4:
			w[i] *= math.Exp(rng.NormFloat64() / 2)
		default:
			w[i] += 0.15 * (b.Lo + (b.Hi-b.Lo)*rng.Float64() - w[i])
		}
		w[i] = within(w[i], b.Lo+0.02*(b.Hi-b.Lo)*rng.Float64(), b.Hi-0.02*(b.Hi-b.Lo)*rng.Float64())
	}
	return w
}

func lossOf(m net, w []float64, l life) float64 {
	m.set(w)
	recall := make([]float64, len(l.days))
	m.forward(l.days, l.grades, recall)
	sum := 0.0
	for i, r := range recall {
		if l.weights[i] > 0 {
			sum += float64(l.weights[i]) * crossEntropy(r, l.grades[i])
		}
	}
	return sum
}

func TestGradientIsThatOfFiniteDifferences(t *testing.T) {
	for name, build := range differentiable {
		t.Run(name, func(t *testing.T) {
			m := build()
			rng := rand.New(rand.NewPCG(7, 7))
			worst := 0.0
			for n := range 400 {
				w := drawWeights(rng, name)
				l := drawLife(rng, name == kernel.FSRS7)
				grad := make([]float64, len(w))
				lossOf(m, w, l)
				m.backward(l.grades, l.weights, grad)
				for j := range w {
					slope := func(h float64) float64 {
						up, down := slices.Clone(w), slices.Clone(w)
						up[j] += h
						down[j] -= h
						return (lossOf(m, up, l) - lossOf(m, down, l)) / (2 * h)
					}
					h := 1e-5 * math.Max(0.1, math.Abs(w[j]))
					want := (4*slope(h/2) - slope(h)) / 3
					// A corner of a clamp or a min lies within the step: skip.
					if math.Abs(slope(h)-slope(h/4)) > 1e-5*(1+math.Abs(want)) {
						continue
					}
					off := math.Abs(grad[j]-want) / (1 + math.Abs(want))
					worst = math.Max(worst, off)
					if !(off < 1e-5) {
						t.Fatalf("life %d, w%d: gradient %v, finite difference %v\n%+v\n%v", n, j, grad[j], want, l, w)
					}
				}
			}
			t.Logf("largest error %.2g", worst)
		})
	}
}

// The recall that is fitted is the kernel's.
func TestForwardIsTheKernel(t *testing.T) {
	for name, build := range differentiable {
		m := build()
		rng := rand.New(rand.NewPCG(8, 8))
		for range 300 {
			w := drawWeights(rng, name)
			k, err := kernel.New(name, w)
			if err != nil {
				t.Fatal(err)
			}
			l := drawLife(rng, k.Fractional())
			recall := make([]float64, len(l.days))
			m.set(w)
			m.forward(l.days, l.grades, recall)
			var s kernel.State
			for i, g := range l.grades {
				want := k.Recall(s, float64(l.days[i]))
				if i > 0 && math.Abs(recall[i]-want) > 1e-9 {
					t.Fatalf("%s, answer %d: recall %v, the kernel's %v", name, i, recall[i], want)
				}
				s = k.Next(s, float64(l.days[i]), int(g))
			}
		}
	}
}
