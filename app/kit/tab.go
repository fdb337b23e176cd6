package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lectern/app/theme"
)

// Tab is a place in the window's bar: a word with a line under the one that
// is shown.
type Tab struct {
	control
	Text string
	On   bool
}

// NewTab makes a tab.
func NewTab(text string, on bool, tapped func()) *Tab {
	t := &Tab{Text: text, On: on}
	t.init(t, tapped)
	return t
}

// CreateRenderer is for Fyne.
func (t *Tab) CreateRenderer() fyne.WidgetRenderer {
	ring, text, line := newRing(theme.RadiusChip), Body.object(t.Text, theme.Muted), canvas.NewRectangle(clear)
	line.CornerRadius = 1
	r := &renderer{self: t, objects: []fyne.CanvasObject{ring, text, line}}
	letter := func() Type {
		if t.On {
			return Body.Strong()
		}
		return Body
	}
	r.min = func() fyne.Size { return fyne.NewSize(letter().Width(t.Text)+24, theme.ControlNormal) }
	r.layout = func(s fyne.Size) {
		put(ring, 2, (s.Height-36)/2, s.Width-4, 36)
		letter().place(text, 12, float32(int((s.Height-Body.Line)/2)))
		put(line, 12, (s.Height+Body.Line)/2+6, s.Width-24, 2)
	}
	r.paint = func() {
		letter().apply(text)
		ink := theme.Muted
		if t.On || t.hovered {
			ink = theme.Ink
		}
		text.Color = colour(ink)
		line.FillColor, line.Hidden = colour(theme.Accent), !t.On
		paintRing(ring, t.ringed)
		r.layout(t.Size())
	}
	r.paint()
	return r
}
