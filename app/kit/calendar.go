package kit

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"lectern/app/keys"
	"lectern/app/theme"
)

// Calendar chooses a day on the page of a month. Arrows move by a day and a
// week; Page Up, Page Down and the carets turn the page without choosing. Days are
// dates: their clock and zone mean nothing.
type Calendar struct {
	control
	Day         time.Time                   // chosen; zero for none
	First, Last time.Time                   // the days that can be chosen
	Month       func(m time.Time) string    // names a page: "December 2026"
	Weekday     func(d time.Weekday) string // short
	Changed     func(d time.Time)           // the user chose another day; may be nil
	Picked      func()                      // and is done with it: a tap on a day, Enter; may be nil

	page time.Time // the first of the month in sight
	over time.Time // under the pointer
}

// NewCalendar opens at the chosen day or, without one, at the first that can be
// chosen.
func NewCalendar(day, first, last time.Time, month func(time.Time) string, weekday func(time.Weekday) string, changed func(time.Time)) *Calendar {
	c := &Calendar{Day: dateOf(day), First: dateOf(first), Last: dateOf(last), Month: month, Weekday: weekday, Changed: changed}
	c.turnTo(c.Day)
	c.init(c, c.done)
	days := func(n int) func() { return func() { c.Step(n) } }
	months := func(n int) func() { return func() { c.turn(n) } }
	c.pressAs = map[keys.Key]func(){
		keys.Left: days(-1), keys.Right: days(1), keys.Up: days(-7), keys.Down: days(7), keys.PageUp: months(-1), keys.PageDown: months(1),
	}
	return c
}

