package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/jezek/xgb"
)

// The tests here open the real window on a display and drive it with key
// presses. The test binary is also the program under test: started with this
// variable it becomes what the variable names.
const roleVariable = "LECTERN_TEST_ROLE"

const (
	roleLectern = "lectern" // the program as it is
	roleEmpty   = "empty"   // a window of Fyne's with nothing in it
)

// What all tests share, made in TestMain where a window can be opened.
var (
	home      string // for fonts' index and the like, so that one start pays for them
	lecternTo string // the folder lecternctl is built into
)

func TestMain(m *testing.M) {
	switch os.Getenv(roleVariable) {
	case roleLectern:
		os.Exit(run(os.Args[1:]))
	case roleEmpty:
		emptyWindow()
		os.Exit(0)
	}
	os.Exit(tests(m))
}

func tests(m *testing.M) int {
	if os.Getenv("LECTERN_WINDOW") == "" {
		return m.Run() // they skip themselves
	}
	tmp, err := os.MkdirTemp("", "lectern-window-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(tmp)
	home, lecternTo = filepath.Join(tmp, "home"), tmp
	build := exec.Command("go", "build", "-o", ctlPath(), "lectern/cmd/lecternctl")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build lecternctl: %v\n%s", err, out)
		return 1
	}
	xgb.Logger.SetOutput(io.Discard) // of a display without a key to it it says so twice
	return m.Run()
}

// ctlPath is where lecternctl is.
func ctlPath() string { return filepath.Join(lecternTo, "lecternctl") }

// needsWindow skips a test where no window may be opened.
func needsWindow(t testing.TB) {
	t.Helper()
	if os.Getenv("LECTERN_WINDOW") == "" {
		t.Skip("drives the real window: run by `make test-window`")
	}
}
