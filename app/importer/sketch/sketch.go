package sketch

import (
	"slices"
	"strings"

	"lectern/decks"
	"lectern/decks/lecture"
	"lectern/decks/lecture/find"
)

// Sketch is the deck as it would be now.
type Sketch struct {
	Book     *Book
	Sections []Section
	Cards    []Card // in the order of their sections

	next   int     // number of the next card or section
	owners []int32 // by block: 1 + the card it belongs to; made when asked for
}

// Section is a part of the deck.
type Section struct {
	ID    int
	Title string
	Page  int // of the book
}

// Card is what becomes a note.
type Card struct {
	ID      int       // stays while the card is edited and moved
	Item    find.Item // its blocks are those of the book
	Section int       // Section.ID
	On      bool      // ticked
	Wrote   bool      // the answer is in the student's own words

	Twin *Twin // a note that asks the same; nil: none is known
	Fate Fate
}

// Twin is a note that asks what a card asks.
type Twin struct {
	Exact bool       // the same words
	Card  int        // number of the card above that has them; 0: the note is in the collection
	Note  decks.Note // as it is shown
	Deck  string     // title
}

// Fate says what becomes of a card that has a twin.
type Fate int

// The fates. Merge leaves the card out and gives its answer to a twin that has
// none. Link keeps both, to be asked on different days.
const (
	Unsaid Fate = iota // Merge for the same words, else Keep
	Merge
	Keep
	Link
)

// Destiny is the fate of a card with a twin; without one it is Keep.
func (c *Card) Destiny() Fate {
	switch {
	case c.Twin == nil:
		return Keep
	case c.Fate != Unsaid:
		return c.Fate
	case c.Twin.Exact:
		return Merge
	}
	return Keep
}

// Taken tells whether the card becomes a note.
func (c *Card) Taken() bool {
	return c.On && c.Destiny() != Merge && strings.TrimSpace(c.Item.Prompt) != ""
}

// Answered tells whether the card has what it needs to be answered.
func (c *Card) Answered() bool {
	return !decks.Note{Kind: c.Item.Kind, Fields: map[decks.Field]string{decks.Back: c.Item.Answer}}.NeedsAnswer()
}

// Note is the card as a note without id.
func (c *Card) Note() decks.Note {
	x := find.Extraction{Title: ".", Groups: []find.Group{{Items: []find.Item{c.Item}}}}
	n := lecture.Deck(&x, "").Notes[0]
	n.ID, n.Section = "", ""
	return n
}

// New begins a sketch with everything that was found. One page has its groups
// as sections; of several each is a section, or one for each of its groups.
func New(b *Book) *Sketch {
	s := &Sketch{Book: b}
	for p, pg := range b.Pages {
		for _, g := range pg.Found.Groups {
			title := strings.TrimSpace(g.Title)
			if len(b.Pages) > 1 {
				title = pg.section(title)
			}
			if title == "" {
				title = pg.title()
			}
			sec := s.number()
			s.Sections = append(s.Sections, Section{ID: sec, Title: title, Page: p})
			for _, it := range g.Items {
				it.PromptBlocks, it.AnswerBlocks = b.lift(p, it.PromptBlocks), b.lift(p, it.AnswerBlocks)
				s.Cards = append(s.Cards, Card{ID: s.number(), Item: it, Section: sec, On: true})
			}
		}
	}
	return s
}

// section is what a group of a page is called among those of other pages.
func (p Page) section(group string) string {
	title := p.title()
	if len(p.Found.Groups) < 2 || group == "" || group == title {
		return title
	}
	return title + " › " + group
}

func (s *Sketch) number() int { s.next++; return s.next }

// copy is a sketch to be changed.
func (s *Sketch) copy() *Sketch {
	t := *s
	t.Sections, t.Cards, t.owners = slices.Clone(s.Sections), slices.Clone(s.Cards), nil
	return &t
}

// Section is the section with a number.
func (s *Sketch) Section(id int) *Section {
	i := s.sectionAt(id)
	if i < 0 {
		return nil
	}
	return &s.Sections[i]
}

func (s *Sketch) sectionAt(id int) int {
	return slices.IndexFunc(s.Sections, func(x Section) bool { return x.ID == id })
}

