package exam

import (
	"math"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"lectern/app/exam/standing"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/decks/collection"
	"lectern/scheduler"
)

// answer is the sheet at the right: how much will be recalled on the day, how
// that comes about by the plan and without it, and the stages of the plan.
type answer struct {
	s      *Screen
	sheet  *kit.Sheet
	body   *fyne.Container
	scroll *kit.Scroll // of the chart and the stages; the number stays

	lead   *kit.Text
	number *kit.Label
	detail *kit.Label
	raise  *kit.Button
	failed *fyne.Container
	chart  *kit.Chart
	stages *fyne.Container
	plan   collection.ExamPlan
	rest   *fyne.Container // what is there only with a plan
}

func newAnswer(s *Screen) *answer {
	p := s.o.Printer
	a := &answer{s: s, failed: kit.Column(0), stages: kit.Row(24, kit.Top)}
	a.lead = kit.NewText(p.T("exam.recall"), kit.Body, theme.Muted)
	a.number = kit.NewLabel("…", kit.Title.At(36, 46), theme.Muted)
	a.detail = kit.NewLabel("", kit.Body, theme.Muted)
	a.raise = kit.NewButton("", kit.Secondary, func() { s.left.raise(a.plan.NeedMinutes) }).Sized(theme.ControlSmall, 0)
	a.raise.Hide()
	a.chart = kit.NewChart(func(v float64) string { return strconv.Itoa(int(math.Round(v))) })
	a.chart.Shaded, a.chart.Top, a.chart.High, a.chart.Tip = true, 100, 260, a.tip
	a.scroll = kit.NewScroll(kit.Column(0, kit.Gap(0, 12), a.chart, kit.Gap(0, 16), kit.Rule(), kit.Gap(0, 16), a.stages))
	a.scroll.Ground = theme.Paper
	a.rest = kit.Flex(a.scroll)
	a.rest.Hide()
	a.body = kit.Column(0, a.lead, kit.Gap(0, 4), a.number, kit.Gap(0, 4),
		kit.Row(16, kit.Middle, kit.Flex(a.detail), a.raise), a.failed, a.rest)
	a.sheet = kit.NewSheet(kit.Insets{}, a.body)
	a.fit()
	return a
}

func (a *answer) fit() {
	a.sheet.Insets = kit.Insets{Top: 28, Right: 32, Bottom: 28, Left: 32}
	a.chart.High, a.number.Type = 296, kit.Title.At(36, 46)
	if a.s.small {
		a.sheet.Insets = kit.Insets{Top: 16, Right: 24, Bottom: 16, Left: 24}
		a.chart.High, a.number.Type = 190, kit.Title.At(30, 38)
	}
	a.sheet.Refresh()
}

// wait stands while there is nothing to plan yet.
func (a *answer) wait(why string) {
	a.failed.Objects = nil
	a.rest.Hide()
	a.raise.Hide()
	a.number.Colour = theme.Muted
	a.number.Set("…")
	a.detail.Set(why)
	a.sheet.Refresh()
	a.s.object.Refresh()
}

// busy says that a plan takes its time; the one before stays.
func (a *answer) busy(on bool) {
	text := a.s.o.Printer.T("exam.recall")
	if on {
		text = a.s.o.Printer.T("exam.counting")
	}
	a.lead.Set(text)
}

// fail says in the place of the number what could not be counted.
func (a *answer) fail(err error) {
	a.wait("")
	a.failed.Objects = []fyne.CanvasObject{kit.NewErrorLine(a.s.o.Printer.Fault(err), err.Error(), nil)}
	a.sheet.Refresh()
	a.s.object.Refresh()
}

// show shows a plan.
func (a *answer) show(plan collection.ExamPlan) {
	p := a.s.o.Printer
	a.plan = plan
	a.failed.Objects = nil
	of := standing.Of100(plan.Expected)
	a.number.Colour = theme.Ink
	if !plan.Feasible {
		a.number.Colour = theme.GradeHard
	}
	a.number.Set(p.T("exam.of_100", "N", of))
	a.number.Refresh()
	a.detail.Set(a.sentence())
	a.raise.Hidden = !a.canRaise()
	a.raise.Set(p.T("exam.raise", "N", plan.NeedMinutes))
	a.draw()
	a.stage()
	a.rest.Show()
	a.sheet.Refresh()
}

// canRaise tells whether more minutes a day would do.
func (a *answer) canRaise() bool { return !a.plan.Feasible && a.plan.NeedMinutes > a.plan.Exam.Minutes }

// sentence says what the number costs, or why it is no better.
func (a *answer) sentence() string {
	p, plan := a.s.o.Printer, &a.plan
	switch {
	case a.canRaise():
		return p.N("exam.too_little", plan.Exam.Minutes, "Of", standing.Of100(plan.Expected)) + " " + p.N("exam.need", plan.NeedMinutes)
	case !plan.Feasible:
		return p.T("exam.too_late", "Goal", standing.Of100(plan.Exam.Goal), "Best", standing.Of100(max(plan.Best, plan.Expected)))
	}
	today := p.T("exam.today_free")
	if plan.Today > 0 {
		today = p.T("exam.today_cards", "Cards", p.N("home.cards", plan.Today), "Minutes", p.N("exam.minutes_long", max(1, int(math.Round(plan.TodayMinutes)))))
	}
	return today + " " + p.T("exam.without", "Of", standing.Of100(plan.Without))
}

