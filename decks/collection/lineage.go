package collection

import (
	"slices"

	"lectern/decks"
	"lectern/decks/merge"
	"lectern/decks/release"
	"lectern/scheduler"
)

// remember appends what an update does to when cards come back.
func (o *op) remember(m *memory, offer *Offer, d Decisions, asleep map[string]bool) error {
	rs := m.rules.of(offer.Shipment.Statement.Deck)
	today := rs.sched.Day(o.at)
	nth := map[string]int{} // parts made of a note so far
	for i := range offer.Update.Rows {
		r := &offer.Update.Rows[i]
		if d.keeps(r) || r.Kind == merge.RowRetired {
			continue
		}
		for _, part := range release.Parts(r.Now) {
			card := decks.NewCardID(r.Note, part)
			var err error
			switch {
			case r.Kind == merge.RowNew && d.Leave[r.Note]:
				err = o.mark(markSuspended, 1, card)
			case (r.Kind == merge.RowSplit || r.Kind == merge.RowJoined) && !d.AsNew:
				err = o.inherit(rs, card, r, part, today, nth[r.From[0]])
			case r.Substance:
				err = o.again(rs, card)
			}
			if err != nil {
				return err
			}
			if asleep[r.Note] && !slices.Contains(release.Parts(r.Was), part) {
				if err := o.mark(markSuspended, 1, card); err != nil {
					return err
				}
			}
		}
		if r.Kind == merge.RowSplit {
			nth[r.From[0]]++
		}
	}
	return nil
}

// again makes a card that changed in substance come back today, once.
func (o *op) again(rs *ruleSet, card decks.CardID) error {
	reviews, err := readReviews(o.t, card)
	if err != nil || len(reviews) == 0 {
		return err
	}
	// One that is due anyway gets the row all the same: it says that the card changed.
	if now := walk(rs, card, reviews, nil); now.Phase != scheduler.Review || !now.Due.IsZero() {
		return nil
	}
	r := reviewEvent{card: card, kind: kindMove, promised: true, promise: scheduler.Promise{Phase: scheduler.Review}, author: &authorMove{Why: whyChanged}}
	return o.logRow(rs, reviews, &r)
}

// logRow appends a row to the log of a card and brings its cache to what the log says. The
// cards in memory are not those of the new release yet, or logRows would do.
func (o *op) logRow(rs *ruleSet, reviews []*reviewEvent, r *reviewEvent) error {
	if _, err := o.review(heads(reviews), r); err != nil {
		return err
	}
	reviews, err := readReviews(o.t, r.card)
	if err != nil {
		return err
	}
	return putSchedule(o.t, r.card, walk(rs, r.card, reviews, nil))
}

// inherit makes a card that was made of others begin with their memory. One that has been
// here before has its own.
func (o *op) inherit(rs *ruleSet, card decks.CardID, r *merge.Row, part string, today scheduler.Day, nth int) error {
	own, err := readReviews(o.t, card)
	if err != nil || slices.ContainsFunc(own, func(r *reviewEvent) bool { return !r.gone }) {
		return err
	}
	var from *scheduler.Memory
	due := scheduler.Day(-1)
	for _, note := range r.From {
		c, ok, err := o.source(rs, note, part)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		m := scheduler.Memory{State: c.State, Last: c.Last, Day: c.LastDay}
		day := c.DueDay
		if !c.Due.IsZero() {
			day = today
		}
		if from == nil {
			from, due = &m, day
			continue
		}
		joined := from.Join(m)
		from, due = &joined, min(due, day)
	}
	if from == nil {
		return nil
	}
	why := whyJoined
	if r.Kind == merge.RowSplit {
		m := from.Split()
		from, why = &m, whySplit
		due -= scheduler.Day(nth % spread)
	}
	row := reviewEvent{card: card, kind: kindMove, promised: true,
		promise: scheduler.Promise{Phase: scheduler.Review, Days: int(max(0, due-today))},
		author:  &authorMove{Why: why, S: from.State.S, D: from.State.D, Fast: from.State.Fast, Ago: int(max(0, today-from.Day))}}
	return o.logRow(rs, own, &row)
}

// spread is over how many days the parts of a card come back.
const spread = 3

// source returns the card of a note whose memory another one takes over: the one of the
// same part, or else the weakest. False: none has been answered.
func (o *op) source(rs *ruleSet, note, part string) (scheduler.Card, bool, error) {
	parts, err := logged(o.t, note)
	if err != nil {
		return scheduler.Card{}, false, err
	}
	var best scheduler.Card
	found := false
	for _, p := range parts {
		id := decks.NewCardID(note, p)
		reviews, err := readReviews(o.t, id)
		if err != nil {
			return best, false, err
		}
		c := walk(rs, id, reviews, nil)
		if c.State.S <= 0 || c.Phase == scheduler.New {
			continue
		}
		if p == part {
			return c, true, nil
		}
		if !found || c.State.S < best.State.S {
			best, found = c, true
		}
	}
	return best, found, nil
}
