package export

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"lectern/decks"
	"lectern/decks/release"
	"lectern/decks/source"
)

var words = Words{Answer: "Answer", Hint: "Hint", Explanation: "Explanation", Source: "Source", NoAnswer: "No answer yet.", Long: "Too long for a card", Lang: "en"}

// attacks are texts that would be markup, scripts or requests if one of them came
// through.
var attacks = []string{
	`<script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `<svg onload=alert(1)><script>alert(1)</script></svg>`,
	`<iframe src="https://evil.example/"></iframe>`, `<a href="javascript:alert(1)">x</a>`, `[x](javascript:alert(1))`, `[x](data:text/html;base64,PHNjcmlwdD4=)`,
	`![p](https://evil.example/pixel.png)`, `<img src="https://evil.example/pixel.png">`, `![p](//evil.example/a.png)`, `![p](file:///etc/passwd)`, `![p](../../secret.png)`,
	`<style>@import url(https://evil.example/a.css)</style>`, `<link rel=stylesheet href=https://evil.example/a.css>`, `<base href="https://evil.example/">`,
	`<meta http-equiv="refresh" content="0;url=https://evil.example/">`, `<form action=https://evil.example/><input name=a></form>`, `<object data=x></object>`, `<embed src=x>`,
	`"><script>alert(1)</script>`, `' onmouseover='alert(1)`, `</title><script>alert(1)</script>`, `</style><script>alert(1)</script>`, `--><script>alert(1)</script>`,
	"```html\"><script>alert(1)</script>\n</code><script>x</script>\n```", "`</code><script>alert(1)</script>`", `$</math><script>alert(1)</script>$`,
	`$\text{<script>alert(1)</script>}$`, `$$\href{javascript:alert(1)}{x}$$`, `$\unknown{<img src=x onerror=alert(1)>}$`, `<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>`,
	`<div style="background:url(https://evil.example/a)">x</div>`, `<p onclick=alert(1)>x</p>`, `<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>`,
	`| a | <script>alert(1)</script> |` + "\n|---|---|\n| <img src=x onerror=alert(1)> | b |", `![" onerror="alert(1)](a.png "\" onerror=\"alert(1)")`, "\u202e<script>\u0000alert(1)</script>",
	`&lt;script&gt;alert(1)&lt;/script&gt;`, `<video src=https://evil.example/v autoplay>`, `<audio src=x onerror=alert(1)>`, `<input autofocus onfocus=alert(1)>`, `<details open ontoggle=alert(1)>`,
}

// TestAttacks: whatever a deck holds, in any of its texts, a page has no markup but
// its own, runs nothing and loads nothing.
func TestAttacks(t *testing.T) {
	for _, layout := range []Layout{Booklet, Cards} {
		for _, bad := range attacks {
			d := decks.Deck{ID: "d", Title: bad, Lang: bad, Author: bad, License: bad, Sections: []decks.Section{{ID: "s", Title: bad, Source: bad}}}
			for i, kind := range []decks.Kind{decks.Question, decks.Exercise, decks.Cloze, decks.Choice} {
				n := decks.Note{ID: fmt.Sprint("n", i), Kind: kind, Section: "s", Tags: []string{bad}, Fields: map[decks.Field]string{}}
				for _, f := range decks.Fields {
					n.Fields[f] = bad
				}
				if kind == decks.Cloze {
					n.Fields[decks.Front] = "{{c1::" + bad + "::" + bad + "}}"
				}
				if kind == decks.Choice {
					n.Choices = []decks.Option{{Text: bad, Right: true}, {Text: bad}}
				}
				d.Notes = append(d.Notes, n)
			}
			p := Print{Layout: layout, Words: words, Picture: func(string) ([]byte, bool) {
				return []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), true
			}}
			harmless(t, string(layout)+" "+bad, HTML(d, p))
		}
	}
}

var allowed = strings.Fields(`html head meta title style body header h1 h2 h3 h4 h5 h6 p span div article section footer ul ol li a img table thead tbody tr td th pre code
	blockquote em strong s u mark sub sup br hr input math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd mphantom`)

