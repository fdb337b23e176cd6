package webpage

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"lectern/decks/lecture/page"
)

// style is how a piece of a line is written; styles combine.
type style uint8

const (
	bold style = 1 << iota
	italic
	strike
	super
	sub
	coded
	raw // Markdown as it stands
)

// piece is text of one style.
type piece struct {
	text  string
	style style
}

// signs are the styles that a piece of a line is put between signs for.
var signs = []struct {
	style           style
	sign, open, end string
}{
	{bold, "**", "<strong>", "</strong>"}, {italic, "*", "<em>", "</em>"}, {strike, "~~", "<s>", "</s>"}, {super, "", "<sup>", "</sup>"}, {sub, "", "<sub>", "</sub>"},
}

// markdown writes pieces as one line of Markdown. Of the styles of a piece the one
// that goes on farthest is the outermost: **one *and* two**.
func markdown(list []piece) string {
	var w markWriter
	w.write(list, 0)
	return w.b.String()
}

type markWriter struct{ b strings.Builder }

// last is the rune written last, 0 for none.
func (w *markWriter) last() rune {
	s := w.b.String()
	if s == "" {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// write writes pieces that are followed by the rune after, 0 for none.
func (w *markWriter) write(list []piece, after rune) {
	for i := 0; i < len(list); {
		which, end := -1, i
		for k, s := range signs {
			j := i
			for j < len(list) && list[j].style&s.style != 0 {
				j++
			}
			if j > end {
				which, end = k, j
			}
		}
		next := after
		if end < len(list) && which >= 0 {
			next = firstRune(list[end])
		}
		if which < 0 {
			w.plain(list[i])
			i++
			continue
		}
		w.marked(list[i:end], which, next)
		i = end
	}
}

func (w *markWriter) plain(p piece) {
	switch {
	case p.style&raw != 0:
		w.b.WriteString(p.text)
	case p.style&coded != 0:
		inner := strings.TrimSpace(p.text)
		if strings.HasPrefix(p.text, " ") {
			w.b.WriteByte(' ')
		}
		w.b.WriteString(page.CodeSpan(inner))
	default:
		w.b.WriteString(page.Escape(p.text))
	}
}

// marked writes pieces between the signs of a style that they share.
func (w *markWriter) marked(list []piece, which int, after rune) {
	s := signs[which]
	inner := make([]piece, len(list))
	for i, p := range list {
		inner[i] = piece{p.text, p.style &^ s.style}
	}
	var in markWriter
	in.write(inner, 0)
	text := in.b.String()
	if strings.HasPrefix(text, " ") {
		w.b.WriteByte(' ')
		text = text[1:]
	}
	if text == "" {
		return
	}
	last := w.last()
	switch {
	case s.sign == "" || isSign(last) || isSign(after) || len(list) > 1 && isSign(rune(text[0])) || escapedEnd.MatchString(text):
		w.b.WriteString(s.open + text + s.end) // signs in a row would be read as one
	default:
		w.b.WriteString(page.Mark(s.sign, text, last, after))
	}
}

// firstRune is the rune that a piece begins with in Markdown.
func firstRune(p piece) rune {
	r, _ := utf8.DecodeRuneInString(p.text)
	switch {
	case r == ' ':
		return r
	case p.style&coded != 0:
		return '`'
	case p.style&(bold|italic|strike) != 0:
		return '*'
	case p.style&(super|sub) != 0:
		return '<'
	}
	return r
}

// escapedEnd is text that has an escaped sign at an end.
var escapedEnd = regexp.MustCompile("^\\\\|\\\\[*_~`\\\\|<] ?$")

func isSign(r rune) bool { return r == '*' || r == '~' }
