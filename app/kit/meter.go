package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"lectern/app/theme"
)

// Meter is a bar of 6 px that says how much: readiness, what is done.
type Meter struct {
	widget.BaseWidget
	Share  float64             // 0 to 1
	Colour fyne.ThemeColorName // "" is accent
}

// NewMeter makes a meter.
func NewMeter(share float64) *Meter {
	m := &Meter{Share: share}
	m.ExtendBaseWidget(m)
	return m
}

// Set moves the meter; it follows at once.
func (m *Meter) Set(share float64) {
	if m.Share != share {
		m.Share = share
		m.Refresh()
	}
}

// Count moves the meter to so much of a total, 0 is not known. Work calls it from
// any goroutine.
func (m *Meter) Count(done, total int) {
	fyne.Do(func() { m.Set(float64(done) / float64(max(1, total))) })
}

// CreateRenderer is for Fyne.
func (m *Meter) CreateRenderer() fyne.WidgetRenderer {
	track, fill := box(3), box(3)
	r := &renderer{self: m, objects: []fyne.CanvasObject{track, fill}}
	r.min = func() fyne.Size { return fyne.NewSize(40, 6) }
	r.layout = func(s fyne.Size) {
		y := (s.Height - 6) / 2
		put(track, 0, y, s.Width, 6)
		w := s.Width * float32(min(max(m.Share, 0), 1))
		if w > 0 {
			w = max(w, 6)
		}
		put(fill, 0, y, w, 6)
	}
	r.paint = func() {
		paintBox(track, theme.Line, "", 0)
		name := m.Colour
		if name == "" {
			name = theme.Accent
		}
		paintBox(fill, name, "", 0)
		fill.Hidden = m.Share <= 0
		r.layout(m.Size())
	}
	r.paint()
	return r
}

// Ring is a share drawn as a closed circle with the number inside.
type Ring struct {
	widget.BaseWidget
	Share float64 // 0 to 1
	Text  string  // inside: "88 %"
}

// NewRing makes a ring of 96 px.
func NewRing(share float64, text string) *Ring {
	g := &Ring{Share: share, Text: text}
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer is for Fyne.
func (g *Ring) CreateRenderer() fyne.WidgetRenderer {
	const width = 7
	letter := Type{Size: 20, Line: 28, Bold: true}
	track, done := canvas.NewArc(0, 360, 0, clear), canvas.NewArc(0, 0, 0, clear)
	text := letter.object(g.Text, theme.Ink)
	r := &renderer{self: g, objects: []fyne.CanvasObject{track, done, text}}
	r.min = func() fyne.Size { return fyne.NewSquareSize(96) }
	r.layout = func(s fyne.Size) {
		side := min(s.Width, s.Height)
		outer := side - 4
		for _, a := range []*canvas.Arc{track, done} {
			a.CutoutRatio = 1 - 2*width/outer
			put(a, (s.Width-outer)/2, (s.Height-outer)/2, outer, outer)
		}
		letter.place(text, (s.Width-letter.Width(text.Text))/2, (s.Height-letter.Line)/2)
	}
	r.paint = func() {
		track.FillColor, done.FillColor = colour(theme.Line), colour(theme.Accent)
		done.EndAngle = float32(360 * min(max(g.Share, 0), 1))
		done.CornerRadius = width / 2
		done.Hidden = g.Share <= 0
		text.Text, text.Color = g.Text, colour(theme.Ink)
		r.layout(g.Size())
	}
	r.paint()
	return r
}
