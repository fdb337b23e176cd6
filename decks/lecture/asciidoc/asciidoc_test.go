package asciidoc

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lectern/decks/lecture/page"
	"lectern/decks/lecture/page/pagetest"

	"pgregory.net/rapid"
)

func read(t testing.TB, text string) *page.Page {
	t.Helper()
	p, err := Read(context.Background(), text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Pages in the manner of courses, each with the outline that it must give.
func TestPages(t *testing.T) { pagetest.Compare(t, os.DirFS("testdata"), "*.adoc", Read) }

func TestInline(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"plain", "plain"},
		{"*a* _b_ `c_d` #e# **f**g __h__i ``j``k", "**a** *b* `c_d` e **f**g *h*i `j`k"},
		{"*a _b_ c*", "**a *b* c**"},
		{"2 * 3 * 4, snake_case_name, a*b*c", `2 \* 3 \* 4, snake\_case\_name, a\*b\*c`},
		{`\*a* and \_b_ and C:\x`, `\*a\* and \_b\_ and C:\\x`},
		{"`+a*b*+` `{x}` `*b*` `a`s", "`a*b*` `{x}` `b` \\`a\\`s"},
		{"H~2~O x^2^ ~ ^", `H<sub>2</sub>O x<sup>2</sup> \~ ^`},
		{"\"`a`\" '`b`' it's", "“a” ‘b’ it's"},
		{"https://e.org/a_b[text *b*^] https://e.org/x_y. link:a.html[A,window=_blank] link:b.html[]", "[text **b**](https://e.org/a_b) <https://e.org/x_y>. [A](a.html) b.html"},
		{"<<id,the text>> <<other>> xref:page.adoc#x[X]", "the text other X"},
		{"image:a b.png[Alt text,20] icon:x[] kbd:[Ctrl+C] btn:[OK] menu:File[Save > As]", "![Alt text](a%20b.png)  `Ctrl+C` **OK** **File › Save › As**"},
		{"a footnote:[Why?] b.footnote:[x]", "a  b."},
		{"stem:[x_1] latexmath:[$y$]", "$x_1$ $y$"},
		{"((term)) (((a,b)))c (c) [[anchor]]d [.red]#e#", "term c (c) d e"},
		{"a -- b -> c => d... e--f", "a — b → c ⇒ d… e—f"},
		{"+*x*+ +++<b>+++y pass:[*z*] pass:[<i class=\"a\"></i>]w", `\*x\* y \*z\* w`},
		{"{nbsp}{unknown} {plus}", "{unknown} +"},
		{"«*два*», *ещё*.", "«**два**», **ещё**."},
		{"a +\nb", "a\\\nb"},
		{"10:30 and std::vector<int> x", `10:30 and std::vector\<int> x`},
	} {
		p := read(t, c.in)
		got := ""
		for _, x := range p.Blocks {
			got += x.Text
		}
		if got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.in, got, c.want)
		}
	}
}

func TestLists(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{". a\n. b", "1. 2."},
		{". a\n.. b\n... c\n. d", "1. a. i. 2."},
		{"3. a\n4. b", "3. 4."},
		{"a. x\nb. y", "a. b."},
		{"i) x\nii) y", "i) ii)"},
		{"[start=4]\n. a\n. b", "4. 5."},
		{"[upperroman]\n. a\n. b", "I. II."},
		{"* [ ] a\n* [x] b\n* [*] c", "•[ ] •[x] •[x]"},
		{"* a\n\n* b", "• •"},
		{"* a\n\n//-\n\n* b", "• / •"},
		{"- a\n* b\n- c", "• • •"},
		{"*bold* text\n-- not\n.hidden", ""},
		{"----\n<1> x\n----\n<1> a\n<.> b", "1. 2."},
	} {
		p := read(t, c.in)
		var marks []string
		top := 0
		for _, x := range p.Blocks {
			if x.Kind == page.List && x.Parent < 0 {
				if top++; top > 1 {
					marks = append(marks, "/")
				}
			}
			if x.Kind == page.Entry {
				marks = append(marks, x.Mark+map[page.Tick]string{page.Ticked: "[x]", page.Unticked: "[ ]"}[x.Tick])
			}
		}
		if got := strings.Join(marks, " "); got != c.want {
			t.Errorf("%q: marks %q, want %q", c.in, got, c.want)
		}
	}
}

