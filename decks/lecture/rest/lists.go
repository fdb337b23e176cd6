package rest

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"lectern/decks/lecture/page"
)

// mark is what an entry of a list begins with.
type mark struct {
	width   int    // bytes up to the entry's text
	text    string // as it stands, without white space
	style   string // entries of one list have the same
	kind    byte   // of the number: '1', 'a', 'A', 'i', 'I'; 0 for a bullet
	ordinal int
	auto    bool // "#.": the number is to be counted
}

// bulletOf reads a bullet.
func bulletOf(s string) (mark, bool) {
	var n int
	switch {
	case s == "":
		return mark{}, false
	case s[0] == '-' || s[0] == '*' || s[0] == '+':
		n = 1
	case strings.HasPrefix(s, "•") || strings.HasPrefix(s, "‣") || strings.HasPrefix(s, "⁃"):
		n = len("•")
	default:
		return mark{}, false
	}
	if len(s) > n && s[n] != ' ' {
		return mark{}, false
	}
	w := n
	for w < len(s) && s[w] == ' ' {
		w++
	}
	return mark{width: w, text: s[:n], style: s[:n]}, true
}

// enumOf reads a number: "1.", "a)", "(iv)", "#.".
func enumOf(s string) (mark, bool) {
	i, open := 0, ""
	if strings.HasPrefix(s, "(") {
		i, open = 1, "("
	}
	start := i
	for i < len(s) && i-start < 9 && (s[i] >= '0' && s[i] <= '9' || s[i] >= 'a' && s[i] <= 'z' || s[i] >= 'A' && s[i] <= 'Z' || s[i] == '#' && i == start) {
		i++
		if s[i-1] == '#' {
			break
		}
	}
	n := s[start:i]
	if n == "" || i == len(s) || s[i] != '.' && s[i] != ')' || open != "" && s[i] != ')' {
		return mark{}, false
	}
	end := s[i : i+1]
	i++
	if i < len(s) && s[i] != ' ' {
		return mark{}, false
	}
	m := mark{text: s[:i], style: open + end}
	for i < len(s) && s[i] == ' ' {
		i++
	}
	m.width = i
	switch {
	case n == "#":
		m.auto = true
		return m, true
	case n[0] >= '0' && n[0] <= '9':
		k, err := strconv.Atoi(n)
		m.kind, m.ordinal = '1', k
		return m, err == nil
	case len(n) == 1 && n != "i" && n != "I":
		m.kind, m.ordinal = 'a', int(n[0]-'a')+1
		if n[0] < 'a' {
			m.kind, m.ordinal = 'A', int(n[0]-'A')+1
		}
		return m, true
	}
	k := roman(strings.ToLower(n))
	m.kind, m.ordinal = 'i', k
	if n[0] < 'a' {
		m.kind = 'I'
	}
	return m, k > 0 && (n == strings.ToLower(n) || n == strings.ToUpper(n))
}

var romans = map[byte]int{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100, 'd': 500, 'm': 1000}

// roman is the value of a Roman number, 0 for what is none.
func roman(s string) int {
	n := 0
	for i := range len(s) {
		v := romans[s[i]]
		if v == 0 {
			return 0
		}
		if i+1 < len(s) && romans[s[i+1]] > v {
			v = -v
		}
		n += v
	}
	if n <= 0 || toRoman(n) != s {
		return 0
	}
	return n
}

func toRoman(n int) string {
	var b strings.Builder
	for _, p := range []struct {
		v int
		s string
	}{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for ; n >= p.v && b.Len() < 12; n -= p.v {
			b.WriteString(p.s)
		}
	}
	return b.String()
}

// enumAt reads a number that begins an entry: as docutils sees it, the line below
// is empty, indented, or the next entry. Otherwise it is an initial or a year.
func (r *reader) enumAt(v view, i int, s string) (mark, bool) {
	m, ok := enumOf(s)
	if !ok || i+1 >= v.hi {
		return m, ok
	}
	next := r.text(v, i+1)
	if next == "" || next[0] == ' ' || strings.HasPrefix(next, ".. ") {
		return m, true
	}
	n, ok := enumOf(next)
	return m, ok && n.style == m.style && (n.auto || n.ordinal == m.ordinal || n.ordinal == m.ordinal+1 || n.kind != m.kind)
}

