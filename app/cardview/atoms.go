package cardview

import (
	"image"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/content"
)

// look is how a stretch of text is drawn. Neighbours of one look are drawn as
// one.
type look struct {
	kind   kit.Type
	colour fyne.ThemeColorName
	ground fyne.ThemeColorName // behind it: code, a marker; "" for none
	under  bool
	strike bool
	raise  float32 // above the baseline: exponents
	link   int     // 1 + its place among the page's links, 0 for none
	ascent float32 // of the font that stands in for the type's, for a size of one; else 0
}

// piece is a stretch of one look, or a formula or picture in the line.
type piece struct {
	look
	text  string // what is drawn, and copied unless whole is set
	width float32

	// A formula or a picture is selected as a whole. While its image is not
	// there, text stands for it.
	whole  bool
	source string // what is copied for it

	image    image.Image
	up, down float32 // how far it reaches from the baseline
	src      string  // of a picture

	left, right float32 // room inside its ground
}

func (p *piece) solid() bool { return p.image != nil }

func (p *piece) full() float32 { return p.left + p.width + p.right }

// ending says what may happen after a segment.
type ending int

const (
	free   ending = iota // the line may break
	glued                // only when there is no other way
	forced               // the line must break
)

// segment is what a line does not break in. After it stands gap, which is not
// drawn at a line's end.
type segment struct {
	pieces []piece
	width  float32
	gap    piece
	end    ending
}

// run of a paragraph's source before it is cut into segments.
type stretch struct {
	piece
	from, to int // runes of the paragraph
}

// gatherer walks inlines and collects the paragraph's letters. A formula or a
// picture counts as one letter, so that marks stick to it as to a word.
type gatherer struct {
	c         *compiler
	text      []rune
	stretches []stretch
	space     bool // the last letter was white space
}

const stand = 'x' // the letter that stands for a formula

func (g *gatherer) inlines(in []content.Inline, k look) {
	for _, x := range in {
		g.inline(x, k)
	}
}

func (g *gatherer) inline(x content.Inline, k look) {
	switch x := x.(type) {
	case content.Text:
		g.letters(string(x), k, false)
	case content.CodeSpan:
		if x == "" {
			return
		}
		k.kind, k.ground = codeIn(k.kind), theme.Sunk
		at := len(g.stretches)
		g.letters(string(x), k, true)
		if at < len(g.stretches) {
			g.stretches[at].left, g.stretches[len(g.stretches)-1].right = codePad, codePad
		}
	case content.MathSpan:
		g.formula(string(x), k)
	case *content.Image:
		g.picture(x, k)
	case content.Break:
		g.letters("\n", k, true)
	case *content.Link:
		k.link, k.colour = g.c.link(x.URL), theme.Accent
		g.inlines(x.Inlines, k)
	case *content.Span:
		g.inlines(x.Inlines, marked(k, x.Mark))
	}
}

// codePad is the room at the ends of program text in a line.
const codePad = 4

// codeIn is the type of program text among text of a type.
func codeIn(t kit.Type) kit.Type {
	return kit.Type{Size: t.Size * 0.86, Line: t.Line, Face: kit.Mono}
}

func marked(k look, m content.Mark) look {
	switch m {
	case content.Emphasis:
		k.kind.Italic = !k.kind.Italic
	case content.Strong:
		k.kind.Bold = true
	case content.Strike:
		k.strike = true
	case content.Underline:
		k.under = true
	case content.Highlight:
		k.ground = theme.Mark
	case content.Superscript:
		k.raise += k.kind.Size * 0.34
		k.kind.Size *= 0.72
	case content.Subscript:
		k.raise -= k.kind.Size * 0.16
		k.kind.Size *= 0.72
	}
	return k
}

// letters adds text. White space is drawn as one space, as in a browser, but
// kept as it is in program text.
func (g *gatherer) letters(s string, k look, exact bool) {
	from := len(g.text)
	for _, r := range s {
		if r == '\t' || r == '\r' || r == '\n' && !exact {
			r = ' '
		}
		if r == ' ' && (g.space || len(g.text) == 0) && !(exact && k.ground != "") {
			continue
		}
		g.space = r == ' ' || r == '\n'
		g.text = append(g.text, r)
	}
	g.add(piece{look: k, text: string(g.text[from:])}, from)
}

func (g *gatherer) add(p piece, from int) {
	if len(g.text) > from {
		g.stretches = append(g.stretches, stretch{p, from, len(g.text)})
	}
}

// one adds what is drawn as a whole.
func (g *gatherer) one(p piece) {
	from := len(g.text)
	g.text = append(g.text, stand)
	g.space = false
	g.add(p, from)
}

// formula adds a formula, or its source while it is being made.
func (g *gatherer) formula(tex string, k look) {
	if f, ok := g.c.formula(tex, false, k.kind.Size, k.colour); ok {
		g.one(piece{
			look: look{kind: k.kind, colour: k.colour, ground: k.ground, link: k.link, raise: k.raise},
			text: string(stand), whole: true, source: "$" + tex + "$", image: f.Image, width: f.Width,
			up: f.Height - f.Depth + k.raise, down: f.Depth - k.raise,
		})
		return
	}
	k.kind, k.colour = codeIn(k.kind), theme.Muted
	g.one(piece{look: k, text: oneLine(tex), whole: true, source: "$" + tex + "$", width: measure(k.kind, oneLine(tex))})
}

// picture adds a picture a little higher than a line.
func (g *gatherer) picture(x *content.Image, k look) {
	img, size, ok := g.c.picture(x.Src, fyne.NewSize(400, 0))
	if !ok || img == nil {
		k.colour, k.kind.Italic = theme.Muted, true
		g.letters(firstOf(x.Alt, x.Src), k, false)
		return
	}
	if high := k.kind.Line * 1.4; size.Height > high {
		size = fyne.NewSize(size.Width*high/size.Height, high)
	}
	g.one(piece{
		look: k, text: string(stand), whole: true, source: x.Alt, src: x.Src, image: img, width: size.Width,
		up: size.Height * 0.8, down: size.Height * 0.2,
	})
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
