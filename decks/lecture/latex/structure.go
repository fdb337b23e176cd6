package latex

import (
	"strings"

	"lectern/decks/lecture/page"
)

// sections are commands that are headings, with their levels.
var sections = map[string]int{
	"part": 1, "chapter": 1, "addchap": 1, "addpart": 1, "section": 2, "addsec": 2, "subsection": 3, "subsubsection": 4, "minisec": 4, "paragraph": 5, "subparagraph": 6,
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
	for _, known := range []string{"subsubsection", "subsection", "section", "chapter"} {
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
		r.heading(line, level, r.arg())
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
	if r.inline > 0 {
		r.raw(text + " ")
		return
	}
	r.flush()
	for i := len(r.envs) - 1; i >= 0 && level < 5; i-- {
		if r.envs[i].runIn {
			r.closeEnvs(i)
		}
	}
	r.ready(line)
	r.b.Add(page.Block{Kind: page.Heading, Level: uint8(level), Line: int32(line), Text: text})
}

// titleOf reads a title as one line of Markdown. Answers in its blanks are not shown
// below it, as those of a text are.
func (r *reader) titleOf(tex string) string {
	given := r.given
	text := r.inlineOf(tex)
	r.given = given
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
}
