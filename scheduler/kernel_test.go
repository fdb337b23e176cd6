package scheduler_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"

	"lectern/scheduler"
	"lectern/scheduler/kernel"
	"pgregory.net/rapid"
)

// kernelOf is the kernel's model with the weights of the one that schedules.
func kernelOf(t rapid.TB, m scheduler.Model) kernel.Model {
	t.Helper()
	k, err := kernel.New(m.Name(), m.Weights())
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// apart says how two states differ by more than 1e-9, or "".
func apart(got kernel.State, want scheduler.State) string {
	far := func(a, b float64) bool { return !(math.Abs(a-b) <= 1e-9*math.Abs(b)) }
	if far(got.S, want.S) || far(got.D, want.D) || far(got.Fast, want.Fast) {
		return fmt.Sprintf("the kernel has %+v, the library %+v", got, want)
	}
	return ""
}

// The kernel equals the libraries, whatever the weights and the history.
func TestKernelEqualsLibraries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"fsrs5", "fsrs6"}).Draw(t, "model")
		m, err := scheduler.NewModel(name, drawWeights(t, name))
		if err != nil {
			t.Fatal(err)
		}
		k := kernelOf(t, m)
		var s scheduler.State
		if rapid.Bool().Draw(t, "known") {
			s.S = math.Exp(rapid.Float64Range(math.Log(0.0001), math.Log(50000)).Draw(t, "ln S"))
			s.D = rapid.Float64Range(0.5, 11).Draw(t, "D")
		}
		for range rapid.IntRange(1, 40).Draw(t, "answers") {
			most := rapid.SampledFrom([]float64{1, 5, 100, 4000, 1e6}).Draw(t, "days up to")
			days := rapid.Float64Range(-most/10, most).Draw(t, "days")
			g := scheduler.Grade(rapid.IntRange(0, 5).Draw(t, "grade"))
			r, kr := m.Recall(s, days), k.Recall(kernel.State(s), days)
			if !(math.Abs(r-kr) <= 1e-9*r) {
				t.Fatalf("%+v after %v days: the kernel recalls %v, the library %v", s, days, kr, r)
			}
			after := m.Next(s, days, g)
			if problem := apart(k.Next(kernel.State(s), days, int(g)), after); problem != "" {
				t.Fatalf("%+v, grade %d after %v days: %s", s, g, days, problem)
			}
			s = after
			for _, want := range []float64{0.7, 0.9, 0.99} {
				i, ki := m.Interval(s, want), k.Interval(kernel.State(s), want)
				if !(math.Abs(i-ki) <= 1e-9*i) {
					t.Fatalf("%+v: the kernel waits %v for %v, the library %v", s, ki, want, i)
				}
			}
		}
	})
}

// Over a whole history the two stay together too: each goes on from its own
// state.
func TestKernelStaysWithLibraries(t *testing.T) {
	for _, file := range vectorFiles(t) {
		f := readVectors(t, file)
		for name, vectors := range map[string][]vector{"fsrs5": f.FSRS5, "fsrs6": f.FSRS6} {
			for n, v := range vectors {
				m, err := scheduler.NewModel(name, v.W)
				if err != nil {
					t.Fatal(err)
				}
				k := kernelOf(t, m)
				var s scheduler.State
				var ks kernel.State
				for i, r := range v.Reviews {
					s = m.Next(s, float64(r[0]), scheduler.Grade(r[1]))
					ks = k.Next(ks, float64(r[0]), r[1])
					if problem := apart(ks, s); problem != "" {
						t.Fatalf("%s sequence %d, answer %d: %s", name, n, i+1, problem)
					}
					es := math.Abs(ks.S-v.Stability[i]) / v.Stability[i]
					ei := math.Abs(k.Interval(ks, v.Retention)-v.Interval[i]) / v.Interval[i]
					if !(es <= tolRelative && math.Abs(ks.D-v.Difficulty[i]) <= tolDifficulty && ei <= tolRelative) {
						t.Fatalf("%s sequence %d, answer %d: %+v, want S %v D %v interval %v", name, n, i+1, ks, v.Stability[i], v.Difficulty[i], v.Interval[i])
					}
				}
			}
		}
	}
}

// vectorFiles are our own vectors and, where they are, the shared ones.
func vectorFiles(t *testing.T) []string {
	files := []string{filepath.Join("testdata", "vectors.json")}
	shared := filepath.Join(root(t), "..", "shared", "fsrs", "vectors_dev.json")
	if _, err := os.Stat(shared); err == nil {
		files = append(files, shared)
	}
	return files
}
