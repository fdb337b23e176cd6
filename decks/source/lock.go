package source

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lectern/decks"
	"lectern/decks/release"
)

// LockName is the file beside a course in which [Fmt] remembers its cards.
const LockName = "deck.lock.jsonl"

const lockFormat = "lectern-lock/1"

// Lock is what [Fmt] remembers of a course: every card that it ever had. It gives
// an id that was lost back to its card, and knows which cards are gone.
//
// Its file has a line for the course and one for each card, sorted by id:
//
//	{"deck":"dk4m9x7c2k","format":"lectern-lock/1"}
//	{"file":"course.md","id":"7f3k2m9qa1","text":"why does ice float?\nit is lighter than water."}
//	{"file":"course.md","gaps":2,"id":"q4w8e2r7t1","text":"a query is compared with keys."}
//	{"id":"z9x5c3v1b7","into":["q4w8e2r7t1"],"retired":true,"text":"…","why":"joined with another"}
//
// The lines of a card are joined when there are several, and their order means
// nothing: so a merge in git may take all lines of both sides (merge=union).
type Lock struct {
	Deck  string // its id, "" for a course without a lock
	Cards map[string]Entry
}

// Entry is what a lock says of a card.
type Entry struct {
	File    string   // where it stood
	Text    string   // what it says, folded: see [Text]
	Gaps    int      // the highest number that a gap of it ever had
	Minor   string   // the [Sum] of a change that the author said is not in substance
	Origin  string   // deck/note it was forked from
	Retired bool     // it is in the course no more
	Into    []string // the cards that stand for it now, sorted
	Why     string   // one line, for students
}

type lockRecord struct {
	Deck    string   `json:"deck,omitempty"`
	File    string   `json:"file,omitempty"`
	Format  string   `json:"format,omitempty"`
	Gaps    int      `json:"gaps,omitempty"`
	ID      string   `json:"id,omitempty"`
	Into    []string `json:"into,omitempty"`
	Minor   string   `json:"minor,omitempty"`
	Origin  string   `json:"origin,omitempty"`
	Retired bool     `json:"retired,omitempty"`
	Text    string   `json:"text,omitempty"`
	Why     string   `json:"why,omitempty"`
}

// Bytes writes the lock as ParseLock reads it; nothing for the zero value.
func (l Lock) Bytes() []byte {
	if l.Deck == "" {
		return nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	put := func(r lockRecord) {
		if err := enc.Encode(r); err != nil {
			panic(err) // strings and numbers only
		}
	}
	put(lockRecord{Format: lockFormat, Deck: l.Deck})
	for _, id := range slices.Sorted(maps.Keys(l.Cards)) {
		e := l.Cards[id]
		put(lockRecord{ID: id, File: e.File, Text: e.Text, Gaps: e.Gaps, Minor: e.Minor, Origin: e.Origin, Retired: e.Retired, Into: e.Into, Why: e.Why})
	}
	return b.Bytes()
}

// ParseLock reads the file of a lock. Mistakes are returned as [Errors].
func ParseLock(data []byte) (Lock, error) {
	if err := checkSize(len(data)); err != nil {
		return Lock{}, fmt.Errorf("read %s: %w", LockName, err)
	}
	l := Lock{Cards: map[string]Entry{}}
	number := 0
	for line := range bytes.Lines(data) {
		number++
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			continue
		}
		if what := l.line(line); what != "" {
			return Lock{}, Errors{mistake(LockName, number, what, excerpt(strings.ToValidUTF8(string(line), "\uFFFD")))}
		}
	}
	if l.Deck == "" {
		return Lock{}, Errors{mistake(LockName, 1, "lock_head", "")}
	}
	return l, nil
}

