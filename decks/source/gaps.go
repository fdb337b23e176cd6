package source

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	gapNumber = regexp.MustCompile(`^c([1-9][0-9]{0,2})::`)
	noGaps    = regexp.MustCompile("\\$\\$[^$]*\\$\\$|\\$[^$\n]*\\$|`[^`\n]*`")
)

const (
	openGap  = "{{"
	closeGap = "}}"
	maxGap   = 999
)

// checkGaps looks for {{c1::…}} in the text of a cloze. Other double braces mean
// nothing in formulas and code, and are a gap without a number elsewhere.
func (p *parser) checkGaps(at int, n *note, front string) {
	spans := noGaps.FindAllStringIndex(front, -1)
	gaps := 0
	for from, k := 0, 0; ; k++ {
		open := strings.Index(front[from:], openGap)
		if open < 0 {
			break
		}
		open += from
		from = open + len(openGap)
		end := strings.Index(front[from:], closeGap)
		number := gapNumber.FindStringSubmatch(front[from:])
		switch {
		case number == nil && within(spans, open):
		case end < 0:
			p.wrong(at, "open_gap", closeGap)
			return
		case number != nil:
			gaps++
			if c, err := strconv.Atoi(number[1]); err == nil {
				n.gaps = max(n.gaps, c)
			}
		case p.number && strings.TrimSpace(front[from:from+end]) != "":
			n.bare = append(n.bare, k)
		default:
			p.wrong(at, "gap_number", "{{c1::"+excerpt(front[from:from+end])+"}}")
			return
		}
	}
	if gaps == 0 && len(n.bare) == 0 {
		p.wrong(at, "no_gap", "{{c1::…}}")
	}
}

// gapName is what begins the text of a gap.
func gapName(number int) string { return "c" + strconv.Itoa(number) + "::" }

func within(spans [][]int, at int) bool {
	for _, s := range spans {
		if s[0] < at && at < s[1] {
			return true
		}
	}
	return false
}
