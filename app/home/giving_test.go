package home

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"lectern/app/nav"
	"lectern/app/nav/navtest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/decks/release/pack"
	"lectern/decks/release/releasetest"
	"lectern/decks/release/trust"
)

// Every deck can be given away; something is handed in only to an author.
func TestADecksMenuGivesItAway(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	at, ctx := now, context.Background()
	c := open(t, &at)
	mine := course("Своя", map[string]int{"Лекция": 2}, "Лекция")
	_, err := c.Install(ctx, mine, collection.InstallOptions{Origin: collection.Origin{Kind: "page", Name: "p"}})
	if err != nil {
		t.Fatal(err)
	}
	theirs := course("Чужая", map[string]int{"Лекция": 2}, "Лекция")
	file := releasetest.New(t, "А. П. Иванова", theirs.ID).Package(t, 1, theirs, releasetest.Files{}, nil)
	p, err := pack.Open(ctx, bytes.NewReader(file), int64(len(file)), trust.Chain{})
	if err != nil {
		t.Fatal(err)
	}
	o, err := c.Offer(ctx, collection.Opened(p, "a.lectern"))
	if err == nil {
		_, err = c.Accept(ctx, o, collection.Decisions{}, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	n := &navtest.Navigator{}
	var shared, handed []string
	s, _ := screen(t, c, n, i18n.New("ru"), &at)
	s.o.Share = func(deck string) { shared = append(shared, deck) }
	s.o.HandIn = func(deck string) { handed = append(handed, deck) }
	test.NewTempWindow(t, s.Object())
	s.Shown()
	for _, e := range s.decks.rows {
		if e.scope.Section == "" {
			s.decks.menu(e.row, e.scope, e.deck)
		}
	}
	for i, menu := range n.Menus {
		item := func(text string) int {
			return slices.IndexFunc(menu, func(a nav.Action) bool { return a.Text == text })
		}
		menu[item("Поделиться…")].Do()
		theirsNow := shared[i] == theirs.ID
		at := item("Отправить преподавателю…")
		if (at >= 0) != theirsNow {
			t.Errorf("the menu of an own deck or an author's: %v", menu)
		}
		if at >= 0 {
			menu[at].Do()
		}
	}
	if len(shared) != 2 || shared[0] == shared[1] || !slices.Equal(handed, []string{theirs.ID}) {
		t.Errorf("shared %v, handed in %v", shared, handed)
	}
}
