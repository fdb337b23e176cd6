package sketch

import (
	"slices"
	"strings"

	"lectern/decks/lecture/find"
	"lectern/decks/lecture/page"
)

// Page is a lecture page that was read, and what the rules found on it.
type Page struct {
	*page.Page
	Name  string // of its file
	Title string // "" is the one it has itself
	Found *find.Extraction
}

// Book is pages one after another, their blocks numbered through.
type Book struct {
	Pages []Page
	from  []int // the first block of each page, and the end
}

// NewBook binds pages.
func NewBook(pages []Page) *Book {
	b := &Book{Pages: pages, from: make([]int, 1, len(pages)+1)}
	for _, p := range pages {
		b.from = append(b.from, b.from[len(b.from)-1]+len(p.Blocks))
	}
	return b
}

// Len is the number of blocks.
func (b *Book) Len() int { return b.from[len(b.Pages)] }

// From is the first block of a page.
func (b *Book) From(page int) int { return b.from[page] }

// PageOf is the page on which a block stands.
func (b *Book) PageOf(i int) int {
	at, found := slices.BinarySearch(b.from, i)
	if !found {
		at--
	}
	for at+1 < len(b.Pages) && b.from[at+1] == i { // pages without blocks
		at++
	}
	return at
}

// Block is one of the blocks.
func (b *Book) Block(i int) *page.Block {
	p := b.PageOf(i)
	return &b.Pages[p].Blocks[i-b.from[p]]
}

// Bullet is page.Page.Bullet.
func (b *Book) Bullet(i int) (mark string, depth int) {
	p := b.PageOf(i)
	return b.Pages[p].Bullet(i - b.from[p])
}

// Markdown writes blocks as one text, whatever pages they stand on.
func (b *Book) Markdown(blocks []int) string {
	var texts []string
	for len(blocks) > 0 {
		p, n := b.PageOf(blocks[0]), 0
		var mine []int
		for n < len(blocks) && b.PageOf(blocks[n]) == p {
			mine = append(mine, blocks[n]-b.from[p])
			n++
		}
		if text := b.Pages[p].Markdown(mine); text != "" {
			texts = append(texts, text)
		}
		blocks = blocks[n:]
	}
	return strings.Join(texts, "\n\n")
}

// Heading is the nearest heading above a block on its page, or the page's title.
func (b *Book) Heading(i int) string {
	p := b.PageOf(i)
	for k := i - 1; k >= b.from[p]; k-- {
		if x := b.Block(k); x.Kind == page.Heading && !x.Hidden {
			return x.Plain()
		}
	}
	return b.Pages[p].title()
}

// title is what a page is called.
func (p Page) title() string {
	for _, s := range []string{p.Title, p.Found.Title, p.Page.Title, p.Name} {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}

// lift gives blocks of a page their numbers in the book.
func (b *Book) lift(page int, blocks []int) []int {
	out := make([]int, len(blocks))
	for i, x := range blocks {
		out[i] = b.from[page] + x
	}
	return out
}
