package poll

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lectern/assets/i18n"
	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/feed/feedtest"
	"lectern/decks/feed/site"
	"lectern/decks/release"
	"lectern/decks/release/trust"
)

var (
	ctx   = context.Background()
	start = time.Date(2027, 2, 3, 10, 0, 0, 0, time.UTC)
)

func day(n int) time.Time { return start.AddDate(0, 0, n) }

// world is an author, the folder that he publishes, a host that serves it, and a student.
type world struct {
	*feedtest.Author
	t     *testing.T
	dir   string
	disk  *site.Disk
	last  *feedtest.Built
	all   []*feedtest.Built
	host  *httptest.Server
	serve http.HandlerFunc // nil: the folder
	mu    sync.Mutex
	asked []*http.Request

	now time.Time
	Client
	s  Source
	st State
}

func newWorld(t *testing.T) *world {
	w := &world{Author: feedtest.NewAuthor(t), t: t, dir: t.TempDir(), now: start}
	w.disk = openDisk(t, w.dir)
	files := http.FileServer(http.Dir(w.dir))
	w.host = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		w.asked = append(w.asked, r.Clone(ctx))
		serve := w.serve
		w.mu.Unlock()
		if serve != nil {
			serve(rw, r)
			return
		}
		tagged(w.dir, files).ServeHTTP(rw, r)
	}))
	t.Cleanup(w.host.Close)
	w.Client = Client{Clock: func() time.Time { return w.now }, Jitter: func() float64 { return 0.5 }, Temp: t.TempDir()}
	w.s = Source{Link: feed.Link{Address: w.host.URL + "/feed.json", Key: w.Root.Public()}, Typed: true}
	return w
}

// tagged gives files the ETag that a host such as nginx would.
func tagged(dir string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(r.URL.Path))); err == nil {
			rw.Header().Set("ETag", `"`+release.Hash(b)[:16]+`"`)
		}
		next.ServeHTTP(rw, r)
	})
}

func openDisk(t testing.TB, dir string) *site.Disk {
	t.Helper()
	d, err := site.OpenDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// publish publishes the next release of n notes.
func (w *world) publish(n int, media feedtest.Files) *feedtest.Built {
	w.t.Helper()
	seq := int64(1)
	if w.last != nil {
		seq = w.last.Package.Statement.Seq + 1
		if w.last.Package.Statement.Epoch != w.Chain.Last().Epoch {
			seq = 1
		}
	}
	d := feedtest.Notes(n, int(seq))
	for name := range media {
		d.Notes[0].Fields["answer"] += "\n\n![](" + name + ".png)"
	}
	w.last = w.Build(seq, d, media, w.last, w.now, nil)
	w.all = append(w.all, w.last)
	w.Publish(w.disk, w.last, w.now)
	return w.last
}

// check checks as the student does; what it returns is remembered as JSON.
func (w *world) check() (News, error) {
	w.t.Helper()
	n, st, err := w.Check(ctx, w.s, w.st)
	b, bad := json.Marshal(st)
	if bad != nil {
		w.t.Fatal(bad)
	}
	w.st = State{}
	if bad := json.Unmarshal(b, &w.st); bad != nil {
		w.t.Fatal(bad)
	}
	return n, err
}

func (w *world) mustCheck() News {
	w.t.Helper()
	n, err := w.check()
	if err != nil || n.Unreached != nil {
		w.t.Fatalf("%v, unreached: %v", err, n.Unreached)
	}
	return n
}

// have installs a release.
func (w *world) have(b *feedtest.Built) Have {
	w.s.Trust, w.s.Installed = b.Package.Trust, b.Package.Statement
	return Have{Release: b.Package.Release}
}

func (w *world) requests() []*http.Request {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := w.asked
	w.asked = nil
	return all
}

func (w *world) serves(h http.HandlerFunc) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.serve = h
}

func wantFault(t testing.TB, err error, code fault.Code) {
	t.Helper()
	if err == nil || !fault.Is(err, code) {
		t.Fatalf("error %v, want the fault %s", err, code)
	}
	for _, lang := range i18n.Languages {
		if text := i18n.New(lang).Fault(err); strings.Contains(text, "<no value>") || strings.Contains(text, "fault.") {
			t.Errorf("%s: %q", lang, text)
		}
	}
}

