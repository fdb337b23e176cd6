package collection_test

import (
	"math"
	"testing"

	"lectern/decks/collection"
	"lectern/scheduler"
	"lectern/scheduler/forecast"
	"lectern/scheduler/kernel"
)

func (d *desk) cost(cards, perDay int) collection.Cost {
	d.t.Helper()
	c, err := d.Cost(ctx, cards, perDay)
	d.ok(err)
	return c
}

// What new cards cost is what comes of simulating just them.
func TestCostIsWhatASimulationGives(t *testing.T) {
	d := newDesk(t)
	preset, err := d.Preset(ctx)
	d.ok(err)
	m, err := kernel.New(preset.Model, preset.Weights)
	d.ok(err)
	for _, c := range []struct{ cards, perDay, days int }{{100, 5, 20}, {30, 10, 3}, {300, 20, 15}, {7, 10, 1}} {
		got := d.cost(c.cards, c.perDay)
		if got.Days != c.days || got.PerDay != c.perDay || got.Own {
			t.Errorf("%+v, want %d days", got, c.days)
		}
		s := forecast.DefaultSettings()
		s.NewPerDay, s.ReviewsPerDay = c.perDay, math.MaxInt32
		s.MaxInterval, s.LearningSteps, s.RelearningSteps = preset.MaxInterval, len(preset.LearningSteps), len(preset.RelearningSteps)
		curves, err := forecast.Simulate(ctx, forecast.Request{
			Cards: make([]forecast.Card, c.cards), Model: m, Habits: forecast.DefaultHabits().TwoButtons(), Settings: s, Days: c.days + 30, Seed: 7,
		}, []float64{preset.Retention}, nil)
		d.ok(err)
		first, later := 0.0, 0.0
		for day, minutes := range curves[0].Minutes {
			if day < c.days {
				first += minutes / float64(c.days)
			} else {
				later += minutes / 30
			}
		}
		if math.Abs(got.Minutes-first) > 0.05*first || math.Abs(got.Later-later) > 0.08*later {
			t.Errorf("%d cards, %d a day: %.2f then %.2f minutes a day, simulated %.2f then %.2f", c.cards, c.perDay, got.Minutes, got.Later, first, later)
		}
	}
}

func TestCostFollowsTheSettings(t *testing.T) {
	d := newDesk(t)
	if c := d.cost(0, 10); c.Days != 0 || c.Minutes != 0 {
		t.Errorf("no cards cost %+v", c)
	}
	usual := d.cost(200, 0)
	if usual.PerDay != scheduler.DefaultPreset().NewPerDay || usual.Minutes <= 0 {
		t.Errorf("%+v", usual)
	}
	if again := d.cost(200, 0); again != usual {
		t.Errorf("asked twice: %+v, then %+v", usual, again)
	}
	d.preset(func(p *scheduler.Preset) { p.Retention = 0.97 })
	if c := d.cost(200, 0); c.Minutes <= usual.Minutes || c.Later <= usual.Later {
		t.Errorf("more is to be remembered for less: %+v, %+v", usual, c)
	}
	d.preset(func(p *scheduler.Preset) { p.NewPerDay = 0 })
	if c := d.cost(200, 0); c.Days != 0 || c.Minutes != 0 || c.PerDay != 0 {
		t.Errorf("cards that are never begun cost %+v", c)
	}
	large := d.cost(100_000, 10)
	if large.Days != 10_000 || !(large.Minutes > 0 && large.Minutes < 1000) {
		t.Errorf("%+v", large)
	}
}

// A slow student's cards cost more.
func TestCostIsTheStudentsOwn(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 60))
	d.preset(func(p *scheduler.Preset) { p.NewPerDay = 30 })
	usual := d.cost(100, 10)
	for range 40 {
		for {
			card, err := d.Next(ctx, collection.Scope{})
			d.ok(err)
			if card == nil {
				break
			}
			_, err = d.Answer(ctx, collection.AnswerRequest{Card: card.Card, Grade: good, Took: 60e9})
			d.ok(err)
		}
		d.now = d.now.AddDate(0, 0, 1)
	}
	if own := d.cost(100, 10); own.Minutes < 1.5*usual.Minutes {
		t.Errorf("a minute an answer costs %.1f minutes a day, usually %.1f", own.Minutes, usual.Minutes)
	}
}

func BenchmarkCost(b *testing.B) {
	c, _ := large(b)
	defer c.Close()
	if _, err := c.Cost(ctx, 20, 10); err != nil { // the first time reads the log
		b.Fatal(err)
	}
	i := 0
	for b.Loop() {
		i++
		if _, err := c.Cost(ctx, 20+i%300, 10); err != nil {
			b.Fatal(err)
		}
	}
}
