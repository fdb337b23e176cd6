package rest

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"lectern/decks/lecture/page"
)

// body reads the blocks of a view.
func (r *reader) body(v view) {
	if r.depth >= maxDepth {
		r.flatBody(v)
		return
	}
	r.depth++
	details := len(r.opened)
	for i := v.lo; i < v.hi; {
		if r.b.Err() != nil {
			break
		}
		s := r.text(v, i)
		if s == "" {
			i++
			continue
		}
		i = max(r.block(v, i, s), i+1)
	}
	for len(r.opened) > details {
		r.closeDetails()
	}
	r.depth--
}

// flatBody reads a view as paragraphs alone.
func (r *reader) flatBody(v view) {
	for i := v.lo; i < v.hi && r.b.Err() == nil; {
		if r.blank(v, i) {
			i++
			continue
		}
		j := i
		r.buf = r.buf[:0]
		for ; j < v.hi && !r.blank(v, j); j++ {
			r.put(strings.TrimSpace(r.text(v, j)))
		}
		r.paragraph(i, page.Escape(string(r.buf)))
		i = j
	}
}

// put adds a line to the paragraph that is being put together.
func (r *reader) put(s string) {
	if len(r.buf) > 0 {
		r.buf = append(r.buf, ' ')
	}
	r.buf = append(r.buf, s...)
}

// block reads the block that begins in line i and tells where the next one does.
func (r *reader) block(v view, i int, s string) int {
	switch c := s[0]; {
	case c == ' ':
		return r.quote(v, i)
	case strings.HasPrefix(s, ".."):
		if len(s) == 2 || s[2] == ' ' {
			return r.explicit(v, i, s)
		}
	case strings.HasPrefix(s, "__ "):
		return i + 1
	case strings.HasPrefix(s, ">>> "):
		return r.doctest(v, i)
	case c == '|' && (len(s) == 1 || s[1] == ' '):
		return r.lineBlock(v, i)
	case c == '+' && gridBorder(s):
		if next, ok := r.grid(v, i); ok {
			return next
		}
	case c == '=' && simpleBorder(s):
		if next, ok := r.simple(v, i); ok {
			return next
		}
	case c == ':':
		if _, _, ok := fieldOf(s); ok {
			return r.fields(v, i)
		}
	}
	if m, ok := bulletOf(s); ok {
		return r.list(v, i, m)
	}
	if m, ok := r.enumAt(v, i, s); ok {
		return r.list(v, i, m)
	}
	if adornment(s) {
		if next, ok := r.overlined(v, i, s); ok {
			return next
		}
	}
	return r.words(v, i, s)
}

// quote reads lines that are indented. Lists and directives are often indented
// without meaning a quotation.
func (r *reader) quote(v view, i int) int {
	end := max(r.within(v, i), i+1)
	in := r.inner(i, end)
	s := r.text(in, in.lo)
	_, bullet := bulletOf(s)
	_, enum := r.enumAt(in, in.lo, s)
	if bullet || enum || strings.HasPrefix(s, ".. ") || gridBorder(s) || simpleBorder(s) {
		r.body(in)
		return end
	}
	r.b.Open(page.Block{Kind: page.Quote, Line: int32(i + 1)})
	r.body(in)
	r.b.Close()
	return end
}

// doctest reads an interactive session, to the next empty line.
func (r *reader) doctest(v view, i int) int {
	j := i
	for j < v.hi && !r.blank(v, j) {
		j++
	}
	first := v.col
	if i == v.lo {
		first = v.first
	}
	r.b.AddCode(i+1, "python", r.code(view{i, j, v.col, first}))
	return j
}

