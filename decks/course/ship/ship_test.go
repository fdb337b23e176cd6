package ship_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"lectern/assets/i18n"
	"lectern/decks/course"
	"lectern/decks/course/ship"
	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/feed/poll"
	"lectern/decks/feed/site"
	"lectern/decks/release"
	"lectern/decks/release/sign"
	"lectern/decks/release/trust"
	"lectern/decks/source"
)

var (
	ctx   = context.Background()
	start = time.Date(2027, 2, 3, 10, 0, 0, 0, time.UTC)
)

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

// desk is an author's computer: a course, a folder to publish in, a store of keys.
type desk struct {
	t           *testing.T
	dir, folder string
	store       ship.Store
	root        sign.Secret
	now         time.Time
}

const head = "---\nlectern: 1\ndeck: dk4m9x7c2k\ntitle: Языковые модели\nlang: ru\nauthor: А. П. Иванова\nfeed: https://example.org/llm/feed.json\n---\n\n# Лекция 1\n\n"

func newDesk(t *testing.T, simple bool) *desk {
	d := &desk{t: t, dir: filepath.Join(t.TempDir(), "course"), folder: filepath.Join(t.TempDir(), "public"), store: ship.Store{Dir: filepath.Join(t.TempDir(), "keys")}, now: start}
	if err := os.MkdirAll(filepath.Join(d.dir, "media"), 0o755); err != nil {
		t.Fatal(err)
	}
	d.write("media/kv.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>`)
	text := head
	for _, s := range []string{"токен", "словарь", "внимание", "слой", "градиент"} {
		text += "Вопрос: Что такое " + s + "?\nОтвет: Это " + s + ", часть модели.\n\n"
	}
	d.write("course.md", text+"Вопрос: Что на схеме?\nОтвет: Кэш.\n\n![Схема](media/kv.svg)\n")
	d.fmt()
	var err error
	if d.root, _, err = ship.Begin(d.dir, ship.Author{Name: "А. П. Иванова", Deck: "dk4m9x7c2k", Simple: simple}, d.store); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *desk) write(name, text string) {
	d.t.Helper()
	if err := os.WriteFile(filepath.Join(d.dir, name), []byte(text), 0o644); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) read(name string) string {
	d.t.Helper()
	b, err := os.ReadFile(filepath.Join(d.dir, name))
	if err != nil {
		d.t.Fatal(err)
	}
	return string(b)
}

func (d *desk) fmt() {
	d.t.Helper()
	if _, err := course.Fmt(ctx, d.dir, source.Options{}); err != nil {
		d.t.Fatal(err)
	}
}

// edit changes the text of the course.
func (d *desk) edit(old, new string) {
	d.t.Helper()
	text := d.read("course.md")
	if !strings.Contains(text, old) {
		d.t.Fatalf("%q is not in %s", old, text)
	}
	d.write("course.md", strings.Replace(text, old, new, 1))
	d.fmt()
}

func (d *desk) publication() ship.Publication {
	return ship.Publication{Options: ship.Options{Now: d.now, AllMinor: true}}
}

func (d *desk) publish() (ship.Published, error) {
	return ship.Publish(ctx, d.dir, d.folder, d.store, d.publication())
}

func (d *desk) mustPublish() ship.Published {
	d.t.Helper()
	p, err := d.publish()
	if err != nil {
		d.t.Fatal(err)
	}
	return p
}

// clone is what another computer has after it has taken over everything.
func (d *desk) clone() *desk {
	d.t.Helper()
	c := *d
	c.dir, c.folder = filepath.Join(d.t.TempDir(), "course"), filepath.Join(d.t.TempDir(), "public")
	d.pull(&c)
	return &c
}

// pull brings another computer up to date.
func (d *desk) pull(to *desk) {
	d.t.Helper()
	for from, where := range map[string]string{d.dir: to.dir, d.folder: to.folder} {
		if err := os.RemoveAll(where); err != nil {
			d.t.Fatal(err)
		}
		if _, err := os.Stat(from); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := os.CopyFS(where, os.DirFS(from)); err != nil {
			d.t.Fatal(err)
		}
	}
}

// student polls the folder and fetches what is new.
func (d *desk) student(s poll.Source) (*poll.Delivery, error) {
	d.t.Helper()
	c := &poll.Client{Clock: func() time.Time { return d.now }, Temp: d.t.TempDir()}
	l := feed.FileLink(filepath.Join(d.folder, feed.Name))
	l.Key, s.Link = s.Link.Key, l
	n, _, err := c.Check(ctx, s, poll.State{})
	if err != nil {
		return nil, err
	}
	if n.Unreached != nil {
		d.t.Fatal(n.Unreached)
	}
	got, err := c.Fetch(ctx, s, n, poll.Have{}, nil)
	if err == nil {
		d.t.Cleanup(func() { got.Close() })
	}
	return got, err
}

func TestBegin(t *testing.T) {
	d := newDesk(t, false)
	chain, err := ship.Trust(d.dir)
	if err != nil || chain.Last().N != 1 || !chain.Rooted(d.root.Public()) || chain.Last().Author != "А. П. Иванова" {
		t.Fatalf("%+v, %v", chain.Last(), err)
	}
	key, signer, err := d.store.Find(chain.Last().Sign)
	if err != nil || !key.Public().Equal(signer.Public) {
		t.Fatal(err)
	}
	if _, err := ship.RootKey(chain, d.store); !fault.Is(err, fault.NoRootKey) {
		t.Errorf("the root key lies on the disk: %v", err)
	}
	entries, err := os.ReadDir(d.store.Dir)
	if err != nil || len(entries) != 1 {
		t.Fatal(entries, err)
	}
	if info, _ := entries[0].Info(); runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the key may be read by %v", info.Mode())
	}
	_, _, err = ship.Begin(d.dir, ship.Author{Name: "x", Deck: "dk4m9x7c2k"}, d.store)
	wantFault(t, err, fault.HasKeys)
	other := t.TempDir()
	_, _, err = ship.Begin(other, ship.Author{Name: "x", Deck: "dk1"}, ship.Store{Dir: filepath.Join(other, "a", "keys")})
	wantFault(t, err, fault.KeyInCourse)
	_, _, err = ship.Begin(other, ship.Author{Deck: "dk1"}, d.store)
	wantFault(t, err, fault.NoAuthor)
	if left, _ := os.ReadDir(other); len(left) != 0 {
		t.Errorf("%v is left", left)
	}
	simple := newDesk(t, true)
	chain, err = ship.Trust(simple.dir)
	if err != nil {
		t.Fatal(err)
	}
	if root, err := ship.RootKey(chain, simple.store); err != nil || !root.Public().Equal(simple.root.Public()) {
		t.Error(err)
	}
}

// The page holds the key in a form that is read back, and does not go into the course.
func TestRootPage(t *testing.T) {
	d := newDesk(t, false)
	chain, err := ship.Trust(d.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range i18n.Languages {
		page, err := ship.RootPage(i18n.New(lang), d.root, chain, "Языковые <модели>", start)
		if err != nil {
			t.Fatal(err)
		}
		code, err := d.root.Code()
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range append(strings.Split(code, "\n"), "Языковые &lt;модели&gt;", site.Fingerprint(chain), "<svg", `lang="`+lang+`"`) {
			if !bytes.Contains(page, []byte(want)) {
				t.Errorf("%s: the page lacks %q", lang, want)
			}
		}
		name := filepath.Join(t.TempDir(), "root.html")
		if err := ship.WriteRootPage(name, d.dir, page); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(name); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Error(info.Mode(), err)
		}
		wantFault(t, ship.WriteRootPage(filepath.Join(d.dir, "media", "root.html"), d.dir, page), fault.KeyInCourse)
		typed := filepath.Join(t.TempDir(), "typed.txt")
		if err := os.WriteFile(typed, []byte(strings.ToLower(code)), 0o600); err != nil {
			t.Fatal(err)
		}
		if key, err := ship.ReadKey(typed); err != nil || !key.Public().Equal(d.root.Public()) {
			t.Error(err)
		}
		_, err = ship.ParseKey([]byte(strings.Replace(code, code[:4], "ZZZZ", 1)))
		wantFault(t, err, fault.MistypedKey)
		_, err = ship.ParseKey([]byte("потерял"))
		wantFault(t, err, fault.MistypedKey)
		_, err = ship.ParseKey(nil)
		wantFault(t, err, fault.ShortKey)
	}
}

