package main

import (
	"context"
	"io"
	"os"

	"github.com/rogpeppe/go-internal/testscript"

	"lectern/decks/course"
	"lectern/decks/release/releasetest"
)

// scriptTB lets a script make what tests make.
type scriptTB struct{ ts *testscript.TestScript }

func (scriptTB) Helper()                             {}
func (t scriptTB) Fatalf(format string, args ...any) { t.ts.Fatalf(format, args...) }

// cmdShipped: shipped FOLDER FILE. Makes the package of a course as it is now, signed by
// somebody.
func cmdShipped(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: shipped FOLDER FILE")
	}
	c, err := course.Read(context.Background(), ts.MkAbs(args[0]))
	ts.Check(err)
	media := releasetest.Files{}
	for _, name := range c.Media.Names() {
		r, err := c.Media.Open(name)
		ts.Check(err)
		data, err := io.ReadAll(r)
		ts.Check(err)
		ts.Check(r.Close())
		media.Add(data)
	}
	t := scriptTB{ts}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), releasetest.New(t, "A", c.Deck.ID).Package(t, 1, c.Deck, media, nil), 0o644))
}
