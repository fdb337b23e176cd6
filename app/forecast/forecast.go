// Package forecast is the screen of the year ahead: for each retention what it
// costs a day and how much is remembered for it, and week by week the chosen one
// beside another.
package forecast

import (
	"context"
	"math"
	"reflect"
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

// Collection is what the screen reads and changes.
type Collection interface {
	Presets(context.Context) ([]collection.PresetInfo, error)
	Forecast(ctx context.Context, preset string, p collection.Progress) (collection.Forecast, error)
	ChangePreset(ctx context.Context, id string, p scheduler.Preset) error
	Subscribe(func(collection.Change)) (cancel func())
}

// Options are what the screen needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Now        func() time.Time
	Preset     string // whose decks are looked at

	Background func(func()) // runs the work; nil is a goroutine of its own

	// Later runs f after a while, unless stopped; nil is time.AfterFunc.
	Later func(d time.Duration, f func()) (stop func())
}

// patience is how long the work may take before the screen says so.
const patience = 300 * time.Millisecond

// The retentions to choose from, per cent.
const (
	least = 70
	most  = 97
)

// Screen shows the year ahead.
type Screen struct {
	o      Options
	object *fyne.Container
	margin *fyne.Container

	sentence *kit.Label // what the chosen retention means
	versus   *kit.Label // and against the other one
	source   *kit.Label // what it rests on
	slider   *kit.Slider
	cost     *kit.Chart // minutes a day, by retention
	gain     *kit.Chart // cards remembered, by retention
	minutes  *kit.Chart // a day, by week
	known    *kit.Chart // cards, by week
	sheets   []fyne.CanvasObject
	working  *fyne.Container // in their place, while there is nothing to show
	meter    *kit.Meter

	info    collection.PresetInfo
	several bool // there are other presets, so this one is named
	read    bool
	data    collection.Forecast
	ready   bool
	chosen  int // per cent
	other   int // what the chosen one is compared with

	gen    int
	stop   func()         // ends the work
	follow follow.Changes // while in front
}

// New makes the screen; it works the year out when it is shown.
func New(o Options) *Screen {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	if o.Later == nil {
		o.Later = nav.Later
	}
	s := &Screen{o: o, stop: func() {}}
	p := o.Printer
	s.sentence = kit.NewLabel("", kit.Heading, theme.Ink)
	s.sentence.Balanced = true
	s.versus = kit.NewLabel("", kit.Body, theme.Ink)
	s.source = kit.NewLabel("", kit.Caption, theme.Muted)
	s.slider = kit.NewSlider(least, most, 90, s.choose)
	s.slider.Ticks = []int{70, 75, 80, 85, 90, 95, 97}
	marks := []kit.Mark{}
	for _, v := range []int{70, 75, 80, 85, 90, 97, 95} { // the end goes before 95 where both have no room
		marks = append(marks, kit.Mark{At: float64(v - least), Text: p.Int(v)})
	}
	byRetention := func(tip func(i int) string) *kit.Chart {
		c := s.chart(tip)
		c.Marks, c.Picked = marks, func(i int) { s.slider.Set(least + i); s.choose(least + i) }
		return c
	}
	s.cost = byRetention(func(i int) string {
		return p.T("forecast.of_hundred", "N", p.Int(least+i)) + ": " + s.aDay(s.data.Curves[i].MinutesPerDay)
	})
	s.gain = byRetention(func(i int) string {
		return p.T("forecast.of_hundred", "N", p.Int(least+i)) + ": " + s.cards(s.data.Curves[i].Remembered)
	})
	s.minutes = s.chart(func(i int) string {
		return s.week(i, func(c collection.ForecastCurve) string { return s.aDay(at(c.Minutes, i)) })
	})
	s.known = s.chart(func(i int) string {
		return s.week(i, func(c collection.ForecastCurve) string { return s.cards(at(c.Known, i)) })
	})

	titled := func(key string, c *kit.Chart) fyne.CanvasObject {
		return kit.Share(1, kit.Column(4, kit.NewLabel(p.T(key), kit.Caption, theme.Muted), c))
	}
	s.sheets = []fyne.CanvasObject{
		kit.NewSheet(kit.Insets{Top: 24, Right: 32, Bottom: 20, Left: 32}, kit.Column(0,
			s.sentence, kit.Gap(0, 4), s.versus, s.source, kit.Gap(0, 16),
			s.slider, kit.Gap(0, 16),
			kit.Row(32, kit.Top, titled("forecast.cost", s.cost), titled("forecast.gain", s.gain)))),
		kit.NewSheet(kit.Insets{Top: 20, Right: 32, Bottom: 16, Left: 32},
			kit.Row(32, kit.Top, titled("forecast.minutes", s.minutes), titled("forecast.known", s.known))),
	}
	s.meter = kit.NewMeter(0)
	s.working = kit.Column(theme.Gutter)
	s.margin = kit.Pad(kit.Insets{}, s.working)
	scroll := kit.NewScroll(kit.Limit(theme.WideWidth+2*theme.Margin, s.margin))
	scroll.Ground = theme.Desk
	s.object = kit.Column(0, kit.Flex(scroll))
	s.Fit(false)
	return s
}

