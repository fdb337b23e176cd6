package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"lectern/app/keys"
	"lectern/app/theme"
)

// Overlay lies over the whole window: a dialog, a sheet or a menu. While it is
// there the window gives it every key through Key.
type Overlay struct {
	widget.BaseWidget
	body     fyne.CanvasObject
	place    func(window fyne.Size) (fyne.Position, fyne.Size)
	veil     bool
	anywhere bool // a tap on the body leaves, too
	tips     *TipLayer
	onKey    func(keys.Key) bool
	gone     func()
	c        fyne.Canvas

	// Guard is asked before Esc, the cross or a tap beside the body closes the
	// overlay; false keeps it. Nil lets it go.
	Guard func() bool
}

func (o *Overlay) tipLayer() *TipLayer { return o.tips }

func (o *Overlay) children() []fyne.CanvasObject { return []fyne.CanvasObject{o.body} }

// open puts the overlay over a canvas.
func (o *Overlay) open(c fyne.Canvas) {
	o.c = c
	o.tips = NewTipLayer()
	o.ExtendBaseWidget(o)
	c.Overlays().Add(o)
	o.Resize(c.Size())
}

// Close takes the overlay away; closing twice is harmless.
func (o *Overlay) Close() {
	if o.c == nil {
		return
	}
	c := o.c
	o.c = nil
	c.Overlays().Remove(o)
	if o.gone != nil {
		o.gone()
	}
}

// Leave closes the overlay if its guard lets it, and tells whether it did.
func (o *Overlay) Leave() bool {
	if o.Guard != nil && !o.Guard() {
		return false
	}
	o.Close()
	return true
}

// Key takes a press; Esc leaves. An overlay uses up every key, so that nothing
// under it moves.
func (o *Overlay) Key(k keys.Key) bool {
	if o.onKey != nil && o.onKey(k) {
		return true
	}
	if k == keys.Esc {
		o.Leave()
	}
	return true
}

// Tapped is for Fyne: a tap beside the body leaves.
func (o *Overlay) Tapped(ev *fyne.PointEvent) {
	pos, size := o.place(o.Size())
	if p := ev.Position; o.anywhere || p.X < pos.X || p.Y < pos.Y || p.X > pos.X+size.Width || p.Y > pos.Y+size.Height {
		o.Leave()
	}
}

// CreateRenderer is for Fyne.
func (o *Overlay) CreateRenderer() fyne.WidgetRenderer {
	veil := canvas.NewRectangle(clear)
	r := &renderer{self: o, objects: []fyne.CanvasObject{veil, o.body, o.tips}}
	r.layout = func(s fyne.Size) {
		put(veil, 0, 0, s.Width, s.Height)
		pos, size := o.place(s)
		o.body.Move(pos)
		o.body.Resize(size)
		put(o.tips, 0, 0, s.Width, s.Height)
	}
	r.paint = func() {
		veil.FillColor = clear
		if o.veil {
			veil.FillColor = colour(theme.Veil)
		}
		r.layout(o.Size())
	}
	r.paint()
	return r
}

// TopOverlay is the overlay that lies on top of a canvas, or nil.
func TopOverlay(c fyne.Canvas) *Overlay {
	o, _ := c.Overlays().Top().(*Overlay)
	return o
}

// pages are the keys that scroll a sheet, and by what share of what is in sight.
var pages = map[keys.Key]float32{keys.Up: -0.15, keys.Down: 0.15, keys.PageUp: -0.9, keys.PageDown: 0.9}

// ShowSheet shows a titled sheet in the middle of the window over the dimmed
// desk, at most width wide and as high as its content, scrolling when the
// window is lower. Enter presses the primary button, if there is one.
func ShowSheet(c fyne.Canvas, title string, width float32, content fyne.CanvasObject, closed func(), buttons ...*Button) *Overlay {
	o := &Overlay{veil: true, gone: closed}
	head := NewLabel(title, Sub, theme.Ink)
	cross := NewIconButton("x", words().T("kit.close"), keys.Esc, func() { o.Leave() })
	parts := Column(16, Row(12, Top, Flex(head), Pad(Insets{Top: -6, Right: -8, Bottom: -6}, cross)))
	var scroll *Scroll
	if content != nil {
		// The scroll reaches into the margins: it would cut the rings of focus.
		const ring = 8
		scroll = NewScroll(Pad(Sides(4, ring), content))
		scroll.Ground = theme.Paper
		parts.Add(Flex(Pad(Insets{Top: -4, Right: -ring, Bottom: -4, Left: -ring}, scroll)))
	}
	var primary *Button
	if len(buttons) > 0 {
		row := Row(12, Middle, Spring())
		for _, b := range buttons {
			if b.Kind == Primary || primary == nil && b.Kind == Destructive {
				primary = b
			}
			row.Add(b)
		}
		parts.Add(Pad(Insets{Top: 8}, row))
	}
	sheet := NewSheet(Sides(24, 28), parts)
	o.body = sheet
	o.place = func(s fyne.Size) (fyne.Position, fyne.Size) {
		w := min(width, s.Width-2*theme.MarginSmall)
		h := min(sheet.HeightFor(w), s.Height-2*theme.MarginSmall)
		return fyne.NewPos(float32(int((s.Width-w)/2)), float32(int((s.Height-h)/2))), fyne.NewSize(w, h)
	}
	o.onKey = func(k keys.Key) bool {
		if (k == keys.Enter || k == keys.CtrlEnter) && primary != nil {
			primary.press()
			return true
		}
		if share := pages[k]; share != 0 && scroll != nil {
			scroll.ScrollBy(share)
			return true
		}
		return false
	}
	o.open(c)
	return o
}
