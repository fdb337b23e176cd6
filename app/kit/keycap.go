package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"lectern/app/keys"
	"lectern/app/theme"
)

// cap draws a key cap: the name of a key in a small frame. It is a part of
// other widgets; KeyCap is the same as an object of its own.
type cap struct {
	frame *canvas.Rectangle
	text  *canvas.Text
}

func newCap() *cap {
	return &cap{box(theme.RadiusKey), Small.object("", theme.Ink)}
}

func (c *cap) objects() []fyne.CanvasObject { return []fyne.CanvasObject{c.frame, c.text} }

func (c *cap) size() fyne.Size {
	if c.text.Text == "" {
		return fyne.Size{}
	}
	return fyne.NewSize(max(20, Small.Width(c.text.Text)+14), 20)
}

func (c *cap) place(x, y float32) {
	s := c.size()
	put(c.frame, x, y, s.Width, s.Height)
	Small.place(c.text, x+(s.Width-Small.Width(c.text.Text))/2, y+1)
}

func (c *cap) paint(label string, ink, edge fyne.ThemeColorName) {
	c.text.Text, c.text.Color = label, colour(ink)
	paintBox(c.frame, "", edge, 1)
	c.frame.Hidden, c.text.Hidden = label == "", label == ""
}

// KeyCap is the picture of a key.
type KeyCap struct {
	widget.BaseWidget
	Key    keys.Key
	Colour fyne.ThemeColorName // of the word; "" is muted
	Text   string              // another word than the key's own
}

// NewKeyCap draws a key.
func NewKeyCap(k keys.Key) *KeyCap {
	c := &KeyCap{Key: k}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer is for Fyne.
func (k *KeyCap) CreateRenderer() fyne.WidgetRenderer {
	c := newCap()
	r := &renderer{self: k, objects: c.objects(), min: c.size}
	r.layout = func(s fyne.Size) { c.place(0, (s.Height-c.size().Height)/2) }
	r.paint = func() {
		label, ink := k.Text, k.Colour
		if label == "" {
			label = KeyLabel(k.Key)
		}
		if ink == "" {
			ink = theme.Muted
		}
		c.paint(label, ink, theme.Edge)
		r.layout(k.Size())
	}
	r.paint()
	return r
}
