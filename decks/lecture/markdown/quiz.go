package markdown

import (
	"sort"
	"strings"

	"lectern/decks/lecture/page"
)

// part is a piece of a question as some notation for quizzes gave it.
type part struct {
	is    partKind
	right bool // a choice that the page says is right
	lines []line
}

type partKind byte

const (
	stemPart partKind = iota
	choicePart
	feedbackPart // on the choice before it
	solutionPart
	hintPart
	whyPart
)

var partBoxes = map[partKind]string{feedbackPart: "explanation", solutionPart: "solution", hintPart: "hint", whyPart: "explanation"}

// parts are those of one question, in the page's order.
type parts []part

// add begins a part with some lines.
func (ps *parts) add(is partKind, lines ...line) { *ps = append(*ps, part{is: is, lines: lines}) }

// more adds a line to the last part if it is of a kind, else begins one.
func (ps *parts) more(is partKind, l line) {
	if n := len(*ps); n > 0 && (*ps)[n-1].is == is {
		(*ps)[n-1].lines = append((*ps)[n-1].lines, l)
		return
	}
	ps.add(is, l)
}

func (ps parts) has(is partKind) bool {
	for _, p := range ps {
		if p.is == is && !blank(p.lines) {
			return true
		}
	}
	return false
}

// sort puts parts into the order in which they stand in the page.
func (ps parts) sort() {
	sort.SliceStable(ps, func(i, j int) bool { return ps[i].line() < ps[j].line() })
}

func (p part) line() int {
	if len(p.lines) == 0 {
		return 0
	}
	return p.lines[0].no
}

func blank(lines []line) bool {
	for _, l := range lines {
		if strings.TrimSpace(l.text) != "" {
			return false
		}
	}
	return true
}

// question writes a question as a box that holds its parts.
func (r *reader) question(no int, mark, head string, ps parts) {
	r.flush()
	known := false
	for _, p := range ps {
		known = known || p.is == choicePart && p.right
	}
	r.b.Open(page.Block{Kind: page.Box, Mark: mark, Text: title(head), Line: int32(no)})
	for i := 0; i < len(ps); {
		switch p := ps[i]; {
		case p.is == choicePart:
			i += r.choiceParts(ps[i:], known)
			continue
		case p.is == stemPart:
			r.sub(p.lines)
		case !blank(p.lines):
			r.within(page.Block{Kind: page.Box, Mark: partBoxes[p.is]}, p.lines)
		}
		i++
	}
	r.b.Close()
}

// choiceParts writes the choices that stand one after another and tells how many
// parts that took. When the page says which are right they are to be ticked.
func (r *reader) choiceParts(ps parts, known bool) int {
	no := int32(ps[0].line())
	r.b.Open(page.Block{Kind: page.Box, Mark: "choices", Line: no})
	r.openList(no)
	defer r.b.CloseTo(r.b.Depth() - 2)
	for i, k := 0, 0; ; k++ {
		if i == len(ps) || ps[i].is != choicePart {
			return i
		}
		e := page.Block{Kind: page.Entry, Mark: string(rune('a'+k%26)) + ")", Line: int32(ps[i].line())}
		if known {
			e.Tick = page.Unticked
		}
		if ps[i].right {
			e.Tick = page.Ticked
		}
		r.b.Open(e)
		r.wording(ps[i].lines)
		for i++; i < len(ps) && ps[i].is == feedbackPart; i++ {
			if !blank(ps[i].lines) {
				r.within(page.Block{Kind: page.Box, Mark: partBoxes[feedbackPart]}, ps[i].lines)
			}
		}
		r.b.Close()
	}
}

// openList opens a list. Where a page may not go deep enough for its entries it
// stays a box.
func (r *reader) openList(no int32) {
	kind := page.List
	if r.b.Depth() == page.MaxDepth-1 {
		kind = page.Box
	}
	r.b.Open(page.Block{Kind: kind, Line: no})
}

// within reads lines as what a block holds.
func (r *reader) within(b page.Block, lines []line) {
	for len(lines) > 0 && strings.TrimSpace(lines[0].text) == "" {
		lines = lines[1:]
	}
	b.Line = int32(lines[0].no)
	r.b.Open(b)
	r.sub(lines)
	r.b.Close()
}

// wording reads the words of a choice: one line is no more than words, whatever it
// begins with.
func (r *reader) wording(lines []line) {
	if blank(lines) {
		return
	}
	for strings.TrimSpace(lines[0].text) == "" {
		lines = lines[1:]
	}
	if blank(lines[1:]) {
		r.para, r.from = append(r.para, strings.TrimSpace(lines[0].text)), lines[0].no
		r.flush()
		return
	}
	r.sub(lines)
}

// fences tells which lines stand in code.
type fences struct{ open string }

// inside takes the next line and tells whether it belongs to code.
func (f *fences) inside(text string) bool {
	_, mark, info, ok := fenceMark(text)
	switch {
	case !ok:
		return f.open != ""
	case f.open == "":
		f.open = mark
	case strings.HasPrefix(mark, f.open) && info == "":
		f.open = ""
	}
	return true
}
