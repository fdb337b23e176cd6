// Package home is the first screen of a day: what is due and how long it takes,
// how each lecture stands, and the days studied.
package home

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/exam/standing"
	"lectern/app/follow"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/recovery"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/decks/subscribe"
)

// Collection is what the screen reads and changes.
type Collection interface {
	standing.Collection
	recovery.Collection
	Home(context.Context) (collection.Home, error)
	Stats(context.Context) (collection.Stats, error)
	List(context.Context) (*collection.ListInfo, error)
	MoreNew(context.Context, collection.Scope, int) error
	RemoveDeck(context.Context, string) error
	Subscribe(func(collection.Change)) (cancel func())
}

// Options are what the screen needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Now        func() time.Time

	Background func(func()) // runs a read; nil is a goroutine of its own

	// Later runs f after a while, unless stopped; nil is time.AfterFunc.
	Later func(d time.Duration, f func()) (stop func())

	Study      func(collection.Scope) // begins to study
	Cards      func(collection.Query) // lists cards
	Empty      func()                 // no deck is left: the first run
	Exam       func(deck string)      // the plan to a deck's exam
	Load       func(deck string)      // how much a deck is studied
	Custom     func(s collection.Scope, title string)
	Drafts     func(collection.Scope) // drafts of missing answers
	Share      func(deck string)      // gives a deck away
	HandIn     func(deck string)      // hands something of it in to its author
	Authors    Authors
	NewPerStep int // how many "more new" adds; 0 is 10
}

// Authors are what there is to do with decks that authors sign. The zero value knows of
// none.
type Authors struct {
	News     func(context.Context) ([]subscribe.News, error) // what is known of them
	Offered  func(deck string)                               // shows the release that the author has told of
	Check    func(deck string)                               // asks what is new
	Releases func(deck string)                               // the page of its releases
}

// Screen is today's screen.
type Screen struct {
	o      Options
	object *fyne.Container
	body   *fyne.Container // of the sheets; higher than a window that is too low
	small  bool
	hero   *hero
	decks  *deckList
	days   *days
	data   collection.Home
	list   *collection.ListInfo // a custom study that was broken off; nil: none
	loaded bool
	gen    int            // of the latest read; older results are dropped
	end    func()         // breaks off what is being read
	follow follow.Changes // while in front
	stop   func()         // stops the wait for the next card
}

