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

// logRows appends a row to the log of each card, and brings the caches to what
// they say: one operation. A card that is not shown is passed over.
func (c *Collection) logRows(t *tx, m *memory, kind OpKind, subject string, cards []decks.CardID, row func(decks.CardID) reviewEvent) (Change, error) {
	day := m.sched.Day(c.Now())
	if err := m.setDay(t, day); err != nil {
		return Change{}, err
	}
	var o *op
	var done []decks.CardID
	for _, id := range cards {
		e, err := m.find(id)
		if err != nil {
			return Change{}, err
		}
		if o == nil {
			if o, err = c.begin(t, kind, subject); err != nil {
				return Change{}, err
			}
		}
		reviews, err := readReviews(t, id)
		if err != nil {
			return Change{}, err
		}
		r := row(id)
		r.card = id
		if _, err := o.review(heads(reviews), &r); err != nil {
			return Change{}, err
		}
		if err := c.schedule(t, m, e, o, &r, day); err != nil {
			return Change{}, err
		}
		done = append(done, id)
	}
	if len(done) == 0 {
		return Change{}, nil
	}
	return Change{Op: kind, Cards: done, Queue: true}, nil
}

// moveCards makes cards come back on other days: one operation. Cards that come
// back that day already are passed over.
func (c *Collection) moveCards(t *tx, m *memory, kind OpKind, subject string, moves []move) (Change, error) {
	today := m.sched.Day(c.Now())
	to := map[decks.CardID]scheduler.Day{}
	var cards []decks.CardID
	for _, mv := range moves {
		e, err := m.find(mv.card)
		if err != nil {
			return Change{}, err
		}
		_, twice := to[mv.card]
		if q := &e.q; twice || q.Phase == scheduler.Review && q.Due.IsZero() && max(q.DueDay, today) == mv.day {
			continue
		}
		to[mv.card] = mv.day
		cards = append(cards, mv.card)
	}
	return c.logRows(t, m, kind, subject, cards, func(id decks.CardID) reviewEvent {
		return reviewEvent{kind: kindMove, promised: true, promise: scheduler.Promise{Phase: scheduler.Review, Days: int(to[id] - today)}}
	})
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
		subject := ""
		if len(known) > 0 {
			subject = string(known[0])
		}
		return c.logRows(t, m, OpReset, subject, known, func(decks.CardID) reviewEvent { return reviewEvent{kind: kindReset} })
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
