package docx

import (
	"context"
	"errors"
	"strings"
	"testing"

	"lectern/decks/lecture/page"
	"lectern/decks/lecture/page/pagetest"
)

func read(tb testing.TB, raw []byte) *page.Page {
	tb.Helper()
	if !Sniff(raw) {
		tb.Fatal("a document is not told as one")
	}
	p, err := Read(context.Background(), raw)
	if err != nil {
		tb.Fatal(err)
	}
	if wrong := pagetest.Check(p); wrong != "" {
		tb.Fatalf("%s\n%s", wrong, pagetest.Outline(p))
	}
	return p
}

func TestRead(tt *testing.T) {
	for _, c := range []struct {
		name, body, want string
	}{
		{"headings by style, name, base and outline",
			styled("1", "Первая") + styled("2", "Вторая") + styled("z3", "Третья") + styled("own", "Своя") +
				p(`<w:outlineLvl w:val="3"/>`, t("Четвёртая")) + styled("ring1", "Кольцо"), `
# Первая
## Вторая
### Третья
## Своя
#### Четвёртая
p Кольцо
`},
		{"a heading's bold is its style's", p(`<w:pStyle w:val="2"/>`, t("Про ", "<w:b/>"), t("f(x)", "<w:b/>", `<w:rFonts w:ascii="Consolas"/>`)), "\n## Про `f(x)`\n"},
		{"styled words", p("", t("Вот "), t("жирно", "<w:b/>"), t(", "), t("курсив", "<w:i/>"), t(" и "), t("код", `<w:rFonts w:ascii="Courier New"/>`), t("ом", `<w:rStyle w:val="vc"/>`),
			t(" x"), t("2", `<w:vertAlign w:val="superscript"/>`), t(" "), t("нет", `<w:b w:val="0"/>`), t("важно", `<w:rStyle w:val="strong"/>`)),
			"\np Вот **жирно**, *курсив* и `кодом` x<sup>2</sup> нет**важно**\n"},
		{"what is not seen", p("", t("Видно"), t("скрыто", "<w:vanish/>"), "<w:del><w:r><w:delText>вычеркнуто</w:delText></w:r></w:del>",
			"<w:ins>"+t(" вставлено")+"</w:ins>", `<w:r><w:footnoteReference w:id="1"/></w:r>`), "\np Видно вставлено\n"},
		{"a list with numbers and letters", item(1, 0, "Первый") + item(1, 1, "да") + item(1, 1, "нет") + item(1, 2, "совсем") + item(1, 0, "Второй") + item(1, 1, "может"), `
list
  1.
    p Первый
    list
      а)
        p да
      б)
        p нет
        list
          i.
            p совсем
  2.
    p Второй
    list
      а)
        p может
`},
		{"numbers go on after a paragraph", item(1, 0, "Первый") + p("", t("Между")) + item(1, 0, "Второй"), `
list
  1.
    p Первый
p Между
list
  2.
    p Второй
`},
		{"a list that begins again", item(1, 0, "Первый") + p("", t("Между")) + item(7, 0, "Снова") + item(7, 0, "Дальше"), `
list
  1.
    p Первый
p Между
list
  1.
    p Снова
  2.
    p Дальше
`},
		{"what stands below an entry's words belongs to it", item(1, 0, "Первый") + p(`<w:ind w:left="720"/>`, t("Подробнее")) + item(1, 0, "Второй"), `
list
  1.
    p Первый
    p Подробнее
  2.
    p Второй
`},
		{"bullets below numbers", item(1, 0, "Первый") + item(2, 1, "так") + item(1, 0, "Второй"), `
list
  1.
    p Первый
    list
      ○
        p так
  2.
    p Второй
`},
		{"letters of another list at the same indent", item(1, 0, "Что это?") + item(5, 0, "то") + item(5, 0, "сё") + item(1, 0, "А это?") + item(8, 0, "иное"), `
list
  1.
    p Что это?
    list
      a)
        p то
      b)
        p сё
  2.
    p А это?
    list
      a)
        p иное
`},
		{"bullets of Symbol and boxes of Wingdings", item(2, 0, "раз") + item(3, 0, "выбрать"), `
list
  •
    p раз
list
  ◻ [ ]
    p выбрать
`},
		{"a style that counts", styled("task", "Сложить") + styled("task", "Вычесть") + item(4, 1, "по частям"), `
list
  Задание 1.
    p Сложить
  Задание 2.
    p Вычесть
    list
      2.1.
        p по частям
`},
		{"a heading that counts", p(`<w:pStyle w:val="1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr>`, t("Циклы")) +
			p(`<w:pStyle w:val="2"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`, t("Условия")), `
# Задание 1. Циклы
## Условия
`},
		{"legal numbers", item(6, 0, "а") + item(6, 1, "б"), `
list
  I
    p а
    list
      1.1
        p б
`},
		{"typed entries", p("", t("1. Что такое токен?")) + p("", t("а) слово")) + p("", t("б) часть слова")) + p("", t("2. Зачем он?")) + p("", t("Дальше текст.")), `
list
  1.
    p Что такое токен?
    list
      а)
        p слово
      б)
        p часть слова
  2.
    p Зачем он?
p Дальше текст.
`},
		{"typed entries in one paragraph", p("", t("Выберите:"), "<w:r><w:br/></w:r>", t("а) "), t("первое", "<w:b/>"), "<w:r><w:br/></w:r>", t("б) второе")), `
p Выберите:
list
  а)
    p **первое**
  б)
    p второе
`},
		{"a line break", p("", t("Одна"), "<w:r><w:br/></w:r>", t("другая")), "\np Одна\\⏎другая\n"},
		{"boxes to tick", p("", `<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent>`+t("☒")+`</w:sdtContent></w:sdt>`, t(" верно")) +
			p("", `<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/></w14:checkbox></w:sdtPr><w:sdtContent>`+t("☐")+`</w:sdtContent></w:sdt>`, t(" неверно")) +
			p("", `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`, t("поле")) +
			p("", t("☐ напечатан")), `
list
   [x]
    p верно
   [ ]
    p неверно
   [x]
    p поле
   [ ]
    p напечатан
`},
		{"a box in a list", item(1, 0, "Что верно?") + p(`<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>`,
			`<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="true"/></w14:checkbox></w:sdtPr><w:sdtContent>`+t("☒")+`</w:sdtContent></w:sdt>`, t("это")), `
list
  1.
    p Что верно?
    list
      а) [x]
        p это
`},
		{"links", p("", `<w:hyperlink r:id="web">`+t("книга")+`</w:hyperlink>`, t(" и "), `<w:hyperlink r:id="bad">`+t("файл")+`</w:hyperlink>`,
			`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "http://e.org/x" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`, t(" поле"), `<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
			`<w:fldSimple w:instr=" PAGE ">`+t(" 7")+`</w:fldSimple>`), `
p [книга](https://example.org/a%20b) и файл [поле](http://e.org/x) 7
`},
		{"a table of contents", `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + p("", t("Содержание")) + `</w:sdtContent></w:sdt>` +
			styled("toc1", "Глава 1") +
			p("", `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \o "1-3"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`, t("Глава 2")) +
			p("", t("Глава 3"), `<w:r><w:fldChar w:fldCharType="end"/></w:r>`) + p("", t("Текст")), `
~ p Содержание
~ p Глава 1
~ p Глава 2
~ p Глава 3
p Текст
`},
		{"a table", table([]string{"Вопрос", "Ответ"}, []string{"a|b", "<w:tcPr><w:gridSpan w:val=\"1\"/></w:tcPr>" + p("", t("да")) + p("", t("нет"))}), `
table | Вопрос | Ответ |⏎| --- | --- |⏎| a\|b | да<br>нет |
`},
		{"merged cells", table([]string{"<w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>" + p("", t("Оба"))}, []string{"а", "<w:tcPr><w:vMerge/></w:tcPr>" + p("", t("скрыто"))}), `
table | Оба |  |⏎| --- | --- |⏎| а |  |
`},
		{"a table in an entry and one after it", item(1, 0, "Заполните:") + table([]string{"a", "b"}) + item(1, 0, "Почему?") + table([]string{"c", "d"}), `
list
  1.
    p Заполните:
    table | a | b |⏎| --- | --- |
  2.
    p Почему?
table | c | d |⏎| --- | --- |
`},
		{"a frame of one cell", table([]string{styled("1", "Задание") + item(1, 0, "Первое") + table([]string{"внутри", "рядом"})}), `
# Задание
list
  1.
    p Первое
p внутри
p рядом
`},
		{"a table that lays out the page", table([]string{p("", t("1")) + p("", t("2")) + p("", t("3")) + p("", t("4")) + p("", t("5")) + p("", t("6")), "справа"}), `
p 1
p 2
p 3
p 4
p 5
p 6
p справа
`},
		{"code by its style", styled("code", "for i in x:") + styled("code", "    print(i)") + p("") + styled("code", "done") + p("", t("Текст")), `
code  for i in x:⏎    print(i)⏎⏎done
p Текст
`},
		{"code by its letters", p("", t("a = 1", `<w:rFonts w:ascii="Consolas"/>`), `<w:r><w:br/></w:r>`, t("b\t= 2", `<w:rFonts w:ascii="Consolas"/>`)), "\ncode  a = 1⏎b    = 2\n"},
		{"a quote", styled("q", "Сказано"), "\nquote\n  p Сказано\n"},
		{"signs of fonts", p("", `<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>`, `<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>`, `<w:r><w:noBreakHyphen/></w:r>`, t("x")), "\np α→-x\n"},
		{"a picture", p("", `<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="Схема сети"/><a:graphic><a:graphicData><a:blip r:embed="pic"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`) +
			p("", `<w:r><w:pict><v:shape><v:imagedata r:id="emf" title="Старая формула"/></v:shape></w:pict></w:r>`) +
			p("", `<w:r><w:drawing><a:blip r:embed="out"/></w:drawing></w:r>`), `
p ![Схема сети](image1.png)
p Старая формула
`},
		{"a text box once", p("", `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent>`+p("", t("В рамке"))+`</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>`+p("", t("В рамке"))+`</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>`, t("Рядом")), `
p В рамке
p Рядом
`},
		{"formulas", p("", t("Пусть "), `<m:oMath><m:r><m:t>x∈ℝ</m:t></m:r></m:oMath>`, t(".")) +
			p("", `<m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath></m:oMathPara>`), `
p Пусть $x\in \mathbb{R}$.
formula \frac{a}{b}
`},
		{"large letters where no style is a heading", p("", t("Вопросы", `<w:sz w:val="32"/>`, "<w:b/>")) + p("", t("Обычный текст, которого больше всего.")) + p("", t("Ещё", `<w:sz w:val="28"/>`)), `
# Вопросы
p Обычный текст, которого больше всего.
## Ещё
`},
		{"large letters where styles are", styled("2", "Раздел") + p("", t("Крупно", `<w:sz w:val="32"/>`)) + p("", t("Обычный текст, которого больше всего.")), `
## Раздел
p Крупно
p Обычный текст, которого больше всего.
`},
	} {
		tt.Run(c.name, func(tt *testing.T) {
			raw := document(c.body, someStyles, someLists, part{"word/media/image1.png", "\x89PNG"}, part{"word/media/image2.emf", "x"})
			if got := pagetest.Outline(read(tt, raw)); got != c.want[1:] {
				tt.Errorf("got\n%s\nwant\n%s", got, c.want[1:])
			}
		})
	}
}

func TestTitle(tt *testing.T) {
	core := func(title string) part {
		return part{"docProps/core.xml", `<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + title + `</dc:title></cp:coreProperties>`}
	}
	for _, c := range []struct{ name, body, core, want string }{
		{"the title's style", styled("T", "Лекция 1") + styled("1", "Введение"), "иное", "Лекция 1"},
		{"the properties", p("", t("Текст")), " Лекция\n2 ", "Лекция 2"},
		{"made up", p("", t("Текст")), "Microsoft Word - lecture.doc", ""},
		{"made up in Russian", p("", t("Текст")), "Документ1", ""},
		{"not made up", p("", t("Текст")), "Документы и коллекции", "Документы и коллекции"},
	} {
		tt.Run(c.name, func(tt *testing.T) {
			if got := read(tt, document(c.body, someStyles, core(c.core))).Title; got != c.want {
				tt.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// Lines are paragraphs; pictures come with the page, each once.
func TestPlaces(tt *testing.T) {
	pic := p("", `<w:r><w:drawing><a:blip r:embed="pic"/></w:drawing></w:r>`)
	raw := document(p("", t("а"))+p("")+p("", t("б"))+pic+pic, part{"word/media/image1.png", "\x89PNG"})
	got := read(tt, raw)
	if len(got.Blocks) != 4 || got.Blocks[1].Line != 3 {
		tt.Errorf("blocks %+v", got.Blocks)
	}
	if len(got.Pictures) != 1 || got.Pictures[0].Name != "image1.png" || string(got.Pictures[0].Data) != "\x89PNG" {
		tt.Errorf("pictures %v", got.Pictures)
	}
}

func TestStrictNamespaces(tt *testing.T) {
	raw := archive(part{"word/document.xml", `<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>` + p("", t("Строгий")) + `</w:body></w:document>`})
	if got := pagetest.Outline(read(tt, raw)); got != "p Строгий\n" {
		tt.Errorf("got %q", got)
	}
}

func TestCancel(tt *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, document(strings.Repeat(p("", t("а")), 5000))); !errors.Is(err, context.Canceled) {
		tt.Errorf("got %v", err)
	}
}
