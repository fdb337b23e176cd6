// Package shell is the frame of the window: the bar on top, the stack of
// screens, the keyboard, dropped files, notices and dialogs. It knows screens
// only through package nav and the collection not at all; what it needs from
// the program comes in [Options].
package shell

import (
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
)

// Options are what the frame needs from the program. The functions run on
// Fyne's goroutine.
type Options struct {
	Words func() *i18n.Printer // the user's language now

	Today      func() nav.Screen // the screens behind the bar; made or kept by the program
	Cards      func() nav.Screen
	Statistics func() nav.Screen
	Settings   func() nav.Screen

	Open  func(paths []string) // opens files; without paths it asks for one
	Paste func()               // opens the text on the clipboard as a page
	Undo  func(then Step)      // undoes the latest operation, at once or later
	Redo  func(then Step)
	Quit  func() // the user wants to leave and nothing speaks against it
}

// Step is told, on Fyne's goroutine, what was undone or done again.
type Step func(name string, err error)

// Shell is the frame. It is the nav.Navigator of every screen.
type Shell struct {
	o   Options
	win fyne.Window

	stack  []nav.Screen
	bar    *fyne.Container // the strip on top, remade by RefreshBar
	body   *fyne.Container // the objects of all screens of the stack; the top one is visible
	toasts *fyne.Container
	root   *fyne.Container

	small  bool
	fitted bool // small is known
	noBar  bool
	task   bool    // the screen in front is a task, not a place of the bar
	high   float32 // of the bar

	patience time.Duration // how long work may take before the window says so

	full bool
	wait map[nav.Screen]nav.Question // questions on screen, so that one is not asked twice
}

var _ nav.Navigator = (*Shell)(nil)

// New makes the frame of a window and takes over its content, its keys and
// what is dropped on it. Show the first screen with Home or Start.
func New(win fyne.Window, o Options) *Shell {
	s := &Shell{o: o, win: win, patience: 300 * time.Millisecond, wait: map[nav.Screen]nav.Question{}}
	kit.Speak(o.Words())
	s.bar = &fyne.Container{}
	s.body = &fyne.Container{Layout: onlyVisible{}}
	s.toasts = &fyne.Container{Layout: &toastLayout{s}}
	s.root = &fyne.Container{Layout: &frame{s}, Objects: []fyne.CanvasObject{
		kit.NewGround(theme.Desk), s.bar, s.body, s.toasts, kit.NewTipLayer(),
	}}
	win.SetPadded(false)
	win.SetContent(s.root)
	s.listen()
	win.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { s.dropped(uris) })
	return s
}

func (s *Shell) t(key string, args ...any) string { return s.o.Words().T(key, args...) }

// Speak takes over a change of the language.
func (s *Shell) Speak() {
	kit.Speak(s.o.Words())
	s.RefreshBar()
}

// Start shows the first screen, such as the one of a first run.
func (s *Shell) Start(first nav.Screen) { s.reset(first) }

// Top is the screen in front, nil before the first.
func (s *Shell) Top() nav.Screen {
	if len(s.stack) == 0 {
		return nil
	}
	return s.stack[len(s.stack)-1]
}

// reset shows one screen instead of the whole stack.
func (s *Shell) reset(to nav.Screen) {
	if top := s.Top(); top != nil {
		top.Hidden()
	}
	s.stack = append(s.stack[:0], to)
	s.present()
}

// Go shows a screen over the present one.
func (s *Shell) Go(to nav.Screen) {
	if top := s.Top(); top != nil {
		top.Hidden()
	}
	s.stack = append(s.stack, to)
	s.present()
}

// Replace shows a screen instead of the present one.
func (s *Shell) Replace(to nav.Screen) {
	if top := s.Top(); top != nil {
		top.Hidden()
		s.stack = s.stack[:len(s.stack)-1]
	}
	s.stack = append(s.stack, to)
	s.present()
}

// Back leaves the present screen, after its CanLeave. The last screen stays.
func (s *Shell) Back() {
	if len(s.stack) < 2 {
		return
	}
	s.leave(s.Top(), func() {
		s.Top().Hidden()
		s.stack = s.stack[:len(s.stack)-1]
		s.present()
	})
}

// Home leaves everything and shows today.
func (s *Shell) Home() { s.leaveAll(func() { s.reset(s.o.Today()) }) }