func TestQuestionsAndAnswers(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"words", "[qanda]\nWhat *is* it?:: A thing.\nGoes on.\nWhy?::\n\n  Because.\n",
			"box qanda \"\"\n  box question \"\"\n    p What **is** it?\n    box answer \"\"\n      p A thing. Goes on.\n  box question \"\"\n    p Why?\n    box answer \"\"\n      p Because.\n"},
		{"what is attached", "[qanda]\nWhy?::\n+\n----\nx\n----\n\nAnd?:: So.\n+\nMore.\n",
			"box qanda \"\"\n  box question \"\"\n    p Why?\n    box answer \"\"\n      code  x\n  box question \"\"\n    p And?\n    box answer \"\"\n      p So.\n      p More.\n"},
		{"no answer", "[qanda]\nWhy?::\n\n== A\n", "box qanda \"\"\n  box question \"\"\n    p Why?\n## A\n"},
		{"an answer that is a list", "[qanda]\nWhich?::\n* a\n* b\nWhy?:: So.\n",
			"box qanda \"\"\n  box question \"\"\n    p Which?\n    box answer \"\"\n      list\n        •\n          p a\n        •\n          p b\n  box question \"\"\n    p Why?\n    box answer \"\"\n      p So.\n"},
		{"no list of terms", "[qanda]\n. a\n", "list\n  1.\n    p a\n"},
	} {
		if got := pagetest.Outline(read(t, c.in)); got != c.want {
			t.Errorf("%s\n got\n%swant\n%s", c.name, got, c.want)
		}
	}
}

// A title makes any block a solution.
func TestSolutions(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{".Solution\n====\na\n====", "box example solution \"Solution\"\n  p a\n"},
		{".*Answer:*\n[%collapsible]\n====\na\n====", "box details solution \"**Answer:**\"\n  p a\n"},
		{".Ответ\n****\na\n****", "box sidebar solution \"Ответ\"\n  p a\n"},
		{".Possible solution\n--\na\n\nb\n--\nc", "box solution \"Possible solution\"\n  p a\n  p b\np c\n"},
		{".Lösung\n[source,python]\n----\na\n----", "box solution \"Lösung\"\n  code python a\n"},
		{".Answers\n. a\n. b", "box solution \"Answers\"\n  list\n    1.\n      p a\n    2.\n      p b\n"},
		{".Réponse\na", "box solution \"Réponse\"\n  p a\n"},
		{".Solutions of equations\na", "p **Solutions of equations**\np a\n"},
		{".A picture\nimage::x.png[]", "p ![](x.png)\np **A picture**\n"},
	} {
		if got := pagetest.Outline(read(t, c.in)); got != c.want {
			t.Errorf("%q\n got\n%swant\n%s", c.in, got, c.want)
		}
	}
}

func TestTables(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"|===\n|a |b\n|c |d\n|===", "| a | b |\n| c | d |"},
		{"[cols=2*]\n|===\n|a\n|b\n\n|c\n|d\n|===", "| a | b |\n| c | d |"},
		{"[cols=\"1,a\"]\n|===\n|a\na|\n* b\n* c\n|===", "| a | b c |"},
		{"|===\n2+|a |b\n|c |d |e\n|===", "| a |  | b |\n| c | d | e |"},
		{"|===\n|a |b\n2*|c\n|===", "| a | b |\n| c | c |"},
		{"|===\n|a\\|b |`c\\|d`\n|===", "| a\\|b | `c\\|d` |"},
		{",===\na,\"b,c\"\n,===", "| a | b,c |"},
		{"|===\n|===", ""},
		{"[cols=0]\n|===\n|a\n|===", "| a |"},
	} {
		got := ""
		for _, x := range read(t, c.in).Blocks {
			got += x.Text
		}
		if got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.in, got, c.want)
		}
	}
}

