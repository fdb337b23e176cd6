package latex

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lectern/decks/lecture/page"
	"lectern/decks/lecture/page/pagetest"

	"pgregory.net/rapid"
)

func read(t testing.TB, text string) *page.Page {
	t.Helper()
	p, err := Read(context.Background(), text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Pages in the manner of courses, each with the outline that it must give.
func TestPages(t *testing.T) { pagetest.Compare(t, os.DirFS("testdata"), "*.tex", Read) }

func TestInline(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"plain", "plain"},
		{`\emph{a} \textbf{b} \texttt{c\_d} {\bf e} {\em f\/}`, "*a* **b** `c_d` **e** *f*"},
		{`\textbf{a \emph{b} c} \textbf{\textbf{d}}`, "**a *b* c** **d**"},
		{`x\textbf{a:}y`, "x<strong>a:</strong>y"},
		{`$a_1$ and \(b\) and \$5`, `$a_1$ and $b$ and \$5`},
		{`$\text{if $x$}$ 5\% \& \# \_ \{\}`, `$\text{if $x$}$ 5% & # \_ {}`},
		{"``a'' -- b --- c `d'", "“a” – b — c ‘d'"},
		{`a~b\ c\,d`, "a b c d"},
		{`caf\'e \"{o} \c{c} \v s na\"{\i}ve \ss{} \o`, "café ö ç š naïve ß ø"},
		{`\verb|a_{b}| \verb*+c d+ \lstinline[language=C]{x = 1;} \lstinline!y!`, "`a_{b}` `c d` `x = 1;` `y`"},
		{`\mintinline{python}{f(x)} \url{https://e.org/a_b} \href{https://e.org/\#x}{text \emph{a}}`, "`f(x)` <https://e.org/a_b> [text *a*](https://e.org/#x)"},
		{`a\footnote{Really?}. b~\cite[p.~5]{k}, c\index{x} d\label{l}`, "a. b, c d"},
		{`\textcolor{red}{a} \colorbox{blue}{b} \fbox{c} \mbox{d} \unknown{e} \unknown[x]{f}`, "a b c d e f"},
		{`\LaTeX{} and \TeX\ is \ldots{} \S 5`, "LaTeX and TeX is … §5"},
		{`a % comment?
  b`, "a b"},
		{`a\\ b\\[2mm]
c`, "a\\\nb\\\nc"},
		{`\newcommand{\R}{\mathbb{R}} $x\in\R$ \newcommand{\hi}[2][Hi]{#1, #2!} \hi{you} \hi[Hey]{me}`, `$x\in\mathbb{R}$ Hi, you! Hey, me!`},
		{`\def\a#1{<#1>}\a{b} \DeclareMathOperator{\Tr}{Tr} $\Tr A$`, `\<b> $\operatorname{Tr} A$`},
		{`\newcounter{q}\newcommand{\q}{\refstepcounter{q}\textbf{Q\theq.}} \q{} a \q{} b \setcounter{q}{7}\Roman{q}`, "**Q1.** a **Q2.** b VII"},
		{`\newcommand{\loop}{\loop\loop} \loop x`, "x"},
		{`H\textsubscript{2}O \textsuperscript{2} \sout{no} \enquote{q}`, "H<sub>2</sub>O <sup>2</sup> ~~no~~ “q”"},
		{`Name: \underline{\hspace{3cm}} \underline{kept}`, `Name: \_\_\_\_ kept`},
		{`\includegraphics[width=.5\textwidth]{img/a b.png}`, "![](img/a%20b.png)"},
		{`\iffalse no \ifx\a\b \fi no \fi yes \ifanswers kept\fi`, "yes kept"},
		{`\only<2>{a} \alert<1>{b} \SI{5}{\meter} \ensuremath{x}`, "a **b** 5 meter $x$"},
		{`5 < 6 > 4 *not* [x] a_b`, `5 \< 6 > 4 \*not\* &#91;x&#93; a\_b`},
	} {
		p := read(t, c.in)
		got := ""
		for _, x := range p.Blocks {
			got += x.Text
		}
		if got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.in, got, c.want)
		}
	}
}

