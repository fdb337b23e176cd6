package latex

import (
	"strings"
	"unicode/utf8"

	"lectern/decks/lecture/page"
)

// text adds plain text to the paragraph.
func (r *reader) text(s string) {
	if len(r.par) == 0 {
		s = strings.TrimLeft(s, " ")
		if s == "" {
			return
		}
		r.begin()
	}
	if s == "" {
		return
	}
	if s[0] == ' ' && r.spaced() {
		s = strings.TrimLeft(s, " ")
	}
	if !r.inCode() {
		s = plain(s)
	}
	r.par = append(r.par, s...)
}

// plain keeps the signs of plain text from being read as Markdown.
func plain(s string) string {
	s = page.Escape(s)
	if strings.IndexByte(s, '$') >= 0 {
		s = strings.ReplaceAll(s, "$", `\$`)
	}
	return s
}

// raw adds Markdown as it is.
func (r *reader) raw(md string) {
	if len(r.par) == 0 {
		if strings.TrimSpace(md) == "" {
			return
		}
		r.begin()
	}
	if md == " " && r.spaced() {
		return
	}
	r.par = append(r.par, md...)
}

// spaced tells whether white space would follow white space.
func (r *reader) spaced() bool {
	n := len(r.par)
	return n > 0 && (r.par[n-1] == ' ' || r.par[n-1] == '\n')
}

func (r *reader) begin() {
	if r.inline == 0 {
		r.parLine = r.at()
	}
}

// lineBreak breaks the line of a paragraph.
func (r *reader) lineBreak() {
	if r.inline > 0 || r.inCode() {
		r.raw(" ")
	} else if len(r.par) > 0 {
		for len(r.par) > 0 && r.par[len(r.par)-1] == ' ' {
			r.par = r.par[:len(r.par)-1]
		}
		r.raw("\\\n")
	}
}

func (r *reader) inCode() bool {
	for i := range r.marks {
		if r.marks[i].sign == "`" {
			return true
		}
	}
	return false
}

// mark begins a font.
func (r *reader) mark(sign string) {
	if len(r.marks) >= 16 {
		return
	}
	if r.inCode() {
		sign = ""
	}
	for _, m := range r.marks {
		if m.sign == sign {
			sign = "" // bold within bold
		}
	}
	r.marks = append(r.marks, mark{sign, len(r.par), len(r.groups) + r.over, len(r.envs)})
}

// upright ends the fonts that were begun in the same group.
func (r *reader) upright() {
	for n := len(r.marks); n > 0; n-- {
		m := r.marks[n-1]
		if m.sign == bigger || m.group != len(r.groups)+r.over || m.env != len(r.envs) {
			return
		}
		r.unmark(r.next())
	}
}

// unmark ends the font begun last; next is the rune that follows.
func (r *reader) unmark(next rune) {
	m := r.marks[len(r.marks)-1]
	r.marks = r.marks[:len(r.marks)-1]
	if m.sign == bigger && m.start == 0 {
		r.bigTo = len(r.par)
	}
	if m.sign == "" || m.sign == bigger || m.start >= len(r.par) {
		return
	}
	r.par = append(r.par[:m.start], r.dress(m, string(r.par[m.start:]), next)...)
}

// dress writes a text in a font.
func (r *reader) dress(m mark, s string, next rune) string {
	before, _ := utf8.DecodeLastRune(r.par[:m.start])
	if m.start == 0 {
		before = 0
	}
	switch {
	case strings.TrimSpace(s) == "":
		return s
	case m.sign != "`":
		return page.Mark(m.sign, strings.ReplaceAll(s, "\\\n", " "), before, next)
	}
	code := page.CodeSpan(s)
	if strings.HasPrefix(s, " ") {
		code = " " + code
	}
	if strings.HasSuffix(s, " ") {
		code += " "
	}
	return code
}

