package markdown

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks/lecture/page"
)

// mark is what begins a list's entry.
type mark struct {
	indent int    // columns before it
	inner  int    // columns before its text
	sign   string // "-", "•", "3.", "b)"
	text   string // what follows it on its line
	han    bool   // a number without a space behind it
	kind   byte   // '-' and other bullets as they are, '1' for numbers, 'a' for letters, '[' for boxes
}

var (
	numberMark  = regexp.MustCompile(`^(\d{1,4})([.)])(?:[ \t\x{a0}]+|$)`)
	letterMark  = regexp.MustCompile(`^(?:\\?\(([a-zA-Zа-яА-Я])\)|([a-zA-Zа-яА-Я])([.)]))[ \t]+`)
	letterColon = regexp.MustCompile(`^([A-H]):\s+`)
	boxMark     = regexp.MustCompile(`^(\[[ xX]\]|\[\(\s?\)\]|\[\([xX]\)\]|\[\[\s?\]\]|\[\[[xX]\]\])[ \t]+`)
)

const bullets = "-*+•●◦▪‣·–—○"

// markOf reads the mark of an entry.
func markOf(text string) (mark, bool) {
	m := mark{indent: indentOf(text)}
	s := strings.TrimLeft(text, " \t\u00a0")
	if f := numberMark.FindStringSubmatch(s); f != nil {
		m.sign, m.kind, m.text = f[1]+f[2], '1', s[len(f[0]):]
		m.inner = m.indent + min(len(f[1])+2, len(f[0]))
		return m, true
	}
	if number, sign, rest, ok := hanNumber(s); ok { // Chinese needs no space after it
		m.sign, m.kind, m.han = number+sign, '1', true
		m.text, m.inner = rest, m.indent+2
		return m, true
	}
	if f := letterMark.FindStringSubmatch(s); f != nil {
		m.sign, m.kind, m.text = f[1]+f[2]+")", 'a', s[len(f[0]):]
		if f[3] == "." {
			m.sign = f[2] + "."
		}
		m.inner = m.indent + 3
		return m, true
	}
	if f := boxMark.FindStringSubmatch(s); f != nil {
		m.sign, m.kind, m.text = f[1], '[', s[len(f[0]):]
		m.inner = m.indent + 3
		return m, true
	}
	r, size := utf8.DecodeRuneInString(s)
	if !strings.ContainsRune(bullets, r) {
		return m, false
	}
	rest := s[size:]
	switch {
	case rest != "" && rest[0] != ' ' && rest[0] != '\t' && !strings.HasPrefix(rest, "\u00a0"):
		return m, r == '•' && m.take(r, rest) // a copied bullet may stick to its word
	case (r == '–' || r == '—') && strings.TrimSpace(rest) == "":
		return m, false
	}
	return m, m.take(r, rest)
}

func (m *mark) take(r rune, rest string) bool {
	m.sign, m.kind = string(r), byte('-')
	if r < 0x80 {
		m.kind = byte(r)
	}
	m.text = strings.TrimLeft(rest, " \t\u00a0")
	m.inner = m.indent + 2
	return true
}

// interrupts tells whether an entry may end a paragraph without a blank line.
func (m mark) interrupts() bool {
	switch m.kind {
	case '1':
		return m.sign == "1." || m.sign == "1)"
	case 'a':
		return strings.ContainsAny(m.sign, "aAаА")
	}
	return true
}

// begins tells whether lines begin a list: letters need a next one, since
// "A. Karpathy" is a name and "a) " may stand in a sentence.
func (m mark) begins(lines []line) bool {
	if m.kind != 'a' {
		return true
	}
	first := []rune(strings.Trim(m.sign, "()."))[0]
	if !strings.ContainsRune("aAаА", first) {
		return false
	}
	for k := 1; k < len(lines) && k < 12; k++ {
		if n, ok := markOf(lines[k].text); ok && n.kind == 'a' && n.indent == m.indent && follows(first, []rune(strings.Trim(n.sign, "()."))[0]) {
			return true
		}
	}
	return false
}

func follows(a, b rune) bool { return b == a+1 }

// list reads a list from its first entry on.
func (r *reader) list(lines []line, first mark) int {
	r.flush()
	r.openList(int32(lines[0].no))
	defer r.b.Close()
	number, counted := 0, 0
	if first.kind == '1' {
		number, _ = strconv.Atoi(strings.TrimRight(first.sign, ".)"))
		counted = number
	}
	i, m := 0, first
	for {
		n := r.extent(lines[i:], m)
		r.entry(lines[i:i+n], m, number)
		r.last = number
		number++
		i += n
		next := i
		for next < len(lines) && lines[next].text == "" {
			next++
		}
		if next >= len(lines) {
			return i
		}
		var ok bool
		if m, ok = markOf(lines[next].text); !ok || m.kind != first.kind || m.indent > first.indent+1 || m.indent < first.indent-1 || rule(strings.TrimSpace(lines[next].text)) {
			return i
		}
		if (first.kind == '1' || first.kind == 'a') && m.sign[len(m.sign)-1] != first.sign[len(first.sign)-1] {
			return i
		}
		if given, err := strconv.Atoi(strings.TrimRight(m.sign, ".)")); err == nil {
			switch {
			case given > number:
				number = given // the author has left some out
			case given == 1 && counted > 1:
				return i // another list
			}
			counted = given
		}
		i = next
	}
}

