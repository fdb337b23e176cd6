package main

import (
	"slices"
	"syscall"
	"testing"
)

// A student's first hour, by the keyboard alone, under either layout: the
// sample course, an edit, a page of his own without answers, undo before and
// after a restart. What was done is read back with lecternctl.
func TestStudy(t *testing.T) {
	needsWindow(t)
	for _, s := range []struct {
		layout, lang, course   string
		page, edited, answered string
	}{
		{
			layout: "us", lang: english, course: "Understanding LLMs",
			page:   "Lecture 9\n\nQuestions:\n\n- What is a logit?\n- What is a bias?\n",
			edited: "I put it in my own words", answered: "A score before softmax",
		},
		{
			layout: "ru", lang: russian, course: "Понимание LLM",
			page:   "Лекция 9\n\nВопросы:\n\n- Что такое логит?\n- Что такое смещение?\n",
			edited: "Скажу своими словами", answered: "Оценка до нормировки",
		},
	} {
		t.Run(s.layout, func(t *testing.T) {
			d := openDisplay(t)
			d.layout(t, s.layout)
			dir := t.TempDir()
			c := ctl{t, dir}
			p := start(t, d, s.lang, dir)

			// The first run: Enter begins the sample course.
			p.press(keyEnter)
			course := c.deck(0)
			if course.Title != s.course || course.Cards != 20 || course.Unanswered != 0 {
				t.Fatalf("the sample course is %+v", course)
			}
			want := map[string][]string{} // the grades of each card
			n := 0
			grade := func(card, word string, keys ...byte) {
				t.Helper()
				for _, k := range keys {
					p.press(k)
				}
				n++
				c.answered(n)
				want[card] = append(want[card], word)
				if got := grades(c.history(card)); !slices.Equal(got, want[card]) {
					t.Fatalf("answer %d: %s has the grades %v, want %v", n, card, got, want[card])
				}
			}
			for _, a := range []struct {
				word string
				keys []byte
			}{
				{"good", []byte{digit(3)}}, {"good", []byte{keyEnd, keySpace}}, {"hard", []byte{digit(2)}},
				{"easy", []byte{digit(4)}}, {"good", []byte{keyEnd, keyEnter}}, {"again", []byte{digit(1)}},
			} {
				// Space reads on to the end of an answer before it is a grade.
				grade(c.next(course.ID).Card, a.word, append([]byte{keySpace}, a.keys...)...)
			}

			// E, or У on the same key, edits the answer in its place.
			card := c.next(course.ID).Card
			p.press(keySpace)
			p.press(letter('e'))
			p.press(keyCtrl, letter('a'))
			p.write(t, s.layout, s.edited)
			p.press(keyCtrl, keyEnter)
			eventually(t, "the edit is kept", func() bool { return len(c.found(s.edited)) == 1 })
			if got := c.found(s.edited)[0]; got.Card != card || got.Answer != s.edited {
				t.Fatalf("%s was to be edited, not %+v", card, got)
			}
			grade(card, "easy", digit(4))

			// A page of his own, typed, has questions without answers.
			p.press(keyEsc)
			p.seesHome()
			p.press(keyCtrl, letter('o'))
			p.press(keyTab) // from "choose files" over the address and "paste" to the text
			p.press(keyTab)
			p.press(keyTab)
			p.write(t, s.layout, s.page)
			p.press(keyCtrl, keyEnter)
			p.seesTask()
			p.press(keyCtrl, keyEnter)
			own := c.deck(1)
			if own.Cards != 2 || own.Unanswered != 2 {
				t.Fatalf("the page became %+v", own)
			}
			p.seesHome()
			for range 20 {
				p.press(keyDown) // to the last row
			}
			p.press(keyEnter)
			first := c.next(own.ID)
			if !first.NeedsAnswer {
				t.Fatalf("%+v has an answer", first)
			}
			p.press(keySpace)
			p.write(t, s.layout, s.answered)
			p.press(keyCtrl, keyEnter)
			eventually(t, "the answer is written", func() bool { return c.decks()[1].Unanswered == 1 })
			grade(first.Card, "good", digit(3))

			// The other one is graded without an answer. It is not asked again at
			// once, as nothing else is left: the first one comes before.
			second := c.next(own.ID).Card
			grade(second, "again", keySpace, keyEsc, digit(1))
			grade(first.Card, "hard", keySpace, digit(2))

			// Undo takes the last answer back, and goes on after a restart.
			p.press(keyCtrl, letter('z'))
			c.answered(n - 1)
			if h := c.history(first.Card); len(h) != 2 || !h[1].Undone || h[0].Undone {
				t.Fatalf("after undo the history is %+v", h)
			}
			p.quit()
			c.healthy()
			p = start(t, d, s.lang, dir)
			p.seesHome()
			p.press(keyCtrl, letter('z'))
			c.answered(n - 2)
			p.press(keyCtrl, letter('z'))
			c.answered(n - 3)
			p.press(keyCtrl, letter('z'))
			eventually(t, "the written answer is taken back", func() bool { return c.decks()[1].Unanswered == 2 })
			p.press(keyCtrl, letter('y'))
			eventually(t, "the written answer is there again", func() bool { return c.decks()[1].Unanswered == 1 })
			p.quit()

			if got := c.found(s.answered); len(got) != 1 || got[0].Card != first.Card || got[0].Answer != s.answered {
				t.Errorf("the answer written in study is found as %+v", got)
			}
			delete(want, first.Card)
			delete(want, second)
			for card, words := range want {
				if got := grades(c.history(card)); !slices.Equal(got, words) {
					t.Errorf("%s has the grades %v, want %v", card, got, words)
				}
			}
			c.healthy()
		})
	}
}

// grades are the words of the answers that count.
func grades(history []reviewLine) []string {
	var words []string
	for _, r := range history {
		if !r.Undone {
			words = append(words, r.Grade)
		}
	}
	return words
}

// Keys struck while the program is busy are not lost: it is stopped, a whole
// edit is typed, and it goes on.
func TestTypeAhead(t *testing.T) {
	needsWindow(t)
	d := openDisplay(t)
	d.layout(t, "us")
	dir := t.TempDir()
	c := ctl{t, dir}
	p := start(t, d, english, dir)
	p.signal(syscall.SIGSTOP)
	p.press(keyEnter)
	p.press(keySpace)
	p.press(letter('e'))
	p.press(keyCtrl, letter('a'))
	p.write(t, "us", "typed ahead")
	p.press(keyCtrl, keyEnter)
	p.press(digit(4))
	p.press(keySpace)
	p.press(digit(1))
	p.signal(syscall.SIGCONT)
	c.deck(0)
	c.answered(2)
	if got := c.found("typed ahead"); len(got) != 1 || !slices.Equal(grades(c.history(got[0].Card)), []string{"easy"}) {
		t.Errorf("the card edited and graded is %+v", got)
	}
}
