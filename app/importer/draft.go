package importer

import (
	"slices"
	"strings"

	"lectern/decks"
	"lectern/decks/content"
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

// answer makes a block of the page part of a card's answer, or takes it out.
func (d *draft) answer(i, block int) {
	it := &d.cards[i].item
	if k := slices.Index(it.AnswerBlocks, block); k >= 0 {
		it.AnswerBlocks = slices.Delete(slices.Clone(it.AnswerBlocks), k, k+1)
	} else {
		it.AnswerBlocks = append(slices.Clone(it.AnswerBlocks), block)
		slices.Sort(it.AnswerBlocks)
	}
	var parts []string
	for _, b := range it.AnswerBlocks {
		parts = append(parts, d.page.Blocks[b].Text)
	}
	it.Answer = strings.Join(parts, "\n\n")
}

// deck is what the draft comes to: the ticked cards in sections by group.
func (d *draft) deck() decks.Deck {
	x := lecture.Extraction{Title: d.title, Lang: d.page.Lang}
	for _, c := range d.cards {
		if !c.on || strings.TrimSpace(c.item.Prompt) == "" {
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

// plain is Markdown as one line of text.
func plain(markdown string) string { return content.Line(content.Parse(markdown), 0) }
