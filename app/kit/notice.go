package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"lectern/app/theme"
)

// Notice is a washed strip with an icon: something to know or to decide, in
// the place it concerns.
type Notice struct {
	widget.BaseWidget
	body *fyne.Container
	tone Tone
}

// NewNotice makes a strip; lead is its first, bold line and may be empty, after
// stands at the right end and may be nil.
func NewNotice(tone Tone, icon, lead, text string, after fyne.CanvasObject) *Notice {
	_, ink := tone.colours()
	words := Column(2)
	if lead != "" {
		words.Add(NewLabel(lead, Caption.Strong(), ink))
	}
	if text != "" {
		words.Add(NewLabel(text, Caption, ink))
	}
	row := Row(12, Middle, Pad(Insets{}, Icon(icon, 20, ink)), Flex(words))
	if after != nil {
		row.Add(after)
	}
	n := &Notice{tone: tone, body: Pad(Sides(12, 16), row)}
	n.ExtendBaseWidget(n)
	return n
}

// HeightFor is the height with the text wrapped at this width.
func (n *Notice) HeightFor(width float32) float32 { return HeightFor(n.body, width) }

// CreateRenderer is for Fyne.
func (n *Notice) CreateRenderer() fyne.WidgetRenderer {
	back := box(theme.RadiusNotice)
	r := &renderer{self: n, objects: []fyne.CanvasObject{back, n.body}}
	r.min = func() fyne.Size {
		w := n.body.MinSize().Width
		return fyne.NewSize(w, n.HeightFor(max(w, n.Size().Width)))
	}
	r.layout = func(s fyne.Size) {
		put(back, 0, 0, s.Width, s.Height)
		put(n.body, 0, 0, s.Width, s.Height)
	}
	r.paint = func() {
		fill, _ := n.tone.colours()
		paintBox(back, fill, "", 0)
	}
	r.paint()
	return r
}

// NewErrorLine says what went wrong in the place where the thing would have
// been: one sentence, at most one button, and the technical cause folded away
// for copying. It is never put over the user's work.
func NewErrorLine(sentence, details string, action *Button) fyne.CanvasObject {
	after := Row(8, Middle)
	if action != nil {
		action.Height = theme.ControlSmall
		after.Add(action)
	}
	var line *fyne.Container
	if details == "" {
		return NewNotice(Bad, "warning", "", sentence, after)
	}
	cause := NewLabel(details, Code.At(13, 20), theme.Muted)
	copyIt := NewButton(words().T("kit.copy"), Quiet, nil).WithIcon("copy").Sized(theme.ControlSmall, 0)
	copyIt.OnTapped(func() {
		fyne.CurrentApp().Clipboard().SetContent(details)
		copyIt.Set(words().T("kit.copied"))
	})
	fold := Pad(Sides(8, 16), Row(12, Top, Flex(cause), copyIt))
	fold.Hide()
	more := NewButton(words().T("kit.details"), Quiet, nil).Sized(theme.ControlSmall, 0)
	more.Colour = theme.Error
	more.OnTapped(func() {
		if fold.Visible() {
			fold.Hide()
		} else {
			fold.Show()
		}
		Relayout(line)
	})
	after.Objects = append([]fyne.CanvasObject{more}, after.Objects...)
	line = Column(0, NewNotice(Bad, "warning", "", sentence, after), fold)
	return line
}

// Relayout lays out again everything around an object whose height changed. It
// is for rare changes, such as unfolding; a screen that knows its parts
// refreshes those instead.
func Relayout(o fyne.CanvasObject) {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		o.Refresh()
		return
	}
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	refreshTree(root)
}

// refreshTree lays out containers and widgets from the outside in.
func refreshTree(o fyne.CanvasObject) {
	switch o := o.(type) {
	case *fyne.Container:
		if o.Layout != nil {
			o.Layout.Layout(o.Objects, o.Size())
		}
		for _, child := range o.Objects {
			refreshTree(child)
		}
		o.Refresh()
	case fyne.Widget:
		o.Refresh()
		if h, ok := o.(interface{ children() []fyne.CanvasObject }); ok {
			for _, child := range h.children() {
				refreshTree(child)
			}
			o.Refresh()
		}
	}
}

func (s *Sheet) children() []fyne.CanvasObject {
	if s.Content == nil {
		return nil
	}
	return []fyne.CanvasObject{s.Content}
}

func (s *Scroll) children() []fyne.CanvasObject { return []fyne.CanvasObject{s.Content} }
func (i *Item) children() []fyne.CanvasObject   { return []fyne.CanvasObject{i.Content} }
func (n *Notice) children() []fyne.CanvasObject { return []fyne.CanvasObject{n.body} }
