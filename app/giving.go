package app

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"lectern/app/handin"
	"lectern/app/nav"
	"lectern/app/saving"
	"lectern/app/sharing"
	"lectern/assets/i18n"
	"lectern/decks/collection"
)

// saver saves files for the screens.
func (w *wiring) saver() *saving.Saver {
	p := w.p
	return saving.New(saving.Options{
		Nav: func() nav.Navigator { return p.Nav }, Printer: func() *i18n.Printer { return p.words }, Reveal: w.reveal,
	})
}

// share gives a deck away.
func (w *wiring) share(deck string) nav.Screen {
	p := w.p
	return sharing.New(sharing.Options{
		Collection: p.Collection, Nav: p.Nav, Printer: p.words, Now: w.now, Deck: deck, Save: w.save.Save,
	})
}

// handIn hands something in to the author of a deck.
func (w *wiring) handIn(deck string) nav.Screen {
	p := w.p
	return handin.New(handin.Options{
		Collection: p.Collection, Nav: p.Nav, Printer: p.words, Deck: deck, Title: w.title(collection.Scope{Deck: deck}), Save: w.save.Save,
	})
}

// reveal shows the folder in which a file lies, or a folder itself.
func (w *wiring) reveal(path string) {
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		path = filepath.Dir(path)
	}
	if err := w.system(path); err != nil {
		w.p.Nav.Error(err)
	}
}

// fileURL is the address of a file or a folder of this computer.
func fileURL(path string) *url.URL {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // that of a drive
	}
	return &url.URL{Scheme: "file", Path: path}
}
