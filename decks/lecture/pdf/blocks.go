package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks/lecture/page"
	"lectern/decks/lecture/runs"
)

// writer puts paragraphs on the page.
type writer struct {
	*layout
	b     *page.Builder
	open  []openList
	ranks []float64 // sizes of titles, the largest first
}

// openList is a list whose entry is open; lengths from the column's left edge.
type openList struct {
	kind  string
	x     float64 // of its marks
	inner float64 // of its words
}

// write puts all paragraphs on the page. A block's line is its page.
func (l *layout) write(b *page.Builder) {
	w := &writer{layout: l, b: b}
	sizes := map[float64]bool{}
	for i := range l.paras {
		if p := &l.paras[i]; l.isTitle(p) && l.large(p.lines[0]) {
			sizes[half(p.lines[0].size)] = true
		}
	}
	for s := range sizes {
		w.ranks = append(w.ranks, s)
	}
	slices.SortFunc(w.ranks, func(a, b float64) int { return cmp.Compare(b, a) })
	// Sizes that hardly differ are one.
	w.ranks = slices.CompactFunc(w.ranks, func(a, b float64) bool { return math.Abs(a-b) < 0.06*a })
	for i := range l.paras {
		if b.Err() != nil {
			return
		}
		w.para(&l.paras[i])
	}
	w.close(0)
}

// isTitle tells a heading: a short paragraph in large letters, or in bold ones
// without the end of a sentence.
func (l *layout) isTitle(p *para) bool {
	if p.kind != page.Paragraph || len(p.lines) > 4 {
		return false
	}
	large := true
	for _, x := range p.lines {
		if !l.title(x) {
			return false
		}
		large = large && l.large(x)
	}
	text := plainText(p)
	n := utf8.RuneCountInString(text)
	if n == 0 || n > 200 || !strings.ContainsFunc(text, unicode.IsLetter) {
		return false
	}
	if large {
		return true
	}
	last := p.lines[len(p.lines)-1]
	return n <= 120 && len(p.lines) <= 2 && len(last.cells) == 1 && !strings.ContainsAny(text[len(text)-1:], ".:,;?!") && !strings.HasSuffix(text, "…")
}

