package collection

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"lectern/decks"
	"lectern/decks/merge"
	"lectern/decks/release"
)

// noteRow is a row of notes: a note as shown and what is computed from it.
type noteRow struct {
	id, deck, section string
	pos               int64
	shown, released   string // JSON
	question, answer  string // plain
	search            string // folded
	needs, retired    bool
	parts             []string // its cards
}

// placed is a released note with its place in the course.
type placed struct {
	note    decks.Note
	pos     int64
	retired bool
}

// makeRow computes the row of a note.
func makeRow(deck string, p placed, o merge.Overlay) (noteRow, error) {
	released, shown := o.Released(p.note), o.Shown(p.note)
	r := noteRow{
		id: p.note.ID, deck: deck, section: p.note.Section, pos: p.pos,
		needs: shown.NeedsAnswer(), retired: p.retired && o.Keep == nil, parts: release.Parts(shown),
	}
	text, err := json.Marshal(shown)
	if err != nil {
		return r, fmt.Errorf("write note %s: %w", r.id, err)
	}
	r.shown = string(text)
	if text, err = json.Marshal(released); err != nil {
		return r, fmt.Errorf("write note %s: %w", r.id, err)
	}
	if r.released = string(text); r.released == r.shown {
		r.released = ""
	}
	r.question, r.answer, r.search = noteTexts(shown)
	return r, nil
}

// deckState is what the installs of a deck say.
type deckState struct {
	pointer *installEvent // nil: the deck is not there
	first   int64         // Unix ms of the first install: its place among the decks
	past    [][]byte      // releases that were shown before, the newest first, without repeats
	undone  [][]byte      // releases of which every install was taken back, the oldest first
}

func stateOf(installs []*installEvent) deckState {
	var s deckState
	ordered := inOrder(installs)
	if len(ordered) > 0 {
		s.first = ordered[0].atMS
	}
	var seen []string
	for i := len(ordered) - 1; i >= 0; i-- {
		e := ordered[i]
		if e.gone {
			if e.release != nil {
				s.undone = append(s.undone, e.release)
			}
			continue
		}
		if s.pointer == nil {
			if e.release == nil {
				return deckState{first: s.first}
			}
			s.pointer = e
			seen = append(seen, string(e.release))
			continue
		}
		if e.release != nil && !slices.Contains(seen, string(e.release)) {
			s.past = append(s.past, e.release)
			seen = append(seen, string(e.release))
		}
	}
	s.undone = slices.DeleteFunc(s.undone, func(hash []byte) bool { return slices.Contains(seen, string(hash)) })
	slices.Reverse(s.undone) // the oldest first: one more that is undone changes nothing
	return s
}

// readRelease returns a released deck.
func readRelease(q querier, hash []byte) (decks.Deck, error) {
	if t, ok := q.(*tx); ok {
		if d, ok := t.decoded[hex.EncodeToString(hash)]; ok {
			return d, nil
		}
	}
	content, err := readContent(q, hash)
	if err != nil {
		return decks.Deck{}, err
	}
	d, err := release.Decode(content)
	if err != nil {
		return decks.Deck{}, fmt.Errorf("read release %x: %w", hash, err)
	}
	return d, nil
}

// readContent returns what a release holds.
func readContent(q querier, hash []byte) ([]byte, error) {
	var size int64
	var body []byte
	if err := q.row(`SELECT size, body FROM releases WHERE hash = ?`, hash).Scan(&size, &body); err != nil {
		return nil, fmt.Errorf("read release %x: %w", hash, err)
	}
	content, err := inflate(body, size)
	if err != nil {
		return nil, fmt.Errorf("read release %x: %w", hash, err)
	}
	return content, nil
}

// notesOf returns the notes of a deck that is there: those of its release in
// course order, then those the author withdrew, as they were last. A note that only came
// with an update which was undone since is withdrawn too, when the student did something
// with it: nothing that has a history goes.
func notesOf(q querier, s deckState) (decks.Deck, []placed, error) {
	d, err := readRelease(q, s.pointer.release)
	if err != nil {
		return d, nil, err
	}
	out := make([]placed, 0, len(d.Notes))
	gone, err := brought(q, d.ID)
	if err != nil {
		return d, nil, err
	}
	for _, n := range d.Notes {
		delete(gone, n.ID)
		out = append(out, placed{note: n, pos: int64(len(out)) * posPerNote})
	}
	for i, hash := range slices.Concat(s.past, s.undone) {
		if i == len(s.past) {
			if gone, err = used(q, gone); err != nil {
				return d, nil, err
			}
		}
		if len(gone) == 0 {
			break
		}
		content, err := readContent(q, hash)
		if err != nil {
			return d, nil, err
		}
		notes, err := release.Find(content, gone)
		if err != nil {
			return d, nil, fmt.Errorf("read release %x: %w", hash, err)
		}
		for _, n := range notes {
			delete(gone, n.ID)
			out = append(out, placed{note: n, pos: int64(len(out)) * posPerNote, retired: true})
		}
	}
	return d, out, nil
}