// extent is the number of lines that belong to an entry.
func (r *reader) extent(lines []line, m mark) int {
	n, text := 1, m.text != ""
	fence := ""
	for k := 1; k < len(lines); k++ {
		l := lines[k]
		if fence != "" {
			if _, mark, info, ok := fenceMark(l.text); ok && strings.HasPrefix(mark, fence) && info == "" {
				fence = ""
			}
			if indentOf(l.text) <= m.indent && l.text != "" && fence != "" && m.indent > 0 {
				return n
			}
			n = k + 1
			continue
		}
		if l.text == "" {
			text = false
			continue
		}
		in := indentOf(l.text)
		if in >= m.indent+2 || in >= m.inner || in > m.indent && bulleted(l.text) && m.kind != '1' {
			n, text = k+1, true
			if _, mark, _, ok := fenceMark(l.text); ok {
				fence, text = mark, false
			}
			continue
		}
		if m.under(l.text) {
			n, text = k+1, true
			continue
		}
		// A line that is not indented goes on with the words above it.
		if !text || starts(l.text) || lines[k-1].text == "" {
			return n
		}
		n = k + 1
	}
	return n
}

// bulleted tells whether a line begins with a bullet. One that stands a column
// farther than the bullet above is meant to lie under it.
func bulleted(text string) bool {
	m, ok := markOf(text)
	return ok && m.kind != '1' && m.kind != 'a' && m.kind != '['
}

// starts tells whether a line begins a block of its own.
func starts(text string) bool {
	bare := strings.TrimLeft(text, " \t")
	if _, ok := markOf(text); ok || answerLead.MatchString(bare) {
		return true
	}
	switch bare[0] {
	case '#', '>', '|', '`', '~', '<', ':', '{':
		return true
	case '!', '?', '=':
		return admonitionLine.MatchString(bare)
	}
	return rule(bare)
}

// entry reads one entry with all that belongs to it.
func (r *reader) entry(lines []line, m mark, number int) {
	b := page.Block{Kind: page.Entry, Mark: m.sign, Line: int32(lines[0].no)}
	if m.kind == '1' {
		b.Mark = strconv.Itoa(number) + m.sign[len(m.sign)-1:]
	}
	text := m.text
	b.Tick, text = tickOf(text)
	switch {
	case m.kind == '[':
		b.Tick = page.Unticked
		if strings.ContainsAny(m.sign, "xX") {
			b.Tick = page.Ticked
		}
		b.Mark = "•"
	case b.Tick == page.NoTick && m.kind != 'a':
		if f := letterMark.FindStringSubmatch(text); f != nil && f[3] != "." {
			b.Mark, text = f[1]+f[2]+")", text[len(f[0]):]
		} else if f := letterColon.FindStringSubmatch(text); f != nil {
			b.Mark, text = f[1]+")", text[len(f[0]):]
		}
	}
	r.b.Open(b)
	inner := make([]line, 0, len(lines))
	inner = append(inner, line{text, lines[0].no, lines[0].hard})
	width := m.inner
	for _, l := range lines[1:] {
		if in := indentOf(l.text); l.text != "" && in < width && in > m.indent {
			width = in // authors indent by less than the mark is wide
		}
	}
	for _, l := range lines[1:] {
		inner = append(inner, line{dedent(l.text, width), l.no, l.hard})
	}
	r.sub(inner)
	r.b.Close()
}

var ticks = []struct {
	mark string
	tick page.Tick
}{
	{"[ ]", page.Unticked}, {"[x]", page.Ticked}, {"[X]", page.Ticked}, {"( )", page.Unticked}, {"(x)", page.Ticked}, {"(X)", page.Ticked},
	{"☐", page.Unticked}, {"☑", page.Ticked}, {"☒", page.Ticked}, {"⬜", page.Unticked},
}

// tickOf takes a box to tick off the front of an entry.
func tickOf(text string) (page.Tick, string) {
	for _, t := range ticks {
		if rest, ok := strings.CutPrefix(text, t.mark); ok && (rest == "" || !unicode.IsLetter([]rune(rest)[0]) && rest[0] != '(') {
			return t.tick, strings.TrimSpace(rest)
		}
	}
	return page.NoTick, text
}
