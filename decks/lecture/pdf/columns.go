package pdf

import (
	"cmp"
	"math"
	"slices"
)

// linesOf reads a page: its lines in the order of reading. Text in columns is
// read column by column, between what spans them.
func linesOf(page int, words []word) []line {
	rows := rowsOf(words)
	if len(rows) == 0 {
		return nil
	}
	chunks := whole(rows)
	left, right := extent(chunks)
	return columns(page, chunks, left, right, 2)
}

func extent(chunks []chunk) (left, right float64) {
	left, right = math.Inf(1), math.Inf(-1)
	for _, c := range chunks {
		left, right = min(left, c.x0()), max(right, c.x1())
	}
	return left, right
}

// margin are the edges of a column: where most of its long lines begin and end.
// One that stands out says nothing of the others.
func margin(begins, ends []float64) (left, right float64) {
	slices.Sort(begins)
	slices.Sort(ends)
	return begins[len(begins)/20], ends[len(ends)-1-len(ends)/10]
}

func whole(rows []row) []chunk {
	out := make([]chunk, len(rows))
	for i, r := range rows {
		out[i] = chunk{i, r.words}
	}
	return out
}

// columns reads what stands between two edges. Parts is how many times it may
// still be divided.
func columns(page int, chunks []chunk, left, right float64, parts int) []line {
	gutter, found := 0.0, false
	if parts > 0 {
		gutter, found = findGutter(chunks, left, right)
	}
	var out []line
	if !found {
		for _, c := range chunks {
			out = append(out, c.line(page, left, right))
		}
		return out
	}
	var lefts, rights []chunk
	flush := func() {
		// A side of its own has edges of its own.
		out = append(out, side(page, lefts, left, gutter, parts)...)
		out = append(out, side(page, rights, gutter, right, parts)...)
		lefts, rights = nil, nil
	}
	for _, c := range chunks {
		a, b, parted := split(c, gutter)
		if !parted {
			flush()
			out = append(out, c.line(page, left, right))
			continue
		}
		if len(a.words) > 0 {
			lefts = append(lefts, a)
		}
		if len(b.words) > 0 {
			rights = append(rights, b)
		}
	}
	flush()
	return out
}

func side(page int, chunks []chunk, left, right float64, parts int) []line {
	if len(chunks) == 0 {
		return nil
	}
	l, r := extent(chunks)
	return columns(page, chunks, max(l, left), min(r, right), parts-1)
}

// split parts a chunk at a gutter; false when it stands across it.
func split(c chunk, x float64) (a, b chunk, parted bool) {
	a.row, b.row = c.row, c.row
	for _, w := range c.words {
		switch {
		case w.x1 <= x:
			a.words = append(a.words, w)
		case w.x0 >= x:
			b.words = append(b.words, w)
		default:
			return a, b, false
		}
	}
	if len(a.words) > 0 && len(b.words) > 0 {
		last, first := a.words[len(a.words)-1], b.words[0]
		if first.x0-last.x1 < 0.6*first.size { // only a space of a line across
			return a, b, false
		}
	}
	return a, b, true
}

// findGutter looks for a strip without text between two columns: few rows cross
// it, text stands on both of its sides at the same height, and both sides hold
// lines, not the cells of a table.
func findGutter(chunks []chunk, left, right float64) (float64, bool) {
	width := right - left
	const bins = 120
	if len(chunks) < 6 || width < 100 {
		return 0, false
	}
	var crossed [bins]int
	for _, c := range chunks {
		var busy [bins]bool
		for k, w := range c.words {
			from := w.x0
			if k > 0 && w.x0-c.words[k-1].x1 < 0.6*w.size {
				from = c.words[k-1].x1 // a space of a line is part of it
			}
			for i := bin(from, left, width, bins); i <= bin(w.x1, left, width, bins); i++ {
				busy[i] = true
			}
		}
		for i := range bins {
			if busy[i] {
				crossed[i]++
			}
		}
	}
	best := bins / 5
	for i := best; i < bins*4/5; i++ {
		if crossed[i] < crossed[best] {
			best = i
		}
	}
	to := best // the strip may be wider than a bin: its middle
	for to+1 < bins*4/5 && crossed[to+1] == crossed[best] {
		to++
	}
	x := left + (float64(best+to)/2+0.5)*width/bins
	return x, twoSides(chunks, left, x, right)
}

