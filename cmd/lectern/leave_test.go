package main

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// The program is killed in the middle of study, again and again: what another
// process has seen of the answers stays, and study goes on.
func TestKilled(t *testing.T) {
	needsWindow(t)
	d := openDisplay(t)
	d.layout(t, "us")
	dir := t.TempDir()
	c := ctl{t, dir}
	c.must(new(any), "import", "--sample", "en")
	kept := 0
	for round := range 3 {
		p := start(t, d, english, dir)
		p.seesHome()
		p.press(keyEnter)
		for range 3 {
			p.press(keySpace)
			p.press(digit(4))
		}
		seen := 0
		eventually(t, "answers are kept", func() bool { seen = c.reviews(); return seen > kept+round })
		p.kill()
		c.healthy()
		now := c.reviews()
		if now < seen || now > kept+3 {
			t.Fatalf("%d answers were kept, %d before this round and %d before the program was killed", now, kept, seen)
		}
		kept = now
	}
	p := start(t, d, english, dir)
	p.seesHome()
	p.quit()
	if now := c.reviews(); now != kept {
		t.Errorf("after the next start there are %d answers, want %d", now, kept)
	}
	c.healthy()
}

// What is being written is there when the program comes back, however it was
// left in the middle of it.
func TestLeftWhileWriting(t *testing.T) {
	needsWindow(t)
	for name, s := range map[string]struct {
		lang, layout string
		begin        []byte // to write
		text, rest   string
		leave        func(*program)
	}{
		"an answer, the window closed": {
			english, "us", []byte{keySpace}, "One line\nhalf an ans", "wer", func(p *program) { p.close(p.win) },
		},
		"an answer, the program quit": {
			russian, "ru", []byte{keySpace}, "Пол-отв", "ета", func(p *program) { p.press(keyCtrl, letter('q')) },
		},
		"an edit, the window closed": {
			russian, "ru", []byte{letter('e'), keyEnd}, " Точнее", " так", func(p *program) { p.close(p.win) },
		},
		"an edit, the session ended": {
			english, "us", []byte{letter('e'), keyEnd}, " In short", " words", func(p *program) { p.caughtUp(); p.signal(syscall.SIGTERM) },
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := openDisplay(t)
			d.layout(t, s.layout)
			dir := t.TempDir()
			c := ctl{t, dir}
			page := filepath.Join(t.TempDir(), "page.txt")
			pageFile(t, page, "Heads\n\nQuestions:\n\n- What is a head?\n")
			c.must(new(any), "import", page)
			p := start(t, d, s.lang, dir)
			p.seesHome()
			p.press(keyEnter)
			for _, k := range s.begin {
				p.press(k)
			}
			p.write(t, s.layout, s.text)
			s.leave(p)
			p.exits(0)
			if got := c.found(s.text); len(got) > 0 {
				t.Fatalf("what was not saved is on a card: %+v", got)
			}

			p = start(t, d, s.lang, dir)
			p.seesHome()
			p.press(keyEnter)
			for _, k := range s.begin {
				p.press(k)
			}
			p.write(t, s.layout, s.rest)
			p.press(keyCtrl, keyEnter)
			eventually(t, "the whole text is saved", func() bool {
				n := c.next("")
				return strings.HasSuffix(n.Question+n.Answer, s.text+s.rest)
			})
			p.quit()
			c.healthy()
		})
	}
}
