package main

import (
	"context"
	"image"
	"slices"
	"testing"
	"time"

	"lectern/decks/collection/collectiontest"
)

// The benchmarks measure what a user sees: from the start of the process, or
// from the press of a key, to pixels on the screen. They report the median and
// the 95th percentile of all runs in milliseconds; ns/op has no meaning here.

// quiet skips a benchmark where no window may be opened.
func quiet(b *testing.B) *display {
	b.Helper()
	needsWindow(b)
	d := openDisplay(b)
	d.layout(b, "us")
	return d
}

// report names the median and the tail of what was measured.
func report(b *testing.B, what string, all []time.Duration) {
	slices.Sort(all)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	b.ReportMetric(ms(all[len(all)/2]), what+"-ms-median")
	b.ReportMetric(ms(all[len(all)*95/100]), what+"-ms-p95")
	b.ReportMetric(0, "ns/op")
}

// strip are the rows of pixels that tell whether a first screen is painted:
// through the headings of Lectern's, anywhere on an empty one.
func strip(width int) image.Rectangle { return image.Rect(0, 140, width, 156) }

// timeStart measures a start: until something is painted, and until the strip
// looks as it does at rest.
func timeStart(b *testing.B, d *display, role string, args ...string) {
	b.Helper()
	env := environment(role, english)
	first := begin(b, d, env, args...)
	first.appear()
	first.settled()
	size := first.size(first.win)
	want := first.pixels(first.win, strip(size.X))
	first.kill()
	var frames, all []time.Duration
	for b.Loop() {
		begun := time.Now()
		p := begin(b, d, env, args...)
		for seen := false; ; {
			if p.win == 0 {
				p.win, _ = p.windowOf(p.cmd.Process.Pid)
			}
			now := ""
			if p.win != 0 {
				now = p.pixels(p.win, strip(size.X))
			}
			if !seen && painted(now) {
				seen, frames = true, append(frames, time.Since(begun))
			}
			if now == want {
				break
			}
			if time.Since(begun) > patience {
				b.Fatal("the window does not come to look as before")
			}
			time.Sleep(2 * time.Millisecond)
		}
		all = append(all, time.Since(begun))
		p.kill()
	}
	report(b, "frame", frames)
	report(b, "ready", all)
}

// BenchmarkEmptyWindow is what a start costs with nothing in the window.
func BenchmarkEmptyWindow(b *testing.B) {
	timeStart(b, quiet(b), roleEmpty)
}

// BenchmarkStart is a start to the first screen that can be used: of a new
// collection, of a small one, of a very large one.
func BenchmarkStart(b *testing.B) {
	d := quiet(b)
	b.Run("new", func(b *testing.B) {
		timeStart(b, d, roleLectern, "--collection", b.TempDir())
	})
	b.Run("small", func(b *testing.B) {
		dir := b.TempDir()
		ctl{b, dir}.must(new(any), "import", "--sample", "en")
		timeStart(b, d, roleLectern, "--collection", dir, "--now", "2026-09-01T18:00:00+03:00")
	})
	b.Run("large", func(b *testing.B) {
		timeStart(b, d, roleLectern, "--collection", large(b), "--now", collectiontest.Now.Format(time.RFC3339))
	})
}

// large is a collection of 100,000 cards and a million answers, opened once.
func large(b *testing.B) string {
	b.Helper()
	dir, err := collectiontest.Make(context.Background(), b.TempDir(), collectiontest.Large, func(s string) { b.Log(s) })
	if err != nil {
		b.Fatal(err)
	}
	ctl{b, dir}.must(new(any), "due", "--now", collectiontest.Now.Format(time.RFC3339))
	return dir
}

// BenchmarkKeyToNextCard is the time from the press of a grade to the next
// card on the screen.
func BenchmarkKeyToNextCard(b *testing.B) {
	d := quiet(b)
	b.Run("small", func(b *testing.B) {
		dir := b.TempDir()
		ctl{b, dir}.must(new(any), "import", "--sample", "en")
		timeGrades(b, d, dir, "--now", "2026-09-01T18:00:00+03:00")
	})
	b.Run("large", func(b *testing.B) {
		timeGrades(b, d, large(b), "--now", collectiontest.Now.Format(time.RFC3339))
	})
}

// timeGrades grades card after card Again, so that they do not run out. A change
// of the question's place is the next card: the answer below it and the buttons
// lie elsewhere.
func timeGrades(b *testing.B, d *display, dir string, args ...string) {
	b.Helper()
	p := start(b, d, english, dir, args...)
	p.seesHome()
	p.press(keyEnter)
	question := image.Rect(0, 150, p.size(p.win).X, 182)
	p.settled()
	var all []time.Duration
	change := func(part image.Rectangle, keys ...byte) time.Duration {
		before := p.pixels(p.win, part)
		begun := time.Now()
		p.strike(keys...)
		for p.pixels(p.win, part) == before {
			if time.Since(begun) > patience {
				b.Fatal("the key has no effect")
			}
			time.Sleep(time.Millisecond) // the painting needs the processor more
		}
		return time.Since(begun)
	}
	for b.Loop() {
		change(p.bottom(), keySpace)
		if p.accents(p.all()) > button {
			p.press(keyEsc) // out of the field of an answer that is to be written
		}
		time.Sleep(50 * time.Millisecond) // as somebody reads; the frames that follow a change are over
		all = append(all, change(question, digit(1)))
		time.Sleep(50 * time.Millisecond)
	}
	report(b, "key", all)
}

// bottom is the action bar: its buttons change with the side of the card.
func (p *program) bottom() image.Rectangle {
	size := p.size(p.win)
	return image.Rect(0, size.Y-60, size.X, size.Y-50)
}