// used returns those of some notes that the student answered or wrote over.
func used(q querier, notes map[string]bool) (map[string]bool, error) {
	out := map[string]bool{}
	for note := range notes {
		var is bool
		err := q.row(`SELECT EXISTS (SELECT 1 FROM edits WHERE note = ?1 AND op NOT IN undone)
			OR EXISTS (SELECT 1 FROM reviews WHERE card > ?1 || '/' AND card < ?1 || '0' AND op NOT IN undone)`, note).Scan(&is)
		if err != nil {
			return nil, fmt.Errorf("look for the history of note %s: %w", note, err)
		}
		if is {
			out[note] = true
		}
	}
	return out, nil
}

// posPerNote leaves room for the parts of a note in the order of cards.
const posPerNote = 1024

// refreshDeck brings the caches of a deck to what its installs say.
func (c *Collection) refreshDeck(ctx context.Context, t *tx, m *memory, id string, p Progress) error {
	installs, err := readInstalls(t, id)
	if err != nil {
		return err
	}
	s := stateOf(installs)
	old, err := cachedNotes(t, id)
	if err != nil {
		return err
	}
	var rows []noteRow
	if s.pointer == nil {
		res, err := t.exec(`DELETE FROM decks WHERE id = ?`, id)
		if err != nil {
			return fmt.Errorf("drop deck %s: %w", id, err)
		}
		if err := t.count(res); err != nil {
			return err
		}
	} else {
		d, notes, err := notesOf(t, s)
		if err != nil {
			return err
		}
		if err := putDeck(t, d, s); err != nil {
			return err
		}
		edits, err := editsOf(t, id)
		if err != nil {
			return err
		}
		if rows, err = makeRows(ctx, id, notes, edits, p); err != nil {
			return err
		}
	}
	for i := range rows {
		if i%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := c.putNote(t, m, old[rows[i].id], &rows[i]); err != nil {
			return err
		}
		delete(old, rows[i].id)
	}
	for _, o := range old {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := dropNote(t, o); err != nil {
			return err
		}
	}
	return nil
}

func putDeck(t *tx, d decks.Deck, s deckState) error {
	sections, err := json.Marshal(nonNil(d.Sections))
	if err != nil {
		return fmt.Errorf("write sections: %w", err)
	}
	res, err := t.exec(`INSERT INTO decks (id, pos, title, lang, origin, release, page, sections) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
		ON CONFLICT (id) DO UPDATE SET pos = ?2, title = ?3, lang = ?4, origin = ?5, release = ?6, page = ?7, sections = ?8
		WHERE (pos, title, lang, origin, release, page, sections) IS NOT (?2, ?3, ?4, ?5, ?6, ?7, ?8)`,
		d.ID, s.first, d.Title, d.Lang, s.pointer.origin, s.pointer.release, s.pointer.page, string(sections))
	if err != nil {
		return fmt.Errorf("write deck %s: %w", d.ID, err)
	}
	return t.count(res)
}

func nonNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// cachedNote is what is needed of a row of notes to replace it.
type cachedNote struct {
	n   int64
	row noteRow // without parts
}

const noteColumns = `n, id, deck, section, pos, shown, released, question, answer, search, needs, retired`

func scanNote(s scanner) (cachedNote, error) {
	var c cachedNote
	r := &c.row
	err := s.Scan(&c.n, &r.id, &r.deck, &r.section, &r.pos, &r.shown, &r.released, &r.question, &r.answer, &r.search, &r.needs, &r.retired)
	return c, err
}

