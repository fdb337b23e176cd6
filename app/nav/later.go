package nav

import (
	"time"

	"fyne.io/fyne/v2"
)

// Later runs f on Fyne's goroutine after a while, unless stopped before.
func Later(d time.Duration, f func()) (stop func()) {
	t := time.AfterFunc(d, func() { fyne.Do(f) })
	return func() { t.Stop() }
}