// chart makes a chart whose scale is of whole numbers.
func (s *Screen) chart(tip func(i int) string) *kit.Chart {
	c := kit.NewChart(func(v float64) string {
		if v != math.Trunc(v) {
			return s.o.Printer.Decimal(v)
		}
		return s.o.Printer.Int(int(v))
	})
	c.Tip = tip
	return c
}

func at(values []float64, i int) float64 { return values[min(i, len(values)-1)] }

// Fit takes the small measures in a small window.
func (s *Screen) Fit(small bool) {
	margin, high := float32(theme.Margin), float32(128)
	if small {
		margin, high = theme.MarginSmall, 104
	}
	kit.Repad(s.margin, kit.Insets{Top: 8, Right: margin, Bottom: margin, Left: margin})
	for _, c := range []*kit.Chart{s.cost, s.gain, s.minutes, s.known} {
		c.High = high
	}
	s.object.Refresh()
}

// Shown works the year out, now and after each change of the settings.
func (s *Screen) Shown() {
	s.follow.Hear(s.o.Collection.Subscribe, func(c collection.Change) {
		if c.Settings || c.Decks || c.All {
			s.Reload()
		}
	})
	s.Reload()
}

// Hidden gives the work up.
func (s *Screen) Hidden() {
	s.gen++
	s.stop()
	s.follow.Stop()
}

// Reload reads the preset and works out anew what it changes; another retention
// lies on the same curves.
func (s *Screen) Reload() {
	if !s.follow.On() {
		return // hidden since
	}
	s.o.Background(func() {
		all, err := s.o.Collection.Presets(context.Background())
		fyne.Do(func() {
			switch {
			case !s.follow.On():
			case err != nil:
				s.fail(err)
			default:
				s.take(all)
			}
		})
	})
}

// take shows the preset as it is now.
func (s *Screen) take(all []collection.PresetInfo) {
	info := all[0]
	for _, i := range all {
		if i.ID == s.o.Preset {
			info = i
		}
	}
	before := s.info
	before.Preset.Retention = info.Preset.Retention
	same := s.ready && reflect.DeepEqual(before, info)
	s.info, s.several = info, len(all) > 1
	if now := s.current(); !s.read {
		s.read, s.chosen, s.other = true, now, now
		s.slider.Set(now)
	}
	if same {
		s.say()
	} else {
		s.work()
	}
	s.o.Nav.RefreshBar()
}

// current is the preset's own retention, as far as the curves go.
func (s *Screen) current() int {
	return min(max(int(math.Round(100*s.info.Preset.Retention)), least), most)
}

// work simulates the year in the background; the old curves stay meanwhile.
func (s *Screen) work() {
	s.gen++
	s.stop()
	ctx, cancel := context.WithCancel(context.Background())
	gen := s.gen
	quiet := func() {}
	if !s.ready {
		quiet = s.o.Later(patience, s.showWork)
	}
	s.stop = func() { cancel(); quiet() }
	id := s.info.ID
	s.o.Background(func() {
		data, err := s.o.Collection.Forecast(ctx, id, s.meter.Count)
		fyne.Do(func() {
			defer cancel()
			if gen != s.gen {
				return
			}
			quiet()
			if err != nil {
				s.fail(err)
				return
			}
			s.show(data)
		})
	})
}

