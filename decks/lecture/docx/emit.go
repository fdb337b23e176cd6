package docx

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"lectern/decks/lecture/page"
	"lectern/decks/lecture/runs"
)

// emitter puts paragraphs on the page: those of lists into their entries, those
// of code together, and titles that are only large among the headings.
type emitter struct {
	b        *page.Builder
	open     []openList
	lines    []string // of code
	codeLine int

	headings bool // some paragraph has a heading's style
	bodySize int  // half points of most letters, as the styles have it
	sizes    map[int]int
	large    []largeTitle
}

// openList is a list whose entry is open.
type openList struct {
	key    any // the scheme it counts by, or the kind of the marks typed
	level  int
	indent int // of its text
	format byte
}

// largeTitle is a paragraph that may be a heading by its size.
type largeTitle struct {
	block int
	size  int
	text  string
}

const (
	near     = 60 // twentieths of a point: indents that look the same
	maxLists = 25 // within each other
)

func newEmitter(b *page.Builder) *emitter { return &emitter{b: b, sizes: map[int]int{}} }

func (o *emitter) err() error { return o.b.Err() }

// finish closes the page.
func (o *emitter) finish() (*page.Page, error) {
	o.flush()
	o.promote()
	return o.b.Finish()
}

// promote makes headings of large paragraphs where no style says what is one.
func (o *emitter) promote() {
	if o.headings || len(o.sizes) == 0 {
		return
	}
	body := o.bodySize
	for size, letters := range o.sizes {
		if letters > o.sizes[body] || letters == o.sizes[body] && size < body {
			body = size
		}
	}
	sizes := map[int]bool{}
	for _, t := range o.large {
		if larger(t.size, body) {
			sizes[t.size] = true
		}
	}
	ranks := slices.SortedFunc(maps.Keys(sizes), func(a, b int) int { return cmp.Compare(b, a) })
	for _, t := range o.large {
		if rank := slices.Index(ranks, t.size); rank >= 0 {
			x := &o.b.Page().Blocks[t.block]
			x.Kind, x.Level, x.Text = page.Heading, uint8(min(rank+1, 6)), t.text
		}
	}
}

func larger(size, body int) bool { return size*100 >= body*115 }

// blank is an empty paragraph: it parts lines of code and nothing else.
func (o *emitter) blank() {
	if len(o.lines) > 0 {
		o.lines = append(o.lines, "")
	}
}

func (o *emitter) flush() {
	if len(o.lines) > 0 {
		o.b.AddCode(o.codeLine, "", strings.Join(o.lines, "\n"))
		o.lines = nil
	}
}

// closeLists ends the lists beyond the first n.
func (o *emitter) closeLists(n int) {
	for len(o.open) > n {
		o.open = o.open[:len(o.open)-1]
		o.b.Close() // the entry
		o.b.Close() // the list
	}
}

// within ends the lists that a paragraph with an indent does not belong to: it
// goes on with an entry below whose words it stands, or beyond a mark typed.
func (o *emitter) within(indent int) {
	n := len(o.open)
	for n > 0 {
		top := o.open[n-1]
		if _, typed := top.key.(string); typed && indent > top.indent+near || !typed && indent > 0 && indent >= top.indent-near {
			break
		}
		n--
	}
	o.closeLists(n)
}

func (o *emitter) hidden(p *paragraph) {
	o.flush()
	o.closeLists(0)
	for _, x := range p.pieces {
		o.b.Add(page.Block{Kind: page.Paragraph, Hidden: true, Line: int32(p.line), Text: x.markdown()})
	}
}

func (o *emitter) heading(line, level int, text string) {
	o.flush()
	o.closeLists(0)
	if o.b.Add(page.Block{Kind: page.Heading, Level: uint8(min(level, 6)), Line: int32(line), Text: text}) >= 0 {
		o.headings = true
	}
}

func (o *emitter) code(p *paragraph, indent int) {
	if len(o.lines) == 0 {
		o.within(indent)
		o.codeLine = p.line
	}
	for _, x := range p.pieces {
		o.lines = append(o.lines, strings.TrimRight(strings.ReplaceAll(runs.Plain(x.runs), "\t", "    "), " \u00a0"))
	}
}

// table puts a table: into the entry before it when that announces it, as
// "Fill in:" does.
func (o *emitter) table(line int, text string) {
	o.flush()
	if all := o.b.Page().Blocks; len(all) == 0 || !strings.HasSuffix(all[len(all)-1].Text, ":") {
		o.closeLists(0)
	}
	o.b.Add(page.Block{Kind: page.Table, Line: int32(line), Text: text})
}

// entry opens an entry of a list, and the list where it is new.
func (o *emitter) entry(l openList, x page.Block) {
	o.closeLists(min(o.depth(l), maxLists))
	if n := len(o.open); n > 0 && o.open[n-1].key == l.key && o.open[n-1].level == l.level {
		o.open[n-1].indent = l.indent
		o.b.Close()
	} else {
		o.open = append(o.open, l)
		o.b.Open(page.Block{Kind: page.List, Line: x.Line})
	}
	x.Kind = page.Entry
	o.b.Open(x)
}

