package kit

import (
	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/theme"
)

// Level is a small switch between three amounts, drawn as a bar that is full,
// half or almost empty, over a word for each: how much on a day of the week. A
// press takes the next one, Left less, Right more.
type Level struct {
	control
	Title   string    // above the bar
	Words   [3]string // under it: all, half, least
	On      int       // 0 all, 1 half, 2 least
	Changed func(on int)
}

// NewLevel makes a switch; changed is called when the user moves it.
func NewLevel(title string, words [3]string, on int, changed func(int)) *Level {
	l := &Level{Title: title, Words: words, On: on, Changed: changed}
	l.init(l, func() { l.choose((l.On + 1) % 3) })
	l.pressAs = map[keys.Key]func(){keys.Left: func() { l.choose(l.On + 1) }, keys.Right: func() { l.choose(l.On - 1) }}
	return l
}

// Set moves the switch without calling Changed.
func (l *Level) Set(on int) {
	if on != l.On {
		l.On = on
		l.Refresh()
	}
}

func (l *Level) choose(on int) {
	if on < 0 || on > 2 || on == l.On {
		return
	}
	l.On = on
	l.Refresh()
	if l.Changed != nil {
		l.Changed(on)
	}
}

// CreateRenderer is for Fyne.
func (l *Level) CreateRenderer() fyne.WidgetRenderer {
	const high = 48 // of a full bar
	ring, back, over, bar := newRing(theme.RadiusControl), box(theme.RadiusControl), box(theme.RadiusControl), box(theme.RadiusKey)
	title, word := Caption.object(l.Title, theme.Ink), chartType.object("", theme.Muted)
	r := &renderer{self: l, objects: []fyne.CanvasObject{ring, back, over, bar, title, word}}
	r.min = func() fyne.Size {
		w := float32(44)
		for _, s := range l.Words {
			w = max(w, chartType.Width(s))
		}
		return fyne.NewSize(w+12, 8+20+6+high+6+20+6)
	}
	r.layout = func(s fyne.Size) {
		placeRing(ring, s)
		put(back, 0, 0, s.Width, s.Height)
		put(over, 0, 0, s.Width, s.Height)
		Caption.place(title, (s.Width-Caption.Width(l.Title))/2, 8)
		h := []float32{high, high / 2, 4}[l.On]
		put(bar, s.Width/2-10, 34+high-h, 20, h)
		chartType.place(word, (s.Width-chartType.Width(word.Text))/2, 34+high+6)
	}
	r.paint = func() {
		paintBox(back, theme.Sunk, "", 0)
		paintBox(over, l.ground(), "", 0)
		fill, ink := theme.Quiet, theme.Muted
		if l.On > 0 {
			fill, ink = theme.Accent, theme.Ink
		}
		title.Color = colour(theme.Ink)
		if !l.Enabled() {
			fill, ink, title.Color = theme.Line, theme.Muted, colour(theme.Muted)
		}
		paintBox(bar, fill, "", 0)
		word.Text, word.Color = l.Words[l.On], colour(ink)
		paintRing(ring, l.ringed)
		r.layout(l.Size())
	}
	r.paint()
	return r
}
