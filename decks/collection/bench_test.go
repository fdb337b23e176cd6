package collection_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"lectern/decks/collection"
	"lectern/decks/collection/collectiontest"
	"lectern/scheduler"
)

// large opens a collection of 100,000 cards and 1,000,000 reviews, made once
// on this computer.
func large(b *testing.B) (*collection.Collection, string) {
	b.Helper()
	if testing.Short() {
		b.Skip("a large collection is not made in short mode")
	}
	dir, err := collectiontest.Make(context.Background(), b.TempDir(), collectiontest.Large, func(s string) { b.Log(s) })
	if err != nil {
		b.Fatal(err)
	}
	return open(b, dir), dir
}

func open(b *testing.B, dir string) *collection.Collection {
	b.Helper()
	now := collectiontest.Now
	c, err := collection.Open(context.Background(), dir, collection.Options{Clock: func() time.Time {
		now = now.Add(7 * time.Second)
		return now
	}})
	if err != nil {
		b.Fatal(err)
	}
	return c
}

// p99 reports the slowest but one of a hundred.
func p99(b *testing.B, times []time.Duration) {
	slices.Sort(times)
	ms := func(q float64) float64 { return float64(times[int(q*float64(len(times)-1))]) / 1e6 }
	b.ReportMetric(ms(0.5), "p50-ms")
	b.ReportMetric(ms(0.99), "p99-ms")
	b.ReportMetric(ms(1), "max-ms")
}

func BenchmarkAnswerAndNext(b *testing.B) {
	c, _ := large(b)
	ctx := context.Background()
	p, err := c.Preset(ctx)
	if err != nil {
		b.Fatal(err)
	}
	p.NewPerDay, p.ReviewsPerDay = 100_000, 100_000
	if err := c.SetPreset(ctx, p); err != nil {
		b.Fatal(err)
	}
	card, err := c.Next(ctx, collection.Scope{})
	if err != nil || card == nil {
		b.Fatal(card, err)
	}
	var times []time.Duration
	i := 0
	for b.Loop() {
		i++
		grade := scheduler.Good
		if i%9 == 0 {
			grade = scheduler.Again
		}
		start := time.Now()
		a, err := c.Answer(ctx, collection.AnswerRequest{Card: card.Card, Grade: grade, Took: 5 * time.Second})
		times = append(times, time.Since(start))
		if err != nil || a.Next == nil {
			b.Fatal(a, err)
		}
		card = a.Next
	}
	p99(b, times)
}

func BenchmarkHome(b *testing.B) {
	c, _ := large(b)
	if _, err := c.Home(context.Background()); err != nil { // the cards are in memory now
		b.Fatal(err)
	}
	for b.Loop() {
		h, err := c.Home(context.Background())
		if err != nil || h.Due.Total() == 0 {
			b.Fatal(h.Due, err)
		}
	}
}

func BenchmarkOpenToHome(b *testing.B) {
	c, dir := large(b)
	if err := c.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		c := open(b, dir)
		if _, err := c.Home(context.Background()); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if err := c.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

func BenchmarkSearch(b *testing.B) {
	for _, q := range []struct{ name, text string }{
		{"word", "градиент"}, {"two words", "энтропия 37 сжатие"}, {"rare", "градиент17"}, {"two letters", "шаг зн"}, {"letter", "ж"}, {"nothing", "параграф"},
	} {
		b.Run(q.name, func(b *testing.B) {
			c, _ := large(b)
			if _, err := c.Search(context.Background(), collection.Query{Text: q.text}); err != nil { // the texts are in memory now
				b.Fatal(err)
			}
			total := 0
			for b.Loop() {
				f, err := c.Search(context.Background(), collection.Query{Text: q.text})
				if err != nil {
					b.Fatal(err)
				}
				total = f.Total
			}
			b.ReportMetric(float64(total), "hits")
		})
	}
}

func BenchmarkRebuild(b *testing.B) {
	c, _ := large(b)
	for b.Loop() {
		if n, err := c.Rebuild(context.Background(), nil); err != nil || n != 0 {
			b.Fatal(n, err)
		}
	}
}
