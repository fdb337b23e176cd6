package collection_test

import (
	"slices"
	"sync"
	"testing"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/scheduler"
)

// Every operation tells what it changed, once, and what turned out to be
// nothing tells nothing.
func TestChanges(t *testing.T) {
	d := newDesk(t)
	var told []collection.Change
	cancel := d.Subscribe(func(ch collection.Change) { told = append(told, ch) })
	deck := course("a", 3)
	deck.Notes = append(deck.Notes, cloze("c", "{{c1::раз}} {{c2::два}}"), question("u", "Без ответа?", ""))
	install := func() error { _, err := d.Install(ctx, deck, collection.InstallOptions{}); return err }
	undo := func() error { _, err := d.Undo(ctx); return err }
	redo := func() error { _, err := d.Redo(ctx); return err }
	rebuild := func() error { _, err := d.Rebuild(ctx, nil); return err }
	card := func(id ...decks.CardID) []decks.CardID { return id }
	everything := collection.Change{Queue: true, Texts: true, Decks: true, All: true}
	of := func(kind collection.OpKind, ch collection.Change) *collection.Change {
		ch.Op = kind
		return &ch
	}
	type change = collection.Change
	for _, tc := range []struct {
		name string
		do   func() error
		want *change // nil: nothing is told
	}{
		{"install", install, of(collection.OpInstall, everything)},
		{"update", install, of(collection.OpUpdate, everything)},
		{"answer", func() error {
			_, err := d.Answer(ctx, collection.AnswerRequest{Card: "a-q1/f", Grade: scheduler.Hard})
			return err
		}, &change{Op: collection.OpAnswer, Grade: scheduler.Hard, Cards: card("a-q1/f"), Queue: true}},
		{"answer nothing", func() error {
			if _, err := d.Answer(ctx, collection.AnswerRequest{Card: "x/f", Grade: scheduler.Hard}); err == nil {
				t.Error("answered")
			}
			return nil
		}, nil},
		{"undo an answer", undo, &change{Op: collection.OpUndo, Grade: scheduler.Hard, Cards: card("a-q1/f"), Queue: true}},
		{"redo an answer", redo, &change{Op: collection.OpRedo, Grade: scheduler.Hard, Cards: card("a-q1/f"), Queue: true}},
		{"edit a text", func() error { return d.Edit(ctx, "a-q1", decks.Back, "Моё") },
			&change{Op: collection.OpEdit, Cards: card("a-q1/f"), Texts: true}},
		{"edit nothing", func() error { return d.Edit(ctx, "a-q1", decks.Back, "Моё") }, nil},
		{"write an answer", func() error { return d.Edit(ctx, "u", decks.Back, "Ответ") },
			&change{Op: collection.OpWrite, Cards: card("u/f"), Texts: true, Queue: true}},
		{"take it back", func() error { return d.Revert(ctx, "u", decks.Back) },
			&change{Op: collection.OpRevert, Cards: card("u/f"), Texts: true, Queue: true}},
		{"edit a gap away", func() error { return d.Edit(ctx, "c", decks.Front, "{{c1::раз}} два") },
			&change{Op: collection.OpEdit, Cards: card("c/c1"), Texts: true, Queue: true}},
		{"edit another gap in", func() error { return d.Edit(ctx, "c", decks.Front, "{{c3::раз}} два") },
			&change{Op: collection.OpEdit, Cards: card("c/c3"), Texts: true, Queue: true}},
		{"undo an edit", undo, &change{Op: collection.OpUndo, Cards: card("c/c1"), Texts: true, Queue: true}},
		{"tags", func() error { return d.SetTags(ctx, "a-q1", []string{"моё"}) },
			&change{Op: collection.OpEdit, Cards: card("a-q1/f"), Texts: true}},
		{"suspend", func() error { return d.Suspend(ctx, card("a-q1/f", "a-q2/f", "a-q1/f"), true) },
			&change{Op: collection.OpSuspend, Cards: card("a-q1/f", "a-q2/f"), Queue: true}},
		{"suspend again", func() error { return d.Suspend(ctx, card("a-q1/f"), true) }, nil},
		{"resume", func() error { return d.Suspend(ctx, card("a-q1/f", "a-q3/f"), false) },
			&change{Op: collection.OpResume, Cards: card("a-q1/f"), Queue: true}},
		{"flag", func() error { return d.Flag(ctx, "a-q1/f", 3) }, &change{Op: collection.OpFlag, Cards: card("a-q1/f")}},
		{"skip", func() error { return d.Skip(ctx, "a-q1/f") }, &change{Op: collection.OpSkip, Cards: card("a-q1/f"), Queue: true}},
		{"more new of nothing held back", func() error { return d.MoreNew(ctx, collection.Scope{}, 3) }, nil},
		{"preset", func() error {
			p := scheduler.DefaultPreset()
			p.NewPerDay = 1
			return d.SetPreset(ctx, p)
		}, &change{Op: collection.OpPreset, Queue: true, Settings: true, All: true}},
		{"more new", func() error { return d.MoreNew(ctx, inDeck("a"), 1) }, &change{Op: collection.OpMoreNew, Queue: true}},
		{"undo more new", undo, &change{Op: collection.OpUndo, Queue: true, Settings: true}},
		{"undo preset", undo, &change{Op: collection.OpUndo, Queue: true, Settings: true, All: true}},
		{"rebuild of what is right", rebuild, nil},
		{"rebuild of what is wrong", func() error { d.exec(`DELETE FROM days`); return rebuild() },
			&change{Op: collection.OpRebuild, Queue: true, Texts: true, Decks: true, Settings: true, All: true}},
		{"a doctor who finds", func() error { d.exec(`DELETE FROM days`); _, err := d.Doctor(ctx, false, nil); return err }, nil},
		{"a doctor who mends", func() error { _, err := d.Doctor(ctx, true, nil); return err },
			&change{Op: collection.OpRebuild, Queue: true, Texts: true, Decks: true, Settings: true, All: true}},
		{"setting", func() error { return d.SetSetting(ctx, "theme", "dark") }, nil},
		{"backup", func() error { _, err := d.Backup(ctx, "", ""); return err }, nil},
		{"remove", func() error { return d.RemoveDeck(ctx, "a") }, of(collection.OpRemove, everything)},
		{"undo remove", undo, of(collection.OpUndo, everything)},
	} {
		told = nil
		if err := tc.do(); err != nil {
			t.Fatalf("%s: %v", tc.name, err)
		}
		switch {
		case tc.want == nil && len(told) > 0:
			t.Errorf("%s: told %+v, nothing happened", tc.name, told)
		case tc.want == nil:
		case len(told) != 1:
			t.Errorf("%s: told %d times", tc.name, len(told))
		default:
			got := told[0]
			if !slices.Equal(got.Cards, tc.want.Cards) {
				t.Errorf("%s: cards %v, want %v", tc.name, got.Cards, tc.want.Cards)
			}
			got.Cards, tc.want.Cards = nil, nil
			if g, w := got, *tc.want; g.Op != w.Op || g.Grade != w.Grade || g.Queue != w.Queue || g.Texts != w.Texts || g.Decks != w.Decks || g.Settings != w.Settings || g.All != w.All {
				t.Errorf("%s: told %+v, want %+v", tc.name, got, *tc.want)
			}
		}
	}
	cancel()
	cancel()
	told = nil
	d.answer("a-q3/f", scheduler.Good)
	if len(told) > 0 {
		t.Errorf("told after cancelling: %+v", told)
	}
}

