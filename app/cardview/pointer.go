package cardview

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"lectern/app/keys"
	"lectern/app/kit"
)

// pointer is what the hand has done to a view.
type pointer struct {
	marked selection
	clicks int // in quick succession
	last   time.Time
	where  fyne.Position
	over   int  // the link under the pointer, 0 for none
	lens   bool // a picture is under the pointer

	offsets []float32   // how far each pane is moved
	home    fyne.Canvas // where it has the keyboard
}

// owner is the view with the selection: there is one for all views, as
// everywhere. It belongs to the goroutine of the window.
var owner *View

// mark changes the selection. With one the view takes the keyboard, for the
// two chords it knows; everything else goes on to the screen.
func (v *View) mark(s selection) {
	if s == v.marked {
		return
	}
	v.marked = s
	switch {
	case s.none():
		if owner == v {
			owner = nil
		}
		v.release()
	case owner != v:
		if owner != nil {
			owner.mark(selection{})
		}
		owner = v
	}
	v.Refresh()
}

// drop forgets what belonged to another document.
func (v *View) drop() {
	v.stale()
	v.offsets, v.over, v.clicks = nil, 0, 0
	v.mark(selection{})
}

func (v *View) take() {
	c := fyne.CurrentApp().Driver().CanvasForObject(v)
	if c != nil && !v.marked.none() && c.Focused() != fyne.Focusable(v) {
		c.Focus(v)
		v.home = c
	}
}

func (v *View) release() {
	if c := v.home; c != nil && c.Focused() == fyne.Focusable(v) {
		c.Unfocus()
	}
	v.home = nil
}

// MouseDown is for Fyne: it puts the mark's beginning, marks the word at the
// second click, everything at the third, and reaches further with Shift.
func (v *View) MouseDown(e *desktop.MouseEvent) {
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	now := time.Now()
	d := e.Position.Subtract(v.where)
	if now.Sub(v.last) > fyne.CurrentApp().Driver().DoubleTapDelay() || d.X*d.X+d.Y*d.Y > 25 {
		v.clicks = 0
	}
	v.clicks, v.last, v.where = v.clicks+1, now, e.Position
	letter, in := v.hit(e.Position)
	switch {
	case e.Modifier&fyne.KeyModifierShift != 0:
		v.mark(selection{v.marked.from, letter})
	case v.clicks == 2:
		v.mark(v.wordAt(letter, in))
	case v.clicks > 2:
		v.SelectAll()
	default:
		v.mark(selection{letter, letter})
	}
}

// MouseUp is for Fyne.
func (v *View) MouseUp(*desktop.MouseEvent) { v.take() }

// Dragged is for Fyne: it marks text.
func (v *View) Dragged(e *fyne.DragEvent) {
	letter, _ := v.hit(e.Position)
	v.clicks = 0
	v.mark(selection{v.marked.from, letter})
}

// DragEnd is for Fyne.
func (v *View) DragEnd() { v.take() }

// Tapped is for Fyne: it follows a link or enlarges a picture.
func (v *View) Tapped(e *fyne.PointEvent) {
	r, ok := v.under(e.Position)
	switch {
	case !ok || !v.marked.none():
	case r.link > 0 && v.o.Link != nil:
		v.o.Link(v.links[r.link-1])
	case r.src != "" && v.o.Enlarge != nil:
		v.o.Enlarge(r.src)
	}
}

// under is the run under a point.
func (v *View) under(p fyne.Position) (run, bool) {
	page := v.current()
	for _, r := range page.runs {
		x := r.x - v.offset(r.pane)
		if p.X >= x && p.X < x+r.w && p.Y >= r.y && p.Y < r.y+r.h {
			return r, true
		}
	}
	return run{}, false
}

// MouseIn is for Fyne.
func (v *View) MouseIn(e *desktop.MouseEvent) { v.MouseMoved(e) }

// MouseMoved is for Fyne: a link under the pointer is underlined.
func (v *View) MouseMoved(e *desktop.MouseEvent) {
	r, _ := v.under(e.Position)
	v.lens = r.src != "" && v.o.Enlarge != nil
	v.hover(r.link)
}

// MouseOut is for Fyne.
func (v *View) MouseOut() {
	v.lens = false
	v.hover(0)
}

func (v *View) hover(link int) {
	if link != v.over {
		v.over = link
		v.Refresh()
	}
}

// Cursor is for Fyne.
func (v *View) Cursor() desktop.Cursor {
	if v.over > 0 || v.lens {
		return desktop.PointerCursor
	}
	return desktop.TextCursor
}

// Disabled is for Fyne: a view without a selection is no stop for Tab.
func (v *View) Disabled() bool { return v.marked.none() }

// Enable and Disable are for Fyne; a view is enabled by selecting in it.
func (v *View) Enable() {}

// Disable takes the mark away.
func (v *View) Disable() { v.Deselect() }

// FocusGained is for Fyne.
func (v *View) FocusGained() { v.home = fyne.CurrentApp().Driver().CanvasForObject(v) }

// FocusLost is for Fyne. The mark stays.
func (v *View) FocusLost() {}

// TypedKey is for Fyne: keys go on to the screen.
func (v *View) TypedKey(e *fyne.KeyEvent) {
	if v.home != nil && v.home.OnTypedKey() != nil {
		v.home.OnTypedKey()(e)
	}
}

// TypedRune is for Fyne: letters go on to the screen.
func (v *View) TypedRune(r rune) {
	if v.home != nil && v.home.OnTypedRune() != nil {
		v.home.OnTypedRune()(r)
	}
}

// TypedShortcut is for Fyne: it copies and marks everything; other chords go on
// to the screen.
func (v *View) TypedShortcut(s fyne.Shortcut) {
	switch keys.FromShortcut(s) {
	case keys.CtrlC:
		if text := v.Selected(); text != "" {
			fyne.CurrentApp().Clipboard().SetContent(text)
		}
	case keys.CtrlA:
		v.SelectAll()
	default:
		if v.home != nil {
			kit.PassChord(v.home, s)
		}
	}
}

// offset is how far a pane is moved to the left; pane is 1 + its place.
func (v *View) offset(pane int) float32 {
	if pane < 1 || pane > len(v.offsets) {
		return 0
	}
	return v.offsets[pane-1]
}

// scroll moves a pane.
func (v *View) scroll(pane int, x float32) {
	p := v.current()
	if pane < 1 || pane > len(p.panes) {
		return
	}
	for len(v.offsets) < len(p.panes) {
		v.offsets = append(v.offsets, 0)
	}
	room := p.panes[pane-1]
	if x = min(max(x, 0), room.inner-room.w); x != v.offsets[pane-1] {
		v.offsets[pane-1] = x
		v.Refresh()
	}
}

var (
	_ fyne.Draggable     = (*View)(nil)
	_ fyne.Focusable     = (*View)(nil)
	_ fyne.Disableable   = (*View)(nil)
	_ fyne.Shortcutable  = (*View)(nil)
	_ fyne.Tappable      = (*View)(nil)
	_ desktop.Mouseable  = (*View)(nil)
	_ desktop.Hoverable  = (*View)(nil)
	_ desktop.Cursorable = (*View)(nil)
	_ kit.Flowing        = (*View)(nil)
)
