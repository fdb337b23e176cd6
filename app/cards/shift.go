package cards

import (
	"context"
	"math"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/decks/collection"
)

// shiftMenu offers to move the days of all cards of the present deck: later,
// earlier, evenly, around days without study.
func (s *Screen) shiftMenu(at fyne.CanvasObject) {
	p := s.o.Printer
	item := func(kind, icon string) nav.Action {
		return nav.Action{Text: p.T("cards.shift_" + kind), Icon: icon, Do: func() { newShift(s, kind).open() }}
	}
	s.o.Nav.Menu(at, []nav.Action{
		item(collection.ShiftPostpone, "calendar-blank"), item(collection.ShiftAdvance, "play"),
		item(collection.ShiftSpread, "gauge"), item(collection.ShiftBreak, "pause"),
	})
}

// shift is the form of one way to move days. It shows what it will do as the
// number is typed.
type shift struct {
	s        *Screen
	kind     string
	scope    collection.Scope
	field    *kit.Field
	sentence *kit.Label
	detail   *kit.Label
	chart    *kit.Chart
	body     *fyne.Container
	plan     collection.ShiftPlan
	n        int // of the plan; 0: there is none
	gen      int
	cancel   context.CancelFunc
}

// usualShift are the numbers that stand in the field at first.
var usualShift = map[string]int{collection.ShiftPostpone: 10, collection.ShiftAdvance: 10, collection.ShiftSpread: 20, collection.ShiftBreak: 3}

func newShift(s *Screen, kind string) *shift {
	p := s.o.Printer
	f := &shift{s: s, kind: kind, scope: s.query.Scope, cancel: func() {}}
	f.sentence, f.detail = kit.NewLabel("…", kit.Body, theme.Ink), kit.NewLabel("", kit.Caption, theme.Muted)
	f.field = kit.NewField(strconv.Itoa(usualShift[kind]), "", func(string) { f.count() })
	f.chart = kit.NewChart(func(v float64) string { return p.Int(int(math.Round(v))) })
	f.chart.High, f.chart.Tip = 120, f.tip
	f.chart.Hide()
	f.body = kit.Column(0,
		kit.NewText(p.T("cards.shift_ask_"+kind), kit.Caption, theme.Muted), kit.Gap(0, 6),
		kit.Row(0, kit.Middle, kit.Fixed(240, 0, f.field), kit.Spring()), kit.Gap(0, 16),
		f.sentence, kit.Gap(0, 4), f.detail, f.chart)
	return f
}

func (f *shift) open() {
	p := f.s.o.Printer
	title := p.T("cards.shift_" + f.kind)
	if f.scope.Deck != "" {
		title = strings.TrimSuffix(title, "…") + ": " + f.s.chips.name(f.scope)
	}
	f.count()
	f.s.o.Nav.Form(nav.Form{
		Title: strings.TrimSuffix(title, "…"), Content: f.body, First: f.field.Focusable(), Save: p.T("cards.shift_yes"),
		Keep: func() error {
			if f.n == 0 || len(f.plan.Cards) == 0 {
				return nil // nothing moves
			}
			n := f.n
			f.s.run(p.N("cards.shift_done", len(f.plan.Cards)), func(ctx context.Context) error {
				return f.s.o.Collection.Shift(ctx, f.scope, f.kind, n)
			})
			return nil
		},
	})
}

// count works out what the number in the field would do.
func (f *shift) count() {
	f.cancel()
	f.gen++
	gen := f.gen
	n, err := strconv.Atoi(strings.TrimSpace(f.field.Text()))
	if err != nil || n < 1 || n > 10_000 {
		f.n = 0
		f.show(f.s.o.Printer.T("cards.shift_hint"), "")
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	f.cancel = cancel
	f.s.o.Background(func() {
		plan, err := f.s.o.Collection.PlanShift(ctx, f.scope, f.kind, n)
		fyne.Do(func() {
			if gen != f.gen {
				return
			}
			if err != nil {
				f.n = 0
				f.show(f.s.o.Printer.Fault(err), "")
				return
			}
			f.plan, f.n = plan, n
			f.draw()
			f.show(f.words())
		})
	})
}

func (f *shift) show(sentence, detail string) {
	f.sentence.Set(sentence)
	f.detail.Set(detail)
	f.chart.Hidden = f.n == 0 || len(f.plan.Cards) == 0
	kit.Relayout(f.body)
}

// words say what will be done, and how much it costs.
func (f *shift) words() (sentence, detail string) {
	p, plan := f.s.o.Printer, &f.plan
	moved := len(plan.Cards)
	if moved == 0 {
		return p.T("cards.shift_nothing"), ""
	}
	switch f.kind {
	case collection.ShiftSpread:
		most := func(days []int) (n int) {
			for _, d := range days {
				n = max(n, d)
			}
			return n
		}
		sentence = p.T("cards.shift_most", "Before", p.Int(most(plan.Before)), "After", p.Int(most(plan.After)))
	case collection.ShiftBreak:
		free := 0
		for _, d := range plan.After[1:min(len(plan.After), f.n+1)] {
			free += d
		}
		sentence = p.N("cards.shift_away", f.n, "Left", p.Int(free))
	default:
		sentence = p.T("cards.shift_today", "Before", p.Int(plan.Before[0]), "After", p.Int(plan.After[0]))
	}
	detail = p.N("cards.shift_moved", moved)
	if f.kind == collection.ShiftPostpone || f.kind == collection.ShiftAdvance {
		detail += " " + p.N("cards.shift_safe", plan.Safe)
	}
	return sentence, detail
}

// draw sets the days before and after beside each other.
func (f *shift) draw() {
	p := f.s.o.Printer
	line := func(days []int) []float64 {
		out := make([]float64, len(days))
		for i, n := range days {
			out[i] = float64(n)
		}
		return out
	}
	last := len(f.plan.Before) - 1
	f.chart.Marks = []kit.Mark{{At: 0, Text: p.T("cards.today")}, {At: float64(last) / 2, Text: f.date(last / 2)}, {At: float64(last), Text: f.date(last)}}
	f.chart.Set(kit.Line{Values: line(f.plan.After), Name: p.T("cards.shift_after"), Strong: true},
		kit.Line{Values: line(f.plan.Before), Name: p.T("cards.shift_before")})
}

func (f *shift) date(days int) string {
	now := f.s.o.Now()
	return f.s.o.Printer.Date(time.Date(now.Year(), now.Month(), now.Day()+days, 12, 0, 0, 0, now.Location()))
}

func (f *shift) tip(i int) string {
	if i >= len(f.plan.Before) || i >= len(f.plan.After) {
		return ""
	}
	p := f.s.o.Printer
	return p.T("cards.shift_tip", "Date", f.date(i), "Before", p.Int(f.plan.Before[i]), "After", p.Int(f.plan.After[i]))
}
