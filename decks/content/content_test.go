package content

import (
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseThroughHTML(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"paragraphs", "Раз\nдва\n\nтри", "<p>Раз два</p>\n<p>три</p>\n"},
		{"marks", "**жирно** *курсив* ~~нет~~ ==важно==", "<p><strong>жирно</strong> <em>курсив</em> <s>нет</s> <mark>важно</mark></p>\n"},
		{"hard break", "раз  \nдва\\\nтри", "<p>раз<br>\nдва<br>\nтри</p>\n"},
		{"escapes", `\*не курсив\* 5 \$`, "<p>*не курсив* 5 $</p>\n"},
		{"inline maths keeps its stars", "a $x_1*y_1*z$ b", `<p>a \(x_1*y_1*z\) b</p>` + "\n"},
		{"bracket maths", `\(a_b\) и \[c\]`, `<p>\(a_b\) и</p>` + "\n" + `<p>\[c\]</p>` + "\n"},
		{"money", "от $5 до $6 и $7", "<p>от $5 до $6 и $7</p>\n"},
		{"a digit behind the dollar", "$a$5", "<p>$a$5</p>\n"},
		{"display", "до\n\n$$\n\\frac{a}{b}\n$$\n\nпосле", "<p>до</p>\n" + `<p>\[\frac{a}{b}\]</p>` + "\n<p>после</p>\n"},
		{"display on one line", "$$p_i = \\frac{e^{z_i}}{\\sum_j e^{z_j}}$$", `<p>\[p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}\]</p>` + "\n"},
		{"display within text", "так $$x$$ вот", "<p>так</p>\n" + `<p>\[x\]</p>` + "\n<p>вот</p>\n"},
		{"dollars without an end", "$$ никогда", "<p>$$ никогда</p>\n"},
		{"list", "- раз\n- два\n  1. а\n  2. б", "<ul>\n<li>раз</li>\n<li>два<ol>\n<li>а</li>\n<li>б</li>\n</ol>\n</li>\n</ul>\n"},
		{"list from seven", "7. а\n8. б", "<ol start=\"7\">\n<li>а</li>\n<li>б</li>\n</ol>\n"},
		{"task with bold", "- [ ] **bold**\n- [x] `code`", "<ul>\n<li><input type=\"checkbox\" disabled> <strong>bold</strong></li>\n<li><input type=\"checkbox\" checked disabled> <code>code</code></li>\n</ul>\n"},
		{"a link is no task", "- [x](https://e.org)\n- <code>a<br>b</code>", "<ul>\n<li><a href=\"https://e.org\">x</a></li>\n<li><code>a b</code></li>\n</ul>\n"},
		{"table", "| а | $b$ |\n|:-:|--:|\n| 1 | **2** |", "<table>\n<thead>\n<tr><th style=\"text-align:center\">а</th><th style=\"text-align:right\">\\(b\\)</th></tr>\n</thead>\n<tr><td style=\"text-align:center\">1</td><td style=\"text-align:right\"><strong>2</strong></td></tr>\n</table>\n"},
		{"code", "```go\nfunc f() {}\n```", "<pre><code class=\"language-go\">func f() {}</code></pre>\n"},
		{"quote and rule", "> цитата\n\n---", "<blockquote>\n<p>цитата</p>\n</blockquote>\n<hr>\n"},
		{"tags", "H<sub>2</sub>O <b>да</b> <u>под</u> a<br>b <script>alert(1)</script>c", "<p>H<sub>2</sub>O <strong>да</strong> <u>под</u> a<br>\nb c</p>\n"},
		{"an html block", "<div><p>раз</p><ul><li>два</li></ul></div>", "<p>раз</p>\n<ul>\n<li>два</li>\n</ul>\n"},
		{"links", "[да](https://example.org/a) [нет](javascript:alert(1)) https://example.org", "<p><a href=\"https://example.org/a\">да</a> нет <a href=\"https://example.org\">https://example.org</a></p>\n"},
		{"addresses", "a@b.cd x`c@d.ef` y$z@d.ef$", "<p><a href=\"mailto:a@b.cd\">a@b.cd</a> x<code>c@d.ef</code> y\\(z@d.ef\\)</p>\n"},
		{"a picture alone", `![схема](stages.svg "Этапы")`, "<p><img src=\"stages.svg\" alt=\"схема\" title=\"Этапы\"></p>\n"},
		{"a picture with a space", `![](my%20plot.png) ![](<a b.png>) ![](100%.png) ![](%2e%2e%2fpasswd)`, "<p><img src=\"my plot.png\" alt=\"\"> <img src=\"a b.png\" alt=\"\"> <img src=\"100%25.png\" alt=\"\"></p>\n"},
		{"a picture in a line", "вот ![i](a.png) так", "<p>вот <img src=\"a.png\" alt=\"i\"> так</p>\n"},
		{"a picture outside the folder", "![тайна](../../etc/passwd) ![x](http://e.org/x.png)", "<p>тайна x</p>\n"},
		{"headings", "# Раз\n\nДва\n---", "<h1>Раз</h1>\n<h2>Два</h2>\n"},
		{"escaped entities", `\&lt; &amp;lt; AT&T &copy=1 &notit; &#1105;`, "<p>&amp;lt; &amp;lt; AT&amp;T &amp;copy=1 &amp;notit; ё</p>\n"},
		{"escapes in links", `[a](http://e.org/x\_y?a&amp;b) ![b](c\_d.png "q&quot;")`, `<p><a href="http://e.org/x_y?a&amp;b">a</a> <img src="c_d.png" alt="b"></p>` + "\n"},
		{"text behind a formula", "$$\nx\n$$ и далее", `<p>\[x\]</p>` + "\n<p>и далее</p>\n"},
		{"a bracket in a formula", "$$\n\\begin{array}{c} a \\\\] b\n\\end{array}\n$$", `<p>\[\begin{array}{c} a \\] b` + "\n" + `\end{array}\]</p>` + "\n"},
		{"a pipe in a table", "| a |\n|---|\n| $P(x\\|y)$ `a\\|b` c\\|d |", "<table>\n<thead>\n<tr><th>a</th></tr>\n</thead>\n<tr><td>\\(P(x|y)\\) <code>a|b</code> c|d</td></tr>\n</table>\n"},
		{"a line of dashes", "---------------------------------------------------------------------- x\n\n**да**", "<p>---------------------------------------------------------------------- x</p>\n<p><strong>да</strong></p>\n"},
		{"entities", "&lt;b&gt; &amp;&nbsp;c", "<p>&lt;b&gt; &amp;\u00a0c</p>\n"},
	} {
		if got := HTML(Parse(c.in)); got != c.want {
			t.Errorf("%s: %q\n got %q\nwant %q", c.name, c.in, got, c.want)
		}
	}
}

