package collection

import (
	"bytes"
	"cmp"
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/release"
)

// InstallOptions say where a deck comes from and what belongs to it.
type InstallOptions struct {
	Origin   Origin
	Media    fs.FS  // files of the deck's pictures, all at the root; nil: none
	PageText string // the text of the page the deck was made from, for Page; "": none
	// Links are notes of the deck that are kept beside one of another deck that
	// asks the same: by id, the other's id. See Link.
	Links map[string]string
	// Answers are what the page answers to questions of other decks: by id of the
	// note, Markdown. They become the student's where there is none yet.
	Answers  map[string]string
	Progress Progress
}

// Install makes a release of the deck and shows it. A deck whose id is there
// already is updated: notes are matched by id, what the student wrote stays,
// notes that are missing now are retired with their history. A name in Media
// that another deck's file has, with other bytes, is given a new one and the
// notes follow. Faults: EmptyQuestion and BadArgument for a deck that cannot
// be released, MissingMedia, DiskFull, Cancelled; then nothing was installed.
func (c *Collection) Install(ctx context.Context, deck decks.Deck, o InstallOptions) (InstallResult, error) {
	r, err := c.install(ctx, deck, o)
	if err != nil {
		return InstallResult{}, fmt.Errorf("install deck %q: %w", deck.Title, faulty(err))
	}
	return r, nil
}

func (c *Collection) install(ctx context.Context, deck decks.Deck, o InstallOptions) (InstallResult, error) {
	rel, content, err := newRelease(deck)
	if err != nil {
		return InstallResult{}, err
	}
	if o.Media != nil {
		renamed, err := c.keepMedia(ctx, o.Media)
		if err != nil {
			return InstallResult{}, err
		}
		if len(renamed) > 0 {
			r := renaming(renamed)
			if rel, content, err = newRelease(renameMedia(deck, r)); err != nil {
				return InstallResult{}, err
			}
			o.Answers = maps.Clone(o.Answers)
			for note, text := range o.Answers {
				o.Answers[note] = r.Replace(text)
			}
		}
	}
	origin, err := json.Marshal(o.Origin)
	if err != nil {
		return InstallResult{}, err
	}
	res := InstallResult{Deck: deck.ID, Release: rel.Hash}
	err = c.write(ctx, func(t *tx, m *memory) (Change, error) {
		if keys, err := pinned(t, deck.ID); err != nil || len(keys.Signed()) > 0 {
			return Change{}, cmp.Or(err, error(fault.New(fault.SignedDeck, nil, "title", rel.Deck.Title)))
		}
		before, err := c.shownRelease(t, deck.ID)
		if err != nil {
			return Change{}, err
		}
		res.Update = before != nil
		res.compare(before, rel.Deck)
		if err := c.own(t, rel.Deck); err != nil {
			return Change{}, err
		}
		kind := OpInstall
		if res.Update {
			kind = OpUpdate
		}
		op, err := c.begin(t, kind, deck.ID)
		if err != nil {
			return Change{}, err
		}
		res.Op = op.id
		hash, err := putRelease(t, rel, content, op.at.Time.UnixMilli())
		if err != nil {
			return Change{}, err
		}
		page, err := putPage(t, o.PageText)
		if err != nil {
			return Change{}, err
		}
		if err := op.point(deck.ID, hash, string(origin), page); err != nil {
			return Change{}, err
		}
		if err := c.refreshDeck(ctx, t, m, deck.ID, o.Progress); err != nil {
			return Change{}, err
		}
		if err := c.relate(t, m, op, o); err != nil {
			return Change{}, err
		}
		m.stale = true
		return Change{Op: kind, Queue: true, Texts: true, Decks: true, All: true}, nil
	})
	return res, err
}

// relate writes what an install says about notes of other decks.
func (c *Collection) relate(t *tx, m *memory, op *op, o InstallOptions) error {
	for _, note := range slices.Sorted(maps.Keys(o.Answers)) {
		if err := fill(t, op, note, release.Text(o.Answers[note])); err != nil {
			return err
		}
		if err := c.refreshNote(t, m, note); err != nil {
			return err
		}
	}
	for _, note := range slices.Sorted(maps.Keys(o.Links)) {
		other := o.Links[note]
		old, err := cachedNoteOf(t, other)
		if err != nil {
			return err
		}
		mine, err := cachedNoteOf(t, note)
		if err != nil {
			return err
		}
		if old.n == 0 || mine.n == 0 || note == other {
			continue // it went meanwhile
		}
		if err := op.link(note, other, true); err != nil {
			return err
		}
	}
	return nil
}

