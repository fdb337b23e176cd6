package collection_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// The operations by which a process changes files.
const fileOps = "openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,ftruncate,mkdir,mkdirat,close"

// Killed before each operation on a file, from the first to the last.
func TestInstallIsKilledAtEachOperation(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed: nothing can be killed at a counted operation")
	}
	for name, c := range crashes(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.t = t
			points := c.operations(strace)
			all := len(points)
			if testing.Short() {
				for i := range 8 {
					points[i] = points[i*all/8]
				}
				points = points[:8]
			}
			missed := 0
			for _, at := range points {
				d := c.copy()
				inject := fmt.Sprintf("inject=%s:signal=KILL:when=%d", at.name, at.nth)
				out, err := c.command(ctx, d, strace, "-f", "-qq", "-o", os.DevNull, "-e", "trace="+at.name, "-e", inject).CombinedOutput()
				status, ok := c.killed(err)
				switch {
				case err == nil && strings.Contains(string(out), "done"):
					missed++ // the process made fewer of them this time
				case !ok:
					t.Fatalf("%s %d: %v (%v)\n%s", at.name, at.nth, err, status, out)
				}
				c.after(d, fmt.Sprintf("at %s %d", at.name, at.nth))
			}
			t.Logf("killed at %d of the %d operations on files: the old state %d times", len(points)-missed, all, c.kept)
			if missed > len(points)/10 || c.kept == 0 || c.kept == len(points) {
				t.Errorf("it was not killed in the middle: %d of %d operations did not come", missed, len(points))
			}
		})
	}
}

// killed reports whether a process ended so.
func (c *crash) killed(err error) (*os.ProcessState, bool) {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return nil, false
	}
	status, ok := exit.Sys().(syscall.WaitStatus)
	return exit.ProcessState, ok && status.Signaled() && status.Signal() == syscall.SIGKILL
}

// operation is the nth time that a process asks the system for something.
type operation struct {
	name string
	nth  int
}

// operations lists the operations on files of an install, from its beginning to its end.
func (c *crash) operations(strace string) (out []operation) {
	c.t.Helper()
	d := c.copy()
	log := d.dir + ".strace"
	said, err := c.command(ctx, d, strace, "-f", "-qq", "-o", log, "-e", "trace="+fileOps+",newfstatat").CombinedOutput()
	if err != nil {
		if strings.Contains(string(said), "ptrace") {
			c.t.Skipf("no process can be traced here: %s", said)
		}
		c.t.Fatalf("%v\n%s", err, said)
	}
	text, err := os.ReadFile(log)
	d.ok(err)
	// The thread that looks for the mark is the one that installs.
	thread := ""
	for line := range strings.Lines(string(text)) {
		if strings.Contains(line, begun) && strings.Contains(line, "newfstatat") {
			thread, _, _ = strings.Cut(line, " ")
		}
	}
	if thread == "" {
		c.t.Skip("this system has no newfstatat: the operations cannot be counted")
	}
	started := false
	count := map[string]int{}
	for line := range strings.Lines(string(text)) {
		call, mine := strings.CutPrefix(line, thread+" ")
		name, _, ok := strings.Cut(strings.TrimSpace(call), "(")
		if !mine || !ok || strings.Contains(line, "resumed>") {
			continue
		}
		if name == "newfstatat" {
			started = started || strings.Contains(line, begun)
			continue
		}
		if count[name]++; started {
			out = append(out, operation{name, count[name]})
		}
	}
	d.ok(os.RemoveAll(d.dir))
	return out
}
