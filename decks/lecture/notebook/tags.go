package notebook

import (
	"regexp"
	"slices"
	"strings"
)

// cellMagic begins a cell in another language than the kernel's.
var cellMagic = regexp.MustCompile(`^\s*%%(\w+)`)

var magics = map[string]string{
	"bash": "bash", "sh": "bash", "script": "bash", "cmd": "bash", "html": "html", "HTML": "html", "svg": "html", "SVG": "html", "javascript": "javascript", "js": "javascript",
	"latex": "latex", "markdown": "markdown", "perl": "perl", "ruby": "ruby", "sql": "sql", "R": "r", "julia": "julia", "cython": "python", "python": "python", "python3": "python",
}

// boxTags are tags that say what a cell is.
var boxTags = []string{"solution", "answer", "hint", "exercise", "question", "task", "problem", "challenge", "quiz"}

func (c *cell) has(tags ...string) bool {
	return slices.ContainsFunc(c.tags, func(t string) bool { return slices.Contains(tags, t) })
}

// box is the kind of box that a cell is by its tags; "" for none. A cell to be
// solved holds its solution unless it has only room for one.
func (c *cell) box() string {
	for _, t := range boxTags {
		if !c.has(t, t+"s") {
			continue
		}
		if (t == "solution" || t == "answer") && c.blank() {
			return ""
		}
		return t
	}
	switch {
	case c.solution && !c.blank():
		return "solution"
	case c.kind == "code" && (c.folded || c.has("hide-input", "hide-cell", "hide", "hidden", "collapse")):
		return "details"
	}
	return ""
}

var (
	roomWords = regexp.MustCompile(`(?i)your (?:code|answer|solution)|ваш (?:код|ответ)|ваше решение|notimplementederror|double[- ]?click to edit`)
	solved    = regexp.MustCompile(`(?i)#+\s*begin solution`)
	roomLine  = regexp.MustCompile(`^\s*(?:(?:#|//|--|%).*|pass|\.\.\.|raise NotImplementedError.*|(?:return|\w+\s*=)\s*(?:\.\.\.|None))?\s*$`)
)

// blank tells whether a cell has no more than room for an answer.
func (c *cell) blank() bool {
	text := c.source.text
	switch {
	case solved.MatchString(text):
		return false
	case roomWords.MatchString(text):
		return true
	case c.kind != "code":
		return strings.TrimSpace(text) == ""
	}
	for line := range strings.SplitSeq(text, "\n") {
		if !roomLine.MatchString(line) {
			return false
		}
	}
	return true
}