// harmless reads a page as a browser does and holds every element and attribute
// to what the page may have.
func harmless(t *testing.T, name string, page []byte) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	styles := 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if !slices.Contains(allowed, n.Data) {
			t.Errorf("%s: <%s> is in the page", name, n.Data)
		}
		if n.Data == "style" {
			styles++
		}
		for _, a := range n.Attr {
			value := strings.ToLower(strings.TrimSpace(a.Val))
			switch key := strings.ToLower(a.Key); {
			case strings.HasPrefix(key, "on"), key == "srcdoc", key == "action", key == "formaction", key == "background", key == "poster", key == "srcset":
				t.Errorf("%s: %s=%q is in the page", name, a.Key, a.Val)
			case key == "src" && !strings.HasPrefix(value, "data:image/"):
				t.Errorf("%s: a picture is loaded from %q", name, a.Val)
			case key == "href" && !strings.HasPrefix(value, "https://") && !strings.HasPrefix(value, "http://") && !strings.HasPrefix(value, "mailto:"):
				t.Errorf("%s: a link to %q", name, a.Val)
			case key == "style" && (strings.Contains(value, "url") || strings.Contains(value, "import") || strings.Contains(value, "expression")):
				t.Errorf("%s: style=%q", name, a.Val)
			case key == "http-equiv" && value != "content-security-policy":
				t.Errorf("%s: meta %q", name, a.Val)
			}
		}
	}
	if styles != 1 {
		t.Errorf("%s: %d styles", name, styles)
	}
}

// The page's own style asks for nothing.
func TestStyleLoadsNothing(t *testing.T) {
	for _, css := range []string{baseStyle, bookletStyle, cardsStyle} {
		if strings.Contains(css, "url(") || strings.Contains(css, "@import") || strings.Contains(css, "@font-face") {
			t.Error("a style loads something")
		}
	}
}

func question(id, front, back string) decks.Note {
	return decks.Note{ID: id, Kind: decks.Question, Section: "s", Fields: map[decks.Field]string{decks.Front: front, decks.Back: back}}
}

