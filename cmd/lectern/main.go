// Command lectern is the desktop app: it turns lectures into flashcards and
// brings each back when it is about to be forgotten.
//
//	lectern [flags] [file…]
//
// Files are lecture pages, decks and packages to open. When Lectern is running
// already on the same collection they go to its window and this process ends.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"time"

	"lectern/app"
)

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	var c app.Config
	var now string
	var version bool
	f := flag.NewFlagSet("lectern", flag.ContinueOnError)
	f.Usage = func() {
		fmt.Fprintln(f.Output(), "Usage: lectern [flags] [file…]")
		f.PrintDefaults()
	}
	f.StringVar(&c.Dir, "collection", "", "`folder` of the collection (default: the user's own)")
	f.StringVar(&c.Lang, "lang", "", "language of the window: ru or en (default: the one chosen in the settings, or the system's)")
	f.StringVar(&c.Theme, "theme", "", "light, dark or system (default: the one chosen in the settings)")
	f.StringVar(&c.Shots, "shots", "", "draw every screen into this `folder` and end")
	walk := f.String("walk", "", "walk the first run, draw what is seen into this `folder` and end")
	f.StringVar(&now, "now", "", "begin at this `time` instead of now, as in 2026-11-23T09:00:00+03:00; the clock runs on from there")
	f.BoolVar(&version, "version", false, "print the version and end")
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return app.ExitOK
		}
		return app.ExitUsage
	}
	if version {
		fmt.Println("lectern", app.Version)
		return app.ExitOK
	}
	if now != "" {
		start, err := time.Parse(time.RFC3339, now)
		if err != nil {
			fmt.Fprintf(os.Stderr, "lectern: --now %q is not a time like 2026-11-23T09:00:00+03:00\n", now)
			return app.ExitUsage
		}
		begun := time.Now()
		c.Clock = func() time.Time { return start.Add(time.Since(begun)) }
	}
	if *walk != "" {
		c.Shots, c.Walk = *walk, true
	}
	c.Files = f.Args()
	return app.Run(c, app.Wire, os.Stderr)
}