// New makes the screen; it reads the collection when it is shown.
func New(o Options) *Screen {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	if o.Later == nil {
		o.Later = func(d time.Duration, f func()) func() {
			t := time.AfterFunc(d, f)
			return func() { t.Stop() }
		}
	}
	if o.NewPerStep == 0 {
		o.NewPerStep = 10
	}
	s := &Screen{o: o, stop: func() {}, end: func() {}}
	s.hero = newHero(s)
	s.decks = newDeckList(s)
	s.days = newDays(o.Printer)
	desk := &desk{s: s}
	s.body = &fyne.Container{Layout: desk, Objects: []fyne.CanvasObject{
		s.hero.sheet, s.decks.sheet, s.days.week, s.days.calendar,
	}}
	s.object = kit.Column(0, kit.Flex(kit.NewScroll(kit.Flowed(s.body, desk.heightFor))))
	return s
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar { return nav.Bar{Tab: nav.Today} }

// Shown reads the collection anew, now and after each change of it.
func (s *Screen) Shown() {
	s.follow.Hear(s.o.Collection.Subscribe, func(collection.Change) { s.Reload() })
	s.Reload()
}

// Hidden is for nav.Screen.
func (s *Screen) Hidden() {
	s.gen++
	s.stop()
	s.end()
	s.follow.Stop()
}

// CanLeave is for nav.Screen.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }

// Fit takes the small measures in a small window.
func (s *Screen) Fit(small bool) {
	s.small = small
	s.hero.fit(small)
	s.decks.fit(small)
	s.days.fit(small)
	s.object.Refresh()
}

// Reload reads what is due and shows it; the present numbers stay until then.
func (s *Screen) Reload() {
	if !s.follow.On() {
		return // hidden since
	}
	s.gen++
	s.stop()
	s.end()
	gen := s.gen
	ctx, cancel := context.WithCancel(context.Background())
	s.end = cancel
	s.o.Background(func() {
		r, err := s.read(ctx)
		fyne.Do(func() {
			if gen != s.gen {
				return
			}
			if err != nil {
				s.hero.fail(err)
				return
			}
			s.show(r)
		})
		if err == nil {
			s.stand(ctx, gen, r.home)
		}
	})
}

// reading is what the screen shows, as it was at one time.
type reading struct {
	home  collection.Home
	stats collection.Stats
	list  *collection.ListInfo
	back  *collection.Recovery
	news  map[string]*subscribe.News // by deck
}

func (s *Screen) read(ctx context.Context) (r reading, err error) {
	c := s.o.Collection
	if r.home, err = c.Home(ctx); err != nil {
		return r, err
	}
	if r.stats, err = c.Stats(ctx); err != nil {
		return r, err
	}
	if r.list, err = c.List(ctx); err != nil {
		return r, err
	}
	if r.back, err = c.Recovery(ctx); err == nil {
		r.news = s.news(ctx)
	}
	return r, err
}

// news is what is known of the decks of authors. What cannot be read keeps nobody from
// studying: the page of releases says why.
func (s *Screen) news(ctx context.Context) map[string]*subscribe.News {
	if s.o.Authors.News == nil {
		return nil
	}
	all, err := s.o.Authors.News(ctx)
	if err != nil {
		return nil
	}
	by := make(map[string]*subscribe.News, len(all))
	for i := range all {
		by[all[i].Deck] = &all[i]
	}
	return by
}

// stand works out how the decks stand for their exams. It takes longer than the
// rest, so the rest is shown before. What cannot be worked out is not said here:
// the exam's own screen says why.
func (s *Screen) stand(ctx context.Context, gen int, home collection.Home) {
	found := map[string]*standing.Standing{}
	for _, d := range home.Decks {
		if st, err := standing.Read(ctx, s.o.Collection, d.ID, home.Today); err == nil && st != nil {
			found[d.ID] = st
		}
	}
	fyne.Do(func() {
		if gen == s.gen {
			s.decks.stand(found)
		}
	})
}

func (s *Screen) show(r reading) {
	data := r.home
	if len(data.Decks) == 0 && s.o.Empty != nil {
		s.o.Empty()
		return
	}
	s.data, s.list, s.loaded = data, r.list, true
	s.hero.show(data, r.back)
	s.decks.show(data.Decks, r.news)
	s.days.show(data, r.stats)
	s.object.Refresh()
	if wait := data.Rest.NextDue.Sub(s.o.Now()); wait > 0 {
		s.stop = s.o.Later(wait+time.Second, func() { fyne.Do(s.Reload) })
	}
}

// Key moves through the decks, begins to study, opens and closes sections.
func (s *Screen) Key(k keys.Key) bool {
	if !s.loaded {
		return false
	}
	switch k {
	case keys.Enter:
		s.enter()
	case keys.Up:
		s.decks.move(-1)
	case keys.Down:
		s.decks.move(1)
	case keys.Right:
		s.decks.open(true)
	case keys.Left:
		s.decks.open(false)
	case keys.M:
		s.decks.menuOfChosen()
	case keys.Delete:
		s.decks.remove()
	default:
		return s.hero.offer.Key(k)
	}
	return true
}

// enter studies the chosen row, or everything when none is chosen.
func (s *Screen) enter() {
	if scope, ok := s.decks.chosen(); ok {
		s.o.Study(scope)
		return
	}
	if s.data.Due.Total() > 0 {
		s.o.Study(collection.Scope{})
		return
	}
	s.more()
}

// more raises today's limit of new cards and begins.
func (s *Screen) more() {
	n := min(s.o.NewPerStep, s.data.Rest.MoreNew)
	if n == 0 {
		return
	}
	if err := s.o.Collection.MoreNew(context.Background(), collection.Scope{}, n); err != nil {
		s.o.Nav.Error(err)
		return
	}
	s.o.Study(collection.Scope{})
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	p := s.o.Printer
	hints := []nav.Hint{
		{Keys: []keys.Key{keys.Enter}, Text: p.T("home.key_study")},
		{Keys: []keys.Key{keys.Up, keys.Down}, Text: p.T("home.key_choose")},
		{Keys: []keys.Key{keys.Right, keys.Left}, Text: p.T("home.key_open")},
		{Keys: []keys.Key{keys.M}, Text: p.T("home.key_menu")},
		{Keys: []keys.Key{keys.Delete}, Text: p.T("home.key_remove")},
	}
	if s.hero.offer.Open() {
		hints = append(hints, nav.Hint{Keys: []keys.Key{"1", "2", "3"}, Text: p.T("home.key_recover")})
	}
	return hints
}

// desk sets the hero across, the decks left, the days right.
type desk struct{ s *Screen }

const (
	rightWidth      = 320
	rightWidthSmall = 256
	decksLeast      = 200 // height of the list of decks
)

// measures are the margins, and the widths of all and of the days at the right.
func (d *desk) measures(window float32) (top, margin, gutter, width, right float32) {
	top, margin, gutter, right = 8, theme.Margin, theme.Gutter, rightWidth
	if d.s.small {
		top, margin, gutter, right = 0, theme.MarginSmall, theme.GutterSmall, rightWidthSmall
	}
	return top, margin, gutter, min(theme.HomeWidth, window-2*margin), right
}

// heightFor is the least height; in a lower window all of it scrolls.
func (d *desk) heightFor(window float32) float32 {
	top, margin, gutter, width, right := d.measures(window)
	days := kit.HeightFor(d.s.days.week, right) + gutter + kit.HeightFor(d.s.days.calendar, right)
	return top + kit.HeightFor(d.s.hero.sheet, width) + gutter + max(days, decksLeast) + margin
}

func (d *desk) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 0) }

func (d *desk) Layout(o []fyne.CanvasObject, size fyne.Size) {
	hero, decks, week, calendar := o[0], o[1], o[2], o[3]
	y, margin, gutter, width, right := d.measures(size.Width)
	x := (size.Width - width) / 2
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	h := kit.HeightFor(hero, width)
	place(hero, x, y, width, h)
	y += h + gutter
	left := width - right - gutter
	d.s.decks.narrow(left < 560)
	place(decks, x, y, left, min(size.Height-y-margin, max(kit.HeightFor(decks, left), decksLeast)))
	wh := kit.HeightFor(week, right)
	place(week, x+width-right, y, right, wh)
	place(calendar, x+width-right, y+wh+gutter, right, kit.HeightFor(calendar, right))
}
