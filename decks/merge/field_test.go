package merge

import (
	"maps"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks"
	"lectern/decks/release"
)

const long = "Токен есть кусок слова, из которого модель складывает текст."

// TestTruthTable has the sixteen rows of the package's table.
func TestTruthTable(t *testing.T) {
	for _, c := range []struct {
		row                       int
		base, theirs, mine, shown string
		mark                      Mark
	}{
		{1, "", "", "", "", None},
		{2, "", "their text", "", "their text", New},
		{3, "", "", "my text", "my text", Mine},
		{4, "", "one text", "one text", "one text", Same},
		{5, "", "their text", "my text", "my text", Ask},
		{6, "old text", "old text", "old text", "old text", None},
		{7, "old text", "their text", "old text", "their text", Theirs},
		{8, "old text", "old text", "my text", "my text", Mine},
		{9, "old text", "one text", "one text", "one text", Same},
		{10, long, strings.Replace(long, "кусок", "часть", 1), strings.Replace(long, "текст", "ответ", 1),
			"Токен есть часть слова, из которого модель складывает ответ.", Merged},
		{11, long, strings.Replace(long, "кусок", "часть", 1), strings.Replace(long, "кусок", "обрывок", 1),
			strings.Replace(long, "кусок", "обрывок", 1), Ask},
		{12, "old text", "", "old text", "", Theirs},
		{13, "old text", "", "my text", "my text", Ask},
		{14, "old text", "old text", "", "", Mine},
		{15, "old text", "their text", "", "", AskQuietly},
		{16, "old text", "", "", "", Same},
	} {
		if shown, mark := Text(c.base, c.theirs, c.mine); shown != c.shown || mark != c.mark {
			t.Errorf("row %d: %q %q, want %q %q", c.row, shown, mark, c.shown, c.mark)
		}
	}
}

func TestTextComparesForms(t *testing.T) {
	if shown, mark := Text("Йод\n", "Йодид", "И\u0306од\r\n"); shown != "Йодид" || mark != Theirs {
		t.Errorf("another Unicode form counts as an edit: %q %q", shown, mark)
	}
}

// TestTextOverFourValues goes through every triple of four values.
func TestTextOverFourValues(t *testing.T) {
	values := []string{"", "one", "two", "three"}
	count := map[Mark]int{}
	for _, b := range values {
		for _, th := range values {
			for _, m := range values {
				shown, mark := Text(b, th, m)
				count[mark]++
				checkLaws(t, b, th, m, shown, mark)
			}
		}
	}
	want := map[Mark]int{None: 4, New: 3, Theirs: 9, Mine: 12, Same: 12, Ask: 18, AskQuietly: 6}
	if !maps.Equal(count, want) {
		t.Errorf("%v, want %v", count, want)
	}
}

type fataler interface {
	Fatalf(format string, args ...any)
}

func checkLaws(t fataler, base, theirs, mine, shown string, mark Mark) {
	fail := func(law string) {
		t.Fatalf("%s: base %q theirs %q mine %q: %q %q", law, base, theirs, mine, shown, mark)
	}
	switch {
	case mine == base && shown != theirs:
		fail("where I wrote nothing, theirs arrives")
	case theirs == base && shown != mine:
		fail("where they wrote nothing, mine stays")
	case mine != base && mine != theirs && shown == theirs && mark != Merged:
		fail("mine is never replaced")
	case mark.Asks() && shown != mine:
		fail("a question shows mine")
	case mark.Asks() != (mine != base && theirs != base && mine != theirs && mark != Merged):
		fail("a question where both wrote, and only there")
	}
}

func TestTextLaws(t *testing.T) {
	sentence := rapid.Custom(func(t *rapid.T) string {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"слой", "сеть", "ключ", "и", "$a_b c$", "`x y`", "{{c1::gap}}", ",", "1.5", "\n\n"}), 0, 8).Draw(t, "words")
		return release.Text(strings.Join(words, " "))
	})
	rapid.Check(t, func(t *rapid.T) {
		b, th, m := sentence.Draw(t, "base"), sentence.Draw(t, "theirs"), sentence.Draw(t, "mine")
		shown, mark := Text(b, th, m)
		checkLaws(t, b, th, m, shown, mark)
		if mark == Merged {
			if mirror, k := Text(b, m, th); k != Merged || mirror != shown {
				t.Fatalf("a merge depends on whose hand is whose: %q, %q", shown, mirror)
			}
		}
	})
}