func TestParseHTML(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"Anki's divs", "раз<div>два</div><div>три<br>четыре</div>", "<p>раз</p>\n<p>два</p>\n<p>три<br>\nчетыре</p>\n"},
		{"maths", `так \(a&lt;b\) и \[c\]`, `<p>так \(a&lt;b\) и</p>` + "\n" + `<p>\[c\]</p>` + "\n"},
		{"marks", "<b>раз <i>два</i></b>", "<p><strong>раз <em>два</em></strong></p>\n"},
		{"a block within a mark", "<b><p>раз</p></b>", "<p>раз</p>\n"},
		{"lists", "<ol start=3><li>а<ul><li>б</ul></ol>", "<ol start=\"3\">\n<li>а<ul>\n<li>б</li>\n</ul>\n</li>\n</ol>\n"},
		{"table", "<table><tr><th>а<th>б<tr><td>1</table>", "<table>\n<thead>\n<tr><th>а</th><th>б</th></tr>\n</thead>\n<tr><td>1</td><td></td></tr>\n</table>\n"},
		{"nothing that runs", `<img src=x onerror=alert(1)><svg onload=f()></svg><style>p{}</style><a href="javascript:f()">a</a>`, "<p><img src=\"x\" alt=\"\">a</p>\n"},
		{"code", "<pre class=\"language-py\">a\n  b</pre><code>c  d</code>", "<pre><code class=\"language-py\">a\n  b</code></pre>\n<p><code>c d</code></p>\n"},
	} {
		if got := HTML(ParseHTML(c.in)); got != c.want {
			t.Errorf("%s: %q\n got %q\nwant %q", c.name, c.in, got, c.want)
		}
	}
}

