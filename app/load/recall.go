package load

import (
	"context"
	"math"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/collection"
	"lectern/scheduler"
)

// The slider's ends, per cent, and the number above which it says that more is
// dear. The curve goes as far as the outlook does, to 97.
const (
	least = 70
	most  = 99
	dear  = 95
	usual = 90 // what dearness is measured against
)

// recall is the sheet of the one choice: how much to remember, and the minutes
// it takes.
type recall struct {
	s      *Screen
	sheet  *kit.Sheet
	slider *kit.Slider
	want   *kit.Text  // "90 of 100"
	takes  *kit.Text  // "This takes", or "Usually this takes"
	cost   *kit.Text  // "7 minutes a day"
	why    *kit.Label // where the minutes come from
	failed *fyne.Container

	outlook collection.Outlook
	known   bool // outlook was worked out
	gen     int
	cancel  func() // stops the work
	pending func() // stops the wait before the number is kept; nil: it is kept
}

func newRecall(s *Screen) *recall {
	p := s.o.Printer
	r := &recall{s: s, cancel: func() {}, failed: kit.Column(0)}
	r.failed.Hide()
	r.want, r.cost = kit.NewText("…", kit.Title, theme.Ink), kit.NewText("…", kit.Title, theme.Muted)
	r.takes = kit.NewText(p.T("load.takes"), kit.Body, theme.Muted)
	r.takes.Align, r.cost.Align = fyne.TextAlignTrailing, fyne.TextAlignTrailing
	r.why = kit.NewLabel(" ", kit.Caption, theme.Muted)
	r.slider = kit.NewSlider(least, most, usual, func(int) { r.moved() })
	r.slider.Ticks, r.slider.Dear = []int{70, 75, 80, 85, 90, 95, 97, 99}, dear
	r.slider.Cost = r.label
	r.sheet = kit.NewSheet(kit.Insets{Top: 28, Right: 40, Bottom: 24, Left: 40}, kit.Column(0,
		kit.Row(16, kit.Top,
			kit.Column(4, kit.NewText(p.T("load.want"), kit.Body, theme.Muted), r.want), kit.Spring(),
			kit.Column(4, r.takes, r.cost)),
		kit.Gap(0, 20), r.slider, kit.Gap(0, 12), r.why, r.failed))
	s.shows = append(s.shows, r.show)
	return r
}

// show takes the preset's retention, unless the hand is just moving it.
func (r *recall) show(p scheduler.Preset) {
	if r.pending == nil {
		r.slider.Set(percent(p.Retention))
	}
	r.say()
}

func percent(share float64) int { return int(math.Round(100 * share)) }

// moved shows the new number at once and keeps it when the hand rests.
func (r *recall) moved() {
	r.say()
	if r.pending != nil {
		r.pending()
	}
	r.pending = r.s.o.Later(settle, r.keep)
}

// keep keeps the number on the slider.
func (r *recall) keep() {
	if r.pending == nil {
		return
	}
	r.pending()
	r.pending = nil
	want := r.slider.Value
	if want != percent(r.s.preset.Retention) && !r.s.change(func(p *scheduler.Preset) { p.Retention = float64(want) / 100 }) {
		r.show(r.s.preset)
	}
}

// compute works the outlook out anew; the old one stays meanwhile.
func (r *recall) compute() {
	r.stop()
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel = cancel
	gen, id := r.gen, r.s.id
	r.s.o.Background(func() {
		o, err := r.s.o.Collection.Outlook(ctx, id, nil)
		fyne.Do(func() {
			defer cancel()
			if gen != r.gen {
				return
			}
			r.failed.Objects = nil
			r.failed.Hide()
			if err != nil {
				r.failed.Objects = []fyne.CanvasObject{kit.Pad(kit.Insets{Top: 8}, kit.NewErrorLine(r.s.o.Printer.T("load.no_outlook"), err.Error(), nil))}
				r.failed.Show()
			} else {
				r.outlook, r.known = o, true
				curve := make([]float64, len(o.Points))
				for i := range curve {
					curve[i] = o.Points[i].MinutesPerDay
				}
				r.slider.SetCurve(curve)
			}
			r.say()
			r.s.object.Refresh()
		})
	})
}

// stop gives up the work that is under way.
func (r *recall) stop() {
	r.gen++
	r.cancel()
}

// at is the outlook for a number; further than it goes there is the last one.
func (r *recall) at(v int) (o collection.OutlookPoint, beyond bool) {
	i := min(max(0, v-least), len(r.outlook.Points)-1)
	return r.outlook.Points[i], v-least > i
}

// minutes writes a number's minutes with a key of the catalogue.
func (r *recall) minutes(key string, v int) string {
	if !r.known || len(r.outlook.Points) == 0 {
		return ""
	}
	at, _ := r.at(v)
	return r.s.o.Printer.N(key, int(math.Round(at.MinutesPerDay)))
}

// label writes a number's minutes on the curve; where they are few, with a digit
// after the point, or a rising curve would seem to stay.
func (r *recall) label(v int) string {
	if !r.known || len(r.outlook.Points) == 0 {
		return ""
	}
	at, _ := r.at(v)
	if at.MinutesPerDay < 3 {
		return r.s.o.Printer.T("load.min_part", "N", r.s.o.Printer.Decimal(at.MinutesPerDay))
	}
	return r.minutes("load.min", v)
}

// say writes the sentences for the number on the slider.
func (r *recall) say() {
	p := r.s.o.Printer
	v := r.slider.Value
	r.want.Set(p.T("load.of_hundred", "N", p.Int(v)))
	if !r.known || len(r.outlook.Points) == 0 {
		return
	}
	at, beyond := r.at(v)
	text := r.minutes("load.a_day", v)
	switch {
	case beyond:
		text = r.minutes("load.over_a_day", v)
	case at.MinutesPerDay > 0 && at.MinutesPerDay < 0.5:
		text = p.T("load.under_a_day")
	}
	ink, takes := theme.Ink, p.T("load.takes")
	if !r.outlook.Own {
		takes = p.T("load.usually_takes")
	}
	why, whyInk := p.N("load.own", r.outlook.Answers), theme.Muted
	if !r.outlook.Own {
		why = p.N("load.not_own", r.outlook.Answers)
	}
	if base, _ := r.at(usual); v > dear && base.MinutesPerDay > 0 && at.MinutesPerDay > base.MinutesPerDay {
		why, whyInk, ink = p.T("load.dear", "Times", p.Decimal(at.MinutesPerDay/base.MinutesPerDay)), theme.GradeHard, theme.GradeHard
	}
	r.cost.Colour, r.cost.Text = ink, text
	r.takes.Set(takes)
	r.why.Colour, r.why.Text = whyInk, why
	r.cost.Refresh()
	r.why.Refresh()
	r.sheet.Refresh()
}
