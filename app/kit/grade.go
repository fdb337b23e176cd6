package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lectern/app/keys"
	"lectern/app/theme"
)

// Grade is a button that ends a card: a word, when the card comes back, a key.
// The default one has a border of 2 px and a wash; it is not filled, so that
// honesty costs nothing.
type Grade struct {
	control
	Level   int      // 1 again, 2 hard, 3 good, 4 easy
	Word    string   // «Снова»
	When    string   // «через 10 минут»
	Key     keys.Key // in the cap
	Default bool

	bare bool // no room for the cap
}

// NewGrade makes a grade; the tip is the date the card comes back.
func NewGrade(level int, word, when, tip string, k keys.Key, graded func()) *Grade {
	g := &Grade{Level: level, Word: word, When: when, Key: k}
	g.init(g, graded)
	g.SetTip(tip, keys.None)
	return g
}

// Set changes what a grade says for the next card.
func (g *Grade) Set(when, tip string) {
	g.tip = tip
	if g.When != when {
		g.When = when
		g.Refresh()
	}
}

// GradeColour is the ink of a grade, 1 to 4.
func GradeColour(level int) fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{theme.Muted, theme.GradeAgain, theme.GradeHard, theme.GradeGood, theme.GradeEasy}[level]
}

// GradeWash is the ground of a grade, 1 to 4.
func GradeWash(level int) fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{theme.Sunk, theme.GradeAgainWash, theme.GradeHardWash, theme.GradeGoodWash, theme.GradeEasyWash}[level]
}

// GradeIcon is the picture of a grade, 1 to 4.
func GradeIcon(level int) string {
	return [...]string{"question", "arrow-counter-clockwise", "minus", "check", "checks"}[level]
}

// CreateRenderer is for Fyne.
func (g *Grade) CreateRenderer() fyne.WidgetRenderer {
	ring, frame, over := newRing(theme.RadiusControl), box(theme.RadiusControl), box(theme.RadiusControl)
	icon := &canvas.Image{FillMode: canvas.ImageFillContain}
	strong := Body.Strong().At(16, 22)
	word, when := strong.object(g.Word, theme.Ink), Caption.object(g.When, theme.Muted)
	key := newCap()
	r := &renderer{self: g, objects: append([]fyne.CanvasObject{ring, frame, over, icon, word, when}, key.objects()...)}
	r.min = func() fyne.Size {
		return fyne.NewSize(16+24+12+max(strong.Width(g.Word), Caption.Width(g.When))+16, 64)
	}
	r.layout = func(s fyne.Size) {
		placeRing(ring, s)
		put(frame, 0, 0, s.Width, s.Height)
		put(over, 0, 0, s.Width, s.Height)
		put(icon, 16, (s.Height-24)/2, 24, 24)
		top := (s.Height - 42) / 2
		strong.place(word, 52, top)
		Caption.place(when, 52, top+22)
		k := key.size()
		free := s.Width - 16 - k.Width - 12 - 52
		g.bare = free < max(strong.Width(g.Word), Caption.Width(g.When))
		key.frame.Hidden, key.text.Hidden = g.bare, g.bare
		key.place(s.Width-16-k.Width, (s.Height-20)/2)
	}
	r.paint = func() {
		ink := GradeColour(g.Level)
		if g.Default {
			paintBox(frame, GradeWash(g.Level), ink, 2)
			key.paint(KeyLabel(g.Key), ink, theme.Edge)
		} else {
			paintBox(frame, theme.Paper, theme.Edge, 1)
			key.paint(KeyLabel(g.Key), theme.Muted, theme.Edge)
		}
		paintBox(over, g.ground(), "", 0)
		setIcon(icon, GradeIcon(g.Level), ink)
		word.Text, word.Color = g.Word, colour(ink)
		when.Text, when.Color = g.When, colour(theme.Muted)
		paintRing(ring, g.ringed)
		r.layout(g.Size())
	}
	r.paint()
	return r
}

// ActionBar is the strip at the window's lower edge where a card is ended:
// objects side by side in the middle. Its height never changes with what
// stands in it, so that the button that ends a card is where the last one was.
type ActionBar struct {
	height float32
	box    *fyne.Container
}

// NewActionBar makes an empty bar; Set fills it.
func NewActionBar(small bool) *ActionBar {
	b := &ActionBar{}
	b.box = &fyne.Container{Layout: b}
	b.Fit(small)
	return b
}

// Object is the bar as a part of a layout.
func (b *ActionBar) Object() *fyne.Container { return b.box }

// Fit takes the height of a small or a usual window.
func (b *ActionBar) Fit(small bool) {
	b.height = theme.ActionBar
	if small {
		b.height = theme.ActionBarSmall
	}
}

// Set puts objects into the bar. With two grades the first of them stands left
// of the window's middle and the second right of it, whatever follows.
func (b *ActionBar) Set(objects ...fyne.CanvasObject) {
	b.box.Objects = objects
	b.box.Refresh()
	b.Layout(objects, b.box.Size())
}

func (b *ActionBar) heightFor([]fyne.CanvasObject, float32) float32 { return b.height }

// MinSize is for Fyne.
func (b *ActionBar) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, b.height) }

// Layout is for Fyne: grades are 248 wide when two, 179 when four, and shrink
// together when the window is narrow.
func (b *ActionBar) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	const gap = 12
	grades, rest := 0, float32(0)
	for _, o := range objects {
		if _, ok := o.(*Grade); ok {
			grades++
		} else {
			rest += o.MinSize().Width
		}
	}
	room := size.Width - 2*theme.MarginSmall - gap*float32(max(len(objects)-1, 0))
	wide := float32(248)
	if grades > 2 {
		wide = 179
	}
	if grades > 0 {
		wide = min(wide, (room-rest)/float32(grades))
	}
	total := rest + wide*float32(grades) + gap*float32(max(len(objects)-1, 0))
	x := (size.Width - total) / 2
	if grades == 2 && len(objects) > 2 {
		// The pair stays centred when there is room for what follows it.
		if centred := (size.Width - 2*wide - gap) / 2; centred+total <= size.Width-theme.MarginSmall {
			x = centred
		}
	}
	for _, o := range objects {
		m := o.MinSize()
		if _, ok := o.(*Grade); ok {
			m = fyne.NewSize(wide, 64)
		}
		o.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		o.Resize(m)
		x += m.Width + gap
	}
}
