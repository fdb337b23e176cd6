package webpage

import (
	"lectern/decks/lecture/page"
)

// choice is a list of things to choose from that the page makes of boxes and
// buttons to tick, not of a list's entries.
type choice struct {
	open  bool
	depth int32 // of the builder before the list
	entry bool  // an entry is open
	at    int32 // it
	level int   // of the stack: the entry ends with the element that stood there
}

// input reads a box to tick, or a gap to fill in.
func (r *reader) input() {
	a := &r.a
	switch a.kind {
	case "radio", "checkbox":
		if r.solid == 0 && !a.class.toggle && !a.class.furniture && !a.unseen() && !r.ofTabs() {
			r.startChoice(a.checked, r.choiceLevel(), r.line)
		}
	case "", "text", "number":
		if r.run.size > 0 && r.solid == 0 {
			r.run.words([]byte("___"), 0, r.line) // a gap within a sentence
		}
	}
}

// ofTabs tells whether what comes stands directly in a set of tabs, which builders
// make of buttons to choose as well.
func (r *reader) ofTabs() bool {
	t := r.top()
	return t != nil && t.flags&isTabs != 0
}

// choiceLevel is the element with which a choice ends whose box comes now: the
// label around it, else the paragraph, entry or row that it stands in.
func (r *reader) choiceLevel() int {
	if i := r.find("label", nil); i >= 0 {
		return i
	}
	for i := len(r.stack) - 1; i >= 0; i-- {
		if e := &r.stack[i]; e.flags&isBlock != 0 && e.kind != cell {
			return i
		}
	}
	return -1
}

// startChoice begins an entry to tick, in a line, that ends with the element at level. Words of
// a label before its box belong to it.
func (r *reader) startChoice(checked bool, level int, line int32) {
	tick := page.Unticked
	for i := len(r.stack) - 1; i >= max(0, len(r.stack)-3) && r.stack[i].box < 0; i-- {
		checked = checked || r.stack[i].flags&isRight != 0
	}
	if checked {
		tick = page.Ticked
	}
	if i := r.enclosing(list, cellBounds); i >= 0 && r.run.size == 0 {
		if l := &r.stack[i]; l.entry >= 0 && int(l.entry) == len(r.p.Blocks)-1 && !r.choice.open {
			r.p.Blocks[l.entry].Tick = max(tick, r.p.Blocks[l.entry].Tick)
			return
		}
	}
	if level < 0 || level >= len(r.stack) || r.stack[level].name != "label" || r.stack[level].number > 0 {
		r.flush()
	}
	if r.choice.open && r.choice.entry {
		r.endChoice()
	}
	r.unbox()
	if r.run.size > 0 {
		line = r.run.line
	}
	if !r.choice.open {
		r.choice = choice{open: true, depth: int32(r.b.Depth())}
		r.openBlock(page.Block{Kind: page.List, Line: line})
	}
	r.choice.entry, r.choice.level = true, level
	r.choice.at = r.openBlock(page.Block{Kind: page.Entry, Tick: tick, Line: line})
}

// unbox takes back a box that seemed to be an answer and begins with something to
// tick.
func (r *reader) unbox() {
	for i := len(r.stack) - 1; i >= 0; i-- {
		e := &r.stack[i]
		if e.box < 0 {
			continue
		}
		if b := &r.p.Blocks[min(int(e.box), len(r.p.Blocks)-1)]; int(e.box) == len(r.p.Blocks)-1 && b.Kind == page.Box && b.Text == "" && (b.Mark == "answer" || b.Mark == "answers") {
			r.closeTo(e.depth)
			r.dropEmpty(e.box)
			e.box, e.depth = -1, -1
			continue
		}
		return
	}
}

// option reads an element that is a choice by its role.
func (r *reader) option(e *element) {
	if r.solid > 0 {
		return
	}
	if i := r.choiceLevel(); i >= 0 && r.stack[i].name == "label" {
		r.startChoice(r.a.checked || r.a.right || r.a.class.right, i, r.line)
		return
	}
	r.startChoice(r.a.checked || r.a.right || r.a.class.right, len(r.stack), r.line)
	e.flags |= isOption
}

// endChoice ends the open entry. The list stays open: another may come.
func (r *reader) endChoice() {
	r.flush()
	c := r.choice
	r.choice.entry = false
	r.closeTo(c.depth + 1)
	r.dropEmpty(c.at)
}

// settle ends a list of choices before what is none of them.
func (r *reader) settle() {
	if r.choice.open && !r.choice.entry {
		r.closeTo(r.choice.depth)
	}
}

// choiceEnded ends the open entry with the element that stood at level in the
// stack, or with a label after its box.
func (r *reader) choiceEnded(e *element, level int) {
	c := &r.choice
	if !c.open || !c.entry {
		return
	}
	said := r.run.size > 0 || int(c.at) < len(r.p.Blocks)-1
	if level <= c.level || e.name == "label" && said {
		r.endChoice()
	}
}

// choicesOnly tells whether all that stands in a block is one list to tick.
func (r *reader) choicesOnly(i int32) bool {
	b := r.p.Blocks
	return int(i)+2 < len(b) && b[i+1].Kind == page.List && b[i+1].End == b[i].End && b[i+2].Tick != page.NoTick
}
