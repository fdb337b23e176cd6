// Package arrival is where a student meets a deck for the first time: whose it
// is, how far that is known, and what is in it. A package that cannot be taken
// gets a page of its own that says why and what to do, and has no way on where
// there is none.
package arrival

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/cardview"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/release/sign"
)

// Collection is what the screen changes.
type Collection interface {
	Accept(context.Context, collection.Offer, collection.Decisions, collection.Progress) (collection.InstallResult, error)
}

// Options are what the screen needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Texts      cardview.Options // how what the author says of the release is drawn

	Offer collection.Offer // of a deck that is not there, or that no author has signed (Offer.Local)
	Key   sign.Public      // that the link named and the author holds; the zero value when the deck came without one
	Now   func() time.Time // nil is time.Now

	// Update shows what the release does to a deck that is there: package update.
	Update func(collection.Offer)
	// Done is told that the deck is there; the screen is still shown.
	Done func(collection.InstallResult)

	Background func(func()) // runs what takes a while; nil is a goroutine of its own
}

// Screen is a deck that has arrived.
type Screen struct {
	o      Options
	asking bool // the feed is to be asked once a day
	past   bool // what somebody who shares his own deck did with it is taken over
	busy   bool
	made   bool

	install *kit.Button
	cancel  *kit.Button
	wrong   *fyne.Container
	pad     *fyne.Container
	object  *fyne.Container
}

// New makes the screen of a deck that has arrived.
func New(o Options) *Screen {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Texts.Link, o.Texts.Enlarge = nil, nil
	s := &Screen{o: o, asking: o.Offer.Shipment.Feed != ""}
	p := o.Printer
	word := p.T("arrival.install")
	if o.Offer.Local {
		word = p.T("arrival.look")
	}
	s.install = kit.NewButton(word, kit.Primary, s.act).WithKey(keys.CtrlEnter)
	s.cancel = kit.NewButton(p.T("arrival.cancel"), kit.Quiet, o.Nav.Back)
	s.wrong = kit.Column(0)
	s.wrong.Hide()
	s.object, s.pad = sheet(kit.Column(16, s.wrong, s.content()))
	return s
}

// sheet lays content on one sheet that scrolls as a whole.
func sheet(content fyne.CanvasObject) (object, pad *fyne.Container) {
	pad = kit.Pad(kit.All(40), content)
	paper := kit.NewSheet(kit.All(0), pad)
	roll := kit.NewScroll(kit.Limit(theme.SheetWidth, kit.Pad(kit.Insets{Top: 4, Right: 24, Bottom: 32, Left: 24}, kit.Column(0, paper))))
	roll.Ground = theme.Desk
	return kit.Column(0, kit.Flex(roll)), pad
}

// fit gives the sheet the margins of the window's size.
func fit(pad *fyne.Container, small bool) {
	in := kit.All(40)
	if small {
		in = kit.All(28)
	}
	kit.Repad(pad, in)
}

// act installs the deck, or shows what it does to the one that is there.
func (s *Screen) act() {
	if s.busy || s.made {
		return
	}
	if s.o.Offer.Local {
		s.o.Update(s.o.Offer)
		return
	}
	s.busy = true
	s.say(nil)
	offer := s.o.Offer
	if !s.asking {
		offer.Shipment.Feed = ""
	}
	ctx, cancel := context.WithCancel(context.Background())
	step, ended := s.o.Nav.Wait(s.o.Printer.T("arrival.installing", "Deck", offer.Shipment.Release.Deck.Title), cancel)
	s.o.Background(func() {
		res, err := s.o.Collection.Accept(ctx, offer, collection.Decisions{Past: s.past}, collection.Progress(step))
		fyne.Do(func() {
			cancel()
			ended()
			s.busy = false
			if err != nil {
				s.say(err)
				return
			}
			s.made = true
			s.o.Done(res)
		})
	})
}

// say shows what went wrong over the deck; nil takes it away. What the student stopped
// himself is no news to him.
func (s *Screen) say(err error) {
	s.wrong.Objects = nil
	s.wrong.Hidden = err == nil || fault.Is(err, fault.Cancelled) || errors.Is(err, context.Canceled)
	if !s.wrong.Hidden {
		s.wrong.Objects = []fyne.CanvasObject{kit.NewErrorLine(s.o.Printer.Fault(err), err.Error(), nil)}
	}
	kit.Relayout(s.object)
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar {
	return nav.Bar{Title: s.o.Printer.T("arrival.title"), Actions: []fyne.CanvasObject{s.cancel, s.install}}
}

// Key installs with Enter.
func (s *Screen) Key(k keys.Key) bool {
	if k != keys.CtrlEnter && k != keys.Enter {
		return false
	}
	s.act()
	return true
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	return []nav.Hint{{Keys: []keys.Key{keys.Enter, keys.CtrlEnter}, Text: s.install.Text}}
}

// Shown is for nav.Screen.
func (s *Screen) Shown() { s.o.Nav.Focus(nil) }

// Hidden is for nav.Screen.
func (s *Screen) Hidden() {}

// Fit is for nav.Fitter.
func (s *Screen) Fit(small bool) { fit(s.pad, small) }

// CanLeave is for nav.Screen.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }
