package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"lectern/app/keys"
	"lectern/app/theme"
)

// Segment is a switch between a few words, one of which is on. Left and Right
// move it.
type Segment struct {
	control
	Items   []string
	On      int
	Changed func(i int)

	over int // under the pointer, -1 none
}

// NewSegment makes a switch; changed is called when the user moves it.
func NewSegment(items []string, on int, changed func(int)) *Segment {
	s := &Segment{Items: items, On: on, Changed: changed, over: -1}
	s.init(s, nil)
	s.pressAs = map[keys.Key]func(){
		keys.Left:  func() { s.choose(s.On - 1) },
		keys.Right: func() { s.choose(s.On + 1) },
	}
	return s
}

// Set moves the switch without calling Changed.
func (s *Segment) Set(i int) {
	if i != s.On {
		s.On = i
		s.Refresh()
	}
}

func (s *Segment) choose(i int) {
	if i < 0 || i >= len(s.Items) || i == s.On || !s.Enabled() {
		return
	}
	s.On = i
	s.Refresh()
	if s.Changed != nil {
		s.Changed(i)
	}
}

var segmentType = Body.At(15, 24)

func (s *Segment) width(i int) float32 { return segmentType.Strong().Width(s.Items[i]) + 28 }

// at is the item at a distance from the left.
func (s *Segment) at(x float32) int {
	left := float32(4)
	for i := range s.Items {
		if w := s.width(i); x < left+w || i == len(s.Items)-1 {
			return i
		} else {
			left += w
		}
	}
	return -1
}

// Tapped is for Fyne.
func (s *Segment) Tapped(ev *fyne.PointEvent) { s.choose(s.at(ev.Position.X)) }

// MouseIn is for Fyne.
func (s *Segment) MouseIn(ev *desktop.MouseEvent) { s.MouseMoved(ev) }

// MouseMoved is for Fyne.
func (s *Segment) MouseMoved(ev *desktop.MouseEvent) {
	if i := s.at(ev.Position.X); i != s.over {
		s.over = i
		s.Refresh()
	}
}

// MouseOut is for Fyne.
func (s *Segment) MouseOut() {
	s.over = -1
	s.Refresh()
}

// CreateRenderer is for Fyne.
func (s *Segment) CreateRenderer() fyne.WidgetRenderer {
	ring, track, thumb, over := newRing(theme.RadiusControl), box(theme.RadiusControl), box(theme.RadiusChip), box(theme.RadiusChip)
	texts := make([]*canvas.Text, len(s.Items))
	r := &renderer{self: s, objects: []fyne.CanvasObject{ring, track, thumb, over}}
	for i, t := range s.Items {
		texts[i] = segmentType.object(t, theme.Muted)
		r.objects = append(r.objects, texts[i])
	}
	r.min = func() fyne.Size {
		w := float32(8)
		for i := range s.Items {
			w += s.width(i)
		}
		return fyne.NewSize(w, 42)
	}
	r.layout = func(size fyne.Size) {
		placeRing(ring, size)
		put(track, 0, 0, size.Width, size.Height)
		x := float32(4)
		for i, t := range texts {
			w, letter := s.width(i), segmentType
			if i == s.On {
				letter = letter.Strong()
				put(thumb, x, 4, w, size.Height-8)
			}
			if i == s.over {
				put(over, x, 4, w, size.Height-8)
			}
			letter.place(t, x+(w-letter.Width(t.Text))/2, (size.Height-letter.Line)/2)
			x += w
		}
	}
	r.paint = func() {
		paintBox(track, theme.Sunk, theme.Line, 1)
		paintBox(thumb, theme.Paper, theme.Edge, 1)
		paintBox(over, theme.Hover, "", 0)
		over.Hidden = s.over < 0 || s.over == s.On || !s.Enabled()
		for i, t := range texts {
			letter, ink := segmentType, theme.Muted
			if i == s.On {
				letter, ink = letter.Strong(), theme.Ink
			}
			letter.apply(t)
			t.Color = colour(ink)
		}
		paintRing(ring, s.ringed)
		r.layout(s.Size())
	}
	r.paint()
	return r
}
