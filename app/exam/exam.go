// Package exam is the screen of an exam plan: a date, a daily limit, what will
// be asked, and an honest forecast before the student says yes.
//
// What stands at the right follows the left: each change is planned anew beside
// Fyne's goroutine, the plan before it is broken off, and the numbers in sight
// stay until the new ones are there. Nothing is kept until the student accepts.
package exam

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/exam/standing"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/scheduler"
)

// Collection is what the screen reads and changes.
type Collection interface {
	standing.Collection
	Decks(context.Context) ([]collection.DeckRow, error)
	SetExam(context.Context, collection.Exam) error
	RemoveExam(ctx context.Context, deck string) error
}

// Options are what the screen needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Today      func() scheduler.Day // the present study day
	Deck       string
	Background func(func()) // runs a plan; nil is a goroutine of its own

	// Later runs f after a while, unless stopped; nil is time.AfterFunc.
	Later func(d time.Duration, f func()) (stop func())

	Cards func(collection.Query) // lists cards
	Weak  func()                 // a custom study of the weakest cards of the deck
}

// goal is the recall that counts as ready.
const goal = 0.9

// usualMinutes a day are offered at first.
const usualMinutes = 15

// farthest is how far ahead an exam may be, in days.
const farthest = 700

// settle is how long the hand has to rest before a plan is made; slow is when
// the screen says that it is being made.
const (
	settle = 60 * time.Millisecond
	slow   = 300 * time.Millisecond
)

// Screen is the plan of one deck's exam.
type Screen struct {
	o    Options
	deck collection.DeckRow
	exam collection.Exam
	kept bool // the deck has this plan
	was  bool // its exam is past, or today

	gen    int // of the latest plan; older ones are dropped
	cancel context.CancelFunc
	stop   func()

	small  bool
	object *fyne.Container
	left   *asked
	right  *answer
	begin  *kit.Button
	drop   *kit.Button
}

