package study

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"lectern/app/kit"
)

// room gives a field the height of its text: at least so much, at most what
// the sheet has left for it. Beyond that the field scrolls.
type room struct {
	widget.BaseWidget
	field *kit.Field
	least float32
	most  func(*room, float32) float32 // for a width; what does not fit the sheet is of no use
	high  float32
}

func newRoom(f *kit.Field, least float32, most func(*room, float32) float32) *room {
	r := &room{field: f, least: least, most: most}
	r.ExtendBaseWidget(r)
	return r
}

// HeightFor is the height for the text as it is.
func (r *room) HeightFor(width float32) float32 {
	t := r.field.Face
	lines := len(t.Wrap(r.field.Text(), max(40, width-52)))
	return max(r.least, min(float32(lines)*t.Line+40, r.most(r, width)))
}

// follow gives the field the height that its text has come to need and keeps it
// in sight.
func (r *room) follow(p *paper) {
	if h := r.HeightFor(r.Size().Width); h != r.high {
		r.high = h
		p.sheet.Refresh()
	}
	p.bring(r)
}

// CreateRenderer is for Fyne.
func (r *room) CreateRenderer() fyne.WidgetRenderer { return &roomRenderer{r} }

type roomRenderer struct{ r *room }

func (x *roomRenderer) Destroy()                     {}
func (x *roomRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{x.r.field} }
func (x *roomRenderer) Refresh()                     { x.r.field.Refresh() }
func (x *roomRenderer) MinSize() fyne.Size {
	return fyne.NewSize(200, x.r.HeightFor(max(200, x.r.Size().Width)))
}
func (x *roomRenderer) Layout(s fyne.Size) { put(x.r.field, 0, 0, s.Width, s.Height) }
