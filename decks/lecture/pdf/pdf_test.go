package pdf

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lectern/decks/fault"
	"lectern/decks/lecture/page"
	"lectern/decks/lecture/page/pagetest"
)

// PDFium is compiled once for all tests, and kept for the next time.
func TestMain(m *testing.M) {
	if dir, err := os.UserCacheDir(); err == nil {
		Cache(filepath.Join(dir, "lectern", "pdfium"))
	}
	os.Exit(m.Run())
}

func read(tb testing.TB, raw []byte) *page.Page {
	tb.Helper()
	if !Sniff(raw) {
		tb.Fatal("a PDF is not told as one")
	}
	p, err := Read(context.Background(), raw, nil)
	if err != nil {
		tb.Fatal(err)
	}
	if wrong := pagetest.Check(p); wrong != "" {
		tb.Fatalf("%s\n%s", wrong, pagetest.Outline(p))
	}
	return p
}

const words = "Модель языка предсказывает следующий токен по всем прежним, и этого довольно, чтобы переводить, отвечать на вопросы и писать программы. "

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(m *maker, f *flow)
		want string
	}{
		{"titles, paragraphs, lists", func(m *maker, f *flow) {
			f.par(litB, 20, 0, 0, "Языковые модели")
			f.space(10)
			f.par(litB, 14, 0, 0, "1. Токены")
			f.space(6)
			f.par(lit, 11, 0, 0, strings.Repeat(words, 2))
			f.space(6)
			f.par(lit, 11, 0, 0, "Второй абзац, "+strings.ToLower(words))
			f.space(6)
			f.par(litB, 14, 0, 0, "Вопросы")
			f.space(6)
			f.par(lit, 11, 0, 14, "1. Что такое токен и почему он не всегда совпадает со словом? Объясните это на примере какого-нибудь длинного слова.")
			f.par(lit, 11, 0, 14, "2. Выберите верное:")
			f.par(lit, 11, 20, 34, "а) токен короче слова")
			f.par(lit, 11, 20, 34, "б) токен бывает и целым словом, если оно встречается часто, а редкие слова делятся на несколько частей")
			f.par(lit, 11, 0, 14, "3. Зачем нужен словарь?")
			f.space(10)
			f.par(lit, 11, 0, 0, "Дальше идёт текст.")
		}, `
# Языковые модели
## 1. Токены
p Модель языка предсказывает следующий токен по всем прежним, и этого довольно, чтобы переводить, отвечать на вопросы и писать программы. Модель языка предсказывает следующий токен по всем прежним, и этого довольно, чтобы переводить, отвечать на вопросы и писать программы.
p Второй абзац, модель языка предсказывает следующий токен по всем прежним, и этого довольно, чтобы переводить, отвечать на вопросы и писать программы.
## Вопросы
list
  1.
    p Что такое токен и почему он не всегда совпадает со словом? Объясните это на примере какого-нибудь длинного слова.
  2.
    p Выберите верное:
    list
      а)
        p токен короче слова
      б)
        p токен бывает и целым словом, если оно встречается часто, а редкие слова делятся на несколько частей
  3.
    p Зачем нужен словарь?
p Дальше идёт текст.
`},
		{"paragraphs told by their first lines only", func(m *maker, f *flow) {
			for range 3 {
				f.par(lit, 11, 18, 0, strings.TrimSpace(words)+" Конец.")
			}
		}, strings.Repeat("\np "+words+"Конец.", 3) + "\n"},
		{"words parted at a line's end", func(m *maker, f *flow) {
			f.lines(lit, 11, 0,
				"Строка, в которой последнее слово не поместилось, потому что оно пред-",
				"стоит ещё следующей строке, и такое бывает в каждой книге. Так бывает что-",
				"то и с дефисом: что-то пишется с ним всегда, и его терять нельзя, а ещё ка-",
				"кие слова делят так? Обычные, которые длиннее других и чаще встречаются.")
		}, `
p Строка, в которой последнее слово не поместилось, потому что оно предстоит ещё следующей строке, и такое бывает в каждой книге. Так бывает что-то и с дефисом: что-то пишется с ним всегда, и его терять нельзя, а ещё какие слова делят так? Обычные, которые длиннее других и чаще встречаются.
`},
		{"code and what looks like it", func(m *maker, f *flow) {
			f.par(lit, 11, 0, 0, words)
			f.space(6)
			f.lines(mono, 9, 10, "def f(x, y):", "    for i in range(x):", "        print(i)", "", "    return {x  # два", "    }")
			f.space(6)
			m.text(lit, 11, f.x, f.y, "Вызов ")
			m.text(mono, 11, f.x+m.width(lit, 11, "Вызов "), f.y, "f(2)")
			m.text(lit, 11, f.x+m.width(lit, 11, "Вызов ")+m.width(mono, 11, "f(2)"), f.y, " печатает")
			m.text(litB, 11, f.x+m.width(lit, 11, "Вызов  печатает ")+m.width(mono, 11, "f(2)"), f.y, "два числа")
			m.text(lit, 11, f.x+m.width(lit, 11, "Вызов  печатает ")+m.width(mono, 11, "f(2)")+m.width(litB, 11, "два числа"), f.y, ".")
		}, "\np " + strings.TrimSpace(words) + `
code  def f(x, y):⏎    for i in range(x):⏎        print(i)⏎⏎    return {x  # два⏎    }
p Вызов ` + "`f(2)`" + ` печатает **два числа.**
`},
		{"a table", func(m *maker, f *flow) {
			f.par(lit, 11, 0, 0, words)
			for i, row := range [][]string{{"Модель", "Год", "Параметры"}, {"GPT-2", "2019", "1,5 млрд"}, {"GPT-3", "2020", "175 млрд"}} {
				for k, s := range row {
					m.text(lit, 11, f.x+90*float64(k), f.y-16*float64(i)-6, s)
				}
			}
		}, "\np " + strings.TrimSpace(words) + "\ntable | Модель | Год | Параметры |⏎| --- | --- | --- |⏎| GPT-2 | 2019 | 1,5 млрд |⏎| GPT-3 | 2020 | 175 млрд |\n"},
		{"options in a line", func(m *maker, f *flow) {
			f.par(lit, 11, 0, 14, "1. Токен это")
			m.text(lit, 11, f.x+14, f.y, "а) слово")
			m.text(lit, 11, f.x+114, f.y, "б) часть слова")
			m.text(lit, 11, f.x+254, f.y, "в) буква")
		}, `
list
  1.
    p Токен это
    list
      а)
        p слово
      б)
        p часть слова
      в)
        p буква
`},
		{"two columns, read one after the other", func(m *maker, f *flow) {
			left := &flow{m, 50, 760, 285}
			right := &flow{m, 310, 753, 545} // lines that do not stand at one height
			for i := range 4 {
				left.par(lit, 10, 0, 0, fmt.Sprintf("Слева %d. %s", i, words))
				left.space(6)
				right.par(lit, 10, 0, 0, fmt.Sprintf("Справа %d. %s", i, words))
				right.space(6)
			}
		}, columnsWant("Слева") + columnsWant("Справа")},
		{"letters scaled by the text's matrix", func(m *maker, f *flow) {
			m.put("BT /%s 1 Tf 18 0 0 18 50 700 Tm %s Tj ET", key(litB), m.show(litB, "Крупно"))
			m.put("BT /%s 1 Tf 11 0 0 11 50 670 Tm %s Tj ET", key(lit), m.show(lit, "Обычный текст, которого больше, чем заголовка."))
		}, "\n# Крупно\np Обычный текст, которого больше, чем заголовка.\n"},
		{"what stands askew", func(m *maker, f *flow) {
			f.par(lit, 11, 0, 0, words)
			m.put("BT /%s 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm %s Tj ET", key(lit), m.show(lit, "ЧЕРНОВИК"))
		}, "\np " + strings.TrimSpace(words) + "\n"},
		{"small raised letters", func(m *maker, f *flow) {
			m.text(lit, 11, f.x, f.y, "Пусть x")
			m.text(lit, 7, f.x+m.width(lit, 11, "Пусть x"), f.y+4, "2")
			m.text(lit, 11, f.x+m.width(lit, 11, "Пусть x")+5, f.y, " больше y.")
		}, "\np Пусть x<sup>2</sup> больше y.\n"},
		{"boxes to tick", func(m *maker, f *flow) {
			f.par(sans, 11, 0, 0, "Что верно?")
			f.par(sans, 11, 10, 24, "☐ первое")
			f.par(sans, 11, 10, 24, "✓ второе")
		}, `
p Что верно?
list
   [ ]
    p первое
   [x]
    p второе
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := newMaker(t)
			c.make(m, &flow{m, 50, 780, 545})
			if got := pagetest.Outline(read(t, m.bytes())); got != c.want[1:] {
				t.Errorf("got\n%s\nwant\n%s", got, c.want[1:])
			}
		})
	}
}

func columnsWant(side string) string {
	out := ""
	for i := range 4 {
		out += fmt.Sprintf("\np %s %d. %s", side, i, strings.TrimSpace(words))
	}
	if side == "Справа" {
		out += "\n"
	}
	return out
}

// book is a document of several pages with heads, feet and page numbers.
func book(tb testing.TB, pages int) []byte {
	m := newMaker(tb)
	for i := range pages {
		m.page()
		m.text(lit, 8, 50, 815, "Курс «Языковые модели»")
		m.text(lit, 8, 480, 815, "Лекция "+fmt.Sprint(i/3+1))
		f := &flow{m, 50, 780, 545}
		f.par(litB, 16, 0, 0, fmt.Sprintf("Глава %s", []string{"первая", "вторая", "третья", "четвёртая"}[i%4]))
		f.space(4)
		f.par(lit, 11, 0, 0, strings.Repeat(words, 3))
		f.space(6)
		f.lines(lit, 11, 0, "Абзац, который на этой странице не кончается, потому что слова его, какими бы ни", fmt.Sprintf("были они, переходят на следующую, где их и надо искать тому, кто %d раз", i))
		m.text(lit, 8, 290, 25, fmt.Sprint(i+7))
	}
	return m.bytes()
}

func TestFurniture(t *testing.T) {
	got := pagetest.Outline(read(t, book(t, 4)))
	for _, no := range []string{"Курс", "Лекция", "p 7", "p 10"} {
		if strings.Contains(got, no) {
			t.Errorf("%q is left:\n%s", no, got)
		}
	}
	if n := strings.Count(got, "# Глава"); n != 4 {
		t.Errorf("%d titles:\n%s", n, got)
	}
}

// Titles and questions at the edges of pages are none of it, though they repeat or
// count as the pages do.
func TestNoFurniture(t *testing.T) {
	m := newMaker(t)
	for i := range 6 {
		m.page()
		f := &flow{m, 50, 780, 545}
		if i%2 == 0 {
			f.par(litB, 16, 0, 0, "Вопросы")
		}
		f.par(lit, 11, 0, 14, fmt.Sprintf("%d. Что изображено на рисунке?", i+1))
		f.space(30)
		f.par(lit, 11, 0, 0, words)
		f.y = 60
		f.par(litB, 11, 0, 0, fmt.Sprintf("Задача %d", i+1))
	}
	got := pagetest.Outline(read(t, m.bytes()))
	if strings.Count(got, "# Вопросы") != 3 || strings.Count(got, "Что изображено") != 6 || strings.Count(got, "Задача") != 6 {
		t.Error(got)
	}
}

// A block's line is its page; a paragraph goes on over pages.
func TestPages(t *testing.T) {
	m := newMaker(t)
	(&flow{m, 50, 60, 545}).lines(lit, 11, 0, "Строка, которая не кончается и переходит на следующую страницу, где её конец, и")
	m.page()
	f := &flow{m, 50, 780, 545}
	f.par(lit, 11, 0, 0, "там она кончается точкой.")
	f.space(20)
	f.par(lit, 11, 0, 0, "Новый абзац.")
	p := read(t, m.bytes())
	if len(p.Blocks) != 2 || p.Blocks[0].Line != 1 || p.Blocks[1].Line != 2 || !strings.HasSuffix(p.Blocks[0].Text, "её конец, и там она кончается точкой.") {
		t.Errorf("got\n%s", pagetest.Outline(p))
	}
}

func TestTitle(t *testing.T) {
	for _, c := range []struct{ own, want string }{
		{"Лекция о токенах", "Лекция о токенах"},
		{"Microsoft Word - лекция.doc", "Крупно"},
		{"lecture3.dvi", "Крупно"},
		{"", "Крупно"},
	} {
		m := newMaker(t)
		m.title = c.own
		f := &flow{m, 50, 780, 545}
		f.par(litB, 14, 0, 0, "Раздел")
		f.par(litB, 22, 0, 0, "Крупно")
		f.par(lit, 11, 0, 0, words)
		if got := read(t, m.bytes()).Title; got != c.want {
			t.Errorf("%q: got %q, want %q", c.own, got, c.want)
		}
	}
}

// A page that is turned is read as it is seen.
func TestTurned(t *testing.T) {
	for _, turn := range []string{"0 1 -1 0 %g 50", "0 -1 1 0 %g 800", "-1 0 0 -1 500 %g"} {
		m := newMaker(t)
		for i, s := range []string{"Первая строка, за которой идёт", "вторая, и на этом всё."} {
			at := 100 + 14*float64(i)
			if strings.HasPrefix(turn, "0 -1") {
				at = 500 - 14*float64(i)
			}
			m.put("BT /%s 11 Tf "+turn+" Tm %s Tj ET", key(lit), at, m.show(lit, s))
		}
		if got := pagetest.Outline(read(t, m.bytes())); got != "p Первая строка, за которой идёт вторая, и на этом всё.\n" {
			t.Errorf("%s: got %s", turn, got)
		}
	}
}

func TestProgressAndCancel(t *testing.T) {
	raw := book(t, 5)
	var told []string
	if _, err := Read(context.Background(), raw, func(done, total int) { told = append(told, fmt.Sprintf("%d/%d", done, total)) }); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(told, " "); got != "0/5 1/5 2/5 3/5 4/5 5/5" {
		t.Errorf("told %s", got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	_, err := Read(ctx, raw, func(done, _ int) {
		if done == 2 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled within: %v", err)
	}
	if _, err := Read(ctx, raw, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: %v", err)
	}
	read(t, raw) // the next document is read as ever
}

func TestNoText(t *testing.T) {
	m := newMaker(t)
	m.put("0.5 g 50 50 300 300 re f") // a page that is only painted
	if _, err := Read(context.Background(), m.bytes(), nil); !fault.Is(err, fault.NoTextInPDF) {
		t.Errorf("got %v", err)
	}
}
