package content

import (
	"regexp"
	"slices"
	"strings"
)

// gap is a gap of a cloze: its part, its text, and perhaps a hint.
var gap = regexp.MustCompile(`(?s)\{\{(c[1-9][0-9]{0,2})::(.*?)(?:::(.*?))?\}\}`)

// Gaps lists the parts "c1", "c2", … of a cloze, in the order of their first gaps.
func Gaps(text string) []string {
	var parts []string
	for _, m := range gap.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(parts, m[1]) {
			parts = append(parts, m[1])
		}
	}
	return parts
}

// FillGaps writes a cloze, in Markdown, with its gaps filled, but for those of the
// part that is asked, "" for all of them: they are open, or marked once the answer
// is shown. The marks are tags: stars and the like do not hold within a word. In a
// formula they would be TeX, so there the gap is filled as it is.
func FillGaps(text, part string, ask bool) string {
	var b strings.Builder
	from := 0
	for _, m := range gap.FindAllStringSubmatchIndex(text, -1) {
		b.WriteString(text[from:m[0]])
		from = m[1]
		word, hint := text[m[4]:m[5]], "…"
		if m[6] >= 0 && m[6] < m[7] {
			hint = text[m[6]:m[7]]
		}
		math := strings.Count(text[:m[0]], "$")%2 == 1
		switch {
		case part != "" && text[m[2]:m[3]] != part:
			b.WriteString(word)
		case ask && math:
			b.WriteString(`[\ldots]`)
		case ask:
			b.WriteString("<strong>[" + strings.ReplaceAll(hint, " ", "\u00a0") + "]</strong>") // on one line
		case math || strings.Contains(word, "\n"):
			b.WriteString(word)
		default:
			b.WriteString("<mark>" + word + "</mark>")
		}
	}
	b.WriteString(text[from:])
	return b.String()
}
