package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"lectern/app/theme"
)

// Text is one line of text.
type Text struct {
	widget.BaseWidget
	Text   string
	Type   Type
	Colour fyne.ThemeColorName
	Align  fyne.TextAlign

	// Elide lets the line be narrower than its text, which then ends in "…".
	Elide bool

	drawn *canvas.Text
}

// NewText makes a line of text in a colour of the theme.
func NewText(s string, t Type, colour fyne.ThemeColorName) *Text {
	x := &Text{Text: s, Type: t, Colour: colour}
	x.ExtendBaseWidget(x)
	return x
}

// Set changes the text.
func (x *Text) Set(s string) {
	if s != x.Text {
		x.Text = s
		x.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (x *Text) CreateRenderer() fyne.WidgetRenderer {
	x.drawn = x.Type.object(x.Text, x.Colour)
	r := &renderer{self: x, objects: []fyne.CanvasObject{x.drawn}}
	r.min = func() fyne.Size {
		if x.Elide {
			return fyne.NewSize(min(x.Type.Width(x.Text), 2*x.Type.Size), x.Type.Line)
		}
		return fyne.NewSize(x.Type.Width(x.Text), x.Type.Line)
	}
	r.layout = func(s fyne.Size) {
		x.drawn.Text = x.Text
		if x.Elide && s.Width > 0 {
			x.drawn.Text = x.Type.Elide(x.Text, s.Width+0.5)
		}
		left := float32(0)
		switch free := s.Width - x.Type.Width(x.drawn.Text); x.Align {
		case fyne.TextAlignCenter:
			left = free / 2
		case fyne.TextAlignTrailing:
			left = free
		}
		x.Type.place(x.drawn, left, (s.Height-x.Type.Line)/2)
	}
	r.paint = func() {
		x.Type.apply(x.drawn)
		x.drawn.Color = theme.Color(x.Colour)
		r.layout(x.Size())
	}
	return r
}

// Label is a paragraph: plain text that wraps.
type Label struct {
	widget.BaseWidget
	Text   string
	Type   Type
	Colour fyne.ThemeColorName
	Align  fyne.TextAlign

	// MaxLines cuts the paragraph after so many lines with "…"; 0 shows all.
	MaxLines int
	// Balanced evens out two or three lines; for questions and titles.
	Balanced bool

	lines []string
	width float32
	drawn []*canvas.Text
	ren   *renderer
}

// NewLabel makes a paragraph.
func NewLabel(s string, t Type, colour fyne.ThemeColorName) *Label {
	l := &Label{Text: s, Type: t, Colour: colour}
	l.ExtendBaseWidget(l)
	return l
}

// Set changes the text. The place it has may no longer fit: refresh the
// container it lies in.
func (l *Label) Set(s string) {
	if s != l.Text {
		l.Text = s
		l.Refresh()
	}
}

func (l *Label) wrapped(width float32) []string {
	var lines []string
	if l.Balanced {
		lines = l.Type.Balance(l.Text, width)
	} else {
		lines = l.Type.Wrap(l.Text, width)
	}
	if l.MaxLines > 0 && len(lines) > l.MaxLines {
		last := lines[l.MaxLines-1] + " " + lines[l.MaxLines]
		lines = append(lines[:l.MaxLines-1:l.MaxLines-1], l.Type.Elide(strings.TrimSpace(last)+"…", width))
		lines[l.MaxLines-1] = strings.Replace(lines[l.MaxLines-1], "……", "…", 1)
	}
	return lines
}

// HeightFor is the height of the paragraph in a column of this width.
func (l *Label) HeightFor(width float32) float32 {
	return float32(len(l.wrapped(width))) * l.Type.Line
}

// Cut tells whether some of the text is not shown at the present width; the
// whole then belongs into a tooltip.
func (l *Label) Cut() bool {
	return l.MaxLines > 0 && l.width > 0 && len(l.Type.Wrap(l.Text, l.width)) > l.MaxLines
}

// CreateRenderer is for Fyne.
func (l *Label) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{self: l}
	l.ren, l.drawn, l.width = r, nil, 0
	r.min = func() fyne.Size {
		if w := l.Size().Width; w > 0 {
			return fyne.NewSize(0, l.HeightFor(w))
		}
		return fyne.NewSize(0, l.Type.Line)
	}
	r.layout = func(s fyne.Size) {
		if s.Width != l.width {
			l.set(s.Width)
		}
		for i, o := range l.drawn {
			left := float32(0)
			switch free := s.Width - l.Type.Width(o.Text); l.Align {
			case fyne.TextAlignCenter:
				left = free / 2
			case fyne.TextAlignTrailing:
				left = free
			}
			l.Type.place(o, left, float32(i)*l.Type.Line)
		}
	}
	r.paint = func() {
		l.set(l.Size().Width)
		r.layout(l.Size())
	}
	return r
}

// set wraps for a width and makes the text objects.
func (l *Label) set(width float32) {
	l.width = width
	l.lines = nil
	if width > 0 {
		l.lines = l.wrapped(width)
	}
	for len(l.drawn) < len(l.lines) {
		l.drawn = append(l.drawn, l.Type.object("", l.Colour))
	}
	l.drawn = l.drawn[:len(l.lines)]
	l.ren.objects = l.ren.objects[:0]
	for i, o := range l.drawn {
		l.Type.apply(o)
		o.Text, o.Color = l.lines[i], theme.Color(l.Colour)
		l.ren.objects = append(l.ren.objects, o)
	}
}
