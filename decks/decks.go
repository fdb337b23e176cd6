// Package decks says what a note is: the words that every room of the house
// shares. It holds plain values only; reading, writing, merging and storing
// them is the work of the packages below it.
//
// A [Deck] is a tree of [Section]s with [Note]s. A note is one thing to know; a
// card is one way to ask it, named by a [CardID] "note/part". Identity is a
// random id given once, never a position and never a hash of the text, so that
// a note keeps its history when its words or its place change.
package decks

import (
	"fmt"
	"strings"
)

// Kind says what a note asks of the student.
type Kind string

// The kinds of note.
const (
	Question Kind = "question" // answered in words
	Exercise Kind = "exercise" // something to do, compute or prove
	Cloze    Kind = "cloze"    // a text with gaps, one card a gap number
	Choice   Kind = "choice"   // options to choose from
)

// Difficulty is the author's mark, empty where the page gives none.
type Difficulty string

// The marks an author can give.
const (
	Easy   Difficulty = "easy"
	Medium Difficulty = "medium"
	Hard   Difficulty = "hard"
)

// Field names a text of a note. Every field is Markdown.
type Field string

// The fields of a note. A field that is absent is the empty text.
const (
	Front       Field = "question"    // what is asked; never empty
	Back        Field = "answer"      // empty: the card "needs an answer"
	Hint        Field = "hint"        // shown on demand before the answer
	Explanation Field = "explanation" // detail below the answer
	Source      Field = "source"      // where in the course it comes from
)

// Fields lists all fields in the order they are shown and written.
var Fields = []Field{Front, Back, Hint, Explanation, Source}

// Note is one thing to know. Notes are values: copy before changing Fields.
type Note struct {
	ID         string // see NewID
	Kind       Kind
	Section    string // Section.ID within the deck
	Fields     map[Field]string
	Tags       []string
	Difficulty Difficulty
	Choices    []Option // kind Choice only

	// Lineage: what an author says about notes he changes, so that memory follows.
	Major  int      `json:",omitempty"` // counts the changes in substance; a card is shown once more when it grows
	From   string   `json:",omitempty"` // the note it was split from
	Merges []string `json:",omitempty"` // the notes it replaces together, sorted
}

// Option is one possible answer of a Choice note.
type Option struct {
	Text  string // Markdown
	Right bool
}

// Text returns a field, or "" when the note does not have it.
func (n Note) Text(f Field) string { return n.Fields[f] }

// NeedsAnswer reports whether nobody has written an answer yet.
func (n Note) NeedsAnswer() bool {
	return (n.Kind == Question || n.Kind == Exercise) && strings.TrimSpace(n.Fields[Back]) == ""
}

// Section is a lecture or chapter: ordered, titled, the breadcrumb of its cards.
type Section struct {
	ID     string // stable within the deck
	Title  string
	Source string // where the section comes from: a video, a page; Markdown
}

// Deck is what is studied and shipped together: a course with its lectures.
// Notes stand in course order, grouped by section in the order of Sections.
type Deck struct {
	ID       string
	Title    string
	Lang     string // BCP 47, "" when unknown
	Author   string // one line, "" when unknown
	License  string // its SPDX name or a line of words, "" when unknown
	Feed     string // https address where its releases are published, "" for none
	Sections []Section
	Notes    []Note
	Retired  []Retired // sorted by ID
}

// Retired is a note that an author withdrew. It is in the deck no more, and its
// id is never given to another one.
type Retired struct {
	ID   string
	Into []string // the notes that stand for it now, sorted
	Why  string   // one line
}

// Section returns the section with the id and whether the deck has it.
func (d Deck) Section(id string) (Section, bool) {
	for _, s := range d.Sections {
		if s.ID == id {
			return s, true
		}
	}
	return Section{}, false
}

// CardID names a card: "note/part". Part is "f" (front), "r" (reverse),
// "c1", "c2", … (cloze number) or "m" (choice).
type CardID string

// NewCardID joins a note's id and a part.
func NewCardID(note, part string) CardID { return CardID(note + "/" + part) }

// Split returns the note's id and the part. It is an error when the id does
// not have both.
func (c CardID) Split() (note, part string, err error) {
	note, part, ok := strings.Cut(string(c), "/")
	if !ok || note == "" || part == "" {
		return "", "", fmt.Errorf("card id %q is not of the form note/part", string(c))
	}
	return note, part, nil
}

// Note returns the id of the card's note, or the whole id when it is malformed.
func (c CardID) Note() string {
	note, _, _ := strings.Cut(string(c), "/")
	return note
}
