package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lectern/app/keys"
	"lectern/app/theme"
)

// IconButton is a picture that does something. It has no word, so it always
// has a tooltip, and it stands only in bars and rows of tools.
type IconButton struct {
	control
	Icon   string
	Colour fyne.ThemeColorName // "" is muted
	Side   float32             // of the square; 40 in bars, 36 in tools
	Draw   float32             // size of the picture
}

// NewIconButton makes an icon button for a bar; the tip names what it does.
func NewIconButton(icon, tip string, k keys.Key, tapped func()) *IconButton {
	b := &IconButton{Icon: icon, Side: 40, Draw: 20}
	b.init(b, tapped)
	b.SetTip(tip, k)
	return b
}

// Tool makes the button as small as in a row of tools over a field.
func (b *IconButton) Tool() *IconButton { b.Side, b.Draw = theme.ControlSmall, 18; return b }

// CreateRenderer is for Fyne.
func (b *IconButton) CreateRenderer() fyne.WidgetRenderer {
	ring, over := newRing(theme.RadiusControl), box(theme.RadiusControl)
	icon := &canvas.Image{FillMode: canvas.ImageFillContain}
	r := &renderer{self: b, objects: []fyne.CanvasObject{ring, over, icon}}
	r.min = func() fyne.Size { return fyne.NewSquareSize(b.Side) }
	r.layout = func(s fyne.Size) {
		placeRing(ring, s)
		put(over, 0, 0, s.Width, s.Height)
		put(icon, (s.Width-b.Draw)/2, (s.Height-b.Draw)/2, b.Draw, b.Draw)
	}
	r.paint = func() {
		ink := b.Colour
		if ink == "" {
			ink = theme.Muted
		}
		if !b.Enabled() {
			ink = theme.Edge
		}
		setIcon(icon, b.Icon, ink)
		paintBox(over, b.ground(), "", 0)
		paintRing(ring, b.ringed)
	}
	r.paint()
	return r
}