func plainText(p *para) string {
	var parts []string
	for _, x := range p.lines {
		parts = append(parts, strings.TrimSpace(x.text))
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

func (w *writer) level(p *para) uint8 {
	x := p.lines[0]
	if !w.large(x) {
		return uint8(min(len(w.ranks)+1, 6))
	}
	for i, s := range w.ranks {
		if x.size >= 0.94*s {
			return uint8(min(i+1, 6))
		}
	}
	return uint8(min(max(len(w.ranks), 1), 6))
}

func (w *writer) para(p *para) {
	line := int32(p.page)
	switch p.kind {
	case page.Table:
		w.close(0)
		w.b.Add(page.Block{Kind: page.Table, Line: line, Text: tableText(p.rows)})
	case page.Code:
		w.within(p)
		w.b.AddCode(p.page, "", codeText(p))
	case page.Entry:
		w.entry(p)
		w.b.Add(page.Block{Kind: page.Paragraph, Line: line, Text: w.text(p, 0)})
	default:
		if w.isTitle(p) {
			w.close(0)
			w.b.Add(page.Block{Kind: page.Heading, Level: w.level(p), Line: line, Text: w.text(p, runs.Bold)})
			return
		}
		w.within(p)
		w.b.Add(page.Block{Kind: page.Paragraph, Line: line, Text: w.text(p, 0)})
	}
}

// close ends the lists beyond the first n.
func (w *writer) close(n int) {
	for len(w.open) > n {
		w.open = w.open[:len(w.open)-1]
		w.b.Close() // the entry
		w.b.Close() // the list
	}
}

// within ends the lists whose words a paragraph does not stand below.
func (w *writer) within(p *para) {
	first := p.lines[0]
	x := first.x0
	if len(p.lines) > 1 && p.kind != page.Code {
		x = min(x, p.lines[1].x0)
	}
	x -= first.left
	n := len(w.open)
	for n > 0 {
		inner := w.open[n-1].inner
		if math.Abs(x-inner) <= 0.6*first.size || p.kind == page.Code && x > inner-0.6*first.size {
			break
		}
		n--
	}
	w.close(n)
}

// entry opens an entry, and its list where that is new.
func (w *writer) entry(p *para) {
	first := p.lines[0]
	l := openList{p.entry.Kind, first.x0 - first.left, p.inner - first.left}
	w.close(w.depth(l, 0.7*first.size))
	if n := len(w.open); n > 0 && w.open[n-1].kind == l.kind {
		w.open[n-1].inner = l.inner
		w.b.Close()
	} else {
		w.open = append(w.open, l)
		w.b.Open(page.Block{Kind: page.List, Line: int32(p.page)})
	}
	w.b.Open(page.Block{Kind: page.Entry, Mark: p.entry.Mark, Tick: p.entry.Tick, Line: int32(p.page)})
}

const maxLists = 20 // within each other

// depth is how many of the open lists an entry lies in, its own included.
func (w *writer) depth(l openList, near float64) int {
	for i := len(w.open) - 1; i >= 0; i-- {
		if o := w.open[i]; o.kind == l.kind && math.Abs(o.x-l.x) <= near {
			return i + 1
		}
	}
	n := len(w.open)
	for n > 0 {
		o := w.open[n-1]
		if l.x > o.x+near || math.Abs(l.x-o.x) <= near && strings.HasPrefix(o.kind, "1") && (l.kind == "a)" || l.kind == "☐") {
			break // deeper, or the options of what is numbered
		}
		n--
	}
	// A mark of the same kind that stands elsewhere, in another column: the list
	// goes on.
	if n == 0 {
		for i, o := range w.open {
			if o.kind == l.kind {
				return i + 1
			}
		}
	}
	return min(n, maxLists)
}

// text writes a paragraph without a style that goes without saying.
func (w *writer) text(p *para, without runs.Style) string {
	var all []runs.Run
	for i, x := range p.lines {
		if i > 0 {
			all = w.join(all, x)
		}
		all = append(all, x.runs...)
	}
	if without != 0 {
		for i := range all {
			all[i].Style &^= without
		}
	}
	return runs.Markdown(all)
}

// join ends a line within a paragraph: with a space, or without the hyphen that
// parted a word.
func (w *writer) join(all []runs.Run, x line) []runs.Run {
	for len(all) > 0 && strings.TrimSpace(all[len(all)-1].Text) == "" {
		all = all[:len(all)-1]
	}
	if len(all) == 0 {
		return all
	}
	last := &all[len(all)-1]
	next := strings.TrimLeft(x.text, " ")
	first, _ := utf8.DecodeRuneInString(next)
	if last.Style&runs.Code == 0 && hyphened(last.Text) && unicode.IsLetter(first) {
		head := last.Text[strings.LastIndexFunc(last.Text[:len(last.Text)-1], notLetter)+1:]
		tail := next[:wordEnd(next)]
		whole := strings.ToLower(head[:len(head)-1] + tail)
		if unicode.IsLower(first) && (w.vocab[whole] || !w.vocab[strings.ToLower(head+tail)]) {
			last.Text = strings.TrimSuffix(last.Text, "-")
		}
		return all
	}
	if wideScript(lastRune(last.Text)) && wideScript(first) {
		return all // Chinese has no spaces
	}
	return append(all, runs.Run{Text: " "})
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func wordEnd(s string) int {
	if i := strings.IndexFunc(s, notLetter); i >= 0 {
		return i
	}
	return len(s)
}

func wideScript(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF
}

// codeText writes lines of code with their indents.
func codeText(p *para) string {
	left, step := math.Inf(1), 2.0
	for _, x := range p.lines {
		left = min(left, x.pen)
	}
	for _, g := range p.gaps[1:] {
		if g > 0.8 && g < step {
			step = g
		}
	}
	var out []string
	for i, x := range p.lines {
		if i > 0 && p.gaps[i] > 1.6*step && p.gaps[i] < farApart {
			out = append(out, "")
		}
		indent := int(math.Round((x.pen - left) / x.step))
		out = append(out, strings.Repeat(" ", min(max(indent, 0), 200))+x.mono)
	}
	return strings.Join(out, "\n")
}

func tableText(rows [][]string) string {
	var out []string
	for i, r := range rows {
		out = append(out, page.Row(r))
		if i == 0 {
			out = append(out, "|"+strings.Repeat(" --- |", len(r)))
		}
	}
	return strings.Join(out, "\n")
}
