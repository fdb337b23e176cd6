package collection_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/release"
	"lectern/scheduler"
)

// open is a deck of questions of which some have no answer.
func openQuestions(id string) decks.Deck {
	return decks.Deck{ID: id, Title: "Курс " + id, Lang: "ru",
		Sections: []decks.Section{{ID: "s", Title: "Лекция 1"}},
		Notes: []decks.Note{
			question(id+"-q1", "Что такое **токен**?", ""),
			question(id+"-q2", "Что такое модель?", "Ответ автора."),
			question(id+"-q3", "Зачем словарь?", ""),
		}}
}

func drafted(note, text string) decks.Draft {
	return decks.Draft{Note: note, Text: text, Supported: true, Model: "m1", Quotes: []decks.Quote{
		{Text: "Токен — часть слова", Passage: "Токен — часть слова, которую модель видит целиком.", Block: 3},
	}}
}

// waiting are the notes that a draft waits for.
func (d *desk) waiting() []string {
	d.t.Helper()
	rows, err := d.Drafts(ctx, "")
	d.ok(err)
	notes := []string{}
	for _, r := range rows {
		notes = append(notes, r.Note)
	}
	return notes
}

func (d *desk) wantWaiting(notes ...string) {
	d.t.Helper()
	if got := d.waiting(); !slices.Equal(got, append([]string{}, notes...)) {
		d.t.Fatalf("drafts wait for %v, want %v", got, notes)
	}
}

func TestDraftWaitsAndIsAccepted(t *testing.T) {
	d := newDesk(t)
	deck := openQuestions("a")
	for i := range deck.Notes {
		deck.Notes[i].Section = "s"
	}
	d.install(deck)
	before, events := d.dump(state), d.dump(layers)
	want := drafted("a-q1", "Часть слова.")
	d.ok(d.KeepDrafts(ctx, []decks.Draft{drafted("a-q3", "Чтобы называть токены числами."), want}))
	if d.dump(state) != before || d.dump(layers) != events {
		t.Fatal("keeping drafts changed a layer or what is shown")
	}
	rows, err := d.Drafts(ctx, "a")
	d.ok(err)
	if len(rows) != 2 || rows[0].Note != "a-q1" {
		t.Fatalf("drafts in another order: %+v", rows)
	}
	r := rows[0]
	if r.Question != "Что такое **токен**?" || r.Deck != "a" || r.DeckTitle != "Курс a" || r.Section != "Лекция 1" || !r.At.Equal(d.now) ||
		r.Text != want.Text || !r.Supported || r.Model != "m1" || !slices.Equal(r.Quotes, want.Quotes) {
		t.Errorf("%+v", r)
	}
	if n := d.search(collection.Query{Unanswered: true}).Total; n != 2 {
		t.Errorf("%d cards need an answer while drafts wait, want 2", n)
	}

	// Accepting is an edit of the student's, with the words he sees.
	d.ok(d.AcceptDraft(ctx, "a-q1", ""))
	d.wantWaiting("a-q3")
	if got := d.card("a-q1/f").Note.Text(decks.Back); got != "Часть слова." {
		t.Errorf("the answer is %q", got)
	}
	d.ok(d.AcceptDraft(ctx, "a-q3", "Чтобы считать. \n"))
	d.wantWaiting()
	if got := d.card("a-q3/f").Note.Text(decks.Back); got != "Чтобы считать." {
		t.Errorf("the answer is %q", got)
	}
	wantFault(t, d.AcceptDraft(ctx, "a-q3", ""), fault.NoSuchDraft)

	// Undone, the draft waits again, also after a restart.
	info, err := d.Undo(ctx)
	d.ok(err)
	if info.Kind != collection.OpAccept || info.Subject != "Зачем словарь?" {
		t.Errorf("%+v", info)
	}
	d.wantWaiting("a-q3")
	d.reopen()
	d.wantWaiting("a-q3")
	_, err = d.Undo(ctx)
	d.ok(err)
	d.wantWaiting("a-q1", "a-q3")
	if now := d.dump(state); now != before {
		t.Errorf("undo left a difference: %s", difference(before, now))
	}
	_, err = d.Redo(ctx)
	d.ok(err)
	d.wantWaiting("a-q3")
	d.sound()
}

