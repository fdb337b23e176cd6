package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Layer covers the whole window with a ground, a frame inset from the edges
// and an object in the middle. It is embedded by what paints it.
type Layer struct {
	widget.BaseWidget
	Inset  float32
	Middle fyne.CanvasObject
	Paint  func(ground, frame *canvas.Rectangle)
}

// CreateRenderer is for Fyne.
func (l *Layer) CreateRenderer() fyne.WidgetRenderer {
	ground, frame := canvas.NewRectangle(clear), canvas.NewRectangle(clear)
	r := &renderer{self: l, objects: []fyne.CanvasObject{ground, frame, l.Middle}}
	r.layout = func(s fyne.Size) {
		put(ground, 0, 0, s.Width, s.Height)
		put(frame, l.Inset, l.Inset, s.Width-2*l.Inset, s.Height-2*l.Inset)
		m := l.Middle.MinSize()
		put(l.Middle, (s.Width-m.Width)/2, (s.Height-m.Height)/2, m.Width, m.Height)
	}
	r.paint = func() {
		l.Paint(ground, frame)
		r.layout(l.Size())
	}
	r.paint()
	return r
}

// Ground fills its room with a colour of the theme: the desk under everything.
// The window's own clearing colour is not exact.
type Ground struct {
	widget.BaseWidget
	Colour fyne.ThemeColorName
}

// NewGround makes a ground.
func NewGround(colour fyne.ThemeColorName) *Ground {
	g := &Ground{Colour: colour}
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer is for Fyne.
func (g *Ground) CreateRenderer() fyne.WidgetRenderer {
	fill := canvas.NewRectangle(colour(g.Colour))
	return &renderer{
		self:    g,
		objects: []fyne.CanvasObject{fill},
		layout:  func(s fyne.Size) { put(fill, 0, 0, s.Width, s.Height) },
		paint:   func() { fill.FillColor = colour(g.Colour) },
	}
}
