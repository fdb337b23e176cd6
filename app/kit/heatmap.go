package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"lectern/app/keys"
	"lectern/app/theme"
)

// Day is one day of a calendar of study.
type Day struct {
	Date  time.Time
	Level int    // 0 nothing, 1 to 4 ever more
	Tip   string // the sentence under the pointer
}

// Heatmap is a year of study days: columns are weeks from Monday, the last day
// is the last cell. It tells when one studied, and counts no streaks.
type Heatmap struct {
	control
	Days    []Day // consecutive, the latest last
	Month   func(time.Month) string
	Weekday func(time.Weekday) string
	Opened  func(i int) // may be nil

	over int
}

// NewHeatmap makes a calendar; month and weekday give short names.
func NewHeatmap(days []Day, month func(time.Month) string, weekday func(time.Weekday) string, opened func(int)) *Heatmap {
	h := &Heatmap{Days: days, Month: month, Weekday: weekday, Opened: opened, over: -1}
	h.init(h, func() { h.open(h.over) })
	move := func(by int) func() {
		return func() {
			from := h.over
			if from < 0 {
				from = len(h.Days) - 1 - by
			}
			h.point(min(max(0, from+by), len(h.Days)-1))
		}
	}
	h.pressAs = map[keys.Key]func(){
		keys.Left: move(-7), keys.Right: move(7), keys.Up: move(-1), keys.Down: move(1),
	}
	return h
}

// Set shows other days.
func (h *Heatmap) Set(days []Day) {
	h.Days, h.over = days, -1
	h.Refresh()
}

func weekdayOf(d time.Time) int { return (int(d.Weekday()) + 6) % 7 }

const (
	heatLeft = 30 // room for the names of weekdays
	heatStep = 14 // from row to row
	heatHigh = 11 // of a cell
)

// offset is how many cells of the first week lie before the first day.
func (h *Heatmap) offset() int {
	if len(h.Days) == 0 {
		return 0
	}
	return weekdayOf(h.Days[0].Date)
}

func (h *Heatmap) columns() int { return (len(h.Days) + h.offset() + 6) / 7 }

// step is the distance from column to column; a cell takes three quarters.
func (h *Heatmap) step() float32 {
	return (h.Size().Width - heatLeft + 4) / float32(max(h.columns(), 1))
}

// cell gives a day's place.
func (h *Heatmap) cell(i int) (x, y, w float32) {
	n := i + h.offset()
	step := min(h.step(), 20)
	return heatLeft + float32(n/7)*step, float32(n%7) * heatStep, step * 0.75
}

// at finds the day at a place, -1 when there is none.
func (h *Heatmap) at(p fyne.Position) int {
	step := min(h.step(), 20)
	if p.X < heatLeft || p.Y < 0 || p.Y >= 7*heatStep || step <= 0 {
		return -1
	}
	i := int((p.X-heatLeft)/step)*7 + int(p.Y/heatStep) - h.offset()
	if i < 0 || i >= len(h.Days) {
		return -1
	}
	return i
}

func (h *Heatmap) open(i int) {
	if h.Opened != nil && i >= 0 && i < len(h.Days) {
		h.Opened(i)
	}
}

func (h *Heatmap) point(i int) {
	if i == h.over {
		return
	}
	h.over = i
	h.Refresh()
	if i >= 0 {
		Say(h, h.Days[i].Tip)
	} else {
		Say(h, "")
	}
}

// Tapped is for Fyne.
func (h *Heatmap) Tapped(ev *fyne.PointEvent) { h.open(h.at(ev.Position)) }

// MouseIn is for Fyne.
func (h *Heatmap) MouseIn(ev *desktop.MouseEvent) { h.point(h.at(ev.Position)) }

// MouseMoved is for Fyne.
func (h *Heatmap) MouseMoved(ev *desktop.MouseEvent) { h.point(h.at(ev.Position)) }

// MouseOut is for Fyne.
func (h *Heatmap) MouseOut() { h.point(-1) }

// FocusLost is for Fyne.
func (h *Heatmap) FocusLost() {
	h.point(-1)
	h.control.FocusLost()
}

func heatColour(level int) (fill, stroke fyne.ThemeColorName) {
	switch {
	case level <= 0:
		return theme.Sunk, theme.Line
	case level < 4:
		return [...]fyne.ThemeColorName{theme.Heat1, theme.Heat2, theme.Heat3}[level-1], ""
	}
	return theme.Accent, ""
}

// CreateRenderer is for Fyne.
func (h *Heatmap) CreateRenderer() fyne.WidgetRenderer {
	ring, mark := newRing(theme.RadiusKey), box(4)
	var cells []*canvas.Rectangle
	var texts []*canvas.Text
	var places []fyne.Position
	r := &renderer{self: h}
	r.min = func() fyne.Size { return fyne.NewSize(heatLeft+float32(h.columns())*11, 7*heatStep+20) }
	r.layout = func(s fyne.Size) {
		placeRing(ring, s)
		for i, c := range cells {
			x, y, w := h.cell(i)
			put(c, x, y, w, heatHigh)
		}
		for i, t := range texts {
			x := places[i].X
			if x < 0 { // a month: the column was noted
				x = heatLeft + (-x-1)*min(h.step(), 20)
			}
			Small.place(t, x, places[i].Y)
		}
		if h.over >= 0 && h.over < len(cells) {
			x, y, w := h.cell(h.over)
			put(mark, x-2, y-2, w+4, heatHigh+4)
		}
	}
	r.paint = func() {
		cells, texts, places = cells[:0], texts[:0], places[:0]
		r.objects = append(r.objects[:0], ring)
		last := -4
		for i, d := range h.Days {
			c := box(2.5)
			fill, stroke := heatColour(d.Level)
			paintBox(c, fill, stroke, 1)
			cells = append(cells, c)
			r.objects = append(r.objects, c)
			col := (i + h.offset()) / 7
			if h.Month != nil && d.Date.Day() == 1 && col-last >= 3 && col < h.columns()-1 {
				last = col
				texts = append(texts, Small.object(h.Month(d.Date.Month()), theme.Muted))
				places = append(places, fyne.NewPos(-float32(col)-1, 7*heatStep+2))
			}
		}
		if h.Weekday != nil {
			for _, d := range []time.Weekday{time.Monday, time.Wednesday, time.Friday} {
				texts = append(texts, Small.At(12, 14).object(h.Weekday(d), theme.Muted))
				places = append(places, fyne.NewPos(0, float32((int(d)+6)%7)*heatStep-3))
			}
		}
		for _, t := range texts {
			r.objects = append(r.objects, t)
		}
		mark.Hidden = h.over < 0
		mark.StrokeColor, mark.StrokeWidth = colour(theme.Ink), 1.5
		r.objects = append(r.objects, mark)
		paintRing(ring, h.ringed)
		r.layout(h.Size())
	}
	r.paint()
	return r
}

// HeatLegend says how the five levels go from less to more.
func HeatLegend() fyne.CanvasObject {
	l := &legend{}
	l.ExtendBaseWidget(l)
	return Row(4, Middle, NewText(words().T("kit.less"), Caption, theme.Muted), l, NewText(words().T("kit.more"), Caption, theme.Muted))
}
