package collection_test

import (
	"bytes"
	"os"
	"reflect"
	"slices"
	"testing"
	"time"

	"lectern/decks"
	"lectern/decks/class"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/scheduler"
)

func classDeck(answers ...string) decks.Deck {
	d := decks.Deck{ID: "course", Title: "Course", Sections: []decks.Section{{ID: "s", Title: "One"}}}
	for i, a := range answers {
		id := string(rune('a' + i))
		d.Notes = append(d.Notes, decks.Note{ID: id, Kind: decks.Question, Section: "s", Fields: map[decks.Field]string{decks.Front: "What is " + id + "?", decks.Back: a}})
	}
	return d
}

// What a student wrote himself goes to the author, and nothing else that stands in
// the place of an answer.
func TestOwnAnswers(t *testing.T) {
	d := newDesk(t)
	d.install(classDeck("", "author's", "", "", "", ""))
	own := func() []class.Answer {
		a, err := d.OwnAnswers(ctx, "course")
		d.ok(err)
		return a.Answers
	}
	if got := own(); len(got) != 0 {
		t.Errorf("before anything is written: %+v", got)
	}
	d.ok(d.Edit(ctx, "a", decks.Back, "mine\u202e one"))
	d.ok(d.Edit(ctx, "b", decks.Back, "mine two"))
	d.ok(d.Edit(ctx, "b", decks.Hint, "a hint of mine"))
	d.ok(d.Edit(ctx, "c", decks.Back, "taken back"))
	d.ok(d.Revert(ctx, "c", decks.Back))
	d.ok(d.Edit(ctx, "d", decks.Back, "undone"))
	_, err := d.Undo(ctx)
	d.ok(err)
	d.ok(d.KeepDrafts(ctx, []decks.Draft{{Note: "e", Text: "drafted", Model: "m"}}))
	d.ok(d.AcceptDraft(ctx, "e", "drafted"))
	d.ok(d.Edit(ctx, "f", decks.Back, "cleared"))
	d.ok(d.Edit(ctx, "f", decks.Back, ""))
	want := []class.Answer{{Note: "a", Text: "mine one"}, {Note: "b", Text: "mine two"}}
	if got := own(); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	// The author takes one answer over: then it is no news to him.
	next := classDeck("mine one", "author's", "", "", "", "")
	next.Notes[0].Fields[decks.Back] = "mine\u202e one"
	d.install(next)
	if got := own(); !reflect.DeepEqual(got, want[1:]) {
		t.Errorf("%+v, want %+v", got, want[1:])
	}
	if _, err := d.OwnAnswers(ctx, "nowhere"); !fault.Is(err, fault.NoSuchDeck) {
		t.Errorf("a deck that is not there: %v", err)
	}
	d.sound()
}

// The pseudonym stays with the student, and is another one for each file and deck.
func TestReporters(t *testing.T) {
	d := newDesk(t)
	d.install(classDeck("x"))
	other := decks.Deck{ID: "other", Title: "Other", Notes: []decks.Note{{ID: "z", Kind: decks.Question, Fields: map[decks.Field]string{decks.Front: "Z?"}}}}
	d.install(other)
	names := func() [3]string {
		a, err := d.OwnAnswers(ctx, "course")
		d.ok(err)
		r, err := d.ClassReport(ctx, "course")
		d.ok(err)
		o, err := d.ClassReport(ctx, "other")
		d.ok(err)
		if _, err := a.Write(); err != nil {
			t.Error(err)
		}
		return [3]string{a.Reporter, r.Reporter, o.Reporter}
	}
	first := names()
	d.reopen()
	if again := names(); again != first {
		t.Errorf("%v became %v", first, again)
	}
	if first[0] == first[1] || first[1] == first[2] || first[0] == first[2] {
		t.Errorf("files can be linked: %v", first)
	}
	second := newDesk(t)
	second.install(classDeck("x"))
	r, err := second.ClassReport(ctx, "course")
	d.ok(err)
	if r.Reporter == first[1] {
		t.Error("two students have one name")
	}
}

