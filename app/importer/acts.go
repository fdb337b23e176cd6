package importer

import (
	"slices"

	"fyne.io/fyne/v2"

	"lectern/app/importer/sketch"
	"lectern/app/keys"
	"lectern/app/nav"
)

// step is an act that can be taken back: what it was, and what was before.
type step struct {
	name string // key of its words
	was  *sketch.Sketch
	at   int
}

// maxSteps is how many acts can be taken back.
const maxSteps = 200

// act takes a step: what it is called, what comes of it, and the card that is
// chosen then.
func (s *Screen) act(name string, next *sketch.Sketch, at int) {
	s.remember(name)
	s.now, s.at, s.lines = next, at, nil
	s.refresh()
	s.choose(at)
}

// remember keeps what there is, so that the next step can be taken back.
func (s *Screen) remember(name string) {
	s.done, s.undone = append(s.done, step{name, s.now, s.at}), nil
	if len(s.done) > maxSteps {
		s.done = slices.Delete(s.done, 0, 1)
	}
}

// undo takes the latest step back.
func (s *Screen) undo() {
	if name, ok := s.back(&s.done, &s.undone); ok {
		p := s.o.Printer
		s.o.Nav.Toast(p.T("shell.undone", "What", p.T("import.step_"+name)), nav.Action{Text: p.T("shell.redo"), Key: keys.CtrlY, Do: s.redo})
	} else {
		s.o.Nav.Toast(s.o.Printer.T("import.nothing_to_undo"))
	}
}

// redo takes a step again.
func (s *Screen) redo() {
	if name, ok := s.back(&s.undone, &s.done); ok {
		p := s.o.Printer
		s.o.Nav.Toast(p.T("shell.redone", "What", p.T("import.step_"+name)), nav.Action{Text: p.T("shell.undo"), Key: keys.CtrlZ, Do: s.undo})
	}
}

func (s *Screen) back(from, to *[]step) (name string, ok bool) {
	n := len(*from)
	if n == 0 {
		return "", false
	}
	last := (*from)[n-1]
	*from, *to = (*from)[:n-1], append(*to, step{last.name, s.now, s.at})
	s.now, s.at, s.lines = last.was, last.at, nil
	s.refresh()
	s.choose(s.at)
	return last.name, true
}

// tick takes a card or leaves it out.
func (s *Screen) tick(card int, on bool) {
	if i := s.now.At(card); i >= 0 {
		s.ticked("tick", s.now.Tick(on, i))
		s.choose(card)
	}
}

// tickSection takes or leaves a whole section.
func (s *Screen) tickSection(section int, on bool) {
	var cards []int
	for i, to := s.now.Span(section); i < to; i++ {
		cards = append(cards, i)
	}
	s.ticked("tick", s.now.Tick(on, cards...))
}

// ticked is act for what changes no text: the rows stay.
func (s *Screen) ticked(name string, next *sketch.Sketch) {
	s.remember(name)
	s.now = next
	news := s.relate()
	s.compare()
	s.left.tick()
	if news || s.old != nil { // what is gone is a row, too
		s.right.show()
	} else {
		s.right.tick()
	}
	s.button()
	s.ask()
}

// add makes a card of a block of the page, or chooses the one it belongs to.
func (s *Screen) add(block int) {
	if i := s.now.Owner(block); i >= 0 {
		s.choose(s.now.Cards[i].ID)
		return
	}
	next, at := s.now.Add(block)
	s.act("add", next, next.Cards[at].ID)
}

// toggle marks a line of the page, or takes its mark away.
func (s *Screen) toggle(block int) {
	if k := slices.Index(s.lines, block); k >= 0 {
		s.lines = slices.Delete(s.lines, k, k+1)
	} else {
		s.lines = slices.Sorted(slices.Values(append(s.lines, block)))
	}
	s.left.mark()
}

// stretch marks one more or one less of the lines under the chosen card.
func (s *Screen) stretch(by int) {
	i := s.card()
	if i < 0 {
		return
	}
	below := s.now.Below(i)
	s.lines = below[:min(max(0, len(s.lines)+by), len(below))]
	s.left.mark()
	if n := len(s.lines); n > 0 {
		s.left.reveal(s.lines[n-1])
	}
}

// answer makes lines of the page the chosen card's answer: those given, those
// marked, or the next one.
func (s *Screen) answer(blocks ...int) {
	i := s.card()
	if i < 0 {
		return
	}
	if len(blocks) == 0 {
		blocks = s.lines
	}
	if len(blocks) == 0 {
		below := s.now.Below(i)
		blocks = below[:min(1, len(below))]
	}
	if len(blocks) == 0 {
		s.o.Nav.Toast(s.o.Printer.T("import.no_line"))
		return
	}
	s.act("answer", s.now.Answer(i, blocks...), s.at)
}

