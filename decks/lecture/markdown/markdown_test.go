package markdown_test

import (
	"context"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks/lecture/markdown"
	"lectern/decks/lecture/page"
	"lectern/decks/lecture/page/pagetest"
)

func read(t testing.TB, text string) *page.Page {
	t.Helper()
	p, err := markdown.Read(context.Background(), text)
	if err != nil {
		t.Fatalf("%.200q: %v", text, err)
	}
	if why := pagetest.Check(p); why != "" {
		t.Fatalf("%.200q: %s", text, why)
	}
	return p
}

func TestRead(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"headings and words", "# One\n\nTwo\nthree.\n\nFour\n----\n", "# One\np Two three.\n## Four\n"},
		{"a quote after a space of Word's", "\u00a0> Why?\n", "quote\n  p Why?\n"},
		{"where references lead", "See below.\n\n[one]: https://example.org \"One\"\n[two]: <a b.md>\n[three]: c.md 'Three'\n[^1]: A note at the foot.\n", "p See below.\n"},
		{"words in brackets before a colon", "[0, 3]: the first one is worse\n", "p [0, 3]: the first one is worse\n"},
		{"a list with parts", "1. One:\n   - a\n   - b\n1. Two\n\n   more\n", `
list
  1.
    p One:
    list
      -
        p a
      -
        p b
  2.
    p Two
    p more
`},
		{"code in an entry", "- Run:\n  ```sh\n  ls\n  ```\n- Look.\n", `
list
  -
    p Run:
    code sh ls
  -
    p Look.
`},
		{"a bullet a column farther lies under the one above", "* Who?\n * Why?\n* What?\n", `
list
  *
    p Who?
    list
      *
        p Why?
  *
    p What?
`},
		{"words that go on without an indent", "- one\ntwo\n\nthree\n", "list\n  -\n    p one two\np three\n"},
		{"letters", "Pick:\n\na) one\nb) two\n\nA. Turing was born.\n", "p Pick:\nlist\n  a)\n    p one\n  b)\n    p two\np A. Turing was born.\n"},
		{"boxes to tick", "- [ ] one\n- [x] two\n", "list\n  - [ ]\n    p one\n  - [x]\n    p two\n"},
		{"a quiz of LiaScript", "Which?\n\n    [( )] one\n    [(X)] two\n    [[?]] Think.\n\nHow many?\n\n[[4]]\n", "p Which?\nbox choices \"\"\n  list\n    a) [ ]\n      p one\n    b) [x]\n      p two\nbox hint \"\"\n  p Think.\np How many?\nbox solution \"\"\n  p 4\n"},
		{"a quotation whose heading has a class", "> ## Loops {.challenge}\n>\n> Write one.\n", "box challenge \"\"\n  ## Loops\n  p Write one.\n"},
		{"a fenced div", ":::::::: challenge\n\n## Sum\n\nAdd.\n\n:::: solution\n\nDone.\n\n::::\n\n::::::::\n\nafter\n", `
box challenge ""
  ## Sum
  p Add.
  box solution ""
    p Done.
p after
`},
		{"a directive of MyST", "```{exercise} Title\n:label: x\n\nDo it.\n```\n", "box exercise \"Title\"\n  p Do it.\n"},
		{"a directive with a class", ":::{admonition} Solution\n:class: dropdown\nSo.\n:::\n", "box admonition \"Solution\"\n  p So.\n"},
		{"an admonition of MkDocs", "!!! question \"Think\"\n    Why?\n\n    Really?\n\nafter\n", "box question \"Think\"\n  p Why?\n  p Really?\np after\n"},
		{"details of MkDocs", "??? success\n    Yes.\n", "box details success \"\"\n  p Yes.\n"},
		{"details of HTML", "<details>\n<summary>Show <b>it</b></summary>\n\nYes.\n\n</details>\nafter\n", "box details \"Show it\"\n  p Yes.\np after\n"},
		{"details on one line", "<details><summary>Q?</summary><br><b>A</b></details>\n", "box details \"Q?\"\n  p A\n"},
		{"a quotation with a class", "> ## Try\n> Do.\n> > ## Solution\n> > Done.\n> {: .solution}\n{: .challenge}\n", `
box challenge ""
  ## Try
  p Do.
  box solution ""
    ## Solution
    p Done.
`},
		{"an alert", "> [!TIP]\n> Look.\n", "box tip \"\"\n  p Look.\n"},
		{"choices of a component", "<Question\n\tchoices={[\n\t\t{ text: \"A <i>b</i>\", explain: \"no\" },\n\t\t{ text: 'C', correct: true, explain: \"\" },\n\t]}\n/>\n", `
box choices ""
  list
    a) [ ]
      p A b
      box explanation ""
        p no
    b) [x]
      p C
`},
		{"a component without words", "<Banner\n  chapter={4}\n/>\n\ntext\n", "p text\n"},
		{"comments", "a <!-- b\nc --> d\n\n```\n<!-- kept -->\n```\n", "p a d\ncode  <!-- kept -->\n"},
		{"sections that are exercises", "# T\n\n### Size {: .exercise}\n\nMake it small.\n\n### Order {#o .exercise}\n\nSort it.\n\n## Rest\n\nb\n", "# T\nbox exercise \"Size\"\n  p Make it small.\nbox exercise \"Order\"\n  p Sort it.\n## Rest\np b\n"},
		{"directives with an end of their own", "~~~{exercise-start}\n:label: a\n~~~\n\nPrint it.\n\n~~~{exercise-end}\n~~~\n\n~~~{solution-start} a\n~~~\n\nHere.\n\n~~~{solution-end}\n~~~\n\nb\n", "box exercise \"\"\n  p Print it.\nbox solution \"\"\n  p Here.\np b\n"},
		{"comments of Liquid", "a\n\n{% comment %}\n- b\n{% endcomment %}\n", "p a\n"},
		{"headings without a space", "##Loops\n\n#tag\n", "## Loops\np #tag\n"},
		{"links with Liquid", "[a]({{ site.url }}/b) c\n", "p [a](/b) c\n"},
		{"chunks of R", "```{r, echo = FALSE}\nx\n```\n\n```{r}\ny <- 1\n```\n", "code r y <- 1\n"},
		{"formulas", "Let $$x^2$$ be.\n\n$$\ny\n$$\n", "p Let $x^2$ be.\nformula y\n"},
		{"tables", "| a | b |\n|---|---|\n| 1 | 2 |\n", "table | a | b |⏎| 1 | 2 |\n"},
		{"roles and attributes", "See {doc}`x`, {term}`y <z>` and `code` {: .c}\n\n# T {#id}\n", "p See x, y and `code`\n# T\n"},
		{"tabs", "=== \"A\"\n\n    one\n", "box tab \"A\"\n  p one\n"},
		{"pictures", "<img src=\"a b.png\" alt=\"x\">\n", "p ![x](a%20b.png)\n"},
		{"front matter", "---\ntitle: \"T\"\nlang: ru\n---\n\n# H\n", "# H\n"},
	} {
		if got := pagetest.Outline(read(t, c.text)); strings.TrimSpace(got) != strings.TrimSpace(c.want) {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestTitle(t *testing.T) {
	for text, want := range map[string]string{
		"---\ntitle: \"T\"\nlang: ru\n---\n\n# H\n": "T",
		"## second\n\n# First *one*\n":              "First one",
		"text\n":                                    "",
	} {
		if p := read(t, text); p.Title != want {
			t.Errorf("%q: title %q", text, p.Title)
		}
	}
}

func TestLines(t *testing.T) {
	p := read(t, "---\ntitle: T\n---\n\n# H\n\n<!-- a\nb -->\n- one\n  - two\n\n> q\n")
	want := map[string]int32{"H": 5, "one": 9, "two": 10, "q": 12}
	for _, i := range p.Words() {
		if b := p.Blocks[i]; b.Line != want[b.Text] {
			t.Errorf("%q stands at line %d, want %d", b.Text, b.Line, want[b.Text])
		}
	}
}

var pieces = []string{"# H\n", "text\n", "- a\n", "  - b\n", " * c\n", "1. d\n", "a) e\nb) f\n", "\n", "```\n", "```{exercise} T\n", "~~~\n", "> q\n", "> > r\n", ":::: challenge\n", ":::\n", "<details>\n", "<summary>S</summary>\n", "</details>\n", "!!! note\n", "    in\n",
	"<Question choices={[{text: \"a\"}]} />\n", "<Q\n", "$$\n", "| a | b |\n", "|---|---|\n", "<!--", "-->", "{: .solution}\n", "{% hint %}\n", "{% endhint %}\n", "---\n", "===\n", "\t", "<table>\n", "[( )] x\n", "- [x] y\n",
	"```{quizdown}\n", "### Q?\n", "> h\n", "```{r q, exercise=TRUE}\n", "```{r q-hint}\n", "```{r}\n", "question(\"Q\",\n", "answer('a', correct = TRUE))\n", "### !challenge\n", "### !question\n", "### !options\n", "### !answer\n", "### !end-challenge\n", "### !callout\n",
	"# --description--\n", "# --questions--\n", "## --text--\n", "## --answers--\n", "### --feedback--\n", "## --video-solution--\n", "1\n", "# --hints--\n", "# --seed--\n", "<quiz>", "<question>\n", "<answer correct>", "</answer>", "<explanation>\n", "</explanation>", "</question>", "</quiz>\n",
	"1、一\n", "（1）二\n", "2.三\n", "四五\n", "<div class=\"a\"><b>L:</b> x\n", "```gift\n", "::T:: q {\n", "=a ~b # c\n", "}\n", "/// details | D\n", "/// note\n", "///\n"}

func TestAnyPiecesAreATree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "pieces"), "")
		p, err := markdown.Read(context.Background(), text)
		if err != nil {
			t.Fatal(err)
		}
		if why := pagetest.Check(p); why != "" {
			t.Fatalf("%s\n%s", why, pagetest.Outline(p))
		}
	})
}

