package svg

import (
	"image/color"
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"
)

// matrix maps (x, y) to (a·x + c·y + e, b·x + d·y + f).
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

func (m matrix) mul(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[2]*n[1], m[1]*n[0] + m[3]*n[1],
		m[0]*n[2] + m[2]*n[3], m[1]*n[2] + m[3]*n[3],
		m[0]*n[4] + m[2]*n[5] + m[4], m[1]*n[4] + m[3]*n[5] + m[5],
	}
}

func (m matrix) apply(p point) point {
	return point{m[0]*p.x + m[2]*p.y + m[4], m[1]*p.x + m[3]*p.y + m[5]}
}

// stretch is the most that a length grows.
func (m matrix) stretch() float64 {
	s := (m[0]*m[0] + m[1]*m[1] + m[2]*m[2] + m[3]*m[3]) / 2
	det := m[0]*m[3] - m[1]*m[2]
	return math.Sqrt(s + math.Sqrt(math.Max(0, s*s-det*det)))
}

func parseTransform(s string) matrix {
	m := identity
	for s != "" {
		name, rest, ok := strings.Cut(s, "(")
		if !ok {
			return m
		}
		args, after, ok := strings.Cut(rest, ")")
		if !ok {
			return m
		}
		s = after
		v := numbers(args)
		switch name = strings.Trim(name, " ,\n\t"); {
		case name == "matrix" && len(v) == 6:
			m = m.mul(matrix{v[0], v[1], v[2], v[3], v[4], v[5]})
		case name == "translate" && len(v) == 1:
			m = m.mul(matrix{1, 0, 0, 1, v[0], 0})
		case name == "translate" && len(v) == 2:
			m = m.mul(matrix{1, 0, 0, 1, v[0], v[1]})
		case name == "scale" && len(v) == 1:
			m = m.mul(matrix{v[0], 0, 0, v[0], 0, 0})
		case name == "scale" && len(v) == 2:
			m = m.mul(matrix{v[0], 0, 0, v[1], 0, 0})
		case name == "rotate" && (len(v) == 1 || len(v) == 3):
			sin, cos := math.Sincos(v[0] * math.Pi / 180)
			turn := matrix{cos, sin, -sin, cos, 0, 0}
			if len(v) == 3 {
				turn = matrix{1, 0, 0, 1, v[1], v[2]}.mul(turn).mul(matrix{1, 0, 0, 1, -v[1], -v[2]})
			}
			m = m.mul(turn)
		}
	}
	return m
}

// dashPattern is an even number of lengths, not all zero; nil is a solid line.
func dashPattern(s string) []float64 {
	v := numbers(s)
	sum := 0.0
	for _, d := range v {
		if d < 0 {
			return nil
		}
		sum += d
	}
	if sum == 0 || len(v) > 64 {
		return nil
	}
	if len(v)%2 == 1 {
		v = append(v, v...)
	}
	return v
}

// paint is a colour as the file names it; it is looked up when drawn.
type paint string

type style struct {
	fill, stroke              paint
	ink                       paint // currentColor
	width                     float64
	dash                      []float64
	cap                       lineEnd
	join                      lineJoin
	miter                     float64
	evenOdd                   bool
	opacity, fillOp, strokeOp float64
	size                      float64
	family, anchor            string
	bold, italic              bool
}

func defaults() style {
	return style{fill: "currentColor", stroke: "none", width: 1, miter: 4, opacity: 1, fillOp: 1, strokeOp: 1, size: 16, anchor: "start"}
}

func styleOf(a map[string]string) map[string]string {
	s, ok := a["style"]
	if !ok {
		return nil
	}
	out := map[string]string{}
	for part := range strings.SplitSeq(s, ";") {
		if k, v, ok := strings.Cut(part, ":"); ok {
			out[strings.TrimSpace(k)] = strings.TrimSpace(v)
		}
	}
	return out
}