// newRelease makes a release; what keeps the deck from it is a fault.
func newRelease(deck decks.Deck) (release.Release, []byte, error) {
	rel, content, err := release.New(deck)
	if err == nil {
		return rel, content, nil
	}
	var p release.Problem
	if errors.As(err, &p) && p.Code == "empty_question" {
		return rel, nil, fault.New(fault.EmptyQuestion, err)
	}
	if fault.Is(err, fault.DeckTooLarge) {
		return rel, nil, err
	}
	return rel, nil, fault.New(fault.BadArgument, err, "what", err.Error())
}

// compare counts what an install changes.
func (r *InstallResult) compare(before *decks.Deck, now decks.Deck) {
	old := map[string]string{}
	if before != nil {
		for _, n := range before.Notes {
			old[n.ID] = fingerprint(n)
		}
	}
	for _, n := range now.Notes {
		switch was, ok := old[n.ID]; {
		case !ok:
			r.Added++
		case was == fingerprint(n):
			r.Same++
		default:
			r.Changed++
		}
		delete(old, n.ID)
	}
	r.Retired = len(old)
}

// fingerprint is the same for notes that say the same.
func fingerprint(n decks.Note) string {
	text, err := json.Marshal(n)
	if err != nil {
		panic(fmt.Sprintf("a note of plain values cannot be written: %v", err))
	}
	return string(text)
}

// shownRelease returns the release a deck points to, nil when it is not there.
func (c *Collection) shownRelease(q querier, id string) (*decks.Deck, error) {
	installs, err := readInstalls(q, id)
	if err != nil {
		return nil, err
	}
	s := stateOf(installs)
	if s.pointer == nil {
		return nil, nil
	}
	d, err := readRelease(q, s.pointer.release)
	if err != nil {
		return nil, err
	}
	return &d, nil
}

// own makes the deck the owner of its notes. A note of another deck is a fault:
// its history cannot belong to both.
func (c *Collection) own(t *tx, d decks.Deck) error {
	mine, err := brought(t, d.ID)
	if err != nil {
		return err
	}
	for _, n := range d.Notes {
		if mine[n.ID] {
			continue
		}
		var deck string
		err := t.row(`SELECT deck FROM owners WHERE note = ?`, n.ID).Scan(&deck)
		if err == nil {
			what := fmt.Sprintf("note %s belongs to deck %s", n.ID, deck)
			return fault.New(fault.BadArgument, errors.New(what), "what", what, "problem", "other_deck", "card", n.ID)
		}
		if !isNoRows(err) {
			return fmt.Errorf("read the deck of note %s: %w", n.ID, err)
		}
		if _, err := t.exec(`INSERT INTO owners (note, deck) VALUES (?, ?)`, n.ID, d.ID); err != nil {
			return fmt.Errorf("own note %s: %w", n.ID, err)
		}
	}
	return nil
}

// point appends the event that a deck shows a release; nil puts it away.
func (o *op) point(deck string, hash []byte, origin string, page []byte) error {
	installs, err := readInstalls(o.t, deck)
	if err != nil {
		return err
	}
	_, err = o.event("installs", installColumns, `?, ?, ?, ?`, heads(installs), deck, hash, origin, page)
	return err
}

func putRelease(t *tx, rel release.Release, content []byte, madeMS int64) ([]byte, error) {
	hash, err := hex.DecodeString(rel.Hash)
	if err != nil {
		return nil, fmt.Errorf("read the hash of the release: %w", err)
	}
	body, err := deflate(content)
	if err != nil {
		return nil, err
	}
	_, err = t.exec(`INSERT INTO releases (hash, deck, made_ms, size, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING`,
		hash, rel.Deck.ID, madeMS, len(content), body)
	if err != nil {
		return nil, fmt.Errorf("keep release %s: %w", rel.Hash, err)
	}
	return hash, nil
}

func putPage(t *tx, text string) ([]byte, error) {
	if text == "" {
		return nil, nil
	}
	sum := sha256.Sum256([]byte(text))
	body, err := deflate([]byte(text))
	if err != nil {
		return nil, err
	}
	_, err = t.exec(`INSERT INTO pages (hash, size, body) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING`, sum[:], len(text), body)
	if err != nil {
		return nil, fmt.Errorf("keep the page: %w", err)
	}
	return sum[:], nil
}

func deflate(p []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.DefaultCompression)
	if err != nil {
		return nil, fmt.Errorf("deflate: %w", err)
	}
	if _, err := w.Write(p); err != nil {
		return nil, fmt.Errorf("deflate: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("deflate: %w", err)
	}
	return b.Bytes(), nil
}

// inflate inflates a body that is known to have size bytes.
func inflate(p []byte, size int64) ([]byte, error) {
	const most = 1 << 28
	if size < 0 || size > most {
		return nil, fault.New(fault.CorruptFile, fmt.Errorf("a body of %d bytes", size))
	}
	r := flate.NewReader(bytes.NewReader(p))
	out := make([]byte, size)
	if _, err := io.ReadFull(r, out); err != nil {
		return nil, fault.New(fault.CorruptFile, fmt.Errorf("inflate: %w", err))
	}
	if n, _ := r.Read(make([]byte, 1)); n > 0 {
		return nil, fault.New(fault.CorruptFile, errors.New("inflate: the body is too long"))
	}
	return out, nil
}

