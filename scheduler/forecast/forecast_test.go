package forecast_test

import (
	"context"
	"errors"
	"math"
	"reflect"
	"runtime"
	"testing"

	"pgregory.net/rapid"

	"lectern/scheduler/forecast"
	"lectern/scheduler/kernel"
)

// tester is a test, or a property.
type tester interface {
	Helper()
	Fatal(args ...any)
}

func simulate(tb tester, req forecast.Request, retentions ...float64) []forecast.Curve {
	tb.Helper()
	curves, err := forecast.Simulate(context.Background(), req, retentions, nil)
	if err != nil {
		tb.Fatal(err)
	}
	return curves
}

func anyCard(t *rapid.T) forecast.Card {
	if rapid.Bool().Draw(t, "new") {
		return forecast.Card{}
	}
	number := rapid.OneOf(rapid.Float64Range(0.01, 1000), rapid.Float64())
	return forecast.Card{
		State:    kernel.State{S: number.Draw(t, "S"), D: number.Draw(t, "D"), Fast: number.Draw(t, "fast")},
		Last:     rapid.IntRange(-2000, 3).Draw(t, "last"),
		Due:      rapid.IntRange(-2000, 2000).Draw(t, "due"),
		Interval: rapid.IntRange(-1, 40000).Draw(t, "interval"),
	}
}

// Whatever the cards and the settings: numbers, within the limits, and as many
// new cards as there are.
func TestSimulateLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{kernel.FSRS5, kernel.FSRS6, kernel.FSRS7}).Draw(t, "model")
		m, err := kernel.New(name, nil)
		if err != nil {
			t.Fatal(err)
		}
		cards := rapid.SliceOfN(rapid.Custom(anyCard), 0, 40).Draw(t, "cards")
		req := forecast.Request{
			Cards: cards, Model: m, Days: rapid.IntRange(1, 40).Draw(t, "days"), Seed: rapid.Uint64().Draw(t, "seed"),
			Settings: forecast.Settings{
				NewPerDay:       rapid.IntRange(-1, 20).Draw(t, "new"),
				ReviewsPerDay:   rapid.IntRange(-1, 50).Draw(t, "reviews"),
				MaxInterval:     rapid.IntRange(-1, 500).Draw(t, "longest"),
				LearningSteps:   rapid.IntRange(-1, 3).Draw(t, "steps"),
				RelearningSteps: rapid.IntRange(-1, 3).Draw(t, "resteps"),
			},
			Sample: rapid.IntRange(1, 50).Draw(t, "sample"),
		}
		fresh := 0
		for _, c := range cards {
			if c.New() {
				fresh++
			}
		}
		for _, c := range simulate(t, req, 0.8, 0.93) {
			begun := 0.0
			for day := range req.Days {
				begun += c.New[day]
				most := 6 * float64(max(0, req.Settings.ReviewsPerDay)+max(0, req.Settings.NewPerDay)+2)
				if !(c.Answers[day] >= c.New[day] && c.Answers[day] <= most*scale(req)) || !(c.Minutes[day] >= 0) || math.IsInf(c.Minutes[day], 0) {
					t.Fatalf("day %d: %v answers, %v new, %v minutes", day, c.Answers[day], c.New[day], c.Minutes[day])
				}
			}
			if begun > float64(fresh)*1.5+scale(req) {
				t.Fatalf("%v cards begun of %d", begun, fresh)
			}
			for _, known := range append(c.Known, c.KnownMean()) {
				if !(known >= 0 && known <= float64(len(cards))+1e-6) {
					t.Fatalf("%v of %d cards known", known, len(cards))
				}
			}
		}
	})
}

// scale is how many cards one simulated card stands for, at most.
func scale(req forecast.Request) float64 {
	return max(1, float64(len(req.Cards))/float64(req.Sample))
}

func TestSimulateIsTheSameOnAnyMachine(t *testing.T) {
	req := request(t, kernel.FSRS6, 300, 100)
	req.Days = 90
	a := simulate(t, req, forecast.Retentions()...)
	old := runtime.GOMAXPROCS(1)
	b := simulate(t, req, forecast.Retentions()...)
	runtime.GOMAXPROCS(old)
	if !reflect.DeepEqual(a, b) {
		t.Error("one core gives another forecast")
	}
}

// More retention costs more and brings more, one step after another.
func TestRetentionCosts(t *testing.T) {
	for _, name := range []string{kernel.FSRS5, kernel.FSRS6, kernel.FSRS7} {
		curves := simulate(t, request(t, name, 2000, 500), forecast.Retentions()...)
		for i := 1; i < len(curves); i++ {
			a, b := &curves[i-1], &curves[i]
			if b.MinutesPerDay() <= a.MinutesPerDay()*0.995 || b.KnownMean() <= a.KnownMean()*0.995 {
				t.Errorf("%s: at %v %.1f minutes and %.0f known, at %v %.1f and %.0f", name,
					a.Retention, a.MinutesPerDay(), a.KnownMean(), b.Retention, b.MinutesPerDay(), b.KnownMean())
			}
		}
		if last := &curves[len(curves)-1]; last.MinutesPerDay() < 1.5*curves[20].MinutesPerDay() {
			t.Errorf("%s: 97 %% costs %.1f minutes, 90 %% %.1f", name, last.MinutesPerDay(), curves[20].MinutesPerDay())
		}
	}
}

