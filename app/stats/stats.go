// Package stats is the screen of figures: what was answered, how well it was
// remembered, and the year day by day.
package stats

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
	"lectern/scheduler"
)

// Collection is what the screen reads.
type Collection interface {
	Stats(context.Context) (collection.Stats, error)
	Home(context.Context) (collection.Home, error)
	Subscribe(func(collection.Change)) (cancel func())
}

// Options are what the screen needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Forecast   func()       // shows the year ahead
	Fitting    func()       // shows how the memory model fits
	Background func(func()) // runs a read; nil is a goroutine of its own
}

// Screen shows the figures.
type Screen struct {
	o      Options
	object *fyne.Container
	body   *fyne.Container
	gen    int
	follow follow.Changes // while in front
}

// enough is how many answers it takes to judge.
const enough = 30

// New makes the screen; it reads the collection when it is shown.
func New(o Options) *Screen {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	s := &Screen{o: o, body: kit.Column(theme.Gutter)}
	scroll := kit.NewScroll(kit.Limit(theme.WideWidth+2*theme.Margin, kit.Pad(kit.Insets{Top: 8, Right: theme.Margin, Bottom: theme.Margin, Left: theme.Margin}, s.body)))
	scroll.Ground = theme.Desk
	s.object = kit.Column(0, kit.Flex(scroll))
	return s
}

// Shown reads the figures anew, now and after each change of the collection.
func (s *Screen) Shown() {
	s.follow.Hear(s.o.Collection.Subscribe, func(collection.Change) { s.Reload() })
	s.Reload()
}

// Reload reads the figures and shows them.
func (s *Screen) Reload() {
	if !s.follow.On() {
		return // hidden since
	}
	s.gen++
	gen := s.gen
	s.o.Background(func() {
		ctx := context.Background()
		stats, err := s.o.Collection.Stats(ctx)
		var home collection.Home
		if err == nil {
			home, err = s.o.Collection.Home(ctx)
		}
		fyne.Do(func() {
			if gen == s.gen {
				s.show(stats, home, err)
			}
		})
	})
}

func (s *Screen) show(stats collection.Stats, home collection.Home, err error) {
	p := s.o.Printer
	s.body.Objects = nil
	if err != nil {
		s.body.Add(kit.NewErrorLine(p.Fault(err), err.Error(), nil))
		s.object.Refresh()
		return
	}
	sheet := func(o ...fyne.CanvasObject) *kit.Sheet {
		return kit.NewSheet(kit.Sides(28, 32), kit.Column(0, o...))
	}
	if stats.Reviews < enough {
		s.body.Add(sheet(
			kit.NewLabel(p.T("stats.too_few"), kit.Heading, theme.Ink), kit.Gap(0, 8),
			kit.NewLabel(p.N("stats.more_answers", enough-stats.Reviews), kit.Body, theme.Muted),
		))
	} else {
		s.body.Add(kit.Row(theme.Gutter, kit.Stretch, kit.Share(1, s.memory(stats, sheet)), kit.Share(1, s.ahead(home, sheet))))
	}
	s.body.Add(s.year(stats, home.Today, sheet))
	s.object.Refresh()
}

// memory answers: does it stay?
func (s *Screen) memory(stats collection.Stats, sheet func(...fyne.CanvasObject) *kit.Sheet) fyne.CanvasObject {
	p := s.o.Printer
	title, detail := p.T("stats.no_known"), p.T("stats.no_known_why")
	if stats.Asked > 0 {
		share := float64(stats.Recalled) / float64(stats.Asked)
		title = p.T("stats.recalled", "Share", p.Percent(share))
		detail = p.T("stats.recalled_of", "Recalled", p.Int(stats.Recalled), "Asked", p.Int(stats.Asked))
	}
	return sheet(
		kit.NewText(p.T("stats.memory"), kit.Caption, theme.Muted), kit.Gap(0, 8),
		kit.NewLabel(title, kit.Heading, theme.Ink), kit.Gap(0, 8),
		kit.NewLabel(detail, kit.Body, theme.Muted), kit.Gap(0, 20),
		s.fact("stats.seen", p.T("stats.of", "N", p.Int(stats.Studied), "All", p.Int(stats.Cards))),
		s.fact("stats.answers", p.Int(stats.Reviews)),
		s.fact("stats.time", p.N("stats.minutes", int(stats.Minutes+0.5))),
		s.more("stats.fitting", "sliders-horizontal", s.o.Fitting),
	)
}

