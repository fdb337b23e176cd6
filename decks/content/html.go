package content

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// ParseHTML reads a piece of HTML: the text of a card or of a page's body. It
// never fails; what has no place in a Document is left out.
func ParseHTML(source string) Document {
	source = clean(source)
	if len(source) > 4*MaxLength {
		source = source[:4*MaxLength]
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(source), body)
	if err != nil {
		return plainDocument(stripTags(source))
	}
	h := &htmlReader{}
	for _, n := range nodes {
		h.node(n, 0)
	}
	h.flush()
	return Document{Blocks: h.out}
}

// stripTags is the last resort for HTML that the parser refuses, such as a
// million open elements.
func stripTags(s string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.Write(z.Text())
			b.WriteByte(' ')
		}
	}
}

// htmlReader collects blocks; run is the paragraph being read.
type htmlReader struct {
	out []Block
	run builder
}

func (h *htmlReader) flush() {
	in := h.run.done()
	h.run = builder{}
	if in = trim(in); len(in) > 0 {
		h.out = append(h.out, split(in)...)
	}
}

// inside reads the children of a node as blocks of their own.
func (h *htmlReader) inside(n *html.Node, depth int) []Block {
	var in htmlReader
	in.children(n, depth)
	in.flush()
	return in.out
}

func (h *htmlReader) children(n *html.Node, depth int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		h.node(c, depth+1)
	}
}

func (h *htmlReader) node(n *html.Node, depth int) {
	if depth > maxDepth {
		h.run.text(flatHTML(n, 0))
		return
	}
	switch n.Type {
	case html.TextNode:
		h.textMath(n.Data)
		return
	case html.ElementNode:
	default:
		return
	}
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Iframe, atom.Object, atom.Svg, atom.Head, atom.Title, atom.Textarea, atom.Select, atom.Button:
	case atom.Br:
		h.run.add(Break{})
	case atom.Hr:
		h.block(&Rule{})
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		if in := trim(settle(inlineHTML(n, depth))); len(in) > 0 {
			h.block(&Heading{Level: int(n.Data[1] - '0'), Inlines: in})
		}
	case atom.Ul, atom.Ol:
		h.list(n, depth)
	case atom.Blockquote:
		if inner := h.inside(n, depth); len(inner) > 0 {
			h.block(&Quote{Blocks: inner})
		}
	case atom.Pre:
		h.block(&Code{Lang: codeLang(n), Text: strings.TrimSuffix(preText(n, 0), "\n")})
	case atom.Table:
		if t := tableHTML(n, depth); t != nil {
			h.block(t)
		}
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Nav,
		atom.Figure, atom.Figcaption, atom.Dl, atom.Dt, atom.Dd, atom.Details, atom.Summary, atom.Address, atom.Form, atom.Li:
		h.flush()
		h.children(n, depth)
		h.flush()
	default:
		h.inline(n, depth)
	}
}

func (h *htmlReader) block(b Block) {
	h.flush()
	h.out = append(h.out, b)
}

// inline reads an element within a line into the present paragraph; blocks
// that stand inside it end the paragraph.
func (h *htmlReader) inline(n *html.Node, depth int) {
	switch n.DataAtom {
	case atom.Img:
		h.run.image(attr(n, "src"), attr(n, "alt"), attr(n, "title"))
		return
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		if s := oneLine(flatHTML(n, 0)); s != "" {
			h.run.add(CodeSpan(s))
		}
		return
	case atom.A:
		h.run.link(attr(n, "href"), settle(inlineHTML(n, depth)))
		return
	}
	if m, ok := tagMarks[n.Data]; ok && !hasBlocks(n, 0) {
		h.run.span(m, settle(inlineHTML(n, depth)))
		return
	}
	h.children(n, depth)
}

// inlineHTML reads the children of a node as one run of text.
func inlineHTML(n *html.Node, depth int) []Inline {
	in := &htmlReader{}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case depth > maxDepth:
			in.run.text(flatHTML(c, 0))
		case c.Type == html.TextNode:
			in.textMath(c.Data)
		case c.Type == html.ElementNode && c.DataAtom == atom.Br:
			in.run.add(Break{})
		case c.Type == html.ElementNode && !isBlock(c):
			sub := &htmlReader{}
			sub.node(c, depth+1)
			in.run.addAll(sub.run.done())
		case c.Type == html.ElementNode:
			in.run.text(" " + oneLine(flatHTML(c, 0)) + " ")
		}
	}
	return in.run.done()
}

// textMath reads text in which \(…\) and \[…\] are TeX, as Anki and MathJax
// pages write it.
func (h *htmlReader) textMath(s string) {
	for s != "" {
		open := strings.Index(s, `\(`)
		display := strings.Index(s, `\[`)
		at, end := open, `\)`
		if open < 0 || (display >= 0 && display < open) {
			at, end = display, `\]`
		}
		if at < 0 {
			break
		}
		stop := strings.Index(s[at+2:], end)
		if stop < 0 {
			break
		}
		h.run.text(s[:at])
		if tex := oneLine(s[at+2 : at+2+stop]); tex != "" {
			if end == `\]` {
				h.run.add(displayMath(tex))
			} else {
				h.run.add(MathSpan(tex))
			}
		}
		s = s[at+2+stop+2:]
	}
	h.run.text(foldSpace(s))
}