func TestNewsAndFetch(t *testing.T) {
	w := newWorld(t)
	media := feedtest.Files{}
	media.Add([]byte("a picture"))
	w.publish(300, media)
	n := w.mustCheck()
	if len(n.Fresh) != 1 || n.Feed.Title == "" || !n.Late.IsZero() {
		t.Fatalf("%+v", n)
	}
	d, err := w.Fetch(ctx, w.s, n, Have{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if d.Release.Hash != w.last.Package.Release.Hash || d.ByDelta || len(d.Notes) != 1 || d.Notes[0].Text != "- Новое в выпуске 1" || len(d.Media) != 1 {
		t.Errorf("%+v", d)
	}
	if b, err := d.ReadMedia(d.Media[0]); err != nil || string(b) != "a picture" {
		t.Errorf("%q, %v", b, err)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(w.Temp); len(left) != 0 {
		t.Errorf("%v is left", left)
	}

	// Three releases later three small deltas come, and the picture that is new.
	first := w.last
	for i := range 3 {
		w.now = day(i + 1)
		if i == 2 {
			media.Add([]byte("another picture"))
		}
		w.publish(300, media)
	}
	have := w.have(first)
	have.Media = func(hash string) ([]byte, bool) {
		b, ok := media[hash]
		return b, ok && string(b) == "a picture"
	}
	n = w.mustCheck()
	if len(n.Fresh) != 3 {
		t.Fatalf("%+v", n.Fresh)
	}
	w.requests()
	var told int64
	d, err = w.Fetch(ctx, w.s, n, have, func(done, total int64) { told = done })
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if !d.ByDelta || d.Release.Hash != w.last.Package.Release.Hash || string(d.Signed.Statement) != string(w.last.Package.Signed.Statement) || len(d.Notes) != 3 || d.Notes[0].Seq != 4 || told != d.Bytes {
		t.Errorf("by delta %v, %d notes, %d of %d bytes told", d.ByDelta, len(d.Notes), told, d.Bytes)
	}
	for _, m := range d.Media {
		if b, err := d.ReadMedia(m); err != nil || string(b) != string(media[m]) {
			t.Errorf("%q, %v", b, err)
		}
	}
	for _, r := range w.requests() {
		if strings.HasPrefix(r.URL.Path, "/p/") {
			t.Errorf("the whole package was asked for: %s", r.URL)
		}
	}
	t.Logf("three releases of %d bytes each: %d bytes", len(w.last.File), d.Bytes)
}

// A delta that does not fit, whatever the reason, makes no trouble: the whole comes.
func TestWholeWhenADeltaDoesNotFit(t *testing.T) {
	for name, spoil := range map[string]func(w *world, path string){
		"gone":       func(w *world, path string) { os.Remove(path) },
		"damaged":    func(w *world, path string) { os.WriteFile(path, []byte("nonsense"), 0o644) },
		"a page":     func(w *world, path string) { os.WriteFile(path, []byte("<html>"), 0o644) },
		"other base": func(w *world, path string) {},
	} {
		w := newWorld(t)
		first := w.publish(300, nil)
		w.publish(300, nil)
		have := w.have(first)
		spoil(w, filepath.Join(w.dir, "d", "1-2.jsonl.gz"))
		if name == "other base" {
			have.Release.Hash = strings.Repeat("0", 64)
		}
		d, err := w.Fetch(ctx, w.s, w.mustCheck(), have, nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if d.ByDelta || d.Release.Hash != w.last.Package.Release.Hash {
			t.Errorf("%s: by delta %v", name, d.ByDelta)
		}
		d.Close()
	}
}

// A chain of deltas that is longer than half of the whole is not walked.
func TestWholeWhenDeltasAreLong(t *testing.T) {
	w := newWorld(t)
	first := w.publish(20, nil)
	for range 8 {
		w.publish(20, nil)
	}
	have := w.have(first)
	d, err := w.Fetch(ctx, w.s, w.mustCheck(), have, nil)
	if err != nil || d.ByDelta || len(d.Notes) != 8 {
		t.Fatalf("%+v, %v", d, err)
	}
	d.Close()
}

func TestNothingNew(t *testing.T) {
	w := newWorld(t)
	w.have(w.publish(10, nil))
	if n := w.mustCheck(); len(n.Fresh) != 0 {
		t.Errorf("%+v", n.Fresh)
	}
	w.requests()
	n := w.mustCheck()
	asked := w.requests()
	if len(asked) != 1 || asked[0].Header.Get("If-None-Match") == "" || len(n.Fresh) != 0 || n.Feed.Title == "" {
		t.Errorf("%d requests, %+v", len(asked), n)
	}
}

// A check comes a day after the one before, half a day earlier or later by chance;
// later where a host asks for it.
func TestWhenToAskAgain(t *testing.T) {
	w := newWorld(t)
	w.publish(10, nil)
	for _, c := range []struct {
		jitter float64
		cache  string
		want   time.Duration
	}{
		{0, "", 12 * time.Hour}, {0.5, "", 24 * time.Hour}, {0.9999999, "", 36 * time.Hour},
		{0.5, "public, max-age=600", 24 * time.Hour}, {0.5, "max-age=172800", 48 * time.Hour}, {0.5, "max-age=99999999999", longest},
		{0.5, "no-cache", 24 * time.Hour},
	} {
		w.st = State{}
		w.Jitter = func() float64 { return c.jitter }
		w.serves(func(rw http.ResponseWriter, r *http.Request) {
			rw.Header().Set("Cache-Control", c.cache)
			http.FileServer(http.Dir(w.dir)).ServeHTTP(rw, r)
		})
		w.mustCheck()
		if got := w.st.Next.Sub(w.now).Round(time.Second); got != c.want || w.st.Due(w.now) || !w.st.Due(w.now.Add(c.want)) {
			t.Errorf("%v, %q: %v, want %v", c.jitter, c.cache, got, c.want)
		}
	}
}

// A host that fails is asked after 1, 2, 4, 8, 16 and then every 24 hours.
func TestBackOff(t *testing.T) {
	w := newWorld(t)
	w.publish(10, nil)
	w.mustCheck()
	w.Jitter = func() float64 { return 0 }
	w.serves(func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusBadGateway) })
	for _, want := range []time.Duration{1, 2, 4, 8, 16, 24, 24} {
		n, err := w.check()
		if err != nil || n.Feed.Title == "" {
			t.Fatalf("%+v, %v", n, err)
		}
		wantFault(t, n.Unreached, fault.BadStatus)
		if got := w.st.Next.Sub(w.now); got != want*time.Hour {
			t.Errorf("after %d failures %v, want %v hours", w.st.Failures, got, int(want))
		}
	}
	w.serves(nil)
	w.mustCheck()
	if w.st.Failures != 0 {
		t.Error("the failures are not forgotten")
	}
}

// Retry-After holds even for a student who asks at once.
func TestRetryAfter(t *testing.T) {
	w := newWorld(t)
	w.publish(10, nil)
	w.serves(func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Retry-After", "7200")
		rw.WriteHeader(http.StatusTooManyRequests)
	})
	n, err := w.check()
	if err != nil {
		t.Fatal(err)
	}
	wantFault(t, n.Unreached, fault.HostBusy)
	w.serves(nil)
	w.requests()
	w.now = w.now.Add(time.Hour + 59*time.Minute)
	n, err = w.check()
	if err != nil || len(w.requests()) != 0 {
		t.Fatal("it is asked too early", err)
	}
	wantFault(t, n.Unreached, fault.HostBusy)
	w.now = w.now.Add(2 * time.Minute)
	w.mustCheck()
}

// The page by which a network asks its guests to sign in is no feed, and no reason to
// frighten anybody.
func TestCaptivePortal(t *testing.T) {
	portal := func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Type", "text/html")
		io.WriteString(rw, "<!DOCTYPE html>\n<title>Free Wi-Fi</title><form>"+strings.Repeat("<p>Sign in</p>\n", 9000))
	}
	w := newWorld(t)
	first := w.publish(10, nil)
	w.serves(portal)
	n, err := w.check()
	if err != nil {
		t.Fatal(err)
	}
	wantFault(t, n.Unreached, fault.NoNetwork)
	// It may begin between the feed and the keys.
	w.serves(func(rw http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/trust") {
			io.WriteString(rw, "<html>")
			return
		}
		http.FileServer(http.Dir(w.dir)).ServeHTTP(rw, r)
	})
	if n, err = w.check(); err != nil {
		t.Fatal(err)
	}
	wantFault(t, n.Unreached, fault.NoNetwork)
	w.serves(nil)
	w.mustCheck()
	w.have(first)
	w.serves(portal)
	if n, err = w.check(); err != nil || n.Feed.Title == "" {
		t.Fatalf("%+v, %v", n, err)
	}
}

