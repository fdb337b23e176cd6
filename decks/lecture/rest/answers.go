package rest

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// What is right in a blank is written for a program: as an expression that the
// answer has to match, or as a list of what stands in several blanks. Readers are
// shown what they would write.

// accepted are the answers that a pattern takes, as far as they can be told; none
// when it takes anything. A pattern that is too general is given as it stands.
func accepted(pattern string) []string {
	pattern = strings.TrimSpace(pattern)
	var blanks []string
	if strings.HasPrefix(pattern, "[") && json.Unmarshal([]byte(pattern), &blanks) == nil {
		return []string{strings.Join(blanks, ", ")}
	}
	s := strings.TrimPrefix(pattern, "(?i)")
	s = strings.TrimSuffix(strings.TrimPrefix(s, "^"), "$")
	s = spaces.ReplaceAllString(s, " ")
	s = strings.TrimSpace(strings.ReplaceAll(s, `\b`, ""))
	if s == ".*" || s == ".+" || s == "" {
		return nil
	}
	for strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") && !strings.ContainsAny(s[1:len(s)-1], "()") {
		s = strings.TrimPrefix(s[1:len(s)-1], "?:")
	}
	var out []string
	for alternative := range strings.SplitSeq(s, "|") {
		a, ok := written(alternative)
		if !ok {
			return []string{pattern}
		}
		if !slices.ContainsFunc(out, func(b string) bool { return strings.EqualFold(a, b) }) {
			out = append(out, a)
		}
	}
	return out
}

// spaces are where white space may stand.
var spaces = regexp.MustCompile(`(?:\\s|\[ \]| )[*+?]?`)

// written is the one text that a pattern without alternatives matches, but for
// the case of its letters; ok is false when there are several.
func written(p string) (s string, ok bool) {
	var b strings.Builder
	for i := 0; i < len(p); i++ {
		switch c := p[i]; c {
		case '\\':
			i++
			if i == len(p) || p[i] >= 'a' && p[i] <= 'z' || p[i] >= 'A' && p[i] <= 'Z' || p[i] >= '0' && p[i] <= '9' {
				return "", false
			}
			b.WriteByte(p[i])
		case '[':
			end := strings.IndexByte(p[i:], ']')
			if end < 0 {
				return "", false
			}
			one := p[i+1 : i+end]
			if len(one) == 2 && strings.EqualFold(one[:1], one[1:]) {
				one = strings.ToLower(one[:1])
			}
			if len(one) != 1 {
				return "", false
			}
			b.WriteString(one)
			i += end
		case '*', '+', '?', '{', '}', '(', ')', '^', '$':
			return "", false
		default:
			b.WriteByte(c)
		}
	}
	s = strings.TrimSpace(b.String())
	return s, s != ""
}
