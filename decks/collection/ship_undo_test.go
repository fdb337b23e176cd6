package collection_test

import (
	"testing"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/release/releasetest"
	"lectern/scheduler"
)

// A note that came with an update stays, resting, when the update is undone after it was
// answered or written over; and goes when that is undone too.
func TestUndoneUpdateKeepsWhatWasLearnt(t *testing.T) {
	r, a := newReader(t), releasetest.New(t, "А. П. Иванова", "llm")
	r.takes(a.Package(t, 1, llm(nil), nil, nil), collection.Decisions{})
	before := r.dump(state)
	r.takes(a.Package(t, 2, llm(func(d *decks.Deck) {
		for _, id := range []string{"answered", "written", "left"} {
			d.Notes = append(d.Notes, question(id, "Что нового: "+id+"?", "Ничего."))
		}
	}), nil, nil), collection.Decisions{})
	r.answer("answered/f", scheduler.Good)
	r.ok(r.Edit(ctx, "written", decks.Back, "Моё."))
	_, err := r.UndoUpdate(ctx, "llm")
	r.ok(err)
	rests := func(want ...decks.CardID) {
		t.Helper()
		got := r.search(collection.Query{Retired: true})
		if got.Total != len(want) {
			t.Fatalf("%+v rest, want %s", got.Rows, want)
		}
		for i, row := range got.Rows {
			if row.Card != want[i] {
				t.Fatalf("%s rests, want %s", row.Card, want[i])
			}
		}
		r.sound()
	}
	rests("answered/f", "written/f")
	if got := r.back("written/f"); got != "Моё." {
		t.Errorf("%q", got)
	}
	r.ok(r.Edit(ctx, "answered", decks.Hint, "И это моё."))
	for _, want := range [][]decks.CardID{{"answered/f", "written/f"}, {"answered/f"}, nil} {
		_, err := r.Undo(ctx)
		r.ok(err)
		rests(want...)
	}
	if now := r.dump(state); now != before {
		t.Fatalf("what was undone left a difference: %s", difference(before, now))
	}
	for _, want := range [][]decks.CardID{{"answered/f"}, {"answered/f", "written/f"}, {"answered/f", "written/f"}} {
		_, err := r.Redo(ctx)
		r.ok(err)
		rests(want...)
	}
	_, err = r.Redo(ctx)
	wantFault(t, err, fault.NothingToRedo)
}

// One more update that is undone changes nothing of what rests already.
func TestUndoneUpdatesLeaveTheRestAlone(t *testing.T) {
	r, a := newReader(t), releasetest.New(t, "А. П. Иванова", "llm")
	r.takes(a.Package(t, 1, llm(nil), nil, nil), collection.Decisions{})
	edition := func(seq int64, answer string) {
		t.Helper()
		r.takes(a.Package(t, seq, llm(func(d *decks.Deck) { d.Notes = append(d.Notes, question("new", "Новое?", answer)) }), nil, nil), collection.Decisions{})
	}
	edition(2, "Раз.")
	r.answer("new/f", scheduler.Good)
	_, err := r.UndoUpdate(ctx, "llm")
	r.ok(err)
	before := r.dump(state)
	for i, answer := range []string{"Два.", "Три."} {
		seq := int64(3 + i)
		edition(seq, answer)
		_, err := r.Undo(ctx)
		r.ok(err)
		if now := r.dump(state); now != before {
			t.Fatalf("release %d left a difference: %s", seq, difference(before, now))
		}
	}
	if got := r.back("new/f"); got != "Раз." {
		t.Errorf("%q", got)
	}
	r.sound()
}

// What is done is called what it is, in the offer and afterwards.
func TestKindsOfOffers(t *testing.T) {
	r, a := newReader(t), releasetest.New(t, "А. П. Иванова", "llm")
	r.install(llm(nil)) // of nobody
	r.study(collection.Scope{})
	last := func(want collection.OpKind) {
		t.Helper()
		info, err := r.CanUndo(ctx)
		r.ok(err)
		if info.Kind != want || info.Subject != "Понимание LLM" {
			t.Errorf("%+v, want %s", info, want)
		}
	}
	first, second := a.Package(t, 1, llm(nil), nil, nil), a.Package(t, 2, llm(func(d *decks.Deck) { note(d, "token").Fields[decks.Back] = "Иное." }), nil, nil)
	o := r.offered(first)
	if o.First || !o.Local || o.Back || o.Installed != nil || o.Same {
		t.Errorf("the first release over one's own deck: %+v", o)
	}
	r.takes(first, collection.Decisions{})
	last(collection.OpUpdate)
	if o := r.offered(first); o.Local || !o.Same || o.Back {
		t.Errorf("the release that is shown: %+v", o)
	}
	o = r.offered(second)
	if o.Local || o.Same || o.Back || o.Installed.Seq != 1 {
		t.Errorf("the next release: %+v", o)
	}
	r.takes(second, collection.Decisions{})
	last(collection.OpUpdate)
	if o := r.offered(first); !o.Back || o.Installed.Seq != 2 {
		t.Errorf("an earlier release: %+v", o)
	}
	r.takes(first, collection.Decisions{})
	last(collection.OpRollback)
	if got := r.back("token/f"); got == "Иное." {
		t.Errorf("%q", got)
	}
	r.ok(r.RemoveDeck(ctx, "llm"))
	if o := r.offered(second); !o.First {
		t.Errorf("a deck that was put away: %+v", o)
	}
	r.takes(second, collection.Decisions{})
	last(collection.OpInstall)
	r.sound()
}
