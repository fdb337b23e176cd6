package cardview

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/content"
)

// piece is a stretch of one look: letters, a formula, a picture in the line.
type piece struct {
	text    string
	kind    kit.Type
	colour  fyne.ThemeColorName
	ground  fyne.ThemeColorName // behind it: code, a marker; "" none
	under   bool
	strike  bool
	raise   float32 // above the baseline: exponents
	link    string
	formula *Formula
	picture fyne.CanvasObject
	w, h    float32 // of a formula or picture
}

// word is what a line does not break in: pieces that touch.
type word struct {
	pieces []piece
	width  float32
	space  float32 // after it, when the line goes on
	glue   bool    // the line must not break after it
	broken bool    // a hard break follows
}

// look is the state while inlines are walked.
type look struct {
	kind   kit.Type
	colour fyne.ThemeColorName
	ground fyne.ThemeColorName
	under  bool
	strike bool
	raise  float32
	link   string
}

// words cuts inlines into words.
func (l *layouter) words(in []content.Inline, kind kit.Type, colour fyne.ThemeColorName) []word {
	b := &wordBuilder{l: l, base: kind}
	b.inlines(in, look{kind: kind, colour: colour})
	b.flush()
	for i := range b.words {
		b.words[i].glue = b.words[i].glue || sticks(b.words[i], next(b.words, i))
	}
	return b.words
}

func next(words []word, i int) string {
	if i+1 < len(words) && len(words[i+1].pieces) > 0 {
		return words[i+1].pieces[0].text
	}
	return ""
}

// short are the words that a Russian line does not end with.
var short = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("а без в во до для за и из к ко на не ни но о об от по под при про с со у я") {
		m[w] = true
	}
	return m
}()

func sticks(w word, next string) bool {
	if next == "—" || next == "–" {
		return true
	}
	if len(w.pieces) != 1 {
		return false
	}
	bare := strings.ToLower(strings.TrimLeftFunc(w.pieces[0].text, func(r rune) bool { return !unicode.IsLetter(r) }))
	return short[bare]
}

type wordBuilder struct {
	l     *layouter
	base  kit.Type
	words []word
	cur   word
}

// flush ends the word that is being built.
func (b *wordBuilder) flush() {
	if len(b.cur.pieces) > 0 {
		for _, p := range b.cur.pieces {
			b.cur.width += p.w
		}
		b.words = append(b.words, b.cur)
	}
	b.cur = word{}
}

func (b *wordBuilder) inlines(in []content.Inline, k look) {
	for _, x := range in {
		b.inline(x, k)
	}
}

func (b *wordBuilder) inline(x content.Inline, k look) {
	switch x := x.(type) {
	case content.Text:
		b.text(string(x), k)
	case content.CodeSpan:
		k.kind = kit.Type{Size: k.kind.Size * 0.86, Line: k.kind.Line, Face: kit.Mono}
		k.ground = theme.Sunk
		b.text(string(x), k)
	case content.MathSpan:
		b.math(string(x), k)
	case *content.Image:
		b.image(x, k)
	case content.Break:
		b.flush()
		if n := len(b.words); n > 0 {
			b.words[n-1].broken = true
		}
	case *content.Link:
		k.link, k.colour = x.URL, theme.Accent
		b.inlines(x.Inlines, k)
	case *content.Span:
		b.inlines(x.Inlines, marked(k, x.Mark))
	}
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
	case content.Superscript, content.Subscript:
		shift := k.kind.Size * 0.34
		if m == content.Subscript {
			shift = -k.kind.Size * 0.16
		}
		k.raise += shift
		k.kind.Size *= 0.72
	}
	return k
}

// text adds letters; spaces end words.
func (b *wordBuilder) text(s string, k look) {
	for s != "" {
		i := strings.IndexByte(s, ' ')
		part := s
		if i >= 0 {
			part = s[:i]
		}
		if part != "" {
			b.cur.pieces = append(b.cur.pieces, piece{
				text: part, kind: k.kind, colour: k.colour, ground: k.ground, under: k.under, strike: k.strike,
				raise: k.raise, link: k.link, w: b.l.measure(k.kind, part),
			})
		}
		if i < 0 {
			return
		}
		space := b.l.measure(k.kind, " ")
		b.flush()
		if n := len(b.words); n > 0 {
			b.words[n-1].space = space
		}
		s = s[i+1:]
	}
}

// math adds a formula, or its source while it is being made.
func (b *wordBuilder) math(tex string, k look) {
	if f, ok := b.l.formula(tex, false, k.kind.Size, k.colour); ok {
		b.cur.pieces = append(b.cur.pieces, piece{text: "$" + tex + "$", kind: k.kind, colour: k.colour, link: k.link, formula: &f, w: f.Width, h: f.Height})
		return
	}
	k.kind = kit.Type{Size: k.kind.Size * 0.86, Line: k.kind.Line, Face: kit.Mono}
	k.colour = theme.Muted
	b.text(tex, k)
}

// image adds a picture as high as a line.
func (b *wordBuilder) image(x *content.Image, k look) {
	o, size, ok := b.l.picture(x.Src, 400)
	if !ok {
		k.colour = theme.Muted
		b.text(firstOf(x.Alt, x.Src), k)
		return
	}
	high := k.kind.Line * 1.4
	if size.Height > high {
		size = fyne.NewSize(size.Width*high/size.Height, high)
	}
	b.cur.pieces = append(b.cur.pieces, piece{text: x.Alt, kind: k.kind, picture: o, w: size.Width, h: size.Height})
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
