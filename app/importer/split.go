package importer

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/cardview"
	"lectern/app/importer/sketch"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/decks/content"
	"lectern/decks/fault"
	"lectern/decks/lecture/find"
	"lectern/decks/lint"
)

// splitAction offers to split a card.
func (s *Screen) splitAction(c *sketch.Card) nav.Action {
	p := s.o.Printer
	a := nav.Action{Text: p.T("import.split"), Icon: "list-bullets", Key: keyS, Do: s.split}
	switch parts := sketch.Parts(c.Item); {
	case len(parts) > 1:
		a.Text = p.N("import.split_parts", len(parts))
	case len(sketch.Pieces(c.Item.Prompt)) < 2:
		a.Disabled = p.T("import.one_piece")
	}
	return a
}

// split makes several cards of the chosen one: at once where nobody has to
// think, else where the student says.
func (s *Screen) split() {
	i := s.card()
	if i < 0 {
		return
	}
	it := s.now.Cards[i].Item
	if parts := sketch.Parts(it); len(parts) > 1 {
		s.become("split", s.at, parts)
		return
	}
	if pieces := sketch.Pieces(it.Prompt); len(pieces) > 1 {
		s.cut(s.at, it, pieces)
		return
	}
	s.o.Nav.Toast(s.o.Printer.T("import.one_piece"))
}

// become puts cards in the place of one.
func (s *Screen) become(name string, card int, items []find.Item) {
	if i := s.now.At(card); i >= 0 {
		s.act(name, s.now.Become(i, items), card)
	}
}

// fix does what the linter offers for a card.
func (s *Screen) fix(card int, f *lint.Fix) {
	if i := s.now.At(card); i >= 0 {
		s.become("fix", card, sketch.FromNotes(s.now.Cards[i].Item, f.Notes))
	}
}

// cut asks where a card is to be cut: between which of its pieces.
func (s *Screen) cut(card int, it find.Item, pieces []string) {
	p := s.o.Printer
	c := &cutter{at: map[int]bool{}}
	body := kit.Column(0, kit.NewLabel(p.T("import.cut_how"), kit.Caption, theme.Muted), kit.Gap(0, 12))
	texts := s.texts(s.now.PageOf(s.now.At(card)))
	for i, piece := range pieces {
		if i > 0 {
			body.Add(c.place(p.T("import.cut_here"), i))
		}
		view := cardview.New(texts)
		view.SetDocument(content.Parse(piece), cardview.Style{Type: kit.RowText, Colour: theme.Ink})
		body.Add(kit.Pad(kit.Sides(4, 12), view))
	}
	s.o.Nav.Form(nav.Form{
		Title: p.T("import.cut_title"), Content: body, First: c.first, Save: p.T("import.cut"),
		Dirty: func() bool { return len(c.where()) > 0 },
		Keep: func() error {
			at := c.where()
			if len(at) == 0 {
				return fault.New(fault.BadArgument, nil, "what", p.T("import.cut_nowhere"))
			}
			s.become("split", card, sketch.Cut(it, pieces, at))
			return nil
		},
	})
}

// cutter is the places where a text is to be cut.
type cutter struct {
	at    map[int]bool
	first fyne.Focusable
}

func (c *cutter) where() []int {
	var out []int
	for i, on := range c.at {
		if on {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return out
}

// place is a line between two pieces, to be pressed.
func (c *cutter) place(text string, i int) fyne.CanvasObject {
	b := kit.NewCheck(text, false, func(on bool) { c.at[i] = on })
	b.Type = kit.Caption
	if c.first == nil {
		c.first = b
	}
	return kit.Pad(kit.Sides(6, 12), kit.Row(12, kit.Middle, b, kit.Flex(kit.Rule())))
}

// rename asks what a section is called.
func (s *Screen) rename(id int) {
	p := s.o.Printer
	was := s.now.Section(id).Title
	s.titled(p.T("import.rename_title"), was, func(title string) {
		if title != was {
			s.act("rename", s.now.Rename(id, title), s.at)
		}
	})
}

// newSection asks what the section is called into which a card is put.
func (s *Screen) newSection(i int) {
	s.titled(s.o.Printer.T("import.new_section_title"), "", func(title string) {
		next, at := s.now.MoveNew(i, title)
		s.act("move", next, next.Cards[at].ID)
	})
}

// titled asks for a section's title.
func (s *Screen) titled(what, was string, keep func(string)) {
	p := s.o.Printer
	field := kit.NewField(was, p.T("import.section_name"), nil)
	var closeForm func()
	save := func() error {
		title := strings.TrimSpace(field.Text())
		if title == "" {
			return fault.New(fault.BadArgument, nil, "what", p.T("import.section_name"))
		}
		keep(title)
		return nil
	}
	field.Submitted = func(string) {
		if save() == nil {
			closeForm()
		}
	}
	closeForm = s.o.Nav.Form(nav.Form{
		Title: what, Content: field, First: field.Focusable(), Save: p.T("import.save"),
		Dirty: func() bool { return strings.TrimSpace(field.Text()) != was }, Keep: save,
	})
}

// pickSection asks for a section where there are more than a menu holds.
func (s *Screen) pickSection(i int) {
	p := s.o.Printer
	var closeSheet func()
	list := kit.Column(0)
	pick := func(text, icon string, do func()) {
		row := kit.NewItem(kit.Sides(8, 12), kit.Row(12, kit.Middle, kit.Icon(icon, 18, theme.Muted), kit.Flex(kit.NewLabel(text, kit.Body, theme.Ink))), func() {
			closeSheet()
			do()
		})
		row.Radius = theme.RadiusControl
		list.Add(row)
	}
	for _, sec := range s.now.Sections {
		if from, to := s.now.Span(sec.ID); from == to || sec.ID == s.now.Cards[i].Section {
			continue
		}
		pick(sec.Title, "list-bullets", func() {
			next, to := s.now.Move(i, sec.ID)
			s.act("move", next, next.Cards[to].ID)
		})
	}
	pick(p.T("import.new_section"), "plus", func() { s.newSection(i) })
	closeSheet = s.o.Nav.Sheet(p.T("import.move"), list)
}
