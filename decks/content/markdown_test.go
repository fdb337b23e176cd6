package content

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMarkdown(t *testing.T) {
	for _, c := range []struct {
		doc  []Block
		want string
	}{
		{[]Block{&Paragraph{Inlines: []Inline{Text("Раз "), &Span{Mark: Strong, Inlines: []Inline{Text("два")}}, Text(", 2*2 и snake_case.")}}},
			"Раз **два**, 2\\*2 и snake_case.\n"},
		{[]Block{&Paragraph{Inlines: []Inline{Text("1. не список")}}}, "1\\. не список\n"},
		{[]Block{&Paragraph{Inlines: []Inline{Text("от $5 до $6")}}}, "от \\$5 до \\$6\n"},
		{[]Block{&Paragraph{Inlines: []Inline{Text("слово"), &Span{Mark: Strong, Inlines: []Inline{Text("часть")}}, Text("слово")}}},
			"слово<strong>часть</strong>слово\n"},
		{[]Block{&Paragraph{Inlines: []Inline{MathSpan("a$ b"), Text("1"), MathSpan("x"), Text("2")}}}, "\\(a$ b\\)<!-- -->1$x$<!-- -->2\n"},
		{[]Block{&List{Tight: true, Items: []Item{{Task: TaskOpen, Blocks: []Block{&Paragraph{Inlines: []Inline{&Span{Mark: Strong, Inlines: []Inline{Text("bold")}}}}}},
			{Task: TaskDone, Blocks: []Block{&Paragraph{Inlines: []Inline{Text("да")}}}}}}}, "- [ ] **bold**\n- [x] да\n"},
		{[]Block{&List{Items: []Item{{}}, Tight: true}, &List{Tight: true, Items: []Item{{Blocks: []Block{&Rule{}}}}}}, "- <!-- -->\n\n* ___\n"},
		{[]Block{&Code{Lang: "md", Text: "```\nx\n```"}}, "````md\n```\nx\n```\n````\n"},
	} {
		if got := Markdown(Document{c.doc}); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// Whatever Parse makes of a text, Markdown writes it so that Parse makes the
// same of it again.
func TestMarkdownReadsBack(t *testing.T) {
	pieces := rapid.SampledFrom([]string{"а", "б ", "x", "1", " ", "\n", "\n\n", "\n  ", "\n> ", "\n- ", "\n1. ", "\n# ", "*", "**", "_", "~~", "==", "$", "$$", "`", "``",
		"\n```\n", "\\", "\\(", "\\)", "\\[", "\\]", "[", "](u)", "](https://e.org)", "![", "](a.png)", "<b>", "</b>", "<br>", "<sub>", "</sub>", "<code>", "</code>",
		"|", "\n|-|-|\n", "\n---\n", "\n===\n", "&amp;", "&", ";", "!", "[ ] ", "[x] ", "https://e.org", "www.e.org", "a@b.cd", ":", ".", ")", "(", "+", "«", "—", "\t", "\"", "'", "5", "7. "})
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(pieces, 0, 24).Draw(t, "s"), "")
		readsBack(t, Parse(s))
	})
}

func TestMarkdownOfADocument(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Document{genBlocks(t, 0)}
		// How tight a list may be is for Parse to say; the rest is as it was.
		again := Parse(Markdown(d))
		loose := regexp.MustCompile(`(content\.List (?:true|false) \d+) (?:true|false)`)
		if got, want := loose.ReplaceAllString(dump(again), "$1"), loose.ReplaceAllString(dump(d), "$1"); got != want {
			t.Fatalf("%q reads back as\n%s\nwas\n%s", Markdown(d), got, want)
		}
		readsBack(t, again)
	})
}

func readsBack(t interface{ Fatalf(string, ...any) }, d Document) {
	md := Markdown(d)
	again := Parse(md)
	if got, want := dump(again), dump(d); got != want {
		t.Fatalf("%q reads back as\n%s\nwas\n%s", md, got, want)
	}
	if HTML(again) != HTML(d) {
		t.Fatalf("%q: %s, was %s", md, HTML(again), HTML(d))
	}
}

