package lint_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"lectern/decks"
	"lectern/decks/lint"
)

func note(kind decks.Kind, front, back string) decks.Note {
	return decks.Note{ID: "id", Kind: kind, Section: "s", Tags: []string{"t"}, Fields: map[decks.Field]string{decks.Front: front, decks.Back: back}}
}

// codes lists the findings on a note with what they mark.
func codes(n decks.Note) []string {
	var out []string
	for _, f := range lint.Check(n) {
		text := n.Text(f.Field)[f.Span.From:f.Span.To]
		out = append(out, string(f.Code)+": "+text)
	}
	return out
}

func TestFindings(t *testing.T) {
	words := func(n int) string { return strings.TrimSpace(strings.Repeat("word ", n)) }
	for _, c := range []struct {
		name  string
		kind  decks.Kind // "" a question
		front string
		back  string
		want  string // findings, parted by " | "
	}{
		// Several questions.
		{"two sentences", "", "What is a token? How are texts split into tokens?", "", "several: How are texts split into tokens?"},
		{"joined", "", "What is a token, and how is it made?", "", "several: how is it made?"},
		{"joined in Russian", "", "Что такое токен и чем он отличается от слова?", "", "several: чем он отличается от слова?"},
		{"told to explain", "", "Объясните, что такое замыкание, а также для чего оно нужно.", "", "several: для чего оно нужно."},
		{"a task behind a question", "", "Что такое градиент? Приведите пример функции без градиента.", "", "several: Приведите пример функции без градиента."},
		{"three", "", "Why do stars burn? What do they burn? When do they stop?", "", "several: What do they burn? When do they stop?"},
		{"why belongs to it", "", "Which sort is stable? Why?", "", ""},
		{"почему belongs to it", "", "Какой цвет применится и почему?", "", ""},
		{"so does и почему", "", "Что быстрее: сложение или умножение матриц? И почему?", "", ""},
		{"if so", "", "Есть ли у массива предел? Если да, то какой?", "", ""},
		{"how and why", "", "How and why does ice float?", "", ""},
		{"as follows", "", "Чем вызвано охлаждение и как следствие замерзание воды?", "", ""},
		{"a clause", "", "What happens when a page is missing and how many are free is unknown?", "", ""},
		{"a clause in Russian", "", "Что будет, если неизвестно, где ключ и как его искать?", "", ""},
		{"the same word twice", "", "Which of the sorts are stable and which of them are fast?", "", ""},
		{"a setting first", "", "A ball falls from a tower. How long does it fall?", "", ""},
		{"abbreviations end nothing", "", "Какие ряды, напр. гармонический, т. е. сумма 1/n, расходятся?", "", ""},
		{"quoted question", "", "Кто спросил: «Что делать?» в названии романа?", "", ""},
		{"code has question marks", "", "What does `a ? b : c` do?\n\n```c\nx = a ? b : c; // why? how?\n```", "", ""},
		{"an exercise has parts", decks.Exercise, "Prove it for $n = 1$. What changes for $n = 2$? What for $n = 3$?", "", ""},
		{"a short exercise is a question", decks.Exercise, "Почему трудно делать RL после предобучения? Что помогает модели?", "", "several: Что помогает модели?"},

		// Yes or no.
		{"can", "", "Can a tree have a cycle?", "", "yes_no: Can a tree have a cycle?"},
		{"ли", "", "Может ли дерево содержать цикл?", "", "yes_no: Может ли дерево содержать цикл?"},
		{"правда ли", "", "Правда ли, что 1 — простое число?", "Нет.", "yes_no: Правда ли, что 1 — простое число?"},
		{"or", "", "Is a whale a fish or a mammal?", "", ""},
		{"или", "", "Является ли кит рыбой или млекопитающим?", "", ""},
		{"why follows", "", "Is a whale a fish? Why?", "", ""},
		{"explain follows", "", "Is a whale a fish? Explain.", "", ""},
		{"a polite request", "", "Can you explain the difference between a stack and a queue?", "", ""},
		{"a polite request in Russian", "", "Можете ли вы описать разницу между стеком и очередью?", "", ""},
		{"not at the beginning", "", "Given a tree, is there a way to sort it?", "", ""},
		{"German was is no English was", "", "Was ist ein Baum?", "", ""},

		// Nothing is asked.
		{"a topic", "", "Градиентный спуск", "", "no_question: Градиентный спуск"},
		{"a topic with an answer in English", "", "Gradient descent", "The step goes against the slope which is steepest.", "no_question: Gradient descent"},
		{"a task", "", "Describe gradient descent", "", ""},
		{"an infinitive", "", "Доказать теорему Гаусса", "", ""},
		{"a picture is asked about", "", "Название части ![](cell.png)", "", ""},
		{"a blank", "", "The capital of France is ____.", "", ""},

		// Nothing it could mean.
		{"it", "", "How does it work?", "", "referent: it"},
		{"он", "", "Чем он отличается от списка?", "", "referent: он"},
		{"это", "", "Зачем это нужно?", "", "referent: это"},
		{"this method", "", "How does this method work?", "", "referent: this method"},
		{"этот метод", "", "Когда применяют этот метод?", "", ""},
		{"этот метод first", "", "Для чего нужен этот метод?", "", "referent: этот метод"},
		{"it is hard to", "", "Why is it hard to divide by zero?", "", ""},
		{"how long it takes", "", "How long does it take to sort a list?", "", ""},
		{"it has a meaning", "", "What does a cache keep, and in which order does it drop the rest?", "", "several: in which order does it drop the rest?"},
		{"a sentence before", "", "A ball is dropped. When does it land?", "", ""},
		{"code below", "", "What does this print?\n\n```py\nprint(1)\n```", "", ""},
		{"code in the line", "", "Что делает это выражение: `a ?? b`?", "", ""},
		{"this year", "", "Какие премии вручили в этом году?", "", ""},
		{"a formula", "", "Why is $x^2 \\ge 0$, and what does this mean?", "", "several: what does this mean?"},

		// What is not here.
		{"a figure", "", "What is shown in the figure?", "", "elsewhere: in the figure"},
		{"a figure that is here", "", "What is shown in the figure?\n\n![](f.png)", "", ""},
		{"рисунок", "", "Что изображено на рисунке?", "", "elsewhere: на рисунке"},
		{"рис. 3", "", "Какой процесс показан (см. рис. 3)?", "", "elsewhere: рис. 3"},
		{"the code above", "", "What does the code above print?", "", "elsewhere: code above"},
		{"the following code", "", "What does the following code print?", "", "elsewhere: the following code"},
		{"the following code is here", "", "What does the following code print?\n\n    print(1)\n", "", ""},
		{"следующий токен", "", "Как модель выбирает следующий токен?", "", ""},
		{"следующий код", "", "Что выведет следующий код?", "", "elsewhere: следующий код"},
		{"another exercise", decks.Exercise, "Extend your answer to Exercise 3.3.", "", "elsewhere: Exercise 3.3"},
		{"предыдущее задание", decks.Exercise, "Измените скрипт из предыдущего задания.", "", "elsewhere: предыдущего задания"},
		{"options are what follows", decks.Choice, "Что из перечисленного ниже верно?", "", "elsewhere: перечисленного ниже"},
		{"warm is above", "", "Что бывает с водой при температуре выше 100 градусов?", "", ""},
		{"three tasks", decks.Exercise, "Решите 3 задачи 2 способами каждую.", "", ""},

		// The answer stands in the question.
		{"leak", "", "What does the central processing unit (CPU) do?", "Central processing unit", "leak: central processing unit"},
		{"leak in Russian", "", "Как называется закон Ома для участка цепи?", "Закон Ома", "leak: закон Ома"},
		{"a choice is offered", "", "Which is larger, the sun or the moon?", "The sun", ""},
		{"a number", "", "How much is 2 times 10?", "10", ""},
		{"a word in another form", "", "Что образует сеть нейронов?", "Нейроны", ""},
		{"leak of a gap", decks.Cloze, "Кислород нужен для дыхания: без {{c1::кислорода}} клетка гибнет, ведь кислорода нет в запасе.", "", "leak: кислорода"},
		{"a gap twice", decks.Cloze, "The {{c1::heart}} pumps; the {{c1::heart}} rests.", "", ""},

		// Lists.
		{"a list", "", "Which planets are rocky or large?", "- Mercury\n- Venus\n- Earth\n- Mars\n- Jupiter", "list: Mercury\n- Venus\n- Earth\n- Mars\n- Jupiter"},
		{"four will do", "", "Which planets are rocky?", "- Mercury\n- Venus\n- Earth\n- Mars", ""},
		{"in a line", "", "Назовите цвета радуги.", "Красный, оранжевый, жёлтый, зелёный, голубой, синий и фиолетовый.", "list: Красный, оранжевый, жёлтый, зелёный, голубой, синий и фиолетовый"},
		{"steps that explain", "", "How does a fire start?", strings.Repeat("1. Something heats up so far that it begins to give off gas.\n", 6), ""},
		{"a sentence with commas", "", "Почему идёт дождь?", "Вода испаряется, поднимается высоко в небо и там, остыв, собирается в капли, которые, став тяжёлыми, падают.", ""},
		{"more than a list", "", "What is a planet?", "A body that goes round a star.\n\n- Mercury\n- Venus\n- Earth\n- Mars\n- Jupiter\n\nThere are more.", ""},

		// Lengths.
		{"a long question", "", "Why " + words(60) + " the?", "", "long_question: " + strings.Repeat("word ", 15) + "word the?"},
		{"a long answer", "", "Why is it the case that ice floats?", words(125), "long_answer: word word word word word"},
		{"code is not counted", "", "What does it do?\n\n```\n" + words(200) + "\n```", "", ""},

		// Links and marks.
		{"a link", "", "What is a heap in memory?", "See <https://example.com/heap>.", "only_link: See <https://example.com/heap>."},
		{"a link with words", "", "Что такое куча в памяти?", "[Подробнее](https://example.com)", "only_link: [Подробнее](https://example.com)"},
		{"an answer with a link", "", "What is a heap in memory?", "Memory that is taken and given back in any order, see [here](https://example.com).", ""},
		{"to be done", "", "What is a heap in memory?", "TO" + "DO describe", "unfinished: TO" + "DO"},
		{"it breaks off", "", "Что такое куча в памяти?", "Это память, которую берут и…", "unfinished: и…"},
		{"a series goes on", "", "Which numbers are powers of the number two?", "2, 4, 8, 16, …", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			kind := c.kind
			if kind == "" {
				kind = decks.Question
			}
			if got := strings.Join(codes(note(kind, c.front, c.back)), " | "); got != c.want {
				t.Errorf("%q\n got %q\nwant %q", c.front, got, c.want)
			}
		})
	}
}

