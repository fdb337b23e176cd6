package home

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"lectern/app/nav/navtest"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
)

// Drafts are in the menu of a deck that has questions without an answer, and
// only there.
func TestDraftsAreInTheMenuOfADeckThatNeedsThem(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	at := now
	c := open(t, &at)
	fill(t, c)
	n := &navtest.Navigator{}
	s, _ := screen(t, c, n, i18n.New("ru"), &at)
	var asked []collection.Scope
	s.o.Drafts = func(scope collection.Scope) { asked = append(asked, scope) }
	for _, unanswered := range []int{0, 2} {
		s.decks.menu(s.decks.sheet, collection.Scope{Deck: "d"}, collection.DeckRow{ID: "d", Title: "D", Unanswered: unanswered})
		for _, item := range n.Menus[len(n.Menus)-1] {
			if item.Text == "Черновики ответов" {
				item.Do()
			}
		}
		if len(asked) != min(unanswered, 1) {
			t.Errorf("%d without an answer: asked for %v", unanswered, asked)
		}
	}
}
