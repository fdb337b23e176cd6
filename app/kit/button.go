package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lectern/app/keys"
	"lectern/app/theme"
)

// ButtonKind is a button's weight on the screen.
type ButtonKind int

// The kinds. A screen has at most one primary button; a destructive one stands
// only in a dialog that names the thing and how to undo it.
const (
	Secondary ButtonKind = iota
	Primary
	Quiet
	Destructive
)

// Button is a word that does something; the key that does the same stands
// inside. Labels are verbs.
type Button struct {
	control
	Text   string
	Kind   ButtonKind
	Icon   string              // in front; name in the icon set
	After  string              // icon behind the word
	Key    keys.Key            // in the cap
	Height float32             // theme.ControlMain, ControlNormal (the default) or ControlSmall
	Least  float32             // minimal width; 0 as wide as needed
	Colour fyne.ThemeColorName // of a quiet button's word; "" is accent
	Plain  bool                // weight 400, for a quiet button that only unfolds; a small one is a caption
}

// NewButton makes a button; its kind, icon and key are fields.
func NewButton(text string, kind ButtonKind, tapped func()) *Button {
	b := &Button{Text: text, Kind: kind, Height: theme.ControlNormal}
	b.init(b, tapped)
	return b
}

// WithIcon puts an icon in front of the word.
func (b *Button) WithIcon(name string) *Button { b.Icon = name; return b }

// WithKey shows a key cap behind the word.
func (b *Button) WithKey(k keys.Key) *Button { b.Key = k; return b }

// Sized sets height and minimal width.
func (b *Button) Sized(height, least float32) *Button { b.Height, b.Least = height, least; return b }

// OnTapped replaces what the button does.
func (b *Button) OnTapped(f func()) { b.act = f }

// Set changes the word.
func (b *Button) Set(text string) {
	if text != b.Text {
		b.Text = text
		b.Refresh()
	}
}

func (b *Button) letter() Type {
	t := Body.Strong()
	switch {
	case b.Plain && b.Height <= theme.ControlSmall:
		t = Caption
	case b.Height >= theme.ControlMain && b.Least == 0:
		t.Size = 18
	case b.Height <= theme.ControlSmall:
		t.Size = 15
	}
	t.Bold = !b.Plain
	return t
}

// picture is the side of the icon.
func (b *Button) picture() float32 {
	if b.Plain && b.Height <= theme.ControlSmall {
		return 16
	}
	return 20
}

func (b *Button) side() float32 {
	switch {
	case b.Kind == Quiet:
		return 8
	case b.Height >= theme.ControlMain:
		return 28
	case b.Height <= theme.ControlSmall:
		return 14
	}
	return 20
}

// CreateRenderer is for Fyne.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	const between = 10
	ring, back, over := newRing(theme.RadiusControl), box(theme.RadiusControl), box(theme.RadiusControl)
	icon, after := &canvas.Image{FillMode: canvas.ImageFillContain}, &canvas.Image{FillMode: canvas.ImageFillContain}
	text, key := b.letter().object(b.Text, theme.Ink), newCap()
	r := &renderer{self: b, objects: append([]fyne.CanvasObject{ring, back, over, icon, text, after}, key.objects()...)}

	parts := func() float32 {
		w := b.letter().Width(b.Text)
		if b.Icon != "" {
			w += b.picture() + between
		}
		if b.After != "" {
			w += 16 + 6
		}
		if k := key.size(); k.Width > 0 {
			w += k.Width + between
		}
		return w
	}
	r.min = func() fyne.Size {
		return fyne.NewSize(max(b.Least, parts()+2*b.side()), b.Height)
	}
	r.layout = func(s fyne.Size) {
		placeRing(ring, s)
		put(back, 0, 0, s.Width, s.Height)
		put(over, 0, 0, s.Width, s.Height)
		x := (s.Width - parts()) / 2
		if b.Icon != "" {
			side := b.picture()
			put(icon, x, (s.Height-side)/2, side, side)
			x += side + between
		}
		t := b.letter()
		t.place(text, x, (s.Height-t.Line)/2)
		x += t.Width(text.Text)
		if b.After != "" {
			put(after, x+6, (s.Height-16)/2, 16, 16)
			x += 22
		}
		key.place(x+between, (s.Height-20)/2)
	}
	r.paint = func() {
		fill, stroke, ink, edge := b.colours()
		paintBox(back, fill, stroke, 1)
		paintBox(over, b.overlay(), "", 0)
		paintRing(ring, b.ringed)
		b.letter().apply(text)
		text.Text, text.Color = b.Text, colour(ink)
		setIcon(icon, b.Icon, ink)
		setIcon(after, b.After, ink)
		key.paint(KeyLabel(b.Key), ink, edge)
		r.layout(b.Size())
	}
	r.paint()
	return r
}

func (b *Button) colours() (fill, stroke, ink, keyEdge fyne.ThemeColorName) {
	if !b.Enabled() {
		if b.Kind == Quiet {
			return "", "", theme.Muted, theme.Line
		}
		return "", theme.Line, theme.Muted, theme.Line
	}
	switch b.Kind {
	case Primary:
		if b.hovered || b.pressed {
			return theme.AccentHover, "", theme.OnAccent, theme.KeyEdge
		}
		return theme.Accent, "", theme.OnAccent, theme.KeyEdge
	case Quiet:
		ink := b.Colour
		if ink == "" {
			ink = theme.Accent
		}
		return "", "", ink, theme.Edge
	case Destructive:
		return theme.Paper, theme.Edge, theme.Error, theme.Edge
	}
	return theme.Paper, theme.Edge, theme.Ink, theme.Edge
}

func (b *Button) overlay() fyne.ThemeColorName {
	if b.Kind == Primary && !b.pressed {
		return ""
	}
	return b.ground()
}
