package course_test

import (
	"maps"
	"reflect"
	"strings"
	"testing"

	"lectern/decks"
	"lectern/decks/course"
	"lectern/decks/fault"
	"lectern/decks/source"
)

// What an author said of a change he can take back: the files are as they were.
func TestUnmark(t *testing.T) {
	for _, substance := range []bool{true, false} {
		dir := begin(t, "ru")
		c, err := course.Read(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		was, id := tree(t, dir), c.Deck.Notes[0].ID
		if err := course.Mark(t.Context(), dir, []string{id}, substance); err != nil {
			t.Fatal(err)
		}
		if maps.Equal(was, tree(t, dir)) {
			t.Fatal("nothing was kept")
		}
		if err := course.Unmark(t.Context(), dir, []string{id}, substance); err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(was, tree(t, dir)) {
			t.Errorf("in substance %v: the course is not as it was", substance)
		}
	}
}

func TestSetAnswer(t *testing.T) {
	dir := begin(t, "ru")
	c, err := course.Read(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	n := c.Deck.Notes[0]
	if err := course.SetAnswer(t.Context(), dir, n.ID, "Так сказал класс.\n\nИ ещё раз."); err != nil {
		t.Fatal(err)
	}
	now, err := course.Read(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := now.Deck.Notes[0].Text(decks.Back); got != "Так сказал класс.\n\nИ ещё раз." {
		t.Errorf("the answer is %q", got)
	}
	if err := course.SetAnswer(t.Context(), dir, n.ID, n.Text(decks.Back)); err != nil {
		t.Fatal(err)
	}
	if back, err := course.Read(t.Context(), dir); err != nil || !reflect.DeepEqual(back.Deck, c.Deck) {
		t.Errorf("the answer before does not come back as it was (%v)", err)
	}
	if err := course.SetAnswer(t.Context(), dir, "nosuchcard", "x"); !fault.Is(err, fault.NoSuchCard) {
		t.Errorf("a card that is not there: %v", err)
	}
}

// Cards that were deleted are listed before they are retired, and no more after it.
func TestFindVanished(t *testing.T) {
	dir := begin(t, "ru")
	if gone, err := course.FindVanished(dir); err != nil || len(gone) > 0 {
		t.Fatalf("%v, %v", gone, err)
	}
	c, err := course.Read(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	n := c.Deck.Notes[0]
	text := read(t, dir, "course.md")
	from, to := strings.Index(text, "Вопрос:"), strings.Index(text, n.ID)
	rest := text[to:]
	write(t, text[:from]+rest[strings.Index(rest, "\n")+1:], dir, "course.md")
	gone, err := course.FindVanished(dir)
	if err != nil || len(gone) != 1 || gone[0].ID != n.ID || gone[0].File != "course.md" || gone[0].Text == "" {
		t.Fatalf("%+v, %v", gone, err)
	}
	if _, err := course.Fmt(t.Context(), dir, source.Options{RetireAll: true}); err != nil {
		t.Fatal(err)
	}
	if gone, err := course.FindVanished(dir); err != nil || len(gone) > 0 {
		t.Errorf("after it: %v, %v", gone, err)
	}
}
