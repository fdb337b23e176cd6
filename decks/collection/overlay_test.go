package collection_test

import (
	"slices"
	"strings"
	"testing"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/release"
	"lectern/scheduler"
)

func (d *desk) shown(note string) decks.Note {
	d.t.Helper()
	for _, r := range d.search(collection.Query{}).Rows {
		if r.Note == note {
			return d.card(r.Card).Note
		}
	}
	d.t.Fatalf("note %s is not shown", note)
	return decks.Note{}
}

// What the student wrote stays over whatever the author releases; what the
// author writes arrives where the student wrote nothing.
func TestEditSurvivesAnUpdate(t *testing.T) {
	d := newDesk(t)
	deck := course("a", 2)
	d.install(deck)
	d.answer("a-q1/f", scheduler.Good)
	d.ok(d.Edit(ctx, "a-q1", decks.Back, "Мой ответ."))
	before := d.card("a-q1/f")

	deck.Notes[0].Fields = map[decks.Field]string{decks.Front: "Вопрос первый?", decks.Back: "Ответ автора, второе издание."}
	r := d.install(deck)
	if !r.Update || r.Changed != 1 || r.Same != 1 || r.Added+r.Retired != 0 {
		t.Errorf("%+v", r)
	}
	after := d.card("a-q1/f")
	if after.Note.Text(decks.Front) != "Вопрос первый?" || after.Note.Text(decks.Back) != "Мой ответ." {
		t.Errorf("shown: %v", after.Note.Fields)
	}
	if after.Outcomes != before.Outcomes || after.Phase != before.Phase {
		t.Error("the update changed the schedule")
	}
	d.ok(d.Revert(ctx, "a-q1", decks.Back))
	if got := d.shown("a-q1").Text(decks.Back); got != "Ответ автора, второе издание." {
		t.Errorf("reverted to %q", got)
	}
	// The author now writes what the student had: nothing is the student's own.
	if _, err := d.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if got := d.shown("a-q1").Text(decks.Back); got != "Мой ответ." {
		t.Errorf("undone, %q is shown", got)
	}
	d.sound()
}

// Filling an empty answer is an operation of its own and changes nothing in
// the schedule; the author's answer, when it comes, does not replace it.
func TestWriteAnAnswer(t *testing.T) {
	d := newDesk(t)
	deck := decks.Deck{ID: "a", Title: "Курс", Notes: []decks.Note{question("q", "Почему?", "")}}
	d.install(deck)
	d.answer("q/f", scheduler.Again)
	if h := d.home(); h.Due.Unanswered != 1 || h.Decks[0].Unanswered != 1 {
		t.Fatalf("%+v", h)
	}
	before := d.card("q/f")
	d.ok(d.Edit(ctx, "q", decks.Back, "  Потому.\r\n"))
	after := d.card("q/f")
	if after.Outcomes != before.Outcomes || after.Left.Learning != before.Left.Learning {
		t.Error("writing an answer changed the schedule")
	}
	if got := after.Note.Text(decks.Back); got != release.Text("  Потому.\r\n") {
		t.Errorf("the answer is %q", got)
	}
	if h := d.home(); h.Due.Unanswered != 0 || h.Decks[0].Unanswered != 0 {
		t.Errorf("%+v", h.Due)
	}
	info, err := d.CanUndo(ctx)
	d.ok(err)
	if info.Kind != collection.OpWrite || info.Subject != "Почему?" || info.Card != "q/f" {
		t.Errorf("undo would take back %+v", info)
	}
	deck.Notes[0] = question("q", "Почему?", "Ответ автора.")
	d.install(deck)
	if got := d.shown("q").Text(decks.Back); got != "Потому." && got != "  Потому." {
		t.Errorf("the author's answer replaced the student's: %q", got)
	}
	if f := d.search(collection.Query{Unanswered: true}); f.Total != 0 {
		t.Errorf("unanswered: %+v", f)
	}
	d.sound()
}

func TestEditOfNothing(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 1))
	last, err := d.CanUndo(ctx)
	d.ok(err)
	d.ok(d.Edit(ctx, "a-q1", decks.Back, "Ответ 1.  \n")) // what is shown already
	d.ok(d.Revert(ctx, "a-q1", decks.Back))               // nothing was written
	d.ok(d.SetTags(ctx, "a-q1", nil))
	if info, err := d.CanUndo(ctx); err != nil || info.ID != last.ID {
		t.Errorf("nothing became the operation %+v (%v)", info, err)
	}
}

