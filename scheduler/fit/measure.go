package fit

import (
	"math"
	"slices"
	"sync"

	"lectern/scheduler/kernel"
)

// Metrics say how well recall was predicted. Items are the answers given on a
// later study day than the one before on the same card; others are not
// predicted by every model, and are left out.
type Metrics struct {
	Items   int
	LogLoss float64 // mean cross-entropy; 0 is best
	// RMSE is by how much the predicted share of recalled cards is off, as a
	// root mean square over groups of answers alike in interval, number of
	// reviews and lapses; 0.03 reads as "off by 3 %".
	RMSE float64
	// AUC is the probability that a recalled card was predicted higher than a
	// forgotten one; 0.5 tells nothing. It is 0 when all were recalled or all
	// forgotten.
	AUC float64
}

// question is what to measure.
type question struct {
	from, to int32     // rows of the log: items in [from, to)
	weights  []float32 // by row, nil for 1
	auc      bool
}

// tally gathers predictions.
type tally struct {
	items        int
	loss, weight float64
	bins         []bin
	auc          bool
	hits, misses []float64 // recall predicted, by outcome; for AUC only
}

type bin struct{ recall, recalled, weight, items float64 }

// Sizes of the three axes of bins: the logarithms in [binOf] of [kernel.MaxDays]
// and of more answers than a log holds.
const binDays, binReviews, binLapses = 10, 32, 32

func newTally(auc bool) *tally {
	return &tally{bins: make([]bin, binDays*binReviews*binLapses), auc: auc}
}

func (t *tally) add(r float64, grade uint8, weight float64, at int) {
	t.items++
	t.loss += weight * crossEntropy(r, grade)
	t.weight += weight
	b := &t.bins[at]
	b.recall += r
	b.weight += weight
	b.items++
	if grade > 1 {
		b.recalled++
	}
	switch {
	case t.auc && grade > 1:
		t.hits = append(t.hits, r)
	case t.auc:
		t.misses = append(t.misses, r)
	}
}

func (t *tally) merge(o *tally) {
	t.items += o.items
	t.loss += o.loss
	t.weight += o.weight
	for i, b := range o.bins {
		t.bins[i].recall += b.recall
		t.bins[i].recalled += b.recalled
		t.bins[i].weight += b.weight
		t.bins[i].items += b.items
	}
	t.hits = append(t.hits, o.hits...)
	t.misses = append(t.misses, o.misses...)
}

func (t *tally) metrics() Metrics {
	m := Metrics{Items: t.items}
	if t.items == 0 {
		return m
	}
	m.LogLoss = t.loss / t.weight
	sum := 0.0
	for _, b := range t.bins {
		if b.items > 0 {
			off := (b.recall - b.recalled) / b.items
			sum += off * off * b.weight
		}
	}
	m.RMSE = math.Sqrt(sum / t.weight)
	m.AUC = auc(t.hits, t.misses)
	return m
}

// auc counts for every pair of a hit and a miss which was predicted higher.
func auc(hits, misses []float64) float64 {
	if len(hits) == 0 || len(misses) == 0 {
		return 0
	}
	slices.Sort(hits)
	slices.Sort(misses)
	higher, below, upTo := 0.0, 0, 0
	for _, h := range hits {
		for below < len(misses) && misses[below] < h {
			below++
		}
		upTo = max(upTo, below)
		for upTo < len(misses) && misses[upTo] == h {
			upTo++
		}
		higher += float64(below) + float64(upTo-below)/2
	}
	return higher / float64(len(hits)) / float64(len(misses))
}

// measure asks a model for its predictions.
func (h *history) measure(m kernel.Model, q question) *tally {
	// Two halves, whatever the cores, so that the sums are the same.
	half := h.cards() / 2
	var parts [2]*tally
	var wg sync.WaitGroup
	for i, span := range [2][2]int{{0, half}, {half, h.cards()}} {
		parts[i] = newTally(q.auc)
		wg.Go(func() {
			for c := span[0]; c < span[1]; c++ {
				h.predict(c, m, q.from, q.to, func(at int, r float64, bin int) {
					weight := 1.0
					if q.weights != nil {
						weight = float64(q.weights[h.rows[at]])
					}
					parts[i].add(r, h.grades[at], weight, bin)
				})
			}
		})
	}
	wg.Wait()
	parts[0].merge(parts[1])
	return parts[0]
}

// predict goes over a card and calls item with the place, the predicted recall
// and the bin of each item whose row is in [from, to).
func (h *history) predict(c int, m kernel.Model, from, to int32, item func(i int, recall float64, bin int)) {
	first, end := h.card(c)
	if h.rows[end-1] < from {
		return
	}
	days := h.days
	if m.Fractional() {
		days = h.spans
	}
	var s kernel.State
	reviews, lapses := 0, 0
	for i := first; i < end && h.rows[i] < to; i++ {
		var r float64
		r, s = m.Step(s, float64(days[i]), int(h.grades[i]))
		if i == first || h.days[i] == 0 {
			continue
		}
		reviews++
		if h.rows[i] >= from {
			item(i, r, binOf(h.days[i], reviews, lapses))
		}
		if h.grades[i] == 1 {
			lapses++
		}
	}
}

// binOf groups items on logarithmic scales of days, of reviews on other days
// up to this one, and of lapses before it.
func binOf(days float32, reviews, lapses int) int {
	l := 0
	if lapses > 0 {
		l = 1 + scale173.floor(lapses)
	}
	return (scale362.floor(int(days))*binReviews+scale189.floor(reviews+1))*binLapses + l
}

// scale is a table of rounded down logarithms.
type scale struct {
	base  float64
	table [1024]uint8
}

var scale362, scale189, scale173 = newScale(3.62), newScale(1.89), newScale(1.73)

func newScale(base float64) *scale {
	s := &scale{base: base}
	for x := 1; x < len(s.table); x++ {
		s.table[x] = uint8(math.Log(float64(x)) / math.Log(base))
	}
	return s
}

// floor is the logarithm of x, 1 or more, rounded down.
func (s *scale) floor(x int) int {
	if x < len(s.table) {
		return int(s.table[x])
	}
	return int(math.Log(float64(x)) / math.Log(s.base))
}