// New makes the screen; it reads the deck when it is shown.
func New(o Options) *Screen {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	if o.Later == nil {
		o.Later = nav.Later
	}
	s := &Screen{o: o, stop: func() {}, exam: collection.Exam{Deck: o.Deck, Minutes: usualMinutes, Goal: goal}}
	p := o.Printer
	s.begin = kit.NewButton(p.T("exam.go"), kit.Primary, s.accept).WithKey(keys.CtrlEnter)
	s.drop = kit.NewButton(p.T("exam.drop"), kit.Quiet, s.remove)
	s.left, s.right = newAsked(s), newAnswer(s)
	s.object = &fyne.Container{Layout: &desk{s}, Objects: []fyne.CanvasObject{s.left.sheet, s.right.sheet}}
	return s
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar {
	b := nav.Bar{Title: s.o.Printer.T("exam.title"), Subtitle: kit.Body.Elide(s.deck.Title, 240)}
	if !s.was {
		b.Actions = []fyne.CanvasObject{s.drop, s.begin}
	}
	return b
}

// Shown reads the deck and its exam, at first and when the student comes back
// from its cards.
func (s *Screen) Shown() {
	first := s.deck.ID == ""
	gen := s.next()
	s.o.Background(func() {
		ctx := context.Background()
		rows, err := s.o.Collection.Decks(ctx)
		var e *collection.Exam
		if err == nil {
			e, err = s.o.Collection.Exam(ctx, s.o.Deck)
		}
		fyne.Do(func() {
			if gen != s.gen {
				return
			}
			if err != nil {
				s.right.fail(err)
				return
			}
			if i := slices.IndexFunc(rows, func(d collection.DeckRow) bool { return d.ID == s.o.Deck }); i >= 0 {
				s.deck = rows[i]
			}
			if e != nil && first {
				s.exam, s.kept = *e, true
				s.was = e.Day <= s.o.Today()
			}
			s.open(first)
		})
	})
}

// open shows the deck as it was read.
func (s *Screen) open(first bool) {
	s.o.Nav.RefreshBar()
	if s.was {
		s.right.ask()
		s.object.Refresh()
		return
	}
	s.left.show()
	if first {
		s.left.open(s.exam.Day == 0)
		s.o.Nav.Focus(s.left.first())
	}
	s.changed()
}

// Hidden breaks off what is being planned.
func (s *Screen) Hidden() { s.next() }

// CanLeave is for nav.Screen: what is not accepted is a question, not work.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }

// Fit takes the small measures in a small window.
func (s *Screen) Fit(small bool) {
	s.small = small
	s.left.fit()
	s.right.fit()
	s.object.Refresh()
}

// next ends the plan that is being made and gives the number of a new one.
func (s *Screen) next() int {
	s.gen++
	s.stop()
	if s.cancel != nil {
		s.cancel()
		s.cancel = nil
	}
	return s.gen
}

// changed plans anew, once the hand rests.
func (s *Screen) changed() {
	gen := s.next()
	s.begin.SetDisabled("")
	if s.exam.Day == 0 || len(s.deck.Sections) > 0 && s.left.none() {
		why := s.o.Printer.T("exam.no_day")
		if s.exam.Day != 0 {
			why = s.o.Printer.T("exam.no_section")
		}
		s.begin.SetDisabled(why)
		s.right.wait(why)
		return
	}
	s.stop = s.o.Later(settle, func() {
		if gen == s.gen {
			s.plan(gen)
		}
	})
}

// plan makes the plan of the present choice.
func (s *Screen) plan(gen int) {
	ctx, cancel := context.WithCancel(context.Background())
	s.cancel = cancel
	s.stop = s.o.Later(slow, func() {
		if gen == s.gen {
			s.right.busy(true)
		}
	})
	e := s.exam
	e.Sections = slices.Clone(e.Sections)
	s.o.Background(func() {
		plan, err := s.o.Collection.PlanExam(ctx, e, nil)
		fyne.Do(func() {
			if gen != s.gen {
				return
			}
			s.stop()
			s.right.busy(false)
			if err != nil {
				s.right.fail(err)
			} else {
				s.left.warn(plan)
				s.right.show(plan)
			}
			s.object.Refresh()
		})
	})
}

// accept keeps the plan.
func (s *Screen) accept() {
	if s.was || !s.begin.Enabled() {
		return
	}
	if err := s.o.Collection.SetExam(context.Background(), s.exam); err != nil {
		s.o.Nav.Error(err)
		return
	}
	s.o.Nav.Back()
	s.o.Nav.Toast(s.o.Printer.T("exam.kept", "Date", s.o.Printer.Date(standing.DateOf(s.exam.Day))), s.undo())
}

// remove goes on without a plan.
func (s *Screen) remove() {
	if !s.kept {
		s.o.Nav.Back()
		return
	}
	s.end("exam.dropped", s.undo())
}

// end takes the plan away, goes back and says so.
func (s *Screen) end(said string, offer ...nav.Action) {
	if err := s.o.Collection.RemoveExam(context.Background(), s.o.Deck); err != nil {
		s.o.Nav.Error(err)
		return
	}
	s.o.Nav.Back()
	s.o.Nav.Toast(s.o.Printer.T(said), offer...)
}

func (s *Screen) undo() nav.Action {
	return nav.Action{Text: s.o.Printer.T("exam.undo"), Key: keys.CtrlZ, Do: s.o.Nav.Undo}
}

// Key is for nav.Screen.
func (s *Screen) Key(k keys.Key) bool {
	if s.was {
		d, ok := k.Digit()
		return ok && s.right.went(d)
	}
	switch k {
	case keys.CtrlEnter:
		s.accept()
	case keys.Left, keys.Right:
		s.left.step(map[keys.Key]int{keys.Left: -1, keys.Right: 1}[k])
	case keys.PageUp, keys.PageDown:
		s.right.scroll.ScrollBy(map[keys.Key]float32{keys.PageUp: -0.9, keys.PageDown: 0.9}[k])
	default:
		return false
	}
	return true
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	p := s.o.Printer
	if s.was {
		return []nav.Hint{{Keys: []keys.Key{"1", "2", "3"}, Text: p.T("exam.key_went")}}
	}
	return []nav.Hint{
		{Keys: []keys.Key{keys.Tab}, Text: p.T("exam.key_tab")},
		{Keys: []keys.Key{keys.Left, keys.Right}, Text: p.T("exam.key_step")},
		{Keys: []keys.Key{keys.Space}, Text: p.T("exam.key_section")},
		{Keys: []keys.Key{keys.CtrlEnter}, Text: p.T("exam.go")},
	}
}

// desk sets what is asked at the left, what comes of it at the right.
type desk struct{ s *Screen }

const (
	leftWide  = 376
	leftSmall = 300
)

func (*desk) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 300) }

func (d *desk) Layout(o []fyne.CanvasObject, size fyne.Size) {
	top, margin, gutter, left := float32(8), float32(theme.Margin), float32(theme.Gutter), float32(leftWide)
	if d.s.small {
		top, margin, gutter, left = 0, theme.MarginSmall, theme.GutterSmall, leftSmall
	}
	width := min(theme.WideWidth, size.Width-2*margin)
	x := float32(int((size.Width - width) / 2))
	room := size.Height - top - margin
	put := func(o fyne.CanvasObject, x, w, h float32) {
		o.Move(fyne.NewPos(x, top))
		o.Resize(fyne.NewSize(w, h))
	}
	if d.s.was {
		o[0].Hide()
		width = min(theme.SheetWidth, width)
		put(o[1], float32(int((size.Width-width)/2)), width, min(room, kit.HeightFor(o[1], width)))
		return
	}
	o[0].Show()
	right := width - left - gutter
	high := kit.HeightFor(o[1], right)
	if d.s.right.rest.Visible() {
		high = max(high, kit.HeightFor(o[0], left))
	}
	put(o[0], x, left, min(room, max(high, kit.HeightFor(o[0], left))))
	put(o[1], x+left+gutter, right, min(room, high))
}
