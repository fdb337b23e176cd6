package site_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"lectern/decks/feed"
	"lectern/decks/feed/feedtest"
	"lectern/decks/feed/site"
	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/trust"
)

var (
	ctx   = context.Background()
	start = time.Date(2027, 2, 3, 10, 0, 0, 0, time.UTC)
)

func day(n int) time.Time { return start.AddDate(0, 0, n) }

func disk(t testing.TB, dir string) *site.Disk {
	t.Helper()
	d, err := site.OpenDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// holds verifies everything that the feed of a folder names and returns the number of the
// newest release, 0 when nothing is published.
func holds(dir string, chain trust.Chain) (int64, error) {
	file, err := os.ReadFile(filepath.Join(dir, feed.Name))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	f, _, err := feed.Open(file, chain)
	if err != nil {
		return 0, err
	}
	get := func(x feed.File) ([]byte, error) {
		b, err := os.ReadFile(filepath.Join(dir, x.Path))
		if err == nil && (int64(len(b)) != x.Bytes || release.Hash(b) != x.Hash) {
			err = fmt.Errorf("%s is another", x.Path)
		}
		return b, err
	}
	for i, r := range f.Releases {
		s, err := get(r.Statement)
		if err != nil {
			return 0, err
		}
		sig, err := os.ReadFile(filepath.Join(dir, feed.SignatureOf(r.Statement.Path)))
		if err != nil {
			return 0, err
		}
		statement, _, err := chain.Verify(s, sig)
		if err != nil || statement.Content.Hash != r.Content || statement.Seq != r.Seq {
			return 0, fmt.Errorf("release %d: %+v, %w", r.Seq, statement, err)
		}
		b, err := get(r.Package)
		if err != nil {
			return 0, err
		}
		p, err := pack.Open(ctx, bytes.NewReader(b), int64(len(b)), chain)
		if err != nil {
			return 0, err
		}
		if r.Delta != (feed.Delta{}) {
			if _, err := get(r.Delta.File); err != nil {
				return 0, err
			}
		}
		for _, m := range p.Media {
			if i > 0 {
				break
			}
			if b, err := os.ReadFile(filepath.Join(dir, feed.MediaPath(m))); err != nil || release.Hash(b) != m {
				return 0, fmt.Errorf("media %s: %w", m, err)
			}
		}
	}
	return f.Latest().Seq, nil
}

func names(t testing.TB, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			p, _ = filepath.Rel(dir, p)
			all = append(all, filepath.ToSlash(p))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	a := feedtest.NewAuthor(t)
	media := feedtest.Files{}
	picture := media.Add([]byte("a picture"))
	first := a.Build(1, feedtest.Notes(30, 1), media, nil, day(0), nil)
	a.Publish(disk(t, dir), first, day(0))
	second := a.Build(2, feedtest.Notes(30, 2), media, first, day(7), nil)
	a.Publish(disk(t, dir), second, day(7))
	if n, err := holds(dir, a.Chain); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	want := []string{".gitattributes", ".nojekyll", "changes.xml", "d/1-2.jsonl.gz", "feed.json", "index.html", "m/" + strings.TrimSuffix(picture, ".png"),
		"p/course-1.lectern", "p/course-2.lectern", "r/1/release.json", "r/1/release.json.minisig", "r/2/release.json", "r/2/release.json.minisig",
		"trust/1.json", "trust/1.json.minisig"}
	if got := names(t, dir); !slices.Equal(got, want) {
		t.Errorf("%q\nwant\n%q", got, want)
	}
}

// The same once more changes nothing, not even the time of a file.
func TestSameAgainChangesNothing(t *testing.T) {
	dir := t.TempDir()
	a := feedtest.NewAuthor(t)
	d := disk(t, dir)
	first := a.Build(1, feedtest.Notes(10, 1), nil, nil, day(0), nil)
	a.Publish(d, first, day(0))
	p, err := a.Plan(d, nil, a.Course(), day(3))
	if err != nil {
		t.Fatal(err)
	}
	if n, err := site.Write(ctx, d, p, nil); n != 0 || err != nil {
		t.Errorf("%d files, %v", n, err)
	}
	// A new mirror changes the feed alone.
	c := a.Course()
	c.URLs = []string{"https://mirror.example.org/feed.json"}
	if p, err = a.Plan(d, nil, c, day(3)); err != nil {
		t.Fatal(err)
	}
	if n, err := site.Write(ctx, d, p, nil); n != 1 || err != nil {
		t.Errorf("%d files, %v", n, err)
	}
	if n, err := holds(dir, a.Chain); n != 1 || err != nil {
		t.Error(n, err)
	}
}

// A release does not take the place of one that is published.
func TestOnlyTheNextRelease(t *testing.T) {
	dir := t.TempDir()
	a := feedtest.NewAuthor(t)
	d := disk(t, dir)
	first := a.Build(1, feedtest.Notes(10, 1), nil, nil, day(0), nil)
	a.Publish(d, first, day(0))
	for _, b := range []*feedtest.Built{first, a.Build(1, feedtest.Notes(10, 3), nil, nil, day(1), nil)} {
		if _, err := a.Plan(d, b, a.Course(), day(1)); !errors.Is(err, site.ErrNotNext) {
			t.Error(err)
		}
	}
	// Nor is it signed by a key that students do not take.
	a.Everyday = feedtest.Key(t)
	c := a.Course()
	c.Title += "!"
	if _, err := a.Plan(d, nil, c, day(1)); !errors.Is(err, trust.ErrUntrusted) {
		t.Error(err)
	}
}

// broken is a folder whose operations fail from one on, as if the power had gone: of a
// file that is being written, a half is left.
type broken struct {
	site.FS
	left  int
	calls int
}

var errPower = errors.New("the power is gone")

func (b *broken) spend() error {
	b.calls++
	if b.left--; b.left < 0 {
		return errPower
	}
	return nil
}

type brokenSink struct {
	site.Sink
	b *broken
}

func (s brokenSink) Write(p []byte) (int, error) {
	if err := s.b.spend(); err != nil {
		s.Sink.Write(p[:len(p)/2])
		return 0, err
	}
	return s.Sink.Write(p)
}

func (s brokenSink) Sync() error { return errors.Join(s.b.spend(), s.Sink.Sync()) }

func (b *broken) Create(name string) (site.Sink, error) {
	if err := b.spend(); err != nil {
		return nil, err
	}
	s, err := b.FS.Create(name)
	return brokenSink{s, b}, err
}

func (b *broken) Rename(from, to string) error {
	if err := b.spend(); err != nil {
		return err
	}
	return b.FS.Rename(from, to)
}

func (b *broken) Remove(name string) error {
	if err := b.spend(); err != nil {
		return err
	}
	return b.FS.Remove(name)
}

func (b *broken) MkdirAll(name string) error {
	if err := b.spend(); err != nil {
		return err
	}
	return b.FS.MkdirAll(name)
}

func (b *broken) Sync(dir string) error {
	if err := b.spend(); err != nil {
		return err
	}
	return b.FS.Sync(dir)
}

// A17: whichever operation is the last before the power goes, the folder holds the old
// state or the new one whole, and publishing again completes it.
func TestAttackA17KilledAtEveryStep(t *testing.T) {
	a := feedtest.NewAuthor(t)
	media := feedtest.Files{}
	media.Add([]byte("old"))
	first := a.Build(1, feedtest.Notes(12, 1), media, nil, day(-200), nil)
	second := a.Build(2, feedtest.Notes(12, 2), feedtest.Files{}, first, day(-100), nil)
	media.Add([]byte("new"))
	third := a.Build(3, feedtest.Notes(12, 3), media, second, day(0), nil)
	seen := map[int64]int{}
	for step := 0; ; step++ {
		dir := t.TempDir()
		d := disk(t, dir)
		a.Publish(d, first, day(-200))
		a.Publish(d, second, day(-100))
		p, err := a.Plan(d, third, a.Course(), day(0))
		if err != nil {
			t.Fatal(err)
		}
		b := &broken{FS: d, left: step}
		_, err = site.Write(ctx, b, p, nil)
		n, bad := holds(dir, a.Chain)
		if bad != nil || n != 2 && n != 3 {
			t.Fatalf("after %d steps the folder holds %d: %v", step, n, bad)
		}
		seen[n]++
		if err == nil {
			t.Logf("%d operations; after %d of them the old release, after %d the new one", step, seen[2], seen[3])
			break
		}
		if !errors.Is(err, errPower) {
			t.Fatal(err)
		}
		// The next run completes it; what was half-written goes.
		var again *feedtest.Built
		if n == 2 {
			again = third
		}
		if p, err = a.Plan(d, again, a.Course(), day(0)); err != nil {
			t.Fatalf("after %d steps: %v", step, err)
		}
		if _, err := site.Write(ctx, d, p, nil); err != nil {
			t.Fatalf("after %d steps: %v", step, err)
		}
		if n, err := holds(dir, a.Chain); n != 3 || err != nil {
			t.Fatalf("after %d steps and once more: %d, %v", step, n, err)
		}
		for _, name := range names(t, dir) {
			if strings.Contains(name, "part") {
				t.Fatalf("after %d steps %s is left", step, name)
			}
		}
	}
	if seen[2] == 0 || seen[3] == 0 {
		t.Errorf("%v: the new release does not come in the middle", seen)
	}
}

// Files of an old release stay for ninety days after the next one has come, for those
// who still read the old feed; then they go, and media with them that nobody shows.
func TestOldFilesStayNinetyDays(t *testing.T) {
	dir := t.TempDir()
	d := disk(t, dir)
	a := feedtest.NewAuthor(t)
	was, now := feedtest.Files{}, feedtest.Files{}
	gone := strings.TrimSuffix(was.Add([]byte("old")), ".png")
	kept := strings.TrimSuffix(now.Add([]byte("new")), ".png")
	was.Add([]byte("new"))
	first := a.Build(1, feedtest.Notes(9, 1), was, nil, day(0), nil)
	a.Publish(d, first, day(0))
	second := a.Build(2, feedtest.Notes(9, 2), now, first, day(10), nil)
	a.Publish(d, second, day(10))
	third := a.Build(3, feedtest.Notes(9, 3), now, second, day(99), nil)
	a.Publish(d, third, day(99))
	if got := names(t, dir); !slices.Contains(got, "p/course-1.lectern") || !slices.Contains(got, "m/"+gone) {
		t.Errorf("89 days after the second release: %q", got)
	}
	fourth := a.Build(4, feedtest.Notes(9, 4), now, third, day(101), nil)
	a.Publish(d, fourth, day(101))
	got := names(t, dir)
	for _, name := range []string{"p/course-1.lectern", "r/1/release.json", "r/1/release.json.minisig", "m/" + gone} {
		if slices.Contains(got, name) {
			t.Errorf("91 days after the second release there is %s", name)
		}
	}
	for _, name := range []string{"p/course-2.lectern", "d/1-2.jsonl.gz", "d/2-3.jsonl.gz", "m/" + kept, "r/2/release.json"} {
		if !slices.Contains(got, name) {
			t.Errorf("%s is gone", name)
		}
	}
	if n, err := holds(dir, a.Chain); n != 4 || err != nil {
		t.Error(n, err)
	}
}

// A course that ships twice a day does not outgrow its feed.
func TestManyReleases(t *testing.T) {
	dir := t.TempDir()
	d := disk(t, dir)
	a := feedtest.NewAuthor(t)
	var last *feedtest.Built
	for i := range feed.MaxReleases + 5 {
		now := start.Add(time.Duration(i) * 12 * time.Hour)
		last = a.Build(int64(i+1), feedtest.Notes(3, i), nil, last, now, nil)
		a.Publish(d, last, now)
	}
	state, err := site.Read(d)
	if err != nil || len(state.Feed.Releases) != feed.MaxReleases || len(state.Statements) != feed.MaxReleases+5 {
		t.Errorf("%d in the feed, %d there, %v", len(state.Feed.Releases), len(state.Statements), err)
	}
	if n, err := holds(dir, a.Chain); n != feed.MaxReleases+5 || err != nil {
		t.Error(n, err)
	}
}

// A5: the root begins a new epoch after a thief has used the numbers up; its releases
// count from 1 and lie beside the old ones.
func TestNewEpoch(t *testing.T) {
	dir := t.TempDir()
	d := disk(t, dir)
	a := feedtest.NewAuthor(t)
	first := a.Build(900, feedtest.Notes(9, 1), nil, nil, day(0), nil)
	a.Publish(d, first, day(0))
	a.Say(func(s *trust.Statement) { s.Epoch = 2 })
	second := a.Build(1, feedtest.Notes(9, 2), nil, first, day(1), nil)
	a.Publish(d, second, day(1))
	state, err := site.Read(d)
	if err != nil || state.Feed.Epoch != 2 || len(state.Feed.Releases) != 1 || state.Feed.Latest().Package.Path != "p/course-2.1.lectern" {
		t.Errorf("%+v, %v", state.Feed, err)
	}
	if n, err := holds(dir, a.Chain); n != 1 || err != nil {
		t.Error(n, err)
	}
}

func TestForeignFeedIsNotOverwritten(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, feed.Name), []byte(`{"version":"https://jsonfeed.org/version/1.1"}`+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := site.Read(disk(t, dir)); !errors.Is(err, feed.ErrNoFeed) {
		t.Error(err)
	}
}

func page(t *testing.T, c site.Course, b *feedtest.Built, a *feedtest.Author) (index, changes string) {
	t.Helper()
	dir := t.TempDir()
	d := disk(t, dir)
	p, err := a.Plan(d, b, c, day(0))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := site.Write(ctx, d, p, nil); err != nil {
		t.Fatal(err)
	}
	x, _ := os.ReadFile(filepath.Join(dir, "index.html"))
	y, _ := os.ReadFile(filepath.Join(dir, "changes.xml"))
	return string(x), string(y)
}

// The page says what a student needs and loads nothing.
func TestPage(t *testing.T) {
	a := feedtest.NewAuthor(t)
	hostile := func(s *release.Statement) {
		s.Label = `<b>"x"`
		s.Notes = "New <script>alert(1)</script>\n\n![x](https://evil.example/pixel.png) <img src=https://evil.example/p>\n\n- one\n- two"
	}
	b := a.Build(1, feedtest.Notes(9, 1), nil, nil, day(0), hostile)
	for _, lang := range []string{"ru", "en"} {
		c := a.Course()
		c.Lang, c.Title = lang, `Курс <script>alert(2)</script> & "всё"`
		index, changes := page(t, c, b, a)
		root, err := html.Parse(strings.NewReader(index))
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		links := map[string]bool{}
		for n := range root.Descendants() {
			switch {
			case n.Type == html.TextNode:
				text.WriteString(n.Data)
			case n.Type == html.ElementNode && slices.Contains([]string{"script", "img", "iframe", "object", "embed", "video", "audio", "form", "base"}, n.Data):
				t.Errorf("%s: the page has <%s>", lang, n.Data)
			}
			for _, at := range n.Attr {
				if strings.HasPrefix(at.Key, "on") || at.Key == "src" {
					t.Errorf("%s: <%s %s=%q>", lang, n.Data, at.Key, at.Val)
				}
				if at.Key == "href" {
					links[at.Val] = true
				}
			}
		}
		if regexp.MustCompile(`url\(|@import`).MatchString(index) {
			t.Errorf("%s: the style loads something", lang)
		}
		for _, want := range []string{c.Title, "А. П. Иванова", c.Link.String(), site.Fingerprint(a.Chain), "two", map[string]string{"ru": "Открыть в Lectern", "en": "Open in Lectern"}[lang]} {
			if !strings.Contains(text.String(), want) {
				t.Errorf("%s: the page does not say %q", lang, want)
			}
		}
		for _, want := range []string{c.Link.String(), "p/course-1.lectern", "changes.xml"} {
			if !links[want] {
				t.Errorf("%s: no link to %s, only %v", lang, want, links)
			}
		}
		if !strings.Contains(index, "<svg") || !strings.Contains(index, `lang="`+lang+`"`) {
			t.Errorf("%s: no code, or no language", lang)
		}
		var atom struct {
			ID      string `xml:"id"`
			Entries []struct {
				Title   string `xml:"title"`
				Content string `xml:"content"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal([]byte(changes), &atom); err != nil || len(atom.Entries) != 1 || !strings.Contains(atom.Entries[0].Title, `<b>"x"`) {
			t.Errorf("%s: %+v, %v", lang, atom, err)
		}
	}
}

// A folder whose place is not known yet offers the file.
func TestPageWithoutAddress(t *testing.T) {
	a := feedtest.NewAuthor(t)
	c := a.Course()
	c.Link = feed.Link{}
	index, _ := page(t, c, a.Build(1, feedtest.Notes(9, 1), nil, nil, day(0), nil), a)
	if strings.Contains(index, "lectern:") || strings.Contains(index, "<svg") || !strings.Contains(index, "p/course-1.lectern") {
		t.Error(index)
	}
}

func TestCancel(t *testing.T) {
	d := disk(t, t.TempDir())
	a := feedtest.NewAuthor(t)
	p, err := a.Plan(d, a.Build(1, feedtest.Notes(9, 1), nil, nil, day(0), nil), a.Course(), day(0))
	if err != nil {
		t.Fatal(err)
	}
	stopped, stop := context.WithCancel(ctx)
	stop()
	if _, err := site.Write(stopped, d, p, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// Nothing that the folder's own links lead to is read or written.
func TestLinksOutOfTheFolder(t *testing.T) {
	out := t.TempDir()
	dir := t.TempDir()
	if err := os.Symlink(out, filepath.Join(dir, "p")); err != nil {
		t.Skip("no links here")
	}
	d := disk(t, dir)
	a := feedtest.NewAuthor(t)
	p, err := a.Plan(d, a.Build(1, feedtest.Notes(9, 1), nil, nil, day(0), nil), a.Course(), day(0))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := site.Write(ctx, d, p, nil); err == nil {
		t.Error("it is written")
	}
	if left := names(t, out); len(left) != 0 {
		t.Error(left)
	}
}
