package asciidoc

import (
	"slices"
	"strconv"
	"strings"

	"lectern/decks/lecture/page"
)

// kinds of list.
const (
	bullet = iota
	number
	term
	callout
)

// marker is what an entry of a list begins with.
type marker struct {
	kind int
	key  string // entries of one list have the same
	mark string // as it stands
	text string // behind it
	term string // of a description
}

// markerOf reads a marker.
func markerOf(line string) (marker, bool) {
	s := strings.TrimLeft(line, " \t")
	if s == "" {
		return marker{}, false
	}
	mark, text, spaced := strings.Cut(s, " ")
	if t := strings.IndexByte(mark, '\t'); t >= 0 {
		mark, text, spaced = s[:t], s[t+1:], true
	}
	text = strings.TrimSpace(text)
	if spaced && text != "" {
		switch c := mark[0]; {
		case mark == "-" || mark == "•":
			return marker{kind: bullet, key: mark, mark: "•", text: text}, true
		case c == '*' && strings.Trim(mark, "*") == "":
			return marker{kind: bullet, key: mark, mark: "•", text: text}, true
		case c == '.' && strings.Trim(mark, ".") == "" && len(mark) < 20:
			return marker{kind: number, key: mark, text: text}, true
		case c == '<' && len(mark) > 2 && mark[len(mark)-1] == '>' && (mark == "<.>" || strings.Trim(mark, "<>0123456789") == ""):
			return marker{kind: callout, key: "<>", mark: strings.Trim(mark, "<>") + ".", text: text}, true
		case len(mark) < 10 && len(mark) > 1:
			if key := numbered(mark); key != "" {
				return marker{kind: number, key: key, mark: mark, text: text}, true
			}
		}
	}
	return termOf(s)
}

// numbered gives the style of a number that is written out: "1.", "a.", "iv)".
func numbered(mark string) string {
	n, end := mark[:len(mark)-1], mark[len(mark)-1]
	switch {
	case end == '.' && strings.Trim(n, "0123456789") == "":
		return "1."
	case end == '.' && len(n) == 1 && n[0] >= 'a' && n[0] <= 'z':
		return "a."
	case end == '.' && len(n) == 1 && n[0] >= 'A' && n[0] <= 'Z':
		return "A."
	case end == ')' && strings.Trim(n, "ivx") == "":
		return "i)"
	case end == ')' && strings.Trim(n, "IVX") == "":
		return "I)"
	}
	return ""
}

// termOf reads "term:: description".
func termOf(s string) (marker, bool) {
	if s[0] == '/' && strings.HasPrefix(s, "//") {
		return marker{}, false
	}
	for at := 1; at+1 < len(s); {
		if s[at] != s[at+1] || s[at] != ':' && s[at] != ';' {
			at++
			continue
		}
		end := at + 2
		if s[at] == ':' {
			for end < len(s) && s[end] == ':' && end < at+4 {
				end++
			}
		}
		if end == len(s) || s[end] == ' ' || s[end] == '\t' {
			return marker{kind: term, key: s[at:end], term: strings.TrimSpace(s[:at]), text: strings.TrimSpace(s[end:])}, true
		}
		at = end
	}
	return marker{}, false
}

// level is a list that is open.
type level struct {
	key   string
	n     int
	depth int // blocks open before it
	style string
}

// list reads a list with those within it: which list an entry belongs to is told
// by its marker alone.
func (r *reader) list(i, hi int, m marker, a *attrs) int {
	base := r.b.Depth()
	var open []level
	r.depth++
	r.lists++
	for {
		i = r.entry(i, hi, m, a, &open)
		if i < 0 || i >= hi || r.b.Err() != nil {
			break
		}
		// What comes next: another entry, something attached, or the end.
		blank := 0
		for i < hi && r.lines[i] == "" {
			i++
			blank++
		}
		if i >= hi {
			break
		}
		next := attrs{line: -1}
		j := i
		for blank == 0 && j < hi && r.lines[j] != "" { // behind an empty line they begin something else
			k, ok := r.describesEntry(j, &next)
			if !ok {
				break
			}
			j = k
		}
		if j >= hi || r.lines[j] == "" {
			break
		}
		var ok bool
		if m, ok = markerOf(r.lines[j]); !ok || delimiter(r.lines[j]) != 0 || isRule(r.lines[j]) {
			break
		}
		i, a = j, &next
	}
	r.depth--
	r.lists--
	r.b.CloseTo(base)
	return i
}

func isRule(line string) bool { return line == "* * *" || line == "- - -" }

// describesEntry reads attributes, titles and comments before an entry.
func (r *reader) describesEntry(i int, a *attrs) (int, bool) {
	line := r.lines[i]
	switch line[0] {
	case '[':
		if b, ok := parseAttrs(line); ok {
			a.add(b)
			return i + 1, true
		}
	case '/':
		if strings.HasPrefix(line, "//") && !strings.HasPrefix(line, "///") {
			return i + 1, true
		}
	case '.':
		if len(line) > 1 && line[1] != ' ' && line[1] != '.' {
			return i + 1, true
		}
	}
	return i, false
}

var orderStyles = map[string]bool{"arabic": true, "loweralpha": true, "upperalpha": true, "lowerroman": true, "upperroman": true, "decimal": true, "qanda": true, "horizontal": true, "square": true, "disc": true, "circle": true, "none": true, "unordered": true, "ordered": true}

// entry reads an entry with what is attached to it; open are the lists around it,
// the outermost first.
func (r *reader) entry(i, hi int, m marker, a *attrs, open *[]level) int {
	r.place(i, m, a, open)
	l := &(*open)[len(*open)-1]
	l.n++
	if l.style == "qanda" && m.kind == term {
		return r.question(i, hi, m, open)
	}
	x := page.Block{Kind: page.Entry, Line: r.nums[i], Mark: m.mark}
	if m.kind == number && m.mark == "" {
		x.Mark = ordinal(l.style, l.n)
	} else if m.mark == ".." {
		x.Mark = strconv.Itoa(l.n) + "."
	}
	if m.kind == bullet && len(m.text) > 3 && m.text[0] == '[' && m.text[2] == ']' && m.text[3] == ' ' {
		switch m.text[1] {
		case ' ':
			x.Tick, m.text = page.Unticked, m.text[4:]
		case 'x', '*', 'X':
			x.Tick, m.text = page.Ticked, m.text[4:]
		}
	}
	r.b.Open(x)
	depth := r.b.Depth()
	if m.kind == term {
		r.paragraph(i, page.Mark("**", r.inline(m.term), 0, 0))
	}
	first := i
	i++
	if m.kind == term && m.text == "" {
		i = r.afterTerm(i, hi)
	}
	end := i
	for end < hi && !r.endsEntry(end) {
		end++
	}
	if m.text != "" || end > i {
		line := first
		if m.text == "" {
			line = i
		}
		r.paragraph(line, r.joinFrom(m.text, i, end))
	}
	return r.attached(end, hi, depth, open)
}

// question reads an entry of a list of questions and answers.
func (r *reader) question(i, hi int, m marker, open *[]level) int {
	r.b.Open(page.Block{Kind: page.Box, Line: r.nums[i], Mark: "question"})
	r.paragraph(i, r.inline(m.term))
	line := i
	i++
	if m.text == "" {
		i = r.afterTerm(i, hi)
		line = i
	}
	end := i
	for end < hi && !r.endsEntry(end) {
		end++
	}
	if m.text != "" || end > i || r.goesOn(end, hi, *open) {
		r.b.Open(page.Block{Kind: page.Box, Line: r.nums[min(line, hi-1)], Mark: "answer"})
	}
	if m.text != "" || end > i {
		r.paragraph(line, r.joinFrom(m.text, i, end))
	}
	return r.attached(end, hi, r.b.Depth(), open)
}

// goesOn tells whether a line attaches something to an entry: a block, or a list
// within it.
func (r *reader) goesOn(i, hi int, open []level) bool {
	if i >= hi || r.lines[i] == "" {
		return false
	}
	if r.lines[i] == "+" {
		return true
	}
	m, ok := markerOf(r.lines[i])
	return ok && !slices.ContainsFunc(open, func(l level) bool { return l.key == m.key })
}