// A2: whoever has seen a release is not led back, by a feed that was signed once.
func TestAttackA2Rollback(t *testing.T) {
	w := newWorld(t)
	w.publish(10, nil)
	old, err := os.ReadFile(filepath.Join(w.dir, feed.Name))
	if err != nil {
		t.Fatal(err)
	}
	w.publish(10, nil)
	w.mustCheck()
	if err := os.WriteFile(filepath.Join(w.dir, feed.Name), old, 0o644); err != nil {
		t.Fatal(err)
	}
	n, err := w.check()
	wantFault(t, err, fault.StaleFeed)
	if n.Feed.Latest().Seq != 2 || w.st.Seq != 2 {
		t.Errorf("release %d is shown, %d remembered", n.Feed.Latest().Seq, w.st.Seq)
	}
	// Nor whoever has installed it, though he has lost what was remembered.
	w.have(w.last)
	w.st = State{}
	_, err = w.check()
	wantFault(t, err, fault.StaleFeed)
}

// A3: an author who is silent for longer than he promised, or than he uses to be, is
// said to be so; and his other addresses are asked, for one may be held back.
func TestAttackA3Freeze(t *testing.T) {
	w := newWorld(t)
	w.have(w.publish(10, nil))
	w.now = day(29)
	if n := w.mustCheck(); !n.Late.IsZero() {
		t.Errorf("late on day 29: %v", n.Late)
	}
	w.now = day(31)
	if n := w.mustCheck(); !n.Late.Equal(day(30)) {
		t.Errorf("late on day 31: %v", n.Late)
	}
	for _, c := range []struct {
		name   string
		nextBy string
		days   []int // of releases
		now    int
		late   bool
	}{
		{"a promise that holds", "2027-02-20", []int{0}, 10, false},
		{"the promised day itself", "2027-02-20", []int{0}, 17, false},
		{"a broken promise", "2027-02-20", []int{0}, 18, true},
		{"a promise for long", "2027-09-01", []int{0}, 100, false},
		{"usually every 20 days, after 59", "", []int{40, 20, 0}, 99, false},
		{"usually every 20 days, after 61", "", []int{40, 20, 0}, 101, true},
		{"usually every day, after 29", "", []int{2, 1, 0}, 31, false},
	} {
		f := feed.Feed{NextBy: c.nextBy}
		for _, d := range c.days {
			f.Releases = append(f.Releases, feed.Release{Time: day(d).Format(time.RFC3339)})
		}
		if got := !late(f, day(c.now)).IsZero(); got != c.late {
			t.Errorf("%s: late %v", c.name, got)
		}
	}
}

