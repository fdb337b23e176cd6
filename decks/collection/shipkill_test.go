package collection_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/merge"
	"lectern/decks/release/pack"
	"lectern/decks/release/releasetest"
	"lectern/decks/release/trust"
	"lectern/scheduler"
)

// shipEnv names the folder of a collection into which the copy of a test that runs in a
// process of its own installs the package beside it.
const shipEnv = "LECTERN_TEST_SHIP"

// begun is looked for when an install begins, so that it can be told from the start.
const begun = "lectern-test-begun"

// TestInstallInside is the process that is killed.
func TestInstallInside(t *testing.T) {
	dir := os.Getenv(shipEnv)
	if dir == "" {
		t.Skip("it is killed by other tests")
	}
	runtime.LockOSThread() // what is counted by thread is counted here
	d := &desk{t: t, dir: dir, now: morning.AddDate(0, 0, 9)}
	d.open()
	_, _ = os.Stat(begun)
	fmt.Println(begun)
	_, err := installs(d, dir+".lectern")
	d.ok(err)
	d.ok(d.Close())
	fmt.Println("done")
}

// installs accepts a package with decisions.
func installs(d *desk, path string) (collection.InstallResult, error) {
	file, err := os.ReadFile(path)
	d.ok(err)
	pinned, err := d.Pinned(ctx, "llm")
	d.ok(err)
	p, err := pack.Open(ctx, bytes.NewReader(file), int64(len(file)), pinned)
	d.ok(err)
	o, err := d.Offer(ctx, collection.Opened(p, "course.lectern"))
	d.ok(err)
	return d.Accept(ctx, o, collection.Decisions{Undecided: merge.ChooseBoth, Leave: map[string]bool{"cache": true, "head": true},
		Texts: map[collection.TextOf]merge.Choice{{Note: "model", Field: decks.Back}: merge.ChooseTheirs}}, nil)
}

// crash is an install or an update, and what the collection says before and after it.
type crash struct {
	t               *testing.T
	from            string // a closed collection, copied for each try
	pack            []byte
	old, now        string // the state
	log             string // what was ever said before
	media, nowMedia []string
	tries           int
	kept            int // tries that left the old state
}

func newCrash(t *testing.T, from *desk, file []byte) *crash {
	t.Helper()
	c := &crash{t: t, from: from.dir, pack: file, old: from.dump(state), log: from.dump(layers), media: pictures(t, from.dir)}
	from.ok(from.Close())
	d := c.copy()
	d.open()
	_, err := installs(d, d.dir+".lectern")
	d.ok(err)
	c.now, c.nowMedia = d.dump(state), pictures(t, d.dir)
	d.ok(d.Close())
	if c.now == c.old {
		t.Fatal("the install does nothing")
	}
	return c
}

