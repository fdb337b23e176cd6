package svg

import "math"

type (
	lineEnd  uint8
	lineJoin uint8
)

const (
	buttCap lineEnd = iota
	roundCap
	squareCap
)

const (
	miterJoin lineJoin = iota
	roundJoin
	bevelJoin
)

// maxDashes are the dashes of one line; a finer pattern is drawn solid.
const maxDashes = 10_000

// stroker makes the polygons of a stroked line. They overlap only inside the
// line and all turn the same way, so that filled together they are the line.
type stroker struct {
	half      float64 // of the width
	cap       lineEnd
	join      lineJoin
	miter     float64
	tolerance float64
	out       func([]point)
}

func (s *stroker) line(l polyline) {
	pts := l.points[:0:0]
	for _, p := range l.points {
		if len(pts) == 0 || p.sub(pts[len(pts)-1]).length() > 1e-9 {
			pts = append(pts, p)
		}
	}
	if l.closed && len(pts) > 1 && pts[0].sub(pts[len(pts)-1]).length() <= 1e-9 {
		pts = pts[:len(pts)-1]
	}
	if len(pts) == 1 {
		s.dot(pts[0])
		return
	}
	n := len(pts)
	last := n - 1
	if l.closed {
		last = n
	}
	for i := range last {
		a, b := pts[i], pts[(i+1)%n]
		side := s.side(a, b)
		s.out([]point{a.add(side), b.add(side), b.sub(side), a.sub(side)})
		if i+1 < last || l.closed {
			s.corner(a, b, pts[(i+2)%n])
		}
	}
	if !l.closed {
		s.end(pts[1], pts[0])
		s.end(pts[n-2], pts[n-1])
	}
}

// side is half the width to the left of a line.
func (s *stroker) side(a, b point) point {
	d := b.sub(a)
	return point{-d.y, d.x}.times(s.half / d.length())
}

func (s *stroker) dot(p point) {
	switch s.cap {
	case roundCap:
		s.fan(p, point{s.half, 0}, 2*math.Pi)
	case squareCap:
		d := point{s.half, s.half}
		s.out([]point{p.sub(d), p.add(point{d.x, -d.y}), p.add(d), p.add(point{-d.x, d.y})})
	}
}

// end closes the line that comes from a at b.
func (s *stroker) end(a, b point) {
	side := s.side(a, b)
	switch s.cap {
	case roundCap:
		s.fan(b, side, -math.Pi)
	case squareCap:
		on := point{side.y, -side.x}
		s.out([]point{b.add(side), b.add(side).add(on), b.sub(side).add(on), b.sub(side)})
	}
}

// corner fills the outer wedge between the lines that meet at b.
func (s *stroker) corner(a, b, c point) {
	from, to := s.side(a, b), s.side(b, c)
	turn := math.Atan2(from.cross(to), from.dot(to))
	if turn > 0 { // a left turn: the outer side is the right one
		from, to = from.times(-1), to.times(-1)
	}
	switch s.join {
	case roundJoin:
		s.fan(b, from, turn)
		return
	case miterJoin:
		if cos := math.Cos(turn / 2); cos > 1e-6 && 1/cos <= s.miter {
			tip := from.add(to)
			tip = tip.times(s.half / cos / tip.length())
			s.out([]point{b, b.add(from), b.add(tip), b.add(to)})
			return
		}
	}
	s.out([]point{b, b.add(from), b.add(to)})
}

// fan fills the part of a disc that begins at a radius and turns by an angle.
func (s *stroker) fan(p, radius point, turn float64) {
	step := 2 * math.Acos(1-math.Min(0.5, s.tolerance/s.half))
	n := int(within(math.Ceil(math.Abs(turn)/step), 1, 256))
	poly := []point{p}
	for i := range n + 1 {
		sin, cos := math.Sincos(turn * float64(i) / float64(n))
		poly = append(poly, p.add(radius.turn(sin, cos)))
	}
	s.out(poly)
}

// dashed cuts a line by a pattern; a pattern too fine to be seen leaves it whole.
func dashed(l polyline, pattern []float64, offset float64) []polyline {
	pts := l.points
	if l.closed {
		pts = append(append([]point{}, pts...), pts[0])
	}
	period, length := 0.0, 0.0
	for _, d := range pattern {
		period += d
	}
	for i := 1; i < len(pts); i++ {
		length += pts[i].sub(pts[i-1]).length()
	}
	if period <= 0 || length/period*float64(len(pattern)) > maxDashes {
		return []polyline{l}
	}
	at := math.Mod(offset, period)
	if at < 0 {
		at += period
	}
	k := 0
	for at >= pattern[k] && at > 0 {
		at -= pattern[k]
		k = (k + 1) % len(pattern)
	}
	left := pattern[k] - at
	var out []polyline
	cur := []point{pts[0]}
	for i := 1; i < len(pts); i++ {
		a, b := pts[i-1], pts[i]
		whole := b.sub(a).length()
		for done := 0.0; done < whole; {
			step := math.Min(left, whole-done)
			done += step
			p := b
			if done < whole {
				p = mix(a, b, done/whole)
			}
			cur = append(cur, p)
			if left -= step; left <= 1e-12 {
				if k%2 == 0 {
					out = append(out, polyline{points: cur})
				}
				k = (k + 1) % len(pattern)
				left = pattern[k]
				cur = []point{p}
				// Zero-length parts of the pattern are dots or no gaps.
				for zero := 0; left == 0 && zero < len(pattern); zero++ {
					if k%2 == 0 {
						out = append(out, polyline{points: []point{p, p}})
					}
					k = (k + 1) % len(pattern)
					left = pattern[k]
				}
			}
		}
	}
	if k%2 == 0 && len(cur) > 1 {
		out = append(out, polyline{points: cur})
	}
	return out
}
