package draft

import (
	"context"
	"fmt"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/lecture"
	"lectern/decks/lecture/find"
	"lectern/decks/lecture/page"
)

// Lecture is the text that answers are drafted from.
type Lecture struct {
	Page *page.Page
	// Asked are the blocks that ask: a question answers no other, so they are not
	// sent as passages.
	Asked []int
}

// NewLecture is a page with what was found on it; found may be nil.
func NewLecture(p *page.Page, found *find.Extraction) Lecture {
	l := Lecture{Page: p}
	if found == nil {
		return l
	}
	for _, g := range found.Groups {
		for _, it := range g.Items {
			l.Asked = append(l.Asked, it.PromptBlocks...)
		}
	}
	return l
}

// Question is a question without an answer.
type Question struct {
	ID   string // of its note; comes back with the draft
	Text string // Markdown
}

// ReadLecture reads the text that is kept beside a deck, as collection.Page gives
// it. Name is the page's file name or address, "" when unknown. Faults: NoLecture
// for an empty text, those of lecture.Extract.
func ReadLecture(ctx context.Context, text, name string) (Lecture, error) {
	if text == "" {
		return Lecture{}, fault.New(fault.NoLecture, nil)
	}
	p, found, err := lecture.Extract(ctx, []byte(text), name, nil)
	if err != nil {
		return Lecture{}, fmt.Errorf("read the lecture %s: %w", name, err)
	}
	return NewLecture(p, found), nil
}

// Open are the questions of a deck that need an answer, but for those that skip
// names by their note, in course order.
func Open(d decks.Deck, skip map[string]bool) []Question {
	var out []Question
	for _, n := range d.Notes {
		if n.NeedsAnswer() && !skip[n.ID] {
			out = append(out, Question{ID: n.ID, Text: n.Text(decks.Front)})
		}
	}
	return out
}
