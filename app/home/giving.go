package home

import (
	"lectern/app/nav"
	"lectern/decks/collection"
)

// giving are the items of the menu by which something of a deck leaves the program.
func (l *deckList) giving(d collection.DeckRow) []nav.Action {
	p, o := l.s.o.Printer, l.s.o
	items := []nav.Action{{Text: p.T("share.menu"), Icon: "upload-simple", Divider: true, Do: func() { o.Share(d.ID) }}}
	if d.Origin.Kind == "author" {
		items = append(items, nav.Action{Text: p.T("handin.menu"), Icon: "file-text", Do: func() { o.HandIn(d.ID) }})
	}
	return items
}