func TestSniff(t *testing.T) {
	names, _ := filepath.Glob("testdata/*.adoc")
	for _, name := range names {
		if source, err := os.ReadFile(name); err != nil || !Sniff(string(source)) {
			t.Errorf("%s is AsciiDoc (%v)", name, err)
		}
	}
	for _, s := range []string{
		"= Title\n:toc:\n\n== One\n\nText.\n", "== Вопросы\n\n. Зачем?\n. Почему?\n\n== Ещё\n", "Text.\n\n[source,java]\n----\nx\n----\n\nimage::x.png[]\n",
	} {
		if !Sniff(s) {
			t.Errorf("%q is AsciiDoc", s)
		}
	}
	for _, s := range []string{
		"", "plain", "# Title\n\n- a [b](c)\n", "Title\n=====\n\n.. note:: x\n", "## A\n\n```\n== x\n== y\n```\n", "a == b\nc = d\n",
	} {
		if Sniff(s) {
			t.Errorf("%q is no AsciiDoc", s)
		}
	}
}

// piece draws parts of pages, good and broken.
var piece = rapid.Custom(func(t *rapid.T) string {
	words := rapid.StringMatching("[a-zа-я*_`#+^~{}\\[\\]:<>|\\\\ ]{0,12}").Draw(t, "words")
	return rapid.SampledFrom([]string{
		"", "", "* ", "** ", "- ", ". ", ".. ", "1. ", "a:: ", "b;; ", "+", "====", "----", "....", "****", "____", "++++", "--", "|===", "|a |b", "////", "// ", "[NOTE]", "[exercise]",
		"[%collapsible]", "[stem]", "[qanda]", "[qanda]\nb:: ", ".Title", ".Title\nimage::x[]\n", ".Answer\n", "== ", "= ", ":a: b", "{a}", "NOTE: ", "  literal", "> ", "```go", "'''", "image::x[]", "ifdef::a[]", "endif::[]", "<1> ", "[cols=3]", "* [x] ",
	}).Draw(t, "mark") + words
})

// Whatever a page holds, its blocks are a tree in the order of their lines.
func TestTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 40).Draw(t, "lines"), "\n")
		p, err := Read(context.Background(), text)
		if err != nil {
			t.Fatal(err)
		}
		if wrong := pagetest.Check(p); wrong != "" {
			t.Fatalf("%s\n%s\n%s", wrong, text, pagetest.Outline(p))
		}
	})
}

// No word of plain paragraphs is lost or comes twice.
func TestWordsKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paragraphs := rapid.SliceOfN(rapid.StringMatching(`[a-zа-яё]{2,8}( [a-zа-яё,?!]{1,8}){0,9}`), 1, 20).Draw(t, "paragraphs")
		p, err := Read(context.Background(), strings.Join(paragraphs, "\n\n"))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i := range p.Blocks {
			got = append(got, p.Blocks[i].Plain())
		}
		want := make([]string, len(paragraphs))
		for i, s := range paragraphs {
			want[i] = strings.Join(strings.Fields(s), " ")
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

// The room made for blocks is enough, and not much more: a large page is not held
// twice.
func TestRoom(t *testing.T) {
	names, _ := filepath.Glob("testdata/*.adoc")
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		r := newReader(context.Background(), strings.Repeat(string(source)+"\n\n", 200))
		room := cap(r.b.Page().Blocks)
		r.blocks(0, len(r.lines))
		if n := len(r.b.Page().Blocks); room < n || room > n+n/2 {
			t.Errorf("%s: room for %d blocks, there are %d", name, room, n)
		}
	}
}

