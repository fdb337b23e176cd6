package workshop

import (
	"strconv"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/fault"
	"lectern/decks/source"
)

// checked is the sheet of what is wrong and what could be better.
func (s *Screen) checked() fyne.CanvasObject {
	p := s.o.Printer
	wrong, untidy := s.mistakes()
	again := kit.NewButton(p.T("workshop.check"), kit.Secondary, s.check).WithIcon("arrows-clockwise").WithKey(keys.F5).Sized(theme.ControlSmall, 0)
	col := kit.Column(0, kit.Row(12, kit.Middle, kit.NewText(p.T("workshop.checked"), kit.Sub, theme.Ink), kit.Spring(), again), kit.Gap(0, 12))
	switch {
	case len(wrong) > 0:
		s.wrong(col, wrong)
	case untidy:
		col.Add(kit.NewNotice(kit.Warning, "pencil-simple", "", p.T("workshop.untidy"), nil))
	case s.state.Known:
		col.Add(kit.NewNotice(kit.Good, "check", "", p.T("workshop.sound"), nil))
	}
	if s.said != "" {
		col.Add(kit.Gap(0, 8))
		col.Add(kit.NewLabel(s.said, kit.Caption, theme.Muted))
	}
	s.advice(col)
	return kit.NewSheet(kit.Sides(24, 32), col)
}

// wrong lists mistakes, each with its place and what to do.
func (s *Screen) wrong(col *fyne.Container, list source.Errors) {
	p := s.o.Printer
	col.Add(kit.NewLabel(p.T("workshop.wrong_why"), kit.Caption, theme.Muted))
	for i, m := range list {
		if i == mostWrong {
			col.Add(kit.Gap(0, 8))
			col.Add(kit.NewLabel(p.N("workshop.wrong_more", len(list)-mostWrong), kit.Body, theme.Muted))
			break
		}
		col.Add(kit.Gap(0, 4))
		col.Add(s.mistake(m))
	}
}

// mostWrong is how many mistakes are listed at once: the next come when these are mended.
const mostWrong = 20

// mistake is a row: a press opens the file.
func (s *Screen) mistake(m *fault.Fault) fyne.CanvasObject {
	p := s.o.Printer
	file, _ := m.Args["file"].(string)
	line, _ := m.Args["line"].(int)
	problem, _ := m.Args["problem"].(string)
	key := "workshop.fix_" + problem
	if !p.Has(key) {
		key = "source." + problem
	}
	text := kit.Column(6, kit.NewLabel(i18n.Capital(p.T(key, "word", m.Args["word"])), kit.Body, theme.Ink))
	switch problem {
	case "lost_id":
		text.Add(kit.Row(8, kit.Middle, kit.NewButton(p.T("workshop.are_new"), kit.Secondary, func() { s.tidy(source.Options{New: true}) }).Sized(theme.ControlSmall, 0), kit.Spring()))
	case "retire_stop":
		s.vanished(text)
	}
	return s.placed("warning", theme.Error, file, line, text)
}

// placed is a row with a place: a press opens the file, a button copies the place.
func (s *Screen) placed(icon string, ink fyne.ThemeColorName, file string, line int, content fyne.CanvasObject) fyne.CanvasObject {
	p := s.o.Printer
	at := file + ":" + strconv.Itoa(line)
	place := kit.NewText(at, kit.Code.At(14, 20), theme.Accent)
	place.Elide = true
	var copyIt *kit.IconButton
	copyIt = kit.NewIconButton("copy", p.T("workshop.copy_place"), keys.None, func() {
		s.o.Copy(at)
		kit.Say(copyIt, p.T("kit.copied"))
	}).Tool()
	open := kit.NewIconButton("arrow-square-out", p.T("workshop.open_place", "File", file), keys.None, func() { s.edit(file) }).Tool()
	item := kit.NewItem(kit.Insets{Top: 8, Right: 4, Bottom: 8, Left: 12},
		kit.Row(12, kit.Top, kit.Fixed(20, 24, kit.Icon(icon, 20, ink)), kit.Flex(kit.Column(0, place, content)), open, copyIt),
		func() { s.edit(file) })
	item.Radius = theme.RadiusControl
	return item
}

// vanished lists the cards that are gone, and takes them out of the course when the
// author means it.
func (s *Screen) vanished(col *fyne.Container) {
	p := s.o.Printer
	gone := s.state.Vanished
	names := kit.Column(2)
	for i, v := range gone {
		if i == mostVanished {
			names.Add(kit.NewText(p.N("course.list_more", len(gone)-i), kit.Caption, theme.Muted))
			break
		}
		line := kit.NewText("— "+s.question(v.ID, v.Text), kit.Caption, theme.Muted)
		line.Elide = true
		names.Add(line)
	}
	col.Add(names)
	col.Add(kit.Row(8, kit.Middle, kit.NewButton(p.T("workshop.retire"), kit.Secondary, func() {
		s.o.Nav.Ask(nav.Question{
			Title: p.N("workshop.retire_title", len(gone)), Text: p.T("workshop.retire_text"),
			Yes: nav.Action{Text: p.T("workshop.retire_yes"), Danger: true, Do: func() { s.tidy(source.Options{RetireAll: true}) }},
		})
	}).Sized(theme.ControlSmall, 0), kit.Spring()))
}

const mostVanished = 12

// question is what a card of the last release asked, or what else is known of it.
func (s *Screen) question(id, known string) string {
	if s.state.Last != nil {
		for _, n := range s.state.Last.Release.Deck.Notes {
			if n.ID == id {
				return questionOf(n)
			}
		}
	}
	return known
}

// mostAdvice is how much advice is listed.
const mostAdvice = 50

// advice is folded: nothing of it has to be done.
func (s *Screen) advice(col *fyne.Container) {
	p := s.o.Printer
	n := len(s.state.Advice)
	if n == 0 {
		return
	}
	list := kit.Column(0)
	for i, a := range s.state.Advice {
		if i == mostAdvice {
			list.Add(kit.NewText(p.N("course.list_more", n-i), kit.Caption, theme.Muted))
			break
		}
		quote := kit.NewText("«"+oneLine(a.Text)+"»", kit.Caption, theme.Muted)
		quote.Elide = true
		list.Add(s.placed("question", theme.Warn, a.Place.File, a.Place.Line, kit.Column(0, kit.NewLabel(p.Finding(a.Finding), kit.Body, theme.Ink), quote)))
	}
	col.Add(kit.Gap(0, 12))
	col.Add(kit.NewFold(p.N("workshop.advice", n), p.T("workshop.advice_why"), list))
}
