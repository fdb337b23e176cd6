package merge

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"lectern/decks"
	"lectern/decks/fold"
)

// How alike two questions must be to be one note, of 1.
const (
	alikeEnough = 0.6  // anywhere in the deck
	alikeInGap  = 0.45 // between the same two neighbours, with nothing else there
	alikeAnswer = 0.1  // with the same answer of several words
)

// rounds is how often the notes left are looked at again: a note matched in one
// round is a neighbour in the next.
const rounds = 3

// manyWords is how long an answer must be to say by itself which note it is.
const manyWords = 4

// text is a note as the matcher sees it.
type text struct {
	section       int // index of the old section, -1 when unknown
	front, back   string
	words, answer []string
	raw           string // question and answer as they stand
	kind          decks.Kind
}

// matcher finds for each fresh note its old one.
type matcher struct {
	olds, freshes []text
	old           []int // fresh → old, -1 none
	fresh         []int // old → fresh, -1 none
	weight        weights
}

func newMatcher(old, fresh decks.Deck, sections []int) *matcher {
	oldAt, freshAt := sectionIndex(old), sectionIndex(fresh)
	m := &matcher{old: unmatched(len(fresh.Notes)), fresh: unmatched(len(old.Notes))}
	for _, n := range old.Notes {
		t := textOf(n)
		if s, ok := oldAt[n.Section]; ok {
			t.section = s
		}
		m.olds = append(m.olds, t)
	}
	for _, n := range fresh.Notes {
		t := textOf(n)
		if s, ok := freshAt[n.Section]; ok {
			t.section = sections[s]
		}
		m.freshes = append(m.freshes, t)
	}
	m.weight = weigh(m.olds, m.freshes)
	return m
}

func unmatched(n int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = -1
	}
	return s
}

func textOf(n decks.Note) text {
	q, a := n.Text(decks.Front), n.Text(decks.Back)
	for _, o := range n.Choices {
		a += "\n" + o.Text
	}
	t := text{section: -1, front: fold.Fold(q), back: fold.Fold(a), raw: q + "\x00" + a, kind: n.Kind}
	t.words, t.answer = wordsOf(t.front), wordsOf(t.back)
	return t
}

func (m *matcher) pair(fresh, old int) {
	m.old[fresh], m.fresh[old] = old, fresh
}

func (m *matcher) run() {
	section := func(t text) string { return strconv.Itoa(t.section) }
	m.equal(func(t text) string { return t.raw + "\x00" + section(t) + string(t.kind) }, inOrder)
	m.equal(func(t text) string { return t.raw }, inOrder)
	m.equal(func(t text) string { return t.front + "\x00" + t.back + "\x00" + section(t) }, inOrder)
	m.equal(func(t text) string { return t.front + "\x00" + t.back }, inOrder)
	m.equal(func(t text) string { return t.front }, onlyOne)
	for round := 0; round < rounds && m.similar(); round++ {
	}
	m.equal(func(t text) string { return t.front + "\x00" + section(t) }, inOrder)
	m.equal(func(t text) string { return t.front }, inOrder)
	m.equal(func(t text) string {
		if len(t.answer) < manyWords {
			return ""
		}
		return t.back
	}, func(fresh, old []int) bool {
		return onlyOne(fresh, old) && m.weight.alike(m.freshes[fresh[0]].words, m.olds[old[0]].words) >= alikeAnswer
	})
}

func inOrder(_, _ []int) bool       { return true }
func onlyOne(fresh, old []int) bool { return len(fresh) == 1 && len(old) == 1 }

// equal pairs, in order, the notes not yet matched that have the same key, where
// the group is accepted. An empty key matches nothing.
func (m *matcher) equal(key func(text) string, accept func(fresh, old []int) bool) {
	groups := map[string][]int{}
	for o, t := range m.olds {
		if k := key(t); m.fresh[o] < 0 && k != "" {
			groups[k] = append(groups[k], o)
		}
	}
	mine := map[string][]int{}
	var keys []string
	for f, t := range m.freshes {
		if m.old[f] >= 0 {
			continue
		}
		if k := key(t); len(groups[k]) > 0 {
			if mine[k] == nil {
				keys = append(keys, k)
			}
			mine[k] = append(mine[k], f)
		}
	}
	for _, k := range keys {
		if !accept(mine[k], groups[k]) {
			continue
		}
		for i := range min(len(mine[k]), len(groups[k])) {
			m.pair(mine[k][i], groups[k][i])
		}
	}
}

