package svg

import (
	"fmt"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Faces are the files of one typeface, TrueType or OpenType. Only Regular is
// needed; the others fall back on it.
type Faces struct{ Regular, Italic, Bold, BoldItalic []byte }

// Fonts are the typefaces for the text of pictures, by generic name.
type Fonts struct {
	sans, serif, mono family
}

type family struct{ regular, italic, bold, boldItalic *sfnt.Font }

// NewFonts reads the typefaces. Mono may be empty.
func NewFonts(sans, serif, mono Faces) (*Fonts, error) {
	var f Fonts
	for _, x := range []struct {
		to   *family
		from Faces
	}{{&f.sans, sans}, {&f.serif, serif}, {&f.mono, mono}} {
		for _, y := range []struct {
			to   **sfnt.Font
			data []byte
		}{{&x.to.regular, x.from.Regular}, {&x.to.italic, x.from.Italic}, {&x.to.bold, x.from.Bold}, {&x.to.boldItalic, x.from.BoldItalic}} {
			if len(y.data) == 0 {
				continue
			}
			font, err := sfnt.Parse(y.data)
			if err != nil {
				return nil, fmt.Errorf("read a font for pictures: %w", err)
			}
			*y.to = font
		}
	}
	return &f, nil
}

// pick is the face for a style, and those to try for letters it lacks.
func (f *Fonts) pick(s style) []*sfnt.Font {
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
	var out []*sfnt.Font
	for _, x := range []*sfnt.Font{first, f.sans.regular, f.serif.regular, f.mono.regular} {
		if x != nil {
			out = append(out, x)
		}
	}
	return out
}

var buffers = sync.Pool{New: func() any { return new(sfnt.Buffer) }}

// outline is the text of a shape as an outline in the shape's coordinates.
func (f *Fonts) outline(s shape) path {
	faces := f.pick(s.style)
	if len(faces) == 0 {
		return path{}
	}
	buf := buffers.Get().(*sfnt.Buffer)
	defer buffers.Put(buf)
	const ppem = 64 // outlines are read at this size and scaled
	k := s.style.size / ppem
	var p path
	x := 0.0
	for _, r := range s.text {
		face, glyph := faces[0], sfnt.GlyphIndex(0)
		for _, cand := range faces {
			if g, err := cand.GlyphIndex(buf, r); err == nil && g != 0 {
				face, glyph = cand, g
				break
			}
		}
		segs, err := face.LoadGlyph(buf, glyph, fixed.I(ppem), nil)
		if err == nil {
			addGlyph(&p, segs, s.at.x+x, s.at.y, k)
		}
		if adv, err := face.GlyphAdvance(buf, glyph, fixed.I(ppem), font.HintingNone); err == nil {
			x += float64(adv) / 64 * k
		}
	}
	shift := 0.0
	switch s.style.anchor {
	case "middle":
		shift = -x / 2
	case "end":
		shift = -x
	}
	if shift != 0 {
		for i := range p.ops {
			for j := range p.ops[i].p {
				p.ops[i].p[j].x += shift
			}
		}
	}
	return p
}

func addGlyph(p *path, segs sfnt.Segments, x, y, k float64) {
	pt := func(q fixed.Point26_6) point {
		return point{x + float64(q.X)/64*k, y + float64(q.Y)/64*k}
	}
	for i, seg := range segs {
		switch seg.Op {
		case sfnt.SegmentOpMoveTo:
			if i > 0 {
				p.close()
			}
			q := pt(seg.Args[0])
			p.move(q.x, q.y)
		case sfnt.SegmentOpLineTo:
			q := pt(seg.Args[0])
			p.line(q.x, q.y)
		case sfnt.SegmentOpQuadTo:
			p.quad(pt(seg.Args[0]), pt(seg.Args[1]))
		case sfnt.SegmentOpCubeTo:
			p.cube(pt(seg.Args[0]), pt(seg.Args[1]), pt(seg.Args[2]))
		}
	}
	if len(segs) > 0 {
		p.close()
	}
}
