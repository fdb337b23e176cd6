package trust

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"lectern/decks/release"
	"lectern/decks/release/sign"
)

// Format is the name of the form of a statement.
const Format = "lectern-trust/1"

// Bounds of a statement.
const (
	MaxStatement = 32 << 10 // bytes
	maxKeys      = 16       // of each kind
	maxDecks     = 200
	maxRevoked   = 100
	maxName      = 120 // bytes
)

// Statement says with which keys the releases of some decks are signed.
type Statement struct {
	Author  string   // for people, one line
	Decks   []string // ids, sorted
	Epoch   int      // of the releases to come; grows when their numbers begin anew
	N       int      // counts the author's statements, from 1
	Root    []Key    // one of which signs the next statement
	Sign    []Key    // one of which signs a release
	Revoked []Revoked
}

// Key is a key and whose it is.
type Key struct {
	Public sign.Public
	Name   string // "" when it is the author's
}

// Revoked is a key that does not sign any more. What it signed up to a release stays.
type Revoked struct {
	Public sign.Public
	Deck   string
	Epoch  int
	After  int64 // the last release that is taken, 0 for none
}

// The members stand in the order of their names, which makes the form canonical.
type record struct {
	Author  string      `json:"author"`
	Decks   []string    `json:"decks"`
	Epoch   int         `json:"epoch"`
	Format  string      `json:"format"`
	N       int         `json:"n"`
	Revoked []revokedAs `json:"revoked,omitempty"`
	Root    []keyAs     `json:"root"`
	Sign    []keyAs     `json:"sign"`
}

type keyAs struct {
	Key  string `json:"key"`
	Name string `json:"name,omitempty"`
}

type revokedAs struct {
	After int64  `json:"after,omitempty"`
	Deck  string `json:"deck"`
	Epoch int    `json:"epoch"`
	Key   string `json:"key"`
}

// Encode writes the statement as it is signed. One that Parse would refuse is an error.
func (s Statement) Encode() ([]byte, error) {
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("write a statement of trust: %w", err)
	}
	r := record{Author: s.Author, Decks: s.Decks, Epoch: s.Epoch, Format: Format, N: s.N, Root: keysAs(s.Root), Sign: keysAs(s.Sign)}
	for _, x := range s.Revoked {
		r.Revoked = append(r.Revoked, revokedAs{x.After, x.Deck, x.Epoch, x.Public.String()})
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(r); err != nil {
		return nil, fmt.Errorf("write a statement of trust: %w", err)
	}
	return b.Bytes(), nil
}

func keysAs(keys []Key) []keyAs {
	all := make([]keyAs, len(keys))
	for i, k := range keys {
		all[i] = keyAs{k.Public.String(), k.Name}
	}
	return all
}

// Parse reads what Encode wrote, and nothing else. Nothing is verified.
func Parse(b []byte) (Statement, error) {
	s, err := parse(b)
	if err != nil {
		return Statement{}, fmt.Errorf("read a statement of trust: %w", err)
	}
	return s, nil
}

func parse(b []byte) (Statement, error) {
	if len(b) > MaxStatement {
		return Statement{}, fmt.Errorf("%d bytes, at most %d", len(b), MaxStatement)
	}
	var r record
	if err := release.ReadStrict(b, &r); err != nil {
		return Statement{}, err
	}
	if r.Format != Format {
		return Statement{}, fmt.Errorf("unknown format %.40q, expected %q", r.Format, Format)
	}
	s := Statement{Author: r.Author, Decks: r.Decks, Epoch: r.Epoch, N: r.N}
	var err error
	if s.Root, err = keysFrom(r.Root); err != nil {
		return Statement{}, err
	}
	if s.Sign, err = keysFrom(r.Sign); err != nil {
		return Statement{}, err
	}
	for _, x := range r.Revoked {
		key, err := sign.ParsePublic(x.Key)
		if err != nil {
			return Statement{}, err
		}
		s.Revoked = append(s.Revoked, Revoked{key, x.Deck, x.Epoch, x.After})
	}
	again, err := s.Encode()
	if err != nil {
		return Statement{}, errors.Unwrap(err)
	}
	if !bytes.Equal(again, b) {
		return Statement{}, errors.New("the form is not canonical")
	}
	return s, nil
}

func keysFrom(all []keyAs) ([]Key, error) {
	var keys []Key
	for _, k := range all {
		p, err := sign.ParsePublic(k.Key)
		if err != nil {
			return nil, err
		}
		keys = append(keys, Key{p, k.Name})
	}
	return keys, nil
}

func (s Statement) check() error {
	switch {
	case s.Author == "" || !line(s.Author):
		return errors.New("the author's name is not one short line")
	case len(s.Decks) == 0 || len(s.Decks) > maxDecks || !slices.IsSorted(s.Decks) || len(slices.Compact(slices.Clone(s.Decks))) != len(s.Decks):
		return errors.New("the decks are not a sorted list")
	case s.Epoch < 1 || s.Epoch > 1<<20 || s.N < 1 || s.N > MaxChain:
		return fmt.Errorf("epoch %d, statement %d", s.Epoch, s.N)
	case len(s.Root) == 0 || len(s.Root) > maxKeys || len(s.Sign) == 0 || len(s.Sign) > maxKeys || len(s.Revoked) > maxRevoked:
		return fmt.Errorf("%d root keys, %d that sign, %d revoked", len(s.Root), len(s.Sign), len(s.Revoked))
	}
	for _, id := range s.Decks {
		if !release.ValidID(id) {
			return fmt.Errorf("%.80q is not a deck's id", id)
		}
	}
	for _, keys := range [][]Key{s.Root, s.Sign} {
		seen := map[string]bool{}
		for _, k := range keys {
			p := k.Public.String()
			if p == "" || seen[p] || !line(k.Name) {
				return fmt.Errorf("the key of %.80q stands twice, or is none", k.Name)
			}
			seen[p] = true
		}
	}
	for _, x := range s.Revoked {
		switch {
		case slices.ContainsFunc(s.Sign, func(k Key) bool { return k.Public.Equal(x.Public) }):
			return errors.New("a key signs and is revoked")
		case x.Public.IsZero() || !release.ValidID(x.Deck) || x.Epoch < 1 || x.Epoch > s.Epoch || x.After < 0 || x.After > release.MaxSeq:
			return fmt.Errorf("a key is revoked after release %d of %.80q", x.After, x.Deck)
		}
	}
	return nil
}

// line tells a name that people can read: one line, without signs that turn the text or
// that nobody sees.
func line(s string) bool { return len(s) <= maxName && s == release.Line(s) && visible(s) }
