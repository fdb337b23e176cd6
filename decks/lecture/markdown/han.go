package markdown

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks/lecture/page"
)

// hanNumber reads the number of an entry as Chinese pages write it, without a space
// behind it: "1、打印", "1.打印", "1．打印", "（1）打印".
func hanNumber(s string) (number, sign, rest string, ok bool) {
	in := s
	for _, open := range []string{"（", "(", `\(`} {
		if t, cut := strings.CutPrefix(s, open); cut {
			in, sign = t, ")"
			break
		}
	}
	n := 0
	for n < len(in) && n < 4 && in[n] >= '0' && in[n] <= '9' {
		n++
	}
	if n == 0 || n == 4 {
		return "", "", "", false
	}
	number = in[:n]
	behind := strings.TrimPrefix(in[n:], `\`)
	r, size := utf8.DecodeRuneInString(behind)
	rest = strings.TrimLeft(behind[size:], " \t\u3000")
	switch {
	case sign == ")" && r != '）' && r != ')', sign == "" && !strings.ContainsRune(".、．）)", r):
		return "", "", "", false
	case sign == "":
		sign = "."
	}
	first, _ := utf8.DecodeRuneInString(rest)
	return number, sign, rest, unicode.Is(unicode.Han, first) || r == '、' && rest != ""
}

// goesOn tells whether an entry continues the list that ended last at this level.
func (r *reader) goesOn(m mark) bool {
	return m.han && m.sign == strconv.Itoa(r.last+1)+m.sign[len(m.sign)-1:]
}

// under tells whether a number in brackets begins a list within an entry that has a
// number without: "1、", "（1）".
func (m mark) under(text string) bool {
	if !m.han || m.sign[len(m.sign)-1] != '.' {
		return false
	}
	in, ok := markOf(text)
	return ok && in.han && in.sign[len(in.sign)-1] == ')' && in.indent >= m.indent
}

// longestOwn is how many runes a line may have that is a paragraph of its own.
const longestOwn = 40

// ownLines tells whether the lines of a paragraph are whole each, as Chinese pages
// list things: short, and none that goes on in the next.
func ownLines(lines []string) bool {
	if len(lines) < 3 {
		return false
	}
	least, most := longestOwn, 0
	for k, l := range lines {
		n := utf8.RuneCountInString(l)
		first, _ := utf8.DecodeRuneInString(l)
		last, _ := utf8.DecodeLastRuneInString(l)
		if n >= longestOwn || first >= 'a' && first <= 'z' || strings.ContainsRune(",，、；;", last) || !strings.ContainsFunc(l, han) {
			return false
		}
		if k < len(lines)-1 {
			least, most = min(least, n), max(most, n)
		}
	}
	return most < 20 || most-least > 3 // else they are broken at one width
}

func han(r rune) bool { return unicode.Is(unicode.Han, r) }

// flushLines ends a paragraph whose lines are paragraphs each.
func (r *reader) flushLines() {
	lines := r.para
	r.para = nil
	for k, l := range lines {
		if text := clean(l); !strings.ContainsAny(text, "\x00\x01") {
			r.b.Add(page.Block{Text: oneLine(text), Line: int32(r.from + k)})
		} else {
			r.para, r.from = []string{l}, r.from+k
			r.flush()
			r.from -= k
		}
	}
}
