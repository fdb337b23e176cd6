package lecture

import (
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var htmlSign = regexp.MustCompile(`(?i)<!doctype html|<html[\s>]|<body[\s>]`)

func sniffHTML(text string) bool {
	head := text[:min(len(text), 4000)]
	return htmlSign.MatchString(head)
}

// readHTML reads a saved page: the main content, with what surrounds it marked
// as furniture.
func readHTML(text string) (*Page, error) {
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return readText(tagless(text)) // nested beyond what any page needs
	}
	p := &Page{Format: "html"}
	r := htmlReader{page: p}
	if e := find(root, atom.Html, 0); e != nil {
		p.Lang, _, _ = strings.Cut(attr(e, "lang"), "-")
	}
	if e := find(root, atom.Title, 0); e != nil {
		p.Title = strings.Join(strings.Fields(textOf(e, 0)), " ")
	}
	body := find(root, atom.Body, 0)
	if body == nil {
		return p, nil
	}
	main := find(body, atom.Main, 0)
	if main == nil {
		main = find(body, atom.Article, 0)
	}
	if main == nil {
		main = body
	}
	r.children(main, 0)
	r.flush()
	for _, b := range p.Blocks {
		if b.Kind == Heading && b.Level == 1 {
			p.Title = b.Plain()
			break
		}
	}
	return p, nil
}

// tagless is the text of HTML that the parser refuses, a line each run.
func tagless(text string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.Write(z.Text())
			b.WriteByte('\n')
		}
	}
}

const htmlDepth = 400

type htmlReader struct {
	page *Page
	run  strings.Builder
	line int
	list int // how many lists are open
}

func (r *htmlReader) add(b Block) {
	r.line++
	b.Line = r.line
	b.Text = strings.TrimSpace(b.Text)
	if b.Text != "" {
		r.page.Blocks = append(r.page.Blocks, b)
	}
}

func (r *htmlReader) flush() {
	s := r.run.String()
	r.run.Reset()
	if s = strings.Join(strings.Fields(s), " "); s != "" {
		b := Block{Text: s}
		if r.list > 0 {
			b.Level = r.list
		}
		r.add(b)
	}
}

func (r *htmlReader) children(n *html.Node, depth int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c, depth+1)
	}
}

func (r *htmlReader) node(n *html.Node, depth int) {
	if depth > htmlDepth {
		return
	}
	if n.Type == html.TextNode {
		r.run.WriteString(escape(n.Data))
		return
	}
	if n.Type != html.ElementNode || skipped(n) {
		return
	}
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		r.flush()
		r.add(Block{Kind: Heading, Level: int(n.Data[1] - '0'), Text: inlineOf(n, 0)})
	case atom.Ul, atom.Ol:
		r.flush()
		r.list++
		num := 0
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && c.DataAtom == atom.Li {
				num++
				mark := "•"
				if n.DataAtom == atom.Ol {
					mark = fmt.Sprintf("%d.", num)
				}
				r.entry(c, mark, depth+1)
			} else if c.Type == html.ElementNode {
				r.node(c, depth+1)
			}
		}
		r.list--
	case atom.Pre:
		r.flush()
		r.add(Block{Kind: Code, Text: strings.Trim(textOf(n, 0), "\n"), Level: min(r.list, 1)})
	case atom.Blockquote:
		r.flush()
		r.add(Block{Kind: Quote, Text: inlineOf(n, 0)})
	case atom.Table:
		r.flush()
		r.add(Block{Kind: Table, Text: strings.Join(strings.Fields(textOf(n, 0)), " ")})
	case atom.Summary:
		r.flush()
		r.add(Block{Kind: Fold, Text: inlineOf(n, 0)})
	case atom.Br:
		r.run.WriteString(" ")
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Details, atom.Dl, atom.Dt, atom.Dd, atom.Figure, atom.Figcaption, atom.Form, atom.Fieldset, atom.Li:
		r.flush()
		r.children(n, depth)
		r.flush()
	default:
		if blockInside(n, 0) {
			r.children(n, depth)
			return
		}
		r.run.WriteString(inlineNode(n, 0))
	}
}

