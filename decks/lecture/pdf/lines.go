package pdf

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks/lecture/runs"
)

// line is a line of text as it is read: in one column, with its words in order.
type line struct {
	page   int // from 1
	runs   []runs.Run
	text   string  // plain
	x0, x1 float64 // its ends
	base   float64
	size   float64 // of most of its letters
	left   float64 // edges of the column it stands in
	right  float64
	style  runs.Style // what all its words have
	first  float64    // width of its first word, with the space after it
	cells  []cell     // parts of it with wide gaps between, if there are such
	mono   string     // as code, its gaps as spaces
	pen    float64    // where the pen began
	step   float64    // of the pen from letter to letter, in code
}

// cell is a part of a line.
type cell struct {
	x0, x1 float64
	runs   []runs.Run
	text   string
}

const (
	wide   = 1.6 // ems: a gap that parts what stands in a line
	narrow = 0.2 // ems: a gap that parts words
)

// row is words on one baseline, from left to right, across all columns.
type row struct {
	base, size float64
	words      []word
}

// rowsOf gathers the words of a page into rows, from the top. Raised and lowered
// letters go to the row that they touch.
func rowsOf(words []word) []row {
	if len(words) == 0 {
		return nil
	}
	body := commonSize(words)
	var small []word
	sorted := make([]word, 0, len(words))
	for _, w := range words {
		if w.size < 0.8*body {
			small = append(small, w)
		} else {
			sorted = append(sorted, w)
		}
	}
	if len(sorted) == 0 {
		sorted, small = small, nil
	}
	slices.SortStableFunc(sorted, func(a, b word) int { return cmp.Compare(b.base, a.base) })
	var rows []row
	for _, w := range sorted {
		if n := len(rows); n > 0 && math.Abs(rows[n-1].base-w.base) <= 0.25*min(max(w.size, 1), rows[n-1].size) {
			rows[n-1].words = append(rows[n-1].words, w)
			continue
		}
		rows = append(rows, row{base: w.base, size: max(w.size, 1), words: []word{w}})
	}
	for _, r := range rows {
		byPlace(r.words)
	}
	var lost []word
	near := map[int][]word{}
	for _, w := range small {
		if i := touches(rows, w); i >= 0 {
			near[i] = append(near[i], w)
		} else {
			lost = append(lost, w)
		}
	}
	for i, list := range near {
		rows[i].words = append(rows[i].words, list...)
		byPlace(rows[i].words)
	}
	if len(lost) > 0 { // footnotes, small print
		rows = append(rows, rowsOf(lost)...)
		slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(b.base, a.base) })
	}
	return rows
}

func byPlace(words []word) {
	slices.SortStableFunc(words, func(a, b word) int { return cmp.Compare(a.x0, b.x0) })
}

// touches is the row that a small word belongs to: one with a word beside it
// and at its height; -1 for none.
func touches(rows []row, w word) int {
	// Rows stand from the top: those near are found by halves.
	i := sort.Search(len(rows), func(i int) bool { return rows[i].base < w.base+1.2*rows[i].size })
	for ; i < len(rows) && rows[i].base > w.base-1.2*rows[i].size; i++ {
		r := rows[i]
		if w.base > r.base+0.75*r.size || w.base < r.base-0.35*r.size {
			continue
		}
		k := sort.Search(len(r.words), func(k int) bool { return r.words[k].x0 >= w.x0 })
		for _, x := range r.words[max(k-2, 0):min(k+2, len(r.words))] {
			if w.x0-x.x1 < 0.5*r.size && x.x0-w.x1 < 0.5*r.size {
				return i
			}
		}
	}
	return -1
}

// commonSize is the size of most letters, in halves of a point.
func commonSize(words []word) float64 {
	count := map[float64]int{}
	for _, w := range words {
		count[half(w.size)] += len(w.text)
	}
	return most(count)
}

func half(x float64) float64 { return math.Round(x*2) / 2 }

