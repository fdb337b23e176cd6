package subscribe_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/feed/feedtest"
	"lectern/decks/feed/poll"
	"lectern/decks/feed/site"
	"lectern/decks/fetch"
	"lectern/decks/release"
	"lectern/decks/subscribe"
)

var ctx = context.Background()

// world is an author, what he publishes, and a student.
type world struct {
	t *testing.T
	*feedtest.Author
	dir   string
	disk  *site.Disk
	last  *feedtest.Built
	host  *httptest.Server
	asked atomic.Int64
	now   time.Time
	c     *collection.Collection
	*subscribe.Reader
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, Author: feedtest.NewAuthor(t), dir: t.TempDir(), now: time.Date(2027, 2, 3, 10, 0, 0, 0, time.UTC)}
	var err error
	w.disk, err = site.OpenDisk(w.dir)
	w.ok(err)
	files := http.FileServer(http.Dir(w.dir))
	w.host = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.asked.Add(1)
		if r.Header.Get("Cookie") != "" || r.Header.Get("Referer") != "" || r.URL.RawQuery != "" || r.Method != http.MethodGet {
			t.Errorf("asked with %s %v", r.Method, r.Header)
		}
		files.ServeHTTP(rw, r)
	}))
	t.Cleanup(w.host.Close)
	w.c, err = collection.Open(ctx, t.TempDir(), collection.Options{Clock: func() time.Time { return w.now }})
	w.ok(err)
	t.Cleanup(func() { w.ok(w.c.Close()); w.ok(w.disk.Close()) })
	w.Reader = &subscribe.Reader{Collection: w.c, Client: &poll.Client{
		Clock: func() time.Time { return w.now }, Jitter: func() float64 { return 0.5 }, Version: "0.1.0", Temp: t.TempDir(),
	}}
	return w
}

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) wants(err error, code fault.Code) {
	w.t.Helper()
	if !fault.Is(err, code) {
		w.t.Errorf("%v, want %s", err, code)
	}
}

// build makes the next release.
func (w *world) build(change func(*decks.Deck)) *feedtest.Built {
	w.t.Helper()
	seq := int64(1)
	if w.last != nil {
		seq = w.last.Package.Statement.Seq + 1
	}
	d := feedtest.Notes(120, int(seq))
	if change != nil {
		change(&d)
	}
	w.last = w.Build(seq, d, nil, w.last, w.now, nil)
	return w.last
}

func (w *world) publishes(change func(*decks.Deck)) {
	w.t.Helper()
	w.Publish(w.disk, w.build(change), w.now)
}

// link is what the author tells his students.
func (w *world) link() feed.Link {
	w.t.Helper()
	l, err := feed.ParseLink("lectern:" + w.host.URL + "/feed.json#" + w.Root.Public().String())
	w.ok(err)
	return l
}

// file writes what a student is given.
func (w *world) file(name string, data []byte) string {
	w.t.Helper()
	path := filepath.Join(w.t.TempDir(), name)
	w.ok(os.WriteFile(path, data, 0o600))
	return path
}

func (w *world) installs(p *subscribe.Parcel, err error) {
	w.t.Helper()
	w.ok(err)
	o, err := w.c.Offer(ctx, p.Shipment)
	w.ok(err)
	_, err = w.c.Accept(ctx, o, collection.Decisions{}, nil)
	w.ok(err)
	w.ok(w.Installed(ctx, p))
	w.ok(p.Close())
}

func (w *world) subscription() collection.Subscription {
	w.t.Helper()
	s, err := w.c.Subscription(ctx, feedtest.Deck)
	w.ok(err)
	return *s
}

func (w *world) checks() subscribe.News {
	w.t.Helper()
	n, err := w.Check(ctx, w.subscription())
	w.ok(err)
	return n
}

// A package is known by what it holds, however it is called and packed.
func TestPackageUnderAnyName(t *testing.T) {
	w := newWorld(t)
	data := w.build(nil).File
	for name, data := range map[string][]byte{"курс.lectern": data, "course.zip": data, "lectern_deck": data, "again.zip": repacked(t, data)} {
		path := w.file(name, data)
		if !subscribe.Is(path) {
			t.Errorf("%s is not known", name)
		}
		p, err := w.File(ctx, path, nil)
		w.ok(err)
		if p.Name != name || p.Statement.Seq != 1 || len(p.Way) != 1 {
			t.Errorf("%+v", p.Shipment.Statement)
		}
		w.ok(p.Close())
	}
	p, err := w.File(ctx, w.file("course.lectern", data), nil)
	w.installs(p, err)
	if s := w.subscription(); s.Feed != "" || s.Author.Author != "А. П. Иванова" {
		t.Errorf("%+v", s)
	}
}

