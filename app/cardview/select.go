package cardview

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"lectern/app/kit"
)

// place is a position in the text: a run and a letter within it.
type place struct{ run, letter int }

func (p place) before(q place) bool { return p.run < q.run || p.run == q.run && p.letter < q.letter }

// selection is what the pointer has marked; it is none while from equals to.
type selection struct{ from, to place }

func (s selection) ordered() (a, b place) {
	if s.to.before(s.from) {
		return s.to, s.from
	}
	return s.from, s.to
}

// Selected is the text that is marked, as it would be typed: formulas as TeX.
func (v *View) Selected() string {
	a, b := v.sel.ordered()
	if a == b {
		return ""
	}
	var out strings.Builder
	for i := a.run; i <= b.run && i < len(v.page.runs); i++ {
		r := []rune(v.page.runs[i].text)
		start, end := 0, len(r)
		if i == a.run {
			start = min(a.letter, len(r))
		}
		if i == b.run {
			end = min(b.letter, len(r))
		}
		if start < end {
			out.WriteString(string(r[start:end]))
		}
		if i < b.run {
			out.WriteString(v.page.runs[i].after)
		}
	}
	return out.String()
}

// SelectAll marks everything.
func (v *View) SelectAll() {
	n := len(v.page.runs)
	if n == 0 {
		return
	}
	v.sel = selection{to: place{n - 1, len([]rune(v.page.runs[n-1].text))}}
	v.Refresh()
}

type box struct{ x, y, w, h float32 }

// selected are the boxes behind the marked text.
func (v *View) selected() []box {
	a, b := v.sel.ordered()
	if a == b {
		return nil
	}
	var out []box
	for i := a.run; i <= b.run && i < len(v.page.runs); i++ {
		r := v.page.runs[i]
		x0, x1 := r.x, r.x+r.w
		if i == a.run {
			x0 = r.x + v.at(r, a.letter)
		}
		if i == b.run {
			x1 = r.x + v.at(r, b.letter)
		}
		if i < b.run && r.after == " " && i+1 < len(v.page.runs) && v.page.runs[i+1].y == r.y {
			x1 = v.page.runs[i+1].x
		}
		if x1 > x0 {
			out = append(out, box{x0, r.y, x1 - x0, r.h})
		}
	}
	return out
}

// at is how far into a run a letter begins; what is no text counts whole.
func (v *View) at(r run, letter int) float32 {
	letters := []rune(r.text)
	switch {
	case letter <= 0:
		return 0
	case letter >= len(letters):
		return r.w
	case strings.HasPrefix(r.text, "$"):
		return r.w
	}
	l := layouter{v: v}
	return l.measure(r.kind, string(letters[:letter]))
}

// hit is the place in the text nearest to a point.
func (v *View) hit(p fyne.Position) place {
	best, far := 0, float32(1e9)
	for i, r := range v.page.runs {
		dy := max(0, max(r.y-p.Y, p.Y-(r.y+r.h)))
		dx := max(0, max(r.x-p.X, p.X-(r.x+r.w)))
		if d := dy*1000 + dx; d < far {
			best, far = i, d
		}
	}
	if len(v.page.runs) == 0 {
		return place{}
	}
	r := v.page.runs[best]
	letters := []rune(r.text)
	if strings.HasPrefix(r.text, "$") {
		if p.X > r.x+r.w/2 {
			return place{best, len(letters)}
		}
		return place{best, 0}
	}
	for n := range letters {
		if mid := r.x + (v.at(r, n)+v.at(r, n+1))/2; p.X < mid {
			return place{best, n}
		}
	}
	return place{best, len(letters)}
}

// Dragged is for Fyne: it marks text.
func (v *View) Dragged(e *fyne.DragEvent) {
	if v.sel.from == v.sel.to {
		start := e.Position.SubtractXY(e.Dragged.DX, e.Dragged.DY)
		v.sel.from = v.hit(start)
	}
	v.sel.to = v.hit(e.Position)
	v.Refresh()
}

// DragEnd is for Fyne.
func (v *View) DragEnd() {}

// Tapped is for Fyne: it follows a link or takes the mark away.
func (v *View) Tapped(e *fyne.PointEvent) {
	if r, ok := v.under(e.Position); ok && r.link != "" && v.o.Link != nil {
		v.o.Link(r.link)
		return
	}
	if v.sel != (selection{}) {
		v.sel = selection{}
		v.Refresh()
	}
}

// DoubleTapped is for Fyne: it marks a word.
func (v *View) DoubleTapped(e *fyne.PointEvent) {
	p := v.hit(e.Position)
	if p.run >= len(v.page.runs) {
		return
	}
	letters := []rune(v.page.runs[p.run].text)
	from, to := min(p.letter, len(letters)), min(p.letter, len(letters))
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' }
	for from > 0 && inWord(letters[from-1]) {
		from--
	}
	for to < len(letters) && inWord(letters[to]) {
		to++
	}
	v.sel = selection{place{p.run, from}, place{p.run, to}}
	v.Refresh()
}

func (v *View) under(p fyne.Position) (run, bool) {
	for _, r := range v.page.runs {
		if p.X >= r.x && p.X < r.x+r.w && p.Y >= r.y && p.Y < r.y+r.h {
			return r, true
		}
	}
	return run{}, false
}

// Cursor is for Fyne.
func (v *View) Cursor() desktop.Cursor { return desktop.TextCursor }

var (
	_ fyne.Draggable      = (*View)(nil)
	_ fyne.DoubleTappable = (*View)(nil)
	_ desktop.Cursorable  = (*View)(nil)
	_ kit.Flowing         = (*View)(nil)
)
