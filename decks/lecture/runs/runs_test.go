package runs

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks/content"
)

func TestMarkdown(t *testing.T) {
	for _, c := range []struct {
		name string
		runs []Run
		want string
	}{
		{"plain", []Run{{Text: "Что такое "}, {Text: "токен?"}}, "Что такое токен?"},
		{"marks hug the words", []Run{{Text: "Вопрос "}, {Text: "1: ", Style: Bold}, {Text: "кто?"}}, "Вопрос **1:** кто?"},
		{"neighbours are one", []Run{{Text: "Во", Style: Bold}, {Text: "прос", Style: Bold}}, "**Вопрос**"},
		{"space between two of a kind", []Run{{Text: "a", Style: Bold}, {Text: " "}, {Text: "b", Style: Bold}}, "**a b**"},
		{"within a word", []Run{{Text: "под"}, {Text: "чёрк", Style: Italic}, {Text: "нуто"}}, "под*чёрк*нуто"},
		{"where a mark would not hold", []Run{{Text: "a"}, {Text: "«b»", Style: Bold}, {Text: "c"}}, "a<strong>«b»</strong>c"},
		{"two marks in a row", []Run{{Text: "a", Style: Bold}, {Text: "b", Style: Italic}}, "**a**<em>b</em>"},
		{"both at once", []Run{{Text: "a", Style: Bold | Italic}}, "***a***"},
		{"code", []Run{{Text: "вызов "}, {Text: "f(*x)", Style: Code}}, "вызов `f(*x)`"},
		{"code with a backtick", []Run{{Text: "`", Style: Code}}, "`` ` ``"},
		{"signs", []Run{{Text: "a*b_c"}}, `a\*b\_c`},
		{"a link", []Run{{Text: "book", Link: "https://e.org/a(b)"}}, "[book](https://e.org/a%28b%29)"},
		{"small letters", []Run{{Text: "x"}, {Text: "2", Style: Super}}, "x<sup>2</sup>"},
		{"a formula", []Run{{Text: "пусть"}, {Text: " "}, {Text: `\frac{1}{2}`, Style: Math}, {Text: "."}}, `пусть $\frac{1}{2}$.`},
		{"line ends", []Run{{Text: "a \n b\t c"}}, "a\\\nb c"},
		{"a picture", []Run{Picture("a b.png", "схема *x*")}, `![схема \*x\*](a%20b.png)`},
		{"nothing", []Run{{Text: " "}, {Text: "\n", Style: Bold}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Markdown(c.runs); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// Whatever the styles, the words are those of the runs.
func TestMarkdownKeepsWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune(" aбВ1.,*_`[](){}<>~|«»?!-#\n")), 1, 12, -1)
		list := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Run {
			style := Style(rapid.IntRange(0, 7).Draw(t, "style"))
			return Run{Text: text.Draw(t, "text"), Style: style}
		}), 1, 5).Draw(t, "runs")
		md := Markdown(list)
		if strings.HasPrefix(md, "#") || strings.HasPrefix(md, ">") || strings.HasPrefix(md, "-") || strings.Contains(md, "\n") ||
			len(md) > 1 && md[0] >= '0' && md[0] <= '9' || strings.HasPrefix(md, "<") {
			t.Skip("a paragraph's text may look like a block's sign")
		}
		got := strings.Join(strings.Fields(content.Line(content.Parse(md), 0)), " ")
		want := strings.Join(strings.Fields(Plain(list)), " ")
		if got != want {
			t.Fatalf("%q\nreads %q\nwant  %q", md, got, want)
		}
	})
}

func TestTrimLeft(t *testing.T) {
	list := []Run{{Text: "1", Style: Bold}, {Text: ". "}, {Text: "Кто?", Style: Italic}}
	if got := Markdown(TrimLeft(list, 2)); got != "*Кто?*" {
		t.Errorf("got %q", got)
	}
	if got := TrimLeft(list, 100); got != nil {
		t.Errorf("got %v", got)
	}
}
