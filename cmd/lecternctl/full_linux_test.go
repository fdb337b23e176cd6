package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
)

// insideEnv is set in the copy of the test that may mount a disk of its own.
const insideEnv = "LECTERN_TEST_INSIDE"

// A small disk runs full in the middle of answering: one clear sentence,
// nothing acknowledged is lost, and it goes on when there is space again.
func TestDiskFull(t *testing.T) {
	if os.Getenv(insideEnv) == "" {
		runInside(t)
		return
	}
	disk := ownDisk(t)
	dir := filepath.Join(disk, "collection")
	newCollection(t, dir, 60)
	now := firstDay
	col, err := collection.Open(t.Context(), dir, collection.Options{Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	ack := newAcknowledged()
	filler := filepath.Join(disk, "filler")
	// Leaving a little more each time makes it fail at another point of the write.
	failures := 0
	for left := 0; left <= 96<<10; left += 8 << 10 {
		fill(t, filler, int64(left))
		err := answerUntil(t.Context(), col, &now, &ack, 400)
		if err != nil {
			failures++
			oneSentence(t, err, fault.DiskFull)
		}
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
		if err := answerUntil(t.Context(), col, &now, &ack, 2); err != nil {
			t.Fatalf("with space again: %v", err)
		}
	}
	if failures < 5 {
		t.Errorf("the disk ran full only %d times", failures)
	}

	// The command line on a full disk.
	if err := col.Close(); err != nil {
		t.Fatal(err)
	}
	fill(t, filler, 0)
	var card decks.CardID
	for _, card = range ack.reviews {
		break
	}
	_, stderr, code := call(t, dir, now, "answer", string(card), "good")
	want := i18n.New("en").T("fault.disk_full")
	if code != exitProblem || strings.TrimSpace(stderr) != want {
		t.Errorf("lecternctl on a full disk: code %d, %q", code, stderr)
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	if _, stderr, code := call(t, dir, now, "answer", string(card), "good"); code != exitOK {
		t.Errorf("lecternctl with space again: %s", stderr)
	}
	check(t, dir, now, ack, true)
	t.Logf("the disk ran full %d times; %d answers acknowledged, all there", failures, len(ack.reviews))
}

// Files turned read-only in the middle of answering: one clear sentence,
// nothing lost, and it goes on when they can be written again.
func TestReadOnly(t *testing.T) {
	if os.Getenv(insideEnv) == "" {
		runInside(t)
		return
	}
	if os.Geteuid() == 0 && os.Getenv(insideEnv) != "user" {
		t.Skip("root may write whatever the permissions say")
	}
	dir := filepath.Join(t.TempDir(), "collection")
	newCollection(t, dir, 30)
	now := firstDay
	ack := newAcknowledged()
	answerReadOnly(t, dir, &now, &ack, func(readOnly bool) {
		if readOnly {
			chmodAll(t, dir, 0o444, 0o555)
		} else {
			chmodAll(t, dir, 0o644, 0o755)
		}
	})

	// A collection that is open meanwhile, as the window has it: either the
	// answer is saved for good, or the one sentence says that it is not.
	col, err := collection.Open(t.Context(), dir, collection.Options{Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	chmodAll(t, dir, 0o444, 0o555)
	if err := answerUntil(t.Context(), col, &now, &ack, 3); err != nil {
		oneSentence(t, err, fault.ReadOnly)
	}
	chmodAll(t, dir, 0o644, 0o755)
	if err := answerUntil(t.Context(), col, &now, &ack, 3); err != nil {
		t.Fatalf("writable again: %v", err)
	}
	if err := col.Close(); err != nil {
		t.Fatal(err)
	}
	check(t, dir, now, ack, true)
}

// A disk that turns read-only, as one does after an error: the same.
func TestReadOnlyDisk(t *testing.T) {
	if os.Getenv(insideEnv) == "" {
		runInside(t)
		return
	}
	disk := ownDisk(t)
	dir := filepath.Join(disk, "collection")
	newCollection(t, dir, 30)
	now := firstDay
	ack := newAcknowledged()
	answerReadOnly(t, dir, &now, &ack, func(readOnly bool) {
		flags := uintptr(syscall.MS_REMOUNT)
		if readOnly {
			flags |= syscall.MS_RDONLY
		}
		if err := syscall.Mount("tmpfs", disk, "tmpfs", flags, ""); err != nil {
			t.Fatal(err)
		}
	})
	check(t, dir, now, ack, true)
}

// ownDisk mounts a small disk that only this process sees.
func ownDisk(t *testing.T) string {
	t.Helper()
	disk := t.TempDir()
	if err := syscall.Mount("none", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		t.Skipf("no disk can be mounted here: %v", err)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=12m"); err != nil {
		t.Skipf("no disk can be mounted here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(disk, syscall.MNT_DETACH) })
	return disk
}

// answerReadOnly answers cards by the command line; turn makes the collection
// read-only now and then, and writable again.
func answerReadOnly(t *testing.T, dir string, now *time.Time, ack *acknowledged, turn func(readOnly bool)) {
	t.Helper()
	want := i18n.New("en").T("fault.read_only")
	for round := range 4 {
		if round > 0 {
			turn(true)
			for _, args := range [][]string{{"next", "--json"}, {"import", "--sample", "en"}, {"backup"}, {"undo"}} {
				out, stderr, code := call(t, dir, *now, args...)
				if code != exitProblem || strings.TrimSpace(stderr) != want || out != "" {
					t.Errorf("round %d, %v: code %d, %q %q", round, args, code, out, stderr)
				}
			}
			for _, card := range ack.reviews {
				out, stderr, code := call(t, dir, *now, "answer", string(card), "good", "--json")
				if code != exitProblem || strings.TrimSpace(stderr) != want || out != "" {
					t.Errorf("round %d, answer: code %d, %q %q", round, code, out, stderr)
				}
				break
			}
			turn(false)
		}
		*now = now.Add(time.Minute)
		out, stderr, code := call(t, dir, *now, "next", "--json")
		if code != exitOK {
			t.Fatalf("round %d, writable again: %s", round, stderr)
		}
		id, _, _ := strings.Cut(strings.TrimPrefix(out, `{"card":"`), `"`)
		out, stderr, code = call(t, dir, *now, "answer", id, "good", "--json")
		if code != exitOK {
			t.Fatalf("round %d, writable again: %s", round, stderr)
		}
		review, _, _ := strings.Cut(strings.TrimPrefix(out, `{"review":"`), `"`)
		ack.reviews[review] = decks.CardID(id)
	}
}

// runInside runs the same test in a process that may mount a disk nobody else
// sees (as root in a mount namespace, else in a user namespace), or that is an
// ordinary user although the tests are run by root.
func runInside(t *testing.T) {
	t.Helper()
	binary := os.Args[0]
	attr := &syscall.SysProcAttr{}
	inside := "root"
	switch {
	case t.Name() == "TestReadOnly" && os.Geteuid() == 0:
		attr.Credential = &syscall.Credential{Uid: 65534, Gid: 65534}
		inside = "user"
	case t.Name() == "TestReadOnly":
		inside = "user"
	case os.Geteuid() == 0:
		attr.Cloneflags = syscall.CLONE_NEWNS
	default:
		attr.Cloneflags = syscall.CLONE_NEWNS | syscall.CLONE_NEWUSER
		attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	tmp := t.TempDir()
	if attr.Credential != nil {
		// The other user needs a place and a copy of the tests it can reach.
		open, err := os.MkdirTemp("", "lectern-user-")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.RemoveAll(open) })
		if err := errors.Join(os.Chmod(open, 0o755), os.Mkdir(filepath.Join(open, "tmp"), 0o777), os.Chmod(filepath.Join(open, "tmp"), 0o777)); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(binary)
		if err != nil {
			t.Fatal(err)
		}
		binary, tmp = filepath.Join(open, "tests"), filepath.Join(open, "tmp")
		if err := os.WriteFile(binary, data, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	child := exec.Command(binary, "-test.run=^"+t.Name()+"$", "-test.v")
	child.Dir = tmp
	child.Env = append(os.Environ(), insideEnv+"="+inside, "TMPDIR="+tmp, "HOME="+tmp)
	child.SysProcAttr = attr
	out, err := child.CombinedOutput()
	text := string(out)
	if err != nil && child.ProcessState == nil {
		t.Skipf("no namespace of one's own can be had here: %v", err)
	}
	if err != nil {
		t.Fatalf("inside: %v\n%s", err, text)
	}
	if strings.Contains(text, "--- SKIP") {
		t.Skip(strings.TrimSpace(text))
	}
	if !strings.Contains(text, "--- PASS: "+t.Name()) {
		t.Fatalf("the test did not run inside:\n%s", text)
	}
	t.Log(strings.TrimSpace(text))
}

// fill writes a file that leaves the given bytes of its disk free.
func fill(t *testing.T, name string, left int64) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	chunk := make([]byte, 4096)
	for {
		if _, err := f.Write(chunk); err != nil {
			if !errors.Is(err, syscall.ENOSPC) {
				t.Fatal(err)
			}
			break
		}
	}
	size, err := f.Seek(0, 2)
	if err == nil {
		err = f.Truncate(max(0, size-left))
	}
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}

// oneSentence holds that an error is told as this fault, in both languages.
func oneSentence(t *testing.T, err error, code fault.Code) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Errorf("the fault is %q, want %q: %v", fault.Of(err).Code, code, err)
	}
	for _, lang := range i18n.Languages {
		if text := i18n.New(lang).Fault(err); text == "" || strings.Contains(text, "\n") {
			t.Errorf("%s: %q is not one sentence", lang, text)
		}
	}
}

func chmodAll(t *testing.T, dir string, file, folder os.FileMode) {
	t.Helper()
	if folder&0o200 != 0 {
		if err := os.Chmod(dir, folder); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		mode := file
		if e.IsDir() {
			mode = folder
		}
		if err := os.Chmod(filepath.Join(dir, e.Name()), mode); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(dir, folder); err != nil {
		t.Fatal(err)
	}
}
