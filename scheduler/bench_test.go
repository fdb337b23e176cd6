package scheduler_test

import (
	"testing"
	"time"

	"lectern/scheduler"
)

// history is a card's life as students live it: learnt in a session, then
// answered when due, forgotten now and then.
func history(n int) []scheduler.Answer {
	p := scheduler.DefaultPreset()
	s, err := scheduler.NewScheduler(p)
	if err != nil {
		panic(err)
	}
	at := time.Date(2024, 3, 1, 19, 0, 0, 0, time.UTC)
	var out []scheduler.Answer
	var c scheduler.Card
	for i := range n {
		g := scheduler.Good
		switch {
		case i%7 == 6:
			g = scheduler.Again
		case i%11 == 10:
			g = scheduler.Hard
		case i%13 == 12:
			g = scheduler.Easy
		}
		a := scheduler.Answer{At: scheduler.MomentOf(at), Grade: g}
		out = append(out, a)
		c = s.Apply(c, a, scheduler.Seed("card", c.Reps))
		at = scheduler.DueTime(c, p.RolloverHour, time.UTC).Add(time.Hour)
	}
	return out
}

func benchScheduler(b *testing.B, model string) *scheduler.Scheduler {
	b.Helper()
	p := scheduler.DefaultPreset()
	p.Model = model
	s, err := scheduler.NewScheduler(p)
	if err != nil {
		b.Fatal(err)
	}
	return s
}

var sink scheduler.Card

// BenchmarkApply is one answer on a review card.
func BenchmarkApply(b *testing.B) {
	for _, model := range []string{"fsrs5", "fsrs6"} {
		b.Run(model, func(b *testing.B) {
			s := benchScheduler(b, model)
			h := history(12)
			c := s.Replay(h[:10], func(reps int) uint64 { return scheduler.Seed("card", reps) })
			a := scheduler.Answer{At: scheduler.MomentOf(time.Date(2025, 3, 1, 19, 0, 0, 0, time.UTC)), Grade: scheduler.Good}
			seed := scheduler.Seed("card", c.Reps)
			b.ReportAllocs()
			for b.Loop() {
				sink = s.Apply(c, a, seed)
			}
		})
	}
}

// BenchmarkReplay rebuilds a card of 18 answers, the average of a collection
// of a million answers on 56,000 cards.
func BenchmarkReplay(b *testing.B) {
	for _, model := range []string{"fsrs5", "fsrs6"} {
		b.Run(model, func(b *testing.B) {
			s := benchScheduler(b, model)
			h := history(18)
			b.ReportAllocs()
			for b.Loop() {
				sink = s.Replay(h, func(reps int) uint64 { return scheduler.Seed("card", reps) })
			}
			b.ReportMetric(float64(len(h))*float64(b.N)/b.Elapsed().Seconds(), "answers/s")
		})
	}
}