// What babel makes of signs depends on the page's language.
func TestLanguages(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`\usepackage[russian]{babel} Слово "--- "<кавычки">, <<ещё>>, кто"=то`, "Слово — «кавычки», «ещё», кто-то"},
		{`\usepackage[ngerman]{babel} "Uber "a "s "` + "`" + `so"' x`, "Über ä ß „so“ x"},
		{`He said "yes" and a<<b`, `He said "yes" and a\<\<b`},
	} {
		if got := read(t, c.in).Blocks[0].Text; got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.in, got, c.want)
		}
	}
}

// What a macro stands for is in the line in which it is called.
func TestLineOfMacro(t *testing.T) {
	p := read(t, "\\newcommand{\\q}[1]{\\par\\textbf{Q.} #1}\n\\q{one\ntwo\n\nthree}\n\nfour")
	if got, want := pagetest.Numbered(p), "  2 p **Q.** one two\n  2 p three\n  7 p four\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// Environments become boxes under the names that the page prints.
func TestBoxes(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`\begin{exercise}[Sums] x \end{exercise}`, "exercise|Sums"},
		{`\begin{exercise}[label=a, title={A, b}] x \end{exercise}`, "exercise|A, b"},
		{`\begin{solution}[2in] x \end{solution}`, "solution|"},
		{`\begin{problem}{2.1} x \end{problem}`, "problem|2.1"},
		{`\begin{Exercise*} x \end{Exercise*}`, "exercise|"},
		{`\newtheorem*{zad}{Задача} \begin{zad} x \end{zad}`, "задача|"},
		{`\declaretheorem[name=Frage, style=plain]{fr} \begin{fr} x \end{fr}`, "question|"},
		{`\newtcbtheorem[number within=section]{bsp}{Beispiel}{}{b} \begin{bsp}{Titel}{l} x \end{bsp}`, "beispiel|Titel"},
		{`\newenvironment{ubung}[1]{\textbf{Übung} #1}{} \begin{ubung}{3} x \end{ubung}`, "übung|3"},
		{`\newtcolorbox{mybox}[2][]{title=#2,#1} \begin{mybox}{T} x \end{mybox}`, "mybox|T"},
		{`\begin{proof}[Solution] x \end{proof}`, "proof|Solution"},
		{`\begin{block}{Idea} x \end{block}`, "block|Idea"},
		{"\\begin{theorem}\n\t[Lagrange]\n\tx \\end{theorem}", "theorem|Lagrange"},
		{`\begin{ques} x \end{ques}`, "question|"},
		{"\\eoce{\\qt{Roulette\\label{r}} " + strings.Repeat("The wheel is spun.\n", 12) + "}{}", "exercise|Roulette"},
		{`\begin{probtag}{probEx,probAll} x \end{probtag}`, "problem|"},
		{`\begin{homeworkProblem} x \end{homeworkProblem}`, "problem|"},
		{`\begin{questionsol} x \end{questionsol}`, "solution|"},
		{`\begin{problemset} x \end{problemset}`, "problemset|"},
		{`\begin{exercise}{ex:sum} x \end{exercise}`, "exercise|"},
		{`\begin{zadacha}{Суммы} x \end{zadacha}`, "problem|Суммы"},
		{`\begin{activite}[Carrés magiques] x \end{activite}`, "exercise|Carrés magiques"},
		{`\begin{miniexo} x \end{miniexo}`, "exercise|"},
		{`\begin{exocorrige} x \end{exocorrige}`, "exercise|"},
		{`\begin{uebung}[Summen (3 Punkte)] x \end{uebung}`, "exercise|Summen"},
		{`\begin{tarea} x \end{tarea}`, "exercise|"},
		{`\begin{corrige} x \end{corrige}`, "solution|"},
		{`\begin{problem}[Sorting by hand, 7pts] x \end{problem}`, "problem|Sorting by hand"},
		{`\begin{problem}[10 points] x \end{problem}`, "problem|"},
		{`\begin{problem}[Counting points] x \end{problem}`, "problem|Counting points"},
		{`\solution{x}`, "solution|"},
		{`\begin{freeResponse} x \end{freeResponse}`, "solution|"},
		{`It purrs. \hfill \myanswer{x}`, "answer|"},
		{`\newcommand{\sol}[1]{\textcolor{blue}{#1}} \sol{x}`, "solution|"},
		{`\question{What is a very long question that goes on and on, so that it is a text and no title at all, is it?}`, "question|"},
		{`\problem[Sorting] x`, "problem|Sorting"},
		{`\begin{tcolorbox}[colback=red, title=Why] x \end{tcolorbox}`, "tcolorbox|Why"},
	} {
		got := ""
		for _, x := range read(t, c.in).Blocks {
			if x.Kind == page.Box {
				got = x.Mark + "|" + x.Text
			}
		}
		if got != c.want {
			t.Errorf("%s\n got %q, want %q", c.in, got, c.want)
		}
	}
}

