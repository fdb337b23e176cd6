package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lectern/app/keys"
	"lectern/app/theme"
)

// Item is a row one can point at and choose: sunk under the pointer, a wash
// and a bar of 3 px when chosen. It does not take the focus; a list moves its
// choice with the arrows through the screen.
type Item struct {
	widget.BaseWidget
	Content  fyne.CanvasObject
	Insets   Insets
	Selected bool
	Bar      bool    // the bar at the left of a chosen row
	Radius   float32 // 0 for rows that reach the sheet's edges
	Raised   bool    // a chosen row is paper instead of wash: lists on the desk
	OnTapped func()
	OnMenu   func(at fyne.CanvasObject) // the other button of the pointer; may be nil
	Tip      func() string              // said under the pointer, such as a text that is cut; may be nil

	hovered bool
}

// NewItem makes a row; tapped may be nil for one that is only shown.
func NewItem(in Insets, content fyne.CanvasObject, tapped func()) *Item {
	i := &Item{Content: content, Insets: in, Bar: true, OnTapped: tapped}
	i.ExtendBaseWidget(i)
	return i
}

// Select marks the row as chosen or not.
func (i *Item) Select(on bool) {
	if i.Selected != on {
		i.Selected = on
		i.Refresh()
	}
}

// HeightFor is the height of the content at this width.
func (i *Item) HeightFor(width float32) float32 {
	return HeightFor(i.Content, max(0, width-i.Insets.Left-i.Insets.Right)) + i.Insets.Top + i.Insets.Bottom
}

// Tapped is for Fyne.
func (i *Item) Tapped(*fyne.PointEvent) {
	if i.OnTapped != nil {
		i.OnTapped()
	}
}

// TappedSecondary is for Fyne.
func (i *Item) TappedSecondary(*fyne.PointEvent) {
	if i.OnMenu != nil {
		i.OnMenu(i)
	}
}

// MouseIn is for Fyne.
func (i *Item) MouseIn(*desktop.MouseEvent) {
	i.hovered = i.OnTapped != nil
	i.Refresh()
	if i.Tip != nil {
		if text := i.Tip(); text != "" {
			showTip(i, text, keys.None)
		}
	}
}

// MouseMoved is for Fyne.
func (i *Item) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (i *Item) MouseOut() {
	i.hovered = false
	i.Refresh()
	if i.Tip != nil {
		hideTip(i)
	}
}

// CreateRenderer is for Fyne.
func (i *Item) CreateRenderer() fyne.WidgetRenderer {
	back, bar := box(i.Radius), canvas.NewRectangle(clear)
	bar.CornerRadius = 1.5
	r := &renderer{self: i, objects: []fyne.CanvasObject{back, bar, i.Content}}
	r.min = func() fyne.Size {
		w := i.Content.MinSize().Width + i.Insets.Left + i.Insets.Right
		return fyne.NewSize(w, i.HeightFor(max(w, i.Size().Width)))
	}
	r.layout = func(s fyne.Size) {
		put(back, 0, 0, s.Width, s.Height)
		put(bar, 0, 8, 3, s.Height-16)
		put(i.Content, i.Insets.Left, i.Insets.Top,
			max(0, s.Width-i.Insets.Left-i.Insets.Right), max(0, s.Height-i.Insets.Top-i.Insets.Bottom))
	}
	r.paint = func() {
		back.CornerRadius = i.Radius
		switch {
		case i.Selected && i.Raised:
			paintBox(back, theme.Paper, "", 0)
		case i.Selected:
			paintBox(back, theme.Wash, "", 0)
		case i.hovered && i.Raised:
			paintBox(back, theme.Hover, "", 0)
		case i.hovered:
			paintBox(back, theme.Sunk, "", 0)
		default:
			paintBox(back, "", "", 0)
		}
		bar.FillColor = colour(theme.Accent)
		bar.Hidden = !i.Selected || !i.Bar
	}
	r.paint()
	return r
}
