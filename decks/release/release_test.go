package release

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"lectern/decks"
	"lectern/decks/fault"
)

func sample() decks.Deck {
	return decks.Deck{
		ID: "dk4m9x7c2k", Title: "Языковые  модели", Lang: "ru",
		Sections: []decks.Section{{ID: "s1", Title: "Внимание", Source: "[видео](https://example.org/a?b=1&c=2)"}, {ID: "s2", Title: "Обучение"}},
		Notes: []decks.Note{
			{ID: "7f3k2m9qa1", Kind: decks.Question, Section: "s2", Difficulty: decks.Hard, Tags: []string{"формулы", "внимание", "формулы"},
				Fields: map[decks.Field]string{decks.Front: "Зачем <b>делят</b> на $\\sqrt{d_k}$?\r\n", decks.Back: "Чтобы \"дисперсия\" не росла.\u2028", decks.Hint: "  \n"}},
			{ID: "z9x5c3v1b7", Kind: decks.Choice, Section: "s1", Fields: map[decks.Field]string{decks.Front: "Что хранит кэш?"},
				Choices: []decks.Option{{Text: "Ключи", Right: true}, {Text: "Градиенты"}}},
		},
	}
}

func TestContentIsAsDocumented(t *testing.T) {
	got, err := Encode(sample())
	if err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "sample.jsonl")
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("content changed; a released deck would change its hash\n got %s\nwant %s", got, want)
	}
	if h := Hash(want); h != "533be38f1dce18bc015900a0a18a5a174f35b1fd60d0430cd7522c4354b572de" {
		t.Errorf("hash %s", h)
	}
}

func TestDecodeRefuses(t *testing.T) {
	good, err := Encode(sample())
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(good), "\n")
	head, note := lines[0], lines[2]
	for name, c := range map[string]struct{ content, want string }{
		"nothing":             {"", "empty"},
		"cut":                 {head + note[:20], "cut off"},
		"no header":           {note, "record of kind \"note\" where a deck"},
		"two headers":         {head + head, "line 2: record of kind \"deck\" where a note"},
		"newer kind":          {head + `{"id":"x","kind":"hologram"}` + "\n", "hologram"},
		"newer format":        {strings.Replace(head, "content/1", "content/2", 1), "unknown format"},
		"unknown key":         {head + strings.Replace(note, `{"diff`, `{"colour":"red","diff`, 1), "colour"},
		"space":               {head + strings.Replace(note, `"kind":`, `"kind": `, 1), "line 2: the form is not canonical"},
		"key order":           {head + strings.Replace(note, `"difficulty":"hard",`, "", 1)[:len(note)-23] + `,"difficulty":"hard"}` + "\n", "line 2"},
		"empty value":         {strings.Replace(head, `"lang":"ru"`, `"lang":""`, 1) + note, "line 1: the form is not canonical"},
		"duplicate key":       {head + strings.Replace(note, `"kind":"note"`, `"kind":"note","kind":"note"`, 1), "line 2: the form"},
		"key in capitals":     {head + strings.Replace(note, `"tags"`, `"TAGS"`, 1), "line 2: the form"},
		"needless escape":     {head + strings.Replace(note, `<b>`, `\u003cb>`, 1), "line 2: the form"},
		"not NFC":             {head + strings.Replace(note, "формулы", norm.NFD.String("йформулы"), 1), "line 2: the form"},
		"carriage return":     {strings.ReplaceAll(string(good), "\n", "\r\n"), "line 1: the form"},
		"duplicate id":        {head + note + note, "another note has the same id"},
		"unknown section":     {head + strings.Replace(note, `"section":"s2"`, `"section":"s9"`, 1), `no section "s9"`},
		"wrong order":         {head + note + lines[1], "line 2: the form"},
		"look-alike id":       {head + strings.Replace(note, "7f3k2m9qa1", "7f3k2m9qа1", 1), "is not an id"},
		"bad UTF-8":           {head + strings.Replace(note, "<b>", "<\xff>", 1), "line 2: the form"},
		"empty question":      {head + strings.Replace(note, `"question"`, `"hint"`, 1), "question is empty"},
		"unknown note type":   {head + strings.Replace(note, `"type":"question"`, `"type":"riddle"`, 1), "riddle"},
		"a long line":         {head + strings.Replace(note, "<b>", strings.Repeat("b", MaxRecord), 1), "line 2: deck_too_large"},
		"a long field":        {head + strings.Replace(note, "<b>", strings.Repeat("b", MaxText), 1), "at most 262144"},
		"blank line":          {head + "\n" + note, "line 2: not a record"},
		"something follows":   {head + strings.TrimSpace(note) + "{}\n", "line 2"},
		"number for a string": {head + strings.Replace(note, `"section":"s2"`, `"section":2`, 1), "line 2: read note"},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Decode([]byte(c.content))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
			if !reflect.DeepEqual(d, decks.Deck{}) {
				t.Error("a deck came with the error")
			}
		})
	}
	if _, err := Decode(good); err != nil {
		t.Error(err)
	}
}

