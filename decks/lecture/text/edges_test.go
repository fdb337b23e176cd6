package text_test

import (
	"strings"
	"testing"

	"lectern/decks/lecture/page/pagetest"
)

// What stands around the text of a copied page is hidden, and only there.
func TestEdges(t *testing.T) {
	const body = "A loop repeats what stands in it until a condition fails, or for each of some things.\n\n"
	for _, c := range []struct{ name, text, want string }{
		{
			"a foot", "Loops\n\n" + body + "< Previous Chapter\n\nNext Chapter >\n\nMy Site\n\nFooter\n\n© 2024 Site\n\n• Terms\n• Docs\n",
			"# Loops\np " + strings.TrimSpace(body) + "\n~ ## \\< Previous Chapter\n~ ## Next Chapter >\n~ ## My Site\n~ ## Footer\n~ ## © 2024 Site\n~ list\n  ~ •\n    ~ p Terms\n  ~ •\n    ~ p Docs\n",
		},
		{
			"no foot where text follows", "Loops\n\n" + body + "Footer\n\n" + body + "© marks who owns it.\n\n• Write a loop, and tell what it does.\n",
			"# Loops\np " + strings.TrimSpace(body) + "\n## Footer\np " + strings.TrimSpace(body) + "\np © marks who owns it.\nlist\n  •\n    p Write a loop, and tell what it does.\n",
		},
		{
			"a chapter that ends with a word of feet", "State\n\n" + body + "Cookies\n\n• kept for a session\n• kept for longer\n",
			"# State\np " + strings.TrimSpace(body) + "\n## Cookies\nlist\n  •\n    p kept for a session\n  •\n    p kept for longer\n",
		},
		{
			"when and how long", "Loops\n\nMar 3, 2024 · 5 min read\n\n" + body + "April 2024\n\nMore of it.\n",
			"# Loops\n~ p Mar 3, 2024 · 5 min read\np " + strings.TrimSpace(body) + "\n## April 2024\np More of it.\n",
		},
		{
			"a file in a repository", "Skip to content\n\nmain\n\nnotes/loops.md\n\n12 lines (7 loc) · 1.2 KB\n\nPreview    Code    Blame\n\nLoops\n\n" + body,
			"~ ## Skip to content\n~ p main\n~ p notes/loops.md\n~ ## 12 lines (7 loc) · 1.2 KB\n~ ## Preview    Code    Blame\n# Loops\np " + strings.TrimSpace(body) + "\n",
		},
		{
			"contents of the page", "Site\n\nOn this page\n\n• First part\n• Second part\n\nLoops\n\nFirst part\n\n" + body + "Second part\n\n" + body,
			"~ ## Site\n~ ## On this page\n~ list\n  ~ •\n    ~ p First part\n  ~ •\n    ~ p Second part\n# Loops\n## First part\np " + strings.TrimSpace(body) + "\n## Second part\np " + strings.TrimSpace(body) + "\n",
		},
		{
			"a notice above the title", "Skip to content\n\nSearch\n\nBasics\nLoops\nTheme\n\nThis page was translated from English by the community. Learn more and join the community of writers.\n\nLoops\n\n" + body,
			"~ ## Skip to content\n~ ## Search\n~ p Basics\n~ p Loops\n~ p Theme\n~ p This page was translated from English by the community. Learn more and join the community of writers.\n# Loops\np " + strings.TrimSpace(body) + "\n",
		},
		{"signs that link to headings", "Loops #\n\n" + body + "Lists¶\n\n" + body, "# Loops\np " + strings.TrimSpace(body) + "\n## Lists\np " + strings.TrimSpace(body) + "\n"},
	} {
		if got := pagetest.Outline(read(t, c.text)); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// Formulas are none of the page's headings.
func TestFormulas(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Sets\n\nWrite\n\n$$ \\mathbb{N} \\subset \\mathbb{Z} $$\n\nby your own command.\n", "# Sets\np Write\nformula \\mathbb{N} \\subset \\mathbb{Z}\np by your own command.\n"},
		{"Sets\n\n\\[\na = b\n\\]\n", "# Sets\nformula a = b\n"},
		{"Sets\n\n$$ $$\n", "# Sets\np $$ $$\n"},
		{"Sets\n\nThe command $\\mathbb{R}$ and \\(x_1\\) cost $5 or $6, a\\b now.\n", "# Sets\np The command $\\mathbb{R}$ and $x_1$ cost $5 or $6, a\\\\b now.\n"},
		{"Sets\n\nThe number is $\\alpha$\n\nA ⊂ B\n", "# Sets\np The number is $\\alpha$\np A ⊂ B\n"},
		{"Sets\n\nYour answer: [A1] 3 [/A1]\n", "# Sets\np Your answer: 3\n"},
		{"Sets\n\nYour answer: 3\n", "# Sets\np Your answer: 3\n"},
	} {
		if got := pagetest.Outline(read(t, c.text)); got != c.want {
			t.Errorf("%q:\n%s\nwant\n%s", c.text, got, c.want)
		}
	}
}

// A copied page does not say which of its lines are headings.
func TestHeads(t *testing.T) {
	const told = "A block of code that is kept under a name, so that it can be used again."
	for _, c := range []struct{ name, text, want string }{
		{"numbers that count up", "Functions\n\n1. A greeting\n\nWrite a function that greets.\n\n2. A sum\n\nWrite one that adds.\n", "# Functions\n### 1. A greeting\np Write a function that greets.\n### 2. A sum\np Write one that adds.\n"},
		{"entries of a list", "Functions\n\n1. A greeting\n\n2. A sum\n\n3. A product\n\nThat is all there is to do.\n", "# Functions\nlist\n  1.\n    p A greeting\n  2.\n    p A sum\n  3.\n    p A product\np That is all there is to do.\n"},
		{"questions with their answers", "Functions\n\nWhat is it?\n\n" + told + "\n\nWhy is it there?\n\n" + told + "\n\nWhen is it called?\n\n" + told + "\n",
			"# Functions\n## What is it?\np " + told + "\n## Why is it there?\np " + told + "\n## When is it called?\np " + told + "\n"},
		{"a quiz", "Quiz\n\nWhat is it?\n\n" + told + "\n\nWhy is it?\n\n" + told + "\n\nWhen is it?\n\n" + told + "\n\nSubmit\n",
			"# Quiz\np What is it?\np " + told + "\np Why is it?\np " + told + "\np When is it?\np " + told + "\n## Submit\n"},
		{"options of a quiz", "Quiz\n\n1. What is it?\n\nA block\n\n" + told + "\n\nSubmit\n\nWhy is it there?\n\nTo be used\n\nTo be seen\n\nSubmit\n",
			"# Quiz\nlist\n  1.\n    p What is it?\n    list\n       [ ]\n        p A block\n       [ ]\n        p " + told + "\n## Submit\np Why is it there?\nlist\n   [ ]\n    p To be used\n   [ ]\n    p To be seen\n## Submit\n"},
		{"no options without a button", "Quiz\n\nWhat is it?\n\n" + told + "\n\n" + told + "\n", "# Quiz\np What is it?\np " + told + "\np " + told + "\n"},
		{"a number without a space", "Quiz\n\n1.What is it, and why?\n2.How is it made?\n", "# Quiz\nlist\n  1.\n    p What is it, and why?\n  2.\n    p How is it made?\n"},
		{"a site's name and its menu behind a link that skips them", "Skip to content\n\nCourse\n\n• Home\n• Lectures\n• About\n\nFunctions\n\n• " + told + "\n", "~ ## Skip to content\n~ ## Course\n~ list\n  ~ •\n    ~ p Home\n  ~ •\n    ~ p Lectures\n  ~ •\n    ~ p About\n# Functions\nlist\n  •\n    p " + told + "\n"},
		{"a site's name and its menu", "Course\n\n• Home\n• Lectures\n• About\n\nFunctions\n\n" + told + "\n", "~ ## Course\n~ list\n  ~ •\n    ~ p Home\n  ~ •\n    ~ p Lectures\n  ~ •\n    ~ p About\n# Functions\np " + told + "\n"},
		{"contents below a title", "Loops\n\n• For\n• While\n\nFor\n\n" + told + "\n\nWhile\n\n" + told + "\n", "# Loops\nlist\n  •\n    p For\n  •\n    p While\n## For\np " + told + "\n## While\np " + told + "\n"},
		{"a file's name in code", "Functions\n\n" + told + "\n\n# cost.py\n\ndef cost():\n    return 1\n", "# Functions\np " + told + "\ncode  # cost.py\ncode  def cost():⏎    return 1\n"},
		{"a question and its answer on one line", "Functions\n\n" + told + "\n\nQuestion: What is it? Answer: A block\n", "# Functions\np " + told + "\np Question: What is it? Answer: A block\n"},
	} {
		if got := pagetest.Outline(read(t, c.text)); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}
