// Package news asks the authors of the student's decks what is new while the
// program runs: once a day each, at a time of chance, and on demand. It knows
// nothing of the window. Without a network there is no news, and nobody is told
// of that; nothing waits for it.
//
// Of a deck that follows its author by itself a safe update is installed and told
// of; every other one is offered where the decks are listed.
package news

import (
	"context"
	"sync"
	"time"

	"lectern/decks/collection"
	"lectern/decks/feed/poll"
	"lectern/decks/subscribe"
)

// Decks are the subscriptions: a subscribe.Reader.
type Decks interface {
	All(context.Context) ([]subscribe.News, error)
	Check(context.Context, collection.Subscription) (subscribe.News, error)
	Fetch(context.Context, subscribe.News, poll.Progress) (*subscribe.Parcel, error)
	Installed(context.Context, *subscribe.Parcel) error
}

// Store is what installs.
type Store interface {
	Offer(context.Context, collection.Shipment) (collection.Offer, error)
	Accept(context.Context, collection.Offer, collection.Decisions, collection.Progress) (collection.InstallResult, error)
	Subscribe(func(collection.Change)) (cancel func())
}

// Service asks for news. Its functions may be called from any goroutine.
type Service struct {
	Decks Decks
	Store Store
	Now   func() time.Time
	Wait  func(ctx context.Context, d time.Duration) error // nil waits by the computer's clock
	Busy  func() bool                                      // the student is at something an update would disturb

	Told    func()                 // what is known has changed
	Updated func(collection.Offer) // a safe update was installed

	once sync.Once
	wake chan struct{}
	left map[string]int64 // by deck: the release that was looked at and is for the student to decide
}

// How long the service waits: after the start, at most and at least between looks, and
// while the student is busy.
const (
	afterStart = 15 * time.Second
	atMost     = time.Hour
	atLeast    = time.Minute
	whileBusy  = 20 * time.Second
)

func (s *Service) ready() {
	s.once.Do(func() {
		s.wake, s.left = make(chan struct{}, 1), map[string]int64{}
		if s.Wait == nil {
			s.Wait = s.pause
		}
	})
}

// Run asks what is due until ctx is done.
func (s *Service) Run(ctx context.Context) {
	s.ready()
	// How a deck follows may have changed, or a deck have come.
	defer s.Store.Subscribe(func(c collection.Change) {
		if c.Op == collection.OpFollow || c.Op == collection.OpInstall {
			s.look()
		}
	})()
	for wait := afterStart; s.Wait(ctx, wait) == nil; {
		wait = s.round(ctx)
	}
}

// look makes the service look soon.
func (s *Service) look() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// pause waits until it is time or something has changed.
func (s *Service) pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-s.wake:
		return nil
	case <-t.C:
		return nil
	}
}

// round asks what is due, installs what may be, and tells how long there is nothing to
// do. What goes wrong is no news to a student who asked for nothing: the next round
// tries again.
func (s *Service) round(ctx context.Context) time.Duration {
	all, err := s.Decks.All(ctx)
	if err != nil {
		return atMost
	}
	wait, changed := atMost, false
	for _, n := range all {
		if n.Due(s.Now()) {
			before := n
			if n, err = s.Decks.Check(ctx, n.Subscription); err != nil {
				continue
			}
			changed = changed || differ(before, n)
		}
		if s.installs(ctx, n) {
			changed = true
		}
		if n.Subscription.Feed != "" && n.Following.Mode != collection.PinnedAt {
			wait = min(wait, n.Next.Sub(s.Now()))
		}
	}
	if changed && s.Told != nil {
		s.Told()
	}
	return max(wait, atLeast)
}

// differ tells whether there is something else to tell.
func differ(a, b subscribe.News) bool {
	switch {
	case (a.Offer == nil) != (b.Offer == nil), (a.Alarm == nil) != (b.Alarm == nil), a.Late.IsZero() != b.Late.IsZero():
		return true
	}
	return a.Offer != nil && a.Offer.Seq != b.Offer.Seq
}

// installs installs a safe update of a deck that follows its author by itself, and tells
// whether it did.
func (s *Service) installs(ctx context.Context, n subscribe.News) bool {
	if n.Following.Mode != collection.Automatic || n.Offer == nil || n.Alarm != nil || s.left[n.Deck] == n.Offer.Seq {
		return false
	}
	for s.Busy != nil && s.Busy() {
		if s.Wait(ctx, whileBusy) != nil {
			return false
		}
	}
	p, err := s.Decks.Fetch(ctx, n, nil)
	if err != nil {
		return false
	}
	defer p.Close()
	o, err := s.Store.Offer(ctx, p.Shipment)
	if err != nil {
		return false
	}
	if !o.Update.Safe() || o.Back || o.Local {
		s.left[n.Deck] = n.Offer.Seq // it is offered
		return false
	}
	if _, err := s.Store.Accept(ctx, o, collection.Decisions{}, nil); err != nil {
		return false
	}
	// What its feed said is asked again if it could not be kept.
	_ = s.Decks.Installed(ctx, p)
	if s.Updated != nil {
		s.Updated(o)
	}
	return true
}

// Check asks about one deck now, whatever the time.
func (s *Service) Check(ctx context.Context, sub collection.Subscription) (subscribe.News, error) {
	n, err := s.Decks.Check(ctx, sub)
	if err == nil && s.Told != nil {
		s.Told()
	}
	return n, err
}
