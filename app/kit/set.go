package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Set makes a line of text for widgets that place their words themselves, such
// as the card view.
func (t Type) Set(s string, colour fyne.ThemeColorName) *canvas.Text { return t.object(s, colour) }

// Put places a text made with Set so that it stands on the baseline of a line
// of t that begins at y.
func (t Type) Put(o *canvas.Text, x, y float32) { t.place(o, x, y) }
