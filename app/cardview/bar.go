package cardview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lectern/app/theme"
)

// bar is the handle below program text that is wider than its panel. The wheel
// is left to the page.
type bar struct {
	widget.BaseWidget
	v       *View
	pane    int // its place among the page's panes
	thumb   *canvas.Rectangle
	hovered bool
}

func newBar(v *View, pane int) *bar {
	b := &bar{v: v, pane: pane, thumb: canvas.NewRectangle(nil)}
	b.thumb.CornerRadius = 3
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer is for Fyne.
func (b *bar) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(&fyne.Container{Layout: still{}, Objects: []fyne.CanvasObject{b.thumb}})
}

// ratio is how much of the text is in sight.
func (b *bar) ratio() float32 {
	p := b.v.shown.panes[b.pane]
	return p.w / p.inner
}

// place puts the thumb where the pane is.
func (b *bar) place() {
	colour := theme.Line
	if b.hovered {
		colour = theme.Edge
	}
	b.thumb.FillColor = theme.Color(colour)
	w, r := b.Size().Width, b.ratio()
	x := b.v.offset(b.pane+1) * w / b.v.shown.panes[b.pane].inner
	place(b.thumb, x, 2, w*r, 6)
	b.thumb.Refresh()
}

// Dragged is for Fyne.
func (b *bar) Dragged(e *fyne.DragEvent) {
	b.v.scroll(b.pane+1, b.v.offset(b.pane+1)+e.Dragged.DX*b.v.shown.panes[b.pane].inner/b.Size().Width)
}

// DragEnd is for Fyne.
func (b *bar) DragEnd() {}

// Tapped is for Fyne: it moves the text by what is in sight.
func (b *bar) Tapped(e *fyne.PointEvent) {
	p := b.v.shown.panes[b.pane]
	step := p.w * 0.9
	if e.Position.X < b.thumb.Position().X {
		step = -step
	} else if e.Position.X <= b.thumb.Position().X+b.thumb.Size().Width {
		return
	}
	b.v.scroll(b.pane+1, b.v.offset(b.pane+1)+step)
}

// MouseIn is for Fyne.
func (b *bar) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.place() }

// MouseMoved is for Fyne.
func (b *bar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (b *bar) MouseOut() { b.hovered = false; b.place() }

// Cursor is for Fyne.
func (b *bar) Cursor() desktop.Cursor { return desktop.DefaultCursor }
