package poll

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lectern/decks/feed"
	"lectern/decks/feed/feedtest"
	"lectern/decks/feed/site"
	"lectern/decks/release"
)

// meter counts what goes over connections, and the answers.
type meter struct {
	in, out   atomic.Int64
	same, all atomic.Int64
}

type metered struct {
	net.Conn
	m *meter
}

func (c metered) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.m.in.Add(int64(n))
	return n, err
}

func (c metered) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	c.m.out.Add(int64(n))
	return n, err
}

// transport makes connections that are counted; each student has his own.
func (m *meter) transport(*url.URL) http.RoundTripper {
	t := &http.Transport{DisableCompression: true, IdleConnTimeout: time.Second, DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := (&net.Dialer{}).DialContext(ctx, network, address)
		return metered{c, m}, err
	}}
	return counted{t, m}
}

type counted struct {
	http.RoundTripper
	m *meter
}

func (c counted) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := c.RoundTripper.RoundTrip(r)
	if err == nil {
		c.m.all.Add(1)
		if resp.StatusCode == http.StatusNotModified {
			c.m.same.Add(1)
		}
	}
	return resp, err
}

func (m *meter) bytes() int64 { return m.in.Load() + m.out.Load() }

// nginx serves a folder on this computer.
func nginx(t *testing.T, dir string) (address string) {
	t.Helper()
	program, err := exec.LookPath("nginx")
	if err != nil {
		program = "/usr/sbin/nginx" // where people who are not root do not look
		if _, err := os.Stat(program); err != nil {
			t.Skip("nginx is not installed (Debian: apt-get install nginx-light)")
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address = l.Addr().String()
	l.Close()
	work := t.TempDir()
	user := ""
	if os.Getuid() == 0 {
		user = "user root;\n"
	}
	temp := ""
	for _, kind := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		temp += kind + "_temp_path " + filepath.Join(work, kind) + ";\n"
	}
	config := fmt.Sprintf(`%sdaemon off;
pid %s/pid;
error_log %s/error.log;
worker_processes 2;
events { worker_connections 512; }
http {
access_log off;
%sserver { listen %s; root "%s"; }
}
`, user, work, work, temp, address, dir)
	name := filepath.Join(work, "nginx.conf")
	if err := os.WriteFile(name, []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "-e", filepath.Join(work, "error.log"), "-c", name)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Signal(os.Interrupt)
		cmd.Wait()
	})
	for range 200 {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			return "http://" + address
		}
		time.Sleep(20 * time.Millisecond)
	}
	log, _ := os.ReadFile(filepath.Join(work, "error.log"))
	t.Fatalf("nginx does not answer: %s", log)
	return ""
}

// A17: while ten releases are published, fifty students poll and fetch. Whatever one of
// them is given verifies and is a release that was published; in the end each has the
// last.
func TestAttackA17PublishedWhileStudentsPoll(t *testing.T) {
	students, releases := 50, 10
	if testing.Short() {
		students, releases = 12, 4
	}
	t.Run("Go's file server", func(t *testing.T) {
		dir := t.TempDir()
		host := httptest.NewServer(tagged(dir, http.FileServer(http.Dir(dir))))
		t.Cleanup(host.Close)
		whilePublishing(t, dir, host.URL, students, releases, 150*time.Millisecond)
	})
	t.Run("nginx", func(t *testing.T) {
		dir := t.TempDir()
		// Its ETag is the second and the size: two feeds of one second could look the same.
		whilePublishing(t, dir, nginx(t, dir), students, releases, 1100*time.Millisecond)
	})
}

