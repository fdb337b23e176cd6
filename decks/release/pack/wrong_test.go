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

// A release in pieces has the pictures that its statement names, and as many others are
// not they.
func TestOtherPicturesInPieces(t *testing.T) {
	a := newAuthor(t)
	mine, others := files{}, files{}
	mine.add("a picture")
	others.add("b picture")
	parts := a.ships(t, 1, deck("Что?"), mine)
	r, err := release.Open(parts.Content)
	if err != nil {
		t.Fatal(err)
	}
	signed := pack.Signed{Statement: parts.Statement, Signature: parts.Signature}
	if _, err := pack.Assemble(a.chain, signed, r, mine); err != nil {
		t.Fatal(err)
	}
	for name, media := range map[string]pack.Media{"another": others, "none": nil, "no more": files{}} {
		if _, err := pack.Assemble(a.chain, signed, r, media); !errors.Is(err, pack.ErrContent) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
