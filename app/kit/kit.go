// Package kit holds the window's own widgets: sheets, buttons, chips, grades,
// charts, fields, dialogs, and the layouts that place them.
//
// All of them draw in the colours of package theme and repaint when it
// changes. They are worked by pointer and by keyboard alike: Tab walks them,
// Space and Enter press them, and a key a widget has no use for goes on to the
// screen, so a focused button never swallows a grade. A tap does not move the
// focus. The ring shows only when the focus came by Tab.
//
// Heights follow widths here: text wraps, so a layout asks its children how
// high they are at a given width ([HeightFor]) instead of relying on a minimal
// size that knows nothing of it. [Column], [Row], [Pad], [Limit] and [Scroll]
// pass the question on.
package kit

import (
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lectern/app/keys"
	"lectern/assets/i18n"
)

var printer atomic.Pointer[i18n.Printer]

// Speak sets the language of the few words that widgets bring themselves: the
// name of the Space key, "Close", "Details". Widgets on screen take it at
// their next refresh.
func Speak(p *i18n.Printer) { printer.Store(p) }

func words() *i18n.Printer {
	if p := printer.Load(); p != nil {
		return p
	}
	p := i18n.New("en")
	printer.CompareAndSwap(nil, p)
	return printer.Load()
}

// KeyLabel is what a key cap says for k in the user's language.
func KeyLabel(k keys.Key) string {
	if k == keys.None {
		return ""
	}
	return k.Label(words().T("kit.space"))
}

// renderer is a widget's renderer made of functions. Objects are drawn in
// order. Min and layout may be nil for a widget without a size of its own.
type renderer struct {
	self    fyne.CanvasObject // the widget
	objects []fyne.CanvasObject
	min     func() fyne.Size
	layout  func(fyne.Size)
	paint   func()
}

func (r *renderer) Destroy()                     {}
func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *renderer) MinSize() fyne.Size {
	if r.min == nil {
		return fyne.Size{}
	}
	return r.min()
}

func (r *renderer) Layout(s fyne.Size) {
	if r.layout != nil {
		r.layout(s)
	}
}

func (r *renderer) Refresh() {
	if r.paint != nil {
		r.paint()
	}
	for _, o := range r.objects {
		o.Refresh()
	}
	// An object that was just made is on no canvas yet and cannot ask for a
	// repaint; the widget can.
	canvas.Refresh(r.self)
}
