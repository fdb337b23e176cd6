package intake

import (
	"context"
	"maps"
	"testing"

	"lectern/decks"
	"lectern/decks/collection"
)

// shelf is a collection with one deck of a page.
type shelf struct {
	old       decks.Deck
	installed decks.Deck
	options   collection.InstallOptions
}

func (s *shelf) FindPage(context.Context, collection.Origin) (decks.Deck, bool, error) {
	return s.old, true, nil
}

func (s *shelf) Install(_ context.Context, d decks.Deck, o collection.InstallOptions) (collection.InstallResult, error) {
	s.installed, s.options = d, o
	return collection.InstallResult{}, nil
}

// A page that was read again: its notes take their old ids, and what was said
// about a note goes with it.
func TestLinksFollowTheirNotes(t *testing.T) {
	s := &shelf{old: decks.Deck{ID: "deckdeck01", Notes: []decks.Note{note("a", "", "What is a token?"), note("b", "", "What is attention?")}}}
	read := decks.Deck{ID: "new", Notes: []decks.Note{note("x", "", "Why is the sky blue above?"), note("y", "", "What is attention?")}}
	_, err := Install(context.Background(), s, Ready{Deck: read, New: true, Options: collection.InstallOptions{
		Links: map[string]string{"x": "far1", "y": "far2"}, Answers: map[string]string{"far3": "Yes."},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if want := map[string]string{"x": "far1", "b": "far2"}; !maps.Equal(s.options.Links, want) {
		t.Errorf("links %v, want %v", s.options.Links, want)
	}
	if s.installed.ID != "deckdeck01" || s.options.Answers["far3"] != "Yes." {
		t.Errorf("%+v, %+v", s.installed, s.options)
	}
}
