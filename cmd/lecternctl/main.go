// Command lecternctl works with the same collection as the window, without
// one: it finds the questions of a lecture page, makes decks of pages and
// courses, studies, searches, counts, checks, backs up and restores.
//
// It is one static file without cgo. Every command is thin: it reads its
// arguments, asks a package under decks, and prints the answer, for people or,
// with --json, for scripts (docs/lecternctl.md has the schemas). A script may
// set the clock with --now, so that a year of study takes a minute.
//
// Exit codes: 0 all is well, 1 a problem that one sentence on stderr names,
// 2 the command line was not understood.
package main

import (
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"time"

	"lectern/decks/lecture/pdf"
)

// version is set by the linker.
var version = ""

// memory is what the program tries to stay within, in bytes, unless GOMEMLIMIT says
// otherwise: a page of 50 MB is read on a small machine too.
const memory = 384 << 20

func main() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memory)
	}
	if cache, err := os.UserCacheDir(); err == nil {
		pdf.Cache(filepath.Join(cache, "lectern", "pdfium"))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second interrupt does not wait for work to stop
	code := run(ctx, world{
		args:   os.Args[1:],
		stdin:  os.Stdin,
		stdout: os.Stdout,
		stderr: os.Stderr,
		getenv: os.Getenv,
		clock:  time.Now,
	})
	stop()
	os.Exit(code)
}
