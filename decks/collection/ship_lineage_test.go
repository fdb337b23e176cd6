package collection_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/release/releasetest"
	"lectern/scheduler"
)

// knowing makes a student who knows every card of the course, due in so many days.
func knowing(t *testing.T, a *releasetest.Author, due map[decks.CardID]int) *reader {
	t.Helper()
	r := newReader(t)
	r.takes(a.Package(t, 1, llm(nil), nil, nil), collection.Decisions{})
	for range 6 {
		r.study(collection.Scope{})
		r.now = r.now.AddDate(0, 0, 2)
	}
	for card, days := range due {
		r.ok(r.SetDue(ctx, []decks.CardID{card}, days, days))
	}
	return r
}

// dueIn says in how many days a card comes back, as the cache has it.
func (r *reader) dueIn(id decks.CardID) int {
	r.t.Helper()
	db := r.raw()
	defer db.Close()
	var day int
	r.ok(db.QueryRowContext(ctx, `SELECT due_day FROM cards WHERE id = ?`, string(id)).Scan(&day))
	return day - int(r.home().Today)
}

func splitFrom(from string, ids ...string) func(*decks.Deck) {
	return func(d *decks.Deck) {
		for _, id := range ids {
			n := question(id, "Часть "+id+"?", "Да.")
			n.From = from
			d.Notes = append(d.Notes, n)
		}
		drop(d, from)
		d.Retired = append(d.Retired, decks.Retired{ID: from, Into: ids})
	}
}

// What is made of others comes back when the first of them would have: parts of one on
// three days, not at once.
func TestWhenPartsComeBack(t *testing.T) {
	a := releasetest.New(t, "А. П. Иванова", "llm")
	r := knowing(t, a, map[decks.CardID]int{"token/f": 10, "model/f": 20, "cache/f": 15})
	for _, joined := range []string{"token model", "model token"} {
		next := llm(func(d *decks.Deck) {
			splitFrom("cache", "a", "b", "c", "d")(d)
			n := question("both", "Оба?", "Да.")
			n.Merges = strings.Fields(joined)
			d.Notes = append(d.Notes, n)
		})
		r.takes(a.Package(t, 2, next, nil, nil), collection.Decisions{})
		for card, want := range map[decks.CardID]int{"both/f": 10, "a/f": 15, "b/f": 14, "c/f": 13, "d/f": 15} {
			if got := r.dueIn(card); got != want {
				t.Errorf("%s comes back in %d days, want %d", card, got, want)
			}
		}
		r.sound()
		_, err := r.Undo(ctx)
		r.ok(err)
	}
}

// A card takes over the memory of the same part of what it was split from, or else of the
// weakest; of what was never answered, none.
func TestWhoseMemory(t *testing.T) {
	a := releasetest.New(t, "А. П. Иванова", "llm")
	r := knowing(t, a, nil)
	r.answer("softmax/c2", scheduler.Again)
	c1, c2 := r.state("softmax/c1"), r.state("softmax/c2")
	if c2.S >= c1.S {
		t.Fatalf("%+v, %+v", c1, c2)
	}
	next := llm(func(d *decks.Deck) {
		splitFrom("softmax", "plain")(d)
		n := cloze("gaps", "Это {{c1::первое}} и {{c2::второе}}.")
		n.From = "softmax"
		d.Notes = append(d.Notes, n)
		fresh := question("fresh", "Чья?", "Ничья.")
		fresh.From = "nowhere"
		d.Notes = append(d.Notes, fresh)
	})
	r.takes(a.Package(t, 2, next, nil, nil), collection.Decisions{})
	for card, from := range map[decks.CardID]scheduler.State{"plain/f": c2, "gaps/c1": c1, "gaps/c2": c2} {
		if got := r.state(card); math.Abs(got.S-from.S*0.7) > 1e-9 || got.D != from.D {
			t.Errorf("%s begins with %+v of %+v", card, got, from)
		}
	}
	if got := r.card("fresh/f"); got.Phase != scheduler.New {
		t.Errorf("%v", got.Phase)
	}
	r.sound()
}