// What a slider shows is what the whole simulation says.
func TestQuickIsNear(t *testing.T) {
	for _, cards := range [][2]int{{20, 0}, {0, 20}, {8000, 2000}} {
		req := request(t, kernel.FSRS6, cards[0], cards[1])
		whole := simulate(t, req, 0.8, 0.9, 0.97)
		req.Sample = forecast.Quick
		quick := simulate(t, req, 0.8, 0.9, 0.97)
		for i := range whole {
			w, q := &whole[i], &quick[i]
			if math.Abs(q.MinutesPerDay()/w.MinutesPerDay()-1) > 0.05 || math.Abs(q.KnownMean()/w.KnownMean()-1) > 0.02 {
				t.Errorf("%v cards at %v: quick %.2f minutes and %.1f known, whole %.2f and %.1f", cards, w.Retention,
					q.MinutesPerDay(), q.KnownMean(), w.MinutesPerDay(), w.KnownMean())
			}
		}
	}
}

func TestWeekly(t *testing.T) {
	c := forecast.Curve{Minutes: []float64{7, 7, 7, 7, 7, 7, 14, 3, 5}}
	if got := c.Weekly(); len(got) != 2 || got[0] != 8 || got[1] != 4 {
		t.Errorf("%v", got)
	}
}

func TestLimits(t *testing.T) {
	req := request(t, kernel.FSRS6, 3000, 2000)
	req.Settings.NewPerDay, req.Settings.ReviewsPerDay, req.Days = 7, 30, 50
	c := simulate(t, req, 0.9)[0]
	for day := range req.Days {
		if c.New[day] != 7 || c.Answers[day] < 37 {
			t.Errorf("day %d: %v new of 7, %v answers", day, c.New[day], c.Answers[day])
		}
	}
	req.Settings.ReviewsPerDay, req.Settings.NewPerDay = 0, 0
	if c := simulate(t, req, 0.9)[0]; c.Total() != 0 {
		t.Errorf("with limits of 0 there are %v answers", c.Total())
	}
}

// A day that is to be easy gets less.
func TestEasyDays(t *testing.T) {
	req := request(t, kernel.FSRS6, 3000, 0)
	req.Settings.EasyDays = []float64{1, 1, 1, 1, 1, 0.5, 0}
	c := simulate(t, req, 0.9)[0]
	var by [7]float64
	for day := 90; day < 363; day++ {
		by[day%7] += c.Answers[day]
	}
	usual := (by[0] + by[1] + by[2] + by[3] + by[4]) / 5
	if by[5] > 0.8*usual || by[6] > 0.4*usual || by[5] < by[6] {
		t.Errorf("answers by weekday: %.0f", by)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	done := 0
	_, err := forecast.Simulate(ctx, request(t, kernel.FSRS6, 2000, 0), forecast.Retentions(), func(n, total int) {
		if done++; n != done || total != 28 {
			t.Errorf("progress says %d of %d after %d", n, total, done)
		}
		cancel()
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled forecast ends with %v", err)
	}
	if done > 2*runtime.GOMAXPROCS(0) {
		t.Errorf("%d retentions after the cancel", done)
	}
}

func TestRefused(t *testing.T) {
	good := request(t, kernel.FSRS6, 10, 0)
	for name, change := range map[string]func(*forecast.Request) float64{
		"no model":     func(r *forecast.Request) float64 { r.Model = nil; return 0.9 },
		"no days":      func(r *forecast.Request) float64 { r.Days = 0; return 0.9 },
		"many days":    func(r *forecast.Request) float64 { r.Days = 1 << 40; return 0.9 },
		"retention 0":  func(*forecast.Request) float64 { return 0 },
		"retention 1":  func(*forecast.Request) float64 { return 1 },
		"no retention": func(*forecast.Request) float64 { return math.NaN() },
		"odd day":      func(r *forecast.Request) float64 { r.Settings.EasyDays = []float64{math.NaN()}; return 0.9 },
	} {
		req := good
		retention := change(&req)
		if _, err := forecast.Simulate(t.Context(), req, []float64{retention}, nil); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// A million cards, none of them well, take their time but end.
func TestHostileCards(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds under the race detector")
	}
	req := request(t, kernel.FSRS6, 0, 0)
	req.Cards = make([]forecast.Card, 1_000_000)
	for i := range req.Cards {
		if i%2 == 0 {
			req.Cards[i] = forecast.Card{State: kernel.State{S: 1e-300, D: math.NaN()}, Last: math.MinInt, Due: math.MinInt}
		}
	}
	req.Days, req.Settings.NewPerDay, req.Settings.ReviewsPerDay = 3, math.MaxInt, math.MaxInt
	c := simulate(t, req, 0.9)[0]
	if c.New[0] != 500_000 || !(c.KnownAtEnd() > 1e5) {
		t.Errorf("%v begun, %v known", c.New[0], c.KnownAtEnd())
	}
	if empty := simulate(t, forecast.Request{Model: req.Model, Days: 5}, 0.9)[0]; empty.Total() != 0 || empty.KnownAtEnd() != 0 {
		t.Errorf("no cards make %v answers", empty.Total())
	}
}
