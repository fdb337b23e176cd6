package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// legend draws the five levels of a calendar side by side.
type legend struct{ widget.BaseWidget }

// CreateRenderer is for Fyne.
func (l *legend) CreateRenderer() fyne.WidgetRenderer {
	cells := make([]*canvas.Rectangle, 5)
	r := &renderer{self: l}
	for i := range cells {
		cells[i] = box(2.5)
		r.objects = append(r.objects, cells[i])
	}
	r.min = func() fyne.Size { return fyne.NewSize(92, 12) }
	r.layout = func(s fyne.Size) {
		for i, c := range cells {
			put(c, 4+float32(i)*18, (s.Height-heatHigh)/2, 14, heatHigh)
		}
	}
	r.paint = func() {
		for i, c := range cells {
			fill, stroke := heatColour(i)
			paintBox(c, fill, stroke, 1)
		}
	}
	r.paint()
	return r
}
