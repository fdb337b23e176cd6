package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"lectern/assets/i18n"
	"lectern/decks/collection"
)

// ordeal is work that is broken off in its middle.
type ordeal struct {
	name string
	args []string // of lecternctl, run in the ordeal's folder
	// sizes are the numbers of answers and cards that the collection may have
	// afterwards: without the work and with it.
	before, after [2]int
	fresh         bool // there is no collection before
	output        string
}

// Importing, updating, backing up and restoring are killed, or interrupted, at
// moments spread over the time they take. What was there before is whole, the
// work is done or not begun, and it can be done again.
func TestBrokenOff(t *testing.T) {
	template := t.TempDir()
	reviews := prepareOrdeals(t, template)
	kills, interrupts := 8, 5
	if testing.Short() {
		kills, interrupts = 3, 2
	}
	if runtime.GOOS == "windows" {
		interrupts = 0 // no program can be sent one there
	}
	seed := uint64(time.Now().UnixNano())
	rnd := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	for _, o := range []ordeal{
		{name: "a new collection", args: []string{"import", "big.md"}, fresh: true, after: [2]int{0, bigCourse}},
		{name: "import", args: []string{"import", "big.md"}, before: [2]int{10, 30}, after: [2]int{10, 30 + bigCourse}},
		{name: "update", args: []string{"import", "small.md"}, before: [2]int{10, 30}, after: [2]int{10, 31}},
		{name: "backup", args: []string{"backup", "mine.zip"}, before: [2]int{10, 30}, after: [2]int{10, 30}, output: "mine.zip"},
		{name: "restore", args: []string{"restore", "old.zip"}, before: [2]int{10, 30}, after: [2]int{4, 30}},
	} {
		t.Run(o.name, func(t *testing.T) {
			whole := o.start(t, template)
			begun := time.Now()
			if out, err := whole.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			took := time.Since(begun)
			done, stopped := 0, 0
			for i := range kills + interrupts {
				with, rounds, turn := os.Kill, kills, i
				if i >= kills {
					with, rounds, turn = os.Interrupt, interrupts, i-kills
				}
				wait := time.Duration((float64(turn) + rnd.Float64()) / float64(rounds) * float64(took))
				if o.breakOff(t, template, with, wait, reviews) {
					done++
				} else {
					stopped++
				}
				if t.Failed() {
					t.Fatalf("%v after %v", with, wait)
				}
			}
			t.Logf("broken off %d times within %v; %d times it was done all the same", stopped, took, done)
			if stopped == 0 {
				t.Error("it was never broken off")
			}
		})
	}
}

const bigCourse = 600 // cards

// prepareOrdeals makes a collection of 30 cards with 10 answers, a backup of when
// it had 4, a large course and a newer version of the one that is there. It
// returns what was acknowledged, by the number of answers.
func prepareOrdeals(t *testing.T, dir string) map[int]acknowledged {
	t.Helper()
	course := func(id string, n int) []byte {
		var b strings.Builder
		fmt.Fprintf(&b, "---\nlectern: 1\ndeck: %s\ntitle: %s\n---\n\n# One\n<!-- section: s1 -->\n", id, id)
		for i := range n {
			fmt.Fprintf(&b, "\nQuestion: What is %d of %s?\nAnswer: A number.\n<!-- ^%s%d -->\n", i, id, id, i)
		}
		return []byte(b.String())
	}
	write := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("big.md", course("big", bigCourse))
	write("small.md", course("small", 30))
	col := filepath.Join(dir, "col")
	lecternctl := func(args ...string) {
		if _, stderr, code := call(t, col, firstDay, args...); code != exitOK {
			t.Fatalf("%v: %s", args, stderr)
		}
	}
	lecternctl("import", filepath.Join(dir, "small.md"))
	now := firstDay
	answer := func(n int) acknowledged {
		c, err := collection.Open(t.Context(), col, collection.Options{Clock: func() time.Time { return now }})
		if err != nil {
			t.Fatal(err)
		}
		ack := newAcknowledged()
		if err := errors.Join(answerUntil(t.Context(), c, &now, &ack, n), c.Close()); err != nil {
			t.Fatal(err)
		}
		return ack
	}
	first := answer(4)
	lecternctl("backup", filepath.Join(dir, "old.zip"))
	all := answer(6)
	maps.Copy(all.reviews, first.reviews)
	write("small.md", course("small", 31))
	return map[int]acknowledged{0: newAcknowledged(), 4: first, 10: all}
}

