package cards

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"lectern/app/nav/navtest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
)

// Of a card that its author withdrew there is one thing to do.
func TestAWithdrawnCardIsKept(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	c, now, n := many(t, 3), time.Now(), &navtest.Navigator{}
	ctx := context.Background()
	rows, err := c.Decks(ctx)
	if err != nil {
		t.Fatal(err)
	}
	d, err := c.Deck(ctx, rows[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	gone := d.Notes[0].ID
	d.Notes = d.Notes[1:]
	if _, err := c.Install(ctx, d, collection.InstallOptions{Origin: collection.Origin{Kind: "page", Name: "x"}}); err != nil {
		t.Fatal(err)
	}
	s := screen(c, n, i18n.New("ru"), &now)
	s.Shown()
	s.ask(func(q *collection.Query) { q.Retired = true })
	if row, ok := s.chosen(); !ok || row.Note != gone || len(s.acts()) != 1 {
		t.Fatalf("%+v, %d acts", row, len(s.acts()))
	}
	act(t, s, "Оставить себе")
	if s.total != 0 || len(n.Toasts) != 1 || n.Toasts[0] != "1 карточка останется у вас" {
		t.Errorf("%d are withdrawn, said %v", s.total, n.Toasts)
	}
	if found, err := c.Search(ctx, collection.Query{}); err != nil || found.Total != 3 {
		t.Errorf("%d cards, %v", found.Total, err)
	}
}