func TestPublish(t *testing.T) {
	d := newDesk(t, false)
	p := d.mustPublish()
	if !p.New || p.Seq != 1 || p.Link != "lectern:https://example.org/llm/feed.json#"+d.root.Public().String() || p.Changes.New != 6 {
		t.Errorf("%+v", p)
	}
	// The same again changes nothing.
	d.now = start.Add(time.Hour)
	if p = d.mustPublish(); p.New || p.Seq != 1 || p.Files != 0 {
		t.Errorf("%+v", p)
	}
	d.now = start.AddDate(0, 0, 7)
	d.edit("Это токен, часть модели.", "Это токен, часть словаря модели.")
	pub := d.publication()
	pub.AllMinor, pub.Label, pub.NextBy, pub.MinApp, pub.Mirrors = true, "Лекция 1", "2027-03-01", "1.0", []string{"https://mirror.example.org/feed.json"}
	p, err := ship.Publish(ctx, d.dir, d.folder, d.store, pub)
	if err != nil || !p.New || p.Seq != 2 || p.Feed.NextBy != "2027-03-01" || p.Feed.URLs[0] != pub.Mirrors[0] || p.Feed.Latest().Delta.From != 1 {
		t.Fatalf("%+v, %v", p, err)
	}
	got, err := d.student(poll.Source{Link: feed.Link{Key: d.root.Public()}})
	if err != nil {
		t.Fatal(err)
	}
	if s := got.Statement; s.Label != "Лекция 1" || s.MinApp != "1.0" || s.Content.Notes != 6 || s.Media.Count != 1 || !strings.Contains(s.Notes, "токен") {
		t.Errorf("%+v", s)
	}
	if b, err := got.ReadMedia(got.Media[0]); err != nil || !bytes.Contains(b, []byte("<svg")) {
		t.Errorf("%q, %v", b, err)
	}
	// Without a word about mirrors they stay; the promise of a next release does not.
	d.edit("Это слой, часть модели.", "Это слой в модели.")
	pub = d.publication()
	pub.AllMinor = true
	if p, err = ship.Publish(ctx, d.dir, d.folder, d.store, pub); err != nil || len(p.Feed.URLs) != 1 || p.Feed.NextBy != "" {
		t.Errorf("%+v, %v", p.Feed, err)
	}
}

// The same course, moment and key give the same bytes, wherever it is built.
func TestReproducible(t *testing.T) {
	d := newDesk(t, false)
	other := d.clone()
	var files [][]byte
	for _, x := range []*desk{d, other} {
		r, err := ship.Build(ctx, x.dir, nil, x.store, ship.Options{Now: start})
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(t.TempDir(), "course.lectern")
		if err := r.WriteFile(ctx, name); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, b)
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("two builds of one course differ")
	}
}

