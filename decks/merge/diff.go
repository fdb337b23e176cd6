package merge

import (
	"reflect"

	"lectern/decks"
	"lectern/decks/release"
)

// Matched says what became of a deck's notes.
type Matched struct {
	Same, Edited, New, Gone int
	Changes                 []Change // new's notes in its order, then those that are gone
}

// ChangeKind says what became of a note.
type ChangeKind string

// The kinds of change.
const (
	NoteSame   ChangeKind = "same"
	NoteEdited ChangeKind = "edited"
	NoteNew    ChangeKind = "new"
	NoteGone   ChangeKind = "gone"
)

// Change is one note before and after. Old is zero for a new note, New for one
// that is gone.
type Change struct {
	Kind     ChangeKind
	Old, New decks.Note
	Fields   []decks.Field // texts that differ
	Moved    bool          // into another section
	Other    bool          // kind, difficulty, tags or options differ
}

// Diff compares two versions of a deck by the ids of their notes. Differences
// that [release.Canonical] does not keep are none.
func Diff(old, new decks.Deck) Matched {
	before := make(map[string]decks.Note, len(old.Notes))
	for _, n := range old.Notes {
		before[n.ID] = n
	}
	var m Matched
	for _, n := range new.Notes {
		o, had := before[n.ID]
		if !had {
			m.New++
			m.Changes = append(m.Changes, Change{Kind: NoteNew, New: n})
			continue
		}
		delete(before, n.ID)
		c := compare(o, n)
		if c.Kind == NoteSame {
			m.Same++
		} else {
			m.Edited++
		}
		m.Changes = append(m.Changes, c)
	}
	for _, n := range old.Notes {
		if _, left := before[n.ID]; left {
			m.Gone++
			m.Changes = append(m.Changes, Change{Kind: NoteGone, Old: n})
		}
	}
	return m
}

func compare(old, new decks.Note) Change {
	c := Change{Kind: NoteSame, Old: old, New: new, Moved: old.Section != new.Section}
	a, b := release.CanonicalNote(old), release.CanonicalNote(new)
	for _, f := range decks.Fields {
		if a.Fields[f] != b.Fields[f] {
			c.Fields = append(c.Fields, f)
		}
	}
	c.Other = a.Kind != b.Kind || a.Difficulty != b.Difficulty || !reflect.DeepEqual(a.Tags, b.Tags) || !reflect.DeepEqual(a.Choices, b.Choices)
	if c.Moved || c.Other || c.Fields != nil {
		c.Kind = NoteEdited
	}
	return c
}
