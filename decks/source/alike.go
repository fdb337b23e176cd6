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

// Text is what a lock remembers of a card: a line with its question, without the
// numbers of gaps, and one with its options and its answer, as a reader compares them.
func Text(n decks.Note) string {
	n = release.CanonicalNote(n)
	front := n.Text(decks.Front)
	if n.Kind == decks.Cloze {
		front = gapOpening.ReplaceAllString(front, "{{")
	}
	var rest []string
	for _, o := range n.Choices {
		rest = append(rest, o.Text)
	}
	text := fold.Fold(front)
	if back := fold.Fold(strings.Join(append(rest, n.Text(decks.Back)), " ")); back != "" {
		text += "\n" + back
	}
	if len(text) <= mostText {
		return text
	}
	cut := strings.ToValidUTF8(text[:mostText], "")
	if i := strings.LastIndexAny(cut, " \n"); i > 0 {
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

// sameQuestion is how alike two cards are that ask the same and answer otherwise.
const sameQuestion = 0.8

func questionOf(text string) string {
	question, _, _ := strings.Cut(text, "\n")
	return question
}

// pairs finds the cards and the lost ones that may be one, best first.
func pairs(cards, lost []string) []pair {
	index := map[string][]int{}
	asks := map[string][]int{}
	sizes := make([]int, len(lost))
	for k, text := range lost {
		asks[questionOf(text)] = append(asks[questionOf(text)], k)
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
		likeness := map[int]float64{}
		for k, n := range shared {
			likeness[k] = share(n, len(grams), sizes[k])
		}
		for _, k := range asks[questionOf(text)] {
			likeness[k] = max(likeness[k], sameQuestion)
		}
		for k, s := range likeness {
			if s > doubt {
				out = append(out, pair{i, k, s})
			}
		}
	}
	slices.SortFunc(out, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.alike, a.alike), cmp.Compare(a.card, b.card), cmp.Compare(a.lost, b.lost))
	})
	return out
}
