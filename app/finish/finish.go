// Package finish is the screen at the end of a session: how it went, what was
// not recalled and where that stands in the course, when to come back.
//
// Nothing can be lost here, since every answer was kept when it was given; the
// last one can still be taken back. Steps that end later today are waited for:
// when the first of them is due, the screen offers to go on.
package finish

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/exam/standing"
	"lectern/app/follow"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/study/session"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/scheduler"
)

// Collection is what the screen reads and changes.
type Collection interface {
	standing.Collection
	Next(context.Context, collection.Scope) (*collection.StudyCard, error)
	Rest(context.Context, collection.Scope) (collection.Rest, error)
	MoreNew(context.Context, collection.Scope, int) error
	Subscribe(func(collection.Change)) (cancel func())
}

// Options are what the screen needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Now        func() time.Time // nil: time.Now
	Today      func() scheduler.Day
	Background func(func())    // works out how exams stand; nil is a goroutine of its own
	Session    session.Session // what was done

	Study      func(s session.Session, first decks.CardID) // goes on; first "" is the next card
	Place      func(session.Answer)                        // opens the lecture of a card; nil: no way there
	Custom     func(collection.Scope)                      // chooses a custom study; nil: none is offered
	After      func(time.Duration, func())                 // calls back on Fyne's goroutine; nil: a timer
	NewPerStep int                                         // how many "more new" adds; 0 is 10
}

// lookEvery is how often the screen looks whether a step has come back.
const lookEvery = 20 * time.Second

// Screen is the end of a session.
type Screen struct {
	o     Options
	rest  collection.Rest
	other collection.Counts  // left outside of what was studied
	exam  *standing.Standing // of the deck whose exam is next; nil: none, or not worked out yet
	ready bool               // cards are due again
	small bool
	front bool // the screen is in front
	turn  int  // of the latest time it came to the front

	object *fyne.Container
	sheet  *kit.Sheet
	scroll *kit.Scroll
	list   *forgotten
	notes  *fyne.Container
	action *kit.ActionBar
	end    *kit.Button
	more   *kit.Button
	custom *kit.Button
	undo   *kit.IconButton
	follow follow.Changes     // while in front
	stop   context.CancelFunc // breaks off how the exam stands
}