func TestBuildFromPackage(t *testing.T) {
	d := newDesk(t, false)
	name := filepath.Join(t.TempDir(), "course-1.lectern")
	first, err := ship.Build(ctx, d.dir, nil, d.store, ship.Options{Now: start})
	if err != nil {
		t.Fatal(err)
	}
	if err := first.WriteFile(ctx, name); err != nil {
		t.Fatal(err)
	}
	last, err := ship.ReadLast(ctx, name, d.dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = ship.Build(ctx, d.dir, last, d.store, ship.Options{Now: start})
	wantFault(t, err, fault.NothingNew)
	d.edit("Это слой, часть модели.", "Это слой в модели.")
	second, err := ship.Build(ctx, d.dir, last, d.store, ship.Options{Now: start, AllMinor: true, Notes: "Мелочи"})
	if err != nil || second.Statement.Seq != 2 || second.Statement.Delta.Seq != 1 || second.Statement.Notes != "Мелочи" || second.Statement.Prev != first.Statement.Content.Hash {
		t.Fatalf("%+v, %v", second, err)
	}
	if got, _, err := release.Apply(last.Release, second.Delta); err != nil || got.Hash != second.Statement.Content.Hash {
		t.Error(err)
	}
	// Of a stranger none is gone on from.
	stranger := newDesk(t, false)
	_, err = ship.ReadLast(ctx, name, stranger.dir)
	wantFault(t, err, fault.OtherAuthor)
	_, err = ship.ReadLast(ctx, filepath.Join(d.dir, "course.md"), d.dir)
	wantFault(t, err, fault.NotAPackage)
}

func TestRefused(t *testing.T) {
	d := newDesk(t, false)
	d.mustPublish()
	before := d.read("published.json")
	// A course that check refuses.
	good := d.read("course.md")
	d.write("course.md", good+"\nкакой-то текст между карточками\nВопрос: x?\n")
	var mistakes source.Errors
	if _, err := d.publish(); !errors.As(err, &mistakes) {
		t.Errorf("%v", err)
	}
	d.write("course.md", good)
	// A change about which the author has to decide.
	d.edit("Ответ: Это внимание, часть модели.", "Ответ: Совсем другое: взвешенная сумма значений по всем позициям входа.")
	p := d.publication()
	p.AllMinor = false
	_, err := ship.Publish(ctx, d.dir, d.folder, d.store, p)
	wantFault(t, err, fault.UnsettledCards)
	// A promise for the past.
	p = d.publication()
	p.NextBy = "2026-01-01"
	_, err = ship.Publish(ctx, d.dir, d.folder, d.store, p)
	wantFault(t, err, fault.BadArgument)
	if d.read("published.json") != before {
		t.Error("something is remembered")
	}
	// Addresses that are none.
	for _, mirror := range []string{"ftp://example.org/feed.json", "file:///srv/feed.json", "example"} {
		p = d.publication()
		p.Mirrors = []string{mirror}
		_, err = ship.Publish(ctx, d.dir, d.folder, d.store, p)
		wantFault(t, err, fault.BadAddress)
	}
	// Nobody's keys.
	p = d.publication()
	p.NextBy = ""
	_, err = ship.Publish(ctx, d.dir, d.folder, ship.Store{Dir: t.TempDir()}, p)
	wantFault(t, err, fault.NoSigningKey)
	if err := os.RemoveAll(filepath.Join(d.dir, "trust")); err != nil {
		t.Fatal(err)
	}
	_, err = d.publish()
	wantFault(t, err, fault.NoKeys)
}

// A13: a file that is lost does not retire a chapter.
func TestAttackA13LostFile(t *testing.T) {
	d := newDesk(t, false)
	d.mustPublish()
	text := d.read("course.md")
	i := strings.Index(text, "Вопрос: Что такое внимание")
	d.write("course.md", text[:i])
	if _, err := course.Fmt(ctx, d.dir, source.Options{RetireAll: true}); err != nil {
		t.Fatal(err)
	}
	_, err := d.publish()
	wantFault(t, err, fault.ManyRetired)
	p := d.publication()
	p.Retire = true
	if out, err := ship.Publish(ctx, d.dir, d.folder, d.store, p); err != nil || out.Changes.Retired+len(out.Changes.Forgotten) != 4 {
		t.Errorf("%+v, %v", out.Changes, err)
	}
}

// A16: two people publish from two computers. Whoever has not taken over what the other
// did is told so, and no number is given twice.
func TestAttackA16TwoComputers(t *testing.T) {
	a := newDesk(t, false)
	a.mustPublish()
	b := a.clone()
	a.edit("Это слой, часть модели.", "Это слой в модели.")
	a.now = start.AddDate(0, 0, 1)
	if p := a.mustPublish(); p.Seq != 2 {
		t.Fatalf("%+v", p)
	}
	b.edit("Это токен, часть модели.", "Это токен в модели.")
	b.now = start.AddDate(0, 0, 2)

	// The folder is shared, the sources are old.
	folder := b.folder
	b.folder = a.folder
	_, err := b.publish()
	wantFault(t, err, fault.CourseBehind)
	b.folder = folder

	// The sources are new, the folder is old.
	text := b.read("course.md")
	b.write("published.json", a.read("published.json"))
	_, err = b.publish()
	wantFault(t, err, fault.FolderBehind)

	a.pull(b)
	b.write("course.md", text)
	b.fmt()
	if p := b.mustPublish(); p.Seq != 3 {
		t.Errorf("%+v", p)
	}
	// In the meantime the first has made another 3.
	a.edit("Это градиент, часть модели.", "Это градиент в модели.")
	if p := a.mustPublish(); p.Seq != 3 {
		t.Errorf("%+v", p)
	}
	a.folder = b.folder
	_, err = a.publish()
	wantFault(t, err, fault.TwoReleases)
}

// The site is looked at before anything is signed.
func TestSiteAhead(t *testing.T) {
	a := newDesk(t, false)
	host := httptest.NewServer(http.FileServer(http.Dir(a.folder)))
	t.Cleanup(host.Close)
	a.edit("https://example.org/llm/feed.json", host.URL+"/feed.json")
	live := func(d *desk) (ship.Published, error) {
		p := d.publication()
		p.AllMinor, p.Live = true, &poll.Client{Clock: func() time.Time { return d.now }}
		return ship.Publish(ctx, d.dir, d.folder, d.store, p)
	}
	if p, err := live(a); err != nil || p.Unreached == nil {
		t.Fatalf("%+v, %v", p, err) // nothing is there yet, which is no reason to stop
	}
	b := a.clone()
	a.edit("Это слой, часть модели.", "Это слой в модели.")
	if p, err := live(a); err != nil || p.Seq != 2 || p.Unreached != nil {
		t.Fatalf("%+v, %v", p, err)
	}
	b.edit("Это токен, часть модели.", "Это токен в модели.")
	_, err := live(b)
	wantFault(t, err, fault.SiteAhead)
	a.pull(b)
	b.edit("Это токен, часть модели.", "Это токен в модели.")
	if p, err := live(b); err != nil || p.Seq != 3 {
		t.Fatalf("%+v, %v", p, err)
	}
}

// A run that was stopped before it could remember knows its own work afterwards.
func TestStopped(t *testing.T) {
	d := newDesk(t, false)
	d.mustPublish()
	one := d.read("published.json")
	d.edit("Это слой, часть модели.", "Это слой в модели.")
	d.mustPublish()
	state, err := site.Read(openDisk(t, d.folder))
	if err != nil {
		t.Fatal(err)
	}
	next := `, "next": {"epoch": 1, "seq": 2, "sha256": "` + state.Feed.Latest().Content + `"}`
	d.write("published.json", strings.Replace(one, "}\n}", "}"+next+"\n}", 1))
	d.edit("Это токен, часть модели.", "Это токен в модели.")
	if p := d.mustPublish(); p.Seq != 3 {
		t.Errorf("%+v", p)
	}
	// And one that was stopped before the folder changed.
	d.write("published.json", strings.Replace(d.read("published.json"), "}\n}", `}, "next": {"epoch": 1, "seq": 4, "sha256": "`+release.Hash(nil)+`"}`+"\n}", 1))
	d.edit("Это словарь, часть модели.", "Это словарь в модели.")
	if p := d.mustPublish(); p.Seq != 4 {
		t.Errorf("%+v", p)
	}
}

func openDisk(t *testing.T, dir string) *site.Disk {
	t.Helper()
	disk, err := site.OpenDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { disk.Close() })
	return disk
}

