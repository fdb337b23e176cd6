package webpage

import (
	"strconv"
	"strings"

	"lectern/decks/lecture/page"
)

// A list is opened on the page with its first entry, and an entry ends where the
// next begins or the list ends: what stands between two entries, as a list does on
// badly written pages, belongs to the one before.

func (r *reader) startList(e *element) {
	a := &r.a
	if e.name != "ol" {
		e.format = "•"
		return
	}
	switch {
	case a.kind == "a" || a.kind == "i":
		e.format = a.kind
	case a.class.styleOf != "":
		e.format = a.class.styleOf
	default:
		_, style, _ := strings.Cut(a.style, "list-style-type:")
		style, _, _ = strings.Cut(style, ";")
		e.format = listStyles[style]
	}
	if n, err := strconv.Atoi(strings.TrimSpace(a.start)); err == nil && n > -1e6 && n < 1e6 {
		e.number = int32(n) - 1
	}
}

var listStyles = map[string]string{
	"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I", "none": "•", "disc": "•",
}

// enclosing is the innermost element of a kind that what comes next belongs to; -1
// for none.
func (r *reader) enclosing(k kind, bounds map[string]bool) int {
	for i := len(r.stack) - 1; i >= 0; i-- {
		switch e := &r.stack[i]; {
		case e.kind == k:
			return i
		case bounds[e.name] && e.kind != k:
			return -1
		}
	}
	return -1
}

// enclosingList is the list that an entry belongs to. One without entries is none
// any more when something else was opened within it.
func (r *reader) enclosingList(k kind) int {
	i := r.enclosing(k, cellBounds)
	if i >= 0 && r.stack[i].list < 0 {
		for _, e := range r.stack[i+1:] {
			if e.depth >= 0 || e.list >= 0 {
				return -1
			}
		}
	}
	return i
}

func (r *reader) startItem(e *element, box string) {
	i := r.enclosingList(list)
	if i < 0 {
		r.push(element{name: "ul", kind: list, flags: isBlock, depth: -1, box: -1, list: -1, entry: -1, format: "•", block: e.block})
		i = len(r.stack) - 1
	}
	l := &r.stack[i]
	if l.entry >= 0 && nameOf(first(r.a.names)) == "feedback" {
		r.openBox(e, "feedback") // what the page says of the choice before
		return
	}
	l.number++
	if n, err := strconv.Atoi(strings.TrimSpace(r.a.value)); err == nil && n > -1e6 && n < 1e6 {
		l.number = int32(n)
	}
	x := page.Block{Mark: listMark(l.format, int(l.number))}
	switch {
	case r.a.role == "radio" || r.a.role == "checkbox" || nameOf(first(r.a.names)) == "answer":
		x.Tick = page.Unticked
		if r.a.checked || r.a.right {
			x.Tick = page.Ticked
		}
	case r.a.class.right || r.a.right:
		x.Tick = page.Ticked
	}
	r.newEntry(l, x)
	if box != "" {
		r.openBox(e, box)
	}
}

func first(s []string) string {
	if len(s) > 0 {
		return s[0]
	}
	return ""
}

// newEntry ends the open entry of a list and opens another.
func (r *reader) newEntry(l *element, x page.Block) {
	if l.list < 0 {
		r.settle()
		l.list = int32(r.b.Depth())
		l.first = r.openBlock(page.Block{Kind: page.List})
	}
	r.closeTo(l.list + 1)
	r.dropEmpty(l.entry)
	x.Kind = page.Entry
	l.entry = r.openBlock(x)
}

// dropEmpty takes back a block that was closed with nothing in it.
func (r *reader) dropEmpty(i int32) {
	if i >= 0 && int(i) == len(r.p.Blocks)-1 && r.p.Blocks[i].Text == "" {
		r.p.Blocks = r.p.Blocks[:i]
	}
}

// endList ends a list; where the page marks one entry as right the others are not.
func (r *reader) endList(l *element) {
	if l.list < 0 {
		return
	}
	r.closeTo(l.list + 1)
	r.dropEmpty(l.entry)
	r.closeTo(l.list)
	first := l.first
	if first < 0 || int(first) >= len(r.p.Blocks) {
		return
	}
	ticked := false
	each := func(do func(b *page.Block)) {
		for i := first + 1; i < r.p.Blocks[first].End; i = r.p.Blocks[i].End {
			do(&r.p.Blocks[i])
		}
	}
	each(func(b *page.Block) { ticked = ticked || b.Tick == page.Ticked })
	if ticked {
		each(func(b *page.Block) {
			if b.Tick == page.NoTick {
				b.Tick = page.Unticked
			}
		})
	}
}

// startTerm opens an entry with a term, or goes on with what describes it.
func (r *reader) startTerm(e *element) {
	i := r.enclosingList(defs)
	if i < 0 {
		r.push(element{name: "dl", kind: defs, flags: isBlock, depth: -1, box: -1, list: -1, entry: -1, block: e.block})
		i = len(r.stack) - 1
	}
	l := &r.stack[i]
	// number tells what came last: 1 a term, 2 a description.
	if l.list < 0 || e.kind == term && l.number == 2 {
		r.newEntry(l, page.Block{})
	}
	l.number = 2
	if e.kind == term {
		l.number = 1
		e.style = styles{bold: 1}
	} else if name := r.boxName(e); name != "" {
		r.openBox(e, name)
	}
}

// listMark writes the number of an entry as the page shows it.
func listMark(format string, n int) string {
	switch {
	case format == "•":
		return "•"
	case format == "a" || format == "A":
		if n >= 1 && n <= 26 {
			return string(rune(format[0])+rune(n-1)) + ")"
		}
	case format == "i" || format == "I":
		if s := roman(n); s != "" {
			if format == "I" {
				s = strings.ToUpper(s)
			}
			return s + ")"
		}
	}
	return strconv.Itoa(n) + "."
}

func roman(n int) string {
	if n < 1 || n > 399 {
		return ""
	}
	var b strings.Builder
	for _, x := range []struct {
		n int
		s string
	}{{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for ; n >= x.n; n -= x.n {
			b.WriteString(x.s)
		}
	}
	return b.String()
}