// Who is told may ask at once, and sees what was changed; all are told in the
// order they came.
func TestSubscribersAsk(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 2))
	var order []int
	for i := range 3 {
		defer d.Subscribe(func(ch collection.Change) {
			order = append(order, i)
			if n := d.home().Reviews; n != 1 {
				t.Errorf("told of an answer, %d are there", n)
			}
		})()
	}
	d.answer("a-q1/f", scheduler.Good)
	if !slices.Equal(order, []int{0, 1, 2}) {
		t.Errorf("told in the order %v", order)
	}
}

// One goroutine studies, others look at everything, change texts and make
// backups.
func TestGoroutines(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 30))
	d.preset(func(p *scheduler.Preset) { p.NewPerDay = 30 })
	defer d.Subscribe(func(collection.Change) {
		if _, err := d.CanUndo(ctx); err != nil {
			t.Error(err)
		}
	})()
	var wg sync.WaitGroup
	stop := make(chan struct{})
	for _, look := range []func() error{
		func() error { _, err := d.Home(ctx); return err },
		func() error { _, err := d.Search(ctx, collection.Query{Text: "вопрос", Due: true}); return err },
		func() error { _, err := d.Stats(ctx); return err },
		func() error { _, err := d.History(ctx, "a-q1/f"); return err },
		func() error { return d.Edit(ctx, "a-q30", decks.Hint, decks.NewID()) },
		func() error { _, err := d.Backup(ctx, "", ""); return err },
	} {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if err := look(); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	card := d.next(collection.Scope{})
	for range 30 {
		a, err := d.Answer(ctx, collection.AnswerRequest{Card: card.Card, Grade: scheduler.Good})
		if err != nil || a.Next == nil {
			t.Error(err)
			break
		}
		card = a.Next
	}
	close(stop)
	wg.Wait()
	if n := d.home().Reviews; n != 30 {
		t.Errorf("30 answers were given, %d are there", n)
	}
	d.sound()
}
