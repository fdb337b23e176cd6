package home

import (
	"math"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/recovery"
	"lectern/app/theme"
	"lectern/decks/collection"
)

// hero is the sheet that answers: what is due and how long it takes. After a
// break it offers to spread what has come together.
type hero struct {
	s      *Screen
	sheet  *kit.Sheet
	date   *kit.Text
	title  *kit.Label
	detail *kit.Label
	study  *kit.Button
	more   *kit.Button
	once   *kit.Button // everything, beside the offer
	offer  *recovery.Offer
	under  *fyne.Container // the offer with its margin
}

func newHero(s *Screen) *hero {
	p := s.o.Printer
	h := &hero{
		s:      s,
		date:   kit.NewText("", kit.Body, theme.Muted),
		title:  kit.NewLabel("…", kit.Title, theme.Muted),
		detail: kit.NewLabel("", kit.Body, theme.Muted),
		study:  kit.NewButton(p.T("home.study"), kit.Primary, s.enter).WithKey(keys.Enter).Sized(theme.ControlMain, 0),
		more:   kit.NewButton("", kit.Secondary, s.more).WithKey(keys.Enter).Sized(theme.ControlMain, 0),
	}
	h.title.Type = heroType(false)
	h.title.MaxLines = 2
	h.once = kit.NewButton("", kit.Secondary, s.enter).WithKey(keys.Enter).Sized(theme.ControlMain, 0)
	h.offer = recovery.New(recovery.Options{Collection: s.o.Collection, Nav: s.o.Nav, Printer: p})
	h.under = kit.Pad(kit.Insets{Top: 20}, h.offer.Object())
	h.study.Hide()
	h.more.Hide()
	h.once.Hide()
	h.under.Hide()
	words := kit.Column(0, h.date, kit.Gap(0, 4), h.title, kit.Gap(0, 6), h.detail)
	h.sheet = kit.NewSheet(kit.Sides(28, 32), kit.Column(0, kit.Row(24, kit.Middle, kit.Flex(words), h.study, h.more, h.once), h.under))
	return h
}

func heroType(small bool) kit.Type {
	if small {
		return kit.Type{Size: 30, Line: 38, Face: kit.Reading}
	}
	return kit.Type{Size: 36, Line: 46, Face: kit.Reading}
}

func (h *hero) fit(small bool) {
	h.title.Type = heroType(small)
	h.sheet.Insets = kit.Sides(28, 32)
	if small {
		h.sheet.Insets = kit.Sides(14, 24)
	}
	h.title.Refresh()
	h.sheet.Refresh()
}

func (h *hero) show(data collection.Home, back *collection.Recovery) {
	p := h.s.o.Printer
	now := h.s.o.Now()
	h.date.Set(p.LongDate(now))
	h.title.Colour = theme.Ink
	due := data.Due
	h.offer.Set(back)
	h.under.Hidden, h.once.Hidden = !h.offer.Open(), !h.offer.Open()
	h.study.Hide()
	h.more.Hide()
	switch {
	case h.offer.Open():
		h.title.Set(h.offer.Title())
		h.detail.Set(h.offer.Detail())
		h.once.Set(h.offer.AtOnce())
	case due.Total() > 0:
		h.title.Set(p.N("home.cards", due.Total()) + ", " + p.N("home.minutes", minutes(due)))
		h.detail.Set(h.what(due))
		h.study.Show()
	default:
		h.title.Set(h.allDone(data))
		h.detail.Set(h.next(data.Rest, now))
		n := min(h.s.o.NewPerStep, data.Rest.MoreNew)
		h.more.Set(p.N("home.more_new", n))
		h.more.Hidden = n == 0
	}
	h.sheet.Refresh()
}

// fail says in the sheet what could not be read.
func (h *hero) fail(err error) {
	h.title.Colour = theme.Ink
	h.title.Set(h.s.o.Printer.T("home.failed"))
	h.detail.Set(h.s.o.Printer.Fault(err))
	h.sheet.Refresh()
}

// what lists the kinds of cards that wait: "25 to review, 6 new".
func (h *hero) what(c collection.Counts) string {
	p := h.s.o.Printer
	var parts []string
	add := func(key string, n int) {
		if n > 0 {
			parts = append(parts, p.N(key, n))
		}
	}
	add("home.to_review", c.Review+c.Learning)
	add("home.new", c.New)
	add("home.unanswered", c.Unanswered)
	return strings.Join(parts, ", ")
}

func (h *hero) allDone(data collection.Home) string {
	p := h.s.o.Printer
	if data.Reviews == 0 && data.Rest.MoreNew == 0 {
		return p.T("home.nothing")
	}
	return p.T("home.done")
}

// next says what comes: steps later today, tomorrow's cards, or a later day.
func (h *hero) next(r collection.Rest, now time.Time) string {
	p := h.s.o.Printer
	switch {
	case r.Waiting > 0:
		return p.N("home.waiting", r.Waiting, "When", p.Wait(r.NextDue.Sub(now)))
	case r.Tomorrow.Total() > 0:
		return p.N("home.tomorrow", r.Tomorrow.Total())
	case !r.NextDue.IsZero():
		return p.T("home.next_day", "Date", p.Date(r.NextDue))
	default:
		return ""
	}
}

// minutes rounds up to a whole minute: nobody is done in "0 minutes".
func minutes(c collection.Counts) int { return max(1, int(math.Round(c.Minutes))) }
