package pack_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/trust"
)

// A shared deck brings its history, verified when it is read, and no other one.
func TestHistory(t *testing.T) {
	a := newAuthor(t)
	history := []byte(`{"card":"7f3k2m9qa1/f"}` + "\n")
	with := func(h []byte, said release.History) []byte {
		p := a.shipsAs(t, 1, deck("Что такое токен?"), nil, func(s *release.Statement) { s.History = said })
		p.History = h
		return write(t, p)
	}
	said := release.History{Hash: release.Hash(history), Bytes: int64(len(history)), Reviews: 1}
	raw := with(history, said)
	p, _, err := read(raw, trust.Chain{})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := p.ReadHistory(); err != nil || !bytes.Equal(got, history) {
		t.Errorf("%q, %v", got, err)
	}
	if p.Statement.History.Reviews != 1 {
		t.Errorf("%+v", p.Statement.History)
	}
	p, _, err = read(with(nil, release.History{}), trust.Chain{})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := p.ReadHistory(); err != nil || got != nil {
		t.Errorf("%q, %v", got, err)
	}

	for name, file := range map[string][]byte{
		"one that the statement does not name": with(history, release.History{}),
		"none, though the statement names it":  with(nil, said),
		"it is left out on the way":            repacked(t, raw, zip.Deflate, rename("history.jsonl", "")),
	} {
		if _, _, err := read(file, trust.Chain{}); !errors.Is(err, pack.ErrContent) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, h := range map[string][]byte{
		"another of the same size": bytes.ToUpper(history),
		"a shorter one":            history[:5],
		"a longer one":             append(bytes.Clone(history), history...),
		"an endless one":           []byte(strings.Repeat(" ", 4<<20)),
	} {
		p, _, err := read(repacked(t, raw, zip.Deflate, replace("history.jsonl", h)), trust.Chain{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got, err := p.ReadHistory(); !errors.Is(err, pack.ErrContent) || got != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// A history comes in one file: a release in pieces has none.
func TestAssembleHasNoHistory(t *testing.T) {
	a := newAuthor(t)
	said := release.History{Hash: strings.Repeat("ab", 32), Bytes: 1, Reviews: 1}
	parts := a.shipsAs(t, 1, deck("Что?"), nil, func(s *release.Statement) { s.History = said })
	r, err := release.Open(parts.Content)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pack.Assemble(a.chain, pack.Signed{Statement: parts.Statement, Signature: parts.Signature}, r, nil); err == nil {
		t.Error("it is assembled")
	}
}