// next is the rune that is read next, 0 at the end of a line.
func (r *reader) next() rune {
	c, _ := utf8.DecodeRuneInString(r.rest())
	if c == '\n' || c == utf8.RuneError || c == '}' || c == '\\' || c == '~' {
		return 0
	}
	return c
}

// open begins a group.
func (r *reader) open(after func()) {
	if len(r.groups) >= maxGroups {
		r.over++
		return
	}
	r.groups = append(r.groups, group{len(r.envs), after})
}

// close ends a group, the fonts begun in it and what waits for its end.
func (r *reader) close() {
	if len(r.groups) == 0 && r.over == 0 {
		return
	}
	depth := len(r.groups) + r.over
	for len(r.marks) > 0 && r.marks[len(r.marks)-1].group >= depth && r.marks[len(r.marks)-1].env >= len(r.envs) {
		r.unmark(r.next())
	}
	if r.over > 0 {
		r.over--
		return
	}
	g := r.groups[len(r.groups)-1]
	r.groups = r.groups[:len(r.groups)-1]
	if g.after != nil {
		g.after()
	}
}

// flush ends the paragraph; fonts that are open go on in the next one.
func (r *reader) flush() {
	if r.inline > 0 {
		r.raw(" ")
		return
	}
	kept := r.marks
	for len(r.marks) > 0 {
		r.unmark(0)
	}
	r.marks = kept
	for i := range r.marks {
		r.marks[i].start = 0
	}
	text := trimBreaks(string(r.par))
	r.par = r.par[:0]
	if text != "" {
		text = r.setOff(text)
	}
	r.bigTo = 0
	if text != "" {
		if r.givenAt < r.parLine {
			r.answers() // in the blanks of a table or a caption above
		}
		r.ready(r.parLine)
		r.b.Add(page.Block{Kind: page.Paragraph, Line: int32(r.parLine), Text: text, Hidden: r.b.Depth() == 0 && ofTemplate(text)})
	}
	r.answers()
}

// answers adds what the text before gave as answers in its blanks.
func (r *reader) answers() {
	if len(r.given) == 0 {
		return
	}
	given := r.given
	r.given = nil
	r.ready(r.givenAt)
	r.b.Open(page.Block{Kind: page.Box, Line: int32(r.givenAt), Mark: "answer"})
	for _, a := range given {
		r.b.Add(page.Block{Kind: page.Paragraph, Line: int32(r.givenAt), Text: a})
	}
	r.b.Close()
}

// trimBreaks drops white space and line breaks at both ends.
func trimBreaks(s string) string {
	for {
		t := strings.TrimSpace(s)
		t = strings.TrimPrefix(t, "\\\n")
		if strings.HasSuffix(s, "\\\n") {
			t = strings.TrimSuffix(s, "\\\n")
		}
		if t == s {
			return s
		}
		s = t
	}
}

// ready opens an entry when what comes next stands in a list outside of any.
func (r *reader) ready(line int) {
	if k, ok := r.b.Inner(); ok && k == page.List {
		r.b.Open(page.Block{Kind: page.Entry, Line: int32(line)})
	}
}

// inlineOf reads a text as one line of Markdown.
func (r *reader) inlineOf(s string) string {
	if !strings.ContainsAny(s, "\\{}$%~\n\t-`'\"<>*_[]|#&") {
		return strings.TrimSpace(s)
	}
	if r.inline >= maxInline {
		return plain(strings.TrimSpace(s))
	}
	par, marks, groups, over, envs := r.par, r.marks, r.groups, r.over, r.envs
	r.par, r.marks, r.groups, r.over, r.envs = nil, nil, nil, 0, nil
	r.inline++
	floor := r.floor
	r.floor = len(r.frames)
	r.frames = append(r.frames, frame{s: s})
	r.run()
	r.floor = floor
	for len(r.marks) > 0 {
		r.unmark(0)
	}
	out := strings.Join(strings.Fields(string(r.par)), " ")
	r.inline--
	r.par, r.marks, r.groups, r.over, r.envs = par, marks, groups, over, envs
	return out
}