// list reads a list whose first entry begins in line i with mark m.
func (r *reader) list(v view, i int, m mark) int {
	r.b.Open(page.Block{Kind: page.List, Line: int32(i + 1)})
	defer r.b.Close()
	first, n := m, 0
	last := m.ordinal - 1
	for i < v.hi {
		s := r.text(v, i)
		if s == "" {
			i++
			continue
		}
		if n > 0 {
			var ok bool
			if first.kind == 0 && !first.auto {
				m, ok = bulletOf(s)
			} else {
				m, ok = r.enumAt(v, i, s)
				m = alike(m, first, last)
			}
			if !ok || m.style != first.style || m.kind != first.kind && !m.auto && !first.auto || m.kind != 0 && m.ordinal < last {
				break // another list; one whose numbers are all the same is one
			}
		}
		if m.auto {
			m.ordinal = last + 1
			if first.auto {
				m.ordinal = n + 1
			}
			m.text = strings.Replace(m.text, "#", numeral(first.kind, m.ordinal), 1)
		}
		last = m.ordinal
		i = r.entry(v, i, m)
		n++
		if r.b.Err() != nil {
			break
		}
	}
	return i
}

// alike reads "c" as the letter that follows "b", and as a Roman number elsewhere.
func alike(m, first mark, last int) mark {
	switch {
	case m.kind == first.kind || m.auto:
	case first.kind == 'a' && m.kind == 'i' && last == 8:
		m.kind, m.ordinal = 'a', 9 // the letter i
	case first.kind == 'A' && m.kind == 'I' && last == 8:
		m.kind, m.ordinal = 'A', 9
	case first.kind == 'i' && m.kind == 'a', first.kind == 'I' && m.kind == 'A':
		letter := strings.ToLower(strings.Trim(m.text, "()."))
		if k := roman(letter); k > 0 {
			m.kind, m.ordinal = first.kind, k
		}
	}
	return m
}

func numeral(kind byte, n int) string {
	switch {
	case kind == 'a' && n <= 26:
		return string(rune('a' + n - 1))
	case kind == 'A' && n <= 26:
		return string(rune('A' + n - 1))
	case kind == 'i' && n < 4000:
		return toRoman(n)
	case kind == 'I' && n < 4000:
		return strings.ToUpper(toRoman(n))
	}
	return strconv.Itoa(n)
}

// entry reads an entry; lines below that are indented at all belong to it.
func (r *reader) entry(v view, i int, m mark) int {
	col := v.col
	if i == v.lo {
		col = v.first
	}
	end := max(r.within(v, i+1), i+1)
	in := view{i, end, col + m.width, col + m.width}
	if end > i+1 {
		in.col = r.margin(i+1, end)
		if s := r.text(v, i); len(s) > m.width {
			in.col = min(in.col, col+m.width)
		}
	}
	x := page.Block{Kind: page.Entry, Line: int32(i + 1), Mark: m.text}
	if s := r.text(in, i); len(s) > 3 && s[0] == '[' && s[2] == ']' && s[3] == ' ' {
		if tick, ok := tickOf(s[1]); ok {
			x.Tick = tick
			in.first += 4 + indentOf(s[4:])
		}
	}
	r.b.Open(x)
	r.body(in)
	r.b.Close()
	return end
}

func tickOf(c byte) (page.Tick, bool) {
	switch c {
	case ' ':
		return page.Unticked, true
	case 'x', 'X', '*':
		return page.Ticked, true
	}
	return page.NoTick, false
}

// looseChoices reads options as A+ writes them, one a line: "a. text", the right
// ones with a star before ("*b. text", or "+*b." when chosen beforehand). Lines
// that begin with the letter and "§" are comments on it.
func (r *reader) looseChoices(v view, i int) int {
	r.b.Open(page.Block{Kind: page.List, Line: int32(i + 1)})
	for i < v.hi {
		letter, text, right, ok := looseChoice(r.text(v, i))
		if !ok {
			break
		}
		end := max(r.within(v, i+1), i+1)
		for j := i + 1; j < end; j++ {
			text += " " + strings.TrimSpace(r.lines[j])
		}
		tick := page.Unticked
		if right {
			tick = page.Ticked
		}
		r.b.Open(page.Block{Kind: page.Entry, Line: int32(i + 1), Mark: letter + ".", Tick: tick})
		r.paragraph(i, r.inline(text))
		r.b.Close()
		i = end
	}
	r.b.Close()
	return i
}

func looseChoice(s string) (letter, text string, right, ok bool) {
	t := strings.TrimPrefix(s, "+")
	rest := strings.TrimPrefix(t, "*")
	right = rest != t
	_, size := utf8.DecodeRuneInString(rest)
	if size == 0 || rest[0] == ' ' || len(rest) < size+3 || rest[size] != '.' || rest[size+1] != ' ' {
		return "", "", false, false
	}
	return rest[:size], strings.TrimSpace(rest[size+1:]), right, true
}
