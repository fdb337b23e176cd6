package markdown

import (
	"regexp"
	"strings"
)

var boxLabel = regexp.MustCompile(`^\s*(?:<p>\s*)?<(?:strong|b)>\s*([^<>]{2,60}?)\s*(?::\s*</(?:strong|b)>|</(?:strong|b)>\s*:)\s*`)

// labelIn reads the label that a box begins with, <strong>Label:</strong>, on the
// line of its tag, whose rest is given, or the next. It tells what stands behind the
// label, and in which line.
func labelIn(lines []line, rest string) (label, behind string, n int) {
	if strings.TrimSpace(rest) == "" && len(lines) > 1 {
		rest, n = lines[1].text, 1
	}
	m := boxLabel.FindStringSubmatchIndex(rest)
	if m == nil {
		return "", "", 0
	}
	return title(rest[m[2]:m[3]]), rest[m[1]:], n
}

// closedBehind tells whether a line of words ends with the tag that closes the box
// it stands in, and gives the words before that.
func (r *reader) closedBehind(bare string) (words, name string) {
	if len(r.open) == 0 || bare[len(bare)-1] != '>' {
		return bare, ""
	}
	name = r.open[len(r.open)-1].by
	words, ok := strings.CutSuffix(bare, "</"+name+">")
	if !ok || strings.Contains(words, "<"+name) || strings.Count(words, "`")%2 == 1 {
		return bare, ""
	}
	return words, name
}