func cachedNotes(q querier, deck string) (map[string]cachedNote, error) {
	out := map[string]cachedNote{}
	rows, err := q.query(`SELECT `+noteColumns+` FROM notes WHERE deck = ?`, deck)
	err = each(rows, err, func(s scanner) error {
		c, err := scanNote(s)
		out[c.row.id] = c
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the notes of deck %s: %w", deck, err)
	}
	return out, nil
}

// editsOf reads the edits of the notes that a deck has brought, by note.
func editsOf(q querier, deck string) (map[string][]*editEvent, error) {
	all, err := readEvents(q, "edits", editColumns, `WHERE note IN (SELECT note FROM owners WHERE deck = ?) ORDER BY seq`, newEdit, deck)
	return byNote(all), err
}

func byNote(edits []*editEvent) map[string][]*editEvent {
	out := map[string][]*editEvent{}
	for _, e := range edits {
		out[e.note] = append(out[e.note], e)
	}
	return out
}

// putNote writes a note's row where it differs from the one that is there, and
// its cards.
func (c *Collection) putNote(t *tx, m *memory, old cachedNote, r *noteRow) error {
	was := old.row
	n := old.n
	if n == 0 || !equalRows(&was, r) {
		t.changed++
		var err error
		if n, err = writeNote(t, old, r); err != nil {
			return fmt.Errorf("write note %s: %w", r.id, err)
		}
	}
	if err := c.putCards(t, m, r, n, old.n == 0); err != nil {
		return fmt.Errorf("write the cards of note %s: %w", r.id, err)
	}
	return nil
}

func equalRows(a, b *noteRow) bool {
	return a.id == b.id && a.deck == b.deck && a.section == b.section && a.pos == b.pos && a.shown == b.shown &&
		a.released == b.released && a.question == b.question && a.answer == b.answer && a.search == b.search &&
		a.needs == b.needs && a.retired == b.retired
}

func writeNote(t *tx, old cachedNote, r *noteRow) (n int64, err error) {
	n = old.n
	if n == 0 {
		res, err := t.exec(`INSERT INTO notes (id, deck, section, pos, shown, released, question, answer, search, needs, retired)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			r.id, r.deck, r.section, r.pos, r.shown, r.released, r.question, r.answer, r.search, r.needs, r.retired)
		if err != nil {
			return 0, err
		}
		if n, err = res.LastInsertId(); err != nil {
			return 0, err
		}
	} else {
		_, err = t.exec(`UPDATE notes SET deck = ?, section = ?, pos = ?, shown = ?, released = ?, question = ?, answer = ?,
			search = ?, needs = ?, retired = ? WHERE n = ?`,
			r.deck, r.section, r.pos, r.shown, r.released, r.question, r.answer, r.search, r.needs, r.retired, n)
		if err != nil {
			return 0, err
		}
	}
	return n, nil
}

func dropNote(t *tx, old cachedNote) error {
	t.changed++
	if _, err := t.exec(`DELETE FROM notes WHERE n = ?`, old.n); err != nil {
		return fmt.Errorf("drop note %s: %w", old.row.id, err)
	}
	if _, err := t.exec(`DELETE FROM cards WHERE n = ?`, old.n); err != nil {
		return fmt.Errorf("drop note %s: %w", old.row.id, err)
	}
	return nil
}

// cachedNoteOf returns a note's row; n is 0 when there is none.
func cachedNoteOf(q querier, id string) (cachedNote, error) {
	c, err := scanNote(q.row(`SELECT `+noteColumns+` FROM notes WHERE id = ?`, id))
	if isNoRows(err) {
		return cachedNote{}, nil
	}
	if err != nil {
		return c, fmt.Errorf("read note %s: %w", id, err)
	}
	return c, nil
}

// releasedNote returns the author's note behind a row.
func (c cachedNote) releasedNote() (decks.Note, error) {
	text := c.row.released
	if text == "" {
		text = c.row.shown
	}
	return parseNote(c.row.id, text)
}

func parseNote(id, text string) (decks.Note, error) {
	var n decks.Note
	if err := json.Unmarshal([]byte(text), &n); err != nil {
		return n, fmt.Errorf("read note %s: %w", id, err)
	}
	return n, nil
}

// refreshNote brings the caches of a note to what its edits say. A note that
// is not shown has none.
func (c *Collection) refreshNote(t *tx, m *memory, id string) error {
	old, err := cachedNoteOf(t, id)
	if err != nil || old.n == 0 {
		return err
	}
	n, err := old.releasedNote()
	if err != nil {
		return err
	}
	edits, err := readEdits(t, id)
	if err != nil {
		return err
	}
	o, err := overlay(edits)
	if err != nil {
		return err
	}
	r, err := makeRow(old.row.deck, placed{note: n, pos: old.row.pos, retired: old.row.retired}, o)
	if err != nil {
		return err
	}
	return c.putNote(t, m, old, &r)
}
