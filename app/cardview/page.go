package cardview

import (
	"image"
	"math"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/decks/content"
)

// page is a document set for a width: what to draw, and the text in reading
// order.
type page struct {
	width, height float32
	back, front   []item // behind the selection and above it
	runs          []run
	panes         []pane
	text          []rune // everything, as it is copied
}

type shape int

const (
	letters shape = iota
	panel         // a rectangle, perhaps with an edge
	rule          // a line of text's colour
	drawing       // a formula or picture
	disc
	symbol // an icon
	dashes // a dashed frame
)

// item is one thing to draw. Letters have their baseline at y.
type item struct {
	shape      shape
	x, y, w, h float32
	look       look
	text       string
	image      image.Image
	radius     float32
	edge       fyne.ThemeColorName
	link       int // a line that shows only under the pointer
	pane       int // 1 + the pane it lies in, 0 for none
}

// run is a stretch of text as it is selected.
type run struct {
	text       string // what is copied
	kind       kit.Type
	x, y, w, h float32
	after      string // what stands between it and the next
	start      int    // of its first letter among all that is copied
	whole      bool   // selected as a whole: a formula, a picture
	link       int
	src        string // of a picture
	pane       int
}

// pane is a part of the page that may be wider than its place: program text.
type pane struct {
	x, y, w, h float32
	inner      float32 // width of what lies in it
}

// setter places blocks from top to bottom.
type setter struct {
	page
	y    float32
	pane int
	base float32 // of the first line since it was last set to 0
}

func (s *setter) behind(i item) { i.pane = s.pane; s.back = append(s.back, i) }
func (s *setter) above(i item)  { i.pane = s.pane; s.front = append(s.front, i) }
func (s *setter) say(r run)     { r.pane = s.pane; s.runs = append(s.runs, r) }

// end says what follows the last run.
func (s *setter) end(after string) {
	if n := len(s.runs); n > 0 {
		s.runs[n-1].after = after
	}
}

func round(x float32) float32 { return float32(math.Round(float64(x))) }
func ceil(x float32) float32  { return float32(math.Ceil(float64(x))) }

// lay sets the paragraph's lines.
func (p *para) lay(s *setter, x, width float32) {
	segments := fit(p.segments, width)
	var ls []line
	if p.even {
		ls = balanced(segments, width)
	} else {
		ls = lines(segments, width)
	}
	for _, ln := range ls {
		shift := float32(0)
		switch p.align {
		case content.AlignCenter:
			shift = (width - ln.width) / 2
		case content.AlignRight:
			shift = width - ln.width
		}
		s.line(ln, x+max(0, round(shift)), p.kind)
		switch last := ln.segments[len(ln.segments)-1]; {
		case ln.cut:
			s.end("")
		case last.end == forced:
			s.end("\n")
		default:
			s.end(last.gap.text)
		}
	}
	s.end("")
}

// fit makes formulas and pictures that are wider than a line as wide as it.
func fit(segments []segment, width float32) []segment {
	own := false
	for i, s := range segments {
		for k, p := range s.pieces {
			if !p.solid() || p.width <= width {
				continue
			}
			if !own {
				segments, own = append([]segment(nil), segments...), true
			}
			scale := width / p.width
			pieces := append([]piece(nil), segments[i].pieces...)
			q := &pieces[k]
			q.width, q.up, q.down = width, p.up*scale, p.down*scale
			segments[i].pieces, segments[i].width = pieces, segments[i].width-p.width+width
		}
	}
	return segments
}

// line places the words of a line on a common baseline. Neighbours of one look
// become one item, as a browser would draw them.
func (s *setter) line(ln line, x float32, kind kit.Type) {
	up, down := kind.Baseline(), kind.Line-kind.Baseline()
	var all []piece
	for i, seg := range ln.segments {
		for _, p := range seg.pieces {
			if p.solid() {
				up, down = max(up, ceil(p.up)+2), max(down, ceil(p.down)+2)
			}
			all = append(all, p)
		}
		if i+1 < len(ln.segments) && seg.gap.text != "" && len(all) > 0 {
			all = append(all, seg.gap)
		}
	}
	base, high := s.y+up, up+down
	if s.base == 0 {
		s.base = base
	}
	for i := 0; i < len(all); {
		p := all[i]
		j := i + 1
		for ; j < len(all) && joins(p, all[j]); j++ {
			p.text, p.width, p.right = p.text+all[j].text, p.width+all[j].width, all[j].right
		}
		s.piece(p, x, base, high)
		x += p.full()
		i = j
	}
	s.y += high
}

// joins tells whether a piece may be drawn together with the one before it.
func joins(a, b piece) bool {
	return a.look == b.look && !a.whole && !b.whole && a.right == 0 && b.left == 0
}

// piece draws one piece with its baseline at base in a line of this height.
func (s *setter) piece(p piece, x, base, high float32) {
	size := p.kind.Size
	if p.ground != "" {
		top := round(base - p.raise - size*0.98)
		s.behind(item{shape: panel, x: x, y: top, w: p.full(), h: round(size * 1.3), look: look{colour: p.ground}, radius: 3})
	}
	x += p.left
	r := run{text: p.text, kind: p.kind, x: x, y: s.y, w: p.width, h: high, whole: p.whole, link: p.link, src: p.src}
	if p.solid() {
		// The image is up to a pixel wider than the formula, at its right.
		s.above(item{shape: drawing, x: ceil(x), y: base - p.up, w: p.width, h: p.up + p.down, image: p.image})
	} else {
		s.above(item{shape: letters, x: x, y: base - round(p.raise), w: p.width, look: p.look, text: p.text})
	}
	if r.whole {
		r.text = p.source
	}
	stroke := max(1, round(size/16))
	if p.under || p.link > 0 {
		l := item{shape: rule, x: x, y: base + round(size*0.16), w: p.width, h: stroke, look: p.look}
		if !p.under {
			l.link = p.link
		}
		s.above(l)
	}
	if p.strike {
		s.above(item{shape: rule, x: x, y: round(base - p.raise - size*0.25), w: p.width, h: stroke, look: p.look})
	}
	s.say(r)
}
