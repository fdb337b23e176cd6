package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lectern/app/theme"
)

// Tone is what a chip or a notice means; it has a word too, never a colour alone.
type Tone int

// The tones.
const (
	Plain   Tone = iota // sunk and muted
	Active              // chosen filter: wash
	Good                // on track
	Warning             // needs answer
	Bad                 // error
	Info                // easy's indigo
	Outline             // a filter that is not chosen
)

func (t Tone) colours() (fill, ink fyne.ThemeColorName) {
	switch t {
	case Active:
		return theme.Wash, theme.Accent
	case Good:
		return theme.GradeGoodWash, theme.GradeGood
	case Warning:
		return theme.GradeHardWash, theme.GradeHard
	case Bad:
		return theme.ErrorWash, theme.Error
	case Info:
		return theme.GradeEasyWash, theme.GradeEasy
	case Outline:
		return "", theme.Muted
	}
	return theme.Sunk, theme.Muted
}

// Chip is a short word with an icon: a state, a tag, a filter. With Tapped it
// is pressable; with Removed it has a cross.
type Chip struct {
	control
	Text    string
	Icon    string
	Tone    Tone
	Raised  bool   // on a wash: paper, so that it stands out
	Removed func() // pressed on the cross, or Delete
}

// NewChip makes a chip that only says something.
func NewChip(text, icon string, tone Tone) *Chip {
	c := &Chip{Text: text, Icon: icon, Tone: tone}
	c.init(c, nil)
	return c
}

// NewFilter makes a chip to press.
func NewFilter(text, icon string, on bool, tapped func()) *Chip {
	c := &Chip{Text: text, Icon: icon, Tone: Outline}
	if on {
		c.Tone = Active
	}
	c.init(c, tapped)
	return c
}

// Set changes the word and the tone.
func (c *Chip) Set(text string, tone Tone) {
	if c.Text != text || c.Tone != tone {
		c.Text, c.Tone = text, tone
		c.Refresh()
	}
}

// Tapped is for Fyne: the right end is the cross.
func (c *Chip) Tapped(ev *fyne.PointEvent) {
	if c.Removed != nil && (c.act == nil || ev.Position.X > c.Size().Width-28) {
		c.Removed()
		return
	}
	c.press()
}

// Disabled is for Fyne: a chip that only says something takes no focus.
func (c *Chip) Disabled() bool { return c.act == nil && c.Removed == nil }

// TypedKey is for Fyne.
func (c *Chip) TypedKey(ev *fyne.KeyEvent) {
	if c.Removed != nil && (ev.Name == fyne.KeyDelete || ev.Name == fyne.KeyBackspace) {
		c.Removed()
		return
	}
	c.control.TypedKey(ev)
}

// CreateRenderer is for Fyne.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	ring, back, over := newRing(theme.RadiusChip), box(theme.RadiusChip), box(theme.RadiusChip)
	icon, cross := &canvas.Image{FillMode: canvas.ImageFillContain}, &canvas.Image{FillMode: canvas.ImageFillContain}
	text := Caption.object(c.Text, theme.Muted)
	r := &renderer{self: c, objects: []fyne.CanvasObject{ring, back, over, icon, text, cross}}
	r.min = func() fyne.Size {
		w := Caption.Width(c.Text) + 20
		if c.Icon != "" {
			w += 22
		}
		if c.Removed != nil {
			w += 20
		}
		return fyne.NewSize(w, 28)
	}
	r.layout = func(s fyne.Size) {
		placeRing(ring, s)
		put(back, 0, 0, s.Width, s.Height)
		put(over, 0, 0, s.Width, s.Height)
		x := float32(10)
		if c.Icon != "" {
			put(icon, x, (s.Height-16)/2, 16, 16)
			x += 22
		}
		Caption.place(text, x, (s.Height-Caption.Line)/2)
		put(cross, s.Width-10-14, (s.Height-14)/2, 14, 14)
	}
	r.paint = func() {
		fill, ink := c.Tone.colours()
		stroke := fyne.ThemeColorName("")
		if c.Tone == Outline {
			stroke = theme.Line
		}
		if c.Raised {
			fill = theme.Paper
		}
		paintBox(back, fill, stroke, 1)
		text.Text, text.Color = c.Text, colour(ink)
		setIcon(icon, c.Icon, ink)
		setIcon(cross, "", "")
		if c.Removed != nil {
			setIcon(cross, "x", ink)
		}
		hover := fyne.ThemeColorName("")
		if !c.Disabled() {
			hover = c.ground()
		}
		paintBox(over, hover, "", 0)
		paintRing(ring, c.ringed)
		r.layout(c.Size())
	}
	r.paint()
	return r
}