func TestAttackA3SecondAddress(t *testing.T) {
	w := newWorld(t)
	mirror := newWorld(t)
	mirror.Author, mirror.s = w.Author, w.s
	c := w.Course()
	c.URLs = []string{mirror.host.URL + "/feed.json"}
	first := w.Build(1, feedtest.Notes(10, 1), nil, nil, w.now, nil)
	second := w.Build(2, feedtest.Notes(10, 2), nil, first, day(7), nil)
	for _, d := range []*world{w, mirror} {
		p, err := w.Plan(d.disk, first, c, w.now)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := site.Write(ctx, d.disk, p, nil); err != nil {
			t.Fatal(err)
		}
	}
	p, err := w.Plan(mirror.disk, second, c, day(7))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := site.Write(ctx, mirror.disk, p, nil); err != nil {
		t.Fatal(err)
	}
	w.Client.transport = func(*url.URL) http.RoundTripper { return http.DefaultTransport } // two hosts of one's own
	w.have(first)
	if n := w.mustCheck(); len(n.Fresh) != 0 || len(mirror.requests()) != 0 {
		t.Fatal("the mirror is asked though the host answers")
	}
	// Frozen: the host goes on to serve what it has.
	w.now = day(40)
	n := w.mustCheck()
	if len(n.Fresh) != 1 || n.Fresh[0].Seq != 2 {
		t.Fatalf("%+v", n)
	}
	d, err := w.Fetch(ctx, w.s, n, Have{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	d.Close()
	// And when the host is gone, the mirror answers at once.
	w.host.Close()
	w.now = day(41)
	if n := w.mustCheck(); n.Feed.Latest().Seq != 2 {
		t.Errorf("%+v", n)
	}
}

// A4: parts of two releases do not mix.
func TestAttackA4Mix(t *testing.T) {
	for _, mix := range [][2]string{
		{"p/course-1.lectern", "p/course-2.lectern"},
		{"r/1/release.json", "r/2/release.json"},
		{"r/1/release.json.minisig", "r/2/release.json.minisig"},
	} {
		w := newWorld(t)
		w.publish(100, nil)
		w.publish(100, nil)
		n := w.mustCheck()
		b, err := os.ReadFile(filepath.Join(w.dir, mix[0]))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(w.dir, mix[1]), b, 0o644); err != nil {
			t.Fatal(err)
		}
		if d, err := w.Fetch(ctx, w.s, n, Have{}, nil); err == nil || !fault.Is(err, fault.DamagedSite) && !fault.Is(err, fault.NotSigned) {
			t.Errorf("%s as %s: %+v, %v", mix[0], mix[1], d, err)
		}
		if left, _ := os.ReadDir(w.Temp); len(left) != 0 {
			t.Errorf("%v is left", left)
		}
	}
}

// A4: a package whose feed fits is still the one that the statement signs.
func TestAttackA4PackageOfAnotherRelease(t *testing.T) {
	w := newWorld(t)
	w.publish(100, nil)
	other := w.Build(2, feedtest.Notes(100, 5), nil, w.last, w.now, nil)
	good := w.Build(2, feedtest.Notes(100, 2), nil, w.last, w.now, nil)
	good.File = other.File // the author's own feed names it
	w.Publish(w.disk, good, w.now)
	_, err := w.Fetch(ctx, w.s, w.mustCheck(), Have{}, nil)
	wantFault(t, err, fault.DamagedSite)
}

// A5: whoever stole a key cannot use up the numbers, and the root begins to count anew.
func TestAttackA5FastForward(t *testing.T) {
	w := newWorld(t)
	first := w.publish(10, nil)
	w.have(first)
	w.mustCheck()
	thief := w.Build(release.MaxSeq, feedtest.Notes(10, 7), nil, nil, w.now, nil)
	w.Publish(w.disk, thief, w.now)
	n, err := w.check()
	wantFault(t, err, fault.FarRelease)
	if n.Feed.Latest().Seq != 1 || w.st.Seq != 1 {
		t.Errorf("%+v", n.Feed.Latest())
	}
	stolen := w.Everyday
	w.Everyday = feedtest.Key(t)
	w.Say(func(s *trust.Statement) {
		s.Epoch, s.Sign = 2, []trust.Key{{Public: w.Everyday.Public()}}
		s.Revoked = []trust.Revoked{{Public: stolen.Public(), Deck: feedtest.Deck, Epoch: 1, After: 1}}
	})
	w.last = first
	w.publish(10, nil)
	if n := w.mustCheck(); len(n.Fresh) != 1 || n.Feed.Epoch != 2 || n.Trust.Last().N != 2 {
		t.Errorf("%+v", n)
	}
}

// A8: another author's feed never takes the place of the one that is followed.
func TestAttackA8AnotherAuthor(t *testing.T) {
	w := newWorld(t)
	w.publish(10, nil)
	impostor := newWorld(t)
	impostor.publish(10, nil)
	w.serves(func(rw http.ResponseWriter, r *http.Request) {
		http.FileServer(http.Dir(impostor.dir)).ServeHTTP(rw, r)
	})
	// At first contact the key in the link tells.
	n, err := w.check()
	wantFault(t, err, fault.OtherAuthor)
	if len(n.Feed.Releases) != 0 || w.st.File != nil || w.st.Trust != nil {
		t.Errorf("something of it is kept: %+v", w.st)
	}
	// To name the key is not to hold it.
	impostor.Say(func(s *trust.Statement) { s.Root = append(s.Root, trust.Key{Public: w.Root.Public()}) })
	impostor.publish(10, nil)
	if _, err = w.check(); err == nil {
		t.Error("whoever names a key is taken for its holder")
	}
	// Later, what is pinned does.
	w.s.Link.Key = impostor.Root.Public() // not even when the link is changed
	w.have(w.last)
	_, err = w.check()
	wantFault(t, err, fault.OtherAuthor)
	w.s.Link.Key = feed.Link{}.Key
	if _, err = w.check(); err == nil || !fault.Is(err, fault.NotSigned) && !fault.Is(err, fault.OtherAuthor) {
		t.Error(err)
	}
	// What was remembered of another author counts for nothing.
	_, st, err := impostor.Check(ctx, Source{Link: feed.Link{Address: impostor.host.URL + "/feed.json"}, Typed: true}, State{})
	if err != nil {
		t.Fatal(err)
	}
	w.serves(nil)
	w.st = State{Trust: st.Trust, File: st.File}
	if n := w.mustCheck(); n.Trust.Last().N != 1 || !n.Trust.Rooted(w.Root.Public()) {
		t.Errorf("%+v", n.Trust.Last())
	}
}

// Without a key in the link the first contact is believed, and every later one is held
// to it.
func TestFirstContactWithoutKey(t *testing.T) {
	w := newWorld(t)
	w.publish(10, nil)
	w.s.Link.Key = feed.Link{}.Key
	n := w.mustCheck()
	if !n.Trust.Rooted(w.Root.Public()) {
		t.Error("the author's keys are not told")
	}
	impostor := newWorld(t)
	impostor.publish(10, nil)
	impostor.publish(10, nil)
	w.serves(func(rw http.ResponseWriter, r *http.Request) {
		http.FileServer(http.Dir(impostor.dir)).ServeHTTP(rw, r)
	})
	_, err := w.check()
	wantFault(t, err, fault.NotSigned)
}

// A6: after the root has taken a key back, what it signs is not taken.
func TestAttackA6RevokedKey(t *testing.T) {
	w := newWorld(t)
	w.have(w.publish(10, nil))
	w.mustCheck()
	thief := w.Everyday
	old := w.Chain
	w.Everyday = feedtest.Key(t)
	w.Say(func(s *trust.Statement) {
		s.Sign = []trust.Key{{Public: w.Everyday.Public()}}
		s.Revoked = []trust.Revoked{{Public: thief.Public(), Deck: feedtest.Deck, Epoch: 1, After: 1}}
	})
	w.now = day(1)
	w.publish(10, nil)
	w.mustCheck()
	// The thief goes on from the state before.
	good, chain := w.Everyday, w.Chain
	w.Everyday, w.Chain = thief, old
	forged := newWorld(t)
	forged.Author = w.Author
	forged.publish(10, nil)
	forged.publish(10, nil)
	forged.publish(10, nil)
	w.Everyday, w.Chain = good, chain
	w.serves(func(rw http.ResponseWriter, r *http.Request) {
		http.FileServer(http.Dir(forged.dir)).ServeHTTP(rw, r)
	})
	n, err := w.check()
	wantFault(t, err, fault.RevokedKey)
	if n.Feed.Latest().Seq != 2 {
		t.Errorf("%+v", n.Feed.Latest())
	}
}

// A16: of two releases with one number the first stays.
func TestAttackA16Twins(t *testing.T) {
	w := newWorld(t)
	first := w.publish(10, nil)
	other := newWorld(t)
	other.Author = w.Author
	other.Publish(other.disk, first, w.now)
	other.Publish(other.disk, w.Build(2, feedtest.Notes(10, 5), nil, first, w.now, nil), w.now)
	w.publish(10, nil)
	w.mustCheck()
	w.serves(func(rw http.ResponseWriter, r *http.Request) {
		http.FileServer(http.Dir(other.dir)).ServeHTTP(rw, r)
	})
	n, err := w.check()
	wantFault(t, err, fault.TwinReleases)
	if n.Feed.Latest().Content != w.last.Package.Release.Hash || w.st.Content != w.last.Package.Release.Hash {
		t.Error("the second one is taken")
	}
}

// A18: a request says nothing about who makes it.
func TestAttackA18RequestsSayNothing(t *testing.T) {
	w := newWorld(t)
	first := w.publish(200, nil)
	w.serves(func(rw http.ResponseWriter, r *http.Request) {
		http.SetCookie(rw, &http.Cookie{Name: "id", Value: "student-7"})
		if r.URL.Path == "/old/feed.json" {
			http.Redirect(rw, r, "/feed.json", http.StatusMovedPermanently)
			return
		}
		tagged(w.dir, http.FileServer(http.Dir(w.dir))).ServeHTTP(rw, r)
	})
	w.s.Link.Address = w.host.URL + "/old/feed.json"
	w.mustCheck()
	w.publish(200, nil)
	have := w.have(first)
	d, err := w.Fetch(ctx, w.s, w.mustCheck(), have, nil)
	if err != nil {
		t.Fatal(err)
	}
	d.Close()
	all := w.requests()
	if len(all) < 8 {
		t.Errorf("only %d requests", len(all))
	}
	for _, r := range all {
		if r.Method != http.MethodGet || r.URL.RawQuery != "" || r.ContentLength > 0 {
			t.Errorf("%s %s", r.Method, r.URL)
		}
		for name := range r.Header {
			if !slices.Contains([]string{"User-Agent", "Accept-Encoding", "If-None-Match"}, name) {
				t.Errorf("%s: %s: %s", r.URL, name, r.Header.Get(name))
			}
		}
		if got := r.Header.Get("User-Agent"); !strings.HasPrefix(got, "Lectern/") || strings.ContainsAny(got, "( ;") {
			t.Errorf("it calls itself %q", got)
		}
	}
}

// Endless answers end where the feed says.
func TestEndlessAnswers(t *testing.T) {
	w := newWorld(t)
	w.publish(50, nil)
	n := w.mustCheck()
	var sent int64
	w.serves(func(rw http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/p/") {
			http.FileServer(http.Dir(w.dir)).ServeHTTP(rw, r)
			return
		}
		for block := make([]byte, 64<<10); ; {
			k, err := rw.Write(block)
			if sent += int64(k); err != nil {
				return
			}
		}
	})
	_, err := w.Fetch(ctx, w.s, n, Have{}, nil)
	wantFault(t, err, fault.DamagedSite)
	if left, _ := os.ReadDir(w.Temp); len(left) != 0 {
		t.Errorf("%v is left", left)
	}
}

// hosts answers for hosts that are not there.
type hosts map[string]http.HandlerFunc

func (h hosts) RoundTrip(r *http.Request) (*http.Response, error) {
	serve, ok := h[r.URL.Scheme+"://"+r.URL.Host]
	if !ok {
		return nil, fmt.Errorf("no connection to %s", r.URL)
	}
	rec := httptest.NewRecorder()
	serve(rec, r)
	return rec.Result(), nil
}

func TestRedirects(t *testing.T) {
	w := newWorld(t)
	w.publish(10, nil)
	files := func(rw http.ResponseWriter, r *http.Request) { http.FileServer(http.Dir(w.dir)).ServeHTTP(rw, r) }
	to := func(where string) http.HandlerFunc {
		return func(rw http.ResponseWriter, r *http.Request) {
			rw.Header().Set("Location", where)
			rw.WriteHeader(http.StatusFound)
		}
	}
	for _, c := range []struct {
		name, address string
		hosts         hosts
		ok            bool
	}{
		{"to another host", "https://a.example/feed.json", hosts{"https://a.example": to("https://b.example/feed.json"), "https://b.example": files}, true},
		{"from http to https", "http://a.example/feed.json", hosts{"http://a.example": to("https://b.example/feed.json"), "https://b.example": files}, true},
		{"from https to http", "https://a.example/feed.json", hosts{"https://a.example": to("http://b.example/feed.json"), "http://b.example": files}, false},
		{"to a file", "https://a.example/feed.json", hosts{"https://a.example": to("file://" + w.dir + "/feed.json")}, false},
		{"with a name", "https://a.example/feed.json", hosts{"https://a.example": to("https://x:y@b.example/feed.json"), "https://b.example": files}, false},
		{"nowhere", "https://a.example/feed.json", hosts{"https://a.example": to("")}, false},
		{"in a circle", "https://a.example/feed.json", hosts{"https://a.example": to("https://a.example/feed.json")}, false},
	} {
		cl := Client{transport: func(*url.URL) http.RoundTripper { return c.hosts }}
		n, _, err := cl.Check(ctx, Source{Link: feed.Link{Address: c.address}}, State{})
		if err != nil {
			t.Fatal(err)
		}
		if (n.Unreached == nil) != c.ok {
			t.Errorf("%s: %v", c.name, n.Unreached)
		}
		if !c.ok {
			wantFault(t, n.Unreached, fault.Redirects)
		}
	}
}

// A host of the student's own network is asked only when he typed that very one.
func TestPrivateHosts(t *testing.T) {
	w := newWorld(t)
	w.publish(10, nil)
	w.s.Typed = false
	n, err := w.check()
	if err != nil || len(w.requests()) != 0 {
		t.Fatal("it is asked", err)
	}
	wantFault(t, n.Unreached, fault.PrivateAddress)
	// And one that he typed does not lead to another.
	other := newWorld(t)
	other.publish(10, nil)
	w.s.Typed = true
	w.serves(func(rw http.ResponseWriter, r *http.Request) {
		http.Redirect(rw, r, other.host.URL+"/feed.json", http.StatusFound)
	})
	if n, err = w.check(); err != nil || len(other.requests()) != 0 {
		t.Fatal("it is asked", err)
	}
	wantFault(t, n.Unreached, fault.PrivateAddress)
}

// The same folder works from a stick.
func TestFile(t *testing.T) {
	w := newWorld(t)
	first := w.publish(300, nil)
	w.publish(300, nil)
	w.s.Link = feed.FileLink(filepath.Join(w.dir, feed.Name))
	w.s.Link.Key = w.Root.Public()
	have := w.have(first)
	n := w.mustCheck()
	d, err := w.Fetch(ctx, w.s, n, have, nil)
	if err != nil || !d.ByDelta {
		t.Fatalf("%+v, %v", d, err)
	}
	d.Close()
	if len(w.requests()) != 0 {
		t.Error("a host is asked")
	}
	if err := os.Rename(filepath.Join(w.dir, feed.Name), filepath.Join(w.dir, "away")); err != nil {
		t.Fatal(err)
	}
	if n, err = w.check(); err != nil || n.Feed.Title == "" {
		t.Fatalf("%+v, %v", n, err)
	}
	wantFault(t, n.Unreached, fault.NoFeed)
}

