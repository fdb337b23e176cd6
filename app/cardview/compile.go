package cardview

import (
	"image"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/content"
)

// block is a part of a document ready to be set in a column: its words are cut
// and measured, its formulas and pictures are there.
type block interface {
	// lay sets the block at x in a column of this width.
	lay(s *setter, x, width float32)
}

// compiler makes blocks. They hold until a formula arrives or the theme changes.
type compiler struct {
	v     *View
	query []string // folded
	links []string
}

// link gives a link its number.
func (c *compiler) link(url string) int {
	c.links = append(c.links, url)
	return len(c.links)
}

// formula asks for a formula. Its em is 1.03 of the text's: so capitals are
// equally high.
func (c *compiler) formula(tex string, display bool, size float32, colour fyne.ThemeColorName) (Formula, bool) {
	if c.v.o.Math == nil {
		return Formula{}, false
	}
	f, state := c.v.o.Math.Formula(tex, display, size*1.03, theme.Color(colour), c.v.again)
	return f, state == Ready && f.Image != nil
}

// picture asks for a picture; its image is nil while it is being made.
func (c *compiler) picture(src string, room fyne.Size) (image.Image, fyne.Size, bool) {
	if c.v.o.Pictures == nil || src == "" {
		return nil, fyne.Size{}, false
	}
	img, size, err := c.v.o.Pictures.Picture(src, room, c.v.again)
	if err != nil || size.Width <= 0 || size.Height <= 0 {
		return nil, fyne.Size{}, false
	}
	return img, size, true
}

func (c *compiler) blocks(in []content.Block, t kit.Type) (out stack) {
	for i, b := range in {
		gap := float32(0)
		if i > 0 {
			gap = between(in[i-1], b, t)
		}
		if made := c.block(b, t); made != nil {
			out = append(out, stacked{made, gap})
		}
	}
	return out
}

// between is the room between two blocks.
func between(a, b content.Block, t kit.Type) float32 {
	gap := round(t.Line * 0.5)
	if _, ok := b.(*content.Heading); ok {
		gap = round(t.Line * 0.8)
	}
	if _, ok := a.(*content.Heading); ok {
		gap = round(t.Line * 0.3)
	}
	for _, x := range []content.Block{a, b} {
		switch x.(type) {
		case *content.Math, *content.Picture, *content.Code, *content.Table:
			gap = max(gap, 16)
		}
	}
	return gap
}

func (c *compiler) block(b content.Block, t kit.Type) block {
	ink := c.v.style.Colour
	switch b := b.(type) {
	case *content.Paragraph:
		p := c.para(b.Inlines, t, ink)
		p.even = c.v.style.Balanced
		return p
	case *content.Heading:
		if b.Level <= 2 {
			t = t.At(round(t.Size*1.16), round(t.Line*1.12))
		}
		p := c.para(b.Inlines, t.Strong(), ink)
		p.even = true
		return p
	case *content.List:
		return c.list(b, t)
	case *content.Quote:
		return quote{c.blocks(b.Blocks, t)}
	case *content.Code:
		return c.code(b)
	case *content.Math:
		return c.display(b, t)
	case *content.Table:
		return c.table(b, t)
	case *content.Rule:
		return divider{}
	case *content.Picture:
		return c.figure(b)
	}
	return nil
}

// para is running text.
type para struct {
	kind     kit.Type
	align    content.Align
	even     bool // two or three lines of equal length
	segments []segment
}

func (c *compiler) para(in []content.Inline, t kit.Type, colour fyne.ThemeColorName) *para {
	g := gatherer{c: c}
	g.inlines(in, look{kind: t, colour: colour})
	return &para{kind: t, segments: g.segments()}
}

// natural is the paragraph's width without line breaks, widest that of the
// segment a column has to hold.
func (p *para) natural() (all, widest float32) {
	w := float32(0)
	for _, s := range p.segments {
		widest = max(widest, s.width)
		w += s.width
		all = max(all, w)
		if w += s.gap.width; s.end == forced {
			w = 0
		}
	}
	return all, widest
}

// stack is blocks one under another.
type stack []stacked

type stacked struct {
	block
	gap float32 // above it
}

func (st stack) lay(s *setter, x, width float32) {
	for _, b := range st {
		s.y += b.gap
		b.lay(s, x, width)
		s.end("\n\n")
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
