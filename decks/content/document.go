package content

// Document is a card's or a page's text as a tree: the one meeting point
// between what is read (Markdown, HTML) and what is written (the window, HTML,
// plain text, search text).
type Document struct {
	Blocks []Block
}

// Block is one of *Paragraph, *Heading, *List, *Quote, *Code, *Math, *Table,
// *Rule, *Picture.
type Block interface{ block() }

// Inline is one of Text, *Span, CodeSpan, MathSpan, *Link, *Image, Break.
type Inline interface{ inline() }

// Paragraph is running text.
type Paragraph struct{ Inlines []Inline }

// Heading has a level of 1 to 6.
type Heading struct {
	Level   int
	Inlines []Inline
}

// List is a bulleted or numbered list. Start is the first number of an ordered list.
type List struct {
	Ordered bool
	Start   int
	Tight   bool // no space between the items
	Items   []Item
}

// Item is an entry of a List.
type Item struct {
	Task   Task
	Blocks []Block
}

// Task says whether an item has a box to tick.
type Task int

// The states of a task item.
const (
	NoTask Task = iota
	TaskOpen
	TaskDone
)

// Quote is quoted text.
type Quote struct{ Blocks []Block }

// Code is a block of program text, without a final newline. Lang is the
// author's word for the language, "" when unknown.
type Code struct{ Lang, Text string }

// Math is display TeX, without its delimiters.
type Math struct{ TeX string }

// Table is a table; every row has as many cells as Align.
type Table struct {
	Align []Align
	Head  [][]Inline // one entry a column; empty for a table without a head
	Rows  [][][]Inline
}

// Align is the alignment of a table's column.
type Align int

// The alignments.
const (
	AlignNone Align = iota
	AlignLeft
	AlignCenter
	AlignRight
)

// Rule is a thematic break.
type Rule struct{}

// Picture is an image that stands alone, with its caption (from the title).
type Picture struct{ Src, Alt, Title string }

// Text is a run of plain characters. It holds no newline.
type Text string

// Span is marked text.
type Span struct {
	Mark    Mark
	Inlines []Inline
}

// Mark is the kind of a Span.
type Mark int

// The marks.
const (
	Emphasis Mark = iota
	Strong
	Strike
	Underline
	Highlight
	Subscript
	Superscript
)

// CodeSpan is program text within a line.
type CodeSpan string

// MathSpan is inline TeX, without its delimiters.
type MathSpan string

// Link is a link with its text. URL is http, https or mailto; anything else
// is read as plain text.
type Link struct {
	URL     string
	Inlines []Inline
}

// Image is a picture within a line. Src is a name in the media folder.
type Image struct{ Src, Alt string }

// Break is a hard line break.
type Break struct{}

func (*Paragraph) block() {}
func (*Heading) block()   {}
func (*List) block()      {}
func (*Quote) block()     {}
func (*Code) block()      {}
func (*Math) block()      {}
func (*Table) block()     {}
func (*Rule) block()      {}
func (*Picture) block()   {}

func (Text) inline()     {}
func (*Span) inline()    {}
func (CodeSpan) inline() {}
func (MathSpan) inline() {}
func (*Link) inline()    {}
func (*Image) inline()   {}
func (Break) inline()    {}
