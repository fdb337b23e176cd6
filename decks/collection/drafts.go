package collection

import (
	"context"
	"database/sql"
	"encoding/json"

	"fmt"
	"time"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/release"
)

// DraftRow is a draft that waits for the student, with the note it is for.
type DraftRow struct {
	decks.Draft
	At        time.Time // when it was made
	Question  string    // Markdown, as shown
	Deck      string    // id
	DeckTitle string
	Section   string // title
}

// KeepDrafts keeps drafts beside the cards. A draft for a note that has one takes
// its place, a rejected one's too. It is no operation: nothing that is asked, shown
// as an answer or counted changes, and Undo passes over it. A draft for a note that
// no deck brought is the fault NoSuchCard, one that no answer can hold BadArgument.
func (c *Collection) KeepDrafts(ctx context.Context, drafts []decks.Draft) error {
	if err := ctx.Err(); err != nil {
		return faulty(err)
	}
	if len(drafts) == 0 {
		return nil
	}
	if err := c.keepDrafts(drafts); err != nil {
		return fmt.Errorf("keep %d drafts: %w", len(drafts), faulty(err))
	}
	c.subs.tell(Change{Op: OpDraft, Drafts: true})
	return nil
}

func (c *Collection) keepDrafts(drafts []decks.Draft) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return errClosed
	}
	now := c.clock().UnixMilli()
	return c.transact(context.Background(), func(t *tx) error {
		for _, d := range drafts {
			if err := putDraft(t, d, now); err != nil {
				return err
			}
		}
		return nil
	})
}

func putDraft(t *tx, d decks.Draft, now int64) error {
	var one int
	if err := t.row(`SELECT 1 FROM owners WHERE note = ?`, d.Note).Scan(&one); isNoRows(err) {
		return fault.New(fault.NoSuchCard, nil, "card", d.Note)
	} else if err != nil {
		return err
	}
	text := release.Text(d.Text)
	quotes, err := json.Marshal(nonNil(d.Quotes))
	if err != nil {
		return err
	}
	if text == "" || len(text) > release.MaxText || len(quotes) > release.MaxText {
		err := fmt.Errorf("a draft of %d bytes with %d of quotations", len(text), len(quotes))
		return fault.New(fault.BadArgument, err, "what", err.Error())
	}
	_, err = t.exec(`INSERT INTO drafts (note, text, quotes, supported, model, at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
		ON CONFLICT (note) DO UPDATE SET text = ?2, quotes = ?3, supported = ?4, model = ?5, at_ms = ?6, rejected = NULL`,
		d.Note, text, string(quotes), d.Supported && len(d.Quotes) > 0, d.Model, now)
	return err
}

// waiting is when a draft waits, of drafts d and notes n.
const waiting = `n.needs AND NOT n.retired AND (d.rejected IS NULL OR d.rejected IN undone)`

