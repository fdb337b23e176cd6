package rest

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
func TestPages(t *testing.T) { pagetest.Compare(t, os.DirFS("testdata"), "*.rst", Read) }

func TestInline(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"plain", "plain"},
		{"*a* **b** ``c*`` `d`", "*a* **b** `c*` `d`"},
		{"2 * 3 * 4 and *args", `2 \* 3 \* 4 and \*args`},
		{`**bo**\ ld, \*no\* and **a:**\ b`, `**bo**ld, \*no\* and <strong>a:</strong>b`},
		{"**``code``**", "**`code`**"},
		{"'*' \"*\" (*) x*y*z", `'\*' "\*" (\*) x\*y\*z`},
		{":math:`\\frac{a}{b}` `x`:math:", `$\frac{a}{b}$ $x$`},
		{":py:func:`~a.b.run` :file:`x_{n}.py`", "`run` `x_{n}.py`"},
		{":ref:`the text <label>` :doc:`/a/b`", "the text b"},
		{"H\\ :sub:`2`\\ O", "H<sub>2</sub>O"},
		{"`a b <https://e.org>`__ and `c <d_>`_ name_.", "[a b](https://e.org) and c name."},
		{"snake_case and __init__ and _x", `snake\_case and \_\_init\_\_ and \_x`},
		{"see https://e.org/a_b. (http://e.org/x)", "see <https://e.org/a_b>. (<http://e.org/x>)"},
		{"|blank| is |Exercise| |x| a|b|c", `\_\_\_\_ is Exercise \|x\| a\|b\|c`},
		{"note [1]_, [#]_ and [Knuth]_", "note, and &#91;Knuth&#93;"},
		{"``a", "\\`\\`a"},
		{"``\\n`` and ``a``b``", "`\\n` and ``` a``b ```"},
		{"ещё *слово*, «**два**»", "ещё *слово*, «**два**»"},
		{":kbd:`Ctrl`+:kbd:`C` at 10:30:00", "`Ctrl`+`C` at 10:30:00"},
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

func TestNumbers(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"1. a\n2. b\n", "1. 2."},
		{"#. a\n#. b\n#. c\n", "1. 2. 3."},
		{"a. x\n#. y\n", "a. b."},
		{"(i) x\n(ii) y\n(iii) z\n", "(i) (ii) (iii)"},
		{"h) x\ni) y\nj) z\n", "h) i) j)"},
		{"1. a\n1. b\n", "1. 1."},
		{"1. a\n2. b\n\n1. c\n", "1. 2. / 1."},
		{"- a\n\n* b\n", "- / *"},
		{"- [ ] a\n- [x] b\n", "- -"},
		{"A. Einstein was\na physicist\n", ""},
		{"1984. It was\na year\n", ""},
	} {
		p := read(t, c.in)
		var marks []string
		for i, x := range p.Blocks {
			if x.Kind == page.List && i > 0 {
				marks = append(marks, "/")
			}
			if x.Kind == page.Entry {
				marks = append(marks, x.Mark)
			}
		}
		if got := strings.Join(marks, " "); got != c.want {
			t.Errorf("%q: marks %q, want %q", c.in, got, c.want)
		}
	}
}