// New makes the screen.
func New(o Options) *Screen {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.After == nil {
		o.After = func(d time.Duration, f func()) { nav.Later(d, f) }
	}
	if o.NewPerStep == 0 {
		o.NewPerStep = 10
	}
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	s := &Screen{o: o, stop: func() {}}
	t := o.Printer.T
	s.list = &forgotten{s: s, on: -1}
	s.scroll = kit.NewScroll(kit.Column(0))
	s.scroll.Ground = theme.Paper
	s.sheet = kit.NewSheet(kit.Insets{Top: 8, Right: 4, Bottom: 4}, s.scroll)
	s.notes = &fyne.Container{Layout: pair{}}
	s.action = kit.NewActionBar(false)
	s.end = kit.NewButton(t("finish.end"), kit.Primary, s.done).WithKey(keys.Enter).Sized(theme.ControlMain, 280)
	s.more = kit.NewButton("", kit.Quiet, s.moreNew)
	s.custom = kit.NewButton(t("finish.custom"), kit.Quiet, func() { o.Custom(s.scope()) })
	s.undo = kit.NewIconButton("arrow-u-up-left", t("finish.undo"), keys.CtrlZ, o.Nav.Undo)
	s.object = &fyne.Container{Layout: &desk{s}, Objects: []fyne.CanvasObject{s.sheet, s.notes, s.action.Object()}}
	return s
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar {
	return nav.Bar{Close: true, Actions: []fyne.CanvasObject{s.undo}}
}

// Shown reads what comes next.
func (s *Screen) Shown() {
	s.front = true
	s.turn++
	s.follow.Hear(s.o.Collection.Subscribe, s.changed)
	s.look()
	s.wait(s.turn)
	s.stand(s.turn)
}

// Hidden is for nav.Screen.
func (s *Screen) Hidden() {
	s.front = false
	s.stop()
	s.follow.Stop()
}

// CanLeave is for nav.Screen.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }

// Fit takes the small measures in a small window.
func (s *Screen) Fit(small bool) {
	s.small = small
	s.action.Fit(small)
	s.paint()
}

// scope is what the numbers here are about: a custom study is beside the day's
// cards, so after it they are about everything.
func (s *Screen) scope() collection.Scope {
	if s.o.Session.Scope.List {
		return collection.Scope{}
	}
	return s.o.Session.Scope
}

// look reads what is left and paints it. What cannot be read is left out: the
// answers are safe, and the screen has nothing else to say.
func (s *Screen) look() {
	ctx := context.Background()
	if rest, err := s.o.Collection.Rest(ctx, s.scope()); err == nil {
		s.rest = rest
	}
	card, err := s.o.Collection.Next(ctx, s.o.Session.Scope)
	s.ready = err == nil && card != nil
	s.other = collection.Counts{}
	if s.o.Session.Scope != (collection.Scope{}) {
		if card, err := s.o.Collection.Next(ctx, collection.Scope{}); err == nil && card != nil {
			s.other = card.Left
		}
	}
	s.paint()
}

// stand works out how the decks that were studied stand for their exams, and
// shows the one that is next.
func (s *Screen) stand(turn int) {
	s.stop()
	ctx, cancel := context.WithCancel(context.Background())
	s.stop = cancel
	decks, today := map[string]bool{}, s.o.Today()
	for _, a := range s.o.Session.Answers {
		decks[a.Deck] = true
	}
	s.o.Background(func() {
		var next *standing.Standing
		for deck := range decks {
			st, err := standing.Read(ctx, s.o.Collection, deck, today)
			if err == nil && st != nil && st.Left > 0 && (next == nil || st.Left < next.Left) {
				next = st
			}
		}
		fyne.Do(func() {
			if s.front && s.turn == turn && (next != nil || s.exam != nil) {
				s.exam = next
				s.paint()
			}
		})
	})
}

// wait looks again from time to time while a step is to come back.
func (s *Screen) wait(turn int) {
	if s.rest.Waiting == 0 || s.ready || s.o.Session.Scope.List {
		return
	}
	s.o.After(lookEvery, func() {
		if s.front && s.turn == turn {
			s.look()
			s.wait(turn)
		}
	})
}

// done ends the session, or goes on when cards are due again.
func (s *Screen) done() {
	if s.ready {
		s.o.Study(s.o.Session, "")
		return
	}
	s.o.Nav.Home()
}

// moreNew lets more new cards in today and goes on with them.
func (s *Screen) moreNew() {
	n := s.moreCount()
	if n == 0 {
		return
	}
	if err := s.o.Collection.MoreNew(context.Background(), s.o.Session.Scope, n); err != nil {
		s.o.Nav.Error(err)
		return
	}
	s.o.Study(s.o.Session, "")
}

func (s *Screen) moreCount() int {
	if s.o.Session.Scope.List {
		return 0
	}
	return min(s.o.NewPerStep, s.rest.MoreNew)
}

// changed goes back to the card whose answer was undone.
func (s *Screen) changed(ch collection.Change) {
	if ch.Op != collection.OpUndo || ch.All || len(ch.Cards) == 0 {
		if s.front && ch.Queue && ch.Op != collection.OpMoreNew {
			s.look()
		}
		return
	}
	card := ch.Cards[0]
	if ch.Grade != 0 {
		s.o.Session.Undo(card)
	}
	s.o.Study(s.o.Session, card)
}

// Key is for nav.Screen.
func (s *Screen) Key(k keys.Key) bool {
	switch k {
	case keys.Enter:
		if !s.list.enter() {
			s.done()
		}
	case keys.Up:
		s.list.move(-1)
	case keys.Down:
		s.list.move(1)
	case keys.PageUp:
		s.scroll.ScrollBy(-0.9)
	case keys.PageDown:
		s.scroll.ScrollBy(0.9)
	default:
		return false
	}
	return true
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	p := s.o.Printer
	return []nav.Hint{
		{Keys: []keys.Key{keys.Enter}, Text: p.T("finish.key_end")},
		{Keys: []keys.Key{keys.Up, keys.Down}, Text: p.T("finish.key_choose")},
		{Keys: []keys.Key{keys.CtrlZ}, Text: p.T("finish.key_undo")},
	}
}
