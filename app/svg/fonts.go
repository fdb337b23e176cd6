package svg

import (
	"bytes"
	"fmt"
	"strings"
	"sync"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// Faces are the files of one typeface, TrueType or OpenType. Only Regular is
// needed; the others fall back on it.
type Faces struct{ Regular, Italic, Bold, BoldItalic []byte }

// Fonts are the typefaces for the text of pictures, by generic name. They keep
// the outlines they have made and may be used by several goroutines.
type Fonts struct {
	mu                sync.Mutex
	shaper            shaping.HarfbuzzShaper
	sans, serif, mono family
}

type family struct{ regular, italic, bold, boldItalic *face }

type face struct {
	font   *font.Face
	upem   float64
	glyphs map[font.GID]path // in font units, y up
}

// NewFonts reads the typefaces. Mono may be empty.
func NewFonts(sans, serif, mono Faces) (*Fonts, error) {
	var f Fonts
	for _, x := range []struct {
		to   *family
		from Faces
	}{{&f.sans, sans}, {&f.serif, serif}, {&f.mono, mono}} {
		for _, y := range []struct {
			to   **face
			data []byte
		}{{&x.to.regular, x.from.Regular}, {&x.to.italic, x.from.Italic}, {&x.to.bold, x.from.Bold}, {&x.to.boldItalic, x.from.BoldItalic}} {
			if len(y.data) == 0 {
				continue
			}
			read, err := font.ParseTTF(bytes.NewReader(y.data))
			if err != nil {
				return nil, fmt.Errorf("read a font for pictures: %w", err)
			}
			*y.to = &face{font: read, upem: float64(read.Upem()), glyphs: map[font.GID]path{}}
		}
	}
	return &f, nil
}

// Width is how wide a serif text is, in em.
func (f *Fonts) Width(text string, bold, italic bool) float64 {
	return f.set(text, style{family: "serif", bold: bold, italic: italic}).width
}

// pick is the face for a style, and those to try for letters it lacks.
func (f *Fonts) pick(s style) []*face {
	fam := f.sans
	switch {
	case strings.Contains(s.family, "mono"):
		fam = f.mono
	case strings.Contains(s.family, "serif") && !strings.Contains(s.family, "sans"), strings.Contains(s.family, "literata"):
		fam = f.serif
	}
	first := fam.regular
	switch {
	case s.bold && s.italic && fam.boldItalic != nil:
		first = fam.boldItalic
	case s.bold && fam.bold != nil:
		first = fam.bold
	case s.italic && fam.italic != nil:
		first = fam.italic
	}
	var out []*face
	for _, x := range []*face{first, f.sans.regular, f.serif.regular, f.mono.regular} {
		if x != nil {
			out = append(out, x)
		}
	}
	return out
}

// typeset is a line of letters ready to be drawn, in em.
type typeset struct {
	width  float64
	glyphs []glyph
}

type glyph struct {
	outline path // in font units, y up
	upem    float64
	at      point
}

// set arranges a text in one line, with kerning.
func (f *Fonts) set(text string, s style) typeset {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out typeset
	faces := f.pick(s)
	if len(faces) == 0 {
		return out
	}
	runes := []rune(text)
	for i := 0; i < len(runes); {
		with := having(faces, runes[i])
		n := i + 1
		for n < len(runes) && having(faces, runes[n]) == with {
			n++
		}
		f.shape(&out, runes, i, n, with)
		i = n
	}
	return out
}

func (f *Fonts) shape(out *typeset, runes []rune, from, to int, with *face) {
	script := language.Common
	for _, r := range runes[from:to] {
		if s := language.LookupScript(r); s != language.Common && s != language.Inherited {
			script = s
			break
		}
	}
	line := f.shaper.Shape(shaping.Input{
		Text: runes, RunStart: from, RunEnd: to, Direction: di.DirectionLTR, Face: with.font,
		Size: fixed.Int26_6(with.upem * 64), Script: script, Language: "und",
	})
	em := func(v fixed.Int26_6) float64 { return float64(v) / 64 / with.upem }
	for _, g := range line.Glyphs {
		if p := with.outline(g.GlyphID); p.size() > 0 {
			out.glyphs = append(out.glyphs, glyph{p, with.upem, point{out.width + em(g.XOffset), -em(g.YOffset)}})
		}
		out.width += em(g.Advance)
	}
}

// having is the first face with the letter, or the first of all.
func having(faces []*face, r rune) *face {
	for _, f := range faces {
		if _, ok := f.font.NominalGlyph(r); ok {
			return f
		}
	}
	return faces[0]
}

func (f *face) outline(id font.GID) path {
	if p, ok := f.glyphs[id]; ok {
		return p
	}
	var p path
	if data, ok := f.font.GlyphData(id).(font.GlyphOutline); ok {
		pt := func(q opentype.SegmentPoint) point { return point{float64(q.X), float64(q.Y)} }
		for i, s := range data.Segments {
			switch s.Op {
			case opentype.SegmentOpMoveTo:
				if i > 0 {
					p.close()
				}
				q := pt(s.Args[0])
				p.move(q.x, q.y)
			case opentype.SegmentOpLineTo:
				q := pt(s.Args[0])
				p.line(q.x, q.y)
			case opentype.SegmentOpQuadTo:
				p.quad(pt(s.Args[0]), pt(s.Args[1]))
			case opentype.SegmentOpCubeTo:
				p.cube(pt(s.Args[0]), pt(s.Args[1]), pt(s.Args[2]))
			}
		}
		if p.size() > 0 {
			p.close()
		}
	}
	f.glyphs[id] = p
	return p
}
