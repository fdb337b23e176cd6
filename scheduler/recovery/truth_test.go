package recovery_test

import (
	"cmp"
	"flag"
	"slices"
	"testing"

	"lectern/scheduler/forecast"
	"lectern/scheduler/internal/student"
	"lectern/scheduler/kernel"
	"lectern/scheduler/recovery"
)

var students = flag.Int("students", 12, "how many simulated students come back")

func model(tb testing.TB, name string) kernel.Model {
	tb.Helper()
	m, err := kernel.New(name, nil)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

// returning is a student who studied for a while and then stayed away, and what
// the program knows of his cards today.
type returning struct {
	desk  *student.Desk
	today int
	req   recovery.Request
}

func comeBack(tb testing.TB, seed uint64, studied, away, days int) returning {
	m := model(tb, kernel.FSRS6)
	d := student.NewDesk(student.New(seed), m, 0.9, 2000)
	d.Live(0, studied, 8, 1000)
	log, err := d.History()
	if err != nil {
		tb.Fatal(err)
	}
	b := returning{desk: d, today: studied + away, req: recovery.Request{
		Days: days, Model: m, Retention: 0.9, Habits: forecast.HabitsOf(log, 0, forecast.DefaultHabits()), Settings: forecast.DefaultSettings(),
	}}
	for _, c := range d.Cards {
		card := forecast.Card{}
		if c.Answers > 0 {
			card = forecast.Card{State: c.State, Last: c.Last - b.today, Due: c.Due - b.today, Interval: c.Interval}
		}
		b.req.Cards = append(b.req.Cards, card)
	}
	return b
}

// order is by what cards that wait are asked: the lowest first.
type order struct {
	name string
	key  func(b *returning, c forecast.Card, day int) float64
}

var orders = []order{
	{"due date", func(_ *returning, c forecast.Card, _ int) float64 { return float64(c.Due) }},
	{"recall, highest first", func(b *returning, c forecast.Card, day int) float64 { return -c.RecallOn(b.req.Model, day) }},
	{"recall, lowest first", func(b *returning, c forecast.Card, day int) float64 { return c.RecallOn(b.req.Model, day) }},
	{"relative overdueness", func(b *returning, c forecast.Card, day int) float64 {
		return -float64(day-c.Last) / b.req.Model.Interval(c.State, 0.9)
	}},
	{"loss of a day", func(b *returning, c forecast.Card, day int) float64 {
		return c.RecallOn(b.req.Model, day+1) - c.RecallOn(b.req.Model, day)
	}},
}

// forgotten asks the cards of the plan in another order, as many each day as the
// plan does, and returns how many are truly to be expected forgotten then, and
// what the model expects.
func (b *returning) forgotten(plan *recovery.Plan, key func(card, day int) float64) (truly, model, asked float64) {
	done := map[int]bool{}
	for day := range b.req.Days {
		var list []int
		room := 0
		for card, on := range plan.On {
			if on == day {
				room++
			}
			if on >= 0 && !done[card] && b.req.Cards[card].Due <= day {
				list = append(list, card)
			}
		}
		slices.SortStableFunc(list, func(x, y int) int { return cmp.Compare(key(x, day), key(y, day)) })
		for _, card := range list[:min(room, len(list))] {
			done[card] = true
			asked++
			truly += 1 - b.desk.Recall(card, float64(b.today+day)+0.5)
			model += 1 - b.req.Cards[card].RecallOn(b.req.Model, day)
		}
	}
	for card, on := range plan.On {
		if on >= 0 && !done[card] {
			asked++
			truly += 1 - b.desk.Recall(card, float64(b.today+b.req.Days)+0.5)
			model += 1 - b.req.Cards[card].RecallOn(b.req.Model, b.req.Days)
		}
	}
	return truly, model, asked
}

// Of students whose memory is not the model's fewer cards are forgotten by the
// plan than in the order of due dates, and than in the other orders in use. Each
// asks as many cards a day. With -v the figures are printed, with -args
// -students N for more of them.
func TestPlanForgetsLeast(t *testing.T) {
	for _, away := range []int{5, 14, 40} {
		for _, days := range recovery.Choices {
			var asked, planned, expected float64
			by, expectedBy := make([]float64, len(orders)), make([]float64, len(orders))
			wins := 0
			for seed := range *students {
				b := comeBack(t, uint64(seed+50), 120, away, days)
				plan, err := recovery.Make(t.Context(), b.req)
				if err != nil {
					t.Fatal(err)
				}
				f, e, n := b.forgotten(plan, func(card, day int) float64 { return float64(plan.On[card]) })
				planned, expected, asked = planned+f, expected+e, asked+n
				for i, o := range orders {
					g, e, _ := b.forgotten(plan, func(card, day int) float64 { return o.key(&b, b.req.Cards[card], day) })
					by[i] += g
					expectedBy[i] += e
					if i == 0 && f < g {
						wins++
					}
				}
			}
			n := float64(*students)
			t.Logf("%2d days away, back in %2d: of %.0f cards the plan forgets %.2f (expected %.2f), fewer than by due date for %d of %d students",
				away, days, asked/n, planned/n, expected/n, wins, *students)
			for i, o := range orders {
				t.Logf("    by %-22s %.2f (%.2f)", o.name, by[i]/n, expectedBy[i]/n)
			}
			if planned >= by[0] {
				t.Errorf("%d days away, back in %d: %.1f forgotten by the plan, %.1f by due date", away, days, planned, by[0])
			}
		}
	}
}

// live goes through the plan in an order and six weeks beyond it, with all that
// comes back meanwhile, and returns what it took and what is known then.
func (b *returning) live(plan *recovery.Plan, key func(card, day int) float64) (forgotten, minutes, known float64) {
	const beyond = 42
	d := b.desk.Clone()
	done := map[int]bool{}
	var all []int
	for card, on := range plan.On {
		if !b.req.Cards[card].New() {
			all = append(all, card)
		}
		done[card] = on < 0
	}
	for day := range b.req.Days + beyond {
		var list, back []int
		room := 0
		for _, card := range d.Due(b.today + day) {
			if done[card] {
				back = append(back, card)
			} else {
				list = append(list, card)
			}
		}
		for _, on := range plan.On {
			if on == day {
				room++
			}
		}
		slices.SortStableFunc(list, func(x, y int) int { return cmp.Compare(key(x, day), key(y, day)) })
		for _, card := range append(back, list[:min(room, len(list))]...) {
			done[card] = true
			seconds, recalled := d.Study(card, float64(b.today+day)+0.5)
			minutes += seconds / 60
			if !recalled {
				forgotten++
			}
		}
	}
	return forgotten, minutes, d.Known(all, float64(b.today+b.req.Days+beyond)) * float64(len(all))
}

// What the plan saves is not paid for in the weeks after it.
func TestNothingToPayLater(t *testing.T) {
	if testing.Short() {
		t.Skip("many days")
	}
	var byPlan, byDue [3]float64
	for seed := range *students {
		for _, days := range recovery.Choices {
			b := comeBack(t, uint64(seed+50), 120, 14, days)
			plan, err := recovery.Make(t.Context(), b.req)
			if err != nil {
				t.Fatal(err)
			}
			forgotten, minutes, known := b.live(plan, func(card, _ int) float64 { return float64(plan.On[card]) })
			byPlan = [3]float64{byPlan[0] + forgotten, byPlan[1] + minutes, byPlan[2] + known}
			forgotten, minutes, known = b.live(plan, func(card, _ int) float64 { return float64(b.req.Cards[card].Due) })
			byDue = [3]float64{byDue[0] + forgotten, byDue[1] + minutes, byDue[2] + known}
		}
	}
	n := float64(*students * len(recovery.Choices))
	t.Logf("six weeks on: by the plan %.1f forgotten in %.1f minutes, %.1f known; by due date %.1f in %.1f, %.1f known",
		byPlan[0]/n, byPlan[1]/n, byPlan[2]/n, byDue[0]/n, byDue[1]/n, byDue[2]/n)
	if byPlan[0] > byDue[0] || byPlan[1] > byDue[1] || byPlan[2] < 0.998*byDue[2] {
		t.Error("the plan is paid for later")
	}
}
