package update

import (
	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/decks/merge"
)

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar {
	p, o := s.o.Printer, &s.o.Offer
	b := nav.Bar{Title: kit.Sub.Elide(o.Shipment.Release.Deck.Title, s.titleRoom())}
	b.Subtitle = p.T("update.release", "N", s.number())
	if had := s.had(); had != "" && !s.same() {
		b.Subtitle = p.T("update.releases", "From", had, "To", s.number())
	}
	if s.same() {
		b.Actions = []fyne.CanvasObject{s.signature()}
		return b
	}
	b.Actions = []fyne.CanvasObject{s.signature(), kit.Gap(4, 1)}
	if !s.small {
		b.Actions = append(b.Actions, kit.NewButton(p.T("update.later"), kit.Quiet, s.o.Nav.Back))
	}
	if items := s.more(); len(items) > 0 {
		var more *kit.IconButton
		more = kit.NewIconButton("dots-three", p.T("update.more"), keys.None, func() { s.o.Nav.Menu(more, s.more()) })
		b.Actions = append(b.Actions, more)
	}
	b.Actions = append(b.Actions, s.apply)
	return b
}

// titleRoom is how wide the deck's title may be in the bar.
func (s *Screen) titleRoom() float32 {
	if s.small {
		return 280
	}
	return 420
}

// signature says in the bar that the author signed, and whose name that is; in a small
// window its picture does. Pressed it shows what there is to know.
func (s *Screen) signature() fyne.CanvasObject {
	p := s.o.Printer
	icon, word, ink := "shield-check", p.T("update.signed"), theme.Accent
	if s.o.Offer.Local {
		icon, word, ink = "shield-warning", p.T("update.signed_first"), theme.Warn
	}
	if s.small {
		b := kit.NewIconButton(icon, word+"\n"+s.signer(), keys.None, func() { s.choose(0) })
		b.Colour = ink
		return b
	}
	b := kit.NewButton(word, kit.Quiet, func() { s.choose(0) }).WithIcon(icon).Sized(theme.ControlSmall, 0)
	b.Plain, b.Colour = true, ink
	b.SetTip(s.signer(), keys.None)
	return b
}

// Shown is for nav.Screen.
func (s *Screen) Shown() { s.o.Nav.Focus(nil) }

// Hidden is for nav.Screen.
func (s *Screen) Hidden() {}

// Fit is for nav.Fitter.
func (s *Screen) Fit(small bool) {
	s.small = small
	s.rows.fit()
	s.page.show(s.shown())
	s.object.Refresh()
}

// CanLeave asks when decisions would be lost.
func (s *Screen) CanLeave() (bool, nav.Question) {
	if s.made || len(s.chosen)+len(s.left)+len(s.follow) == 0 {
		return true, nav.Question{}
	}
	p := s.o.Printer
	return false, nav.Question{Title: p.T("update.leave_title"), Text: p.T("update.leave_text"), Yes: nav.Action{Text: p.T("update.leave")}}
}

// choose shows a row: 0 is what is new as a whole.
func (s *Screen) choose(i int) {
	s.rows.list.Choose(i)
	s.rows.moved()
}

// Key walks the changes, decides them, updates.
func (s *Screen) Key(k keys.Key) bool {
	if s.same() {
		if k == keys.Enter {
			s.o.Nav.Back()
			return true
		}
		return false
	}
	r := s.shown()
	switch k {
	case keys.Up, keys.Down, keys.Home, keys.End:
		s.rows.list.Press(k)
	case keys.PageDown, keys.PageUp:
		by := float32(0.9)
		if k == keys.PageUp {
			by = -by
		}
		s.page.roll.ScrollBy(by)
	case keys.Enter:
		if !s.narrow || s.second {
			return false
		}
		s.turn(true)
	case keys.Esc:
		if !s.narrow || !s.second {
			return false
		}
		s.turn(false)
	case "1", "2", "3":
		if r == nil || !r.Asks() {
			return false
		}
		s.decideAll(r, map[keys.Key]merge.Choice{"1": merge.ChooseMine, "2": merge.ChooseTheirs, "3": merge.ChooseBoth}[k])
	case keys.Space:
		if r == nil || !plain(r) {
			return false
		}
		s.take(r, !s.taken(r))
	case keys.CtrlA:
		s.takeAll()
	case keys.CtrlEnter:
		s.install()
	default:
		return false
	}
	return true
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	p := s.o.Printer
	return []nav.Hint{
		{Keys: []keys.Key{keys.Up, keys.Down}, Text: p.T("update.key_walk")},
		{Keys: []keys.Key{"1"}, Text: p.T("update.key_mine")},
		{Keys: []keys.Key{"2"}, Text: p.T("update.key_theirs")},
		{Keys: []keys.Key{"3"}, Text: p.T("update.key_both")},
		{Keys: []keys.Key{keys.Space}, Text: p.T("update.key_take")},
		{Keys: []keys.Key{keys.CtrlA}, Text: p.T("update.key_all")},
		{Keys: []keys.Key{keys.PageUp, keys.PageDown}, Text: p.T("update.key_scroll")},
		{Keys: []keys.Key{keys.CtrlEnter}, Text: s.apply.Text},
	}
}
