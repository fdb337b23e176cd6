package source

import (
	"errors"
	"fmt"
	"os"
	"path"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/release"
)

func TestParseCourse(t *testing.T) {
	src, err := os.ReadFile("testdata/course.md")
	if err != nil {
		t.Fatal(err)
	}
	d, err := Parse("course.md", src)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Notes) != 6 {
		t.Fatalf("%d notes", len(d.Notes))
	}
	for i := 3; i < 6; i++ { // these have no ids in the file
		d.Notes[i].ID = ""
	}
	want := decks.Deck{
		ID: "dk4m9x7c2kq8wz1n5t", Title: "Большие языковые модели, весна 2027", Lang: "ru", Author: "Кафедра", License: "CC-BY-SA-4.0",
		Sections: []decks.Section{
			{ID: "sk2m9qa1", Title: "Лекция 3. Механизм внимания", Source: "[видео](https://example.org/3),\nминуты 5–20"},
			{ID: "s4", Title: "Лекция 4"},
		},
		Notes: []decks.Note{
			{ID: "7f3k2m9qa1", Kind: decks.Question, Section: "sk2m9qa1", Difficulty: decks.Hard, Major: 2, Tags: []string{"внимание", "формулы"}, Fields: map[decks.Field]string{
				decks.Front: `Зачем в scaled dot-product attention произведение $QK^\top$ делят на $\sqrt{d_k}$?`,
				decks.Back: `Чтобы дисперсия скалярных произведений не росла с размерностью $d_k$.

Без этого softmax насыщается:

- градиенты почти исчезают;
- обучение стоит.

` + "```python\n# не заголовок\nQ: тоже текст\n```" + `

### Подробнее
Ответ: здесь слово в тексте.`,
				decks.Explanation: "При независимых компонентах с дисперсией 1 дисперсия суммы равна $d_k$.",
				decks.Source:      "Vaswani et al., 2017, §3.2.1",
			}},
			{ID: "q4w8e2r7t1", Kind: decks.Cloze, Section: "sk2m9qa1", Tags: []string{"внимание"}, Fields: map[decks.Field]string{
				decks.Front: "В механизме внимания {{c1::запрос::что ищем}} сравнивается с {{c2::ключами}},\nа результат — сумма: $\\frac{{a}}{b}$."}},
			{ID: "z9x5c3v1b7", Kind: decks.Choice, Section: "s4",
				Choices: []decks.Option{{Text: "Ключи и значения\nуже прочитанных токенов", Right: true}, {Text: "Градиенты"}},
				Fields:  map[decks.Field]string{decks.Front: "Что хранит KV-кэш?", decks.Explanation: "Кэш растёт линейно.\n![Схема](media/kv-cache.svg)"}},
			{Kind: decks.Exercise, Section: "s4", Fields: map[decks.Field]string{decks.Front: "Сосчитайте."}},
			{Kind: decks.Cloze, Section: "s4", Fields: map[decks.Field]string{decks.Front: "{{c1::Кириллическая}} буква значит то же."}},
			{Kind: decks.Cloze, Section: "s4", Fields: map[decks.Field]string{decks.Front: "Ещё {{c1::один}}"}},
		},
	}
	if !reflect.DeepEqual(d, want) {
		t.Errorf("got %+v\nwant %+v", d, want)
	}
}

const head = "---\ntitle: T\n---\n"

