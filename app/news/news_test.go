package news_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"lectern/app/news"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/feed/feedtest"
	"lectern/decks/feed/poll"
	"lectern/decks/feed/site"
	"lectern/decks/subscribe"
)

var ctx = context.Background()

// world is an author whose course lies in a folder, and a student.
type world struct {
	t *testing.T
	*feedtest.Author
	disk *site.Disk
	last *feedtest.Built
	now  time.Time
	c    *collection.Collection
	r    *subscribe.Reader
	news.Service

	rounds  []time.Duration // what was waited
	told    int
	updated []collection.Offer
	checked int
}

// counting counts checks.
type counting struct {
	*subscribe.Reader
	n *int
}

func (c counting) Check(ctx context.Context, s collection.Subscription) (subscribe.News, error) {
	*c.n++
	return c.Reader.Check(ctx, s)
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, Author: feedtest.NewAuthor(t), now: time.Date(2027, 2, 3, 10, 0, 0, 0, time.UTC)}
	dir := t.TempDir()
	var err error
	w.disk, err = site.OpenDisk(dir)
	w.ok(err)
	w.c, err = collection.Open(ctx, t.TempDir(), collection.Options{Clock: func() time.Time { return w.now }})
	w.ok(err)
	t.Cleanup(func() { w.ok(w.c.Close()); w.ok(w.disk.Close()) })
	w.r = &subscribe.Reader{Collection: w.c, Client: &poll.Client{Clock: func() time.Time { return w.now }, Jitter: func() float64 { return 0.5 }}}
	w.Service = news.Service{Decks: counting{w.r, &w.checked}, Store: w.c, Now: func() time.Time { return w.now },
		Told: func() { w.told++ }, Updated: func(o collection.Offer) { w.updated = append(w.updated, o) }}
	w.publishes(0)
	p, err := w.r.File(ctx, dir, nil)
	w.ok(err)
	o, err := w.c.Offer(ctx, p.Shipment)
	w.ok(err)
	_, err = w.c.Accept(ctx, o, collection.Decisions{}, nil)
	w.ok(err)
	w.ok(w.r.Installed(ctx, p))
	w.ok(p.Close())
	return w
}

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// publishes the next release, in which so many notes read differently.
func (w *world) publishes(changed int) {
	w.t.Helper()
	seq := int64(1)
	if w.last != nil {
		seq = w.last.Package.Statement.Seq + 1
	}
	d := feedtest.Notes(40, 1)
	for i := range changed {
		d.Notes[i].Fields[decks.Back] = "Другой ответ."
	}
	w.last = w.Build(seq, d, nil, w.last, w.now, nil)
	w.Publish(w.disk, w.last, w.now)
}

// runs lets the service run for so many rounds, each after what it would wait.
func (w *world) runs(n int) {
	w.t.Helper()
	w.Wait = func(_ context.Context, d time.Duration) error {
		if n == 0 {
			return errors.New("enough")
		}
		n--
		w.rounds = append(w.rounds, d)
		w.now = w.now.Add(d)
		return nil
	}
	w.Run(ctx)
}

func (w *world) shown() int64 {
	w.t.Helper()
	s, err := w.c.Subscription(ctx, feedtest.Deck)
	w.ok(err)
	return s.Shown.Seq
}

// A deck is asked about once a day, and what is new is told once.
func TestOnceADay(t *testing.T) {
	w := newWorld(t)
	w.publishes(2)
	w.runs(40)
	if w.checked != 1 || w.told != 1 || w.shown() != 1 || len(w.updated) != 0 {
		t.Errorf("asked %d times in %v, told %d times, shows %d", w.checked, w.rounds, w.told, w.shown())
	}
	w.runs(24)
	if w.checked != 2 || w.told != 1 {
		t.Errorf("asked %d times in two days, told %d times", w.checked, w.told)
	}
	w.ok(w.c.Follow(ctx, feedtest.Deck, collection.Following{Mode: collection.PinnedAt}))
	w.runs(72)
	if w.checked != 2 {
		t.Error("a deck that stays as it is is asked about")
	}
}

// A deck that follows by itself takes what is safe, and after it was taken back it
// is not pressed upon the student again.
func TestAutomatic(t *testing.T) {
	w := newWorld(t)
	w.ok(w.c.Follow(ctx, feedtest.Deck, collection.Following{Mode: collection.Automatic}))
	w.publishes(2)
	w.runs(30)
	if w.shown() != 2 || len(w.updated) != 1 || w.updated[0].Update.Fixed != 2 || w.told != 1 {
		t.Fatalf("shows %d, told of %d updates", w.shown(), len(w.updated))
	}
	_, err := w.c.UndoUpdate(ctx, feedtest.Deck)
	w.ok(err)
	w.runs(60)
	if w.shown() != 1 || len(w.updated) != 1 {
		t.Errorf("shows %d", w.shown())
	}
}

// What changes much, or asks, is for the student to look at.
func TestUnsafeIsOffered(t *testing.T) {
	w := newWorld(t)
	w.ok(w.c.Follow(ctx, feedtest.Deck, collection.Following{Mode: collection.Automatic}))
	w.publishes(30)
	w.runs(60)
	if w.shown() != 1 || len(w.updated) != 0 || w.told != 1 {
		t.Errorf("shows %d, %d updates, told %d times", w.shown(), len(w.updated), w.told)
	}
	all, err := w.r.All(ctx)
	w.ok(err)
	if all[0].Offer == nil || all[0].Offer.Seq != 2 {
		t.Errorf("it is not offered: %+v", all[0].Offer)
	}
	w.ok(w.c.Edit(ctx, "n000000005", decks.Back, "Моё."))
	w.publishes(6)
	w.runs(60)
	if w.shown() != 1 {
		t.Error("an update that asks was installed")
	}
}

// Nothing changes under the hands of a student who studies.
func TestBusy(t *testing.T) {
	w := newWorld(t)
	w.ok(w.c.Follow(ctx, feedtest.Deck, collection.Following{Mode: collection.Automatic}))
	w.publishes(1)
	busy := 3
	w.Busy = func() bool {
		busy--
		if busy >= 0 && w.shown() != 1 {
			t.Error("updated while the student is busy")
		}
		return busy >= 0
	}
	w.runs(40)
	if w.shown() != 2 || busy >= 0 {
		t.Errorf("shows %d", w.shown())
	}
}

// Without a host nothing happens; asked on demand, it is said.
func TestWithoutAHost(t *testing.T) {
	w := newWorld(t)
	w.ok(w.c.SetFeed(ctx, feedtest.Deck, feed.FileLink(t.TempDir()+"/feed.json").String()))
	w.now = w.now.AddDate(0, 0, 3)
	w.runs(10)
	if w.told != 0 || w.checked == 0 {
		t.Errorf("told %d times, asked %d times", w.told, w.checked)
	}
	s, err := w.c.Subscription(ctx, feedtest.Deck)
	w.ok(err)
	n, err := w.Check(ctx, *s)
	w.ok(err)
	if !fault.Is(n.Unreached, fault.NoFeed) {
		t.Errorf("%v", n.Unreached)
	}
}

func TestStops(t *testing.T) {
	w := newWorld(t)
	stopped, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		w.Run(stopped)
		close(done)
	}()
	stop()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		t.Error("it goes on")
	}
}
