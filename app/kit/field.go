package kit

import (
	"image/color"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lectern/app/keys"
	"lectern/app/theme"
)

// Field is a text field: paper with an edge, an accent border of 2 px while it
// has the keyboard. Keys that belong to the screen go on to it: Esc, Ctrl Enter,
// Ctrl F and the other chords the field has no use for, and Ctrl Z once there
// is nothing left to undo in the field.
type Field struct {
	widget.BaseWidget
	Icon  string            // inside, at the left
	After fyne.CanvasObject // inside, at the right: a unit, a count
	Lines int               // 1 for a single line; more for a field of that height
	Face  Type              // Body, Answer or Code

	Changed   func(text string)
	Submitted func(text string) // Enter in a single line; nil hands Enter to the screen
	Left      func(text string) // the keyboard went elsewhere
	Moved     func(k keys.Key)  // Up and Down in a single line, as in a search over a list

	entry  *entry
	themed *container.ThemeOverride
	frame  *canvas.Rectangle
}

// NewField makes a single line.
func NewField(text, placeholder string, changed func(string)) *Field {
	return newField(Body, 1, text, placeholder, changed)
}

// NewArea makes a field of several lines in a type: Answer for the student's
// words, Code for Markdown. It grows with the room it is given, then scrolls.
func NewArea(t Type, lines int, text, placeholder string, changed func(string)) *Field {
	return newField(t, max(2, lines), text, placeholder, changed)
}

func newField(t Type, lines int, text, placeholder string, changed func(string)) *Field {
	f := &Field{Lines: lines, Face: t, Changed: changed}
	e := &entry{field: f}
	f.entry = e
	e.MultiLine = lines > 1
	e.Wrapping = fyne.TextWrapOff
	if e.MultiLine {
		e.Wrapping = fyne.TextWrapWord
	}
	e.TextStyle = t.style()
	e.ExtendBaseWidget(e)
	e.Text = text
	e.PlaceHolder = placeholder
	e.OnChanged = func(s string) {
		e.edits++
		if f.Changed != nil {
			f.Changed(s)
		}
	}
	f.ExtendBaseWidget(f)
	return f
}

// Secret hides what is typed, as for a key.
func (f *Field) Secret() *Field {
	f.entry.Password = true
	f.entry.ActionItem = &fyne.Container{} // Fyne's eye is not of our icons
	return f
}

// SetFace changes the type of the text.
func (f *Field) SetFace(t Type) {
	if f.Face == t {
		return
	}
	f.Face, f.entry.TextStyle = t, t.style()
	if f.themed != nil {
		f.themed.Refresh()
	}
	f.Refresh()
}

// Text is what stands in the field.
func (f *Field) Text() string { return f.entry.Text }

// SetText replaces the text without calling Changed.
func (f *Field) SetText(s string) {
	if s == f.entry.Text {
		return
	}
	call := f.Changed
	f.Changed = nil
	f.entry.SetText(s)
	f.entry.edits = 0
	f.Changed = call
}

// Selected is the selected text.
func (f *Field) Selected() string { return f.entry.SelectedText() }

// Insert puts text at the caret, in place of the selection, with undo.
func (f *Field) Insert(s string) {
	for _, r := range s {
		if r == '\n' {
			f.entry.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		} else {
			f.entry.Entry.TypedRune(r)
		}
	}
}

// Caret is the line and column of the caret, from 0.
func (f *Field) Caret() (line, column int) { return f.entry.CursorRow, f.entry.CursorColumn }

// SetCaret puts the caret into a line and column.
func (f *Field) SetCaret(line, column int) {
	f.entry.CursorRow, f.entry.CursorColumn = line, column
	f.entry.Refresh()
}

// ToEnd puts the caret behind the text.
func (f *Field) ToEnd() {
	f.entry.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	f.entry.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
}

// Focusable is what gets the keyboard; give it to the navigator's Focus.
func (f *Field) Focusable() fyne.Focusable { return f.entry }

// Focused tells whether the field has the keyboard.
func (f *Field) Focused() bool { return f.entry.focused }

// SetDisabled stops editing.
func (f *Field) SetDisabled(on bool) {
	if on {
		f.entry.Disable()
	} else {
		f.entry.Enable()
	}
	f.Refresh()
}

// inset is the room between the frame and the text.
func (f *Field) inset() (x, y float32) {
	if f.Lines > 1 && f.Face.Face != Sans {
		return 20, 17
	}
	return 14, 10
}

// HeightFor is the field's height when it shows its Lines.
func (f *Field) HeightFor(float32) float32 {
	_, y := f.inset()
	return max(theme.ControlNormal, float32(f.Lines)*f.Face.Line+2*y)
}

// entryPad is the margin the inner entry keeps around its text, so that the
// caret and accents are not cut.
const entryPad = 6

