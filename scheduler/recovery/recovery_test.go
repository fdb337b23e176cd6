package recovery_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"lectern/scheduler/forecast"
	"lectern/scheduler/kernel"
	"lectern/scheduler/recovery"
)

func TestPlanLaws(t *testing.T) {
	number := rapid.OneOf(rapid.Float64Range(0.01, 1000), rapid.Float64(), rapid.SampledFrom([]float64{math.NaN(), math.Inf(1)}))
	anyCard := rapid.Custom(func(t *rapid.T) forecast.Card {
		if rapid.IntRange(0, 9).Draw(t, "new") == 0 {
			return forecast.Card{}
		}
		return forecast.Card{
			State: kernel.State{S: number.Draw(t, "S"), D: number.Draw(t, "D"), Fast: number.Draw(t, "fast")},
			Last:  rapid.IntRange(-500, 2).Draw(t, "last"), Due: rapid.IntRange(-300, 80).Draw(t, "due"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		m, err := kernel.New(rapid.SampledFrom([]string{kernel.FSRS5, kernel.FSRS6, kernel.FSRS7}).Draw(t, "model"), nil)
		if err != nil {
			t.Fatal(err)
		}
		req := recovery.Request{
			Cards: rapid.SliceOfN(anyCard, 0, 200).Draw(t, "cards"), Days: rapid.IntRange(1, recovery.MaxDays).Draw(t, "days"),
			Model: m, Retention: rapid.Float64Range(0.01, 0.99).Draw(t, "retention"), Settings: forecast.DefaultSettings(),
		}
		plan, err := recovery.Make(context.Background(), req)
		if err != nil {
			t.Fatal(err)
		}
		cards := make([]int, req.Days)
		total := 0
		for i, c := range req.Cards {
			on := plan.On[i]
			if planned := !c.New() && c.Due < req.Days; planned != (on >= 0) {
				t.Fatalf("card %+v is asked on day %d", c, on)
			}
			if on < 0 {
				continue
			}
			if on >= req.Days || on < c.Due {
				t.Fatalf("card %+v is asked on day %d", c, on)
			}
			cards[on]++
			total++
		}
		for day, d := range plan.Days {
			if d.Cards != cards[day] || !(d.Minutes >= 0 && d.Minutes < 1e4) {
				t.Fatalf("day %d: %+v, %d cards are on it", day, d, cards[day])
			}
		}
		if total != plan.Cards || !(plan.Forgotten >= 0 && plan.Forgotten <= float64(total)) || !(plan.ByDue >= 0) {
			t.Fatalf("%d cards: %+v", total, plan)
		}
	})
}

// What waits is shared out evenly, and strong cards and lost ones wait longest.
func TestEvenAndInOrder(t *testing.T) {
	req := recovery.Request{Days: 3, Model: model(t, kernel.FSRS6), Retention: 0.9, Settings: forecast.DefaultSettings()}
	for i := range 90 {
		c := forecast.Card{State: kernel.State{S: 5, D: 5}, Last: -10, Due: -5}
		switch {
		case i < 30:
			c.State.S = 2000 // strong
		case i < 60:
			c.State.S, c.Last = 0.05, -400 // lost
		}
		req.Cards = append(req.Cards, c)
	}
	plan, err := recovery.Make(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	for i := 60; i < 90; i++ {
		if plan.On[i] != 0 {
			t.Errorf("a card that is being forgotten waits until day %d", plan.On[i])
		}
	}
	for day, d := range plan.Days {
		if math.Abs(d.Minutes-plan.Days[0].Minutes) > 0.6*plan.Days[0].Minutes || d.Cards < 10 {
			t.Errorf("day %d: %+v, the first %+v", day, d, plan.Days[0])
		}
	}
	if plan.Forgotten >= plan.ByDue {
		t.Errorf("%.2f forgotten, %.2f by due date", plan.Forgotten, plan.ByDue)
	}
}

func TestRefused(t *testing.T) {
	good := recovery.Request{Days: 7, Model: model(t, kernel.FSRS6), Retention: 0.9}
	for name, change := range map[string]func(*recovery.Request){
		"no model":     func(r *recovery.Request) { r.Model = nil },
		"no days":      func(r *recovery.Request) { r.Days = 0 },
		"many days":    func(r *recovery.Request) { r.Days = recovery.MaxDays + 1 },
		"no retention": func(r *recovery.Request) { r.Retention = math.NaN() },
	} {
		req := good
		change(&req)
		if _, err := recovery.Make(t.Context(), req); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if plan, err := recovery.Make(t.Context(), good); err != nil || plan.Cards != 0 || len(plan.Days) != 7 {
		t.Errorf("nothing waits: %+v, %v", plan, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := recovery.Make(ctx, good); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// A million cards that wait are planned.
func TestManyCards(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds under the race detector")
	}
	req := recovery.Request{Days: 7, Model: model(t, kernel.FSRS6), Retention: 0.9, Settings: forecast.DefaultSettings(), Cards: make([]forecast.Card, 1_000_000)}
	for i := range req.Cards {
		req.Cards[i] = forecast.Card{State: kernel.State{S: float64(i), D: float64(i%12) - 1}, Last: math.MinInt, Due: math.MinInt}
	}
	plan, err := recovery.Make(t.Context(), req)
	if err != nil || plan.Cards != 999_999 {
		t.Errorf("%d cards planned: %v", plan.Cards, err)
	}
}

func BenchmarkPlan(b *testing.B) {
	back := comeBack(b, 3, 300, 30, 14)
	for b.Loop() {
		if _, err := recovery.Make(b.Context(), back.req); err != nil {
			b.Fatal(err)
		}
	}
}