// An update that was undone and is installed once more is the same update.
func TestUpdateOnceMore(t *testing.T) {
	a := releasetest.New(t, "А. П. Иванова", "llm")
	r := knowing(t, a, map[decks.CardID]int{"cache/f": 30, "token/f": 30})
	file := a.Package(t, 2, llm(func(d *decks.Deck) {
		splitFrom("cache", "a", "b")(d)
		note(d, "token").Fields[decks.Back] = "Другое."
		note(d, "token").Major++
		d.Notes = append(d.Notes, question("new", "Новое?", "Да."))
	}), nil, nil)
	said := func(o collection.Offer) string { return fmt.Sprintf("%+v %d %d", o.Update, o.Fresh, o.Sooner) }
	o := r.offered(file)
	first := said(o)
	_, err := r.Accept(ctx, o, collection.Decisions{}, nil)
	r.ok(err)
	want := r.dump(state)
	for range 3 {
		_, err := r.Undo(ctx)
		r.ok(err)
		o := r.offered(file)
		if now := said(o); now != first {
			t.Fatalf("it is offered as\n%s\nat first it was\n%s", now, first)
		}
		_, err = r.Accept(ctx, o, collection.Decisions{}, nil)
		r.ok(err)
		if now := r.dump(state); now != want {
			t.Fatalf("it is another: %s", difference(want, now))
		}
		r.sound()
	}
	// A card that was answered meanwhile begins with that answer, and is no part any more.
	r.answer("a/f", scheduler.Again)
	_, err = r.UndoUpdate(ctx, "llm")
	r.ok(err)
	answered := r.state("a/f")
	r.takes(file, collection.Decisions{})
	if got := r.state("a/f"); got != answered || got.S == 0 {
		t.Errorf("%+v, it was answered to %+v", got, answered)
	}
	r.sound()
}

// A card that changed in substance comes back today; one that is due anyway stays where it is
// and says so.
func TestChangedComesSooner(t *testing.T) {
	a := releasetest.New(t, "А. П. Иванова", "llm")
	r := knowing(t, a, map[decks.CardID]int{"token/f": 20, "model/f": 0, "cache/f": 20})
	moves := func(card string) (n int) {
		db := r.raw()
		defer db.Close()
		r.ok(db.QueryRowContext(ctx, `SELECT count(*) FROM reviews WHERE card = ? AND author IS NOT NULL`, card).Scan(&n))
		return n
	}
	file := a.Package(t, 2, llm(func(d *decks.Deck) {
		note(d, "token").Major++
		note(d, "model").Major++
		note(d, "cache").Fields[decks.Back] = "Слово другое, смысл тот же."
	}), nil, nil)
	if o := r.offered(file); o.Sooner != 1 || o.Update.Substance != 2 {
		t.Errorf("%d come sooner: %+v", o.Sooner, o.Update)
	}
	r.takes(file, collection.Decisions{})
	for card, want := range map[string][2]int{"token/f": {0, 1}, "model/f": {0, 1}, "cache/f": {20, 0}} {
		if due, n := r.dueIn(decks.CardID(card)), moves(card); due != want[0] || n != want[1] {
			t.Errorf("%s comes back in %d days after %d moves, want %v", card, due, n, want)
		}
	}
	r.sound()
}

// A card that changed in substance when it was due anyway says so too.
func TestChangedWhenDue(t *testing.T) {
	r, a := newReader(t), releasetest.New(t, "А. П. Иванова", "llm")
	r.takes(a.Package(t, 1, llm(nil), nil, nil), collection.Decisions{})
	for range 6 {
		r.study(collection.Scope{})
		r.now = r.now.AddDate(0, 0, 3)
	}
	r.now = r.now.AddDate(1, 0, 0)
	o := r.offered(a.Package(t, 2, llm(func(d *decks.Deck) {
		note(d, "cache").Fields[decks.Back] = "Другое."
		note(d, "cache").Major = 1
	}), nil, nil))
	if o.Sooner != 0 {
		t.Errorf("%d cards come back sooner than today", o.Sooner)
	}
	before := r.last("cache/f")
	_, err := r.Accept(ctx, o, collection.Decisions{}, nil)
	r.ok(err)
	if got := r.card("cache/f"); !got.Changed || got.Phase != scheduler.Review {
		t.Errorf("%+v", got)
	}
	if now := r.state("cache/f"); now != before {
		t.Errorf("memory changed from %+v to %+v", before, now)
	}
	r.answer("cache/f", scheduler.Good)
	if r.card("cache/f").Changed {
		t.Error("it is new to the student for ever")
	}
	r.sound()
}

// A deck that was put away and comes back at a later release: what was made of its notes
// meanwhile begins with their memory.
func TestLineageAfterAway(t *testing.T) {
	r, a := newReader(t), releasetest.New(t, "А. П. Иванова", "llm")
	r.takes(a.Package(t, 1, llm(nil), nil, nil), collection.Decisions{})
	for range 6 {
		r.study(collection.Scope{})
		r.now = r.now.AddDate(0, 0, 3)
	}
	cache := r.last("cache/f")
	r.ok(r.RemoveDeck(ctx, "llm"))
	o := r.offered(a.Package(t, 2, llm(func(d *decks.Deck) {
		drop(d, "cache")
		keys := question("keys", "Что такое ключи?", "Одно.")
		keys.From = "cache"
		d.Notes = append(d.Notes, keys)
	}), nil, nil))
	if !o.First {
		t.Errorf("%+v", o)
	}
	_, err := r.Accept(ctx, o, collection.Decisions{}, nil)
	r.ok(err)
	if got := r.state("keys/f"); got.S < cache.S*0.69 || got.S > cache.S*0.71 {
		t.Errorf("it begins with %+v, its source has %+v", got, cache)
	}
	r.sound()
}
