package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

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
