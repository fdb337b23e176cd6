package collection

import (
	"context"
	"fmt"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/scheduler"
)

// move says on which study day a card is to come back.
type move struct {
	card decks.CardID
	day  scheduler.Day
}

// logRows appends a row to the log of each card and brings the caches to what
// they say.
func (c *Collection) logRows(t *tx, m *memory, o *op, cards []decks.CardID, row func(decks.CardID) reviewEvent) error {
	day := m.sched.Day(o.at)
	if err := m.setDay(t, day); err != nil {
		return err
	}
	for _, id := range cards {
		e, err := m.find(id)
		if err != nil {
			return err
		}
		reviews, err := readReviews(t, id)
		if err != nil {
			return err
		}
		r := row(id)
		r.card = id
		if _, err := o.review(heads(reviews), &r); err != nil {
			return err
		}
		if err := c.schedule(t, m, e, o, &r, day); err != nil {
			return err
		}
	}
	return nil
}

// moving leaves out what changes nothing: cards that come back that day
// already, and a card's second move.
func (m *memory) moving(today scheduler.Day, moves []move) ([]move, error) {
	seen := map[decks.CardID]bool{}
	var out []move
	for _, mv := range moves {
		e, err := m.find(mv.card)
		if err != nil {
			return nil, err
		}
		if q := &e.q; !seen[mv.card] && !(q.Phase == scheduler.Review && q.Due.IsZero() && max(q.DueDay, today) == mv.day) {
			seen[mv.card] = true
			out = append(out, mv)
		}
	}
	return out, nil
}

// moveRows appends the moves.
func (c *Collection) moveRows(t *tx, m *memory, o *op, moves []move) ([]decks.CardID, error) {
	today := m.sched.Day(o.at)
	cards := make([]decks.CardID, len(moves))
	to := map[decks.CardID]scheduler.Day{}
	for i, mv := range moves {
		cards[i], to[mv.card] = mv.card, mv.day
	}
	return cards, c.logRows(t, m, o, cards, func(id decks.CardID) reviewEvent {
		return reviewEvent{kind: kindMove, promised: true, promise: scheduler.Promise{Phase: scheduler.Review, Days: int(to[id] - today)}}
	})
}

// moveCards makes cards come back on other days: one operation.
func (c *Collection) moveCards(t *tx, m *memory, kind OpKind, subject string, moves []move) (Change, error) {
	moves, err := m.moving(m.sched.Day(c.Now()), moves)
	if err != nil || len(moves) == 0 {
		return Change{}, err
	}
	o, err := c.begin(t, kind, subject)
	if err != nil {
		return Change{}, err
	}
	cards, err := c.moveRows(t, m, o, moves)
	return Change{Op: kind, Cards: cards, Queue: true}, err
}

// Reset makes cards new again. Their history stays, and what was learnt before
// is not counted on. Cards that are new are passed over.
func (c *Collection) Reset(ctx context.Context, cards []decks.CardID) error {
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		var known []decks.CardID
		seen := map[decks.CardID]bool{}
		for _, id := range cards {
			e, err := m.find(id)
			if err != nil {
				return Change{}, err
			}
			if e.q.Phase != scheduler.New && !seen[id] {
				seen[id] = true
				known = append(known, id)
			}
		}
		if len(known) == 0 {
			return Change{}, nil
		}
		o, err := c.begin(t, OpReset, string(known[0]))
		if err != nil {
			return Change{}, err
		}
		err = c.logRows(t, m, o, known, func(decks.CardID) reviewEvent { return reviewEvent{kind: kindReset} })
		return Change{Op: OpReset, Cards: known, Queue: true}, err
	})
	if err != nil {
		return fmt.Errorf("reset %d cards: %w", len(cards), err)
	}
	return nil
}

// farthest is how many days ahead a card can be put.
const farthest = 3650

// SetDue makes cards come back from to to days from today on, spread evenly in
// the given order. Fault: BadArgument for days below zero or beyond ten years.
func (c *Collection) SetDue(ctx context.Context, cards []decks.CardID, from, to int) error {
	if from < 0 || to < from || to > farthest {
		return fault.New(fault.BadArgument, nil, "what", fmt.Sprintf("days %d to %d", from, to))
	}
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		today := m.sched.Day(c.Now())
		var moves []move
		for i, id := range cards {
			moves = append(moves, move{id, today + scheduler.Day(from+i*(to-from+1)/len(cards))})
		}
		subject := ""
		if len(cards) > 0 {
			subject = string(cards[0])
		}
		return c.moveCards(t, m, OpMove, subject, moves)
	})
	if err != nil {
		return fmt.Errorf("set the day of %d cards: %w", len(cards), err)
	}
	return nil
}
