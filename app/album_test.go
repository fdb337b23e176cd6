package app

import (
	"context"
	"testing"

	"lectern/decks/collection"
)

// The pictures show a course that is studied: cards to repeat, new ones, some
// that need an answer, sections known well and badly.
func TestThePicturesHaveSomethingToShow(t *testing.T) {
	ctx := context.Background()
	watch := &watch{}
	watch.set(pictureDay.AddDate(0, 0, -studied))
	c, err := collection.Open(ctx, t.TempDir(), collection.Options{Clock: watch.now})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	course, err := album(ctx, c, watch, "ru")
	if err != nil {
		t.Fatal(err)
	}
	home, err := c.Home(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if d := home.Due; d.Review < 8 || d.New < 2 || d.Unanswered == 0 {
		t.Errorf("due on the day of the pictures: %+v", d)
	}
	least, most := 1.0, 0.0
	for _, d := range home.Decks {
		if d.ID != course.Deck.ID {
			continue
		}
		for _, sec := range d.Sections {
			least, most = min(least, sec.Recall), max(most, sec.Recall)
		}
	}
	if most-least < 0.25 {
		t.Errorf("the sections are known from %.2f to %.2f", least, most)
	}
}
