package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lectern/app/keys"
	"lectern/app/theme"
)

// Check is a tick box of 20 px with an optional word.
type Check struct {
	control
	On      bool
	Partly  bool // of several things some are on: a dash; the next press sets all
	Text    string
	Type    Type // of the word
	Changed func(on bool)
}

// NewCheck makes a tick box; changed is called when the user sets it.
func NewCheck(text string, on bool, changed func(bool)) *Check {
	c := &Check{Text: text, On: on, Type: Body, Changed: changed}
	c.init(c, c.toggle)
	return c
}

func (c *Check) toggle() {
	c.On, c.Partly = !c.On || c.Partly, false
	c.Refresh()
	if c.Changed != nil {
		c.Changed(c.On)
	}
}

// TypedKey is for Fyne: only Space ticks; Enter belongs to the screen.
func (c *Check) TypedKey(ev *fyne.KeyEvent) {
	if keys.FromEvent(ev) == keys.Enter {
		forwardKey(c, ev)
		return
	}
	c.control.TypedKey(ev)
}

// SetPart shows that some of several things are on, without calling Changed.
func (c *Check) SetPart(some, all bool) {
	c.On, c.Partly = all, some && !all
	c.Refresh()
}

// Set ticks without calling Changed.
func (c *Check) Set(on bool) {
	if c.On != on {
		c.On = on
		c.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	ring, frame, over := newRing(5), box(5), box(5)
	tick := &canvas.Image{FillMode: canvas.ImageFillContain}
	text := c.Type.object(c.Text, theme.Ink)
	r := &renderer{self: c, objects: []fyne.CanvasObject{ring, frame, over, tick, text}}
	r.min = func() fyne.Size {
		if c.Text == "" {
			return fyne.NewSquareSize(20)
		}
		return fyne.NewSize(32+c.Type.Width(c.Text), max(c.Type.Line, 20))
	}
	r.layout = func(s fyne.Size) {
		y := (s.Height - 20) / 2
		put(ring, -4, y-4, 28, 28)
		inset := frame.StrokeWidth / 2 // half of a line lies outside
		put(frame, inset, y+inset, 20-2*inset, 20-2*inset)
		put(over, 0, y, 20, 20)
		put(tick, 3, y+3, 14, 14)
		c.Type.place(text, 32, (s.Height-c.Type.Line)/2)
	}
	r.paint = func() {
		switch {
		case !c.Enabled():
			paintBox(frame, "", theme.Line, 1.5)
		case c.On || c.Partly:
			paintBox(frame, theme.Accent, "", 0)
		default:
			paintBox(frame, theme.Paper, theme.Edge, 1.5)
		}
		paintBox(over, c.ground(), "", 0)
		setIcon(tick, "", "")
		if c.On || c.Partly {
			ink := theme.OnAccent
			if !c.Enabled() {
				ink = theme.Muted
			}
			name := "check-bold"
			if c.Partly {
				name = "minus"
			}
			setIcon(tick, name, ink)
		}
		text.Text, text.Color = c.Text, colour(theme.Ink)
		if !c.Enabled() {
			text.Color = colour(theme.Muted)
		}
		paintRing(ring, c.ringed)
		r.layout(c.Size())
	}
	r.paint()
	return r
}
