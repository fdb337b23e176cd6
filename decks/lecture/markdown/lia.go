package markdown

import (
	"regexp"
	"strings"

	"lectern/decks/lecture/page"
)

// LiaScript writes a quiz as lines below its question: "[(X)] right", "[( )] wrong",
// "[[X]]" and "[[ ]]" where several may be, "[[answer]]" to be typed, "[[a|(b)|c]]" to
// be chosen from, and "[[?]] hint" behind them.
var (
	liaPage = regexp.MustCompile(`(?m)^\s*(?:\[\([xX ]?\)\]|\[\[[xX? ]\]\])\s|[Ll]ia[Ss]cript`)
	liaLine = regexp.MustCompile(`^\[(?:\[([^\[\]]*)\]|(\([xX ]?\)))\]\s*(.*)$`)
)

// lia reads the lines of a quiz and tells how many they are; 0 for none.
func (r *reader) lia(lines []line) int {
	if !r.isLia {
		return 0
	}
	var ps parts
	n := 0
	for ; n < len(lines); n++ {
		m := liaLine.FindStringSubmatch(strings.TrimLeft(lines[n].text, " \t"))
		if m == nil {
			break
		}
		l := line{m[3], lines[n].no, false}
		switch in := strings.TrimSpace(m[1]); {
		case m[2] != "", m[3] != "" && (in == "" || in == "x" || in == "X"):
			ps = append(ps, part{is: choicePart, right: strings.ContainsAny(m[1]+m[2], "xX"), lines: []line{l}})
		case in == "?":
			ps.add(hintPart, l)
		case in == "!" || in == "":
			// a script that checks, or nothing
		case strings.Contains(in, "|"):
			for s := range strings.SplitSeq(in, "|") {
				s = strings.TrimSpace(s)
				right := strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")")
				ps = append(ps, part{is: choicePart, right: right, lines: []line{{strings.Trim(s, "()"), lines[n].no, false}}})
			}
		default:
			ps.add(solutionPart, line{in, lines[n].no, false})
		}
	}
	if len(ps) == 0 {
		return 0
	}
	r.flush()
	for i := 0; i < len(ps); {
		if ps[i].is == choicePart {
			i += r.choiceParts(ps[i:], true)
			continue
		}
		if !blank(ps[i].lines) {
			r.within(page.Block{Kind: page.Box, Mark: partBoxes[ps[i].is]}, ps[i].lines)
		}
		i++
	}
	return n
}
