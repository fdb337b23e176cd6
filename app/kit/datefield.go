package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lectern/app/keys"
	"lectern/app/theme"
)

// DateField says a date and what it means; pressed it opens the calendar, which
// the screen shows. Left and Right take the day before and after.
type DateField struct {
	control
	Text string // the date
	Note string // muted, at the right: how far it is
	Step func(days int)
}

// NewDateField makes a field.
func NewDateField(pressed func(), step func(days int)) *DateField {
	f := &DateField{Step: step}
	f.init(f, pressed)
	move := func(n int) func() { return func() { f.Step(n) } }
	f.pressAs = map[keys.Key]func(){keys.Left: move(-1), keys.Right: move(1), keys.ShiftLeft: move(-7), keys.ShiftRight: move(7)}
	return f
}

// Set changes the date and its note.
func (f *DateField) Set(text, note string) {
	if f.Text != text || f.Note != note {
		f.Text, f.Note = text, note
		f.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (f *DateField) CreateRenderer() fyne.WidgetRenderer {
	ring, frame, over := newRing(theme.RadiusControl), box(theme.RadiusControl), box(theme.RadiusControl)
	icon := &canvas.Image{FillMode: canvas.ImageFillContain}
	text, note := Body.object("", theme.Ink), Caption.object("", theme.Muted)
	r := &renderer{self: f, objects: []fyne.CanvasObject{ring, frame, over, icon, text, note}}
	const left, right = 46, 14
	r.min = func() fyne.Size { return fyne.NewSize(160, theme.ControlNormal) }
	r.layout = func(s fyne.Size) {
		placeRing(ring, s)
		put(frame, 0, 0, s.Width, s.Height)
		put(over, 0, 0, s.Width, s.Height)
		put(icon, 14, (s.Height-20)/2, 20, 20)
		w := Caption.Width(f.Note)
		text.Text = Body.Elide(f.Text, s.Width-left-right-w-8)
		Body.place(text, left, (s.Height-Body.Line)/2)
		Caption.place(note, s.Width-right-w, (s.Height-Caption.Line)/2)
	}
	r.paint = func() {
		paintBox(frame, theme.Paper, theme.Edge, 1)
		paintBox(over, f.ground(), "", 0)
		setIcon(icon, "calendar-blank", theme.Muted)
		text.Color, note.Color, note.Text = colour(theme.Ink), colour(theme.Muted), f.Note
		paintRing(ring, f.ringed)
		r.layout(f.Size())
	}
	r.paint()
	return r
}
