package home

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lectern/app/kit"
	"lectern/app/theme"
)

// row is a line of the deck list: a deck or one of its sections. The pointer
// sinks it, choosing it washes it and sets the bar at its left.
type row struct {
	widget.BaseWidget
	content fyne.CanvasObject
	height  float32
	chosen  bool
	first   bool // at the sheet's upper end, whose corners it keeps
	last    bool // at its lower end
	tapped  func()
	menu    func(at fyne.CanvasObject)
	name    *kit.Text // said whole under the pointer when it is cut

	hovered bool
}

func newRow(height float32, content fyne.CanvasObject, tapped func(), menu func(fyne.CanvasObject)) *row {
	r := &row{content: content, height: height, tapped: tapped, menu: menu}
	r.ExtendBaseWidget(r)
	return r
}

func (r *row) HeightFor(float32) float32 { return r.height }

// Tapped studies what the row stands for.
func (r *row) Tapped(*fyne.PointEvent) {
	if r.tapped != nil {
		r.tapped()
	}
}

// TappedSecondary opens the row's menu.
func (r *row) TappedSecondary(*fyne.PointEvent) {
	if r.menu != nil {
		r.menu(r)
	}
}

// MouseIn is for Fyne.
func (r *row) MouseIn(*desktop.MouseEvent) {
	r.hovered = true
	r.Refresh()
	if r.name != nil && r.name.Cut() {
		kit.Say(r, r.name.Text)
	}
}

// MouseMoved is for Fyne.
func (r *row) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (r *row) MouseOut() {
	r.hovered = false
	r.Refresh()
	if r.name != nil {
		kit.Say(r, "")
	}
}

// Cursor is for Fyne.
func (r *row) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (r *row) choose(on bool) {
	if r.chosen != on {
		r.chosen = on
		r.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (r *row) CreateRenderer() fyne.WidgetRenderer {
	x := &rowRenderer{row: r, back: canvas.NewRectangle(theme.Color(theme.Paper)), bar: canvas.NewRectangle(theme.Color(theme.Accent))}
	x.bar.CornerRadius = 1.5
	x.paint()
	return x
}

type rowRenderer struct {
	row       *row
	back, bar *canvas.Rectangle
}

func (x *rowRenderer) Destroy() {}

func (x *rowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{x.back, x.bar, x.row.content}
}

func (x *rowRenderer) MinSize() fyne.Size {
	return fyne.NewSize(x.row.content.MinSize().Width, x.row.height)
}

func (x *rowRenderer) Layout(s fyne.Size) {
	x.back.Resize(s)
	x.bar.Move(fyne.NewPos(0, 8))
	x.bar.Resize(fyne.NewSize(3, s.Height-16))
	h := kit.HeightFor(x.row.content, s.Width)
	x.row.content.Move(fyne.NewPos(0, (s.Height-h)/2))
	x.row.content.Resize(fyne.NewSize(s.Width, h))
}

func (x *rowRenderer) Refresh() {
	x.paint()
	x.back.Refresh()
	x.bar.Refresh()
	x.row.content.Refresh()
}

func (x *rowRenderer) paint() {
	round := map[bool]float32{true: theme.RadiusSheet}
	x.back.TopLeftCornerRadius, x.back.TopRightCornerRadius = round[x.row.first], round[x.row.first]
	x.back.BottomLeftCornerRadius, x.back.BottomRightCornerRadius = round[x.row.last], round[x.row.last]
	x.bar.FillColor = theme.Color(theme.Accent)
	x.bar.Hidden = !x.row.chosen
	x.back.Hidden = false
	switch {
	case x.row.chosen:
		x.back.FillColor = theme.Color(theme.Wash)
	case x.row.hovered:
		x.back.FillColor = theme.Color(theme.Sunk)
	default:
		x.back.Hidden = true
	}
}
