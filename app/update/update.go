// Package update is the screen on which a student meets a new release of a deck
// that is there: what the author changed, word by word, what of the student's own
// it touches, and what it does to the coming days. Nothing has to be decided:
// updated at once, every text that both wrote keeps both.
//
// The same screen leads back to an earlier release, in its own words.
package update

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/cardview"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/assets/i18n"
	"lectern/decks/collection"
)

// Collection is what the screen reads and changes.
type Collection interface {
	Accept(context.Context, collection.Offer, collection.Decisions, collection.Progress) (collection.InstallResult, error)
	UndoUpdate(ctx context.Context, deck string) (collection.OpInfo, error)
	Subscription(ctx context.Context, deck string) (*collection.Subscription, error)
	Follow(ctx context.Context, deck string, f collection.Following) error
}

// Options are what the screen needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Texts      cardview.Options // how texts are drawn
	// Elsewhere draws the pictures of the release, which are not in the collection
	// yet: those of a drawing.Drawer. May be nil.
	Elsewhere func(where string, read func(src string) (name string, data []byte, err error)) cardview.Pictures

	Offer collection.Offer // of a deck that is there
	Now   func() time.Time // nil is time.Now

	// Done is told of an update that was installed, after the screen has left and
	// said so itself. May be nil.
	Done func(collection.InstallResult)

	Background func(func()) // runs what takes a while; nil is a goroutine of its own
}

// Screen is the offer of a release.
type Screen struct {
	o      Options
	object *fyne.Container
	apply  *kit.Button
}

// New makes the screen of an offer for a deck that is there.
func New(o Options) *Screen {
	s := &Screen{o: o, object: kit.Column(0)}
	s.apply = kit.NewButton(o.Printer.T("update.apply"), kit.Primary, nil)
	return s
}
