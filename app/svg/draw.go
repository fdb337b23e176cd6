package svg

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// Options say how a picture is drawn.
type Options struct {
	Ink     color.Color                           // of currentColor; nil is black
	Palette func(name string) (color.Color, bool) // colours of var(--name); may be nil
	Fonts   *Fonts                                // without them text is not drawn
}

// maxSide is the largest side of a drawn picture in px.
const maxSide = 8192

// Draw paints the picture at a width in device pixels; the height follows.
// The ground stays transparent.
func (p *Picture) Draw(width int, o Options) *image.RGBA {
	width = min(max(width, 1), maxSide)
	height := min(max(int(math.Ceil(float64(width)*p.height/p.width-1e-6)), 1), maxSide)
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	k := math.Min(float64(width)/p.box.w, float64(height)/p.box.h)
	c := canvas{img: img, o: o, to: matrix{k, 0, 0, k, -p.box.x * k, -p.box.y * k}, ras: vector.NewRasterizer(width, height)}
	for _, s := range p.shapes {
		c.shape(s)
	}
	return img
}

type canvas struct {
	img *image.RGBA
	o   Options
	to  matrix
	ras *vector.Rasterizer
}

func (c *canvas) shape(s shape) {
	to := c.to.mul(s.to)
	area := c.img.Bounds()
	for cl := s.clip; cl != nil; cl = cl.outer {
		area = area.Intersect(bounds(c.to.mul(cl.to), cl.box))
	}
	if area.Empty() {
		return
	}
	outline := s.path
	if s.text != "" {
		if c.o.Fonts == nil {
			return
		}
		outline = c.o.Fonts.outline(s)
	}
	if col, ok := c.o.colour(s.style.fill, s.style.ink, 0); ok {
		col.A = uint8(float64(col.A)*s.style.opacity*s.style.fillOp + 0.5)
		c.fill(outline, to, col, area)
	}
	if s.text != "" || s.style.width <= 0 {
		return
	}
	if col, ok := c.o.colour(s.style.stroke, s.style.ink, 0); ok {
		col.A = uint8(float64(col.A)*s.style.opacity*s.style.strokeOp + 0.5)
		c.stroke(outline, to, s.style, col, area)
	}
}

func bounds(m matrix, r rect) image.Rectangle {
	a, b := m.apply(point{r.x, r.y}), m.apply(point{r.x + r.w, r.y + r.h})
	x0, x1 := math.Min(a.x, b.x), math.Max(a.x, b.x)
	y0, y1 := math.Min(a.y, b.y), math.Max(a.y, b.y)
	lim := func(f float64) int { return int(math.Max(-1, math.Min(f, maxSide+1))) }
	return image.Rect(lim(math.Floor(x0)), lim(math.Floor(y0)), lim(math.Ceil(x1)), lim(math.Ceil(y1)))
}

func (c *canvas) fill(p path, to matrix, col color.NRGBA, area image.Rectangle) {
	if len(p.ops) == 0 || col.A == 0 {
		return
	}
	b := c.img.Bounds()
	c.ras.Reset(b.Dx(), b.Dy())
	pt := func(q point) (float32, float32) {
		q = to.apply(q)
		return keep(q.x), keep(q.y)
	}
	for _, o := range p.ops {
		switch o.kind {
		case 'M':
			c.ras.ClosePath()
			c.ras.MoveTo(pt(o.p[0]))
		case 'L':
			c.ras.LineTo(pt(o.p[0]))
		case 'Q':
			x1, y1 := pt(o.p[0])
			x2, y2 := pt(o.p[1])
			c.ras.QuadTo(x1, y1, x2, y2)
		case 'C':
			x1, y1 := pt(o.p[0])
			x2, y2 := pt(o.p[1])
			x3, y3 := pt(o.p[2])
			c.ras.CubeTo(x1, y1, x2, y2, x3, y3)
		case 'Z':
			c.ras.ClosePath()
		}
	}
	c.ras.ClosePath()
	c.lay(col, area)
}

// lay puts the rasterised outline on the picture, inside an area.
func (c *canvas) lay(col color.NRGBA, area image.Rectangle) {
	src := image.NewUniform(col)
	if area == c.img.Bounds() {
		c.ras.Draw(c.img, area, src, image.Point{})
		return
	}
	mask := image.NewAlpha(c.img.Bounds())
	c.ras.Draw(mask, mask.Bounds(), image.Opaque, image.Point{})
	draw.DrawMask(c.img, area, src, image.Point{}, mask, area.Min, draw.Over)
}

// keep holds coordinates in a range the rasteriser can count in.
func keep(f float64) float32 {
	if math.IsNaN(f) {
		return 0
	}
	return float32(math.Max(-2*maxSide, math.Min(f, 3*maxSide)))
}
