package changes

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks"
	"lectern/decks/release"
)

func question(front, back string) decks.Note {
	return decks.Note{ID: "a", Kind: decks.Question, Fields: map[decks.Field]string{decks.Front: front, decks.Back: back}}
}

func cloze(front string) decks.Note {
	return decks.Note{ID: "a", Kind: decks.Cloze, Fields: map[decks.Field]string{decks.Front: front}}
}

func choice(options ...string) decks.Note {
	n := decks.Note{ID: "a", Kind: decks.Choice, Fields: map[decks.Field]string{decks.Front: "Что верно?"}}
	for _, o := range options {
		text, right := strings.CutPrefix(o, "+")
		n.Choices = append(n.Choices, decks.Option{Text: text, Right: right})
	}
	return n
}

func with(n decks.Note, change func(*decks.Note)) decks.Note {
	n = release.CanonicalNote(n)
	change(&n)
	return n
}

const twenty = "один два три четыре пять шесть семь восемь девять десять слов ответа стоят здесь подряд и ещё десять за ними"

func TestWeigh(t *testing.T) {
	q := question("Почему лёд не тонет?", twenty)
	for name, c := range map[string]struct {
		old, next decks.Note
		want      Reason
	}{
		"nothing":               {q, q, ""},
		"signs and capitals":    {q, question("Почему лёд — не тонет?!", strings.ToUpper(twenty)+"!"), ""},
		"a word of a short one": {q, question("Почему же лёд не тонет?", twenty), NewQuestion},
		"ё":                     {q, question("почему ЛЕД не тонет", twenty), ""},
		"three words of twenty": {q, question("Почему лёд не тонет?", strings.Replace(twenty, "один два три", "раз других трёх", 1)), ""},
		"four words of twenty":  {q, question("Почему лёд не тонет?", strings.Replace(twenty, "один два три четыре", "раз других трёх четырёх", 1)), NewAnswer},
		"a not in the answer":   {q, question("Почему лёд не тонет?", strings.Replace(twenty, "стоят", "не стоят", 1)), Detail},
		"a not in a question":   {question(twenty, "а"), question(strings.Replace(twenty, "стоят", "не стоят", 1), "а"), Condition},
		"isn't":                 {question("q", "It is "+twenty), question("q", "It isn't "+twenty), Detail},
		"a number":              {question("q", twenty+" 1,5"), question("q", twenty+" 1,6"), Detail},
		"a sign of a number":    {question("q", twenty+": 5"), question("q", twenty+": -5"), Detail},
		"a dash":                {question("q", twenty+" 5-20"), question("q", twenty+" 5–20"), ""},
		"less and more":         {question("q", twenty+": x < y"), question("q", twenty+": x > y"), Detail},
		"a formula":             {question("q", twenty+" $a+b$"), question("q", twenty+" $a-b$"), Detail},
		"space in a formula":    {question("q", twenty+" $a+b$"), question("q", twenty+" $a + b$"), ""},
		"code":                  {question("q", twenty+" `i++`"), question("q", twenty+" `i--`"), Detail},
		"short answers":         {question("q", "7"), question("q", "8"), NewAnswer},
		"no answer any more":    {q, question("Почему лёд не тонет?", ""), NewAnswer},
		"the first answer":      {question("Почему лёд не тонет?", ""), q, ""},
		"another file":          {question("q", "![схема](a.svg)"), question("q", "![схема](b.svg)"), ""},
		"another kind":          {q, with(q, func(n *decks.Note) { n.Kind = decks.Exercise }), AnotherKind},
		"what is beside": {q, with(q, func(n *decks.Note) {
			n.Fields[decks.Explanation] = "другое"
			n.Tags = []string{"t"}
			n.Difficulty = decks.Hard
		}), ""},
		"said by the author": {q, with(question("Другое?", "да"), func(n *decks.Note) { n.Major = 1 }), ""},
		"said no more":       {with(q, func(n *decks.Note) { n.Major = 2 }), with(q, func(n *decks.Note) { n.Major = 1 }), Lowered},

		"a distractor":             {choice("+a", "b"), choice("+a", "c", "d"), ""},
		"another option is right":  {choice("+a", "b"), choice("a", "+b"), RightOption},
		"one more is right":        {choice("+a", "b"), choice("+a", "+b"), RightOption},
		"a right one is another":   {choice("+a", "b"), choice("+c", "b"), RightOption},
		"a slip in a right one":    {choice("+"+twenty, "b"), choice("b", "+"+strings.Replace(twenty, "один", "Одно", 1)), ""},
		"right and wrong changed":  {choice("+"+twenty, twenty+" да"), choice(twenty, "+"+twenty+" да"), RightOption},
		"a not in a right one":     {choice("+"+twenty, "b"), choice("+не "+twenty, "b"), RightOption},
		"another gap":              {cloze("{{c1::a}} и b"), cloze("{{c1::a}} и {{c2::b}}"), ""},
		"a gap less":               {cloze("{{c1::a}} и {{c2::b}}"), cloze("{{c1::a}} и b"), ""},
		"what a gap asks":          {cloze("{{c1::a}} и b"), cloze("{{c1::c}} и b"), NewAnswer},
		"a hint of a gap":          {cloze("{{c1::a}} и b"), cloze("{{c1::a::h}} и b"), ""},
		"a not around a gap":       {cloze("{{c1::a}} " + twenty), cloze("{{c1::a}} не " + twenty), Condition},
		"another text round a gap": {cloze("{{c1::a}} и b"), cloze("{{c1::a}} или c"), NewQuestion},
	} {
		if got := Weigh(release.CanonicalNote(c.old), release.CanonicalNote(c.next)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"a", "b", "c"})
		a, b := rapid.SliceOfN(word, 0, 7).Draw(t, "a"), rapid.SliceOfN(word, 0, 7).Draw(t, "b")
		var plain func(a, b []string) int
		plain = func(a, b []string) int {
			switch {
			case len(a) == 0 || len(b) == 0:
				return len(a) + len(b)
			case a[0] == b[0]:
				return plain(a[1:], b[1:])
			}
			return 1 + min(plain(a[1:], b), plain(a, b[1:]), plain(a[1:], b[1:]))
		}
		if got, want := distance(a, b), plain(a, b); got != want {
			t.Fatalf("%v to %v takes %d, want %d", a, b, got, want)
		}
	})
	long := make([]string, 5000)
	other := make([]string, 5000)
	for i := range long {
		long[i], other[i] = fmt.Sprint("w", i), fmt.Sprint("w", i+1)
	}
	if got := distance(long, other); got != 1 { // one word of 5000 is another
		t.Errorf("%d", got)
	}
}