// more leads to the screen that says more of a sheet's matter.
func (s *Screen) more(key, icon string, do func()) fyne.CanvasObject {
	b := kit.NewButton(s.o.Printer.T(key), kit.Quiet, do).WithIcon(icon).Sized(theme.ControlSmall, 0)
	return kit.Pad(kit.Insets{Top: 12, Left: -10}, kit.Row(0, kit.Middle, b, kit.Spring()))
}

func (s *Screen) fact(key, value string) fyne.CanvasObject {
	return kit.Pad(kit.Sides(3, 0), kit.Row(8, kit.Middle, kit.NewText(s.o.Printer.T(key), kit.Body, theme.Muted), kit.Spring(), kit.NewText(value, kit.Body, theme.Ink)))
}

// ahead answers: what comes?
func (s *Screen) ahead(home collection.Home, sheet func(...fyne.CanvasObject) *kit.Sheet) fyne.CanvasObject {
	p := s.o.Printer
	total := 0
	bars := make([]kit.Bar, len(home.Week))
	for i, n := range home.Week {
		total += n
		day := date(home.Today + scheduler.Day(i))
		bars[i] = kit.Bar{Value: float64(n), Text: p.Int(n), Label: p.Weekday(day.Weekday()), Strong: i == 0, Tip: p.N("home.bar_tip", n, "Date", p.Date(day))}
	}
	chart := kit.NewBars(bars, nil)
	chart.High = 90
	return sheet(
		kit.NewText(p.T("stats.ahead"), kit.Caption, theme.Muted), kit.Gap(0, 8),
		kit.NewLabel(p.N("stats.week", total), kit.Heading, theme.Ink), kit.Gap(0, 20), chart,
		s.more("stats.forecast", "calendar-blank", s.o.Forecast),
	)
}

// year shows every day of the year past.
func (s *Screen) year(stats collection.Stats, today scheduler.Day, sheet func(...fyne.CanvasObject) *kit.Sheet) fyne.CanvasObject {
	p := s.o.Printer
	by := map[scheduler.Day]int{}
	studied := 0
	first := today - 364
	for _, d := range stats.Days {
		by[d.Day] = d.Reviews
		if d.Day >= first {
			studied++
		}
	}
	for date(first).Weekday() != time.Monday {
		first--
	}
	var days []kit.Day
	for d := first; d <= today; d++ {
		days = append(days, kit.Day{Date: date(d), Level: level(by[d]), Tip: p.N("home.day_tip", by[d], "Date", p.Date(date(d)))})
	}
	return sheet(
		kit.Row(8, kit.Middle, kit.NewText(p.T("stats.year"), kit.Caption, theme.Muted), kit.Spring(), kit.HeatLegend()), kit.Gap(0, 8),
		kit.NewLabel(p.N("stats.days", studied), kit.Heading, theme.Ink), kit.Gap(0, 20),
		kit.NewHeatmap(days, p.MonthName, p.Weekday, nil),
	)
}

func date(d scheduler.Day) time.Time {
	y, m, day := d.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
}

func level(n int) int {
	switch {
	case n == 0:
		return 0
	case n < 10:
		return 1
	case n < 30:
		return 2
	case n < 80:
		return 3
	}
	return 4
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar { return nav.Bar{Tab: nav.Statistics} }

// Key is for nav.Screen: there is nothing to press.
func (s *Screen) Key(keys.Key) bool { return false }

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint { return nil }

// Hidden is for nav.Screen.
func (s *Screen) Hidden() {
	s.gen++
	s.follow.Stop()
}

// CanLeave is for nav.Screen.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }
