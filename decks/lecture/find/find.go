package find

import (
	"context"
	"hash/maphash"
	"slices"
	"strings"

	"lectern/decks"
	"lectern/decks/lecture/page"
)

// Find applies the rules to a page. An error is that of the context.
func Find(ctx context.Context, p *page.Page) (*Extraction, error) {
	f := &finder{ctx: ctx, p: p, plain: map[int]string{}, trim: map[int]string{}, tail: map[int]string{}, behind: map[int]int{}, seen: map[uint64]bool{}, hash: maphash.MakeSeed()}
	f.out.Title, f.out.Lang = p.Title, p.Lang
	f.furnish()
	f.survey()
	top := f.children(-1)
	if f.traits.faq {
		f.skip(top, Admin)
	} else {
		f.walk(top, f.outset())
		if len(f.items) == 0 {
			f.series(top)
		}
		if len(f.items) == 0 {
			f.oneTask(top)
		}
		f.answerLater()
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return f.result(), nil
}

// finder walks over a page.
type finder struct {
	ctx    context.Context
	p      *page.Page
	plain  map[int]string  // texts of blocks without marks, as far as asked for
	trim   map[int]string  // texts of blocks without their labels
	behind map[int]int     // of blocks that hold a question and its answer: where that begins
	tail   map[int]string  // of blocks that hold a question and its answer: the answer
	seen   map[uint64]bool // hashes of folded prompts
	hash   maphash.Seed
	out    Extraction

	items  []*found
	sets   []answerSet     // answers that stand apart from their questions
	titles map[string]bool // folded headings of the page
	traits traits
	inFAQ  bool   // questions about the course stand here
	above  string // the nearest heading above that is no item's own
}

// found is an item with what the rules still need to know of it.
type found struct {
	Item
	group  string
	number string // of its label or its mark: "3.1", "7"
	order  int    // its first block
}

// scope is what is known where the walk is.
type scope struct {
	place  decks.Kind // kind of the items that stand here; "" outside of places
	strict bool       // an entry has to ask or to command to be an item
	loose  bool       // … or to stand in a numbered list
	single bool       // one exercise: a list is its steps
	handed bool       // the place is the page's or an outer section's, not the nearest heading's
	stem   bool       // a labelled question: short entries under it are choices
	quiz   bool       // short lists are choices
	topics bool       // of an exam: each entry is a question whatever its form
	answer bool       // text under a question is its answer
	group  string
	path   []string
	level  decks.Difficulty
}

// under is a scope below a heading.
func (c scope) under(title string) scope {
	if title != "" {
		c.path = append(c.path[:len(c.path):len(c.path)], title)
		c.group = title
	}
	return c
}

// text is a block's text without marks.
func (f *finder) text(i int) string {
	b := &f.p.Blocks[i]
	if b.Kind == page.Code || b.Kind == page.Formula || !strings.ContainsAny(b.Text, "*_`[]<>$\\~=#|&!\n") {
		return b.Text
	}
	s, ok := f.plain[i]
	if !ok {
		s = b.Plain()
		if len(f.plain) > 4096 {
			clear(f.plain) // texts are asked for near to each other
		}
		f.plain[i] = s
	}
	return s
}

// children are the blocks that lie directly in block i; -1 is the page.
func (f *finder) children(i int) []int {
	from, to := int32(0), int32(len(f.p.Blocks))
	if i >= 0 {
		from, to = int32(i)+1, f.p.Blocks[i].End
	}
	var all []int
	for j := from; j < to; j = f.p.Blocks[j].End {
		if !f.p.Blocks[j].Hidden {
			all = append(all, int(j))
		}
	}
	return all
}

// section is how many blocks of a sequence belong to the heading that begins it.
func (f *finder) section(seq []int) int {
	level := f.p.Blocks[seq[0]].Level
	for n := 1; n < len(seq); n++ {
		if b := &f.p.Blocks[seq[n]]; b.Kind == page.Heading && b.Level <= level {
			return n
		}
	}
	return len(seq)
}

// skip notes why blocks of a sequence that look like questions are none.
func (f *finder) skip(seq []int, why Reason) {
	for _, i := range seq {
		for j := i; j < int(f.p.Blocks[i].End); j++ {
			if b := &f.p.Blocks[j]; !b.Kind.Holds() && b.Kind != page.Code && asks(b.Text) {
				f.out.Skipped = append(f.out.Skipped, Skip{Block: j, Reason: why})
			}
		}
	}
}

func (f *finder) result() *Extraction {
	f.out.Skipped = f.leftOut()
	upTo := -1
	for i, it := range f.items {
		f.items[i] = nil // a page may have very many
		if n := len(f.out.Groups); n == 0 || f.out.Groups[n-1].Title != it.group || f.begins(it.group, upTo, it.order) {
			f.out.Groups = append(f.out.Groups, Group{Title: it.group})
		}
		g := &f.out.Groups[len(f.out.Groups)-1]
		g.Items = append(g.Items, it.Item)
		upTo = it.order
	}
	if f.out.Title == "" && len(f.out.Groups) > 0 {
		f.out.Title = f.out.Groups[0].Title
	}
	return &f.out
}

// begins tells whether a heading of some title stands between two blocks.
func (f *finder) begins(title string, from, to int) bool {
	for i := from + 1; i < to; i++ {
		if b := &f.p.Blocks[i]; b.Kind == page.Heading && trimTitle(f.text(i)) == title {
			return true
		}
	}
	return false
}

// leftOut are the blocks that were passed over and became no part of an item
// after all.
func (f *finder) leftOut() []Skip {
	used := map[int]bool{}
	for _, it := range f.items {
		for _, b := range it.PromptBlocks {
			used[b] = true
		}
		for _, b := range it.AnswerBlocks {
			used[b] = true
		}
	}
	skipped := slices.DeleteFunc(f.out.Skipped, func(s Skip) bool { return used[s.Block] })
	slices.SortStableFunc(skipped, func(a, b Skip) int { return a.Block - b.Block })
	return slices.CompactFunc(skipped, func(a, b Skip) bool { return a.Block == b.Block })
}