// Drafts lists the drafts that wait, in course order; deck "" is all decks.
func (c *Collection) Drafts(ctx context.Context, deck string) (list []DraftRow, err error) {
	list = []DraftRow{}
	err = c.read(ctx, func(q querier, m *memory) error {
		if deck != "" {
			if _, err := m.deck(deck); err != nil {
				return err
			}
		}
		rows, err := q.query(`SELECT d.note, d.text, d.quotes, d.supported, d.model, d.at_ms, n.shown, n.deck
			FROM drafts d JOIN notes n ON n.id = d.note JOIN decks ON decks.id = n.deck
			WHERE (?1 = '' OR n.deck = ?1) AND `+waiting+` ORDER BY decks.pos, n.deck, n.pos`, deck)
		return each(rows, err, func(s scanner) error {
			d, err := scanDraft(s, m)
			if err == nil {
				d.At = d.At.In(c.clock().Location())
				list = append(list, d)
			}
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list the drafts: %w", err)
	}
	return list, nil
}

func scanDraft(s scanner, m *memory) (d DraftRow, err error) {
	var quotes, shown string
	var at int64
	if err := s.Scan(&d.Note, &d.Text, &quotes, &d.Supported, &d.Model, &at, &shown, &d.Deck); err != nil {
		return d, err
	}
	d.At = time.UnixMilli(at)
	if err := json.Unmarshal([]byte(quotes), &d.Quotes); err != nil {
		return d, fault.New(fault.CorruptFile, fmt.Errorf("the quotations of the draft for note %s: %w", d.Note, err))
	}
	n, err := parseNote(d.Note, shown)
	if err != nil {
		return d, err
	}
	d.Question = n.Text(decks.Front)
	if e, err := m.deck(d.Deck); err == nil {
		d.DeckTitle = e.title
		if i, ok := e.sectionAt[n.Section]; ok {
			d.Section = e.sections[i].Title
		}
	}
	return d, nil
}

// AcceptDraft makes a draft the student's answer: an edit like one he typed, and
// undone like one; then the draft waits again. text is the draft as he changed it,
// "" takes it as it is. Fault: NoSuchDraft when none waits for the note.
func (c *Collection) AcceptDraft(ctx context.Context, note, text string) error {
	text = release.Text(text)
	if len(text) > release.MaxText {
		return fault.New(fault.DeckTooLarge, nil, "cards", release.MaxNotes, "limit", release.MaxText)
	}
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		drafted, err := draftOf(t, note)
		if err != nil {
			return Change{}, err
		}
		if text == "" {
			text = drafted
		}
		old, _, released, err := noteForEdit(t, note)
		if err != nil {
			return Change{}, err
		}
		ch, err := c.editNote(t, m, OpAccept, old, string(decks.Back), sql.NullString{String: text, Valid: true}, released.Text(decks.Back))
		ch.Drafts = true
		return ch, err
	})
	if err != nil {
		return fmt.Errorf("accept the draft for note %s: %w", note, err)
	}
	return nil
}

// RejectDraft puts a draft away: one operation, which can be undone until another
// draft takes its place. Fault: NoSuchDraft.
func (c *Collection) RejectDraft(ctx context.Context, note string) error {
	err := c.write(ctx, func(t *tx, _ *memory) (Change, error) {
		if _, err := draftOf(t, note); err != nil {
			return Change{}, err
		}
		o, err := c.begin(t, OpReject, note)
		if err != nil {
			return Change{}, err
		}
		_, err = t.exec(`UPDATE drafts SET rejected = ? WHERE note = ?`, o.seq, note)
		return Change{Op: OpReject, Drafts: true}, err
	})
	if err != nil {
		return fmt.Errorf("reject the draft for note %s: %w", note, err)
	}
	return nil
}

// draftOf is the text of the draft that waits for a note.
func draftOf(q querier, note string) (text string, err error) {
	err = q.row(`SELECT d.text FROM drafts d JOIN notes n ON n.id = d.note WHERE d.note = ? AND `+waiting, note).Scan(&text)
	if isNoRows(err) {
		return "", fault.New(fault.NoSuchDraft, nil, "card", note)
	}
	if err != nil {
		return "", fmt.Errorf("read the draft: %w", err)
	}
	return text, nil
}

// drafts looks for drafts of notes that no deck brought, and for quotations that
// cannot be read. A draft is nobody's work: repairing drops it.
func (d *doctor) drafts(t *tx) error {
	var bad []string
	rows, err := t.query(`SELECT note, quotes, note IN (SELECT note FROM owners) FROM drafts ORDER BY note`)
	err = each(rows, err, func(s scanner) error {
		var note, text string
		var owned bool
		var quotes []decks.Quote
		if err := s.Scan(&note, &text, &owned); err != nil {
			return err
		}
		if !owned || json.Unmarshal([]byte(text), &quotes) != nil {
			bad = append(bad, note)
		}
		return nil
	})
	if err != nil || len(bad) == 0 {
		return err
	}
	for _, note := range bad {
		if _, err := t.exec(`DELETE FROM drafts WHERE note = ?`, note); err != nil {
			return err
		}
	}
	d.say(problemDraft, d.repair, "%d drafts", len(bad))
	return nil
}
