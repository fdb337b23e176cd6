package app

import (
	"context"

	"fyne.io/fyne/v2"

	"lectern/app/arrival"
	"lectern/app/cardview"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/news"
	"lectern/app/releases"
	"lectern/app/study"
	"lectern/app/theme"
	"lectern/app/update"
	"lectern/decks/collection"
	"lectern/decks/content"
	"lectern/decks/fault"
	"lectern/decks/feed/poll"
	"lectern/decks/subscribe"
)

// authors is what the window has of the decks of authors.
type authors struct {
	w      *wiring
	reader *subscribe.Reader
	news   *news.Service
	held   *subscribe.Parcel // what is shown was read from it; nil for none
}

func newAuthors(w *wiring) *authors {
	p := w.p
	a := &authors{w: w, reader: &subscribe.Reader{Collection: p.Collection, Client: &poll.Client{Clock: w.now, Version: Version}}}
	a.news = &news.Service{
		Decks: a.reader, Store: p.Collection, Now: w.now,
		Busy: func() (busy bool) {
			fyne.DoAndWait(func() {
				_, busy = p.shell.Top().(*study.Screen)
				busy = busy || kit.TopOverlay(p.win.Canvas()) != nil // something is being written, or asked
			})
			return busy
		},
		Told:    func() { fyne.Do(func() { p.shell.Reload() }) },
		Updated: func(o collection.Offer) { fyne.Do(func() { a.updated(o) }) },
	}
	return a
}

// run asks for news until ctx is done.
func (a *authors) run(ctx context.Context) {
	a.news.Run(ctx)
	fyne.Do(func() { a.hold(nil) })
}

// hold keeps a parcel open while what it brings is shown, and lets the one before go.
func (a *authors) hold(p *subscribe.Parcel) {
	if a.held != nil && a.held != p {
		_ = a.held.Close() // it was only read
	}
	a.held = p
}

// updated tells of an update that was installed by itself.
func (a *authors) updated(o collection.Offer) {
	p := a.w.p
	d := o.Shipment.Release.Deck
	p.Nav.Toast(p.words.T("news.updated", "Deck", kit.Body.Elide(d.Title, 280), "N", p.words.Int(int(o.Shipment.Statement.Seq))),
		nav.Action{Text: p.words.T("news.what"), Do: func() { p.Nav.Go(a.releases(d.ID)) }},
		nav.Action{Text: p.words.T("shell.undo"), Do: func() { a.takeBack(d.ID) }})
}

// takeBack undoes the last update of a deck: of a large one that takes a while.
func (a *authors) takeBack(deck string) {
	p := a.w.p
	go func() {
		_, err := p.Collection.UndoUpdate(context.Background(), deck)
		fyne.Do(func() {
			if err != nil {
				p.Nav.Error(err)
				return
			}
			p.Nav.Toast(p.words.T("news.taken_back"))
		})
	}()
}

// work does something that may take a while beside Fyne's goroutine, with a way to stop
// it, and goes on with what it found.
func (a *authors) work(text string, do func(context.Context, poll.Progress) error, then func(error)) {
	ctx, cancel := context.WithCancel(context.Background())
	stopped := false
	step, done := a.w.p.Nav.Wait(text, func() {
		stopped = true
		cancel()
	})
	go func() {
		err := do(ctx, func(n, total int64) { step(int(n), int(total)) })
		fyne.Do(func() {
			defer cancel()
			done()
			if stopped {
				err = fault.New(fault.Cancelled, ctx.Err())
			}
			then(err)
		})
	}()
}

// arrived shows what a parcel would do to the collection.
func (a *authors) arrived(parcel *subscribe.Parcel) {
	p := a.w.p
	name := parcel.Name
	if name == "" {
		name = parcel.Release.Deck.Title
	}
	a.hold(parcel)
	var o collection.Offer
	a.work(p.words.T("open.reading", "Name", name), func(ctx context.Context, _ poll.Progress) (err error) {
		o, err = p.Collection.Offer(ctx, parcel.Shipment)
		return err
	}, func(err error) {
		switch {
		case fault.Is(err, fault.Cancelled):
			a.hold(nil)
		case err != nil:
			a.hold(nil)
			a.refused(err, name, parcel.Statement.Deck, nil)
		case o.First || o.Local:
			p.Nav.Go(a.arrival(o, parcel))
		default:
			p.Nav.Go(a.update(o, parcel))
		}
	})
}

// arrival is the screen of a deck that is not there yet.
func (a *authors) arrival(o collection.Offer, parcel *subscribe.Parcel) nav.Screen {
	p := a.w.p
	return arrival.New(arrival.Options{
		Collection: p.Collection, Nav: p.Nav, Printer: p.words, Texts: a.w.texts, Now: a.w.now, Offer: o, Key: parcel.Key,
		Update: func(o collection.Offer) { p.Nav.Replace(a.update(o, parcel)) },
		Done: func(r collection.InstallResult) {
			a.installed(parcel)
			a.w.installed(r, o.Shipment.Release.Deck.Title)
		},
	})
}

// update is the screen of another release of a deck that is there.
func (a *authors) update(o collection.Offer, parcel *subscribe.Parcel) nav.Screen {
	p := a.w.p
	options := update.Options{
		Collection: p.Collection, Nav: p.Nav, Printer: p.words, Texts: a.w.texts, Offer: o, Now: a.w.now,
		Done: func(collection.InstallResult) { a.installed(parcel) },
	}
	if a.w.draw != nil {
		options.Elsewhere = a.w.draw.Elsewhere
	}
	return update.New(options)
}

