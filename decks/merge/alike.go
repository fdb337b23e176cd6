package merge

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"
)

// weights says how much a word tells about a note: the rarer in both decks, the
// more, as the logarithm of its rarity. Where every question begins with "What
// is", as in a course they do, only the rest of it says which one it is.
type weights map[string]float64

func weigh(decks ...[]text) weights {
	w, notes := weights{}, 0
	for _, d := range decks {
		notes += len(d)
		for _, t := range d {
			for i, word := range t.words {
				if i == 0 || word != t.words[i-1] {
					w[word]++
				}
			}
		}
	}
	for word, n := range w {
		w[word] = math.Log(float64(notes+1) / n)
	}
	return w
}

// alike compares two questions, 0 to 1, by the weight of the words they share.
// Words that differ by a typo or an ending share a part of their weight. The
// words of both are sorted, so that sums are taken in one order.
func (w weights) alike(a, b []string) float64 {
	total, same := 0.0, 0.0
	var left, right []string
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0] < b[0]:
			total += w[a[0]]
			left, a = append(left, a[0]), a[1:]
		case len(a) == 0 || b[0] < a[0]:
			total += w[b[0]]
			right, b = append(right, b[0]), b[1:]
		default:
			total += 2 * w[a[0]]
			same += 2 * w[a[0]]
			a, b = a[1:], b[1:]
		}
	}
	if total == 0 {
		return 0
	}
	return (same + w.close(left, right)) / total
}

// mostLeft bounds the words compared letter by letter.
const mostLeft = 24

// close gives the weight shared by words that nearly agree.
func (w weights) close(left, right []string) float64 {
	if len(left) > mostLeft || len(right) > mostLeft {
		return 0
	}
	type pair struct {
		a, b int
		s    float64
	}
	var pairs []pair
	for i, a := range left {
		for j, b := range right {
			if s := closeWords(a, b); s > 0 {
				pairs = append(pairs, pair{i, j, s})
			}
		}
	}
	slices.SortFunc(pairs, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.s, x.s), x.a-y.a, x.b-y.b)
	})
	sum := 0.0
	var usedLeft, usedRight [mostLeft]bool
	for _, p := range pairs {
		if !usedLeft[p.a] && !usedRight[p.b] {
			usedLeft[p.a], usedRight[p.b] = true, true
			sum += p.s * (w[left[p.a]] + w[right[p.b]])
		}
	}
	return sum
}

// runTogether reports whether two questions differ in their spaces only: two
// words ran together, or one fell apart.
func runTogether(a, b string) bool {
	return strings.ReplaceAll(a, " ", "") == strings.ReplaceAll(b, " ", "")
}

// closeWords compares two words by the letters to change, 0 when they are more
// than a typo or an ending apart. Numbers and short words, such as DNA and RNA,
// are equal or different.
func closeWords(a, b string) float64 {
	const least, short, mostLetters = 0.7, 4, 64
	x, y := []rune(a), []rune(b)
	longer := max(len(x), len(y))
	if longer <= short || longer > mostLetters || float64(min(len(x), len(y))) < least*float64(longer) || slices.ContainsFunc(x, unicode.IsDigit) || slices.ContainsFunc(y, unicode.IsDigit) {
		return 0
	}
	s := 1 - float64(edits(x, y))/float64(longer)
	if s < least {
		return 0
	}
	return s
}

// edits is the optimal string alignment distance: insertions, deletions,
// replacements and swaps of neighbours.
func edits(a, b []rune) int {
	var rows [3][65]int
	two, one, now := &rows[0], &rows[1], &rows[2]
	for j := range b {
		one[j+1] = j + 1
	}
	for i := range a {
		now[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			now[j+1] = min(one[j]+cost, one[j+1]+1, now[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				now[j+1] = min(now[j+1], two[j-1]+1)
			}
		}
		two, one, now = one, now, two
	}
	return one[len(b)]
}

// shared is the part of their words, sorted, that two answers have in common,
// 0 to 1.
func shared(a, b []string) float64 {
	all, both := len(a)+len(b), 0
	for len(a) > 0 && len(b) > 0 {
		switch c := strings.Compare(a[0], b[0]); {
		case c < 0:
			a = a[1:]
		case c > 0:
			b = b[1:]
		default:
			both += 2
			a, b = a[1:], b[1:]
		}
	}
	return float64(both) / float64(all)
}

// index finds the notes that share rare pieces of words with a question.
type index struct {
	at   map[string][]int32 // piece → notes
	hits []int32            // scratch, by note: pieces shared, the rarer the more
}

const (
	rarePieces = 16  // pieces of a question that are looked up, the rarest first
	mostNotes  = 256 // notes read for one piece
	mostNear   = 8   // notes returned
	mostHits   = 1 << 16
)

// newIndex holds the notes that are not taken.
func newIndex(notes []text, taken []int) *index {
	x := &index{at: map[string][]int32{}, hits: make([]int32, len(notes))}
	for i, t := range notes {
		if taken[i] >= 0 {
			continue
		}
		for p := range pieces(t.words) {
			x.at[p] = append(x.at[p], int32(i))
		}
	}
	return x
}

func (x *index) empty() bool { return len(x.at) == 0 }

// nearest returns the notes that share the most of t's rare pieces.
func (x *index) nearest(t text) []int {
	known := slices.DeleteFunc(slices.Collect(maps.Keys(pieces(t.words))), func(p string) bool { return len(x.at[p]) == 0 })
	slices.SortFunc(known, func(a, b string) int {
		return cmp.Or(len(x.at[a])-len(x.at[b]), strings.Compare(a, b))
	})
	var touched []int
	for _, p := range known[:min(len(known), rarePieces)] {
		notes := x.at[p]
		if len(notes) > mostNotes && len(touched) > 0 {
			break
		}
		for _, o := range notes[:min(len(notes), mostNotes)] {
			if x.hits[o] == 0 {
				touched = append(touched, int(o))
			}
			x.hits[o] += 1 + mostHits/int32(len(notes))
		}
	}
	slices.SortFunc(touched, func(a, b int) int { return cmp.Or(int(x.hits[b]-x.hits[a]), a-b) })
	for _, o := range touched {
		x.hits[o] = 0
	}
	return touched[:min(len(touched), mostNear)]
}

// pieces returns the words and their runs of three letters, the ends marked.
func pieces(words []string) map[string]bool {
	out := map[string]bool{}
	for _, w := range words {
		r := []rune(" " + w + " ")
		out[string(r)] = true
		for i := 0; i+3 <= len(r); i++ {
			out[string(r[i:i+3])] = true
		}
	}
	return out
}
