// Package app is the window of Lectern put together: it opens the collection,
// makes the frame and the screens, and ties them to each other. Everything with
// a mind of its own lives in the packages below; this one only wires, and it is
// the only one that starts Fyne's real driver.
package app

import (
	"path/filepath"
	"time"

	"lectern/decks/collection"
)

// Config is what the command line asks for.
type Config struct {
	Dir   string           // the collection; "" is the user's own
	Lang  string           // "ru" or "en" for this run; "" is the stored or the system's
	Theme string           // "light", "dark", "system" for this run; "" is the stored
	Shots string           // a folder for pictures of every screen; "" runs the program
	Walk  bool             // with Shots: only the way of a new student, as it is
	Files []string         // to open
	Clock func() time.Time // nil: time.Now
}

// place is the folder of the collection that c means.
func (c Config) place() (string, error) {
	if c.Dir != "" {
		return filepath.Abs(c.Dir)
	}
	return collection.DefaultDir()
}