func TestMarks(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`\begin{enumerate}\item a\item b\end{enumerate}`, "1. 2."},
		{`\begin{enumerate}\item a\begin{enumerate}\item b\end{enumerate}\end{enumerate}`, "1. (a)"},
		{`\begin{enumerate}[label=(\alph*)]\item a\item b\end{enumerate}`, "(a) (b)"},
		{`\begin{enumerate}[a)]\item a\item b\end{enumerate}`, "a) b)"},
		{`\begin{enumerate}[label=\textbf{Q\arabic*.}, start=5]\item a\end{enumerate}`, "Q5."},
		{`\begin{enumerate}[{Ex.} I]\item a\item b\end{enumerate}`, "Ex. I Ex. II"},
		{`\begin{enumerate}\item a\end{enumerate}\begin{enumerate}[resume]\item b\end{enumerate}`, "1. 2."},
		{`\begin{enumerate}\item[*] a\item b\end{enumerate}`, "* 1."},
		{`\begin{choices}\choice a\CorrectChoice b\end{choices}`, "A.[ ] B.[x]"},
		{`\begin{choices}\wrongchoice{a}\correctchoice{b}\end{choices}`, "A.[ ] B.[x]"},
		{`\begin{problem}\begin{multipleChoice}\choice{a}\choice[correct]{b}\end{multipleChoice}\end{problem}`, "(a)[ ] (b)[x]"},
		{`\begin{itemize}\item a\item* b\end{itemize}`, "•[ ] •[x]"},
		{`\begin{itemize}\item[$\square$] a\item[\checkmark] b\end{itemize}`, "•[ ] •[x]"},
		{`\begin{tasks}(2)\task a\task b\end{tasks}`, "a) b)"},
		{"\\solution\n\\part a\n\\part b", "(a) (b)"},
		{`\renewcommand{\labelenumi}{(\alph{enumi})}\begin{enumerate}\item a\item b\end{enumerate}`, "(a) (b)"},
		{`\renewcommand{\theenumi}{\Roman{enumi}}\begin{enumerate}\item a\item b\end{enumerate}`, "I. II."},
		{`\begin{enumerate}\setcounter{enumi}{4}\item a\end{enumerate}`, "5."},
		{`\newlist{qs}{enumerate}{1}\begin{qs}\item a\end{qs}`, "1."},
		{`\begin{enumerate}\begin{multicols}{2}\item a\item b\end{multicols}\end{enumerate}`, "1. 2."},
	} {
		if got := marksOf(read(t, c.in)); got != c.want {
			t.Errorf("%s\n got %q, want %q", c.in, got, c.want)
		}
	}
}

func marksOf(p *page.Page) string {
	var marks []string
	for _, x := range p.Blocks {
		if x.Kind == page.Entry {
			marks = append(marks, x.Mark+map[page.Tick]string{page.Ticked: "[x]", page.Unticked: "[ ]"}[x.Tick])
		}
	}
	return strings.Join(marks, " ")
}

