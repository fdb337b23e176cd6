package draft

import (
	"slices"
	"strings"

	"lectern/decks/lecture/page"
)

// piece is a passage before it has a number.
type piece struct {
	heading string
	text    string
	parts   []part // ascending
	tokens  int
}

// part says from where in a piece's text a block begins.
type part struct{ from, block int }

const (
	mostPiece = 300 // tokens; longer blocks are cut
	mostList  = 300 // tokens; longer lists are cut into their entries
)

// pieces cuts the lecture into passages: a paragraph, a formula, code or a table
// each, a short list; with the words that announce it. What asks and what
// surrounds the content is left out.
func pieces(l Lecture) []piece {
	asked := map[int]bool{}
	for _, i := range l.Asked {
		asked[i] = true
	}
	c := cutter{blocks: l.Page.Blocks, asked: asked}
	for i := 0; i < len(c.blocks); {
		b := &c.blocks[i]
		switch {
		case b.Kind == page.List && c.list(i):
			i = int(b.End)
			continue
		case b.Kind == page.Heading && !b.Hidden:
			c.heading = b.Plain()
		case c.tells(i):
			c.block(i)
		}
		i++
	}
	return c.out
}

type cutter struct {
	blocks  []page.Block
	asked   map[int]bool
	heading string
	out     []piece
}

// tells says whether a block is text of the lecture.
func (c *cutter) tells(i int) bool {
	b := &c.blocks[i]
	return !b.Kind.Holds() && b.Kind != page.Rule && b.Kind != page.Heading && !b.Hidden && !c.asked[i]
}

// announced is the piece whose paragraph right before block i goes on there: it
// ends with a colon, or before a formula in the middle of a sentence.
func (c *cutter) announced(i int) (p piece, ok bool) {
	p.heading = c.heading
	if len(c.out) == 0 {
		return p, false
	}
	last, b := c.out[len(c.out)-1], &c.blocks[i]
	if last.parts[len(last.parts)-1].block != i-1 || c.blocks[i-1].Kind != page.Paragraph || c.blocks[i-1].Parent != b.Parent {
		return p, false
	}
	if strings.HasSuffix(last.text, ":") || b.Kind == page.Formula && !strings.ContainsAny(last.text[len(last.text)-1:], ".!?") {
		return last, true
	}
	return p, false
}

// list makes one piece of a list, with what announces it. It does nothing for one
// that is too long or asks.
func (c *cutter) list(i int) bool {
	end := int(c.blocks[i].End)
	p, joined := c.announced(i)
	p.parts = slices.Clip(p.parts)
	var b strings.Builder
	b.WriteString(p.text)
	told := false
	for j := i + 1; j < end; j++ {
		if c.blocks[j].Kind.Holds() {
			continue
		}
		if !c.tells(j) {
			return false
		}
		told = true
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		if e := c.blocks[j].Parent; e >= 0 && c.blocks[e].Kind == page.Entry && int(e) == j-1 {
			b.WriteString(c.blocks[e].Mark + " ")
		}
		p.parts = append(p.parts, part{b.Len(), j})
		b.WriteString(text(&c.blocks[j]))
	}
	p.text = b.String()
	if p.tokens = tokens(p.text); !told || p.tokens > mostList {
		return false
	}
	if joined {
		c.out = c.out[:len(c.out)-1]
	}
	c.out = append(c.out, p)
	return true
}

// block makes a piece of a block, or several.
func (c *cutter) block(i int) {
	s := text(&c.blocks[i])
	if k := c.blocks[i].Kind; k == page.Formula || k == page.Code {
		if p, ok := c.announced(i); ok && p.tokens+tokens(s) <= mostPiece {
			p.parts = append(slices.Clip(p.parts), part{len(p.text) + 1, i})
			p.text += "\n" + s
			p.tokens = tokens(p.text)
			c.out[len(c.out)-1] = p
			return
		}
	}
	for len(s) > 0 {
		cut := s[:cutAt(s)]
		s = s[len(cut):]
		if cut = strings.Trim(cut, "\n"); strings.TrimSpace(cut) != "" {
			c.out = append(c.out, piece{heading: c.heading, text: cut, parts: []part{{0, i}}, tokens: tokens(cut)})
		}
	}
}

// cutAt says where a text that is too long is cut: after a line or a sentence,
// else between words, else between letters.
func cutAt(s string) int {
	sum, line, sentence, space := 0, 0, 0, 0
	last := ' '
	for i, r := range s {
		if sum > mostPiece*100 {
			for _, at := range []int{line, sentence, space} {
				if at > i/2 {
					return at
				}
			}
			return i
		}
		switch {
		case r == '\n':
			line = i + 1
		case r == ' ' && strings.ContainsRune(".!?…", last):
			sentence = i + 1
		case r == ' ':
			space = i + 1
		case strings.ContainsRune("。！？", r):
			sentence = i + len(string(r))
		}
		sum += cost(r)
		last = r
	}
	return len(s)
}

func text(b *page.Block) string {
	if b.Kind == page.Table {
		return b.Text // its rows
	}
	return b.Plain()
}