// showWork says that the work takes long.
func (s *Screen) showWork() {
	p := s.o.Printer
	s.working.Objects = []fyne.CanvasObject{kit.NewSheet(kit.Sides(24, 32), kit.Column(12,
		kit.NewLabel(p.T("forecast.working"), kit.Heading, theme.Ink), s.meter,
		kit.Row(0, kit.Middle, kit.Spring(), kit.NewButton(p.T("forecast.stop"), kit.Quiet, s.o.Nav.Back).WithKey(keys.Esc)))),
	}
	s.object.Refresh()
}

func (s *Screen) fail(err error) {
	p := s.o.Printer
	s.ready = false
	again := kit.NewButton(p.T("forecast.again"), kit.Secondary, s.Reload)
	s.working.Objects = []fyne.CanvasObject{kit.NewErrorLine(p.Fault(err), err.Error(), again)}
	s.o.Nav.RefreshBar()
	s.object.Refresh()
}

func (s *Screen) show(data collection.Forecast) {
	p := s.o.Printer
	s.data, s.ready = data, len(data.Curves) > 0
	if data.Cards == 0 || !s.ready {
		s.ready = false
		s.working.Objects = []fyne.CanvasObject{kit.NewSheet(kit.Sides(28, 32), kit.NewLabel(p.T("forecast.empty"), kit.Heading, theme.Ink))}
		s.object.Refresh()
		return
	}
	s.working.Objects = s.sheets
	cost, gain := make([]float64, len(data.Curves)), make([]float64, len(data.Curves))
	for i, c := range data.Curves {
		cost[i], gain[i] = c.MinutesPerDay, c.Remembered
	}
	s.cost.Lines, s.gain.Lines = []kit.Line{{Values: cost, Strong: true}}, []kit.Line{{Values: gain, Strong: true}}
	now := s.o.Now()
	s.minutes.Marks = []kit.Mark{{Text: p.T("forecast.today")}}
	for m := time.Month(2); m <= 12; m += 2 {
		first := time.Date(now.Year(), now.Month()+m, 1, 0, 0, 0, 0, now.Location())
		s.minutes.Marks = append(s.minutes.Marks, kit.Mark{At: first.Sub(now).Hours() / 24 / 7, Text: p.MonthName(first.Month())})
	}
	s.known.Marks = s.minutes.Marks
	s.say()
	s.o.Nav.RefreshBar()
}

func (s *Screen) curve(percent int) collection.ForecastCurve {
	return s.data.Curves[min(max(0, percent-least), len(s.data.Curves)-1)]
}

// choose shows another retention.
func (s *Screen) choose(percent int) {
	s.chosen = percent
	if s.ready {
		s.say()
		s.o.Nav.RefreshBar()
	}
}

// say writes the sentences and the lines of the chosen retention.
func (s *Screen) say() {
	if !s.ready {
		return
	}
	p := s.o.Printer
	c, o := s.curve(s.chosen), s.curve(s.other)
	s.sentence.Set(p.N("forecast.sentence", s.data.Cards, "Want", p.Int(s.chosen), "Known", p.Int(round(c.Remembered)), "Time", s.aDay(c.MinutesPerDay)))
	s.versus.Hide()
	if s.chosen != s.other {
		s.versus.Show()
		s.versus.Set(p.T("forecast.versus", "Other", p.Int(s.other),
			"Time", s.more("forecast.minutes_more", "forecast.minutes_less", round(c.MinutesPerDay)-round(o.MinutesPerDay), "forecast.same_time"),
			"Known", s.more("forecast.cards_more", "forecast.cards_less", round(c.Remembered)-round(o.Remembered), "forecast.same_cards")))
	}
	s.source.Set(p.N("forecast.own", s.data.Answers))
	if !s.data.Own {
		s.source.Set(p.N("forecast.not_own", s.data.Answers))
	}
	i := s.chosen - least
	s.cost.Lines[0].Name, s.gain.Lines[0].Name = p.N("forecast.min", round(c.MinutesPerDay)), s.cards(c.Remembered)
	if c.MinutesPerDay < 3 {
		s.cost.Lines[0].Name = p.T("forecast.min_part", "N", p.Decimal(c.MinutesPerDay))
	}
	s.cost.Chosen, s.gain.Chosen = i, i
	s.minutes.Lines = []kit.Line{{Values: c.Minutes, Strong: true}}
	s.known.Lines = []kit.Line{{Values: c.Known, Strong: true}}
	if s.chosen != s.other {
		for _, x := range []struct {
			chart  *kit.Chart
			values []float64
		}{{s.minutes, o.Minutes}, {s.known, o.Known}} {
			x.chart.Lines[0].Name = p.T("forecast.of_hundred", "N", p.Int(s.chosen))
			x.chart.Lines = append(x.chart.Lines, kit.Line{Values: x.values, Name: p.T("forecast.of_hundred", "N", p.Int(s.other))})
		}
	}
	s.object.Refresh()
	for _, c := range []*kit.Chart{s.cost, s.gain, s.minutes, s.known} {
		c.Refresh()
	}
}

