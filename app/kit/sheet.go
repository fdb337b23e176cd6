package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"lectern/app/theme"
)

// Sheet is the white paper on the desk: a soft shadow in the light, a line in
// the dark, corners of 14. There is one elevation; sheets do not lie on sheets.
type Sheet struct {
	widget.BaseWidget
	Content fyne.CanvasObject
	Insets  Insets

	// Fill is another ground, such as a wash for a notice; "" is paper.
	Fill fyne.ThemeColorName
	// OpenBelow cuts the sheet off at the window's edge: no lower corners.
	OpenBelow bool
}

// NewSheet lays content on a sheet with margins inside.
func NewSheet(in Insets, content fyne.CanvasObject) *Sheet {
	s := &Sheet{Content: content, Insets: in}
	s.ExtendBaseWidget(s)
	return s
}

// HeightFor is the sheet's height when its content has room.
func (s *Sheet) HeightFor(width float32) float32 {
	h := s.Insets.Top + s.Insets.Bottom
	if s.Content != nil {
		h += HeightFor(s.Content, max(0, width-s.Insets.Left-s.Insets.Right))
	}
	return h
}

// CreateRenderer is for Fyne.
func (s *Sheet) CreateRenderer() fyne.WidgetRenderer {
	back := box(theme.RadiusSheet)
	r := &renderer{self: s, objects: []fyne.CanvasObject{back}}
	if s.Content != nil {
		r.objects = append(r.objects, s.Content)
	}
	r.min = func() fyne.Size {
		w := s.Insets.Left + s.Insets.Right
		if s.Content != nil {
			w += s.Content.MinSize().Width
		}
		return fyne.NewSize(w, s.HeightFor(max(w, s.Size().Width)))
	}
	r.layout = func(size fyne.Size) {
		put(back, 0, 0, size.Width, size.Height)
		if s.OpenBelow {
			put(back, 0, 0, size.Width, size.Height+2*theme.RadiusSheet)
		}
		if s.Content != nil {
			put(s.Content, s.Insets.Left, s.Insets.Top,
				max(0, size.Width-s.Insets.Left-s.Insets.Right), max(0, size.Height-s.Insets.Top-s.Insets.Bottom))
		}
	}
	r.paint = func() {
		fill := s.Fill
		if fill == "" {
			fill = theme.Paper
		}
		elevate(back, fill)
	}
	r.paint()
	return r
}

// elevate paints paper that lies on the desk.
func elevate(back *canvas.Rectangle, fill fyne.ThemeColorName) {
	paintBox(back, fill, "", 0)
	back.Shadow = canvas.Shadow{}
	if theme.IsDark() {
		paintBox(back, fill, theme.Line, 1)
		return
	}
	// Twice the blur of the design's shadow: Fyne spreads half of it outwards.
	back.Shadow = canvas.Shadow{
		Color: theme.Color(theme.Shade), BlurRadius: 44, Offset: fyne.NewPos(0, 6), Variant: canvas.DropShadow,
	}
}

// RuleLine is a divider; make it with Rule.
type RuleLine struct{ widget.BaseWidget }

// CreateRenderer is for Fyne.
func (l *RuleLine) CreateRenderer() fyne.WidgetRenderer {
	line := canvas.NewRectangle(theme.Color(theme.Line))
	return &renderer{
		self:    l,
		objects: []fyne.CanvasObject{line},
		min:     func() fyne.Size { return fyne.NewSize(1, 1) },
		layout:  func(s fyne.Size) { put(line, 0, 0, s.Width, 1) },
		paint:   func() { line.FillColor = theme.Color(theme.Line) },
	}
}
