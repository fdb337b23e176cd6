package runs

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"lectern/decks/lecture/page"
)

// Entry is how a line typed as an entry of a list begins.
type Entry struct {
	Mark string // "3.", "б)", "•"; "" when a box to tick is its mark
	Kind string // the same for all marks of one list: "1.", "a)", "•"
	Tick page.Tick
	Len  int // bytes of the line before the entry's words
}

var (
	numberMark = regexp.MustCompile(`^\(?\d{1,3}(?:\.\d{1,3}){0,3}[.)][ \t\x{a0}]+`)
	letterMark = regexp.MustCompile(`^(?:\([a-zA-Zа-яёА-ЯЁ]\)|[a-zA-Zа-яёА-ЯЁ]\))[ \t\x{a0}]+`)
)

const (
	bullets = "•●◦▪‣·◆■➢➔○–—-*"
	boxes   = "☐□❑❏◻☑☒✓✔✅"
	ticked  = "☑☒✓✔✅" // Word ticks with a cross
)

// TypedEntry tells whether a line was typed as an entry of a list, by the mark
// that it begins with.
func TypedEntry(line string) (Entry, bool) {
	s := strings.TrimLeft(line, " \t\u00a0")
	lead := len(line) - len(s)
	if s == "" {
		return Entry{}, false
	}
	if m := numberMark.FindString(s); m != "" && len(m) < len(s) {
		mark := strings.Trim(m, " \t\u00a0")
		depth := strings.Count(strings.TrimRight(mark, "."), ".")
		return Entry{Mark: mark, Kind: strings.Repeat("1.", depth) + "1" + mark[len(mark)-1:], Len: lead + len(m)}, true
	}
	if m := letterMark.FindString(s); m != "" && len(m) < len(s) {
		return Entry{Mark: strings.Trim(m, " \t\u00a0"), Kind: "a)", Len: lead + len(m)}, true
	}
	r, n := utf8.DecodeRuneInString(s)
	rest := strings.TrimLeft(s[n:], " \t\u00a0")
	if rest == "" {
		return Entry{}, false
	}
	size := lead + len(s) - len(rest)
	if strings.ContainsRune(boxes, r) {
		tick := page.Unticked
		if strings.ContainsRune(ticked, r) {
			tick = page.Ticked
		}
		return Entry{Kind: "☐", Tick: tick, Len: size}, true
	}
	spaced := len(rest) < len(s)-n
	if strings.ContainsRune(bullets, r) && (spaced || r == '•' || r == '●') {
		return Entry{Mark: string(r), Kind: string(r), Len: size}, true
	}
	return Entry{}, false
}