// start copies the template and gives the command, ready to run.
func (o ordeal) start(t *testing.T, template string) *exec.Cmd {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(template)); err != nil {
		t.Fatal(err)
	}
	if o.fresh {
		if err := os.RemoveAll(filepath.Join(dir, "col")); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("lecternctl", append([]string{"--collection", "col", "--lang", "en"}, o.args...)...)
	cmd.Dir = dir
	return cmd
}

// breakOff does the work once, signals it after the wait and looks at what is
// there. It reports whether the work was done.
func (o ordeal) breakOff(t *testing.T, template string, with os.Signal, wait time.Duration, reviews map[int]acknowledged) bool {
	t.Helper()
	cmd := o.start(t, template)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(wait, func() { _ = cmd.Process.Signal(with) })
	err := cmd.Wait()
	timer.Stop()
	dir := filepath.Join(cmd.Dir, "col")
	if code := cmd.ProcessState.ExitCode(); code == exitProblem {
		want := i18n.New("en").T("fault.cancelled") + "\n"
		if with != os.Interrupt || stderr.String() != want {
			t.Errorf("it said %q, want %q", stderr.String(), want)
		}
		if !o.fresh && o.args[0] != "restore" { // a restore first takes the log out of use
			sameFile(t, filepath.Join(template, "col", "lectern.db"), filepath.Join(dir, "lectern.db"))
		}
	} else if code >= 0 && code != exitOK {
		t.Errorf("exit code %d: %s", code, stderr.String())
	}

	done := err == nil
	size, there := sizeOf(t, dir)
	switch {
	case !there && o.fresh && !done:
	case size == o.before && !done, size == o.after:
	case o.fresh && size == [2]int{} && !done:
	default:
		t.Errorf("answers and cards are %v, want %v or %v (done: %v)", size, o.before, o.after, done)
	}
	if there && !o.fresh {
		check(t, dir, firstDay, reviews[size[0]], true)
	}
	if o.output != "" {
		o.checkOutput(t, filepath.Join(cmd.Dir, o.output), done)
	}

	again := exec.Command(cmd.Path, cmd.Args[1:]...)
	again.Dir = cmd.Dir
	if o.output != "" {
		_ = os.Remove(filepath.Join(cmd.Dir, o.output))
	}
	if out, err := again.CombinedOutput(); err != nil {
		t.Errorf("it cannot be done again: %v: %s", err, out)
	}
	if size, _ := sizeOf(t, dir); size != o.after {
		t.Errorf("done again, answers and cards are %v, want %v", size, o.after)
	}
	check(t, dir, firstDay, reviews[o.after[0]], true)
	return done
}

// checkOutput holds that a backup is a whole one or none.
func (o ordeal) checkOutput(t *testing.T, path string, done bool) {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		if done {
			t.Errorf("there is no backup: %v", err)
		}
		return
	}
	into := filepath.Join(t.TempDir(), "restored")
	if _, stderr, code := call(t, into, firstDay, "restore", path); code != exitOK {
		t.Errorf("the backup cannot be restored: %s", stderr)
	}
	if size, _ := sizeOf(t, into); size != o.after {
		t.Errorf("the backup has %v, want %v", size, o.after)
	}
}

// sizeOf counts the answers and cards of a collection, if there is one.
func sizeOf(t *testing.T, dir string) (size [2]int, there bool) {
	t.Helper()
	if info, err := os.Stat(filepath.Join(dir, "lectern.db")); err != nil || info.Size() == 0 {
		return size, false
	}
	col, err := collection.Open(t.Context(), dir, collection.Options{Clock: func() time.Time { return firstDay }})
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	s, err := col.Stats(t.Context())
	if err := errors.Join(err, col.Close()); err != nil {
		t.Fatal(err)
	}
	return [2]int{s.Reviews, s.Cards}, true
}

func sameFile(t *testing.T, a, b string) {
	t.Helper()
	x, err := os.ReadFile(a)
	if err != nil {
		t.Fatal(err)
	}
	y, err := os.ReadFile(b)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(x, y) {
		t.Errorf("%s is changed", b)
	}
}
