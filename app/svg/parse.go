package svg

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// The bounds of a picture; a file beyond them is refused.
const (
	maxBytes    = 4 << 20
	maxElements = 20_000
	maxDepth    = 64
	maxPoints   = 400_000

	// maxCoats bounds the work of drawing, at any size: how often the whole
	// picture may be painted over. edgeCoats is the work for an outline as long
	// as the picture's side.
	maxCoats  = 600
	edgeCoats = 0.004
	// maxLines bounds the straight lines that all curves, dashes and joints
	// become when the picture is 4096 pixels wide.
	maxLines = 4_000_000
)

// Picture is a parsed SVG. It may be drawn by several goroutines.
type Picture struct {
	width, height float64 // in px; ex and em count as 8 and 16
	box           rect    // the part of user space that fills the picture
	shapes        []shape
	// Depth is how far the picture reaches below the baseline, in ex, from the
	// vertical-align of a formula.
	Depth float64
	// WidthEx and HeightEx are the size of a formula in ex, 0 when the file
	// gives its size otherwise.
	WidthEx, HeightEx float64
}

type rect struct{ x, y, w, h float64 }

// shape is something to paint: an outline or a piece of text, in its own
// coordinates, with the way to those of the picture.
type shape struct {
	to    matrix
	clip  *clip
	path  path
	style style
	runs  []run // of a text, which has no path of its own
}

// clip is a box outside which nothing is painted.
type clip struct {
	box   rect
	to    matrix
	outer *clip
}

// Size is the picture's natural size in px.
func (p *Picture) Size() (width, height float64) { return p.width, p.height }

// Parse reads a picture. Errors say what is wrong with the file.
func Parse(data []byte) (*Picture, error) {
	if len(data) > maxBytes {
		return nil, fmt.Errorf("the picture is larger than %d MB", maxBytes>>20)
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = false
	d.Entity = map[string]string{"nbsp": "\u00a0"}
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	r := reader{d: d}
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil, errors.New("the file has no svg element")
		}
		if err != nil {
			return nil, fmt.Errorf("read the picture: %w", err)
		}
		if e, ok := t.(xml.StartElement); ok {
			if e.Name.Local != "svg" {
				return nil, fmt.Errorf("the file begins with <%s>, not <svg>", e.Name.Local)
			}
			return r.picture(e)
		}
	}
}

type reader struct {
	d        *xml.Decoder
	p        Picture
	elements int
	points   int
	coats    float64
	lines    float64
}

func (r *reader) picture(e xml.StartElement) (*Picture, error) {
	a := attributes(e)
	box, boxed := parseBox(a["viewBox"])
	w, wx := length(a["width"])
	h, hx := length(a["height"])
	r.p.WidthEx, r.p.HeightEx = wx, hx
	switch {
	case !boxed && w > 0 && h > 0:
		box = rect{0, 0, w, h}
	case !boxed:
		return nil, errors.New("the picture has neither a size nor a viewBox")
	case w <= 0 && h <= 0:
		w, h = box.w, box.h
	case w <= 0:
		w = h * box.w / box.h
	case h <= 0:
		h = w * box.h / box.w
	}
	if !sane(w, h) || box.w <= 0 || box.h <= 0 {
		return nil, fmt.Errorf("the picture's size %g × %g makes no sense", w, h)
	}
	r.p.width, r.p.height, r.p.box = w, h, box
	if v, ok := styleOf(a)["vertical-align"]; ok {
		_, ex := length(v)
		r.p.Depth = -ex
	}
	if err := r.children(identity, nil, defaults().with(a), 0); err != nil {
		return nil, err
	}
	return &r.p, nil
}

func sane(w, h float64) bool {
	return w > 0 && h > 0 && w < 20_000 && h < 20_000 && !math.IsNaN(w) && !math.IsNaN(h)
}

// children reads up to the end of the open element.
func (r *reader) children(to matrix, c *clip, s style, depth int) error {
	for {
		t, err := r.d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the picture: %w", err)
		}
		switch t := t.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if r.elements++; r.elements > maxElements || depth > maxDepth {
				return errors.New("the picture has too many elements or nests too deep")
			}
			if err := r.element(t, to, c, s, depth+1); err != nil {
				return err
			}
		}
	}
}