func TestRevert(t *testing.T) {
	d := newDesk(t, false)
	d.mustPublish()
	first, err := d.student(poll.Source{})
	if err != nil {
		t.Fatal(err)
	}
	d.edit("Это слой, часть модели.", "Это слой в модели.")
	d.mustPublish()
	p := d.publication()
	p.Revert = 1
	out, err := ship.Publish(ctx, d.dir, d.folder, d.store, p)
	if err != nil || out.Seq != 3 || !out.New {
		t.Fatalf("%+v, %v", out, err)
	}
	again, err := d.student(poll.Source{})
	if err != nil || again.Release.Hash != first.Release.Hash || again.Statement.Seq != 3 || again.Statement.Label != "Возврат к выпуску 1" || len(again.Media) != 1 {
		t.Errorf("%+v, %v", again, err)
	}
	p.Revert = 9
	_, err = ship.Publish(ctx, d.dir, d.folder, d.store, p)
	wantFault(t, err, fault.NoRelease)
	// What the sources say comes with the next release.
	if out := d.mustPublish(); out.Seq != 4 || !out.New {
		t.Errorf("%+v", out)
	}
}

// Another course is not published into the folder, nor another author's.
func TestForeignFolder(t *testing.T) {
	a, b := newDesk(t, false), newDesk(t, false)
	a.mustPublish()
	b.folder = a.folder
	_, err := b.publish()
	wantFault(t, err, fault.OtherAuthor)
	if err := os.Remove(filepath.Join(b.dir, source.LockName)); err != nil {
		t.Fatal(err)
	}
	b.edit("dk4m9x7c2k", "dkanother1")
	_, err = b.publish()
	wantFault(t, err, fault.AnotherCourse)
	if _, err := ship.Verify(ctx, a.folder, a.root.Public(), &poll.Client{}, nil); err != nil {
		t.Error(err)
	}
}

