package scheduler_test

import (
	"math"
	"strings"
	"testing"

	"lectern/scheduler"
)

func TestNewModelRefusesWhatIsNoModel(t *testing.T) {
	with := func(name string, i int, x float64) []float64 {
		w := model(t, name, nil).Weights()
		w[i] = x
		return w
	}
	for _, c := range []struct {
		name    string
		weights []float64
		want    string // in the error; "" when it is fine
	}{
		{"fsrs5", nil, ""},
		{"fsrs6", nil, ""},
		{"", nil, "not known"},
		{"sm2", nil, "not known"},
		{"fsrs5", []float64{}, "19 weights, not 0"},
		{"fsrs5", make([]float64, 21), "19 weights, not 21"},
		{"fsrs6", make([]float64, 19), "21 weights, not 19"},
		{"fsrs5", with("fsrs5", 3, math.NaN()), "w3"},
		{"fsrs6", with("fsrs6", 20, math.Inf(1)), "w20"},
		{"fsrs6", with("fsrs6", 20, 0), "between 0.1 and 0.8"},
		{"fsrs5", with("fsrs5", 0, 0), "w0"},
		{"fsrs5", with("fsrs5", 0, -1), "w0"},
		{"fsrs5", with("fsrs5", 8, 700), "w8"},
		{"fsrs5", with("fsrs5", 15, float64(float32(0.0))), ""},
		{"fsrs6", with("fsrs6", 20, float64(float32(0.8))), ""}, // a shade above 0.8
		{"fsrs6", with("fsrs6", 19, 0), ""},
	} {
		m, err := scheduler.NewModel(c.name, c.weights)
		switch {
		case c.want == "" && (err != nil || m.Name() != c.name):
			t.Errorf("%s: %v", c.name, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s %v: error %v, want one with %q", c.name, c.weights, err, c.want)
		}
	}
}

func TestModelKeepsItsOwnWeights(t *testing.T) {
	for _, name := range []string{"fsrs5", "fsrs6"} {
		w := model(t, name, nil).Weights()
		m, err := scheduler.NewModel(name, w)
		if err != nil {
			t.Fatal(err)
		}
		before := m.Next(scheduler.State{}, 0, good)
		w[2] = 50
		m.Weights()[2] = 60
		if got := m.Next(scheduler.State{}, 0, good); got != before {
			t.Errorf("%s: %+v became %+v", name, before, got)
		}
	}
}

func TestModelWithoutMemoryOrGrade(t *testing.T) {
	for _, name := range []string{"fsrs5", "fsrs6"} {
		m := model(t, name, nil)
		if r, i := m.Recall(scheduler.State{}, 3), m.Interval(scheduler.State{}, 0.9); r != 0 || i != 0 {
			t.Errorf("%s: a card never seen has recall %v and interval %v", name, r, i)
		}
		s := scheduler.State{S: 3, D: 4}
		for _, g := range []scheduler.Grade{-1, 0, 5} {
			if got := m.Next(s, 1, g); got != s {
				t.Errorf("%s: grade %d gives %+v", name, g, got)
			}
		}
		for _, r := range []float64{-0.9, 0, 1, 2, math.NaN()} {
			if got := m.Interval(s, r); got != 0 {
				t.Errorf("%s: interval %v for retention %v", name, got, r)
			}
		}
		for _, days := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e300} {
			n := m.Next(s, days, good)
			if r := m.Recall(s, days); !(r >= 0 && r <= 1) || !(n.S >= 3 && n.S <= 36500) {
				t.Errorf("%s: after %v days recall %v, then %+v", name, days, r, n)
			}
		}
	}
}