func TestHTML(t *testing.T) {
	png := "\x89PNG\r\n\x1a\n"
	d := decks.Deck{ID: "d", Title: "Language models", Lang: "en", Author: "A. Author", Sections: []decks.Section{{ID: "s", Title: "Attention"}}, Notes: []decks.Note{
		question("a", "Why $\\sqrt{d_k}$?", "Variance. ![p](a.png) ![gone](b.png) ![sound](c.png)"),
		question("b", "Open?", ""),
		{ID: "c", Kind: decks.Choice, Section: "s", Fields: map[decks.Field]string{decks.Front: "Which?"}, Choices: []decks.Option{{Text: "this", Right: true}, {Text: "that"}}},
		{ID: "e", Kind: decks.Cloze, Section: "s", Fields: map[decks.Field]string{decks.Front: "A {{c1::query}} meets {{c2::keys}}. $\\unknown x$"}},
	}}
	p := Print{Words: words, Picture: func(name string) ([]byte, bool) {
		return map[string][]byte{"a.png": []byte(png), "c.png": []byte("ID3 a sound")}[name], name != "b.png"
	}}
	got := string(HTML(d, p))
	harmless(t, "booklet", []byte(got))
	for _, want := range []string{
		"<h1>Language models</h1>", "A. Author", "<h2>Attention</h2>", "<msqrt>", "data:image/png;base64,iVBORw0KGgo=", "gone", "sound", "No answer yet.",
		`<span class="letter">A</span><div><p>this</p>`, "<mark>query</mark>", "<strong>[…]</strong>", `<code class="tex">\unknown x</code>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the booklet lacks %q", want)
		}
	}
	if strings.Count(got, "<div><p>that</p>") != 1 {
		t.Error("a wrong option stands in the answer, or not in the question")
	}
	p.Layout = Cards
	cards := string(HTML(d, p))
	harmless(t, "cards", []byte(cards))
	for _, want := range []string{"<span>4.1</span>", "<span>4.2</span>", "A query meets <strong>[…]</strong>"} {
		if !strings.Contains(cards, want) {
			t.Errorf("the cards lack %q", want)
		}
	}
}

// sheetsOf reads the numbers on the sheets of a page of cards, row by row.
func sheetsOf(t *testing.T, page []byte, class string) (sheets [][]string) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Data != "section" || len(n.Attr) == 0 || n.Attr[0].Val != "sheet "+class {
			continue
		}
		var cells []string
		for c := range n.ChildNodes() {
			if c.Data != "div" {
				continue
			}
			number := ""
			for x := range c.Descendants() {
				if x.Data == "footer" {
					number = x.LastChild.FirstChild.Data
				}
			}
			cells = append(cells, number)
		}
		sheets = append(sheets, cells)
	}
	return sheets
}

// Behind each front stands its back, once the sheet is turned about its long edge.
func TestCardsMeet(t *testing.T) {
	d := decks.Deck{ID: "d", Title: "T", Sections: []decks.Section{{ID: "s", Title: "S"}}}
	for i := range 11 {
		d.Notes = append(d.Notes, question(fmt.Sprint("n", i), "What?", "That."))
	}
	long := strings.Repeat("Many words make a long answer. ", 20)
	d.Notes = append(d.Notes, question("x", "Long?", long), question("y", "Too long?", strings.Repeat(long, 10)), question("z", "Longer?", strings.Repeat(long, 3)))
	page := HTML(d, Print{Layout: Cards, Words: words})
	small := sheetsOf(t, page, "small")
	want := [][]string{
		{"1", "2", "3", "4", "5", "6", "7", "8"}, {"2", "1", "4", "3", "6", "5", "8", "7"},
		{"9", "10", "11", "", "", "", "", ""}, {"10", "9", "", "11", "", "", "", ""},
	}
	if !reflect.DeepEqual(small, want) {
		t.Errorf("sheets %q, want %q", small, want)
	}
	if medium := sheetsOf(t, page, "medium"); !reflect.DeepEqual(medium, [][]string{{"12", "", "", ""}, {"", "12", "", ""}}) {
		t.Errorf("medium sheets %q", medium)
	}
	if big := sheetsOf(t, page, "big"); !reflect.DeepEqual(big, [][]string{{"14", ""}, {"14", ""}}) {
		t.Errorf("big sheets %q", big)
	}
	if s := string(page); strings.Count(s, words.Long) != 1 || !strings.Contains(s, `<span class="number">13</span>`) {
		t.Error("what is too long for a card is not printed after the cards")
	}
}

// readCSV is the table read back.
func readCSV(t interface{ Fatalf(string, ...any) }, table []byte) []map[string]string {
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(table, []byte("\uFEFF")))).ReadAll()
	if err != nil {
		t.Fatalf("%v\n%s", err, table)
	}
	var out []map[string]string
	for _, r := range rows[1:] {
		m := map[string]string{}
		for i, cell := range r {
			if bare := strings.TrimPrefix(cell, "'"); bare != cell && isFormula(bare) {
				cell = bare
			}
			m[rows[0][i]] = cell
		}
		out = append(out, m)
	}
	return out
}

// A cell that a spreadsheet computes has an apostrophe before it; no other one is
// changed.
func TestFormulas(t *testing.T) {
	for s, want := range map[string]string{
		"=1+1": "'=1+1", "+7": "'+7", "-a": "'-a", "@SUM(A1)": "'@SUM(A1)", `=HYPERLINK("https://evil.example","x")`: `"'=HYPERLINK(""https://evil.example"",""x"")"`,
		"\t=1": "'\t=1", "＝1": "'＝1", "'=1": "''=1", "''-": "'''-", " =1": "' =1", "a=1": "a=1", "'a": "'a", "1-2": "1-2", "": "", "\n=1": "\"'\n=1\"",
	} {
		var b strings.Builder
		row(&b, []string{s})
		if got := strings.TrimSuffix(b.String(), "\r\n"); got != want {
			t.Errorf("%q is written %q, want %q", s, got, want)
		}
	}
}

func TestCSV(t *testing.T) {
	d := decks.Deck{ID: "d", Title: "T", Sections: []decks.Section{{ID: "s", Title: "Лекция 1"}}, Notes: []decks.Note{{
		ID: "a", Kind: decks.Choice, Section: "s", Tags: []string{"a, b", `c\`}, Difficulty: decks.Hard,
		Fields: map[decks.Field]string{decks.Front: "Say \"when\",\nplease"}, Choices: []decks.Option{{Text: "now\nor", Right: true}, {Text: "never"}},
	}}}
	want := "\uFEFFid,section,kind,question,answer,hint,explanation,source,tags,difficulty,options\r\n" +
		"a,Лекция 1,choice,\"Say \"\"when\"\",\nplease\",,,,,\"a\\, b, c\\\\\",hard,\"[x] now\n  or\n[ ] never\"\r\n"
	if got := string(CSV(d, true)); got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	if got := string(CSV(d, false)); "\uFEFF"+got != want {
		t.Errorf("without a mark: %q", got)
	}
}

// TestLawCSV: what was written is read back from the table.
func TestLawCSV(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := release.Canonical(deckGen().Draw(t, "deck"))
		rows := readCSV(t, CSV(d, rapid.Bool().Draw(t, "mark")))
		if len(rows) != len(d.Notes) {
			t.Fatalf("%d rows of %d notes", len(rows), len(d.Notes))
		}
		for i, r := range rows {
			n := decks.Note{ID: r["id"], Kind: decks.Kind(r["kind"]), Difficulty: decks.Difficulty(r["difficulty"]), Fields: map[decks.Field]string{}}
			for _, s := range d.Sections {
				if s.Title == r["section"] {
					n.Section = s.ID
				}
			}
			for _, f := range decks.Fields {
				if r[string(f)] != "" {
					n.Fields[f] = r[string(f)]
				}
			}
			for _, tag := range strings.Split(strings.ReplaceAll(strings.ReplaceAll(r["tags"], `\\`, "\x00"), `\,`, "\x01"), ", ") {
				if tag != "" {
					n.Tags = append(n.Tags, strings.ReplaceAll(strings.ReplaceAll(tag, "\x00", `\`), "\x01", ","))
				}
			}
			for _, line := range strings.Split(r["options"], "\n") {
				if more, ok := strings.CutPrefix(line, "  "); ok {
					n.Choices[len(n.Choices)-1].Text += "\n" + more
				} else if line != "" {
					n.Choices = append(n.Choices, decks.Option{Text: line[4:], Right: line[1] == 'x'})
				}
			}
			if n = release.CanonicalNote(n); !reflect.DeepEqual(n, d.Notes[i]) {
				t.Fatalf("got %+v\nwant %+v\n%q", n, d.Notes[i], r)
			}
		}
	})
}

// TestLawCourse: the folder reads back as the same deck.
func TestLawCourse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := release.Canonical(deckGen().Draw(t, "deck"))
		text, pictures := Course(d)
		folder := fstest.MapFS{CourseFile: {Data: text}}
		for _, to := range pictures {
			folder[to] = &fstest.MapFile{Data: []byte("picture")}
		}
		got, err := source.ParseFS(folder, ".")
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if want := source.RenamePictures(d, pictures); !reflect.DeepEqual(got, want) {
			t.Fatalf("got %+v\nwant %+v\n%s", got, want, text)
		}
	})
}

func deckGen() *rapid.Generator[decks.Deck] {
	line := rapid.OneOf(
		rapid.SampledFrom([]string{"слово", "=1+1", "-5", "+7", "@a", "'=x", "''", "'", "a, b", `"q"`, "Вопрос: x", "# H", "- [x] да", "![p](a.png)", "![p](<b c.svg> \"t\")",
			"![p](media/d%20e.png)", "$x$", "", "  code", "\tt", ";", "a;b", "＝1", "\u00a0=1", `\`}),
		rapid.StringMatching(`[ab'=,"+\- ]{0,8}`))
	text := rapid.Map(rapid.SliceOfN(line, 0, 5), func(l []string) string { return strings.Join(l, "\n") })
	full := rapid.Map(text, func(s string) string {
		if release.Text(s) == "" {
			return "full"
		}
		return s
	})
	return rapid.Custom(func(t *rapid.T) decks.Deck {
		d := decks.Deck{ID: "d", Title: rapid.SampledFrom([]string{"T", "=T", "a: b"}).Draw(t, "title"), Lang: rapid.SampledFrom([]string{"", "ru", "en"}).Draw(t, "lang")}
		for i := range rapid.IntRange(0, 2).Draw(t, "sections") {
			d.Sections = append(d.Sections, decks.Section{ID: fmt.Sprint("s", i), Title: fmt.Sprint(rapid.SampledFrom([]string{"S", "-S", "'=S", "a, b"}).Draw(t, "section"), i)})
		}
		for i := range rapid.IntRange(0, 3).Draw(t, "notes") {
			n := decks.Note{ID: fmt.Sprint("n", i), Tags: rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b, c", `d\`, `\,`, "=ё"}), 0, 3).Draw(t, "tags"), Fields: map[decks.Field]string{}}
			n.Kind = rapid.SampledFrom([]decks.Kind{decks.Question, decks.Exercise, decks.Cloze, decks.Choice}).Draw(t, "kind")
			n.Difficulty = rapid.SampledFrom([]decks.Difficulty{"", decks.Easy, decks.Hard}).Draw(t, "difficulty")
			if k := rapid.IntRange(0, len(d.Sections)).Draw(t, "of"); k > 0 {
				n.Section = d.Sections[k-1].ID
			}
			for _, f := range decks.Fields {
				n.Fields[f] = text.Draw(t, "field")
			}
			n.Fields[decks.Front] = full.Draw(t, "question")
			if n.Kind == decks.Cloze {
				n.Fields[decks.Front] = "=a {{c1::b}}"
			}
			if n.Kind == decks.Choice {
				n.Choices = []decks.Option{{Text: full.Draw(t, "option"), Right: true}, {Text: full.Draw(t, "option"), Right: rapid.Bool().Draw(t, "right")}}
			}
			d.Notes = append(d.Notes, n)
		}
		return d
	})
}
