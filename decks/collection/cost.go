package collection

import (
	"context"
	"fmt"
	"math"

	"lectern/scheduler/forecast"
	"lectern/scheduler/kernel"
)

// Cost is what new cards will take from a student's days.
type Cost struct {
	Cards   int
	PerDay  int     // new cards begun a day
	Days    int     // until the last one is begun; 0: none is
	Minutes float64 // a day until then, the mean
	Later   float64 // minutes a day in the month after
	Own     bool    // from this student's own answers, not from usual ones
}

const (
	costCards = 2000 // cards that are simulated, which stand for any
	costDays  = 400  // how far a card is followed
	month     = 30
)

// Cost says what so many new cards would cost beside all others, when perDay of
// them are begun a day (0: as many as the settings of a new deck let). A card
// costs what it costs on each day of its life, whenever that begins: one
// simulation serves every number, so that a screen may ask at each click.
func (c *Collection) Cost(ctx context.Context, cards, perDay int) (Cost, error) {
	r := Cost{Cards: max(0, cards), PerDay: perDay}
	life, err := c.lifeOf(ctx, &r)
	if err != nil {
		return Cost{}, fmt.Errorf("work out the cost of %d cards: %w", cards, err)
	}
	if r.PerDay < 1 || r.Cards == 0 {
		return r, nil
	}
	r.Days = (r.Cards + r.PerDay - 1) / r.PerDay
	// until[d] are the minutes that a card has cost when it is d days old.
	until := make([]float64, r.Days+month+1)
	for d := range until[1:] {
		until[d+1] = until[d] + life[min(d, len(life)-1)]
	}
	spent := func(day int) float64 { // from the first day until this one
		sum, left := 0.0, r.Cards
		for begun := 0; begun < min(day, r.Days); begun++ {
			n := min(r.PerDay, left)
			sum += float64(n) * until[day-begun]
			left -= n
		}
		return sum
	}
	first := spent(r.Days)
	r.Minutes = first / float64(r.Days)
	r.Later = (spent(r.Days+month) - first) / month
	return r, nil
}

// lifeOf returns the minutes a day of a new card by its age in days, with the
// settings, the model and the habits that a new deck is studied with; the last
// day stands for all after it. It fills in what the settings say.
func (c *Collection) lifeOf(ctx context.Context, r *Cost) ([]float64, error) {
	var req forecast.Request
	var retention float64
	err := c.read(ctx, func(_ querier, m *memory) (err error) {
		s := m.rules.base()
		if r.PerDay <= 0 {
			r.PerDay = min(s.preset.NewPerDay, m.rules.limit("", noDay).New)
		}
		retention = s.preset.Retention
		req.Settings = s.outlook(m.sched.Day(c.Now()))
		req.Model, err = kernel.New(s.sched.Model().Name(), s.sched.Model().Weights())
		return err
	})
	if err != nil {
		return nil, err
	}
	if req.Habits, err = c.habits(ctx, ""); err != nil {
		return nil, err
	}
	r.Own = req.Habits.Answers >= ownAnswers
	// All are begun on one day, and no limit holds any back.
	req.Settings.NewPerDay, req.Settings.ReviewsPerDay, req.Settings.EasyDays = costCards, math.MaxInt32, nil
	req.Cards, req.Days = make([]forecast.Card, costCards), costDays
	req.Sample = costCards

	key := fmt.Sprint(req.Model.Name(), req.Model.Weights(), retention, req.Settings, req.Habits)
	c.known.mu.Lock()
	defer c.known.mu.Unlock()
	if c.known.life.key == key {
		return c.known.life.minutes, nil
	}
	curves, err := forecast.Simulate(ctx, req, []float64{retention}, nil)
	if err != nil {
		return nil, faulty(err)
	}
	minutes := curves[0].Minutes
	for i := range minutes {
		minutes[i] /= costCards
	}
	// Far from the start days differ by chance alone.
	rest := 0.0
	for _, m := range minutes[costDays-100:] {
		rest += m / 100
	}
	minutes = append(minutes[:costDays-100], rest)
	c.known.life = life{key, minutes}
	return minutes, nil
}

// life is what a new card costs, by its age, and what that was worked out from.
type life struct {
	key     string
	minutes []float64
}
