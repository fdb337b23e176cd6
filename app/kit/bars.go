package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"lectern/app/keys"
	"lectern/app/theme"
)

// Bar is one bar of a chart.
type Bar struct {
	Value  float64
	Text   string  // over the bar: the value
	Label  string  // under the axis
	Strong bool    // today: accent and bold; the others are quiet
	Was    float64 // with Bars.Paired: the value before, as a quiet bar at the left
	Tip    string  // the sentence under the pointer
}

// Bars is a chart of bars over an axis: a week or a fortnight of cards. The
// pointer is answered with a sentence, a tap or Enter with the cards behind
// the bar; Left and Right walk.
type Bars struct {
	control
	Items  []Bar
	Opened func(i int) // may be nil

	High   float32 // of the tallest bar; 65 in a week
	Paired bool    // each bar stands beside the one before a change; all of them are in accent
	over   int
}

// NewBars makes a chart.
func NewBars(items []Bar, opened func(int)) *Bars {
	b := &Bars{Items: items, Opened: opened, High: 65, over: -1}
	b.init(b, func() { b.open(b.over) })
	b.pressAs = map[keys.Key]func(){
		keys.Left:  func() { b.point(max(0, b.over-1)) },
		keys.Right: func() { b.point(min(len(b.Items)-1, b.over+1)) },
	}
	return b
}

// Set shows other bars.
func (b *Bars) Set(items []Bar) {
	b.Items = items
	b.Refresh()
}

func (b *Bars) open(i int) {
	if b.Opened != nil && i >= 0 && i < len(b.Items) {
		b.Opened(i)
	}
}

func (b *Bars) point(i int) {
	if i == b.over {
		return
	}
	b.over = i
	b.Refresh()
	if i >= 0 && i < len(b.Items) {
		Say(b, b.Items[i].Tip)
	}
}

func (b *Bars) at(x float32) int {
	if len(b.Items) == 0 || b.Size().Width <= 0 {
		return -1
	}
	return min(max(0, int(x/(b.Size().Width/float32(len(b.Items))))), len(b.Items)-1)
}

// Tapped is for Fyne.
func (b *Bars) Tapped(ev *fyne.PointEvent) { b.open(b.at(ev.Position.X)) }

// MouseIn is for Fyne.
func (b *Bars) MouseIn(ev *desktop.MouseEvent) { b.point(b.at(ev.Position.X)) }

// MouseMoved is for Fyne.
func (b *Bars) MouseMoved(ev *desktop.MouseEvent) { b.point(b.at(ev.Position.X)) }

// MouseOut is for Fyne.
func (b *Bars) MouseOut() {
	b.point(-1)
	Say(b, "")
}

// FocusLost is for Fyne.
func (b *Bars) FocusLost() {
	b.point(-1)
	Say(b, "")
	b.control.FocusLost()
}

// CreateRenderer is for Fyne.
func (b *Bars) CreateRenderer() fyne.WidgetRenderer {
	ring, over := newRing(theme.RadiusKey), box(theme.RadiusKey)
	axis := canvas.NewRectangle(clear)
	var bars, was []*canvas.Rectangle // was is empty unless paired
	var values, labels []*canvas.Text
	r := &renderer{self: b}
	letter := func(strong bool) Type {
		t := Caption
		if len(b.Items) > 7 {
			t = Small.At(13, 20)
		}
		t.Bold = strong
		return t
	}
	r.min = func() fyne.Size {
		least := float32(28)
		if b.Paired {
			least = 16
		}
		return fyne.NewSize(float32(len(b.Items))*least, 20+2+b.High+1+4+20)
	}
	r.layout = func(s fyne.Size) {
		placeRing(ring, s)
		n := float32(len(bars))
		if n == 0 {
			return
		}
		top, step := 0.0, s.Width/n
		for _, i := range b.Items {
			top = max(top, i.Value)
			if b.Paired {
				top = max(top, i.Was)
			}
		}
		wide := float32(20)
		if n > 7 {
			wide = min(24, step*0.72)
		}
		floor := s.Height - 25
		tall := func(v float64) float32 {
			if v <= 0 {
				return 0
			}
			return max(2, (floor-22)*float32(v/top))
		}
		for i := range bars {
			h := tall(b.Items[i].Value)
			x := step*float32(i) + step/2
			if b.Paired {
				half := wide/2 - 0.5
				w := tall(b.Items[i].Was)
				put(was[i], x-wide/2, floor-w, half, w)
				put(bars[i], x+0.5, floor-h, half, h)
			} else {
				put(bars[i], x-wide/2, floor-h, wide, h)
			}
			t := letter(b.Items[i].Strong)
			t.place(values[i], x-t.Width(values[i].Text)/2, floor-h-2-t.Line)
			t.place(labels[i], x-t.Width(labels[i].Text)/2, floor+1+4)
		}
		put(axis, 0, floor, s.Width, 1)
		put(over, step*float32(b.over), 0, step, s.Height)
	}
	r.paint = func() {
		bars, was, values, labels = bars[:0], was[:0], values[:0], labels[:0]
		r.objects = append(r.objects[:0], ring, over)
		for _, i := range b.Items {
			fill, ink := theme.Quiet, theme.Muted
			if i.Strong {
				fill, ink = theme.Accent, theme.Ink
			}
			if b.Paired {
				was = append(was, upperBox(theme.Quiet))
				r.objects = append(r.objects, was[len(was)-1])
				fill = theme.Accent
			}
			bar := upperBox(fill)
			bars = append(bars, bar)
			t := letter(i.Strong)
			values = append(values, t.object(i.Text, ink))
			labels = append(labels, t.object(i.Label, ink))
			r.objects = append(r.objects, bar, values[len(values)-1], labels[len(labels)-1])
		}
		axis.FillColor = colour(theme.Line)
		r.objects = append(r.objects, axis)
		paintBox(over, theme.Hover, "", 0)
		over.Hidden = b.over < 0
		paintRing(ring, b.ringed)
		r.layout(b.Size())
	}
	r.paint()
	return r
}

// upperBox is a bar: rounded above, straight on its axis.
func upperBox(fill fyne.ThemeColorName) *canvas.Rectangle {
	bar := box(0)
	bar.TopLeftCornerRadius, bar.TopRightCornerRadius = theme.RadiusKey, theme.RadiusKey
	paintBox(bar, fill, "", 0)
	return bar
}