// A6: the walk of a stolen key: the root takes it back after release 2, the author goes
// on with a new one, and students take what he signs and nothing of the thief.
func TestAttackA6StolenKey(t *testing.T) {
	d := newDesk(t, false)
	d.mustPublish()
	d.edit("Это слой, часть модели.", "Это слой в модели.")
	d.mustPublish()
	thief := d.clone()
	thief.store.Dir = filepath.Join(t.TempDir(), "stolen")
	if err := os.CopyFS(thief.store.Dir, os.DirFS(d.store.Dir)); err != nil {
		t.Fatal(err)
	}
	before, err := ship.Trust(d.dir)
	if err != nil {
		t.Fatal(err)
	}
	stolen := before.Last().Sign[0].Public
	if _, err := ship.Revoke(d.dir, d.root, "nobody", 2, d.store); !fault.Is(err, fault.NoSuchKey) {
		t.Fatal(err)
	}
	chain, err := ship.Revoke(d.dir, d.root, stolen.Fingerprint(), 2, d.store)
	if err != nil || len(chain.Last().Revoked) != 1 || len(chain.Last().Sign) != 1 {
		t.Fatalf("%+v, %v", chain.Last(), err)
	}
	// Without a change of the course, the keys alone are published.
	if p := d.mustPublish(); p.New || p.Seq != 2 || p.Files == 0 || p.Feed.Trust != 2 {
		t.Errorf("%+v", p)
	}
	d.edit("Это токен, часть модели.", "Это токен в модели.")
	d.mustPublish()
	got, err := d.student(poll.Source{Trust: before, Link: feed.Link{Key: d.root.Public()}})
	if err != nil || got.Statement.Seq != 3 || got.Trust.Last().N != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	// The thief's releases go nowhere.
	thief.edit("Это градиент, часть модели.", "Это чушь, часть модели.")
	if p := thief.mustPublish(); p.Seq != 3 {
		t.Fatal(p.Seq)
	}
	_, err = thief.student(poll.Source{Trust: got.Trust})
	wantFault(t, err, fault.RevokedKey)
	// The everyday key makes no statements of trust.
	key, _, err := thief.store.Find(before.Last().Sign)
	if err != nil {
		t.Fatal(err)
	}
	_, err = ship.NewEpoch(thief.dir, key)
	wantFault(t, err, fault.NotRootKey)
}

