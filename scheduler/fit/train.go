package fit

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
)

// Training. Around these values the loss on later answers is flat. What counts
// is that batches are whole cards drawn at random, and that small logs are gone
// over often enough to settle.
const (
	minEpochs = 2
	maxEpochs = 10
	passes    = 250_000 // items to go over, in all epochs together
	seed      = 2025
)

// batchSize returns how many items to take in a step, of so many.
func batchSize(items int) int {
	switch {
	case items < 20_000:
		return 256
	case items < alone:
		return 512
	default:
		return 1024
	}
}

// alone is up to how many items a log is trained on by one goroutine: smaller
// batches take no longer than waking another.
const alone = 100_000

// Adam's memory of gradients and of their squares.
const (
	beta1   = 0.9
	beta2   = 0.999
	epsilon = 1e-8
)

// trainer fits the weights of one model to one sample.
type trainer struct {
	sp     *spec
	sample *sample
	days   []float32
	start  []float64 // weights, and the centre of the prior

	lanes [2]lane
	jobs  chan []int32 // for the second lane, when it has a core of its own
	done  chan struct{}
}

// lane is one half of a batch: what a goroutine needs to itself.
type lane struct {
	net    net
	grad   []float64
	recall []float64
}

// errUnsettled says that training ran away.
var errUnsettled = errors.New("the weights did not settle")

// train returns the fitted weights. It stops between batches when ctx ends.
// report, if not nil, is told how many of all batches are done.
func train(ctx context.Context, sp *spec, s *sample, start []float64, report func(done, total int)) ([]float64, error) {
	t := &trainer{sp: sp, sample: s, days: sp.delta(s.history), start: start}
	most := 0
	for _, p := range s.kept {
		most = max(most, int(p.to-p.from))
	}
	for i := range t.lanes {
		t.lanes[i] = lane{net: sp.net(), grad: make([]float64, len(start)), recall: make([]float64, most)}
	}
	if s.items >= alone && runtime.GOMAXPROCS(0) > 1 {
		t.jobs, t.done = make(chan []int32), make(chan struct{})
		defer close(t.jobs)
		go func() {
			for pieces := range t.jobs {
				t.run(&t.lanes[1], pieces)
				t.done <- struct{}{}
			}
		}()
	}
	return t.descend(ctx, report)
}

func (t *trainer) descend(ctx context.Context, report func(done, total int)) ([]float64, error) {
	kept := t.sample.kept
	items := 0
	for _, p := range kept {
		items += int(p.weighed)
	}
	if items == 0 {
		return slices.Clone(t.start), nil
	}
	size := batchSize(items)
	epochs := min(max(passes/items, minEpochs), maxEpochs)
	// Batches are cut at whole cards, so their number differs a little from
	// epoch to epoch; the steps are laid out for the most there can be.
	total := epochs * (items/size + 1)

	order := make([]int32, len(kept))
	for i := range order {
		order[i] = int32(i)
	}
	rng := rand.New(rand.NewPCG(seed, seed))
	a := newAdam(slices.Clone(t.start))
	for range epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for left := order; len(left) > 0; {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			n, in := 0, 0
			for n < len(left) && in < size {
				in += int(kept[left[n]].weighed)
				n++
			}
			grad := t.gradient(a.w, left[:n])
			left = left[n:]
			share := t.sp.prior * float64(in) / float64(items)
			for j, w := range a.w {
				grad[j] += share * 2 * (w - t.start[j]) / (t.sp.sigma[j] * t.sp.sigma[j])
			}
			a.step(grad, t.sp.rate*(1+math.Cos(math.Pi*min(1, float64(a.steps)/float64(total))))/2)
			t.sp.clip(a.w)
			if report != nil {
				report(min(a.steps, total), total)
			}
		}
	}
	if !finite(a.w) {
		return nil, errUnsettled
	}
	return a.w, nil
}

// gradient is that of the batch's loss. Its sum is made in two halves, one of
// which has a goroutine of its own where there is a core for it: the result is
// the same without.
func (t *trainer) gradient(w []float64, batch []int32) []float64 {
	half := len(batch) / 2
	for i := range t.lanes {
		clear(t.lanes[i].grad)
		t.lanes[i].net.set(w)
	}
	if t.jobs != nil {
		t.jobs <- batch[half:]
		t.run(&t.lanes[0], batch[:half])
		<-t.done
	} else {
		t.run(&t.lanes[0], batch[:half])
		t.run(&t.lanes[1], batch[half:])
	}
	grad := t.lanes[0].grad
	for j := range grad {
		grad[j] += t.lanes[1].grad[j]
	}
	return grad
}

func (t *trainer) run(l *lane, pieces []int32) {
	s := t.sample
	for _, i := range pieces {
		p := s.kept[i]
		l.net.forward(t.days[p.from:p.to], s.grades[p.from:p.to], l.recall)
		l.net.backward(s.grades[p.from:p.to], s.weights[p.from:p.to], l.grad)
	}
}

// lossItems is about how many items a sample's loss is measured on.
const lossItems = 10_000

// loss is the mean loss of weights on the sample's cards, or on every so
// many'th of them when there are very many.
func (s *sample) loss(sp *spec, w []float64) float64 {
	m, days := sp.net(), sp.delta(s.history)
	m.set(w)
	recall := make([]float64, longest)
	sum, weights := 0.0, 0.0
	for i := 0; i < len(s.kept); i += 1 + s.items/lossItems {
		p := s.kept[i]
		m.forward(days[p.from:p.to], s.grades[p.from:p.to], recall)
		for j := p.from + 1; j < p.to; j++ {
			if weight := float64(s.weights[j]); weight > 0 {
				sum += weight * crossEntropy(recall[j-p.from], s.grades[j])
				weights += weight
			}
		}
	}
	return sum / max(weights, 1e-9)
}

// adam is the optimiser of that name.
type adam struct {
	w             []float64
	first, second []float64 // moments of the gradient
	steps         int
	decay1        float64 // beta1^steps
	decay2        float64
}

func newAdam(w []float64) *adam {
	return &adam{w: w, first: make([]float64, len(w)), second: make([]float64, len(w)), decay1: 1, decay2: 1}
}

func (a *adam) step(grad []float64, rate float64) {
	a.steps++
	a.decay1 *= beta1
	a.decay2 *= beta2
	for j, g := range grad {
		a.first[j] = beta1*a.first[j] + (1-beta1)*g
		a.second[j] = beta2*a.second[j] + (1-beta2)*g*g
		mean, square := a.first[j]/(1-a.decay1), a.second[j]/(1-a.decay2)
		a.w[j] -= rate * mean / (math.Sqrt(square) + epsilon)
	}
}
