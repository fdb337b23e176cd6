package pack_test

import (
	"bytes"
	"errors"
	"testing"

	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/trust"
)

// A release that came in pieces is held to what its author signed as one in a file is.
func TestAssemble(t *testing.T) {
	a := newAuthor(t)
	media := files{}
	name := media.add("a picture")
	d := deck("what is a token?")
	parts := a.ships(t, 2, d, media)
	signed := pack.Signed{Statement: parts.Statement, Signature: parts.Signature}
	r, _, err := release.New(d)
	if err != nil {
		t.Fatal(err)
	}
	p, err := pack.Assemble(a.chain, signed, r, media)
	if err != nil || p.Statement.Seq != 2 || len(p.Media) != 1 || p.MediaSize(name) != int64(len("a picture")) {
		t.Fatalf("%+v, %v", p, err)
	}
	if b, err := p.ReadMedia(name); err != nil || string(b) != "a picture" {
		t.Errorf("%q, %v", b, err)
	}
	media[name] = []byte("another one")
	if _, err := p.ReadMedia(name); !errors.Is(err, pack.ErrContent) {
		t.Errorf("a picture by a wrong name: %v", err)
	}
	media[name] = bytes.Repeat([]byte("x"), release.MaxMediaFile+1)
	if _, err := p.ReadMedia(name); !errors.Is(err, pack.ErrContent) {
		t.Errorf("a picture without end: %v", err)
	}
	other, _, err := release.New(deck("what is attention?"))
	if err != nil {
		t.Fatal(err)
	}
	more := files{}
	more.add("a picture")
	more.add("one more")
	for what, try := range map[string]func() error{
		"another release": func() error { _, err := pack.Assemble(a.chain, signed, other, media); return err },
		"another picture": func() error { _, err := pack.Assemble(a.chain, signed, r, more); return err },
		"no picture":      func() error { _, err := pack.Assemble(a.chain, signed, r, nil); return err },
		"another statement": func() error {
			_, err := pack.Assemble(a.chain, pack.Signed{Statement: a.ships(t, 3, d, media).Statement, Signature: signed.Signature}, r, media)
			return err
		},
		"another author": func() error { _, err := pack.Assemble(newAuthor(t).chain, signed, r, media); return err },
	} {
		if err := try(); !errors.Is(err, pack.ErrContent) && !errors.Is(err, trust.ErrUntrusted) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
