package exam_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"lectern/scheduler/exam"
	"lectern/scheduler/forecast"
	"lectern/scheduler/kernel"
)

// request is an exam of cards of which a part is new, spread over sections.
func request(m kernel.Model, cards, fresh, sections, days int, minutes float64) exam.Request {
	r := rand.New(rand.NewPCG(3, 4))
	req := exam.Request{
		Cards: make([]exam.Card, cards), Days: days, Minutes: minutes, Model: m, Seed: 1,
		Habits: forecast.DefaultHabits(), Settings: forecast.DefaultSettings(), Retention: 0.9,
	}
	for i := range req.Cards {
		c := &req.Cards[i]
		c.Section = i * sections / cards
		if i >= cards-fresh {
			continue
		}
		c.State = kernel.State{S: math.Exp(2 + 1.3*r.NormFloat64()), D: 1 + 9*r.Float64()}
		if m.Name() == kernel.FSRS7 {
			c.State.Fast = 0.8 * c.State.S
		}
		c.Interval = max(1, int(m.Interval(c.State, 0.9)+0.5))
		c.Last = -r.IntN(c.Interval + 1)
		c.Due = c.Last + c.Interval
	}
	return req
}

func anyRequest(t *rapid.T) exam.Request {
	m, err := kernel.New(rapid.SampledFrom([]string{kernel.FSRS5, kernel.FSRS6, kernel.FSRS7}).Draw(t, "model"), nil)
	if err != nil {
		t.Fatal(err)
	}
	number := rapid.OneOf(rapid.Float64Range(0.01, 1000), rapid.Float64(), rapid.SampledFrom([]float64{math.NaN(), math.Inf(1), math.Inf(-1)}))
	card := rapid.Custom(func(t *rapid.T) exam.Card {
		c := exam.Card{Section: rapid.IntRange(0, 3).Draw(t, "section")}
		if rapid.Bool().Draw(t, "studied") {
			c.State = kernel.State{S: number.Draw(t, "S"), D: number.Draw(t, "D"), Fast: number.Draw(t, "fast")}
			c.Last = rapid.IntRange(-500, 5).Draw(t, "last")
			c.Due = rapid.IntRange(-500, 500).Draw(t, "due")
		}
		return c
	})
	return exam.Request{
		Cards: rapid.SliceOfN(card, 0, 30).Draw(t, "cards"), Days: rapid.IntRange(0, 25).Draw(t, "days"),
		Minutes: rapid.OneOf(rapid.Float64Range(0, 5), rapid.Float64Range(0, 1440)).Draw(t, "minutes"),
		Model:   m, Seed: rapid.Uint64().Draw(t, "seed"), Retention: rapid.Float64Range(0.01, 0.99).Draw(t, "retention"),
		Settings: forecast.Settings{
			NewPerDay: rapid.IntRange(-1, 20).Draw(t, "new"), ReviewsPerDay: rapid.IntRange(-1, 20).Draw(t, "reviews"),
			MaxInterval: rapid.IntRange(-1, 400).Draw(t, "longest"), LearningSteps: rapid.IntRange(-1, 4).Draw(t, "steps"),
			RelearningSteps: rapid.IntRange(-1, 4).Draw(t, "resteps"),
		},
	}
}

func share(x float64) bool { return x >= 0 && x <= 1+1e-9 }

func TestPlanLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		req := anyRequest(t)
		plan, err := exam.Make(context.Background(), req)
		if err != nil {
			t.Fatal(err)
		}
		if len(plan.Days) != req.Days || len(plan.Usual) != req.Days+1 {
			t.Fatalf("%d days and %d without the plan, want %d", len(plan.Days), len(plan.Usual), req.Days)
		}
		fresh := 0
		for _, c := range req.Cards {
			if c.New() {
				fresh++
			}
		}
		begun := plan.Unbegun
		for day, d := range plan.Days {
			begun += d.New
			if !(d.Minutes >= 0 && d.Minutes <= req.Minutes+1e-9) {
				t.Fatalf("day %d takes %v minutes of %v", day, d.Minutes, req.Minutes)
			}
			if !share(d.Known) || !share(plan.Usual[day]) || !(d.New >= 0 && d.Reviews >= 0 && d.New+d.Reviews <= float64(len(req.Cards))+1e-9) {
				t.Fatalf("day %d: %+v, without the plan %v", day, d, plan.Usual[day])
			}
		}
		if math.Abs(begun-float64(fresh)) > 1e-6 {
			t.Fatalf("%v cards begun or left out, %d are new", begun, fresh)
		}
		if !share(plan.Now) || !share(plan.Expected) {
			t.Fatalf("now %v, expected %v", plan.Now, plan.Expected)
		}
		seen := map[int]bool{}
		for _, card := range plan.Today {
			if card < 0 || card >= len(req.Cards) || seen[card] {
				t.Fatalf("today %v of %d cards", plan.Today, len(req.Cards))
			}
			seen[card] = true
		}
		if (req.Minutes == 0 || req.Days == 0) && len(plan.Today) > 0 {
			t.Fatalf("without time %v are asked", plan.Today)
		}
		next, minutes := 0, 0.0
		for _, s := range plan.Stages() {
			if s.From != next || s.To < s.From {
				t.Fatalf("stages %+v", plan.Stages())
			}
			next = s.To + 1
			minutes += s.Minutes * float64(next-s.From)
		}
		for _, d := range plan.Days {
			minutes -= d.Minutes
		}
		if next != req.Days || math.Abs(minutes) > 1e-6 {
			t.Fatalf("stages %+v of %d days", plan.Stages(), req.Days)
		}
		cards, expected := 0, 0.0
		for i, s := range plan.Sections {
			cards += s.Cards
			expected += s.Expected * float64(s.Cards)
			if !share(s.Now) || !share(s.Expected) || s.Start >= req.Days || s.Until >= req.Days || s.Until >= 0 && s.Start > s.Until || s.New == 0 && s.Start >= 0 {
				t.Fatalf("section %d: %+v", i, s)
			}
		}
		if cards != len(req.Cards) || cards > 0 && math.Abs(expected/float64(cards)-plan.Expected) > 1e-6 {
			t.Fatalf("%d cards in sections, together %v expected, %v in all", cards, expected/float64(cards), plan.Expected)
		}
	})
}

