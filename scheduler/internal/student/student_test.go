package student

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"lectern/scheduler/kernel"
)

func desk(t *testing.T, seed uint64, cards int) *Desk {
	t.Helper()
	model, err := kernel.New(kernel.FSRS6, nil)
	if err != nil {
		t.Fatal(err)
	}
	return NewDesk(New(seed), model, 0.9, cards)
}

func TestSameSeedSameStudent(t *testing.T) {
	a, b, other := desk(t, 7, 100), desk(t, 7, 100), desk(t, 8, 100)
	for _, d := range []*Desk{a, b, other} {
		d.Live(0, 60, 5, 100)
	}
	if len(a.Log) < 100 || !slices.Equal(a.Log, b.Log) {
		t.Errorf("two students of one seed gave %d and %d answers, or other ones", len(a.Log), len(b.Log))
	}
	if slices.Equal(a.Log, other.Log) {
		t.Error("students of two seeds answered alike")
	}
}

func TestCloneGoesItsOwnWay(t *testing.T) {
	a := desk(t, 3, 50)
	a.Live(0, 30, 5, 100)
	b := a.Clone()
	before := a.Known(b.Due(40), 40)
	b.Live(30, 20, 0, 100)
	if got := a.Known(a.Due(40), 40); got != before {
		t.Errorf("the clone's study changed the student: %v, before %v", got, before)
	}
	a.Log = nil
	a.Live(30, 20, 0, 100)
	if !slices.Equal(a.Log, b.Log) {
		t.Error("the clone answered otherwise")
	}
}

// What a card is answered does not depend on what was asked between.
func TestAnswersDoNotDependOnOrder(t *testing.T) {
	a, b := New(5), New(5)
	for card := range 50 {
		b.Answer(49-card, 0.5)
		a.Answer(card, 0.5)
	}
	for card := range 50 {
		b.Answer(card, 3.5)
	}
	for card := range 50 {
		a.Answer(49-card, 3.5)
	}
	for card := range 50 {
		if x, y := a.Recall(card, 9), b.Recall(card, 9); x != y {
			t.Errorf("card %d: %v and %v", card, x, y)
		}
	}
}

// The recall that is called true is how often cards are recalled.
func TestRecallIsTrue(t *testing.T) {
	var promised, kept float64
	n := 0
	for seed := range uint64(40) {
		d := desk(t, seed, 300)
		d.Live(0, 40, 10, 1000)
		for day := 40; day < 44; day++ {
			for card := range d.Cards {
				if d.Cards[card].Answers == 0 || d.Student.traits.hardForAgain > 0 {
					continue
				}
				at := float64(day) + 0.5
				promised += d.Student.Recall(card, at)
				if grade, _ := d.Answer(card, at); grade > 1 {
					kept++
				}
				n++
			}
		}
	}
	if n < 10000 || math.Abs(promised-kept)/float64(n) > 0.01 {
		t.Errorf("of %d answers %.0f should have been right, %.0f were", n, promised, kept)
	}
}

func TestForgetting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(rapid.Uint64().Draw(t, "seed"))
		at := 0.4
		for range rapid.IntRange(1, 10).Draw(t, "answers") {
			grade, took := s.Answer(1, at)
			if grade < 1 || grade > 4 || took < 600e6 || took > 60e9 {
				t.Fatalf("grade %d after %v", grade, took)
			}
			at += rapid.Float64Range(0, 100).Draw(t, "days")
		}
		last := at
		at = math.Floor(at) + 1 // from the next day on the curve is one
		for r := s.Recall(1, at); at < last+1000; at += 10 {
			next := s.Recall(1, at+10)
			if !(next > 0 && next < 1 && next <= r) {
				t.Fatalf("recall %v, ten days later %v", r, next)
			}
			r = next
		}
		if s.Recall(2, at) != 0 {
			t.Fatal("a card never seen is recalled")
		}
	})
}

// Students are as different as those whose logs the models are judged on: they
// recall most of what a scheduler asks, not the same share of it.
func TestStudentsDiffer(t *testing.T) {
	least, most := 1.0, 0.0
	for seed := range uint64(30) {
		d := desk(t, seed, 300)
		d.Live(0, 150, 5, 1000)
		asked, recalled := 0, 0
		for _, row := range d.Log {
			if row.Phase == 2 {
				asked++
				if row.Grade > 1 {
					recalled++
				}
			}
		}
		share := float64(recalled) / float64(asked)
		if asked < 100 || share < 0.5 || share > 0.99 {
			t.Errorf("student %d recalled %.2f of %d", seed, share, asked)
		}
		least, most = min(least, share), max(most, share)
	}
	if most-least < 0.1 {
		t.Errorf("all students recall between %.2f and %.2f", least, most)
	}
}
