package opening

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/feed/poll"
	"lectern/decks/fetch"
	"lectern/decks/lecture"
	"lectern/decks/subscribe"
)

// deckFound tells that what lies at an address is an author's deck and no page.
type deckFound struct {
	parcel *subscribe.Parcel
	err    error
	name   string
}

func (deckFound) Error() string { return "it is an author's deck" }

// isFeed tells a link, or the address of a feed, from that of a page.
func isFeed(address string) bool {
	if feed.IsLink(address) {
		return true
	}
	path, _, _ := strings.Cut(strings.TrimSpace(address), "#")
	return fetch.IsAddress(address) && strings.HasSuffix(path, "/"+feed.Name)
}

// hostOf is the host that is asked for what lies at an address; the path of a feed on
// this computer.
func hostOf(address string) (string, error) {
	if !isFeed(address) {
		return fetch.Host(address)
	}
	link, err := feed.ParseLink(address)
	if err != nil {
		return "", err
	}
	if link.IsFile() {
		return filepath.Dir(link.File()), nil
	}
	u, err := url.Parse(link.Address)
	if err != nil {
		return "", fault.New(fault.BadAddress, err, "address", address)
	}
	return u.Hostname(), nil
}

// counted tells progress in bytes as progress in steps.
func counted(step lecture.Progress) poll.Progress {
	return func(done, total int64) {
		if step != nil {
			step(int(done), int(total))
		}
	}
}

// deckFile opens a package, or a published course in a folder.
func (w *Opener) deckFile(path string) {
	name := filepath.Base(path)
	w.deck(w.o.Printer().T("open.reading", "Name", name), func(ctx context.Context, p poll.Progress) (*subscribe.Parcel, error) {
		return w.o.Decks.File(ctx, path, p)
	}, func(err error) { w.refuse(err, name, func() { w.deckFile(path) }) })
}

// deckLink follows a link to a course.
func (w *Opener) deckLink(address, host string, allowed bool) {
	link, err := feed.ParseLink(address)
	if err != nil {
		w.o.Nav().Error(err)
		return
	}
	w.deck(w.o.Printer().T("open.fetching_deck", "Host", host), func(ctx context.Context, p poll.Progress) (*subscribe.Parcel, error) {
		return w.o.Decks.Feed(ctx, link, allowed, p)
	}, func(err error) {
		if !w.private(err, address, host, allowed) {
			w.missed = address
			w.refuse(err, host, func() { w.deckLink(address, host, allowed) })
		}
	})
}

// deck opens an author's deck in the background, with a way to stop it.
func (w *Opener) deck(text string, open func(context.Context, poll.Progress) (*subscribe.Parcel, error), failed func(error)) {
	ctx, cancel := context.WithCancel(context.Background())
	stopped := false
	step, done := w.o.Nav().Wait(text, func() {
		stopped = true
		cancel()
	})
	w.o.Background(func() {
		parcel, err := open(ctx, counted(step))
		fyne.Do(func() {
			defer cancel()
			done()
			switch {
			case stopped:
				if parcel != nil {
					_ = parcel.Close() // nobody waits for it
				}
			case err != nil:
				failed(err)
			default:
				w.missed = ""
				w.o.Arrived(parcel)
			}
		})
	})
}

// opened goes on with an author's deck that came as a page does.
func (w *Opener) opened(parcel *subscribe.Parcel, err error, name string, again func()) {
	if err != nil {
		w.refuse(err, name, again)
		return
	}
	w.o.Arrived(parcel)
}

// refuse says why a deck is not taken: on a page of its own, or, where only the way to
// it failed, in a notice.
func (w *Opener) refuse(err error, name string, again func()) {
	switch fault.Of(err).Code {
	case fault.NotAPackage, fault.DamagedPackage, fault.DamagedSite, fault.NotSigned, fault.OtherAuthor, fault.RevokedKey, fault.OlderRelease,
		fault.TwinReleases, fault.FarRelease, fault.NewerRelease, fault.StaleFeed, fault.NewerFeed:
		w.o.Refused(err, name, again)
	default:
		w.o.Nav().Error(err)
	}
}
