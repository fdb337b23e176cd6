// Package cards lists the cards: search as one types, filters by one click,
// and the chosen card beside the list with its history.
package cards

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
)

// Collection is what the screen reads and changes.
type Collection interface {
	Search(context.Context, collection.Query) (collection.Found, error)
	Decks(context.Context) ([]collection.DeckRow, error)
	Card(context.Context, decks.CardID) (*collection.StudyCard, error)
	History(context.Context, decks.CardID) ([]collection.Review, error)
	Suspend(context.Context, []decks.CardID, bool) error
	Flag(context.Context, decks.CardID, int) error
	Edit(context.Context, string, decks.Field, string) error
}

// Options are what the screen needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Now        func() time.Time
	Background func(func()) // runs a read; nil is a goroutine of its own

	Query collection.Query // what is listed first
	// Render draws a card's text; nil shows it plain.
	Render func(markdown string, question bool) fyne.CanvasObject
}

// Screen is the list of cards.
type Screen struct {
	o      Options
	query  collection.Query
	decks  []collection.DeckRow
	found  collection.Found
	at     int // the chosen row, -1 for none
	gen    int
	loaded bool
	small  bool

	object  *fyne.Container
	field   *kit.Field
	count   *kit.Text
	chips   *fyne.Container
	list    *list
	preview *preview
	failed  *fyne.Container
}

// New makes the screen; it reads the collection when it is shown.
func New(o Options) *Screen {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	s := &Screen{o: o, query: o.Query, at: -1}
	p := o.Printer
	s.count = kit.NewText("", kit.Caption, theme.Muted)
	s.field = kit.NewField(o.Query.Text, p.T("cards.search"), func(t string) {
		s.query.Text = t
		s.Reload()
	})
	s.field.Icon, s.field.After = "magnifying-glass", s.count
	s.field.Submitted = func(string) { s.edit() }
	s.field.Moved = func(k keys.Key) { s.Key(k) }
	s.chips = kit.Row(8, kit.Middle)
	s.list, s.preview = newList(s), newPreview(s)
	s.failed = kit.Column(0)
	s.object = &fyne.Container{Layout: &desk{s}, Objects: []fyne.CanvasObject{s.field, s.chips, s.list.sheet, s.preview.sheet, s.failed}}
	return s
}

// Reload searches again; the present rows stay until the new ones are there.
func (s *Screen) Reload() {
	s.gen++
	gen, q := s.gen, s.query
	q.Limit = 200
	s.o.Background(func() {
		ctx := context.Background()
		found, err := s.o.Collection.Search(ctx, q)
		var rows []collection.DeckRow
		if err == nil {
			rows, err = s.o.Collection.Decks(ctx)
		}
		fyne.Do(func() {
			if gen != s.gen {
				return
			}
			s.failed.Objects = nil
			if err != nil {
				s.failed.Add(kit.NewErrorLine(s.o.Printer.Fault(err), err.Error(), nil))
				s.object.Refresh()
				return
			}
			s.show(found, rows)
		})
	})
}

func (s *Screen) show(found collection.Found, rows []collection.DeckRow) {
	keep := decks.CardID("")
	if s.at >= 0 && s.at < len(s.found.Rows) {
		keep = s.found.Rows[s.at].Card
	}
	s.found, s.decks, s.loaded, s.at = found, rows, true, -1
	for i, r := range found.Rows {
		if r.Card == keep {
			s.at = i
		}
	}
	if s.at < 0 && len(found.Rows) > 0 {
		s.at = 0
	}
	s.count.Set(s.o.Printer.N("cards.count", found.Total))
	s.field.Refresh()
	s.showChips()
	s.list.show()
	s.preview.show()
	s.object.Refresh()
}

// showChips shows the filters: the deck first, then what a card may be.
func (s *Screen) showChips() {
	p := s.o.Printer
	s.chips.Objects = nil
	if len(s.decks) > 0 {
		title, on := p.T("cards.all_decks"), s.query.Scope.Deck != ""
		for _, d := range s.decks {
			if d.ID == s.query.Scope.Deck {
				title = d.Title
				for _, sec := range d.Sections {
					if sec.ID == s.query.Scope.Section {
						title += " › " + sec.Title
					}
				}
			}
		}
		var chip *kit.Chip
		chip = kit.NewFilter(title, "book-open", on, func() { s.chooseDeck(chip) })
		if on {
			chip.Removed = func() {
				s.query.Scope = collection.Scope{}
				s.Reload()
			}
		}
		s.chips.Add(chip)
	}
	for _, f := range []struct {
		key, icon string
		on        *bool
	}{
		{"cards.unanswered", "pencil-simple-line", &s.query.Unanswered},
		{"cards.due", "calendar-blank", &s.query.Due},
		{"cards.flagged", "flag", &s.query.Flagged},
		{"cards.suspended", "pause", &s.query.Suspended},
		{"cards.retired", "archive", &s.query.Retired},
	} {
		s.chips.Add(kit.NewFilter(p.T(f.key), f.icon, *f.on, func() {
			*f.on = !*f.on
			s.Reload()
		}))
	}
	s.chips.Add(kit.Spring())
}

