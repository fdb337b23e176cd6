package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"lectern/app/keys"
	"lectern/app/theme"
)

// Fold is a line that unfolds what lies under it: what most people never need.
// The line says in a few words what is inside. Right and Left open and close.
type Fold struct {
	widget.BaseWidget
	Content fyne.CanvasObject

	head *foldHead
	body *fyne.Container
}

// NewFold makes a fold, closed.
func NewFold(text, note string, content fyne.CanvasObject) *Fold {
	f := &Fold{Content: content}
	f.head = &foldHead{text: text, note: note}
	f.head.init(f.head, func() { f.Open(!f.head.open) })
	f.head.pressAs = map[keys.Key]func(){keys.Right: func() { f.Open(true) }, keys.Left: func() { f.Open(false) }}
	content.Hide()
	f.body = Column(0, f.head, content)
	f.ExtendBaseWidget(f)
	return f
}

// Opened tells whether the content is shown.
func (f *Fold) Opened() bool { return f.head.open }

// Open shows the content or hides it.
func (f *Fold) Open(on bool) {
	if f.head.open == on {
		return
	}
	f.head.open = on
	if on {
		f.Content.Show()
	} else {
		f.Content.Hide()
	}
	f.head.Refresh()
	Relayout(f)
}

// HeightFor is the height with or without the content.
func (f *Fold) HeightFor(width float32) float32 { return HeightFor(f.body, width) }

func (f *Fold) children() []fyne.CanvasObject { return []fyne.CanvasObject{f.body} }

// CreateRenderer is for Fyne.
func (f *Fold) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{self: f, objects: []fyne.CanvasObject{f.body}}
	r.min = func() fyne.Size {
		w := f.body.MinSize().Width
		return fyne.NewSize(w, f.HeightFor(max(w, f.Size().Width)))
	}
	r.layout = func(s fyne.Size) { put(f.body, 0, 0, s.Width, s.Height) }
	return r
}

// foldHead is the line of a fold.
type foldHead struct {
	control
	text, note string
	open       bool
}

// CreateRenderer is for Fyne.
func (h *foldHead) CreateRenderer() fyne.WidgetRenderer {
	ring, over := newRing(theme.RadiusChip), box(theme.RadiusChip)
	caret := &canvas.Image{FillMode: canvas.ImageFillContain}
	text, note := Body.Strong().object(h.text, theme.Accent), Caption.object(h.note, theme.Muted)
	r := &renderer{self: h, objects: []fyne.CanvasObject{ring, over, caret, text, note}}
	r.min = func() fyne.Size { return fyne.NewSize(26+Body.Strong().Width(h.text), 68) }
	r.layout = func(s fyne.Size) {
		put(ring, -8, s.Height/2-20, s.Width+16, 40)
		put(over, -8, s.Height/2-20, s.Width+16, 40)
		put(caret, 0, (s.Height-18)/2, 18, 18)
		bold := Body.Strong()
		bold.place(text, 26, (s.Height-bold.Line)/2)
		left := 26 + bold.Width(h.text) + 24
		note.Text = Caption.Elide(h.note, s.Width-left)
		note.Hidden = s.Width-left < 60
		Caption.place(note, left, (s.Height-Caption.Line)/2)
	}
	r.paint = func() {
		name := "caret-right"
		if h.open {
			name = "caret-down"
		}
		setIcon(caret, name, theme.Accent)
		text.Color, note.Color = colour(theme.Accent), colour(theme.Muted)
		paintBox(over, h.ground(), "", 0)
		paintRing(ring, h.ringed)
		r.layout(h.Size())
	}
	r.paint()
	return r
}