var hostile = map[string]string{
	"examples":   staircase(func(n int) string { return strings.Repeat("=", n+4) + "\n" }, 800),
	"open":       strings.Repeat("--\n", 1<<17),
	"unclosed":   strings.Repeat("====\n----\n", 1<<16),
	"levels":     staircase(func(n int) string { return strings.Repeat("*", n+1) + " a\n" }, 800),
	"dots":       staircase(func(n int) string { return strings.Repeat(".", n+1) + " a\n" }, 800),
	"list":       strings.Repeat("* a\n", 1<<17),
	"two lists":  strings.Repeat("* a\n- b\n", 1<<16),
	"plus":       "* a\n" + strings.Repeat("+\n", 1<<17),
	"attached":   "* a\n" + strings.Repeat("+\na\n", 1<<16),
	"terms":      strings.Repeat("a::\n", 1<<16),
	"colons":     strings.Repeat("a::", 1<<17),
	"stars":      strings.Repeat("*a ", 1<<18),
	"nested":     strings.Repeat("*_", 1<<17) + "a" + strings.Repeat("_*", 1<<17),
	"unders":     strings.Repeat("__a ", 1<<17),
	"ticks":      strings.Repeat("`a ", 1<<18),
	"hashes":     strings.Repeat("#a ", 1<<18),
	"scripts":    strings.Repeat("^a~b", 1<<17),
	"quotes":     strings.Repeat("\"`a", 1<<17),
	"plus signs": strings.Repeat("+a ", 1<<18),
	"braces":     strings.Repeat("{a", 1<<18),
	"brackets":   strings.Repeat("[", 1<<19),
	"links":      strings.Repeat("link:a[", 1<<16),
	"deep links": strings.Repeat("link:a[", 1<<10) + strings.Repeat("]", 1<<10),
	"addresses":  strings.Repeat("http://", 1<<17),
	"references": strings.Repeat("<<a", 1<<17),
	"index":      strings.Repeat("((a", 1<<17),
	"bomb":       ":a: " + strings.Repeat("x", 1000) + "\n:b: {a}{a}\n:c: {b}{b}\n\n" + strings.Repeat("{c} ", 1<<14),
	"loop":       ":a: {b}\n:b: {a}\n\n{a}{b}",
	"entries":    strings.Repeat(":a: b\n", 1<<16),
	"names":      staircase(func(n int) string { return ":a" + strings.Repeat("b", n%50) + ": c\n" }, 1<<14),
	"titles":     strings.Repeat(".a\n", 1<<17),
	"attributes": strings.Repeat("[a]\n", 1<<16),
	"conditions": strings.Repeat("ifdef::env-x[]\n", 1<<15),
	"cells":      "|===\n" + strings.Repeat("|a", 1<<17) + "\n|===",
	"copies":     "|===\n" + strings.Repeat("200*|a ", 1<<9) + "\n|===",
	"wide":       "[cols=9999999*]\n|===\n" + strings.Repeat("|a\n", 1<<14) + "|===",
	"csv":        ",===\n" + strings.Repeat("\"a\n", 1<<15),
	"headings":   strings.Repeat("== a\n", 1<<16),
	"underlined": strings.Repeat("abcd\n----\n", 1<<15),
	"question":   strings.Repeat("?\n", 1<<18),
	"slashes":    strings.Repeat(`\`, 1<<19),
	"comments":   strings.Repeat("////\n", 1<<16),
	"callouts":   "----\n" + strings.Repeat("<1>", 1<<17) + "\n----",
}

func staircase(step func(n int) string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(step(i))
	}
	return b.String()
}

func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("megabytes of text")
	}
	for name, text := range hostile {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		p, err := Read(ctx, text)
		cancel()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if wrong := pagetest.Check(p); wrong != "" {
			t.Errorf("%s: %s", name, wrong)
		}
		size := 0
		for i := range p.Blocks {
			size += len(p.Blocks[i].Text)
		}
		if size > 8*len(text)+maxExpansion {
			t.Errorf("%s: %d bytes became %d", name, len(text), size)
		}
	}
}

func TestEndedContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, "a\n\nb"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func FuzzRead(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.adoc")
	for _, name := range names {
		if source, err := os.ReadFile(name); err == nil {
			f.Add(string(source))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		Sniff(text)
		p, err := Read(context.Background(), text)
		if err != nil {
			t.Fatal(err)
		}
		if wrong := pagetest.Check(p); wrong != "" {
			t.Fatal(wrong)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var page strings.Builder
	names, _ := filepath.Glob("testdata/*.adoc")
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		page.Write(source)
	}
	text := strings.Repeat(page.String(), 1<<20/page.Len())
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(context.Background(), text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHostile(b *testing.B) {
	for name, text := range hostile {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if _, err := Read(context.Background(), text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
