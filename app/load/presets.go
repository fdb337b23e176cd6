package load

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/decks/collection"
)

// name is what a preset is called; the common one has no name of its own.
func (s *Screen) name(id string) string {
	for _, info := range s.presets {
		if info.ID == id && info.Name != "" {
			return info.Name
		}
	}
	return s.o.Printer.T("load.common")
}

func (s *Screen) info() (info collection.PresetInfo) {
	for _, i := range s.presets {
		if i.ID == s.id {
			info = i
		}
	}
	return info
}

// menu chooses among the presets.
func (s *Screen) menu(at fyne.CanvasObject) {
	var items []nav.Action
	for _, info := range s.presets {
		items = append(items, nav.Action{Text: s.name(info.ID), Checked: info.ID == s.id, Do: func() { s.open(info.ID) }})
	}
	own := s.presetActs()
	own[0].Divider = true
	s.o.Nav.Menu(at, append(items, own...))
}

// open shows another preset.
func (s *Screen) open(id string) {
	s.flush()
	s.id = id
	s.take(s.info())
}

// acts is the menu of the bar: the places that lie beside the load, and what can
// be done with presets.
func (s *Screen) acts(at fyne.CanvasObject) {
	p := s.o.Printer
	items := []nav.Action{
		{Text: p.T("load.forecast"), Icon: "calendar-blank", Do: s.forecast},
		{Text: p.T("load.fitting"), Icon: "sliders-horizontal", Do: s.fitting},
	}
	own := s.presetActs()
	own[0].Divider = true
	s.o.Nav.Menu(at, append(items, own...))
}

func (s *Screen) presetActs() []nav.Action {
	p := s.o.Printer
	items := []nav.Action{{Text: p.T("load.add"), Icon: "plus", Do: s.add}}
	if len(s.presets) > 1 {
		items = append(items, nav.Action{Text: p.T("load.uses"), Icon: "book-open", Do: s.uses})
	}
	if s.id != "" {
		items = append(items,
			nav.Action{Text: p.T("load.rename"), Icon: "pencil-simple", Do: s.rename},
			nav.Action{Text: p.T("load.remove"), Icon: "archive", Do: s.remove})
	}
	return items
}

// ask asks for a name.
func (s *Screen) ask(title, name string, keep func(name string) error) {
	p := s.o.Printer
	f := kit.NewField(name, p.T("load.name_hint"), nil)
	f.SetCaret(0, utf8.RuneCountInString(name))
	s.o.Nav.Form(nav.Form{
		Title: title, Content: f, First: f.Focusable(), Save: p.T("load.save"),
		Dirty: func() bool { return strings.TrimSpace(f.Text()) != name },
		Keep:  func() error { return keep(f.Text()) },
	})
}

// add makes a preset like the one that is shown, and shows it.
func (s *Screen) add() {
	s.flush()
	s.ask(s.o.Printer.T("load.add_title"), "", func(name string) error {
		id, err := s.o.Collection.AddPreset(context.Background(), name, s.id)
		if err == nil {
			s.id = id
			s.Reload()
		}
		return err
	})
}

func (s *Screen) rename() {
	s.ask(s.o.Printer.T("load.rename_title"), s.name(s.id), func(name string) error {
		err := s.o.Collection.RenamePreset(context.Background(), s.id, name)
		s.Reload()
		return err
	})
}

// remove puts the preset away; undo brings it back.
func (s *Screen) remove() {
	p, id, name := s.o.Printer, s.id, s.name(s.id)
	if s.do(func(ctx context.Context) error { return s.o.Collection.RemovePreset(ctx, id) }) {
		s.o.Nav.Toast(p.T("load.removed", "Name", name), nav.Action{Text: p.T("load.bring_back"), Do: s.o.Nav.Undo})
	}
}

// uses shows which decks have this preset, and changes it.
func (s *Screen) uses() {
	p := s.o.Printer
	info := s.info()
	col := kit.Column(12, kit.NewLabel(p.T("load.uses_why"), kit.Caption, theme.Muted))
	for _, d := range s.decks {
		var c *kit.Check
		c = kit.NewCheck(d.Title, slices.Contains(info.Decks, d.ID), func(on bool) {
			to := info.ID
			if !on {
				to = ""
			}
			if !s.do(func(ctx context.Context) error { return s.o.Collection.UsePreset(ctx, d.ID, to) }) {
				c.Set(!on)
			}
		})
		if info.ID == "" && c.On {
			c.SetDisabled(p.T("load.uses_other"))
		}
		col.Add(c)
	}
	s.o.Nav.Sheet(p.T("load.uses_title", "Name", s.name(info.ID)), col)
}

// showOwner says, when a deck's preset was asked for, who else has it, and gives
// the deck one of its own or takes that away.
func (s *Screen) showOwner() {
	p := s.o.Printer
	s.owner.Objects = nil
	s.owner.Hide()
	if s.o.Deck == "" {
		return
	}
	title := ""
	for _, d := range s.decks {
		if d.ID == s.o.Deck {
			title = d.Title
		}
	}
	info := s.info()
	if title == "" || !slices.Contains(info.Decks, s.o.Deck) {
		return // another preset is being looked at
	}
	others := len(info.Decks) - 1
	text, word, act := p.N("load.shared", others, "Deck", title), p.T("load.own_preset"), func() { s.own(title) }
	switch {
	case others == 0 && info.ID == "":
		text = p.T("load.alone_common", "Deck", title)
	case others == 0:
		text, word, act = p.T("load.alone", "Deck", title), p.T("load.back_to_common"), s.remove
	}
	button := kit.NewButton(word, kit.Secondary, act).Sized(theme.ControlSmall, 0)
	s.owner.Objects = []fyne.CanvasObject{kit.NewSheet(kit.Sides(14, 40), kit.Row(16, kit.Middle, kit.Flex(kit.NewLabel(text, kit.Body, theme.Ink)), button))}
	s.owner.Show()
}

// own gives the deck a preset of its own, like the one it has.
func (s *Screen) own(title string) {
	s.flush()
	s.do(func(ctx context.Context) error {
		id, err := s.o.Collection.AddPreset(ctx, title, s.id)
		if err != nil {
			return err
		}
		s.id = id
		return s.o.Collection.UsePreset(ctx, s.o.Deck, id)
	})
}
