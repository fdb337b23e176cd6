package collection_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/collection/collectiontest"
	"lectern/decks/merge"
	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/releasetest"
	"lectern/decks/release/trust"
)

// taught is the size of a course that an update has to be quick for.
var taught = collectiontest.Size{Decks: 1, Cards: 10_000, Reviews: 100_000}

// shippedCourse is a course of 10,000 notes, studied with 100,000 answers, that an author
// signs now, and his next release, in which twenty notes changed.
type shippedCourse struct {
	dir         string // a closed collection that has the first release
	author      *releasetest.Author
	first, next pack.Parts
}

func shippedCourseFor(b *testing.B) shippedCourse {
	b.Helper()
	ctx := context.Background()
	dir, err := collectiontest.Make(ctx, b.TempDir(), taught, func(s string) { b.Log(s) })
	must(b, err)
	c := open(b, dir)
	d, err := c.Deck(ctx, "course0")
	must(b, err)
	x := shippedCourse{dir: dir, author: releasetest.New(b, "А. П. Иванова", d.ID)}
	x.first = x.author.Ship(b, 1, d, nil, nil)
	accept(b, c, x.first, x.author.Chain)
	must(b, c.Close())
	x.next = x.author.Ship(b, 2, twentyChanged(d), nil, nil)
	return x
}

func must(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// twentyChanged are a week's corrections: words, some of them in substance, a note that is
// withdrawn and two that are new.
func twentyChanged(d decks.Deck) decks.Deck {
	d.Notes = slices.Clone(d.Notes)
	for k := range 17 {
		n := &d.Notes[400*k+7]
		n.Fields = maps.Clone(n.Fields)
		words := strings.Fields(n.Fields[decks.Front])
		words[k%len(words)] = "исправлено"
		n.Fields[decks.Front] = strings.Join(words, " ")
		if k%4 == 0 {
			n.Major++
		}
	}
	gone := d.Notes[9000]
	d.Notes = slices.Delete(d.Notes, 9000, 9001)
	d.Retired = []decks.Retired{{ID: gone.ID, Why: "устарело"}}
	for _, id := range []string{"new1", "new2"} {
		n := d.Notes[9100]
		n.ID = id
		n.Fields = maps.Clone(n.Fields)
		n.Fields[decks.Front] = "Что нового в " + id + "? " + n.Fields[decks.Front]
		d.Notes = slices.Insert(d.Notes, 9100, n)
	}
	return d
}

func packed(b *testing.B, p pack.Parts) []byte {
	b.Helper()
	var file bytes.Buffer
	must(b, pack.Write(context.Background(), &file, p))
	return file.Bytes()
}

func shipmentOf(b *testing.B, p pack.Parts, pinned trust.Chain) collection.Shipment {
	b.Helper()
	file := packed(b, p)
	opened, err := pack.Open(context.Background(), bytes.NewReader(file), int64(len(file)), pinned)
	must(b, err)
	return collection.Opened(opened, "course.lectern")
}

func accept(b *testing.B, c *collection.Collection, p pack.Parts, pinned trust.Chain) collection.Offer {
	b.Helper()
	o, err := c.Offer(context.Background(), shipmentOf(b, p, pinned))
	must(b, err)
	_, err = c.Accept(context.Background(), o, collection.Decisions{Undecided: merge.ChooseMine}, nil)
	must(b, err)
	return o
}

// A delta of twenty changed notes of ten thousand: its size, and the time in which it is
// verified and made the next release.
func BenchmarkShipDelta(b *testing.B) {
	x := shippedCourseFor(b)
	old, err := release.Open(x.first.Content)
	must(b, err)
	next, err := release.Open(x.next.Content)
	must(b, err)
	delta, err := release.Delta(old, next)
	must(b, err)
	var small bytes.Buffer
	w, err := gzip.NewWriterLevel(&small, gzip.BestCompression)
	must(b, err)
	_, err = w.Write(delta)
	must(b, err)
	must(b, w.Close())
	for b.Loop() {
		s, _, err := x.author.Chain.Verify(x.next.Statement, x.next.Signature)
		must(b, err)
		got, _, err := release.Apply(old, delta)
		must(b, err)
		if got.Hash != s.Content.Hash {
			b.Fatal("it leads elsewhere")
		}
	}
	b.ReportMetric(float64(small.Len()), "gz-bytes")
	b.ReportMetric(float64(len(packed(b, x.next))), "package-bytes")
}

// What the update's screen waits for.
func BenchmarkShipOffer(b *testing.B) {
	x := shippedCourseFor(b)
	c := open(b, x.dir)
	defer c.Close()
	s := shipmentOf(b, x.next, x.author.Chain)
	if _, err := c.Home(context.Background()); err != nil { // the cards are in memory now
		b.Fatal(err)
	}
	for b.Loop() {
		o, err := c.Offer(context.Background(), s)
		if err != nil || o.Update.Fixed != 17 || o.Update.New != 2 || o.Update.Retired != 1 {
			b.Fatalf("%+v, %v", o.Update, err)
		}
	}
}

// An update of a course that was studied for two years.
func BenchmarkShipUpdate(b *testing.B) {
	x := shippedCourseFor(b)
	s := shipmentOf(b, x.next, x.author.Chain)
	for b.Loop() {
		b.StopTimer()
		dir := b.TempDir()
		must(b, os.CopyFS(dir, os.DirFS(x.dir)))
		c := open(b, dir)
		if _, err := c.Home(context.Background()); err != nil {
			b.Fatal(err)
		}
		o, err := c.Offer(context.Background(), s)
		must(b, err)
		b.StartTimer()
		res, err := c.Accept(context.Background(), o, collection.Decisions{}, nil)
		b.StopTimer()
		if err != nil || res.Changed != 17 {
			b.Fatalf("%+v, %v", res, err)
		}
		must(b, c.Close())
		b.StartTimer()
	}
}

// Undo of that update.
func BenchmarkShipUndo(b *testing.B) {
	x := shippedCourseFor(b)
	c := open(b, x.dir)
	defer c.Close()
	accept(b, c, x.next, x.author.Chain)
	for b.Loop() {
		if _, err := c.Undo(context.Background()); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if _, err := c.Redo(context.Background()); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

// The first install of a course, from the bytes of its package.
func BenchmarkShipFirst(b *testing.B) {
	x := shippedCourseFor(b)
	file := packed(b, x.first)
	for b.Loop() {
		b.StopTimer()
		c := open(b, b.TempDir())
		b.StartTimer()
		p, err := pack.Open(context.Background(), bytes.NewReader(file), int64(len(file)), trust.Chain{})
		must(b, err)
		o, err := c.Offer(context.Background(), collection.Opened(p, "course.lectern"))
		must(b, err)
		if _, err := c.Accept(context.Background(), o, collection.Decisions{}, nil); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		must(b, c.Close())
		b.StartTimer()
	}
}
