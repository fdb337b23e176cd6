// Package launch is the screen on which an instructor releases a course: the keys when
// there are none, what students will read, where it goes, what will be written, and
// afterwards the link to give them.
package launch

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/teach/bench"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/course/ship"
)

// Course is the course that is released.
type Course interface {
	Look(context.Context) (bench.State, error)
	Begin(ctx context.Context, p *i18n.Printer, author, page string) (bench.Keys, error)
	SavePage(name string, page []byte) error
	SetAddress(ctx context.Context, address string) (string, error)
	Foresee(context.Context, bench.Proposal) (ship.Preview, error)
	Launch(context.Context, bench.Proposal, ship.Progress) (bench.Launched, error)
}

// Options are what the screen needs.
type Options struct {
	// Course is the course, published in a folder.
	Course   func(site string) Course
	Site     string // the folder that it was published in, or may be
	KeepSite func(site string)
	Papers   string // the folder in which the page with a root key may be written
	State    bench.State

	Nav     nav.Navigator
	Printer *i18n.Printer
	Now     func() time.Time
	Open    func(path string) error // opens a file or a folder as the system does
	Copy    func(text string)

	Background func(func()) // nil is a goroutine of its own
}

// Screen releases a course.
type Screen struct {
	o     Options
	state bench.State
	site  string
	small bool
	busy  bool
	err   error // of what was tried last

	keys   *keysView
	plan   *planView
	done   *doneView
	page   []byte // with the root key, not yet written anywhere
	made   string // where it was written
	object *fyne.Container
	body   *fyne.Container
	roll   *kit.Scroll
	act    *kit.Button
}

// New makes the screen.
func New(o Options) *Screen {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	s := &Screen{o: o, state: o.State, site: o.Site, body: kit.Column(theme.Gutter)}
	s.act = kit.NewButton("", kit.Primary, s.press).WithKey(keys.CtrlEnter)
	s.keys, s.plan = newKeys(s), newPlan(s)
	s.roll = kit.NewScroll(kit.Limit(wide+2*theme.MarginSmall, kit.Pad(kit.Insets{Top: 8, Right: theme.MarginSmall, Bottom: theme.Margin, Left: theme.MarginSmall}, s.body)))
	s.roll.Ground = theme.Desk
	s.object = kit.Column(0, kit.Flex(s.roll))
	s.show()
	return s
}

const wide = 784

// keyless tells whether keys are wanted first.
func (s *Screen) keyless() bool { return s.state.Trust.N == 0 }

// show fills the page.
func (s *Screen) show() {
	p := s.o.Printer
	s.body.Objects = nil
	if s.err != nil {
		s.body.Add(kit.NewErrorLine(p.Fault(s.err), s.err.Error(), nil))
	}
	s.act.SetDisabled("")
	switch {
	case s.done != nil:
		s.done.show(s.body)
		s.act.Set(p.T("launch.finish"))
	case s.page != nil:
		s.keys.unsaved(s.body)
		s.act.Set(p.T("launch.save_page"))
	case s.keyless():
		s.keys.show(s.body)
		s.act.Set(p.T("launch.make_keys"))
	default:
		s.plan.show(s.body)
		s.act.Set(p.T("launch.release"))
		s.act.SetDisabled(s.plan.notYet())
	}
	kit.Relayout(s.object)
	s.object.Refresh()
	s.o.Nav.RefreshBar()
}

// press does what the button on top says.
func (s *Screen) press() {
	if s.busy {
		return
	}
	switch {
	case s.done != nil:
		s.o.Nav.Back()
	case s.page != nil:
		s.keys.save()
	case s.keyless():
		s.keys.begin()
	default:
		s.plan.launch()
	}
}

// work does something that may take long, with a way to stop it, and shows what came of
// it on Fyne's goroutine. What the author stopped himself is no error.
func (s *Screen) work(text string, do func(ctx context.Context, step func(done, total int)) error, then func(stopped bool)) {
	s.busy, s.err = true, nil
	ctx, cancel := context.WithCancel(context.Background())
	step, ended := s.o.Nav.Wait(text, cancel)
	s.o.Background(func() {
		err := do(ctx, step)
		fyne.Do(func() {
			stopped := ctx.Err() != nil && err != nil
			cancel()
			ended()
			s.busy = false
			if !stopped {
				s.err = err
			}
			then(stopped)
			s.show()
			if s.err != nil {
				s.roll.ScrollTo(0)
			}
		})
	})
}

func (s *Screen) open(path string) {
	if err := s.o.Open(path); err != nil {
		s.o.Nav.Error(err)
	}
}

// sheet is a part of the page.
func sheet(title string, parts ...fyne.CanvasObject) fyne.CanvasObject {
	col := kit.Column(0, kit.NewText(title, kit.Sub, theme.Ink), kit.Gap(0, 12))
	for _, o := range parts {
		col.Add(o)
	}
	return kit.NewSheet(kit.Sides(24, 32), col)
}

// field is a field under its name, with a line that explains it; "" for none.
func field(name, why string, o fyne.CanvasObject) fyne.CanvasObject {
	col := kit.Column(6, kit.NewText(name, kit.Body, theme.Ink), o)
	if why != "" {
		col.Add(kit.NewLabel(why, kit.Caption, theme.Muted))
	}
	return col
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar {
	p := s.o.Printer
	b := nav.Bar{Title: p.T("launch.title", "N", p.Int(int(s.state.Number()))), Actions: []fyne.CanvasObject{s.act}}
	if s.done != nil {
		b.Title = p.T("launch.title", "N", p.Int(int(s.done.seq)))
	}
	if !s.small {
		b.Subtitle = kit.Body.Elide(s.state.Deck.Title, 420)
	}
	return b
}

// Shown is for nav.Screen.
func (s *Screen) Shown() {
	switch {
	case s.done != nil:
		s.o.Nav.Focus(nil)
	case s.keyless():
		s.o.Nav.Focus(s.keys.author.Focusable())
	default:
		s.o.Nav.Focus(s.plan.label.Focusable())
		s.plan.foresee()
	}
}

// Hidden is for nav.Screen.
func (s *Screen) Hidden() { s.plan.gen++ }

// Fit is for nav.Fitter.
func (s *Screen) Fit(small bool) {
	s.small = small
	s.o.Nav.RefreshBar()
}

// Key is for nav.Screen.
func (s *Screen) Key(k keys.Key) bool {
	switch k {
	case keys.CtrlEnter:
		s.press()
	case keys.Enter:
		if s.done == nil {
			return false
		}
		s.press()
	case keys.PageDown:
		s.roll.ScrollBy(0.9)
	case keys.PageUp:
		s.roll.ScrollBy(-0.9)
	default:
		return false
	}
	return true
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	return []nav.Hint{{Keys: []keys.Key{keys.CtrlEnter}, Text: s.act.Text}}
}

// CanLeave asks while a root key lies nowhere, and when release notes would be lost.
func (s *Screen) CanLeave() (bool, nav.Question) {
	p := s.o.Printer
	switch {
	case s.page != nil:
		return false, nav.Question{Title: p.T("launch.leave_key"), Text: p.T("launch.leave_key_text"), Yes: nav.Action{Text: p.T("launch.leave_key_yes"), Danger: true}}
	case s.done == nil && !s.keyless() && s.plan.dirty():
		return false, nav.Question{Title: p.T("launch.leave"), Text: p.T("launch.leave_text"), Yes: nav.Action{Text: p.T("launch.leave_yes")}}
	}
	return true, nav.Question{}
}
