package importer

import (
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lectern/app/kit"
	"lectern/app/theme"
)

// strip is a column of rows of different heights, as long as it likes: only those
// in sight exist. How high the others are is guessed until they come in sight;
// what is in sight stays where it is then.
type strip struct {
	roll     *kit.Scroll
	body     *fyne.Container
	scrolled func(y float32) // by the user; may be nil

	rows  rows
	keys  []int64
	tops  []float32 // where each row begins, and the end
	width float32
	known map[int64]float32 // heights at this width, by key
	live  map[int]fyne.CanvasObject
	busy  bool // rows are being made
}

// rows are what a strip shows. A key is the same for the same thing, whatever
// comes above it.
type rows interface {
	key(i int) int64
	guess(i int, width float32) float32
	build(i int) fyne.CanvasObject
}

// beyond is how far rows are made above and below what is in sight.
const beyond = 240

func newStrip(r rows) *strip {
	s := &strip{rows: r, known: map[int64]float32{}, live: map[int]fyne.CanvasObject{}, tops: []float32{0}}
	s.body = &fyne.Container{Layout: stripLayout{s}}
	s.roll = kit.NewScroll(kit.Flowed(s.body, func(width float32) float32 {
		s.at(width)
		return s.end()
	}))
	s.roll.Ground = theme.Paper
	s.roll.OnScrolled(func(y float32) {
		s.fill()
		if s.scrolled != nil {
			s.scrolled(s.roll.Offset()) // what came in sight may have moved it
		}
	})
	return s
}

// set shows n rows, all made anew. What is in sight stays where it is as far as
// it is still there.
func (s *strip) set(n int) {
	y := s.roll.Offset()
	anchor, off := int64(0), float32(0)
	if len(s.keys) > 0 {
		i := s.row(y)
		anchor, off = s.keys[i], y-s.tops[i]
	}
	s.keys = s.keys[:0]
	for i := range n {
		s.keys = append(s.keys, s.rows.key(i))
	}
	clear(s.live)
	s.body.Objects = nil
	s.guess()
	if y > 0 {
		for i, k := range s.keys {
			if k == anchor {
				y = s.tops[i] + off
				break
			}
		}
	}
	s.roll.Refresh()
	s.scrollTo(y)
}

// renew makes the rows in sight again: what they show has changed.
func (s *strip) renew() {
	clear(s.live)
	s.fill()
}

// redo makes a row again if it is in sight.
func (s *strip) redo(i int) {
	if s.live[i] != nil {
		delete(s.live, i)
		s.fill()
	}
}

// at takes a width.
func (s *strip) at(width float32) {
	if width != s.width && width > 0 {
		s.width = width
		clear(s.known)
		s.guess()
	}
}

// guess lays the rows out by what is known of their heights.
func (s *strip) guess() {
	s.tops = s.tops[:0]
	y := float32(0)
	for i, key := range s.keys {
		s.tops = append(s.tops, y)
		h, ok := s.known[key]
		if !ok && s.width > 0 {
			h = s.rows.guess(i, s.width)
		}
		y += h
	}
	s.tops = append(s.tops, y)
}

// row is the one at a height, the last for what lies below all.
func (s *strip) row(y float32) int {
	n := len(s.keys)
	return max(0, min(n-1, sort.Search(n, func(i int) bool { return s.tops[i+1] > y })))
}

// end is how high all rows are.
func (s *strip) end() float32 { return s.tops[len(s.keys)] }

// fill makes the rows in sight and lets the others go.
func (s *strip) fill() {
	high := s.roll.Size().Height
	if s.busy || s.width <= 0 || high <= 0 {
		return
	}
	s.busy = true
	defer func() { s.busy = false }()
	y := s.roll.Offset()
	from := s.row(y - beyond)
	to := from
	for ; to < len(s.keys) && s.tops[to] < y+high+beyond; to++ {
		o := s.live[to]
		if o == nil {
			o = s.rows.build(to)
			s.live[to] = o
		}
		h := kit.HeightFor(o, s.width)
		s.known[s.keys[to]] = h
		by := h - (s.tops[to+1] - s.tops[to])
		if by == 0 {
			continue
		}
		if s.tops[to+1] <= y {
			y += by
		}
		for k := to + 1; k < len(s.tops); k++ {
			s.tops[k] += by
		}
	}
	s.body.Objects = s.body.Objects[:0]
	for i, o := range s.live {
		if i < from || i >= to {
			delete(s.live, i)
			continue
		}
		o.Move(fyne.NewPos(0, s.tops[i]))
		o.Resize(fyne.NewSize(s.width, s.tops[i+1]-s.tops[i]))
	}
	for i := from; i < to; i++ { // Tab goes by the order of objects
		s.body.Objects = append(s.body.Objects, s.live[i])
	}
	canvas.Refresh(s.body)
	if s.body.Size().Height != max(s.end(), high) {
		s.roll.Refresh()
	}
	if y != s.roll.Offset() {
		s.roll.ScrollTo(y)
	}
}

// scrollTo moves the rows so that y is at the top, as far as they go.
func (s *strip) scrollTo(y float32) {
	s.roll.ScrollTo(y)
	s.fill()
}

// reveal scrolls so that some rows are in sight, with some of what is around
// them.
func (s *strip) reveal(from, to int) {
	const around = 64
	for range 3 { // what comes in sight may be higher than was guessed
		s.roll.Reveal(max(0, s.tops[from]-around), s.tops[to+1]+around)
		s.fill()
	}
}

// stripLayout is the layout of the body.
type stripLayout struct{ s *strip }

// MinSize is for Fyne.
func (l stripLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, l.s.end()) }

// Layout is for Fyne. It is also called when something in a row has changed its
// height: a formula was drawn.
func (l stripLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	l.s.at(size.Width)
	l.s.fill()
}
