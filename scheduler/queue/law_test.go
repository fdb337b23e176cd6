package queue_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lectern/scheduler"
	"lectern/scheduler/queue"
	"pgregory.net/rapid"
)

func drawDesk(t *rapid.T, tb testing.TB) *desk {
	p := preset(func(p *scheduler.Preset) {
		p.NewPerDay = rapid.IntRange(0, 6).Draw(t, "new")
		p.ReviewsPerDay = rapid.IntRange(0, 12).Draw(t, "reviews")
		p.BurySiblings = rapid.Bool().Draw(t, "bury")
		p.NewBeyond = rapid.Bool().Draw(t, "beyond")
		p.NewOrder = rapid.SampledFrom(scheduler.NewOrders).Draw(t, "new order")
		p.ReviewOrder = rapid.SampledFrom(scheduler.ReviewOrders).Draw(t, "review order")
		p.NewMix = rapid.SampledFrom(scheduler.Mixes).Draw(t, "mix")
		p.StepMix = rapid.SampledFrom(scheduler.Mixes).Draw(t, "step mix")
	})
	words := func(label string, first rune) string {
		var out []string
		for k := range rapid.IntRange(0, 12).Draw(t, label) {
			note := first + rune(k/rapid.IntRange(1, 3).Draw(t, "siblings"))
			kind := rapid.SampledFrom([]string{"new", "r-9", "r-2", "r-1", "r+0", "r+3", "d-1", "s-5", "s+7", "s+40"}).Draw(t, "kind")
			out = append(out, fmt.Sprintf("%c:%s", note, kind))
		}
		return strings.Join(out, " ")
	}
	d := newDesk(tb, p, words("first", 'a'))
	d.deck(tb, 1, queue.Amount{New: rapid.IntRange(0, 3).Draw(t, "limit"), Reviews: queue.NoLimit}, words("section", 'A'))
	if len(d.cards) > 0 {
		for range rapid.IntRange(0, 3).Draw(t, "links") {
			name := rapid.SampledFrom(d.names)
			if a, b := name.Draw(t, "a")[:1], name.Draw(t, "b")[:1]; a != b {
				d.link(tb, a, b)
			}
		}
	}
	return d
}

// Counting without the order counts what the order lets through, and all that
// is counted is served, once, within the limits.
func TestLawCountedIsServed(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := drawDesk(rt, t)
		o := d.options()
		q := queue.Build(d, o)
		o.CountOnly = true
		counted, queued := queue.Build(d, o).Left(), q.Left()
		counted.Unanswered, queued.Unanswered = 0, 0 // which cards come is not known to who only counts
		if counted != queued {
			rt.Fatalf("counted %+v, queued %+v", counted, queued)
		}
		want := q.Left()
		waits := map[string]bool{}
		q.Cards(func(i int32) { waits[d.names[i]+fmt.Sprint(i)] = true })
		if len(waits) != want.Total() {
			rt.Fatalf("%d cards for %+v", len(waits), want)
		}
		served := map[int32]int{}
		news, reviews := 0, 0
		for now := noon; ; now = now.Add(time.Minute) {
			i := q.Next(now)
			if i < 0 {
				if s := q.Soonest(); !s.IsZero() {
					now = s
					continue
				}
				break
			}
			switch c := d.cards[i]; {
			case c.Phase == scheduler.New:
				news++
			case c.Phase == scheduler.Review || c.Due.IsZero():
				reviews++
			}
			served[i]++
			d.answer(q, i, scheduler.Easy, now)
		}
		for i, n := range served {
			if n != 1 || !waits[d.names[i]+fmt.Sprint(i)] {
				rt.Fatalf("card %s served %d times, waited: %v", d.names[i], n, waits)
			}
		}
		if len(served) != want.Total() {
			rt.Fatalf("%d served of %+v", len(served), want)
		}
		if news > d.order.NewPerDay || reviews > d.order.ReviewsPerDay || !d.order.NewBeyond && news+reviews > d.order.ReviewsPerDay && news > 0 {
			rt.Fatalf("%d new and %d reviews under the limits %d and %d", news, reviews, d.order.NewPerDay, d.order.ReviewsPerDay)
		}
		if left := q.Left(); left.Total() != 0 || left.Unanswered != 0 {
			rt.Fatalf("at the end %+v is left", left)
		}
	})
}

// A queue that is built anew in the middle of a session, as after a restart,
// goes on with the same cards.
func TestLawRebuiltQueueGoesOn(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := drawDesk(rt, t)
		q := queue.Build(d, d.options())
		now := noon
		for range rapid.IntRange(0, 8).Draw(rt, "answers") {
			i := q.Next(now)
			if i < 0 {
				break
			}
			was := d.cards[i]
			d.answer(q, i, rapid.SampledFrom(scheduler.Grades[:]).Draw(rt, "grade"), now)
			for n := was.Node; n >= 0; n = d.nodes[n].Parent {
				switch {
				case was.Phase == scheduler.New:
					d.nodes[n].Done.New++
				case was.Phase == scheduler.Review || was.Due.IsZero():
					d.nodes[n].Done.Reviews++
				}
			}
			now = now.Add(time.Minute)
		}
		o := d.options()
		o.Now = now
		again := queue.Build(d, o)
		have, want := map[int32]bool{}, map[int32]bool{}
		again.Cards(func(i int32) { have[i] = true })
		q.Cards(func(i int32) { want[i] = true })
		for i := range want {
			if !have[i] {
				rt.Fatalf("card %s is no longer there", d.names[i])
			}
		}
	})
}