// line takes a line of the file and says what is wrong with it.
func (l *Lock) line(line []byte) problem {
	for _, mark := range []string{"<<<<<<<", "=======", ">>>>>>>", "|||||||"} {
		if bytes.HasPrefix(line, []byte(mark)) {
			return "lock_conflict"
		}
	}
	var r lockRecord
	if err := release.ReadStrict(line, &r); err != nil {
		return "lock_line"
	}
	if l.Deck == "" || r.Format != "" {
		return l.head(r)
	}
	e := Entry{File: r.File, Text: r.Text, Gaps: r.Gaps, Minor: r.Minor, Origin: r.Origin, Retired: r.Retired, Into: r.Into, Why: r.Why}
	switch {
	case r.Deck != "" || !release.ValidID(r.ID) || r.Gaps < 0 || r.Gaps > maxGap || len(r.Into) > release.MaxItems:
		return "lock_line"
	case r.Why != release.Line(r.Why) || len(r.Why) > release.MaxText || !e.Retired && (r.Why != "" || len(r.Into) > 0):
		return "lock_line"
	case len(l.Cards) >= release.MaxNotes:
		return "too_large"
	}
	for _, id := range r.Into {
		if !release.ValidID(id) || id == r.ID {
			return "lock_line"
		}
	}
	e.Into = sorted(e.Into)
	if was, twice := l.Cards[r.ID]; twice {
		e = was.join(e)
	}
	l.Cards[r.ID] = e
	return ""
}

func (l *Lock) head(r lockRecord) problem {
	bare := r
	bare.Format, bare.Deck = "", ""
	switch {
	case r.Format == "":
		return "lock_head"
	case r.Format != lockFormat:
		return "lock_version"
	case !release.ValidID(r.Deck) || bare.ID != "" || len(bare.Into) > 0 || bare.Gaps != 0 || bare.Retired || bare.File+bare.Text+bare.Why+bare.Minor+bare.Origin != "":
		return "lock_line"
	case l.Deck != "" && l.Deck != r.Deck:
		return "lock_deck"
	}
	l.Deck = r.Deck
	return ""
}

// join makes one entry of two that a merge left for a card. What can be seen in the
// course is seen there; the rest is kept from both, whichever comes first.
func (e Entry) join(f Entry) Entry {
	e.File, e.Text, e.Gaps = max(e.File, f.File), max(e.Text, f.Text), max(e.Gaps, f.Gaps)
	e.Minor, e.Origin, e.Why = max(e.Minor, f.Minor), max(e.Origin, f.Origin), max(e.Why, f.Why)
	e.Into = sorted(slices.Concat(e.Into, f.Into))
	if e.Retired = e.Retired && f.Retired; !e.Retired {
		e.Into, e.Why = nil, ""
	}
	return e
}

func sorted(ids []string) []string {
	if len(ids) == 0 {
		return nil
	}
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}

// LockOf makes a lock of a deck that was released: for a course that lost its own.
func LockOf(d decks.Deck) Lock {
	l := Lock{Deck: d.ID, Cards: map[string]Entry{}}
	for _, n := range d.Notes {
		l.Cards[n.ID] = Entry{Text: Text(n), Gaps: highestGap(n)}
	}
	for _, r := range d.Retired {
		l.Cards[r.ID] = Entry{Retired: true, Into: sorted(r.Into), Why: r.Why}
	}
	return l
}

// Restore adds to the lock what another one knows and it does not.
func (l Lock) Restore(from Lock) (Lock, error) {
	if l.Deck != "" && l.Deck != from.Deck {
		return l, Errors{mistake(LockName, 1, "lock_deck", l.Deck)}
	}
	out := Lock{Deck: from.Deck, Cards: maps.Clone(from.Cards)}
	for id, e := range l.Cards {
		if was, both := out.Cards[id]; both {
			e.Gaps = max(e.Gaps, was.Gaps)
		}
		out.Cards[id] = e
	}
	return out, nil
}

// Released is the deck as it is released: with the cards that its lock knows as
// retired.
func Released(d decks.Deck, l Lock) decks.Deck {
	here := make(map[string]bool, len(d.Notes))
	for _, n := range d.Notes {
		here[n.ID] = true
	}
	d.Retired = nil
	for id, e := range l.Cards {
		if e.Retired && !here[id] {
			d.Retired = append(d.Retired, decks.Retired{ID: id, Into: e.Into, Why: e.Why})
		}
	}
	return release.Canonical(d)
}