func (r *reader) element(e xml.StartElement, to matrix, c *clip, s style, depth int) error {
	a := attributes(e)
	s = s.with(a)
	to = to.mul(parseTransform(a["transform"]))
	if a["display"] == "none" || styleOf(a)["display"] == "none" {
		return r.d.Skip()
	}
	num := func(name string) float64 {
		if part, ok := strings.CutSuffix(strings.TrimSpace(a[name]), "%"); ok {
			return percent(part, name, r.p.box)
		}
		v, _ := length(a[name])
		return v
	}
	add := func(p path) error {
		if r.points += p.size(); r.points > maxPoints {
			return errors.New("the picture has too many points")
		}
		if err := r.weigh(p, to, c, s); err != nil {
			return err
		}
		r.p.shapes = append(r.p.shapes, shape{to: to, clip: c, path: p, style: s})
		return r.d.Skip()
	}
	switch e.Name.Local {
	case "g", "a":
		return r.children(to, c, s, depth)
	case "svg":
		return r.nested(a, to, c, s, depth)
	case "path":
		p, err := parsePath(a["d"])
		if err != nil {
			return err
		}
		return add(p)
	case "rect":
		return add(rectangle(num("x"), num("y"), num("width"), num("height"), num("rx"), num("ry")))
	case "circle":
		return add(ellipse(num("cx"), num("cy"), num("r"), num("r")))
	case "ellipse":
		return add(ellipse(num("cx"), num("cy"), num("rx"), num("ry")))
	case "line":
		var p path
		p.move(num("x1"), num("y1"))
		p.line(num("x2"), num("y2"))
		return add(p)
	case "polyline", "polygon":
		return add(polygon(a["points"], e.Name.Local == "polygon"))
	case "text":
		w := &words{space: true, x: new(float64), y: new(float64)}
		w.place(a, s.size)
		if err := r.text(w, s, depth); err != nil {
			return err
		}
		runs := w.done()
		for _, t := range runs {
			em := t.style.size * r.scale(to)
			r.coats += float64(len(t.text)) * math.Min(em*em, 1)
		}
		if r.coats > maxCoats {
			return errTooMuch
		}
		if len(runs) > 0 {
			r.p.shapes = append(r.p.shapes, shape{to: to, clip: c, runs: runs})
		}
		return nil
	}
	return r.d.Skip()
}

// nested places an svg inside another: its box is moved, scaled and clipped.
func (r *reader) nested(a map[string]string, to matrix, c *clip, s style, depth int) error {
	x, _ := length(a["x"])
	y, _ := length(a["y"])
	w, _ := length(a["width"])
	h, _ := length(a["height"])
	to = to.mul(matrix{1, 0, 0, 1, x, y})
	if w > 0 && h > 0 {
		c = &clip{box: rect{0, 0, w, h}, to: to, outer: c}
	}
	if box, ok := parseBox(a["viewBox"]); ok && w > 0 && h > 0 {
		to = to.mul(matrix{w / box.w, 0, 0, h / box.h, 0, 0}).mul(matrix{1, 0, 0, 1, -box.x, -box.y})
	}
	return r.children(to, c, s, depth)
}

// text reads the runs of a text element.
func (r *reader) text(w *words, s style, depth int) error {
	if depth > maxDepth {
		return errors.New("the picture nests too deep")
	}
	for {
		t, err := r.d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the picture: %w", err)
		}
		switch t := t.(type) {
		case xml.EndElement:
			return nil
		case xml.CharData:
			if r.points += len(t); r.points > maxPoints {
				return errTooMuch
			}
			w.add(string(t), s)
		case xml.StartElement:
			if r.elements++; r.elements > maxElements {
				return errTooMuch
			}
			if t.Name.Local != "tspan" && t.Name.Local != "a" {
				if err := r.d.Skip(); err != nil {
					return fmt.Errorf("read the picture: %w", err)
				}
				continue
			}
			a := attributes(t)
			inner := s.with(a)
			w.place(a, inner.size)
			if err := r.text(w, inner, depth+1); err != nil {
				return err
			}
		}
	}
}

var errTooMuch = errors.New("the picture is too much work to draw")

// scale is how much of the picture's side a unit of a shape is, at most.
func (r *reader) scale(to matrix) float64 {
	return to.stretch() / math.Max(math.Min(r.p.box.w, r.p.box.h), 1e-9)
}

