package markdown_test

import (
	"strings"
	"testing"

	"lectern/decks/lecture/page/pagetest"
)

func outlines(t *testing.T, cases []struct{ name, text, want string }) {
	t.Helper()
	for _, c := range cases {
		if got := pagetest.Outline(read(t, c.text)); strings.TrimSpace(got) != strings.TrimSpace(c.want) {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestQuizdown(t *testing.T) {
	outlines(t, []struct{ name, text, want string }{
		{"options, hints and remarks", "```{quizdown}\n---\nshuffle: true\n---\n\n    ### Which is *odd*?\n    > Count.\n    - [x] 3\n    - [ ] 4\n      > Half of 8.\n\n    It leaves one.\n\n    ### Which is even?\n    1. [ ] 5\n    2. [X] 6\n```\nafter\n", `
box quiz ""
  p Which is *odd*?
  box hint ""
    p Count.
  box choices ""
    list
      a) [x]
        p 3
      b) [ ]
        p 4
        box explanation ""
          p Half of 8.
  box explanation ""
    p It leaves one.
box quiz ""
  p Which is even?
  box choices ""
    list
      a) [ ]
        p 5
      b) [x]
        p 6
p after
`},
		{"code between the marks", "```quizdown\n# What?\n```py\nx = 1\n- [x] no option\n```\n- [x] one\n- [ ] two\n```\nafter\n", `
box quiz ""
  p What?
  code py x = 1⏎- [x] no option
  box choices ""
    list
      a) [x]
        p one
      b) [ ]
        p two
p after
`},
		{"a div, and lines to sort", ":::quizdown\n# Sort them:\n1. one\n2. two\n:::\nafter\n", `
box quiz ""
  p Sort them:
  list
    1.
      p one
    2.
      p two
p after
`},
		{"no question", "```quizdown\nwords\n```\n", "p words\n"},
	})
}

func TestLearnr(t *testing.T) {
	outlines(t, []struct{ name, text, want string }{
		{"a quiz", "```{r q, echo=FALSE}\nquiz(caption = \"Try\",\n  question(\"Is `x` (here) \\\"big\\\"?\",\n    answer('yes, it\\'s', correct = TRUE, message = \"Right.\"),\n    answer(\"no\"), # no\n    answer(12),\n    allow_retry = TRUE),\n  learnr::question_checkbox(paste(\"Which\", 'ones?'), answer(r\"(a \"b\")\", correct=T), answer(\"c\\nd\")))\n```\n", `
box quiz ""
  p Is ` + "`x`" + ` (here) "big"?
  box choices ""
    list
      a) [x]
        p yes, it's
        box explanation ""
          p Right.
      b) [ ]
        p no
      c) [ ]
        p 12
box quiz ""
  p Which ones?
  box choices ""
    list
      a) [x]
        p a "b"
      b) [ ]
        p c d
`},
		{"answers in words", "```{r}\nquestion_text(\"Name it:\", answer(\"R\", correct = TRUE), answer(\"S\", message = \"no\"))\nquestion_numeric(\"How many?\", answer(-7, correct = TRUE))\n```\n", `
box quiz ""
  p Name it:
  box solution ""
    p R
box quiz ""
  p How many?
  box solution ""
    p -7
`},
		{"an exercise and what belongs to it", "Do it.\n\n```{r one, exercise=TRUE, exercise.lines=5}\nx <- 1\n```\n\n```{r one-hint-1}\nmean(x)\n```\n\n```{r one-solution}\nx + 1\n```\n\n```{r one-check}\ngrade()\n```\n\n```{r two, exercise = TRUE}\n```\n\n```{r two-check}\n```\n", `
p Do it.
code r x <- 1
box hint ""
  code r mean(x)
box solution ""
  code r x + 1
`},
		{"chunks of other pages", "```{r setup, include=FALSE}\nlibrary(a)\n```\n\n```{r data-check}\nstr(a)\n```\n\n```{r}\nquestion <- \"the answer\"\n```\n\n```{python}\nquestion(answer(1))\n```\n", `
code r str(a)
code r question <- "the answer"
code python question(answer(1))
`},
		{"what does not end", "```{r}\nquestion(\"What?\", answer(\"a\n", "box quiz \"\"\n  p What?\n  box choices \"\"\n    list\n      a)\n        p a\n"},
	})
}

func TestLearn(t *testing.T) {
	outlines(t, []struct{ name, text, want string }{
		{"choices", "### !challenge\n* type: checkbox\n* id: 1\n* title: Sums\n\n##### !question\nWhich are 4?\n##### !end-question\n\n##### !options\n* 2 + 2\n* 3\n* `1 + 3`\n##### !end-options\n\n##### !answer\n* 2 + 2\n* `1 + 3`\n##### !end-answer\n\n##### !hint\nAdd.\n##### !end-hint\n\n##### !explanation\nSums.\n##### !end-explanation\n### !end-challenge\n\nafter\n", `
box quiz "Sums"
  p Which are 4?
  box choices ""
    list
      a) [x]
        p 2 + 2
      b) [ ]
        p 3
      c) [x]
        p ` + "`1 + 3`" + `
  box hint ""
    p Add.
  box explanation ""
    p Sums.
p after
`},
		{"letters", "## !challenge\n## !question\nOne?\n## !end-question\n## !options\na| yes\nb| no\n## !end-options\n## !answer\nb|\n## !end-answer\n## !end-challenge\n", `
box quiz ""
  p One?
  box choices ""
    list
      a) [ ]
        p yes
      b) [x]
        p no
`},
		{"words and code", "### !challenge\n* type: paragraph\n* title: Why?\n##### !question\nWhy?\n##### !end-question\n##### !placeholder\nBecause\n##### !end-placeholder\n##### !explanation\nSo.\n##### !end-explanation\n### !end-challenge\n\n### !challenge\n* type: code-snippet\n##### !question\nAdd.\n##### !end-question\n##### !placeholder\n```py\ndef f():\n```\n##### !end-placeholder\n##### !tests\n```py\nassert\n```\n##### !end-tests\n### !end-challenge\n", `
box question ""
  p Why?
  box solution ""
    p So.
box exercise ""
  p Add.
  code py def f():
`},
		{"a challenge without an end, and a callout", "### !challenge\n##### !question\nOne?\n\n### !callout-info\n## Look\nHere.\n### !end-callout\n", "box question \"\"\n  p One?\n  box callout \"\"\n    ## Look\n    p Here.\n"},
	})
}

func TestFreeCodeCamp(t *testing.T) {
	outlines(t, []struct{ name, text, want string }{
		{"questions", "# --description--\n\nWords.\n\n# --questions--\n\n## --text--\n\nWhat is it?\n\n```js\n# --text--\n```\n\n## --answers--\n\none\n\n### --feedback--\n\nNo.\n\n---\n\ntwo\n\nmore\n\n## --video-solution--\n\n2\n\n## --text--\n\nAnd this?\n\n## --answers--\n\nx\n\n---\n\ny\n\n## --video-solution--\n\n1\n", `
p Words.
box quiz ""
  p What is it?
  code js # --text--
  box choices ""
    list
      a) [ ]
        p one
        box explanation ""
          p No.
      b) [x]
        p two
        p more
box quiz ""
  p And this?
  box choices ""
    list
      a) [x]
        p x
      b) [ ]
        p y
`},
		{"a step", "# --description--\n\nAdd a title.\n\n# --hints--\n\nIt should be there.\n\n```js\nassert();\n```\n\n# --seed--\n\n## --seed-contents--\n\n```html\n--fcc-editable-region--\n<p>\n```\n\n# --solutions--\n\n```html\n<h1>\n```\n", `
box exercise ""
  p Add a title.
  box hint ""
    p It should be there.
    code js assert();
  code html <p>
  box solution ""
    code html <h1>
`},
		{"instructions", "# --description--\n\nWords.\n\n# --instructions--\n\nDo.\n\n# --assignment--\n\nRead.\n", "p Words.\nbox exercise \"\"\n  p Do.\nbox exercise \"\"\n  p Read.\n"},
		{"other headings", "# --no--\n\n## --verbose\n", "# --no--\n## --verbose\n"},
	})
}

func TestElements(t *testing.T) {
	outlines(t, []struct{ name, text, want string }{
		{"right below a text", "Some text.\n<quiz>\n<question><p>And?</p><answer>1</answer><answer correct>2</answer></question>\n</quiz>\n", `
p Some text.
box quiz ""
  p And?
  box choices ""
    list
      a) [ ]
        p 1
      b) [x]
        p 2
`},
		{"an element of another kind in one that is none", "Text.\n<Question choices={[{text: \"a\"}]} />\n<answer correct></question>\n", `
p Text.
box choices ""
  list
    a) [ ]
      p a
`},
		{"a component of two lines with an indent", "# --hints--\n\t<Q\nx>\n\tA hint.\n", `
box hint ""
  box q ""
    p A hint.
`},
		{"lower case", "<quiz>\n  <question>\n  <p>Which `<answer>`?</p>\n    <answer>No `<a>`</answer>\n    <answer correct>Yes\n    it is</answer>\n    <explanation>So.</explanation>\n  </question>\n  <question multiple><p>And?</p><answer>1</answer><answer correct=\"true\">2</answer></question>\n</quiz>\nafter\n", `
box quiz ""
  p Which ` + "`<answer>`" + `?
  box choices ""
    list
      a) [ ]
        p No ` + "`<a>`" + `
      b) [x]
        p Yes it is
  box explanation ""
    p So.
box quiz ""
  p And?
  box choices ""
    list
      a) [ ]
        p 1
      b) [x]
        p 2
p after
`},
		{"components", "<Quiz question=\"Which?\">\n  <Option isCorrect={false} feedback=\"Less.\">One</Option>\n  <Option isCorrect>\n    Two\n    <Feedback>More.</Feedback>\n  </Option>\n</Quiz>\n", `
box quiz ""
  p Which?
  box choices ""
    list
      a) [ ]
        p One
        box explanation ""
          p Less.
      b) [x]
        p Two
        box explanation ""
          p More.
`},
		{"one answer", "<Question>What?<Answer>That.</Answer></Question> after\n", "box quiz \"\"\n  p What?\n  box solution \"\"\n    p That.\np after\n"},
		{"code in a question", "<question>\nWhat?\n\n```html\n<answer>\n```\n\n<hint>Look.</hint>\n<choice>a</choice>\n<choice right>b</choice>\n</question>\n", `
box quiz ""
  p What?
  code html <answer>
  box hint ""
    p Look.
  box choices ""
    list
      a) [ ]
        p a
      b) [x]
        p b
`},
		{"no quiz", "<Question>\n\nWhat?\n\n</Question>\n\n<quiz>text\n", "box question \"\"\n  p What?\np text\n"},
		{"a component with words on its line", "<Note>Words\n<b>more</b>\n</Note>\n", "box note \"\"\n  p Words more\n"},
	})
}

func TestPymdown(t *testing.T) {
	outlines(t, []struct{ name, text, want string }{
		{"blocks", "/// details | Show *it*\n    type: warning\n    open: True\n\nOne.\n\n//// note\nTwo.\n////\n///\nafter\n", "box details warning \"Show *it*\"\n  p One.\n  box note \"\"\n    p Two.\np after\n"},
		{"comments of code", "/// Adds one.\n///\n", "p /// Adds one. ///\n"},
		{"any word with a title", "/// question | Think\nWhy?\n///\n/// html | div.task\nDo.\n///\n", "box question \"Think\"\n  p Why?\nbox task \"\"\n  p Do.\n"},
	})
}

func TestLabels(t *testing.T) {
	outlines(t, []struct{ name, text, want string }{
		{"on the tag's line", "<div class=\"task\"><strong>Task 1:</strong> Add.</div>\nafter\n", "box task \"Task 1\"\n  p Add.\np after\n"},
		{"on the next", "<div class=\"note\">\n<p><b>Note</b>: Look.</p>\n</div>\n", "box note \"Note\"\n  p Look.\n"},
		{"a box without a name, and words that stand out", "<div><strong>So:</strong> one</div>\n\n<div class=\"a\"><strong>Two</strong> words</div>\n", "box  \"\"\n  p So: one\nbox a \"\"\n  p Two words\n"},
		{"behind the word of a div", ":::tip Practice: add two\nAdd.\n:::\n", "box tip \"Practice: add two\"\n  p Add.\n"},
	})
}

func TestHan(t *testing.T) {
	outlines(t, []struct{ name, text, want string }{
		{"numbers without a space", "1、打印\n2．求和\n3.排序\n4、https\n", `
list
  1.
    p 打印
  2.
    p 求和
  3.
    p 排序
  4.
    p https
`},
		{"brackets under numbers", "1、题目：\n（1）打印\n(2)求和\n2、排序\n", `
list
  1.
    p 题目：
    list
      1)
        p 打印
      2)
        p 求和
  2.
    p 排序
`},
		{"a running list goes on behind words", "1、打印\n\n说明在这里\n2、求和\n", "list\n  1.\n    p 打印\np 说明在这里\nlist\n  2.\n    p 求和\n"},
		{"a number within words", "说明在这里\n3、求和\n", "p 说明在这里 3、求和\n"},
		{"code between entries", "1.打印\n```\nx\n```\n2.求和\n\n   ```\n   y\n   ```\n", "list\n  1.\n    p 打印\ncode  x\nlist\n  2.\n    p 求和\n    code  y\n"},
		{"no numbers", "3.5米\n\n2024年\n\n(a)打印\n", "p 3.5米\np 2024年\np (a)打印\n"},
		{"short lines", "打印乘法表\n打印菱形\n求 $$x$$ 的和\n", "p 打印乘法表\np 打印菱形\np 求 $x$ 的和\n"},
		{"words that go on", "打印乘法表，\n打印菱形\n求和\n", "p 打印乘法表， 打印菱形 求和\n"},
		{"lines broken at one width", strings.Repeat("一二三四五六七八九十一二三四五六七八九十一二三四五\n", 4), "p " + strings.TrimSpace(strings.Repeat("一二三四五六七八九十一二三四五六七八九十一二三四五 ", 4)) + "\n"},
	})
}

func TestAPageTooDeep(t *testing.T) {
	for n := range 4 {
		read(t, strings.Repeat("> ", n)+strings.Repeat("- ", 80)+"words\n")
		read(t, strings.Repeat("> ", 55+n)+"<question>What?<answer>a</answer><answer>b</answer></question>\n")
		read(t, strings.Repeat(":::: a\n", 55+n)+"```{r}\nquestion('What?', answer('a'), answer('b', message = 'c'))\n```\n")
	}
}

func TestGift(t *testing.T) {
	outlines(t, []struct{ name, text, want string }{
		{"choices", "```gift\n// sums\n$CATEGORY: a\n\n::Sum:: What is 1 \\= x? {\n  =one # Right.\n  ~two\n  ~%50%`1`\n  #### Count.\n}\n\nIt is { ~a =b } here.\n```\nafter\n", `
box quiz "Sum"
  p What is 1 = x?
  box choices ""
    list
      a) [x]
        p one
        box explanation ""
          p Right.
      b) [ ]
        p two
      c) [x]
        p ` + "`1`" + `
  box explanation ""
    p Count.
box quiz ""
  p It is
  box choices ""
    list
      a) [ ]
        p a
      b) [x]
        p b
  p here.
p after
`},
		{"other answers", "```gift\nIs it? {F}\n\nName it. {=a =b}\n\nHow many? {#3:1}\n\nWrite. {}\n```\n", `
box quiz ""
  p Is it?
  box choices ""
    list
      a) [ ]
        p True
      b) [x]
        p False
box quiz ""
  p Name it.
  box solution ""
    p a
  box solution ""
    p b
box quiz ""
  p How many?
  box solution ""
    p 3:1
box quiz ""
  p Write.
`},
		{"no quiz", "```gift\nwords\n```\n", "code gift words\n"},
	})
}