// What is right among the options of a question may stand in its solution.
func TestOptions(t *testing.T) {
	const question = `\begin{question} Which? \begin{answerlist} \item a \item b \item c \end{answerlist} \end{question}`
	says := func(words ...string) string {
		return `\begin{solution} \begin{answerlist} \item ` + strings.Join(words, ` \item `) + ` \end{answerlist} \end{solution}`
	}
	for _, c := range []struct{ name, in, want string }{
		{"true and false", question + says("False.", "True. It is.", "True."), "(a)[ ] (b)[x] (c)[x] (a) (b) (c)"},
		{"in Russian", question + says("Верно", "Неверно", "Не угадали"), "(a)[x] (b)[ ] (c)[ ] (a) (b) (c)"},
		{"one is praised", question + says("Ересь", "Неверно", "Отлично"), "(a)[ ] (b)[ ] (c)[x] (a) (b) (c)"},
		{"two are praised, one is not judged", question + says("Hm", "True", "True"), "(a) (b) (c) (a) (b) (c)"},
		{"an explanation", question + says("It grows.", "It falls.", "It stays."), "(a) (b) (c) (a) (b) (c)"},
		{"fewer words than options", question + says("True", "False"), "(a) (b) (c) (a) (b)"},
		{"digits", question + `\exsolution{010}`, "(a)[ ] (b)[x] (c)[ ]"},
		{"a number", question + `\exsolution{101.5}`, "(a) (b) (c)"},
		{"of another question", question + `\begin{question} Why? \end{question}` + says("True", "False", "False"), "(a) (b) (c) (a) (b) (c)"},
		{"own name", `\begin{exercise} Which? \begin{myoptions} \item a \item* b \end{myoptions} \end{exercise}`, "(a)[ ] (b)[x]"},
	} {
		p := read(t, c.in)
		if got := marksOf(p); got != c.want {
			t.Errorf("%s: got %q, want %q\n%s", c.name, got, c.want, pagetest.Outline(p))
		}
		if p.Blocks[2].Kind != page.Box || p.Blocks[2].Mark != "choices" {
			t.Errorf("%s: no box of choices\n%s", c.name, pagetest.Outline(p))
		}
	}
}

// A page without \title is called what it opens with, or what its head says.
func TestTitles(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`\title{A \emph{b}} \lhead{C}`, "A b"},
		{`\lhead{Теория} \chead{} \rhead{2018, вопросы к экзамену} \rfoot{no}`, "Теория — 2018, вопросы к экзамену"},
		{`\fancyhead[L]{Algebra} \fancyhead[R]{Page \thepage} \fancyhead[C]{Sheet 3}`, "Algebra — Sheet 3"},
		{`\firstpageheader{Name:}{Midterm exam}{May 2020} \runningheader{a}{b}{c}`, "Midterm exam — May 2020"},
		{`\newcommand{\num}{7} \header{CS 101}{Homework \num}{}`, "CS 101 — Homework 7"},
		{`\newcommand{\header}[1]{\textbf{#1}} \chead{Course}`, "Course"},
		{`\rhead{Course} \begin{document} \begin{center} \textbf{Homework 3} \\ Due 5 May 2020 \end{center} Text.`, "Homework 3"},
		{`\begin{document} {\Large\bf Sheet 2} \par Text.`, "Sheet 2"},
		{`\begin{document} \noindent\textbf{\large Sheet 2}\\ Text.`, "Sheet 2"},
		{`\begin{document} \centerline{Serie 4} Text.`, "Serie 4"},
		{`\chead{Course} \begin{document} {\small This is small.} Text.`, "Course"},
		{`\chead{Course} \begin{document} Text. {\Large Not the first}`, "Course"},
		{`\chead{Course} \begin{document} \begin{center} \textbf{Вариант 1} \end{center} Text.`, "Course"},
		{`\lhead{\leftmark} \rhead{\today}`, ""},
	} {
		if got := read(t, c.in).Title; got != c.want {
			t.Errorf("%s\n got %q, want %q", c.in, got, c.want)
		}
	}
}

