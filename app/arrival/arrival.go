// Package arrival is where a student meets a deck for the first time: whose it
// is, how far that is known, and what is in it. A package that cannot be taken
// gets a page of its own that says why and what to do, and has no way on where
// there is none.
package arrival

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/assets/i18n"
	"lectern/decks/collection"
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
	object *fyne.Container
}

// New makes the screen of a deck that has arrived.
func New(o Options) *Screen { return &Screen{o: o, object: kit.Column(0)} }

// Refusal says what could not be taken, and why.
type Refusal struct {
	Nav     nav.Navigator
	Printer *i18n.Printer

	Err   error  // its fault decides what is said
	Name  string // of the file, or the host that it came from
	Title string // of the deck that is there and stays as it is; "" when there is none
	// Releases shows the releases of the deck that are kept here; nil when there are
	// none to show. It is offered for an older release.
	Releases func()
	// Again tries once more; nil where that is no use.
	Again func()
}

// Refused is the page of a package that was not taken.
type Refused struct {
	o      Refusal
	object *fyne.Container
}

// Refuse makes the page of a package that was not taken.
func Refuse(o Refusal) *Refused { return &Refused{o: o, object: kit.Column(0)} }