func TestOptionsFollow(t *testing.T) {
	n := note(decks.Choice, "Что из перечисленного ниже верно?", "")
	n.Choices = []decks.Option{{Text: "Земля круглая", Right: true}, {Text: "Земля плоская"}}
	if got := codes(n); got != nil {
		t.Errorf("options are what stands below: %q", got)
	}
}

func TestFixes(t *testing.T) {
	for _, c := range []struct {
		name, front, back string
		code              lint.Code
		want              []string // the questions of what the note becomes; nil: no fix
	}{
		{"two that stand alone", "Какую задачу решают LLM? Что такое токен?", "", lint.Several,
			[]string{"Какую задачу решают LLM?", "Что такое токен?"}},
		{"it gets its name", "What are large language models (LLMs), and how do they work?", "", lint.Several,
			[]string{"What are large language models (LLMs)?", "Large language models (LLMs): how do they work?"}},
		{"он gets its name", "Что такое токен? Чем он отличается от слова?", "", lint.Several,
			[]string{"Что такое токен?", "Токен: чем он отличается от слова?"}},
		{"a name written small", "Объясните, что такое z-index и как он работает.", "", lint.Several,
			[]string{"Объясните, что такое z-index.", "z-index: как он работает?"}},
		{"a name in quotation marks", "Что такое \"галлюцинации\" и как их избежать?", "", lint.Several,
			[]string{"Что такое \"галлюцинации\"?", "\"Галлюцинации\": как их избежать?"}},
		{"a bold name", "What is a **token**? How is it made?", "", lint.Several,
			[]string{"What is a **token**?", "**Token**: how is it made?"}},
		{"what went before stays", "Дан граф без циклов. Сколько в нём рёбер? Сколько листьев у дерева?", "", lint.Several,
			[]string{"Дан граф без циклов. Сколько в нём рёбер?", "Дан граф без циклов. Сколько листьев у дерева?"}},
		{"a setting goes with both", "A ball falls from a tower. How long does the ball fall? How fast does the ball land?", "", lint.Several,
			[]string{"A ball falls from a tower. How long does the ball fall?", "A ball falls from a tower. How fast does the ball land?"}},
		{"marks are not torn", "**What is a token? How are texts split into tokens?**", "", lint.Several,
			[]string{"**What is a token?**", "**How are texts split into tokens?**"}},
		{"nor are brackets", "Name a sort (which one is stable? what does a stable sort keep?).", "", lint.Several, nil},
		{"they need each other", "Почему лёд не тонет? И какие ещё?", "", lint.Several, nil},
		{"why", "Can a tree have a cycle?", "No.", lint.YesNo, []string{"Can a tree have a cycle? Why?"}},
		{"почему", "**Может ли дерево содержать цикл?**", "", lint.YesNo, []string{"**Может ли дерево содержать цикл?** Почему?"}},
		{"about you", "Приходилось ли вам писать тесты?", "", lint.YesNo, nil},
		{"gaps", "Which are the colours?", "They are:\n\n1. red\n2. **green**\n3. blue\n4. white\n5. black", lint.List,
			[]string{"Which are the colours?\n\nThey are:\n\n1. {{c1::red}}\n2. {{c2::**green**}}\n3. {{c3::blue}}\n4. {{c4::white}}\n5. {{c5::black}}"}},
		{"gaps in a line", "Назовите пять цветов.", "Красный, жёлтый, зелёный, синий и белый.", lint.List,
			[]string{"Назовите пять цветов.\n\n{{c1::Красный}}, {{c2::жёлтый}}, {{c3::зелёный}}, {{c4::синий}} и {{c5::белый}}."}},
		{"braces stay", "Which are the tags?", "- {{a}}\n- b\n- c\n- d\n- e", lint.List, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := note(decks.Question, c.front, c.back)
			at := slices.IndexFunc(lint.Check(n), func(f lint.Finding) bool { return f.Code == c.code })
			if at < 0 {
				t.Fatalf("%q: no %s in %q", c.front, c.code, codes(n))
			}
			f := lint.Check(n)[at]
			var got []string
			if f.Fix != nil {
				for _, n := range f.Fix.Notes {
					got = append(got, n.Text(decks.Front))
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%q becomes\n%q, want\n%q", c.front, got, c.want)
			}
			if f.Fix == nil {
				return
			}
			for i, fixed := range f.Fix.Notes {
				if (fixed.ID == "id") != (i == 0) || fixed.Section != "s" || fixed.Tags[0] != "t" {
					t.Errorf("note %d is %+v", i, fixed)
				}
				for _, again := range lint.Check(fixed) {
					if again.Code == c.code {
						t.Errorf("%q is still %s", fixed.Text(decks.Front), c.code)
					}
				}
			}
			if n.Text(decks.Front) != c.front || n.Text(decks.Back) != c.back {
				t.Error("the note was changed")
			}
		})
	}
}

