package forecast_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"lectern/scheduler/forecast"
	"lectern/scheduler/kernel"
)

func model(tb testing.TB, name string) kernel.Model {
	tb.Helper()
	m, err := kernel.New(name, nil)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

// collection makes cards as a student has them who has studied for a while:
// strong and weak ones, each somewhere within its interval.
func collection(m kernel.Model, studied, fresh int) []forecast.Card {
	r := rand.New(rand.NewPCG(1, 2))
	cards := make([]forecast.Card, studied+fresh)
	for i := range studied {
		s := kernel.State{S: math.Exp(3 + 1.3*r.NormFloat64()), D: 1 + 9*r.Float64()}
		if m.Name() == kernel.FSRS7 {
			s.Fast = 0.8 * s.S
		}
		days := max(1, int(m.Interval(s, 0.9)+0.5))
		last := -r.IntN(days + 1)
		cards[i] = forecast.Card{State: s, Last: last, Due: last + days, Interval: days}
	}
	return cards
}

func request(tb testing.TB, name string, studied, fresh int) forecast.Request {
	m := model(tb, name)
	return forecast.Request{
		Cards: collection(m, studied, fresh), Model: m, Habits: forecast.DefaultHabits(),
		Settings: forecast.DefaultSettings(), Days: 365, Seed: 1,
	}
}

// BenchmarkYear is 10,000 cards, 365 days, 28 retentions.
func BenchmarkYear(b *testing.B) {
	for _, name := range []string{kernel.FSRS5, kernel.FSRS6, kernel.FSRS7} {
		for _, fresh := range []int{0, 5000} {
			b.Run(fmt.Sprintf("%s/new=%d", name, fresh), func(b *testing.B) {
				req := request(b, name, 10000-fresh, fresh)
				for b.Loop() {
					curves, err := forecast.Simulate(b.Context(), req, forecast.Retentions(), nil)
					if err != nil {
						b.Fatal(err)
					}
					total := 0.0
					for _, c := range curves {
						total += c.Total()
					}
					b.ReportMetric(total, "answers")
				}
			})
		}
	}
}

// BenchmarkQuick is what a slider waits for.
func BenchmarkQuick(b *testing.B) {
	for _, name := range []string{kernel.FSRS6, kernel.FSRS7} {
		b.Run(name, func(b *testing.B) {
			req := request(b, name, 8000, 2000)
			req.Sample = forecast.Quick
			for b.Loop() {
				if _, err := forecast.Simulate(b.Context(), req, forecast.Retentions(), nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
