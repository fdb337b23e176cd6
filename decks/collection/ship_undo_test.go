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
