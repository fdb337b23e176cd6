// Package custom is the screen of a custom study: cards chosen beside the day's
// queue, such as a whole lecture the evening before, what was forgotten today,
// or what comes back in the next days.
//
// It says how many cards and about how many minutes before it starts, and
// whether the answers count. A custom study that was broken off is offered
// again.
package custom

import (
	"context"
	"math"
	"slices"
	"strings"

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
	Select(context.Context, collection.Selection) ([]decks.CardID, error)
	StudyList(ctx context.Context, title string, cards []decks.CardID, preview bool) error
	List(context.Context) (*collection.ListInfo, error)
	Stats(context.Context) (collection.Stats, error)
}

// Ask is what the screen is opened for.
type Ask struct {
	Scope collection.Scope
	Title string         // of the scope or of the cards; "" for everything
	Kind  string         // chosen at first; "" is collection.SelectAll
	Cards []decks.CardID // study these and nothing else; nil: the student chooses
}

// Options are what the screen needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Background func(func()) // runs a read; nil is a goroutine of its own
	Ask        Ask
	Study      func() // goes on with the custom study that was begun last
}

// Screen is the choice of a custom study.
type Screen struct {
	o       Options
	ways    []*way
	on      int // the chosen way
	preview *kit.Check
	begin   *kit.Button
	pace    float64 // minutes a card
	reading follow.Reading
	left    *collection.ListInfo // broken off; nil: none

	object *fyne.Container
	scroll *kit.Scroll
	title  *kit.Label
	list   *fyne.Container
	resume *fyne.Container
	failed *fyne.Container
}

// New makes the screen; it counts the cards when it is shown.
func New(o Options) *Screen {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	s := &Screen{o: o, pace: usualPace}
	p := o.Printer
	s.title = kit.NewLabel("…", kit.Title.At(30, 40), theme.Muted)
	s.begin = kit.NewButton(p.T("custom.begin"), kit.Primary, s.start).WithKey(keys.CtrlEnter)
	s.preview = kit.NewCheck(p.T("custom.preview"), false, nil)
	s.list, s.resume, s.failed = kit.Column(0), kit.Column(0), kit.Column(0)
	if o.Ask.Cards == nil {
		s.makeWays()
	}
	parts := kit.Column(0, kit.Pad(kit.Insets{Top: 24, Right: edge, Bottom: 16, Left: edge}, kit.Column(12, s.title, s.failed)))
	if len(s.ways) > 0 {
		parts.Add(kit.Rule())
		parts.Add(s.list)
	}
	parts.Add(kit.Rule())
	parts.Add(kit.Pad(kit.Sides(16, edge), kit.Column(4, s.preview,
		kit.Pad(kit.Insets{Left: 32}, kit.NewLabel(p.T("custom.preview_why"), kit.Caption, theme.Muted)))))
	body := kit.Column(theme.GutterSmall, s.resume, kit.NewSheet(kit.Insets{}, parts))
	s.resume.Hide()
	s.scroll = kit.NewScroll(kit.Limit(theme.SheetWidth+2*theme.MarginSmall,
		kit.Pad(kit.Insets{Top: 8, Right: theme.MarginSmall, Bottom: theme.Margin, Left: theme.MarginSmall}, body)))
	s.scroll.Ground = theme.Desk
	s.object = kit.Column(0, kit.Flex(s.scroll))
	return s
}

// edge is the margin of the sheet's lines at both sides.
const edge = 32

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar {
	return nav.Bar{Title: s.o.Printer.T("custom.title"), Subtitle: kit.Body.Elide(s.o.Ask.Title, 260), Actions: []fyne.CanvasObject{s.begin}}
}

// Shown counts the cards.
func (s *Screen) Shown() { s.count() }

// Hidden is for nav.Screen.
func (s *Screen) Hidden() { s.reading.Stop() }

// CanLeave is for nav.Screen: nothing is begun yet.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }

// usualPace is minutes a card of a student who has hardly answered yet.
const usualPace = 20.0 / 60

// enough answers to tell the student's own pace.
const enough = 20

// count finds the cards of every way; the present numbers stay until then.
func (s *Screen) count() {
	type counted struct {
		found [][]decks.CardID
		left  *collection.ListInfo
		stats collection.Stats
	}
	ask := make([]collection.Selection, len(s.ways))
	for i, w := range s.ways {
		ask[i] = w.selection()
	}
	follow.Read(&s.reading, s.o.Background, func(ctx context.Context) (c counted, err error) {
		c.found = make([][]decks.CardID, len(ask))
		c.left, err = s.o.Collection.List(ctx)
		for i := range ask {
			if err == nil && (ask[i].Text != "" || len(ask[i].Tags) > 0 || s.ways[i].field == nil) {
				c.found[i], err = s.o.Collection.Select(ctx, ask[i])
			}
		}
		if err == nil {
			c.stats, err = s.o.Collection.Stats(ctx)
		}
		return c, err
	}, func(c counted, err error) {
		s.failed.Objects = nil
		if err != nil {
			s.failed.Add(kit.NewErrorLine(s.o.Printer.Fault(err), err.Error(), nil))
		}
		for i, w := range s.ways {
			w.show(c.found[i])
		}
		if c.stats.Reviews >= enough {
			s.pace = c.stats.Minutes / float64(c.stats.Reviews)
		}
		s.left = c.left
		s.offer()
		s.sum()
		s.object.Refresh()
	})
}

// cards are those of the chosen way.
func (s *Screen) cards() []decks.CardID {
	if s.o.Ask.Cards != nil {
		return s.o.Ask.Cards
	}
	return s.ways[s.on].cards
}

// sum says how many cards and about how many minutes.
func (s *Screen) sum() {
	p := s.o.Printer
	n := len(s.cards())
	s.begin.SetDisabled("")
	s.title.Colour = theme.Ink
	if n == 0 {
		why := p.T("custom.none")
		if len(s.ways) > 0 && s.ways[s.on].field != nil {
			why = p.T("custom.no_words")
		}
		s.begin.SetDisabled(why)
		s.title.Colour = theme.Muted
		s.title.Set(why)
		return
	}
	minutes := max(1, int(math.Round(float64(n)*s.pace)))
	s.title.Set(p.N("home.cards", n) + ", " + p.N("home.minutes", minutes))
	s.title.Refresh()
}

// offer shows the custom study that was broken off.
func (s *Screen) offer() {
	p := s.o.Printer
	s.resume.Objects = nil
	s.resume.Hidden = s.left == nil
	if s.left == nil {
		return
	}
	more := kit.NewButton(p.T("custom.go_on"), kit.Secondary, s.o.Study).WithKey(keys.CtrlP).Sized(theme.ControlSmall, 0)
	text := p.N("custom.left", s.left.Left)
	s.resume.Add(kit.NewNotice(kit.Active, "clock-counter-clockwise", p.T("custom.broken_off", "Title", s.left.Title), text, more))
}

// start begins the custom study.
func (s *Screen) start() {
	cards := s.cards()
	if len(cards) == 0 {
		return
	}
	if err := s.o.Collection.StudyList(context.Background(), s.name(), cards, s.preview.On); err != nil {
		s.o.Nav.Error(err)
		return
	}
	s.o.Study()
}

// name is what the custom study is called: what is studied, and where.
func (s *Screen) name() string {
	p := s.o.Printer
	what := p.T("custom.chosen")
	if len(s.ways) > 0 {
		w := s.ways[s.on]
		what = w.name()
		if w.field != nil {
			what = strings.TrimSpace(w.field.Text())
		}
	}
	if s.o.Ask.Title == "" {
		return what
	}
	return what + ", " + s.o.Ask.Title
}

// choose takes a way.
func (s *Screen) choose(i int) {
	s.on = min(max(i, 0), len(s.ways)-1)
	for k, w := range s.ways {
		w.item.Select(k == s.on)
	}
	if w := s.ways[s.on]; w.field != nil {
		s.o.Nav.Focus(w.field.Focusable())
	} else {
		s.o.Nav.Focus(nil)
	}
	s.sum()
	s.object.Refresh()
	d, item := fyne.CurrentApp().Driver(), s.ways[s.on].item
	y := d.AbsolutePositionForObject(item).Y - d.AbsolutePositionForObject(s.scroll.Content).Y
	s.scroll.Reveal(y, y+item.Size().Height)
}

// Key is for nav.Screen.
func (s *Screen) Key(k keys.Key) bool {
	switch k {
	case keys.Enter, keys.CtrlEnter:
		s.start()
	case keys.CtrlP:
		if s.left != nil {
			s.o.Study()
		}
	case keys.Space:
		s.preview.Set(!s.preview.On)
	case keys.Up, keys.Down, keys.Left, keys.Right:
		if len(s.ways) == 0 {
			return false
		}
		switch k {
		case keys.Up:
			s.choose(s.on - 1)
		case keys.Down:
			s.choose(s.on + 1)
		case keys.Left:
			s.ways[s.on].step(-1)
		default:
			s.ways[s.on].step(1)
		}
	default:
		return false
	}
	return true
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	p := s.o.Printer
	hints := []nav.Hint{{Keys: []keys.Key{keys.CtrlEnter}, Text: p.T("custom.begin")}}
	if len(s.ways) > 0 {
		hints = slices.Insert(hints, 0,
			nav.Hint{Keys: []keys.Key{keys.Up, keys.Down}, Text: p.T("custom.key_choose")},
			nav.Hint{Keys: []keys.Key{keys.Left, keys.Right}, Text: p.T("custom.key_days")})
	}
	return append(hints,
		nav.Hint{Keys: []keys.Key{keys.Space}, Text: p.T("custom.preview")},
		nav.Hint{Keys: []keys.Key{keys.CtrlP}, Text: p.T("custom.key_go_on")})
}