func TestDecodeBoundsMemory(t *testing.T) {
	for name, content := range map[string][]byte{
		"bytes": make([]byte, MaxContent+1),
		"lines": bytes.Repeat([]byte("\n"), MaxNotes+2),
	} {
		if _, err := Decode(content); !fault.Is(err, fault.DeckTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCheckSays(t *testing.T) {
	q := func(f func(*decks.Deck, *decks.Note)) decks.Deck {
		d := sample()
		f(&d, &d.Notes[0])
		return d
	}
	for want, d := range map[string]decks.Deck{
		"bad_id":             q(func(d *decks.Deck, n *decks.Note) { n.ID = "abc/f" }),
		"duplicate_id":       q(func(d *decks.Deck, n *decks.Note) { n.ID = d.Notes[1].ID }),
		"unknown_section":    q(func(d *decks.Deck, n *decks.Note) { n.Section = "s3" }),
		"empty_question":     q(func(d *decks.Deck, n *decks.Note) { n.Fields = map[decks.Field]string{decks.Front: " \n"} }),
		"unknown_kind":       q(func(d *decks.Deck, n *decks.Note) { n.Kind = "" }),
		"unknown_field":      q(func(d *decks.Deck, n *decks.Note) { n.Fields["colour"] = "red" }),
		"unknown_difficulty": q(func(d *decks.Deck, n *decks.Note) { n.Difficulty = "insane" }),
		"stray_options":      q(func(d *decks.Deck, n *decks.Note) { n.Choices = []decks.Option{{Text: "a"}} }),
		"no_options":         q(func(d *decks.Deck, n *decks.Note) { n.Kind = decks.Choice }),
		"empty_option":       q(func(d *decks.Deck, n *decks.Note) { d.Notes[1].Choices[0].Text = "\n" }),
		"empty_title":        q(func(d *decks.Deck, n *decks.Note) { d.Sections[1].Title = "" }),
		"bad_lang":           q(func(d *decks.Deck, n *decks.Note) { d.Lang = "ру" }),
		"too_large":          q(func(d *decks.Deck, n *decks.Note) { n.Fields[decks.Back] = strings.Repeat("я", MaxText) }),
	} {
		found := Check(d)
		if len(found) != 1 || found[0].Code != want {
			t.Errorf("%s: found %v", want, found)
		}
		_, err := Encode(d)
		if err == nil || !strings.Contains(err.Error(), found[0].What) || fault.Is(err, fault.DeckTooLarge) != (want == "too_large") {
			t.Errorf("%s: Encode: %v", want, err)
		}
	}
	if found := Check(sample()); found != nil {
		t.Error(found)
	}
}

func TestEncodeLeavesTheDeckAlone(t *testing.T) {
	d := sample()
	if _, err := Encode(d); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(d, sample()) {
		t.Error("Encode changed its argument")
	}
}

func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := deckGen().Draw(t, "deck")
		content, err := Encode(d)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Decode(content)
		if err != nil {
			t.Fatalf("%v\n%s", err, content)
		}
		if want := Canonical(d); !reflect.DeepEqual(got, want) {
			t.Fatalf("Decode(Encode(d)) = %+v, want %+v", got, want)
		}
		other := deckGen().Draw(t, "other")
		more, err := Encode(other)
		if err != nil {
			t.Fatal(err)
		}
		if same := reflect.DeepEqual(Canonical(d), Canonical(other)); same != bytes.Equal(content, more) {
			t.Fatalf("equal decks %v, equal bytes %v", same, !same)
		}
		r, bytesOf, err := New(d)
		if err != nil || r.Hash != Hash(content) || !bytes.Equal(bytesOf, content) {
			t.Fatalf("New: %v %v", r.Hash, err)
		}
		if o, err := Open(content); err != nil || !reflect.DeepEqual(o, r) {
			t.Fatalf("Open: %v", err)
		}
	})
}

func TestTextIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.RuneFrom([]rune("a \t\n\r\u0301\u0327\u0f71\u0f72йё\ufeff\u00a0\u0085\u1100\u1161")), 0, 60, -1)).Draw(t, "s")
		if once := Text(s); Text(once) != once {
			t.Fatalf("Text(%q) = %q, again %q", s, once, Text(once))
		}
		if once := Line(s); Line(once) != once || Text(once) != once {
			t.Fatalf("Line(%q) = %q, again %q", s, once, Line(once))
		}
	})
}

