package queue_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"lectern/scheduler"
	"lectern/scheduler/queue"
)

// large is a collection of 100,000 cards in ten decks of twenty sections, a
// third of them due.
func large(b *testing.B, change func(*scheduler.Preset)) *desk {
	b.Helper()
	p := preset(func(p *scheduler.Preset) {
		p.NewPerDay, p.ReviewsPerDay = 100, 9999
		if change != nil {
			change(p)
		}
	})
	r := rules(b, p)
	rnd := rand.New(rand.NewPCG(1, 2))
	d := &desk{order: p, nodes: []queue.Node{{Parent: -1, Limit: queue.Amount{New: queue.NoLimit, Reviews: queue.NoLimit}}}}
	for range 10 {
		deck := int32(len(d.nodes))
		d.nodes = append(d.nodes, queue.Node{Limit: queue.Amount{New: p.NewPerDay, Reviews: p.ReviewsPerDay}, Rules: r})
		for range 20 {
			d.nodes = append(d.nodes, queue.Node{Parent: deck, Limit: queue.Amount{New: queue.NoLimit, Reviews: queue.NoLimit}, Rules: r})
			for range 500 {
				i := int32(len(d.cards))
				c := queue.Card{Node: int32(len(d.nodes) - 1), Skip: -1, Seed: rnd.Uint64(), From: i, To: i + 1}
				if i%2 == 1 {
					c.From--
					d.cards[i-1].To++
				}
				if rnd.IntN(10) > 0 {
					due := today + scheduler.Day(rnd.IntN(60)-20)
					c.Card = scheduler.Card{
						Phase: scheduler.Review, State: scheduler.State{S: 1 + 50*rnd.Float64(), D: 1 + 9*rnd.Float64()},
						DueDay: due, Days: 10, LastDay: due - 10, Reps: 3,
					}
				}
				d.cards = append(d.cards, c)
			}
		}
	}
	return d
}

func BenchmarkBuild(b *testing.B) {
	for _, order := range []scheduler.ReviewOrder{scheduler.ReviewsByDay, scheduler.ReviewsLeastKnown, scheduler.ReviewsOverdue} {
		name := string(order)
		if name == "" {
			name = "day"
		}
		b.Run(name, func(b *testing.B) {
			d := large(b, func(p *scheduler.Preset) { p.ReviewOrder = order })
			for b.Loop() {
				queue.Build(d, d.options())
			}
		})
	}
	b.Run("count", func(b *testing.B) {
		d := large(b, nil)
		o := d.options()
		o.CountOnly = true
		for b.Loop() {
			queue.Build(d, o)
		}
	})
}

// BenchmarkNext is an answer told and the next card asked for.
func BenchmarkNext(b *testing.B) {
	d := large(b, nil)
	q := queue.Build(d, d.options())
	now := noon
	for b.Loop() {
		i := q.Next(now)
		if i < 0 {
			b.StopTimer()
			d = large(b, nil)
			q = queue.Build(d, d.options())
			b.StartTimer()
			continue
		}
		c := &d.cards[i]
		c.DueDay, c.Reps, c.LastDay, c.Phase = today+20, c.Reps+1, today, scheduler.Review
		now = now.Add(time.Second)
		q.Answered(i, now)
	}
}
