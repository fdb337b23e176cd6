package lecture

import (
	"path/filepath"
	"strings"

	"lectern/decks/content"
)

// Page is a lecture page as its reader saw it.
type Page struct {
	Title  string
	Lang   string // "ru", "en", …; "" when unknown
	Format string // "text", "markdown", "html", "notebook"
	Blocks []Block
}

// Block is one piece of a page, in the page's order.
type Block struct {
	Kind   BlockKind
	Level  int    // Heading: 1 to 6; Entry: depth of nesting, 0 outermost
	Text   string // Markdown, without the mark of a heading or a list
	Mark   string // Entry: its bullet or number as it stands: "•", "3.", "b)"
	Box    Box    // Entry: a box to tick
	Lang   string // Code: its language
	Line   int    // first line in the source, from 1
	Hidden bool   // furniture: menus, footers, skip links
}

// Plain is the block's text without its marks.
func (b Block) Plain() string { return plain(b.Text) }

// plain strips Markdown from a line of text; most lines have none.
func plain(s string) string {
	if !strings.ContainsAny(s, "*_`[]<>$\\~=#|&!") {
		return strings.Join(strings.Fields(s), " ")
	}
	return content.Line(content.Parse(s), 0)
}

// BlockKind says what a block is.
type BlockKind int

// The kinds of block.
const (
	Paragraph BlockKind = iota
	Heading
	Entry // of a list
	Code
	Quote
	Table
	Fold // the title of something that opens: <summary>
)

// Box says whether an entry has a box to tick.
type Box int

// The states of a box.
const (
	NoBox Box = iota
	OpenBox
	TickedBox
)

// Reader turns text into a page. Read gets text with LF line ends.
type Reader struct {
	Format     string
	Extensions []string // with the dot, lower case
	Sniff      func(text string) bool
	Read       func(text string) (*Page, error)
}

// Readers are the formats a page can have, tried in this order.
var Readers = []Reader{
	{Format: "notebook", Extensions: []string{".ipynb"}, Sniff: sniffNotebook, Read: readNotebook},
	{Format: "html", Extensions: []string{".html", ".htm", ".xhtml"}, Sniff: sniffHTML, Read: readHTML},
	{Format: "markdown", Extensions: []string{".md", ".markdown", ".mdx", ".rmd", ".qmd"}, Sniff: sniffMarkdown, Read: readMarkdown},
	{Format: "text", Extensions: []string{".txt", ".text", ""}, Sniff: func(string) bool { return true }, Read: readText},
}

// readerFor chooses by the name's ending, then by the look of the text.
func readerFor(name, text string) Reader {
	ext := strings.ToLower(filepath.Ext(name))
	for _, r := range Readers {
		for _, e := range r.Extensions {
			if e != "" && e == ext && (r.Format != "notebook" || r.Sniff(text)) {
				if r.Format == "text" && sniffHTML(text) {
					continue
				}
				return r
			}
		}
	}
	for _, r := range Readers {
		if r.Sniff(text) {
			return r
		}
	}
	return Readers[len(Readers)-1]
}
