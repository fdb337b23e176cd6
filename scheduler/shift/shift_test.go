package shift_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"lectern/scheduler/forecast"
	"lectern/scheduler/kernel"
	"lectern/scheduler/shift"
)

func model(tb interface{ Fatal(...any) }) kernel.Model {
	m, err := kernel.New(kernel.FSRS6, nil)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

// card was answered last days ago and comes back on a day; its stability is its
// interval, as at a retention of 90 %.
func card(last, due int) forecast.Card {
	return forecast.Card{State: kernel.State{S: float64(last + due), D: 5}, Last: -last, Due: due, Interval: last + due}
}

var settings = forecast.Settings{MaxInterval: 365}

func anyCards(t *rapid.T) []forecast.Card {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) forecast.Card {
		if rapid.IntRange(0, 9).Draw(t, "new") == 0 {
			return forecast.Card{}
		}
		day := rapid.OneOf(rapid.IntRange(-30, 30), rapid.Int())
		return forecast.Card{
			State: kernel.State{S: rapid.Float64Range(0.001, 1e5).Draw(t, "S"), D: rapid.Float64Range(1, 10).Draw(t, "D")},
			Last:  day.Draw(t, "last"), Due: day.Draw(t, "due"), Interval: day.Draw(t, "interval"),
		}
	}), 0, 100).Draw(t, "cards")
}

// checkMoves holds what every way of moving keeps: each card once and none of
// them new, no day in the past, none beyond the longest interval.
func checkMoves(t *rapid.T, cards []forecast.Card, s forecast.Settings, list []shift.Move) {
	seen := map[int]bool{}
	for _, m := range list {
		if seen[m.Card] || cards[m.Card].New() || m.Day < 0 {
			t.Fatalf("moves %+v", list)
		}
		seen[m.Card] = true
		if last := min(0, cards[m.Card].Last); m.Day > 0 && m.Day > s.MaxInterval+last {
			t.Fatalf("card %+v moves to day %d", cards[m.Card], m.Day)
		}
	}
}

func TestMoveLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cards, m := anyCards(t), model(t)
		s := forecast.Settings{MaxInterval: rapid.IntRange(1, 400).Draw(t, "longest")}
		n := rapid.IntRange(-1, 120).Draw(t, "n")

		later := shift.Postpone(cards, n, m, 0.9, s, 1)
		checkMoves(t, cards, s, later.List)
		for _, move := range later.List {
			if cards[move.Card].Due > 0 || move.Day < 1 {
				t.Fatalf("card %+v is postponed to day %d", cards[move.Card], move.Day)
			}
		}
		earlier := shift.Advance(cards, n, m, 0.9)
		checkMoves(t, cards, s, earlier.List)
		for _, move := range earlier.List {
			if cards[move.Card].Due <= 0 || move.Day != 0 {
				t.Fatalf("card %+v is advanced to day %d", cards[move.Card], move.Day)
			}
		}
		if len(later.List) > max(0, n) || len(earlier.List) > max(0, n) || later.Safe > len(later.List) || earlier.Safe > len(earlier.List) {
			t.Fatalf("of %d: %+v and %+v", n, later, earlier)
		}

		most := rapid.IntRange(0, 20).Draw(t, "most")
		if rapid.Bool().Draw(t, "easy") {
			s.EasyDays = []float64{1, 1, 1, 1, 1, 0.5, 0}
		}
		flat := shift.Flatten(cards, most, s)
		checkMoves(t, cards, s, flat)
		load := map[int]int{}
		moved := map[int]int{}
		for _, move := range flat {
			moved[move.Card] = move.Day
			if max(0, cards[move.Card].Due) > move.Day {
				t.Fatalf("card %+v comes earlier, on day %d", cards[move.Card], move.Day)
			}
		}
		for i, c := range cards {
			day, ok := moved[i]
			if !ok {
				day = max(0, c.Due)
			}
			if !c.New() && day < 1000 {
				load[day]++
			}
		}
		for _, day := range moved {
			if load[day] > most {
				t.Fatalf("a card moves to day %d, which has %d of %d", day, load[day], most)
			}
		}

		begins, days := rapid.IntRange(-5, 20).Draw(t, "begins"), rapid.IntRange(-1, 20).Draw(t, "days")
		away := shift.Break(cards, begins, days, rapid.IntRange(-1, 10).Draw(t, "spread"), s)
		checkMoves(t, cards, s, away)
		for _, move := range away {
			if move.Day >= max(0, begins) && move.Day < max(0, begins)+days {
				t.Fatalf("day %d is in the break of %d days from %d", move.Day, days, begins)
			}
		}
	})
}

