// Package releases is the page of a deck that an author signs: who that is, where
// new releases are looked for and what happens to them, the releases that are kept
// with the way back to each, and the cards that the author withdrew.
package releases

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
	"lectern/decks/collection"
	"lectern/decks/feed"
	"lectern/decks/subscribe"
)

// Collection is what the screen reads and changes.
type Collection interface {
	Releases(ctx context.Context, deck string) ([]collection.KeptRelease, error)
	CanUndoUpdate(ctx context.Context, deck string) (*collection.OpInfo, error)
	UndoUpdate(ctx context.Context, deck string) (collection.OpInfo, error)
	Follow(ctx context.Context, deck string, f collection.Following) error
	SetFeed(ctx context.Context, deck, address string) error
	Search(context.Context, collection.Query) (collection.Found, error)
	Keep(ctx context.Context, notes []string, on bool) error
	Subscribe(func(collection.Change)) (cancel func())
}

// Options are what the screen needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Now        func() time.Time
	Background func(func()) // runs a read; nil is a goroutine of its own

	Deck  string
	News  func(ctx context.Context, deck string) (subscribe.News, error) // what is known of its feed
	Typed func(ctx context.Context, deck string, link feed.Link) error   // the student gave the feed's address
	Check func()                                                         // asks the feed now
	Newer func()                                                         // shows the release that is offered
	GoTo  func(epoch int, seq int64)                                     // shows what going to a kept release would do
	Cards func(collection.Query)                                         // lists cards
	Copy  func(text string)                                              // to the clipboard
	Give  func()                                                         // passes the deck on; nil when that cannot be done
	Draw  func(markdown string) fyne.CanvasObject                        // release notes; nil shows them plain
}

// Screen is the page of releases.
type Screen struct {
	o      Options
	object *fyne.Container
	body   *fyne.Container
	failed *fyne.Container
	roll   *kit.Scroll
	follow follow.Changes
	gen    int
	data   reading
	title  string
}

// reading is what the screen shows, as it was at one time.
type reading struct {
	news      subscribe.News
	releases  []collection.KeptRelease
	undo      *collection.OpInfo
	withdrawn []collection.Row // one card of each note
	more      int              // withdrawn cards that were not read
}

// shownAtMost bounds the withdrawn cards that are listed here.
const shownAtMost = 30

