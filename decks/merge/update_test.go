package merge

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks"
	"lectern/decks/release"
)

// q is a question with an answer.
func q(id, answer string) decks.Note {
	return decks.Note{ID: id, Kind: decks.Question, Section: "s1", Fields: map[decks.Field]string{decks.Front: "Что такое " + id + "?", decks.Back: answer}}
}

// with changes a copy of a note.
func with(n decks.Note, change func(*decks.Note)) decks.Note {
	n.Fields = maps.Clone(n.Fields)
	change(&n)
	return n
}

func substance(n *decks.Note) { n.Major++ }
func elsewhere(n *decks.Note) { n.Section = "s2" }
func asGap(n *decks.Note) {
	n.Kind, n.Fields = decks.Cloze, map[decks.Field]string{decks.Front: "Это {{c1::слово}}."}
}
func fromNote(id string) func(*decks.Note) { return func(n *decks.Note) { n.From = id } }
func merges(ids ...string) func(*decks.Note) {
	return func(n *decks.Note) { n.Merges = ids }
}

// edited is what a student wrote over the answer that he saw.
func edited(base, mine string) Overlay {
	return Overlay{Fields: map[decks.Field]Edit{decks.Back: {Value: mine, Base: base}}}
}

func keeps(n decks.Note) Overlay { return Overlay{Keep: &n} }

// unchanged are notes that are the same in both releases, so that no change is big.
const unchanged = 40

func edition(notes ...decks.Note) decks.Deck {
	d := decks.Deck{ID: "d", Title: "Курс", Sections: []decks.Section{{ID: "s1", Title: "1"}, {ID: "s2", Title: "2"}}}
	for i := range unchanged {
		d.Notes = append(d.Notes, q(fmt.Sprintf("same%02d", i), "Прежнее."))
	}
	d.Notes = append(d.Notes, notes...)
	return release.Canonical(d)
}

// tell says an update in a line: its rows, what is counted, what is the student's, and
// whether it may be installed unseen.
func tell(u Update) string {
	var rows []string
	for i := range u.Rows {
		r := &u.Rows[i]
		s := string(r.Kind) + " " + r.Note
		for _, t := range r.Texts {
			s += fmt.Sprintf(" %s:%s", t.Field, t.Mark)
		}
		for _, f := range []struct {
			is   bool
			name string
		}{{r.Options, "options"}, {r.Other, "other"}, {r.Section, "section"}, {r.Substance, "substance"}, {r.Mine, "mine"}, {r.Kept, "kept"}, {r.Frozen, "frozen"}, {r.Asks(), "asks"}} {
			if f.is {
				s += " " + f.name
			}
		}
		if len(r.From) > 0 {
			s += " from " + strings.Join(r.From, ",")
		}
		if len(r.Into) > 0 {
			s += " into " + strings.Join(r.Into, ",")
		}
		rows = append(rows, s)
	}
	out := strings.Join(rows, "; ")
	for _, c := range []struct {
		n    int
		name string
	}{{u.New, "new"}, {u.Fixed, "fixed"}, {u.Substance, "in substance"}, {u.Retired, "retired"}, {u.Returned, "returned"}, {u.Split, "split"}, {u.Joined, "joined"},
		{u.Moved, "moved"}, {u.Same - unchanged, "same"}, {u.Yours.Kept, "of mine kept"}, {u.Yours.Merged, "of mine merged"}, {u.Yours.Asks, "to choose"}} {
		if c.n != 0 {
			out += fmt.Sprintf(" | %d %s", c.n, c.name)
		}
	}
	if !u.Safe() {
		out += " | not unseen"
	}
	return strings.TrimPrefix(out, " ")
}

// TestUpdateTable is the truth table of whole notes: what an author did to one, what the
// student did, and what the update says.
func TestUpdateTable(t *testing.T) {
	const sentence = "Токен есть кусок слова, из которого модель складывает текст."
	apart := strings.Replace(sentence, "кусок", "часть", 1)
	n := q("n", sentence)
	theirs := q("n", apart)
	for _, c := range []struct {
		name   string
		before []decks.Note
		after  []decks.Note
		mine   Overlay
		seen   string // ids of notes that were there once
		want   string
	}{
		{"nobody did anything", []decks.Note{n}, []decks.Note{n}, Overlay{}, "", "| 1 same"},
		{"only the student wrote", []decks.Note{n}, []decks.Note{n}, edited(sentence, "Моё."), "", "| 1 same"},
		{"only the author wrote", []decks.Note{n}, []decks.Note{theirs}, Overlay{}, "", "changed n answer:theirs | 1 fixed"},
		{"in substance", []decks.Note{n}, []decks.Note{with(theirs, substance)}, Overlay{}, "", "changed n answer:theirs substance | 1 fixed | 1 in substance"},
		{"in substance, and nothing to read", []decks.Note{n}, []decks.Note{with(n, substance)}, Overlay{}, "", "changed n substance | 1 fixed | 1 in substance"},
		{"a text is there for the first time", []decks.Note{n}, []decks.Note{with(n, func(n *decks.Note) { n.Fields[decks.Hint] = "Слово." })}, Overlay{}, "",
			"changed n hint:new | 1 fixed"},
		{"the author cleared a text", []decks.Note{n}, []decks.Note{with(n, func(n *decks.Note) { delete(n.Fields, decks.Back) })}, Overlay{}, "",
			"changed n answer:theirs | 1 fixed"},
		{"both wrote the same", []decks.Note{n}, []decks.Note{theirs}, edited(sentence, apart), "", "changed n answer:same mine | 1 fixed"},
		{"both wrote, apart", []decks.Note{n}, []decks.Note{theirs}, edited(sentence, strings.Replace(sentence, "текст", "ответ", 1)), "",
			"changed n answer:merged mine | 1 fixed | 1 of mine merged"},
		{"both wrote, the same words", []decks.Note{n}, []decks.Note{theirs}, edited(sentence, strings.Replace(sentence, "кусок", "обрывок", 1)), "",
			"changed n answer:ask mine asks | 1 fixed | 1 to choose | not unseen"},
		{"the student cleared it, the author wrote", []decks.Note{n}, []decks.Note{theirs}, edited(sentence, ""), "",
			"changed n answer:ask_low mine asks | 1 fixed | 1 to choose | not unseen"},
		{"the author cleared it, the student wrote", []decks.Note{n}, []decks.Note{with(n, func(n *decks.Note) { delete(n.Fields, decks.Back) })}, edited(sentence, "Моё."), "",
			"changed n answer:ask mine asks | 1 fixed | 1 to choose | not unseen"},
		{"both explained", []decks.Note{n}, []decks.Note{with(n, func(n *decks.Note) { n.Fields[decks.Explanation] = "Его." })},
			Overlay{Fields: map[decks.Field]Edit{decks.Explanation: {Value: "Моё."}}}, "", "changed n explanation:both mine | 1 fixed | 1 of mine merged"},
		{"the author went back to what the student saw", []decks.Note{theirs}, []decks.Note{n}, edited(sentence, "Моё."), "",
			"changed n answer:mine mine | 1 fixed | 1 of mine kept"},
		{"the author wrote elsewhere in the note", []decks.Note{n}, []decks.Note{with(n, func(n *decks.Note) { n.Fields[decks.Front] = "Что это?" })}, edited(sentence, "Моё."), "",
			"changed n question:theirs mine | 1 fixed"},
		{"tags", []decks.Note{n}, []decks.Note{with(n, func(n *decks.Note) { n.Tags = []string{"a"} })}, Overlay{Tags: &TagEdit{Mine: []string{"моё"}}}, "",
			"changed n other mine | 1 fixed"},
		{"options", []decks.Note{with(n, func(n *decks.Note) { n.Kind, n.Choices = decks.Choice, []decks.Option{{Text: "да"}} })},
			[]decks.Note{with(n, func(n *decks.Note) { n.Kind, n.Choices = decks.Choice, []decks.Option{{Text: "да", Right: true}} })}, Overlay{}, "",
			"changed n options | 1 fixed"},
		{"of another kind", []decks.Note{n}, []decks.Note{with(n, asGap)}, Overlay{}, "", "changed n question:theirs answer:theirs other | 1 fixed"},
		{"of another kind, and the student wrote over it", []decks.Note{n}, []decks.Note{with(n, asGap)}, edited(sentence, "Моё."), "",
			"changed n question:theirs answer:mine other mine frozen | 1 fixed | not unseen"},
		{"of another kind, and the student wrote a hint", []decks.Note{n}, []decks.Note{with(n, asGap)}, Overlay{Fields: map[decks.Field]Edit{decks.Hint: {Value: "Моё."}}}, "",
			"changed n question:theirs answer:theirs other mine | 1 fixed"},
		{"of another kind, and the student keeps it", []decks.Note{n}, []decks.Note{with(n, asGap)}, keeps(n), "",
			"changed n question:theirs answer:theirs other mine kept | 1 fixed"},
		{"the student keeps it", []decks.Note{n}, []decks.Note{theirs}, keeps(n), "", "changed n answer:theirs mine kept | 1 fixed"},
		{"the student keeps it and wrote over it", []decks.Note{n}, []decks.Note{theirs}, Overlay{Keep: &n, Fields: edited(sentence, "Моё.").Fields}, "",
			"changed n answer:mine mine kept | 1 fixed"},
		{"elsewhere", []decks.Note{n}, []decks.Note{with(n, elsewhere)}, Overlay{}, "", "moved n section | 1 moved"},
		{"elsewhere, and the student wrote", []decks.Note{n}, []decks.Note{with(n, elsewhere)}, edited(sentence, "Моё."), "", "moved n section mine | 1 moved"},
		{"elsewhere and changed", []decks.Note{n}, []decks.Note{with(theirs, elsewhere)}, Overlay{}, "", "changed n answer:theirs section | 1 fixed"},
		{"elsewhere among its neighbours", []decks.Note{n, q("m", "")}, []decks.Note{q("m", ""), n}, Overlay{}, "", "| 2 same"},
		{"lineage that is said later", []decks.Note{n}, []decks.Note{with(n, fromNote("x"))}, Overlay{}, "x", "| 1 same"},
		{"new", nil, []decks.Note{n}, Overlay{}, "", "new n | 1 new"},
		{"back, as it was seen once", nil, []decks.Note{n}, Overlay{}, "n", "returned n | 1 returned"},
		{"back, and the student wrote over it", nil, []decks.Note{n}, edited(sentence, "Моё."), "n", "returned n mine | 1 returned"},
		{"back, and a part of another", nil, []decks.Note{with(n, fromNote("x"))}, Overlay{}, "n x", "returned n | 1 returned"},
		{"withdrawn", []decks.Note{n}, nil, Overlay{}, "n", "retired n | 1 retired"},
		{"withdrawn, and the student wrote over it", []decks.Note{n}, nil, edited(sentence, "Моё."), "n", "retired n mine | 1 retired"},
		{"withdrawn, and the student tagged it", []decks.Note{n}, nil, Overlay{Tags: &TagEdit{Mine: []string{"моё"}}}, "n", "retired n mine | 1 retired"},
		{"withdrawn, and the student keeps it", []decks.Note{n}, nil, keeps(n), "n", "retired n mine kept | 1 retired"},
		{"split in two", []decks.Note{n}, []decks.Note{with(q("a", "1"), fromNote("n")), with(q("b", "2"), fromNote("n"))}, Overlay{}, "n",
			"split a from n; split b from n; retired n | 1 split"},
		{"a part of one that stays", []decks.Note{n}, []decks.Note{n, with(q("a", "1"), fromNote("n"))}, Overlay{}, "n", "split a from n | 1 split | 1 same"},
		{"a part of one that was never here", nil, []decks.Note{with(q("a", "1"), fromNote("x"))}, Overlay{}, "", "new a | 1 new"},
		{"two joined", []decks.Note{n, q("m", "2")}, []decks.Note{with(q("a", "1"), merges("m", "n"))}, Overlay{}, "n m",
			"joined a from m,n; retired n; retired m | 1 joined"},
		{"two joined, one of which was never here", []decks.Note{n}, []decks.Note{with(q("a", "1"), merges("m", "n"))}, Overlay{}, "n",
			"joined a from n; retired n | 1 joined"},
		{"a part of one, joined with another", []decks.Note{n, q("m", "2")}, []decks.Note{with(with(q("a", "1"), merges("m")), fromNote("n"))}, Overlay{}, "n m",
			"joined a from m; retired n; retired m | 1 retired | 1 joined"},
	} {
		mine := map[string]Overlay{"n": c.mine}
		u := NewUpdate(edition(c.before...), edition(c.after...), mine, had(func(id string) bool { return slices.Contains(strings.Fields(c.seen), id) }))
		if got := tell(u); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// What is said of a withdrawn note is told with it, and rows that ask stand first.
func TestUpdateRows(t *testing.T) {
	old := edition(q("a", "1"), q("b", "2"), q("c", "3"), q("d", "4"), q("e", "5"))
	next := edition(q("a", "1!"), q("b", "2!"), q("c", "3!"), q("x", "9"))
	next.Retired = []decks.Retired{{ID: "d", Into: []string{"x"}, Why: "устарело"}}
	u := NewUpdate(old, next, map[string]Overlay{"b": edited("2", ""), "c": edited("3", "моё")}, had(func(string) bool { return false }))
	var order []string
	for _, r := range u.Rows {
		order = append(order, r.Note)
	}
	if got := strings.Join(order, ""); got != "cbaxde" {
		t.Errorf("rows in the order %s", got)
	}
	if r := u.Rows[4]; !slices.Equal(r.Into, []string{"x"}) || r.Why != "устарело" || r.Was.Text(decks.Back) != "4" || r.New.ID != "" {
		t.Errorf("%+v", r)
	}
	moved := edition(with(q("a", "1"), elsewhere))
	if r := NewUpdate(edition(q("a", "1")), moved, map[string]Overlay{"a": keeps(q("a", "0"))}, nil).Rows[0]; r.Now.Section != "s2" || r.Now.Text(decks.Back) != "0" || r.Was.Section != "s1" {
		t.Errorf("a note that the student keeps does not move with its section: %+v", r)
	}
	if r := u.Rows[5]; r.Into != nil || r.Why != "" {
		t.Errorf("%+v", r)
	}
}

// Nobody gets an update unseen that changes over three tenths of a deck or withdraws over
// a twentieth of it.
func TestBigUpdates(t *testing.T) {
	const size = 100
	deck := func(changed, gone, moved, added int) decks.Deck {
		d := decks.Deck{ID: "d", Title: "Курс", Sections: []decks.Section{{ID: "s1", Title: "1"}, {ID: "s2", Title: "2"}}}
		for i := range size - gone {
			n := q(fmt.Sprintf("n%03d", i), "Прежнее.")
			switch {
			case i < changed:
				n.Fields[decks.Back] = "Другое."
			case i < changed+moved:
				n.Section = "s2"
			}
			d.Notes = append(d.Notes, n)
		}
		for i := range added {
			d.Notes = append(d.Notes, q(fmt.Sprintf("x%03d", i), "Новое."))
		}
		return release.Canonical(d)
	}
	old := deck(0, 0, 0, 0)
	for _, c := range []struct {
		changed, gone, moved, added int
		big                         bool
	}{
		{0, 0, 0, 0, false},
		{30, 0, 0, 0, false},
		{31, 0, 0, 0, true},
		{0, 5, 0, 0, false},
		{0, 6, 0, 0, true},
		{30, 5, 0, 0, false},
		{30, 5, 65, 1000, false}, // what moves or comes is no change of what is known
	} {
		u := NewUpdate(old, deck(c.changed, c.gone, c.moved, c.added), nil, had(func(string) bool { return false }))
		if u.Big() != c.big || u.Safe() == c.big {
			t.Errorf("%+v: big %v, safe %v", c, u.Big(), u.Safe())
		}
	}
	// A note of which others are made is withdrawn all the same.
	next := deck(0, 6, 0, 0)
	for i := range 6 {
		next.Notes = append(next.Notes, with(q(fmt.Sprintf("x%03d", i), "Часть."), fromNote(fmt.Sprintf("n%03d", size-1-i))))
	}
	if u := NewUpdate(old, next, nil, had(func(id string) bool { return id[0] == 'n' })); u.Split != 6 || u.Retired != 0 || !u.Big() {
		t.Errorf("%s", tell(u))
	}
	if u := NewUpdate(decks.Deck{Notes: []decks.Note{q("a", "1")}}, decks.Deck{}, nil, nil); !u.Big() {
		t.Error("the only note goes, and that is not big")
	}
}

// TestUpdateOverFourValues goes through every text of four values that the student saw,
// that was released before and now, and that he wrote.
func TestUpdateOverFourValues(t *testing.T) {
	values := []string{"", "one", "two", "three"}
	note := func(text string) decks.Deck {
		n := decks.Note{ID: "n", Kind: decks.Question, Fields: map[decks.Field]string{decks.Front: "q"}}
		if text != "" {
			n.Fields[decks.Back] = text
		}
		return decks.Deck{ID: "d", Title: "T", Notes: []decks.Note{n}}
	}
	marks := map[Mark]int{}
	for _, base := range values {
		for _, before := range values {
			for _, now := range values {
				for _, mine := range values {
					u := NewUpdate(note(before), note(now), map[string]Overlay{"n": edited(base, mine)}, nil)
					if before == now {
						if len(u.Rows) != 0 || u.Same != 1 {
							t.Fatalf("%q, %q: %+v", before, now, u)
						}
						continue
					}
					text := u.Rows[0].Texts[0]
					shown, mark := Text(base, now, mine)
					was, _ := Text(base, before, mine)
					if text.Mark != mark || text.Now != shown || text.Was != was || *text.Edit != (Edit{Value: mine, Base: base}) || text.Old != before || text.New != now {
						t.Fatalf("base %q, %q → %q, mine %q: %+v, want %q %s", base, before, now, mine, text, shown, mark)
					}
					checkLaws(t, base, now, mine, text.Now, text.Mark)
					want := map[Mark][3]int{Mine: {1, 0, 0}, Merged: {0, 1, 0}, Ask: {0, 0, 1}, AskQuietly: {0, 0, 1}}[mark]
					if got := [3]int{u.Yours.Kept, u.Yours.Merged, u.Yours.Asks}; got != want || u.Rows[0].Asks() != mark.Asks() || u.Fixed != 1 {
						t.Fatalf("base %q, %q → %q, mine %q: %v, want %v", base, before, now, mine, got, want)
					}
					marks[mark]++
				}
			}
		}
	}
	// Each of the 64 triples is met with the three texts that were released before.
	if want := (map[Mark]int{None: 12, New: 9, Theirs: 27, Mine: 36, Same: 36, Ask: 54, AskQuietly: 18}); !maps.Equal(marks, want) {
		t.Errorf("%v, want %v", marks, want)
	}
}

var texts = rapid.Map(rapid.SliceOfN(rapid.SampledFrom([]string{"слой", "сеть", "ключ", "и", "вес", "голова", "маска"}), 0, 6), func(w []string) string { return strings.Join(w, " ") })

// drawNote draws a note of any kind; small numbers of things, so that they meet.
func drawNote(t *rapid.T, id string) decks.Note {
	n := decks.Note{ID: id, Kind: rapid.SampledFrom([]decks.Kind{decks.Question, decks.Question, decks.Exercise, decks.Cloze, decks.Choice}).Draw(t, "kind"),
		Section: rapid.SampledFrom([]string{"", "s1", "s2"}).Draw(t, "section"), Fields: map[decks.Field]string{decks.Front: "?" + texts.Draw(t, "front")},
		Tags: rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b"}), 0, 2).Draw(t, "tags"), Major: rapid.IntRange(0, 1).Draw(t, "major")}
	for _, f := range decks.Fields[1:] {
		n.Fields[f] = texts.Draw(t, string(f))
	}
	if n.Kind == decks.Choice {
		n.Choices = []decks.Option{{Text: "да", Right: rapid.Bool().Draw(t, "right")}}
	}
	return n
}

func drawOverlay(t *rapid.T, n decks.Note) Overlay {
	var o Overlay
	for _, f := range decks.Fields {
		if rapid.IntRange(0, 3).Draw(t, "edited") == 0 {
			base := rapid.SampledFrom([]string{n.Fields[f], texts.Draw(t, "base")}).Draw(t, "seen")
			value := texts.Draw(t, "mine")
			if f == decks.Front {
				value = "?" + value
			}
			if o.Fields == nil {
				o.Fields = map[decks.Field]Edit{}
			}
			o.Fields[f] = Edit{Value: value, Base: base}
		}
	}
	if rapid.IntRange(0, 3).Draw(t, "tagged") == 0 {
		o.Tags = &TagEdit{Base: n.Tags, Mine: []string{"моё"}}
	}
	if rapid.IntRange(0, 5).Draw(t, "kept") == 0 {
		kept := release.CanonicalNote(drawNote(t, n.ID))
		o.Keep = &kept
	}
	return o
}

// For any two releases and any student: the numbers are those of the rows, what is told is
// what will be shown, and nothing of the student's is replaced.
func TestUpdateLaws(t *testing.T) {
	ids := []string{"n1", "n2", "n3", "n4", "n5", "n6"}
	deck := func(t *rapid.T) decks.Deck {
		d := decks.Deck{ID: "d", Title: "T", Sections: []decks.Section{{ID: "s1", Title: "1"}, {ID: "s2", Title: "2"}}}
		for _, id := range rapid.Permutation(ids).Draw(t, "order")[:rapid.IntRange(0, len(ids)).Draw(t, "notes")] {
			d.Notes = append(d.Notes, drawNote(t, id))
		}
		return release.Canonical(d)
	}
	rapid.Check(t, func(t *rapid.T) {
		old, next := deck(t), deck(t)
		there, seen := map[string]decks.Note{}, map[string]bool{}
		for _, n := range old.Notes {
			there[n.ID], seen[n.ID] = n, true
		}
		for i := range next.Notes {
			n := &next.Notes[i]
			if was, ok := there[n.ID]; ok && rapid.IntRange(0, 2).Draw(t, "stays") > 0 {
				*n = was
				n.Section = next.Notes[i].Section
			}
			if rapid.IntRange(0, 3).Draw(t, "lineage") == 0 {
				n.From = rapid.SampledFrom(ids).Draw(t, "from")
			}
			if rapid.IntRange(0, 3).Draw(t, "joined") == 0 {
				n.Merges = slices.Sorted(slices.Values(rapid.Permutation(ids).Draw(t, "merges")[:2]))
			}
		}
		mine := map[string]Overlay{}
		for _, id := range ids {
			if rapid.Bool().Draw(t, "mine") {
				mine[id] = drawOverlay(t, there[id])
			}
			seen[id] = seen[id] || rapid.Bool().Draw(t, "seen")
		}
		u := NewUpdate(old, next, mine, had(func(id string) bool { return seen[id] }))
		checkUpdate(t, u, old, next, mine, seen)
		if again := NewUpdate(next, next, mine, had(func(string) bool { return true })); len(again.Rows) != 0 || again.Same != len(next.Notes) || !again.Safe() {
			t.Fatalf("a release over itself is %s", tell(again))
		}
	})
}

func checkUpdate(t *rapid.T, u Update, old, next decks.Deck, mine map[string]Overlay, seen map[string]bool) {
	before, after := map[string]decks.Note{}, map[string]decks.Note{}
	for _, n := range old.Notes {
		before[n.ID] = n
	}
	for _, n := range next.Notes {
		after[n.ID] = n
	}
	kinds, asks := map[RowKind]int{}, 0
	var kept, merged int
	told := map[string]bool{}
	for i := range u.Rows {
		r := &u.Rows[i]
		o := mine[r.Note]
		was, isWas := before[r.Note]
		now, isNow := after[r.Note]
		kinds[r.Kind]++
		if told[r.Note] {
			t.Fatalf("note %s has two rows", r.Note)
		}
		told[r.Note] = true
		if isWas != (r.Kind == RowChanged || r.Kind == RowMoved || r.Kind == RowRetired) || isNow != (r.Kind != RowRetired) {
			t.Fatalf("note %s is there before: %v, after: %v, and %s", r.Note, isWas, isNow, r.Kind)
		}
		if !isWas && seen[r.Note] != (r.Kind == RowReturned) {
			t.Fatalf("note %s was seen: %v, and is %s", r.Note, seen[r.Note], r.Kind)
		}
		if isWas && !reflect.DeepEqual(r.Was, o.Shown(was)) || !isWas && r.Was.ID != "" {
			t.Fatalf("note %s is shown as %+v, the row says %+v", r.Note, o.Shown(was), r.Was)
		}
		if r.Frozen != (isWas && isNow && was.Kind != now.Kind && o.Keep == nil && o.wrote()) {
			t.Fatalf("note %s: frozen %v", r.Note, r.Frozen)
		}
		if r.Frozen {
			o.Keep = &was
		}
		if isNow && !reflect.DeepEqual(r.Now, o.Shown(now)) {
			t.Fatalf("note %s will be shown as %+v, the row says %+v", r.Note, o.Shown(now), r.Now)
		}
		if r.Kept != (mine[r.Note].Keep != nil) || r.Substance != (isWas && isNow && now.Major > was.Major) {
			t.Fatalf("note %s: kept %v, substance %v", r.Note, r.Kept, r.Substance)
		}
		if (r.Kept || r.Frozen) && isWas && isNow {
			stays := r.Was
			stays.Section = r.Now.Section
			if !reflect.DeepEqual(stays, r.Now) || r.Asks() {
				t.Fatalf("a note that is kept becomes %+v of %+v, asks %v", r.Now, r.Was, r.Asks())
			}
		}
		for _, x := range r.Texts {
			if x.Old == x.New || x.Old != was.Fields[x.Field] || x.New != now.Fields[x.Field] || x.Now != r.Now.Fields[x.Field] || x.Was != r.Was.Fields[x.Field] {
				t.Fatalf("note %s: %+v", r.Note, x)
			}
			if x.Edit == nil {
				if !r.Kept && !r.Frozen && x.Now != x.New {
					t.Fatalf("the student wrote nothing, and %q is shown, not %q", x.Now, x.New)
				}
				continue
			}
			if x.Mark.Asks() && x.Now != x.Edit.Value {
				t.Fatalf("a question shows %q, the student wrote %q", x.Now, x.Edit.Value)
			}
			if r.Kept || r.Frozen {
				continue
			}
			if x.Mark != Both {
				checkLaws(t, release.Text(x.Edit.Base), x.New, release.Text(x.Edit.Value), x.Now, x.Mark)
			}
			switch x.Mark {
			case Mine:
				kept++
			case Merged, Both:
				merged++
			case Ask, AskQuietly:
				asks++
			}
		}
	}
	for id, n := range after {
		was, ok := before[id]
		if !ok && !told[id] || ok && told[id] && reflect.DeepEqual(was, n) {
			t.Fatalf("note %s has a row: %v; it was there: %v", id, told[id], ok)
		}
	}
	for id := range before {
		if _, ok := after[id]; !ok && !told[id] {
			t.Fatalf("note %s is gone without a row", id)
		}
	}
	if sum := u.Same + kinds[RowNew] + kinds[RowChanged] + kinds[RowMoved] + kinds[RowReturned] + kinds[RowSplit] + kinds[RowJoined]; sum != len(next.Notes) {
		t.Fatalf("%d of %d notes are counted: %s", sum, len(next.Notes), tell(u))
	}
	if u.New != kinds[RowNew] || u.Fixed != kinds[RowChanged] || u.Moved != kinds[RowMoved] || u.Returned != kinds[RowReturned] || u.Joined != kinds[RowJoined] ||
		u.Retired > kinds[RowRetired] || u.Split > kinds[RowSplit] || (u.Split > 0) && kinds[RowSplit] == 0 {
		t.Fatalf("the numbers are not those of the rows %v: %s", kinds, tell(u))
	}
	if u.Yours.Kept != kept || u.Yours.Merged != merged || u.Yours.Asks != asks || u.Yours.Asks > 0 && u.Safe() {
		t.Fatalf("kept %d, merged %d, asks %d: %s", kept, merged, asks, tell(u))
	}
}

// had is a collection that has notes and does not know what stood there.
func had(there func(string) bool) func(string) (*decks.Note, bool) {
	return func(id string) (*decks.Note, bool) { return nil, there(id) }
}

// A note that comes back is compared with what the author said there last: where the
// student wrote, he is asked as of any other.
func TestReturnedNote(t *testing.T) {
	last := q("n", "Слой.")
	for _, c := range []struct {
		name      string
		now       decks.Note
		mine      Overlay
		asks      int
		substance bool
	}{
		{"as it was", last, edited("Слой.", "Моё."), 0, false},
		{"changed, and the student wrote nothing", q("n", "Слои."), Overlay{}, 0, false},
		{"changed where the student wrote", q("n", "Слои."), edited("Слой.", "Моё."), 1, false},
		{"changed in substance", func() decks.Note { n := q("n", "Слои."); n.Major = 1; return n }(), Overlay{}, 0, true},
		{"kept by the student", q("n", "Слои."), Overlay{Keep: &last}, 0, false},
	} {
		u := NewUpdate(edition(), edition(c.now), map[string]Overlay{"n": c.mine}, func(id string) (*decks.Note, bool) { return &last, id == "n" })
		if u.Returned != 1 || len(u.Rows) != 1 || u.Rows[0].Kind != RowReturned || u.Yours.Asks != c.asks || u.Rows[0].Asks() != (c.asks > 0) || u.Rows[0].Substance != c.substance || u.Safe() != (c.asks == 0) {
			t.Errorf("%s: %+v", c.name, u)
		}
	}
}
