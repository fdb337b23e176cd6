package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lectern/app/keys"
	"lectern/app/theme"
)

// control is what everything pressable shares: the pointer's states, the ring,
// the keys. The outer widget calls init with itself before it is shown.
type control struct {
	widget.BaseWidget

	tip      string   // tooltip; the key is added
	tipKey   keys.Key //
	disabled string   // not empty: cannot be pressed, and why

	hovered, pressed bool
	ringed           bool // has the focus, and it came by the keyboard
	quiet            bool // the next focus comes from the program: no ring

	self    fyne.Widget
	act     func()
	pressAs map[keys.Key]func() // further keys, such as arrows in a segment
}

func (c *control) init(self fyne.Widget, act func()) {
	c.self, c.act = self, act
	c.ExtendBaseWidget(self)
}

// SetDisabled makes the control unpressable; why goes into its tooltip. An
// empty reason enables it.
func (c *control) SetDisabled(why string) {
	if c.disabled != why {
		c.disabled = why
		c.self.Refresh()
	}
}

// Enabled tells whether the control can be pressed.
func (c *control) Enabled() bool { return c.disabled == "" }

// Disabled is for Fyne, which leaves such controls out of the Tab ring.
func (c *control) Disabled() bool { return c.disabled != "" }

// Enable is SetDisabled("").
func (c *control) Enable() { c.SetDisabled("") }

// Disable disables without a reason; SetDisabled is better.
func (c *control) Disable() { c.SetDisabled("\u2026") }

// SetTip gives the control a tooltip, with the key that does the same.
func (c *control) SetTip(text string, k keys.Key) { c.tip, c.tipKey = text, k }

func (c *control) press() {
	if c.Enabled() && c.act != nil {
		hideTip(c.self)
		c.act()
	}
}

// Tapped is for Fyne.
func (c *control) Tapped(*fyne.PointEvent) { c.press() }

// MouseIn is for Fyne.
func (c *control) MouseIn(*desktop.MouseEvent) {
	c.hovered = true
	c.self.Refresh()
	text, k := c.tip, c.tipKey
	if !c.Enabled() {
		text, k = c.disabled, keys.None
	}
	if text != "" {
		showTip(c.self, text, k)
	}
}

// MouseMoved is for Fyne.
func (c *control) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (c *control) MouseOut() {
	c.hovered, c.pressed = false, false
	c.self.Refresh()
	hideTip(c.self)
}

// MouseDown is for Fyne.
func (c *control) MouseDown(*desktop.MouseEvent) {
	c.pressed = true
	c.self.Refresh()
}

// MouseUp is for Fyne.
func (c *control) MouseUp(*desktop.MouseEvent) {
	c.pressed = false
	c.self.Refresh()
}

// FocusGained is for Fyne.
func (c *control) FocusGained() {
	c.ringed = !c.quiet
	c.quiet = false
	c.self.Refresh()
	if c.ringed {
		reveal(c.self)
	}
}

// FocusLost is for Fyne.
func (c *control) FocusLost() {
	c.ringed = false
	c.self.Refresh()
}

// TypedKey is for Fyne: Space and Enter press, the rest goes to the screen.
func (c *control) TypedKey(ev *fyne.KeyEvent) {
	k := keys.FromEvent(ev)
	if k == keys.Space || k == keys.Enter {
		c.press()
		return
	}
	if f := c.pressAs[k]; f != nil && c.Enabled() {
		f()
		return
	}
	forwardKey(c.self, ev)
}

// TypedRune is for Fyne: letters go to the screen.
func (c *control) TypedRune(r rune) { forwardRune(c.self, r) }

// beQuiet makes the next focus come without a ring.
func (c *control) beQuiet() { c.quiet = true }

// ground is the colour laid over the control's own for the pointer's state.
func (c *control) ground() fyne.ThemeColorName {
	switch {
	case !c.Enabled():
		return ""
	case c.pressed:
		return theme.Press
	case c.hovered:
		return theme.Hover
	}
	return ""
}

// FocusQuietly gives the keyboard to an object without showing the ring, for
// focus that the program sets itself.
func FocusQuietly(c fyne.Canvas, f fyne.Focusable) {
	if q, ok := f.(interface{ beQuiet() }); ok && c.Focused() != f {
		q.beQuiet()
	}
	c.Focus(f)
}

// canvasOf is the canvas on which an object has the keyboard. Fyne's driver knows
// the canvas of an object only once it is drawn, and on a busy machine a key may
// come before that.
func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	d := fyne.CurrentApp().Driver()
	if c := d.CanvasForObject(o); c != nil {
		return c
	}
	for _, w := range d.AllWindows() {
		if c := w.Canvas(); any(c.Focused()) == o {
			return c
		}
	}
	return nil
}

func forwardKey(o fyne.CanvasObject, ev *fyne.KeyEvent) {
	if c := canvasOf(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(ev)
	}
}

func forwardRune(o fyne.CanvasObject, r rune) {
	if c := canvasOf(o); c != nil && c.OnTypedRune() != nil {
		c.OnTypedRune()(r)
	}
}

// newRing is the focus ring of a control with this corner radius: 2 px with a
// gap of 2 around it.
func newRing(radius float32) *canvas.Rectangle {
	r := canvas.NewRectangle(clear)
	r.StrokeWidth, r.CornerRadius = 2, radius+4
	return r
}

func placeRing(r *canvas.Rectangle, s fyne.Size) {
	r.Move(fyne.NewPos(-4, -4))
	r.Resize(fyne.NewSize(s.Width+8, s.Height+8))
}

func paintRing(r *canvas.Rectangle, on bool) {
	r.StrokeColor = theme.Color(theme.Accent)
	r.Hidden = !on
}
