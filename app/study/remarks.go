package study

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/decks/collection"
)

// keyW says that a card is wrong, as U says that it is unclear.
const keyW keys.Key = "W"

// remarks are what the student has to say to the author of a deck about the present
// card. They stay in the collection until he hands in a report.
type remarks struct {
	authors map[string]bool     // decks that somebody else signs
	made    []collection.Remark // on the present card
}

// remarkable tells whether the present card has an author who could be told.
func (s *Screen) remarkable() bool {
	deck := s.card.Deck
	if s.remarks.authors[deck] {
		return true
	}
	sub, err := s.o.Collection.Subscription(context.Background(), deck)
	if err != nil || sub == nil {
		return false // asked again with the next card
	}
	if s.remarks.authors == nil {
		s.remarks.authors = map[string]bool{}
	}
	s.remarks.authors[deck] = true
	return true
}

// readRemarks reads what was said about the present card.
func (s *Screen) readRemarks() {
	s.remarks.made = nil
	if s.remarkable() {
		// A card is studied even when this cannot be read; the report says it then.
		s.remarks.made, _ = s.o.Collection.RemarksOn(context.Background(), s.card.Card)
	}
}

// remark says something about the present card, or takes it back.
func (s *Screen) remark(r collection.Remark) {
	if !s.remarkable() {
		return
	}
	on := !slices.Contains(s.remarks.made, r)
	err := s.change(func(ctx context.Context) error { return s.o.Collection.Remark(ctx, s.card.Card, r, on) })
	if err != nil {
		s.failed(err, func() { s.remark(r) })
		return
	}
	s.fault.hide()
	s.readRemarks()
	s.paper.paint()
	if on {
		s.o.Nav.Toast(s.o.Printer.T("remark.made"), nav.Action{Text: s.o.Printer.T("shell.undo"), Key: keys.CtrlZ, Do: s.o.Nav.Undo})
	}
}

// remarkItems are those of the card's menu.
func (s *Screen) remarkItems() []nav.Action {
	if !s.remarkable() {
		return nil
	}
	item := func(r collection.Remark, icon string, k keys.Key) nav.Action {
		return nav.Action{Text: s.o.Printer.T("remark." + string(r)), Icon: icon, Key: k, Checked: slices.Contains(s.remarks.made, r), Do: func() { s.remark(r) }}
	}
	items := []nav.Action{item(collection.Unclear, "question", keys.U), item(collection.Wrong, "warning", keyW)}
	items[0].Divider = true
	return items
}

// remarkHints are those of the help.
func (s *Screen) remarkHints() []nav.Hint {
	if s.card == nil || !s.remarkable() {
		return nil
	}
	p := s.o.Printer
	return []nav.Hint{{Keys: []keys.Key{keys.U}, Text: p.T("remark.unclear")}, {Keys: []keys.Key{keyW}, Text: p.T("remark.wrong")}}
}

// addRemarks shows on the card what was said about it; a tap takes it back.
func (p *paper) addRemarks(head *fyne.Container) {
	t := p.s.o.Printer.T
	for _, r := range p.s.remarks.made {
		icon, k := "question", keys.U
		if r == collection.Wrong {
			icon, k = "warning", keyW
		}
		chip := kit.NewFilter(t("remark.chip_"+string(r)), icon, false, func() { p.s.remark(r) })
		chip.Tone = kit.Warning
		chip.SetTip(t("remark.tip"), k)
		head.Add(low(chip))
	}
}
