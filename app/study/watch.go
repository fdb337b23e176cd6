package study

import "time"

// longest is the most time an answer can have taken; beyond it the student was
// away.
const longest = 20 * time.Minute

// watch measures the time from question to grade. It stands still while
// another screen is in front and while the card is being edited.
type watch struct {
	now   func() time.Time
	since time.Time // zero while it stands
	spent time.Duration
}

func (w *watch) start() { w.spent, w.since = 0, w.now() }

func (w *watch) pause() {
	if !w.since.IsZero() {
		w.spent += max(0, w.now().Sub(w.since))
		w.since = time.Time{}
	}
}

func (w *watch) resume() {
	if w.since.IsZero() {
		w.since = w.now()
	}
}

func (w *watch) took() time.Duration {
	t := w.spent
	if !w.since.IsZero() {
		t += max(0, w.now().Sub(w.since))
	}
	return min(t, longest)
}
