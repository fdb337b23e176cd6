package simulation_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/releasetest"
)

// author writes a course, whatever comes to mind, and releases it.
type author struct {
	*releasetest.Author
	t     *testing.T
	r     *rand.Rand
	deck  decks.Deck
	gone  map[string]decks.Note // withdrawn, as they were last
	notes int                   // that were ever written
	seq   int64                 // of the epoch's last release
	out   []edition
}

// edition is a release as it is shipped.
type edition struct {
	rel       release.Release
	statement release.Statement
	parts     pack.Parts
}

const sections = 3

func newAuthor(t *testing.T, r *rand.Rand) *author {
	a := &author{Author: releasetest.New(t, "А. П. Иванова", "course"), t: t, r: r, gone: map[string]decks.Note{}}
	a.deck = decks.Deck{ID: "course", Title: "Курс", Lang: "ru"}
	for i := range sections {
		a.deck.Sections = append(a.deck.Sections, decks.Section{ID: fmt.Sprint("s", i), Title: fmt.Sprint("Лекция ", i+1)})
	}
	for range 8 + r.IntN(8) {
		a.write()
	}
	return a
}

var lexicon = []string{"слой", "токен", "вектор", "голова", "ключ", "запрос", "веса", "градиент", "модель", "маска", "ёмкость", "шаг"}

func some(r *rand.Rand, n int) string {
	var out []string
	for range n {
		out = append(out, lexicon[r.IntN(len(lexicon))])
	}
	return strings.Join(out, " ")
}

// write adds a note somewhere.
func (a *author) write() *decks.Note {
	a.notes++
	n := decks.Note{ID: fmt.Sprintf("n%04d", a.notes), Kind: decks.Question, Fields: map[decks.Field]string{decks.Front: some(a.r, 5) + "?", decks.Back: some(a.r, 6) + "."}}
	switch a.r.IntN(8) {
	case 0, 1:
		n.Kind = decks.Cloze
		n.Fields = map[decks.Field]string{decks.Front: fmt.Sprintf("%s {{c1::%s}} %s {{c2::%s}}", some(a.r, 2), some(a.r, 1), some(a.r, 2), some(a.r, 1))}
	case 2:
		n.Kind = decks.Choice
		n.Choices = []decks.Option{{Text: some(a.r, 2), Right: true}, {Text: some(a.r, 2)}}
	case 3:
		delete(n.Fields, decks.Back)
	}
	if a.r.IntN(3) == 0 {
		n.Fields[decks.Explanation] = some(a.r, 5)
	}
	if a.r.IntN(3) == 0 {
		n.Tags = []string{fmt.Sprint("тема ", a.r.IntN(3))}
	}
	return a.place(n)
}

// place puts a note at any place of any section.
func (a *author) place(n decks.Note) *decks.Note {
	n.Section = fmt.Sprint("s", a.r.IntN(sections))
	a.deck.Notes = slices.Insert(a.deck.Notes, a.r.IntN(len(a.deck.Notes)+1), n)
	return a.note(n.ID)
}

func (a *author) at(id string) int {
	return slices.IndexFunc(a.deck.Notes, func(n decks.Note) bool { return n.ID == id })
}

func (a *author) note(id string) *decks.Note { return &a.deck.Notes[a.at(id)] }

// any draws a note; some are drawn more often, by student and author alike.
func (a *author) any() string { return drawn(a.r, a.deck.Notes).ID }

func drawn(r *rand.Rand, notes []decks.Note) decks.Note {
	n := notes[r.IntN(len(notes))]
	for range 2 {
		if other := notes[r.IntN(len(notes))]; other.ID < n.ID {
			n = other
		}
	}
	return n
}

func (a *author) take(id string) decks.Note {
	at := a.at(id)
	n := a.deck.Notes[at]
	a.deck.Notes = slices.Delete(slices.Clone(a.deck.Notes), at, at+1)
	return n
}

func (a *author) withdraw(id string, into ...string) {
	a.gone[id] = a.take(id)
	a.deck.Retired = append(a.deck.Retired, decks.Retired{ID: id, Into: into, Why: some(a.r, 2)})
}

