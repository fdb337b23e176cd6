package svg

import "strings"

// run is a piece of a text in one style.
type run struct {
	text   string
	style  style
	x, y   *float64 // where it stands; nil: after the one before
	dx, dy float64
}

// words collects the runs of a text element while it is read.
type words struct {
	runs   []run
	x, y   *float64 // of the next run
	dx, dy float64
	space  bool // the text so far ends with a space, or is empty
}

// place takes the position that a text or tspan gives. Of a list, which places
// each letter, the first number counts.
func (w *words) place(a map[string]string, em float64) {
	first := func(name string) (float64, bool) {
		f := strings.FieldsFunc(a[name], func(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '\t' })
		if len(f) == 0 {
			return 0, false
		}
		if n, ok := strings.CutSuffix(f[0], "em"); ok {
			if v := numbers(n); len(v) == 1 {
				return v[0] * em, true
			}
		}
		v, _ := length(f[0])
		return v, true
	}
	if v, ok := first("x"); ok {
		w.x = &v
	}
	if v, ok := first("y"); ok {
		w.y = &v
	}
	if v, ok := first("dx"); ok {
		w.dx += v
	}
	if v, ok := first("dy"); ok {
		w.dy += v
	}
}

// add takes characters. Spaces and line ends become one space; a no-break space
// stays.
func (w *words) add(s string, st style) {
	var b strings.Builder
	for _, r := range s {
		if r == ' ' || r == '\t' || r == '\n' || r == '\r' {
			if !w.space {
				b.WriteByte(' ')
			}
			w.space = true
			continue
		}
		b.WriteRune(r)
		w.space = false
	}
	if b.Len() == 0 {
		return
	}
	w.runs = append(w.runs, run{text: b.String(), style: st, x: w.x, y: w.y, dx: w.dx, dy: w.dy})
	w.x, w.y, w.dx, w.dy = nil, nil, 0, 0
}

// done returns the runs without a space at the end.
func (w *words) done() []run {
	for len(w.runs) > 0 {
		last := &w.runs[len(w.runs)-1]
		if last.text = strings.TrimRight(last.text, " "); last.text != "" {
			break
		}
		w.runs = w.runs[:len(w.runs)-1]
	}
	return w.runs
}

// text paints runs one after another; a run with a place of its own begins a
// line, which is aligned by itself.
func (c *canvas) text(s shape) {
	if c.o.Fonts == nil {
		return
	}
	var at point
	for i := 0; i < len(s.runs); {
		n := i + 1
		for n < len(s.runs) && s.runs[n].x == nil && s.runs[n].y == nil {
			n++
		}
		line := s.runs[i:n]
		set := make([]typeset, len(line))
		width := 0.0
		for k, r := range line {
			set[k] = c.o.Fonts.set(r.text, r.style)
			width += r.dx + set[k].width*r.style.size
		}
		if line[0].x != nil {
			at.x = *line[0].x
		}
		if line[0].y != nil {
			at.y = *line[0].y
		}
		switch line[0].style.anchor {
		case "middle":
			at.x -= width / 2
		case "end":
			at.x -= width
		}
		for k, r := range line {
			at = at.add(point{r.dx, r.dy})
			for _, g := range set[k].glyphs {
				em := r.style.size
				place := matrix{em / g.upem, 0, 0, -em / g.upem, at.x + g.at.x*em, at.y + g.at.y*em}
				st := r.style
				st.evenOdd = false
				st.width *= g.upem / em
				c.shape(shape{to: s.to.mul(place), clip: s.clip, path: g.outline, style: st})
			}
			at.x += set[k].width * r.style.size
		}
		i = n
	}
}
