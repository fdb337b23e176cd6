package follow_test

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"lectern/app/follow"
	"lectern/decks/collection"
)

func TestChanges(t *testing.T) {
	test.NewTempApp(t)
	var tell func(collection.Change)
	subscribed, cancelled := 0, 0
	subscribe := func(f func(collection.Change)) func() {
		subscribed++
		tell = f
		return func() { cancelled++ }
	}
	var heard []collection.OpKind
	var c follow.Changes
	if c.On() {
		t.Error("it hears before it was asked to")
	}
	for range 2 {
		c.Hear(subscribe, func(ch collection.Change) { heard = append(heard, ch.Op) })
	}
	tell(collection.Change{Op: collection.OpAnswer})
	if subscribed != 1 || !c.On() || len(heard) != 1 || heard[0] != collection.OpAnswer {
		t.Errorf("%d subscriptions, heard %v", subscribed, heard)
	}
	for range 2 {
		c.Stop()
	}
	if cancelled != 1 || c.On() {
		t.Errorf("cancelled %d times", cancelled)
	}
}