// twoSides tells whether a strip parts two columns of lines.
func twoSides(chunks []chunk, left, x, right float64) bool {
	var lefts, rights []chunk
	across := 0
	for _, c := range chunks {
		a, b, parted := split(c, x)
		if !parted {
			across++
			continue
		}
		if len(a.words) > 0 {
			lefts = append(lefts, a)
		}
		if len(b.words) > 0 {
			rights = append(rights, b)
		}
	}
	beside := min(besides(lefts, rights), besides(rights, lefts))
	return beside >= 5 && across <= beside*2 && filled(lefts, right-left) && filled(rights, right-left)
}

// besides counts the chunks that stand between the highest and the lowest of the
// others.
func besides(list, others []chunk) int {
	if len(others) == 0 {
		return 0
	}
	n := 0
	for _, c := range list {
		if c.row >= others[0].row && c.row <= others[len(others)-1].row {
			n++
		}
	}
	return n
}

// filled tells lines of text, which are about as long as their column is wide,
// from the cells of a table. The rows may be divided further.
func filled(list []chunk, width float64) bool {
	var lengths []float64
	for _, c := range list {
		from := 0
		for i := range c.words {
			if i+1 == len(c.words) || c.words[i+1].x0-c.words[i].x1 > wide*c.words[i].size {
				lengths = append(lengths, c.words[i].x1-c.words[from].x0)
				from = i + 1
			}
		}
	}
	slices.Sort(lengths)
	usual := lengths[len(lengths)*3/4]
	long := 0
	for _, n := range lengths {
		if n > 0.6*usual {
			long++
		}
	}
	return usual > 0.18*width && long*5 >= len(lengths)*2
}

func bin(x, left, width float64, bins int) int {
	return min(max(int((x-left)/width*float64(bins)), 0), bins-1)
}

// edgesOf is a column: its edges, and how many lines stand so.
type edgesOf struct {
	left, right float64
	lines       int
}

// margins gives every line the edges of its column, when running heads are gone.
// Columns that hold only what is indented, or only short lines, get those that
// the document's columns have at that place.
func margins(pages [][]line) {
	for _, lines := range pages {
		ofColumn := map[[2]float64][]int{}
		for i, x := range lines {
			key := [2]float64{x.left, x.right}
			ofColumn[key] = append(ofColumn[key], i)
		}
		for _, list := range ofColumn {
			var begins, ends []float64
			for _, i := range list {
				begins, ends = append(begins, lines[i].x0), append(ends, lines[i].x1)
			}
			left, right := margin(begins, ends)
			for _, i := range list {
				lines[i].left, lines[i].right = left, right
			}
		}
	}
	usual, count := columnsOf(pages)
	fit := map[[2]float64]edgesOf{}
	for e, n := range count {
		width := e[1] - e[0]
		for _, u := range usual {
			if u.lines < 2*n || u.lines < 5 {
				break
			}
			// Within it, near its left edge or filling much of it.
			if e[0] > u.left-2 && e[1] < u.right+2 && e[0]-u.left < 80 && (width > 0.3*(u.right-u.left) || n < 8) {
				fit[e] = u
				break
			}
		}
	}
	for _, lines := range pages {
		for i := range lines {
			x := &lines[i]
			if u, ok := fit[roundEdges(*x)]; ok {
				x.left, x.right = u.left, u.right
			}
		}
	}
}

func roundEdges(x line) [2]float64 { return [2]float64{math.Round(x.left), math.Round(x.right)} }

// columnsOf counts the columns of a document, those with most lines first.
func columnsOf(pages [][]line) (usual []edgesOf, count map[[2]float64]int) {
	count = map[[2]float64]int{}
	for _, lines := range pages {
		for _, x := range lines {
			count[roundEdges(x)]++
		}
	}
	for e, n := range count {
		usual = append(usual, edgesOf{e[0], e[1], n})
	}
	slices.SortFunc(usual, func(a, b edgesOf) int {
		return cmp.Or(cmp.Compare(b.lines, a.lines), cmp.Compare(a.left, b.left), cmp.Compare(a.right, b.right))
	})
	return usual[:min(len(usual), 100)], count
}