// entry reads a list entry: its own text is the entry, lists and paragraphs
// inside follow deeper.
func (r *htmlReader) entry(li *html.Node, mark string, depth int) {
	var own strings.Builder
	var rest []*html.Node
	box := NoBox
	for c := li.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && c.DataAtom == atom.Input && attr(c, "type") == "checkbox" {
			box = OpenBox
			if has(c, "checked") {
				box = TickedBox
			}
			continue
		}
		block := c.Type == html.ElementNode && (isBlock(c) || blockInside(c, 0))
		if len(rest) == 0 && !block {
			own.WriteString(inlineNode(c, 0))
			continue
		}
		if len(rest) == 0 && strings.TrimSpace(own.String()) == "" && c.DataAtom == atom.P {
			own.WriteString(inlineNode(c, 0))
			continue
		}
		rest = append(rest, c)
	}
	r.add(Block{Kind: Entry, Level: min(r.list-1, 8), Mark: mark, Box: box, Text: strings.Join(strings.Fields(own.String()), " ")})
	for _, c := range rest {
		r.node(c, depth+1)
	}
	r.flush()
}

// skipped is what a page carries besides its content.
func skipped(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Nav, atom.Footer, atom.Aside, atom.Template, atom.Noscript, atom.Iframe, atom.Svg, atom.Head, atom.Button, atom.Select:
		return true
	case atom.Header:
		return find(n, atom.H1, 0) == nil
	}
	if has(n, "hidden") || attr(n, "aria-hidden") == "true" {
		return true
	}
	switch attr(n, "role") {
	case "navigation", "banner", "contentinfo", "search", "complementary":
		return true
	}
	return furnitureClass.MatchString(attr(n, "class") + " " + attr(n, "id"))
}

var furnitureClass = regexp.MustCompile(`(?i)(^|[\s_-])(nav|navbar|sidebar|menu|breadcrumbs?|toc|table-of-contents|pagination|footer|cookie|skip-?link|headerlink|hash-link|edit-this-page|prev-next)([\s_-]|$)`)

func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Div, atom.Section, atom.Ul, atom.Ol, atom.Table, atom.Blockquote, atom.Pre, atom.Details, atom.Summary,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Dl, atom.Figure, atom.Hr:
		return true
	}
	return false
}

func blockInside(n *html.Node, depth int) bool {
	if depth > htmlDepth {
		return false
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (isBlock(c) || blockInside(c, depth+1)) {
			return true
		}
	}
	return false
}

// inlineOf is the text under a node as Markdown on one line.
func inlineOf(n *html.Node, depth int) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(inlineNode(c, depth+1))
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func inlineNode(n *html.Node, depth int) string {
	if depth > htmlDepth {
		return ""
	}
	if n.Type == html.TextNode {
		return escape(n.Data)
	}
	if n.Type != html.ElementNode || skipped(n) {
		return ""
	}
	wrap := func(mark string) string {
		s := inlineOf(n, depth+1)
		if s == "" {
			return ""
		}
		return mark + s + mark
	}
	switch n.DataAtom {
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		if s := strings.Join(strings.Fields(textOf(n, 0)), " "); s != "" {
			return "`" + strings.ReplaceAll(s, "`", "'") + "`"
		}
		return ""
	case atom.Strong, atom.B:
		return wrap("**")
	case atom.Em, atom.I:
		return wrap("*")
	case atom.Br:
		return " "
	case atom.Img:
		return ""
	}
	if isBlock(n) || n.DataAtom == atom.Li {
		return " " + inlineOf(n, depth+1) + " "
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(inlineNode(c, depth+1))
	}
	return b.String()
}

func textOf(n *html.Node, depth int) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if depth > htmlDepth || n.DataAtom == atom.Script || n.DataAtom == atom.Style {
		return ""
	}
	if n.DataAtom == atom.Br {
		return "\n"
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c, depth+1))
	}
	return b.String()
}

func find(n *html.Node, a atom.Atom, depth int) *html.Node {
	if n.Type == html.ElementNode && n.DataAtom == a {
		return n
	}
	if depth > htmlDepth {
		return nil
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if f := find(c, a, depth+1); f != nil {
			return f
		}
	}
	return nil
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