func TestPlainAndSearch(t *testing.T) {
	d := Parse("# Ёж\n\nРаз **два** $x_1$:\n\n- а\n- б\n\n![схема](s.svg)\n")
	want := "Ёж\n\nРаз два x_1:\n\n• а\n• б\n\nсхема"
	if got := Plain(d); got != want {
		t.Errorf("Plain: %q, want %q", got, want)
	}
	if got, want := Search(d), "еж раз два x_1: • а • б схема"; got != want {
		t.Errorf("Search: %q, want %q", got, want)
	}
	if got := Pictures(d); len(got) != 1 || got[0] != "s.svg" {
		t.Errorf("Pictures: %q", got)
	}
	if got := Line(d, 8); got != "Ёж Раз…" {
		t.Errorf("Line: %q", got)
	}
}

func TestHostileInputStaysSmall(t *testing.T) {
	for name, in := range map[string]string{
		"quotes":     strings.Repeat(">", 1<<19) + "x",
		"quotes all": strings.Repeat("> ", 1<<18),
		"numbers":    strings.Repeat("1. ", 1<<18) + "x",
		"images":     strings.Repeat("![", 1<<18),
		"angles":     strings.Repeat("<", 1<<19),
		"amps":       strings.Repeat("&", 1<<19),
		"brackets $": strings.Repeat(`\(`, 1<<18),
		"equals":     strings.Repeat("==a", 1<<17),
		"steps":      steps(700),
		"words":      strings.Repeat("*a* ", 1<<17),
		"spans":      strings.Repeat("<b>", 1<<11) + strings.Repeat("</i>", 1<<12),
		"slashes":    strings.Repeat(`\`, 1<<19),
		"refs":       strings.Repeat("[a]: b\n", 900) + strings.Repeat("[a] ", 900),
		"lists":      strings.Repeat("- ", 1<<18) + "x",
		"brackets":   strings.Repeat("[", 1<<19),
		"stars":      strings.Repeat("*a_", 1<<18),
		"dollars":    strings.Repeat("$a", 1<<18),
		"tags":       strings.Repeat("<b>", 1<<17),
		"html":       strings.Repeat("<div>", 1<<17),
		"ticks":      strings.Repeat("`a", 1<<18),
		"tables":     "|a|\n|-|\n" + strings.Repeat("|b|\n", 1<<15),
		"nested":     strings.Repeat("> - ", 60) + "x",
		"dollars up": strings.Repeat("$$\nx\n", 1<<15),
		"run of =":   strings.Repeat("=", 1<<20),
		"run of ~":   "a" + strings.Repeat("~", 1<<20-1),
		"wide table": strings.Repeat("|a", 1000) + "|\n" + strings.Repeat("|-", 1000) + "|\n" + strings.Repeat("b\n", 1<<18),
		"wide cells": "<table><tr>" + strings.Repeat("<td>", 1000) + strings.Repeat("<tr><td>", 1<<16),
	} {
		for kind, d := range map[string]Document{"Markdown": Parse(in), "HTML": ParseHTML(in)} {
			if depth := depthOf(d.Blocks); depth > maxDepth+2 {
				t.Errorf("%s as %s nests %d deep", name, kind, depth)
			}
			if cells := cellsOf(d.Blocks); cells > maxCells+maxColumns {
				t.Errorf("%s as %s has %d cells", name, kind, cells)
			}
		}
	}
}

// Reading twice as much copies about twice as much, not four times.
func TestWorkGrowsWithLength(t *testing.T) {
	copied := func(s string, read func(string) Document) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		d := read(s)
		Plain(d)
		HTML(d)
		Markdown(d)
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	for name, piece := range map[string]string{
		"lines": "a\n", "breaks": "a\\\n", "tags": "a<b></b>", "spans": "a<span>b</span> ", "code": "a `b`\n", "entities": "&lt;a\n", "items": "- a\n", "links": "https://a.b c\n",
	} {
		for kind, read := range map[string]func(string) Document{"Markdown": Parse, "HTML": ParseHTML} {
			const n = 1500 // below what Parse refuses to read as Markdown
			once := copied(strings.Repeat(piece, n), read)
			if four := copied(strings.Repeat(piece, 4*n), read); four > 8*once {
				t.Errorf("%s as %s: %d bytes for %d pieces, %d for four times as many", name, kind, once, n, four)
			}
		}
	}
}

func cellsOf(blocks []Block) (n int) {
	for _, b := range blocks {
		if t, ok := b.(*Table); ok {
			n += len(t.Align) * (len(t.Rows) + 1)
		}
	}
	return n
}

// steps is a list that goes one level deeper in every line.
func steps(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat("  ", i) + "- x\n")
	}
	return b.String()
}

