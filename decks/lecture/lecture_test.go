package lecture

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	xunicode "golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/lecture/find"
)

func extract(t *testing.T, name, text string) *find.Extraction {
	t.Helper()
	_, x, err := Extract(context.Background(), []byte(text), name, nil)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return x
}

func seed(t testing.TB) []byte {
	t.Helper()
	raw, err := os.ReadFile("testdata/understanding-llm.txt")
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// TestSeedEqualsItsGold holds the founding page to the letter.
func TestSeedEqualsItsGold(t *testing.T) {
	_, x, err := Extract(context.Background(), seed(t), "understanding-llm.txt", nil)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("testdata/understanding-llm.gold.json")
	if err != nil {
		t.Fatal(err)
	}
	var gold Report
	if err := json.Unmarshal(raw, &gold); err != nil {
		t.Fatal(err)
	}
	got := NewReport(x)
	if got.Title != gold.Title || len(got.Groups) != len(gold.Groups) {
		t.Fatalf("title %q with %d groups, want %q with %d", got.Title, len(got.Groups), gold.Title, len(gold.Groups))
	}
	for i, g := range gold.Groups {
		if got.Groups[i].Title != g.Title || len(got.Groups[i].Items) != len(g.Items) {
			t.Fatalf("group %d: %q with %d items, want %q with %d", i, got.Groups[i].Title, len(got.Groups[i].Items), g.Title, len(g.Items))
		}
		for j, want := range g.Items {
			a, _ := json.Marshal(got.Groups[i].Items[j])
			b, _ := json.Marshal(want)
			if string(a) != string(b) {
				t.Errorf("%q item %d:\n got %s\nwant %s", g.Title, j, a, b)
			}
		}
	}
}

func TestRules(t *testing.T) {
	type item struct {
		prompt, answer string
		kind           decks.Kind
		difficulty     decks.Difficulty
		choices        int
	}
	for _, c := range []struct {
		name, file, text string
		want             map[string][]item // by group
	}{
		{"a Markdown list under a heading", "a.md", "# Курс\n\nТекст. Зачем?\n\n## Контрольные вопросы\n\n1. Что такое *токен*?\n2. Оператор `goto`.\n\n## Итоги\n\n- не вопрос\n",
			map[string][]item{"Контрольные вопросы": {{prompt: "Что такое токен?", kind: decks.Question}, {prompt: "Оператор goto.", kind: decks.Question}}}},
		{"exercises with a heading each", "a.md", "# Loops\n\n## Exercises\n\n### Exercise 1: Count\n\nWrite a loop.\n\n```py\nfor\n```\n\n### Exercise 2\n\nStop it.\n",
			map[string][]item{"Exercises": {{prompt: "Write a loop. for", kind: decks.Exercise}, {prompt: "Stop it.", kind: decks.Exercise}}}},
		{"details hold the answer", "a.md", "## Questions\n\n**Question 1:** What is it?\n\n<details>\n<summary>Answer</summary>\n\nA thing.\n\n</details>\n",
			map[string][]item{"Questions": {{prompt: "What is it?", answer: "A thing.", kind: decks.Question}}}},
		{"a quiz of boxes", "a.md", "## Quiz\n\nWhich is even?\n\n- [ ] 1\n- [x] 2\n",
			map[string][]item{"Quiz": {{prompt: "Which is even?", answer: "2", kind: decks.Choice, choices: 2}}}},
		{"difficulty headings", "a.txt", "Модуль\n\nУпражнения\n\n• Раз?\n\nСложные:\n\n• Два?\n",
			map[string][]item{"Упражнения": {{prompt: "Раз?", kind: decks.Exercise}, {prompt: "Два?", kind: decks.Exercise, difficulty: decks.Hard}}}},
		{"parts stay inside", "a.md", "## Задачи\n\n1. Дано:\n   - а) раз\n   - б) два\n2. Ещё.\n",
			map[string][]item{"Задачи": {{prompt: "Дано: раз два", kind: decks.Exercise}, {prompt: "Ещё.", kind: decks.Exercise}}}},
		{"an answer on the same line", "a.txt", "Вопросы:\n\n• Сколько?\n\nОтвет: сорок два.\n",
			map[string][]item{"Вопросы": {{prompt: "Сколько?", answer: "сорок два.", kind: decks.Question}}}},
		{"questions and answers in turn", "a.md", "## Вопросы\n\n- Сколько?\n\nОтвет: сорок два.\n\n- Почему?\n\nОтвет:\n\n- раз;\n- два.\n\n- Зачем?\n",
			map[string][]item{"Вопросы": {{prompt: "Сколько?", answer: "сорок два.", kind: decks.Question}, {prompt: "Почему?", answer: "раз; два.", kind: decks.Question}, {prompt: "Зачем?", kind: decks.Question}}}},
		{"exercises and answers in turn", "a.md", "## Exercises\n\n1. Add one to two.\n\nAnswer: 3\n\n2. Take the steps apart.\n\nAnswer: they are:\n\n- first,\n- last.\n",
			map[string][]item{"Exercises": {{prompt: "Add one to two.", answer: "3", kind: decks.Exercise}, {prompt: "Take the steps apart.", answer: "they are: first, last.", kind: decks.Exercise}}}},
		{"a lecture without tasks", "a.md", "# Что такое агент?\n\nАгент действует. Почему? Потому.\n\n- пункт\n", map[string][]item{}},
		{"a menu that repeats a heading", "a.html", "<html><body><nav><ul><li>Questions</li><li>Why?</li></ul></nav><main><h1>T</h1><h2>Questions</h2><ul><li>Why <b>so</b>?</li></ul></main><footer>Any questions?</footer></body></html>",
			map[string][]item{"Questions": {{prompt: "Why so?", kind: decks.Question}}}},
		{"a notebook", "a.ipynb", `{"cells":[{"cell_type":"markdown","source":["# N\n","\n","## Exercises\n","\n","1. Do it.\n"]},{"cell_type":"code","source":"x = 1"}],"metadata":{}}`,
			map[string][]item{"Exercises": {{prompt: "Do it.", kind: decks.Exercise}}}},
		{"a repeat counts once", "a.txt", "Вопросы:\n\n• Что?\n• что?\n", map[string][]item{"Вопросы": {{prompt: "Что?", kind: decks.Question}}}},
		{"signs of plain text are not Markdown", "a.txt", "Вопросы:\n\n• Что делает a*b*c и [x]?\n", map[string][]item{"Вопросы": {{prompt: "Что делает a*b*c и [x]?", kind: decks.Question}}}},
	} {
		x := extract(t, c.file, c.text)
		got := map[string][]item{}
		for _, g := range x.Groups {
			for _, it := range g.Items {
				got[g.Title] = append(got[g.Title], item{flat(it.Prompt), flat(it.Answer), it.Kind, it.Difficulty, len(it.Choices)})
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: %+v", c.name, got)
			continue
		}
		for title, items := range c.want {
			if len(got[title]) != len(items) {
				t.Errorf("%s: group %q has %+v", c.name, title, got)
				continue
			}
			for i := range items {
				if got[title][i] != items[i] {
					t.Errorf("%s: %q item %d\n got %+v\nwant %+v", c.name, title, i, got[title][i], items[i])
				}
			}
		}
	}
}

// Notebooks tell their tasks by the cells below them.
func TestNotebooks(t *testing.T) {
	type cell struct {
		Kind   string `json:"cell_type"`
		Source string `json:"source"`
	}
	md := func(s string) cell { return cell{"markdown", s} }
	code := func(s string) cell { return cell{"code", s} }
	for _, c := range []struct {
		name  string
		cells []cell
		want  []string // prompt = answer
	}{
		{"headings before empty cells", []cell{md("# Names\n\nAll credits to its author."), md("### Step 1. Assign each to a variable"), code(""), md("### Join them"), code(""), md("### Print the last"), code(""), md("## Notes\n\nText.")},
			[]string{"Assign each to a variable = ", "Join them = ", "Print the last = "}},
		{"words before empty cells", []cell{md("# Sets\n\nA set has no order."), md("Make a set of three."), code(""), md("How many has it?"), code(""), md("Add one to it."), code("")},
			[]string{"Make a set of three. = ", "How many has it? = ", "Add one to it. = "}},
		{"cells to be filled in", []cell{md("# Penguins\n\nThey swim."), md("Load the data."), code("# Write your code here."), md("Show a few of them."), code("# Write your code here."), md("They are many."), code("df")},
			[]string{"Load the data. = ", "Show a few of them. = "}},
		{"an exercise of several steps", []cell{md("# 📝 Exercise M1.04\n\nThe goal is to compare."), md("Define a pipeline."), code("# Write your code here."), md("Evaluate it."), code("# Write your code here.")},
			[]string{"The goal is to compare. Define a pipeline. Evaluate it. = "}},
		{"its solution", []cell{md("# 📃 Solution for Exercise M1.04\n\nThe goal is to compare."), code("import x"), md("Define a pipeline."), code("# solution\nx.y()"), md("Evaluate it."), code("# solution\nx.z()")},
			[]string{"Define a pipeline. Evaluate it. = # solution x.y() # solution x.z()"}},
		{"a solved sheet", []cell{md("# Conditions"), md("### Exercises\n\n#### 5.1\n\nPrint whether it is even."), code("print(n % 2 == 0)"), md("#### 5.2\n\nRewrite it."), code("p(n)")},
			[]string{"Print whether it is even. = print(n % 2 == 0)", "Rewrite it. = p(n)"}},
		{"a tutorial", []cell{md("# Names"), md("### Load the data"), code("df = 1"), md("### Train the model"), code("fit(df)"), md("### Plot the result"), code("plot()")}, nil},
	} {
		nb, err := json.Marshal(map[string]any{"nbformat": 4, "metadata": map[string]any{"language_info": map[string]any{"name": "julia"}}, "cells": c.cells})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, g := range extract(t, "a.ipynb", string(nb)).Groups {
			for _, it := range g.Items {
				got = append(got, flat(it.Prompt)+" = "+flat(it.Answer))
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestEncodings(t *testing.T) {
	text := string(seed(t))
	for name, enc := range map[string]encoding.Encoding{
		"windows-1251": charmap.Windows1251, "koi8-r": charmap.KOI8R,
		"utf-16le": xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM), "utf-16be": xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM),
	} {
		page := text
		if name == "koi8-r" {
			page = strings.NewReplacer("•", "*", "—", "-").Replace(page)
		}
		raw, err := encoding.ReplaceUnsupported(enc.NewEncoder()).Bytes([]byte(page))
		if err != nil {
			t.Fatal(err)
		}
		_, got, err := Decode(raw)
		if err != nil || got != name {
			t.Errorf("%s: read as %q, %v", name, got, err)
			continue
		}
		_, x, err := Extract(context.Background(), raw, "page.txt", nil)
		if err != nil || x.Count() != 20 {
			t.Errorf("%s: %d items, %v", name, x.Count(), err)
		}
	}
	if _, name, err := Decode([]byte("\xef\xbb\xbfтекст")); err != nil || name != "utf-8" {
		t.Errorf("a byte order mark: %q, %v", name, err)
	}
	if _, name, err := Decode(append([]byte{0xff, 0xfe}, []byte{0x42, 0x04}...)); err != nil || name != "utf-16le" {
		t.Errorf("UTF-16 with a mark: %q, %v", name, err)
	}
}

// An eight-bit encoding is told by its letters alone, whatever their case.
func TestEightBitEncodings(t *testing.T) {
	russian := "Большая языковая модель предсказывает следующий токен. Зачем ей словарь и что в нём?"
	mixed := "Что делает softmax в слое Attention? Сравните GPT-2 и BERT."
	for _, c := range []struct {
		text string
		encs []*charmap.Charmap
	}{
		{russian, []*charmap.Charmap{charmap.Windows1251, charmap.KOI8R, charmap.CodePage866}},
		{strings.ToUpper(russian), []*charmap.Charmap{charmap.Windows1251, charmap.KOI8R, charmap.CodePage866}},
		{mixed, []*charmap.Charmap{charmap.Windows1251, charmap.KOI8R, charmap.CodePage866}},
		{"Qu'est-ce qu'un modèle ? Précisez où il a été entraîné.", []*charmap.Charmap{charmap.Windows1252}},
		{"¿Qué aprendió ayer? ¿Y cuál es la función de activación?", []*charmap.Charmap{charmap.Windows1252}},
		{"Erklären Sie, wie reguläre Ausdrücke übersetzt werden können.", []*charmap.Charmap{charmap.Windows1252}},
	} {
		for _, enc := range c.encs {
			raw, err := enc.NewEncoder().Bytes([]byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			if got, name, err := Decode(raw); err != nil || got != c.text {
				t.Errorf("%v is read as %s: %q, %v", enc, name, got, err)
			}
		}
	}
}

func TestBadPages(t *testing.T) {
	binary := make([]byte, 4096)
	for i := range binary {
		binary[i] = byte(i * 7)
	}
	for _, c := range []struct {
		name string
		raw  []byte
		want fault.Code
	}{
		{"nothing", nil, fault.EmptyPage},
		{"white space", []byte(" \n\t\r\n\xef\xbb\xbf"), fault.EmptyPage},
		{"binary", binary, fault.NotText},
		{"a PNG", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"), fault.NotText},
		{"a notebook that is cut off", []byte(`{"nbformat": 4, "cells": [ {"cell_type": "markdown", "source": "# A`), fault.UnreadableFile},
		{"a notebook without words", []byte(`{"nbformat": 4, "cells": [ {"cell_type": 3, "source": {}}]}`), fault.EmptyPage},
	} {
		name := "page.txt"
		if strings.Contains(c.name, "notebook") {
			name = "page.ipynb"
		}
		_, _, err := Extract(context.Background(), c.raw, name, nil)
		if !fault.Is(err, c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, _, err := Extract(ctx, seed(t), "page.txt", nil)
	if !fault.Is(err, fault.Cancelled) || !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// TestLongPages reads pages that are long in one way each; linear work makes
// them quick, anything worse would not end within the test's time.
func TestLongPages(t *testing.T) {
	if testing.Short() {
		t.Skip("megabytes of text")
	}
	for name, text := range map[string]string{
		"questions":  "Вопросы:\n\n" + strings.Repeat("?", 1_000_000),
		"lines of ?": "Вопросы:\n\n" + strings.Repeat("• ?\n", 200_000),
		"list":       "Questions:\n\n" + strings.Repeat("- what\n", 100_000),
		"deep list":  "Questions:\n\n" + strings.Repeat(strings.Repeat(" ", 500)+"- a\n", 2000),
		"deep html":  "<html><body>" + strings.Repeat("<div>", 300_000) + "Why?",
		"parts":      "## Exercises\n\n### Exercise 1\n\n" + strings.Repeat("- part\n", 50_000),
	} {
		for _, file := range []string{"a.txt", "a.md", "a.html"} {
			if _, _, err := Extract(context.Background(), []byte(text), file, nil); err != nil {
				t.Errorf("%s as %s: %v", name, file, err)
			}
		}
	}
}

func TestDeck(t *testing.T) {
	_, x, err := Extract(context.Background(), seed(t), "understanding-llm.txt", nil)
	if err != nil {
		t.Fatal(err)
	}
	d := Deck(x, "")
	if d.Title != "Понимание LLM" || d.Lang != "ru" || len(d.Sections) != 4 || len(d.Notes) != 20 {
		t.Errorf("%q %q with %d sections and %d notes", d.Title, d.Lang, len(d.Sections), len(d.Notes))
	}
	needs := 0
	for _, n := range d.Notes {
		if _, ok := d.Section(n.Section); !ok {
			t.Errorf("note %s stands in no section", n.ID)
		}
		if n.NeedsAnswer() {
			needs++
		}
	}
	if needs != 19 || x.Answers() != 1 {
		t.Errorf("%d notes need an answer, want 19", needs)
	}
}

var pieces = []string{"# Вопросы\n", "## Exercises\n", "Вопросы:\n", "- ", "1. ", "  - ", "[ ] ", "что?\n", "Ответ: да\n", "\n", "```\n", "> ", "<details>\n", "<summary>Answer</summary>\n", "★★☆", "Exercise 1: x\n", "|a|b|\n", "**Q**\n", ":::", "\t", "---\n"}

func TestItemsStandOnThePage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 40).Draw(t, "pieces"), "")
		name := rapid.SampledFrom([]string{"a.txt", "a.md", "a.html"}).Draw(t, "name")
		page, x, err := Extract(context.Background(), []byte(text), name, nil)
		if err != nil {
			if !fault.Is(err, fault.EmptyPage) {
				t.Fatal(err)
			}
			return
		}
		for _, g := range x.Groups {
			if len(g.Items) == 0 {
				t.Fatalf("group %q is empty", g.Title)
			}
			for _, it := range g.Items {
				if strings.TrimSpace(it.Prompt) == "" {
					t.Fatal("an item has no prompt")
				}
				for _, i := range append(append([]int{}, it.PromptBlocks...), it.AnswerBlocks...) {
					if i < 0 || i >= len(page.Blocks) {
						t.Fatalf("block %d of %d", i, len(page.Blocks))
					}
				}
			}
		}
	})
}

func FuzzExtract(f *testing.F) {
	f.Add([]byte(strings.Join(pieces, "")), "a.md")
	f.Add(seed(f), "a.txt")
	f.Add([]byte("<html><body><ol><li><p>x<pre>y</ol>"), "a.html")
	f.Add([]byte(`{"cells":[{"cell_type":"markdown","source":"# a"}]}`), "a.ipynb")
	f.Fuzz(func(t *testing.T, raw []byte, name string) {
		_, x, err := Extract(context.Background(), raw, name, nil)
		if err == nil {
			NewReport(x)
			Deck(x, "")
		} else if fault.Of(err).Code == fault.Unknown {
			t.Fatalf("an error without a sentence: %v", err)
		}
	})
}

func BenchmarkSeed(b *testing.B) {
	raw := seed(b)
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		if _, _, err := Extract(context.Background(), raw, "a.txt", nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkThousandPages reads the pages of a folder, a thousand of them.
func BenchmarkThousandPages(b *testing.B) {
	dir := os.Getenv("LECTERN_PAGES")
	entries, err := os.ReadDir(dir)
	if err != nil {
		b.Skip("LECTERN_PAGES names no folder of pages")
	}
	var pages [][]byte
	var names []string
	total := int64(0)
	for _, e := range entries {
		raw, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			b.Fatal(err)
		}
		pages, names, total = append(pages, raw), append(names, e.Name()), total+int64(len(raw))
	}
	b.SetBytes(total)
	b.ReportAllocs()
	for b.Loop() {
		for i, raw := range pages {
			if _, _, err := Extract(context.Background(), raw, names[i], nil); err != nil {
				b.Fatal(names[i], err)
			}
		}
	}
}

func BenchmarkFiftyMegabytes(b *testing.B) {
	raw := seed(b)
	raw = []byte(strings.Repeat(string(raw)+"\n\n", 50<<20/len(raw)))
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Extract(context.Background(), raw, "a.txt", nil); err != nil {
			b.Fatal(err)
		}
	}
}