func TestClassReport(t *testing.T) {
	d := newDesk(t)
	d.install(classDeck("x", "y", "z", "w"))
	report := func() class.Report {
		r, err := d.ClassReport(ctx, "course")
		d.ok(err)
		return r
	}
	d.answer("a/f", scheduler.Easy)
	for range 2 {
		d.now = d.now.Add(40 * 24 * time.Hour)
		d.answer("a/f", scheduler.Again)
		d.now = d.now.Add(time.Hour)
		d.answer("a/f", scheduler.Good)
		d.now = d.now.Add(time.Hour)
		d.answer("a/f", scheduler.Good)
	}
	d.answer("b/f", scheduler.Good)
	d.answer("d/f", scheduler.Good)
	_, err := d.Undo(ctx)
	d.ok(err)
	d.ok(d.Remark(ctx, "c/f", collection.Unclear, true))
	d.ok(d.Remark(ctx, "c/f", collection.Unclear, true)) // changes nothing
	d.ok(d.Remark(ctx, "b/f", collection.Wrong, true))
	want := []class.Card{
		{ID: "a/f", Reviews: 7, Lapses: 2, Seconds: 5}, {ID: "b/f", Reviews: 1, Seconds: 5, Wrong: true}, {ID: "c/f", Unclear: true},
	}
	if got := report(); !reflect.DeepEqual(got.Cards, want) {
		t.Errorf("%+v, want %+v", got.Cards, want)
	}
	d.sound()

	// A remark is an operation: undone, done again, taken back.
	op, err := d.Undo(ctx)
	d.ok(err)
	if op.Kind != collection.OpRemark || op.Subject != "What is b?" {
		t.Errorf("undone %+v", op)
	}
	if report().Cards[1].Wrong {
		t.Error("a remark is there after undo")
	}
	_, err = d.Redo(ctx)
	d.ok(err)
	if !report().Cards[1].Wrong {
		t.Error("a remark is not there after redo")
	}
	d.ok(d.Remark(ctx, "c/f", collection.Unclear, false))
	if got := report().Cards; len(got) != 2 {
		t.Errorf("after taking a remark back: %+v", got)
	}
	// It is no word of the student's in the note, and stands on its card.
	d.ok(d.Remark(ctx, "d/f", collection.Wrong, true))
	for card, want := range map[decks.CardID][]collection.Remark{"d/f": {collection.Wrong}, "b/f": {collection.Wrong}, "c/f": nil} {
		if got, err := d.RemarksOn(ctx, card); err != nil || !slices.Equal(got, want) {
			t.Errorf("on %s %v, %v", card, got, err)
		}
	}
	if _, err := d.RemarksOn(ctx, "nowhere/f"); !fault.Is(err, fault.NoSuchCard) {
		t.Errorf("no card: %v", err)
	}
	if text := d.card("d/f").Note.Fields; len(text) != 2 {
		t.Errorf("fields %v", text)
	}
	d.sound()

	if err := d.Remark(ctx, "d/f", "ugly", true); !fault.Is(err, fault.BadArgument) {
		t.Errorf("another remark: %v", err)
	}
	if err := d.Remark(ctx, "nowhere/f", collection.Wrong, true); !fault.Is(err, fault.NoSuchCard) {
		t.Errorf("no card: %v", err)
	}
}

// Nothing of the student's secret leaves in a file, nor when it was made.
func TestReportTellsNothing(t *testing.T) {
	d := newDesk(t)
	d.install(classDeck("x", "y"))
	d.answer("a/f", scheduler.Good)
	first, err := d.ClassReport(ctx, "course")
	d.ok(err)
	one, err := first.Write()
	d.ok(err)
	d.now = d.now.Add(1000 * time.Hour)
	second, err := d.ClassReport(ctx, "course")
	d.ok(err)
	two, err := second.Write()
	d.ok(err)
	if !bytes.Equal(one, two) {
		t.Errorf("the report says when it was made:\n%s\n%s", one, two)
	}
	secret, err := d.Setting(ctx, "class_secret")
	d.ok(err)
	host, _ := os.Hostname()
	for _, word := range []string{secret, host, d.dir, "2026-", "2026/"} {
		if len(word) > 3 && bytes.Contains(one, []byte(word)) {
			t.Errorf("the report holds %q:\n%s", word, one)
		}
	}
}

func TestReleased(t *testing.T) {
	d := newDesk(t)
	d.install(classDeck("author's"))
	d.ok(d.Edit(ctx, "a", decks.Back, "mine"))
	got, err := d.Released(ctx, "course")
	d.ok(err)
	if got.Notes[0].Text(decks.Back) != "author's" || got.Title != "Course" {
		t.Errorf("%+v", got)
	}
	if _, err := d.Released(ctx, "nowhere"); !fault.Is(err, fault.NoSuchDeck) {
		t.Errorf("a deck that is not there: %v", err)
	}
}
