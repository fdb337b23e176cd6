package cards

import (
	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/decks/collection"
)

// chips are the filters under the search: the deck first, then what a card may
// be. They are made once, so that the keyboard stays on the one that was pressed.
type chips struct {
	s    *Screen
	row  *fyne.Container
	deck *kit.Chip
	what []filter
	days *kit.Chip // shifts days
}

// filter is a chip and what it asks for. A short one has no word in a small
// window, only in its tip.
type filter struct {
	chip  *kit.Chip
	on    func(*collection.Query) *bool
	word  string
	short bool
}

func newChips(s *Screen) *chips {
	p := s.o.Printer
	c := &chips{s: s, row: kit.Row(8, kit.Middle)}
	c.deck = kit.NewFilter(p.T("cards.all_decks"), "book-open", false, c.chooseDeck)
	c.row.Add(c.deck)
	for _, f := range []struct {
		key, icon string
		on        func(*collection.Query) *bool
		short     bool
	}{
		{"cards.unanswered", "pencil-simple-line", func(q *collection.Query) *bool { return &q.Unanswered }, false},
		{"cards.due", "calendar-blank", func(q *collection.Query) *bool { return &q.Due }, false},
		{"cards.flagged", "flag", func(q *collection.Query) *bool { return &q.Flagged }, false},
		{"cards.suspended", "pause", func(q *collection.Query) *bool { return &q.Suspended }, false},
		{"cards.leeches", "warning", func(q *collection.Query) *bool { return &q.Leeches }, true},
		{"cards.retired", "archive", func(q *collection.Query) *bool { return &q.Retired }, true},
	} {
		chip := kit.NewFilter(p.T(f.key), f.icon, false, func() {
			s.ask(func(q *collection.Query) { *f.on(q) = !*f.on(q) })
		})
		if f.short {
			chip.SetTip(p.T(f.key+"_tip"), keys.None)
		}
		c.what = append(c.what, filter{chip, f.on, p.T(f.key), f.short})
		c.row.Add(chip)
	}
	c.row.Add(kit.Spring())
	c.days = kit.NewFilter(p.T("cards.shift"), "calendar-blank", false, func() { s.shiftMenu(c.days) })
	c.days.SetTip(p.T("cards.shift_tip_chip"), keys.None)
	c.row.Add(c.days)
	return c
}

// fit leaves the words out that have no room in a small window.
func (c *chips) fit(small bool) {
	text := c.s.o.Printer.T("cards.shift")
	if small {
		text = ""
	}
	for _, f := range c.what {
		if word := f.word; f.short {
			if small {
				word = ""
			}
			f.chip.Set(word, f.chip.Tone)
		}
	}
	c.days.Set(text, c.days.Tone)
	c.row.Refresh()
}

// show lights the filters of the present question.
func (c *chips) show() {
	tone := map[bool]kit.Tone{true: kit.Active, false: kit.Outline}
	for _, f := range c.what {
		f.chip.Set(f.chip.Text, tone[*f.on(&c.s.query)])
	}
	scope := c.s.query.Scope
	title := c.s.o.Printer.T("cards.all_decks")
	c.deck.Removed = nil
	if scope.Deck != "" {
		title = c.name(scope)
		c.deck.Removed = func() { c.s.ask(func(q *collection.Query) { q.Scope = collection.Scope{} }) }
	}
	c.deck.Set(kit.Caption.Elide(title, 260), tone[scope.Deck != ""])
	c.row.Refresh()
}

// name is what a scope is called: the deck, the section in it.
func (c *chips) name(scope collection.Scope) string {
	for _, d := range c.s.decks {
		if d.ID != scope.Deck {
			continue
		}
		for _, sec := range d.Sections {
			if sec.ID == scope.Section {
				return d.Title + " › " + sec.Title
			}
		}
		return d.Title
	}
	return ""
}

func (c *chips) chooseDeck() {
	pick := func(scope collection.Scope) func() {
		return func() { c.s.ask(func(q *collection.Query) { q.Scope = scope }) }
	}
	items := []nav.Action{{Text: c.s.o.Printer.T("cards.all_decks"), Checked: c.s.query.Scope.Deck == "", Do: pick(collection.Scope{})}}
	for _, d := range c.s.decks {
		items = append(items, nav.Action{Text: d.Title, Checked: c.s.query.Scope.Deck == d.ID, Do: pick(collection.Scope{Deck: d.ID})})
	}
	c.s.o.Nav.Menu(c.deck, items)
}
