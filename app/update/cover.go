package update

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lectern/app/cardview"
	"lectern/app/kit"
)

// cover lays the pointer of a choice over the text in it, so that a click anywhere in
// the frame takes it. What can be pressed itself, such as a fold, lies above.
type cover struct {
	widget.BaseWidget
	body   fyne.CanvasObject
	lid    *lid
	choice *kit.Choice
}

func newCover(body fyne.CanvasObject, tapped func()) *cover {
	c := &cover{body: body}
	c.lid = &lid{c: c, tapped: tapped}
	c.lid.ExtendBaseWidget(c.lid)
	c.ExtendBaseWidget(c)
	return c
}

// HeightFor is the height at this width.
func (c *cover) HeightFor(width float32) float32 { return kit.HeightFor(c.body, width) }

// CreateRenderer is for Fyne.
func (c *cover) CreateRenderer() fyne.WidgetRenderer {
	o := []fyne.CanvasObject{c.body}
	if _, pressed := c.body.(*cardview.View); pressed { // it takes the pointer for itself
		o = append(o, c.lid)
	}
	return &coverRenderer{c: c, objects: o}
}

type coverRenderer struct {
	c       *cover
	objects []fyne.CanvasObject
}

func (r *coverRenderer) Destroy()                     {}
func (r *coverRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *coverRenderer) MinSize() fyne.Size {
	return fyne.NewSize(80, r.c.HeightFor(max(80, r.c.Size().Width)))
}

func (r *coverRenderer) Layout(s fyne.Size) {
	for _, o := range r.objects {
		place(o, 0, 0, s.Width, s.Height)
	}
}

// Refresh is for Fyne.
func (r *coverRenderer) Refresh() {
	r.Layout(r.c.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}

// lid takes the pointer.
type lid struct {
	widget.BaseWidget
	c      *cover
	tapped func()
}

// CreateRenderer is for Fyne.
func (l *lid) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(&fyne.Container{})
}

// Tapped is for Fyne.
func (l *lid) Tapped(*fyne.PointEvent) { l.tapped() }

// MouseIn is for Fyne.
func (l *lid) MouseIn(e *desktop.MouseEvent) { l.c.choice.MouseIn(e) }

// MouseMoved is for Fyne.
func (l *lid) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (l *lid) MouseOut() { l.c.choice.MouseOut() }
