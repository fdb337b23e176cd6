// Package importer is the screen on which lecture pages become a deck: the pages
// on one side with what was found marked in them, the cards on the other.
// Everything found can be unticked, edited, joined, split and moved; a click on a
// line of the page makes it a card. Each step can be taken back.
package importer

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/cardview"
	"lectern/app/importer/sketch"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/intake"
	"lectern/scheduler"
)

// Collection is what the screen reads and changes.
type Collection interface {
	FindPage(context.Context, collection.Origin) (decks.Deck, bool, error)
	Page(ctx context.Context, deck string) (string, bool, error)
	Install(context.Context, decks.Deck, collection.InstallOptions) (collection.InstallResult, error)
	Preset(context.Context) (scheduler.Preset, error)
	SetPreset(context.Context, scheduler.Preset) error
	Twins(ctx context.Context, notes []decks.Note, except string) ([]collection.Twin, error)
	Cost(ctx context.Context, cards, perDay int) (collection.Cost, error)
}

// Options are what the screen needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Texts      cardview.Options // how texts are drawn; links are not followed from here
	// Pictures draws those of a page, where they are not in the collection yet. May
	// be nil.
	Pictures func(page int) cardview.Pictures

	Name   string // of what was opened
	Title  string // of the deck; "" is the page's own
	Pages  []sketch.Page
	Unread []intake.Unread // pages that could not be read
	Origin collection.Origin
	Text   string // of the pages, kept with the deck
	// Illustrate gives the deck its pictures; of says on which of the pages each
	// of its notes stands. May be nil.
	Illustrate func(r intake.Ready, of []int) (intake.Ready, intake.Pictures)

	Past *Past                          // what Remember found; nil lets the screen look itself
	Done func(collection.InstallResult) // the deck is there; the screen has left

	Background func(func())                                // runs what takes a while; nil is a goroutine of its own
	Later      func(time.Duration, func()) (cancel func()) // nil is nav.Later
}

// Screen is the import of pages.
type Screen struct {
	o      Options
	now    *sketch.Sketch
	done   []step // that can be taken back
	undone []step
	at     int   // number of the chosen card, 0 for none
	lines  []int // blocks of the page that are marked, in order

	old    *decks.Deck // made of these pages before; nil the first time
	update *sketch.Update
	preset scheduler.Preset
	aside  aside

	object *fyne.Container
	left   *pageView
	right  *cardView
	create *kit.Button
	cancel *kit.Button
	pane   *kit.Segment // in a small window: which side is seen
	small  bool
	cards  bool // in a small window the cards are seen
	made   bool
}

// New makes the screen of pages that were read.
func New(o Options) *Screen {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	if o.Later == nil {
		o.Later = nav.Later
	}
	if o.Past == nil {
		past := Remember(context.Background(), o)
		o.Past = &past
	}
	s := &Screen{o: o, now: o.Past.start, old: o.Past.old}
	p := o.Printer
	title := s.title()
	if s.old != nil {
		title = s.old.Title
	}
	var err error
	if s.preset, err = o.Collection.Preset(context.Background()); err != nil {
		s.preset = scheduler.DefaultPreset() // shown only; it is read again before it is changed
	}
	s.create = kit.NewButton("", kit.Primary, s.finish).WithKey(keys.CtrlEnter)
	s.cancel = kit.NewButton(p.T("import.cancel"), kit.Quiet, o.Nav.Back)
	s.left, s.right = newPageView(s), newCardView(s, title)
	s.cards = len(s.now.Cards) > 0
	side := 0
	if s.cards {
		side, s.at = 1, s.now.Cards[0].ID
	}
	s.pane = kit.NewSegment([]string{p.T("import.side_page"), p.T("import.side_cards")}, side, func(i int) {
		s.cards = i == 1
		s.object.Refresh()
	})
	s.object = &fyne.Container{Layout: &panes{s}, Objects: []fyne.CanvasObject{s.left.sheet, s.right.sheet, s.pane}}
	s.left.strip.scrolled = func(y float32) { s.follow(y, s.left, s.right, s.left.strip, s.right.strip) }
	s.right.strip.scrolled = func(y float32) { s.follow(y, s.right, s.left, s.right.strip, s.left.strip) }
	s.refresh()
	return s
}

// texts is how the texts of a page are drawn.
func (s *Screen) texts(page int) cardview.Options {
	o := s.o.Texts
	o.Link, o.Enlarge = nil, nil
	if s.o.Pictures != nil {
		o.Pictures = s.o.Pictures(page)
	}
	return o
}

// title is what a new deck is called.
func (s *Screen) title() string {
	for _, t := range []string{s.o.Title, s.o.Pages[0].Found.Title, s.o.Name, s.o.Origin.Name} {
		if t = strings.TrimSpace(t); t != "" {
			return t
		}
	}
	return ""
}

// follow keeps the panes together.
func (s *Screen) follow(y float32, a, b pane, from, to *strip) {
	if !s.small {
		follow(s.now, y, a, b, from, to)
	}
}

// card is the chosen card's place among the cards, -1 for none.
func (s *Screen) card() int { return s.now.At(s.at) }

// refresh draws the sketch anew: its cards have changed.
func (s *Screen) refresh() {
	s.relate()
	s.compare()
	s.left.show()
	s.right.show()
	s.button()
	s.ask()
}

// compare works out what the sketch does to the deck made before.
func (s *Screen) compare() {
	s.update = nil
	if s.old != nil {
		s.update = s.now.Against(*s.old)
	}
}

// button says what Ctrl Enter does, or why it does nothing.
func (s *Screen) button() {
	p := s.o.Printer
	n, _ := s.now.Count()
	key := "import.create"
	if s.old != nil {
		key = "import.update"
	}
	why := ""
	if n == 0 {
		why = p.T("import.nothing_ticked")
	} else if _, ok := s.right.newPerDay(); !ok {
		why = p.T("import.wrong_per_day")
	}
	if text := p.N(key, n); text != s.create.Text || s.create.Enabled() != (why == "") {
		s.create.Set(text)
		s.create.SetDisabled(why)
		s.o.Nav.RefreshBar()
	}
}

// choose selects a card in both panes.
func (s *Screen) choose(card int) {
	if s.now.At(card) < 0 {
		return
	}
	s.at = card
	if len(s.lines) > 0 {
		s.lines = nil
		s.left.mark()
	}
	s.left.choose(card)
	s.right.choose(card)
}

// walk chooses the card so many below.
func (s *Screen) walk(by int) {
	if n := len(s.now.Cards); n > 0 {
		i := s.card()
		if i < 0 && by < 0 {
			i = n
		}
		s.choose(s.now.Cards[min(max(0, i+by), n-1)].ID)
	}
}

// press chooses a card, and opens one that is chosen.
func (s *Screen) press(card int) {
	if s.at == card {
		s.edit(card)
		return
	}
	s.choose(card)
}

// finish makes the deck and leaves.
func (s *Screen) finish() {
	if !s.create.Enabled() || s.made {
		return
	}
	ctx := context.Background()
	title := strings.TrimSpace(s.right.name.Text())
	deck, of := s.now.Deck(title)
	if s.old != nil {
		u := s.now.Against(*s.old)
		deck, of = u.Deck, u.Cards
	}
	if title != "" {
		deck.Title = title
	}
	options := collection.InstallOptions{Origin: s.o.Origin, PageText: s.o.Text}
	options.Links, options.Answers = s.now.Relations(deck.Notes, of)
	ready := intake.Ready{Deck: deck, Options: options}
	var lost intake.Pictures
	if s.o.Illustrate != nil {
		pages := make([]int, len(of))
		for i, c := range of {
			pages[i] = s.now.PageOf(c)
		}
		ready, lost = s.o.Illustrate(ready, pages)
	}
	if err := s.perDay(ctx); err != nil {
		s.o.Nav.Error(err)
		return
	}
	result, err := s.o.Collection.Install(ctx, ready.Deck, ready.Options)
	if err != nil {
		s.o.Nav.Error(err)
		return
	}
	s.made = true
	s.aside.stop()
	s.o.Done(result)
	if lost.Missing > 0 {
		s.o.Nav.Toast(s.o.Printer.N("import.missing_pictures", lost.Missing))
	}
}

// perDay keeps the number of new cards a day, if it was changed.
func (s *Screen) perDay(ctx context.Context) error {
	n, ok := s.right.newPerDay()
	if !ok {
		return nil
	}
	preset, err := s.o.Collection.Preset(ctx)
	if err != nil || preset.NewPerDay == n {
		return err
	}
	preset.NewPerDay = n
	return s.o.Collection.SetPreset(ctx, preset)
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar {
	p := s.o.Printer
	title := p.T("import.title")
	if s.old != nil {
		title = p.T("import.title_update", "Deck", s.old.Title)
	}
	return nav.Bar{Title: title, Actions: []fyne.CanvasObject{s.cancel, s.create}}
}

// Shown is for nav.Screen.
func (s *Screen) Shown() { s.o.Nav.Focus(nil) }

// Hidden is for nav.Screen.
func (s *Screen) Hidden() {}

// Fit shows one pane at a time in a small window.
func (s *Screen) Fit(small bool) {
	s.small = small
	s.object.Refresh()
}

// CanLeave asks when work would be lost.
func (s *Screen) CanLeave() (bool, nav.Question) {
	if s.made || len(s.done) == 0 {
		return true, nav.Question{}
	}
	p := s.o.Printer
	return false, nav.Question{Title: p.T("import.leave_title"), Text: p.T("import.leave_text"), Yes: nav.Action{Text: p.T("import.leave")}}
}