// change does one thing to the course.
func (a *author) change() {
	if len(a.deck.Notes) < 6 {
		a.write()
		return
	}
	id := a.any()
	n := a.note(id)
	switch a.r.IntN(20) {
	case 0:
		a.write()
	case 4: // in substance
		a.set(n, decks.Back, func(string) string { return some(a.r, 6) + "." })
		n.Major++
	case 5: // a text comes or goes
		f := []decks.Field{decks.Hint, decks.Explanation, decks.Source, decks.Back}[a.r.IntN(4)]
		a.set(n, f, func(s string) string {
			if s != "" {
				return ""
			}
			return some(a.r, 4)
		})
	case 6:
		a.withdraw(id)
	case 7: // elsewhere
		a.place(a.take(id))
	case 8: // split
		for range 2 {
			a.write().From = id
		}
		a.withdraw(id)
	case 9: // joined
		if other := a.any(); other != id {
			a.write().Merges = []string{id, other}
			a.withdraw(id)
			a.withdraw(other)
		}
	case 10: // back
		if len(a.gone) > 0 {
			ids := slices.Sorted(maps.Keys(a.gone))
			back := a.gone[ids[a.r.IntN(len(ids))]]
			delete(a.gone, back.ID)
			a.deck.Retired = slices.DeleteFunc(slices.Clone(a.deck.Retired), func(r decks.Retired) bool { return r.ID == back.ID })
			a.place(back)
		}
	case 11: // gaps
		if n.Kind == decks.Cloze {
			if strings.Contains(n.Fields[decks.Front], "c3::") {
				a.set(n, decks.Front, func(string) string { return fmt.Sprintf("%s {{c1::%s}}", some(a.r, 2), some(a.r, 1)) })
			} else {
				a.set(n, decks.Front, func(s string) string { return s + fmt.Sprintf(" и {{c3::%s}}", some(a.r, 1)) })
			}
		}
	case 12:
		n.Tags = []string{fmt.Sprint("тема ", a.r.IntN(3))}
	case 13: // another kind
		if n.Kind == decks.Question {
			n.Kind = decks.Cloze
			a.set(n, decks.Front, func(string) string { return fmt.Sprintf("%s {{c1::%s}}", some(a.r, 3), some(a.r, 1)) })
		}
	default: // a word
		fields := slices.DeleteFunc(slices.Clone(decks.Fields), func(f decks.Field) bool { return n.Fields[f] == "" })
		a.set(n, fields[a.r.IntN(len(fields))], func(s string) string { return replaceWord(a.r, s, "правка"+fmt.Sprint(a.r.IntN(100))) })
	}
}

// set changes a text; releases that are out keep theirs.
func (a *author) set(n *decks.Note, f decks.Field, change func(string) string) {
	fields := maps.Clone(n.Fields)
	if fields[f] = change(fields[f]); fields[f] == "" {
		delete(fields, f)
	}
	n.Fields = fields
}

// replaceWord puts a word in the place of another one.
func replaceWord(r *rand.Rand, s, word string) string {
	words := strings.Fields(s)
	if len(words) == 0 {
		return word
	}
	words[r.IntN(len(words))] = word
	return strings.Join(words, " ")
}

// release ships the course as it is, now and then with other keys.
func (a *author) release() {
	switch a.r.IntN(25) {
	case 0:
		a.Rotate(a.t, a.seq)
	case 1: // numbers begin anew
		a.Epoch++
		a.Say(a.t, a.Chain.Last())
		a.seq = 0
	}
	a.seq++
	parts := a.Ship(a.t, a.seq, a.deck, nil, nil)
	rel, err := release.Open(parts.Content)
	if err != nil {
		a.t.Fatal(err)
	}
	statement, err := release.ParseStatement(parts.Statement)
	if err != nil {
		a.t.Fatal(err)
	}
	a.out = append(a.out, edition{rel, statement, parts})
}

// ship gives a release as it arrives: as a package, or by the deltas from another one,
// which have to lead to the same bytes.
func (a *author) ship(from, to int) collection.Shipment {
	e := a.out[to]
	var file bytes.Buffer
	if err := pack.Write(context.Background(), &file, e.parts); err != nil {
		a.t.Fatal(err)
	}
	p, err := pack.Open(context.Background(), bytes.NewReader(file.Bytes()), int64(file.Len()), e.parts.Trust)
	if err != nil {
		a.t.Fatal(err)
	}
	s := collection.Opened(p, "course.lectern")
	if from < 0 || from >= to {
		return s
	}
	at := a.out[from].rel
	for _, next := range a.out[from+1 : to+1] {
		at = a.apply(at, next.rel)
	}
	if at.Hash != p.Release.Hash || a.apply(a.out[from].rel, e.rel).Hash != at.Hash {
		a.t.Fatalf("release %d by deltas from %d is another one", to, from)
	}
	if a.r.IntN(2) == 0 {
		s.Release = at
	}
	return s
}

func (a *author) apply(old, next release.Release) release.Release {
	delta, err := release.Delta(old, next)
	if err != nil {
		a.t.Fatal(err)
	}
	got, content, err := release.Apply(old, delta)
	if err != nil {
		a.t.Fatal(err)
	}
	if got.Hash != next.Hash || release.Hash(content) != next.Hash {
		a.t.Fatalf("a delta leads to %s, not to %s", got.Hash, next.Hash)
	}
	return got
}
