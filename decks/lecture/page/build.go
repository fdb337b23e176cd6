package page

import (
	"context"
	"errors"
	"slices"
	"strings"
)

// Limits of a page. Beyond MaxDepth what is opened is not kept as a block of its
// own, what stands in it is.
const (
	MaxBlocks = 2 << 20
	MaxDepth  = 60
)

// ErrTooLarge tells that a page has more than MaxBlocks blocks.
var ErrTooLarge = errors.New("the page has too many blocks")

// Builder puts a page together, block by block. After its context ends or a limit
// is reached it takes nothing more; Err says so, and readers ask it now and then.
type Builder struct {
	ctx   context.Context
	page  *Page
	open  []int32 // blocks that hold what comes next
	over  int     // opened beyond MaxDepth
	lines int32   // added to the lines given
	err   error
}

// NewBuilder begins a page.
func NewBuilder(ctx context.Context, format string) *Builder {
	return &Builder{ctx: ctx, page: &Page{Format: format}}
}

// Shift says at which line the text begins whose blocks come next; lines are
// counted from its own first line, 1.
func (b *Builder) Shift(line int) { b.lines = int32(line - 1) }

// Expect makes room for n more blocks. A page of millions is held twice while its
// room is made larger; a reader that can tell their number saves that.
func (b *Builder) Expect(n int) {
	b.page.Blocks = slices.Grow(b.page.Blocks, min(n, MaxBlocks))
}

// Add adds a block that holds no others. One without text is left out, unless it
// is a rule. It returns its index, or -1.
func (b *Builder) Add(x Block) int {
	x.Text = strings.TrimSpace(strings.TrimRight(x.Text, "\n"))
	if x.Text == "" && x.Kind != Rule {
		return -1
	}
	return b.add(x)
}

// AddCode adds code as it stands.
func (b *Builder) AddCode(line int, lang, text string) int {
	text = strings.TrimRight(strings.TrimLeft(text, "\n"), " \t\n")
	if strings.TrimSpace(text) == "" {
		return -1
	}
	return b.add(Block{Kind: Code, Mark: lang, Text: text, Line: int32(line)})
}

func (b *Builder) add(x Block) int {
	if b.Err() != nil {
		return -1
	}
	n := len(b.page.Blocks)
	x.Line += b.lines
	x.Parent, x.End = -1, int32(n+1)
	if len(b.open) > 0 {
		x.Parent = b.open[len(b.open)-1]
	}
	b.page.Blocks = append(b.page.Blocks, x)
	return n
}

// Open adds a block that holds those added until Close.
func (b *Builder) Open(x Block) {
	if len(b.open) >= MaxDepth || b.Err() != nil {
		b.over++
		return
	}
	b.open = append(b.open, int32(b.add(x)))
}

// Close ends the block opened last. A list without entries is dropped; an entry
// or a box may be empty.
func (b *Builder) Close() {
	if b.over > 0 {
		b.over--
		return
	}
	if len(b.open) == 0 {
		return
	}
	i := b.open[len(b.open)-1]
	b.open = b.open[:len(b.open)-1]
	x := &b.page.Blocks[i]
	x.End = int32(len(b.page.Blocks))
	if x.End == i+1 && (x.Kind == List || x.Kind == Quote) {
		b.page.Blocks = b.page.Blocks[:i]
	}
}

// Depth is how many blocks are open; CloseTo ends those beyond a depth.
func (b *Builder) Depth() int { return len(b.open) + b.over }

// CloseTo closes blocks until only depth are open.
func (b *Builder) CloseTo(depth int) {
	for b.Depth() > max(depth, 0) {
		b.Close()
	}
}

// Inner is the kind of the block opened last, or -1 when none is open.
func (b *Builder) Inner() (k Kind, ok bool) {
	if len(b.open) == 0 {
		return 0, false
	}
	return b.page.Blocks[b.open[len(b.open)-1]].Kind, true
}

// Err tells why nothing more is taken.
func (b *Builder) Err() error {
	if b.err != nil {
		return b.err
	}
	n := len(b.page.Blocks)
	switch {
	case n >= MaxBlocks:
		b.err = ErrTooLarge
	case n%256 == 0:
		b.err = b.ctx.Err()
	}
	return b.err
}

// Page is the page as it is being built.
func (b *Builder) Page() *Page { return b.page }

// Finish closes what is open and gives the page. Its title, if the reader has
// set none, is the first heading of the first level that is used.
func (b *Builder) Finish() (*Page, error) {
	b.CloseTo(0)
	if b.err != nil {
		return nil, b.err
	}
	if err := b.ctx.Err(); err != nil {
		return nil, err
	}
	return b.page, nil
}

// Retitle gives the block opened last a title.
func (b *Builder) Retitle(text string) {
	if len(b.open) > 0 && b.over == 0 {
		b.page.Blocks[b.open[len(b.open)-1]].Text = text
	}
}

// FirstHeading is the title of a page by its headings: the first of the highest
// level that it uses.
func FirstHeading(p *Page) string {
	best, level := "", uint8(7)
	for i := range p.Blocks {
		if b := &p.Blocks[i]; b.Kind == Heading && !b.Hidden && b.Level < level && b.Plain() != "" {
			best, level = b.Plain(), b.Level
			if level == 1 {
				break
			}
		}
	}
	return best
}