func depthOf(blocks []Block) int {
	deepest := 0
	for _, b := range blocks {
		d := 0
		switch b := b.(type) {
		case *Quote:
			d = depthOf(b.Blocks)
		case *List:
			for _, it := range b.Items {
				d = max(d, depthOf(it.Blocks))
			}
		}
		deepest = max(deepest, d+1)
	}
	return deepest
}

func TestTextHoldsNoNewline(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom([]rune("абв \n\r\t*_`$\\[]()<>/b#-|=~!&;0"))).Draw(t, "s")
		for _, d := range []Document{Parse(s), ParseHTML(s)} {
			Walk(d, nil, func(x Inline) {
				if txt, ok := x.(Text); ok && (strings.ContainsAny(string(txt), "\n\r") || txt == "") {
					t.Fatalf("%q gives the text %q", s, txt)
				}
				switch x.(type) {
				case displayMath, *titledImage:
					t.Fatalf("%q leaves a %T in the tree", s, x)
				}
			})
		}
	})
}

func TestColour(t *testing.T) {
	src := "def f(x):  # ок\n    return \"ё\" + 1\n"
	lines := Colour("python", src)
	var back strings.Builder
	kinds := map[TokenKind]bool{}
	for i, l := range lines {
		if i > 0 {
			back.WriteByte('\n')
		}
		for _, tok := range l {
			back.WriteString(tok.Text)
			kinds[tok.Kind] = true
		}
	}
	if back.String() != src {
		t.Errorf("the text changed: %q", back.String())
	}
	for _, k := range []TokenKind{TokenKeyword, TokenString, TokenNumber, TokenComment} {
		if !kinds[k] {
			t.Errorf("no token of kind %d", k)
		}
	}
	if got := Colour("no such language", "a\n\nb"); len(got) != 3 || got[0][0].Kind != TokenPlain {
		t.Errorf("unknown language: %v", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"- [ ] **b**", "$$\nx\n$$", "|a|\n|-|\n|b|", "<b>x</i>", "> - > - x", `\[x\]`, "==a==", "![a](b \"c\")"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := Parse(s)
		HTML(d)
		Search(d)
		Pictures(d)
	})
}

func FuzzParseHTML(f *testing.F) {
	for _, s := range []string{"<p>a<b>c", "<table><tr><td>", "<ul><li><ul><li>x", "<pre>a<br>b", `<img src="../x">`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := ParseHTML(s)
		HTML(d)
		Search(d)
	})
}
