package kit

import (
	"image"
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"lectern/app/keys"
	"lectern/app/theme"
)

// Slider chooses a whole number between two ends. With a Curve it shows above
// its track what each number costs. Left and Right move it by one, with Shift by
// five, Home and End to its ends; the pointer drags it or points at a place.
type Slider struct {
	control
	Min, Max int
	Value    int
	Ticks    []int            // numbers written under the track; nil: the ends
	Curve    []float64        // what Min costs, Min+1 and so on; it may end before Max, or be nil
	Cost     func(int) string // names what a number costs; needed with a Curve
	Dear     int              // numbers above this one are dear: their curve is in the colour of "hard"; 0: none
	Changed  func(v int)      // while the hand moves it; may be nil
}

// NewSlider makes a slider from low to high.
func NewSlider(low, high, value int, changed func(int)) *Slider {
	s := &Slider{Min: low, Max: high, Value: value, Changed: changed}
	s.init(s, nil)
	move := func(by int) func() { return func() { s.choose(s.Value + by) } }
	s.pressAs = map[keys.Key]func(){
		keys.Left: move(-1), keys.Right: move(1), keys.ShiftLeft: move(-5), keys.ShiftRight: move(5),
		keys.Home: func() { s.choose(s.Min) }, keys.End: func() { s.choose(s.Max) },
	}
	return s
}

// Press acts as if a key was pressed while the slider has the focus, for a screen whose arrows move
// its one slider wherever the focus is. It tells whether the slider knows the key.
func (s *Slider) Press(k keys.Key) bool {
	f := s.pressAs[k]
	if f != nil {
		f()
	}
	return f != nil
}

// Set moves the slider without calling Changed.
func (s *Slider) Set(v int) {
	if v = min(max(v, s.Min), s.Max); v != s.Value {
		s.Value = v
		s.Refresh()
	}
}

// SetCurve shows another curve.
func (s *Slider) SetCurve(curve []float64) {
	s.Curve = curve
	s.Refresh()
}

func (s *Slider) choose(v int) {
	if v = min(max(v, s.Min), s.Max); v == s.Value || !s.Enabled() {
		return
	}
	s.Value = v
	s.Refresh()
	if s.Changed != nil {
		s.Changed(v)
	}
}

// The knob's radius is also how far the ends of the scale lie within the track.
const knob = 12

// Heights: of the curve above the track, and of the slider with and without it.
const (
	curveHigh  = 108
	curveTop   = 17 // room for a word above the highest point
	sliderHigh = 176
	sliderBare = 52
)

// x is where a number stands.
func (s *Slider) x(v int) float32 {
	return knob + (s.Size().Width-2*knob)*float32(v-s.Min)/float32(max(1, s.Max-s.Min))
}

func (s *Slider) point(x float32) {
	if w := s.Size().Width - 2*knob; w > 0 {
		s.choose(s.Min + int(math.Round(float64((x-knob)/w*float32(s.Max-s.Min)))))
	}
}

// Tapped is for Fyne.
func (s *Slider) Tapped(ev *fyne.PointEvent) { s.point(ev.Position.X) }

// Dragged is for Fyne.
func (s *Slider) Dragged(ev *fyne.DragEvent) { s.point(ev.Position.X) }

// DragEnd is for Fyne.
func (s *Slider) DragEnd() {}

// Cursor is for Fyne.
func (s *Slider) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is for Fyne.
func (s *Slider) CreateRenderer() fyne.WidgetRenderer {
	d := &sliderDraw{
		s: s, ring: newRing(knob), track: box(3), fill: box(3), knob: canvas.NewCircle(clear), dot: canvas.NewCircle(clear),
	}
	d.curve = canvas.NewRaster(d.paint)
	r := &renderer{self: s, layout: d.layout}
	r.min = func() fyne.Size {
		if s.Cost != nil {
			return fyne.NewSize(240, sliderHigh)
		}
		return fyne.NewSize(120, sliderBare)
	}
	r.paint = func() {
		r.objects = d.make()
		d.layout(s.Size())
	}
	r.paint()
	return r
}

type sliderDraw struct {
	s           *Slider
	ring        *canvas.Rectangle
	track, fill *canvas.Rectangle
	knob, dot   *canvas.Circle
	curve       *canvas.Raster
	dash        []*canvas.Rectangle
	ticks       []*canvas.Text
	costs       []*canvas.Text
}

// make gives the objects for the present state, in the present colours.
func (d *sliderDraw) make() []fyne.CanvasObject {
	s := d.s
	d.dash, d.ticks, d.costs = nil, nil, nil
	paintBox(d.track, theme.Line, "", 0)
	paintBox(d.fill, theme.Accent, "", 0)
	paintRing(d.ring, s.ringed)
	d.knob.FillColor, d.knob.StrokeColor, d.knob.StrokeWidth = colour(theme.Paper), colour(theme.Accent), 3
	if s.hovered || s.pressed {
		d.knob.StrokeColor = colour(theme.AccentHover)
	}
	d.dot.FillColor, d.dot.Hidden = colour(s.costInk(theme.Accent)), !s.priced(s.Value)
	objects := []fyne.CanvasObject{d.ring}
	if len(s.Curve) > 1 {
		objects = append(objects, d.curve)
	}
	if s.priced(s.Value) {
		for range dashes(s.curveY(s.Value), curveHigh+4) {
			b := canvas.NewRectangle(colour(s.costInk(theme.Accent)))
			d.dash = append(d.dash, b)
			objects = append(objects, b)
		}
	}
	objects = append(objects, d.track, d.fill, d.dot, d.knob)
	for _, v := range s.ticks() {
		t, ink := Caption, theme.Muted
		if v == s.Value && s.Cost != nil {
			t, ink = t.Strong(), theme.Ink
		}
		o := t.object(strconv.Itoa(v), ink)
		d.ticks = append(d.ticks, o)
		objects = append(objects, o)
		o = t.object("", ink)
		if s.priced(v) {
			o.Text = s.Cost(v)
			if v == s.Value {
				o.Color = colour(s.costInk(theme.Ink))
			}
		}
		d.costs = append(d.costs, o)
		objects = append(objects, o)
	}
	return objects
}

// costInk is the colour of what the present number costs.
func (s *Slider) costInk(usual fyne.ThemeColorName) fyne.ThemeColorName {
	if s.Dear > 0 && s.Value > s.Dear {
		return theme.GradeHard
	}
	return usual
}

// ticks are the numbers with a word: the present one first, so that it keeps its
// place where two would meet.
func (s *Slider) ticks() []int {
	ends := s.Ticks
	if ends == nil {
		return []int{s.Min, s.Max}
	}
	out := []int{s.Value}
	for _, v := range ends {
		if v != s.Value {
			out = append(out, v)
		}
	}
	return out
}

// priced tells whether the curve reaches a number.
func (s *Slider) priced(v int) bool {
	return s.Cost != nil && len(s.Curve) > 1 && v-s.Min < len(s.Curve)
}

// curveY is the height of the curve over a number.
func (s *Slider) curveY(v int) float32 {
	top := 0.0
	for _, c := range s.Curve {
		top = max(top, c)
	}
	if top <= 0 {
		return curveHigh
	}
	return curveHigh - (curveHigh-curveTop)*float32(s.Curve[v-s.Min]/top)
}

// dashes is the number of dashes of 4 with gaps of 4 between two heights.
func dashes(from, to float32) int { return max(0, int((to-from-5)/8)+1) }

func (d *sliderDraw) layout(size fyne.Size) {
	s := d.s
	mid := float32(knob)
	if s.Cost != nil {
		mid = curveHigh + knob + 4
	}
	x := s.x(s.Value)
	put(d.track, 0, mid-3, size.Width, 6)
	put(d.fill, 0, mid-3, x, 6)
	put(d.knob, x-knob, mid-knob, 2*knob, 2*knob)
	put(d.ring, x-knob-4, mid-knob-4, 2*knob+8, 2*knob+8)
	put(d.curve, 0, 0, size.Width, curveHigh)
	if s.priced(s.Value) {
		y := s.curveY(s.Value)
		put(d.dot, x-4.5, y-4.5, 9, 9)
		for i, b := range d.dash {
			put(b, x-0.75, y+5+8*float32(i), 1.5, 4)
		}
	}
	var below, above []span
	for i, v := range s.ticks() {
		t := Caption
		if v == s.Value && s.Cost != nil {
			t = t.Strong()
		}
		w := t.Width(d.ticks[i].Text)
		left := s.x(v) - w/2
		if s.Ticks == nil { // the ends of a bare track stand at its ends
			left = 0
			if v == s.Max {
				left = size.Width - w
			}
		}
		d.ticks[i].Hidden = !claim(&below, span{left, left + w, 0}, 6)
		t.place(d.ticks[i], left, mid+20)
		if d.costs[i].Text == "" {
			continue
		}
		w = t.Width(d.costs[i].Text)
		left, y := s.x(v)-w/2, s.curveY(v)
		if i := v - s.Min; i > 0 && y < s.curveY(v-1)-5 && v != s.Value { // a steep curve would cross its word
			left = s.x(v) - w - 10
		}
		left = min(max(0, left), size.Width-w)
		d.costs[i].Hidden = !claim(&above, span{left, left + w, y}, 8)
		t.place(d.costs[i], left, y-8-t.Line)
	}
}

// paint draws the curve, its dear end in another colour.
func (d *sliderDraw) paint(w, h int) image.Image {
	s := d.s
	points := make([]fyne.Position, len(s.Curve))
	for i := range points {
		points[i] = fyne.NewPos(s.x(s.Min+i), s.curveY(s.Min+i))
	}
	cheap := len(points)
	if s.Dear > 0 {
		cheap = min(max(1, s.Dear-s.Min+1), cheap)
	}
	return paintStrokes(w, h, fyne.NewSize(s.Size().Width, curveHigh), []stroke{
		{points: points[:cheap], width: 2, colour: colour(theme.Edge)},
		{points: points[max(0, cheap-1):], width: 2, colour: colour(theme.GradeHard)},
	})
}

// span is where a word stands on its line.
type span struct{ from, to, y float32 }

// claim takes the room for a word, unless another one is nearer than gap.
func claim(taken *[]span, want span, gap float32) bool {
	for _, t := range *taken {
		if want.from < t.to+gap && t.from < want.to+gap && want.y < t.y+Caption.Line && t.y < want.y+Caption.Line {
			return false
		}
	}
	*taken = append(*taken, want)
	return true
}