// lineBlock reads lines that begin with a bar: each stays a line.
func (r *reader) lineBlock(v view, i int) int {
	var b strings.Builder
	j := i
	for ; j < v.hi; j++ {
		s := r.text(v, j)
		switch {
		case s == "|" || strings.HasPrefix(s, "| "):
			if b.Len() > 0 {
				b.WriteString("\\\n")
			}
			b.WriteString(strings.TrimSpace(r.inline(strings.TrimSpace(s[1:]))))
			continue
		case strings.HasPrefix(s, " ") && j > i:
			b.WriteString(" " + r.inline(strings.TrimSpace(s)))
			continue
		}
		break
	}
	r.paragraph(i, strings.Trim(b.String(), "\\\n"))
	return j
}

// fields reads a field list. One at the start of the page is about the page;
// elsewhere it is a list of terms.
func (r *reader) fields(v view, i int) int {
	show := !r.fresh()
	if show {
		r.b.Open(page.Block{Kind: page.List, Line: int32(i + 1)})
		defer r.b.Close()
	}
	for i < v.hi {
		s := r.text(v, i)
		if s == "" {
			i++
			continue
		}
		name, body, ok := fieldOf(s)
		if !ok {
			break
		}
		end := max(r.within(v, i+1), i+1)
		if show {
			in := view{i, end, v.col, len(r.lines[i]) - len(body)}
			if end > i+1 {
				in.col = r.margin(i+1, end)
			}
			r.term(i, r.inline(name))
			r.body(in)
			r.b.Close()
		}
		i = end
	}
	return i
}

// fresh tells whether nothing but a title has been read.
func (r *reader) fresh() bool {
	blocks := r.b.Page().Blocks
	return len(blocks) == 0 || len(blocks) == 1 && blocks[0].Kind == page.Heading
}

// term opens the entry of a term.
func (r *reader) term(line int, md string) {
	r.b.Open(page.Block{Kind: page.Entry, Line: int32(line + 1)})
	r.paragraph(line, page.Mark("**", md, 0, 0))
}

// fieldOf reads ":name: body".
func fieldOf(s string) (name, body string, ok bool) {
	if len(s) < 3 || s[0] != ':' || s[1] == ':' || s[1] == ' ' {
		return "", "", false
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '`':
			return "", "", false
		case ':':
			if i+1 == len(s) || s[i+1] == ' ' {
				return s[1:i], strings.TrimLeft(s[i+1:], " "), s[i-1] != ' '
			}
			if s[i+1] == '`' {
				return "", "", false // a role
			}
		}
	}
	return "", "", false
}

// words reads what begins with a line of text: a heading, a term with its
// definition, or a paragraph.
func (r *reader) words(v view, i int, s string) int {
	if i+1 < v.hi {
		next := r.text(v, i+1)
		switch {
		case adornment(next) && titled(s, next):
			r.heading(i, next[:1], s)
			return i + 2
		case strings.HasPrefix(next, " ") && !strings.HasSuffix(s, "::"):
			return r.definitions(v, i)
		}
	}
	r.buf = r.buf[:0]
	j := i
	for ; j < v.hi; j++ {
		t := r.text(v, j)
		if t == "" || j > i && r.interrupts(t) {
			break
		}
		if j > i && strings.HasPrefix(t, " ") && bytes.HasSuffix(r.buf, []byte("::")) {
			break
		}
		r.put(strings.TrimSpace(t))
	}
	text := string(r.buf)
	if !strings.HasSuffix(text, "::") {
		r.paragraph(i, r.inline(text))
		return j
	}
	switch text = strings.TrimRight(text[:len(text)-1], " "); {
	case text == ":":
		text = ""
	case strings.HasSuffix(text, " :"):
		text = strings.TrimRight(text[:len(text)-1], " ")
	}
	r.paragraph(i, r.inline(text))
	return r.literal(v, j)
}

// interrupts tells whether a line ends a paragraph although no empty line stands
// before it: authors forget that line before a list or a directive.
func (r *reader) interrupts(t string) bool {
	if strings.HasPrefix(t, ".. ") {
		_, _, ok := directiveOf(t)
		return ok
	}
	if len(r.buf) == 0 || r.buf[len(r.buf)-1] != ':' {
		return false
	}
	if _, ok := bulletOf(t); ok {
		return true
	}
	m, ok := enumOf(t)
	return ok && (m.auto || m.ordinal == 1) && len(t) > m.width
}

// literal reads the code that "::" announces: indented lines, or lines that all
// begin with the same sign.
func (r *reader) literal(v view, i int) int {
	start := i
	for i < v.hi && r.blank(v, i) {
		i++
	}
	if i == v.hi {
		return i
	}
	s := r.text(v, i)
	if s[0] == ' ' {
		end := r.within(v, i)
		r.b.AddCode(i+1, r.lang, r.code(r.inner(i, end)))
		return end
	}
	if i == start || !sign(s[0]) || bulletLike(s) {
		return i
	}
	end := i
	for end < v.hi && strings.HasPrefix(r.text(v, end), s[:1]) {
		end++
	}
	first := v.col
	if i == v.lo {
		first = v.first
	}
	r.b.AddCode(i+1, r.lang, r.code(view{i, end, v.col, first}))
	return end
}

func bulletLike(s string) bool {
	_, ok := bulletOf(s)
	return ok || strings.HasPrefix(s, "..")
}

// definitions reads terms, each with the indented lines below it.
func (r *reader) definitions(v view, i int) int {
	r.b.Open(page.Block{Kind: page.List, Line: int32(i + 1)})
	defer r.b.Close()
	for i < v.hi {
		if r.blank(v, i) {
			i++
			continue
		}
		s := r.text(v, i)
		if i+1 >= v.hi || s[0] == ' ' || strings.HasPrefix(s, ".. ") || !strings.HasPrefix(r.text(v, i+1), " ") || strings.HasSuffix(s, "::") {
			break
		}
		if _, ok := bulletOf(s); ok {
			break
		}
		if _, ok := enumOf(s); ok {
			break
		}
		end := r.within(v, i+1)
		r.term(i, r.inline(s))
		r.body(r.inner(i+1, end))
		r.b.Close()
		i = end
	}
	return i
}

// heading adds a heading; its level is the place of its adornment among those
// that the page has used.
func (r *reader) heading(i int, style, title string) {
	level := 0
	for level < len(r.styles) && r.styles[level] != style {
		level++
	}
	if level == len(r.styles) {
		r.styles = append(r.styles, style)
	}
	r.level = min(level+1, 6)
	r.b.Add(page.Block{Kind: page.Heading, Level: uint8(r.level), Line: int32(i + 1), Text: r.inline(strings.TrimSpace(title))})
}

// overlined reads a heading between two lines of signs, or a rule.
func (r *reader) overlined(v view, i int, s string) (int, bool) {
	if i+2 < v.hi {
		title, under := r.text(v, i+1), r.text(v, i+2)
		if strings.TrimSpace(title) != "" && adornment(under) && under[0] == s[0] && !adornment(title) {
			r.heading(i, s[:1]+s[:1], title)
			return i + 3, true
		}
	}
	if len(s) >= 4 && (i+1 >= v.hi || r.blank(v, i+1)) {
		r.b.Add(page.Block{Kind: page.Rule, Line: int32(i + 1)})
		return i + 1, true
	}
	return 0, false
}

// adornment tells whether a line is nothing but one sign repeated.
func adornment(s string) bool {
	if len(s) < 2 || !sign(s[0]) {
		return false
	}
	for i := 1; i < len(s); i++ {
		if s[i] != s[0] {
			return false
		}
	}
	return true
}

// titled tells whether a line of signs underlines a text.
func titled(title, under string) bool {
	title = strings.TrimRight(title, " ")
	if title == "" || title[0] == ' ' {
		return false
	}
	return len(under) >= 4 || len(under) >= utf8.RuneCountInString(title)
}

func sign(c byte) bool {
	return c > ' ' && c < 0x7f && !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z')
}