// repacked packs an archive anew, as mail servers do.
func repacked(t *testing.T, data []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for i := len(in.File) - 1; i >= 0; i-- {
		f, err := in.File[i].Open()
		if err != nil {
			t.Fatal(err)
		}
		to, err := out.Create(in.File[i].Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(to, f); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWhatIsNoPackage(t *testing.T) {
	w := newWorld(t)
	data := w.build(nil).File
	var other bytes.Buffer
	z := zip.NewWriter(&other)
	f, err := z.Create("page.html")
	w.ok(err)
	_, err = f.Write([]byte("<h1>Лекция</h1>"))
	w.ok(err)
	w.ok(z.Close())
	for name, data := range map[string][]byte{"pages.zip": other.Bytes(), "page.md": []byte("# Лекция"), "empty": nil, "cut.zip": data[:len(data)-200], "x.json": []byte(`{"format":"other/1"}` + "\n")} {
		if subscribe.Is(w.file(name, data)) {
			t.Errorf("%s is taken for a package", name)
		}
	}
	if subscribe.Is(t.TempDir()) || subscribe.Is(filepath.Join(t.TempDir(), "none.lectern")) {
		t.Error("what holds nothing is taken for a package")
	}
	damaged := bytes.Clone(data)
	damaged[len(damaged)/2] ^= 0x40
	for _, c := range []struct {
		name string
		data []byte
		code fault.Code
	}{
		{"pages.lectern", other.Bytes(), fault.NotAPackage},
		{"empty.lectern", nil, fault.NotAPackage},
		{"cut.lectern", data[:len(data)-200], fault.DamagedPackage},
		{"damaged.lectern", damaged, fault.DamagedPackage},
		{"newer.lectern", w.Build(1, feedtest.Notes(3, 1), nil, nil, w.now, func(s *release.Statement) { s.MinApp = "99.0.0" }).File, fault.NewerRelease},
	} {
		path := w.file(c.name, c.data)
		if !subscribe.Is(path) {
			t.Errorf("%s is not told what it is", c.name)
		}
		_, err := w.File(ctx, path, nil)
		w.wants(err, c.code)
	}
	_, err = w.File(ctx, filepath.Join(t.TempDir(), "none.lectern"), nil)
	w.wants(err, fault.UnreadableFile)
}

// From the link to the third release, and nothing asked but what is needed.
func TestFollowAFeed(t *testing.T) {
	w := newWorld(t)
	w.publishes(nil)
	p, err := w.Feed(ctx, w.link(), true, nil)
	w.installs(p, err)
	if s := w.subscription(); s.Feed != w.link().String() {
		t.Errorf("the feed is %q", s.Feed)
	}
	n, err := w.Known(ctx, w.subscription())
	w.ok(err)
	if n.Offer != nil || n.Due(w.now) || n.Checked.IsZero() {
		t.Errorf("right after the install: %+v", n)
	}
	before := w.asked.Load()
	if n, err := w.All(ctx); err != nil || len(n) != 1 || w.asked.Load() != before {
		t.Errorf("%v; what is known was asked for", err)
	}

	w.now = w.now.AddDate(0, 0, 2)
	w.publishes(nil)
	w.now = w.now.AddDate(0, 0, 2)
	w.publishes(nil)
	if n, err := w.Known(ctx, w.subscription()); err != nil || !n.Due(w.now) {
		t.Errorf("not due: %v", err)
	}
	n = w.checks()
	if n.Offer == nil || n.Offer.Seq != 3 || len(n.Fresh) != 2 || n.Alarm != nil || n.Due(w.now) {
		t.Fatalf("%+v", n)
	}
	p, err = w.Fetch(ctx, n, nil)
	w.ok(err)
	if len(p.Way) != 2 || p.Way[0].Seq != 2 || p.Way[0].Notes != "- Новое в выпуске 2" || p.Way[1] != p.Statement {
		t.Errorf("the way: %+v", p.Way)
	}
	w.installs(p, nil)
	if n := w.checks(); n.Offer != nil || w.subscription().Shown.Seq != 3 || w.subscription().Feed != w.link().String() {
		t.Errorf("after the update: %+v", n.Offer)
	}
	// Taken back, it is not pressed upon him again.
	_, err = w.c.UndoUpdate(ctx, feedtest.Deck)
	w.ok(err)
	if n := w.checks(); n.Offer != nil || w.subscription().Shown.Seq != 1 {
		t.Errorf("an undone update is offered: %+v", n.Offer)
	}
}

func TestSkippedAndPinned(t *testing.T) {
	w := newWorld(t)
	w.publishes(nil)
	p, err := w.Feed(ctx, w.link(), true, nil)
	w.installs(p, err)
	w.publishes(nil)
	w.ok(w.c.Follow(ctx, feedtest.Deck, collection.Following{SkipEpoch: 1, Skip: 2}))
	if n := w.checks(); n.Offer != nil || len(n.Fresh) != 1 {
		t.Errorf("a skipped release is offered: %+v", n)
	}
	w.publishes(nil)
	if n := w.checks(); n.Offer == nil || n.Offer.Seq != 3 {
		t.Errorf("the one after it is not: %+v", n)
	}
	w.ok(w.c.Follow(ctx, feedtest.Deck, collection.Following{Mode: collection.PinnedAt}))
	w.now = w.now.AddDate(0, 1, 0)
	n, err := w.Known(ctx, w.subscription())
	w.ok(err)
	if n.Offer != nil || n.Due(w.now) {
		t.Errorf("a pinned deck is asked about: %+v", n)
	}
}

// No network is no news; an answer that cannot be believed is told until another comes.
func TestTrouble(t *testing.T) {
	w := newWorld(t)
	w.publishes(nil)
	old, err := os.ReadFile(filepath.Join(w.dir, feed.Name))
	w.ok(err)
	p, err := w.Feed(ctx, w.link(), true, nil)
	w.installs(p, err)
	w.publishes(nil)
	w.checks()
	now, err := os.ReadFile(filepath.Join(w.dir, feed.Name))
	w.ok(err)
	w.ok(os.WriteFile(filepath.Join(w.dir, feed.Name), old, 0o600))
	w.now = w.now.Add(48 * time.Hour)
	if n := w.checks(); !fault.Is(n.Alarm, fault.StaleFeed) || n.Offer == nil || n.Offer.Seq != 2 {
		t.Errorf("an old feed: alarm %v, offer %+v", n.Alarm, n.Offer)
	}
	if n, err := w.Known(ctx, w.subscription()); err != nil || !fault.Is(n.Alarm, fault.StaleFeed) || fault.Of(n.Alarm).Args["host"] != "127.0.0.1" {
		t.Errorf("the alarm is forgotten: %v, %v", n.Alarm, err)
	}
	w.host.Config.SetKeepAlivesEnabled(false)
	w.ok(os.WriteFile(filepath.Join(w.dir, feed.Name), now, 0o600))
	w.now = w.now.Add(48 * time.Hour)
	if n := w.checks(); n.Alarm != nil || n.Unreached != nil {
		t.Errorf("a good feed: %v, %v", n.Alarm, n.Unreached)
	}
	w.host.Close()
	w.now = w.now.Add(48 * time.Hour)
	if n := w.checks(); n.Unreached == nil || n.Alarm != nil || n.Offer == nil {
		t.Errorf("without a host: %+v", n)
	}
	_, err = w.Feed(ctx, w.link(), true, nil)
	if err == nil {
		t.Error("a first contact without a host is no error")
	}
}

// Nobody but the student leads the program into his own network.
func TestOwnNetwork(t *testing.T) {
	w := newWorld(t)
	w.publishes(nil)
	_, err := w.Feed(ctx, w.link(), false, nil)
	w.wants(err, fault.PrivateAddress)
	p, err := w.File(ctx, w.file("course.lectern", w.last.File), nil)
	w.installs(p, err)
	w.ok(w.c.SetFeed(ctx, feedtest.Deck, w.link().String()))
	if n := w.checks(); !fault.Is(n.Unreached, fault.PrivateAddress) {
		t.Errorf("%+v", n.Unreached)
	}
	w.ok(w.Typed(ctx, feedtest.Deck, w.link()))
	if n := w.checks(); n.Unreached != nil {
		t.Errorf("%+v", n.Unreached)
	}
}

// What an author signs about where he publishes is followed; http is not.
func TestAddressInAPackage(t *testing.T) {
	for address, want := range map[string]string{
		"https://example.org/llm/": "lectern:https://example.org/llm/feed.json#",
		"http://192.168.0.1/x":     "",
	} {
		w := newWorld(t)
		p, err := w.File(ctx, w.file("course.lectern", w.build(func(d *decks.Deck) { d.Feed = address }).File), nil)
		w.installs(p, err)
		got := w.subscription().Feed
		if want != "" {
			want += w.Root.Public().String()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

// A course on a stick is taken, and where later ones are looked for stays as it was.
func TestStick(t *testing.T) {
	w := newWorld(t)
	w.publishes(nil)
	for _, path := range []string{w.dir, filepath.Join(w.dir, feed.Name)} {
		if !subscribe.Is(path) {
			t.Errorf("%s is not known", path)
		}
	}
	p, err := w.File(ctx, w.dir, nil)
	w.installs(p, err)
	if s := w.subscription(); !strings.HasPrefix(s.Feed, "lectern:file:///") {
		t.Errorf("%q", s.Feed)
	}
	w.ok(w.c.SetFeed(ctx, feedtest.Deck, w.link().String()))
	w.publishes(nil)
	p, err = w.File(ctx, w.dir, nil)
	w.installs(p, err)
	if s := w.subscription(); s.Shown.Seq != 2 || s.Feed != w.link().String() {
		t.Errorf("%d, %q", s.Shown.Seq, s.Feed)
	}
}

// Another author's course under the same id is refused, and leaves no trace.
func TestAnotherAuthor(t *testing.T) {
	w := newWorld(t)
	w.publishes(nil)
	p, err := w.Feed(ctx, w.link(), true, nil)
	w.installs(p, err)
	other := newWorld(t)
	other.publishes(nil)
	for range 4 {
		other.publishes(nil)
	}
	before, err := w.c.Setting(ctx, "feed/"+feedtest.Deck)
	w.ok(err)
	_, err = w.Feed(ctx, other.link(), true, nil)
	if code := fault.Of(err).Code; code != fault.NotSigned && code != fault.OtherAuthor {
		t.Errorf("%v", err)
	}
	if after, err := w.c.Setting(ctx, "feed/"+feedtest.Deck); err != nil || after != before {
		t.Errorf("what was remembered is changed: %v", err)
	}
}

// An address gives a package, a feed, the page of a course, or a lecture.
func TestAddresses(t *testing.T) {
	w := newWorld(t)
	w.publishes(nil)
	w.ok(os.WriteFile(filepath.Join(w.dir, "course.lectern"), w.last.File, 0o600))
	w.ok(os.WriteFile(filepath.Join(w.dir, "lecture.html"), []byte(`<h1>Лекция</h1><a href="lectern:https://elsewhere.org/feed.json">курс</a>`), 0o600))
	w.ok(os.WriteFile(filepath.Join(w.dir, "people.html"), []byte(`<h1>Курс</h1><a href="`+w.link().String()+`">В Lectern</a>`), 0o600))
	for path, want := range map[string]bool{"/course.lectern": true, "/feed.json": true, "/people.html": true, "/lecture.html": false} {
		page, err := fetch.Get(ctx, w.host.URL+path, fetch.Options{Typed: true})
		w.ok(err)
		p, ok, err := w.Data(ctx, page, true, nil)
		w.ok(err)
		if ok != want || ok && p.Statement.Deck != feedtest.Deck {
			t.Errorf("%s: %v", path, ok)
		}
		if ok {
			w.ok(p.Close())
		}
	}
}

func TestStopped(t *testing.T) {
	w := newWorld(t)
	w.publishes(nil)
	stopped, stop := context.WithCancel(ctx)
	stop()
	_, err := w.Feed(stopped, w.link(), true, nil)
	w.wants(err, fault.Cancelled)
	_, err = w.File(stopped, w.file("course.lectern", w.last.File), nil)
	w.wants(err, fault.Cancelled)
}

// A note is found as it read before its author changed it in substance.
func TestBefore(t *testing.T) {
	w := newWorld(t)
	change := func(text string, major int) func(*decks.Deck) {
		return func(d *decks.Deck) { d.Notes[0].Fields[decks.Back], d.Notes[0].Major = text, major }
	}
	for i, c := range []func(*decks.Deck){change("Первый.", 0), change("Опечатка.", 0), change("Другой.", 1), change("Другой!", 1)} {
		p, err := w.File(ctx, w.file("course.lectern", w.build(c).File), nil)
		w.installs(p, err)
		d, err := w.c.Deck(ctx, feedtest.Deck)
		w.ok(err)
		was, ok, err := w.Before(ctx, feedtest.Deck, d.Notes[0])
		w.ok(err)
		if ok != (i >= 2) || ok && was.Text(decks.Back) != "Опечатка." {
			t.Errorf("release %d: %v %q", i+1, ok, was.Text(decks.Back))
		}
	}
}
