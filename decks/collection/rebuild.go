package collection

import (
	"context"
	"fmt"
	"slices"

	"lectern/decks"
	"lectern/scheduler"
)

// Rebuild computes all caches anew from the three layers and writes what
// differs. It returns how many rows differed: none, unless the file was
// damaged or was written by a program that computed them otherwise.
func (c *Collection) Rebuild(ctx context.Context, p Progress) (changed int, err error) {
	if changed, err = c.rebuild(ctx, p); err != nil {
		return 0, fmt.Errorf("rebuild: %w", faulty(err))
	}
	if changed > 0 {
		c.subs.tell(rebuilt)
	}
	return changed, nil
}

// rebuilt is what the subscribers are told when caches were wrong.
var rebuilt = Change{Op: OpRebuild, Queue: true, Texts: true, Decks: true, Settings: true, All: true}

// rebuild does not go by [Collection.write]: that loads the caches, which may
// be what is wrong.
func (c *Collection) rebuild(ctx context.Context, p Progress) (changed int, err error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return 0, errClosed
	}
	err = c.transact(context.Background(), func(t *tx) error {
		if err := c.recompute(ctx, t, p); err != nil {
			return err
		}
		changed = t.changed
		return t.nextGeneration()
	})
	c.mem = nil
	return changed, err
}

// nextGeneration says to every process that has the file open that what it
// holds in memory is of the past. Without a change of a cache it does nothing.
func (t *tx) nextGeneration() error {
	if t.changed == 0 {
		return nil
	}
	_, err := t.exec(`INSERT INTO meta (key, value) VALUES ('generation', '1') ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1`)
	if err != nil {
		return fmt.Errorf("count the generation: %w", err)
	}
	return nil
}

// recompute makes the caches what the layers say; t.changed counts the rows
// that were not.
func (c *Collection) recompute(ctx context.Context, t *tx, p Progress) error {
	if err := recomputeUndone(t); err != nil {
		return err
	}
	if err := recomputeOwners(t); err != nil {
		return err
	}
	r, err := readRules(t)
	if err != nil {
		return err
	}
	if err := c.recomputeDecks(ctx, t, newMemory(r), p); err != nil {
		return err
	}
	if err := c.recomputeCards(ctx, t, r, p); err != nil {
		return err
	}
	return putStamp(t, r)
}

// recomputeUndone finds the operations that are undone now.
func recomputeUndone(t *tx) error {
	voids, err := readVoids(t, `ORDER BY seq`)
	if err != nil {
		return err
	}
	by := map[int64][]*voidEvent{}
	for _, v := range voids {
		by[v.target] = append(by[v.target], v)
	}
	have := map[int64]bool{}
	rows, err := t.query(`SELECT op FROM undone`)
	err = each(rows, err, func(s scanner) error {
		var op int64
		err := s.Scan(&op)
		have[op] = true
		return err
	})
	if err != nil {
		return fmt.Errorf("read what is undone: %w", err)
	}
	for op, events := range by {
		ordered := inOrder(events)
		undone := ordered[len(ordered)-1].undone
		if undone && !have[op] {
			t.changed++
			if _, err := t.exec(`INSERT INTO undone (op) VALUES (?)`, op); err != nil {
				return fmt.Errorf("write what is undone: %w", err)
			}
		}
		if undone {
			delete(have, op)
		}
	}
	for op := range have {
		t.changed++
		if _, err := t.exec(`DELETE FROM undone WHERE op = ?`, op); err != nil {
			return fmt.Errorf("write what is undone: %w", err)
		}
	}
	return nil
}

