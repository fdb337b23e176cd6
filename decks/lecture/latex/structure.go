package latex

import (
	"regexp"
	"strings"

	"lectern/decks/lecture/page"
)

// sections are commands that are headings, with their levels.
var sections = map[string]int{
	"part": 1, "chapter": 1, "chapitre": 1, "kapitel": 1, "capitulo": 1, "addchap": 1, "addpart": 1, "section": 2, "addsec": 2, "subsection": 3, "subsubsection": 4, "minisec": 4, "paragraph": 5, "subparagraph": 6,
}

// section is the level of a heading; a style's own (\olsection{…}) goes by the end
// of its name.
func (r *reader) section(name string) (level int, ok bool) {
	if level, ok = sections[name]; ok {
		return level, true
	}
	if s := r.rest(); s == "" || strings.IndexByte("{[*", s[0]) < 0 || strings.HasPrefix(name, "the") {
		return 0, false
	}
	for _, known := range []string{"subsubsection", "subsection", "section", "chapter", "chapitre"} {
		if strings.HasSuffix(name, known) {
			return sections[known], true
		}
	}
	return 0, false
}

// structure reads titles, headings, captions and the titles of slides.
func (r *reader) structure(name string) bool {
	if level, ok := r.section(name); ok {
		if name == "part" && r.partsOpen() {
			return false
		}
		line := r.at()
		r.star()
		r.spaces()
		r.option()
		r.spaces()
		if s := r.rest(); s == "" || s[0] != '{' && s[0] != '\\' {
			return name != "part" // "\part" without a title is one of a task
		}
		title := r.arg()
		if !r.solvedUnder(line, level, title) {
			r.heading(line, level, title)
		}
		return true
	}
	switch name {
	case "title":
		line := r.at()
		r.option()
		title := r.arg()
		r.title = page.Plain(r.titleOf(title))
		r.heading(line, 1, title)
	case "subtitle":
		line := r.at()
		r.block(line, r.arg())
	case "frametitle":
		line := r.at()
		r.between('<', '>')
		r.option()
		r.heading(line, 4, r.arg())
	case "framesubtitle":
		line := r.at()
		r.between('<', '>')
		r.block(line, r.arg())
	case "frame":
		r.between('<', '>')
		r.option()
	case "caption", "captionof", "subcaption":
		line := r.at()
		if name == "captionof" {
			r.arg()
		}
		r.star()
		r.option()
		r.block(line, r.arg())
	case "note", "notes":
		r.between('<', '>')
		r.option()
		r.arg()
	case "uplevel", "fullwidth": // between the questions of an exam
		if r.inline > 0 {
			return false
		}
		r.flush()
		r.endQuestion()
		r.push(`\par ` + r.arg() + `\par `)
	case "centerline":
		r.push(`\begin{center}` + r.arg() + `\end{center}`)
	case "exsolution":
		r.digits(r.arg())
	case "verbatimtitle":
		r.arg()
	default:
		return false
	}
	return true
}

// heading adds a heading; what runs on from the task before ends.
func (r *reader) heading(line, level int, tex string) {
	text := strings.TrimRight(r.titleOf(tex), " ")
	if short := withoutPoints(text); short != "" {
		text = short
	}
	if r.inline > 0 {
		r.raw(text + " ")
		return
	}
	r.flush()
	r.endUnder(level)
	r.ready(line)
	r.b.Add(page.Block{Kind: page.Heading, Level: uint8(level), Line: int32(line), Text: text})
}

// endUnder ends the tasks that run on where a heading begins.
func (r *reader) endUnder(level int) {
	for i := len(r.envs) - 1; i >= 0 && level < 5; i-- {
		if r.envs[i].runIn && (r.envs[i].level == 0 || level <= r.envs[i].level) {
			r.closeEnvs(i)
		}
	}
}

// solvedUnder reads a heading that only says "Solution", right below a task that
// is an environment: what follows is the task's solution as far as the next task,
// not a section that would hold it. "Solutions" are of all tasks above.
func (r *reader) solvedUnder(line, level int, tex string) bool {
	if r.inline > 0 || level < 2 || len(tex) > 40 || !solvedHead.MatchString(tex) {
		return false
	}
	r.flush()
	r.endUnder(level)
	if !r.belowTask() || !r.push1(env{mark: "solution", box: true, runIn: true, level: level}) {
		return false
	}
	r.b.Open(page.Block{Kind: page.Box, Line: int32(line), Mark: "solution", Text: r.titleOf(tex)})
	return true
}

var solvedHead = regexp.MustCompile(`(?i)^\s*(?:(?:my|your)\s+)?(?:solution|answer|lösung|antwort|solución|respuesta|corrigé|réponse|решение|ответ)\s*[.:]?\s*$`)

// belowTask tells whether the last block that stands on the page itself is a task.
func (r *reader) belowTask() bool {
	blocks := r.b.Page().Blocks
	if r.b.Depth() > 0 || len(blocks) == 0 {
		return false
	}
	last := len(blocks) - 1
	for blocks[last].Parent >= 0 {
		last = int(blocks[last].Parent)
	}
	return blocks[last].Kind == page.Box && asking[blocks[last].Mark]
}

// titleOf reads a title as one line of Markdown. Answers in its blanks are not shown
// below it, as those of a text are.
func (r *reader) titleOf(tex string) string {
	given, at := r.given, r.givenAt
	text := r.inlineOf(tex)
	r.given, r.givenAt = given, at
	return text
}

// block adds a paragraph of its own.
func (r *reader) block(line int, tex string) {
	if r.inline > 0 {
		r.raw(" " + r.inlineOf(tex) + " ")
		return
	}
	r.flush()
	text := r.inlineOf(tex)
	r.ready(line)
	r.b.Add(page.Block{Kind: page.Paragraph, Line: int32(line), Text: text})
	r.answers()
}