func TestDraftIsRejected(t *testing.T) {
	d := newDesk(t)
	d.install(openQuestions("a"))
	d.ok(d.KeepDrafts(ctx, []decks.Draft{drafted("a-q1", "Один."), drafted("a-q3", "Три.")}))
	before := d.dump(state)
	d.ok(d.RejectDraft(ctx, "a-q1"))
	d.wantWaiting("a-q3")
	wantFault(t, d.RejectDraft(ctx, "a-q1"), fault.NoSuchDraft)
	wantFault(t, d.AcceptDraft(ctx, "a-q1", "Один."), fault.NoSuchDraft)
	info, err := d.Undo(ctx)
	d.ok(err)
	if info.Kind != collection.OpReject || info.Subject != "Что такое токен?" {
		t.Errorf("%+v", info)
	}
	d.wantWaiting("a-q1", "a-q3")
	_, err = d.Redo(ctx)
	d.ok(err)
	d.wantWaiting("a-q3")
	d.reopen()
	d.wantWaiting("a-q3")
	if now := d.dump(state); now != before {
		t.Errorf("rejecting changed what is shown: %s", difference(before, now))
	}

	// Another draft takes its place; undoing the rejection does not touch that.
	d.ok(d.KeepDrafts(ctx, []decks.Draft{drafted("a-q1", "Иначе.")}))
	d.wantWaiting("a-q1", "a-q3")
	_, err = d.Undo(ctx)
	d.ok(err)
	_, err = d.Redo(ctx)
	d.ok(err)
	d.wantWaiting("a-q1", "a-q3")
	d.sound()
}

// A draft waits only while its note needs an answer.
func TestDraftStandsBack(t *testing.T) {
	d := newDesk(t)
	deck := openQuestions("a")
	d.install(deck)
	d.ok(d.KeepDrafts(ctx, []decks.Draft{drafted("a-q1", "Один."), drafted("a-q2", "Два.")}))
	d.wantWaiting("a-q1")                               // the other has an answer
	d.ok(d.Edit(ctx, "a-q1", decks.Back, "Мой ответ.")) // the student's own
	d.wantWaiting()
	d.ok(d.Revert(ctx, "a-q1", decks.Back))
	d.wantWaiting("a-q1")

	deck.Notes[0].Fields[decks.Back] = "Ответ автора." // the author's
	d.install(deck)
	d.wantWaiting()
	delete(deck.Notes[0].Fields, decks.Back)
	d.install(deck)
	d.wantWaiting("a-q1")

	deck.Notes = deck.Notes[1:] // withdrawn
	d.install(deck)
	d.wantWaiting()
	_, err := d.Undo(ctx)
	d.ok(err)
	d.wantWaiting("a-q1")

	d.ok(d.RemoveDeck(ctx, "a")) // put away
	d.wantWaiting()
	_, err = d.Drafts(ctx, "a")
	wantFault(t, err, fault.NoSuchDeck)
	// What arrives meanwhile is kept for when it is back.
	d.ok(d.KeepDrafts(ctx, []decks.Draft{drafted("a-q3", "Три.")}))
	_, err = d.Undo(ctx)
	d.ok(err)
	d.wantWaiting("a-q1", "a-q3")
	d.sound()
}

