package text_test

import (
	"context"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks/lecture/page"
	"lectern/decks/lecture/page/pagetest"
	"lectern/decks/lecture/text"
)

func read(t testing.TB, s string) *page.Page {
	t.Helper()
	p, err := text.Read(context.Background(), s)
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	if why := pagetest.Check(p); why != "" {
		t.Fatalf("%q: %s", s, why)
	}
	return p
}

func TestRead(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"headings are short lines alone", "Лекция 1\n\nМы изучим, как работает модель, и почему она ошибается в простых вещах.\n\nВопросы\n\n  • Раз?\n  • Два?\n", `
# Лекция 1
p Мы изучим, как работает модель, и почему она ошибается в простых вещах.
## Вопросы
list
  •
    p Раз?
  •
    p Два?
`},
		{"a question is no heading", "Loops\n\nWhy do we loop at all?\n", "# Loops\np Why do we loop at all?\n"},
		{"nested entries", "1. One\n  a) first\n  b) second\n2. Two\n", `
list
  1.
    p One
    list
      a)
        p first
      b)
        p second
  2.
    p Two
`},
		{"lines wrapped by hand", "This is a line that was wrapped by hand at some column\nand goes on in the next one.\nThis is another.\n", "p This is a line that was wrapped by hand at some column and goes on in the next one.\np This is another.\n"},
		{"code after its name", "Look:\n\nPYTHON\n\nfor x in y:\n    print(x)\n\nIt prints.\n", "p Look:\ncode  for x in y:⏎    print(x)\np It prints.\n"},
		{"code by its look", "Запустите.\n\n$ ls -la\n\nx = [1, 2]\ny = f(x)\n", "p Запустите.\ncode  $ ls -la\ncode  x = [1, 2]⏎y = f(x)\n"},
		{"columns", "Таблица ниже показывает адреса и порты коммутатора в сети.\n\n100    aa    Gi0/1\n200    bb    Gi0/2\n", "p Таблица ниже показывает адреса и порты коммутатора в сети.\ncode  100    aa    Gi0/1⏎200    bb    Gi0/2\n"},
		{"an initial is no letter of a list", "A. Karpathy wrote it.\n", "p A. Karpathy wrote it.\n"},
		{"boxes", "- [x] yes\n- [ ] no\n", "list\n  - [x]\n    p yes\n  - [ ]\n    p no\n"},
		{"signs of plain text", "Что делает a*b*c?\n", "p Что делает a\\*b\\*c?\n"},
	} {
		if got := pagetest.Outline(read(t, c.text)); strings.TrimSpace(got) != strings.TrimSpace(c.want) {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// A copied page begins with the site's menus: the title is the heading that they
// name.
func TestMenusBeforeTheTitle(t *testing.T) {
	p := read(t, "Skip to content\n\nMy Site\n\n  • Home\n  • 4. Loops\n  • 5. Lists\n\nSign up\n\nLoops\n\nA loop repeats what stands in it until a condition fails, or for each of some things.\n\nExercises\n\n  • Write one.\n")
	if p.Title != "Loops" {
		t.Errorf("title %q", p.Title)
	}
	for _, i := range p.Words() {
		b := p.Blocks[i]
		if menu := b.Line < 11; b.Hidden != menu {
			t.Errorf("%q at line %d: hidden %v", b.Text, b.Line, b.Hidden)
		}
	}
}

var pieces = []string{"Заголовок\n", "слово слово слово слово слово слово слово слово слово слово\n", "\n", "• a\n", "  • b\n", "1. c\n", "    d\n", "PYTHON\n", "x = 1\n", "In [1]:\n", "a) x\n", "\t- y\n", "?\n", "Submit\n", "| | |   x\n"}

func TestAnyPiecesAreATree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "pieces"), "")
		p, err := text.Read(context.Background(), s)
		if err != nil {
			t.Fatal(err)
		}
		if why := pagetest.Check(p); why != "" {
			t.Fatalf("%s\n%s", why, pagetest.Outline(p))
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add(strings.Join(pieces, ""))
	for _, p := range pieces {
		f.Add(strings.Repeat(p, 4))
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := text.Read(context.Background(), s)
		if err != nil {
			t.Fatal(err)
		}
		if why := pagetest.Check(p); why != "" {
			t.Fatal(why)
		}
	})
}
