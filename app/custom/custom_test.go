package custom

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/shell/shelltest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/scheduler"
)

var start = time.Date(2026, 11, 23, 10, 0, 0, 0, time.FixedZone("MSK", 3*3600))

const course = "deckdeckde"

// open makes a collection of twelve cards, the first six answered today: two of
// them forgotten.
func open(t *testing.T) *collection.Collection {
	t.Helper()
	ctx := context.Background()
	now := start
	c, err := collection.Open(ctx, t.TempDir(), collection.Options{Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	d := decks.Deck{ID: course, Title: "Понимание LLM", Lang: "ru", Sections: []decks.Section{{ID: "secondseco", Title: "Лекция 2"}}}
	for i := range 12 {
		n := decks.Note{ID: decks.NewID(), Kind: decks.Question, Section: "secondseco",
			Fields: map[decks.Field]string{decks.Front: "Что такое токен?", decks.Back: "Кусочек слова"}}
		if i%4 == 0 {
			n.Tags = []string{"зачёт"}
		}
		if i == 7 {
			n.Fields[decks.Front] = "Что такое температура?"
		}
		d.Notes = append(d.Notes, n)
	}
	if _, err := c.Install(ctx, d, collection.InstallOptions{Origin: collection.Origin{Kind: "page", Name: "p"}}); err != nil {
		t.Fatal(err)
	}
	for i := range 6 {
		g := scheduler.Easy
		if i < 2 {
			g = scheduler.Again
		}
		if _, err := c.Answer(ctx, collection.AnswerRequest{Card: decks.NewCardID(d.Notes[i].ID, "f"), Grade: g, Took: 30 * time.Second}); err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Minute)
	}
	return c
}

type rig struct {
	s       *Screen
	c       *collection.Collection
	nav     *navtest.Navigator
	studied int
}

func newRig(t *testing.T, ask Ask) *rig {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	r := &rig{c: open(t), nav: &navtest.Navigator{}}
	r.s = New(Options{Collection: r.c, Nav: r.nav, Printer: i18n.New("ru"), Background: func(f func()) { f() }, Ask: ask,
		Study: func() { r.studied++ }})
	test.NewTempWindow(t, r.s.Object())
	r.s.Shown()
	return r
}

var inCourse = Ask{Scope: collection.Scope{Deck: course}, Title: "Понимание LLM"}

func TestEveryWaySaysHowManyItFinds(t *testing.T) {
	r := newRig(t, inCourse)
	want := map[string]string{"all": "12", "forgotten": "2", "weak": "6", "ahead": "0", "new": "6", "words": ""}
	for _, w := range r.s.ways {
		if w.found.Text != want[w.key()] {
			t.Errorf("%s finds %q, want %q", w.key(), w.found.Text, want[w.key()])
		}
	}
	if got := r.s.title.Text; got != "12 карточек, около 4 минут" {
		t.Errorf("it says %q", got)
	}
}

func TestKeysChooseAndBegin(t *testing.T) {
	r := newRig(t, inCourse)
	for _, k := range []keys.Key{keys.Down, keys.Space, keys.CtrlEnter} {
		if !r.s.Key(k) {
			t.Fatalf("%s is not taken", k)
		}
	}
	if r.studied != 1 {
		t.Fatal("nothing was begun")
	}
	info, err := r.c.List(context.Background())
	if err != nil || info == nil {
		t.Fatal(info, err)
	}
	if want := (collection.ListInfo{Title: "Забытые, Понимание LLM", Preview: true, Cards: 2, Left: 2}); *info != want {
		t.Errorf("began %+v, want %+v", *info, want)
	}
}

func TestDaysReachFurther(t *testing.T) {
	r := newRig(t, Ask{Scope: collection.Scope{Deck: course}, Kind: collection.SelectAhead})
	if len(r.s.cards()) != 0 || r.s.begin.Enabled() {
		t.Fatalf("%d cards within three days", len(r.s.cards()))
	}
	for range 10 { // to the end of the scale
		r.s.Key(keys.Right)
	}
	if n := len(r.s.cards()); n != 4 || !r.s.begin.Enabled() {
		t.Errorf("%d cards within a month, want the 4 known ones", n)
	}
	if got := r.s.ways[r.s.on].span.Text; got != "30 дней" {
		t.Errorf("it says %q", got)
	}
}

func TestWordsAndTags(t *testing.T) {
	r := newRig(t, inCourse)
	r.s.choose(len(r.s.ways) - 1)
	w := r.s.ways[r.s.on]
	if r.nav.Focused != w.field.Focusable() {
		t.Error("the field has no keyboard")
	}
	if r.s.begin.Enabled() {
		t.Error("no words, and yet it begins")
	}
	for text, want := range map[string]int{"температура": 1, "#зачет": 3, "токен #ЗАЧЁТ": 3, "температура #зачёт": 0} {
		w.field.SetText(text)
		r.s.count()
		if n := len(r.s.cards()); n != want {
			t.Errorf("%q finds %d cards, want %d", text, n, want)
		}
	}
}

func TestChosenCardsAreStudiedAsTheyAre(t *testing.T) {
	r := newRig(t, Ask{})
	cards := r.s.ways[0].cards[3:5]
	r = newRig(t, Ask{Cards: cards})
	if got := r.s.title.Text; got != "2 карточки, около 1 минуты" {
		t.Errorf("it says %q", got)
	}
	if r.s.Key(keys.Down) {
		t.Error("there is nothing to choose")
	}
}

func TestABrokenOffStudyIsOffered(t *testing.T) {
	r := newRig(t, inCourse)
	if r.s.Key(keys.CtrlP); r.studied != 0 {
		t.Fatal("went on with nothing")
	}
	r.s.start()
	r.s.Shown()
	if r.s.resume.Hidden || r.s.left == nil || r.s.left.Left != 12 {
		t.Fatal("it is not offered")
	}
	r.s.Key(keys.CtrlP)
	if r.studied != 2 {
		t.Error("the key does not go on with it")
	}
}

func TestPictures(t *testing.T) {
	shelltest.Each(t, "custom", func(w shelltest.Window) nav.Screen {
		return New(Options{Collection: open(t), Nav: w.Shell, Printer: w.Printer, Background: func(f func()) { f() },
			Ask: Ask{Scope: collection.Scope{Deck: course}, Title: "Понимание LLM", Kind: collection.SelectForgotten}, Study: func() {}})
	}, nil)
	shelltest.Each(t, "custom-resume", func(w shelltest.Window) nav.Screen {
		c := open(t)
		cards, err := c.Select(context.Background(), collection.Selection{Kind: collection.SelectAll})
		if err == nil {
			err = c.StudyList(context.Background(), "Лекция 2", cards, false)
		}
		if err != nil {
			t.Fatal(err)
		}
		return New(Options{Collection: c, Nav: w.Shell, Printer: w.Printer, Background: func(f func()) { f() }, Study: func() {}})
	}, nil)
}
