// Package cards lists the cards: search as one types, filters by one click,
// and the chosen card beside the list with its history.
package cards

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/follow"
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
	Drafts(ctx context.Context, deck string) ([]collection.DraftRow, error)
	Linked(ctx context.Context, note string) ([]collection.Twin, error)
	Unlink(ctx context.Context, a, b string) error
	Suspend(context.Context, []decks.CardID, bool) error
	Flag(context.Context, decks.CardID, int) error
	Edit(context.Context, string, decks.Field, string) error
	Reset(context.Context, []decks.CardID) error
	Keep(ctx context.Context, notes []string, on bool) error
	SetDue(ctx context.Context, cards []decks.CardID, from, to int) error
	PlanShift(ctx context.Context, s collection.Scope, kind string, n int) (collection.ShiftPlan, error)
	Shift(ctx context.Context, s collection.Scope, kind string, n int) error
	Subscribe(func(collection.Change)) (cancel func())
}

// Options are what the screen needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Now        func() time.Time
	Background func(func()) // runs a read; nil is a goroutine of its own

	Query  collection.Query     // what is listed first
	Custom func([]decks.CardID) // a custom study of these
	Drafts func(deck string)    // drafts of missing answers
	// Render draws a card's text; nil shows it plain.
	Render func(markdown string, question bool) fyne.CanvasObject
}

// Screen is the list of cards.
type Screen struct {
	o      Options
	query  collection.Query
	decks  []collection.DeckRow
	total  int                      // cards found
	pages  map[int][]collection.Row // rows read so far, by page
	gen    int                      // of the latest search; older results are dropped
	follow follow.Changes           // while in front
	loaded bool
	small  bool

	object  *fyne.Container
	field   *kit.Field
	count   *kit.Text
	chips   *chips
	list    *list
	preview *preview
	failed  *fyne.Container
}

// page is how many rows are read at a time.
const page = 200

// New makes the screen; it reads the collection when it is shown.
func New(o Options) *Screen {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	s := &Screen{o: o, query: o.Query, pages: map[int][]collection.Row{}}
	p := o.Printer
	s.count = kit.NewText("", kit.Caption, theme.Muted)
	s.field = kit.NewField(o.Query.Text, p.T("cards.search"), func(t string) { s.ask(func(q *collection.Query) { q.Text = t }) })
	s.field.Icon, s.field.After = "magnifying-glass", s.count
	s.field.Submitted = func(string) { s.edit() }
	s.field.Moved = func(k keys.Key) {
		s.o.Nav.Focus(s.list.table) // where letters are commands
		s.Key(k)
	}
	s.chips = newChips(s)
	s.list, s.preview = newList(s), newPreview(s)
	s.failed = kit.Column(0)
	s.object = &fyne.Container{Layout: &desk{s}, Objects: []fyne.CanvasObject{s.field, s.chips.row, s.list.sheet, s.preview.sheet, s.failed}}
	return s
}

// ask changes the question and searches anew, from the first row.
func (s *Screen) ask(change func(*collection.Query)) {
	change(&s.query)
	s.list.at = -1
	s.Reload()
}

// Reload searches again; the present rows stay until the new ones are there.
func (s *Screen) Reload() {
	if !s.follow.On() {
		return // hidden since
	}
	s.gen++
	gen, q, at := s.gen, s.query, max(s.list.at, 0)/page
	q.Limit, q.Offset = page, at*page
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
			s.show(found, at, rows)
		})
	})
}

// more reads a page of the same search.
func (s *Screen) more(at int) {
	if _, asked := s.pages[at]; asked {
		return
	}
	s.pages[at] = nil
	gen, q := s.gen, s.query
	q.Limit, q.Offset = page, at*page
	s.o.Background(func() {
		found, err := s.o.Collection.Search(context.Background(), q)
		fyne.Do(func() {
			if gen != s.gen {
				return
			}
			if err != nil {
				s.o.Nav.Error(err)
				return
			}
			s.pages[at] = found.Rows
			s.list.table.Renew()
			s.preview.show()
		})
	})
}

// row gives a row of the search, if it has been read.
func (s *Screen) row(i int) (collection.Row, bool) {
	if i < 0 || i >= s.total {
		return collection.Row{}, false
	}
	rows := s.pages[i/page]
	if i%page >= len(rows) {
		return collection.Row{}, false
	}
	return rows[i%page], true
}

// show takes over what was found: the rows of one page, and how many there are.
func (s *Screen) show(found collection.Found, at int, rows []collection.DeckRow) {
	before, had := s.chosen()
	s.decks, s.loaded, s.total = rows, true, found.Total
	s.pages = map[int][]collection.Row{at: found.Rows}
	chosen := min(max(s.list.at, 0), s.total-1)
	if had {
		for i, r := range found.Rows {
			if r.Card == before.Card {
				chosen = at*page + i
			}
		}
	}
	s.count.Set(s.o.Printer.N("cards.count", s.total))
	s.field.Refresh()
	s.chips.show()
	s.list.show(chosen)
	s.preview.show()
	s.object.Refresh()
}

// chosen is the chosen row.
func (s *Screen) chosen() (collection.Row, bool) { return s.row(s.list.at) }

// Key walks the list and acts on the chosen card.
func (s *Screen) Key(k keys.Key) bool {
	switch k {
	case keys.M:
		s.menu(s.list.top)
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
		return s.list.table.Press(k)
	}
	return true
}

// suspend pauses the chosen cards, or lets them come again if the last one is
// paused.
func (s *Screen) suspend() {
	row, ok := s.chosen()
	if !ok {
		return
	}
	p := s.o.Printer
	s.picked(func(rows []collection.Row) {
		said := p.N("cards.paused", len(rows))
		if row.Suspended {
			said = p.N("cards.resumed", len(rows))
		}
		s.run(said, func(ctx context.Context) error {
			return s.o.Collection.Suspend(ctx, ids(rows), !row.Suspended)
		})
	})
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
	}
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	p := s.o.Printer
	return []nav.Hint{
		{Keys: []keys.Key{keys.CtrlF}, Text: p.T("cards.key_search")},
		{Keys: []keys.Key{keys.Up, keys.Down}, Text: p.T("cards.key_choose")},
		{Keys: []keys.Key{keys.ShiftUp, keys.ShiftDown, keys.CtrlA}, Text: p.T("cards.key_range")},
		{Keys: []keys.Key{keys.M}, Text: p.T("cards.key_menu")},
		{Keys: []keys.Key{keys.Enter}, Text: p.T("cards.key_edit")},
		{Keys: []keys.Key{keys.P}, Text: p.T("cards.key_pause")},
		{Keys: []keys.Key{keys.F}, Text: p.T("cards.key_flag")},
	}
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar { return nav.Bar{Tab: nav.Cards} }

// Shown reads anew, now and after each change of the collection, and puts the
// keyboard into the search.
func (s *Screen) Shown() {
	s.follow.Hear(s.o.Collection.Subscribe, func(collection.Change) { s.Reload() })
	s.Reload()
	s.o.Nav.Focus(s.field.Focusable())
}

// Hidden is for nav.Screen.
func (s *Screen) Hidden() {
	s.gen++
	s.follow.Stop()
}

// Fit leaves the preview and a word out of a small window.
func (s *Screen) Fit(small bool) {
	s.small = small
	s.list.fit()
	s.chips.fit(small)
	s.preview.show()
}

// CanLeave is for nav.Screen.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }
