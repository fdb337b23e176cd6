package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lectern/app/theme"
)

// Scroll lets content that is higher than its room move up and down. The
// content gets the whole width and the height it wants at that width.
type Scroll struct {
	widget.BaseWidget
	Content fyne.CanvasObject
	Ground  fyne.ThemeColorName // what the content fades into where it goes on; "" for nothing

	inner      *container.Scroll
	tall       *tall
	above      *canvas.LinearGradient
	below      *canvas.LinearGradient
	onScrolled func(y float32)
}

// NewScroll makes a scroll around content.
func NewScroll(content fyne.CanvasObject) *Scroll {
	s := &Scroll{Content: content, tall: &tall{}, above: canvas.NewVerticalGradient(clear, clear), below: canvas.NewVerticalGradient(clear, clear)}
	s.inner = container.NewVScroll(&fyne.Container{Layout: s.tall, Objects: []fyne.CanvasObject{content}})
	s.inner.OnScrolled = func(p fyne.Position) {
		s.fade()
		if s.onScrolled != nil {
			s.onScrolled(p.Y)
		}
	}
	s.ExtendBaseWidget(s)
	return s
}

// tall is the layout around the content: its minimal height is what the
// content wants at the present width.
type tall struct{ width float32 }

func (t *tall) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if t.width <= 0 {
		return fyne.Size{}
	}
	return fyne.NewSize(0, HeightFor(objects[0], t.width))
}

func (t *tall) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.Position{})
	objects[0].Resize(size)
}

// SetContent shows something else, from its top.
func (s *Scroll) SetContent(o fyne.CanvasObject) {
	s.Content = o
	s.inner.Content.(*fyne.Container).Objects = []fyne.CanvasObject{o}
	s.inner.Offset = fyne.Position{}
	s.Refresh()
}

// CreateRenderer is for Fyne.
func (s *Scroll) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{self: s, objects: []fyne.CanvasObject{s.inner, s.above, s.below}}
	r.min = func() fyne.Size { return fyne.NewSize(s.Content.MinSize().Width, 48) }
	r.layout = func(size fyne.Size) {
		s.tall.width = size.Width
		put(s.inner, 0, 0, size.Width, size.Height)
		if c := s.inner.Content; c.Size() != c.MinSize().Max(size) {
			s.inner.Refresh()
		}
		wide := max(0, size.Width-2*theme.RadiusSheet) // clear of a sheet's corners
		put(s.above, theme.RadiusSheet, 0, wide, fadeHigh)
		put(s.below, theme.RadiusSheet, size.Height-fadeHigh, wide, fadeHigh)
		s.fade()
	}
	r.paint = func() {
		ground := colour(s.Ground)
		s.above.StartColor, s.below.EndColor = ground, ground
		s.above.Refresh()
		s.below.Refresh()
		r.layout(s.Size())
	}
	r.paint()
	return r
}

// fadeHigh is the height of a fade: a line.
const fadeHigh = 24

// fade shows at which end the content goes on.
func (s *Scroll) fade() {
	s.above.Hidden = s.Ground == "" || s.inner.Offset.Y < 1
	s.below.Hidden = s.Ground == "" || s.AtEnd()
}

// HeightFor is the content's height, so that a scroll in a column takes what it
// needs and scrolls only when the column has less.
func (s *Scroll) HeightFor(width float32) float32 { return HeightFor(s.Content, width) }

// Rest is how far the content can move in all.
func (s *Scroll) Rest() float32 {
	return max(0, s.inner.Content.Size().Height-s.inner.Size().Height)
}

// AtEnd tells whether the lower end of the content is in sight.
func (s *Scroll) AtEnd() bool { return s.inner.Offset.Y >= s.Rest()-1 }

// Offset is how far the content is moved up.
func (s *Scroll) Offset() float32 { return s.inner.Offset.Y }

// ScrollTo moves the content so that y is at the top, as far as it goes.
func (s *Scroll) ScrollTo(y float32) {
	s.inner.Offset.Y = min(max(0, y), s.Rest())
	s.inner.Refresh()
	s.fade()
}

// ScrollBy moves by a share of the room in sight, such as 0.9 for a page and
// −0.9 back; it tells whether anything moved.
func (s *Scroll) ScrollBy(share float32) bool {
	before := s.inner.Offset.Y
	s.ScrollTo(before + share*s.Size().Height)
	return s.inner.Offset.Y != before
}

// Reveal scrolls as little as needed to show the range from top to bottom.
func (s *Scroll) Reveal(top, bottom float32) {
	high := s.inner.Size().Height
	switch y := s.inner.Offset.Y; {
	case top < y:
		s.ScrollTo(top)
	case bottom > y+high:
		s.ScrollTo(min(top, bottom-high))
	}
}

// OnScrolled is called whenever the content moved.
func (s *Scroll) OnScrolled(f func(y float32)) { s.onScrolled = f }

// reveal brings an object that got the keyboard into sight, if it lies in a
// scroll.
func reveal(o fyne.CanvasObject) {
	c := canvasOf(o)
	if c == nil {
		return
	}
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	if s, found := scrollAround(root, o); found && s != nil {
		const air = 16
		d := fyne.CurrentApp().Driver()
		y := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(s.inner.Content).Y
		s.Reveal(y-air, y+o.Size().Height+air)
	}
}

// scrollAround finds an object below another one, and the innermost scroll on
// the way to it.
func scrollAround(root, o fyne.CanvasObject) (in *Scroll, found bool) {
	if root == o {
		return nil, true
	}
	var below []fyne.CanvasObject
	switch r := root.(type) {
	case *fyne.Container:
		below = r.Objects
	case interface{ children() []fyne.CanvasObject }:
		below = r.children()
	}
	for _, child := range below {
		if !child.Visible() {
			continue
		}
		if in, found = scrollAround(child, o); found {
			if s, ok := root.(*Scroll); ok && in == nil {
				in = s
			}
			return in, true
		}
	}
	return nil, false
}
