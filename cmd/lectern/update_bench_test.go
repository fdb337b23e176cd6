package main

import (
	"bytes"
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/collection/collectiontest"
	"lectern/decks/release/pack"
	"lectern/decks/release/releasetest"
	"lectern/decks/release/trust"
)

// BenchmarkUpdate is how long the window keeps a question waiting while it updates a
// course of 10,000 notes that was studied with 100,000 answers: beside how long it does
// when nothing happens, and when the same screen is left for the same first screen
// without an update. A window that misses frames answers late.
func BenchmarkUpdate(b *testing.B) {
	d := quiet(b)
	dir, file := updated(b)
	var number uint32
	took := map[string][]time.Duration{}
	ask := func(p *program, what string, during time.Duration) {
		var all []time.Duration
		for begun := time.Now(); time.Since(begun) < during; {
			number++
			asked := time.Now()
			for answered := p.answers(p.win, number); !answered(); {
				time.Sleep(200 * time.Microsecond)
			}
			all = append(all, time.Since(asked))
			time.Sleep(2 * time.Millisecond)
		}
		took[what] = all
	}
	for _, leave := range []bool{true, false} {
		p := start(b, d, english, dir, "--now", collectiontest.Now.Format(time.RFC3339), file)
		p.settled()
		before := p.pixels(p.win, p.all())
		if leave {
			ask(p, "idle", 2*time.Second)
			p.strike(keyEsc)
			ask(p, "leaving", 2*time.Second)
		} else {
			p.strike(keyCtrl, keyEnter)
			ask(p, "updating", 2*time.Second)
		}
		if p.pixels(p.win, p.all()) == before {
			b.Fatal("the keys have no effect")
		}
		p.kill()
	}
	for b.Loop() { // a release can be installed once
	}
	for what, all := range took {
		report(b, what, all)
		b.ReportMetric(float64(slices.Max(all).Microseconds())/1000, what+"-ms-max")
	}
}

// updated is a collection with the first release of a large course, and the package of
// the second.
func updated(b *testing.B) (dir, file string) {
	b.Helper()
	ok := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	ctx := context.Background()
	dir, err := collectiontest.Make(ctx, b.TempDir(), collectiontest.Size{Decks: 1, Cards: 10_000, Reviews: 100_000}, func(s string) { b.Log(s) })
	ok(err)
	c, err := collection.Open(ctx, dir, collection.Options{})
	ok(err)
	defer c.Close()
	course, err := c.Deck(ctx, "course0")
	ok(err)
	a := releasetest.New(b, "A. Author", course.ID)
	first := a.Package(b, 1, course, nil, nil)
	opened, err := pack.Open(ctx, bytes.NewReader(first), int64(len(first)), trust.Chain{})
	ok(err)
	offer, err := c.Offer(ctx, collection.Opened(opened, "course.lectern"))
	ok(err)
	_, err = c.Accept(ctx, offer, collection.Decisions{}, nil)
	ok(err)
	course.Notes = slices.Clone(course.Notes)
	for k := range 20 {
		n := &course.Notes[400*k+7]
		n.Fields = maps.Clone(n.Fields)
		n.Fields[decks.Back] += " Mended."
	}
	file = filepath.Join(b.TempDir(), "course-2.lectern")
	ok(os.WriteFile(file, a.Package(b, 2, course, nil, nil), 0o600))
	return dir, file
}
