package app

import (
	"context"

	"lectern/app/fitting"
	"lectern/app/forecast"
	"lectern/app/load"
	"lectern/app/nav"
	"lectern/app/study"
)

// load is how much a deck is studied; deck "" is every deck without settings of
// its own.
func (w *wiring) load(deck string) nav.Screen {
	p := w.p
	return load.New(load.Options{
		Collection: p.Collection, Nav: p.Nav, Printer: p.words, Deck: deck,
		Forecast: func(preset string) { p.Nav.Go(w.forecast(preset)) },
		Fitting:  func(preset string) { p.Nav.Go(w.fitting(preset)) },
	})
}

// forecast is the year ahead of a preset's decks.
func (w *wiring) forecast(preset string) nav.Screen {
	p := w.p
	return forecast.New(forecast.Options{Collection: p.Collection, Nav: p.Nav, Printer: p.words, Now: w.now, Preset: preset})
}

// fitting is how a preset's memory model fits the student.
func (w *wiring) fitting(preset string) nav.Screen {
	p := w.p
	return fitting.New(fitting.Options{Collection: p.Collection, Nav: p.Nav, Printer: p.words, Now: w.now, Preset: preset})
}

// meanwhile is what is done beside the window until ctx is done.
func (w *wiring) meanwhile(ctx context.Context) {
	go w.authors.run(ctx)
	w.keepFitted(ctx)
}

// keepFitted keeps the memory models fitted until ctx is done.
func (w *wiring) keepFitted(ctx context.Context) {
	p := w.p
	k := &fitting.Keeper{
		Store: p.Collection, Nav: func() nav.Navigator { return p.Nav }, Words: p.Words,
		Busy: func() bool { _, studying := p.shell.Top().(*study.Screen); return studying },
	}
	k.Run(ctx)
}
