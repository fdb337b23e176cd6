package exam

import (
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/exam/standing"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/collection"
	"lectern/scheduler"
)

// asked is the sheet at the left: when the exam is, how much time there is each
// day, what will be asked, and what stands in the way.
type asked struct {
	s        *Screen
	sheet    *kit.Sheet
	scroll   *kit.Scroll
	margin   *fyne.Container
	date     *kit.DateField
	calendar *kit.Calendar
	minutes  *kit.Slider
	said     *kit.Text // the minutes
	sections *fyne.Container
	boxes    []*box
	warning  *fyne.Container
}

// box is a section with its tick.
type box struct {
	id    string
	check *kit.Check
	ready *kit.Text
	now   string // today's readiness
}

// The ends of the slider; a plan that needs more minutes moves the upper one.
const (
	leastMinutes = 5
	mostMinutes  = 30
)

func newAsked(s *Screen) *asked {
	p := s.o.Printer
	a := &asked{s: s, sections: kit.Column(0), warning: kit.Column(8)}
	a.date = kit.NewDateField(func() { a.open(!a.calendar.Visible()) }, a.step)
	today := standing.DateOf(s.o.Today())
	a.calendar = kit.NewCalendar(time.Time{}, today.AddDate(0, 0, 1), today.AddDate(0, 0, farthest), a.month, p.Weekday, func(d time.Time) {
		a.take(d)
		s.changed()
	})
	a.calendar.Picked = func() {
		a.open(false)
		s.o.Nav.Focus(a.date)
	}
	a.minutes = kit.NewSlider(leastMinutes, mostMinutes, usualMinutes, func(n int) {
		s.exam.Minutes = n
		a.said.Set(p.Int(n))
		s.changed()
	})
	a.said = kit.NewText(p.Int(usualMinutes), kit.Body.Strong(), theme.Ink)
	body := kit.Column(0,
		kit.NewText(p.T("exam.exam"), kit.Caption, theme.Muted), kit.Gap(0, 6), a.date, kit.Gap(0, 8), a.calendar, kit.Gap(0, 12),
		kit.Row(8, kit.Middle, kit.NewText(p.T("exam.minutes"), kit.Caption, theme.Muted), kit.Spring(), a.said), kit.Gap(0, 10),
		a.minutes, kit.Gap(0, 12), kit.Rule(), kit.Gap(0, 16),
		kit.Row(8, kit.Middle, kit.NewText(p.T("exam.asked"), kit.Caption, theme.Muted), kit.Spring(), kit.NewText(p.T("exam.now"), kit.Caption, theme.Muted)),
		a.sections, a.warning,
	)
	a.margin = kit.Pad(kit.Insets{}, body)
	a.scroll = kit.NewScroll(a.margin)
	a.scroll.Ground = theme.Paper
	a.sheet = kit.NewSheet(kit.Insets{}, a.scroll)
	a.fit()
	return a
}

// fit sets the margins. The scroll takes most of them: it would cut the rings of
// focus, and its bar would lie over the numbers.
func (a *asked) fit() {
	top, side := float32(28), float32(32)
	if a.s.small {
		top, side = 16, 24
	}
	const edge = 4
	a.sheet.Insets = kit.All(edge)
	kit.Repad(a.margin, kit.Sides(top-edge, side-edge))
	a.show()
}

// first is what has the keyboard when the screen opens.
func (a *asked) first() fyne.Focusable {
	if a.calendar.Visible() {
		return a.calendar
	}
	return a.date
}

// open shows or hides the calendar.
func (a *asked) open(on bool) {
	a.calendar.Hidden = !on
	a.sheet.Refresh()
	a.s.object.Refresh()
}

// show sets the fields to what is chosen.
func (a *asked) show() {
	e := &a.s.exam
	if e.Day != 0 {
		d := standing.DateOf(e.Day)
		a.calendar.Set(d)
		a.name(d)
	} else {
		a.date.Set(a.s.o.Printer.T("exam.choose_day"), "")
	}
	a.minutes.Max = max(mostMinutes, e.Minutes)
	a.minutes.Set(e.Minutes)
	a.said.Set(a.s.o.Printer.Int(a.minutes.Value))
	a.list()
}

func (a *asked) name(d time.Time) {
	p := a.s.o.Printer
	text := p.LongDate(d)
	if a.s.small {
		text = p.Date(d)
	}
	a.date.Set(text, p.N("exam.days", int(dayOf(d)-a.s.o.Today())))
}

