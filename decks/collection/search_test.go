package collection_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fold"
	"lectern/decks/release"
	"lectern/scheduler"
)

func TestSearch(t *testing.T) {
	d := newDesk(t)
	deck := decks.Deck{ID: "a", Title: "Курс", Lang: "ru", Sections: []decks.Section{{ID: "s", Title: "Лекция"}}, Notes: []decks.Note{
		question("n1", "Что такое **ёмкость** модели?", "Число её параметров, $n^2$."),
		question("n2", "Кто такой Йоханнес Кеплер?", "Астроном"),
		question("n3", "Naïve Bayes", ""),
		{ID: "n4", Kind: decks.Choice, Section: "s", Fields: map[decks.Field]string{decks.Front: "Какой?"}, Choices: []decks.Option{{Text: "Синий кит", Right: true}, {Text: "Рыба"}}},
		{ID: "n5", Kind: decks.Cloze, Section: "s", Fields: map[decks.Field]string{decks.Front: "Свет {{c1::волна}} и {{c2::частица::что?}}", decks.Explanation: "100% \"дуализм\""}},
	}}
	d.install(deck)
	for _, tc := range []struct {
		text string
		want []string
	}{
		{"", []string{"n1", "n2", "n3", "n4", "n5", "n5"}},
		{"   ", []string{"n1", "n2", "n3", "n4", "n5", "n5"}},
		{"ЁМКОСТЬ", []string{"n1"}},
		{"емкость", []string{"n1"}},
		{norm.NFD.String("ёмкость"), []string{"n1"}},
		{norm.NFD.String("йоханнес"), []string{"n2"}},
		{"кеплер астроном", []string{"n2"}},
		{"астроном КЕПЛЕР", []string{"n2"}},
		{"кеплер рыба", nil},
		{"ее", []string{"n1"}},
		{"её па", []string{"n1"}},
		{norm.NFD.String("naïve"), []string{"n3"}},
		{"рыба", []string{"n4"}},
		{"свет волна и частица", []string{"n5", "n5"}},
		{"дуализм", []string{"n5", "n5"}},
		{`"дуализм"`, []string{"n5", "n5"}},
		{"100%", []string{"n5", "n5"}},
		{"%", []string{"n5", "n5"}},
		{"_", nil},
		{"**", nil},
		{"параграф", nil},
		{"OR", nil},
		{"ёмкость OR кеплер", nil},
		{"емк*", nil},
	} {
		f := d.search(collection.Query{Text: tc.text})
		var got []string
		for _, r := range f.Rows {
			got = append(got, r.Note)
		}
		if !slices.Equal(got, tc.want) || f.Total != len(tc.want) {
			t.Errorf("%q found %v (%d), want %v", tc.text, got, f.Total, tc.want)
		}
	}
	rows := d.search(collection.Query{Text: "емкость"}).Rows
	if r := rows[0]; r.Question != "Что такое ёмкость модели?" || r.Answer != "Число её параметров, n^2." || r.Section != "" || r.DeckTitle != "Курс" {
		t.Errorf("%+v", r)
	}
	rows = d.search(collection.Query{Text: "волна"}).Rows
	if r := rows[0]; r.Question != "Свет волна и частица" || r.Section != "Лекция" {
		t.Errorf("%+v", r)
	}
	if !d.search(collection.Query{Text: "naïve"}).Rows[0].NeedsAnswer {
		t.Error("n3 needs an answer")
	}
}

// What was searched before is found by its new words after every change.
func TestSearchAfterChanges(t *testing.T) {
	d := newDesk(t)
	other := &desk{t: t, dir: d.dir, now: d.now}
	other.open()
	defer other.Close()
	found := func(text string) int {
		t.Helper()
		n := d.search(collection.Query{Text: text}).Total
		if m := other.search(collection.Query{Text: text}).Total; m != n {
			t.Errorf("%q: %d are found, in another program %d", text, n, m)
		}
		return n
	}
	d.install(course("a", 3))
	step := func(what string, answer, mine, fresh int) {
		t.Helper()
		if a, b, c := found("ответ"), found("моё"), found("новый"); a != answer || b != mine || c != fresh {
			t.Errorf("%s: found %d, %d, %d; want %d, %d, %d", what, a, b, c, answer, mine, fresh)
		}
	}
	step("installed", 3, 0, 0)
	d.ok(d.Edit(ctx, "a-q1", decks.Back, "Моё"))
	step("edited", 2, 1, 0)
	if _, err := other.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	step("undone", 3, 0, 0)
	if _, err := d.Redo(ctx); err != nil {
		t.Fatal(err)
	}
	step("redone", 2, 1, 0)
	more := course("a", 3)
	more.Notes = append(more.Notes, question("a-q4", "Новый?", "Ответ."))
	d.install(more)
	step("updated", 3, 1, 1)
	d.ok(other.RemoveDeck(ctx, "a"))
	step("removed", 0, 0, 0)
}

// A query finds the notes in whose folded text each of its folded words stands.
func TestSearchIsContainment(t *testing.T) {
	checks(t, "40")
	d := newDesk(t)
	pieces := rapid.SampledFrom([]string{
		"ёж", "Еж", "а", "бв", "абв", "word", "WORD", "é", "e\u0301", "й", "и\u0306", "ﬁ", "ß", "\"", "'", "*", "(", ")", "-", "100%", "_", " ", "\n", "🦔", "\u00ad", "AND", "NEAR",
	})
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(pieces, 0, 6).Draw(t, "pieces"), "")
	})
	rapid.Check(t, func(t *rapid.T) {
		d.t = t
		deck := decks.Deck{ID: "a", Title: "Курс"}
		n := rapid.IntRange(1, 8).Draw(t, "notes")
		for i := range n {
			deck.Notes = append(deck.Notes, question(fmt.Sprint("n", i), "в"+text.Draw(t, "question"), text.Draw(t, "answer")))
		}
		d.install(deck)
		query := rapid.OneOf(text, rapid.String()).Draw(t, "query")
		var want []string
		for _, r := range d.search(collection.Query{}).Rows {
			in := fold.Fold(r.Question + "\n" + r.Answer)
			if !slices.ContainsFunc(strings.Fields(fold.Fold(release.Line(query))), func(w string) bool { return !strings.Contains(in, w) }) {
				want = append(want, r.Note)
			}
		}
		var got []string
		for _, r := range d.search(collection.Query{Text: query}).Rows {
			got = append(got, r.Note)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%q found %v, want %v", query, got, want)
		}
	})
}

func TestSearchFilters(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 4))
	unanswered := course("b", 2)
	unanswered.Notes[1] = question("b-q2", "Без ответа?", "")
	d.install(unanswered)
	d.preset(func(p *scheduler.Preset) { p.LearningSteps, p.NewPerDay = nil, 2 })
	d.answer("a-q1/f", scheduler.Good)
	d.ok(d.Suspend(ctx, []decks.CardID{"a-q2/f"}, true))
	d.ok(d.Flag(ctx, "a-q3/f", 2))
	d.ok(d.Flag(ctx, "b-q2/f", 4))
	for _, tc := range []struct {
		name string
		q    collection.Query
		want []decks.CardID
	}{
		{"a deck", collection.Query{Scope: inDeck("b")}, []decks.CardID{"b-q1/f", "b-q2/f"}},
		{"unanswered", collection.Query{Unanswered: true}, []decks.CardID{"b-q2/f"}},
		{"flagged", collection.Query{Flagged: true}, []decks.CardID{"a-q3/f", "b-q2/f"}},
		{"flagged, with a word", collection.Query{Flagged: true, Text: "вопрос"}, []decks.CardID{"a-q3/f"}},
		{"suspended", collection.Query{Suspended: true}, []decks.CardID{"a-q2/f"}},
		{"due: one new card is left of two", collection.Query{Due: true, Scope: inDeck("a")}, []decks.CardID{"a-q3/f"}},
		{"retired", collection.Query{Retired: true}, nil},
	} {
		var got []decks.CardID
		for _, r := range d.search(tc.q).Rows {
			got = append(got, r.Card)
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, got, tc.want)
		}
	}
	r := d.search(collection.Query{Scope: inDeck("a")}).Rows[0]
	if r.Phase != scheduler.Review || r.Due.IsZero() || r.Recall != 1 {
		t.Errorf("a card answered today: %+v", r)
	}
}

// Pages, one after the other, are the whole list.
func TestSearchPages(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 230))
	all := d.search(collection.Query{Limit: math.MaxInt})
	if all.Total != 230 || len(all.Rows) != 230 {
		t.Fatalf("%d of %d rows", len(all.Rows), all.Total)
	}
	if first := d.search(collection.Query{}); len(first.Rows) != 200 || first.Total != 230 {
		t.Errorf("without a limit %d of %d rows come", len(first.Rows), first.Total)
	}
	var rows []collection.Row
	for offset := 0; offset < all.Total; offset += 70 {
		page := d.search(collection.Query{Limit: 70, Offset: offset})
		rows = append(rows, page.Rows...)
	}
	if !slices.Equal(rows, all.Rows) {
		t.Error("the pages are not the whole list in order")
	}
	for _, q := range []collection.Query{{Offset: 230}, {Offset: math.MaxInt, Limit: 5}, {Offset: 5, Limit: math.MaxInt}, {Offset: -3, Limit: -3}} {
		f := d.search(q)
		if want := min(max(0, 230-max(0, q.Offset)), map[bool]int{true: 200, false: 225}[q.Limit <= 0]); f.Total != 230 || len(f.Rows) > want {
			t.Errorf("%+v gives %d rows", q, len(f.Rows))
		}
	}
}
