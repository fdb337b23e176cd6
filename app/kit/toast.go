package kit

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lectern/app/keys"
	"lectern/app/theme"
)

// toastTime is how long a toast stays; under the pointer it stays longer.
const toastTime = 6 * time.Second

// Toast says what was done, with one action or two, and goes away by itself.
type Toast struct {
	widget.BaseWidget
	Gone func(*Toast) // called on Fyne's goroutine when its time is over

	body  *fyne.Container
	row   *fyne.Container
	bad   bool
	timer *time.Timer
	act   *Button
	over  bool
}

// NewToast makes a toast. With an empty action it only speaks.
func NewToast(text, action string, k keys.Key, do func(), gone func(*Toast)) *Toast {
	t := &Toast{Gone: gone}
	label := NewText(text, Body, theme.Ink)
	row := Row(16, Middle, label)
	if action != "" {
		t.act = NewButton(action, Quiet, func() { t.end(); do() }).WithKey(k).Sized(theme.ControlSmall, 0)
		row.Add(t.act)
	}
	t.row = row
	t.body = Pad(Insets{Top: 6, Right: 16, Bottom: 6, Left: 20}, Fixed(0, 40, row))
	t.ExtendBaseWidget(t)
	return t
}

// Also adds a second action before the first.
func (t *Toast) Also(action string, do func()) {
	second := NewButton(action, Quiet, func() { t.end(); do() }).Sized(theme.ControlSmall, 0)
	at := len(t.row.Objects)
	if t.act != nil {
		at--
	}
	t.row.Objects = slices.Insert(t.row.Objects, at, fyne.CanvasObject(second))
}

// NewErrorToast makes a notice of an error, which stays until it is closed.
func NewErrorToast(sentence, details string, gone func(*Toast)) *Toast {
	t := &Toast{Gone: gone, bad: true}
	label := NewLabel(sentence, Body, theme.Error)
	cross := NewIconButton("x", words().T("kit.close"), keys.Esc, t.end)
	cross.Colour = theme.Error
	row := Row(12, Middle, Icon("warning", 20, theme.Error), Flex(label))
	if details != "" {
		copyIt := NewIconButton("copy", words().T("kit.copy"), keys.None, func() {
			fyne.CurrentApp().Clipboard().SetContent(details)
		})
		copyIt.Colour = theme.Error
		row.Add(copyIt)
	}
	row.Add(cross)
	t.body = Pad(Insets{Top: 10, Right: 8, Bottom: 10, Left: 20}, row)
	t.ExtendBaseWidget(t)
	return t
}

// Start begins the toast's time.
func (t *Toast) Start() {
	if t.bad || t.over {
		return
	}
	t.stop()
	t.timer = time.AfterFunc(toastTime, func() { fyne.Do(t.end) })
}

func (t *Toast) stop() {
	if t.timer != nil {
		t.timer.Stop()
	}
}

func (t *Toast) end() {
	t.stop()
	if t.Gone != nil {
		t.Gone(t)
	}
}

// Close takes the toast away at once.
func (t *Toast) Close() { t.end() }

// Bad tells whether the toast says an error.
func (t *Toast) Bad() bool { return t.bad }

// Width is how wide the toast wants to be in a window of this width.
func (t *Toast) Width(window float32) float32 {
	if t.bad {
		return min(560, window-2*theme.MarginSmall)
	}
	return min(t.body.MinSize().Width, window-2*theme.MarginSmall)
}

// HeightFor is the height at this width.
func (t *Toast) HeightFor(width float32) float32 { return HeightFor(t.body, width) }

// MouseIn is for Fyne.
func (t *Toast) MouseIn(*desktop.MouseEvent) {
	t.over = true
	t.stop()
}

// MouseMoved is for Fyne.
func (t *Toast) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (t *Toast) MouseOut() {
	t.over = false
	t.Start()
}

// CreateRenderer is for Fyne.
func (t *Toast) CreateRenderer() fyne.WidgetRenderer {
	back := box(theme.RadiusNotice)
	r := &renderer{self: t, objects: []fyne.CanvasObject{back, t.body}}
	r.min = func() fyne.Size {
		w := t.body.MinSize().Width
		return fyne.NewSize(w, t.HeightFor(max(w, t.Size().Width)))
	}
	r.layout = func(s fyne.Size) {
		put(back, 0, 0, s.Width, s.Height)
		put(t.body, 0, 0, s.Width, s.Height)
	}
	r.paint = func() {
		fill := theme.Paper
		if t.bad {
			fill = theme.ErrorWash
		}
		elevate(back, fill)
		if !theme.IsDark() {
			back.StrokeColor, back.StrokeWidth = colour(theme.Line), 1
		}
	}
	r.paint()
	return r
}