// At is the place of the card with a number, -1 for none.
func (s *Sketch) At(id int) int {
	return slices.IndexFunc(s.Cards, func(c Card) bool { return c.ID == id })
}

// Span gives the cards of a section: from and up to. An empty one has its place
// among the others.
func (s *Sketch) Span(section int) (from, to int) {
	if from = slices.IndexFunc(s.Cards, func(c Card) bool { return c.Section == section }); from < 0 {
		from = 0
		for at := s.sectionAt(section); from < len(s.Cards) && s.sectionAt(s.Cards[from].Section) < at; {
			from++
		}
	}
	to = from
	for to < len(s.Cards) && s.Cards[to].Section == section {
		to++
	}
	return from, to
}

// Count is the number of cards that become notes, and of those without an
// answer.
func (s *Sketch) Count() (taken, unanswered int) {
	for i := range s.Cards {
		if c := &s.Cards[i]; c.Taken() {
			taken++
			if !c.Answered() {
				unanswered++
			}
		}
	}
	return taken, unanswered
}

// Owner is the card whose question or answer a block belongs to, -1 for none.
func (s *Sketch) Owner(block int) int {
	if s.owners == nil {
		s.owners = make([]int32, s.Book.Len())
		for i := len(s.Cards) - 1; i >= 0; i-- { // the first has it
			for _, b := range s.Cards[i].Item.AnswerBlocks {
				s.owners[b] = int32(i + 1)
			}
		}
		for i := len(s.Cards) - 1; i >= 0; i-- { // a question before an answer
			for _, b := range s.Cards[i].Item.PromptBlocks {
				s.owners[b] = int32(i + 1)
			}
		}
	}
	return int(s.owners[block]) - 1
}

// Deck is what the sketch comes to, with new ids, and for each note the card it
// was made of.
func (s *Sketch) Deck(title string) (decks.Deck, []int) {
	x := find.Extraction{Title: title}
	for _, p := range s.Book.Pages {
		if x.Lang == "" {
			x.Lang = p.Lang
		}
	}
	answers := map[int]string{} // by number of the card: what those merged into it say
	for i := range s.Cards {
		if c := &s.Cards[i]; c.On && c.Destiny() == Merge && c.Twin.Card != 0 && answers[c.Twin.Card] == "" {
			answers[c.Twin.Card] = c.Item.Answer
		}
	}
	var of []int
	section := 0
	for i := range s.Cards {
		c := s.Cards[i]
		if !c.Taken() {
			continue
		}
		if !c.Answered() {
			c.Item.Answer = answers[c.ID]
		}
		if c.Section != section {
			section = c.Section
			x.Groups = append(x.Groups, find.Group{Title: s.Section(section).Title})
		}
		g := &x.Groups[len(x.Groups)-1]
		g.Items = append(g.Items, c.Item)
		of = append(of, i)
	}
	return lecture.Deck(&x, title), of
}

// Relations is what the sketch says about notes of other decks and about pairs of
// its own, when its cards become the notes of a deck: by id of a note, the one
// that it is linked with; by id of a note without an answer, the answer that the
// pages give.
func (s *Sketch) Relations(notes []decks.Note, of []int) (links, answers map[string]string) {
	links, answers = map[string]string{}, map[string]string{}
	id := map[int]string{}
	for k, i := range of {
		id[s.Cards[i].ID] = notes[k].ID
	}
	for i := range s.Cards {
		c := &s.Cards[i]
		if !c.On || c.Twin == nil {
			continue
		}
		other := c.Twin.Note.ID
		if c.Twin.Card != 0 {
			other = id[c.Twin.Card]
		}
		switch d := c.Destiny(); {
		case other == "":
		case d == Link:
			links[id[c.ID]] = other
		case d == Merge && c.Twin.Card == 0 && c.Twin.Note.NeedsAnswer() && strings.TrimSpace(c.Item.Answer) != "":
			answers[other] = c.Item.Answer
		}
	}
	return links, answers
}

// PageOf is the page on which a card stands.
func (s *Sketch) PageOf(i int) int {
	if b := s.Cards[i].Item.PromptBlocks; len(b) > 0 {
		return s.Book.PageOf(b[0])
	}
	return s.Section(s.Cards[i].Section).Page
}