func TestDraftsThatCannotBeKept(t *testing.T) {
	d := newDesk(t)
	d.install(openQuestions("a"))
	long := strings.Repeat("а", release.MaxText/2+1)
	for name, c := range map[string]struct {
		draft decks.Draft
		want  fault.Code
	}{
		"of no note":          {drafted("nowhere", "Один."), fault.NoSuchCard},
		"empty":               {drafted("a-q1", " \n"), fault.BadArgument},
		"too long":            {drafted("a-q1", long), fault.BadArgument},
		"quotations too long": {decks.Draft{Note: "a-q1", Text: "x", Quotes: []decks.Quote{{Text: long}}}, fault.BadArgument},
	} {
		wantFault(t, d.KeepDrafts(ctx, []decks.Draft{drafted("a-q3", "Три."), c.draft}), c.want)
		if got := d.waiting(); len(got) != 0 {
			t.Errorf("%s: %v was kept of a set that could not be", name, got)
		}
	}
	d.ok(d.KeepDrafts(ctx, []decks.Draft{{Note: "a-q1", Text: "Без цитат.", Supported: true}}))
	rows, err := d.Drafts(ctx, "")
	d.ok(err)
	if rows[0].Supported {
		t.Errorf("a draft that quotes nothing is called supported: %+v", rows[0])
	}
	wantFault(t, d.AcceptDraft(ctx, "a-q1", long), fault.DeckTooLarge)
	wantFault(t, d.AcceptDraft(ctx, "a-q3", ""), fault.NoSuchDraft)
	d.wantWaiting("a-q1")
}

// Views hear of drafts that come and go.
func TestDraftsAreTold(t *testing.T) {
	d := newDesk(t)
	d.install(openQuestions("a"))
	var told []collection.OpKind
	cancel := d.Subscribe(func(ch collection.Change) {
		if ch.Drafts {
			told = append(told, ch.Op)
		}
	})
	defer cancel()
	d.ok(d.KeepDrafts(ctx, []decks.Draft{drafted("a-q1", "Один."), drafted("a-q3", "Три.")}))
	d.ok(d.RejectDraft(ctx, "a-q1"))
	d.ok(d.AcceptDraft(ctx, "a-q3", ""))
	_, err := d.Undo(ctx)
	d.ok(err)
	d.ok(d.Flag(ctx, "a-q1/f", 1))
	want := []collection.OpKind{collection.OpDraft, collection.OpReject, collection.OpAccept, collection.OpUndo}
	if !slices.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
}

// Drafts are in backups, and a rebuild leaves them alone.
func TestDraftsInBackups(t *testing.T) {
	d := newDesk(t)
	d.install(openQuestions("a"))
	d.ok(d.KeepDrafts(ctx, []decks.Draft{drafted("a-q1", "Один."), drafted("a-q3", "Три.")}))
	d.ok(d.RejectDraft(ctx, "a-q3"))
	b, err := d.Backup(ctx, "", "")
	d.ok(err)
	d.ok(d.AcceptDraft(ctx, "a-q1", ""))
	d.ok(d.Close())
	d.ok(collection.RestoreBackup(ctx, d.dir, b.Path, nil))
	d.open()
	d.wantWaiting("a-q1")
	d.sound()
}

// A collection from before drafts gets their table and keeps what it has.
func TestDraftsInAnOlderCollection(t *testing.T) {
	d := newDesk(t)
	d.install(openQuestions("a"))
	d.answer("a-q2/f", scheduler.Good)
	before := d.dump(state) + d.dump(layers)
	d.ok(d.Close())
	d.exec(`DROP TABLE drafts`, `DROP TABLE trusts`, `DROP TABLE statements`, `DROP INDEX owners_deck`, `ALTER TABLE reviews DROP COLUMN author`, `DELETE FROM goose_db_version WHERE version_id >= 3`, `PRAGMA user_version = 2`)
	d.open()
	if after := d.dump(state) + d.dump(layers); after != before {
		t.Fatal(difference(before, after))
	}
	d.ok(d.KeepDrafts(ctx, []decks.Draft{drafted("a-q1", "Один.")}))
	d.wantWaiting("a-q1")
	d.sound()
}

