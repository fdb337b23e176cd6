// Package subscribe is how a student comes by an author's deck and stays with
// it: a package is opened, a link is followed, a feed is asked for news and the
// release that it tells of is fetched. The window and lecternctl do it through
// this package, so that both take and refuse the same.
//
// What comes out is a [Parcel], which the collection is then asked about
// (Collection.Offer) and told to install (Collection.Accept). Nothing is
// installed here, and nothing is sent but the requests of [lectern/decks/feed/poll].
//
// What is remembered of a feed between two checks belongs to this computer and
// lies in the collection's settings, not among its events: a student's other
// computer asks for itself.
package subscribe

import (
	"context"

	"lectern/decks/collection"
	"lectern/decks/feed/poll"
	"lectern/decks/release/sign"
	"lectern/decks/release/trust"
)

// Collection is what is read of the collection, and the settings that are kept.
type Collection interface {
	Pinned(ctx context.Context, deck string) (trust.Chain, error)
	Subscription(ctx context.Context, deck string) (*collection.Subscription, error)
	Subscriptions(context.Context) ([]collection.Subscription, error)
	Releases(ctx context.Context, deck string) ([]collection.KeptRelease, error)
	Kept(ctx context.Context, deck string, epoch int, seq int64) (collection.Shipment, error)
	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) error
	MediaDir() string
}

// Reader opens packages and asks feeds for a collection.
type Reader struct {
	Collection Collection
	Client     *poll.Client
}

// Parcel is a release that has come. It is closed once it is installed or not
// wanted: its pictures are read until then.
type Parcel struct {
	collection.Shipment
	Key sign.Public // that the link named, and that is the author's; the zero value for none

	state *memory // of the feed that it came from; nil for a file
	close func() error
}

// Close lets go of the file that a parcel is read from.
func (p *Parcel) Close() error {
	if p.close == nil {
		return nil
	}
	end := p.close
	p.close = nil
	return end()
}
