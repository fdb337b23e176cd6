package scheduler_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	v3 "github.com/open-spaced-repetition/go-fsrs/v3"
	v4 "github.com/open-spaced-repetition/go-fsrs/v4"

	"lectern/scheduler"
)

func TestDefaultWeightsAreThePublished(t *testing.T) {
	five, six := v3.DefaultWeights(), v4.DefaultWeights()
	for name, want := range map[string][]float64{"fsrs5": five[:], "fsrs6": six[:]} {
		if got := model(t, name, nil).Weights(); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

// Weights are accepted up to the bounds of the optimiser and not beyond.
func TestNewModelBounds(t *testing.T) {
	for name, n := range map[string]int{"fsrs5": 19, "fsrs6": 21} {
		for i := range n {
			for _, c := range []struct {
				x  float64
				ok bool
			}{
				{bounds[i][0], true}, {bounds[i][1], true}, {bounds[i][0] - 1e-4, false}, {bounds[i][1] + 1e-4, false},
				{math.NaN(), false}, {math.Inf(1), false}, {math.Inf(-1), false},
			} {
				w := model(t, name, nil).Weights()
				w[i] = c.x
				if _, err := scheduler.NewModel(name, w); (err == nil) != c.ok {
					t.Errorf("%s: w%d = %v: %v", name, i, c.x, err)
				}
			}
		}
	}
}

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
		if got := m.Next(scheduler.State{}, 0, good); got != before || m.Weights()[2] == 60 {
			t.Errorf("%s: %+v became %+v, w2 %v", name, before, got, m.Weights()[2])
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

// What is handed to a model is brought into bounds first: days are whole and
// end somewhere, a damaged state neither spreads nor stops the card.
func TestModelTidiesWhatItIsGiven(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	type state = scheduler.State
	for name, least := range map[string]float64{"fsrs5": 0.01, "fsrs6": 0.001} {
		m := model(t, name, nil)
		s := state{S: 20, D: 5}
		for _, c := range []struct {
			got, want state
			what      string
		}{
			{m.Next(s, 0.9, good), m.Next(s, 0, good), "most of a day"},
			{m.Next(s, 2.9, good), m.Next(s, 2, good), "nearly three days"},
			{m.Next(s, -3, again), m.Next(s, 0, again), "days before"},
			{m.Next(s, nan, hard), m.Next(s, 0, hard), "no number of days"},
			{m.Next(s, inf, good), m.Next(s, 100_000, good), "days without end"},
			{m.Next(state{}, 7, good), m.Next(state{}, 0, good), "days before a first answer"},
			{m.Next(state{S: nan, D: 5}, 7, good), m.Next(state{}, 0, good), "stability that is no number"},
			{m.Next(state{S: inf, D: 5}, 7, good), m.Next(state{}, 0, good), "stability without end"},
			{m.Next(state{S: -1, D: 5}, 7, good), m.Next(state{}, 0, good), "stability below zero"},
			{m.Next(state{S: 20}, 7, good), m.Next(state{S: 20, D: 1}, 7, good), "no difficulty"},
			{m.Next(state{S: 20, D: 12}, 7, good), m.Next(state{S: 20, D: 10}, 7, good), "difficulty above 10"},
			{m.Next(state{S: 20, D: nan}, 7, good), m.Next(state{S: 20, D: 10}, 7, good), "difficulty that is no number"},
			{m.Next(state{S: 1e9, D: 5}, 7, good), m.Next(state{S: 36500, D: 5}, 7, good), "stability of ages"},
			{m.Next(state{S: 1e-9, D: 5}, 7, good), m.Next(state{S: least, D: 5}, 7, good), "stability of an instant"},
		} {
			if c.got != c.want {
				t.Errorf("%s, %s: %+v, want %+v", name, c.what, c.got, c.want)
			}
		}
		for _, c := range []struct {
			got, want float64
			what      string
		}{
			{m.Recall(s, inf), m.Recall(s, 100_000), "recall after days without end"},
			{m.Recall(state{S: 1e9, D: 5}, 700), m.Recall(state{S: 36500, D: 5}, 700), "recall with stability of ages"},
			{m.Recall(state{S: 1e-9, D: 5}, 1), m.Recall(state{S: least, D: 5}, 1), "recall with stability of an instant"},
			{m.Recall(state{S: inf, D: 5}, 1), 0, "recall without a memory"},
			{m.Interval(state{S: 1e9, D: 5}, 0.8), m.Interval(state{S: 36500, D: 5}, 0.8), "interval with stability of ages"},
			{m.Interval(state{S: 1e-9, D: 5}, 0.8), m.Interval(state{S: least, D: 5}, 0.8), "interval with stability of an instant"},
			{m.Interval(state{S: nan, D: 5}, 0.8), 0, "interval without a memory"},
		} {
			if c.got != c.want {
				t.Errorf("%s, %s: %v, want %v", name, c.what, c.got, c.want)
			}
		}
	}
}
