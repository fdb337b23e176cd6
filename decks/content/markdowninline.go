package content

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mdMode says where a run of text is written.
type mdMode struct {
	heading bool
	table   bool
	within  bool // inside a mark or a link
}

// mdWriter writes one run of text.
type mdWriter struct {
	b    strings.Builder
	mode mdMode
}

func mdInlines(in []Inline, mode mdMode) string {
	w := &mdWriter{mode: mode}
	w.inlines(in, 0)
	return w.b.String()
}

// last is the rune written last; 0 at the start of a line.
func (w *mdWriter) last() rune {
	r, _ := utf8.DecodeLastRuneInString(w.b.String())
	if w.b.Len() == 0 || r == '\n' {
		return 0
	}
	return r
}

// part keeps apart what would become one with what was written before.
const part = "<!-- -->"

// inlines writes a run that is followed by the rune after, 0 for nothing.
func (w *mdWriter) inlines(in []Inline, after rune) {
	for i, x := range in {
		next := after
		if i+1 < len(in) {
			next = firstRune(in[i+1])
		}
		switch x := x.(type) {
		case Text:
			w.text(string(x), i+1 < len(in))
		case *Span:
			w.span(x, next)
		case CodeSpan:
			w.code(string(x))
		case MathSpan:
			w.math(string(x), next)
		case *Link:
			w.b.WriteString("[")
			within := w.mode.within
			w.mode.within = true
			w.inlines(x.Inlines, ']')
			w.mode.within = within
			w.b.WriteString("](" + mdTarget(x.URL) + ")")
		case *Image:
			s := mdImage(x.Src, x.Alt, "")
			if w.mode.table {
				s = strings.ReplaceAll(s, "|", `\|`)
			}
			w.b.WriteString(s)
		case Break:
			w.lineBreak(in, i)
		}
	}
}

// firstRune is the rune that a piece begins with; '<' when that is not sure.
func firstRune(x Inline) rune {
	if t, ok := x.(Text); ok {
		r, _ := utf8.DecodeRuneInString(string(t))
		return r
	}
	return '<'
}

