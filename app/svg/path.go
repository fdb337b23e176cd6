package svg

import (
	"errors"
	"fmt"
	"math"
	"strconv"
)

// path is an outline of straight lines and curves.
type path struct{ ops []op }

type op struct {
	kind byte // M, L, Q, C, Z
	p    [3]point
}

func (p *path) size() int         { return len(p.ops) }
func (p *path) move(x, y float64) { p.ops = append(p.ops, op{kind: 'M', p: [3]point{{x, y}}}) }
func (p *path) line(x, y float64) { p.ops = append(p.ops, op{kind: 'L', p: [3]point{{x, y}}}) }
func (p *path) close()            { p.ops = append(p.ops, op{kind: 'Z'}) }
func (p *path) quad(a, b point)   { p.ops = append(p.ops, op{kind: 'Q', p: [3]point{a, b}}) }
func (p *path) cube(a, b, c point) {
	p.ops = append(p.ops, op{kind: 'C', p: [3]point{a, b, c}})
}

// scanner reads the numbers of path data, which need no separators.
type scanner struct {
	s string
	i int
}

func (s *scanner) space() {
	for s.i < len(s.s) && (s.s[s.i] == ' ' || s.s[s.i] == ',' || s.s[s.i] == '\n' || s.s[s.i] == '\t' || s.s[s.i] == '\r') {
		s.i++
	}
}

func (s *scanner) number() (float64, bool) {
	s.space()
	start := s.i
	if s.i < len(s.s) && (s.s[s.i] == '+' || s.s[s.i] == '-') {
		s.i++
	}
	dot, digits := false, false
	for s.i < len(s.s) {
		c := s.s[s.i]
		if c >= '0' && c <= '9' {
			digits = true
		} else if c == '.' && !dot {
			dot = true
		} else {
			break
		}
		s.i++
	}
	if digits && s.i < len(s.s) && (s.s[s.i] == 'e' || s.s[s.i] == 'E') {
		j := s.i + 1
		if j < len(s.s) && (s.s[j] == '+' || s.s[j] == '-') {
			j++
		}
		if j < len(s.s) && s.s[j] >= '0' && s.s[j] <= '9' {
			for s.i = j; s.i < len(s.s) && s.s[s.i] >= '0' && s.s[s.i] <= '9'; {
				s.i++
			}
		}
	}
	v, err := strconv.ParseFloat(s.s[start:s.i], 64)
	if err != nil || math.Abs(v) > 1e7 {
		s.i = start
		return 0, false
	}
	return v, true
}

// flag reads one digit, 0 or 1, which may touch the next number.
func (s *scanner) flag() (float64, bool) {
	s.space()
	if s.i < len(s.s) && (s.s[s.i] == '0' || s.s[s.i] == '1') {
		s.i++
		return float64(s.s[s.i-1] - '0'), true
	}
	return 0, false
}

var wants = map[byte]int{'M': 2, 'L': 2, 'H': 1, 'V': 1, 'C': 6, 'S': 4, 'Q': 4, 'T': 2, 'A': 7, 'Z': 0}

// parsePath reads path data: every command, absolute and relative.
func parsePath(d string) (path, error) {
	var p path
	s := scanner{s: d}
	var at, start, last point // last: the control point a smooth curve mirrors
	var cmd, before byte
	for {
		s.space()
		if s.i >= len(s.s) {
			return p, nil
		}
		if c := s.s[s.i]; c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
			cmd = c
			s.i++
		} else if cmd == 0 || cmd == 'Z' || cmd == 'z' {
			return path{}, fmt.Errorf("path data is broken at %d", s.i)
		}
		upper := cmd &^ 0x20
		n, ok := wants[upper]
		if !ok {
			return path{}, fmt.Errorf("path data has no command %q", cmd)
		}
		var v [7]float64
		for k := range n {
			var good bool
			if upper == 'A' && (k == 3 || k == 4) {
				v[k], good = s.flag()
			} else {
				v[k], good = s.number()
			}
			if !good {
				return path{}, fmt.Errorf("path data is broken at %d", s.i)
			}
		}
		if len(p.ops) > maxPoints {
			return path{}, errors.New("the path has too many points")
		}
		var o point
		if cmd != upper {
			o = at
		}
		pt := func(k int) point { return point{o.x + v[k], o.y + v[k+1]} }
		mirror := func(kinds string) point {
			for i := range len(kinds) {
				if before == kinds[i] {
					return point{2*at.x - last.x, 2*at.y - last.y}
				}
			}
			return at
		}
		switch upper {
		case 'M':
			at = pt(0)
			start = at
			p.move(at.x, at.y)
			cmd = cmd&0x20 | 'L' // more pairs are lines
		case 'L':
			at = pt(0)
			p.line(at.x, at.y)
		case 'H':
			at.x = o.x + v[0]
			p.line(at.x, at.y)
		case 'V':
			at.y = o.y + v[0]
			p.line(at.x, at.y)
		case 'C':
			last = pt(2)
			p.cube(pt(0), last, pt(4))
			at = pt(4)
		case 'S':
			m := mirror("CS")
			last = pt(0)
			p.cube(m, last, pt(2))
			at = pt(2)
		case 'Q':
			last = pt(0)
			p.quad(last, pt(2))
			at = pt(2)
		case 'T':
			last = mirror("QT")
			p.quad(last, pt(0))
			at = pt(0)
		case 'A':
			end := pt(5)
			p.arc(at, v[0], v[1], v[2], v[3] != 0, v[4] != 0, end)
			at = end
		case 'Z':
			p.close()
			at = start
		}
		before = upper
	}
}