// candidate is a pair that may be one note.
type candidate struct {
	fresh, old int
	score      float64
	section    bool // the same section
	neighbours int  // 0 to 2 neighbours that are neighbours in both decks
}

// similar pairs the notes not yet matched by their words, the best first. It
// reports whether it found any.
func (m *matcher) similar() (any bool) {
	index := newIndex(m.olds, m.fresh)
	if index.empty() {
		return false
	}
	var found []candidate
	for f := range m.freshes {
		if m.old[f] >= 0 {
			continue
		}
		near, gap := m.near(f)
		for _, o := range append(index.nearest(m.freshes[f]), near...) {
			c := candidate{fresh: f, old: o, score: m.score(f, o), section: m.olds[o].section == m.freshes[f].section}
			c.neighbours = m.neighbours(f, o)
			if c.score >= alikeEnough || c.score >= alikeInGap && o == gap {
				found = append(found, c)
			}
		}
	}
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(
			cmp.Compare(b.score, a.score),
			cmp.Compare(truth(b.section), truth(a.section)),
			cmp.Compare(b.neighbours, a.neighbours),
			cmp.Compare(distance(a), distance(b)),
			cmp.Compare(a.fresh, b.fresh),
			cmp.Compare(a.old, b.old),
		)
	})
	for _, c := range found {
		if m.old[c.fresh] < 0 && m.fresh[c.old] < 0 {
			m.pair(c.fresh, c.old)
			any = true
		}
	}
	return any
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func distance(c candidate) int { return max(c.fresh-c.old, c.old-c.fresh) }

// score says how likely two notes are one, 0 to 1.
func (m *matcher) score(f, o int) float64 {
	a, b := &m.freshes[f], &m.olds[o]
	q := m.weight.alike(a.words, b.words)
	if runTogether(a.front, b.front) {
		q = 1
	}
	if len(a.answer) == 0 || len(b.answer) == 0 {
		return q
	}
	return 0.75*q + 0.25*shared(a.answer, b.answer)
}

// near returns the old notes that stand beside the old notes of f's neighbours,
// and the one that is alone between both of them, or -1.
func (m *matcher) near(f int) (near []int, gap int) {
	before, after := -1, len(m.olds) // of the old notes of the neighbours
	if f > 0 {
		before = m.old[f-1]
	}
	if f+1 < len(m.old) {
		after = m.old[f+1]
	}
	gap = -1
	if (f == 0 || before >= 0) && after == before+2 {
		gap = before + 1
	}
	for _, o := range []int{before + 1, after - 1} {
		known := o == before+1 && (f == 0 || before >= 0) || o == after-1 && after >= 0
		if known && o >= 0 && o < len(m.olds) && m.fresh[o] < 0 && !slices.Contains(near, o) {
			near = append(near, o)
		}
	}
	if gap >= 0 && m.fresh[gap] >= 0 {
		gap = -1
	}
	return near, gap
}

func (m *matcher) neighbours(f, o int) int {
	n := 0
	if f > 0 && o > 0 && m.old[f-1] == o-1 {
		n++
	}
	if f+1 < len(m.old) && o+1 < len(m.olds) && m.old[f+1] == o+1 {
		n++
	}
	return n
}

// wordsOf returns the words of a folded text and the signs that carry meaning
// in a formula, sorted.
func wordsOf(foldedText string) []string {
	var out []string
	for _, t := range words(foldedText, nil) {
		if isWord(t) || strings.Contains("+-*/=<>^", t) || unicode.IsSymbol([]rune(t)[0]) {
			out = append(out, t)
		}
	}
	slices.Sort(out)
	return out
}
