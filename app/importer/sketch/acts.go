package sketch

import (
	"cmp"
	"slices"
	"strings"

	"lectern/decks"
	"lectern/decks/lecture/find"
	"lectern/decks/lecture/page"
)

// Tick takes cards or leaves them out. To take one that its twin kept out is to
// keep both.
func (s *Sketch) Tick(on bool, cards ...int) *Sketch {
	t := s.copy()
	for _, i := range cards {
		c := &t.Cards[i]
		if c.On = on; on && c.Destiny() == Merge {
			c.Fate = Keep
		}
	}
	return t
}

// Decide says what becomes of a card that has a twin.
func (s *Sketch) Decide(i int, f Fate) *Sketch {
	t := s.copy()
	t.Cards[i].Fate, t.Cards[i].On = f, true
	return t
}

// Edit gives a card other texts.
func (s *Sketch) Edit(i int, it find.Item) *Sketch {
	t := s.copy()
	c := &t.Cards[i]
	was := c.Item.Answer
	c.Item = whole(it)
	c.Wrote = c.Wrote || c.Item.Answer != was
	return t
}

// whole makes an item consistent: only a choice has options, and its answer is
// what is right among them.
func whole(it find.Item) find.Item {
	it.Prompt, it.Answer, it.Explanation = strings.TrimSpace(it.Prompt), strings.TrimSpace(it.Answer), strings.TrimSpace(it.Explanation)
	if it.Kind != decks.Choice {
		it.Choices = nil
		return it
	}
	var right []string
	for _, o := range it.Choices {
		if o.Right {
			right = append(right, o.Text)
		}
	}
	if len(right) > 0 { // else what the page says stays
		it.Answer = strings.Join(right, "\n\n")
	}
	return it
}

// Join makes a card part of the one above it, which stays where it is. The first
// card has none above it.
func (s *Sketch) Join(i int) *Sketch {
	t := s.copy()
	up, down := &t.Cards[i-1], t.Cards[i]
	it, more := up.Item, down.Item
	it.Prompt, it.Answer, it.Explanation = both(it.Prompt, more.Prompt), both(it.Answer, more.Answer), both(it.Explanation, more.Explanation)
	it.Choices = slices.Concat(it.Choices, more.Choices)
	it.PromptBlocks, it.AnswerBlocks = union(it.PromptBlocks, more.PromptBlocks), union(it.AnswerBlocks, more.AnswerBlocks)
	it.Difficulty = cmp.Or(it.Difficulty, more.Difficulty)
	if len(it.Choices) > 0 {
		it.Kind = decks.Choice
	}
	up.Item, up.On, up.Wrote = whole(it), up.On || down.On, up.Wrote || down.Wrote
	t.Cards = slices.Delete(t.Cards, i, i+1)
	return t
}

func both(a, b string) string { return strings.TrimSpace(a + "\n\n" + b) }

func union(a, b []int) []int {
	return slices.Compact(slices.Sorted(slices.Values(slices.Concat(a, b))))
}

// Become puts cards in the place of one: it was split, or written in another
// form. The first of them is the one it was.
func (s *Sketch) Become(i int, items []find.Item) *Sketch {
	t := s.copy()
	was := t.Cards[i]
	cards := make([]Card, len(items))
	for k, it := range places(s.Book, was.Item, items) {
		cards[k] = Card{ID: was.ID, Item: whole(it), Section: was.Section, On: was.On, Wrote: was.Wrote}
		if k > 0 {
			cards[k].ID = t.number()
		}
	}
	t.Cards = slices.Replace(t.Cards, i, i+1, cards...)
	return t
}

// Move puts a card behind the others of another section, or where it belongs by
// its place on the page.
func (s *Sketch) Move(i, section int) (*Sketch, int) {
	t := s.copy()
	c := t.Cards[i]
	c.Section = section
	t.Cards = slices.Delete(t.Cards, i, i+1)
	from, to := t.Span(section)
	at := to
	for k := from; k < to; k++ {
		if first(t.Cards[k].Item.PromptBlocks) > first(c.Item.PromptBlocks) {
			at = k
			break
		}
	}
	t.Cards = slices.Insert(t.Cards, at, c)
	return t, at
}

func first(blocks []int) int {
	if len(blocks) == 0 {
		return -1
	}
	return blocks[0]
}

// MoveNew puts a card into a new section below its own.
func (s *Sketch) MoveNew(i int, title string) (*Sketch, int) {
	t := s.copy()
	under := s.sectionAt(s.Cards[i].Section)
	sec := Section{ID: t.number(), Title: strings.TrimSpace(title), Page: s.Sections[under].Page}
	t.Sections = slices.Insert(t.Sections, under+1, sec)
	return t.Move(i, sec.ID)
}

