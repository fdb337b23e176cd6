package kit

import (
	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/theme"
)

// Tile is one of a few things to do, side by side: a word, what it means in a
// line or two, the key that does the same. A press does it at once.
type Tile struct {
	control
	Text string
	Note string // muted, under the word
	Key  keys.Key

	note *Label
}

// NewTile makes a tile.
func NewTile(text, note string, k keys.Key, tapped func()) *Tile {
	t := &Tile{Text: text, Note: note, Key: k, note: NewLabel(note, Caption, theme.Muted)}
	t.init(t, tapped)
	return t
}

// The margins of a tile, and between its word and its note.
const (
	tileSide = 16
	tileTop  = 12
	tileGap  = 2
)

// HeightFor is the height with the note wrapped at this width.
func (t *Tile) HeightFor(width float32) float32 {
	return tileTop + Body.Line + tileGap + t.note.HeightFor(max(0, width-2*tileSide)) + tileTop
}

// CreateRenderer is for Fyne.
func (t *Tile) CreateRenderer() fyne.WidgetRenderer {
	ring, frame, over := newRing(theme.RadiusNotice), box(theme.RadiusNotice), box(theme.RadiusNotice)
	word, key := Body.Strong().object(t.Text, theme.Ink), newCap()
	r := &renderer{self: t, objects: append([]fyne.CanvasObject{ring, frame, over, word, t.note}, key.objects()...)}
	r.min = func() fyne.Size {
		w := 2*tileSide + Body.Strong().Width(t.Text) + 12 + key.size().Width
		return fyne.NewSize(w, t.HeightFor(max(w, t.Size().Width)))
	}
	r.layout = func(s fyne.Size) {
		placeRing(ring, s)
		put(frame, 0, 0, s.Width, s.Height)
		put(over, 0, 0, s.Width, s.Height)
		Body.Strong().place(word, tileSide, tileTop)
		put(t.note, tileSide, tileTop+Body.Line+tileGap, max(0, s.Width-2*tileSide), max(0, s.Height-2*tileTop-Body.Line-tileGap))
		key.place(s.Width-tileSide-key.size().Width, tileTop+2)
	}
	r.paint = func() {
		paintBox(frame, theme.Paper, theme.Edge, 1)
		paintBox(over, t.ground(), "", 0)
		word.Text, word.Color = t.Text, colour(theme.Ink)
		t.note.Set(t.Note)
		key.paint(KeyLabel(t.Key), theme.Muted, theme.Edge)
		paintRing(ring, t.ringed)
		r.layout(t.Size())
	}
	r.paint()
	return r
}
