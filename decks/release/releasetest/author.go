// Package releasetest makes releases for tests: an author with keys who ships decks.
package releasetest

import (
	"bytes"
	"context"
	"io"
	"maps"
	"slices"

	"lectern/decks"
	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/sign"
	"lectern/decks/release/trust"
)

// TB is what is needed of a test.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
}

// Author is somebody who ships one deck.
type Author struct {
	Name  string
	Deck  string
	Root  sign.Secret
	Key   sign.Secret
	Chain trust.Chain
	Epoch int

	prev string // hash of the content shipped before
}

// New makes an author with new keys.
func New(t TB, name, deck string) *Author {
	t.Helper()
	a := &Author{Name: name, Deck: deck, Root: key(t), Key: key(t), Epoch: 1}
	a.Say(t, trust.Statement{})
	return a
}

func key(t TB) sign.Secret {
	t.Helper()
	k, err := sign.New()
	must(t, err)
	return k
}

func must(t TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v", err)
	}
}

// Say adds a statement of trust: s says what is revoked; the author's name, decks, epoch
// and keys are filled in.
func (a *Author) Say(t TB, s trust.Statement) {
	t.Helper()
	s.Author, s.Decks, s.Epoch, s.N = a.Name, []string{a.Deck}, a.Epoch, len(a.Chain.Signed())+1
	s.Root = []trust.Key{{Public: a.Root.Public()}}
	s.Sign = []trust.Key{{Public: a.Key.Public()}}
	b, err := s.Encode()
	must(t, err)
	own, err := a.Root.Sign(b, "trust")
	must(t, err)
	a.Chain, err = trust.Open(append(slices.Clone(a.Chain.Signed()), trust.Signed{Payload: b, Own: own}))
	must(t, err)
}

// Rotate makes a new everyday key; the old one signs nothing after a release.
func (a *Author) Rotate(t TB, after int64) {
	t.Helper()
	old := a.Key.Public()
	a.Key = key(t)
	revoked := append(slices.Clone(a.Chain.Last().Revoked), trust.Revoked{Public: old, Deck: a.Deck, Epoch: a.Epoch, After: after})
	a.Say(t, trust.Statement{Revoked: revoked})
}

// Files are media by the hash of what they hold.
type Files map[string][]byte

// Add adds a file and returns its hash.
func (f Files) Add(data []byte) string {
	name := release.Hash(data)
	f[name] = data
	return name
}

// Names lists the hashes.
func (f Files) Names() []string { return slices.Sorted(maps.Keys(f)) }

// Open opens a file by its hash.
func (f Files) Open(name string) (io.ReadCloser, error) {
	return io.NopCloser(bytes.NewReader(f[name])), nil
}

// Ship makes the parts of a package of a release. Change, which may be nil, changes the
// statement before it is signed.
func (a *Author) Ship(t TB, seq int64, d decks.Deck, media Files, change func(*release.Statement)) pack.Parts {
	t.Helper()
	d.ID = a.Deck
	r, content, err := release.New(d)
	must(t, err)
	s := release.Statement{Deck: d.ID, Epoch: a.Epoch, Seq: seq, Trust: a.Chain.Last().N, Time: "2027-02-03T10:00:00Z", Prev: a.prev,
		Content: release.Content{Hash: r.Hash, Bytes: int64(len(content)), Notes: len(r.Deck.Notes), Cards: release.Cards(r.Deck)},
		Media:   pack.MediaOf(media.Names(), func(name string) int64 { return int64(len(media[name])) })}
	if change != nil {
		change(&s)
	}
	a.prev = r.Hash
	b, err := s.Encode()
	must(t, err)
	sig, err := a.Key.Sign(b, s.Comment())
	must(t, err)
	return pack.Parts{Trust: a.Chain, Statement: b, Signature: sig, Content: content, Media: media}
}

// Package is Ship as the bytes of a package.
func (a *Author) Package(t TB, seq int64, d decks.Deck, media Files, change func(*release.Statement)) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, pack.Write(context.Background(), &b, a.Ship(t, seq, d, media, change)))
	return b.Bytes()
}
