package cardview

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"lectern/app/kit"
	"lectern/app/theme"
)

// CreateRenderer is for Fyne.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return &renderer{v: v, turn: -1} }

// renderer keeps the objects of the page that is shown. The selection lies
// between those behind and those above, so that marking text makes no others.
type renderer struct {
	v       *View
	page    *page
	turn    int
	objects []fyne.CanvasObject
	root    *layer
	panes   []*layer
	bars    []*bar
	links   []linkRule
}

// layer is a place with objects behind the selection and above it.
type layer struct {
	back, marks, front []fyne.CanvasObject
	inner              *fyne.Container // of a pane
}

func (l *layer) all() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, 0, len(l.back)+len(l.marks)+len(l.front))
	return append(append(append(out, l.back...), l.marks...), l.front...)
}

type linkRule struct {
	link   int
	object fyne.CanvasObject
}

func (r *renderer) Destroy() {}

func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *renderer) MinSize() fyne.Size {
	w := r.v.Size().Width
	if w <= 0 {
		w = theme.MeasureWidth
	}
	return fyne.NewSize(80, r.v.HeightFor(w))
}

func (r *renderer) Layout(s fyne.Size) {
	if s.Width > 0 && (r.page == nil || r.page.width != s.Width) {
		r.Refresh()
	}
}

func (r *renderer) Refresh() {
	v := r.v
	if w := v.Size().Width; w > 0 {
		p := v.page(w)
		if p != r.page || v.turn != r.turn {
			v.show(p)
			r.page, r.turn = p, v.turn
			r.build()
		}
		r.mark()
	}
	canvas.Refresh(v)
}

// build makes the objects of the page.
func (r *renderer) build() {
	p := r.page
	r.root, r.panes, r.bars, r.links = &layer{}, nil, nil, nil
	for i, pn := range p.panes {
		l := &layer{inner: container.NewWithoutLayout()}
		r.panes = append(r.panes, l)
		clip := container.NewClip(&fyne.Container{Layout: still{}, Objects: []fyne.CanvasObject{l.inner}})
		clip.Move(fyne.NewPos(pn.x, pn.y))
		clip.Resize(fyne.NewSize(pn.w, pn.h))
		b := newBar(r.v, i)
		b.Move(fyne.NewPos(pn.x+panelPad, pn.y+pn.h-barRoom))
		b.Resize(fyne.NewSize(pn.w-2*panelPad, barRoom))
		r.bars = append(r.bars, b)
		r.root.front = append(r.root.front, clip, b)
	}
	for _, it := range p.back {
		l, dx, dy := r.layer(it.pane)
		l.back = append(l.back, it.object(dx, dy))
	}
	for _, it := range p.front {
		l, dx, dy := r.layer(it.pane)
		o := it.object(dx, dy)
		if it.link > 0 {
			r.links = append(r.links, linkRule{it.link, o})
		}
		l.front = append(l.front, o)
	}
}

// layer is where a pane's objects go and where it begins.
func (r *renderer) layer(pane int) (l *layer, dx, dy float32) {
	if pane == 0 {
		return r.root, 0, 0
	}
	p := r.page.panes[pane-1]
	return r.panes[pane-1], p.x, p.y
}

// mark lays the selection, the lines under a link, the place of what scrolls.
func (r *renderer) mark() {
	r.root.marks = nil
	for _, l := range r.panes {
		l.marks = nil
	}
	for _, b := range r.v.boxes() {
		l, dx, dy := r.layer(b.pane)
		o := canvas.NewRectangle(theme.Color(theme.Mark))
		o.CornerRadius = 2
		o.Move(fyne.NewPos(b.x-dx, b.y-dy))
		o.Resize(fyne.NewSize(b.w, b.h))
		l.marks = append(l.marks, o)
	}
	for i, l := range r.panes {
		l.inner.Objects = l.all()
		l.inner.Move(fyne.NewPos(-r.v.offset(i+1), 0))
		l.inner.Resize(fyne.NewSize(r.page.panes[i].inner, r.page.panes[i].h))
		r.bars[i].place()
	}
	for _, l := range r.links {
		if on := l.link == r.v.over; on {
			l.object.Show()
		} else {
			l.object.Hide()
		}
	}
	r.objects = r.root.all()
}

// still is a layout that leaves everything where it is.
type still struct{}

func (still) Layout([]fyne.CanvasObject, fyne.Size) {}
func (still) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }
func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// object makes what is drawn for an item, moved to the origin of its pane.
func (it item) object(dx, dy float32) fyne.CanvasObject {
	x, y := it.x-dx, it.y-dy
	switch it.shape {
	case letters:
		o := it.look.kind.Set(it.text, it.look.colour)
		size, base := fyne.CurrentApp().Driver().RenderedTextSize(it.text, o.TextSize, o.TextStyle, nil)
		if it.look.ascent > 0 {
			base = it.look.ascent * o.TextSize
		}
		// The painter puts the baseline at the next whole pixel.
		place(o, x, y-ceil(base), size.Width, size.Height)
		return o
	case drawing:
		o := canvas.NewImageFromImage(it.image)
		o.FillMode, o.ScaleMode = canvas.ImageFillStretch, canvas.ImageScaleSmooth
		place(o, x, y, it.w, it.h)
		return o
	case disc:
		o := canvas.NewCircle(theme.Color(it.look.colour))
		place(o, x, y, it.w, it.h)
		return o
	case symbol:
		o := kit.Icon(it.text, it.w, it.look.colour)
		place(o, x, y, it.w, it.h)
		return o
	case dashes:
		ground, edge := theme.Color(it.look.colour), theme.Color(it.edge)
		o := canvas.NewRaster(func(w, h int) image.Image { return dashed(w, h, float64(it.w), ground, edge) })
		place(o, x, y, it.w, it.h)
		return o
	}
	o := canvas.NewRectangle(theme.Color(it.look.colour))
	o.CornerRadius = it.radius
	if it.edge != "" {
		o.StrokeColor, o.StrokeWidth = theme.Color(it.edge), 1.5
	}
	place(o, x, y, it.w, it.h)
	return o
}

// dashed draws a frame of dashes, six long and four apart, round at its corners.
func dashed(w, h int, width float64, ground, edge color.Color) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	scale := float64(w) / width
	radius, stroke := 8*scale, max(1, scale)
	for y := range h {
		for x := range w {
			fx, fy := float64(x)+0.5, float64(y)+0.5
			cx, cy := min(max(fx, radius), float64(w)-radius), min(max(fy, radius), float64(h)-radius)
			depth := min(min(fx, float64(w)-fx), min(fy, float64(h)-fy)) // from the edge
			if cx != fx && cy != fy {
				depth = radius - math.Hypot(fx-cx, fy-cy)
			}
			switch along := math.Mod((fx+fy)/scale, 10); {
			case depth < 0:
			case depth < stroke && along < 6:
				img.Set(x, y, edge)
			default:
				img.Set(x, y, ground)
			}
		}
	}
	return img
}