// weigh counts the work of drawing an outline.
func (r *reader) weigh(p path, to matrix, in *clip, s style) error {
	whole := r.p.box
	side := math.Max(whole.w, whole.h)
	grow, stroked := 0.0, s.stroke != "none" && s.width > 0
	if stroked {
		grow = s.width * to.stretch()
	}
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	edges, lines, dashes := 0.0, 0.0, 0.0
	var at, own point
	for _, o := range p.ops {
		n := map[byte]int{'M': 1, 'L': 1, 'Q': 2, 'C': 3}[o.kind]
		long := 0.0
		for _, q := range o.p[:n] {
			if o.kind != 'M' {
				dashes += q.sub(own).length()
			}
			own = q
			q = to.apply(q)
			if o.kind != 'M' {
				long += q.sub(at).length() / side
			}
			at = q
			low = point{math.Min(low.x, q.x), math.Min(low.y, q.y)}
			high = point{math.Max(high.x, q.x), math.Max(high.y, q.y)}
		}
		parts := 1.0
		if n > 1 {
			parts = float64(steps(long*4096, 0.75, flatness))
		}
		edges += math.Min(long, 2)
		if stroked {
			edges += math.Min(long+4*grow/side*parts, 2*parts)
			parts *= 6
			if s.join == roundJoin || s.cap == roundCap {
				parts += 32
			}
		}
		lines += parts
	}
	if stroked && len(s.dash) > 0 {
		period := 0.0
		for _, d := range s.dash {
			period += d
		}
		lines += 8 * math.Min(dashes/period*float64(len(s.dash)), maxDashes*float64(len(p.ops)))
	}
	for ; in != nil; in = in.outer {
		lines *= 1.2
	}
	r.lines += lines
	low, high = low.sub(point{grow, grow}), high.add(point{grow, grow})
	w := math.Min(high.x, whole.x+whole.w) - math.Max(low.x, whole.x)
	h := math.Min(high.y, whole.y+whole.h) - math.Max(low.y, whole.y)
	if w > 0 && h > 0 {
		r.coats += w * h / (whole.w * whole.h)
	}
	if r.coats += edgeCoats * edges; r.coats > maxCoats || r.lines > maxLines {
		return errTooMuch
	}
	return nil
}

// percent is a part of the picture's width or height.
func percent(number, name string, of rect) float64 {
	v := numbers(number)
	if len(v) != 1 {
		return 0
	}
	switch name {
	case "x", "x1", "x2", "cx", "width", "rx":
		return v[0] / 100 * of.w
	case "r":
		return v[0] / 100 * math.Hypot(of.w, of.h) / math.Sqrt2
	}
	return v[0] / 100 * of.h
}

func attributes(e xml.StartElement) map[string]string {
	a := make(map[string]string, len(e.Attr))
	for _, x := range e.Attr {
		a[x.Name.Local] = x.Value
	}
	return a
}

// length reads a number with its unit as px; for ex it gives the ex as well.
func length(s string) (px, ex float64) {
	s = strings.TrimSpace(s)
	unit := strings.TrimLeft(s, "+-0123456789.eE")
	if strings.HasSuffix(s, "ex") {
		unit = "ex"
	} else if strings.HasSuffix(s, "em") {
		unit = "em"
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(s, unit)), 64)
	if err != nil || math.IsNaN(v) || math.Abs(v) > 1e6 {
		return 0, 0
	}
	switch unit {
	case "ex":
		return v * 8, v
	case "em":
		return v * 16, 0
	case "", "px", "pt":
		return v, 0
	}
	return 0, 0
}

func parseBox(s string) (rect, bool) {
	v := numbers(s)
	if len(v) != 4 || v[2] <= 0 || v[3] <= 0 {
		return rect{}, false
	}
	return rect{v[0], v[1], v[2], v[3]}, true
}

// numbers reads a list of numbers, apart by spaces, commas or signs; nil when it
// holds anything else.
func numbers(s string) []float64 {
	var out []float64
	for sc := (scanner{s: s}); ; {
		if sc.space(); sc.i >= len(sc.s) {
			return out
		}
		v, ok := sc.number()
		if !ok || math.Abs(v) > 1e6 {
			return nil
		}
		out = append(out, v)
	}
}