// installed keeps what the feed of a parcel said. When that fails the feed is asked
// again.
func (a *authors) installed(parcel *subscribe.Parcel) {
	_ = a.reader.Installed(context.Background(), parcel)
	a.hold(nil)
}

// refused says why a deck was not taken; deck is its id, "" when that is not known.
func (a *authors) refused(err error, name, deck string, again func()) {
	p := a.w.p
	r := arrival.Refusal{Nav: p.Nav, Printer: p.words, Err: err, Name: name, Again: again}
	if deck != "" {
		r.Title = a.w.title(collection.Scope{Deck: deck})
		if s, bad := p.Collection.Subscription(context.Background(), deck); bad == nil && s != nil {
			r.Releases = func() { p.Nav.Replace(a.releases(deck)) }
		}
	}
	p.Nav.Go(arrival.Refuse(r))
}

// known is what is known of a deck's feed.
func (a *authors) known(ctx context.Context, deck string) (subscribe.News, error) {
	s, err := a.w.p.Collection.Subscription(ctx, deck)
	if err != nil {
		return subscribe.News{}, err
	}
	if s == nil {
		return subscribe.News{}, fault.New(fault.NoSuchDeck, nil, "deck", deck)
	}
	return a.reader.Known(ctx, *s)
}

// check asks a deck's author what is new and says it.
func (a *authors) check(deck string) {
	p := a.w.p
	var n subscribe.News
	a.work(p.words.T("news.asking"), func(ctx context.Context, _ poll.Progress) (err error) {
		if n, err = a.known(ctx, deck); err == nil {
			n, err = a.news.Check(ctx, n.Subscription)
		}
		return err
	}, func(err error) {
		switch {
		case err == nil && n.Alarm != nil:
			a.refused(n.Alarm, n.Title, deck, nil)
		case err == nil && n.Offer != nil:
			a.fetch(n)
		case err == nil && n.Unreached != nil:
			p.Nav.Error(n.Unreached)
		case err == nil && len(n.Fresh) > 0:
			p.Nav.Toast(p.words.T("news.skipped"), nav.Action{Text: p.words.T("news.releases"), Do: func() { p.Nav.Go(a.releases(deck)) }})
		case err == nil && n.Shown != n.Latest:
			p.Nav.Toast(p.words.T("news.earlier", "N", p.words.Int(int(n.Shown.Seq))), nav.Action{Text: p.words.T("news.releases"), Do: func() { p.Nav.Go(a.releases(deck)) }})
		case err == nil:
			p.Nav.Toast(p.words.T("news.none", "Deck", kit.Body.Elide(n.Title, 360)))
		default:
			p.Nav.Error(err)
		}
	})
}

// offered shows the release that the author of a deck has told of.
func (a *authors) offered(deck string) {
	n, err := a.known(context.Background(), deck)
	if err != nil {
		a.w.p.Nav.Error(err)
		return
	}
	if n.Alarm != nil {
		a.refused(n.Alarm, n.Title, deck, func() { a.check(deck) })
		return
	}
	a.fetch(n)
}

// fetch gets a release and shows what it changes.
func (a *authors) fetch(n subscribe.News) {
	p := a.w.p
	var parcel *subscribe.Parcel
	a.work(p.words.T("news.fetching", "Deck", n.Title), func(ctx context.Context, step poll.Progress) (err error) {
		parcel, err = a.reader.Fetch(ctx, n, step)
		return err
	}, func(err error) {
		switch {
		case fault.Is(err, fault.Cancelled) && parcel != nil:
			_ = parcel.Close() // nobody waits for it
		case fault.Is(err, fault.DamagedSite), fault.Is(err, fault.NotSigned), fault.Is(err, fault.RevokedKey), fault.Is(err, fault.NewerRelease):
			a.refused(err, n.Title, n.Deck, func() { a.fetch(n) })
		case err != nil:
			p.Nav.Error(err)
		default:
			a.arrived(parcel)
		}
	})
}

// goTo shows what another release that is kept would change.
func (a *authors) goTo(deck string, epoch int, seq int64) {
	p := a.w.p
	var s collection.Shipment
	a.work(p.words.T("open.reading", "Name", p.words.T("releases.release", "N", p.words.Int(int(seq)))), func(ctx context.Context, _ poll.Progress) (err error) {
		s, err = p.Collection.Kept(ctx, deck, epoch, seq)
		return err
	}, func(err error) {
		if err != nil {
			p.Nav.Error(err)
			return
		}
		a.arrived(&subscribe.Parcel{Shipment: s})
	})
}

// releases is the page of a deck's releases.
func (a *authors) releases(deck string) nav.Screen {
	p := a.w.p
	return releases.New(releases.Options{
		Collection: p.Collection, Nav: p.Nav, Printer: p.words, Now: a.w.now, Deck: deck,
		News: a.known, Typed: a.reader.Typed,
		Check: func() { a.check(deck) }, Newer: func() { a.offered(deck) },
		GoTo:  func(epoch int, seq int64) { a.goTo(deck, epoch, seq) },
		Cards: func(q collection.Query) { p.Nav.Go(a.w.cards(q)) },
		Copy:  func(text string) { p.app.Clipboard().SetContent(text) },
		Give:  func() { p.Nav.Go(a.w.share(deck)) },
		Draw: func(markdown string) fyne.CanvasObject {
			v := a.w.view()
			v.SetDocument(content.Parse(markdown), cardview.Style{Type: kit.Body, Colour: theme.Ink})
			return v
		},
	})
}
