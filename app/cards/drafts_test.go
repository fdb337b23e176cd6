package cards

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/kit"
	"lectern/decks"
	"lectern/decks/collection"
)

// button finds a button by its word.
func button(o fyne.CanvasObject, word string) *kit.Button {
	switch o := o.(type) {
	case *kit.Button:
		if o.Text == word {
			return o
		}
	case *fyne.Container:
		for _, child := range o.Objects {
			if b := button(child, word); b != nil {
				return b
			}
		}
	}
	return nil
}

func TestDraftsAreReachedFromACardWithoutAnAnswer(t *testing.T) {
	s, c, _ := start(t)
	var asked []string
	s.o.Drafts = func(deck string) { asked = append(asked, deck) }
	s.ask(func(q *collection.Query) { q.Unanswered = true })
	row, ok := s.chosen()
	if !ok {
		t.Fatal("no card needs an answer")
	}
	b := button(s.preview.unanswered(row), "Черновики…")
	if b == nil {
		t.Fatal("no way to the drafts")
	}
	test.Tap(b)
	if err := c.KeepDrafts(context.Background(), []decks.Draft{{Note: row.Note, Text: "Черновик.", Model: "m"}}); err != nil {
		t.Fatal(err)
	}
	b = button(s.preview.unanswered(row), "Открыть черновик")
	if b == nil {
		t.Fatal("the draft is not said")
	}
	test.Tap(b)
	if len(asked) != 2 || asked[1] != row.Deck {
		t.Errorf("asked for %q", asked)
	}
}

func TestLinkedCardsAreNamed(t *testing.T) {
	s, c, _ := start(t)
	a, _ := s.row(0)
	b, _ := s.row(1)
	if s.preview.linked(a.Note) != nil {
		t.Error("a link is named that is none")
	}
	if err := c.Link(context.Background(), a.Note, b.Note); err != nil {
		t.Fatal(err)
	}
	if s.preview.linked(a.Note) == nil || s.preview.linked(b.Note) == nil {
		t.Error("a link is not named")
	}
	test.Tap(icon(s.preview.linked(a.Note)))
	if s.preview.linked(b.Note) != nil {
		t.Error("the link stays")
	}
}

// icon finds the first icon button.
func icon(o fyne.CanvasObject) *kit.IconButton {
	switch o := o.(type) {
	case *kit.IconButton:
		return o
	case *fyne.Container:
		for _, child := range o.Objects {
			if b := icon(child); b != nil {
				return b
			}
		}
	}
	return nil
}
