package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lectern/app/theme"
)

var clear = color.NRGBA{}

// colour is a colour of the theme, or nothing for "".
func colour(name fyne.ThemeColorName) color.Color {
	if name == "" {
		return clear
	}
	return theme.Color(name)
}

// box is a rounded rectangle without colours yet.
func box(radius float32) *canvas.Rectangle {
	r := canvas.NewRectangle(clear)
	r.CornerRadius = radius
	return r
}

// hair is the width of the border of a control. The graphics card softens both
// sides of a line; at exactly 1 too little of its colour is left for the edge
// to keep its contrast.
const hair = 1.25

func paintBox(r *canvas.Rectangle, fill, stroke fyne.ThemeColorName, width float32) {
	if stroke == theme.Edge && width == 1 {
		width = hair
	}
	r.FillColor, r.StrokeColor, r.StrokeWidth = colour(fill), colour(stroke), width
	if stroke == "" {
		r.StrokeWidth = 0
	}
}

func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// Icon is a picture of the icon set in a colour of the theme.
func Icon(name string, size float32, colour fyne.ThemeColorName) *canvas.Image {
	i := canvas.NewImageFromResource(theme.Icon(name, colour))
	i.FillMode = canvas.ImageFillContain
	i.SetMinSize(fyne.NewSquareSize(size))
	return i
}

func setIcon(i *canvas.Image, name string, colour fyne.ThemeColorName) {
	if name == "" {
		i.Resource, i.Hidden = nil, true
		return
	}
	i.Resource, i.Hidden = theme.Icon(name, colour), false
}

// Rule is a divider: a line of 1 px across.
func Rule() *RuleLine {
	l := &RuleLine{}
	l.ExtendBaseWidget(l)
	return l
}
