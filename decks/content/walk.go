package content

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// walker turns goldmark's tree into ours.
type walker struct{ src []byte }

func (w walker) blocks(parent ast.Node, depth int) []Block {
	var out []Block
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if depth >= maxDepth {
			if s := strings.TrimSpace(w.flat(n, 0)); s != "" {
				out = append(out, &Paragraph{Inlines: []Inline{Text(oneLine(s))}})
			}
			continue
		}
		out = append(out, w.block(n, depth)...)
	}
	return out
}

func (w walker) block(n ast.Node, depth int) []Block {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		return split(w.inlines(n, depth))
	case *ast.Heading:
		if in := w.inlines(n, depth); len(in) > 0 {
			return []Block{&Heading{Level: n.Level, Inlines: in}}
		}
	case *ast.ThematicBreak:
		return []Block{&Rule{}}
	case *ast.Blockquote:
		if inner := w.blocks(n, depth+1); len(inner) > 0 {
			return []Block{&Quote{Blocks: inner}}
		}
	case *ast.FencedCodeBlock:
		return []Block{&Code{Lang: string(n.Language(w.src)), Text: w.lines(n)}}
	case *ast.CodeBlock:
		return []Block{&Code{Text: w.lines(n)}}
	case *mathBlockNode:
		if tex := strings.TrimSpace(w.lines(n)); tex != "" {
			return []Block{&Math{TeX: tex}}
		}
	case *ast.HTMLBlock:
		raw := w.lines(n)
		if n.HasClosure() {
			raw += "\n" + string(n.ClosureLine.Value(w.src))
		}
		return ParseHTML(raw).Blocks
	case *ast.List:
		return []Block{w.list(n, depth)}
	case *east.Table:
		return []Block{w.table(n, depth)}
	}
	return nil
}

func (w walker) lines(n ast.Node) string {
	var b strings.Builder
	lines := n.Lines()
	for i := range lines.Len() {
		seg := lines.At(i)
		b.Write(seg.Value(w.src))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (w walker) list(n *ast.List, depth int) *List {
	l := &List{Ordered: n.IsOrdered(), Start: n.Start, Tight: n.IsTight}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		it := Item{}
		if first := c.FirstChild(); first != nil {
			if box, ok := first.FirstChild().(*east.TaskCheckBox); ok {
				it.Task = TaskOpen
				if box.IsChecked {
					it.Task = TaskDone
				}
			}
		}
		it.Blocks = w.blocks(c, depth+1)
		l.Items = append(l.Items, it)
	}
	l.loosen()
	return l
}

// loosen makes Tight say what Markdown can: blocks that would run together
// have room between them, and a single block has none.
func (l *List) loosen() {
	if len(l.Items) == 1 && len(l.Items[0].Blocks) < 2 {
		l.Tight = true
	}
	for _, it := range l.Items {
		for i := 1; i < len(it.Blocks); i++ {
			if needsRoom(it.Blocks[i-1], it.Blocks[i]) {
				l.Tight = false
			}
		}
	}
}

func (w walker) table(n *east.Table, depth int) *Table {
	t := &Table{}
	for _, a := range n.Alignments {
		t.Align = append(t.Align, map[east.Alignment]Align{
			east.AlignLeft: AlignLeft, east.AlignCenter: AlignCenter, east.AlignRight: AlignRight}[a])
	}
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		row := make([][]Inline, 0, len(t.Align))
		for c := r.FirstChild(); c != nil && len(row) < len(t.Align); c = c.NextSibling() {
			row = append(row, pipes(w.inlines(c, depth)))
		}
		for len(row) < len(t.Align) {
			row = append(row, nil)
		}
		if _, ok := r.(*east.TableHeader); ok {
			if !blank(row) {
				t.Head = row
			}
		} else {
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// blank tells whether no cell of a row holds anything.
func blank(row [][]Inline) bool {
	for _, c := range row {
		if len(c) > 0 {
			return false
		}
	}
	return true
}

// pipes takes the backslashes from the pipes of a cell's formulas: they only
// kept the cell whole.
func pipes(in []Inline) []Inline {
	for i, x := range in {
		switch x := x.(type) {
		case MathSpan:
			in[i] = MathSpan(strings.ReplaceAll(string(x), `\|`, "|"))
		case *Span:
			pipes(x.Inlines)
		case *Link:
			pipes(x.Inlines)
		}
	}
	return in
}

// flat is the text under a node that lies too deep to keep its form.
func (w walker) flat(n ast.Node, depth int) string {
	if depth > 4*maxDepth {
		return ""
	}
	if t, ok := n.(*ast.Text); ok {
		return string(t.Segment.Value(w.src)) + " "
	}
	var b strings.Builder
	if n.Type() == ast.TypeBlock && n.FirstChild() == nil && n.Lines() != nil {
		b.WriteString(w.lines(n))
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		b.WriteString(w.flat(c, depth+1))
	}
	return b.String()
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// split takes pictures and formulas that stand alone out of a paragraph.
func split(in []Inline) []Block {
	var out []Block
	var run []Inline
	flush := func() {
		if run = trim(run); len(run) > 0 {
			out = append(out, &Paragraph{Inlines: run})
		}
		run = nil
	}
	if im, ok := alone(in); ok {
		return []Block{&Picture{Src: im.Src, Alt: im.Alt, Title: im.Title}}
	}
	for _, x := range in {
		if d, ok := x.(displayMath); ok {
			flush()
			out = append(out, &Math{TeX: string(d)})
			continue
		}
		if p, ok := x.(*titledImage); ok {
			x = &Image{Src: p.Src, Alt: p.Alt}
		}
		run = append(run, x)
	}
	flush()
	return out
}

// displayMath and titledImage live between reading and split.
type displayMath string

type titledImage struct{ Src, Alt, Title string }

func (displayMath) inline()  {}
func (*titledImage) inline() {}

func alone(in []Inline) (*titledImage, bool) {
	in = trim(in)
	if len(in) != 1 {
		return nil, false
	}
	im, ok := in[0].(*titledImage)
	return im, ok
}

// settle replaces what only split understands, inside marks, links and cells.
func settle(in []Inline) []Inline {
	for i, x := range in {
		switch x := x.(type) {
		case displayMath:
			in[i] = MathSpan(x)
		case *titledImage:
			in[i] = &Image{Src: x.Src, Alt: x.Alt}
		}
	}
	return in
}

// trim drops white space and breaks at both ends.
func trim(in []Inline) []Inline {
	for len(in) > 0 {
		if t, ok := in[0].(Text); ok {
			if s := strings.TrimLeft(string(t), " "); s != "" {
				in[0] = Text(s)
				break
			}
		} else if _, ok := in[0].(Break); !ok {
			break
		}
		in = in[1:]
	}
	for len(in) > 0 {
		last := len(in) - 1
		if t, ok := in[last].(Text); ok {
			if s := strings.TrimRight(string(t), " "); s != "" {
				in[last] = Text(s)
				break
			}
		} else if _, ok := in[last].(Break); !ok {
			break
		}
		in = in[:last]
	}
	return in
}