func pictures(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(dir, "media"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// copy makes another collection like the one before the install.
func (c *crash) copy() *desk {
	c.t.Helper()
	c.tries++
	d := &desk{t: c.t, dir: filepath.Join(filepath.Dir(c.from), fmt.Sprint("try", c.tries)), now: morning.AddDate(0, 0, 9)}
	d.ok(os.CopyFS(d.dir, os.DirFS(c.from)))
	d.ok(os.WriteFile(d.dir+".lectern", c.pack, 0o600))
	return d
}

// command runs the install in a process of its own.
func (c *crash) command(ctx context.Context, d *desk, before ...string) *exec.Cmd {
	args := append(before, os.Args[0], "-test.run=^TestInstallInside$", "-test.v")
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env = append(os.Environ(), shipEnv+"="+d.dir)
	return cmd
}

// after opens what a killed process left: the state before or after the install, nothing
// between and nothing beside; and the install can be made.
func (c *crash) after(d *desk, when string) {
	c.t.Helper()
	d.open()
	is := d.dump(state)
	want, log := c.media, d.dump(layers)
	switch {
	case is == c.old && log == c.log:
		c.kept++
	case is == c.now:
		want = c.nowMedia
	default:
		c.t.Fatalf("killed %s, the collection is neither old nor new:\n%s\n%s\n%s", when, difference(c.old, is), difference(c.now, is), difference(c.log, log))
	}
	if have := pictures(c.t, d.dir); strings.Join(have, " ") != strings.Join(want, " ") {
		c.t.Fatalf("killed %s, the pictures are %q, not %q", when, have, want)
	}
	for _, pattern := range []string{".lectern-tmp-*", ".lectern-install-*", "*/.lectern-*"} {
		if left, err := filepath.Glob(filepath.Join(d.dir, pattern)); err != nil || len(left) > 0 {
			c.t.Fatalf("killed %s, it left %q, %v", when, left, err)
		}
	}
	d.sound()
	if _, err := installs(d, d.dir+".lectern"); err != nil {
		c.t.Fatalf("killed %s: %v", when, err)
	}
	if now := d.dump(state); now != c.now {
		c.t.Fatalf("killed %s and installed again: %s", when, difference(c.now, now))
	}
	d.ok(d.Close())
	d.ok(os.RemoveAll(d.dir))
}

// crashes are a first install and an update, both with pictures.
func crashes(t *testing.T) map[string]*crash {
	t.Helper()
	a := releasetest.New(t, "А. П. Иванова", "llm")
	files := releasetest.Files{}
	var names []string
	for i := range 4 {
		names = append(names, files.Add(fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg"><text>%d</text></svg>`, i))+".svg")
	}
	only := func(names ...string) releasetest.Files {
		out := releasetest.Files{}
		for _, name := range names {
			hash, _, _ := strings.Cut(name, ".")
			out[hash] = files[hash]
		}
		return out
	}
	shows := func(d *decks.Deck, id, name string) {
		note(d, id).Fields[decks.Back] += "\n\n![Схема](" + name + ")"
	}
	first := a.Package(t, 1, llm(func(d *decks.Deck) {
		shows(d, "token", names[0])
		shows(d, "model", names[1])
	}), only(names[:2]...), nil)
	second := a.Package(t, 2, llm(func(d *decks.Deck) {
		note(d, "token").Fields[decks.Back] = "Часть слова."
		note(d, "model").Fields[decks.Back] = "Программа с миллиардами весов."
		note(d, "cache").Fields[decks.Back] = "Всё."
		note(d, "softmax").Major++
		shows(d, "token", names[0])
		shows(d, "model", names[2])
		d.Notes = append(d.Notes, question("head", "Что такое голова?", "Сумма.\n\n![Схема]("+names[3]+")"))
	}), only(names[0], names[2], names[3]), nil)

	empty := newDesk(t)
	studied := newDesk(t)
	d := &reader{studied}
	p, err := pack.Open(ctx, bytes.NewReader(first), int64(len(first)), trust.Chain{})
	d.ok(err)
	o, err := d.Offer(ctx, collection.Opened(p, "course.lectern"))
	d.ok(err)
	_, err = d.Accept(ctx, o, collection.Decisions{}, nil)
	d.ok(err)
	for range 3 {
		d.study(collection.Scope{})
		d.now = d.now.AddDate(0, 0, 2)
	}
	d.answer("softmax/c1", scheduler.Good)
	d.ok(d.Edit(ctx, "token", decks.Back, "Моё."))
	d.ok(d.Edit(ctx, "model", decks.Back, "Тоже моё."))
	return map[string]*crash{"first install": newCrash(t, empty, first), "update": newCrash(t, studied, second)}
}

// Killed at any moment, a hundred times.
func TestInstallIsKilled(t *testing.T) {
	times := 50
	if testing.Short() {
		times = 8
	}
	for name, c := range crashes(t) {
		t.Run(name, func(t *testing.T) {
			c.t = t
			longest := 50 * time.Millisecond
			for i := range times {
				d := c.copy()
				d.t = t
				cmd := c.command(ctx, d)
				out, err := cmd.StdoutPipe()
				d.ok(err)
				d.ok(cmd.Start())
				lines := bufio.NewScanner(out)
				for lines.Scan() && !strings.Contains(lines.Text(), begun) {
				}
				start := time.Now()
				after := time.Duration(rand.Int64N(int64(longest)))
				if i == 0 {
					for lines.Scan() && lines.Text() != "done" { // how long it takes
					}
					longest = max(10*time.Millisecond, time.Since(start))
				} else {
					time.Sleep(after)
				}
				_ = cmd.Process.Kill() // it may be done
				_ = cmd.Wait()
				c.after(d, fmt.Sprintf("after %v", after))
			}
			t.Logf("killed %d times within %v: the old state %d times", times, longest, c.kept)
		})
	}
}
