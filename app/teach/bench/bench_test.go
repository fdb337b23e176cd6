package bench

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lectern/decks/class"
	"lectern/decks/course"
	"lectern/decks/course/ship"
	"lectern/decks/fault"
	"lectern/decks/source"
)

type memory map[string]string

func (m memory) Setting(_ context.Context, key string) (string, error) { return m[key], nil }

func (m memory) SetSetting(_ context.Context, key, value string) error {
	m[key] = value
	return nil
}

// Addresses are taken as people type them.
func TestAddressesAsTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"":                                   "",
		" example.org/llm ":                  "https://example.org/llm/",
		"example.org/llm/":                   "https://example.org/llm/",
		"https://example.org/llm/feed.json":  "https://example.org/llm/feed.json",
		"https://example.org":                "https://example.org/",
		"http://example.org/a":               "http://example.org/a/",
		"lectern:https://example.org/f.json": "lectern:https://example.org/f.json",
	} {
		if got := whole(typed); got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
}

// The list keeps what was said of a course before, the latest first, and a setting that
// makes no sense is an empty list.
func TestPlaces(t *testing.T) {
	ctx, m := t.Context(), memory{}
	dir := t.TempDir()
	a, b := filepath.Join(dir, "а"), filepath.Join(dir, "б")
	for _, p := range []Place{{Dir: a, Title: "А"}, {Dir: b}, {Dir: a + string(filepath.Separator), Site: filepath.Join(dir, "site")}} {
		if err := Keep(ctx, m, p); err != nil {
			t.Fatal(err)
		}
	}
	all, err := Places(ctx, m)
	if err != nil || len(all) != 2 || all[0] != (Place{a, "А", filepath.Join(dir, "site")}) || all[1].Dir != b {
		t.Fatalf("%+v, %v", all, err)
	}
	if p, err := Find(ctx, m, filepath.Join(dir, "в")); err != nil || p.Site != "" {
		t.Errorf("a course that is not listed: %+v, %v", p, err)
	}
	for _, junk := range []string{"{", `[{"dir":"relative"}]`, `{"dir":1}`, "null"} {
		m[shelfKey] = junk
		if all, err := Places(ctx, m); err != nil || len(all) > 0 {
			t.Errorf("%s: %+v, %v", junk, all, err)
		}
	}
}

// Files that students did not make, of another course or of nothing, are named and stop
// nothing.
func TestReadHandIns(t *testing.T) {
	dir := t.TempDir()
	put := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	answers := func(deck string) []byte {
		b, err := class.Answers{Deck: deck, Release: strings.Repeat("0a", 32), Reporter: class.Reporter([]byte("s"), class.AnswersFormat, deck),
			Answers: []class.Answer{{Note: "notenoten1", Text: "Ответ"}}}.Write()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	put("1.json", answers("deckdeckd1"))
	put("2.JSON", answers("deckdeckd2"))
	put("3.json", []byte(`{"format":"lectern-answers/1","deck":"deckdeckd1"`))
	put("4.json", nil)
	put("readme.txt", []byte("не отсюда"))
	h, err := ReadHandIns(t.Context(), []string{dir, filepath.Join(dir, "нет.json")}, "deckdeckd1")
	if err != nil || h.Count() != 1 || len(h.Refused) != 4 {
		t.Fatalf("%d used, refused %+v, %v", h.Count(), h.Refused, err)
	}
	if r := h.Refused[0]; r.Name != "2.JSON" || !r.Other {
		t.Errorf("of another course: %+v", r)
	}
	if r := h.Refused[3]; !fault.Is(r.Err, fault.UnreadableFile) {
		t.Errorf("a file that is not there: %+v", r)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ReadHandIns(ctx, []string{dir}, "deckdeckd1"); !fault.Is(err, fault.Cancelled) {
		t.Errorf("stopped: %v", err)
	}
}

// A course whose folder of the site is not at hand is known to have been released, and
// one that is published in the folder of another is said to be.
func TestLookAtAFolderOfTheSite(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	begin := func(name string) Course {
		c := Course{Dir: filepath.Join(dir, name), Site: filepath.Join(dir, name+"-site"), Store: ship.Store{Dir: filepath.Join(dir, "keys")}, Now: func() time.Time { return time.Unix(1800000000, 0) }}
		if err := course.Init(ctx, c.Dir, course.Starter{Title: name, Lang: "en", Author: "A"}); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Tidy(ctx, source.Options{}); err != nil {
			t.Fatal(err)
		}
		if s, err := c.Look(ctx); err != nil || !s.Known || s.Number() != 1 || s.Lost() || s.Trust.N != 0 {
			t.Fatalf("before: %+v, %v", s, err)
		}
		if _, err := c.Begin(ctx, nil, "A", ""); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Launch(ctx, Proposal{}, nil); err != nil {
			t.Fatal(err)
		}
		return c
	}
	one, other := begin("one"), begin("other")
	s, err := one.Look(ctx)
	if err != nil || s.Last == nil || s.Number() != 2 || !s.CanSign || !s.Root || !s.Changes.Empty() {
		t.Fatalf("released: %+v, %v", s, err)
	}
	lost := one
	lost.Site = filepath.Join(dir, "nowhere")
	if s, err := lost.Look(ctx); err != nil || !s.Lost() || s.Number() != 2 {
		t.Errorf("without its folder: lost %v, next %d, %v", s.Lost(), s.Number(), err)
	}
	lost.Site = other.Site
	if s, err := lost.Look(ctx); err != nil || s.LastErr == nil || s.Last != nil {
		t.Errorf("in the folder of another course: %v, %v", s.LastErr, err)
	}
}
