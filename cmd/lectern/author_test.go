package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"lectern/decks"
	"lectern/decks/feed/feedtest"
	"lectern/decks/feed/site"
)

// course is an author's course in a folder, as on a stick or in a shared folder.
type course struct {
	t *testing.T
	*feedtest.Author
	dir  string
	last *feedtest.Built
	deck decks.Deck
}

func newCourse(t *testing.T) *course {
	c := &course{t: t, Author: feedtest.NewAuthor(t), dir: filepath.Join(t.TempDir(), "llm")}
	c.deck = decks.Deck{ID: feedtest.Deck, Title: "Language models", Lang: "en", Author: c.Chain.Last().Author, Sections: []decks.Section{{ID: "lecture001", Title: "Lecture 1"}}}
	for _, n := range [][3]string{
		{"token00001", "What is a token?", "A piece of a word."}, {"model00001", "What is a model?", "A program with weights."},
		{"cache00001", "What is in the cache?", "Keys and values."}, {"logit00001", "What is a logit?", "A score."},
		{"heads00001", "What is a head?", "One of several sums."}, {"scale00001", "Why is there a root?", "For the variance."},
	} {
		c.deck.Notes = append(c.deck.Notes, decks.Note{ID: n[0], Kind: decks.Question, Section: "lecture001", Fields: map[decks.Field]string{decks.Front: n[1], decks.Back: n[2]}})
	}
	return c
}

// publishes the course as it is now.
func (c *course) publishes() {
	c.t.Helper()
	seq := int64(1)
	if c.last != nil {
		seq = c.last.Package.Statement.Seq + 1
	}
	now := time.Now()
	c.last = c.Build(seq, c.deck, nil, c.last, now, nil)
	disk, err := site.OpenDisk(c.dir)
	if err != nil {
		c.t.Fatal(err)
	}
	c.Publish(disk, c.last, now)
	if err := disk.Close(); err != nil {
		c.t.Fatal(err)
	}
}

// answers is the answer of a note as it is released next.
func (c *course) answers(note, text string) {
	for i := range c.deck.Notes {
		if c.deck.Notes[i].ID == note {
			c.deck.Notes[i].Fields = map[decks.Field]string{decks.Front: c.deck.Notes[i].Text(decks.Front), decks.Back: text}
		}
	}
}

// shown is the release that a deck shows.
func (c ctl) shown(deck string) int {
	c.t.Helper()
	var a struct {
		Releases []struct {
			Release int
			Shown   bool
		}
	}
	c.must(&a, "releases", deck)
	for _, r := range a.Releases {
		if r.Shown {
			return r.Release
		}
	}
	return 0
}

// answer is the answer of a card.
func (c ctl) answer(card string) string {
	c.t.Helper()
	for _, row := range c.found() {
		if row.Card == card {
			return row.Answer
		}
	}
	return ""
}

