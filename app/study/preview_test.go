package study

import (
	"context"
	"testing"
	"time"

	"lectern/app/nav"
	"lectern/app/shell/shelltest"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/scheduler"
)

// preview begins a custom study of the two cards with answers.
func preview(t *testing.T, c *collection.Collection) {
	t.Helper()
	if err := c.StudyList(context.Background(), "Перед зачётом", []decks.CardID{"aaaaaaaaaa/f", "bbbbbbbbbb/f"}, true); err != nil {
		t.Fatal(err)
	}
}

func TestAPreviewSaysWhenACardComesAgain(t *testing.T) {
	r := newRig(t, deck(), nil)
	preview(t, r.c)
	r.s.session.Scope = collection.Scope{List: true}
	r.s.begin()
	r.press("Space")
	if again, good := r.s.action.two[0].When, r.s.action.two[1].When; again != "через 1 минуту" || good != "готово" {
		t.Fatalf("the buttons say %q and %q", again, good)
	}
	r.press("3")
	r.at("bbbbbbbbbb", asking)

	// The edit in between reads the card alone; it stays one of the preview.
	r.press("Space", "e")
	r.at("bbbbbbbbbb", editing)
	r.press("Ctrl+Enter")
	if good := r.s.action.two[1].When; good != "готово" {
		t.Errorf("after an edit the button says %q", good)
	}
	r.press("3")
	if len(r.done) != 1 {
		t.Fatal("the preview has no end")
	}
	for _, id := range []decks.CardID{"aaaaaaaaaa/f", "bbbbbbbbbb/f"} {
		card, err := r.c.Card(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		if card.Phase != scheduler.New {
			t.Errorf("%s was scheduled by a preview", id)
		}
	}
}

func TestUndoGoesBackIntoAPreview(t *testing.T) {
	r := newRig(t, deck(), nil)
	preview(t, r.c)
	r.s.session.Scope = collection.Scope{List: true}
	r.s.begin()
	r.press("Space", "3", "Ctrl+Z")
	r.at("aaaaaaaaaa", asking)
	r.press("Space")
	if good := r.s.action.two[1].When; good != "готово" {
		t.Fatalf("the button says %q", good)
	}
	r.press("3")
	r.at("bbbbbbbbbb", asking)
	if r.s.fault.line != nil {
		t.Error("the answer was refused")
	}
}

func TestPreviewPictures(t *testing.T) {
	shelltest.Each(t, "study-preview", func(w shelltest.Window) nav.Screen {
		r := &rig{t: t, now: start}
		c := open(t, r.clock, deck())
		preview(t, c)
		o := r.options(c, w.Shell, w.Printer)
		o.Session.Scope = collection.Scope{List: true}
		o.After = func(time.Duration, func()) {}
		return New(o)
	}, func(t *testing.T, _ shelltest.Window, s nav.Screen) { s.(*Screen).reveal() })
}
