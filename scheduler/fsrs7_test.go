package scheduler_test

import (
	"math"
	"testing"

	"lectern/scheduler"
	"lectern/scheduler/kernel"
	"pgregory.net/rapid"
)

// plain7 evaluates FSRS-7 as its formulas are written down, one after another
// and with math.Pow, for the kernel to be compared with.
type plain7 []float64

func (w plain7) parts(s scheduler.State, t float64) (r, r1 float64) {
	d1 := math.Min(math.Max(w[23]*math.Pow(s.Fast, w[33]-0.3), 0.01), 0.95)
	f1 := math.Exp(math.Min(-math.Log(w[25])/d1, 60)) - 1
	r1 = math.Pow(1+f1*t/s.Fast, -d1)
	d2 := math.Min(math.Max(w[24], 0.01), 0.95)
	f2 := (math.Pow(w[26], -1/d2) - 1) * math.Exp((s.D-5)*(w[32]-0.3))
	r2 := math.Pow(1+f2*t/s.S, -d2)
	a1 := w[27] * math.Pow(s.Fast, -w[29])
	a2 := w[28] * math.Pow(s.S, w[30]) * math.Exp((s.D-5)*(w[31]-0.5))
	return (a1*r1+a2*r2)/(a1+a2)*(1-2e-5) + 1e-5, r1
}

func (w plain7) stability(k int, x, d, q float64, g scheduler.Grade) float64 {
	lapse := math.Min(x, w[k+3]*(math.Pow(x+1, w[k+4])-1)*math.Exp(w[k+5]*(1-q)))
	if g == again {
		return lapse
	}
	growth := math.Exp(w[k]-1.5) * (11 - d) * math.Pow(x, -w[k+1]) * (math.Exp(w[k+2]*(1-q)) - 1)
	switch g {
	case hard:
		growth *= w[k+6]
	case easy:
		growth *= w[k+7]
	}
	return math.Max(lapse, x*(1+growth))
}

func (w plain7) next(s scheduler.State, t float64, g scheduler.Grade) scheduler.State {
	clampS := func(x float64) float64 { return math.Min(math.Max(x, 0.0001), 36500) }
	clampD := func(x float64) float64 { return math.Min(math.Max(x, 1), 10) }
	first := func(g scheduler.Grade) float64 { return w[4] - math.Exp(w[5]*float64(g-1)) + 1 }
	if s.S == 0 {
		return scheduler.State{S: clampS(w[g-1]), D: clampD(first(g)), Fast: clampS(0.8 * w[g-1])}
	}
	r, r1 := w.parts(s, t)
	var out scheduler.State
	out.S = clampS(w.stability(7, s.S, s.D, r, g))
	out.Fast = w.stability(15, s.Fast, s.D, r1, g)
	delta := -w[6] * float64(g-good)
	if g == again {
		out.Fast = math.Min(out.Fast, 0.8*out.S)
		delta *= r + 0.1
	}
	out.Fast = clampS(out.Fast)
	out.D = clampD(0.01*first(easy) + 0.99*(s.D+(10-s.D)/9*delta))
	return out
}

// interval halves the time until it stands still.
func (w plain7) interval(s scheduler.State, retention float64) float64 {
	lo, hi := 0.0, 36500.0
	for range 200 {
		mid := (lo + hi) / 2
		if r, _ := w.parts(s, mid); r > retention {
			lo = mid
		} else {
			hi = mid
		}
	}
	return (lo + hi) / 2
}

// drawWeights7 draws weights anywhere in their bounds.
func drawWeights7(t *rapid.T) plain7 {
	w := make(plain7, 34)
	for i, b := range kernel.Bounds(kernel.FSRS7) {
		w[i] = rapid.OneOf(rapid.Float64Range(b.Lo, b.Hi), rapid.SampledFrom([]float64{b.Lo, b.Hi})).Draw(t, "w")
	}
	return w
}

func TestFSRS7IsItsFormulas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := plain7(kernel.Defaults(kernel.FSRS7))
		if rapid.Bool().Draw(t, "own weights") {
			w = drawWeights7(t)
		}
		m, err := scheduler.NewModel("fsrs7", w)
		if err != nil {
			t.Fatal(err)
		}
		differ := func(a, b, tolerance float64) bool { return !(math.Abs(a-b) <= tolerance*math.Abs(b)) }
		var s scheduler.State
		for range rapid.IntRange(1, 30).Draw(t, "answers") {
			most := rapid.SampledFrom([]float64{0.001, 0.5, 3, 100, 4000}).Draw(t, "days up to")
			days := rapid.Float64Range(0, most).Draw(t, "days")
			days = math.Round(days*86400e3) / 86400e3 // less than a millisecond drowns in rounding
			if s.S > 0 {
				want, _ := w.parts(s, days)
				if got := m.Recall(s, days); differ(got, want, 1e-9) {
					t.Fatalf("%+v after %v days: recall %v, want %v", s, days, got, want)
				}
			}
			g := scheduler.Grade(rapid.IntRange(1, 4).Draw(t, "grade"))
			got, want := m.Next(s, days, g), w.next(s, days, g)
			if differ(got.S, want.S, 1e-6) || differ(got.D, want.D, 1e-9) || differ(got.Fast, want.Fast, 1e-6) {
				t.Fatalf("%+v, grade %d after %v days: %+v, want %+v", s, g, days, got, want)
			}
			s = got
			r := rapid.Float64Range(0.7, 0.99).Draw(t, "retention")
			i, root := m.Interval(s, r), w.interval(s, r)
			if at, _ := w.parts(s, i); differ(i, root, 1e-6) && differ(at, r, 1e-9) && i < 36499 && i > 1e-11 {
				t.Fatalf("%+v: interval %v for %v, want %v", s, i, r, root)
			}
		}
	})
}

func TestFractional(t *testing.T) {
	for name, want := range map[string]bool{"fsrs5": false, "fsrs6": false, "fsrs7": true} {
		if got := scheduler.Fractional(model(t, name, nil)); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
	m := model(t, "fsrs7", nil)
	s := scheduler.State{S: 10, D: 5, Fast: 8}
	if m.Next(s, 0.5, good) == m.Next(s, 0, good) || m.Recall(s, 0.25) <= m.Recall(s, 0.75) {
		t.Error("a part of a day does not count")
	}
}