// CreateRenderer is for Fyne.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	f.frame = box(theme.RadiusControl)
	icon := &canvas.Image{FillMode: canvas.ImageFillContain}
	f.themed = container.NewThemeOverride(f.entry, &fieldTheme{f})
	r := &renderer{self: f, objects: []fyne.CanvasObject{f.frame, icon, f.themed}}
	if f.After != nil {
		r.objects = append(r.objects, f.After)
	}
	r.min = func() fyne.Size {
		w := float32(80)
		if f.After != nil {
			w += f.After.MinSize().Width
		}
		return fyne.NewSize(w, f.HeightFor(0))
	}
	r.layout = func(s fyne.Size) {
		put(f.frame, 0, 0, s.Width, s.Height)
		x, y := f.inset()
		left, right := x, s.Width-x
		if f.Icon != "" {
			put(icon, 14, (s.Height-20)/2, 20, 20)
			left += 32
		}
		if f.After != nil {
			m := f.After.MinSize()
			right -= m.Width + 8
			put(f.After, right+8, (s.Height-m.Height)/2, m.Width, m.Height)
		}
		natural, _ := f.Face.metrics()
		if f.Lines > 1 {
			top := y + f.Face.top() - entryPad
			put(f.themed, left-entryPad, top, right-left+2*entryPad, s.Height-top-4)
			return
		}
		h := natural + 2*entryPad
		put(f.themed, left-entryPad, (s.Height-h)/2, right-left+2*entryPad, h)
	}
	r.paint = func() {
		switch {
		case f.entry.Disabled():
			paintBox(f.frame, theme.Sunk, theme.Line, 1)
		case f.entry.focused:
			paintBox(f.frame, theme.Paper, theme.Accent, 2)
		default:
			paintBox(f.frame, theme.Paper, theme.Edge, 1)
		}
		setIcon(icon, f.Icon, theme.Muted)
		r.layout(f.Size())
	}
	r.paint()
	return r
}

// fieldTheme is the app's theme without the entry's own frame, in the field's
// type.
type fieldTheme struct{ field *Field }

func (t *fieldTheme) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	switch n {
	case ftheme.ColorNameInputBackground, ftheme.ColorNameInputBorder, ftheme.ColorNameShadow:
		return clear
	case ftheme.ColorNameSelection:
		n = theme.Mark
	}
	return fyne.CurrentApp().Settings().Theme().Color(n, v)
}

func (t *fieldTheme) Font(s fyne.TextStyle) fyne.Resource {
	return fyne.CurrentApp().Settings().Theme().Font(s)
}

func (t *fieldTheme) Icon(n fyne.ThemeIconName) fyne.Resource {
	return fyne.CurrentApp().Settings().Theme().Icon(n)
}

func (t *fieldTheme) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case ftheme.SizeNameText:
		return t.field.Face.Size
	case ftheme.SizeNameInnerPadding:
		return entryPad
	case ftheme.SizeNameInputBorder:
		return 0
	}
	return fyne.CurrentApp().Settings().Theme().Size(n)
}

// entry is Fyne's text field with the manners of this program.
type entry struct {
	widget.Entry
	field   *Field
	focused bool
	edits   int  // changes that Ctrl Z can still take back
	fresh   bool // has the keyboard, and no key has come yet
}

// FocusGained is for Fyne.
func (e *entry) FocusGained() {
	e.focused, e.fresh = true, true
	e.Entry.FocusGained()
	e.field.Refresh()
	reveal(e.field)
}

// FocusLost is for Fyne.
func (e *entry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	if e.field.Left != nil {
		e.field.Left(e.Text)
	}
	e.field.Refresh()
}

// TypedRune is for Fyne. A Space that leads the keyboard here has its rune still
// to come; that rune is no text.
func (e *entry) TypedRune(r rune) {
	led := e.fresh && r == ' '
	e.fresh = false
	if !led {
		e.Entry.TypedRune(r)
	}
}

// TypedKey is for Fyne.
func (e *entry) TypedKey(ev *fyne.KeyEvent) {
	e.fresh = false
	switch k := keys.FromEvent(ev); k {
	case keys.Esc:
		forwardKey(e, ev)
		return
	case keys.F1, keys.F11:
		forwardKey(e, ev)
		return
	case keys.Up, keys.Down:
		if !e.MultiLine && e.field.Moved != nil {
			e.field.Moved(k)
			return
		}
	case keys.Enter:
		if !e.MultiLine {
			if e.field.Submitted != nil {
				e.field.Submitted(e.Text)
			} else {
				forwardKey(e, ev)
			}
			return
		}
	}
	e.Entry.TypedKey(ev)
}

// TypedShortcut is for Fyne: what is text stays, what is a command goes on.
func (e *entry) TypedShortcut(s fyne.Shortcut) {
	switch k := keys.FromShortcut(s); k {
	case keys.CtrlZ:
		before := e.Text
		if e.edits > 0 {
			if e.Entry.TypedShortcut(s); e.Text != before {
				return
			}
			e.edits = 0
		}
		forwardShortcut(e, s)
	case keys.CtrlC, keys.CtrlX, keys.CtrlV, keys.CtrlA, keys.CtrlY:
		e.Entry.TypedShortcut(s)
	default:
		for _, chord := range keys.Chords {
			if chord == k {
				forwardShortcut(e, s)
				return
			}
		}
		e.Entry.TypedShortcut(s)
	}
}

var chords sync.Map // fyne.Canvas → func(keys.Key)

// OnChord names who hears the chords that a field on this canvas hands on: the
// window's frame, or a test in its place.
func OnChord(c fyne.Canvas, f func(keys.Key)) { chords.Store(c, f) }

func forwardShortcut(o fyne.CanvasObject, s fyne.Shortcut) {
	PassChord(canvasOf(o), s)
}
