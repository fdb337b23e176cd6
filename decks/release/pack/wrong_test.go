package pack_test

import (
	"errors"
	"testing"

	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/trust"
)

// Notes of one deck are not those of another, though the author of both signs it so: a
// deck could else be filled with what belongs to another one.
func TestNotesOfAnotherDeck(t *testing.T) {
	a := newAuthor(t)
	d := deck("Что такое токен?")
	d.ID = "another"
	parts := a.shipsAs(t, 1, d, nil, func(s *release.Statement) { s.Deck = "dk4m9x7c2k" })
	if _, _, err := read(write(t, parts), trust.Chain{}); !errors.Is(err, pack.ErrContent) {
		t.Errorf("in one file: %v", err)
	}
	r, err := release.Open(parts.Content)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pack.Assemble(a.chain, pack.Signed{Statement: parts.Statement, Signature: parts.Signature}, r, nil); !errors.Is(err, pack.ErrContent) {
		t.Errorf("in pieces: %v", err)
	}
}
