package expect_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"lectern/scheduler/forecast"
	"lectern/scheduler/internal/expect"
	"lectern/scheduler/kernel"
)

// Whatever the card: a recall, and states and times that are numbers; recalled
// a card is left stronger than forgotten and not relearnt.
func TestAsk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, err := kernel.New(rapid.SampledFrom(kernel.Names[:]).Draw(t, "model"), nil)
		if err != nil {
			t.Fatal(err)
		}
		relearning := rapid.IntRange(-1, 9).Draw(t, "resteps")
		mem := expect.New(m, forecast.DefaultHabits(), forecast.Settings{
			LearningSteps: rapid.IntRange(-1, 9).Draw(t, "steps"), RelearningSteps: relearning,
		})
		s := kernel.State{S: rapid.Float64Range(0.01, 36500).Draw(t, "S"), D: rapid.Float64Range(1, 10).Draw(t, "D")}
		if m.Fractional() {
			s.Fast = rapid.Float64Range(0.01, 36500).Draw(t, "fast")
		}
		days := float64(rapid.IntRange(1, 1000).Draw(t, "days"))
		recall, ok, lapsed := mem.Ask(s, days)
		if recall != m.Recall(s, days) || !(ok.S >= s.S*0.999) || !(lapsed.S > 0) || !(ok.D >= 1 && ok.D <= 10) || !(lapsed.D >= 1 && lapsed.D <= 10) {
			t.Fatalf("%v after %+v: %+v and %+v", recall, s, ok, lapsed)
		}
		if relearning <= 0 && m.Recall(ok, 30) < m.Recall(lapsed, 30)-1e-9 {
			t.Fatalf("recalled leaves %+v, forgotten %+v", ok, lapsed)
		}
		if x, y := mem.Seconds(1), mem.Seconds(0); !(x > 0 && y > x && mem.Seconds(recall) >= x && mem.Seconds(recall) <= y) || math.IsInf(y, 0) {
			t.Fatalf("recalled takes %v s, forgotten %v", x, y)
		}
		for i := range mem.Begun {
			if !(mem.Begun[i].S > 0) || i > 0 && mem.Begun[i].D > mem.Begun[i-1].D {
				t.Fatalf("begun %+v", mem.Begun)
			}
		}
	})
}

// Of a student with two buttons Good is all there is besides Again.
func TestTwoButtons(t *testing.T) {
	m, err := kernel.New(kernel.FSRS6, nil)
	if err != nil {
		t.Fatal(err)
	}
	mem := expect.New(m, forecast.DefaultHabits().TwoButtons(), forecast.Settings{})
	s := kernel.State{S: 10, D: 5}
	_, ok, lapsed := mem.Ask(s, 10)
	if want := m.Next(s, 10, 3); math.Abs(ok.S/want.S-1) > 1e-9 || math.Abs(ok.D-want.D) > 1e-9 {
		t.Errorf("recalled: %+v, want %+v", ok, want)
	}
	if want := m.Next(s, 10, 1); lapsed != want {
		t.Errorf("forgotten, without steps: %+v, want %+v", lapsed, want)
	}
}