// foldSpace makes runs of white space one space, as a browser shows them.
func foldSpace(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		if r == ' ' || r == '\n' || r == '\t' || r == '\f' {
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	if space {
		b.WriteByte(' ')
	}
	return b.String()
}

func (h *htmlReader) list(n *html.Node, depth int) {
	l := &List{Ordered: n.DataAtom == atom.Ol, Start: 1, Tight: true}
	if !l.Ordered {
		l.Start = 0
	}
	if s, err := strconv.Atoi(attr(n, "start")); err == nil && l.Ordered && s >= 0 && s < 1e9 {
		l.Start = s
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		if c.DataAtom == atom.Ul || c.DataAtom == atom.Ol {
			if inner := h.inside2(c, depth); len(inner) > 0 && len(l.Items) > 0 {
				last := &l.Items[len(l.Items)-1]
				last.Blocks = append(last.Blocks, inner...)
			}
			continue
		}
		it := Item{Blocks: h.inside(c, depth)}
		if box := firstBox(c); box != nil {
			it.Task = TaskOpen
			if hasAttr(box, "checked") {
				it.Task = TaskDone
			}
		}
		l.Items = append(l.Items, it)
	}
	if len(l.Items) > 0 {
		l.loosen()
		h.block(l)
	}
}

func (h *htmlReader) inside2(n *html.Node, depth int) []Block {
	var in htmlReader
	in.node(n, depth+1)
	in.flush()
	return in.out
}

func firstBox(n *html.Node) *html.Node {
	c := n.FirstChild
	if c != nil && c.Type == html.ElementNode && c.DataAtom == atom.P {
		c = c.FirstChild
	}
	if c != nil && c.Type == html.ElementNode && c.DataAtom == atom.Input && attr(c, "type") == "checkbox" {
		return c
	}
	return nil
}

// maxColumns is how many columns of an HTML table are read.
const maxColumns = 100

func tableHTML(n *html.Node, depth int) *Table {
	t := &Table{}
	columns := 0
	var head bool
	var rows [][][]Inline
	var walk func(*html.Node, bool, int)
	walk = func(n *html.Node, inHead bool, level int) {
		if level > 8 {
			return
		}
		for c := n.FirstChild; c != nil && len(rows) < maxCells/maxColumns; c = c.NextSibling {
			if c.Type != html.ElementNode {
				continue
			}
			switch c.DataAtom {
			case atom.Tr:
				var row [][]Inline
				headings := 0
				for cell := c.FirstChild; cell != nil && len(row) < maxColumns; cell = cell.NextSibling {
					if cell.DataAtom == atom.Td || cell.DataAtom == atom.Th {
						row = append(row, trim(settle(inlineHTML(cell, depth+1))))
						if cell.DataAtom == atom.Th {
							headings++
						}
					}
				}
				if len(row) == 0 {
					continue
				}
				if len(rows) == 0 && (inHead || headings == len(row)) {
					head = true
				}
				columns = max(columns, len(row))
				rows = append(rows, row)
			default:
				walk(c, inHead || c.DataAtom == atom.Thead, level+1)
			}
		}
	}
	walk(n, false, 0)
	if columns == 0 {
		return nil
	}
	for i := range rows {
		for len(rows[i]) < columns {
			rows[i] = append(rows[i], nil)
		}
	}
	t.Align = make([]Align, columns)
	if head {
		t.Head, rows = rows[0], rows[1:]
	}
	t.Rows = rows
	return t
}

func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Ul, atom.Ol, atom.Li, atom.Table, atom.Blockquote, atom.Pre,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Hr, atom.Figure, atom.Dl, atom.Dt, atom.Dd, atom.Details, atom.Summary:
		return true
	}
	return false
}

func hasBlocks(n *html.Node, depth int) bool {
	if depth > maxDepth {
		return false
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (isBlock(c) || hasBlocks(c, depth+1)) {
			return true
		}
	}
	return false
}

// flatHTML is the text under a node, to a bound in depth.
func flatHTML(n *html.Node, depth int) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if depth > 600 || n.DataAtom == atom.Script || n.DataAtom == atom.Style {
		return ""
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(flatHTML(c, depth+1))
	}
	return b.String()
}

// preText is flatHTML with <br> as a new line.
func preText(n *html.Node, depth int) string {
	if n.Type == html.ElementNode && n.DataAtom == atom.Br {
		return "\n"
	}
	if n.Type == html.TextNode {
		return n.Data
	}
	if depth > 600 {
		return ""
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(preText(c, depth+1))
	}
	return b.String()
}

func codeLang(pre *html.Node) string {
	for _, n := range []*html.Node{pre, pre.FirstChild} {
		if n == nil {
			continue
		}
		for _, class := range strings.Fields(attr(n, "class")) {
			for _, prefix := range []string{"language-", "lang-"} {
				if lang, ok := strings.CutPrefix(class, prefix); ok {
					return lang
				}
			}
		}
	}
	return ""
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
