package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lectern/app/keys"
	"lectern/app/theme"
)

// Picker is a choice of many words, of which it shows the chosen one; pressed it
// opens them as a menu. Left and Right take the one before or after at once.
type Picker struct {
	control
	Items   []string
	On      int // -1: none of them
	Changed func(i int)
}

// NewPicker makes a picker; changed is called when the user takes another one.
func NewPicker(items []string, on int, changed func(int)) *Picker {
	p := &Picker{Items: items, On: on, Changed: changed}
	p.init(p, p.open)
	p.pressAs = map[keys.Key]func(){keys.Left: func() { p.choose(p.On - 1) }, keys.Right: func() { p.choose(p.On + 1) }}
	return p
}

// Set shows another choice without calling Changed.
func (p *Picker) Set(i int) {
	if i != p.On {
		p.On = i
		p.Refresh()
	}
}

func (p *Picker) choose(i int) {
	if i < 0 || i >= len(p.Items) || i == p.On {
		return
	}
	p.On = i
	p.Refresh()
	if p.Changed != nil {
		p.Changed(i)
	}
}

func (p *Picker) open() {
	items := make([]MenuItem, len(p.Items))
	for i, text := range p.Items {
		items[i] = MenuItem{Text: text, Checked: i == p.On, Do: func() { p.choose(i) }}
	}
	ShowMenu(p, items, nil)
}

// CreateRenderer is for Fyne.
func (p *Picker) CreateRenderer() fyne.WidgetRenderer {
	ring, back, over := newRing(theme.RadiusControl), box(theme.RadiusControl), box(theme.RadiusControl)
	caret := &canvas.Image{FillMode: canvas.ImageFillContain}
	text := Body.object("", theme.Ink)
	r := &renderer{self: p, objects: []fyne.CanvasObject{ring, back, over, text, caret}}
	r.min = func() fyne.Size { return fyne.NewSize(120, theme.ControlNormal) }
	r.layout = func(s fyne.Size) {
		placeRing(ring, s)
		put(back, 0, 0, s.Width, s.Height)
		put(over, 0, 0, s.Width, s.Height)
		put(caret, s.Width-14-16, (s.Height-16)/2, 16, 16)
		if p.On >= 0 && p.On < len(p.Items) {
			text.Text = Body.Elide(p.Items[p.On], s.Width-14-14-16-8)
		}
		Body.place(text, 14, (s.Height-Body.Line)/2)
	}
	r.paint = func() {
		paintBox(back, theme.Paper, theme.Edge, 1)
		paintBox(over, p.ground(), "", 0)
		setIcon(caret, "caret-down", theme.Muted)
		text.Text, text.Color = "", colour(theme.Ink)
		paintRing(ring, p.ringed)
		r.layout(p.Size())
	}
	r.paint()
	return r
}