// draw sets the two curves.
func (a *answer) draw() {
	p, plan := a.s.o.Printer, &a.plan
	hundred := func(curve []float64) []float64 {
		out := make([]float64, len(curve))
		for i, v := range curve {
			out[i] = 100 * v
		}
		return out
	}
	a.chart.Low = a.floor()
	last := len(plan.Curve) - 1
	today := a.s.o.Today()
	a.chart.Marks = []kit.Mark{{At: 0, Text: p.T("exam.mark_today")}}
	if last >= 9 {
		for _, at := range []int{last / 3, 2 * last / 3} {
			a.chart.Marks = append(a.chart.Marks, kit.Mark{At: float64(at), Text: p.Date(standing.DateOf(today + scheduler.Day(at)))})
		}
	}
	a.chart.Marks = append(a.chart.Marks, kit.Mark{At: float64(last), Text: p.Date(standing.DateOf(plan.Exam.Day))})
	a.chart.Chosen = last
	a.chart.Set(
		kit.Line{Values: hundred(plan.Curve), Name: p.T("exam.by_plan", "N", standing.Of100(plan.Expected)), Strong: true},
		kit.Line{Values: hundred(plan.CurveWithout), Name: p.T("exam.as_now", "N", standing.Of100(plan.Without))})
}

// floor is the lower end of the scale: a little below both curves, and so that
// the scale ends at 100 with lines a finger apart.
func (a *answer) floor() float64 {
	low := 1.0
	for _, v := range append(slices.Clone(a.plan.Curve), a.plan.CurveWithout...) {
		low = min(low, v)
	}
	const apart = 44
	step := 10.0
	if low = 100*low - 5; (100-low)/step > float64(a.chart.High/apart) {
		step = 20
	}
	return max(0, step*math.Floor(low/step))
}

// tip says what the curves show for a day.
func (a *answer) tip(i int) string {
	plan := &a.plan
	if i >= len(plan.Curve) || i >= len(plan.CurveWithout) {
		return ""
	}
	return a.s.o.Printer.T("exam.tip", "Date", a.s.o.Printer.Date(standing.DateOf(a.s.o.Today()+scheduler.Day(i))),
		"Plan", standing.Of100(plan.Curve[i]), "Without", standing.Of100(plan.CurveWithout[i]))
}

// stage sets the three parts of the plan with their dates.
func (a *answer) stage() {
	p := a.s.o.Printer
	a.stages.Objects = nil
	add := func(title, text string) {
		a.stages.Add(kit.Share(1, kit.Column(4, kit.NewLabel(title, kit.Caption, theme.Muted), kit.NewLabel(text, kit.Body, theme.Ink))))
	}
	for _, st := range a.plan.Stages {
		until := p.Date(standing.DateOf(st.To))
		switch st.Kind {
		case "learn":
			add(p.T("exam.learn"), p.T("exam.until", "Date", until))
		case "review":
			add(p.T("exam.review"), p.T("exam.as_usual", "Date", until))
		case "last":
			add(p.N("exam.last", int(st.To-st.From)+1), p.T("exam.weak_first"))
		}
	}
}

// ask stands instead of a plan whose day has come: how did it go?
func (a *answer) ask() {
	p := a.s.o.Printer
	a.lead.Set(p.T("exam.was_on", "Date", p.Date(standing.DateOf(a.s.exam.Day))))
	a.number.Colour = theme.Ink
	a.number.Set(p.T("exam.how"))
	if a.s.exam.Day == a.s.o.Today() {
		a.number.Set(p.T("exam.today") + ". " + p.T("exam.how_today"))
	}
	a.detail.Set(p.T("exam.how_why"))
	a.rest.Hide()
	button := func(key string, n int) *kit.Button {
		return kit.NewButton(p.T(key), kit.Secondary, func() { a.went(n) }).WithKey(keyOf(n))
	}
	a.failed.Objects = []fyne.CanvasObject{kit.Gap(0, 20), kit.Row(12, kit.Middle,
		button("exam.well", 1), button("exam.badly", 2), kit.NewButton(p.T("exam.skip"), kit.Quiet, func() { a.went(3) }).WithKey(keyOf(3)), kit.Spring())}
	a.sheet.Refresh()
}

// went folds the plan away. After a bad exam the weakest cards are offered.
func (a *answer) went(how int) bool {
	s := a.s
	switch how {
	case 1:
		s.end("exam.went_well")
	case 2:
		s.end("exam.went_badly", nav.Action{Text: s.o.Printer.T("exam.repeat_weak"), Do: s.o.Weak})
	case 3:
		s.end("exam.dropped", s.undo())
	default:
		return false
	}
	return true
}

func keyOf(digit int) keys.Key { return keys.Key(strconv.Itoa(digit)) }
