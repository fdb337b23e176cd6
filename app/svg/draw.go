package svg

import (
	"image"
	"image/color"
	"math"
)

// Options say how a picture is drawn.
type Options struct {
	Ink     color.Color                           // of currentColor; nil is black
	Palette func(name string) (color.Color, bool) // colours of var(--name); may be nil
	Fonts   *Fonts                                // without them text is not drawn
}

// The bounds of a drawn picture; a larger one is drawn smaller.
const (
	maxSide   = 8192
	maxPixels = 24 << 20
)

// flatness is how far, in pixels, lines may be from the curves they stand for.
const flatness = 0.08

// Draw paints the picture at a width in device pixels; the height follows.
// The ground stays transparent.
func (p *Picture) Draw(width int, o Options) *image.RGBA {
	k := float64(min(max(width, 1), maxSide)) / p.width
	k = math.Min(k, maxSide/p.height)
	if pixels := (p.width*k + 1) * (p.height*k + 1); pixels > maxPixels {
		k *= math.Sqrt(maxPixels / pixels)
	}
	whole := func(v float64) int { return max(int(math.Ceil(v*k-1e-6)), 1) }
	return p.DrawOn(whole(p.width), whole(p.height), k, 0, 0, o)
}

// DrawOn paints the picture k times its natural size on an image of w by h
// pixels, with its corner at (dx, dy), which need not be whole. An image beyond
// 24 million pixels comes back empty.
func (p *Picture) DrawOn(w, h int, k, dx, dy float64, o Options) *image.RGBA {
	if w <= 0 || h <= 0 || w > maxPixels/h {
		return image.NewRGBA(image.Rectangle{})
	}
	fit := math.Min(p.width/p.box.w, p.height/p.box.h)
	c := canvas{
		img: image.NewRGBA(image.Rect(0, 0, w, h)), o: o,
		to: matrix{k, 0, 0, k, dx, dy}.mul(matrix{fit, 0, 0, fit, -p.box.x * fit, -p.box.y * fit}),
	}
	for _, s := range p.shapes {
		if len(s.runs) > 0 {
			c.text(s)
		} else {
			c.shape(s)
		}
	}
	return c.img
}

type canvas struct {
	img *image.RGBA
	o   Options
	to  matrix
	ras raster
}

func (c *canvas) shape(s shape) {
	to := c.to.mul(s.to)
	if col, ok := c.o.colour(s.style.fill, s.style.ink, 0); ok {
		col.A = uint8(float64(col.A)*s.style.opacity*s.style.fillOp + 0.5)
		var polys [][]point
		for _, l := range flatten(s.path, to, flatness) {
			polys = append(polys, l.points)
		}
		c.fill(polys, s.clip, col, s.style.evenOdd)
	}
	stretch := to.stretch()
	if s.style.width <= 0 || stretch <= 0 {
		return
	}
	if col, ok := c.o.colour(s.style.stroke, s.style.ink, 0); ok {
		col.A = uint8(float64(col.A)*s.style.opacity*s.style.strokeOp + 0.5)
		c.stroke(s, to, stretch, col)
	}
}

// stroke paints the line along an outline. The pen is round in the shape's own
// coordinates, so the line is made there and then mapped.
func (c *canvas) stroke(s shape, to matrix, stretch float64, col color.NRGBA) {
	var polys [][]point
	pen := stroker{
		half: math.Max(s.style.width/2, 0.35/stretch), cap: s.style.cap, join: s.style.join, miter: s.style.miter,
		tolerance: flatness / stretch,
	}
	pen.out = func(poly []point) {
		area := 0.0
		for i := range poly {
			poly[i] = to.apply(poly[i])
		}
		for i, p := range poly {
			area += p.sub(poly[0]).cross(poly[(i+1)%len(poly)].sub(poly[0]))
		}
		if area < 0 {
			for i, j := 0, len(poly)-1; i < j; i, j = i+1, j-1 {
				poly[i], poly[j] = poly[j], poly[i]
			}
		}
		polys = append(polys, poly)
	}
	for _, l := range flatten(s.path, identity, pen.tolerance) {
		if len(s.style.dash) == 0 {
			pen.line(l)
			continue
		}
		for _, dash := range dashed(l, s.style.dash, 0) {
			pen.line(dash)
		}
	}
	c.fill(polys, s.clip, col, false)
}

// fill paints polygons as one shape, cut by the boxes they lie in.
func (c *canvas) fill(polys [][]point, in *clip, col color.NRGBA, evenOdd bool) {
	if col.A == 0 {
		return
	}
	for ; in != nil; in = in.outer {
		b := in.box
		by := []point{{b.x, b.y}, {b.x + b.w, b.y}, {b.x + b.w, b.y + b.h}, {b.x, b.y + b.h}}
		for i, p := range by {
			by[i] = c.to.mul(in.to).apply(p)
		}
		kept := polys[:0]
		for _, poly := range polys {
			if poly = clipConvex(poly, by); poly != nil {
				kept = append(kept, poly)
			}
		}
		polys = kept
	}
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, poly := range polys {
		for _, p := range poly {
			low = point{math.Min(low.x, p.x), math.Min(low.y, p.y)}
			high = point{math.Max(high.x, p.x), math.Max(high.y, p.y)}
		}
	}
	if !c.ras.begin(low, high, c.img.Rect) {
		return
	}
	for _, poly := range polys {
		c.ras.polygon(poly)
	}
	c.ras.paint(c.img, col, evenOdd)
}
