package study

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"lectern/app/keys"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/shell/shelltest"
	"lectern/decks/collection"
	"lectern/decks/release/pack"
	"lectern/decks/release/releasetest"
	"lectern/decks/release/trust"
)

// sign makes the deck of a rig an author's.
func sign(t *testing.T, c *collection.Collection) {
	t.Helper()
	ctx := context.Background()
	d := deck()
	file := releasetest.New(t, "А. П. Иванова", d.ID).Package(t, 1, d, releasetest.Files{}, nil)
	p, err := pack.Open(ctx, bytes.NewReader(file), int64(len(file)), trust.Chain{})
	if err != nil {
		t.Fatal(err)
	}
	o, err := c.Offer(ctx, collection.Opened(p, "a.lectern"))
	if err == nil {
		_, err = c.Accept(ctx, o, collection.Decisions{}, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (r *rig) remarked() []collection.Remark {
	r.t.Helper()
	made, err := r.c.RemarksOn(context.Background(), r.s.card.Card)
	if err != nil {
		r.t.Fatal(err)
	}
	return made
}

func TestAnAuthorsCardIsCalledUnclearOrWrong(t *testing.T) {
	r := newRig(t, deck(), nil)
	sign(t, r.c)
	r.s.again()
	card := r.s.card.Card
	r.press("г")
	if got := r.remarked(); !slices.Equal(got, []collection.Remark{collection.Unclear}) || !slices.Equal(r.s.remarks.made, got) {
		t.Fatalf("made %v, shown %v", got, r.s.remarks.made)
	}
	if r.s.card.Card != card || r.s.side != asking {
		t.Error("the card is gone")
	}
	r.press("Space", "w")
	if got := r.remarked(); len(got) != 2 || r.s.side != shown {
		t.Errorf("made %v", got)
	}
	r.press("г")
	if got := r.remarked(); !slices.Equal(got, []collection.Remark{collection.Wrong}) {
		t.Errorf("taken back: %v", got)
	}
	// Undo brings it back, on the card in sight too.
	r.press("Ctrl+Z")
	if got := r.remarked(); len(got) != 2 || !slices.Equal(r.s.remarks.made, got) {
		t.Errorf("undone: %v, shown %v", got, r.s.remarks.made)
	}
	// The next card is another.
	r.press("3")
	if r.s.card.Card == card || len(r.s.remarks.made) != 0 {
		t.Errorf("on the next card: %v", r.s.remarks.made)
	}
}

func TestRemarksAreInTheMenuAndTheHelp(t *testing.T) {
	for _, signed := range []bool{false, true} {
		n := &navtest.Navigator{}
		r := newRig(t, deck(), func(o *Options) { o.Nav = n })
		if signed {
			sign(t, r.c)
			r.s.again()
		}
		r.s.menu()
		at := slices.IndexFunc(n.Menus[0], func(a nav.Action) bool { return a.Text == "Непонятно" })
		help := slices.ContainsFunc(r.s.Help(), func(h nav.Hint) bool { return h.Text == "Непонятно" })
		if (at >= 0) != signed || help != signed {
			t.Fatalf("an author's: %v; in the menu: %v, in the help: %v", signed, at >= 0, help)
		}
		r.s.Key(keys.U)
		if got := len(r.remarked()) == 1; got != signed {
			t.Errorf("an author's: %v; made: %v", signed, got)
		}
		if !signed {
			continue
		}
		if len(n.Toasts) != 1 || !strings.Contains(n.Toasts[0], "отчёт") || n.Offered[0].Key != keys.CtrlZ {
			t.Errorf("it says %q", n.Toasts)
		}
		r.s.menu()
		if a := n.Menus[1][at]; !a.Checked {
			t.Error("the menu does not show that it is made")
		} else {
			a.Do()
		}
		if len(r.remarked()) != 0 {
			t.Error("the menu does not take it back")
		}
	}
}

func TestPicturesOfRemarks(t *testing.T) {
	shelltest.Each(t, "remarks", func(w shelltest.Window) nav.Screen {
		r := &rig{t: t, now: start}
		c := open(t, r.clock, deck())
		sign(t, c)
		return New(r.options(c, w.Shell, w.Printer))
	}, func(_ *testing.T, _ shelltest.Window, s nav.Screen) {
		s.Key(keys.U)
		s.Key(keyW)
		s.Key(keys.F)
	})
}