func TestHostilePages(t *testing.T) {
	if testing.Short() {
		t.Skip("megabytes of text")
	}
	for name, text := range map[string]string{
		"quotes":  strings.Repeat(">", 100_000),
		"bullets": strings.Repeat("- ", 100_000),
		"divs":    strings.Repeat("::: a\n", 100_000),
		"fences":  strings.Repeat("```{note}\n", 20_000),
		"admonitions": func() string {
			var b strings.Builder
			for i := range 1000 {
				b.WriteString(strings.Repeat("    ", i) + "!!! note\n")
			}
			return b.String()
		}(),
		"tags":          strings.Repeat("<div>", 100_000),
		"components":    strings.Repeat("<Question\n", 20_000),
		"choices":       "<Q choices={[" + strings.Repeat("{", 100_000),
		"comments":      strings.Repeat("<!--\n", 100_000),
		"dollars":       strings.Repeat("$$\n", 50_000),
		"stars":         strings.Repeat("*", 200_000),
		"brackets":      strings.Repeat("[", 200_000),
		"table":         strings.Repeat("|a|b|\n", 50_000),
		"quizdown":      strings.Repeat("```{quizdown}\n", 20_000),
		"questions":     "```quizdown\n" + strings.Repeat("# Q\n- [x] a\n", 20_000),
		"calls":         "```{r}\nquestion('answer'" + strings.Repeat("(", 1_000_000),
		"answers":       "```{r}\nquestion('q'" + strings.Repeat(",answer('a'", 100_000),
		"raw strings":   "```{r}\nquestion(answer(" + strings.Repeat("r'(", 300_000),
		"challenges":    strings.Repeat("### !challenge\n", 100_000),
		"callouts":      strings.Repeat("### !callout-a\n### !end-b\n", 50_000),
		"parts":         "### !challenge\n" + strings.Repeat("### !options\n* a\n", 100_000) + "### !end-challenge\n",
		"sections":      strings.Repeat("# --questions--\n", 300_000),
		"texts":         "# --questions--\n" + strings.Repeat("## --text--\na\n## --answers--\n---\n", 50_000),
		"quizzes":       strings.Repeat("<quiz>\n<question>\n", 50_000) + "</quiz>",
		"open elements": strings.Repeat("<quiz-a <quiz\n", 50_000),
		"elements":      "<quiz>" + strings.Repeat("<question><answer>", 50_000) + "</quiz>",
		"slashes":       strings.Repeat("/// note\n", 50_000) + strings.Repeat("////\n", 50_000),
		"numbers":       strings.Repeat("1、一\n（1）二\n", 50_000),
		"gift":          "```gift\n" + strings.Repeat("::a {=#~", 50_000) + strings.Repeat("{\n\n", 50_000),
		"one line":      strings.Repeat("слово ", 500_000),
	} {
		t.Run(name, func(t *testing.T) { read(t, text) })
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := markdown.Read(ctx, strings.Repeat("text\n\n", 1000)); err == nil {
		t.Error("a page is read after its context has ended")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(strings.Join(pieces, ""))
	for _, p := range pieces {
		f.Add(strings.Repeat(p, 3))
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := markdown.Read(context.Background(), text)
		if err != nil {
			t.Fatal(err)
		}
		if why := pagetest.Check(p); why != "" {
			t.Fatal(why)
		}
	})
}
