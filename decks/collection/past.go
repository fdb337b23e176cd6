package collection

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/release/history"
	"lectern/scheduler"
)

// PastOf returns the log of a deck's cards as a history, for a package of the deck, and
// how many answers are in it. Undone rows and previews are left out.
func (c *Collection) PastOf(ctx context.Context, deck string) (text []byte, answers int, err error) {
	var rows []history.Row
	err = c.read(ctx, func(q querier, m *memory) error {
		if _, err := m.deck(deck); err != nil {
			return err
		}
		all, err := readEvents(q, "reviews", reviewColumns, `WHERE substr(card, 1, instr(card, '/') - 1) IN (SELECT note FROM owners WHERE deck = ?) ORDER BY card, seq`, newReview, deck)
		if err != nil {
			return err
		}
		for from := 0; from < len(all); {
			to := from
			for to < len(all) && all[to].card == all[from].card {
				to++
			}
			for _, r := range inOrder(all[from:to]) {
				if row, ok := pastRow(r); ok && !r.gone {
					rows = append(rows, row)
					answers += truth(r.kind == kindAnswer)
				}
			}
			from = to
		}
		return ctx.Err()
	})
	if err == nil {
		text, err = history.Encode(deck, rows)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("write the history of deck %s: %w", deck, faulty(err))
	}
	return text, answers, nil
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// pastRow writes a row of the log; a preview is none.
func pastRow(r *reviewEvent) (history.Row, bool) {
	row := history.Row{ID: r.id.String(), Card: r.card, At: r.atMS, Zone: r.zoneMin, Took: r.took.Milliseconds()}
	switch r.kind {
	case kindAnswer:
		row.Kind, row.Grade = history.Answer, int(r.grade)
	case kindMove:
		row.Kind = history.Move
	case kindReset:
		row.Kind = history.Reset
	default:
		return row, false
	}
	if r.promised {
		row.Phase, row.Step, row.Wait, row.Days = int(r.promise.Phase), r.promise.Step, r.promise.Wait.Milliseconds(), r.promise.Days
	}
	if a := r.author; a != nil {
		row.Why, row.S, row.D, row.Fast, row.Ago = a.Why, a.S, a.D, a.Fast, a.Ago
	}
	return row, true
}

// Past reads what the author of a shared deck did with it; empty when he kept that to
// himself. Fault: DamagedPackage.
func (s *Shipment) Past() ([]history.Row, error) {
	if s.past == nil {
		return nil, nil
	}
	text, err := s.past()
	if err != nil {
		return nil, fault.New(fault.DamagedPackage, err)
	}
	deck, rows, err := history.Decode(text)
	if err == nil && deck != s.Statement.Deck {
		err = fmt.Errorf("a history of deck %s", deck)
	}
	if err != nil {
		return nil, fault.New(fault.DamagedPackage, err)
	}
	return rows, nil
}

// early is how far ahead another computer's clock may be.
const early = 24 * time.Hour

// take appends rows of a history to the logs of the deck's cards, those that are not
// there. It returns how many it took.
func (o *op) take(m *memory, deck string, rows []history.Row) (taken int, err error) {
	mine, err := brought(o.t, deck)
	if err != nil {
		return 0, err
	}
	rs := m.rules.of(deck)
	counts := dayCounts{}
	for from := 0; from < len(rows); {
		card := rows[from].Card
		to := from
		for to < len(rows) && rows[to].Card == card {
			to++
		}
		if mine[card.Note()] {
			n, err := o.takeCard(rs, counts, deck, card, rows[from:to])
			if err != nil {
				return taken, err
			}
			taken += n
		}
		from = to
	}
	return taken, counts.put(o.t, m)
}

// missing reports whether a history has rows that the log has not.
func missing(q querier, rows []history.Row) (bool, error) {
	for i := range rows {
		id, err := hex.DecodeString(rows[i].ID)
		if err != nil {
			return false, fault.New(fault.DamagedPackage, err)
		}
		var have bool
		if err := q.row(`SELECT count(*) > 0 FROM reviews WHERE id = ? AND op NOT IN undone`, id).Scan(&have); err != nil || !have {
			return !have, err
		}
	}
	return false, nil
}

func (o *op) takeCard(rs *ruleSet, counts dayCounts, deck string, card decks.CardID, rows []history.Row) (taken int, err error) {
	before, err := readReviews(o.t, card)
	if err != nil {
		return 0, err
	}
	have, gone := map[decks.EventID]bool{}, map[decks.EventID]bool{}
	for _, r := range before {
		have[r.id], gone[r.id] = !r.gone, r.gone
	}
	latest := o.at.Time.Add(early).UnixMilli()
	parents := []byte{}
	for i := range rows {
		r := &rows[i]
		var id decks.EventID
		if _, err := hex.Decode(id[:], []byte(r.ID)); err != nil {
			return 0, fault.New(fault.DamagedPackage, err)
		}
		if r.At > latest {
			continue
		}
		if gone[id] { // taken before and undone: the name is used up
			id = decks.NewEventID()
		}
		if !have[id] {
			if err := o.insertPast(id, r, parents); err != nil {
				return 0, err
			}
			taken++
		}
		parents = id[:]
	}
	if taken == 0 {
		return 0, nil
	}
	counts.card(rs, deck, card, before, true)
	after, err := readReviews(o.t, card)
	if err != nil {
		return 0, err
	}
	return taken, putSchedule(o.t, card, counts.card(rs, deck, card, after, false))
}

// insertPast appends a row under the name and the moment it had.
func (o *op) insertPast(id decks.EventID, r *history.Row, parents []byte) error {
	var phase, author any
	if r.Phase > 0 {
		phase = r.Phase
	}
	if r.Why != "" {
		text, err := json.Marshal(authorMove{Why: r.Why, S: r.S, D: r.D, Fast: r.Fast, Ago: r.Ago})
		if err != nil {
			return err
		}
		author = string(text)
	}
	grade := scheduler.Grade(r.Grade)
	_, err := o.t.exec(`INSERT INTO reviews (`+reviewColumns+eventColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO NOTHING`,
		string(r.Card), string(r.Kind), int(grade), r.Took, phase, r.Step, r.Wait, r.Days, author,
		id[:], o.seq, r.At, r.Zone, o.device, parents)
	if err != nil {
		return fmt.Errorf("append to the log of %s: %w", r.Card, err)
	}
	return nil
}
