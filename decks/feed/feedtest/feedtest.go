// Package feedtest makes authors and published courses for tests.
package feedtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"testing"
	"time"

	"lectern/decks"
	"lectern/decks/feed"
	"lectern/decks/feed/site"
	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/sign"
	"lectern/decks/release/trust"
)

// Deck is the id of the course.
const Deck = "dk4m9x7c2k"

// Author is somebody with keys.
type Author struct {
	T        testing.TB
	Root     sign.Secret
	Everyday sign.Secret
	Chain    trust.Chain
}

// Key makes a key.
func Key(t testing.TB) sign.Secret {
	t.Helper()
	k, err := sign.New()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// NewAuthor makes an author with a chain of one statement.
func NewAuthor(t testing.TB) *Author {
	t.Helper()
	a := &Author{T: t, Root: Key(t), Everyday: Key(t)}
	a.Say(func(*trust.Statement) {})
	return a
}

// Say makes the next statement of trust, which says what the last one does but for what
// change changes.
func (a *Author) Say(change func(*trust.Statement)) {
	a.T.Helper()
	s := a.Chain.Last()
	if s.N == 0 {
		s = trust.Statement{Author: "А. П. Иванова", Decks: []string{Deck}, Epoch: 1, Root: []trust.Key{{Public: a.Root.Public()}}, Sign: []trust.Key{{Public: a.Everyday.Public()}}}
	}
	s.N++
	change(&s)
	payload, err := s.Encode()
	if err != nil {
		a.T.Fatal(err)
	}
	own, err := a.Root.Sign(payload, fmt.Sprintf("trust n=%d", s.N))
	if err != nil {
		a.T.Fatal(err)
	}
	if a.Chain, err = trust.Open(append(a.Chain.Signed(), trust.Signed{Payload: payload, Own: own})); err != nil {
		a.T.Fatal(err)
	}
}

// Notes makes a course of n notes; the version is in the text of some.
func Notes(n, version int) decks.Deck {
	d := decks.Deck{ID: Deck, Title: "Большие языковые модели", Lang: "ru", Author: "А. П. Иванова", Sections: []decks.Section{{ID: "s1", Title: "Лекция 1"}}}
	for i := range n {
		text := "Вопрос о токенах, словаре и внимании, номер " + release.Hash([]byte(strconv.Itoa(i)))[:24]
		if i%40 == version%40 {
			text += ", исправлен в выпуске " + strconv.Itoa(version)
		}
		d.Notes = append(d.Notes, decks.Note{ID: fmt.Sprintf("n%09d", i), Kind: decks.Question, Section: "s1",
			Fields: map[decks.Field]string{decks.Front: text, decks.Back: "Ответ " + release.Hash([]byte(text))[:20]}})
	}
	return d
}

// Files are media by their hashes.
type Files map[string][]byte

// Add adds a picture and returns its name in content.
func (f Files) Add(data []byte) string {
	sum := sha256.Sum256(data)
	name := hex.EncodeToString(sum[:])
	f[name] = data
	return name + ".png"
}

// Names lists the media.
func (f Files) Names() []string { return slices.Sorted(maps.Keys(f)) }

// Open opens one.
func (f Files) Open(name string) (io.ReadCloser, error) {
	return io.NopCloser(bytes.NewReader(f[name])), nil
}

// Built is a release that is not published.
type Built struct {
	Package *pack.Package
	File    []byte
	Delta   []byte
}

// Build makes a release. Prev is the one before, nil for none.
func (a *Author) Build(seq int64, d decks.Deck, media Files, prev *Built, now time.Time, change func(*release.Statement)) *Built {
	a.T.Helper()
	r, content, err := release.New(d)
	if err != nil {
		a.T.Fatal(err)
	}
	s := release.Statement{Deck: d.ID, Label: "Лекция " + strconv.FormatInt(seq, 10), Epoch: a.Chain.Last().Epoch, Seq: seq, Trust: a.Chain.Last().N, Time: now.UTC().Format(time.RFC3339),
		Notes:   "- Новое в выпуске " + strconv.FormatInt(seq, 10),
		Content: release.Content{Hash: r.Hash, Bytes: int64(len(content)), Notes: len(d.Notes), Cards: len(d.Notes)},
		Media:   pack.MediaOf(media.Names(), func(n string) int64 { return int64(len(media[n])) })}
	out := &Built{}
	if prev != nil {
		if out.Delta, err = release.Delta(prev.Package.Release, r); err != nil {
			a.T.Fatal(err)
		}
		s.Prev = prev.Package.Statement.Content.Hash
		if prev.Package.Statement.Epoch == s.Epoch {
			s.Delta = release.From{Seq: prev.Package.Statement.Seq, Hash: release.Hash(out.Delta), Bytes: int64(len(out.Delta))}
		}
	}
	if change != nil {
		change(&s)
	}
	payload, err := s.Encode()
	if err != nil {
		a.T.Fatal(err)
	}
	signature, err := a.Everyday.Sign(payload, s.Comment())
	if err != nil {
		a.T.Fatal(err)
	}
	var b bytes.Buffer
	if err := pack.Write(context.Background(), &b, pack.Parts{Trust: a.Chain, Statement: payload, Signature: signature, Content: content, Media: media}); err != nil {
		a.T.Fatal(err)
	}
	out.File = b.Bytes()
	if out.Package, err = pack.Open(context.Background(), bytes.NewReader(out.File), int64(len(out.File)), trust.Chain{}); err != nil {
		a.T.Fatal(err)
	}
	return out
}

// Course is what the author publishes the deck as.
func (a *Author) Course() site.Course {
	return site.Course{Title: "Большие языковые модели", Author: "А. П. Иванова", Lang: "ru",
		Link: feed.Link{Address: "https://example.org/llm/feed.json", Key: a.Root.Public()}}
}

// Plan plans the folder with a release added, nil for none.
func (a *Author) Plan(f site.FS, b *Built, c site.Course, now time.Time) (site.Plan, error) {
	state, err := site.Read(f)
	if err != nil {
		return site.Plan{}, err
	}
	var add *site.Addition
	if b != nil {
		add = &site.Addition{Package: b.Package, File: site.Bytes(b.File), Delta: b.Delta}
	}
	return site.Next(context.Background(), state, add, c, a.Chain, a.Everyday, now)
}

// Publish adds a release to a folder.
func (a *Author) Publish(f site.FS, b *Built, now time.Time) {
	a.T.Helper()
	p, err := a.Plan(f, b, a.Course(), now)
	if err != nil {
		a.T.Fatal(err)
	}
	if _, err := site.Write(context.Background(), f, p, nil); err != nil {
		a.T.Fatal(err)
	}
}
