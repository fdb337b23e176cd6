package webpage

import "lectern/decks/lecture/page"

// flags say what an open element changes until it ends.
type flags uint32

const (
	isBlock  flags = 1 << iota
	isPlain        // changes nothing: many in each other are kept as one
	isHidden       // furniture
	isDrop
	isSolid   // all in it is one line
	isTitle   // … which is the title of the box that it begins
	isHeading // … or a heading
	isPre
	isButton
	isLink
	isAnchor // a link of a heading to itself
	isToggle // … or a button that opens something
	isLabel  // names the language of the code below it
	isMath
	isTex
	isDisplay // formulas in it are set apart
	isTabs
	isOutput
	isCell // of a notebook
	isRight
	isOption      // holds a choice, which ends with it
	isFurnitureIf // header, form: whether it is furniture is told at its end
	isDocTitle
	isNumber
	isApart
)

// element is an open element.
type element struct {
	name   string
	kind   kind
	flags  flags
	times  int32  // how many plain ones stand in each other
	depth  int32  // of the builder before what it opened there; -1 when it opened nothing
	box    int32  // the box or quote that it is on the page; -1
	block  int32  // how many blocks there were before it
	list   int32  // of a list: depth of the builder before it; -1 when it has no entry yet
	first  int32  // of a list: its block
	entry  int32  // of a list: its last entry
	number int32  // of a list: of its last entry
	format string // of a list: how its numbers are written
	level  uint8  // of a heading
	style  styles // what it adds to the style
	lang   string // of code in it
	region int32  // index into regions + 1
	table  *cells
	saved  *run // the paragraph that a button stands in
	href   string
}

// maxTitle is how long a heading or the title of a box may be, in bytes.
const maxTitle = 2000

// maxNest is how deep elements are kept; a page that people wrote has a tenth of it.
const maxNest = 250

func (r *reader) top() *element {
	if len(r.stack) == 0 {
		return nil
	}
	return &r.stack[len(r.stack)-1]
}

// push opens an element.
func (r *reader) push(e element) {
	e.times = 1
	if e.flags&isPlain != 0 {
		if t := r.top(); t != nil && t.flags&isPlain != 0 && t.name == e.name {
			t.times++
			return
		}
	}
	r.open[e.name]++
	r.count(e.flags, 1)
	r.style.add(e.style, 1)
	r.stack = append(r.stack, e)
}

func (r *reader) count(f flags, n int) {
	if f&isHidden != 0 {
		r.hidden += n
	}
	if f&isDrop != 0 {
		r.drop += n
	}
	if f&isSolid != 0 {
		r.solid += n
	}
	if f&isPre != 0 {
		r.pre += n
	}
}

// pop ends the innermost element.
func (r *reader) pop() {
	e := *r.top()
	if e.flags&isBlock != 0 {
		r.flush()
	}
	r.ending(&e)
	r.stack = r.stack[:len(r.stack)-1]
	if r.open[e.name]--; r.open[e.name] == 0 {
		delete(r.open, e.name)
	}
	r.count(e.flags, -1)
	r.style.add(e.style, -1)
	r.ended(&e)
}

func (r *reader) popTo(n int) {
	for len(r.stack) > n {
		r.pop()
	}
}

// find looks for the innermost open element of a name, not beyond the bounds; -1
// when there is none.
func (r *reader) find(name string, bounds map[string]bool) int {
	if r.open[name] == 0 {
		return -1
	}
	for i := len(r.stack) - 1; i >= 0; i-- {
		switch e := &r.stack[i]; {
		case e.name == name:
			return i
		case bounds[e.name]:
			return -1
		}
	}
	return -1
}

func (r *reader) popPast(name string, bounds map[string]bool) bool {
	i := r.find(name, bounds)
	if i < 0 {
		return false
	}
	r.popTo(i)
	return true
}

// imply ends what a start tag ends without an end tag.
func (r *reader) imply(name string, k kind) {
	if r.solid > 0 {
		r.endSolid(name, k)
	}
	switch k {
	case item:
		r.popPast("li", listBounds)
	case term, detail:
		if !r.popPast("dt", defsBounds) {
			r.popPast("dd", defsBounds)
		}
	case rows:
		for _, n := range []string{"thead", "tbody", "tfoot"} {
			if r.popPast(n, tableBounds) {
				return
			}
		}
		r.popPast("tr", tableBounds)
	case row:
		r.popPast("tr", tableBounds)
	case cell:
		if !r.popPast("td", rowBounds) {
			r.popPast("th", rowBounds)
		}
	case link:
		if i := r.find("a", nil); i >= 0 && !r.blockAbove(i) {
			r.popTo(i)
		}
	case button:
		r.popPast("button", cellBounds)
	}
	if k.blockLike() && !(r.solid > 0) {
		r.popPast("p", paraBounds)
	}
}

