package release

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks"
)

// Notes that are found are those of the whole deck, in its order, and nothing that only
// reads like one is taken for one.
func TestFindLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Canonical(deckGen().Draw(t, "deck"))
		content, err := Encode(d)
		if err != nil {
			t.Fatal(err)
		}
		all := map[string]bool{}
		IDs(content, all)
		if len(all) != len(d.Notes) || slices.ContainsFunc(d.Notes, func(n decks.Note) bool { return !all[n.ID] }) {
			t.Fatalf("the ids are %v of %+v", all, d.Notes)
		}
		wanted := map[string]bool{"nowhere": true}
		var want []decks.Note
		for _, n := range d.Notes {
			if rapid.Bool().Draw(t, "wanted") {
				wanted[n.ID] = true
				want = append(want, n)
			}
		}
		got, err := Find(content, wanted)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%v: found %+v, want %+v", err, got, want)
		}
	})
}

func TestFind(t *testing.T) {
	note := func(id, front string) decks.Note {
		return decks.Note{ID: id, Kind: decks.Choice, Section: "s", Fields: map[decks.Field]string{decks.Front: front}, Tags: []string{`"id":"b"`},
			Choices: []decks.Option{{Text: `{"id":"b","kind":"note"}`}}, From: "b", Merges: []string{"b", "x"}}
	}
	d := decks.Deck{ID: "b", Title: `"id":"b"`, Sections: []decks.Section{{ID: "s", Title: `{"id":"b"}`}},
		Notes: []decks.Note{note("a", `"id":"b"`), note("c", "{\"id\":\"b\",\n\"kind\":\"note\"}")}, Retired: []decks.Retired{{ID: "z", Into: []string{"a"}, Why: `"id":"b"`}}}
	content, err := Encode(d)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := Find(content, map[string]bool{"b": true, "s": true, "z": true}); err != nil || got != nil {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := Find(content, map[string]bool{"c": true}); err != nil || len(got) != 1 || got[0].ID != "c" || !slices.Equal(got[0].Merges, []string{"b", "x"}) {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := Find(nil, map[string]bool{"a": true}); err == nil {
		t.Error("something is found in nothing")
	}
	bad := strings.Replace(string(content), `"kind":"note"`, `"kind":"note","x":1`, 1)
	if _, err := Find([]byte(bad), map[string]bool{"a": true}); err == nil {
		t.Error("a note that is none is found")
	}
}

func TestParts(t *testing.T) {
	total := 0
	var d decks.Deck
	for _, c := range []struct {
		kind  decks.Kind
		front string
		want  string
	}{
		{decks.Question, "Что?", "f"},
		{decks.Question, "Это {{c1::не пропуск}}.", "f"},
		{decks.Exercise, "Сделайте.", "f"},
		{decks.Choice, "Что?", "m"},
		{decks.Cloze, "Без пропуска", "f"},
		{decks.Cloze, "{{c1::раз}}", "c1"},
		{decks.Cloze, "{{c10::десять}} {{c2::два}} {{c1::раз}} {{c2::два}}", "c1 c2 c10"},
		{decks.Cloze, "{{c3::три::подсказка}} и {{c0::ноль}}", "c3"},
	} {
		n := decks.Note{Kind: c.kind, Fields: map[decks.Field]string{decks.Front: c.front}}
		got := Parts(n)
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s %q: %q, want %s", c.kind, c.front, got, c.want)
		}
		total += len(got)
		d.Notes = append(d.Notes, n)
	}
	if n := Cards(d); n != total {
		t.Errorf("%d cards, want %d", n, total)
	}
}