// Rename calls a section something else.
func (s *Sketch) Rename(section int, title string) *Sketch {
	t := s.copy()
	t.Section(section).Title = strings.TrimSpace(title)
	return t
}

// Add makes a card of a block of the page and returns its place.
func (s *Sketch) Add(block int) (*Sketch, int) {
	t := s.copy()
	b := t.Book.Block(block)
	it := find.Item{Prompt: t.Book.Markdown([]int{block}), Kind: decks.Question, PromptBlocks: []int{block}}
	if b.Kind == page.Heading || b.Kind == page.Box {
		it.Prompt = b.Text
	}
	at, section := t.room(block)
	t.Cards = slices.Insert(t.Cards, at, Card{ID: t.number(), Item: it, Section: section, On: true})
	return t, at
}

// room finds the place and the section for a card made of a block: where its
// neighbours on the page are, or a section of its own under its heading.
func (s *Sketch) room(block int) (at, section int) {
	pg := s.Book.PageOf(block)
	before, after := -1, -1 // the nearest cards on the page
	for i := range s.Cards {
		b := first(s.Cards[i].Item.PromptBlocks)
		if b < 0 || s.Book.PageOf(b) != pg {
			continue
		}
		if b < block && (before < 0 || b > first(s.Cards[before].Item.PromptBlocks)) {
			before = i
		}
		if b > block && (after < 0 || b < first(s.Cards[after].Item.PromptBlocks)) {
			after = i
		}
	}
	title := s.Book.Heading(block)
	if len(s.Book.Pages) > 1 {
		title = s.Book.Pages[pg].title()
	}
	within := func(i int) bool { return i >= 0 && strings.HasPrefix(s.Section(s.Cards[i].Section).Title, title) }
	switch {
	case before >= 0 && after >= 0 && s.Cards[before].Section == s.Cards[after].Section, within(before):
		return before + 1, s.Cards[before].Section
	case within(after):
		return after, s.Cards[after].Section
	}
	next := len(s.Sections) // the section before which it stands
	switch {
	case before >= 0:
		next = s.sectionAt(s.Cards[before].Section) + 1
	case after >= 0:
		next = s.sectionAt(s.Cards[after].Section)
	default:
		for i, sec := range s.Sections {
			if sec.Page > pg {
				next = i
				break
			}
		}
	}
	sec := Section{ID: s.number(), Title: title, Page: pg}
	s.Sections = slices.Insert(s.Sections, next, sec)
	at, _ = s.Span(sec.ID)
	return at, sec.ID
}

// Answer makes blocks of the page part of a card's answer; those that are
// already are taken out. What the student wrote himself is only added to.
func (s *Sketch) Answer(i int, blocks ...int) *Sketch {
	if len(blocks) == 0 {
		return s
	}
	t := s.copy()
	c := &t.Cards[i]
	it := &c.Item
	given, more := slices.Clone(it.AnswerBlocks), []int(nil)
	for _, b := range blocks {
		if k := slices.Index(given, b); k >= 0 {
			given = slices.Delete(given, k, k+1)
		} else {
			more = append(more, b)
		}
	}
	all := union(given, more)
	switch added := len(given) == len(it.AnswerBlocks); {
	case c.Wrote && added, added && (len(given) == 0 || given[len(given)-1] < more[0]):
		it.Answer = both(it.Answer, s.Book.Markdown(more)) // which may be less than its blocks: without "Answer:"
	case !c.Wrote:
		it.Answer = s.Book.Markdown(all)
	}
	it.AnswerBlocks = all
	return t
}

// Below are the lines under a card that belong to no card, down to the next
// heading or card: what can become its answer.
func (s *Sketch) Below(i int) []int {
	it := s.Cards[i].Item
	last := -1
	for _, b := range slices.Concat(it.PromptBlocks, it.AnswerBlocks) {
		last = max(last, b)
	}
	if last < 0 {
		return nil
	}
	var out []int
	for b, end := last+1, s.Book.from[s.Book.PageOf(last)+1]; b < end; b++ {
		block := s.Book.Block(b)
		if block.Hidden || block.Text == "" {
			continue
		}
		if block.Kind == page.Heading || s.Owner(b) >= 0 {
			break
		}
		out = append(out, b)
	}
	return out
}

// Duplicates brings what is known of twins, by the number of the card. It
// changes the sketch itself: no act of the student's is to be taken back.
func (s *Sketch) Duplicates(twins map[int]*Twin) {
	s.Cards = slices.Clone(s.Cards) // the sketch below may share them
	for i := range s.Cards {
		s.Cards[i].Twin = twins[s.Cards[i].ID]
	}
}