func TestDiff3(t *testing.T) {
	for name, c := range map[string]struct {
		base, theirs, mine, want string
		ok                       bool
	}{
		"apart":               {"a b c d e", "A b c d e", "a b c d E", "A b c d E", true},
		"neighbours":          {"a b c", "A b c", "a B c", "", false},
		"one word between":    {"a b c", "A b c", "a b C", "A b C", true},
		"only a comma":        {"a, c", "A, c", "a, C", "", false},
		"wide space":          {"a          c", "A          c", "a          C", "", false},
		"same and mine":       {"a b c d", "A b c d", "A b c D", "A b c D", true},
		"both append":         {"a b", "a b x", "a b y", "", false},
		"removed and changed": {"a b c d e", "a c d e", "a b c d E", "a c d E", true},
		"one formula":         {"in $x + y + z$ here", "in $X + y + z$ here", "in $x + y + Z$ here", "", false},
		"formula and words":   {"in $x + y$ it is here", "in $X + y$ it is here", "in $x + y$ it is there", "in $X + y$ it is there", true},
		"one code block":      {"```\na = 1\nb = 2\nc = 3\n```", "```\na = 9\nb = 2\nc = 3\n```", "```\na = 1\nb = 2\nc = 9\n```", "", false},
		"one gap":             {"{{c1::a long gap}}", "{{c1::A long gap}}", "{{c1::a long Gap}}", "", false},
	} {
		got, ok := diff3(c.base, c.theirs, c.mine)
		if got != c.want || ok != c.ok {
			t.Errorf("%s: %q %v, want %q %v", name, got, ok, c.want, c.ok)
		}
	}
}

func TestDiff3GivesUpOnHugeTexts(t *testing.T) {
	theirs, mine := strings.Repeat("a b ", 20_000), strings.Repeat("c d ", 20_000)
	if _, ok := diff3(strings.Repeat("e f ", 20_000), theirs, mine); ok {
		t.Error("merged texts that have nothing in common")
	}
}

func TestNote(t *testing.T) {
	released := decks.Note{ID: "n", Kind: decks.Question, Section: "s", Tags: []string{"a"}, Fields: map[decks.Field]string{
		decks.Front: "New question?", decks.Back: "Their answer.", decks.Explanation: "Their words.", decks.Source: "p. 2",
	}}
	overlay := map[decks.Field]Edit{
		decks.Front:       {Value: "Old question?", Base: "Old question?"},
		decks.Back:        {Value: "My answer.", Base: ""},
		decks.Explanation: {Value: "My words.", Base: ""},
		decks.Hint:        {Value: "My hint.", Base: "A hint since removed."},
		decks.Source:      {Value: "", Base: "p. 1"},
	}
	before := release.CanonicalNote(released)
	shown, conflicts := Note(released, overlay)
	if !reflect.DeepEqual(release.CanonicalNote(released), before) {
		t.Error("Note changed its argument")
	}
	want := before
	want.Fields = map[decks.Field]string{
		decks.Front: "New question?", decks.Back: "My answer.", decks.Hint: "My hint.", decks.Explanation: "My words.\n\nTheir words.",
	}
	if !reflect.DeepEqual(shown, want) {
		t.Errorf("shown %+v\nwant %+v", shown, want)
	}
	wantConflicts := []Conflict{
		{Field: decks.Back, Theirs: "Their answer.", Mine: "My answer."},
		{Field: decks.Hint, Base: "A hint since removed.", Mine: "My hint."},
		{Field: decks.Source, Base: "p. 1", Theirs: "p. 2", Quiet: true},
	}
	if !reflect.DeepEqual(conflicts, wantConflicts) {
		t.Errorf("conflicts %+v\nwant %+v", conflicts, wantConflicts)
	}
	marks := map[decks.Field]Mark{decks.Front: Theirs, decks.Back: Ask, decks.Hint: Ask, decks.Explanation: Both, decks.Source: AskQuietly}
	if got := Marks(released, overlay); !maps.Equal(got, marks) {
		t.Errorf("marks %v, want %v", got, marks)
	}
	if shown, conflicts := Note(released, nil); !reflect.DeepEqual(shown, before) || conflicts != nil {
		t.Errorf("without an overlay: %+v %v", shown, conflicts)
	}
}

// A student's field that was cleared stays cleared over any number of releases
// that leave it alone.
func TestClearedFieldStays(t *testing.T) {
	released := decks.Note{ID: "n", Kind: decks.Question, Fields: map[decks.Field]string{decks.Front: "q", decks.Hint: "h"}}
	shown, conflicts := Note(released, map[decks.Field]Edit{decks.Hint: {Value: "", Base: "h"}})
	if _, has := shown.Fields[decks.Hint]; has || conflicts != nil {
		t.Errorf("%v %v", shown.Fields, conflicts)
	}
}

func TestTags(t *testing.T) {
	for _, c := range []struct{ base, theirs, mine, want []string }{
		{nil, nil, nil, nil},
		{nil, []string{"b", "a"}, nil, []string{"a", "b"}},
		{[]string{"a"}, []string{"a", "b"}, []string{}, []string{"b"}},
		{[]string{"a"}, nil, []string{"a", "m"}, []string{"m"}},
		{[]string{"a"}, []string{"a"}, []string{" m ", "a", "m"}, []string{"a", "m"}},
		{[]string{"a"}, []string{"b"}, nil, []string{"b"}},
		{nil, []string{"m"}, []string{"m"}, []string{"m"}},
	} {
		if got := Tags(c.base, c.theirs, c.mine); !reflect.DeepEqual(got, c.want) {
			t.Errorf("Tags(%v, %v, %v) = %v, want %v", c.base, c.theirs, c.mine, got, c.want)
		}
	}
}
