// Package workshop is the page of a course that an instructor works on: how it stands,
// what is wrong with it and where, what changed since the last release, and the way to
// the next one.
//
// Cards are written in an editor of the instructor's choice. The page looks when it is
// shown and when it is asked; it watches nothing.
package workshop

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/teach/bench"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/source"
)

// Course is the course that is worked on.
type Course interface {
	Look(context.Context) (bench.State, error)
	Tidy(context.Context, source.Options) (source.Formatted, error)
	Settle(ctx context.Context, note string, substance bool) error
	Unsettle(ctx context.Context, note string, substance bool) error
	Path(name string) string
}

// Options are what the screen needs.
type Options struct {
	Course  func() Course // as it is now: a release may choose where it is published
	Nav     nav.Navigator
	Printer *i18n.Printer
	Dir     string
	Made    bool // just now: what to do next is said

	Edit    func(path string) error // opens a file in the system's editor
	Reveal  func(path string) error // shows a folder in the system's file manager
	Copy    func(text string)
	Release func(bench.State)
	Class   func(bench.State)
	Seen    func(title string) // what the course is called now

	Now        func() time.Time // nil is time.Now
	Background func(func())     // nil is a goroutine of its own
}

// Screen is the page of a course.
type Screen struct {
	o     Options
	state bench.State
	err   error // of the folder
	known bool  // it was looked at
	said  string
	gen   int
	front bool
	shown int // how many changes are listed
	cards int // of the course when it was first seen
	small bool

	object  *fyne.Container
	body    *fyne.Container
	roll    *kit.Scroll
	release *kit.Button
	class   *kit.Button
}

// New makes the screen; it looks at the course when it is shown.
func New(o Options) *Screen {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Seen == nil {
		o.Seen = func(string) {}
	}
	p := o.Printer
	s := &Screen{o: o, shown: atOnce, body: kit.Column(theme.Gutter)}
	s.release = kit.NewButton(p.T("workshop.release"), kit.Primary, s.launch).WithKey(keys.CtrlEnter)
	s.class = kit.NewButton(p.T("workshop.class"), kit.Secondary, func() { o.Class(s.state) })
	s.roll = kit.NewScroll(kit.Limit(wide+2*theme.MarginSmall, kit.Pad(kit.Insets{Top: 8, Right: theme.MarginSmall, Bottom: theme.Margin, Left: theme.MarginSmall}, s.body)))
	s.roll.Ground = theme.Desk
	s.object = kit.Column(0, kit.Flex(s.roll))
	s.show()
	return s
}

const wide = 784

// Shown looks at the course.
func (s *Screen) Shown() {
	s.front = true
	s.o.Nav.Focus(nil)
	s.look()
}

// Hidden drops what is being looked at.
func (s *Screen) Hidden() { s.front, s.gen = false, s.gen+1 }

// look reads the course; what is shown stays meanwhile.
func (s *Screen) look() {
	s.run("", func(context.Context) error { return nil })
}

// check tidies the course and looks at it.
func (s *Screen) check() { s.tidy(source.Options{}) }

// tidy formats the course as options say, and looks at it. Mistakes come with the look.
func (s *Screen) tidy(o source.Options) {
	p := s.o.Printer
	s.run(p.T("workshop.checking"), func(ctx context.Context) error {
		f, err := s.o.Course().Tidy(ctx, o)
		var mistakes source.Errors
		if err != nil && !errors.As(err, &mistakes) {
			return err
		}
		said := s.told(f, err)
		fyne.Do(func() { s.said = said })
		return nil
	})
}

// run does something to the course, says so if it takes long, and looks at it.
func (s *Screen) run(text string, do func(context.Context) error) {
	s.gen++
	gen := s.gen
	ctx, cancel := context.WithCancel(context.Background())
	ended := func() {}
	if text != "" {
		s.said = ""
		_, ended = s.o.Nav.Wait(text, cancel)
	}
	s.o.Background(func() {
		err := do(ctx)
		var state bench.State
		if err == nil {
			state, err = s.o.Course().Look(ctx)
		}
		fyne.Do(func() {
			stopped := ctx.Err() != nil
			cancel()
			ended()
			if gen != s.gen || stopped {
				return
			}
			s.take(state, err)
		})
	})
}

func (s *Screen) take(state bench.State, err error) {
	s.err, s.known = err, true
	if err == nil {
		s.state = state
		if s.cards == 0 {
			s.cards = len(state.Deck.Notes)
		}
		if state.Deck.Title != "" {
			s.o.Seen(state.Deck.Title)
		}
	}
	s.show()
	s.o.Nav.RefreshBar()
}

// show fills the page.
func (s *Screen) show() {
	p := s.o.Printer
	s.body.Objects = nil
	switch {
	case s.err != nil:
		again := kit.NewButton(p.T("workshop.again"), kit.Secondary, s.check)
		s.body.Add(kit.NewErrorLine(p.Fault(s.err), s.err.Error(), again))
	case s.known:
		s.body.Add(s.verdict())
		s.body.Add(s.checked())
		if o := s.changes(); o != nil {
			s.body.Add(o)
		}
	}
	s.release.SetDisabled(s.notYet())
	s.class.SetDisabled("")
	if s.state.Deck.ID == "" {
		s.class.SetDisabled(p.T("workshop.class_why"))
	}
	kit.Relayout(s.object)
	s.object.Refresh()
}

// notYet says why the course cannot be released, "" when it can.
func (s *Screen) notYet() string {
	p := s.o.Printer
	switch {
	case !s.known || s.err != nil || !s.state.Known:
		return p.T("workshop.not_mistakes")
	case len(s.state.Changes.Asked()) > 0:
		return p.T("workshop.not_asked")
	}
	return ""
}

func (s *Screen) launch() {
	if s.notYet() == "" {
		s.o.Release(s.state)
	}
}

// edit opens a file of the course.
func (s *Screen) edit(name string) {
	if err := s.o.Edit(s.o.Course().Path(name)); err != nil {
		s.o.Nav.Error(err)
	}
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar {
	title := s.state.Deck.Title
	if title == "" {
		title = filepath.Base(s.o.Dir)
	}
	room := float32(520)
	if s.small {
		room = 360
	}
	return nav.Bar{Title: kit.Sub.Elide(title, room), Actions: []fyne.CanvasObject{s.class, s.release}}
}

// Fit is for nav.Fitter.
func (s *Screen) Fit(small bool) {
	s.small = small
	s.o.Nav.RefreshBar()
}

// Reload looks again when the author comes back from his editor.
func (s *Screen) Reload() {
	if s.front {
		s.look()
	}
}

// Key checks, releases, scrolls.
func (s *Screen) Key(k keys.Key) bool {
	switch k {
	case keys.F5:
		s.check()
	case keys.CtrlEnter:
		s.launch()
	case keys.E:
		s.edit(s.first())
	case keys.PageDown:
		s.roll.ScrollBy(0.9)
	case keys.PageUp:
		s.roll.ScrollBy(-0.9)
	case keys.Down:
		s.roll.ScrollBy(0.1)
	case keys.Up:
		s.roll.ScrollBy(-0.1)
	default:
		return false
	}
	return true
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	p := s.o.Printer
	return []nav.Hint{
		{Keys: []keys.Key{keys.F5}, Text: p.T("workshop.check")},
		{Keys: []keys.Key{keys.E}, Text: p.T("workshop.key_edit")},
		{Keys: []keys.Key{keys.CtrlEnter}, Text: p.T("workshop.key_release")},
	}
}

// CanLeave is for nav.Screen.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }
