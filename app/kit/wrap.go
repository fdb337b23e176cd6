package kit

import (
	"strings"
	"unicode"
)

// short are the Russian words that must not end a line.
var short = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("а без в во до для за и из к ко на не ни но о об от по под при про с со у я") {
		m[w] = true
	}
	return m
}()

// Clings tells whether a word must not end a line: what follows it stays with it.
func Clings(word string) bool {
	return short[strings.ToLower(strings.TrimLeftFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }))]
}

// glue makes the spaces unbreakable that a line must not break at: after the
// short words and before a dash.
func glue(s string) string {
	if !strings.Contains(s, " ") {
		return s
	}
	parts := strings.Split(s, " ")
	var b strings.Builder
	for i, w := range parts {
		b.WriteString(w)
		if i == len(parts)-1 {
			break
		}
		if Clings(w) || parts[i+1] == "—" || parts[i+1] == "–" {
			b.WriteString("\u00a0")
		} else {
			b.WriteString(" ")
		}
	}
	return b.String()
}

// Wrap breaks text into lines no wider than width. A word longer than a line
// is broken where it must be; "\n" always breaks. It returns at least one line.
func (t Type) Wrap(text string, width float32) []string {
	var lines []string
	for _, para := range strings.Split(text, "\n") {
		lines = append(lines, t.wrapPara(glue(para), width)...)
	}
	return lines
}

func (t Type) wrapPara(para string, width float32) []string {
	var lines []string
	line := ""
	for _, word := range strings.Split(para, " ") {
		next := word
		if line != "" {
			next = line + " " + word
		}
		if line == "" || t.Width(next) <= width {
			line = next
		} else {
			lines = append(lines, line)
			line = word
		}
		for t.Width(line) > width && len([]rune(line)) > 1 {
			head, tail := t.split(line, width)
			lines = append(lines, head)
			line = tail
		}
	}
	return append(lines, line)
}

// split cuts a word that is wider than a line.
func (t Type) split(word string, width float32) (head, tail string) {
	r := []rune(word)
	n := len(r) - 1
	for low := 1; low < n; {
		mid := (low + n + 1) / 2
		if t.Width(string(r[:mid])) <= width {
			low = mid
		} else {
			n = mid - 1
		}
	}
	n = max(n, 1)
	// An unbreakable space or a slash is a better place than the middle of a word.
	for i := n; i > n/2; i-- {
		if r[i-1] == '\u00a0' || r[i-1] == '/' || r[i-1] == '-' {
			return strings.TrimRight(string(r[:i]), "\u00a0"), string(r[i:])
		}
	}
	return string(r[:n]), string(r[n:])
}

// Balance wraps like Wrap and then, for two or three lines, narrows the column
// as far as the number of lines stays, so that the lines come out even.
func (t Type) Balance(text string, width float32) []string {
	lines := t.Wrap(text, width)
	if len(lines) < 2 || len(lines) > 3 {
		return lines
	}
	low, high := width/2, width
	for high-low > 4 {
		mid := (low + high) / 2
		if try := t.Wrap(text, mid); len(try) <= len(lines) {
			high, lines = mid, try
		} else {
			low = mid
		}
	}
	return lines
}
