package source

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/release"
)

const setHead = "---\nlectern: 1\ndeck: d\ntitle: T\nlang: en\n---\n\n"

func TestSetField(t *testing.T) {
	for name, c := range map[string]struct {
		src   string
		id    string
		field decks.Field
		text  string
		want  string
	}{
		"no answer yet": {
			"# S\n\nQ: one?\n<!-- ^a -->\n\nQ: two?\n<!-- ^b -->\n", "b", decks.Back, "yes\n\nand more",
			"# S\n\nQ: one?\n<!-- ^a -->\n\nQ: two?\nAnswer: yes\n\nand more\n<!-- ^b -->\n",
		},
		"an answer there": {
			"Question: one?\nA: old\n\n- list\n\nHint: h\n<!-- ^a major=2 keep -->\n\ntail:\n", "a", decks.Back, "new",
			"Question: one?\nA: new\n\nHint: h\n<!-- ^a major=2 keep -->\n\ntail:\n",
		},
		"behind the options": {
			"Choice: which?\n- [x] a\n- [ ] b\n  more\n\nTags: t\n<!-- ^a -->\n", "a", decks.Explanation, "because",
			"Choice: which?\n- [x] a\n- [ ] b\n  more\nExplanation: because\n\nTags: t\n<!-- ^a -->\n",
		},
		"between fields": {
			"Q: one?\nAnswer: a\nSource: s\n<!-- ^a -->\n", "a", decks.Hint, "h",
			"Q: one?\nAnswer: a\nHint: h\nSource: s\n<!-- ^a -->\n",
		},
		"before fields in another order": {
			"Q: one?\nSource: s\nTags: t\nHint: h\n<!-- ^a -->\n", "a", decks.Back, "x",
			"Q: one?\nAnswer: x\nSource: s\nTags: t\nHint: h\n<!-- ^a -->\n",
		},
		"taken away": {
			"Q: one?\nAnswer: a\n\nmore\nSource: s\n<!-- ^a -->\n", "a", decks.Back, " ",
			"Q: one?\nSource: s\n<!-- ^a -->\n",
		},
		"what means something": {
			"Q: one?\n<!-- ^a -->\n", "a", decks.Back, "- item\n# title\nHint: no\n<!-- ^b -->\n---\n```\n# code",
			"Q: one?\nAnswer:\n- item\n\\# title\n\\Hint: no\n\\<!-- ^b -->\n\\---\n```\n# code\n```\n<!-- ^a -->\n",
		},
		"ends of line": {
			"Q: one?\r\nAnswer: a\r\nb\r\n<!-- ^a -->\r\n", "a", decks.Back, "x\ny",
			"Q: one?\r\nAnswer: x\r\ny\r\n<!-- ^a -->\r\n",
		},
		"at the end": {"Q: one?\nA: x\n<!-- ^a -->", "a", decks.Hint, "h", "Q: one?\nA: x\nHint: h\n<!-- ^a -->"},
	} {
		t.Run(name, func(t *testing.T) {
			head := setHead
			if strings.Contains(c.src, "\r\n") {
				head = strings.ReplaceAll(head, "\n", "\r\n")
			}
			src := strings.Replace(c.src, "tail:\n", "# S\n\nProse of the lecture.  \n\n\n", 1)
			want := strings.Replace(c.want, "tail:\n", "# S\n\nProse of the lecture.  \n\n\n", 1)
			got, err := SetField([]File{{"a.md", []byte("\uFEFF" + head + src)}}, c.id, c.field, c.text)
			if err != nil {
				t.Fatal(err)
			}
			if string(got.Data) != "\uFEFF"+head+want {
				t.Errorf("got\n%q\nwant\n%q", got.Data, "\uFEFF"+head+want)
			}
		})
	}
}

// Of a course in several files only the one with the card changes, in the course's
// language.
func TestSetFieldInPart(t *testing.T) {
	files := []File{{"course.md", []byte("---\ndeck: d\ntitle: T\nlang: ru\n---\nВ: раз?\n<!-- ^a -->\n")}, {"2.md", []byte("# S\nQ: two?\n<!-- ^b -->\n")}}
	got, err := SetField(files, "b", decks.Back, "да")
	if err != nil || got.Name != "2.md" || string(got.Data) != "# S\nQ: two?\nОтвет: да\n<!-- ^b -->\n" {
		t.Errorf("%v, %s: %s", err, got.Name, got.Data)
	}
}

func TestSetFieldRefuses(t *testing.T) {
	good := setHead + "Q: one?\n<!-- ^a -->\n\nQ: two?\n"
	for name, c := range map[string]struct {
		src, id string
		field   decks.Field
		text    string
		want    fault.Code
	}{
		"no such card":   {good, "b", decks.Back, "x", fault.NoSuchCard},
		"no id":          {good, "", decks.Back, "x", fault.NoSuchCard},
		"the question":   {good, "a", decks.Front, "x", fault.BadArgument},
		"no field":       {good, "a", "smell", "x", fault.BadArgument},
		"a mistake":      {good + "\nLost words:\n# \n", "a", decks.Back, "x", fault.BadSource},
		"too long":       {good, "a", decks.Back, strings.Repeat("x", release.MaxText+1), fault.BadSource},
		"no course here": {"", "a", decks.Back, "x", fault.BadSource},
	} {
		_, err := SetField([]File{{"a.md", []byte(c.src)}}, c.id, c.field, c.text)
		if !fault.Is(err, c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// TestLawSetField: a field of a card is what was written, nothing else of the course
// differs, and the lines of the others stay as they are.
func TestLawSetField(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := release.Canonical(deckGen().Filter(func(d decks.Deck) bool { return len(d.Notes) > 0 }).Draw(t, "deck"))
		other := deckGen().Filter(func(d decks.Deck) bool { return len(d.Notes) > 0 }).Draw(t, "texts")
		text := other.Notes[0].Text(rapid.SampledFrom(decks.Fields).Draw(t, "from"))
		f := rapid.SampledFrom(decks.Fields[1:]).Draw(t, "field")
		at := rapid.IntRange(0, len(d.Notes)-1).Draw(t, "note")
		src := Write(d)
		file, err := SetField([]File{{"a.md", src}}, d.Notes[at].ID, f, text)
		if err != nil {
			t.Fatalf("%v\n%s", err, src)
		}
		want := d.Notes[at]
		fields := map[decks.Field]string{f: text}
		for k, v := range want.Fields {
			if k != f {
				fields[k] = v
			}
		}
		want.Fields = fields
		d.Notes[at] = want
		if out := string(Write(release.Canonical(d))); string(file.Data) != out {
			t.Fatalf("got\n%s\nwant\n%s", file.Data, out)
		}
	})
}