func TestParseMistakes(t *testing.T) {
	for name, c := range map[string]struct {
		src  string
		line int
		what problem
	}{
		"bytes":                {"# Т\n\xff\xfe", 2, "not_utf8"},
		"open head":            {"---\ntitle: T\n", 1, "open_head"},
		"no key":               {"---\ntitle T\n---\n# S", 2, "head_line"},
		"unknown key":          {"---\ntitle: T\ncolour: red\n---\n", 3, "head_key"},
		"key twice":            {"---\ntitle: T\ntitle: U\n---\n", 3, "head_twice"},
		"newer form":           {"---\nlectern: 2\ntitle: T\n---\n", 2, "head_version"},
		"no title":             {"Q: q?\nA: a", 1, "no_title"},
		"heading":              {head + "#\n", 4, "empty_heading"},
		"look-alike id":        {head + "Q: q?\n<!-- ^7f3k2m9qа1 -->\n", 5, "bad_id"},
		"same id":              {head + "Q: q?\n<!-- ^a -->\nQ: p?\n<!-- ^a -->\n", 7, "id_twice"},
		"same section id":      {head + "# A\n<!-- section: a -->\n# B\n<!-- section: a -->\n", 6, "id_twice"},
		"id of nothing":        {head + "# S\n<!-- ^a -->\n", 5, "stray_id"},
		"second section id":    {head + "# S\n<!-- section: a -->\n<!-- section: b -->\n", 6, "stray_id"},
		"word beside the id":   {head + "Q: q?\n<!-- ^a minor -->\n", 5, "id_note"},
		"major not counted":    {head + "Q: q?\n<!-- ^a major=0 -->\n", 5, "id_note"},
		"major with a sign":    {head + "Q: q?\n<!-- ^a major=+2 -->\n", 5, "id_note"},
		"major beyond reason":  {head + "Q: q?\n<!-- ^a major=1000001 -->\n", 5, "id_note"},
		"split from itself":    {head + "Q: q?\n<!-- ^a from=a -->\n", 5, "id_note"},
		"split from nothing":   {head + "Q: q?\n<!-- ^a from= -->\n", 5, "id_note"},
		"look-alike origin":    {head + "Q: q?\n<!-- ^a from=с1 -->\n", 5, "id_note"},
		"merges itself":        {head + "Q: q?\n<!-- ^a merges=b,a -->\n", 5, "id_note"},
		"merges one twice":     {head + "Q: q?\n<!-- ^a merges=b,b -->\n", 5, "id_note"},
		"merges with a gap":    {head + "Q: q?\n<!-- ^a merges=b,,c -->\n", 5, "id_note"},
		"keep with a value":    {head + "Q: q?\n<!-- ^a keep=1 -->\n", 5, "id_note"},
		"major twice":          {head + "Q: q?\n<!-- ^a major=2 major=3 -->\n", 5, "id_note_twice"},
		"a merge left open":    {head + "Q: q?\nA: a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> theirs\n", 6, "conflict"},
		"key":                  {"---\ntitle: T\nkey: RWQ\n---\n", 3, "bad_key"},
		"feed":                 {"---\ntitle: T\nfeed: example.org/feed.json\n---\n", 3, "bad_feed"},
		"text after a card":    {head + "Q: q?\n<!-- ^a -->\n\nLost words.\n", 7, "stray_text"},
		"text after dashes":    {head + "Q: q?\n---\nLost words.\n", 6, "stray_text"},
		"text after tags":      {head + "Q: q?\nTags: a\nb\n", 6, "stray_text"},
		"answer alone":         {head + "A: a\n", 4, "stray_keyword"},
		"answer after an id":   {head + "Q: q?\n<!-- ^a -->\nA: a\n", 6, "stray_keyword"},
		"misspelt":             {head + "Q: q?\nAnwser: a\n", 5, "near_keyword"},
		"misspelt in Russian":  {head + "# S\nВопрсо: q?\n", 5, "near_keyword"},
		"small letter":         {head + "вопрос: q?\n", 4, "near_keyword"},
		"keyword in bold":      {head + "**Вопрос:** q?\n", 4, "far_keyword"},
		"keyword in a list":    {head + "- Question: q?\n", 4, "far_keyword"},
		"two answers":          {head + "Q: q?\nA: a\nA: b\n", 6, "field_twice"},
		"two rows of tags":     {head + "Q: q?\nTags: a\nTags: b\n", 6, "field_twice"},
		"two section sources":  {head + "# S\nSource: a\n\nSource: b\n", 7, "field_twice"},
		"nothing asked":        {head + "Q:\nA: a\n", 4, "empty_question"},
		"code without an end":  {head + "Q: q?\nA: a\n```go\nQ: in code\n", 6, "open_code"},
		"comment without end":  {head + "<!-- old\nQ: q?\n", 4, "open_comment"},
		"difficulty":           {head + "Q: q?\nDifficulty: insane\n", 5, "difficulty"},
		"no options":           {head + "M: q?\nA: a\n", 4, "options"},
		"one option":           {head + "M: q?\n- [x] a\n", 4, "options"},
		"no right option":      {head + "M: q?\n- [ ] a\n- [ ] b\n", 4, "no_right"},
		"empty option":         {head + "M: q?\n- [x] a\n- [ ]\n", 4, "empty_option"},
		"text after options":   {head + "M: q?\n- [x] a\n- [ ] b\nmore\n", 7, "after_options"},
		"no gap":               {head + "C: q\n", 4, "no_gap"},
		"gap without number":   {head + "C: a {{c1::b}} {{c}}\n", 4, "gap_number"},
		"gap without end":      {head + "C: a {{c1::b\n", 4, "open_gap"},
		"gap only in formula":  {head + "C: $\\frac{{a}}{b}$\n", 4, "no_gap"},
		"more than is allowed": {head + "Q: " + strings.Repeat("q", release.MaxText+1) + "\n", 4, "too_large"},
		"language":             {"---\ntitle: T\nlang: ру\n---\n", 1, "bad_lang"},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Parse("a.md", []byte(c.src))
			var all Errors
			if !errors.As(err, &all) {
				t.Fatalf("error %v", err)
			}
			f := fault.Of(err)
			if f.Code != fault.BadSource || f.Args["file"] != "a.md" || f.Args["line"] != c.line || f.Args["problem"] != string(c.what) {
				t.Errorf("%v", f.Args)
			}
			if len(all) != 1 {
				t.Errorf("more than one mistake: %v", err)
			}
			if !reflect.DeepEqual(d, decks.Deck{}) {
				t.Error("a deck came with the error")
			}
			if want := fmt.Sprintf("a.md:%d: ", c.line); !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%q does not begin with %q", err, want)
			}
			if src, n, err := AssignIDs("a.md", []byte(c.src), false); err == nil || n != 0 || string(src) != c.src {
				t.Error("AssignIDs changed a file with a mistake")
			}
		})
	}
}

