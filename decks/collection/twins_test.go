package collection_test

import (
	"fmt"
	"slices"
	"testing"
	"testing/fstest"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
)

// fresh are the notes of a page that was read just now.
func fresh(questions ...string) []decks.Note {
	var notes []decks.Note
	for i, q := range questions {
		notes = append(notes, question(fmt.Sprintf("new-q%d", i), q, ""))
	}
	return notes
}

func (d *desk) twins(notes []decks.Note, except string) []collection.Twin {
	d.t.Helper()
	found, err := d.Twins(ctx, notes, except)
	d.ok(err)
	return found
}

func TestTwins(t *testing.T) {
	d := newDesk(t)
	d.install(openQuestions("a"))
	notes := fresh("Почему светит Солнце?", "Что такое токены", "Зачем нужен словарь модели и слой?", "что такое *модель*?", "Отчего светит Солнце?", "Что такое модель?")
	got := d.twins(notes, "")
	if len(got) != 4 {
		t.Fatalf("%d twins: %+v", len(got), got)
	}
	if w := got[0]; w.At != 1 || w.Exact || w.Note.ID != "a-q1" || w.Card != "a-q1/f" || w.Deck != "a" || w.DeckTitle != "Курс a" || w.Same != -1 || !w.Note.NeedsAnswer() {
		t.Errorf("%+v", w)
	}
	if w := got[1]; w.At != 3 || !w.Exact || w.Note.Text(decks.Back) != "Ответ автора." {
		t.Errorf("%+v", w)
	}
	if w := got[2]; w.At != 4 || w.Same != 0 || w.Note.ID != "" {
		t.Errorf("a repeat on the page: %+v", w)
	}
	if w := got[3]; w.At != 5 || w.Same != -1 || w.Note.ID != "a-q2" {
		t.Errorf("one of the collection goes before one of the page: %+v", w)
	}
	for _, w := range d.twins(notes, "a") { // the deck's own page was read again
		if w.Same < 0 {
			t.Errorf("%+v", w)
		}
	}
}