func whilePublishing(t *testing.T, dir, host string, students, releases int, pause time.Duration) {
	a := feedtest.NewAuthor(t)
	disk := openDisk(t, dir)
	media := feedtest.Files{}
	var built []*feedtest.Built
	published := map[string]int64{} // by content
	var last *feedtest.Built
	for i := range releases + 1 {
		d := feedtest.Notes(400, i)
		d.Notes[0].Fields["answer"] += "\n\n![](" + media.Add([]byte(fmt.Sprint("picture ", i))) + ")"
		only := feedtest.Files{}
		only.Add([]byte(fmt.Sprint("picture ", i)))
		last = a.Build(int64(i+1), d, only, last, start.AddDate(0, 0, i), nil)
		built = append(built, last)
		published[last.Package.Release.Hash] = int64(i + 1)
	}
	publish := func(b *feedtest.Built, now time.Time) error {
		p, err := a.Plan(disk, b, a.Course(), now)
		if err != nil {
			return err
		}
		_, err = site.Write(ctx, disk, p, nil)
		return err
	}
	if err := publish(built[0], start); err != nil {
		t.Fatal(err)
	}
	var m meter
	var fetched, byDelta, polls atomic.Int64
	var done atomic.Bool
	var wg sync.WaitGroup
	for i := range students {
		wg.Go(func() {
			now := start
			c := Client{Clock: func() time.Time { return now }, Temp: t.TempDir(), transport: m.transport}
			s := Source{Link: feed.Link{Address: host + "/feed.json", Key: a.Root.Public()}}
			var st State
			have := Have{}
			for chance := rand.New(rand.NewPCG(1, uint64(i))); ; {
				ending := done.Load()
				n, next, err := c.Check(ctx, s, st)
				if err != nil || n.Unreached != nil {
					t.Errorf("student %d: %v, %v", i, err, n.Unreached)
					return
				}
				polls.Add(1)
				st, now = next, now.Add(12*time.Hour)
				if len(n.Fresh) > 0 {
					d, err := c.Fetch(ctx, s, n, have, nil)
					if err != nil {
						t.Errorf("student %d: %v", i, err)
						return
					}
					seq := published[d.Release.Hash]
					if seq == 0 || seq != d.Statement.Seq || len(d.Media) != 1 {
						t.Errorf("student %d has a release that nobody made", i)
					}
					if b, err := d.ReadMedia(d.Media[0]); err != nil || string(b) != fmt.Sprint("picture ", seq-1) {
						t.Errorf("student %d: %q, %v", i, b, err)
					}
					fetched.Add(1)
					if d.ByDelta {
						byDelta.Add(1)
					}
					s.Trust, s.Installed, have = d.Trust, d.Statement, Have{Release: release.Release{Deck: d.Release.Deck, Hash: d.Release.Hash}}
					d.Close()
				}
				if ending {
					if s.Installed.Seq != int64(releases+1) {
						t.Errorf("student %d ends with release %d", i, s.Installed.Seq)
					}
					return
				}
				time.Sleep(time.Duration(20+chance.IntN(60)) * time.Millisecond)
			}
		})
	}
	for i, b := range built[1:] {
		time.Sleep(pause)
		if err := publish(b, start.AddDate(0, 0, i+1)); err != nil {
			t.Error(err)
		}
	}
	time.Sleep(pause) // nginx looks at seconds
	done.Store(true)
	wg.Wait()
	if m.same.Load() == 0 || byDelta.Load() == 0 {
		t.Errorf("%d answers that nothing is new, %d deltas", m.same.Load(), byDelta.Load())
	}
	per := float64(m.bytes()) / float64(students)
	t.Logf("%d students, %d polls, %d releases fetched, %d of them by delta; %d requests, %d answered with 304; %.2f MB in all, %.0f kB a student; for 100,000 students %.1f GB",
		students, polls.Load(), fetched.Load(), byDelta.Load(), m.all.Load(), m.same.Load(), float64(m.bytes())/1e6, per/1e3, per*100_000/1e9)
}

// What a student of a large course costs its host: a first install, a poll without news,
// a release in which 20 of 10,000 cards change.
func TestBytesOfALargeCourse(t *testing.T) {
	notes := 10_000
	if testing.Short() {
		notes = 1_000
	}
	w := newWorld(t)
	var m meter
	w.Client.transport = m.transport
	d := feedtest.Notes(notes, 0)
	first := w.Build(1, d, nil, nil, w.now, nil)
	w.Publish(w.disk, first, w.now)
	took := func(what func()) int64 {
		before := m.bytes()
		what()
		return m.bytes() - before
	}
	install := took(func() {
		d, err := w.Fetch(ctx, w.s, w.mustCheck(), Have{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		d.Close()
	})
	have := w.have(first)
	poll := took(func() { w.mustCheck() })
	for i := range 20 {
		d.Notes[i*notes/20].Fields["answer"] = "Исправленный ответ " + release.Hash([]byte{byte(i)})
	}
	w.Publish(w.disk, w.Build(2, d, nil, first, day(7), nil), day(7))
	update := took(func() {
		d, err := w.Fetch(ctx, w.s, w.mustCheck(), have, nil)
		if err != nil || !d.ByDelta {
			t.Fatal(d, err)
		}
		d.Close()
	})
	if poll > 700 || update > 24_000 {
		t.Errorf("a poll costs %d bytes, an update %d", poll, update)
	}
	month := 30*poll + 4*update
	t.Logf("%d notes: install %d B, poll %d B, update of 20 cards %d B; 100,000 students with a release a week %.1f GB a month without TLS, their first install %.0f GB once",
		notes, install, poll, update, float64(month)*100_000/1e9, float64(install)*100_000/1e9)
}
