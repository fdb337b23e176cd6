package rest

import (
	"testing"

	"lectern/decks/lecture/page/pagetest"
)

// Directives of the page's own and admonitions say what they are by the end of
// their names and by their titles.
func TestBoxNames(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{".. visible_solution::\n\n   Seven.\n", "box visible_solution solution \"\"\n  p Seven.\n"},
		{".. lab-exercise:: Loops\n\n   Write one.\n", "box lab-exercise exercise \"Loops\"\n  p Write one.\n"},
		{".. my-figure:: Loops\n\n   One.\n", "box my-figure \"Loops\"\n  p One.\n"},
		{".. admonition:: Self Check\n\n   Write one.\n", "box admonition self-check \"Self Check\"\n  p Write one.\n"},
		{".. admonition:: Самопроверка 2\n\n   Почему?\n", "box admonition self-check \"Самопроверка 2\"\n  p Почему?\n"},
		{".. admonition:: Self check in C\n\n   It is one.\n", "box admonition \"Self check in C\"\n  p It is one.\n"},
	} {
		if got := pagetest.Outline(read(t, c.in)); got != c.want {
			t.Errorf("%q: got\n%s\nwant\n%s", c.in, got, c.want)
		}
	}
}