func TestEditRefuses(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 1))
	before := d.dump(layers)
	wantFault(t, d.Edit(ctx, "a-q1", decks.Front, " \n"), fault.EmptyQuestion)
	wantFault(t, d.Edit(ctx, "a-q1", "colour", "red"), fault.BadArgument)
	wantFault(t, d.Edit(ctx, "nobody", decks.Back, "x"), fault.NoSuchCard)
	wantFault(t, d.Edit(ctx, "a-q1", decks.Back, strings.Repeat("ы", release.MaxText/2+1)), fault.DeckTooLarge)
	wantFault(t, d.Flag(ctx, "a-q1/f", 5), fault.BadArgument)
	wantFault(t, d.Flag(ctx, "nobody/f", 1), fault.NoSuchCard)
	wantFault(t, d.Skip(ctx, "nobody/f"), fault.NoSuchCard)
	if d.dump(layers) != before {
		t.Error("a refused edit left something")
	}
}

// Gaps that an edit takes away take their cards with them; the schedules are
// there when the gaps return.
func TestEditOfGaps(t *testing.T) {
	d := newDesk(t)
	d.install(decks.Deck{ID: "a", Title: "Курс", Notes: []decks.Note{cloze("n", "{{c1::раз}} {{c2::два}}")}})
	d.preset(func(p *scheduler.Preset) { p.LearningSteps = nil })
	d.answer("n/c2", scheduler.Easy)
	d.ok(d.Edit(ctx, "n", decks.Front, "{{c1::раз}} {{c3::три}} {{c0::ноль}} {{c4::без конца"))
	var got []decks.CardID
	for _, r := range d.search(collection.Query{}).Rows {
		got = append(got, r.Card)
	}
	if !slices.Equal(got, []decks.CardID{"n/c1", "n/c3"}) {
		t.Fatalf("cards %v", got)
	}
	if h, err := d.History(ctx, "n/c2"); err != nil || len(h) != 1 {
		t.Errorf("history %v, %v", h, err)
	}
	d.sound()
	d.ok(d.Revert(ctx, "n", decks.Front))
	if card := d.card("n/c2"); card.Phase != scheduler.Review {
		t.Errorf("the card returned as %v", card.Phase)
	}
	d.sound()
}

// The student's tags are a difference to the author's.
func TestTags(t *testing.T) {
	d := newDesk(t)
	deck := course("a", 1)
	deck.Notes[0].Tags = []string{"важно", "лекция"}
	d.install(deck)
	d.ok(d.SetTags(ctx, "a-q1", []string{"лекция", "моё"}))
	deck.Notes[0].Tags = []string{"важно", "лекция", "экзамен"}
	d.install(deck)
	if got := d.shown("a-q1").Tags; !slices.Equal(got, []string{"лекция", "моё", "экзамен"}) {
		t.Errorf("tags %v", got)
	}
	if f := d.search(collection.Query{Text: "МОЕ"}); f.Total != 1 {
		t.Errorf("a tag is not found: %+v", f)
	}
}

// A page that is imported again is the same deck with the same history.
func TestPageAgain(t *testing.T) {
	d := newDesk(t)
	origin := collection.Origin{Kind: "page", Name: "лекция.txt", Key: "k1"}
	deck := course("a", 2)
	_, err := d.Install(ctx, deck, collection.InstallOptions{Origin: origin, PageText: "Страница"})
	d.ok(err)
	d.answer("a-q2/f", scheduler.Good)

	for _, o := range []collection.Origin{{Key: "k1"}, {Kind: "page", Name: "лекция.txt"}} {
		found, ok, err := d.FindPage(ctx, o)
		if err != nil || !ok || found.ID != "a" || len(found.Notes) != 2 {
			t.Fatalf("%+v: %+v %v %v", o, found, ok, err)
		}
	}
	for _, o := range []collection.Origin{{Kind: "page", Name: "лекция.txt", Key: "k2"}, {Kind: "course", Name: "лекция.txt"}} {
		if _, ok, err := d.FindPage(ctx, o); err != nil || ok {
			t.Errorf("%+v is another page (%v)", o, err)
		}
	}
	deck.Notes = append([]decks.Note{question("a-q0", "Новый вопрос?", "")}, deck.Notes...)
	r, err := d.Install(ctx, deck, collection.InstallOptions{Origin: origin, PageText: "Страница, исправленная"})
	if err != nil || !r.Update || r.Added != 1 || r.Same != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	if rows, err := d.Decks(ctx); err != nil || len(rows) != 1 || rows[0].Cards != 3 || rows[0].Origin != origin {
		t.Fatalf("%+v, %v", rows, err)
	}
	if h, err := d.History(ctx, "a-q2/f"); err != nil || len(h) != 1 || h[0].Undone {
		t.Errorf("history %+v, %v", h, err)
	}
	page := func() string {
		text, kept, err := d.Page(ctx, "a")
		if err != nil || !kept {
			t.Fatalf("page %v, %v", kept, err)
		}
		return text
	}
	if got := page(); got != "Страница, исправленная" {
		t.Errorf("page %q", got)
	}
	if _, err := d.Undo(ctx); err != nil || page() != "Страница" {
		t.Errorf("undone, the page is %q (%v)", page(), err)
	}
	got, err := d.Deck(ctx, "a")
	if err != nil || len(got.Notes) != 2 || got.Title != deck.Title || got.Lang != "ru" {
		t.Errorf("deck %+v, %v", got, err)
	}
}