func TestParseListsAllMistakes(t *testing.T) {
	_, err := Parse("a.md", []byte(head+"A: a\n\nQ:\nA: a\n\nQ: q?\nDifficulty: x\n"))
	var all Errors
	if !errors.As(err, &all) || len(all) != 3 {
		t.Errorf("%v", err)
	}
}

func TestParseTakes(t *testing.T) {
	for name, c := range map[string]struct {
		src, front, back string
	}{
		"Windows ends of line": {"\uFEFF---\r\ntitle: T\r\n---\r\nQ: q?\r\nA: a\r\n\r\nb\r\n", "q?", "a\n\nb"},
		"a path":               {head + "Q: Where?\nA: There:\nC:\\x and D: y", "Where?", "There:\nC:\\x and D: y"},
		"text on the next line": {head + "Question:\nq?\nAnswer:\n\n- a\n- b\n",
			"q?", "- a\n- b"},
		"spaces before the colon":  {head + "Вопрос : q?\nОтвет:a\n", "q?", "a"},
		"Cyrillic letters":         {head + "В: q?\nА: a\n", "q?", "a"},
		"indented code":            {head + "Q: q?\nA:\n    Q: code\n", "q?", "    Q: code"},
		"title from a heading":     {"# T\n\n## S\nQ: q?\nA: a\n", "q?", "a"},
		"dashes in a table":        {head + "Q: q?\nA: a\n\n|x|\n|---|\n", "q?", "a\n\n|x|\n|---|"},
		"backslashes":              {head + "Q: q?\nA: a\n\\# b\n\\\\# c\n\\x\n", "q?", "a\n# b\n\\# c\n\\x"},
		"a word like a keyword":    {head + "Q: q?\nA: a\n\\Ответы: b\n", "q?", "a\nОтветы: b"},
		"code of another language": {head + "Q: q?\nA:\n~~~~\n```\n# x\n~~~~\n", "q?", "~~~~\n```\n# x\n~~~~"},
		"tags in the middle":       {head + "Q: q?\nTags: x\nA: a\n", "q?", "a"},
	} {
		d, err := Parse("a.md", []byte(c.src))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d.Title != "T" || len(d.Notes) != 1 || d.Notes[0].Text(decks.Front) != c.front || d.Notes[0].Text(decks.Back) != c.back {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

func TestAssignIDs(t *testing.T) {
	src, err := os.ReadFile("testdata/course.md")
	if err != nil {
		t.Fatal(err)
	}
	for name, src := range map[string]string{
		"course":        string(src),
		"no head":       "# T\n\n## S\n\nprose\n\nQ: q?\n\n\nQ: p?\nA: a\n\nb",
		"Windows":       "\uFEFF---\r\ntitle: T\r\n---\r\n# S\r\nQ: q?\r\n\r\n---\r\nQ: p?\r\n```\r\ncode\r\n```\r\n",
		"nothing to do": head + "",
		"a choice":      head + "M: q?\n- [x] a\n- [ ] b\n\n  c\n\nTags: x\n\nQ: q?",
	} {
		t.Run(name, func(t *testing.T) {
			before, err := Parse("a.md", []byte(src))
			if err != nil {
				t.Fatal(err)
			}
			out, n, err := AssignIDs("a.md", []byte(src), false)
			if err != nil || n == 0 {
				t.Fatalf("%d ids, %v", n, err)
			}
			after, err := Parse("a.md", out)
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			again, n, err := AssignIDs("a.md", out, false)
			if err != nil || n != 0 || string(again) != string(out) {
				t.Errorf("a second pass wrote %d ids, %v", n, err)
			}
			if twice, err := Parse("a.md", out); err != nil || !reflect.DeepEqual(twice, after) {
				t.Errorf("ids are not all in the file: %v", err)
			}
			for i := range after.Notes { // nothing but ids differs
				after.Notes[i].ID, after.Notes[i].Section = before.Notes[i].ID, before.Notes[i].Section
			}
			if !reflect.DeepEqual(after.Notes, before.Notes) {
				t.Errorf("cards changed:\n%+v\n%+v", before.Notes, after.Notes)
			}
			if !subsequence(src, string(out)) {
				t.Error("text of the file changed")
			}
			if strings.Contains(src, "\r\n") && strings.Count(string(out), "\n") != strings.Count(string(out), "\r\n") {
				t.Error("ends of line are mixed")
			}
		})
	}
}

// subsequence reports whether every line of a is a line of b, in order.
func subsequence(a, b string) bool {
	rest := splitLines(b)
	for _, l := range splitLines(a) {
		for len(rest) > 0 && rest[0].text != l.text {
			rest = rest[1:]
		}
		if len(rest) == 0 {
			return false
		}
		rest = rest[1:]
	}
	return true
}

func TestAssignIDsInPart(t *testing.T) {
	out, n, err := AssignIDs("2.md", []byte("# S\nQ: q?\n"), true)
	if err != nil || n != 2 || strings.Contains(string(out), "---\n") {
		t.Errorf("%d %v\n%s", n, err, out)
	}
}

func TestParseFS(t *testing.T) {
	files := func(more ...string) fstest.MapFS {
		m := fstest.MapFS{
			"c/10.md":       {Data: []byte("# Ten\nQ: ten?\n")},
			"c/2.md":        {Data: []byte("# Two\nQ: two? ![p](media/a.svg \"t\") ![w](https://example.org/b.png)\n")},
			"c/course.md":   {Data: []byte("---\ndeck: d\ntitle: T\n---\nQ: first?\n")},
			"c/README.md":   {Data: []byte("Lost words.\n")},
			"c/media/a.svg": {Data: []byte("<svg/>")},
		}
		for i := 0; i < len(more); i += 2 {
			m[more[i]] = &fstest.MapFile{Data: []byte(more[i+1])}
		}
		return m
	}
	d, err := ParseFS(files(), "c")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range d.Notes {
		s, _ := d.Section(n.Section)
		got = append(got, s.Title+" "+strings.Fields(n.Text(decks.Front))[0])
	}
	if want := []string{" first?", "Two two?", "Ten ten?"}; !reflect.DeepEqual(got, want) || d.ID != "d" {
		t.Errorf("%q, want %q", got, want)
	}
	if p := Pictures(d); !reflect.DeepEqual(p, []string{"media/a.svg"}) {
		t.Errorf("pictures %q", p)
	}
	for name, c := range map[string]struct {
		fs   fstest.MapFS
		what problem
		file string
	}{
		"two heads":          {files("c/3.md", "---\ntitle: U\n---\n"), "two_heads", "course.md"},
		"picture missing":    {files("c/3.md", "# S\nQ: ![](media/b.svg)\n"), "picture_missing", "3.md"},
		"picture elsewhere":  {files("c/3.md", "# S\nQ: ![](../b.svg)\n"), "picture_path", "3.md"},
		"no heading":         {files("c/3.md", "Q: q?\n"), "before_section", "3.md"},
		"id in two files":    {files("c/3.md", "# S\nQ: q?\n<!-- ^a -->\n", "c/4.md", "# S\nQ: q?\n<!-- ^a -->\n"), "id_twice", "4.md"},
		"a mistake in third": {files("c/3.md", "# S\nA: a\n"), "stray_keyword", "3.md"},
	} {
		_, err := ParseFS(c.fs, "c")
		if f := fault.Of(err); f == nil || f.Args["problem"] != string(c.what) || f.Args["file"] != c.file {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Of a folder that holds no course only the folder can be named.
func TestNoCourse(t *testing.T) {
	for dir, want := range map[string]fault.Code{"c": fault.NoCourse, "c/a.txt": fault.UnreadableFile, "nowhere": fault.UnreadableFile} {
		_, err := ParseFS(fstest.MapFS{"c/a.txt": {}, "c/README.md": {}}, dir)
		if f := fault.Of(err); f == nil || f.Code != want || f.Args["name"] != path.Base(dir) {
			t.Errorf("%s: %v, want %s", dir, err, want)
		}
	}
}

func TestLawWriteParse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := release.Canonical(deckGen().Draw(t, "deck"))
		text := Write(d)
		got, err := Parse("a.md", text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if !reflect.DeepEqual(got, d) {
			t.Fatalf("got %+v\nwant %+v\n%s", got, d, text)
		}
		if again, n, err := AssignIDs("a.md", text, false); err != nil || n != 0 || string(again) != string(text) {
			t.Fatalf("%d ids given to a file that has them all, %v", n, err)
		}
	})
}

func deckGen() *rapid.Generator[decks.Deck] {
	pieces := []string{"слово", "Вопрос: x", "Ответ:", "Q: y", "A:", "C:\\z", "Вопрсо: w", "# H", "## H #", "### H", "---", "----  ", "<!-- ^a -->", "<!--",
		"\\", "\\# x", "\\\\Q: z", "- [x] да", "- [ ]", "- a", "  - b", "    code", "\t", "", "|a|b|", "|---|---|", "> q", "$$x$$", "![p](media/a.svg)", "`c`",
		"1. one", "2026", "-->", "Теги: a", "a: b", "{{c1::x}}", "{{", "«»", "\u00a0x", "---|", "***", "<<<<<<< HEAD"}
	fenced := []string{"```\nQ: x\n# y\n\\Q: z\n\n```", "~~~~go\n```\n---\n~~~~"}
	text := rapid.Custom(func(t *rapid.T) string {
		line := rapid.OneOf(rapid.SampledFrom(pieces), rapid.SampledFrom(fenced), rapid.StringMatching(`[ab:#\\`+"`"+` \[\]x-]{0,8}`))
		s := strings.Join(rapid.SliceOfN(line, 0, 6).Draw(t, "lines"), "\n")
		var code fence
		for _, l := range strings.Split(release.Text(s), "\n") {
			code.read(l, 0)
		}
		if code.mark != "" { // Write would end it
			return "closed"
		}
		return s
	})
	full := rapid.Map(text, func(s string) string {
		if release.Text(s) == "" {
			return "full"
		}
		return s
	})
	title := rapid.OneOf(rapid.SampledFrom([]string{"T", "C #", "C#", "a: b # c", `"q" \`, "'s'", "# x", "##", `a\#`, "true", "12"}), rapid.Map(rapid.String(), func(s string) string { return "t" + s }))
	return rapid.Custom(func(t *rapid.T) decks.Deck {
		line := rapid.OneOf(rapid.Just(""), title)
		d := decks.Deck{ID: rapid.SampledFrom([]string{"d", "0d", "dk_1"}).Draw(t, "id"), Title: title.Draw(t, "title"), Lang: rapid.SampledFrom([]string{"", "ru", "en"}).Draw(t, "lang"),
			Author: line.Draw(t, "author"), License: line.Draw(t, "license"), Feed: rapid.SampledFrom([]string{"", "https://example.org/%23a/feed.json#x"}).Draw(t, "feed")}
		for i := range rapid.IntRange(0, 2).Draw(t, "sections") {
			var lines []string
			for _, s := range strings.Split(release.Text(text.Draw(t, "source")), "\n") {
				if !blank(s) {
					lines = append(lines, s)
				}
			}
			d.Sections = append(d.Sections, decks.Section{ID: fmt.Sprint("s", i), Title: title.Draw(t, "title"), Source: strings.Join(lines, "\n")})
		}
		for i := range rapid.IntRange(0, 3).Draw(t, "notes") {
			n := decks.Note{ID: fmt.Sprint("n", i), Tags: rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b, c", `d\`, `\,`, "ё"}), 0, 3).Draw(t, "tags")}
			n.Major, n.From = rapid.IntRange(0, 3).Draw(t, "major"), rapid.SampledFrom([]string{"", "x"}).Draw(t, "from")
			n.Merges = rapid.SliceOfN(rapid.SampledFrom([]string{"x", "y", "z"}), 0, 3).Draw(t, "merges")
			n.Kind = rapid.SampledFrom([]decks.Kind{decks.Question, decks.Exercise, decks.Cloze, decks.Choice}).Draw(t, "kind")
			n.Difficulty = rapid.SampledFrom([]decks.Difficulty{"", decks.Easy, decks.Medium, decks.Hard}).Draw(t, "difficulty")
			if k := rapid.IntRange(0, len(d.Sections)).Draw(t, "section"); k > 0 {
				n.Section = d.Sections[k-1].ID
			}
			n.Fields = map[decks.Field]string{decks.Front: full.Draw(t, "question")}
			if n.Kind == decks.Cloze {
				n.Fields[decks.Front] = "a {{c1::b}} c"
			}
			for _, f := range decks.Fields[1:] {
				if rapid.Bool().Draw(t, "has") {
					n.Fields[f] = text.Draw(t, "field")
				}
			}
			if n.Kind == decks.Choice {
				n.Choices = []decks.Option{{Text: full.Draw(t, "option"), Right: true}}
				for range rapid.IntRange(1, 2).Draw(t, "options") {
					n.Choices = append(n.Choices, decks.Option{Text: full.Draw(t, "option"), Right: rapid.Bool().Draw(t, "right")})
				}
			}
			d.Notes = append(d.Notes, n)
		}
		return d
	})
}

func FuzzParse(f *testing.F) {
	src, err := os.ReadFile("testdata/course.md")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(src))
	f.Add(head + "M: q?\n- [x] a\n- [ ] b\n")
	f.Add("# T\nQ: q?\r\n```\n```\rA: a")
	f.Add("# T\nQ: q?\n\x1a```\n\u1fef\u1fef\u1fef\nA: a")
	f.Fuzz(func(t *testing.T, src string) {
		d, err := Parse("a.md", []byte(src))
		if err != nil {
			if fault.Of(err).Code == fault.Unknown {
				t.Fatalf("an error without a sentence: %v", err)
			}
			return
		}
		if _, err := release.Encode(d); err != nil {
			t.Fatalf("a course was read that cannot be released: %v", err)
		}
		out, _, err := AssignIDs("a.md", []byte(src), false)
		if err != nil {
			t.Fatal(err)
		}
		kept, err := Parse("a.md", out)
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if again, err := Parse("a.md", Write(kept)); err != nil || !reflect.DeepEqual(again, kept) {
			t.Fatalf("Parse(Write(d)) differs: %v\n%q\n%+v\n%+v", err, src, kept, again)
		}
	})
}