func deckGen() *rapid.Generator[decks.Deck] {
	return rapid.Custom(func(t *rapid.T) decks.Deck {
		text := rapid.OneOf(rapid.SampledFrom([]string{"", "a", "b", "\r\n\n  code\r\nx ", "<\"\\\u2028&>", "и\u0306", "\x01\xff"}), rapid.String())
		full := rapid.Map(text, func(s string) string { return "q" + s })
		d := decks.Deck{ID: "d", Title: full.Draw(t, "title"), Lang: rapid.SampledFrom([]string{"", "ru", "en-GB"}).Draw(t, "lang")}
		d.Author, d.License = text.Draw(t, "author"), text.Draw(t, "license")
		d.Feed = rapid.SampledFrom([]string{"", "https://example.org/feed.json"}).Draw(t, "feed")
		for i := range rapid.IntRange(0, 3).Draw(t, "sections") {
			d.Sections = append(d.Sections, decks.Section{ID: fmt.Sprint("s", i), Title: full.Draw(t, "title"), Source: text.Draw(t, "source")})
		}
		for i := range rapid.IntRange(0, 4).Draw(t, "notes") {
			n := decks.Note{ID: fmt.Sprint("n", i), Tags: rapid.SliceOfN(text, 0, 3).Draw(t, "tags")}
			n.Kind = rapid.SampledFrom([]decks.Kind{decks.Question, decks.Exercise, decks.Cloze, decks.Choice}).Draw(t, "kind")
			n.Difficulty = rapid.SampledFrom([]decks.Difficulty{"", decks.Easy, decks.Medium, decks.Hard}).Draw(t, "difficulty")
			if k := rapid.IntRange(0, len(d.Sections)).Draw(t, "section"); k > 0 {
				n.Section = d.Sections[k-1].ID
			}
			n.Fields = map[decks.Field]string{decks.Front: full.Draw(t, "question")}
			for _, f := range decks.Fields[1:] {
				if rapid.Bool().Draw(t, "has") {
					n.Fields[f] = text.Draw(t, "field")
				}
			}
			if n.Kind == decks.Choice {
				for range rapid.IntRange(1, 3).Draw(t, "options") {
					n.Choices = append(n.Choices, decks.Option{Text: full.Draw(t, "option"), Right: rapid.Bool().Draw(t, "right")})
				}
			}
			id := rapid.SampledFrom([]string{"x1", "x2", "r0"})
			n.Major = rapid.IntRange(0, 3).Draw(t, "major")
			if rapid.Bool().Draw(t, "split") {
				n.From = id.Draw(t, "from")
			}
			n.Merges = rapid.SliceOfN(id, 0, 3).Draw(t, "merges")
			d.Notes = append(d.Notes, n)
		}
		for i := range rapid.IntRange(0, 3).Draw(t, "retired") {
			if rapid.Bool().Draw(t, "gone") {
				d.Retired = append(d.Retired, decks.Retired{ID: fmt.Sprint("r", i), Why: text.Draw(t, "why"), Into: rapid.SliceOfN(rapid.SampledFrom([]string{"n0", "n1"}), 0, 3).Draw(t, "into")})
			}
		}
		return d
	})
}

func FuzzDecode(f *testing.F) {
	content, err := Encode(sample())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(content)
	f.Add(bytes.SplitAfter(content, []byte("\n"))[0])
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := Decode(b)
		if err != nil {
			return
		}
		again, err := Encode(d)
		if err != nil || !bytes.Equal(again, b) {
			t.Errorf("Encode(Decode(b)) differs: %v\n%q\n%q", err, b, again)
		}
	})
}

// BenchmarkDecode reads a course of ten thousand notes.
func BenchmarkDecode(b *testing.B) {
	d := decks.Deck{ID: "big", Title: "Большой курс", Sections: []decks.Section{{ID: "s", Title: "Раздел"}}}
	for i := range 10_000 {
		d.Notes = append(d.Notes, decks.Note{ID: fmt.Sprint("n", i), Kind: decks.Question, Section: "s",
			Fields: map[decks.Field]string{decks.Front: fmt.Sprint("Вопрос номер ", i), decks.Back: strings.Repeat("Ответ словами. ", 20)}})
	}
	content, err := Encode(d)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		if _, err := Decode(content); err != nil {
			b.Fatal(err)
		}
	}
}

// What plain takes for normal is normal, beside whatever sign.
func TestPlain(t *testing.T) {
	for r := rune(0); r <= 0x10ffff; r++ {
		if !plainRune(r) || !utf8.ValidRune(r) {
			continue
		}
		if s := string(r); !norm.NFC.IsNormalString(s) || !norm.NFC.PropertiesString(s).BoundaryBefore() {
			t.Errorf("%U", r)
		}
	}
	for _, s := range []string{"и\u0306", "\u212b", "\u2000", "e\u0301"} {
		if plain(s) {
			t.Errorf("%q is taken for normal", s)
		}
	}
}
