package main

import (
	"fmt"
	"strings"
	"time"

	"lectern/decks/collection"
)

// progress shows how far long work has come, on a terminal only, ten times a
// second at most. Done clears the line.
func (c *cli) progress(what string) (report collection.Progress, done func()) {
	if !terminal(c.stderr) || c.json {
		return nil, func() {}
	}
	var last time.Time
	width := 0
	report = func(n, total int) {
		now := time.Now()
		if now.Sub(last) < 100*time.Millisecond {
			return
		}
		last = now
		text := what + " " + c.p.Int(n)
		if total > 0 {
			text = what + " " + c.p.Percent(float64(n)/float64(total))
		}
		fmt.Fprintf(c.stderr, "\r%s%s", text, strings.Repeat(" ", max(0, width-len(text))))
		width = len(text)
	}
	return report, func() {
		if width > 0 {
			fmt.Fprintf(c.stderr, "\r%s\r", strings.Repeat(" ", width))
		}
	}
}
