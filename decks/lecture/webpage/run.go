package webpage

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks/lecture/page"
)

// styles counts the open elements of each style.
type styles struct{ bold, italic, strike, super, sub, code int16 }

func (s *styles) add(o styles, n int16) {
	s.bold += n * o.bold
	s.italic += n * o.italic
	s.strike += n * o.strike
	s.super += n * o.super
	s.sub += n * o.sub
	s.code += n * o.code
}

func (s styles) style() (out style) {
	for _, x := range []struct {
		n     int16
		style style
	}{{s.bold, bold}, {s.italic, italic}, {s.strike, strike}, {s.super, super}, {s.sub, sub}, {s.code, coded}} {
		if x.n > 0 {
			out |= x.style
		}
	}
	return out
}

var markStyles = map[string]styles{
	"b": {bold: 1}, "strong": {bold: 1}, "i": {italic: 1}, "em": {italic: 1}, "cite": {italic: 1}, "dfn": {italic: 1}, "var": {italic: 1},
	"s": {strike: 1}, "del": {strike: 1}, "strike": {strike: 1}, "sup": {super: 1}, "sub": {sub: 1},
}

// styleOf is the style that a style sheet's rule gives: "font-weight:bold".
func styleOf(css string) (s styles) {
	if _, weight, ok := strings.Cut(css, "font-weight:"); ok && (strings.HasPrefix(weight, "bold") || len(weight) >= 3 && weight[0] >= '6' && weight[0] <= '9') {
		s.bold = 1
	}
	if strings.Contains(css, "font-style:italic") {
		s.italic = 1
	}
	return s
}

// run is a paragraph that is being read.
type run struct {
	done   []piece
	text   []byte // goes on in style
	style  style
	link   string  // the address of the open link
	before []piece // what stands before it
	around style   // in which it stands
	inLink bool
	space  bool  // the text so far ends with white space
	apart  bool  // … or is a number that a margin keeps apart from words
	line   int32 // of its first word
	size   int   // bytes of words
	linked int   // … in links
	breaks int   // line breaks since the last word
}

// maxRuns is how many changes of style a paragraph may have before it is cut.
const maxRuns = 1000

// gap puts white space between what was and what comes.
func (u *run) gap() { u.space = true }

// words adds text of a line, folding white space.
func (u *run) words(s []byte, st style, line int32) {
	for len(s) > 0 {
		n := spaces(s)
		if n > 0 {
			line += int32(bytes.Count(s[:n], []byte("\n")))
			u.space = true
			if st&coded == 0 && u.style&coded != 0 {
				u.end() // the space does not belong to the code
			}
			s = s[n:]
			continue
		}
		if n = bytes.IndexFunc(s, isSpace); n < 0 {
			n = len(s)
		}
		u.word(s[:n], st, line)
		s = s[n:]
	}
}

func (u *run) word(w []byte, st style, line int32) {
	w = visible(w)
	if len(w) == 0 {
		return
	}
	u.begin(len(w), line)
	if u.apart {
		first, _ := utf8.DecodeRune(w)
		u.space, u.apart = u.space || wordRune(first), false
	}
	if u.inLink {
		st &^= u.around
	}
	if st != u.style {
		u.end()
		u.style = st
	}
	if u.space && u.size > len(w) {
		u.text = append(u.text, ' ')
	}
	u.space = false
	u.text = append(u.text, w...)
}

// whole tells whether the text so far does not end within a rune.
func (u *run) whole() bool {
	r, n := utf8.DecodeLastRune(u.text)
	return r != utf8.RuneError || n != 1
}

// begin notes that words come.
func (u *run) begin(size int, line int32) {
	if u.size == 0 {
		u.line = line
	}
	u.size += size
	u.breaks = 0
	if u.inLink {
		u.linked += size
	}
}

// put adds a piece that is Markdown by itself.
func (u *run) put(text string, st style, line int32) {
	if text == "" {
		return
	}
	if u.space && u.size > 0 {
		text = " " + text
	}
	u.space = false
	u.begin(len(text), line)
	u.end()
	u.done = append(u.done, piece{text, st&^coded | raw})
}

// end ends the text in one style.
func (u *run) end() {
	if len(u.text) > 0 {
		u.done = append(u.done, piece{strings.ToValidUTF8(string(u.text), "\uFFFD"), u.style})
		u.text = u.text[:0]
	}
}

func (u *run) openLink(address string, around style) {
	u.end()
	u.before, u.done = u.done, nil
	u.link, u.around, u.inLink = address, around, true
}

// closeLink ends a link. Keep tells whether its text is to be kept.
func (u *run) closeLink(keep func(text string) bool) {
	u.end()
	in := u.done
	u.done, u.before, u.inLink = u.before, nil, false
	text := markdown(in)
	if strings.TrimSpace(text) == "" || !keep(text) {
		return
	}
	if u.link == "" {
		for _, p := range in {
			u.done = append(u.done, piece{p.text, p.style | u.around})
		}
		return
	}
	lead := ""
	if strings.HasPrefix(text, " ") {
		lead = " "
	} else if n := len(u.done); n > 0 && strings.HasSuffix(u.done[n-1].text, "!") {
		lead = " " // or it would be a picture
	}
	u.done = append(u.done, piece{lead + page.Link(text, u.link), u.around | raw})
}

func all(string) bool { return true }

// take gives the paragraph and begins another. Linked tells whether it is links
// and nothing else.
func (u *run) take() (text string, line int32, linked bool) {
	link, around, inLink := u.link, u.around, u.inLink
	if inLink {
		u.closeLink(all)
	}
	u.end()
	switch {
	case len(u.done) == 0:
	case len(u.done) == 1 && u.done[0].style == 0:
		text = page.Escape(strings.TrimSpace(u.done[0].text))
	default:
		text = strings.TrimSpace(markdown(u.done))
	}
	if lineSign.MatchString(text) {
		text = `\` + text
	}
	line, linked = u.line, u.linked > 0 && u.linked*10 >= u.size*8
	*u = run{done: u.done[:0], text: u.text[:0]}
	if inLink {
		u.openLink(link, around)
	}
	return text, line, linked
}

// lineSign is what would make a paragraph a heading, a quote, an entry or a rule.
var lineSign = regexp.MustCompile(`^(?:#{1,6}(?:\s|$)|>|[-+](?:\s|$)|[- ]+$)`)

// spaces is how many bytes of white space a text begins with.
func spaces(s []byte) int {
	n := 0
	for n < len(s) {
		if c := s[n]; c < utf8.RuneSelf {
			if c != ' ' && (c < '\t' || c > '\r') {
				return n
			}
			n++
			continue
		}
		c, size := utf8.DecodeRune(s[n:])
		if !isSpace(c) {
			return n
		}
		n += size
	}
	return n
}

func isSpace(r rune) bool { return unicode.IsSpace(r) }

// unseenRune drops what says where a word may be cut, and the like.
func unseenRune(r rune) rune {
	switch r {
	case '\u00ad', '\u200b', '\u2060', '\u2061', '\u2062', '\u2063', '\u2064', '\ufeff', 0x7f:
		return -1
	}
	if r < ' ' {
		return -1
	}
	return r
}

func visible(w []byte) []byte {
	if bytes.IndexFunc(w, func(r rune) bool { return unseenRune(r) < 0 }) < 0 {
		return w
	}
	return bytes.Map(unseenRune, w)
}