// dateOf is the date of t at midnight of no zone, for comparing.
func dateOf(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// Set chooses a day without calling Changed, and turns to it.
func (c *Calendar) Set(day time.Time) {
	c.Day = dateOf(day)
	c.turnTo(c.Day)
	c.Refresh()
}

// Step moves the choice by days, as far as it goes. The first step from no
// choice takes the first day.
func (c *Calendar) Step(days int) {
	if c.Day.IsZero() {
		c.choose(c.First)
		return
	}
	c.choose(c.Day.AddDate(0, 0, days))
}

func (c *Calendar) choose(day time.Time) {
	switch {
	case day.Before(c.First):
		day = c.First
	case day.After(c.Last):
		day = c.Last
	}
	if day.Equal(c.Day) {
		return
	}
	c.Set(day)
	if c.Changed != nil {
		c.Changed(day)
	}
}

func (c *Calendar) done() {
	if c.Picked != nil && !c.Day.IsZero() {
		c.Picked()
	}
}

func (c *Calendar) turnTo(day time.Time) {
	if day.IsZero() {
		day = c.First
	}
	c.page = time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// turn shows another month, if one of its days can be chosen.
func (c *Calendar) turn(by int) {
	to := c.page.AddDate(0, by, 0)
	if to.After(c.Last) || !to.AddDate(0, 1, 0).After(c.First) {
		return
	}
	c.page = to
	c.Refresh()
}

// The heights of the page's head, of the weekdays, and of a week.
const (
	calendarHead  = 40
	calendarNames = 24
	calendarWeek  = 36
)

// start is the Monday with which the page begins.
func (c *Calendar) start() time.Time { return c.page.AddDate(0, 0, -weekdayOf(c.page)) }

// cell is the day at a place of the page; zero for none that can be chosen.
func (c *Calendar) cell(at fyne.Position) time.Time {
	if y := at.Y - calendarHead - calendarNames; y >= 0 && c.Size().Width > 0 {
		day := c.start().AddDate(0, 0, 7*int(y/calendarWeek)+min(6, int(at.X/(c.Size().Width/7))))
		if day.Month() == c.page.Month() && !day.Before(c.First) && !day.After(c.Last) {
			return day
		}
	}
	return time.Time{}
}

// Tapped chooses a day or turns the page.
func (c *Calendar) Tapped(ev *fyne.PointEvent) {
	if ev.Position.Y < calendarHead {
		switch {
		case ev.Position.X < calendarHead:
			c.turn(-1)
		case ev.Position.X > c.Size().Width-calendarHead:
			c.turn(1)
		}
		return
	}
	if day := c.cell(ev.Position); !day.IsZero() {
		c.choose(day)
		c.done()
	}
}

// MouseIn is for Fyne.
func (c *Calendar) MouseIn(ev *desktop.MouseEvent) { c.MouseMoved(ev) }

// MouseMoved is for Fyne.
func (c *Calendar) MouseMoved(ev *desktop.MouseEvent) {
	if day := c.cell(ev.Position); !day.Equal(c.over) {
		c.over = day
		c.Refresh()
	}
}

// MouseOut is for Fyne.
func (c *Calendar) MouseOut() {
	c.over = time.Time{}
	c.Refresh()
}

// CreateRenderer is for Fyne.
func (c *Calendar) CreateRenderer() fyne.WidgetRenderer {
	ring, chosen, over := newRing(theme.RadiusChip), box(theme.RadiusControl), box(theme.RadiusControl)
	back, next := &canvas.Image{FillMode: canvas.ImageFillContain}, &canvas.Image{FillMode: canvas.ImageFillContain}
	title := Body.Strong().object("", theme.Ink)
	r := &renderer{self: c}
	var names, days []*canvas.Text
	r.min = func() fyne.Size { return fyne.NewSize(7*calendarWeek, calendarHead+calendarNames+6*calendarWeek) }
	r.layout = func(s fyne.Size) {
		placeRing(ring, s)
		wide := s.Width / 7
		put(back, 11, 11, 18, 18)
		put(next, s.Width-29, 11, 18, 18)
		bold := Body.Strong()
		bold.place(title, (s.Width-bold.Width(title.Text))/2, (calendarHead-bold.Line)/2)
		for i, o := range names {
			Small.place(o, wide*(float32(i)+0.5)-Small.Width(o.Text)/2, calendarHead+2)
		}
		mark := func(o *canvas.Rectangle, day time.Time) {
			i := int(day.Sub(c.start()).Hours() / 24)
			o.Hidden = day.IsZero() || day.Month() != c.page.Month() || day.Year() != c.page.Year()
			put(o, wide*float32(i%7)+(wide-calendarWeek)/2, calendarHead+calendarNames+calendarWeek*float32(i/7), calendarWeek, calendarWeek)
		}
		mark(chosen, c.Day)
		mark(over, c.over)
		first := weekdayOf(c.page)
		for i, o := range days {
			t, at := Body, first+i
			t.Bold = o.TextStyle.Bold
			t.place(o, wide*(float32(at%7)+0.5)-t.Width(o.Text)/2, calendarHead+calendarNames+calendarWeek*float32(at/7)+(calendarWeek-t.Line)/2)
		}
	}
	r.paint = func() {
		setIcon(back, "caret-left", theme.Muted)
		setIcon(next, "caret-right", theme.Muted)
		title.Text, title.Color = c.Month(c.page), colour(theme.Ink)
		names, days = names[:0], days[:0]
		for i := range 7 {
			names = append(names, Small.object(c.Weekday(time.Weekday((i+1)%7)), theme.Muted))
		}
		for day := c.page; day.Month() == c.page.Month(); day = day.AddDate(0, 0, 1) {
			t, ink := Body, theme.Ink
			switch {
			case day.Equal(c.Day):
				t, ink = t.Strong(), theme.OnAccent
			case day.Before(c.First), day.After(c.Last):
				ink = theme.Edge
			}
			days = append(days, t.object(strconv.Itoa(day.Day()), ink))
		}
		paintBox(chosen, theme.Accent, "", 0)
		paintBox(over, theme.Hover, "", 0)
		paintRing(ring, c.ringed)
		r.objects = append(r.objects[:0], ring, chosen, over, back, next, title)
		for _, o := range append(names, days...) {
			r.objects = append(r.objects, o)
		}
		r.layout(c.Size())
	}
	r.paint()
	return r
}