func TestNeedsANewerProgram(t *testing.T) {
	w := newWorld(t)
	w.Publish(w.disk, w.Build(1, feedtest.Notes(9, 1), nil, nil, w.now, func(s *release.Statement) { s.MinApp = "2.1" }), w.now)
	for version, ok := range map[string]bool{"": true, "2.1": true, "v2.1.0-3-gabc": true, "2.0.9": false, "1.9": false, "3": true, "dev": true, "2": false} {
		w.Version = version
		d, err := w.Fetch(ctx, w.s, w.mustCheck(), Have{}, nil)
		if ok != (err == nil) {
			t.Errorf("%q: %v", version, err)
		}
		if err == nil {
			d.Close()
		} else {
			wantFault(t, err, fault.NewerRelease)
		}
	}
	b, err := os.ReadFile(filepath.Join(w.dir, feed.Name))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(w.dir, feed.Name), []byte(strings.Replace(string(b), feed.Format, "lectern-feed/2", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err = w.check()
	wantFault(t, err, fault.NewerFeed)
}

func TestCancel(t *testing.T) {
	w := newWorld(t)
	w.publish(10, nil)
	n := w.mustCheck()
	stopped, stop := context.WithCancel(ctx)
	stop()
	before := w.st
	_, st, err := w.Check(stopped, w.s, w.st)
	wantFault(t, err, fault.Cancelled)
	if st.Failures != before.Failures || !st.Next.Equal(before.Next) {
		t.Error("a check that was stopped is remembered")
	}
	_, err = w.Fetch(stopped, w.s, n, Have{}, nil)
	wantFault(t, err, fault.Cancelled)
	if left, _ := os.ReadDir(w.Temp); len(left) != 0 {
		t.Errorf("%v is left", left)
	}
}

// What is remembered may be damaged; then it is as if nothing were.
func TestDamagedState(t *testing.T) {
	w := newWorld(t)
	w.publish(10, nil)
	w.mustCheck()
	w.st.File[10] ^= 1
	w.st.Trust[0].Own = nil
	if n := w.mustCheck(); n.Feed.Title == "" {
		t.Errorf("%+v", n)
	}
}

func FuzzState(f *testing.F) {
	f.Add([]byte(`{"feed":"e30K","trust":[{"Payload":"e30K"}],"epoch":-1,"seq":9223372036854775807,"tags":{"":"x"}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var st State
		if json.Unmarshal(b, &st) != nil {
			return
		}
		c := Client{transport: func(*url.URL) http.RoundTripper { return hosts{} }}
		n, _, err := c.Check(ctx, Source{Link: feed.Link{Address: "https://a.example/feed.json"}}, st)
		if err == nil && len(n.Feed.Releases) > 0 && n.Trust.Last().N == 0 {
			t.Fatal("a feed of nobody is shown")
		}
	})
}