func TestSeverity(t *testing.T) {
	for answer, want := range map[string]lint.Severity{"No.": lint.Major, "No, because a tree grows from one root outwards.": lint.Minor} {
		if f := lint.Check(note(decks.Question, "Can a tree have a cycle?", answer)); len(f) != 1 || f[0].Severity != want {
			t.Errorf("%q: %+v", answer, f)
		}
	}
}

// pieces are what texts are made of.
var pieces = []string{"What is", "Что такое", " токен", " a token", "?", ". ", "! ", "\n\n", "\n- ", "\n1. ", " and how does it work", " и как он работает",
	"`code`", "$x$", "```\n", "**", "_", "(", ")", "«", "»", "{{c1::", "}}", "::", "…", "https://example.com", "![](a.png)", "| a | b |\n", "# ",
	"\\*", "<b>", "Figure 3", "на рисунке", "Can it", "Может ли", " один, два, три, четыре, пять, шесть", "е\u0301", "\u00ad", "\xff", "\x00", "\x01", "\x03"}

func texts() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 20).Draw(t, "pieces"), "")
	})
}

// check holds what is true of every finding.
func check(t interface{ Fatalf(string, ...any) }, n decks.Note) {
	for _, f := range lint.Check(n) {
		text := n.Text(f.Field)
		s := f.Span
		if s.From < 0 || s.From >= s.To || s.To > len(text) || utf8.ValidString(text) && !utf8.ValidString(text[s.From:s.To]) {
			t.Fatalf("%s marks %d:%d of %q", f.Code, s.From, s.To, text)
		}
		if f.Fix == nil {
			continue
		}
		if len(f.Fix.Notes) == 0 || f.Fix.Notes[0].ID != n.ID {
			t.Fatalf("%s becomes %+v", f.Code, f.Fix.Notes)
		}
		for _, fixed := range f.Fix.Notes {
			if strings.TrimSpace(fixed.Text(decks.Front)) == "" {
				t.Fatalf("%q becomes a note without a question", text)
			}
		}
	}
}

func TestSpansLieInTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]decks.Kind{decks.Question, decks.Exercise, decks.Cloze, decks.Choice}).Draw(t, "kind")
		check(t, note(kind, texts().Draw(t, "front"), texts().Draw(t, "back")))
	})
}

func FuzzCheck(f *testing.F) {
	f.Add("What is a token, and how is it made?", "- a\n- b\n- c\n- d\n- e", false)
	f.Add("The {{c1::heart}} pumps `x?` $y$.", "", true)
	f.Fuzz(func(t *testing.T, front, back string, cloze bool) {
		kind := decks.Question
		if cloze {
			kind = decks.Cloze
		}
		check(t, note(kind, front, back))
	})
}

func BenchmarkCheck(b *testing.B) {
	n := note(decks.Question, "What are **large language models** (LLMs), and how do they work?",
		strings.Repeat("A large language model is a neural network that predicts how a text goes on. ", 8))
	for b.Loop() {
		lint.Check(n)
	}
}

// Texts that no person wrote: nothing is looked at again and again. At a hundred
// times the length of a card the test would not end.
func TestHostileTexts(t *testing.T) {
	const size = 30_000
	for _, piece := range []string{
		"?", "a? ", "What is it? ", "`", "$", "$x", "[", "](", "![", "<a ", "- a\n", "| a\n", "а и как б ", "«", "{{c1::", "{{c1::x}} x ",
		"word ", "(", "* ", "_", "a, ", "\n\n", "> ",
	} {
		text := strings.Repeat(piece, size/len(piece))
		for _, kind := range []decks.Kind{decks.Question, decks.Cloze} {
			check(t, note(kind, text, text))
		}
	}
}
