package collection

import (
	"context"
	"fmt"
	"time"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/scheduler"
)

// History returns all answers of a card in order, each with the state it led
// to. Undone answers are there too, marked, with no state of their own. A card
// that is not shown now still has its history; one that never was is the fault
// NoSuchCard.
func (c *Collection) History(ctx context.Context, card decks.CardID) (out []Review, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		reviews, err := readReviews(q, card)
		if err != nil {
			return err
		}
		if _, known := m.cardAt[card]; !known && len(reviews) == 0 {
			return fault.New(fault.NoSuchCard, nil, "card", string(card))
		}
		deck, err := owner(q, card.Note())
		if err != nil {
			return err
		}
		loc := c.clock().Location()
		states := map[*reviewEvent]Review{}
		walk(m.rules.of(deck), card, reviews, func(r *reviewEvent, before, after scheduler.Card) {
			row := Review{S: after.State.S, D: after.State.D, Due: scheduler.DueTime(after, m.preset.RolloverHour, loc).In(loc)}
			if before.Phase != scheduler.New {
				row.Days = max(0, int(after.LastDay-before.LastDay))
			}
			states[r] = row
		})
		out = make([]Review, 0, len(reviews))
		for _, r := range inOrder(reviews) {
			row := states[r]
			row.ID, row.Card, row.Grade, row.TookMS, row.Undone = r.id.String(), card, r.grade, r.took.Milliseconds(), r.gone
			row.At = time.UnixMilli(r.atMS).In(time.FixedZone("", r.zoneMin*60))
			out = append(out, row)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the history of %s: %w", card, err)
	}
	return out, nil
}
