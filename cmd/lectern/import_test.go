package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
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

// A student drops a page on the window and makes it his own: he edits a question,
// leaves one out, joins two, and studies a card. The page is changed and dropped
// again: what he did is still done, what is new has come, what is known is known;
// and the update can be taken back.
func TestReview(t *testing.T) {
	needsWindow(t)
	d := openDisplay(t)
	d.layout(t, "us")
	dir := t.TempDir()
	c := ctl{t, dir}
	file := filepath.Join(t.TempDir(), "lecture 1.md")
	pageFile(t, file, lines("# Attention", "", "## Questions", "",
		"- What is a query in attention?", "- What is a key in attention?", "- Where do the weights come from?",
		"- Why are scores divided by a root?", "- Who invented the transformer?"))
	p := start(t, d, english, dir)
	p.settled()
	d.drop(t, p.win, file)
	p.seesTask()
	p.press(keyEnter) // the first question, in its form
	p.settled()
	p.press(keyCtrl, letter('a'))
	p.write(t, "us", "What does a query ask for?")
	p.press(keyCtrl, keyEnter)
	p.seesTask()
	for range 3 {
		p.press(keyDown)
	}
	p.press(letter('m')) // the root joins the weights
	for range 2 {
		p.press(keyDown)
	}
	p.press(keySpace) // nobody asks who invented it
	p.press(keyCtrl, keyEnter)
	deck := c.deck(0)
	if deck.Title != "Attention" || deck.Cards != 3 {
		t.Fatalf("the page became %+v", deck)
	}
	joined := c.found("divided by a root")
	if len(joined) != 1 || !strings.Contains(joined[0].Question, "Where do the weights come from?") {
		t.Fatalf("the joined card is %+v", joined)
	}
	if len(c.found("What does a query ask for?")) != 1 || len(c.found("invented")) != 0 {
		t.Fatal("the edit is lost, or what was left out is there")
	}

	p.seesHome()
	p.press(keyEnter)
	studied := c.next(deck.ID).Card
	p.press(keySpace)
	p.press(keyEsc)
	p.press(digit(3))
	c.answered(1)
	p.press(keyEsc)
	p.seesHome()

	pageFile(t, file, lines("# Attention", "", "## Questions", "",
		"- What is a query in attention?", "- What is a value in attention?", "- What is a key in attention, and what does it offer?",
		"- Where do the weights come from?", "- Why are scores divided by a root?", "- Who invented the transformer?"))
	d.drop(t, p.win, file)
	p.seesTask()
	p.press(keyCtrl, keyEnter)
	eventually(t, "the deck is updated", func() bool { return c.decks()[0].Cards == 4 })
	if all := c.decks(); len(all) != 1 || all[0].ID != deck.ID {
		t.Fatalf("after the update the decks are %+v", all)
	}
	for words, n := range map[string]int{
		"What is a value": 1, "what does it offer": 1, "What does a query ask for?": 1, "What is a query": 0, "invented": 0,
	} {
		if got := c.found(words); len(got) != n {
			t.Errorf("%q is found as %+v", words, got)
		}
	}
	if again := c.found("divided by a root"); len(again) != 1 || again[0].Card != joined[0].Card {
		t.Errorf("the joined card is %+v, was %+v", again, joined)
	}
	if got := grades(c.history(studied)); !slices.Equal(got, []string{"good"}) {
		t.Errorf("the studied card has the grades %v", got)
	}
	p.seesHome()
	p.press(keyCtrl, letter('z'))
	eventually(t, "the update is taken back", func() bool { return c.decks()[0].Cards == 3 })
	if got := grades(c.history(studied)); !slices.Equal(got, []string{"good"}) {
		t.Errorf("with the update the answer is gone: %v", got)
	}
	p.quit()
	c.healthy()
}