// with is the style of an element inside another.
func (s style) with(a map[string]string) style {
	css := styleOf(a)
	get := func(name string) (string, bool) {
		if v, ok := css[name]; ok {
			return v, true
		}
		v, ok := a[name]
		return strings.TrimSpace(v), ok && v != "inherit"
	}
	share := func(name string, now float64) float64 {
		if v, ok := get(name); ok {
			if f, err := strconv.ParseFloat(v, 64); err == nil && f >= 0 && f <= 1 {
				return f
			}
		}
		return now
	}
	if v, ok := get("color"); ok {
		s.ink = paint(v)
	}
	if v, ok := get("fill"); ok {
		s.fill = paint(v)
	}
	if v, ok := get("stroke"); ok {
		s.stroke = paint(v)
	}
	if v, ok := get("stroke-width"); ok {
		s.width, _ = length(v)
	}
	if v, ok := get("stroke-dasharray"); ok {
		s.dash = dashPattern(v)
	}
	if v, ok := get("stroke-linecap"); ok {
		s.cap = map[string]lineEnd{"round": roundCap, "square": squareCap}[v]
	}
	if v, ok := get("stroke-linejoin"); ok {
		s.join = map[string]lineJoin{"round": roundJoin, "bevel": bevelJoin}[v]
	}
	if v, ok := get("stroke-miterlimit"); ok {
		if f, err := strconv.ParseFloat(v, 64); err == nil && f >= 1 {
			s.miter = f
		}
	}
	if v, ok := get("fill-rule"); ok {
		s.evenOdd = v == "evenodd"
	}
	s.opacity *= share("opacity", 1)
	s.fillOp, s.strokeOp = share("fill-opacity", s.fillOp), share("stroke-opacity", s.strokeOp)
	if v, ok := get("font-size"); ok {
		if px, _ := length(v); px > 0 {
			s.size = px
		}
	}
	if v, ok := get("font-family"); ok {
		s.family = strings.ToLower(v)
	}
	if v, ok := get("text-anchor"); ok {
		s.anchor = v
	}
	if v, ok := get("font-weight"); ok {
		n, err := strconv.Atoi(v)
		s.bold = v == "bold" || v == "bolder" || (err == nil && n >= 600)
	}
	if v, ok := get("font-style"); ok {
		s.italic = v == "italic" || v == "oblique"
	}
	return s
}

// colour looks a paint up; false paints nothing.
func (o Options) colour(p, ink paint, depth int) (color.NRGBA, bool) {
	s := strings.TrimSpace(string(p))
	switch {
	case depth > 4 || s == "" || s == "none" || s == "transparent" || strings.HasPrefix(s, "url("):
		return color.NRGBA{}, false
	case s == "currentColor" || s == "currentcolor":
		if ink != "" && ink != "currentColor" && ink != "inherit" {
			return o.colour(ink, "", depth+1)
		}
		return toNRGBA(o.Ink), true
	case strings.HasPrefix(s, "var("):
		name, fallback, _ := strings.Cut(strings.TrimSuffix(s[4:], ")"), ",")
		if o.Palette != nil {
			if c, ok := o.Palette(strings.TrimPrefix(strings.TrimSpace(name), "--")); ok {
				return toNRGBA(c), true
			}
		}
		return o.colour(paint(fallback), ink, depth+1)
	case strings.HasPrefix(s, "#"):
		return hex(s[1:])
	case strings.HasPrefix(s, "rgb("):
		v := numbers(strings.TrimSuffix(s[4:], ")"))
		if len(v) != 3 {
			return color.NRGBA{}, false
		}
		b := func(f float64) uint8 { return uint8(math.Min(math.Max(f, 0), 255)) }
		return color.NRGBA{b(v[0]), b(v[1]), b(v[2]), 255}, true
	}
	c, ok := colornames.Map[strings.ToLower(s)]
	return color.NRGBA(c), ok // named colours are opaque
}

func hex(s string) (color.NRGBA, bool) {
	if len(s) == 3 {
		s = string([]byte{s[0], s[0], s[1], s[1], s[2], s[2]})
	}
	v, err := strconv.ParseUint(s, 16, 32)
	if err != nil || len(s) != 6 {
		return color.NRGBA{}, false
	}
	return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}, true
}

func toNRGBA(c color.Color) color.NRGBA {
	if c == nil {
		return color.NRGBA{A: 255}
	}
	return color.NRGBAModel.Convert(c).(color.NRGBA)
}