// More minutes bring no less, but for chance.
func TestMoreMinutesBringMore(t *testing.T) {
	for _, cards := range [][2]int{{20, 20}, {120, 40}, {600, 300}} {
		before := 0.0
		for _, minutes := range []float64{0, 0.5, 1, 2, 4, 8, 16, 32, 64} {
			plan, err := exam.Make(t.Context(), request(model(t, kernel.FSRS6), cards[0], cards[1], 4, 20, minutes))
			if err != nil {
				t.Fatal(err)
			}
			if plan.Expected < before-0.01 {
				t.Errorf("%v cards: %v minutes bring %.3f, fewer brought %.3f", cards, minutes, plan.Expected, before)
			}
			before = max(before, plan.Expected)
		}
		if before < 0.95 {
			t.Errorf("%v cards: an hour a day brings %.3f", cards, before)
		}
	}
}

func TestSamePlanForTheSame(t *testing.T) {
	req := request(model(t, kernel.FSRS6), 60, 20, 3, 15, 6)
	a, err := exam.Make(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	b, err := exam.Make(t.Context(), req)
	if err != nil || !reflect.DeepEqual(a, b) {
		t.Errorf("two plans for one exam differ (%v)", err)
	}
}

// New lectures are begun in their order and in time, and not in the last days.
func TestNewCardsInTime(t *testing.T) {
	plan, err := exam.Make(t.Context(), request(model(t, kernel.FSRS6), 200, 200, 5, 30, 12))
	if err != nil {
		t.Fatal(err)
	}
	if plan.Unbegun > 1 || plan.NewUntil < 0 || plan.NewUntil > 26 || plan.LastLook != 27 {
		t.Errorf("%.1f cards never begun, new ones until day %d, last look from %d", plan.Unbegun, plan.NewUntil, plan.LastLook)
	}
	if stages := plan.Stages(); len(stages) != 3 || stages[0].Kind != exam.Learn || stages[1].Kind != exam.Review || stages[2].Kind != exam.Last {
		t.Errorf("stages %+v", stages)
	}
	for i, s := range plan.Sections {
		if s.Start < 0 || s.Until < s.Start || i > 0 && s.Start < plan.Sections[i-1].Start {
			t.Errorf("section %d: %+v", i, s)
		}
	}
	for i, card := range plan.Today {
		if card != i {
			t.Fatalf("the first day asks %v", plan.Today)
		}
	}
	if len(plan.Today) == 0 || len(plan.Today) == 200 {
		t.Errorf("the first day asks %d cards", len(plan.Today))
	}
}

// On the eve what is weak is asked, not what will be known anyway or is lost.
func TestEveOfTheExam(t *testing.T) {
	m := model(t, kernel.FSRS6)
	req := request(m, 100, 0, 1, 1, 5)
	for i := range req.Cards {
		c := &req.Cards[i]
		c.Last, c.State = -10, kernel.State{S: 300, D: 5}
		if i%2 == 1 {
			c.State.S = 3
		}
	}
	plan, err := exam.Make(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Today) < 10 {
		t.Fatalf("%d cards asked", len(plan.Today))
	}
	for _, card := range plan.Today {
		if card%2 == 0 {
			t.Fatalf("a strong card is asked: %v", plan.Today)
		}
	}
}

func TestNeeded(t *testing.T) {
	req := request(model(t, kernel.FSRS6), 120, 60, 3, 20, 0)
	minutes, best, ok, err := exam.Needed(t.Context(), req, 0.9)
	if err != nil || !ok || minutes < 2 || minutes > 60 || best < 0.95 {
		t.Fatalf("needed: %d minutes, best %v, %v, %v", minutes, best, ok, err)
	}
	req.Minutes = float64(minutes)
	plan, err := exam.Make(t.Context(), req)
	if err != nil || plan.Expected < 0.88 {
		t.Errorf("%d minutes bring %.3f, wanted 0.9 (%v)", minutes, plan.Expected, err)
	}
	req.Minutes = float64(minutes) / 2
	if plan, err = exam.Make(t.Context(), req); err != nil || plan.Expected > 0.9 {
		t.Errorf("half of %d minutes brings %.3f as well (%v)", minutes, plan.Expected, err)
	}
	if _, best, ok, err := exam.Needed(t.Context(), req, 1); ok || err != nil || best >= 1 {
		t.Errorf("everything can be known: %v, %v, %v", best, ok, err)
	}
	if minutes, _, ok, err := exam.Needed(t.Context(), req, 0); minutes != 0 || !ok || err != nil {
		t.Errorf("nothing takes %d minutes (%v, %v)", minutes, ok, err)
	}
}

func TestRefused(t *testing.T) {
	good := request(model(t, kernel.FSRS6), 3, 1, 1, 5, 5)
	for name, change := range map[string]func(*exam.Request){
		"no model":        func(r *exam.Request) { r.Model = nil },
		"far away":        func(r *exam.Request) { r.Days = exam.MaxDays + 1 },
		"too many cards":  func(r *exam.Request) { r.Cards = make([]exam.Card, 1_000_000) },
		"minutes":         func(r *exam.Request) { r.Minutes = -1 },
		"no minutes":      func(r *exam.Request) { r.Minutes = math.NaN() },
		"retention":       func(r *exam.Request) { r.Retention = 1 },
		"section below 0": func(r *exam.Request) { r.Cards = []exam.Card{{Section: -1}} },
		"section":         func(r *exam.Request) { r.Cards = []exam.Card{{Section: math.MaxInt}} },
	} {
		req := good
		change(&req)
		if _, err := exam.Make(t.Context(), req); err == nil || errors.Is(err, exam.ErrPast) {
			t.Errorf("%s: %v", name, err)
		}
	}
	req := good
	req.Days = -1
	if _, err := exam.Make(t.Context(), req); !errors.Is(err, exam.ErrPast) {
		t.Errorf("an exam yesterday: %v", err)
	}
	if _, _, _, err := exam.Needed(t.Context(), req, 0.5); !errors.Is(err, exam.ErrPast) {
		t.Errorf("an exam yesterday: %v", err)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	req := request(model(t, kernel.FSRS6), 50, 20, 1, 10, 5)
	if _, err := exam.Make(ctx, req); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled plan: %v", err)
	}
	if _, _, _, err := exam.Needed(ctx, req, 0.9); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled search: %v", err)
	}
}

