package scheduler

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestInherit(t *testing.T) {
	s, err := NewScheduler(DefaultPreset())
	if err != nil {
		t.Fatal(err)
	}
	at := MomentOf(time.Date(2027, 3, 10, 12, 0, 0, 0, time.UTC))
	today := s.Day(at)
	from := Memory{State: State{S: 20, D: 6}, Last: at.Time.AddDate(0, 0, -8), Day: today - 8}
	for _, c := range []struct {
		name      string
		memory    Memory
		day, want Day
		stability float64
		interval  int
	}{
		{"as it was", from, today + 12, today + 12, 20, 20},
		{"a part", from.Split(), today + 5, today + 5, 14, 13},
		{"overdue", from, today - 3, today, 20, 8},
		{"far away", from, today + 10*maxDays, today + maxDays, 20, maxDays},
		{"the weaker of two", from.Join(Memory{State: State{S: 3, D: 2}, Last: at.Time, Day: today}), today, today, 3, 1},
	} {
		got := s.Inherit(at, c.memory, c.day)
		if got.Phase != Review || got.DueDay != c.want || got.State.S != c.stability || got.State.D != 6 || got.Days != c.interval || got.Reps != 0 || got.Lapses != 0 || !got.Due.IsZero() {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// What is asked next of an inherited card follows from the memory it was given: recall
// falls with the days, and an answer leads to a state of its own.
func TestInheritIsMemory(t *testing.T) {
	for _, model := range []string{"fsrs5", "fsrs6", "fsrs7"} {
		p := DefaultPreset()
		p.Model = model
		s, err := NewScheduler(p)
		if err != nil {
			t.Fatal(err)
		}
		rapid.Check(t, func(t *rapid.T) {
			at := MomentOf(time.Date(2027, 3, 10, 12, 0, 0, 0, time.UTC))
			draw := func(what string) Memory {
				ago := rapid.IntRange(0, 400).Draw(t, what+" days ago")
				return Memory{State: State{S: rapid.Float64Range(0.1, 3000).Draw(t, what+" S"), D: rapid.Float64Range(1, 10).Draw(t, what+" D")},
					Last: at.Time.AddDate(0, 0, -ago), Day: s.Day(at) - Day(ago)}
			}
			x, y := draw("x"), draw("y")
			both := x.Join(y)
			if both.State.S != min(x.State.S, y.State.S) || both.State.D != max(x.State.D, y.State.D) || both != y.Join(x) && x.State.S != y.State.S {
				t.Fatalf("%+v and %+v join to %+v", x, y, both)
			}
			c := s.Inherit(at, x.Split(), s.Day(at)+Day(rapid.IntRange(-5, 50).Draw(t, "day")))
			before := s.Recall(c, s.Day(at))
			if later := s.Recall(c, s.Day(at)+30); !(before > 0 && before <= 1 && later < before) {
				t.Fatalf("recall %v, a month later %v", before, later)
			}
			after := s.Apply(c, Answer{At: at, Grade: Good}, 0)
			if !(after.State.S > 0) || after.Reps != 1 || after.Phase != Review {
				t.Fatalf("an answer leads from %+v to %+v", c, after)
			}
		})
	}
}