func TestPostponeLeastOverdueFirst(t *testing.T) {
	cards := []forecast.Card{card(30, -20), card(100, 0), card(10, 0), {}, card(5, 3), card(400, 0)}
	m := shift.Postpone(cards, 10, model(t), 0.9, settings, 7)
	var order []int
	for _, move := range m.List {
		order = append(order, move.Card)
	}
	// The card that has had the longest interval cannot wait any longer.
	if len(order) != 3 || order[2] != 0 || m.Safe != 2 {
		t.Fatalf("%+v", m)
	}
	for _, move := range m.List {
		switch {
		case move.Card == 1 && (move.Day < 5 || move.Day > 10), move.Card == 2 && move.Day != 1, move.Card == 0 && move.Day != 1:
			t.Errorf("card %+v moves to day %d", cards[move.Card], move.Day)
		}
	}
	if few := shift.Postpone(cards, 1, model(t), 0.9, settings, 7); len(few.List) != 1 || few.List[0] != m.List[0] {
		t.Errorf("one of them: %+v", few)
	}
}

func TestAdvanceNearestFirst(t *testing.T) {
	cards := []forecast.Card{card(50, 50), card(95, 5), card(0, 3), card(10, 0), {}}
	m := shift.Advance(cards, 10, model(t), 0.9)
	if len(m.List) != 2 || m.List[0] != (shift.Move{Card: 1, Day: 0}) || m.List[1].Card != 0 || m.Safe != 1 {
		t.Errorf("%+v", m)
	}
}

// The overdue fill the first days with room, the weakest first; what is too much
// on a day moves on, the strongest first.
func TestFlatten(t *testing.T) {
	var cards []forecast.Card
	for i := range 10 {
		cards = append(cards, forecast.Card{State: kernel.State{S: float64(10 - i), D: 5}, Last: -20, Due: -10})
	}
	for i := range 5 {
		cards = append(cards, forecast.Card{State: kernel.State{S: float64(50 - i), D: 5}, Last: -10, Due: 2})
	}
	on := map[int]int{}
	for _, m := range shift.Flatten(cards, 4, settings) {
		on[m.Card] = m.Day
	}
	// Days 0 and 1 take the eight weakest, day 2 is full with its own four.
	for i, want := range map[int]int{5: 1, 2: 1, 1: 3, 0: 3, 10: 3} {
		if on[i] != want {
			t.Errorf("card %d moves to day %d, want %d", i, on[i], want)
		}
	}
	for _, i := range []int{9, 8, 7, 6, 11, 12, 13, 14} { // today, or on their own day
		if day, moved := on[i]; moved {
			t.Errorf("card %d moves to day %d", i, day)
		}
	}
}

func TestBreak(t *testing.T) {
	cards := []forecast.Card{card(1, 11), card(40, 15), card(300, 19), card(60, 25), card(3, 5), {}}
	on := map[int]int{}
	for _, m := range shift.Break(cards, 10, 10, 3, settings) {
		on[m.Card] = m.Day
	}
	if len(on) != 3 || on[0] != 9 || on[1] != 20 && on[1] != 8 || on[2] != 20 && on[2] != 21 {
		t.Errorf("%v", on)
	}
	if moves := shift.Break(cards, 10, 10, 0, settings); len(moves) != 0 {
		t.Errorf("no days to go to: %v", moves)
	}
	// A hundred cards come back on six days, none of which gets more than its share.
	cards = nil
	for i := range 100 {
		cards = append(cards, card(20, 10+i%10))
	}
	load := map[int]int{}
	for _, m := range shift.Break(cards, 10, 10, 3, settings) {
		load[m.Day]++
	}
	if len(load) != 6 {
		t.Errorf("%v", load)
	}
	for day, n := range load {
		if n > 17 {
			t.Errorf("day %d gets %d", day, n)
		}
	}
}

func TestManyCards(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds under the race detector")
	}
	cards := make([]forecast.Card, 1_000_000)
	for i := range cards {
		cards[i] = forecast.Card{State: kernel.State{S: float64(i + 1), D: math.NaN()}, Last: -(i % 3000), Due: i%60 - 30, Interval: i % 100}
	}
	s := forecast.DefaultSettings()
	if n := len(shift.Flatten(cards, 1000, s)); n < 400_000 {
		t.Errorf("%d cards moved", n)
	}
	if n := len(shift.Postpone(cards, len(cards), model(t), 0.9, s, 1).List); n < 400_000 {
		t.Errorf("%d cards postponed", n)
	}
	if n := len(shift.Break(cards, 5, 10, 7, s)); n < 100_000 {
		t.Errorf("%d cards moved away from the break", n)
	}
	if n := len(shift.Flatten(cards[:1000], 0, s)); n != 0 {
		t.Errorf("without room %d cards moved", n)
	}
}