// The largest exam is planned by a part of its cards; the list of today is of all.
func TestLargeExam(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds under the race detector")
	}
	plan, err := exam.Make(t.Context(), request(model(t, kernel.FSRS6), 20_000, 0, 50, 30, 60))
	if err != nil {
		t.Fatal(err)
	}
	last := 0
	for _, card := range plan.Today {
		last = max(last, card)
	}
	if len(plan.Today) < 200 || last < 10_000 || plan.Days[0].Minutes > 60 {
		t.Errorf("%d cards today, up to %d, in %v minutes", len(plan.Today), last, plan.Days[0].Minutes)
	}
}

func BenchmarkPlan(b *testing.B) {
	for _, c := range []struct {
		model                    string
		cards, fresh, days, mins int
	}{
		{kernel.FSRS6, 20, 10, 21, 15},
		{kernel.FSRS6, 200, 100, 21, 15},
		{kernel.FSRS5, 2000, 1000, 60, 30},
		{kernel.FSRS6, 2000, 1000, 60, 30},
		{kernel.FSRS7, 2000, 1000, 60, 30},
		{kernel.FSRS6, 2000, 1000, 365, 30},
	} {
		req := request(model(b, c.model), c.cards, c.fresh, 10, c.days, float64(c.mins))
		b.Run(fmt.Sprintf("%s/cards=%d/days=%d", c.model, c.cards, c.days), func(b *testing.B) {
			for b.Loop() {
				if _, err := exam.Make(b.Context(), req); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	req := request(model(b, kernel.FSRS6), 2000, 1000, 10, 60, 0)
	b.Run("needed", func(b *testing.B) {
		for b.Loop() {
			if _, _, _, err := exam.Needed(b.Context(), req, 0.9); err != nil {
				b.Fatal(err)
			}
		}
	})
}