// depth is how many of the open lists an entry of l lies in, its own list
// included if it is open.
func (o *emitter) depth(l openList) int {
	for i := len(o.open) - 1; i >= 0; i-- {
		if x := o.open[i]; x.key == l.key && x.level <= l.level {
			return i + 1
		}
	}
	for i, x := range o.open {
		if x.key == l.key { // only deeper levels of its list are open
			return i
		}
	}
	if _, typed := l.key.(string); typed {
		return len(o.open) // a mark of another kind is one below
	}
	n := len(o.open)
	for n > 0 {
		top := o.open[n-1]
		if l.indent > top.indent+near || l.indent > top.indent-near && top.format == '1' && l.format == 'a' {
			break // deeper, or lettered options of what is numbered
		}
		n--
	}
	return n
}

// text puts a paragraph of words, of a list or not.
func (o *emitter) text(p *paragraph, m mark, listed bool, indent int) {
	o.flush()
	if !listed && p.tick == page.NoTick {
		o.sizes[p.size] += p.letter
		if o.title(p) {
			return
		}
	}
	inside := false // in an entry that this paragraph opened
	switch {
	case listed:
		o.entry(openList{m.scheme, p.props.level, indent, format(m.text)}, page.Block{Mark: m.text, Tick: tickOf(p, m), Line: int32(p.line)})
		inside = true
	case p.tick != page.NoTick:
		o.entry(openList{"☐", 0, indent, '*'}, page.Block{Tick: p.tick, Line: int32(p.line)})
		inside = true
	case p.kind == quote:
		o.closeLists(0)
		o.b.Open(page.Block{Kind: page.Quote, Line: int32(p.line)})
		defer o.b.Close()
		inside = true
	}
	o.pieces(p, inside, indent)
}

// title keeps a paragraph that may turn out to be a heading.
func (o *emitter) title(p *paragraph) bool {
	if !larger(p.size, o.bodySize) || len(p.pieces) != 1 || p.pieces[0].formula != "" || len(o.large) > 10_000 {
		return false
	}
	list := slices.Clone(p.pieces[0].runs)
	text := strings.TrimSpace(runs.Plain(list))
	if n := utf8.RuneCountInString(text); n == 0 || n > 120 {
		return false
	}
	o.closeLists(0)
	i := o.b.Add(page.Block{Kind: page.Paragraph, Line: int32(p.line), Text: p.pieces[0].markdown()})
	if i >= 0 {
		unbold(list)
		o.large = append(o.large, largeTitle{i, p.size, runs.Markdown(list)})
	}
	return true
}

// pieces puts the lines of a paragraph. Lines that were typed as entries of a
// list become such; the others are one paragraph.
func (o *emitter) pieces(p *paragraph, inside bool, indent int) {
	var rows []string
	flush := func() {
		if len(rows) > 0 {
			if !inside {
				o.within(indent)
			}
			o.b.Add(page.Block{Kind: page.Paragraph, Line: int32(p.line), Text: strings.Join(rows, "\\\n")})
			rows = nil
			inside = true // what follows in this paragraph goes with it
		}
	}
	for i, x := range p.pieces {
		if x.formula != "" {
			flush()
			o.b.Add(page.Block{Kind: page.Formula, Line: int32(p.line), Text: x.formula})
			inside = true
			continue
		}
		if e, ok := runs.TypedEntry(runs.Plain(x.runs)); ok && !(inside && i == 0) && !raw(x.runs) {
			flush()
			o.entry(openList{e.Kind, 0, indent, format(e.Mark)}, page.Block{Mark: e.Mark, Tick: e.Tick, Line: int32(p.line)})
			x.runs = runs.TrimLeft(x.runs, e.Len)
			inside = true
		}
		if s := x.markdown(); s != "" {
			if !inside && i == 0 && onlyPicture(x.runs) {
				inside = true // a picture goes with the entry before it
			}
			rows = append(rows, s)
		}
	}
	flush()
}

// raw tells whether a line begins with a picture or a formula, whose signs are
// no marks.
func raw(list []runs.Run) bool {
	return len(list) > 0 && list[0].Style&(runs.Raw|runs.Math|runs.Code) != 0
}

func onlyPicture(list []runs.Run) bool {
	return len(list) > 0 && strings.TrimSpace(runs.Plain(list)) == ""
}

func (x piece) markdown() string {
	if x.formula != "" {
		return page.MathSpan(x.formula)
	}
	return runs.Markdown(x.runs)
}

func tickOf(p *paragraph, m mark) page.Tick {
	if p.tick == page.NoTick && m.box {
		return page.Unticked
	}
	return p.tick
}

// format tells numbers ('1') from letters ('a') and bullets ('*').
func format(mark string) byte {
	for _, r := range mark {
		switch {
		case r >= '0' && r <= '9':
			return '1'
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= 'а' && r <= 'я', r >= 'А' && r <= 'Я':
			return 'a'
		}
	}
	return '*'
}