// tab shows one of the places of the bar.
func (s *Shell) tab(t nav.Tab) {
	to := map[nav.Tab]func() nav.Screen{nav.Today: s.o.Today, nav.Cards: s.o.Cards, nav.Statistics: s.o.Statistics}[t]
	if to == nil {
		return
	}
	s.leaveAll(func() { s.reset(to()) })
}

// leave asks a screen and then does what follows.
func (s *Shell) leave(screen nav.Screen, then func()) {
	ok, q := screen.CanLeave()
	if ok {
		then()
		return
	}
	if _, asked := s.wait[screen]; asked {
		return
	}
	s.wait[screen] = q
	do := q.Yes.Do
	q.Yes.Do = func() {
		if do != nil {
			do()
		}
		then()
	}
	s.ask(q, func() { delete(s.wait, screen) })
}

// leaveAll asks the screens from the top down.
func (s *Shell) leaveAll(then func()) {
	next := then
	for _, screen := range s.stack {
		after := next
		next = func() { s.leave(screen, after) }
	}
	next()
}

// Quit asks the screens and then ends the program.
func (s *Shell) Quit() { s.leaveAll(s.o.Quit) }

// present brings the top of the stack to the front.
func (s *Shell) present() {
	top := s.Top()
	s.win.Canvas().Unfocus()
	if f, ok := top.(nav.Fitter); ok && s.fitted {
		f.Fit(s.small)
	}
	objects := make([]fyne.CanvasObject, 0, len(s.stack))
	for _, screen := range s.stack {
		o := screen.Object()
		if screen == top {
			o.Show()
		} else {
			o.Hide()
		}
		objects = append(objects, o)
	}
	s.body.Objects = objects
	s.RefreshBar()
	s.body.Layout.Layout(objects, s.body.Size())
	s.body.Refresh()
	top.Shown()
}

// Reload has the screen in front read what may have changed meanwhile: another
// program may have answered, a day may have begun.
func (s *Shell) Reload() {
	if r, ok := s.Top().(nav.Reloader); ok {
		r.Reload()
	}
}

// Small tells whether the window uses the small measures.
func (s *Shell) Small() bool { return s.small }

// Focus puts the keyboard into a field without the ring; nil takes it away.
func (s *Shell) Focus(f fyne.Focusable) {
	if f == nil {
		s.win.Canvas().Unfocus()
		return
	}
	kit.FocusQuietly(s.win.Canvas(), f)
}

// Open opens files, or asks for one. A screen that opens files itself comes
// first.
func (s *Shell) Open(paths ...string) {
	if len(paths) > 0 {
		if o, ok := s.Top().(nav.Opener); ok && o.Open(paths) {
			return
		}
	}
	s.o.Open(paths)
}

// frame is the layout of the window.
type frame struct{ s *Shell }

func (f *frame) MinSize([]fyne.CanvasObject) fyne.Size {
	// The smallest size laid out; the window's own limits are its business.
	return fyne.NewSize(480, 320)
}

func (f *frame) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	s := f.s
	if small := theme.Small(size); small != s.small || !s.fitted {
		s.small, s.fitted = small, true
		for _, screen := range s.stack {
			if fit, ok := screen.(nav.Fitter); ok {
				fit.Fit(small)
			}
		}
		s.RefreshBar()
	}
	s.high = 0
	if !s.noBar {
		s.high = theme.BarHeight
		if s.small {
			s.high = theme.BarSmall
		}
	}
	s.bar.Move(fyne.Position{})
	s.bar.Resize(fyne.NewSize(size.Width, s.high))
	s.body.Move(fyne.NewPos(0, s.high))
	s.body.Resize(fyne.NewSize(size.Width, size.Height-s.high))
	for _, o := range objects {
		if o != s.bar && o != s.body {
			o.Move(fyne.Position{})
			o.Resize(size)
		}
	}
}

// onlyVisible gives the visible object all the room. The hidden ones stay in
// the tree, so that a change of theme reaches them, but cost no layout.
type onlyVisible struct{}

func (onlyVisible) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (onlyVisible) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		if o.Visible() {
			o.Move(fyne.Position{})
			o.Resize(size)
		}
	}
}

// FullScreen switches the window between full screen and its usual size.
func (s *Shell) FullScreen() {
	s.full = !s.full
	s.win.SetFullScreen(s.full)
}

// Key is what the window does with a press; tests and screens that show keys
// may call it.
func (s *Shell) Key(k keys.Key) { s.key(k) }
