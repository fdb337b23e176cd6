package importer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lectern/app/kit"
	"lectern/app/theme"
)

// Where things stand in a line of the page: its box, its text, what is right of
// it.
const (
	lineSide = 20 // between the sheet's edge and a line's ground
	lineBox  = 12
	lineText = 44
	lineEnd  = 12
	lineStep = 24 // for a list within a list
)

// line is a block of the page as it stands there, with what was made of it in
// its margin. Everything on it but its box belongs to the line: one click
// anywhere does the same.
type line struct {
	widget.BaseWidget
	body    fyne.CanvasObject // the text
	in      kit.Insets        // around it
	mark    *kit.Text         // its bullet or number; may be nil
	box     *kit.Check        // in the margin; may be nil
	chip    *kit.Chip         // at the right end; may be nil
	caption *kit.Text         // above the text; may be nil
	bar     bool              // the bar of an answer, left of the text
	open    bool              // the body has something to drag at its lower edge

	top, bottom bool // it begins, ends what is chosen together
	chosen      bool
	hovered     bool
	tapped      func()
	menu        func(at fyne.CanvasObject)
}

func newLine(body fyne.CanvasObject) *line {
	l := &line{body: body, top: true, bottom: true}
	l.ExtendBaseWidget(l)
	return l
}

// choose shows whether the line is chosen.
func (l *line) choose(on bool) {
	if l.chosen != on {
		l.chosen = on
		l.Refresh()
	}
}

// room is where the text stands in a line of this width.
func (l *line) room(width float32) (x, w float32) {
	x = lineSide + lineText + l.in.Left
	end := width - lineSide - lineEnd
	if l.chip != nil {
		end -= l.chip.MinSize().Width + 12
	}
	return x, max(40, end-x)
}

func (l *line) head() float32 {
	if l.caption == nil {
		return l.in.Top
	}
	return l.in.Top + l.caption.Type.Line + 2
}

// HeightFor is the height with the text wrapped at this width.
func (l *line) HeightFor(width float32) float32 {
	_, w := l.room(width)
	return l.head() + kit.HeightFor(l.body, w) + l.in.Bottom
}

// CreateRenderer is for Fyne.
func (l *line) CreateRenderer() fyne.WidgetRenderer {
	r := &lineRenderer{l: l, back: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil), cover: &cover{l: l}}
	r.cover.ExtendBaseWidget(r.cover)
	r.objects = []fyne.CanvasObject{r.back, r.bar, l.body}
	if l.mark != nil {
		r.objects = append(r.objects, l.mark)
	}
	if l.caption != nil {
		r.objects = append(r.objects, l.caption)
	}
	if l.chip != nil {
		r.objects = append(r.objects, l.chip)
	}
	r.objects = append(r.objects, r.cover)
	if l.box != nil {
		r.objects = append(r.objects, l.box)
	}
	r.paint()
	return r
}

type lineRenderer struct {
	l         *line
	back, bar *canvas.Rectangle
	cover     *cover
	objects   []fyne.CanvasObject
}

func (r *lineRenderer) Destroy()                     {}
func (r *lineRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *lineRenderer) MinSize() fyne.Size {
	return fyne.NewSize(200, r.l.HeightFor(max(200, r.l.Size().Width)))
}

func (r *lineRenderer) Layout(s fyne.Size) {
	l := r.l
	high := s.Height
	if !l.bottom {
		high++ // no seam to the next line
	}
	place(r.back, lineSide, 0, s.Width-2*lineSide, high)
	x, w := l.room(s.Width)
	y := l.head()
	place(l.body, x, y, w, kit.HeightFor(l.body, w))
	from, to := float32(0), s.Height
	if l.top {
		from = l.in.Top
	}
	if l.bottom {
		to -= l.in.Bottom
	}
	place(r.bar, lineSide+lineText, from, 2, to-from)
	if l.caption != nil {
		place(l.caption, x, l.in.Top, w, l.caption.Type.Line)
	}
	if l.mark != nil {
		m := l.mark.MinSize()
		place(l.mark, x-max(lineStep-4, m.Width+6), y, m.Width, m.Height)
	}
	if l.box != nil {
		place(l.box, lineSide+lineBox, y+3, 20, 20)
	}
	if l.chip != nil {
		m := l.chip.MinSize()
		place(l.chip, s.Width-lineSide-lineEnd-m.Width, y-1, m.Width, m.Height)
	}
	below := float32(0)
	if l.open {
		below = l.in.Bottom + 12
	}
	place(r.cover, lineSide, 0, s.Width-2*lineSide, s.Height-below)
}

func (r *lineRenderer) paint() {
	l := r.l
	fill := fyne.ThemeColorName("")
	switch {
	case l.chosen:
		fill = theme.Wash
	case l.hovered:
		fill = theme.Sunk
	}
	r.back.Hidden = fill == ""
	if fill != "" {
		r.back.FillColor = theme.Color(fill)
	}
	radius := func(on bool) float32 {
		if on || !l.chosen {
			return theme.RadiusControl
		}
		return 0
	}
	r.back.TopLeftCornerRadius, r.back.TopRightCornerRadius = radius(l.top), radius(l.top)
	r.back.BottomLeftCornerRadius, r.back.BottomRightCornerRadius = radius(l.bottom), radius(l.bottom)
	r.bar.FillColor, r.bar.Hidden = theme.Color(theme.Accent), !l.bar
}

// Refresh is for Fyne.
func (r *lineRenderer) Refresh() {
	r.paint()
	r.Layout(r.l.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
	canvas.Refresh(r.l)
}

// cover takes the pointer from what lies below it on a line.
type cover struct {
	widget.BaseWidget
	l *line
}

// CreateRenderer is for Fyne.
func (c *cover) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(&fyne.Container{})
}

// Tapped is for Fyne.
func (c *cover) Tapped(*fyne.PointEvent) {
	if c.l.tapped != nil {
		c.l.tapped()
	}
}

// TappedSecondary is for Fyne.
func (c *cover) TappedSecondary(*fyne.PointEvent) {
	if c.l.menu != nil {
		c.l.menu(c.l)
	}
}

// MouseIn is for Fyne.
func (c *cover) MouseIn(*desktop.MouseEvent) { c.hover(c.l.tapped != nil) }

// MouseMoved is for Fyne.
func (c *cover) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (c *cover) MouseOut() { c.hover(false) }

func (c *cover) hover(on bool) {
	if c.l.hovered != on {
		c.l.hovered = on
		c.l.Refresh()
	}
}

// MouseDown is for Fyne: no text below is marked.
func (c *cover) MouseDown(*desktop.MouseEvent) {}

// MouseUp is for Fyne.
func (c *cover) MouseUp(*desktop.MouseEvent) {}

func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}