// Names of variants in the middle or in large type are headings, and so are
// commands that end with section.
func TestHeadings(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`\olsection{Sums} \mysubsection*{Of few} \newchapter[short]{All}`, "## Sums\n### Of few\n# All\n"},
		{`\thesection\ a \crosssection b`, "p a b\n"},
		{`a \begin{center} Вариант 2 \end{center} b`, "p a\n## Вариант 2\np b\n"},
		{"a\n\n{\\Large \\textbf{Листок 3. Пределы}}\n\nb", "p a\n## Листок 3. Пределы\np b\n"},
		{`\centerline{Анализ\\ Листок 3\\ осень} b`, "p Анализ\n## Листок 3\np осень\np b\n"},
		{"Вариант 2\n\n\\Large a\n\n\\normalsize Вариант 3", "p Вариант 2\np a\np Вариант 3\n"},
		{`\begin{questions} \question a \uplevel{b} \question c \begin{parts} \part d \end{parts} \fullwidth{\subsection*{e}} \question f \end{questions}`,
			"box question \"\"\n  p a\np b\nbox question \"\"\n  p c\n  list\n    (a)\n      p d\n### e\nbox question \"\"\n  p f\n"},
		{"a\n\n\\room{2.5cm}\n\n\\rows{3} b \\rows{4}", "p a\np b 4\n"},
		{`\begin{itemize} \item \begin{center} Вариант 2 \end{center} \end{itemize}`, "list\n  •\n    p Вариант 2\n"},
	} {
		if got := pagetest.Outline(read(t, c.in)); got != c.want {
			t.Errorf("%s\n got %q\nwant %q", c.in, got, c.want)
		}
	}
}

func TestSniff(t *testing.T) {
	names, _ := filepath.Glob("testdata/*.tex")
	for _, name := range names {
		if source, err := os.ReadFile(name); err != nil || !Sniff(string(source)) {
			t.Errorf("%s is LaTeX (%v)", name, err)
		}
	}
	for _, s := range []string{
		"% a comment\n\\documentclass{article}\n", "\\section{A}\n\nText.\n\n\\begin{itemize}\n\\item a\n\\end{itemize}\n", "\\question What?\n\\question Why?\n",
	} {
		if !Sniff(s) {
			t.Errorf("%q is LaTeX", s)
		}
	}
	for _, s := range []string{
		"", "plain", "# A\n\n$$\n\\begin{aligned}\na\n\\end{aligned}\n$$\n", "## A\n\n\\begin{align}\na\n\\end{align}\n\\begin{align}\na\n\\end{align}\n", "```tex\n\\documentclass{article}\n```\n",
	} {
		if Sniff(s) {
			t.Errorf("%q is no LaTeX", s)
		}
	}
}

// piece draws parts of pages, good and broken.
var piece = rapid.Custom(func(t *rapid.T) string {
	words := rapid.StringMatching("[a-zа-я$%&~ \\n]{0,10}").Draw(t, "words")
	return rapid.SampledFrom([]string{
		"", "\n\n", "{", "}", "\\item ", "\\begin{itemize}", "\\end{itemize}", "\\begin{enumerate}[a)]", "\\end{enumerate}", "\\section{", "\\textbf{", "\\texttt{", "\\bf ",
		"\\begin{exercise}", "\\end{exercise}", "\\begin{solution}[1in]", "\\end{solution}", "\\question ", "\\part ", "\\begin{questions}", "\\end{questions}", "\\begin{parts}",
		"\\end{parts}", "\\begin{choices}", "\\CorrectChoice ", "\\solution ", "\\problem{", "\\begin{verbatim}", "\\end{verbatim}", "\\begin{tabular}{c}", "\\end{tabular}", "\\\\", "\\[", "\\]",
		"\\begin{align}", "\\end{align}", "\\newcommand{\\x}[1]{#1", "\\x{", "\\footnote{", "\\begin{quote}", "\\end{quote}", "\\begin{frame}{T}", "\\end{frame}", "\\caption{", "\\fillin[a]", "\\title{\\fillin[b]\n}", "\\quest{\\fillin[b]\n}", "\\b{\n\\hint}", "\\titledquestion{\\fillin[b]\n}", "\\begin{task}[\\fillin[b]\n]", "\\begin{answerlist}", "\\uplevel{", "\\end{answerlist}", "\\begin{question}", "\\end{question}", "\\exsolution{01}", "\\begin{center}Вариант 2", "\\end{center}", "{\\Large ", "\\lhead{", "\\verb|", "[", "]",
	}).Draw(t, "mark") + words
})

