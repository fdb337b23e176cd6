package recovery

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"lectern/app/nav/navtest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/scheduler"
)

// A hundred cards, three weeks without an answer: the offer comes, is taken by
// one key, and undo brings it back.
func TestTheWayBackOfTheRealCollection(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 1, 10, 0, 0, 0, time.FixedZone("MSK", 3*3600))
	c, err := collection.Open(ctx, t.TempDir(), collection.Options{Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	d := decks.Deck{ID: decks.NewID(), Title: "Слова", Lang: "ru", Sections: []decks.Section{{ID: decks.NewID(), Title: "Все"}}}
	for i := range 100 {
		d.Notes = append(d.Notes, decks.Note{ID: decks.NewID(), Kind: decks.Question, Section: d.Sections[0].ID,
			Fields: map[decks.Field]string{decks.Front: fmt.Sprint("Слово ", i), decks.Back: "ответ"}})
	}
	if _, err := c.Install(ctx, d, collection.InstallOptions{Origin: collection.Origin{Kind: "page", Name: "p"}}); err != nil {
		t.Fatal(err)
	}
	for _, n := range d.Notes {
		if _, err := c.Answer(ctx, collection.AnswerRequest{Card: decks.NewCardID(n.ID, "f"), Grade: scheduler.Easy, Took: 15 * time.Second}); err != nil {
			t.Fatal(err)
		}
		now = now.Add(20 * time.Second)
	}

	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	n := &navtest.Navigator{}
	o := New(Options{Collection: c, Nav: n, Printer: i18n.New("ru")})
	look := func() *collection.Recovery {
		t.Helper()
		r, err := c.Recovery(ctx)
		if err != nil {
			t.Fatal(err)
		}
		o.Set(r)
		return r
	}
	if look(); o.Open() {
		t.Fatal("offered without a break")
	}
	now = now.AddDate(0, 0, 21)
	if r := look(); r == nil || len(r.Options) != 3 || r.Backlog == 0 {
		t.Fatalf("offered %+v", r)
	}
	if !o.Key("2") || len(n.Errors) != 0 || len(n.Toasts) != 1 {
		t.Fatalf("taken: %v, %v", n.Errors, n.Toasts)
	}
	if look(); o.Open() {
		t.Error("offered again after it was taken")
	}
	if _, err := c.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if look(); !o.Open() {
		t.Error("after undo there is no offer")
	}
}
