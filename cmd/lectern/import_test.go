package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// pageFile writes a lecture page.
func pageFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

const (
	lecturePage = "Attention\n\nQuestions:\n\n- What is a query?\n- What is a key?\n\nAnswer: What a token offers.\n"
	laterPage   = "Attention\n\nQuestions:\n\n- What is a query?\n- What is a value?\n- What is a key?\n\nAnswer: What a token offers to others.\n"
)

// A lecture page given to the program becomes a deck by one chord; given again,
// to a second start and changed, it updates the same deck.
func TestImport(t *testing.T) {
	needsWindow(t)
	d := openDisplay(t)
	d.layout(t, "us")
	dir := t.TempDir()
	c := ctl{t, dir}
	t.Chdir(t.TempDir())
	pageFile(t, "attention.txt", lecturePage)
	p := start(t, d, english, dir, "attention.txt")
	p.seesTask()
	p.press(keyCtrl, keyEnter)
	deck := c.deck(0)
	if deck.Title != "Attention" || deck.Cards != 2 || deck.Unanswered != 1 {
		t.Fatalf("the page became %+v", deck)
	}
	p.seesHome()
	p.press(keyEnter)
	studied := c.next(deck.ID).Card
	p.press(keySpace)
	p.press(keyEsc)
	p.press(digit(3))
	c.answered(1)
	p.press(keyEsc)

	pageFile(t, "attention.txt", laterPage)
	second := begin(t, d, environment(roleLectern, english), "--collection", dir, "attention.txt")
	second.exits(0)
	if said := second.said.String(); said != "" {
		t.Errorf("the second start said %q", said)
	}
	p.seesTask()
	p.press(keyCtrl, keyEnter)
	eventually(t, "the deck is updated", func() bool { return c.decks()[0].Cards == 3 })
	if all := c.decks(); len(all) != 1 || all[0].ID != deck.ID || all[0].Unanswered != 2 {
		t.Fatalf("after the update the decks are %+v", all)
	}
	if got := c.found("offers to others"); len(got) != 1 {
		t.Errorf("the changed answer is found as %+v", got)
	}
	if got := grades(c.history(studied)); !slices.Equal(got, []string{"good"}) {
		t.Errorf("the studied card has the grades %v", got)
	}

	// Another page is another deck; a page is known by its place.
	p.seesHome()
	pageFile(t, "heads.md", "# Heads\n\n## Questions\n\n1. What is a head?\n")
	begin(t, d, environment(roleLectern, english), "--collection", dir, "heads.md").exits(0)
	p.seesTask()
	p.press(keyCtrl, keyEnter)
	if other := c.deck(1); other.Title != "Heads" || other.Cards != 1 {
		t.Errorf("the other page became %+v", other)
	}
	p.quit()
	c.healthy()
	if left, _ := filepath.Glob(filepath.Join(dir, "*-wal")); len(left) > 0 {
		t.Errorf("after closing there are %v", left)
	}
}
