// Package runs writes pieces of styled text, as Word and PDF have them, as one
// line of Markdown.
package runs

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks/lecture/page"
)

// Style is how a run is written. Code and Math stand alone, the others combine.
type Style uint8

// The styles.
const (
	Bold Style = 1 << iota
	Italic
	Strike
	Super
	Sub
	Code
	Math // Text is TeX
	Raw  // Text is Markdown as it stands: a picture
)

// Run is a piece of text in one style. A newline in it ends the line without
// ending the paragraph.
type Run struct {
	Text  string
	Style Style
	Link  string // an address; "" for none
}

// Plain is the text without its styles.
func Plain(list []Run) string {
	var b strings.Builder
	for _, r := range list {
		if r.Style&Raw == 0 {
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

// All tells whether every run with something to see has the style.
func All(list []Run, s Style) bool {
	seen := false
	for _, r := range list {
		if strings.TrimSpace(r.Text) == "" {
			continue
		}
		if r.Style&s == 0 {
			return false
		}
		seen = true
	}
	return seen
}

// TrimLeft takes n bytes of text off the front, and white space after them.
func TrimLeft(list []Run, n int) []Run {
	for i, r := range list {
		if n >= len(r.Text) {
			n -= len(r.Text)
			continue
		}
		r.Text, n = r.Text[n:], 0
		if r.Style&(Code|Math|Raw) == 0 {
			r.Text = strings.TrimLeftFunc(r.Text, unicode.IsSpace)
		}
		if r.Text != "" {
			return append([]Run{r}, list[i+1:]...)
		}
	}
	return nil
}

// Markdown writes the runs. White space is folded, except in code.
func Markdown(list []Run) string {
	w := writer{}
	list = joined(list)
	for i, r := range list {
		after := rune(0)
		if i+1 < len(list) {
			after, _ = utf8.DecodeRuneInString(list[i+1].Text)
		}
		w.run(r, after)
	}
	return w.b.String()
}

// joined puts neighbours in one style together; white space takes the style of
// what it stands between.
func joined(list []Run) []Run {
	out := make([]Run, 0, min(len(list), 64))
	var text, gap strings.Builder
	end := func() {
		if text.Len() > 0 {
			out[len(out)-1].Text = text.String()
			text.Reset()
		}
		if gap.Len() > 0 {
			out = append(out, Run{Text: gap.String()})
			gap.Reset()
		}
	}
	for _, r := range list {
		switch alone := r.Style&(Math|Raw) != 0; {
		case r.Text == "":
		case !alone && r.Style&Code == 0 && strings.TrimSpace(r.Text) == "":
			gap.WriteString(r.Text)
		case alone:
			end()
			out = append(out, r)
		default:
			if last := len(out) - 1; text.Len() == 0 || out[last].Style != r.Style || out[last].Link != r.Link {
				end()
				out = append(out, r)
			}
			text.WriteString(gap.String() + r.Text)
			gap.Reset()
		}
	}
	end()
	return out
}

type writer struct {
	b    strings.Builder
	last rune   // written last; 0 at the start
	gap  string // white space to write before what comes next
	mark bool   // last is a mark's sign
}

func (w *writer) put(s string) {
	if s == "" {
		return
	}
	w.b.WriteString(w.gap + s)
	w.last, _ = utf8.DecodeLastRuneInString(s)
	w.gap, w.mark = "", false
}

// run writes a run that is followed by the rune after, 0 for nothing.
func (w *writer) run(r Run, after rune) {
	s := r.Text
	switch {
	case r.Style&Raw != 0:
		w.put(s)
		return
	case r.Style&Math != 0:
		w.put(page.MathSpan(s))
		return
	case r.Style&Code != 0 && r.Link == "":
		w.space(s)
		w.put(page.CodeSpan(s))
		w.space(s[len(strings.TrimRightFunc(s, unicode.IsSpace)):])
		return
	}
	s = fold(s)
	inner := strings.TrimSpace(s)
	tail := s[len(strings.TrimRightFunc(s, unicode.IsSpace)):]
	w.space(s)
	if inner == "" {
		return
	}
	if tail != "" {
		after = ' '
	}
	text, marked := w.marked(page.Escape(inner), r, after)
	w.put(strings.ReplaceAll(text, "\n", "\\\n"))
	w.mark = marked
	w.space(tail)
}

// space keeps the white space that a text begins with for what comes next:
// there is none at a line's ends, and never two.
func (w *writer) space(s string) {
	i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsSpace(r) })
	if i < 0 {
		i = len(s)
	}
	switch {
	case i == 0 || w.last == 0:
	case strings.Contains(s[:i], "\n"):
		w.gap = "\\\n"
	case w.gap == "":
		w.gap = " "
	}
	if w.gap != "" {
		w.last = ' '
	}
}

// marked puts the signs of a run's style around its text, and tells whether a
// sign is its end.
func (w *writer) marked(s string, r Run, after rune) (string, bool) {
	if r.Link != "" {
		return page.Link(s, r.Link), false
	}
	plain := s
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	// Signs in a row would be read as one.
	tagged := w.mark && w.gap == "" || signs(w.last) || signs(after) || signs(first) || signs(last)
	for _, m := range marks {
		switch {
		case r.Style&m.style == 0:
		case tagged:
			s = m.open + s + m.end
		default:
			s = page.Mark(m.sign, s, w.last, after)
		}
	}
	for _, t := range tags {
		if r.Style&t.style != 0 {
			s = t.open + s + t.end
		}
	}
	return s, s != plain && !strings.HasSuffix(s, ">")
}

func signs(r rune) bool { return strings.ContainsRune("*_~`\\", r) }

type mark struct {
	style           Style
	sign, open, end string
}

var marks = []mark{{Italic, "*", "<em>", "</em>"}, {Bold, "**", "<strong>", "</strong>"}, {Strike, "~~", "<s>", "</s>"}}

var tags = []mark{{Super, "", "<sup>", "</sup>"}, {Sub, "", "<sub>", "</sub>"}}

// fold makes one space of white space, one newline of what has one.
func fold(s string) string {
	if !strings.ContainsAny(s, "\t\n\r\f\v\u00a0") && !strings.Contains(s, "  ") {
		return s
	}
	var b strings.Builder
	for s != "" {
		i := strings.IndexFunc(s, unicode.IsSpace)
		if i < 0 {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:i])
		rest := strings.TrimLeftFunc(s[i:], unicode.IsSpace)
		if strings.Contains(s[i:len(s)-len(rest)], "\n") {
			b.WriteByte('\n')
		} else {
			b.WriteByte(' ')
		}
		s = rest
	}
	return b.String()
}

// Picture is a run that shows a picture.
func Picture(name, alt string) Run { return Run{Text: page.ImageRef(alt, name), Style: Raw} }
