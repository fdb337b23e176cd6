package svg

import "math"

type point struct{ x, y float64 }

func (p point) add(q point) point     { return point{p.x + q.x, p.y + q.y} }
func (p point) sub(q point) point     { return point{p.x - q.x, p.y - q.y} }
func (p point) times(k float64) point { return point{p.x * k, p.y * k} }
func (p point) cross(q point) float64 { return p.x*q.y - p.y*q.x }
func (p point) dot(q point) float64   { return p.x*q.x + p.y*q.y }
func (p point) length() float64       { return math.Hypot(p.x, p.y) }
func mix(p, q point, t float64) point { return point{p.x + (q.x-p.x)*t, p.y + (q.y-p.y)*t} }
func (p point) turn(sin, cos float64) point {
	return point{p.x*cos - p.y*sin, p.x*sin + p.y*cos}
}

func within(v, low, high float64) float64 { return math.Max(low, math.Min(high, v)) }

// polyline is a run of straight lines.
type polyline struct {
	points []point
	closed bool
}

// flatten maps an outline and turns its curves into lines no further from them
// than tolerance.
func flatten(p path, to matrix, tolerance float64) []polyline {
	var out []polyline
	var cur polyline
	var start point
	end := func() {
		if len(cur.points) > 1 || cur.closed {
			out = append(out, cur)
		}
		cur = polyline{}
	}
	begin := func() point {
		if len(cur.points) == 0 {
			cur.points = append(cur.points, start)
		}
		return cur.points[len(cur.points)-1]
	}
	for _, o := range p.ops {
		switch o.kind {
		case 'M':
			end()
			start = to.apply(o.p[0])
			cur.points = append(cur.points, start)
		case 'L':
			begin()
			cur.points = append(cur.points, to.apply(o.p[0]))
		case 'Q':
			a, b, c := begin(), to.apply(o.p[0]), to.apply(o.p[1])
			n := steps(a.sub(b.times(2)).add(c).length(), 0.25, tolerance)
			for i := 1; i < n; i++ {
				t := float64(i) / float64(n)
				cur.points = append(cur.points, mix(mix(a, b, t), mix(b, c, t), t))
			}
			cur.points = append(cur.points, c)
		case 'C':
			a, b, c, d := begin(), to.apply(o.p[0]), to.apply(o.p[1]), to.apply(o.p[2])
			n := steps(math.Max(a.sub(b.times(2)).add(c).length(), b.sub(c.times(2)).add(d).length()), 0.75, tolerance)
			for i := 1; i < n; i++ {
				t := float64(i) / float64(n)
				ab, bc, cd := mix(a, b, t), mix(b, c, t), mix(c, d, t)
				cur.points = append(cur.points, mix(mix(ab, bc, t), mix(bc, cd, t), t))
			}
			cur.points = append(cur.points, d)
		case 'Z':
			if len(cur.points) > 0 {
				start = cur.points[0]
				cur.closed = true
				end()
			}
		}
	}
	end()
	return out
}

// steps is how many chords keep within tolerance of a curve: the distance of n
// chords is at most factor · bend / n², bend being the second difference of the
// control points (factor 1/4 for two of them to a curve, 3/4 for three).
func steps(bend, factor, tolerance float64) int {
	return int(within(math.Ceil(math.Sqrt(bend*factor/tolerance)), 1, 128))
}

// clipConvex cuts a closed polygon by a convex one, whatever its direction.
func clipConvex(poly, by []point) []point {
	area := 0.0
	for i, p := range by {
		area += p.cross(by[(i+1)%len(by)])
	}
	if area == 0 {
		return nil
	}
	for i, a := range by {
		edge := by[(i+1)%len(by)].sub(a)
		if area < 0 {
			edge = edge.times(-1)
		}
		side := func(p point) float64 { return edge.cross(p.sub(a)) }
		var out []point
		for j, p := range poly {
			q := poly[(j+1)%len(poly)]
			sp, sq := side(p), side(q)
			if sp >= 0 {
				out = append(out, p)
			}
			if sp >= 0 != (sq >= 0) {
				out = append(out, mix(p, q, sp/(sp-sq)))
			}
		}
		if poly = out; len(poly) < 3 {
			return nil
		}
	}
	return poly
}