// endSolid ends a heading or a title that was left open: it holds no lists,
// tables, other headings.
func (r *reader) endSolid(name string, k kind) {
	long := r.run.size > maxTitle
	switch k {
	case heading, list, item, defs, table, pre, quote, details:
	case para:
		if r.run.size == 0 {
			return
		}
	case block:
		if name != "section" && name != "article" && name != "main" && !long {
			return
		}
	default:
		if !long {
			return
		}
	}
	for i := range r.stack {
		e := &r.stack[i]
		switch {
		case e.flags&isSolid == 0, k == heading && !long && (e.flags&isButton != 0 || e.kind == summary):
			continue // a button or a summary may hold a heading
		case e.flags&(isTitle|isLabel) != 0: // goes on, but not as a title
			r.endTitle()
			e = &r.stack[i]
			e.flags &^= isSolid | isTitle | isLabel
			r.solid--
		default:
			r.popTo(i)
		}
		return
	}
}

// blockAbove tells whether a block is open within the element at i.
func (r *reader) blockAbove(i int) bool {
	for _, e := range r.stack[i+1:] {
		if e.flags&isBlock != 0 {
			return true
		}
	}
	return false
}

func (r *reader) endTag(name string) {
	k := kinds[name]
	switch {
	case k == void || k == root:
		if name == "br" {
			r.lineBreak()
		}
		return
	case r.math != nil && name != "math":
		r.math.end(name)
		return
	case r.over > 0:
		if k.blockLike() {
			r.flush()
		}
		if !k.repeats() {
			r.over--
		}
		return
	case k == heading:
		for i := len(r.stack) - 1; i >= 0 && !cellBounds[r.stack[i].name]; i-- {
			if r.stack[i].kind == heading {
				r.popTo(i)
				return
			}
		}
		return
	}
	bounds := cellBounds
	if k == table || k == rows || k == row || k == cell || k == caption {
		bounds = tableBounds
	}
	i := r.find(name, bounds)
	switch {
	case i < 0:
		if k.blockLike() {
			r.flush()
		}
	case r.stack[i].times > 1 && i == len(r.stack)-1:
		if k.blockLike() {
			r.flush()
		}
		r.stack[i].times--
	case r.stack[i].flags&isBlock == 0 && r.blockAbove(i):
		r.quiet(i)
	default:
		r.popTo(i)
	}
}

// quiet takes away what an element within a line does, when blocks that it holds
// are still open at its end tag.
func (r *reader) quiet(i int) {
	e := &r.stack[i]
	if e.flags&(isLink|isButton|isMath|isTex) != 0 {
		r.popTo(i)
		return
	}
	r.style.add(e.style, -1)
	r.count(e.flags, -1)
	e.style, e.flags = styles{}, 0
}

// closeTo ends blocks of the page until depth are open. Elements whose blocks are
// ended go on without them.
func (r *reader) closeTo(depth int32) {
	if r.choice.open && depth <= r.choice.depth {
		r.choice.open = false
	}
	r.b.CloseTo(int(depth))
	for i := len(r.stack) - 1; i >= 0; i-- {
		e := &r.stack[i]
		if e.depth >= 0 && e.depth < depth || e.list >= 0 && e.list < depth {
			break // what is below was opened before
		}
		if e.list >= depth {
			e.list, e.entry = -1, -1
		}
		if e.depth > depth || e.depth == depth && e.table == nil {
			e.depth, e.box = -1, -1
		}
	}
}

// add adds a block that holds no others.
func (r *reader) add(x page.Block) int {
	r.settle()
	r.label = ""
	x.Hidden = r.hidden > 0
	x.Line = min(x.Line, r.limit)
	return r.b.Add(x)
}

// openBlock opens a block of the page and gives its index; -1 when it is too deep
// to be kept.
func (r *reader) openBlock(x page.Block) int32 {
	n := len(r.p.Blocks)
	if x.Line == 0 {
		x.Line = r.line
	}
	x.Line = min(x.Line, r.limit)
	r.b.Open(x)
	if len(r.p.Blocks) == n {
		return -1
	}
	return int32(n)
}