func (s *Screen) chooseDeck(at fyne.CanvasObject) {
	p := s.o.Printer
	items := []nav.Action{{Text: p.T("cards.all_decks"), Checked: s.query.Scope.Deck == "", Do: func() {
		s.query.Scope = collection.Scope{}
		s.Reload()
	}}}
	for _, d := range s.decks {
		items = append(items, nav.Action{Text: d.Title, Checked: s.query.Scope.Deck == d.ID, Do: func() {
			s.query.Scope = collection.Scope{Deck: d.ID}
			s.Reload()
		}})
	}
	s.o.Nav.Menu(at, items)
}

// chosen is the chosen row.
func (s *Screen) chosen() (collection.Row, bool) {
	if s.at < 0 || s.at >= len(s.found.Rows) {
		return collection.Row{}, false
	}
	return s.found.Rows[s.at], true
}

func (s *Screen) choose(i int) {
	if i < 0 || i >= len(s.found.Rows) {
		return
	}
	s.at = i
	s.list.choose(i)
	s.preview.show()
}

// Key walks the list and acts on the chosen card.
func (s *Screen) Key(k keys.Key) bool {
	switch k {
	case keys.Up:
		s.choose(max(0, s.at-1))
	case keys.Down:
		s.choose(min(len(s.found.Rows)-1, s.at+1))
	case keys.PageDown:
		s.choose(min(len(s.found.Rows)-1, s.at+10))
	case keys.PageUp:
		s.choose(max(0, s.at-10))
	case keys.Enter:
		s.edit()
	case keys.P:
		s.suspend()
	case keys.F:
		s.flag()
	case keys.Space:
		if s.small {
			s.peek()
		}
	case keys.CtrlF:
		s.o.Nav.Focus(s.field.Focusable())
	default:
		return false
	}
	return true
}

func (s *Screen) suspend() {
	row, ok := s.chosen()
	if !ok {
		return
	}
	if err := s.o.Collection.Suspend(context.Background(), []decks.CardID{row.Card}, !row.Suspended); err != nil {
		s.o.Nav.Error(err)
		return
	}
	key := "cards.paused"
	if row.Suspended {
		key = "cards.resumed"
	}
	s.o.Nav.Toast(s.o.Printer.T(key), nav.Action{Text: s.o.Printer.T("cards.undo"), Key: keys.CtrlZ, Do: s.o.Nav.Undo})
	s.Reload()
}

func (s *Screen) flag() {
	row, ok := s.chosen()
	if !ok {
		return
	}
	flag := 1
	if row.Flag != 0 {
		flag = 0
	}
	if err := s.o.Collection.Flag(context.Background(), row.Card, flag); err != nil {
		s.o.Nav.Error(err)
		return
	}
	s.Reload()
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	p := s.o.Printer
	return []nav.Hint{
		{Keys: []keys.Key{keys.CtrlF}, Text: p.T("cards.key_search")},
		{Keys: []keys.Key{keys.Up, keys.Down}, Text: p.T("cards.key_choose")},
		{Keys: []keys.Key{keys.Enter}, Text: p.T("cards.key_edit")},
		{Keys: []keys.Key{keys.P}, Text: p.T("cards.key_pause")},
		{Keys: []keys.Key{keys.F}, Text: p.T("cards.key_flag")},
	}
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar { return nav.Bar{Tab: nav.Cards} }

// Shown reads anew and puts the keyboard into the search.
func (s *Screen) Shown() {
	s.Reload()
	s.o.Nav.Focus(s.field.Focusable())
}

// Hidden is for nav.Screen.
func (s *Screen) Hidden() { s.gen++ }

// Fit leaves the preview out of a small window.
func (s *Screen) Fit(small bool) {
	s.small = small
	s.list.show()
	s.object.Refresh()
}

// CanLeave is for nav.Screen.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }
