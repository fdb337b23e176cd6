// Package follow lets a screen hear of changes of the collection while it is in
// front.
package follow

import (
	"fyne.io/fyne/v2"

	"lectern/decks/collection"
)

// Changes is a screen's subscription. The zero value hears of nothing.
type Changes struct{ cancel func() }

// Hear tells heard of each change from now on, on Fyne's goroutine. Asked again
// it goes on as before.
func (c *Changes) Hear(subscribe func(func(collection.Change)) (cancel func()), heard func(collection.Change)) {
	if c.cancel == nil {
		c.cancel = subscribe(func(ch collection.Change) { fyne.Do(func() { heard(ch) }) })
	}
}

// Stop hears of nothing more.
func (c *Changes) Stop() {
	if c.cancel != nil {
		c.cancel()
		c.cancel = nil
	}
}

// On says whether changes are heard of: whether the screen is in front.
func (c *Changes) On() bool { return c.cancel != nil }
