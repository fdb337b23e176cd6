package home

import (
	"time"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/scheduler"
)

// days are the two sheets at the right: the week that comes, the days studied.
type days struct {
	p        *i18n.Printer
	week     *kit.Sheet
	calendar *kit.Sheet
	bars     *kit.Bars
	heat     *kit.Heatmap
	studied  *kit.Text
	weeks    int
}

const (
	weeksWide  = 16
	weeksSmall = 12
)

func newDays(p *i18n.Printer) *days {
	d := &days{p: p, weeks: weeksWide}
	d.bars = kit.NewBars(nil, nil)
	d.heat = kit.NewHeatmap(nil, p.MonthName, p.Weekday, nil)
	d.studied = kit.NewText("", kit.Caption, theme.Muted)
	head := func(left string, right *kit.Text) *kit.Sheet {
		return kit.NewSheet(kit.Insets{}, kit.Row(8, kit.Middle, kit.NewText(left, kit.Caption, theme.Muted), kit.Spring(), right))
	}
	weekHead := head(p.T("home.week"), kit.NewText(p.T("home.per_day"), kit.Caption, theme.Muted)).Content
	calHead := head(p.T("home.calendar"), d.studied).Content
	in := kit.Insets{Top: 20, Right: 24, Bottom: 16, Left: 24}
	d.week = kit.NewSheet(in, kit.Column(12, weekHead, d.bars))
	d.calendar = kit.NewSheet(in, kit.Column(12, calHead, d.heat))
	return d
}

func (d *days) fit(small bool) {
	in := kit.Insets{Top: 20, Right: 24, Bottom: 16, Left: 24}
	d.weeks, d.bars.High = weeksWide, 65
	if small {
		in = kit.Insets{Top: 14, Right: 20, Bottom: 12, Left: 20}
		d.weeks, d.bars.High = weeksSmall, 46
	}
	d.week.Insets, d.calendar.Insets = in, in
	d.week.Refresh()
	d.calendar.Refresh()
}

func (d *days) show(data collection.Home, stats collection.Stats) {
	p := d.p
	bars := make([]kit.Bar, len(data.Week))
	for i, n := range data.Week {
		day := data.Today + scheduler.Day(i)
		date := dateOf(int(day))
		bars[i] = kit.Bar{
			Value: float64(n), Text: p.Int(n), Label: p.Weekday(date.Weekday()), Strong: i == 0,
			Tip: p.N("home.bar_tip", n, "Date", p.Date(date)),
		}
	}
	d.bars.Set(bars)

	byDay := map[int]collection.DayStat{}
	for _, s := range stats.Days {
		byDay[int(s.Day)] = s
	}
	today := int(data.Today)
	first := today - 7*d.weeks + 1
	first -= weekday(first) // from a Monday
	var cells []kit.Day
	studied := 0
	for day := first; day <= today; day++ {
		date := dateOf(day)
		s := byDay[day]
		if s.Reviews > 0 {
			studied++
		}
		cells = append(cells, kit.Day{Date: date, Level: level(s.Reviews), Tip: p.N("home.day_tip", s.Reviews, "Date", p.Date(date))})
	}
	d.heat.Set(cells)
	d.studied.Set(p.N("home.days_studied", studied))
}

// weekday counts from Monday; day 0 of the calendar was a Thursday.
func weekday(day int) int { return ((day+3)%7 + 7) % 7 }

// level is the shade of a day: four steps that an ordinary week spreads over.
func level(reviews int) int {
	switch {
	case reviews == 0:
		return 0
	case reviews < 10:
		return 1
	case reviews < 30:
		return 2
	case reviews < 80:
		return 3
	default:
		return 4
	}
}

// dateOf is the date a study day bears.
func dateOf(day int) time.Time {
	y, m, d := scheduler.Day(day).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
