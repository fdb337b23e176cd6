package content

import (
	"strconv"
	"strings"

	"lectern/decks/fold"
)

// Plain writes a document as plain text: blocks apart by an empty line, list
// items with their marks, formulas as their TeX.
func Plain(d Document) string {
	var b strings.Builder
	plainBlocks(&b, d.Blocks, "")
	return strings.TrimSpace(b.String())
}

// PlainInline writes a run of text without its marks.
func PlainInline(in []Inline) string {
	var b strings.Builder
	plainInline(&b, in)
	return b.String()
}

// Search writes a document as search looks in it: folded plain text.
func Search(d Document) string { return fold.Fold(Plain(d)) }

// Line writes a document as one line, for lists and titles: at most limit
// runes, cut with "…" (0: no limit).
func Line(d Document, limit int) string {
	s := oneLine(Plain(d))
	if limit > 0 {
		if r := []rune(s); len(r) > limit {
			s = strings.TrimRight(string(r[:limit-1]), " ") + "…"
		}
	}
	return s
}

func plainBlocks(b *strings.Builder, blocks []Block, indent string) {
	for i, blk := range blocks {
		if i > 0 {
			b.WriteString("\n")
			if _, list := blk.(*List); !list || indent == "" {
				b.WriteString("\n")
			}
		}
		plainBlock(b, blk, indent)
	}
}

func plainBlock(b *strings.Builder, blk Block, indent string) {
	line := func(in []Inline) {
		b.WriteString(indent)
		b.WriteString(strings.ReplaceAll(PlainInline(in), "\n", "\n"+indent))
	}
	switch blk := blk.(type) {
	case *Paragraph:
		line(blk.Inlines)
	case *Heading:
		line(blk.Inlines)
	case *List:
		for i, it := range blk.Items {
			if i > 0 {
				b.WriteByte('\n')
			}
			mark := "• "
			if blk.Ordered {
				mark = strconv.Itoa(blk.Start+i) + ". "
			}
			switch it.Task {
			case TaskOpen:
				mark = "☐ "
			case TaskDone:
				mark = "☑ "
			}
			var inner strings.Builder
			plainBlocks(&inner, it.Blocks, indent+"  ")
			b.WriteString(indent + mark + strings.TrimLeft(inner.String(), " "))
		}
	case *Quote:
		plainBlocks(b, blk.Blocks, indent)
	case *Code:
		b.WriteString(indent + strings.ReplaceAll(blk.Text, "\n", "\n"+indent))
	case *Math:
		b.WriteString(indent + oneLine(blk.TeX))
	case *Table:
		row := func(cells [][]Inline) {
			b.WriteString(indent)
			for i, c := range cells {
				if i > 0 {
					b.WriteByte('\t')
				}
				b.WriteString(oneLine(PlainInline(c)))
			}
		}
		if len(blk.Head) > 0 {
			row(blk.Head)
			if len(blk.Rows) > 0 {
				b.WriteByte('\n')
			}
		}
		for i, r := range blk.Rows {
			if i > 0 {
				b.WriteByte('\n')
			}
			row(r)
		}
	case *Picture:
		b.WriteString(indent + blk.Alt)
	}
}

func plainInline(b *strings.Builder, in []Inline) {
	for _, x := range in {
		switch x := x.(type) {
		case Text:
			b.WriteString(string(x))
		case *Span:
			plainInline(b, x.Inlines)
		case CodeSpan:
			b.WriteString(string(x))
		case MathSpan:
			b.WriteString(string(x))
		case displayMath:
			b.WriteString(string(x))
		case *Link:
			plainInline(b, x.Inlines)
		case *Image:
			b.WriteString(x.Alt)
		case *titledImage:
			b.WriteString(x.Alt)
		case Break:
			b.WriteByte('\n')
		}
	}
}

// Pictures lists the media names a document shows, in order, each once.
func Pictures(d Document) []string {
	var out []string
	seen := map[string]bool{}
	add := func(src string) {
		if !seen[src] {
			seen[src] = true
			out = append(out, src)
		}
	}
	Walk(d, func(b Block) {
		if p, ok := b.(*Picture); ok {
			add(p.Src)
		}
	}, func(x Inline) {
		if p, ok := x.(*Image); ok {
			add(p.Src)
		}
	})
	return out
}

// Walk visits every block and every inline of a document in reading order,
// parents first. Either function may be nil.
func Walk(d Document, block func(Block), inline func(Inline)) {
	var inlines func([]Inline)
	inlines = func(in []Inline) {
		for _, x := range in {
			if inline != nil {
				inline(x)
			}
			switch x := x.(type) {
			case *Span:
				inlines(x.Inlines)
			case *Link:
				inlines(x.Inlines)
			}
		}
	}
	var blocks func([]Block)
	blocks = func(bs []Block) {
		for _, b := range bs {
			if block != nil {
				block(b)
			}
			switch b := b.(type) {
			case *Paragraph:
				inlines(b.Inlines)
			case *Heading:
				inlines(b.Inlines)
			case *List:
				for _, it := range b.Items {
					blocks(it.Blocks)
				}
			case *Quote:
				blocks(b.Blocks)
			case *Table:
				for _, c := range b.Head {
					inlines(c)
				}
				for _, r := range b.Rows {
					for _, c := range r {
						inlines(c)
					}
				}
			}
		}
	}
	blocks(d.Blocks)
}