func round(x float64) int { return int(math.Round(x)) }

// aDay writes minutes a day.
func (s *Screen) aDay(minutes float64) string {
	if minutes > 0 && minutes < 0.5 {
		return s.o.Printer.T("forecast.under_a_day")
	}
	return s.o.Printer.N("forecast.a_day", round(minutes))
}

// cards writes a number of cards.
func (s *Screen) cards(n float64) string { return s.o.Printer.N("forecast.cards", round(n)) }

// more writes a difference in words.
func (s *Screen) more(more, less string, by int, same string) string {
	switch {
	case by > 0:
		return s.o.Printer.N(more, by)
	case by < 0:
		return s.o.Printer.N(less, -by)
	}
	return s.o.Printer.T(same)
}

// week is the sentence for a week of the chosen retention, and of the other one.
func (s *Screen) week(i int, value func(collection.ForecastCurve) string) string {
	p := s.o.Printer
	text := p.T("forecast.week_of", "Date", p.DateFrom(s.o.Now(), s.o.Now().AddDate(0, 0, 7*i)), "Value", value(s.curve(s.chosen)))
	if s.chosen != s.other {
		text += "; " + p.T("forecast.against", "Other", p.Int(s.other), "Value", value(s.curve(s.other)))
	}
	return text
}

// compare takes the chosen retention as what others are compared with.
func (s *Screen) compare() {
	s.other = s.chosen
	s.say()
	s.o.Nav.RefreshBar()
}

// keep makes the chosen retention the preset's own.
func (s *Screen) keep() {
	if !s.ready || s.chosen == s.current() {
		return
	}
	next := s.info.Preset
	next.Retention = float64(s.chosen) / 100
	if err := s.o.Collection.ChangePreset(context.Background(), s.info.ID, next); err != nil {
		s.o.Nav.Error(err)
		return
	}
	p := s.o.Printer
	s.o.Nav.Toast(p.T("forecast.taken", "N", p.Int(s.chosen)), nav.Action{Text: p.T("forecast.undo"), Key: keys.CtrlZ, Do: s.o.Nav.Undo})
	s.Reload()
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar {
	p := s.o.Printer
	b := nav.Bar{Title: p.T("forecast.title")}
	if s.several {
		if b.Subtitle = s.info.Name; b.Subtitle == "" {
			b.Subtitle = p.T("forecast.common")
		}
	}
	if s.ready && s.chosen != s.other {
		b.Actions = append(b.Actions, kit.NewButton(p.T("forecast.compare", "N", p.Int(s.chosen)), kit.Quiet, s.compare).WithKey(keys.CtrlK))
	}
	if s.ready && s.chosen != s.current() {
		b.Actions = append(b.Actions, kit.NewButton(p.T("forecast.take", "N", p.Int(s.chosen)), kit.Primary, s.keep).WithKey(keys.CtrlEnter))
	}
	return b
}

// Key moves through the retentions.
func (s *Screen) Key(k keys.Key) bool {
	if !s.ready {
		return false
	}
	switch k {
	case keys.CtrlEnter:
		s.keep()
		return true
	case keys.CtrlK:
		s.compare()
		return true
	}
	return s.slider.Press(k)
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	p := s.o.Printer
	return []nav.Hint{
		{Keys: []keys.Key{keys.Left, keys.Right}, Text: p.T("forecast.key_one")},
		{Keys: []keys.Key{keys.ShiftLeft, keys.ShiftRight}, Text: p.T("forecast.key_five")},
		{Keys: []keys.Key{keys.CtrlK}, Text: p.T("forecast.key_compare")},
		{Keys: []keys.Key{keys.CtrlEnter}, Text: p.T("forecast.key_take")},
	}
}

// CanLeave is for nav.Screen.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }
