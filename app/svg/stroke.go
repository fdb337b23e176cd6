package svg

import (
	"image"
	"image/color"
	"math"
)

// stroke paints the line along an outline: a box for each straight piece and a
// round joint where two meet.
func (c *canvas) stroke(p path, to matrix, s style, col color.NRGBA, area image.Rectangle) {
	half := s.width * to.scale() / 2
	if half <= 0 || col.A == 0 {
		return
	}
	half = math.Max(half, 0.35)
	b := c.img.Bounds()
	c.ras.Reset(b.Dx(), b.Dy())
	for _, line := range flatten(p, to) {
		for _, piece := range dashes(line.points, s.dash, to.scale()) {
			c.strokeLine(piece, half, line.closed && len(s.dash) == 0, s.round)
		}
	}
	c.lay(col, area)
}

func (c *canvas) strokeLine(pts []point, half float64, closed, round bool) {
	n := len(pts)
	if closed && n > 1 && pts[0] != pts[n-1] {
		pts = append(pts, pts[0])
		n++
	}
	for i := 0; i+1 < n; i++ {
		a, d := pts[i], pts[i+1]
		l := math.Hypot(d.x-a.x, d.y-a.y)
		if l == 0 {
			continue
		}
		nx, ny := (d.y-a.y)/l*half, -(d.x-a.x)/l*half
		c.polygon(point{a.x + nx, a.y + ny}, point{d.x + nx, d.y + ny}, point{d.x - nx, d.y - ny}, point{a.x - nx, a.y - ny})
	}
	for i, p := range pts {
		inner := i > 0 && i < n-1 || closed
		if (inner || round) && half > 0.6 {
			c.dot(p, half)
		}
	}
}

func (c *canvas) polygon(pts ...point) {
	for i, p := range pts {
		if i == 0 {
			c.ras.MoveTo(keep(p.x), keep(p.y))
		} else {
			c.ras.LineTo(keep(p.x), keep(p.y))
		}
	}
	c.ras.ClosePath()
}

// dot is a small circle, turned the same way as the boxes.
func (c *canvas) dot(p point, r float64) {
	const steps = 16
	var pts [steps]point
	for i := range steps {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / steps)
		pts[i] = point{p.x + r*cos, p.y + r*sin}
	}
	c.polygon(pts[:]...)
}

type polyline struct {
	points []point
	closed bool
}

// flatten turns an outline into straight pieces in device pixels.
func flatten(p path, to matrix) []polyline {
	var out []polyline
	var cur polyline
	flush := func() {
		if len(cur.points) > 1 {
			out = append(out, cur)
		}
		cur = polyline{}
	}
	var at point
	curve := func(f func(t float64) point, far float64) {
		steps := int(math.Max(4, math.Min(64, math.Sqrt(far)*2)))
		for i := 1; i <= steps; i++ {
			cur.points = append(cur.points, to.apply(f(float64(i)/float64(steps))))
		}
	}
	for _, o := range p.ops {
		switch o.kind {
		case 'M':
			flush()
			at = o.p[0]
			cur.points = append(cur.points, to.apply(at))
		case 'L':
			at = o.p[0]
			cur.points = append(cur.points, to.apply(at))
		case 'Q':
			a, b, d := at, o.p[0], o.p[1]
			curve(func(t float64) point {
				u := 1 - t
				return point{u*u*a.x + 2*u*t*b.x + t*t*d.x, u*u*a.y + 2*u*t*b.y + t*t*d.y}
			}, span(to, a, b, d))
			at = d
		case 'C':
			a, b, d, e := at, o.p[0], o.p[1], o.p[2]
			curve(func(t float64) point {
				u := 1 - t
				return point{
					u*u*u*a.x + 3*u*u*t*b.x + 3*u*t*t*d.x + t*t*t*e.x,
					u*u*u*a.y + 3*u*u*t*b.y + 3*u*t*t*d.y + t*t*t*e.y,
				}
			}, span(to, a, b, d, e))
			at = e
		case 'Z':
			if len(cur.points) > 0 {
				first := cur.points[0]
				cur.closed = true
				flush()
				cur.points = append(cur.points, first)
			}
		}
	}
	flush()
	return out
}

func span(to matrix, pts ...point) (sum float64) {
	for i := 1; i < len(pts); i++ {
		a, b := to.apply(pts[i-1]), to.apply(pts[i])
		sum += math.Hypot(b.x-a.x, b.y-a.y)
	}
	return math.Min(sum, 1e6)
}

// dashes cuts a line into its dashes.
func dashes(pts []point, pattern []float64, scale float64) [][]point {
	total := 0.0
	for _, d := range pattern {
		if d < 0 {
			return [][]point{pts}
		}
		total += d * scale
	}
	if total < 0.5 {
		return [][]point{pts}
	}
	var out [][]point
	on, i, left := true, 0, pattern[0]*scale
	cur := []point{pts[0]}
	for k := 1; k < len(pts) && len(out) < 10_000; k++ {
		a, b := pts[k-1], pts[k]
		l := math.Hypot(b.x-a.x, b.y-a.y)
		for l > left && len(out) < 10_000 {
			f := left / l
			a = point{a.x + (b.x-a.x)*f, a.y + (b.y-a.y)*f}
			l -= left
			if on {
				out = append(out, append(cur, a))
			}
			on, i = !on, (i+1)%len(pattern)
			left = math.Max(pattern[i]*scale, 1e-3)
			cur = []point{a}
		}
		left -= l
		cur = append(cur, b)
	}
	if on && len(cur) > 1 {
		out = append(out, cur)
	}
	return out
}
