package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lectern/app/keys"
	"lectern/app/theme"
)

// ShowPicture shows a picture on paper over the dimmed desk, as large as the
// window allows. Draw gives it for the room there is, and is asked again when
// the window changes. Esc, Enter, Space or a tap takes it away.
func ShowPicture(c fyne.Canvas, draw func(room fyne.Size) (image.Image, fyne.Size, error)) *Overlay {
	const pad = 24
	shown := canvas.NewImageFromImage(nil)
	shown.FillMode, shown.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
	o := &Overlay{veil: true, anywhere: true, body: NewSheet(All(pad), shown)}
	var window, size fyne.Size
	o.place = func(s fyne.Size) (fyne.Position, fyne.Size) {
		if s != window {
			window = s
			room := s.SubtractWidthHeight(2*(theme.MarginSmall+pad), 2*(theme.MarginSmall+pad))
			if img, drawn, err := draw(room); err == nil {
				shown.Image, size = img, drawn.AddWidthHeight(2*pad, 2*pad)
				shown.Refresh()
			}
		}
		return fyne.NewPos(float32(int((s.Width-size.Width)/2)), float32(int((s.Height-size.Height)/2))), size
	}
	o.onKey = func(k keys.Key) bool {
		if k == keys.Enter || k == keys.Space {
			o.Leave()
			return true
		}
		return false
	}
	o.open(c)
	return o
}