// place closes and opens lists so that an entry stands in its own.
func (r *reader) place(i int, m marker, a *attrs, open *[]level) {
	for k := len(*open) - 1; k >= 0; k-- {
		if (*open)[k].key == m.key {
			*open = (*open)[:k+1]
			r.b.CloseTo((*open)[k].depth + 1)
			return
		}
	}
	l := level{key: m.key, depth: r.b.Depth(), style: a.style}
	if !orderStyles[l.style] || l.style == "decimal" || l.style == "qanda" && m.kind != term {
		dots := 0
		for _, o := range *open {
			if strings.HasPrefix(o.key, ".") {
				dots++
			}
		}
		l.style = [...]string{"arabic", "loweralpha", "lowerroman", "upperalpha", "upperroman"}[dots%5]
	}
	if n, err := strconv.Atoi(a.named["start"]); err == nil && n > 0 && n < 1<<20 {
		l.n = n - 1
	}
	line := i
	if a.line >= 0 && a.line < i && a.title == "" {
		line = a.line
	}
	whole := page.Block{Kind: page.List, Line: r.nums[line]}
	if l.style == "qanda" {
		whole.Kind, whole.Mark = page.Box, "qanda"
	}
	r.b.Open(whole)
	if len(*open) < maxDepth {
		*open = append(*open, l)
	} else { // too deep to tell apart: the innermost list takes it
		r.b.CloseTo(l.depth)
		last := &(*open)[len(*open)-1]
		r.b.CloseTo(last.depth + 1)
	}
}

// afterTerm skips empty lines between a term and its description.
func (r *reader) afterTerm(i, hi int) int {
	j := i
	for j < hi && r.lines[j] == "" {
		j++
	}
	if j >= hi || j == i {
		return i
	}
	if _, _, ok := heading(r.lines[j]); ok || r.lines[j] == "+" || r.ends(j) {
		return i
	}
	if _, ok := markerOf(r.lines[j]); ok {
		return i
	}
	if _, ok := r.underlined(j, hi); ok || r.lines[j][0] == '.' {
		return i
	}
	return j
}

// endsEntry tells whether a line ends the words of an entry.
func (r *reader) endsEntry(i int) bool {
	if r.lines[i] == "+" || r.ends(i) {
		return true
	}
	_, ok := markerOf(r.lines[i])
	return ok
}

// attached reads what belongs to an entry of a given depth: blocks behind a line
// with a plus, and indented lines behind an empty one. A plus behind empty lines
// attaches to an entry further out.
func (r *reader) attached(i, hi, depth int, open *[]level) int {
	for i < hi && r.b.Err() == nil {
		j := i
		for j < hi && r.lines[j] == "" {
			j++
		}
		if j >= hi {
			return j
		}
		switch line := r.lines[j]; {
		case line == "+":
			for out := j - i; out > 0 && len(*open) > 1; out-- {
				*open = (*open)[:len(*open)-1]
			}
			if j > i {
				depth = (*open)[len(*open)-1].depth + 2
				r.b.CloseTo(depth)
			}
			j++
			if j < hi && r.lines[j] != "" && r.lines[j] != "+" {
				if r.depth < maxDepth {
					r.depth++
					j = max(r.block(j, hi), j+1)
					r.depth--
				} else {
					r.paragraph(j, page.Escape(r.lines[j]))
					j++
				}
				r.b.CloseTo(depth)
			}
			i = j
		case j > i && (line[0] == ' ' || line[0] == '\t'):
			if _, ok := markerOf(line); ok {
				return j
			}
			a := attrs{line: -1}
			a.begin(j)
			i = r.words(j, hi, &a)
		default:
			return i
		}
	}
	return i
}

// ordinal writes the n-th number of a style.
func ordinal(style string, n int) string {
	switch {
	case style == "loweralpha" && n <= 26:
		return string(rune('a'+n-1)) + "."
	case style == "upperalpha" && n <= 26:
		return string(rune('A'+n-1)) + "."
	case style == "lowerroman" && n < 40:
		return roman(n) + "."
	case style == "upperroman" && n < 40:
		return strings.ToUpper(roman(n)) + "."
	}
	return strconv.Itoa(n) + "."
}

func roman(n int) string {
	return strings.Repeat("x", n/10) + []string{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"}[n%10]
}