// most is the key that counts most, the smaller of equal ones.
func most(count map[float64]int) float64 {
	best, n := 0.0, -1
	for k, c := range count {
		if c > n || c == n && k < best {
			best, n = k, c
		}
	}
	return best
}

// chunk is a part of a row that belongs to one column.
type chunk struct {
	row   int
	words []word
}

func (c chunk) x0() float64 { return c.words[0].x0 }
func (c chunk) x1() float64 {
	x := c.words[0].x1
	for _, w := range c.words {
		x = max(x, w.x1)
	}
	return x
}

// line makes a line of words that stand in a column from left to right.
func (c chunk) line(page int, left, right float64) line {
	l := line{page: page, x0: c.x0(), x1: c.x1(), left: left, right: right}
	sizes, bases := map[float64]int{}, map[float64]int{}
	common, all := ^runs.Style(0), ^runs.Style(0) // of words with letters, of all
	for _, w := range c.words {
		all &= w.style
		sizes[half(w.size)] += len(w.text)
		bases[math.Round(w.base*4)/4] += len(w.text)
		if strings.ContainsFunc(w.text, unicode.IsLetter) {
			common &= w.style
		}
	}
	l.size, l.base = max(most(sizes), 1), most(bases)
	if l.style = common; common == ^runs.Style(0) {
		l.style = all
	}
	var text strings.Builder
	part := cell{x0: l.x0, x1: l.x0}
	for i, w := range c.words {
		if i > 0 {
			before := c.words[i-1]
			em := max(min(w.size, before.size), 1)
			switch gap := w.x0 - part.x1; {
			case gap > wide*em:
				l.end(part)
				part = cell{x0: w.x0, x1: w.x0}
				text.WriteByte(' ')
			case w.space && gap > -0.3*em || gap > narrow*em && w.style&runs.Code == 0 || gap > 0.9*em:
				part.runs = append(part.runs, runs.Run{Text: " "})
				text.WriteByte(' ')
				if l.first == 0 {
					l.first = w.x0 - l.x0
				}
			}
		}
		style := w.style
		if w.size < 0.85*l.size { // small letters, raised or lowered
			switch {
			case w.base > l.base+0.15*l.size:
				style |= runs.Super
			case w.base < l.base-0.05*l.size:
				style |= runs.Sub
			}
		}
		part.runs = append(part.runs, runs.Run{Text: w.text, Style: style})
		part.x1 = max(part.x1, w.x1)
		text.WriteString(w.text)
	}
	l.end(part)
	if l.first == 0 {
		l.first = l.x1 - l.x0
	}
	l.text = text.String()
	if l.style&runs.Code != 0 {
		l.code(c.words)
	}
	return l
}

// code writes the line as a program's: every letter takes the same room, so that
// gaps tell how many spaces they are.
func (l *line) code(words []word) {
	l.pen, l.step = words[0].origin, 0.6*l.size
	for i, w := range words[1:] {
		before := words[i]
		if s := (w.origin - before.origin) / float64(utf8.RuneCountInString(before.text)+1); w.space && s > 0.45*l.size && s < l.step {
			l.step = s
		}
	}
	var b strings.Builder
	column := 0
	for i, w := range words {
		at := int(math.Round((w.origin - l.pen) / l.step))
		if i > 0 && w.space {
			at = max(at, column+1)
		}
		b.WriteString(strings.Repeat(" ", min(max(at-column, 0), 200)))
		b.WriteString(w.text)
		column = max(at, column) + utf8.RuneCountInString(w.text)
	}
	l.mono = b.String()
}

// end adds a part of the line that is whole.
func (l *line) end(c cell) {
	c.text = runs.Plain(c.runs)
	if len(l.cells) > 0 {
		l.runs = append(l.runs, runs.Run{Text: " "})
	}
	l.cells = append(l.cells, c)
	l.runs = append(l.runs, c.runs...)
}
