package cardview

import (
	"sort"
	"unicode"

	"fyne.io/fyne/v2"
)

// selection is a range of the text as it is copied, in letters; it is none
// while its ends are equal. The text does not depend on the width, so a
// selection survives a new layout.
type selection struct{ from, to int }

func (s selection) ordered() (a, b int) { return min(s.from, s.to), max(s.from, s.to) }

func (s selection) none() bool { return s.from == s.to }

// current is the page that is shown, or would be.
func (v *View) current() *page {
	if w := v.Size().Width; w > 0 {
		return v.page(w)
	}
	if len(v.pages) > 0 && v.made {
		return v.pages[len(v.pages)-1]
	}
	return v.page(fallbackWidth)
}

const fallbackWidth = 624 // of a view that was never laid out

// Selected is the text that is marked, as it would be typed: formulas as TeX
// between dollars. It is "" when nothing is.
func (v *View) Selected() string {
	if v.marked.none() {
		return ""
	}
	text := v.current().text
	a, b := v.marked.ordered()
	return string(text[min(a, len(text)):min(b, len(text))])
}

// SelectAll marks everything.
func (v *View) SelectAll() {
	v.mark(selection{0, len(v.current().text)})
}

// Deselect takes the mark away.
func (v *View) Deselect() { v.mark(selection{}) }

// box is a part of the page behind marked text.
type box struct {
	x, y, w, h float32
	pane       int
}

// boxes lie behind the marked text.
func (v *View) boxes() []box {
	a, b := v.marked.ordered()
	if a == b {
		return nil
	}
	var out []box
	runs := v.current().runs
	for i, r := range runs {
		end := r.start + len([]rune(r.text))
		if end < a || r.start >= b {
			continue
		}
		x0, x1 := r.x, r.x+r.w
		if !r.whole {
			if a > r.start {
				x0 = r.x + r.at(a-r.start)
			}
			if b < end {
				x1 = r.x + r.at(b-r.start)
			}
		}
		// The space to the next word of the line is marked with it.
		if b > end && i+1 < len(runs) {
			if n := runs[i+1]; n.y == r.y && n.h == r.h && n.pane == r.pane && n.x > x1 && n.x < x1+r.kind.Size && len(r.after) <= 1 {
				x1 = n.x
			}
		}
		if x1 <= x0 {
			continue
		}
		if n := len(out); n > 0 { // one box a line, without seams
			if p := &out[n-1]; p.y == r.y && p.h == r.h && p.pane == r.pane && x0 >= p.x && x0-(p.x+p.w) <= 2*codePad {
				p.w = x1 - p.x
				continue
			}
		}
		out = append(out, box{x0, r.y, x1 - x0, r.h, r.pane})
	}
	return out
}

// at is how far into a run a letter begins.
func (r run) at(letter int) float32 {
	text := []rune(r.text)
	switch {
	case letter <= 0:
		return 0
	case letter >= len(text):
		return r.w
	}
	return r.kind.Width(expand(string(text[:letter])))
}

// hit is the letter nearest to a point, and its run, -1 for none.
func (v *View) hit(p fyne.Position) (letter, in int) {
	runs := v.current().runs
	best, far := -1, float32(0)
	for i, r := range runs {
		x := r.x - v.offset(r.pane)
		dy := max(0, max(r.y-p.Y, p.Y-(r.y+r.h)))
		dx := max(0, max(x-p.X, p.X-(x+r.w)))
		if d := dy*1000 + dx; best < 0 || d < far {
			best, far = i, d
		}
	}
	if best < 0 {
		return 0, -1
	}
	r := runs[best]
	x := p.X - r.x + v.offset(r.pane)
	n := len([]rune(r.text))
	if r.whole {
		if x > r.w/2 {
			return r.start + n, best
		}
		return r.start, best
	}
	i := sort.Search(n, func(i int) bool { return (r.at(i)+r.at(i+1))/2 > x })
	return r.start + i, best
}

// wordAt is the word around a letter; a formula is one.
func (v *View) wordAt(letter, in int) selection {
	p := v.current()
	if in < 0 {
		return selection{}
	}
	if r := p.runs[in]; r.whole {
		return selection{r.start, r.start + len([]rune(r.text))}
	}
	from, to := letter, letter
	for from > 0 && inWord(p.text, from-1) {
		from--
	}
	for to < len(p.text) && inWord(p.text, to) {
		to++
	}
	return selection{from, to}
}

// inWord tells whether a letter belongs to a word; a hyphen does between letters.
func inWord(text []rune, i int) bool {
	letter := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_'
	}
	if text[i] == '-' || text[i] == '’' || text[i] == '\'' {
		return i > 0 && i+1 < len(text) && letter(text[i-1]) && letter(text[i+1])
	}
	return letter(text[i])
}