// Whatever a page holds, its blocks are a tree in the order of their lines.
func TestTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 40).Draw(t, "pieces"), "")
		p, err := Read(context.Background(), text)
		if err != nil {
			t.Fatal(err)
		}
		if wrong := pagetest.Check(p); wrong != "" {
			t.Fatalf("%s\n%s\n%s", wrong, text, pagetest.Outline(p))
		}
	})
}

// No word of plain paragraphs is lost or comes twice.
func TestWordsKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paragraphs := rapid.SliceOfN(rapid.StringMatching(`[a-zа-яё]{2,8}( [a-zа-яё,.?!]{1,8}){0,9}`), 1, 20).Draw(t, "paragraphs")
		p, err := Read(context.Background(), strings.Join(paragraphs, "\n\n"))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i := range p.Blocks {
			got = append(got, p.Blocks[i].Plain())
		}
		want := make([]string, len(paragraphs))
		for i, s := range paragraphs {
			want[i] = strings.Join(strings.Fields(s), " ")
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

var hostile = map[string]string{
	"braces":     strings.Repeat("{", 1<<19) + "x",
	"closed":     strings.Repeat("}", 1<<19) + "x",
	"sections":   strings.Repeat(`\section{`, 1<<17) + "x",
	"nested":     strings.Repeat(`\section{`, 1<<12) + "x" + strings.Repeat("}", 1<<12),
	"bold":       strings.Repeat(`\textbf{`, 1<<17) + "x",
	"switches":   strings.Repeat(`\bf a `, 1<<17),
	"lists":      strings.Repeat(`\begin{itemize}\item `, 1<<15) + "x",
	"items":      strings.Repeat("\\item a\n", 1<<17),
	"boxes":      strings.Repeat(`\begin{exercise}`, 1<<16) + "x",
	"ends":       strings.Repeat(`\end{exercise}`, 1<<16) + "x",
	"open close": strings.Repeat(`\begin{a}`, 90) + strings.Repeat(`\end{b}`, 1<<16),
	"maths":      strings.Repeat("$a", 1<<18),
	"displays":   strings.Repeat(`\[a`, 1<<17),
	"dollars":    strings.Repeat("$$", 1<<18) + "x",
	"aligns":     strings.Repeat(`\begin{align}`, 1<<16) + "x",
	"same":       strings.Repeat(`\begin{align}`, 1<<12) + strings.Repeat(`\end{align}`, 1<<12),
	"verbatims":  strings.Repeat(`\begin{verbatim}`, 1<<16) + "x",
	"tables":     strings.Repeat(`\begin{tabular}{c}`, 1<<14) + "x",
	"cells":      `\begin{tabular}{c}` + strings.Repeat("a & ", 1<<16) + `\end{tabular}`,
	"deep cells": strings.Repeat(`\begin{tabular}{c} a & `, 1<<10) + strings.Repeat(`\end{tabular}`, 1<<10),
	"options":    strings.Repeat(`\item[`, 1<<17) + "x",
	"macro":      `\newcommand{\a}{\a\a}` + strings.Repeat(`\a`, 1<<12),
	"bomb":       `\def\a{` + strings.Repeat("x", 3000) + `}\def\b{\a\a\a\a\a\a\a\a}\def\c{\b\b\b\b\b\b\b\b}\def\d{\c\c\c\c\c\c\c\c}` + strings.Repeat(`\d`, 1<<10),
	"math bomb":  `\def\a{` + strings.Repeat("x", 3000) + `}\def\b{\a\a\a\a\a\a\a\a}\def\c{\b\b\b\b\b\b\b\b}` + strings.Repeat(`$\c$ `, 1<<10),
	"argument":   `\newcommand{\a}[1]{#1#1#1#1}` + strings.Repeat(`\a{`, 40) + "x" + strings.Repeat("}", 40),
	"defs":       strings.Repeat(`\newcommand{\a}{`, 1<<16),
	"footnotes":  strings.Repeat(`\footnote{`, 1<<16),
	"percent":    strings.Repeat("%\n", 1<<18),
	"slashes":    strings.Repeat(`\`, 1<<19),
	"questions":  strings.Repeat("?\n\n", 1<<17),
	"runs":       strings.Repeat("\\problem a\n\n", 1<<15),
	"accents":    strings.Repeat(`\'`, 1<<17),
	"iffalse":    strings.Repeat(`\iffalse `, 1<<15),
	"fillins":    strings.Repeat(`\fillin[a]`, 1<<15),
	"ifx":        strings.Repeat(`\ifnum `, 1<<15),
	"labels":     strings.Repeat(`\section{a}\label{b} \ref{b} `, 1<<13),
	"answers":    strings.Repeat(`\begin{question}\begin{answerlist}\item a \item b `, 1<<14),
	"verdicts":   `\begin{question}\begin{answerlist}` + strings.Repeat(`\item a `, 1<<15) + `\end{answerlist}\end{question}\begin{solution}` + strings.Repeat(`\begin{answerlist}\item True \item False\end{answerlist}`, 1<<12),
	"centered":   strings.Repeat(`\centerline{`, 1<<12) + "x" + strings.Repeat("}", 1<<12),
	"large":      strings.Repeat(`\Large a \small `, 1<<16),
	"begins":     strings.Repeat(`\begin{document}`, 1<<14),
}

func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("megabytes of text")
	}
	for name, text := range hostile {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		p, err := Read(ctx, text)
		cancel()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if wrong := pagetest.Check(p); wrong != "" {
			t.Errorf("%s: %s", name, wrong)
		}
		size := 0
		for i := range p.Blocks {
			size += len(p.Blocks[i].Text)
		}
		if size > fuelFactor*len(text)+2*fuelLeast {
			t.Errorf("%s: %d bytes became %d", name, len(text), size)
		}
	}
}

func TestEndedContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, "a\n\nb"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// A page of a real course is read whole.
func TestCorpus(t *testing.T) {
	source, err := os.ReadFile("../../../../shared/lectures/dev/xv6-lock2.tex")
	if err != nil {
		t.Skipf("no corpus: %v", err)
	}
	got := pagetest.Numbered(read(t, string(source)))
	for _, w := range []string{
		"  1 # Concurrency revisited\n", "219 ## Exercises\n", "223   1.\n",
		"226     p Modify xv6's `scheduler()` to reduce lock contention when different cores are looking for runnable processes at the same time.\n",
	} {
		if !strings.Contains(got, w) {
			t.Errorf("no %q in\n%s", w, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.tex")
	for _, name := range names {
		if source, err := os.ReadFile(name); err == nil {
			f.Add(string(source))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		Sniff(text)
		p, err := Read(context.Background(), text)
		if err != nil {
			t.Fatal(err)
		}
		if wrong := pagetest.Check(p); wrong != "" {
			t.Fatal(wrong)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var page strings.Builder
	names, _ := filepath.Glob("testdata/*.tex")
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		_, body, ok := strings.Cut(string(source), beginDocument)
		if !ok {
			body = string(source)
		}
		body, _, _ = strings.Cut(body, `\end{document}`)
		page.WriteString(body)
	}
	text := strings.Repeat(page.String(), 1<<20/page.Len())
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(context.Background(), text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHostile(b *testing.B) {
	for name, text := range hostile {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if _, err := Read(context.Background(), text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// The answer in the blank of a caption stands below it, before what follows.
func TestBlankInCaption(t *testing.T) {
	p, err := Read(context.Background(), "\\caption{A \\fillin[tree] of blocks.\n}\n\nNext.\n")
	if err != nil {
		t.Fatal(err)
	}
	const want = "p A \\_\\_\\_\\_ of blocks.\nbox answer \"\"\n  p tree\np Next.\n"
	if got := pagetest.Outline(p); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
