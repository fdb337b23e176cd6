package collection

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/scheduler"
	"lectern/scheduler/recovery"
)

// RecoveryOption is a number of days over which to come back.
type RecoveryOption struct {
	Days          int     `json:"days"`
	CardsPerDay   int     `json:"cards_per_day"` // the mean
	MinutesPerDay float64 `json:"minutes_per_day"`
	Forgotten     float64 `json:"forgotten"` // of the cards, how many are to be expected forgotten
	ByDue         float64 `json:"by_due"`    // how many would be in the order of their dates
}

// Recovery says what waits after a break, and the ways back.
type Recovery struct {
	Missed  int              `json:"missed"`  // days without an answer
	Backlog int              `json:"backlog"` // cards that were due before today
	Minutes float64          `json:"minutes"` // all of what is due, today
	Options []RecoveryOption `json:"options"`
}

// wallMinutes is from how many minutes on a backlog is worth a plan.
const wallMinutes = 15

// Recovery returns the ways back after three missed days or more, nil when
// there is nothing to recover from.
func (c *Collection) Recovery(ctx context.Context) (*Recovery, error) {
	r, err := c.recovery(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for a way back: %w", faulty(err))
	}
	if r == nil {
		return nil, nil
	}
	parts, err := c.aheads(ctx)
	if err != nil {
		return nil, fmt.Errorf("plan the way back: %w", faulty(err))
	}
	for _, days := range recovery.Choices {
		_, o, err := wayBack(ctx, parts, days)
		if err != nil {
			return nil, fmt.Errorf("plan the way back: %w", faulty(err))
		}
		r.Options = append(r.Options, o)
	}
	return r, nil
}

// recovery says whether there is something to recover from.
func (c *Collection) recovery(ctx context.Context) (r *Recovery, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		today := m.sched.Day(c.Now())
		last, err := lastStudied(q, today)
		if err != nil || last < 0 || int(today-last)-1 < recovery.MissedDays {
			return err
		}
		found := Recovery{Missed: int(today-last) - 1}
		due := 0
		for i := range m.cards {
			if e := &m.cards[i]; !e.q.Off && e.comesBack() && e.q.DueDay <= today {
				due++
				if e.q.DueDay < today {
					found.Backlog++
				}
			}
		}
		_, known := m.times.expected()
		found.Minutes = known.Minutes() * float64(due)
		if found.Minutes >= wallMinutes {
			r = &found
		}
		return nil
	})
	return r, err
}

// lastStudied is the last day before today with an answer, -1: none.
func lastStudied(q querier, today scheduler.Day) (scheduler.Day, error) {
	var day int
	err := q.row(`SELECT coalesce(max(day), -1) FROM days WHERE answers > 0 AND day < ?`, int(today)).Scan(&day)
	if err != nil {
		return 0, fmt.Errorf("read the last day: %w", err)
	}
	return scheduler.Day(day), nil
}

// aheads gathers the cards of each preset.
func (c *Collection) aheads(ctx context.Context) (all []ahead, err error) {
	var presets []string
	err = c.read(ctx, func(_ querier, m *memory) error {
		for _, s := range m.rules.all {
			presets = append(presets, s.id)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, preset := range presets {
		a, err := c.ahead(ctx, preset)
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

// wayBack plans the days for each preset and puts them together.
func wayBack(ctx context.Context, parts []ahead, days int) (moves []move, o RecoveryOption, err error) {
	o.Days = days
	cards := 0
	for _, a := range parts {
		plan, err := recovery.Make(ctx, recovery.Request{
			Cards: a.request.Cards, Days: days, Model: a.request.Model, Habits: a.request.Habits,
			Settings: a.request.Settings, Retention: a.rules.preset.Retention,
		})
		if err != nil {
			return nil, o, err
		}
		for i, on := range plan.On {
			if on >= 0 {
				moves = append(moves, move{a.ids[i], a.today + scheduler.Day(on)})
			}
		}
		for _, d := range plan.Days {
			o.MinutesPerDay += d.Minutes / float64(days)
		}
		cards += plan.Cards
		o.Forgotten += plan.Forgotten
		o.ByDue += plan.ByDue
	}
	o.CardsPerDay = (cards + days - 1) / days
	return moves, o, nil
}

// Recover spreads what waits over 3, 7 or 14 days and lets new cards wait
// meanwhile: one operation. Fault: BadArgument for another number of days.
func (c *Collection) Recover(ctx context.Context, days int) error {
	if !slices.Contains(recovery.Choices[:], days) {
		return fault.New(fault.BadArgument, nil, "what", fmt.Sprintf("%d days", days))
	}
	parts, err := c.aheads(ctx)
	if err != nil {
		return fmt.Errorf("plan the way back: %w", faulty(err))
	}
	moves, _, err := wayBack(ctx, parts, days)
	if err != nil {
		return fmt.Errorf("plan the way back: %w", faulty(err))
	}
	err = c.write(ctx, func(t *tx, m *memory) (Change, error) {
		o, err := c.begin(t, OpRecover, "")
		if err != nil {
			return Change{}, err
		}
		today := m.sched.Day(o.at)
		// A card that was answered or put away since the plan was made stays.
		moves = slices.DeleteFunc(moves, func(mv move) bool {
			e, err := m.find(mv.card)
			return err != nil || e.q.Off || e.q.LastDay >= today || !e.comesBack()
		})
		if moves, err = m.moving(today, moves); err != nil {
			return Change{}, err
		}
		choices, err := m.pause(today, days, moves)
		if err != nil {
			return Change{}, err
		}
		for _, ch := range choices {
			if err := o.choose(ch.name, ch.value); err != nil {
				return Change{}, err
			}
		}
		cards, err := c.moveRows(t, m, o, moves)
		if err != nil {
			return Change{}, err
		}
		return Change{Op: OpRecover, Cards: cards, Queue: true, All: true}, c.applyRules(ctx, t, m, nil)
	})
	if err != nil {
		return fmt.Errorf("spread the backlog: %w", err)
	}
	return nil
}

// pause lets no new card come for some days, and lets the day's limits of each
// deck give way to what the plan puts on it.
func (m *memory) pause(today scheduler.Day, days int, moves []move) ([]choice, error) {
	type key struct {
		deck int32
		day  scheduler.Day
	}
	load := map[key]int{}
	moved := map[decks.CardID]bool{}
	for _, mv := range moves {
		moved[mv.card] = true
		load[key{m.cards[m.cardAt[mv.card]].deck, mv.day}]++
	}
	for i := range m.cards {
		if e := &m.cards[i]; !e.q.Off && e.comesBack() && !moved[e.id] {
			load[key{e.deck, max(e.q.DueDay, today)}]++
		}
	}
	var out []choice
	none := 0
	for k := range days {
		day := today + scheduler.Day(k)
		for i := range m.decks {
			l := Limits{New: &none}
			if n := load[key{int32(i), day}]; n > m.rules.limit(m.decks[i].id, day).Reviews {
				l.Reviews = &n
			}
			text, err := json.Marshal(l)
			if err != nil {
				return nil, err
			}
			out = append(out, choice{choiceToday(m.decks[i].id, day), string(text)})
		}
	}
	return out, nil
}
