package content

import (
	"html"
	"strconv"
	"strings"
)

// HTML writes a document as safe HTML: everything is escaped, pictures keep
// their media names, TeX stands between \( \) and \[ \].
func HTML(d Document) string { return Page{}.HTML(d) }

// Page writes documents as HTML does, for a page that shows formulas and
// pictures in its own way. Either function may be nil.
type Page struct {
	Formula func(tex string, display bool) string   // markup for TeX
	Source  func(name string) (url string, ok bool) // where a picture is; not ok: its words are shown
}

// HTML writes a document as safe HTML, as far as Formula gives safe markup.
func (p Page) HTML(d Document) string {
	b := &htmlWriter{Page: p}
	htmlBlocks(b, d.Blocks, false)
	return b.String()
}

type htmlWriter struct {
	strings.Builder
	Page
}

func (b *htmlWriter) formula(tex string, display bool) {
	switch {
	case b.Formula != nil:
		b.WriteString(b.Formula(tex, display))
	case display:
		b.WriteString(`\[` + html.EscapeString(tex) + `\]`)
	default:
		b.WriteString(`\(` + html.EscapeString(tex) + `\)`)
	}
}

func htmlBlocks(b *htmlWriter, blocks []Block, tight bool) {
	for _, blk := range blocks {
		htmlBlock(b, blk, tight)
	}
}

func htmlBlock(b *htmlWriter, blk Block, tight bool) {
	wrap := func(tag string, in []Inline) {
		b.WriteString("<" + tag + ">")
		htmlInlines(b, in)
		b.WriteString("</" + tag + ">\n")
	}
	switch blk := blk.(type) {
	case *Paragraph:
		if tight {
			htmlInlines(b, blk.Inlines)
			return
		}
		wrap("p", blk.Inlines)
	case *Heading:
		wrap("h"+strconv.Itoa(min(max(blk.Level, 1), 6)), blk.Inlines)
	case *List:
		htmlList(b, blk)
	case *Quote:
		b.WriteString("<blockquote>\n")
		htmlBlocks(b, blk.Blocks, false)
		b.WriteString("</blockquote>\n")
	case *Code:
		b.WriteString("<pre><code")
		if blk.Lang != "" {
			b.WriteString(` class="language-` + html.EscapeString(blk.Lang) + `"`)
		}
		b.WriteString(">" + html.EscapeString(blk.Text) + "</code></pre>\n")
	case *Math:
		b.WriteString("<p>")
		b.formula(blk.TeX, true)
		b.WriteString("</p>\n")
	case *Table:
		htmlTable(b, blk)
	case *Rule:
		b.WriteString("<hr>\n")
	case *Picture:
		b.WriteString("<p>")
		htmlImage(b, blk.Src, blk.Alt, blk.Title)
		b.WriteString("</p>\n")
	}
}

func htmlList(b *htmlWriter, l *List) {
	tag := "ul"
	if l.Ordered {
		tag = "ol"
	}
	b.WriteString("<" + tag)
	if l.Ordered && l.Start != 1 {
		b.WriteString(` start="` + strconv.Itoa(l.Start) + `"`)
	}
	b.WriteString(">\n")
	for _, it := range l.Items {
		b.WriteString("<li>")
		switch it.Task {
		case TaskOpen:
			b.WriteString(`<input type="checkbox" disabled> `)
		case TaskDone:
			b.WriteString(`<input type="checkbox" checked disabled> `)
		}
		htmlBlocks(b, it.Blocks, l.Tight)
		b.WriteString("</li>\n")
	}
	b.WriteString("</" + tag + ">\n")
}

func htmlTable(b *htmlWriter, t *Table) {
	row := func(cells [][]Inline, tag string) {
		b.WriteString("<tr>")
		for i, c := range cells {
			b.WriteString("<" + tag)
			if i < len(t.Align) && t.Align[i] != AlignNone {
				b.WriteString(` style="text-align:` + [...]string{"", "left", "center", "right"}[t.Align[i]] + `"`)
			}
			b.WriteString(">")
			htmlInlines(b, c)
			b.WriteString("</" + tag + ">")
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("<table>\n")
	if len(t.Head) > 0 {
		b.WriteString("<thead>\n")
		row(t.Head, "th")
		b.WriteString("</thead>\n")
	}
	for _, r := range t.Rows {
		row(r, "td")
	}
	b.WriteString("</table>\n")
}

var markTags = [...]string{
	Emphasis: "em", Strong: "strong", Strike: "s", Underline: "u", Highlight: "mark", Subscript: "sub", Superscript: "sup",
}

func htmlInlines(b *htmlWriter, in []Inline) {
	for _, x := range in {
		switch x := x.(type) {
		case Text:
			b.WriteString(html.EscapeString(string(x)))
		case *Span:
			tag := markTags[x.Mark]
			b.WriteString("<" + tag + ">")
			htmlInlines(b, x.Inlines)
			b.WriteString("</" + tag + ">")
		case CodeSpan:
			b.WriteString("<code>" + html.EscapeString(string(x)) + "</code>")
		case MathSpan:
			b.formula(string(x), false)
		case *Link:
			if url, ok := safeURL(x.URL); ok {
				b.WriteString(`<a href="` + html.EscapeString(url) + `">`)
				htmlInlines(b, x.Inlines)
				b.WriteString("</a>")
			} else {
				htmlInlines(b, x.Inlines)
			}
		case *Image:
			htmlImage(b, x.Src, x.Alt, "")
		case Break:
			b.WriteString("<br>\n")
		}
	}
}

// percent keeps a name's own percent signs from being read as an escape.
var percent = strings.NewReplacer("%", "%25")

func htmlImage(b *htmlWriter, src, alt, title string) {
	name, ok := mediaName(src)
	if !ok {
		b.WriteString(html.EscapeString(alt))
		return
	}
	url := percent.Replace(name)
	if b.Source != nil {
		if url, ok = b.Source(name); !ok {
			b.WriteString(html.EscapeString(alt))
			return
		}
	}
	b.WriteString(`<img src="` + html.EscapeString(url) + `" alt="` + html.EscapeString(alt) + `"`)
	if title != "" {
		b.WriteString(` title="` + html.EscapeString(title) + `"`)
	}
	b.WriteString(">")
}
