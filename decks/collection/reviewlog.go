package collection

import (
	"context"
	"fmt"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/scheduler"
	"lectern/scheduler/revlog"
)

// ReviewLog returns the answers of the decks that share a preset, in time
// order: what replay, fit and forecast work with. Undone answers are left out,
// and so is what no answer did, like a card that was moved. With a step above 1
// only every so many'th card is read. The collection can be studied meanwhile.
func (c *Collection) ReviewLog(ctx context.Context, preset string, step int, p Progress) (*revlog.Log, error) {
	var s *ruleSet
	var cards []decks.CardID
	err := c.read(ctx, func(_ querier, m *memory) (err error) {
		s, err = m.ruleSet(preset)
		n := 0
		for i := range m.cards {
			if e := &m.cards[i]; m.decks[e.deck].rules == s && e.q.Phase != scheduler.New {
				if n%max(1, step) == 0 {
					cards = append(cards, e.id)
				}
				n++
			}
		}
		return err
	})
	var log *revlog.Log
	if err == nil {
		err = c.snapshot(ctx, func(q querier) (err error) {
			log, err = s.log(ctx, q, cards, p)
			return err
		})
	}
	if err != nil {
		return nil, fmt.Errorf("read the log: %w", faulty(err))
	}
	return log, nil
}

// ruleSet returns a preset by its id.
func (m *memory) ruleSet(id string) (*ruleSet, error) {
	if s, ok := m.rules.byID[id]; ok {
		return s, nil
	}
	return nil, noPreset(id)
}

func (s *ruleSet) log(ctx context.Context, q querier, cards []decks.CardID, p Progress) (*revlog.Log, error) {
	log := &revlog.Log{}
	for i, id := range cards {
		if i%256 == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if p != nil {
				p(i, len(cards))
			}
		}
		reviews, err := readReviews(q, id)
		if err != nil {
			return nil, err
		}
		walk(s, id, reviews, func(r *reviewEvent, before, _ scheduler.Card) {
			a := revlog.Answer{
				Time: r.atMS, Took: int32(min(r.took, longestCounted).Milliseconds()), Zone: int16(r.zoneMin),
				Grade: uint8(r.grade), State: revlog.State(before.Phase),
			}
			switch {
			case r.kind == kindPreview:
				a.State = revlog.Cram
			case r.kind != kindAnswer:
				return
			case before.Reps == 0 && before.State.S == 0:
				a.State = revlog.New
			}
			if err == nil {
				err = log.Add(string(id), a)
			}
		})
		if err != nil {
			return nil, fault.New(fault.CorruptFile, fmt.Errorf("the log of card %s: %w", id, err))
		}
	}
	log.Sort()
	return log, nil
}
