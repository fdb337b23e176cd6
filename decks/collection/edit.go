package collection

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/release"
)

// Edit writes a field of a note over the author's text. The value is kept as
// release.Text gives it; a value that is shown already changes nothing. An
// empty value clears the field, except the question: that is the fault
// EmptyQuestion. To fill an empty answer is the operation OpWrite. Schedules
// do not change.
func (c *Collection) Edit(ctx context.Context, note string, f decks.Field, value string) error {
	value = release.Text(value)
	err := c.editField(ctx, note, f, sql.NullString{String: value, Valid: true})
	if err != nil {
		return fmt.Errorf("edit the %s of note %s: %w", f, note, err)
	}
	return nil
}

// Revert takes back what the student wrote in a field: the author's text is
// shown again.
func (c *Collection) Revert(ctx context.Context, note string, f decks.Field) error {
	if err := c.editField(ctx, note, f, sql.NullString{}); err != nil {
		return fmt.Errorf("revert the %s of note %s: %w", f, note, err)
	}
	return nil
}

func (c *Collection) editField(ctx context.Context, note string, f decks.Field, value sql.NullString) error {
	switch {
	case !slices.Contains(decks.Fields, f):
		return fault.New(fault.BadArgument, nil, "what", "field "+string(f))
	case f == decks.Front && value.Valid && value.String == "":
		return fault.New(fault.EmptyQuestion, nil)
	case len(value.String) > release.MaxText:
		return fault.New(fault.DeckTooLarge, nil, "cards", release.MaxNotes, "limit", release.MaxText)
	}
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		old, shown, released, err := noteForEdit(t, note)
		if err != nil {
			return Change{}, err
		}
		kind := OpEdit
		switch {
		case !value.Valid:
			edits, err := readEdits(t, note)
			if err != nil {
				return Change{}, err
			}
			o, err := overlay(edits)
			if err != nil {
				return Change{}, err
			}
			if _, mine := o.Fields[f]; !mine {
				return Change{}, nil
			}
			kind = OpRevert
		case value.String == release.Text(shown.Fields[f]):
			return Change{}, nil
		case f == decks.Back && shown.NeedsAnswer():
			kind = OpWrite
		}
		return c.editNote(t, m, kind, old, string(f), value, released.Fields[f])
	})
	return err
}

// SetTags gives a note the student's set of tags; tags the author adds or
// drops later still come and go.
func (c *Collection) SetTags(ctx context.Context, note string, tags []string) error {
	tags = nonNil(release.Tags(tags))
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		old, shown, released, err := noteForEdit(t, note)
		if err != nil {
			return Change{}, err
		}
		if slices.Equal(tags, nonNil(release.Tags(shown.Tags))) {
			return Change{}, nil
		}
		mine, err := json.Marshal(tags)
		if err != nil {
			return Change{}, err
		}
		base, err := json.Marshal(nonNil(released.Tags))
		if err != nil {
			return Change{}, err
		}
		return c.editNote(t, m, OpEdit, old, tagsField, sql.NullString{String: string(mine), Valid: true}, string(base))
	})
	if err != nil {
		return fmt.Errorf("tag note %s: %w", note, err)
	}
	return nil
}

// noteForEdit reads a note that is shown; another is the fault NoSuchCard.
func noteForEdit(t *tx, id string) (old cachedNote, shown, released decks.Note, err error) {
	if old, err = cachedNoteOf(t, id); err != nil {
		return old, shown, released, err
	}
	if old.n == 0 {
		return old, shown, released, fault.New(fault.NoSuchCard, nil, "card", id)
	}
	if shown, err = parseNote(id, old.row.shown); err != nil {
		return old, shown, released, err
	}
	released, err = old.releasedNote()
	return old, shown, released, err
}

func (c *Collection) editNote(t *tx, m *memory, kind OpKind, old cachedNote, field string, value sql.NullString, base string) (Change, error) {
	id := old.row.id
	op, err := c.begin(t, kind, id)
	if err != nil {
		return Change{}, err
	}
	if err := op.edit(id, field, value, base); err != nil {
		return Change{}, err
	}
	if err := c.refreshNote(t, m, id); err != nil {
		return Change{}, err
	}
	cards, err := m.reloadNote(t, old.n)
	if err != nil {
		return Change{}, err
	}
	queue := m.stale // cards came or went
	for _, card := range cards {
		i, ok := m.cardAt[card]
		queue = queue || ok && m.cards[i].q.Needs != old.row.needs
	}
	return Change{Op: kind, Cards: cards, Queue: queue, Texts: true}, nil
}