// lineBreak ends a line with a backslash where that holds, or with a tag.
func (w *mdWriter) lineBreak(in []Inline, i int) {
	plain := !w.mode.heading && !w.mode.table && !w.mode.within && i > 0 && i+1 < len(in)
	if plain {
		before, ok1 := in[i-1].(Text)
		after, ok2 := in[i+1].(Text)
		plain = ok1 && ok2 && !strings.HasSuffix(string(before), " ") && !strings.HasSuffix(string(before), `\`) && !strings.HasPrefix(string(after), " ")
	}
	if plain {
		w.b.WriteString("\\\n")
	} else {
		w.b.WriteString("<br>")
	}
}

var markSigns = [...]string{Emphasis: "*", Strong: "**", Strike: "~~", Highlight: "==", Underline: "", Subscript: "", Superscript: ""}

// span writes marked text with the mark's sign where the sign is sure to hold,
// and with tags elsewhere.
func (w *mdWriter) span(s *Span, next rune) {
	open, end := "<"+markTags[s.Mark]+">", "</"+markTags[s.Mark]+">"
	if sign := markSigns[s.Mark]; sign != "" && w.signHolds(s, next) {
		open, end = sign, sign
	}
	w.b.WriteString(open)
	within := w.mode.within
	w.mode.within = true
	w.inlines(s.Inlines, rune(end[0]))
	w.mode.within = within
	w.b.WriteString(end)
}

func (w *mdWriter) signHolds(s *Span, next rune) bool {
	if len(s.Inlines) == 0 {
		return false
	}
	first := edge(s.Inlines[0], utf8.DecodeRuneInString)
	last := edge(s.Inlines[len(s.Inlines)-1], utf8.DecodeLastRuneInString)
	return holds(w.last(), first, `([{«"„'—–-:,;/`) && holds(next, last, `)]}»"“'—–-:,;/.!?…`)
}

// edge is the rune at an end of a mark's text: a letter for what is as good.
func edge(x Inline, decode func(string) (rune, int)) rune {
	if t, ok := x.(Text); ok {
		r, _ := decode(string(t))
		return r
	}
	return '*'
}

// holds tells whether a mark's sign stands firm between what is outside and
// the first rune inside.
func holds(outside, inside rune, punctuation string) bool {
	if unicode.IsSpace(inside) || strings.ContainsRune("*_~=\\`$<[", inside) {
		return false
	}
	if outside == 0 || unicode.IsSpace(outside) {
		return true
	}
	return strings.ContainsRune(punctuation, outside) && (unicode.IsLetter(inside) || unicode.IsDigit(inside))
}

func (w *mdWriter) code(s string) {
	if w.last() == '`' {
		w.b.WriteString(part)
	}
	n := 1
	for hasRun(s, n) {
		n++
	}
	fence := strings.Repeat("`", n)
	room := ""
	if s[0] == '`' || s[len(s)-1] == '`' || s[0] == ' ' && s[len(s)-1] == ' ' {
		room = " "
	}
	if w.mode.table {
		s = strings.ReplaceAll(s, "|", `\|`)
	}
	w.b.WriteString(fence + room + s + room + fence)
}

// hasRun tells whether a text has a run of exactly n backticks.
func hasRun(s string, n int) bool {
	run := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] == '`' {
			run++
			continue
		}
		if run == n {
			return true
		}
		run = 0
	}
	return false
}

// math writes TeX between dollars, or between \( and \) where dollars would
// not be read as a formula.
func (w *mdWriter) math(tex string, next rune) {
	if l := w.last(); l == '$' || l == '\\' {
		w.b.WriteString(part)
	}
	s := "$" + tex + "$"
	open := trailing(tex, '\\')%2 == 1
	if strings.HasPrefix(tex, "$") || closing([]byte(tex), "$") >= 0 || open {
		if open {
			tex += " "
		}
		s = `\(` + tex + `\)`
	}
	if w.mode.table {
		s = strings.ReplaceAll(s, "|", `\|`)
	}
	w.b.WriteString(s)
	if unicode.IsDigit(next) {
		w.b.WriteString(part)
	}
}

func trailing(s string, sign byte) (n int) {
	for n < len(s) && s[len(s)-1-n] == sign {
		n++
	}
	return n
}

// text writes plain characters; more tells that something follows.
func (w *mdWriter) text(s string, more bool) {
	runes := []rune(s)
	at := func(i int) rune {
		if i >= 0 && i < len(runes) {
			return runes[i]
		}
		return 0
	}
	start := w.last() == 0 // of a line
	digits := start        // only digits so far in the line
	for i, r := range runes {
		begin := start && i == 0
		if s := w.bracket(r, at(i+1), begin, more); s != "" {
			w.b.WriteString(s)
			digits = false
			continue
		}
		if w.escape(r, at(i-1), at(i+1), begin, digits && i > 0, more) ||
			r == ':' && at(i+1) == '/' && at(i+2) == '/' ||
			r == '.' && i >= 3 && strings.EqualFold(string(runes[i-3:i]), "www") {
			w.b.WriteByte('\\')
		}
		w.b.WriteRune(r)
		digits = digits && r >= '0' && r <= '9'
	}
}

// bracket writes a bracket that might be read as one of a link as an entity: a
// backslash would make it the sign of a formula. It gives "" for other runes.
func (w *mdWriter) bracket(r, after rune, begin, more bool) string {
	switch {
	case r == '[' && (begin || w.mode.within):
		return "&#91;"
	case r == ']' && (w.mode.within || strings.ContainsRune("([:", after) || after == 0 && more):
		return "&#93;"
	}
	return ""
}

// escape tells whether a rune of plain text needs a backslash: where it stands
// it would, or might, be read as a sign.
func (w *mdWriter) escape(r, before, after rune, begin, digits, more bool) bool {
	switch r {
	case '\\', '`', '*', '<', '~', '$':
		return true
	case '_':
		return !wordRune(before) || !wordRune(after)
	case '=':
		return begin || before == '=' || after == '=' || before == 0 || after == 0
	case '&':
		return after == '#' || unicode.IsLetter(after) || after == 0
	case '|':
		return begin || w.mode.table
	case '#':
		return begin || w.mode.heading
	case '>', '+', '-', ':':
		return begin
	case '.', ')':
		return digits
	case '@':
		return before != 0 && before != ' ' || before == 0 && w.last() != 0
	case '!':
		return after == 0 && more
	}
	return false
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

var targetEscapes = strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`, `<`, `\<`, `>`, `\>`, `&`, `\&`, `"`, `\"`, `'`, `\'`, `|`, `\|`)

// mdTarget writes what a link points to, or a picture's name.
func mdTarget(s string) string {
	s = targetEscapes.Replace(s)
	if strings.ContainsRune(s, ' ') {
		return "<" + s + ">"
	}
	return s
}

func mdImage(src, alt, title string) string {
	a := &mdWriter{mode: mdMode{within: true}}
	a.b.WriteString("![")
	a.text(alt, true)
	a.b.WriteString("](" + mdTarget(percent.Replace(src)))
	if title != "" {
		a.b.WriteString(` "` + targetEscapes.Replace(title) + `"`)
	}
	a.b.WriteString(")")
	return a.b.String()
}