// dump writes a tree so that no two differ alike.
func dump(d Document) string {
	var b strings.Builder
	var inlines func([]Inline)
	inlines = func(in []Inline) {
		for _, x := range in {
			switch x := x.(type) {
			case *Span:
				fmt.Fprintf(&b, "<%d ", x.Mark)
				inlines(x.Inlines)
				b.WriteString(">")
			case *Link:
				fmt.Fprintf(&b, "[%q ", x.URL)
				inlines(x.Inlines)
				b.WriteString("]")
			case *Image:
				fmt.Fprintf(&b, "%#v", *x)
			default:
				fmt.Fprintf(&b, "%T%#v", x, x)
			}
		}
	}
	var blocks func([]Block, string)
	blocks = func(bs []Block, indent string) {
		for _, blk := range bs {
			fmt.Fprintf(&b, "\n%s%T ", indent, blk)
			switch blk := blk.(type) {
			case *Paragraph:
				inlines(blk.Inlines)
			case *Heading:
				fmt.Fprint(&b, blk.Level)
				inlines(blk.Inlines)
			case *List:
				fmt.Fprint(&b, blk.Ordered, blk.Start, blk.Tight)
				for _, it := range blk.Items {
					fmt.Fprintf(&b, "\n%s* %d", indent, it.Task)
					blocks(it.Blocks, indent+"  ")
				}
			case *Quote:
				blocks(blk.Blocks, indent+"  ")
			case *Table:
				fmt.Fprint(&b, blk.Align)
				for _, r := range append([][][]Inline{blk.Head}, blk.Rows...) {
					b.WriteString("\n" + indent)
					for _, c := range r {
						inlines(c)
						b.WriteString("|")
					}
				}
			case *Code:
				fmt.Fprintf(&b, "%#v", *blk)
			case *Math:
				fmt.Fprintf(&b, "%#v", *blk)
			case *Picture:
				fmt.Fprintf(&b, "%#v", *blk)
			}
		}
	}
	blocks(d.Blocks, "")
	return b.String()
}

var genWord = rapid.StringOfN(rapid.SampledFrom([]rune("абвxyz0159 .,:;!?*_~=`$\\[](){}<>&|#+-@\"'/«»—Ёй")), 1, 12, -1)

// genText draws text as Parse gives it: no space at its ends.
func genText(t *rapid.T) Text {
	s := strings.Join(strings.Fields(genWord.Draw(t, "text")), " ")
	if s == "" {
		s = "да"
	}
	return Text(s)
}

// genInlines draws a run in which no two pieces are plain text in a row.
func genInlines(t *rapid.T, depth int, image bool) []Inline {
	var out []Inline
	for range rapid.IntRange(1, 4).Draw(t, "n") {
		kind := rapid.IntRange(0, 8).Draw(t, "kind")
		text := false
		if n := len(out); n > 0 {
			_, text = out[n-1].(Text)
		}
		switch {
		case kind <= 1 && !text:
			out = append(out, genText(t))
		case kind == 2 && depth < 3:
			m := Mark(rapid.IntRange(0, int(Superscript)).Draw(t, "mark"))
			in := genInlines(t, depth+1, image)
			if s, ok := in[0].(*Span); ok && len(in) == 1 && s.Mark == m {
				in = s.Inlines
			}
			out = append(out, &Span{Mark: m, Inlines: in})
		case kind == 3:
			out = append(out, CodeSpan(rapid.SampledFrom([]string{"x", "a|b", "`", "a``b", "\\", "a b", "<b>"}).Draw(t, "code")))
		case kind == 4:
			out = append(out, MathSpan(rapid.SampledFrom([]string{"x_1*y", `\frac{a}{b}`, "P(a|b)", `5\$`, "a$ b", `\text{(a)}`, "5"}).Draw(t, "tex")))
		case kind == 5 && depth == 0 && !image:
			out = append(out, &Link{URL: "https://e.org/(a)_b?c&d;#f", Inlines: genInlines(t, 2, true)})
		case kind == 6 && depth > 0:
			out = append(out, &Image{Src: "a b_(1).png", Alt: string(genText(t))})
		case kind == 7 && len(out) > 0:
			out = append(out, Break{})
		}
	}
	for len(out) > 0 {
		if _, ok := out[len(out)-1].(Break); !ok {
			break
		}
		out = out[:len(out)-1]
	}
	if len(out) == 0 {
		out = []Inline{genText(t)}
	}
	return out
}

func genBlocks(t *rapid.T, depth int) []Block {
	var out []Block
	for range rapid.IntRange(1, 3).Draw(t, "blocks") {
		out = append(out, genBlock(t, depth))
	}
	return out
}

