package content

import (
	"bytes"
	"html"
	"net/url"
	"path"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// inlines reads the text of a block. Raw HTML tags arrive one by one between
// the runs of text; a stack of open marks puts them together.
func (w walker) inlines(parent ast.Node, depth int) []Inline {
	b := &builder{}
	w.inlinesTo(b, parent, depth)
	out := b.done()
	if _, block := parent.(*ast.Paragraph); block {
		return out
	}
	if _, block := parent.(*ast.TextBlock); block {
		return out
	}
	return trim(settle(out))
}

func (w walker) inlinesTo(b *builder, parent ast.Node, depth int) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if depth >= maxDepth {
			b.text(oneLine(w.flat(n, 0)) + " ")
			continue
		}
		w.inline(b, n, depth)
	}
}

func (w walker) inline(b *builder, n ast.Node, depth int) {
	switch n := n.(type) {
	case *ast.Text:
		s := n.Segment.Value(w.src)
		if n.IsRaw() {
			b.text(string(s))
		} else {
			b.text(literal(s))
		}
		switch {
		case n.HardLineBreak():
			b.add(Break{})
		case n.SoftLineBreak():
			b.text(" ")
		}
	case *ast.String:
		b.text(string(n.Value))
	case *ast.CodeSpan:
		var s strings.Builder
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if t, ok := c.(*ast.Text); ok {
				s.Write(t.Segment.Value(w.src))
			}
		}
		if code := strings.ReplaceAll(s.String(), "\n", " "); strings.TrimSpace(code) != "" {
			b.add(CodeSpan(code))
		}
	case *mathSpanNode:
		tex := oneLine(n.tex)
		if n.display {
			b.add(displayMath(tex))
		} else {
			b.add(MathSpan(tex))
		}
	case *ast.Emphasis:
		mark := Emphasis
		if n.Level == 2 {
			mark = Strong
		}
		b.span(mark, w.children(n, depth))
	case *east.Strikethrough:
		b.span(Strike, w.children(n, depth))
	case *markerNode:
		b.span(Highlight, w.children(n, depth))
	case *ast.Link:
		b.link(literal(n.Destination), w.children(n, depth))
	case *ast.AutoLink:
		url := string(n.URL(w.src))
		if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(url, "mailto:") {
			url = "mailto:" + url
		}
		b.link(url, []Inline{Text(n.Label(w.src))})
	case *ast.Image:
		alt := PlainInline(w.children(n, depth))
		b.image(literal(n.Destination), alt, literal(n.Title))
	case *ast.RawHTML:
		for i := range n.Segments.Len() {
			seg := n.Segments.At(i)
			b.tag(string(seg.Value(w.src)))
		}
	case *east.TaskCheckBox:
	default:
		w.inlinesTo(b, n, depth+1)
	}
}

// literal resolves the escapes and entities of Markdown, each once.
func literal(source []byte) string {
	if bytes.IndexByte(source, '\\') < 0 && bytes.IndexByte(source, '&') < 0 {
		return string(source)
	}
	var b strings.Builder
	for i := 0; i < len(source); i++ {
		switch c := source[i]; {
		case c == '\\' && i+1 < len(source) && util.IsPunct(source[i+1]):
			i++
			b.WriteByte(source[i])
		case c == '&':
			s, n := entity(source[i:])
			b.WriteString(s)
			i += n - 1
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// entity reads the entity a text begins with and tells how many bytes it took;
// what is none is an ampersand.
func entity(s []byte) (string, int) {
	n := 1
	for n < len(s) && n < 40 && (s[n] == '#' && n == 1 || util.IsAlphaNumeric(s[n])) {
		n++
	}
	if n < 3 || n == len(s) || s[n] != ';' {
		return "&", 1
	}
	name := string(s[:n+1])
	// The package reads "&notit;" as "¬it;", as browsers do; Markdown does not.
	if out := html.UnescapeString(name); out != name && (out == ";" || !strings.HasSuffix(out, ";")) {
		return out, n + 1
	}
	return "&", 1
}

func (w walker) children(n ast.Node, depth int) []Inline {
	b := &builder{}
	w.inlinesTo(b, n, depth+1)
	return settle(b.done())
}

// builder puts inlines together: runs of text join, tags open and close marks.
type builder struct {
	out   []Inline
	words []byte // the run of text behind out, which may go on
	stack []frame
	skip  string // inside <script> and the like: the name that ends it
}

// frame keeps what stands before an open tag.
type frame struct {
	tag   string
	out   []Inline
	words []byte
}

// add puts a part behind the others; text goes through text.
func (b *builder) add(x Inline) {
	if b.skip == "" {
		b.out = append(b.end(), x)
	}
}

// addAll puts parts of any kind behind the others.
func (b *builder) addAll(in []Inline) {
	for _, x := range in {
		if t, ok := x.(Text); ok {
			b.text(string(t))
		} else {
			b.add(x)
		}
	}
}

// end closes the run of text and gives what was put together.
func (b *builder) end() []Inline {
	if len(b.words) > 0 {
		b.out = append(b.out, Text(b.words))
		b.words = b.words[:0]
	}
	return b.out
}

func (b *builder) text(s string) {
	if s == "" || b.skip != "" {
		return
	}
	s = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return ' '
		}
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s)
	for strings.Contains(s, "  ") {
		s = strings.ReplaceAll(s, "  ", " ")
	}
	if n := len(b.words); n > 0 {
		if b.words[n-1] == ' ' {
			s = strings.TrimLeft(s, " ")
		}
	} else if n := len(b.out); n > 0 {
		if _, ok := b.out[n-1].(Break); ok {
			s = strings.TrimLeft(s, " ")
		}
	}
	b.words = append(b.words, s...)
}

func (b *builder) span(m Mark, in []Inline) {
	if len(in) == 0 {
		return
	}
	if len(in) == 1 {
		if s, ok := in[0].(*Span); ok && s.Mark == m {
			b.add(s)
			return
		}
	}
	b.add(&Span{Mark: m, Inlines: in})
}

func (b *builder) link(url string, in []Inline) {
	if len(in) == 0 {
		return
	}
	in = unlinked(in)
	if url, ok := safeURL(url); ok {
		b.add(&Link{URL: url, Inlines: in})
		return
	}
	b.addAll(in)
}

// unlinked takes the links out of a link's text, but not their words.
func unlinked(in []Inline) []Inline {
	var b builder
	for _, x := range in {
		switch x := x.(type) {
		case Text:
			b.text(string(x))
		case *Span:
			b.span(x.Mark, unlinked(x.Inlines))
		case *Link:
			b.addAll(unlinked(x.Inlines))
		default:
			b.add(x)
		}
	}
	return b.end()
}

func (b *builder) image(src, alt, title string) {
	if plain, err := url.PathUnescape(src); err == nil {
		src = plain // a text writes names as addresses are written: my%20plot.png
	}
	if name, ok := mediaName(src); ok {
		b.add(&titledImage{Src: name, Alt: oneLine(alt), Title: oneLine(title)})
		return
	}
	b.text(oneLine(alt))
}

var tagMarks = map[string]Mark{
	"b": Strong, "strong": Strong, "i": Emphasis, "em": Emphasis, "cite": Emphasis, "var": Emphasis,
	"u": Underline, "ins": Underline, "s": Strike, "del": Strike, "strike": Strike,
	"sub": Subscript, "sup": Superscript, "mark": Highlight,
}

// tag handles one raw HTML tag within Markdown.
func (b *builder) tag(raw string) {
	name, end := tagName(raw)
	if b.skip != "" {
		if end && name == b.skip {
			b.skip = ""
		}
		return
	}
	switch name {
	case "br":
		b.add(Break{})
		return
	case "script", "style", "template", "noscript", "iframe", "object":
		if !end && !strings.HasSuffix(raw, "/>") {
			b.skip = name
		}
		return
	case "img":
		for _, blk := range ParseHTML(raw).Blocks {
			if p, ok := blk.(*Picture); ok {
				b.add(&titledImage{Src: p.Src, Alt: p.Alt, Title: p.Title})
			}
		}
		return
	}
	_, marked := tagMarks[name]
	if !marked && name != "code" && name != "kbd" {
		return
	}
	if !end {
		if len(b.stack) < maxDepth {
			b.stack = append(b.stack, frame{name, b.out, b.words})
			b.out, b.words = nil, nil
		}
		return
	}
	for i := len(b.stack) - 1; i >= 0; i-- {
		if b.stack[i].tag == name {
			for len(b.stack) > i {
				b.pop()
			}
			return
		}
	}
}

// pop closes the innermost open tag.
func (b *builder) pop() {
	top := b.stack[len(b.stack)-1]
	b.stack = b.stack[:len(b.stack)-1]
	inner := settle(b.end())
	b.out, b.words = top.out, top.words
	if m, ok := tagMarks[top.tag]; ok {
		b.span(m, inner)
		return
	}
	if s := strings.ReplaceAll(PlainInline(inner), "\n", " "); strings.TrimSpace(s) != "" {
		b.add(CodeSpan(s))
	}
}

func (b *builder) done() []Inline {
	for len(b.stack) > 0 {
		b.pop()
	}
	return b.end()
}

func tagName(raw string) (name string, end bool) {
	raw = strings.TrimPrefix(raw, "<")
	if strings.HasPrefix(raw, "/") {
		raw, end = raw[1:], true
	}
	i := strings.IndexFunc(raw, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9')
	})
	if i >= 0 {
		raw = raw[:i]
	}
	return strings.ToLower(raw), end
}

// safeURL lets through addresses that only a browser or a mail program opens.
func safeURL(url string) (string, bool) {
	url = strings.TrimSpace(url)
	lower := strings.ToLower(url)
	for _, scheme := range []string{"http://", "https://", "mailto:"} {
		if strings.HasPrefix(lower, scheme) && len(url) > len(scheme) && !strings.ContainsAny(url, " \t\n\x00") {
			return url, true
		}
	}
	return "", false
}

// mediaName lets through names inside the media folder, with / between parts.
func mediaName(src string) (string, bool) {
	src = strings.TrimSpace(src)
	if src == "" || len(src) > 255 || strings.ContainsAny(src, "\\:\x00\n?#*|<>\"") || strings.HasPrefix(src, "/") {
		return "", false
	}
	name := path.Clean(src)
	if name == "." || name == ".." || strings.HasPrefix(name, "../") || strings.HasPrefix(name, ".") {
		return "", false
	}
	return name, true
}
