package kit

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/theme"
)

func TestAPictureFillsTheWindowAndGoes(t *testing.T) {
	c := show(t, NewGround(theme.Desk), 900, 600)
	var room fyne.Size
	draw := func(r fyne.Size) (image.Image, fyne.Size, error) {
		room = r
		return image.NewGray(image.Rect(0, 0, 8, 4)), fyne.NewSize(r.Width, r.Width/2), nil
	}
	for name, leave := range map[string]func(*Overlay){
		"Space":   func(o *Overlay) { o.Key(keys.Space) },
		"Enter":   func(o *Overlay) { o.Key(keys.Enter) },
		"Escape":  func(o *Overlay) { o.Key(keys.Esc) },
		"a tap":   func(o *Overlay) { o.Tapped(&fyne.PointEvent{Position: fyne.NewPos(450, 300)}) },
		"another": func(o *Overlay) { o.Tapped(&fyne.PointEvent{Position: fyne.NewPos(2, 2)}) },
	} {
		o := ShowPicture(c, draw)
		if TopOverlay(c) != o || room.Width < 750 || room.Height < 450 {
			t.Fatalf("the picture has only %v", room)
		}
		if p, s := o.body.Position(), o.body.Size(); p.X < 0 || p.Y < 0 || p.X+s.Width > 900 || p.Y+s.Height > 600 {
			t.Errorf("the picture leaves the window: %v at %v", s, p)
		}
		o.Key(keys.Down)
		if TopOverlay(c) != o {
			t.Error("any key takes it away")
		}
		if leave(o); TopOverlay(c) != nil {
			t.Errorf("%s does not take it away", name)
		}
	}
}
