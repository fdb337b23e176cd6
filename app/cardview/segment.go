package cardview

import (
	"strings"
	"unicode"

	"github.com/go-text/typesetting/segmenter"

	"lectern/app/theme"
	"lectern/decks/fold"
)

// segments cuts what was gathered where a line may break: where Unicode (UAX 14)
// allows it and Russian typography does not object.
func (g *gatherer) segments() []segment {
	for n := len(g.text); n > 0 && (g.text[n-1] == ' ' || g.text[n-1] == '\n'); n-- {
		g.text = g.text[:n-1]
	}
	if len(g.text) == 0 {
		return nil
	}
	g.mark()
	var cutter segmenter.Segmenter
	cutter.Init(g.text)
	code := g.code()
	c := cutting{g: g}
	from := 0
	for it := cutter.LineIterator(); it.Next(); {
		ln := it.Line()
		to := ln.Offset + len(ln.Text)
		last := to == len(g.text)
		if !last && code[to-1] && code[to] && g.text[to-1] != ' ' {
			continue // program text breaks at its spaces only
		}
		end := free
		switch {
		case !last && g.text[to-1] == '\n':
			end = forced
		case !last && !breakable(g.text, to):
			end = glued
		}
		word := to
		for word > from && (g.text[word-1] == ' ' || g.text[word-1] == '\n') {
			word--
		}
		for word-from > longest {
			k := from + longest
			for k < word-1 && unicode.IsMark(g.text[k]) {
				k++
			}
			c.add(from, k, k, glued)
			from = k
		}
		c.add(from, word, to, end)
		from = to
	}
	return c.out
}

// longest is how many letters are measured as one; no line holds so many.
const longest = 200

// cutting makes segments of stretches, in order.
type cutting struct {
	g    *gatherer
	part int // the stretch that the next segment begins in
	out  []segment
}

// add makes a segment of the letters up to word and of the white space from
// there up to to.
func (c *cutting) add(from, word, to int, end ending) {
	g := c.g
	s := segment{end: end}
	for ; c.part < len(g.stretches) && g.stretches[c.part].from < to; c.part++ {
		st := &g.stretches[c.part]
		if a, b := max(st.from, from), min(st.to, word); a < b {
			p := st.piece
			if a > st.from {
				p.left = 0
			}
			if b < st.to {
				p.right = 0
			}
			if p.whole {
				s.pieces = append(s.pieces, p)
			} else {
				p.text = string(g.text[a:b])
				s.pieces = append(s.pieces, byFace(p)...)
			}
		}
		if a, b := max(st.from, word), min(st.to, to); a < b {
			gap := strings.TrimRight(string(g.text[a:b]), "\n")
			s.gap.look = st.look
			s.gap.text += gap
			s.gap.width += measure(st.kind, gap)
			if b == st.to {
				s.gap.width += st.right
			}
		}
		if st.to > to {
			break
		}
	}
	for i := range s.pieces {
		s.width += s.pieces[i].full()
	}
	c.out = append(c.out, s)
}

// code tells of every letter whether it belongs to program text.
func (g *gatherer) code() []bool {
	out := make([]bool, len(g.text)+1)
	for _, st := range g.stretches {
		if st.ground == theme.Sunk {
			for i := st.from; i < min(st.to, len(g.text)); i++ {
				out[i] = true
			}
		}
	}
	return out
}

// short are the words that a Russian line does not end with; so is every word
// of one letter.
var short = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("без во да для до за из ко на не ни но об обо от по под при про со") {
		m[w] = true
	}
	return m
}()

// half is how many letters of a word stand on either side when a line ends with
// its hyphen: not "pre-" and "training".
const half = 4

// breakable tells whether a line may end before the letter at i.
func breakable(text []rune, i int) bool {
	if next := text[i]; next == '—' || next == '–' && (i+1 == len(text) || text[i+1] == ' ') {
		return false // a dash does not begin a line
	}
	end := i
	for end > 0 && text[end-1] == ' ' {
		end--
	}
	if end == i {
		return text[i-1] != '-' || part(text, i-1, -1) >= half && part(text, i, 1) >= half
	}
	from := end
	for from > 0 && unicode.IsLetter(text[from-1]) {
		from--
	}
	if from > 0 && (text[from-1] == '-' || unicode.IsDigit(text[from-1])) {
		return true // «кто-то», «2-я»: no word of its own
	}
	word := text[from:end]
	if len(word) == 1 {
		return !unicode.Is(unicode.Cyrillic, word[0])
	}
	return len(word) == 0 || len(word) > 3 || !short[strings.ToLower(string(word))]
}

// part counts letters from i in a direction: the half of a word with a hyphen.
func part(text []rune, i, step int) (n int) {
	if step < 0 {
		i--
	}
	for ; i >= 0 && i < len(text) && unicode.IsLetter(text[i]); i += step {
		n++
	}
	return n
}

// mark lays the marker pen over what was searched for.
func (g *gatherer) mark() {
	if len(g.c.query) == 0 {
		return
	}
	var folded []rune
	var origin []int // of each folded letter
	var cutter segmenter.Segmenter
	cutter.Init(g.text)
	for it := cutter.GraphemeIterator(); it.Next(); {
		gr := it.Grapheme()
		for _, r := range fold.Fold(string(gr.Text)) {
			folded, origin = append(folded, r), append(origin, gr.Offset)
		}
		if len(gr.Text) == 1 && gr.Text[0] == ' ' {
			folded, origin = append(folded, ' '), append(origin, gr.Offset)
		}
	}
	origin = append(origin, len(g.text))
	hit := make([]bool, len(g.text)+1)
	any := false
	for _, q := range g.c.query {
		word := []rune(q)
		for i := 0; i+len(word) <= len(folded); i++ {
			if equal(folded[i:i+len(word)], word) {
				for k := origin[i]; k < origin[i+len(word)]; k++ {
					hit[k], any = true, true
				}
			}
		}
	}
	if !any {
		return
	}
	var out []stretch
	for _, st := range g.stretches {
		if st.whole {
			out = append(out, st)
			continue
		}
		for a := st.from; a < min(st.to, len(g.text)); {
			b := a + 1
			for b < min(st.to, len(g.text)) && hit[b] == hit[a] {
				b++
			}
			cut := st
			cut.from, cut.to = a, b
			if hit[a] {
				cut.ground = theme.Mark
			}
			if a > st.from {
				cut.left = 0
			}
			if b < st.to {
				cut.right = 0
			}
			out = append(out, cut)
			a = b
		}
	}
	g.stretches = out
}

func equal(a, b []rune) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
