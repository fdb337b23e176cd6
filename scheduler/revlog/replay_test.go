package revlog_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"lectern/scheduler/kernel"
	"lectern/scheduler/revlog"
)

const day = 86_400_000

func TestReplay(t *testing.T) {
	var l revlog.Log
	for _, r := range []struct {
		card  string
		days  float64
		grade uint8
		state revlog.State
	}{
		{"a", 100.5, 3, revlog.New},
		{"b", 100.6, 1, revlog.New},
		{"a", 100.7, 3, revlog.Learning},
		{"a", 103.2, 1, revlog.Cram},
		{"b", 104.1, 3, revlog.Review},
		{"a", 107.5, 4, revlog.Review},
		{"b", 104.1, 2, revlog.Review}, // in the same moment as the other
		{"a", 110.0, 2, revlog.New},    // reset
		{"a", 112.9, 3, revlog.Review},
	} {
		if err := l.Add(r.card, revlog.Answer{Time: int64(r.days * day), Grade: r.grade, State: r.state}); err != nil {
			t.Fatal(err)
		}
	}
	l.Sort()
	for _, name := range kernel.Names {
		m, err := kernel.New(name, nil)
		if err != nil {
			t.Fatal(err)
		}
		// The same answers by hand: study days, and the time elapsed.
		type step struct {
			card   string
			days   float64
			spent  float64
			grade  int
			moves  bool // the memory
			begins bool
		}
		want := []step{
			{"a", 0, 0, 3, true, true}, {"b", 0, 0, 1, true, true}, {"a", 0, 0.2, 3, true, false},
			{"a", 3, 2.5, 1, false, false}, {"b", 4, 3.5, 3, true, false}, {"b", 0, 0, 2, true, false},
			{"a", 7, 6.8, 4, true, false}, {"a", 0, 0, 2, true, true}, {"a", 2, 2.9, 3, true, false},
		}
		states := map[string]kernel.State{}
		l.Replay(m, 0, func(i int, mem revlog.Memory) {
			w := want[i]
			days := w.days
			if m.Fractional() {
				days = w.spent
			}
			before := states[w.card]
			if w.begins {
				before = kernel.State{}
			}
			after := before
			if w.moves {
				after = m.Next(before, mem.Days, w.grade)
			}
			states[w.card] = after
			off := mem.Days - days
			if l.ID(l.Answers[i].Card) != w.card || mem.First != w.begins || off > 1e-6 || off < -1e-6 || mem.State != after || mem.Recall != m.Recall(before, mem.Days) {
				t.Errorf("%s, answer %d: %+v, want %+v to %+v", name, i, mem, before, after)
			}
		})
	}
}

// A card does not mind the others: each alone is replayed as all together.
func TestReplayIsPerCard(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	var all revlog.Log
	alone := make([]revlog.Log, 20)
	for range 2000 {
		c := rng.IntN(len(alone))
		a := revlog.Answer{Time: rng.Int64N(2000 * day), Grade: uint8(1 + rng.IntN(4)), State: revlog.State(1 + rng.IntN(3)), Zone: int16(60 * rng.IntN(12))}
		for _, l := range []*revlog.Log{&all, &alone[c]} {
			if err := l.Add(fmt.Sprint(c), a); err != nil {
				t.Fatal(err)
			}
		}
	}
	m, err := kernel.New(kernel.FSRS6, nil)
	if err != nil {
		t.Fatal(err)
	}
	all.Sort()
	together := map[string][]revlog.Memory{}
	all.Replay(m, 4, func(i int, mem revlog.Memory) {
		id := all.ID(all.Answers[i].Card)
		together[id] = append(together[id], mem)
	})
	for c := range alone {
		alone[c].Sort()
		n := 0
		alone[c].Replay(m, 4, func(_ int, mem revlog.Memory) {
			if got := together[fmt.Sprint(c)][n]; got != mem {
				t.Fatalf("card %d, answer %d: %+v, alone %+v", c, n, got, mem)
			}
			n++
		})
	}
}

func BenchmarkReplay(b *testing.B) {
	rng := rand.New(rand.NewPCG(5, 5))
	var l revlog.Log
	for i := range 1_000_000 {
		a := revlog.Answer{Time: int64(i) * 200_000, Grade: uint8(1 + rng.IntN(4)), State: revlog.Review}
		if err := l.Add(fmt.Sprint(rng.IntN(56_000)), a); err != nil {
			b.Fatal(err)
		}
	}
	for _, name := range kernel.Names {
		b.Run(name, func(b *testing.B) {
			m, err := kernel.New(name, nil)
			if err != nil {
				b.Fatal(err)
			}
			sum := 0.0
			for b.Loop() {
				l.Replay(m, 4, func(_ int, mem revlog.Memory) { sum += mem.State.S })
			}
			b.ReportMetric(float64(len(l.Answers))*float64(b.N)/b.Elapsed().Seconds(), "answers/s")
		})
	}
}