func (a *asked) month(m time.Time) string {
	return a.s.o.Printer.T("exam.month_"+strconv.Itoa(int(m.Month()))) + " " + strconv.Itoa(m.Year())
}

// take keeps a chosen day.
func (a *asked) take(d time.Time) {
	a.s.exam.Day = dayOf(d)
	a.name(d)
}

// step moves the day.
func (a *asked) step(days int) { a.calendar.Step(days) }

// dayOf is the study day that bears a date.
func dayOf(d time.Time) scheduler.Day {
	date := time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
	return scheduler.Day(date.Unix() / (24 * 60 * 60))
}

// list fills the sections; a deck with one has nothing to choose.
func (a *asked) list() {
	p, e := a.s.o.Printer, &a.s.exam
	a.sections.Objects, a.boxes = nil, nil
	high := float32(44)
	if a.s.small {
		high = 38
	}
	for _, sec := range a.s.deck.Sections {
		b := &box{id: sec.ID, now: strconv.Itoa(standing.Of100(sec.Recall))}
		on := e.Sections == nil || slices.Contains(e.Sections, sec.ID)
		b.check = kit.NewCheck("", on, func(bool) { a.ticked() })
		b.ready = kit.NewText("", kit.Body, theme.Ink)
		b.ready.Align = fyne.TextAlignTrailing
		title := kit.NewText(sec.Title, kit.Body, theme.Ink)
		title.Elide = true
		item := kit.NewItem(kit.Insets{}, kit.Fixed(0, high, kit.Row(12, kit.Middle, b.check, kit.Flex(title),
			kit.NewText(p.N("home.cards", sec.Cards), kit.Caption, theme.Muted), kit.Fixed(34, 0, b.ready))), func() {
			b.check.Set(!b.check.On)
			a.ticked()
		})
		item.Radius = theme.RadiusChip
		item.Tip = func() string {
			if title.Cut() {
				return sec.Title
			}
			return ""
		}
		b.show()
		a.boxes = append(a.boxes, b)
		a.sections.Add(item)
	}
	a.sheet.Refresh()
}

func (b *box) show() {
	b.ready.Colour = theme.Ink
	text := b.now
	if !b.check.On {
		b.ready.Colour, text = theme.Muted, "—"
	}
	b.ready.Set(text)
	b.ready.Refresh()
}

// ticked keeps what is asked: nil stands for all, later ones too.
func (a *asked) ticked() {
	var on []string
	for _, b := range a.boxes {
		b.show()
		if b.check.On {
			on = append(on, b.id)
		}
	}
	if len(on) == len(a.boxes) {
		on = nil
	}
	a.s.exam.Sections = on
	a.s.changed()
}

// none tells whether nothing is asked at all.
func (a *asked) none() bool {
	return !slices.ContainsFunc(a.boxes, func(b *box) bool { return b.check.On })
}

// warn says what stands in the way: questions without an answer, cards that
// have not been seen.
func (a *asked) warn(plan collection.ExamPlan) {
	p := a.s.o.Printer
	a.warning.Objects = nil
	if n := plan.NeedAnswers; n > 0 {
		show := kit.NewIconButton("caret-right", p.T("exam.show"), keys.None, func() {
			a.s.o.Cards(collection.Query{Scope: collection.Scope{Deck: a.s.o.Deck}, Unanswered: true})
		}).Tool()
		show.Colour = theme.GradeHard
		a.warning.Add(kit.NewNotice(kit.Warning, "pencil-simple-line", p.N("exam.unanswered", n), p.T("exam.unanswered_why"), show))
	}
	unseen := 0
	for _, sec := range plan.Sections {
		unseen += sec.Unseen
	}
	switch {
	case plan.Unbegun > 0:
		a.warning.Add(kit.NewNotice(kit.Warning, "book-open", "", p.N("exam.unbegun", plan.Unbegun), nil))
	case unseen > 0:
		a.warning.Add(kit.NewNotice(kit.Plain, "book-open", "", p.N("exam.unseen", unseen), nil))
	}
	if len(a.warning.Objects) > 0 {
		a.warning.Objects = slices.Insert(a.warning.Objects, 0, fyne.CanvasObject(kit.Gap(0, 4)))
	}
	a.sheet.Refresh()
}

// raise moves the slider to what is needed.
func (a *asked) raise(minutes int) {
	a.s.exam.Minutes = minutes
	a.minutes.Max = max(a.minutes.Max, minutes)
	a.minutes.Set(minutes)
	a.minutes.Refresh()
	a.said.Set(a.s.o.Printer.Int(minutes))
	a.s.changed()
}
