package latex

import (
	"testing"

	"lectern/decks/lecture/page/pagetest"
)

// Sheets of homework: what is the task, what solves it, what is only filled in.
func TestSheets(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{
			"a heading below a task only says that it is solved there",
			"\\begin{problem}[Sums, 3pts] Add. \\end{problem}\n\\subsection*{Solution}\n\nSeven.\n\n\\subsubsection*{Check} It is.\n\n\\begin{problem} Go on. \\end{problem}\n\\subsection*{Solution}\n\\section*{End}\nBye.",
			"box problem \"Sums\"\n  p Add.\nbox solution \"Solution\"\n  p Seven.\n  #### Check\n  p It is.\nbox problem \"\"\n  p Go on.\nbox solution \"Solution\"\n## End\np Bye.\n",
		},
		{
			"a heading elsewhere is one",
			"\\section{Sums}\nText.\n\\subsection{Solution}\nSeven.",
			"## Sums\np Text.\n### Solution\np Seven.\n",
		},
		{
			"lines for who hands it in",
			"\\textbf{Name:} \\underline{\\hspace{3cm}}\\\\ Email: a@e.org\n\nFirst text.\n\nCollaborators: Ann, Bob\n\nName: the identifier that stands to the left of the sign, which may be as long as the language allows",
			"~ p **Name:** \\_\\_\\_\\_\\⏎Email: a@e.org\np First text.\n~ p Collaborators: Ann, Bob\np Name: the identifier that stands to the left of the sign, which may be as long as the language allows\n",
		},
		{
			"in a task they are its text",
			"\\begin{task}\nName: text\n\\end{task}",
			"box task \"\"\n  p Name: text\n",
		},
		{
			"a line in the middle that opens the page",
			"\\begin{center}\\Large Homework 3: Trees\\end{center}\n\n\\section*{Introduction}\nText.",
			"# Homework 3: Trees\n## Introduction\np Text.\n",
		},
		{
			"points of a heading",
			"\\section{Trees [12 pts]}\nText.\n\\section{Weights (2 points each)}\n\\section{10 points}",
			"## Trees\np Text.\n## Weights (2 points each)\n## 10 points\n",
		},
		{
			"fonts end where others begin in old documents",
			"Define \\it{norm} \\rm of a {\\bf vector \\rm here} now.",
			"p Define *norm* of a **vector** here now.\n",
		},
		{
			"chapters of a style in French",
			"\\chapitre{Boucles}\n\\begin{activite}[Carrés]\nÉcris.\n\\end{activite}",
			"# Boucles\nbox exercise \"Carrés\"\n  p Écris.\n",
		},
	} {
		p := read(t, c.in)
		if why := pagetest.Check(p); why != "" {
			t.Errorf("%s: %s", c.name, why)
		}
		if got := pagetest.Outline(p); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}
