package study

import (
	"strings"
	"testing"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/content"
)

func faceFor(n decks.Note, part string) face {
	return faceOf(&collection.StudyCard{Card: decks.NewCardID("n", part), Note: n})
}

func TestCloze(t *testing.T) {
	for _, c := range []struct{ text, part, question, answer string }{
		{"A {{c1::query}} meets {{c2::keys}}.", "c1", "A <strong>[…]</strong> meets keys.", "A <mark>query</mark> meets keys."},
		{"A {{c1::query}} meets {{c2::keys}}.", "c2", "A query meets <strong>[…]</strong>.", "A query meets <mark>keys</mark>."},
		{"A {{c1::query::what is sought}}.", "c1", "A <strong>[what\u00a0is\u00a0sought]</strong>.", "A <mark>query</mark>."},
		{"{{c1::a}} and {{c1::b}}", "c1", "<strong>[…]</strong> and <strong>[…]</strong>", "<mark>a</mark> and <mark>b</mark>"},
		{"Let $x = {{c1::2}}$.", "c1", `Let $x = [\ldots]$.`, "Let $x = 2$."},
		{"пре{{c1::дварительн}}ый `код`", "c1", "пре<strong>[…]</strong>ый `код`", "пре<mark>дварительн</mark>ый `код`"},
		{"Это {{c1::`x` и $y$}}.", "c1", "Это <strong>[…]</strong>.", "Это <mark>`x` и $y$</mark>."},
		{"No {{gap}} here", "c1", "No {{gap}} here", "No {{gap}} here"},
	} {
		f := faceFor(decks.Note{Kind: decks.Cloze, Fields: map[decks.Field]string{decks.Front: c.text}}, c.part)
		want := content.HTML(content.Parse(c.question))
		if got := content.HTML(f.question); got != want {
			t.Errorf("%s of %q asks %s, want %s", c.part, c.text, got, want)
		}
		if strings.Contains(want, "**") || !strings.Contains(c.text, "$x") && strings.Contains(c.text, "c1::") && !strings.Contains(want, "<strong>[") {
			t.Errorf("%q has no open gap: %s", c.text, want)
		}
		want = content.HTML(content.Parse(c.answer))
		if got := content.HTML(f.answer); got != want {
			t.Errorf("%s of %q answers %s, want %s", c.part, c.text, got, want)
		}
	}
}

func TestSides(t *testing.T) {
	n := decks.Note{Kind: decks.Question, Fields: map[decks.Field]string{decks.Front: "Что?", decks.Back: "То."}}
	if f := faceFor(n, "f"); f.plain != "Что?" || content.Plain(f.answer) != "То." || f.needs {
		t.Errorf("front: %+v", f)
	}
	if f := faceFor(n, "r"); f.plain != "То." || content.Plain(f.answer) != "Что?" {
		t.Errorf("reverse: %+v", f)
	}
	delete(n.Fields, decks.Back)
	if f := faceFor(n, "f"); !f.needs {
		t.Error("a question without an answer does not need one")
	}
	choice := decks.Note{Kind: decks.Choice, Fields: map[decks.Field]string{decks.Front: "Что?"},
		Choices: []decks.Option{{Text: "*да*", Right: true}, {Text: "нет"}}}
	f := faceFor(choice, "m")
	if f.needs || len(f.options) != 2 || !f.options[0].right || f.options[1].right || content.Plain(f.options[0].text) != "да" {
		t.Errorf("options: %+v", f.options)
	}
}

// Where a note does not say where it comes from, its section does.
func TestSource(t *testing.T) {
	card := &collection.StudyCard{Card: decks.NewCardID("n", "f"), Section: decks.Section{Source: "Лекция 2"},
		Note: decks.Note{Kind: decks.Question, Fields: map[decks.Field]string{decks.Front: "Что?"}}}
	if f := faceOf(card); content.Plain(f.source) != "Лекция 2" {
		t.Errorf("the section's source: %q", content.Plain(f.source))
	}
	card.Note.Fields[decks.Source] = "14:05"
	if f := faceOf(card); content.Plain(f.source) != "14:05" {
		t.Errorf("the note's own source: %q", content.Plain(f.source))
	}
}