func deck(notes ...decks.Note) decks.Deck {
	for i := range notes {
		notes[i].Section = "s"
	}
	return release.Canonical(decks.Deck{ID: "d", Title: "T", Sections: []decks.Section{{ID: "s", Title: "S"}}, Notes: notes})
}

func named(n decks.Note, id string) decks.Note { n.ID = id; return n }

func TestBetween(t *testing.T) {
	q := question("Почему лёд не тонет?", twenty)
	last := deck(named(q, "a"), named(q, "b"), named(q, "c"), named(q, "d"), named(q, "e"), named(q, "f"), named(q, "g"))
	last.Retired = []decks.Retired{{ID: "old"}, {ID: "lost"}}
	now := deck(
		named(q, "b"),
		named(q, "a"), // in another order
		named(question("Почему лёд не тонет?", "Другой ответ."), "c"),
		named(question("Отчего лёд не тонет?", twenty), "d"),
		named(with(q, func(n *decks.Note) { n.Fields[decks.Hint] = "h" }), "e"),
		named(with(question("Почему лёд не тонет?", "Ещё один."), func(n *decks.Note) { n.Major = 1 }), "f"),
		named(q, "old"),
		named(q, "new"),
	)
	now.Retired = []decks.Retired{{ID: "g", Why: "w"}}
	c := Between(&last, now, func(id string) bool { return id == "d" })
	if c.New != 1 || c.Returned != 1 || c.Retired != 1 || c.Answers != 2 || c.Questions != 1 || c.Other != 1 || c.Substance != 1 || c.Moved != 0 || c.First || c.Empty() {
		t.Errorf("%+v", c)
	}
	weights := map[string]Weight{}
	for _, x := range c.List {
		weights[x.Note] = x.Weight
	}
	if want := map[string]Weight{"c": Asked, "d": Minor, "e": Minor, "f": Substance, "old": "", "new": "", "g": ""}; !reflect.DeepEqual(weights, want) {
		t.Errorf("%v", weights)
	}
	if a := c.Asked(); len(a) != 1 || a[0].Note != "c" || a[0].Why != NewAnswer {
		t.Errorf("%+v", a)
	}
	if !reflect.DeepEqual(c.About, []string{"order"}) || !reflect.DeepEqual(c.Forgotten, []string{"lost"}) {
		t.Errorf("%v %v", c.About, c.Forgotten)
	}
	if same := Between(&last, last, func(string) bool { return false }); !same.Empty() || len(same.Forgotten) > 0 {
		t.Errorf("%+v", same)
	}
	if first := Between(nil, now, nil); !first.First || first.New != 8 || first.Empty() || len(first.Asked()) > 0 {
		t.Errorf("%+v", first)
	}
	for i := range last.Notes[:5] { // a, b, c, d, e: which settles nothing, whatever its author said
		last.Notes[i].Major = 2
	}
	if low := Between(&last, now, func(string) bool { return true }); len(low.Asked()) != 5 || low.Asked()[0].Why != Lowered || low.Asked()[4].Why != Lowered {
		t.Errorf("%+v", low.Asked())
	}
	gaps := Between(new(deck(cloze("{{c1::a}} {{c2::b}}"))), deck(cloze("{{c1::a}} b {{c3::c}}")), func(string) bool { return true })
	if x := gaps.List[0]; !reflect.DeepEqual(x.Added, []string{"c3"}) || !reflect.DeepEqual(x.Gone, []string{"c2"}) || gaps.Answers != 1 {
		t.Errorf("%+v", gaps)
	}
}
