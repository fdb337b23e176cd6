// Package page is a lecture page as its readers see it, whatever format it had:
// a list of blocks in the page's order that is a tree as well.
//
// A block is a heading, a paragraph, code, … or holds others: a list holds
// entries, an entry its paragraphs and lists, a quote and a box (a note, a task,
// a solution, something that opens) what stands in them. Blocks that lie within
// block i are those from i+1 up to Blocks[i].End. So a screen can walk the list
// and the rules can walk the tree. Readers put pages together with a [Builder].
package page

import (
	"strings"

	"lectern/decks/content"
)

// Page is a lecture page as its reader saw it.
type Page struct {
	Title    string
	Lang     string // "ru", "en", …; "" when unknown
	Format   string // "text", "markdown", "html", "notebook", …
	Blocks   []Block
	Pictures []Picture // those that came within the file; others are paths or addresses
}

// Picture is a picture that came within the page's file.
type Picture struct {
	Name string // as the blocks' Markdown calls it
	Data []byte
}

// Block is one piece of a page. Which fields it has depends on its kind.
type Block struct {
	Kind   Kind
	Level  uint8 // Heading: 1 to 6
	Tick   Tick  // Entry: a box to tick
	Hidden bool  // what surrounds the content: menus, footers, skip links

	Parent int32 // the block it lies in, -1 for none
	End    int32 // the first block that does not lie in it
	Line   int32 // its first line in the source, from 1

	// Text is Markdown of one paragraph: the title of a heading or a box, the
	// words of a paragraph, the rows of a table. Of code and formulas it is the
	// text itself.
	Text string
	// Mark is the bullet or number of an entry as it stands ("•", "3.", "b)"),
	// the language of code, what a box is ("exercise", "solution", "note",
	// "details", …; lower case, in the page's own words).
	Mark string
}

// Kind says what a block is.
type Kind uint8

// The kinds of block. List, Entry, Quote and Box hold others.
const (
	Paragraph Kind = iota
	Heading
	List
	Entry // of a list; its words are paragraphs in it
	Code
	Formula // set apart, without its dollars
	Quote
	Table
	Box  // what a page marks as a thing of its own: a directive, an environment, <details>
	Rule // a line across the page
)

// Holds tells whether blocks of this kind hold others.
func (k Kind) Holds() bool { return k == List || k == Entry || k == Quote || k == Box }

// Tick says whether an entry has a box to tick.
type Tick uint8

// The states of a box.
const (
	NoTick Tick = iota
	Unticked
	Ticked
)

// Plain is the block's text without its marks.
func (b *Block) Plain() string {
	if b.Kind == Code || b.Kind == Formula {
		return b.Text
	}
	return Plain(b.Text)
}

// Plain strips Markdown from a line of text; most lines have none.
func Plain(s string) string {
	if !strings.ContainsAny(s, "*_`[]<>$\\~=#|&!") {
		return strings.Join(strings.Fields(s), " ")
	}
	return content.Line(content.Parse(s), 0)
}

// Words are the blocks that have text of their own, in the page's order.
func (p *Page) Words() []int {
	var all []int
	for i := range p.Blocks {
		if b := &p.Blocks[i]; b.Text != "" {
			all = append(all, i)
		}
	}
	return all
}

// Bullet tells how block i stands in lists: how many entries it lies in, and the
// mark of the innermost when it begins it, else "".
func (p *Page) Bullet(i int) (mark string, depth int) {
	first := true
	for a := p.Blocks[i].Parent; a >= 0; a = p.Blocks[a].Parent {
		if p.Blocks[a].Kind != Entry {
			continue
		}
		depth++
		if first && int(a) == i-1 {
			mark = p.Blocks[a].Mark
		}
		first = false
	}
	if mark == "-" || mark == "*" || mark == "+" {
		mark = "•"
	}
	return mark, depth
}
