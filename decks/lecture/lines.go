package lecture

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What plain text and Markdown share: bullets, numbers, indents.

var numberMark = regexp.MustCompile(`^(\d{1,3}|[a-zA-Zа-яА-Я])([.)])[ \t]+`)

const bullets = "•●◦▪‣·*-–—+○■□"

// entryOf splits a list entry into its indent, its mark and its text.
func entryOf(line string) (indent int, mark, rest string, ok bool) {
	s := strings.TrimLeft(line, " \t\u00a0")
	for _, r := range line[:len(line)-len(s)] {
		if r == '\t' {
			indent += 4
		} else {
			indent++
		}
	}
	if s == "" {
		return 0, "", "", false
	}
	if m := numberMark.FindStringSubmatch(s); m != nil {
		if r, _ := utf8.DecodeRuneInString(m[1]); unicode.IsLetter(r) && m[2] == "." {
			return 0, "", "", false // an initial: "A. Karpathy"
		}
		return indent, m[1] + m[2], strings.TrimSpace(s[len(m[0]):]), true
	}
	r, n := utf8.DecodeRuneInString(s)
	if !strings.ContainsRune(bullets, r) {
		return 0, "", "", false
	}
	rest = s[n:]
	if rest == "" || !(rest[0] == ' ' || rest[0] == '\t' || strings.HasPrefix(rest, "\u00a0")) {
		if r == '•' && rest != "" { // a copied bullet may stick to its word
			return indent, string(r), strings.TrimSpace(rest), true
		}
		return 0, "", "", false
	}
	rest = strings.TrimSpace(strings.TrimLeft(rest, "\u00a0"))
	if rest == "" || (strings.Trim(s, "-*_ ") == "") {
		return 0, "", "", false // a rule
	}
	return indent, string(r), rest, true
}

// boxOf takes a task box off the front of an entry.
func boxOf(s string) (Box, string) {
	for _, b := range []struct {
		mark string
		box  Box
	}{{"[ ] ", OpenBox}, {"[x] ", TickedBox}, {"[X] ", TickedBox}, {"☐ ", OpenBox}, {"☑ ", TickedBox}, {"☒ ", TickedBox}} {
		if rest, ok := strings.CutPrefix(s, b.mark); ok {
			return b.box, strings.TrimSpace(rest)
		}
	}
	return NoBox, s
}

// depths turns indents into nesting: an entry lies one deeper than the last
// entry with a smaller indent.
type depths struct{ stack []int }

func (d *depths) of(indent int) int {
	for len(d.stack) > 0 && d.stack[len(d.stack)-1] >= indent {
		d.stack = d.stack[:len(d.stack)-1]
	}
	d.stack = append(d.stack, indent)
	return min(len(d.stack)-1, 8)
}

func (d *depths) reset() { d.stack = d.stack[:0] }
