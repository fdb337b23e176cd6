package fit

import (
	"math"
	"math/rand/v2"
	"testing"

	"lectern/scheduler/kernel"
)

func TestAUC(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	for range 200 {
		var hits, misses []float64
		for range rng.IntN(30) {
			hits = append(hits, math.Round(10*rng.Float64())/10)
		}
		for range rng.IntN(30) {
			misses = append(misses, math.Round(8*rng.Float64())/10)
		}
		want := 0.0
		for _, h := range hits {
			for _, m := range misses {
				switch {
				case h > m:
					want++
				case h == m:
					want += 0.5
				}
			}
		}
		if n := len(hits) * len(misses); n > 0 {
			want /= float64(n)
		}
		if got := auc(hits, misses); math.Abs(got-want) > 1e-12 {
			t.Fatalf("%v of %v and %v, want %v", got, hits, misses, want)
		}
	}
}

// Bins are those of the published formula, up to the numbers that no log
// reaches, and within the table.
func TestBins(t *testing.T) {
	floor := func(x, base float64) float64 { return math.Floor(math.Log(x) / math.Log(base)) }
	names := map[int][3]float64{}
	for _, days := range []float32{1, 2, 3, 4, 13, 14, 47, 48, 172, 1000, 36500, kernel.MaxDays} {
		for _, reviews := range []int{1, 2, 3, 5, 6, 12, 24, 45, 1000, 1022, 1023, 1024, 10_000_000} {
			for _, lapses := range []int{0, 1, 2, 3, 5, 6, 15, 1023, 1024, 10_000_000} {
				name := [3]float64{
					math.Round(248 * math.Pow(3.62, floor(float64(days), 3.62))),
					math.Round(1.99 * math.Pow(1.89, floor(float64(reviews+1), 1.89))),
				}
				if lapses > 0 {
					name[2] = math.Round(1.65 * math.Pow(1.73, floor(float64(lapses), 1.73)))
				}
				at := binOf(days, reviews, lapses)
				if at < 0 || at >= binDays*binReviews*binLapses {
					t.Fatalf("bin %d of %v days, %d reviews, %d lapses", at, days, reviews, lapses)
				}
				if other, ok := names[at]; ok && other != name {
					t.Errorf("%v and %v share a bin", name, other)
				}
				names[at] = name
			}
		}
	}
	for at, name := range names {
		for other, same := range names {
			if same == name && other != at {
				t.Errorf("%v has two bins", name)
			}
		}
	}
}

func TestDifference(t *testing.T) {
	mean, err := difference([]float64{1, 2, 3}, []float64{0.5, 1, 3})
	if mean != 0.5 || math.Abs(err-0.5/math.Sqrt(3)) > 1e-12 {
		t.Errorf("%v, %v", mean, err)
	}
}

// A model in force gives way to one that is better by enough, and by more than
// chance would have it. What is not sure is taken from other students.
func TestPick(t *testing.T) {
	// losses of n items whose difference has a given mean and standard error.
	losses := func(n int, level, noise float64) []float64 {
		out := make([]float64, n)
		for i := range out {
			out[i] = level + noise*math.Sqrt(float64(n))*float64(1-2*(i%2))
		}
		return out
	}
	for _, c := range []struct {
		name             string
		five, six, seven float64
		noise            float64 // standard error of the losses of six and seven
		inForce          string
		want             string
	}{
		{"equal", 0.4, 0.4, 0.4, 0, kernel.FSRS5, kernel.FSRS5},
		{"better by a trifle", 0.4, 0.3998, 0.3999, 0.0001, kernel.FSRS5, kernel.FSRS5},
		{"clearly better", 0.4, 0.39, 0.41, 0.001, kernel.FSRS5, kernel.FSRS6},
		{"the best of two better", 0.4, 0.39, 0.38, 0.001, kernel.FSRS5, kernel.FSRS7},
		{"a little better, as is usual", 0.4, 0.399, 0.4, 0.01, kernel.FSRS5, kernel.FSRS6},
		{"usually better, not here", 0.4, 0.401, 0.402, 0.01, kernel.FSRS5, kernel.FSRS5},
		{"a little better, against what is usual", 0.399, 0.4, 0.41, 0.01, kernel.FSRS6, kernel.FSRS6},
		{"clearly better, against what is usual", 0.38, 0.4, 0.41, 0.001, kernel.FSRS6, kernel.FSRS5},
		{"better, but perhaps by chance", 0.42, 0.4, 0.396, 0.02, kernel.FSRS6, kernel.FSRS6},
		{"in force and best", 0.4, 0.39, 0.38, 0.001, kernel.FSRS7, kernel.FSRS7},
	} {
		got := pick(c.inForce, map[string][]float64{
			kernel.FSRS5: losses(1000, c.five, 0),
			kernel.FSRS6: losses(1000, c.six, c.noise),
			kernel.FSRS7: losses(1000, c.seven, -c.noise),
		})
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