// edit appends to the register of a note's field.
func (o *op) edit(note, field string, value sql.NullString, base string) error {
	edits, err := readEvents(o.t, "edits", editColumns, `WHERE note = ? AND field = ? ORDER BY seq`, newEdit, note, field)
	if err != nil {
		return err
	}
	_, err = o.event("edits", editColumns, `?, ?, ?, ?`, heads(edits), note, field, value, base)
	return err
}

// reloadNote refreshes the cards of a note in memory and returns their ids.
func (m *memory) reloadNote(q querier, n int64) ([]decks.CardID, error) {
	var ids []decks.CardID
	rows, err := q.query(`SELECT id FROM cards WHERE n = ? ORDER BY pos`, n)
	err = each(rows, err, func(s scanner) error {
		var id decks.CardID
		err := s.Scan(&id)
		ids = append(ids, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the cards of a note: %w", err)
	}
	old := 0
	for i := range m.cards {
		if int64(m.cards[i].n) == n {
			old = int(m.cards[i].q.To - m.cards[i].q.From)
			break
		}
	}
	if old != len(ids) {
		m.stale = true
		return ids, nil
	}
	if err := m.texts.reload(q, n); err != nil {
		return nil, err
	}
	return ids, m.reload(q, ids)
}

// Suspend keeps cards out of study, or lets them in again. Cards that are so
// already are passed over.
func (c *Collection) Suspend(ctx context.Context, cards []decks.CardID, on bool) error {
	kind, value := OpResume, 0
	if on {
		kind, value = OpSuspend, 1
	}
	err := c.mark(ctx, kind, markSuspended, value, cards, func(e *cardEntry) bool { return e.suspended != on })
	if err != nil {
		return fmt.Errorf("suspend %d cards: %w", len(cards), err)
	}
	return nil
}

// Flag gives a card a flag of 1 to 4, or takes it away with 0.
func (c *Collection) Flag(ctx context.Context, card decks.CardID, flag int) error {
	if flag < 0 || flag > 4 {
		return fault.New(fault.BadArgument, nil, "what", fmt.Sprintf("flag %d", flag))
	}
	err := c.mark(ctx, OpFlag, markFlag, flag, []decks.CardID{card}, func(e *cardEntry) bool { return int(e.flag) != flag })
	if err != nil {
		return fmt.Errorf("flag card %s: %w", card, err)
	}
	return nil
}

// Skip keeps a card out of today's study. Its schedule does not change.
func (c *Collection) Skip(ctx context.Context, card decks.CardID) error {
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		day := m.sched.Day(c.Now())
		return c.markCards(t, m, OpSkip, markSkip, int(day), []decks.CardID{card}, func(e *cardEntry) bool { return e.q.Skip != day })
	})
	if err != nil {
		return fmt.Errorf("skip card %s: %w", card, err)
	}
	return nil
}

func (c *Collection) mark(ctx context.Context, kind OpKind, mark string, value int, cards []decks.CardID, differs func(*cardEntry) bool) error {
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		return c.markCards(t, m, kind, mark, value, cards, differs)
	})
	return err
}

// markCards puts a mark on the cards that differ: one operation.
func (c *Collection) markCards(t *tx, m *memory, kind OpKind, mark string, value int, cards []decks.CardID, differs func(*cardEntry) bool) (Change, error) {
	var todo []decks.CardID
	seen := map[decks.CardID]bool{}
	for _, id := range cards {
		e, err := m.find(id)
		if err != nil {
			return Change{}, err
		}
		if differs(e) && !seen[id] {
			seen[id] = true
			todo = append(todo, id)
		}
	}
	if len(todo) == 0 {
		return Change{}, nil
	}
	op, err := c.begin(t, kind, string(todo[0]))
	if err != nil {
		return Change{}, err
	}
	for _, id := range todo {
		if err := op.mark(mark, value, id); err != nil {
			return Change{}, err
		}
	}
	return Change{Op: kind, Cards: todo, Queue: kind != OpFlag}, m.reload(t, todo)
}

// mark appends a mark on a card and refreshes its row.
func (o *op) mark(mark string, value int, id decks.CardID) error {
	events, err := readEvents(o.t, "marks", markColumns, `WHERE card = ? AND mark = ? ORDER BY seq`, newMark, string(id), mark)
	if err != nil {
		return err
	}
	if _, err := o.event("marks", markColumns, `?, ?, ?`, heads(events), string(id), mark, value); err != nil {
		return err
	}
	return refreshMarks(o.t, id)
}