func TestDoctorOfDrafts(t *testing.T) {
	d := newDesk(t)
	d.install(openQuestions("a"))
	d.ok(d.KeepDrafts(ctx, []decks.Draft{drafted("a-q1", "Один."), drafted("a-q3", "Три.")}))
	d.exec(`INSERT INTO drafts (note, text, quotes, supported, model, at_ms) VALUES ('nobody', 'x', '[]', 0, 'm', 0)`,
		`UPDATE drafts SET quotes = '{"a": 1}' WHERE note = 'a-q3'`)
	for _, repair := range []bool{false, true} {
		problems, err := d.Doctor(ctx, repair, nil)
		d.ok(err)
		if len(problems) != 1 || problems[0] != (collection.Problem{Code: "bad_draft", Detail: "2 drafts", Repaired: repair}) {
			t.Errorf("%+v", problems)
		}
	}
	d.wantWaiting("a-q1")
	d.sound()
}

// Whatever is done with drafts between other things, from two windows: those wait
// that the model says, and with everything undone nothing but drafts is left.
func TestDraftsLaw(t *testing.T) {
	checks(t, "30")
	root := tempDir(t)
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp(root, "")
		d := &desk{t: t, dir: dir, now: morning}
		d.ok(err)
		defer os.RemoveAll(dir)
		var windows [2]*collection.Collection
		for i := range windows {
			d.open()
			windows[i] = d.Collection
		}
		defer func() { windows[0].Close(); windows[1].Close() }()
		d.install(openQuestions("a"))
		installed := d.dump(state)

		type model struct {
			answered, drafted, rejected map[string]bool
		}
		now := model{map[string]bool{}, map[string]bool{}, map[string]bool{}}
		notes := []string{"a-q1", "a-q3"}
		var done, undone []func(back bool)
		do := func(f func(back bool)) {
			f(false)
			done, undone = append(done, f), nil
		}
		generation := map[string]int{} // of a note's draft
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			d.Collection = windows[rapid.IntRange(0, 1).Draw(t, "window")]
			d.now = d.now.Add(time.Minute)
			note := rapid.SampledFrom(notes).Draw(t, "note")
			waits := now.drafted[note] && !now.rejected[note] && !now.answered[note]
			switch rapid.SampledFrom([]string{"keep", "accept", "reject", "write", "undo", "redo", "rebuild"}).Draw(t, "act") {
			case "keep":
				generation[note]++
				d.ok(d.KeepDrafts(ctx, []decks.Draft{drafted(note, fmt.Sprint("Черновик ", generation[note]))}))
				now.drafted[note], now.rejected[note] = true, false
			case "accept":
				if err := d.AcceptDraft(ctx, note, ""); !waits {
					wantFault(t, err, fault.NoSuchDraft)
				} else {
					d.ok(err)
					do(func(back bool) { now.answered[note] = !back })
				}
			case "reject":
				if err := d.RejectDraft(ctx, note); !waits {
					wantFault(t, err, fault.NoSuchDraft)
				} else {
					d.ok(err)
					g := generation[note]
					do(func(back bool) {
						if generation[note] == g {
							now.rejected[note] = !back
						}
					})
				}
			case "write":
				if !now.answered[note] {
					d.ok(d.Edit(ctx, note, decks.Back, "Мой ответ."))
					do(func(back bool) { now.answered[note] = !back })
				}
			case "undo":
				if len(done) > 0 {
					_, err := d.Undo(ctx)
					d.ok(err)
					f := done[len(done)-1]
					f(true)
					done, undone = done[:len(done)-1], append(undone, f)
				}
			case "redo":
				if len(undone) > 0 {
					_, err := d.Redo(ctx)
					d.ok(err)
					f := undone[len(undone)-1]
					f(false)
					undone, done = undone[:len(undone)-1], append(done, f)
				}
			case "rebuild":
				d.sound()
			}
			want := []string{}
			for _, n := range notes {
				if now.drafted[n] && !now.rejected[n] && !now.answered[n] {
					want = append(want, n)
				}
			}
			for _, w := range windows {
				d.Collection = w
				d.wantWaiting(want...)
			}
		}
		for range done {
			_, err := d.Undo(ctx)
			d.ok(err)
		}
		if after := d.dump(state); after != installed {
			t.Fatalf("with everything undone: %s", difference(installed, after))
		}
		d.sound()
	})
}