// An update and its undo leave what was there, and the reviews given since are
// kept when the first release comes back in another way.
func TestUpdateAndBack(t *testing.T) {
	d := newDesk(t)
	first := course("a", 3)
	d.install(first)
	d.answer("a-q1/f", scheduler.Good)
	before := d.dump(state)

	second := first
	second.Title = "Курс, второе издание"
	second.Notes = []decks.Note{question("a-q9", "Девятый?", ""), question("a-q1", "Первый, но иначе?", "Ответ 1.")}
	d.install(second)
	if info, err := d.Undo(ctx); err != nil || info.Kind != collection.OpUpdate || info.Subject != "Курс, второе издание" {
		t.Fatalf("%+v, %v", info, err)
	}
	if after := d.dump(state); after != before {
		t.Fatalf("update and undo left %s", difference(before, after))
	}
	d.install(second)
	d.answer("a-q9/f", scheduler.Good)
	d.install(first)
	if h, err := d.History(ctx, "a-q9/f"); err != nil || len(h) != 1 || h[0].Undone {
		t.Errorf("the review made since: %+v, %v", h, err)
	}
	stats, err := d.Stats(ctx)
	if err != nil || stats.Reviews != 2 {
		t.Errorf("%+v, %v", stats, err)
	}
	d.sound()
}

// A deck that was put away comes back with everything, by undo and by installing
// it anew.
func TestRemoveAndReturn(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 2))
	d.install(course("b", 1))
	d.answer("a-q1/f", scheduler.Good)
	d.ok(d.Edit(ctx, "a-q2", decks.Back, "Моё"))
	before := d.dump(state)
	remove := func() {
		t.Helper()
		d.ok(d.RemoveDeck(ctx, "a"))
		if rows, err := d.Decks(ctx); err != nil || len(rows) != 1 || d.search(collection.Query{}).Total != 1 {
			t.Fatalf("%+v, %v", rows, err)
		}
		_, err := d.Card(ctx, "a-q1/f")
		wantFault(t, err, fault.NoSuchCard)
		if h, err := d.History(ctx, "a-q1/f"); err != nil || len(h) != 1 {
			t.Fatalf("history %+v, %v", h, err)
		}
		if s, err := d.Stats(ctx); err != nil || s.Reviews != 1 {
			t.Fatalf("%+v, %v", s, err)
		}
		wantFault(t, d.RemoveDeck(ctx, "a"), fault.NoSuchDeck)
		d.sound()
	}
	remove()
	if info, err := d.Undo(ctx); err != nil || info.Kind != collection.OpRemove || info.Subject != "Курс a" {
		t.Fatalf("%+v, %v", info, err)
	}
	if after := d.dump(state); after != before {
		t.Fatalf("removed and undone: %s", difference(before, after))
	}
	remove()
	if r := d.install(course("a", 2)); r.Update || r.Added != 2 {
		t.Errorf("%+v", r)
	}
	if after := d.dump(state); after != before {
		t.Errorf("removed and installed again: %s", difference(before, after))
	}
}

func TestInstallRefuses(t *testing.T) {
	d := newDesk(t)
	d.install(course("a", 1))
	before := d.dump(layers)
	stolen := course("b", 1)
	stolen.Notes = append(stolen.Notes, question("a-q1", "Чужой?", ""))
	empty := course("c", 1)
	empty.Notes[0].Fields = map[decks.Field]string{decks.Back: "Ответ."}
	for _, tc := range []struct {
		name string
		deck decks.Deck
		code fault.Code
	}{
		{"a note of another deck", stolen, fault.BadArgument},
		{"no question", empty, fault.EmptyQuestion},
		{"no id", decks.Deck{Title: "Курс"}, fault.BadArgument},
		{"a path for an id", decks.Deck{ID: "../a", Title: "Курс"}, fault.BadArgument},
	} {
		_, err := d.Install(ctx, tc.deck, collection.InstallOptions{})
		if !fault.Is(err, tc.code) {
			t.Errorf("%s: %v, want %s", tc.name, err, tc.code)
		}
	}
	if now := d.dump(layers); now != before {
		t.Errorf("a refused install left %s", difference(before, now))
	}
}
