package collection

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/release"
)

// linkField begins the name of a link's register among the fields of a note;
// the other note's id follows. Each of the two notes has one, with any value
// while they are linked. Links made on two computers do not meet in a register,
// so none is lost.
const linkField = "link:"

// Link says that two notes ask the same, of two courses say, and that both
// stay: as of the cards of one note, one of theirs is asked a day. A link that
// is there already changes nothing. Fault: NoSuchCard.
func (c *Collection) Link(ctx context.Context, a, b string) error {
	return c.setLink(ctx, OpLink, a, b)
}

// Unlink takes a link back.
func (c *Collection) Unlink(ctx context.Context, a, b string) error {
	return c.setLink(ctx, OpUnlink, a, b)
}

func (c *Collection) setLink(ctx context.Context, kind OpKind, a, b string) error {
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		if a == b {
			return Change{}, fault.New(fault.BadArgument, nil, "what", "link of a note with itself")
		}
		for _, id := range []string{a, b} {
			if old, err := cachedNoteOf(t, id); err != nil {
				return Change{}, err
			} else if old.n == 0 {
				return Change{}, fault.New(fault.NoSuchCard, nil, "card", id)
			}
		}
		mine, err := links(t, a)
		if err != nil || slices.Contains(mine[a], b) == (kind == OpLink) {
			return Change{}, err
		}
		o, err := c.begin(t, kind, a)
		if err != nil {
			return Change{}, err
		}
		if err := o.link(a, b, kind == OpLink); err != nil {
			return Change{}, err
		}
		m.stale = true
		return Change{Op: kind, Queue: true, Texts: true, All: true}, nil
	})
	if err != nil {
		return fmt.Errorf("%s notes %s and %s: %w", kind, a, b, err)
	}
	return nil
}

// link appends to the registers of both notes.
func (o *op) link(a, b string, on bool) error {
	value := sql.NullString{String: "1", Valid: on}
	if err := o.edit(a, linkField+b, value, ""); err != nil {
		return err
	}
	return o.edit(b, linkField+a, value, "")
}

// links reads which notes are linked with which, of all notes or of one.
func links(q querier, note string) (map[string][]string, error) {
	where, args := `ORDER BY seq`, []any{}
	if note != "" {
		where, args = `AND note = ? `+where, append(args, note)
	}
	events, err := readEvents(q, "edits", editColumns, `WHERE field GLOB '`+linkField+`*' `+where, newEdit, args...)
	if err != nil {
		return nil, err
	}
	type register struct{ note, field string }
	by := map[register][]*editEvent{}
	for _, e := range events {
		r := register{e.note, e.field}
		by[r] = append(by[r], e)
	}
	out := map[string][]string{}
	for r, events := range by {
		if e, ok := last(events); ok && e.value.Valid {
			out[r.note] = append(out[r.note], strings.TrimPrefix(r.field, linkField))
		}
	}
	for _, others := range out {
		slices.Sort(others)
	}
	return out, nil
}

// Linked returns the notes that a note is linked with and that are there.
func (c *Collection) Linked(ctx context.Context, note string) (rows []Twin, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		all, err := links(q, note)
		if err != nil {
			return err
		}
		for _, id := range all[note] {
			t := Twin{At: -1, Same: -1}
			there, err := t.read(q, m, id)
			if err != nil {
				return err
			}
			if there {
				rows = append(rows, t)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the links of note %s: %w", note, err)
	}
	return rows, nil
}

// loadKin finds for the cards of linked notes each other's.
func (m *memory) loadKin(q querier) error {
	all, err := links(q, "")
	if err != nil || len(all) == 0 {
		return err
	}
	cards := map[string][]int32{} // of the notes that have links
	for i := range m.cards {
		id := string(m.cards[i].id)
		note := id[:max(0, strings.IndexByte(id, '/'))]
		if all[note] != nil {
			cards[note] = append(cards[note], int32(i))
		}
	}
	m.kin = map[int32][]int32{}
	for note, others := range all {
		for _, i := range cards[note] {
			m.decks[m.cards[i].deck].linked = true
			for _, other := range others {
				m.kin[i] = append(m.kin[i], cards[other]...)
			}
		}
	}
	return nil
}

// fill writes an answer that a page gave to a question of another deck, as the
// student's own words, where that has none yet.
func fill(t *tx, o *op, note, answer string) error {
	_, shown, released, err := noteForEdit(t, note)
	if fault.Is(err, fault.NoSuchCard) || err == nil && (!shown.NeedsAnswer() || answer == "") {
		return nil // it went, or was answered meanwhile
	}
	if err != nil {
		return err
	}
	if len(answer) > release.MaxText {
		return fault.New(fault.DeckTooLarge, nil, "cards", release.MaxNotes, "limit", release.MaxText)
	}
	return o.edit(note, string(decks.Back), sql.NullString{String: answer, Valid: true}, released.Fields[decks.Back])
}