// A student subscribes to an author's course, studies, and writes over two cards.
// The next release changes one of the same texts: the student decides, updates, takes
// the update back and does it again. Nothing of the student's is lost, nor by a restart.
func TestAuthorsDeck(t *testing.T) {
	needsWindow(t)
	d := openDisplay(t)
	d.layout(t, "us")
	dir := t.TempDir()
	c, author := ctl{t, dir}, newCourse(t)
	author.publishes()

	// The folder of the course is given to the program, which says whose it is.
	p := start(t, d, english, dir, author.dir)
	p.settled()
	if all := c.decks(); len(all) != 0 {
		t.Fatalf("installed without a word: %+v", all)
	}
	p.press(keyEnter)
	deck := c.deck(0)
	if deck.Title != "Language models" || deck.Cards != 6 || c.shown(deck.ID) != 1 {
		t.Fatalf("the course became %+v", deck)
	}

	// Four cards are answered, two of them rewritten.
	p.seesHome()
	p.press(keyEnter)
	const contested, own = "A scrap of text.", "In my own words."
	var cards []string
	for i := range 4 {
		card := c.next(deck.ID).Card
		cards = append(cards, card)
		p.press(keySpace)
		if i < 2 {
			p.press(letter('e'))
			p.press(keyCtrl, letter('a'))
			p.write(t, "us", []string{contested, own}[i])
			p.press(keyCtrl, keyEnter)
			eventually(t, "the edit is kept", func() bool { return c.answer(card) == []string{contested, own}[i] })
		}
		p.press(digit(4))
		c.answered(i + 1)
	}
	p.press(keyEsc)
	p.seesHome()
	was := map[string][]string{}
	for _, card := range cards {
		was[card] = grades(c.history(card))
	}

	// The author changes the contested answer and another, withdraws a card, adds one.
	note := func(card string) string { return card[:10] }
	const his = "A part of a word that a model reads as one."
	author.answers(note(cards[0]), his)
	author.answers(note(cards[2]), "Changed by the author.")
	gone := note(cards[3])
	author.deck.Notes = slices.DeleteFunc(author.deck.Notes, func(n decks.Note) bool { return n.ID == gone })
	author.deck.Notes = append(author.deck.Notes, decks.Note{ID: "norms00001", Kind: decks.Question, Section: "lecture001",
		Fields: map[decks.Field]string{decks.Front: "What is a norm?", decks.Back: "A length."}})
	author.publishes()

	// Asked from the deck's menu, the program shows what is new.
	p.press(keyDown)
	p.press(letter('m'))
	for range 4 { // study, cards, custom study, check for updates
		p.press(keyDown)
	}
	p.press(keyEnter)
	p.seesTask()
	if c.shown(deck.ID) != 1 {
		t.Fatal("updated without a word")
	}
	p.press(keyDown) // the text that both wrote
	p.press(digit(2))
	p.press(keyCtrl, keyEnter)
	eventually(t, "the deck is updated", func() bool { return c.shown(deck.ID) == 2 })
	updated := func() {
		t.Helper()
		for card, want := range map[string]string{cards[0]: his, cards[1]: own, cards[2]: "Changed by the author.", cards[3]: "", "norms00001/f": "A length."} {
			if got := c.answer(card); got != want {
				t.Errorf("updated, %s has the answer %q, want %q", card, got, want)
			}
		}
	}
	before := func() {
		t.Helper()
		for card, want := range map[string]string{cards[0]: contested, cards[1]: own, "norms00001/f": ""} {
			if got := c.answer(card); got != want {
				t.Errorf("taken back, %s has the answer %q, want %q", card, got, want)
			}
		}
		if c.answer(cards[3]) == "" {
			t.Error("taken back, the withdrawn card is not there")
		}
	}
	remembered := func() {
		t.Helper()
		for card, want := range was {
			if got := grades(c.history(card)); !slices.Equal(got, want) {
				t.Errorf("%s has the grades %v, want %v", card, got, want)
			}
		}
	}
	updated()
	remembered()

	// It is taken back, and done again.
	p.seesHome()
	p.press(keyCtrl, letter('z'))
	eventually(t, "the update is taken back", func() bool { return c.shown(deck.ID) == 1 })
	before()
	remembered()
	p.press(keyCtrl, letter('y'))
	eventually(t, "the update is there again", func() bool { return c.shown(deck.ID) == 2 })
	updated()
	p.quit()
	c.healthy()

	// After a restart all is as it was, and the update can still be taken back.
	p = start(t, d, english, dir)
	p.seesHome()
	updated()
	remembered()
	var undone struct{ Kind string }
	c.must(&undone, "update", deck.ID, "--undo")
	before()
	remembered()
	p.quit()
	c.healthy()

	// A damaged package has a page of its own and changes nothing.
	file := filepath.Join(t.TempDir(), "course.lectern")
	data := slices.Clone(author.last.File)
	data[len(data)/2] ^= 0x55
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	p = start(t, d, english, dir, file)
	p.settled()
	p.press(keyEnter)
	p.quit()
	if c.shown(deck.ID) != 1 {
		t.Error("a damaged package was installed")
	}
}

// A deck that follows its author by itself is up to date a moment after the program was
// started, without a key being pressed, and says how to take it back.
func TestAuthorsDeckByItself(t *testing.T) {
	needsWindow(t)
	d := openDisplay(t)
	d.layout(t, "us")
	dir := t.TempDir()
	c, author := ctl{t, dir}, newCourse(t)
	author.publishes()
	var said struct{ Installed bool }
	c.must(&said, "install", author.dir, "--yes")
	c.must(&struct{}{}, "follow", feedtest.Deck, "--auto")
	author.answers("token00001", "A part of a word.")
	author.publishes()

	later := time.Now().AddDate(0, 0, 3).Format(time.RFC3339)
	p := start(t, d, english, dir, "--now", later)
	p.seesHome()
	if c.shown(feedtest.Deck) != 1 {
		t.Fatal("updated before the window was there")
	}
	eventually(t, "the deck is updated by itself", func() bool { return c.shown(feedtest.Deck) == 2 })
	if got := c.answer("token00001/f"); got != "A part of a word." {
		t.Errorf("the answer is %q", got)
	}
	p.press(keyCtrl, letter('z'))
	eventually(t, "it is taken back", func() bool { return c.shown(feedtest.Deck) == 1 })
	p.quit()
	c.healthy()
}