// recomputeOwners gives every note to the deck that brought it first.
func recomputeOwners(t *tx) error {
	installs, err := readEvents(t, "installs", installColumns, `ORDER BY seq`, newInstall)
	if err != nil {
		return err
	}
	slices.SortStableFunc(installs, func(a, b *installEvent) int { return a.before(&b.event) })
	want := map[string]string{}
	seen := map[string]bool{}
	for _, e := range installs {
		if e.release == nil || seen[string(e.release)] {
			continue
		}
		seen[string(e.release)] = true
		d, err := readRelease(t, e.release)
		if err != nil {
			return err
		}
		for _, n := range d.Notes {
			if _, owned := want[n.ID]; !owned {
				want[n.ID] = d.ID
			}
		}
	}
	var wrong []string
	rows, err := t.query(`SELECT note, deck FROM owners`)
	err = each(rows, err, func(s scanner) error {
		var note, deck string
		err := s.Scan(&note, &deck)
		if want[note] == deck {
			delete(want, note)
		} else {
			wrong = append(wrong, note)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("read owners: %w", err)
	}
	for _, note := range wrong {
		t.changed++
		if _, err := t.exec(`DELETE FROM owners WHERE note = ?`, note); err != nil {
			return fmt.Errorf("write owners: %w", err)
		}
	}
	for note, deck := range want {
		t.changed++
		if _, err := t.exec(`INSERT INTO owners (note, deck) VALUES (?, ?)`, note, deck); err != nil {
			return fmt.Errorf("write owners: %w", err)
		}
	}
	return nil
}

// recomputeDecks refreshes every deck that is there or has ever been.
func (c *Collection) recomputeDecks(ctx context.Context, t *tx, m *memory, p Progress) error {
	var ids []string
	rows, err := t.query(`SELECT deck FROM installs UNION SELECT id FROM decks UNION SELECT deck FROM notes ORDER BY 1`)
	err = each(rows, err, func(s scanner) error {
		var id string
		err := s.Scan(&id)
		ids = append(ids, id)
		return err
	})
	if err != nil {
		return fmt.Errorf("list decks: %w", err)
	}
	// Rows that stand under a wrong deck or note are dropped first, since each
	// refresh looks only at its own.
	for _, query := range []string{
		`DELETE FROM notes WHERE deck IS NOT (SELECT deck FROM owners WHERE note = notes.id)`,
		`DELETE FROM cards WHERE NOT EXISTS (SELECT 1 FROM notes WHERE notes.n = cards.n AND substr(cards.id, 1, length(notes.id) + 1) = notes.id || '/')`,
	} {
		res, err := t.exec(query)
		if err != nil {
			return fmt.Errorf("drop misplaced rows: %w", err)
		}
		if err := t.count(res); err != nil {
			return err
		}
	}
	for _, id := range ids {
		if err := c.refreshDeck(ctx, t, m, id, p); err != nil {
			return err
		}
	}
	return nil
}

// recomputeCards replays all answers and writes the schedules, the marks and
// the counts of the days that differ.
func (c *Collection) recomputeCards(ctx context.Context, t *tx, r *rules, p Progress) error {
	m := newMemory(r)
	if err := m.loadDecks(t); err != nil {
		return err
	}
	if err := m.loadCards(t); err != nil {
		return err
	}
	counts, err := replayAll(ctx, t, m, p)
	if err != nil {
		return err
	}
	if err := replaceDays(t, counts); err != nil {
		return err
	}
	return recomputeMarks(t, m)
}

// replayAll goes through the reviews card by card.
func replayAll(ctx context.Context, t *tx, m *memory, p Progress) (dayCounts, error) {
	counts := dayCounts{}
	answered := make([]bool, len(m.cards))
	var total int
	if err := t.row(`SELECT count(*) FROM reviews`).Scan(&total); err != nil {
		return nil, fmt.Errorf("count reviews: %w", err)
	}
	owners := map[string]string{}
	rows, err := t.query(`SELECT note, deck FROM owners`)
	err = each(rows, err, func(s scanner) error {
		var note, deck string
		err := s.Scan(&note, &deck)
		owners[note] = deck
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read owners: %w", err)
	}
	type change struct {
		id   decks.CardID
		card scheduler.Card
	}
	var changes []change
	finish := func(card decks.CardID, reviews []*reviewEvent) {
		deck := owners[card.Note()]
		state := counts.card(m.rules.of(deck), deck, card, reviews, false)
		i, shown := m.cardAt[card]
		if !shown {
			return
		}
		answered[i] = true
		if m.cards[i].q.Card != state {
			changes = append(changes, change{card, state})
		}
	}
	var group []*reviewEvent
	done := 0
	rows, err = t.query(`SELECT ` + eventSource + `, ` + reviewColumns + ` FROM reviews ORDER BY card, seq`)
	err = each(rows, err, func(s scanner) error {
		r, dest := newReview()
		if err := s.Scan(r.dest(dest...)...); err != nil {
			return err
		}
		if len(group) > 0 && group[0].card != r.card {
			finish(group[0].card, group)
			group = nil
		}
		group = append(group, r)
		if done++; done%4096 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			if p != nil {
				p(done, total)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("replay the reviews: %w", err)
	}
	if len(group) > 0 {
		finish(group[0].card, group)
	}
	for i := range m.cards {
		if !answered[i] && m.cards[i].q.Card != (scheduler.Card{}) {
			changes = append(changes, change{m.cards[i].id, scheduler.Card{}})
		}
	}
	for _, ch := range changes {
		t.changed++
		if err := putSchedule(t, ch.id, ch.card); err != nil {
			return nil, err
		}
	}
	return counts, nil
}

// replaceDays writes the counts of the days that differ.
func replaceDays(t *tx, want dayCounts) error {
	var wrong []dayKey
	rows, err := t.query(`SELECT day, deck, answers, ms, fresh, fresh_ms, due, asked, recalled FROM days`)
	err = each(rows, err, func(s scanner) error {
		var k dayKey
		var d dayCount
		if err := s.Scan(&k.day, &k.deck, &d.answers, &d.ms, &d.fresh, &d.freshMS, &d.due, &d.asked, &d.recalled); err != nil {
			return err
		}
		if want[k] == d {
			delete(want, k)
		} else {
			wrong = append(wrong, k)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the days: %w", err)
	}
	for _, k := range wrong {
		if _, err := t.exec(`DELETE FROM days WHERE day = ? AND deck = ?`, int(k.day), k.deck); err != nil {
			return fmt.Errorf("write the days: %w", err)
		}
	}
	t.changed += len(wrong)
	for k, d := range want {
		if d == (dayCount{}) {
			continue
		}
		if !slices.Contains(wrong, k) {
			t.changed++
		}
		if _, err := t.exec(`INSERT INTO days (day, deck, answers, ms, fresh, fresh_ms, due, asked, recalled) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			int(k.day), k.deck, d.answers, d.ms, d.fresh, d.freshMS, d.due, d.asked, d.recalled); err != nil {
			return fmt.Errorf("write the days: %w", err)
		}
	}
	return nil
}

// recomputeMarks writes the marks that differ.
func recomputeMarks(t *tx, m *memory) error {
	all, err := readEvents(t, "marks", markColumns, `ORDER BY seq`, newMark)
	if err != nil {
		return err
	}
	by := map[decks.CardID][]*markEvent{}
	for _, e := range all {
		by[e.card] = append(by[e.card], e)
	}
	for i := range m.cards {
		e := &m.cards[i]
		have := cardMarks{e.suspended, int(e.flag), e.q.Skip}
		if have == marksOf(by[e.id]) {
			continue
		}
		t.changed++
		if err := refreshMarks(t, e.id); err != nil {
			return err
		}
	}
	return nil
}
