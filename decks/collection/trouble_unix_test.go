//go:build linux || darwin

package collection_test

import (
	"errors"
	"math"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/scheduler"
)

// insideEnv is set in the copy of a test that runs in a process of its own.
const insideEnv = "LECTERN_TEST_INSIDE"

// inside reports whether the test runs in a process of its own, and otherwise
// runs it there: as an ordinary user, whom permissions bind, even when the
// tests are run by root.
func inside(t *testing.T) bool {
	t.Helper()
	if os.Getenv(insideEnv) != "" {
		return true
	}
	dir, err := os.MkdirTemp("", "lectern-user-*")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	binary, tmp := filepath.Join(dir, "tests"), filepath.Join(dir, "tmp")
	data, err := os.ReadFile(os.Args[0])
	if err := errors.Join(err, os.WriteFile(binary, data, 0o755), os.Chmod(dir, 0o755), os.Mkdir(tmp, 0o700)); err != nil {
		t.Fatal(err)
	}
	child := exec.Command(binary, "-test.run=^"+t.Name()+"$", "-test.v")
	child.Dir = tmp
	child.Env = append(os.Environ(), insideEnv+"=1", "TMPDIR="+tmp, "HOME="+tmp)
	if os.Geteuid() == 0 {
		const nobody = 65534
		if err := os.Chown(tmp, nobody, nobody); err != nil {
			t.Skipf("no other user can be had here: %v", err)
		}
		child.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	out, err := child.CombinedOutput()
	switch {
	case child.ProcessState == nil:
		t.Skipf("no process of another user can be had here: %v", err)
	case err != nil:
		t.Fatalf("inside: %v\n%s", err, out)
	case !strings.Contains(string(out), "--- PASS: "+t.Name()):
		t.Fatalf("the test did not run inside:\n%s", out)
	}
	return false
}

// The disk takes no more in the middle of answering: one fault, nothing that was
// acknowledged is lost, and it goes on when there is room again.
func TestNoRoomWhileAnswering(t *testing.T) {
	if !inside(t) {
		return
	}
	signal.Ignore(syscall.SIGXFSZ) // the write fails instead
	room := func(bytes uint64) {
		t.Helper()
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: bytes, Max: math.MaxInt64}); err != nil {
			t.Fatal(err)
		}
	}
	d := newDesk(t)
	d.install(course("a", 200))
	d.preset(func(p *scheduler.Preset) { p.NewPerDay = 200 })
	kept, failed := 0, 0
	for i := range 40 {
		log, err := os.Stat(d.file() + "-wal")
		d.ok(err)
		before, card := d.dump(layers), d.next(collection.Scope{})
		room(uint64(log.Size()) + uint64(i)*1500) // another point of the write each time
		for range 3 {
			if _, err = d.Answer(ctx, collection.AnswerRequest{Card: card.Card, Grade: scheduler.Good}); err != nil {
				break
			}
			kept++
			before, card = d.dump(layers), d.next(collection.Scope{})
		}
		room(math.MaxInt64)
		if err == nil {
			continue
		}
		failed++
		wantFault(t, err, fault.DiskFull)
		if after := d.dump(layers); after != before {
			t.Fatalf("the failed answer left %s", difference(before, after))
		}
		if next := d.next(collection.Scope{}); next.Card != card.Card {
			t.Fatalf("%s was to be asked, after the failure %s", card.Card, next.Card)
		}
		d.answer(card.Card, scheduler.Good)
		kept++
	}
	if failed < 5 {
		t.Errorf("the disk was full only %d times", failed)
	}
	if n := d.home().Reviews; n != kept {
		t.Errorf("%d answers were acknowledged, %d are there", kept, n)
	}
	d.sound()
	d.reopen()
	d.sound()

	// A backup, an install: all or nothing.
	before := d.dump(layers)
	room(8 << 10)
	_, err := d.Backup(ctx, "", "")
	_, err2 := d.Install(ctx, course("b", 500), collection.InstallOptions{})
	room(math.MaxInt64)
	wantFault(t, err, fault.DiskFull)
	wantFault(t, err2, fault.DiskFull)
	if after := d.dump(layers); after != before {
		t.Error(difference(before, after))
	}
	if list, err := d.Backups(ctx); err != nil || len(list) != 1 { // that of the day
		t.Errorf("%+v, %v", list, err)
	}
	d.sound()
}

// A folder that may not be written to is said to be so, and every byte stays; a
// collection that is open there reads on, and closes.
func TestReadOnlyFolder(t *testing.T) {
	if !inside(t) {
		return
	}
	d := closed(t)
	chmod := func(file, folder os.FileMode) {
		t.Helper()
		for path, mode := range map[string]os.FileMode{
			d.file(): file, filepath.Join(d.dir, "media"): folder, filepath.Join(d.dir, "backups"): folder, d.dir: folder,
		} {
			if err := os.Chmod(path, mode); err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Fatal(err)
			}
		}
	}
	d.ok(os.MkdirAll(filepath.Join(d.dir, "backups"), 0o700))
	before := tree(t, d.dir)
	chmod(0o400, 0o500)
	_, err := collection.Open(ctx, d.dir, collection.Options{})
	wantFault(t, err, fault.ReadOnly)
	if after := tree(t, d.dir); after != before {
		t.Errorf("it changed: %s", difference(before, after))
	}
	_, err = collection.Open(ctx, filepath.Join(d.dir, "new"), collection.Options{})
	wantFault(t, err, fault.ReadOnly)

	chmod(0o600, 0o700)
	d.open()
	d.answer("a-q2/f", scheduler.Good)
	chmod(0o400, 0o500)
	defer chmod(0o600, 0o700)
	_, err = d.Backup(ctx, "", "")
	wantFault(t, err, fault.ReadOnly)
	if n := d.home().Reviews; n != 2 {
		t.Errorf("%d answers", n)
	}
	d.ok(d.Close()) // no backup can be made; that is not worth a word
	chmod(0o600, 0o700)
	d.open()
	d.sound()
}