// New makes the screen; it reads the deck when it is shown.
func New(o Options) *Screen {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	s := &Screen{o: o, body: kit.Column(theme.Gutter), failed: kit.Column(0)}
	s.roll = kit.NewScroll(kit.Limit(784+2*theme.Margin, kit.Pad(kit.Insets{Top: 8, Right: theme.Margin, Bottom: theme.Margin, Left: theme.Margin}, kit.Column(0, s.failed, s.body))))
	s.roll.Ground = theme.Desk
	s.object = kit.Column(0, kit.Flex(s.roll))
	return s
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar {
	p := s.o.Printer
	bar := nav.Bar{Title: p.T("releases.title"), Subtitle: s.title}
	if s.o.Give != nil {
		bar.Actions = []fyne.CanvasObject{kit.NewButton(p.T("releases.give"), kit.Secondary, s.o.Give).WithIcon("upload-simple").Sized(theme.ControlSmall, 0)}
	}
	return bar
}

// Shown reads the deck, now and after each change of it.
func (s *Screen) Shown() {
	s.follow.Hear(s.o.Collection.Subscribe, func(collection.Change) { s.Reload() })
	s.Reload()
	s.o.Nav.Focus(nil)
}

// Hidden is for nav.Screen.
func (s *Screen) Hidden() {
	s.gen++
	s.follow.Stop()
}

// CanLeave is for nav.Screen: every change holds at once.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }

// Key looks at the new release and scrolls.
func (s *Screen) Key(k keys.Key) bool {
	by := map[keys.Key]float32{keys.Down: 0.15, keys.Up: -0.15, keys.PageDown: 0.9, keys.PageUp: -0.9, keys.End: 1e6, keys.Home: -1e6}[k]
	switch {
	case by != 0:
		s.roll.ScrollBy(by)
	case k == keys.Enter && s.data.news.Offer != nil:
		s.o.Newer()
	default:
		return false
	}
	return true
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	p := s.o.Printer
	return []nav.Hint{{Keys: []keys.Key{keys.Enter}, Text: p.T("releases.key_newer")}, {Keys: []keys.Key{keys.PageUp, keys.PageDown}, Text: p.T("releases.key_scroll")}, {Keys: []keys.Key{keys.Esc}, Text: p.T("releases.key_back")}}
}

// Reload reads the deck anew.
func (s *Screen) Reload() {
	s.gen++
	gen := s.gen
	s.o.Background(func() {
		r, err := s.read(context.Background())
		fyne.Do(func() {
			if gen == s.gen {
				s.show(r, err)
			}
		})
	})
}

func (s *Screen) read(ctx context.Context) (r reading, err error) {
	if r.news, err = s.o.News(ctx, s.o.Deck); err != nil {
		return r, err
	}
	if r.releases, err = s.o.Collection.Releases(ctx, s.o.Deck); err != nil {
		return r, err
	}
	if r.undo, err = s.o.Collection.CanUndoUpdate(ctx, s.o.Deck); err != nil {
		return r, err
	}
	found, err := s.o.Collection.Search(ctx, collection.Query{Scope: collection.Scope{Deck: s.o.Deck}, Retired: true, Limit: 3 * shownAtMost})
	if err != nil {
		return r, err
	}
	seen := map[string]bool{}
	for i, row := range found.Rows {
		if len(r.withdrawn) == shownAtMost {
			r.more = found.Total - i
			break
		}
		if !seen[row.Note] {
			seen[row.Note] = true
			r.withdrawn = append(r.withdrawn, row)
		}
	}
	return r, nil
}

func (s *Screen) show(r reading, err error) {
	s.failed.Objects = nil
	if err != nil {
		s.failed.Add(kit.NewErrorLine(s.o.Printer.Fault(err), err.Error(), nil))
		s.body.Objects = nil
		s.object.Refresh()
		return
	}
	s.data = r
	if s.title != r.news.Title {
		s.title = r.news.Title
		s.o.Nav.RefreshBar()
	}
	s.body.Objects = []fyne.CanvasObject{s.author(), s.following(), s.list()}
	if len(r.withdrawn) > 0 {
		s.body.Add(s.withdrawn())
	}
	s.object.Refresh()
	kit.Relayout(s.body)
}

// sheet is a part of the page under its title.
func sheet(title string, rows ...fyne.CanvasObject) fyne.CanvasObject {
	col := kit.Column(0, kit.NewText(title, kit.Sub, theme.Ink), kit.Gap(0, 8))
	for i, r := range rows {
		if i > 0 {
			col.Add(kit.Rule())
		}
		col.Add(kit.Pad(kit.Sides(12, 0), r))
	}
	return kit.NewSheet(kit.Insets{Top: 24, Right: 32, Bottom: 16, Left: 32}, col)
}

// row is something named, with a line that explains it, and what can be done with it.
func row(name, why string, acts ...fyne.CanvasObject) fyne.CanvasObject {
	words := kit.Column(2, kit.NewLabel(name, kit.Body, theme.Ink))
	if why != "" {
		words.Add(kit.NewLabel(why, kit.Caption, theme.Muted))
	}
	return kit.Row(16, kit.Middle, append([]fyne.CanvasObject{kit.Flex(words)}, acts...)...)
}

func small(text string, kind kit.ButtonKind, do func()) *kit.Button {
	return kit.NewButton(text, kind, do).Sized(theme.ControlSmall, 0)
}

// author says whose the deck is.
func (s *Screen) author() fyne.CanvasObject {
	p, n := s.o.Printer, &s.data.news
	rows := []fyne.CanvasObject{}
	print := ""
	if roots := n.Author.Root; len(roots) > 0 {
		f := roots[0].Public.Fingerprint()
		print = p.T("releases.fingerprint", "Key", f[:4]+"\u00a0"+f[4:])
	}
	rows = append(rows, kit.Row(16, kit.Middle, kit.Icon("shield-check", 24, theme.Success),
		kit.Flex(row(n.Author.Author, print))))
	switch {
	case n.Signer.Public.IsZero():
		rows = append(rows, kit.NewLabel(p.T("releases.key_taken_back", "N", p.Int(int(n.Shown.Seq))), kit.Caption, theme.Muted))
	case n.Signer.Name != "":
		rows = append(rows, kit.NewLabel(p.T("releases.signer", "N", p.Int(int(n.Shown.Seq)), "Name", n.Signer.Name), kit.Caption, theme.Muted))
	}
	return sheet(p.T("releases.author"), rows...)
}

// name is a release as people call it.
func (s *Screen) name(seq int64, label string) string {
	p := s.o.Printer
	if label == "" {
		return p.T("releases.release", "N", p.Int(int(seq)))
	}
	return p.T("releases.release_label", "N", p.Int(int(seq)), "Label", label)
}

// day is a day that a statement names, "" when it names none.
func (s *Screen) day(text string) string {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return ""
	}
	return s.o.Printer.DateFrom(s.o.Now(), t.In(s.o.Now().Location()))
}
