package markdown

import (
	"regexp"
	"strings"
)

var quizdownOption = regexp.MustCompile(`^([ \t]*)(?:[-*+]|\d{1,3}[.)])[ \t]+\[([ xX])\][ \t]*(.*)$`)

// quizdownEnd is the number of lines up to the one that ends a quiz. Code may stand
// in it between the same marks.
func quizdownEnd(lines []line, mark string) int {
	var f fences
	for k := 1; k < len(lines); k++ {
		s := strings.TrimSpace(lines[k].text)
		if f.open == "" && strings.HasPrefix(s, mark) && strings.Trim(s, mark[:1]) == "" {
			return k
		}
		f.inside(lines[k].text)
	}
	return len(lines)
}

// quizdown reads a quiz in the notation of that name: each heading is a question;
// after it come hints as quotations and options with boxes.
func (r *reader) quizdown(body []line) {
	q := quizdown{r: r}
	for _, l := range afterHead(body) {
		q.line(l)
	}
	q.end()
}

// afterHead leaves out the settings of a quiz.
func afterHead(body []line) []line {
	for len(body) > 0 && body[0].text == "" {
		body = body[1:]
	}
	if len(body) == 0 || strings.TrimSpace(body[0].text) != "---" {
		return body
	}
	for k := 1; k < len(body) && k < 60; k++ {
		if strings.TrimSpace(body[k].text) == "---" {
			return body[k+1:]
		}
	}
	return body
}

type quizdown struct {
	r      *reader
	begun  bool
	no     int
	ps     parts
	fences fences
	indent int  // of the last option
	gap    bool // a blank line stands before
}

func (q *quizdown) end() {
	switch {
	case q.begun:
		q.r.question(q.no, "quiz", "", q.ps)
	case len(q.ps) > 0:
		for _, p := range q.ps {
			q.r.sub(p.lines)
		}
	}
	q.ps = nil
}

// last is the kind of the part before, of code the one it stands in.
func (q *quizdown) last() partKind {
	if len(q.ps) == 0 {
		return stemPart
	}
	return q.ps[len(q.ps)-1].is
}

func (q *quizdown) line(l line) {
	code := q.fences.inside(l.text)
	bare := strings.TrimSpace(l.text)
	if bare == "" && !code {
		q.gap = true
		if q.last() == stemPart || q.last() == whyPart {
			q.ps.more(q.last(), line{"", l.no, false})
		}
		return
	}
	gap := q.gap
	q.gap = false
	if code {
		q.ps.more(q.follows(l, gap), l)
		return
	}
	if m := atxHeading.FindStringSubmatch(bare); m != nil {
		q.end()
		q.begun, q.no = true, l.no
		q.ps.add(stemPart, line{m[2], l.no, false}, line{"", l.no, false})
		return
	}
	if m := quizdownOption.FindStringSubmatch(l.text); m != nil && q.begun {
		q.indent = indentOf(l.text)
		q.ps.add(choicePart, line{m[3], l.no, false})
		q.ps[len(q.ps)-1].right = m[2] != " "
		return
	}
	if rest, ok := strings.CutPrefix(bare, ">"); ok && q.begun {
		is := hintPart
		if (q.last() == choicePart || q.last() == feedbackPart) && indentOf(l.text) > q.indent {
			is = feedbackPart
		}
		q.ps.more(is, line{strings.TrimPrefix(rest, " "), l.no, l.hard})
		return
	}
	q.ps.more(q.follows(l, gap), l)
}

// follows tells to what part a line belongs that has no mark of its own.
func (q *quizdown) follows(l line, gap bool) partKind {
	last := q.last()
	switch {
	case last == stemPart || last == whyPart:
		return last
	case !gap || indentOf(l.text) > q.indent+1 && last != hintPart:
		return last
	case q.ps.has(choicePart):
		return whyPart
	}
	return stemPart
}
