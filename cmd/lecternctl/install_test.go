package main

import (
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"lectern/decks/feed/feedtest"
	"lectern/decks/feed/site"
	"lectern/decks/source"
)

// authors are those of scripts, by the folder of the script, and what each of them
// released last.
type authors struct {
	mu  sync.Mutex
	all map[string]*author
}

type author struct {
	*feedtest.Author
	last *feedtest.Built
}

// release: release COURSE SEQ SITE PACKAGE. Makes a release of the course in a folder,
// publishes it into another and writes its package. KEY and FINGERPRINT are the
// author's; a script that names another author with AUTHOR has several.
func (a *authors) release(t *testing.T) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if neg || len(args) != 4 {
			ts.Fatalf("usage: release COURSE SEQ SITE PACKAGE")
		}
		name := ts.MkAbs(".") + ts.Getenv("AUTHOR")
		a.mu.Lock()
		who := a.all[name]
		if who == nil {
			who = &author{Author: feedtest.NewAuthor(t)}
			a.all[name] = who
		}
		a.mu.Unlock()
		seq, err := strconv.ParseInt(args[1], 10, 64)
		ts.Check(err)
		d, err := source.ParseFS(os.DirFS(ts.MkAbs(args[0])), ".")
		ts.Check(err)
		d.ID, d.Author = feedtest.Deck, who.Chain.Last().Author
		at := time.Date(2026, 11, 1, 10, 0, 0, 0, time.UTC).AddDate(0, 0, 7*int(seq))
		who.last = who.Build(seq, d, nil, who.last, at, nil)
		disk, err := site.OpenDisk(ts.MkAbs(args[2]))
		ts.Check(err)
		who.Publish(disk, who.last, at)
		ts.Check(disk.Close())
		ts.Check(os.WriteFile(ts.MkAbs(args[3]), who.last.File, 0o644))
		ts.Setenv("KEY", who.Root.Public().String())
		ts.Setenv("FINGERPRINT", who.Root.Public().Fingerprint())
	}
}