// arc adds an elliptical arc as curves, after the SVG specification, appendix
// B.2.4 (from end points to centre).
func (p *path) arc(from point, rx, ry, turn float64, large, sweep bool, to point) {
	rx, ry = math.Abs(rx), math.Abs(ry)
	if rx == 0 || ry == 0 || from == to {
		p.line(to.x, to.y)
		return
	}
	sin, cos := math.Sincos(turn * math.Pi / 180)
	dx, dy := (from.x-to.x)/2, (from.y-to.y)/2
	x, y := cos*dx+sin*dy, -sin*dx+cos*dy
	if l := x*x/(rx*rx) + y*y/(ry*ry); l > 1 {
		rx, ry = rx*math.Sqrt(l), ry*math.Sqrt(l)
	}
	k := math.Sqrt(math.Max(0, (rx*rx*ry*ry-rx*rx*y*y-ry*ry*x*x)/(rx*rx*y*y+ry*ry*x*x)))
	if large == sweep {
		k = -k
	}
	cx, cy := k*rx*y/ry, -k*ry*x/rx
	centre := point{cos*cx - sin*cy + (from.x+to.x)/2, sin*cx + cos*cy + (from.y+to.y)/2}
	a0 := math.Atan2((y-cy)/ry, (x-cx)/rx)
	a1 := math.Atan2((-y-cy)/ry, (-x-cx)/rx)
	da := a1 - a0
	if sweep && da < 0 {
		da += 2 * math.Pi
	} else if !sweep && da > 0 {
		da -= 2 * math.Pi
	}
	steps := int(math.Ceil(math.Abs(da)/(math.Pi/2) - 1e-9))
	step := da / float64(max(steps, 1))
	h := 4.0 / 3 * math.Tan(step/4)
	place := func(ux, uy float64) point {
		return point{centre.x + cos*rx*ux - sin*ry*uy, centre.y + sin*rx*ux + cos*ry*uy}
	}
	for i := range steps {
		s0, c0 := math.Sincos(a0 + float64(i)*step)
		s1, c1 := math.Sincos(a0 + float64(i+1)*step)
		p.cube(place(c0-h*s0, s0+h*c0), place(c1+h*s1, s1-h*c1), place(c1, s1))
	}
}

func rectangle(x, y, w, h, rx, ry float64) (p path) {
	if w <= 0 || h <= 0 {
		return p
	}
	if rx == 0 {
		rx = ry
	}
	if ry == 0 {
		ry = rx
	}
	rx, ry = math.Min(math.Abs(rx), w/2), math.Min(math.Abs(ry), h/2)
	if rx == 0 || ry == 0 {
		p.move(x, y)
		p.line(x+w, y)
		p.line(x+w, y+h)
		p.line(x, y+h)
		p.close()
		return p
	}
	at := point{x + rx, y}
	p.move(at.x, at.y)
	corner := func(lx, ly, ex, ey float64) {
		p.line(lx, ly)
		p.arc(point{lx, ly}, rx, ry, 0, false, true, point{ex, ey})
	}
	corner(x+w-rx, y, x+w, y+ry)
	corner(x+w, y+h-ry, x+w-rx, y+h)
	corner(x+rx, y+h, x, y+h-ry)
	corner(x, y+ry, x+rx, y)
	p.close()
	return p
}

func ellipse(cx, cy, rx, ry float64) (p path) {
	if rx <= 0 || ry <= 0 {
		return p
	}
	p.move(cx+rx, cy)
	p.arc(point{cx + rx, cy}, rx, ry, 0, false, true, point{cx - rx, cy})
	p.arc(point{cx - rx, cy}, rx, ry, 0, false, true, point{cx + rx, cy})
	p.close()
	return p
}

func polygon(points string, closed bool) (p path) {
	v := numbers(points)
	for i := 0; i+1 < len(v); i += 2 {
		if i == 0 {
			p.move(v[0], v[1])
		} else {
			p.line(v[i], v[i+1])
		}
	}
	if closed && len(v) > 3 {
		p.close()
	}
	return p
}
