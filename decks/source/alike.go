package source

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"lectern/decks"
	"lectern/decks/fold"
	"lectern/decks/release"
)

// mostText bounds what a lock keeps of a card, in bytes: enough to know it by.
const mostText = 2000

var gapOpening = regexp.MustCompile(`\{\{(?:c[1-9][0-9]{0,2}::)?`)

// Text is what a lock remembers of a card: its question, options and answer as a
// reader compares them, without the numbers of gaps.
func Text(n decks.Note) string {
	n = release.CanonicalNote(n)
	parts := []string{n.Text(decks.Front)}
	if n.Kind == decks.Cloze {
		parts[0] = gapOpening.ReplaceAllString(parts[0], "{{")
	}
	for _, o := range n.Choices {
		parts = append(parts, o.Text)
	}
	text := fold.Fold(strings.Join(append(parts, n.Text(decks.Back)), " "))
	if len(text) <= mostText {
		return text
	}
	cut := strings.ToValidUTF8(text[:mostText], "")
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return cut
}

// Sum names what a card says, to the letter: texts, options and kind.
func Sum(n decks.Note) string {
	n = release.CanonicalNote(n)
	var b strings.Builder
	put := func(s string) { b.WriteString(s); b.WriteByte(0) }
	put(string(n.Kind))
	for _, f := range decks.Fields {
		put(n.Text(f))
	}
	for _, o := range n.Choices {
		if o.Right {
			put("x")
		}
		put(o.Text)
	}
	return release.Hash([]byte(b.String()))[:16]
}

func highestGap(n decks.Note) int {
	if n.Kind != decks.Cloze {
		return 0
	}
	var p parser
	m := note{Note: n}
	p.checkGaps(0, &m, n.Text(decks.Front))
	return m.gaps
}

// trigrams cuts a text into runs of three words. Two empty words stand before it
// and after it, so that the first and the last count as much as the others.
func trigrams(text string) map[string]bool {
	words := []string{"", ""}
	words = append(words, strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})...)
	words = append(words, "", "")
	out := map[string]bool{}
	if len(words) == 4 {
		return out
	}
	for i := 2; i < len(words); i++ {
		out[strings.Join(words[i-2:i+1], " ")] = true
	}
	return out
}

// alike says how much of their trigrams two texts share, from 0 to 1.
func alike(a, b map[string]bool) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	shared := 0
	for t := range a {
		if b[t] {
			shared++
		}
	}
	return share(shared, len(a), len(b))
}

func share(shared, a, b int) float64 {
	if a+b == 0 {
		return 0
	}
	return 2 * float64(shared) / float64(a+b)
}

// pair is a card without an id and a card of the lock that it may be.
type pair struct {
	card, lost int
	alike      float64
}

// pairs finds the cards and the lost ones that share anything, best first.
func pairs(cards, lost []string) []pair {
	index := map[string][]int{}
	sizes := make([]int, len(lost))
	for k, text := range lost {
		grams := trigrams(text)
		sizes[k] = len(grams)
		for t := range grams {
			index[t] = append(index[t], k)
		}
	}
	var out []pair
	for i, text := range cards {
		grams := trigrams(text)
		shared := map[int]int{}
		for t := range grams {
			for _, k := range index[t] {
				shared[k]++
			}
		}
		for k, n := range shared {
			if s := share(n, len(grams), sizes[k]); s > doubt {
				out = append(out, pair{i, k, s})
			}
		}
	}
	slices.SortFunc(out, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.alike, a.alike), cmp.Compare(a.card, b.card), cmp.Compare(a.lost, b.lost))
	})
	return out
}