// A key that is exchanged signs no more; what it has signed stays good, so that the way
// from an old release to a new one leads on.
func TestRotate(t *testing.T) {
	d := newDesk(t, false)
	d.mustPublish()
	first, err := d.student(poll.Source{Link: feed.Link{Key: d.root.Public()}})
	if err != nil {
		t.Fatal(err)
	}
	before, err := ship.Trust(d.dir)
	if err != nil {
		t.Fatal(err)
	}
	old, _, err := d.store.Find(before.Last().Sign)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := ship.Rotate(d.dir, d.root, d.store); err != nil {
			t.Fatal(err)
		}
	}
	d.edit("Это токен, часть модели.", "Это токен в модели.")
	d.mustPublish()
	got, err := d.student(poll.Source{Trust: first.Trust, Installed: first.Statement})
	if err != nil || got.Statement.Seq != 2 || len(got.Notes) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	if _, _, err := got.Trust.Verify(first.Signed.Statement, first.Signed.Signature); err != nil {
		t.Errorf("what the old key signed in its time: %v", err)
	}
	forged := first.Statement
	forged.Seq = 2
	b, err := forged.Encode()
	if err != nil {
		t.Fatal(err)
	}
	sig, err := old.Sign(b, forged.Comment())
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := got.Trust.Verify(b, sig); !errors.Is(err, trust.ErrRevoked) {
		t.Errorf("what the old key signs now: %v", err)
	}
	if v, err := ship.Verify(ctx, d.folder, d.root.Public(), &poll.Client{}, nil); err != nil || v.Releases != 2 {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestKeysChange(t *testing.T) {
	d := newDesk(t, false)
	d.mustPublish()
	// An assistant with a key of her own.
	her := ship.Store{Dir: filepath.Join(t.TempDir(), "hers")}
	public, err := ship.Own(her)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ship.AddKey(d.dir, d.root, "RWQ", "x"); !fault.Is(err, fault.BadArgument) {
		t.Error(err)
	}
	chain, err := ship.AddKey(d.dir, d.root, public.String(), "Б. Ассистент")
	if err != nil || len(chain.Last().Sign) != 2 {
		t.Fatal(err)
	}
	assistant := d.clone()
	assistant.store = her
	assistant.edit("Это слой, часть модели.", "Это слой в модели.")
	if p := assistant.mustPublish(); p.Signer.Name != "Б. Ассистент" || p.Seq != 2 {
		t.Errorf("%+v", p)
	}
	assistant.pull(d)
	// The author's own key is exchanged; hers stays.
	old := chain.Last().Sign[0].Public
	if chain, err = ship.Rotate(d.dir, d.root, d.store); err != nil || len(chain.Last().Sign) != 2 || chain.Last().Sign[0].Public.Equal(old) || chain.Last().Sign[1].Name != "Б. Ассистент" {
		t.Fatalf("%+v, %v", chain.Last(), err)
	}
	d.mustPublish()
	// So is the root, by the old one; the old one says nothing more.
	next, _, err := ship.RotateRoot(d.dir, d.root)
	if err != nil {
		t.Fatal(err)
	}
	_, err = ship.NewEpoch(d.dir, d.root)
	wantFault(t, err, fault.NotRootKey)
	if chain, err = ship.NewEpoch(d.dir, next); err != nil || chain.Last().Epoch != 2 {
		t.Fatal(err)
	}
	d.edit("Это токен, часть модели.", "Это токен в модели.")
	p := d.mustPublish()
	if p.Seq != 1 || p.Feed.Epoch != 2 || !strings.HasSuffix(p.Link, "#"+next.Public().String()) {
		t.Errorf("%+v", p)
	}
	// Students with the first link and with the new one follow.
	for _, key := range []sign.Public{d.root.Public(), next.Public()} {
		if got, err := d.student(poll.Source{Link: feed.Link{Key: key}}); err != nil || got.Statement.Epoch != 2 {
			t.Errorf("%v", err)
		}
	}
	if _, err := ship.Verify(ctx, d.folder, next.Public(), &poll.Client{}, nil); err != nil {
		t.Error(err)
	}
}

func TestVerify(t *testing.T) {
	d := newDesk(t, false)
	d.mustPublish()
	d.edit("Это слой, часть модели.", "Это слой в модели.")
	d.mustPublish()
	host := httptest.NewServer(http.FileServer(http.Dir(d.folder)))
	t.Cleanup(host.Close)
	client := &poll.Client{Clock: func() time.Time { return d.now }, Temp: t.TempDir()}
	pack := filepath.Join(d.folder, "p", "course-2.lectern")
	for _, c := range []struct {
		what, kind string
		key        sign.Public
		releases   int
		rooted     bool
	}{
		{pack, "package", sign.Public{}, 1, false},
		{pack, "package", d.root.Public(), 1, true},
		{d.folder, "folder", d.root.Public(), 2, true},
		{host.URL + "/feed.json", "address", sign.Public{}, 1, false},
		{"lectern:" + host.URL + "/feed.json#" + d.root.Public().String(), "address", sign.Public{}, 1, true},
	} {
		v, err := ship.Verify(ctx, c.what, c.key, client, nil)
		if err != nil || v.Kind != c.kind || v.Rooted != c.rooted || v.Statement.Seq != 2 || v.Releases != c.releases || v.Title != "Языковые модели" || v.Chain.Last().Author == "" {
			t.Errorf("%s: %+v, %v", c.what, v, err)
		}
	}
	other, err := sign.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{pack, d.folder, host.URL + "/feed.json"} {
		_, err := ship.Verify(ctx, what, other.Public(), client, nil)
		wantFault(t, err, fault.OtherAuthor)
	}
	_, err = ship.Verify(ctx, t.TempDir(), sign.Public{}, client, nil)
	wantFault(t, err, fault.NothingThere)
	_, err = ship.Verify(ctx, filepath.Join(d.folder, "nowhere"), sign.Public{}, client, nil)
	wantFault(t, err, fault.UnreadableFile)
	// Whatever file of the folder is damaged is found.
	err = filepath.WalkDir(d.folder, func(path string, e fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(d.folder, path)
		rel = filepath.ToSlash(rel)
		if err != nil || e.IsDir() || strings.HasPrefix(rel, ".") || rel == "index.html" || rel == "changes.xml" || strings.HasSuffix(rel, ".minisig") && strings.HasPrefix(rel, "r/") {
			return err
		}
		was, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		bad := bytes.Clone(was)
		bad[len(bad)/2] ^= 0x20
		if err := os.WriteFile(path, bad, 0o644); err != nil {
			return err
		}
		if _, err := ship.Verify(ctx, d.folder, sign.Public{}, client, nil); err == nil {
			t.Errorf("%s is damaged, and nothing is said", rel)
		}
		return os.WriteFile(path, was, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What is published is verified by the program of the system.
func TestMinisign(t *testing.T) {
	program, err := exec.LookPath("minisign")
	if err != nil {
		t.Skip("minisign is not installed")
	}
	d := newDesk(t, false)
	d.mustPublish()
	chain, err := ship.Trust(d.dir)
	if err != nil {
		t.Fatal(err)
	}
	check := func(file string, key trust.Key) string {
		out, err := exec.Command(program, "-V", "-m", filepath.Join(d.folder, file), "-P", key.Public.String()).CombinedOutput()
		if err != nil {
			t.Errorf("%s: %s", file, out)
		}
		return string(out)
	}
	if out := check("r/1/release.json", chain.Last().Sign[0]); !strings.Contains(out, "deck=dk4m9x7c2k epoch=1 seq=1") {
		t.Errorf("%s", out)
	}
	check("trust/1.json", chain.Last().Root[0])
	// The feed is the line and, below it, what minisign writes beside a file.
	file, err := os.ReadFile(filepath.Join(d.folder, feed.Name))
	if err != nil {
		t.Fatal(err)
	}
	line, sig, _ := bytes.Cut(file, []byte("\n"))
	if err := os.WriteFile(filepath.Join(d.folder, "line"), append(line, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(d.folder, "line.minisig"), sig, 0o644); err != nil {
		t.Fatal(err)
	}
	check("line", chain.Last().Sign[0])
}

func TestCancel(t *testing.T) {
	d := newDesk(t, false)
	stopped, stop := context.WithCancel(ctx)
	stop()
	_, err := ship.Publish(stopped, d.dir, d.folder, d.store, d.publication())
	wantFault(t, err, fault.Cancelled)
}

func FuzzParseKey(f *testing.F) {
	f.Add([]byte("untrusted comment: lectern secret key\nRWQ=\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if key, err := ship.ParseKey(b); err == nil && key.Public().IsZero() {
			t.Fatal("a key of nothing")
		}
	})
}