// What is to be written in a blank is given as one would write it.
func TestBlanks(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`:correct: ["a b", "c"]`, "`a b, c`"},
		{`:correct: 42`, "`42`"},
		{`:correct: ^\s*[Ss]tring\s*$`, "`string`"},
		{`:correct: (?i)(yes|Yes|ja)`, "`yes` / `ja`"},
		{`:correct: \bx\s=\s1\.5\b`, "`x = 1.5`"},
		{`:correct: [0-9]+`, "`[0-9]+`"},
		{`:correct: colou?r`, "`colou?r`"},
		{`:correct: .*`, ""},
		{`:correct: [`, "`[`"},
		{`:answer: a\`, "`a\\`"},
		{"\n   - :[Aa]:\n     :.*: No.\n   - :b|B: Yes.\n", "`a`\n`b`"},
	} {
		p := read(t, ".. fillintheblank:: x\n   "+c.in+"\n\n   Why?\n")
		var got []string
		for i, x := range p.Blocks {
			if x.Parent > 0 && p.Blocks[x.Parent].Mark == "answer" {
				got = append(got, p.Blocks[i].Text)
			}
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("%q: got %q, want %q\n%s", c.in, got, c.want, pagetest.Outline(p))
		}
	}
}

// Backslashes in the options of a question are no escapes.
func TestLiteralOptions(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`\n`, `\\n`}, {`\'`, `\\'`}, {`C:\dir\1`, `C:\\dir\\1`}, {"``\\n``", "`\\n`"}, {`*a* \* b`, `*a* \* b`}, {":math:`\\alpha`", `$\alpha$`},
	} {
		p := read(t, ".. mchoice:: q\n   :answer_a: "+c.in+"\n   :correct: a\n\n   Which?\n")
		if got := p.Blocks[len(p.Blocks)-1].Text; got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}

func TestToggles(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"alone", ".. container:: toggle\n\n   .. container:: header\n\n      **Show\n      code**\n\n   x = 1\n\n   y\n", "box toggle \"**Show code**\"\n  p x = 1\n  p y\n"},
		{"without a header", ".. container:: toggle\n\n   x = 1\n", "box toggle \"\"\n  p x = 1\n"},
		{"nothing but a header", ".. container:: toggle\n\n   .. container:: header\n", "box toggle \"\"\n"},
		{"in a task", ".. container:: exercise\n\n   Do.\n\n   .. container:: toggle\n\n      .. container:: header\n\n         Show\n\n      Done.\n\n.. container:: toggle\n\n   a\n",
			"box exercise \"\"\n  p Do.\n  box toggle solution \"Show\"\n    p Done.\nbox toggle \"\"\n  p a\n"},
		{"a header alone", ".. container:: header\n\n   a\n", "p a\n"},
		{"what is to be done", ".. todo:: Fill in.\n\n   More.\n", "box todo \"\"\n  p Fill in.\n  p More.\n"},
	} {
		if got := pagetest.Outline(read(t, c.in)); got != c.want {
			t.Errorf("%s\n got\n%swant\n%s", c.name, got, c.want)
		}
	}
}

func TestJudged(t *testing.T) {
	p := read(t, "Quiz\n====\n\n.. eqt:: q-1\n\n   Laquelle?\n\n   A) :eqt:`I` Une\n      suite\n   #) :eqt:`C` *Deux*\n   #) Trois :eqt:`C`\n\n:eqt:`C` hors\n")
	want := "# Quiz\nbox quiz \"\"\n  p Laquelle?\n  list\n    A) [ ]\n      p Une suite\n    B) [x]\n      p *Deux*\n    C) [x]\n      p Trois\np hors\n"
	if got := pagetest.Outline(p); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestSniff(t *testing.T) {
	names, _ := filepath.Glob("testdata/*.rst")
	for _, name := range names {
		if source, err := os.ReadFile(name); err != nil || !Sniff(string(source)) {
			t.Errorf("%s is reStructuredText (%v)", name, err)
		}
	}
	for _, s := range []string{
		"Title\n=====\n\n.. note:: x\n", "Use :ref:`x` here.\n", "Вопросы\n~~~~~~~\n\nЗачем?\n", "See `a <b>`_.\n",
	} {
		if !Sniff(s) {
			t.Errorf("%q is reStructuredText", s)
		}
	}
	for _, s := range []string{
		"", "Title\n=====\n\nText with a [link](x).\n", "# A\n\n- b\n", "plain text...\n\n.. and so on\n", "```rst\n.. note:: x\n```\n# a\n# b\n",
	} {
		if Sniff(s) {
			t.Errorf("%q is no reStructuredText", s)
		}
	}
}

// piece draws parts of pages, good and broken.
var piece = rapid.Custom(func(t *rapid.T) string {
	words := rapid.StringMatching(`[a-zа-я*` + "`" + `_|:\\ ]{0,12}`)
	indent := strings.Repeat(" ", rapid.IntRange(0, 6).Draw(t, "indent"))
	return indent + rapid.SampledFrom([]string{
		"", "", "- ", "* ", "1. ", "#. ", "a) ", ".. note:: ", ".. code:: ", ".. math:: ", ":x: ", "| ", ">>> ", "::", "====", "----", "+--+--+", "== ==", ".. ", ".. _a: ",
		".. |b| replace:: ", ".. list-table:: ", ".. csv-table:: ", ".. tab:: ", ".. raw:: html <details>", "\t", "text::", "Why? ", ".. container:: toggle ", "__ ", ".. mchoice:: ", "   :answer_a: ", "   :correct: a ", ".. fillintheblank:: ", "   - :a: ", ".. pick-one:: ", "*b. ", ".. eqt:: ", ":eqt:`C` ", ".. container:: header", ".. container:: exercise", "   - :[Aa]|b: ", "+--+--+\n|a |b",
	}).Draw(t, "mark") + words.Draw(t, "words")
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
		paragraphs := rapid.SliceOfN(rapid.StringMatching(`[a-zа-яё]{2,8}( [a-zа-яё,.?!]{1,8}){0,9}`), 1, 20).Draw(t, "paragraphs")
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

var hostile = map[string]string{
	"quotes":    staircase(func(n int) string { return strings.Repeat(" ", n) + "a\n\n" }, 800),
	"bullets":   staircase(func(n int) string { return strings.Repeat(" ", 2*n) + "- a\n" }, 800),
	"one line":  strings.Repeat("- ", 1<<18) + "x",
	"numbers":   strings.Repeat("1. ", 1<<18) + "x",
	"notes":     strings.Repeat(".. note:: ", 1<<16) + "x",
	"boxes":     staircase(func(n int) string { return strings.Repeat("   ", n) + ".. tab:: a\n\n" }, 600),
	"list":      strings.Repeat("- a\n", 1<<17),
	"terms":     strings.Repeat("a\n b\n", 1<<16),
	"ticks":     strings.Repeat("`a ", 1<<18),
	"literals":  strings.Repeat("``a ", 1<<18),
	"stars":     strings.Repeat("*a ", 1<<18),
	"bold":      strings.Repeat("**a* ", 1<<17),
	"bars":      strings.Repeat("|a ", 1<<18),
	"roles":     strings.Repeat(":a:`b ", 1<<17),
	"refs":      strings.Repeat("a_ ", 1<<18),
	"long name": strings.Repeat("a.", 1<<18) + "_",
	"brackets":  strings.Repeat("[1]", 1<<18),
	"slashes":   strings.Repeat(`\`, 1<<19),
	"addresses": strings.Repeat("http://", 1<<17),
	"targets":   strings.Repeat(".. _a:\n", 1<<16) + "a_",
	"chain":     ".. _a: b_\n.. _b: a_\n\na_ b_",
	"subs":      ".. |a| replace:: |a| |a|\n\n" + strings.Repeat("|a| ", 1<<16),
	"bomb":      ".. |a| replace:: " + strings.Repeat("x", 900) + "\n\n" + strings.Repeat("|a| ", 1<<16),
	"headings":  strings.Repeat("a\n=\n", 1<<16),
	"grid":      strings.Repeat("+-", 1<<10) + "+\n" + strings.Repeat("|a\n", 1<<10),
	"simple":    strings.Repeat("= ", 1<<10) + "=\n" + strings.Repeat("a\n", 1<<12),
	"borders":   strings.Repeat("== ==\n", 1<<16),
	"grids":     strings.Repeat("+--+\n", 1<<16),
	"csv":       ".. csv-table::\n\n" + strings.Repeat("   \"a\n", 1<<15),
	"question":  strings.Repeat("?\n", 1<<18),
	"spaces":    strings.Repeat(" ", 1<<20) + "x",
	"tabs":      strings.Repeat("\t", 1<<17) + "x",
	"fields":    strings.Repeat(":a: b\n", 1<<16),
	"options":   ".. mchoice:: x\n" + strings.Repeat("   :answer_a: b\n", 1<<14),
	"details":   strings.Repeat(".. raw:: html\n\n   <details>\n\n", 1<<14),
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

// Pages of real courses are read whole: what they ask stands in blocks.
func TestCorpus(t *testing.T) {
	for name, want := range map[string][]string{
		"pyneng-07.rst":            {" 13 ## Задание 7.1\n", " 87 code python ignore", " 97   *\n", "158 ## Задание 7.3b\n"},
		"spinningup-exercises.rst": {" 12 box admonition \"Exercise 1.1: Gaussian Log-Likelihood\"\n", " 88 ## Problem Set 2: Algorithm Failure Modes\n", "105   code  python -m spinup.run trpo"},
	} {
		source, err := os.ReadFile(filepath.Join("../../../../shared/lectures/dev", name))
		if err != nil {
			t.Skipf("no corpus: %v", err)
		}
		got := pagetest.Numbered(read(t, string(source)))
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: no %q in\n%s", name, w, got)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.rst")
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
	names, _ := filepath.Glob("testdata/*.rst")
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