// RemoveDeck puts a deck away: its cards are not shown and not due. Everything
// that was written and answered stays, for Undo and for a later Install.
func (c *Collection) RemoveDeck(ctx context.Context, id string) error {
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		if _, err := m.deck(id); err != nil {
			return Change{}, err
		}
		op, err := c.begin(t, OpRemove, id)
		if err != nil {
			return Change{}, err
		}
		if err := op.point(id, nil, `{}`, nil); err != nil {
			return Change{}, err
		}
		if err := c.refreshDeck(ctx, t, m, id, nil); err != nil {
			return Change{}, err
		}
		m.stale = true
		return Change{Op: OpRemove, Queue: true, Texts: true, Decks: true, All: true}, nil
	})
	if err != nil {
		return fmt.Errorf("remove deck %s: %w", id, err)
	}
	return nil
}

// deck returns a deck that is there, or the fault NoSuchDeck.
func (m *memory) deck(id string) (*deckEntry, error) {
	i, ok := m.deckAt[id]
	if !ok {
		return nil, fault.New(fault.NoSuchDeck, nil, "deck", id)
	}
	return &m.decks[i], nil
}

// FindPage returns the deck that was installed from a page, as released: the
// one with the origin's key, or without a key the one with its kind and name.
func (c *Collection) FindPage(ctx context.Context, o Origin) (deck decks.Deck, found bool, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		for _, d := range m.decks {
			same := o.Key != "" && d.origin.Key == o.Key
			if o.Key == "" {
				same = d.origin.Kind == o.Kind && d.origin.Name == o.Name
			}
			if !same {
				continue
			}
			r, err := c.shownRelease(q, d.id)
			if err != nil || r == nil {
				return err
			}
			deck, found = *r, true
			return nil
		}
		return nil
	})
	if err != nil {
		return decks.Deck{}, false, fmt.Errorf("find the deck of page %q: %w", o.Name, err)
	}
	return deck, found, nil
}

// Page returns the text of the page a deck was made from, if it was kept.
func (c *Collection) Page(ctx context.Context, deck string) (text string, kept bool, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		if _, err := m.deck(deck); err != nil {
			return err
		}
		var size int64
		var body []byte
		err := q.row(`SELECT size, body FROM pages JOIN decks ON decks.page = pages.hash WHERE decks.id = ?`, deck).Scan(&size, &body)
		if isNoRows(err) {
			return nil
		}
		if err != nil {
			return err
		}
		p, err := inflate(body, size)
		text, kept = string(p), err == nil
		return err
	})
	if err != nil {
		return "", false, fmt.Errorf("read the page of deck %s: %w", deck, err)
	}
	return text, kept, nil
}

// Deck returns a deck as shown: the author's release with what the student
// wrote over it, without the notes the author withdrew.
func (c *Collection) Deck(ctx context.Context, id string) (deck decks.Deck, err error) {
	err = c.read(ctx, func(q querier, m *memory) error {
		e, err := m.deck(id)
		if err != nil {
			return err
		}
		deck = decks.Deck{ID: id, Title: e.title, Sections: e.sections}
		if err := q.row(`SELECT lang FROM decks WHERE id = ?`, id).Scan(&deck.Lang); err != nil {
			return err
		}
		rows, err := q.query(`SELECT id, shown FROM notes WHERE deck = ? AND NOT retired ORDER BY pos`, id)
		return each(rows, err, func(s scanner) error {
			var note, text string
			if err := s.Scan(&note, &text); err != nil {
				return err
			}
			n, err := parseNote(note, text)
			deck.Notes = append(deck.Notes, n)
			return err
		})
	})
	if err != nil {
		return decks.Deck{}, fmt.Errorf("read deck %s: %w", id, err)
	}
	return deck, nil
}

// makeRows computes the rows of notes, on all processors but one: that is the window's.
func makeRows(ctx context.Context, deck string, notes []placed, edits map[string][]*editEvent, p Progress) ([]noteRow, error) {
	rows := make([]noteRow, len(notes))
	errs := make([]error, len(notes))
	var next, done atomic.Int64
	var wg sync.WaitGroup
	var mu sync.Mutex
	for range min(max(1, runtime.GOMAXPROCS(0)-1), 1+len(notes)/64) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(notes) || ctx.Err() != nil {
					return
				}
				o, err := overlay(edits[notes[i].note.ID])
				if err == nil {
					rows[i], err = makeRow(deck, notes[i], o)
				}
				errs[i] = err
				if n := done.Add(1); p != nil && n%256 == 0 {
					mu.Lock()
					p(int(n), len(notes))
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return rows, errors.Join(errs...)
}
