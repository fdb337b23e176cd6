package importer

import (
	"maps"
	"slices"
	"strings"

	"lectern/decks"
	"lectern/decks/content"
	"lectern/decks/intake"
	"lectern/decks/lecture"
)

// draft is the deck that is being made of a page: what was found, what the
// student unticked, edited, joined and added.
type draft struct {
	page  *lecture.Page
	title string
	cards []card
}

// card is one question of the draft.
type card struct {
	item  lecture.Item
	group string
	on    bool
}

func newDraft(page *lecture.Page, x *lecture.Extraction) *draft {
	d := &draft{page: page, title: x.Title}
	for _, g := range x.Groups {
		for _, it := range g.Items {
			d.cards = append(d.cards, card{item: it, group: g.Title, on: true})
		}
	}
	return d
}

// count is the number of ticked cards and of those without an answer.
func (d *draft) count() (on, unanswered int) {
	for _, c := range d.cards {
		if c.on {
			on++
			if strings.TrimSpace(c.item.Answer) == "" {
				unanswered++
			}
		}
	}
	return on, unanswered
}

// add makes a card of a block of the page, in the page's order, and returns its
// place. A block that is a card already is found instead.
func (d *draft) add(block int) int {
	if i := d.of(block); i >= 0 {
		return i
	}
	b := d.page.Blocks[block]
	at := len(d.cards)
	for i, c := range d.cards {
		if len(c.item.PromptBlocks) > 0 && c.item.PromptBlocks[0] > block {
			at = i
			break
		}
	}
	c := card{on: true, group: d.heading(block), item: lecture.Item{Prompt: b.Text, Kind: decks.Question, PromptBlocks: []int{block}}}
	if at > 0 && d.cards[at-1].group != c.group && at < len(d.cards) && d.cards[at].group == d.cards[at-1].group {
		c.group = d.cards[at].group // within a group found by the rules
	}
	d.cards = slices.Insert(d.cards, at, c)
	return at
}

// heading is the nearest heading above a block, or the page's title.
func (d *draft) heading(block int) string {
	for i := block - 1; i >= 0; i-- {
		if b := d.page.Blocks[i]; b.Kind == lecture.Heading {
			return b.Plain()
		}
	}
	return d.page.Title
}

// of is the card whose question or answer a block belongs to, or -1.
func (d *draft) of(block int) int {
	for i, c := range d.cards {
		if slices.Contains(c.item.PromptBlocks, block) || slices.Contains(c.item.AnswerBlocks, block) {
			return i
		}
	}
	return -1
}

// join makes a card part of the one above it.
func (d *draft) join(i int) bool {
	if i <= 0 || i >= len(d.cards) {
		return false
	}
	up, it := &d.cards[i-1].item, d.cards[i].item
	up.Prompt = strings.TrimSpace(up.Prompt + "\n\n" + it.Prompt)
	up.Answer = strings.TrimSpace(up.Answer + "\n\n" + it.Answer)
	up.Choices = append(slices.Clone(up.Choices), it.Choices...)
	up.PromptBlocks = append(slices.Clone(up.PromptBlocks), it.PromptBlocks...)
	up.AnswerBlocks = append(slices.Clone(up.AnswerBlocks), it.AnswerBlocks...)
	d.cards = slices.Delete(d.cards, i, i+1)
	return true
}

// answer makes blocks of the page part of a card's answer; those that are
// already are taken out. An answer that the student has written over is only
// added to.
func (d *draft) answer(i int, blocks ...int) {
	it := &d.cards[i].item
	if strings.TrimSpace(it.Answer) != strings.TrimSpace(d.page.Markdown(it.AnswerBlocks)) {
		it.Answer = strings.TrimSpace(it.Answer + "\n\n" + d.page.Markdown(blocks))
		it.AnswerBlocks = slices.Sorted(slices.Values(slices.Concat(it.AnswerBlocks, blocks)))
		return
	}
	mine := slices.Clone(it.AnswerBlocks)
	for _, b := range blocks {
		if k := slices.Index(mine, b); k >= 0 {
			mine = slices.Delete(mine, k, k+1)
		} else {
			mine = append(mine, b)
		}
	}
	slices.Sort(mine)
	it.AnswerBlocks, it.Answer = mine, d.page.Markdown(mine)
}

// below are the lines under a card that belong to no card, down to the next
// heading or card: what can become its answer.
func (d *draft) below(i int) []int {
	it := d.cards[i].item
	last := -1
	for _, b := range slices.Concat(it.PromptBlocks, it.AnswerBlocks) {
		last = max(last, b)
	}
	var out []int
	for b := last + 1; last >= 0 && b < len(d.page.Blocks); b++ {
		block := d.page.Blocks[b]
		if block.Hidden {
			continue
		}
		if block.Kind == lecture.Heading || d.of(b) >= 0 {
			break
		}
		out = append(out, b)
	}
	return out
}

// span gives the cards of the group that a card is in: from and up to.
func (d *draft) span(i int) (from, to int) {
	from, to = i, i+1
	for from > 0 && d.cards[from-1].group == d.cards[i].group {
		from--
	}
	for to < len(d.cards) && d.cards[to].group == d.cards[i].group {
		to++
	}
	return from, to
}

// ticked counts the ticked cards among some.
func (d *draft) ticked(from, to int) int {
	n := 0
	for _, c := range d.cards[from:to] {
		if c.on {
			n++
		}
	}
	return n
}

// deck is what the draft comes to: the ticked cards in sections by group.
func (d *draft) deck() decks.Deck {
	x := lecture.Extraction{Title: d.title, Lang: d.page.Lang}
	for _, c := range d.cards {
		if !c.counts() {
			continue
		}
		if n := len(x.Groups); n == 0 || x.Groups[n-1].Title != c.group {
			x.Groups = append(x.Groups, lecture.Group{Title: c.group})
		}
		g := &x.Groups[len(x.Groups)-1]
		g.Items = append(g.Items, c.item)
	}
	return x.Deck(d.title)
}

// update is what a page that was read again does to the deck made of it before.
type update struct {
	deck    decks.Deck   // with the ids that the notes had
	added   map[int]bool // cards of the draft
	changed map[int]bool
	gone    []decks.Note // notes of the old deck that are asked no more
}

// against compares the draft with the deck made of the page before.
func (d *draft) against(old decks.Deck) update {
	u := update{deck: intake.Adopt(old, d.deck()), added: map[int]bool{}, changed: map[int]bool{}}
	before := map[string]decks.Note{}
	for _, n := range old.Notes {
		before[n.ID] = n
	}
	at := -1 // of the card a note was made of
	for _, n := range u.deck.Notes {
		for at++; at < len(d.cards) && !d.cards[at].counts(); at++ {
		}
		was, known := before[n.ID]
		switch {
		case !known:
			u.added[at] = true
		case !maps.Equal(was.Fields, n.Fields):
			u.changed[at] = true
		}
		delete(before, n.ID)
	}
	for _, n := range old.Notes {
		if _, left := before[n.ID]; left {
			u.gone = append(u.gone, n)
		}
	}
	return u
}

// counts tells whether a card becomes a note.
func (c card) counts() bool { return c.on && strings.TrimSpace(c.item.Prompt) != "" }

// plain is Markdown as one line of text.
func plain(markdown string) string { return content.Line(content.Parse(markdown), 0) }
