package importer

import (
	"os"
	"strings"
	"testing"

	"lectern/app/keys"
	"lectern/app/nav"
	"lectern/app/shell/shelltest"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/intake"
)

// lesson is a page with what pages have: menus, code, options, formulas, a
// solution further down, a heading in the form of a question.
func lesson(lang string) string {
	if lang == "ru" {
		return `# Циклы и сложность

В этой лекции учимся **повторять** действия и считать, сколько их: тело цикла выполняется ` + "`n`" + ` раз.

## Что такое цикл?

Цикл повторяет действия, пока верно условие. Сумма первых чисел равна $\frac{n(n+1)}{2}$.

| цикл | шагов |
|---|---|
| один | $n$ |
| вложенный | $n^2$ |

## Вопросы

- Что напечатает программа?

  ` + "```python" + `
  for i in range(3):
      print(i * "ab")
  ` + "```" + `
- Чем ` + "`while`" + ` отличается от ` + "`for`" + `? Когда лучше первый?
- Какова сложность двух вложенных циклов?
  - [ ] $O(n)$
  - [x] $O(n^2)$
  - [ ] $O(\log n)$

## Упражнения

1. Дано число $n$. Найдите:
   - a) сумму чисел от 1 до $n$
   - b) их произведение
2. (сложное) Докажите, что внутренний цикл выполнится $n^2$ раз.

   <details><summary>Решение</summary>

   Внешний цикл выполняется $n$ раз, внутренний — столько же каждый раз.

   </details>
`
	}
	return `# Loops and their cost

In this lecture we learn to **repeat** and to count how often: the body of a loop runs ` + "`n`" + ` times.

## What is a loop?

A loop repeats while its condition holds. The first numbers add up to $\frac{n(n+1)}{2}$.

| loop | steps |
|---|---|
| one | $n$ |
| nested | $n^2$ |

## Questions

- What does the program print?

  ` + "```python" + `
  for i in range(3):
      print(i * "ab")
  ` + "```" + `
- How does ` + "`while`" + ` differ from ` + "`for`" + `? When is the first better?
- How much do two nested loops cost?
  - [ ] $O(n)$
  - [x] $O(n^2)$
  - [ ] $O(\log n)$

## Exercises

1. A number $n$ is given. Find:
   - a) the sum of the numbers from 1 to $n$
   - b) their product
2. (hard) Prove that the inner loop runs $n^2$ times.

   <details><summary>Solution</summary>

   The outer loop runs $n$ times, the inner one as often each time.

   </details>
`
}

// looked leaves pictures out where nobody looks at them: the other tests draw
// the same screens.
func looked(t *testing.T) {
	t.Helper()
	if os.Getenv("LECTERN_SHOTS") == "" {
		t.Skip("no pictures are asked for")
	}
}

func shown(t *testing.T, w shelltest.Window, c *collection.Collection, pages ...string) *Screen {
	t.Helper()
	return New(reading(t, c, w.Shell, w.Printer, pages...))
}

func TestPictures(t *testing.T) {
	text := founding(t)
	shelltest.Each(t, "import", func(w shelltest.Window) nav.Screen {
		return shown(t, w, open(t), name, text)
	}, func(t *testing.T, w shelltest.Window, s nav.Screen) {
		for range 10 {
			s.Key(keys.Down)
		}
	})
}

func TestLessonPictures(t *testing.T) {
	looked(t)
	for _, page := range []bool{false, true} {
		file := "import-lesson"
		if page {
			file = "import-page"
		}
		shelltest.Each(t, file, func(w shelltest.Window) nav.Screen {
			return shown(t, w, open(t), "loops.md", lesson(w.Printer.Lang()))
		}, func(t *testing.T, w shelltest.Window, s nav.Screen) {
			x := s.(*Screen)
			x.now.Book.Pages[0].Blocks[0].Hidden = page
			x.refresh()
			if page && w.Small {
				x.pane.Changed(0)
			}
			s.Key(keys.Down)
			if page {
				s.Key(keys.Down)
			}
		})
	}
}

func TestEmptyPictures(t *testing.T) {
	looked(t)
	shelltest.Each(t, "import-empty", func(w shelltest.Window) nav.Screen {
		return shown(t, w, open(t), "weather.txt", "Лекция о погоде\n\nСегодня идёт дождь. Завтра будет солнце.\n\nПогода меняется.")
	}, nil)
}

func TestTwinPictures(t *testing.T) {
	looked(t)
	shelltest.Each(t, "import-twins", func(w shelltest.Window) nav.Screen {
		c := open(t)
		shown(t, w, c, "a.txt", exam).finish()
		return shown(t, w, c, "b.txt", strings.NewReplacer("Лекция", "Семинар", "Зачем нужны токены?", "Зачем нужен токен?").Replace(exam))
	}, func(t *testing.T, w shelltest.Window, s nav.Screen) { s.Key(keys.Down) })
}

func TestUpdatePictures(t *testing.T) {
	looked(t)
	text := founding(t)
	shelltest.Each(t, "import-update", func(w shelltest.Window) nav.Screen {
		c := open(t)
		shown(t, w, c, name, text).finish()
		text := strings.Replace(text, "и как они работают?", "и как они устроены?", 1)
		text = strings.Replace(text, "• Что такое \"галлюцинации\" и как их избежать?\n", "• Почему небо синее, а закат красный?\n", 1)
		return shown(t, w, c, name, text)
	}, func(t *testing.T, _ shelltest.Window, s nav.Screen) { s.Key(keys.ShiftDown) })
}

func TestManyPagesPictures(t *testing.T) {
	looked(t)
	shelltest.Each(t, "import-course", func(w shelltest.Window) nav.Screen {
		o := reading(t, open(t), w.Shell, w.Printer, "01-loops.md", lesson("ru"), "02-tokens.txt", exam, "03-llm.txt", founding(t))
		o.Name, o.Title, o.Unread = "Курс", "Курс программирования", []intake.Unread{{Name: "04-scan.pdf", Err: fault.New(fault.NoTextInPDF, nil)}}
		return New(o)
	}, func(t *testing.T, _ shelltest.Window, s nav.Screen) {
		for range 5 {
			s.Key(keys.Down)
		}
	})
}

func TestFormPictures(t *testing.T) {
	looked(t)
	for file, card := range map[string]int{"import-form": 1, "import-form-choice": 2} {
		shelltest.Each(t, file, func(w shelltest.Window) nav.Screen {
			return shown(t, w, open(t), "loops.md", lesson(w.Printer.Lang()))
		}, func(t *testing.T, _ shelltest.Window, s nav.Screen) {
			x := s.(*Screen)
			x.edit(x.now.Cards[card].ID)
		})
	}
	shelltest.Each(t, "import-cut", func(w shelltest.Window) nav.Screen {
		return shown(t, w, open(t), "a.md", "# A\n\n## Упражнения\n\n1. Напишите программу, которая читает два числа.\n\n   ```go\n   var a, b int\n   ```\n\n   Сложите их.\n\n   Теперь вычтите.\n")
	}, func(t *testing.T, _ shelltest.Window, s nav.Screen) { s.Key("S") })
}
