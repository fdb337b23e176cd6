package pdf

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Running heads and feet are lines at the edges of pages that say the same on
// many of them, or that count the pages. Titles may do so too ("Questions" above
// every third slide): only what is not written as one is furniture, unless it
// stands on most pages.

var (
	pageNumber = regexp.MustCompile(`(?i)^(?:page|стр\.?|страница|seite|p\.|с\.)?[ \-–—|/]*\d{1,4}[ \-–—|]*(?:(?:of|из|von|/)[ ]*\d{1,4})?[ \-–—|]*$`)
	digitRun   = regexp.MustCompile(`\d+`)
	endNumber  = regexp.MustCompile(`^\d{1,4}(?:$|\s)|(?:^|\s)\d{1,4}$`)
)

const edgeLines = 2 // at the top and at the bottom of a page that may be furniture

// withoutFurniture drops running heads, feet and page numbers.
func withoutFurniture(pages [][]line) {
	said, offsets, sizes := map[string]int{}, map[int]int{}, map[float64]int{}
	for _, lines := range pages {
		for _, x := range lines {
			sizes[half(x.size)] += len(x.text)
		}
	}
	body := layout{body: most(sizes)}
	full := 0 // pages with text
	for _, lines := range pages {
		if len(lines) == 0 {
			continue
		}
		full++
		once := map[string]bool{}
		counted := map[int]bool{}
		for _, i := range edges(lines) {
			for _, c := range lines[i].cells {
				once[body.spoken(c.text, lines[i].size)] = true
			}
			for _, n := range numbersOf(lines[i]) {
				counted[n-lines[i].page] = true
			}
		}
		for k := range once {
			said[k]++
		}
		for o := range counted {
			offsets[o]++
		}
	}
	offset := commonest(offsets)
	counts := offsets[offset] >= 3 && offsets[offset]*2 > full
	for p, lines := range pages {
		drop := map[int]bool{}
		for _, i := range edges(lines) {
			l := lines[i]
			written, n := body.title(l), full
			for _, c := range l.cells { // all that stands in it is repeated
				n = min(n, said[body.spoken(c.text, l.size)])
			}
			repeated := n >= 3 && (n*3 >= full*2 || n*5 >= full && !written) || n == 2 && full == 2 && !written && !strings.ContainsAny(l.text, "?:")
			numbered := counts && !written && slices.Contains(numbersOf(l), l.page+offset)
			if repeated || apart(lines, i) && (numbered || pageNumber.MatchString(strings.TrimSpace(l.text))) {
				drop[i] = true
			}
		}
		if len(drop) == 0 || len(drop) == len(lines) && full < 3 {
			continue
		}
		kept := lines[:0]
		for i, l := range lines {
			if !drop[i] {
				kept = append(kept, l)
			}
		}
		pages[p] = kept
	}
}

// edges are the lines at the top and at the bottom of a page, wherever they come
// in the order of reading.
func edges(lines []line) []int {
	top, bottom := order(lines)
	var out []int
	seen := map[int]bool{}
	for _, i := range append(top, bottom...) {
		if !seen[i] {
			seen[i] = true
			out = append(out, i)
		}
	}
	return out
}

// order finds the highest and the lowest lines.
func order(lines []line) (top, bottom []int) {
	pick := func(better func(a, b line) bool) []int {
		var out []int
		for i := range lines {
			k := len(out)
			for k > 0 && better(lines[i], lines[out[k-1]]) {
				k--
			}
			if k < edgeLines {
				out = append(out[:k], append([]int{i}, out[k:]...)...)
				out = out[:min(len(out), edgeLines)]
			}
		}
		return out
	}
	return pick(func(a, b line) bool { return a.base > b.base }), pick(func(a, b line) bool { return a.base < b.base })
}

// spoken is a text as it is compared: small print without its numbers.
func (l *layout) spoken(text string, size float64) string {
	s := strings.ToLower(strings.Join(strings.Fields(text), " "))
	if size < 0.95*l.body {
		s = digitRun.ReplaceAllString(s, "#")
	}
	return s
}

// numbersOf are the numbers that a line begins or ends with.
func numbersOf(l line) []int {
	if len(l.text) > 200 {
		return nil
	}
	var out []int
	for _, s := range endNumber.FindAllString(strings.TrimSpace(l.text), -1) {
		if n, err := strconv.Atoi(strings.TrimSpace(s)); err == nil {
			out = append(out, n)
		}
	}
	return out
}

func commonest(count map[int]int) int {
	best, n := 0, 0
	for k, c := range count {
		if c > n || c == n && k < best {
			best, n = k, c
		}
	}
	return best
}

// apart tells whether a line at an edge stands away from the text.
func apart(lines []line, i int) bool {
	for k, l := range lines {
		if k == i {
			continue
		}
		if d := l.base - lines[i].base; d < 1.6*l.size && d > -1.6*l.size {
			return false
		}
	}
	return true
}
