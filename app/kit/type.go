package kit

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lectern/app/theme"
)

// Face is a typeface.
type Face int

// The three faces: Source Sans for the interface, Literata for the lecture's
// words and titles, JetBrains Mono for source text.
const (
	Sans Face = iota
	Reading
	Mono
)

// Type is a way to set text: size and line height in pixels, face, weight.
type Type struct {
	Size, Line float32
	Face       Face
	Bold       bool
	Italic     bool
}

// The types of the design.
var (
	Small    = Type{Size: 13, Line: 18}                // charts and key caps only
	Caption  = Type{Size: 14, Line: 20}                // context, captions, chips
	Body     = Type{Size: 16, Line: 24}                // the interface
	Lead     = Type{Size: 18, Line: 28}                // the sentence of the first screen
	Sub      = Type{Size: 20, Line: 28, Bold: true}    // title of a sheet or window
	RowText  = Type{Size: 17, Line: 26, Face: Reading} // questions in lists, previews
	Answer   = Type{Size: 19, Line: 30, Face: Reading} // answers, lecture text
	Heading  = Type{Size: 24, Line: 32, Face: Reading} // a sentence that answers a question
	Question = Type{Size: 26, Line: 36, Face: Reading} // the question on a card
	Title    = Type{Size: 34, Line: 44, Face: Reading} // the one number of a screen
	Hero     = Type{Size: 44, Line: 54, Face: Reading} // first run only
	Code     = Type{Size: 15, Line: 24, Face: Mono}    // Markdown as typed
)

// Strong is the type in weight 600.
func (t Type) Strong() Type { t.Bold = true; return t }

// Slanted is the type in italics.
func (t Type) Slanted() Type { t.Italic = true; return t }

// At is the type in another size and line height.
func (t Type) At(size, line float32) Type { t.Size, t.Line = size, line; return t }

func (t Type) style() fyne.TextStyle {
	if t.Face == Reading {
		return theme.ReadingStyle(t.Bold, t.Italic)
	}
	return fyne.TextStyle{Bold: t.Bold, Italic: t.Italic, Monospace: t.Face == Mono}
}

// Width is how wide a string is when set in t.
func (t Type) Width(s string) float32 {
	if s == "" {
		return 0
	}
	size, _ := fyne.CurrentApp().Driver().RenderedTextSize(s, t.Size, t.style(), nil)
	return size.Width
}

// metrics gives the height of the face's box and its baseline.
func (t Type) metrics() (height, base float32) {
	size, base := fyne.CurrentApp().Driver().RenderedTextSize("Hg", t.Size, t.style(), nil)
	return size.Height, base
}

// Baseline is the distance from the top of a line set in t to its baseline, a
// whole pixel: the box of the face, rounded as browsers do, in the middle of
// the line.
func (t Type) Baseline() float32 {
	h, base := t.metrics()
	up, down := round(base), round(h-base)
	return float32(math.Floor(float64(t.Line-up-down)/2)) + up
}

func round(x float32) float32 { return float32(math.Round(float64(x))) }

// top is how far below a line's top a text object has to lie for its baseline
// to be right; the painter puts the baseline at the next whole pixel.
func (t Type) top() float32 {
	_, base := t.metrics()
	return t.Baseline() - float32(math.Ceil(float64(base)))
}

func (t Type) object(s string, colour fyne.ThemeColorName) *canvas.Text {
	o := canvas.NewText(s, theme.Color(colour))
	t.apply(o)
	return o
}

func (t Type) apply(o *canvas.Text) {
	o.TextSize, o.TextStyle = t.Size, t.style()
}

// place puts a text object on the baseline of a line of t that begins at y.
func (t Type) place(o *canvas.Text, x, y float32) {
	h, _ := t.metrics()
	o.Move(fyne.NewPos(x, y+t.top()))
	o.Resize(fyne.NewSize(t.Width(o.Text), h))
}

// Elide cuts s to the width, ending it with "…"; at least one letter stays.
func (t Type) Elide(s string, width float32) string {
	if t.Width(s) <= width {
		return s
	}
	r := []rune(s)
	low, high := 1, len(r)
	for low < high {
		mid := (low + high + 1) / 2
		if t.Width(cut(r, mid)) <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return cut(r, low)
}

func cut(r []rune, n int) string {
	for n > 1 && (r[n-1] == ' ' || r[n-1] == '\u00a0' || r[n-1] == ',') {
		n--
	}
	return string(r[:min(n, len(r))]) + "…"
}
