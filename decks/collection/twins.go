package collection

import (
	"context"
	"fmt"
	"strings"

	"lectern/decks"
	"lectern/decks/content"
	"lectern/decks/release"
	"lectern/decks/twins"
)

// Twin is a note that asks what a new one asks.
type Twin struct {
	At    int     // the new note, by its place among those that were asked about
	Alike float64 // twins.Enough to 1
	Exact bool    // the same words
	// Same is the new note before it that it repeats, by its place; -1: the twin
	// is in the collection, and the rest says which it is.
	Same      int
	Note      decks.Note // as shown
	Card      decks.CardID
	Deck      string // id
	DeckTitle string
	Section   string // title
}

// Twins finds for new notes the ones that ask the same: in the collection,
// without the deck except ("" for none), or else among the new ones. Notes
// whose author withdrew them are not looked at. A choice is compared with its
// options, a cloze with its gaps filled; a question with a picture is only like
// one with as many.
func (c *Collection) Twins(ctx context.Context, notes []decks.Note, except string) ([]Twin, error) {
	found, err := c.twins(ctx, notes, except)
	if err != nil {
		return nil, fmt.Errorf("look for twins of %d notes: %w", len(notes), err)
	}
	return found, nil
}

func (c *Collection) twins(ctx context.Context, notes []decks.Note, except string) ([]Twin, error) {
	asked := make([]string, len(notes))
	for i, n := range notes {
		question, _, _ := noteTexts(n)
		asked[i] = withOptions(question, n)
	}
	ids, questions, err := c.questions(ctx, except)
	if err != nil {
		return nil, err
	}
	near := twins.Build(questions).Nearest(asked) // aside: nobody waits for it
	var found []Twin
	err = c.read(ctx, func(q querier, m *memory) error {
		for i, match := range near {
			if match.At < 0 {
				continue
			}
			t := Twin{At: i, Alike: match.Alike, Exact: match.Exact, Same: -1}
			there, err := t.read(q, m, ids[match.At])
			if err != nil {
				return err
			}
			if there && pictures(t.Note) == pictures(notes[i]) {
				found = append(found, t)
			} else {
				near[i].At = -1
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	all := make([]Twin, 0, len(found))
	for i, match := range twins.Repeats(asked) {
		switch {
		case near[i].At >= 0:
			all, found = append(all, found[0]), found[1:]
		case match.At >= 0 && pictures(notes[match.At]) == pictures(notes[i]):
			all = append(all, Twin{At: i, Alike: match.Alike, Exact: match.Exact, Same: match.At})
		}
	}
	return all, nil
}

// questions reads what the notes of all decks but one ask, in plain text.
func (c *Collection) questions(ctx context.Context, except string) (ids, questions []string, err error) {
	err = c.read(ctx, func(q querier, _ *memory) error {
		rows, err := q.query(`SELECT id, question, CASE WHEN instr(shown, '"Kind":"choice"') THEN shown ELSE '' END
			FROM notes WHERE NOT retired AND deck <> ?`, except)
		return each(rows, err, func(s scanner) error {
			var id, question, choice string
			if err := s.Scan(&id, &question, &choice); err != nil {
				return err
			}
			if choice != "" {
				n, err := parseNote(id, choice)
				if err != nil {
					return err
				}
				question = withOptions(question, n)
			}
			ids, questions = append(ids, id), append(questions, question)
			return nil
		})
	})
	return ids, questions, err
}

// withOptions is a question with what it offers to choose from.
func withOptions(question string, n decks.Note) string {
	if n.Kind != decks.Choice {
		return question
	}
	parts := []string{question}
	for _, o := range n.Choices {
		parts = append(parts, plainText(o.Text))
	}
	return strings.Join(parts, "\n")
}

// pictures counts those of a question.
func pictures(n decks.Note) int {
	text := n.Text(decks.Front)
	if !strings.Contains(text, "![") && !strings.Contains(text, "<img") {
		return 0
	}
	return len(content.Pictures(content.Parse(text)))
}

// read fills in a note of the collection; there is false when it has gone.
func (t *Twin) read(q querier, m *memory, id string) (there bool, err error) {
	row, err := cachedNoteOf(q, id)
	if err != nil || row.n == 0 {
		return false, err
	}
	if t.Note, err = parseNote(id, row.row.shown); err != nil {
		return false, err
	}
	d, err := m.deck(row.row.deck)
	if err != nil {
		return false, err
	}
	t.Card, t.Deck, t.DeckTitle = decks.NewCardID(id, release.Parts(t.Note)[0]), d.id, d.title
	if i, ok := d.sectionAt[row.row.section]; ok {
		t.Section = d.sections[i].Title
	}
	return true, nil
}
