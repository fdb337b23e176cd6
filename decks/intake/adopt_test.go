package intake

import (
	"testing"

	"lectern/decks"
)

func note(id, section, front string) decks.Note {
	return decks.Note{ID: id, Section: section, Kind: decks.Question, Fields: map[decks.Field]string{decks.Front: front}}
}

// A course of which some cards have ids: those stay, whatever their text, and
// the others find theirs by their text.
func TestAdoptKeepsIDs(t *testing.T) {
	old := decks.Deck{ID: "deckdeck01", Title: "T", Sections: []decks.Section{{ID: "s1", Title: "One"}}, Notes: []decks.Note{
		note("a", "s1", "What is a token?"), note("b", "s1", "What is attention?"), note("c", "s1", "What is a head?"),
	}}
	fresh := decks.Deck{ID: "new", Title: "T", Sections: []decks.Section{{ID: "r1", Title: "One"}}, Notes: []decks.Note{
		note("x", "r1", "What is attention?"), note("a", "r1", "Entirely other words now?"), note("y", "r1", "Why is the sky blue above?"),
	}}
	got := Adopt(old, fresh)
	if got.ID != old.ID || got.Sections[0].ID != "s1" {
		t.Errorf("deck %s, section %s", got.ID, got.Sections[0].ID)
	}
	for i, want := range []string{"b", "a", "y"} {
		if n := got.Notes[i]; n.ID != want || n.Section != "s1" || n.Text(decks.Front) != fresh.Notes[i].Text(decks.Front) {
			t.Errorf("note %d: %+v, want the id %s", i, n, want)
		}
	}
}

// Another page that has the same name is another deck.
func TestAdoptLeavesStrangers(t *testing.T) {
	old := decks.Deck{ID: "deckdeck01", Notes: []decks.Note{note("a", "", "What is a token?")}}
	fresh := decks.Deck{ID: "new", Notes: []decks.Note{note("x", "", "When was the treaty signed, and where?")}}
	if got := Adopt(old, fresh); got.ID != "new" || got.Notes[0].ID != "x" {
		t.Errorf("the deck became %s with %s", got.ID, got.Notes[0].ID)
	}
}
