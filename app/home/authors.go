package home

import (
	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
)

// newsChip says that an author has a new release, or that what came in his name was not
// believed; nil when there is nothing to say.
func (l *deckList) newsChip(deck string) fyne.CanvasObject {
	n, p := l.news[deck], l.s.o.Printer
	if n == nil {
		return nil
	}
	var chip *kit.Chip
	switch {
	case n.Alarm != nil:
		chip = kit.NewFilter(p.T("home.alarm"), "shield-warning", false, func() { l.s.o.Authors.Releases(deck) })
		chip.Tone = kit.Warning
		chip.SetTip(p.Fault(n.Alarm), keys.None)
	case n.Offer != nil:
		chip = kit.NewFilter(p.T("home.news", "N", p.Int(int(n.Offer.Seq))), "package", false, func() { l.s.o.Authors.Offered(deck) })
		chip.Tone = kit.Active
		chip.SetTip(p.T("home.news_tip"), keys.None)
	default:
		return nil
	}
	return chip
}

// addLate says below a deck that nothing has been heard of its author for long.
func (l *deckList) addLate(deck string) {
	if n := l.news[deck]; n != nil && !n.Late.IsZero() {
		l.lines = append(l.lines, kit.Pad(kit.Insets{Right: 24, Bottom: 8, Left: 24}, kit.NewLabel(l.s.o.Printer.T("home.late"), kit.Caption, theme.Muted)))
	}
}

// ofAuthor are the items of the menu of a deck that an author signs.
func (l *deckList) ofAuthor(deck string) []nav.Action {
	p, a := l.s.o.Printer, l.s.o.Authors
	var items []nav.Action
	if n := l.news[deck]; n.Subscription.Feed != "" {
		items = append(items, nav.Action{Text: p.T("home.check"), Icon: "arrows-clockwise", Do: func() { a.Check(deck) }})
	}
	items = append(items, nav.Action{Text: p.T("home.releases"), Icon: "package", Do: func() { a.Releases(deck) }})
	items[0].Divider = true
	return items
}
