package kit

import (
	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/theme"
)

// Choice is one of several answers to a question, as a frame with a round box,
// a word, a note and room for what it would give. The chosen one has a frame
// of 2 px in accent.
type Choice struct {
	control
	On      bool
	Text    string
	Note    string            // muted, after the word
	Key     keys.Key          // in a cap at the right
	Content fyne.CanvasObject // below; may be nil
}

// NewChoice makes a choice; chosen is called when the user takes it.
func NewChoice(text, note string, k keys.Key, content fyne.CanvasObject, chosen func()) *Choice {
	c := &Choice{Text: text, Note: note, Key: k, Content: content}
	c.init(c, chosen)
	return c
}

// Set marks the choice as taken or not.
func (c *Choice) Set(on bool) {
	if c.On != on {
		c.On = on
		c.Refresh()
	}
}

// HeightFor is the height with its content at this width.
func (c *Choice) HeightFor(width float32) float32 {
	h := float32(14 + 24 + 16)
	if c.Content != nil {
		h += 10 + HeightFor(c.Content, width-54-20)
	}
	return h
}

// CreateRenderer is for Fyne.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	ring, frame, over := newRing(theme.RadiusNotice), box(theme.RadiusNotice), box(theme.RadiusNotice)
	dot, hole := box(10), box(10)
	word, note := Body.Strong().object(c.Text, theme.Ink), Caption.object(c.Note, theme.Muted)
	key := newCap()
	r := &renderer{self: c, objects: append([]fyne.CanvasObject{ring, frame, over, dot, hole, word, note}, key.objects()...)}
	if c.Content != nil {
		r.objects = append(r.objects, c.Content)
	}
	r.min = func() fyne.Size {
		w := 54 + Body.Strong().Width(c.Text) + 12 + Caption.Width(c.Note) + 12 + key.size().Width + 20
		if c.Content != nil {
			w = max(w, c.Content.MinSize().Width+74)
		}
		return fyne.NewSize(w, c.HeightFor(max(w, c.Size().Width)))
	}
	r.layout = func(s fyne.Size) {
		placeRing(ring, s)
		put(frame, 0, 0, s.Width, s.Height)
		put(over, 0, 0, s.Width, s.Height)
		put(dot, 21, 16, 20, 20)
		put(hole, 27, 22, 8, 8)
		bold := Body.Strong()
		bold.place(word, 54, 14)
		Caption.place(note, 54+bold.Width(c.Text)+12, 16.5)
		key.place(s.Width-20-key.size().Width, 16)
		if c.Content != nil {
			put(c.Content, 54, 14+24+10, s.Width-54-20, s.Height-14-24-10-16)
		}
	}
	r.paint = func() {
		if c.On {
			paintBox(frame, "", theme.Accent, 2)
			paintBox(dot, theme.Accent, "", 0)
		} else {
			paintBox(frame, "", theme.Line, 1)
			paintBox(dot, theme.Paper, theme.Edge, 1.5)
		}
		hole.CornerRadius, hole.Hidden = 4, !c.On
		paintBox(hole, theme.Paper, "", 0)
		paintBox(over, c.ground(), "", 0)
		word.Text, word.Color = c.Text, colour(theme.Ink)
		note.Text, note.Color = c.Note, colour(theme.Muted)
		key.paint(KeyLabel(c.Key), theme.Muted, theme.Edge)
		paintRing(ring, c.ringed)
		r.layout(c.Size())
	}
	r.paint()
	return r
}