func genBlock(t *rapid.T, depth int) Block {
	kind := rapid.IntRange(0, 9).Draw(t, "block")
	if depth > 2 && (kind == 2 || kind == 3) {
		kind = 0
	}
	switch kind {
	case 1:
		return &Heading{Level: rapid.IntRange(1, 6).Draw(t, "level"), Inlines: genInlines(t, 0, false)}
	case 2:
		return &Quote{Blocks: genBlocks(t, depth+1)}
	case 3:
		l := &List{Ordered: rapid.Bool().Draw(t, "ordered")}
		if l.Ordered {
			l.Start = rapid.SampledFrom([]int{0, 1, 7, 99}).Draw(t, "start")
		}
		for range rapid.IntRange(1, 3).Draw(t, "items") {
			it := Item{Blocks: genBlocks(t, depth+1)}
			if rapid.IntRange(0, 3).Draw(t, "task") == 0 {
				it.Task = Task(rapid.IntRange(int(TaskOpen), int(TaskDone)).Draw(t, "state"))
				it.Blocks[0] = &Paragraph{Inlines: genInlines(t, 0, false)}
			}
			l.Items = append(l.Items, it)
		}
		l.Tight = rapid.Bool().Draw(t, "tight")
		l.loosen()
		return l
	case 4:
		return &Code{Lang: rapid.SampledFrom([]string{"", "go", "c++"}).Draw(t, "lang"),
			Text: rapid.SampledFrom([]string{"", "x", "a\n\n  b", "```", "- x\n> y", "    z"}).Draw(t, "code")}
	case 5:
		return &Math{TeX: rapid.SampledFrom([]string{"x", "a\n+ b", `\frac{a}{b}`, "# x"}).Draw(t, "tex")}
	case 6:
		cols := rapid.IntRange(1, 3).Draw(t, "cols")
		row := func() [][]Inline {
			var r [][]Inline
			for range cols {
				r = append(r, genInlines(t, 1, false))
			}
			return r
		}
		tab := &Table{Head: row()}
		if rapid.IntRange(0, 3).Draw(t, "head") == 0 {
			tab.Head = nil
		}
		for range cols {
			tab.Align = append(tab.Align, Align(rapid.IntRange(0, 3).Draw(t, "align")))
		}
		for range rapid.IntRange(0, 2).Draw(t, "rows") {
			tab.Rows = append(tab.Rows, row())
		}
		return tab
	case 7:
		return &Rule{}
	case 8:
		return &Picture{Src: "папка/a(1).svg", Alt: string(genText(t)), Title: string(genText(t))}
	}
	return &Paragraph{Inlines: genInlines(t, 0, false)}
}

// HTML says more than Markdown can; no word of it is lost.
func TestMarkdownOfHTML(t *testing.T) {
	pieces := rapid.SampledFrom([]string{"а", " б ", "1. ", "* ", "$x$", `\(`, `\)`, `\[y\]`, "<p>", "</p>", "<div>", "</div>", "<ul>", "<ol start=3>", "</ul>", "<li>", "<b>", "</b>",
		"<table>", "<tr>", "<td>", "<th>", "</table>", "<pre>", "</pre>", "<code>", "</code>", "<br>", "<h2>", "</h2>", "<blockquote>", "</blockquote>", "<hr>", "<img src=a.png alt=в>",
		"<a href=https://e.org>", "</a>", "&lt;", "&amp;amp;", "|", "`", "[", "]", "<input type=checkbox>", "\n", "\t"})
	bare := func(d Document) string { return strings.Join(strings.Fields(Plain(d)), "") }
	rapid.Check(t, func(t *rapid.T) {
		d := ParseHTML(strings.Join(rapid.SliceOfN(pieces, 0, 20).Draw(t, "s"), ""))
		md := Markdown(d)
		if got, want := bare(Parse(md)), bare(d); got != want {
			t.Fatalf("%q: %q, was %q\n%s", md, got, want, dump(d))
		}
	})
}

func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{"- [ ] **b**", "- - - >", "$$\nx\n$$", "|a|\n|-|\n|b|", "> - > - x", "==a==b", "1. a\n\n2. b", "a  \nb\\\nc", "![a](b.png \"c\")"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := Parse(s)
		if hostile(Markdown(d)) {
			return // read as plain text
		}
		if got, want := Plain(Parse(Markdown(d))), Plain(d); strings.Join(strings.Fields(got), "") != strings.Join(strings.Fields(want), "") {
			t.Fatalf("%q: %q, was %q", Markdown(d), got, want)
		}
	})
}
