package kit

import (
	"strings"
	"unicode"

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
	// Marked are ranges of bytes under a marker pen: hits of a search.
	Marked [][2]int

	drawn []*canvas.Text // one for each run of a script
}

// NewText makes a line of text in a colour of the theme.
func NewText(s string, t Type, colour fyne.ThemeColorName) *Text {
	x := &Text{Text: s, Type: t, Colour: colour}
	x.ExtendBaseWidget(x)
	return x
}

// Cut tells whether the line is narrower than its text.
func (x *Text) Cut() bool { return x.Elide && x.Type.Width(x.Text) > x.Size().Width+0.5 }

// Set changes the text.
func (x *Text) Set(s string) {
	if s != x.Text {
		x.Text = s
		x.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (x *Text) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{self: x}
	x.drawn = nil
	r.min = func() fyne.Size {
		if x.Elide {
			return fyne.NewSize(min(x.Type.Width(x.Text), 2*x.Type.Size), x.Type.Line)
		}
		return fyne.NewSize(x.Type.Width(x.Text), x.Type.Line)
	}
	r.layout = func(s fyne.Size) {
		shown := x.Text
		if x.Elide && s.Width > 0 {
			shown = x.Type.Elide(x.Text, s.Width+0.5)
		}
		left := float32(0)
		switch free := s.Width - x.Type.Width(shown); x.Align {
		case fyne.TextAlignCenter:
			left = free / 2
		case fyne.TextAlignTrailing:
			left = free
		}
		pieces := scripts(shown)
		for len(x.drawn) < len(pieces) {
			x.drawn = append(x.drawn, x.Type.object("", x.Colour))
		}
		x.drawn = x.drawn[:len(pieces)]
		r.objects = r.objects[:0]
		for _, m := range x.Marked {
			if m[1] > len(shown) || !strings.HasPrefix(x.Text, shown[:m[1]]) {
				break // cut away
			}
			pen := box(3)
			paintBox(pen, theme.Mark, "", 0)
			from, to := left+x.Type.Width(shown[:m[0]]), left+x.Type.Width(shown[:m[1]])
			put(pen, from-1, (s.Height-x.Type.Line)/2+1, to-from+2, x.Type.Line-2)
			r.objects = append(r.objects, pen)
		}
		before := ""
		for i, o := range x.drawn {
			o.Text = pieces[i]
			x.Type.place(o, left+x.Type.Width(before), (s.Height-x.Type.Line)/2)
			before += pieces[i]
			r.objects = append(r.objects, o)
		}
	}
	r.paint = func() {
		r.layout(x.Size())
		for _, o := range x.drawn {
			x.Type.apply(o)
			o.Color = theme.Color(x.Colour)
		}
	}
	r.paint()
	return r
}

// scripts cuts a line where Cyrillic meets Latin. The painter begins each such
// run at a whole pixel to the left, which in small type eats a third of the
// space before it; set apart, a run begins at the nearest pixel.
func scripts(s string) []string {
	var out []string
	from, was := 0, (*unicode.RangeTable)(nil)
	for i, r := range s {
		is := was
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			is = unicode.Cyrillic
		case unicode.Is(unicode.Latin, r):
			is = unicode.Latin
		}
		if was != nil && is != was {
			out = append(out, s[from:i])
			from = i
		}
		was = is
	}
	return append(out, s[from:])
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

	// The latest wrapping: layouts ask for the same one many times over.
	had     wrapping
	hadLine []string
}

// wrapping is what a paragraph's lines follow from.
type wrapping struct {
	text     string
	t        Type
	width    float32
	most     int
	balanced bool
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
	want := wrapping{l.Text, l.Type, width, l.MaxLines, l.Balanced}
	if l.hadLine == nil || want != l.had {
		l.had, l.hadLine = want, l.wrap(width)
	}
	return l.hadLine
}

func (l *Label) wrap(width float32) []string {
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
