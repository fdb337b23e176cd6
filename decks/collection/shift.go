package collection

import (
	"context"
	"fmt"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/scheduler"
	"lectern/scheduler/shift"
)

// The kinds of a shift.
const (
	ShiftPostpone = "postpone" // n cards that wait today come later, those first that lose least
	ShiftAdvance  = "advance"  // n cards that come later are asked today, those first that gain most
	ShiftSpread   = "spread"   // the coming days bring at most n cards each
	ShiftBreak    = "break"    // the n days from tomorrow on bring none
)

// ShiftPlan is what a shift would do.
type ShiftPlan struct {
	Cards  []decks.CardID `json:"cards"`  // that move, in the order in which they do least harm
	Safe   int            `json:"safe"`   // how many of the first lose next to nothing; of postpone and advance
	Before []int          `json:"before"` // cards due on each of the next 30 days
	After  []int          `json:"after"`
}

// PlanShift says what a shift would do; it changes nothing. Fault: BadArgument
// for a kind that is none, for a number below 1 (spread and break: above 10,000).
func (c *Collection) PlanShift(ctx context.Context, s Scope, kind string, n int) (p ShiftPlan, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		v, err := c.viewAt(q, m, c.clock(), s)
		if err == nil {
			p, _, err = v.shift(kind, n)
		}
		return err
	})
	if err != nil {
		return p, fmt.Errorf("plan a shift: %w", err)
	}
	return p, nil
}

// Shift moves cards of a part of the collection to earlier or later days: one
// operation. Faults are those of PlanShift.
func (c *Collection) Shift(ctx context.Context, s Scope, kind string, n int) error {
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		v, err := c.viewAt(t, m, c.clock(), s)
		if err != nil {
			return Change{}, err
		}
		_, moves, err := v.shift(kind, n)
		if err != nil {
			return Change{}, err
		}
		return c.moveCards(t, m, OpShift, s.Deck, moves)
	})
	if err != nil {
		return fmt.Errorf("shift cards: %w", err)
	}
	return nil
}

// spreadDays is over how many days before and after it a break is made up for.
const spreadDays = 7

// shift works out the moves, for each preset by its own rules.
func (v *view) shift(kind string, n int) (p ShiftPlan, moves []move, err error) {
	if n < 1 || n > 10_000 {
		return p, nil, fault.New(fault.BadArgument, nil, "what", fmt.Sprintf("number %d", n))
	}
	m := v.m
	p.Before, p.After = make([]int, changedDays), make([]int, changedDays)
	parts, total, err := v.parts()
	if err != nil {
		return p, nil, err
	}
	to := map[decks.CardID]scheduler.Day{}
	for _, a := range parts {
		share := max(1, (n*len(a.ids)+total-1)/max(1, total)) // all of them may be paused
		rules, settings, cards := &a.rules.preset, a.request.Settings, a.request.Cards
		var list []shift.Move
		switch kind {
		case ShiftPostpone:
			got := shift.Postpone(cards, share, a.request.Model, rules.Retention, settings, uint64(v.day))
			list, p.Safe = got.List, p.Safe+got.Safe
		case ShiftAdvance:
			got := shift.Advance(cards, share, a.request.Model, rules.Retention)
			list, p.Safe = got.List, p.Safe+got.Safe
		case ShiftSpread:
			list = shift.Flatten(cards, share, settings)
		case ShiftBreak:
			list = shift.Break(cards, 1, n, spreadDays, settings)
		default:
			return p, nil, fault.New(fault.BadArgument, nil, "what", "kind "+kind)
		}
		for _, mv := range list {
			id := a.ids[mv.Card]
			to[id] = v.day + scheduler.Day(mv.Day)
			moves = append(moves, move{id, to[id]})
			p.Cards = append(p.Cards, id)
		}
	}
	for _, a := range parts {
		for _, id := range a.ids {
			day := m.cards[m.cardAt[id]].q.DueDay
			countDue(p.Before, v.day, day)
			if moved, ok := to[id]; ok {
				day = moved
			}
			countDue(p.After, v.day, day)
		}
	}
	return p, moves, nil
}

// parts are the reviews of the scope by preset, and how many there are.
func (v *view) parts() (parts []*ahead, total int, err error) {
	m := v.m
	by := map[*ruleSet]*ahead{}
	for i := v.scope.from; i < v.scope.to; i++ {
		e := &m.cards[i]
		if !e.comesBack() || e.q.Phase != scheduler.Review || e.q.State.S <= 0 || v.scope.section != anySection && e.section != v.scope.section {
			continue
		}
		s := m.decks[e.deck].rules
		a, ok := by[s]
		if !ok {
			a = &ahead{}
			if err := a.start(s, v.day); err != nil {
				return nil, 0, err
			}
			by[s] = a
			parts = append(parts, a)
		}
		n := len(a.ids)
		a.gather(m, i, i+1)
		total += len(a.ids) - n
	}
	return parts, total, nil
}