// join makes the chosen card part of the one above it.
func (s *Screen) join() {
	if i := s.card(); i > 0 {
		s.act("join", s.now.Join(i), s.now.Cards[i-1].ID)
	}
}

// move asks which section the chosen card goes to.
func (s *Screen) move(at fyne.CanvasObject) {
	i := s.card()
	if i < 0 {
		return
	}
	p := s.o.Printer
	items := make([]nav.Action, 0, len(s.now.Sections)+1)
	for _, sec := range s.now.Sections {
		mine := sec.ID == s.now.Cards[i].Section
		if from, to := s.now.Span(sec.ID); from == to {
			continue
		}
		items = append(items, nav.Action{Text: short(sec.Title), Checked: mine, Do: func() {
			if !mine {
				next, to := s.now.Move(i, sec.ID)
				s.act("move", next, next.Cards[to].ID)
			}
		}})
	}
	const most = 12 // lines of a menu that fits
	if len(items) > most {
		s.pickSection(i)
		return
	}
	s.o.Nav.Menu(at, append(items, nav.Action{Text: p.T("import.new_section"), Icon: "plus", Divider: true, Do: func() { s.newSection(i) }}))
}

// short is a title as a line of a menu.
func short(title string) string {
	const most = 44
	if r := []rune(title); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return title
}

// menu offers what can be done with a card.
func (s *Screen) menu(at fyne.CanvasObject, card int) {
	p := s.o.Printer
	s.choose(card)
	i := s.now.At(card)
	c := &s.now.Cards[i]
	take := nav.Action{Text: p.T("import.take"), Icon: "check", Key: keys.Space, Do: func() { s.tick(card, true) }}
	if c.Taken() {
		take = nav.Action{Text: p.T("import.leave_out"), Icon: "x", Key: keys.Space, Do: func() { s.tick(card, false) }}
	}
	items := []nav.Action{{Text: p.T("import.edit"), Icon: "pencil-simple", Key: keys.Enter, Do: func() { s.edit(card) }}, take}
	if i > 0 {
		items = append(items, nav.Action{Text: p.T("import.join"), Icon: "git-merge", Key: keys.M, Do: s.join})
	}
	items = append(items, s.splitAction(c))
	items = append(items, nav.Action{Text: p.T("import.move"), Icon: "list-bullets", Do: func() { s.move(at) }})
	for _, f := range s.offers(c) {
		if f.Fix != nil {
			items = append(items, nav.Action{Text: p.Fix(f.Fix), Icon: "pencil-simple-line", Divider: len(items) == 5, Do: func() { s.fix(card, f.Fix) }})
		}
	}
	s.o.Nav.Menu(at, items)
}

// Key walks the cards, takes and leaves them, edits, joins, splits, takes steps
// back, creates.
func (s *Screen) Key(k keys.Key) bool {
	switch k {
	case keys.Up:
		s.walk(-1)
	case keys.Down:
		s.walk(1)
	case keys.Space:
		if i := s.card(); i >= 0 {
			s.tick(s.at, !s.now.Cards[i].Taken())
		}
	case keys.Enter:
		s.edit(s.at)
	case keys.M:
		s.join()
	case keyS:
		s.split()
	case keys.A:
		s.answer()
	case keys.ShiftDown:
		s.stretch(1)
	case keys.ShiftUp:
		s.stretch(-1)
	case keys.CtrlZ:
		s.undo()
	case keys.CtrlY, keys.CtrlShiftZ:
		s.redo()
	case keys.CtrlEnter:
		s.finish()
	default:
		return false
	}
	return true
}

// keyS is the key of splitting.
const keyS keys.Key = "S"

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	p := s.o.Printer
	return []nav.Hint{
		{Keys: []keys.Key{keys.Up, keys.Down}, Text: p.T("import.key_choose")},
		{Keys: []keys.Key{keys.Space}, Text: p.T("import.key_tick")},
		{Keys: []keys.Key{keys.Enter}, Text: p.T("import.key_edit")},
		{Keys: []keys.Key{keys.M}, Text: p.T("import.key_join")},
		{Keys: []keys.Key{keyS}, Text: p.T("import.key_split")},
		{Keys: []keys.Key{keys.ShiftUp, keys.ShiftDown}, Text: p.T("import.key_lines")},
		{Keys: []keys.Key{keys.A}, Text: p.T("import.key_answer")},
		{Keys: []keys.Key{keys.CtrlZ}, Text: p.T("import.key_undo")},
		{Keys: []keys.Key{keys.CtrlEnter}, Text: p.T("import.key_create")},
	}
}
