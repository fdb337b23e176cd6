package fastmath_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"lectern/scheduler/internal/fastmath"
)

func TestExpAndLog(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range 1_000_000 {
		x := 700 * (2*rng.Float64() - 1)
		if rng.IntN(2) == 0 {
			x /= 100
		}
		if got, want := fastmath.Exp(x), math.Exp(x); !(math.Abs(got-want) <= 1e-13*want) {
			t.Fatalf("exp(%v) = %v, want %v", x, got, want)
		}
		y := math.Exp(x)
		if got, want := fastmath.Log(y), math.Log(y); !(math.Abs(got-want) <= 1e-13+1e-15*math.Abs(want)) {
			t.Fatalf("log(%v) = %v, want %v", y, got, want)
		}
	}
	for _, x := range []float64{0, 1, -1, math.Ln2, 1e-300, -1e-17} {
		if got, want := fastmath.Exp(x), math.Exp(x); math.Abs(got-want) > 1e-13 {
			t.Errorf("exp(%v) = %v, want %v", x, got, want)
		}
	}
	for _, x := range []float64{1, 2, 0.5, math.Nextafter(1, 2), math.Nextafter(1, 0), 1e-4, 36500} {
		if got, want := fastmath.Log(x), math.Log(x); math.Abs(got-want) > 1e-13 {
			t.Errorf("log(%v) = %v, want %v", x, got, want)
		}
	}
}

// Where a forgetting curve begins, digits must not be lost.
func TestLogBesideOne(t *testing.T) {
	if got := fastmath.Log(1); got != 0 {
		t.Errorf("log(1) = %v", got)
	}
	for x := 1e-15; x < 0.007; x *= 1.1 {
		if got, want := fastmath.Log(1+x), math.Log(1+x); !(math.Abs(got-want) <= 1e-12*want) {
			t.Errorf("log(1+%v) = %v, want %v", x, got, want)
		}
	}
}

var sink float64

func BenchmarkExp(b *testing.B) {
	for name, f := range map[string]func(float64) float64{"ours": fastmath.Exp, "math": math.Exp} {
		b.Run(name, func(b *testing.B) {
			x := 0.1
			for b.Loop() {
				x = f(x) - 1
			}
			sink = x
		})
	}
}

func BenchmarkLog(b *testing.B) {
	for name, f := range map[string]func(float64) float64{"ours": fastmath.Log, "math": math.Log} {
		b.Run(name, func(b *testing.B) {
			x := 1.1
			for b.Loop() {
				x = f(x) + 1.5
			}
			sink = x
		})
	}
}
