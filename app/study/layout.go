package study

import (
	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
)

// desk sets the sheet from under the bar to the action bar, always the same
// size, and the line for faults over the sheet's lower end.
type desk struct{ s *Screen }

func (d *desk) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(480, 240) }

func (d *desk) Layout(o []fyne.CanvasObject, size fyne.Size) {
	sheet, action, fault := o[0], o[1], o[2]
	top, bar := float32(8), float32(theme.ActionBar)
	if d.s.small {
		top, bar = 0, theme.ActionBarSmall
	}
	width := min(float32(theme.SheetWidth), size.Width-2*theme.MarginSmall)
	x := float32(int((size.Width - width) / 2))
	end := size.Height - bar
	put(sheet, x, top, width, end-top)
	d.s.paper.sized()
	put(action, 0, end, size.Width, bar)
	if f := d.s.fault.line; f != nil {
		h := kit.HeightFor(f, width-32)
		put(fault, x+16, end-h-16, width-32, h)
	}
}

func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// whole gives every object all the room.
type whole struct{}

func (whole) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (whole) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for _, x := range o {
		put(x, 0, 0, size.Width, size.Height)
	}
}