// What the student reads is compared, not what the author wrote; what the author
// withdrew is not.
func TestTwinsAreOfWhatIsShown(t *testing.T) {
	d := newDesk(t)
	deck := openQuestions("a")
	d.install(deck)
	d.ok(d.Edit(ctx, "a-q1", decks.Front, "Как устроен двигатель?"))
	if got := d.twins(fresh("Что такое токен?"), ""); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	if got := d.twins(fresh("Как устроен двигатель"), ""); len(got) != 1 {
		t.Errorf("%+v", got)
	}
	deck.Notes = deck.Notes[1:]
	d.install(deck)
	if got := d.twins(fresh("Как устроен двигатель"), ""); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

func TestTwinsOfChoicesAndPictures(t *testing.T) {
	d := newDesk(t)
	deck := openQuestions("a")
	pick := func(id string, options ...string) decks.Note {
		n := question(id, "Что из этого верно?", "")
		n.Kind = decks.Choice
		for i, o := range options {
			n.Choices = append(n.Choices, decks.Option{Text: o, Right: i == 0})
		}
		return n
	}
	deck.Notes = append(deck.Notes, pick("a-c1", "Земля круглая", "Земля плоская"), pick("a-c2", "Вода мокрая", "Вода сухая"),
		question("a-p1", "Назовите часть клетки. ![](cell.svg)", ""))
	_, err := d.Install(ctx, deck, collection.InstallOptions{Media: fstest.MapFS{"cell.svg": {Data: []byte("<svg/>")}}})
	d.ok(err)
	notes := []decks.Note{pick("n1", "Вода мокрая", "Вода сухая"), pick("n2", "Лёд тёплый", "Лёд холодный"),
		question("n3", "Назовите часть клетки.", ""), question("n4", "Назовите часть клетки. ![](other.svg)", "")}
	got := d.twins(notes, "")
	if len(got) != 2 || got[0].At != 0 || got[0].Note.ID != "a-c2" || got[1].At != 3 {
		t.Errorf("%+v", got)
	}
}

// An install says what became of twins, and one undo takes all of it back.
func TestInstallWithTwins(t *testing.T) {
	d := newDesk(t)
	d.install(openQuestions("a"))
	before := d.dump(state)
	b := openQuestions("b")
	_, err := d.Install(ctx, b, collection.InstallOptions{
		Links:   map[string]string{"b-q2": "a-q2", "b-q1": "nowhere"},
		Answers: map[string]string{"a-q1": "Часть слова. ![](t.svg)", "a-q2": "Не нужен", "nowhere": "x", "a-q3": " "},
		Media:   fstest.MapFS{"t.svg": {Data: []byte("<svg/>")}},
	})
	d.ok(err)
	if got := d.card("a-q1/f").Note.Text(decks.Back); got != "Часть слова. ![](t.svg)" {
		t.Errorf("the answer of the page became %q", got)
	}
	if got := d.card("a-q2/f").Note.Text(decks.Back); got != "Ответ автора." {
		t.Errorf("an answer that was there became %q", got)
	}
	d.wantLinked("a-q2", "b-q2")
	d.wantLinked("b-q1")
	if got := d.search(collection.Query{Unanswered: true, Scope: collection.Scope{Deck: "a"}}); got.Total != 1 {
		t.Errorf("%d cards of the first deck need an answer", got.Total)
	}
	d.sound()
	if asked := d.askedToday(collection.Scope{}); len(asked) != 5 {
		t.Errorf("asked %v of 6 cards, two of which are linked", asked)
	}
	for kind := collection.OpAnswer; kind == collection.OpAnswer; {
		op, err := d.Undo(ctx)
		d.ok(err)
		kind = op.Kind
	}
	if after := d.dump(state); after != before {
		t.Errorf("undo left\n%s", difference(before, after))
	}
	d.sound()
	_, err = d.Redo(ctx)
	d.ok(err)
	d.wantLinked("b-q2", "a-q2")
	if d.card("a-q1/f").Note.NeedsAnswer() {
		t.Error("the answer did not come back with redo")
	}
	d.sound()
}

// askedToday studies until nothing is left and returns each card once.
func (d *desk) askedToday(s collection.Scope) []decks.CardID {
	asked := d.study(s)
	slices.Sort(asked)
	return slices.Compact(asked)
}

func (d *desk) wantLinked(note string, want ...string) {
	d.t.Helper()
	rows, err := d.Linked(ctx, note)
	d.ok(err)
	got := []string{}
	for _, r := range rows {
		got = append(got, r.Note.ID)
	}
	if fmt.Sprint(got) != fmt.Sprint(append([]string{}, want...)) {
		d.t.Errorf("note %s is linked with %v, want %v", note, got, want)
	}
}

func TestLinkedNotesAreAskedOnOtherDays(t *testing.T) {
	d := newDesk(t)
	d.install(openQuestions("a"))
	d.install(openQuestions("b"))
	d.ok(d.Link(ctx, "a-q1", "b-q1"))
	d.ok(d.Link(ctx, "b-q1", "a-q1")) // is there
	d.ok(d.Link(ctx, "a-q1", "b-q2"))
	d.wantLinked("a-q1", "b-q1", "b-q2")
	d.wantLinked("b-q1", "a-q1")
	if due := d.home().Due.New; due != 4 {
		t.Errorf("%d new cards wait, want 4 of 6", due)
	}
	asked := d.askedToday(collection.Scope{})
	if fmt.Sprint(asked) != "[a-q1/f a-q2/f a-q3/f b-q3/f]" {
		t.Errorf("asked %v", asked)
	}
	d.reopen()
	d.now = d.now.AddDate(0, 0, 1)
	if asked := d.askedToday(collection.Scope{Deck: "b"}); fmt.Sprint(asked) != "[b-q1/f b-q2/f]" {
		t.Errorf("on the next day asked %v", asked)
	}
	d.ok(d.Unlink(ctx, "b-q2", "a-q1"))
	d.wantLinked("a-q1", "b-q1")
	op, err := d.Undo(ctx)
	d.ok(err)
	if op.Kind != collection.OpUnlink || op.Subject != "Что такое модель?" {
		t.Errorf("%+v", op)
	}
	d.wantLinked("a-q1", "b-q1", "b-q2")
	d.sound()
	d.ok(d.RemoveDeck(ctx, "b"))
	d.wantLinked("a-q1")
	if err := d.Link(ctx, "a-q1", "a-q1"); !fault.Is(err, fault.BadArgument) {
		t.Errorf("a note linked with itself: %v", err)
	}
	if err := d.Link(ctx, "a-q1", "nowhere"); !fault.Is(err, fault.NoSuchCard) {
		t.Errorf("a note linked with none: %v", err)
	}
	d.sound()
}

func TestLinksChangeNoWord(t *testing.T) {
	d := newDesk(t)
	d.install(openQuestions("a"))
	before := d.dump(state)
	d.ok(d.Link(ctx, "a-q1", "a-q3"))
	if after := d.dump(state); after != before {
		t.Errorf("a link changed\n%s", difference(before, after))
	}
	if asked := d.askedToday(collection.Scope{}); len(asked) != 2 {
		t.Errorf("asked %v", asked)
	}
}

func BenchmarkTwins300(b *testing.B) {
	c, _ := large(b)
	defer c.Close()
	var questions []string
	for i := range 300 {
		questions = append(questions, fmt.Sprintf("What follows from the rule %d of part %d?", i, i%7))
	}
	notes := fresh(questions...)
	for b.Loop() {
		if _, err := c.Twins(ctx, notes, ""); err != nil {
			b.Fatal(err)
		}
	}
}
