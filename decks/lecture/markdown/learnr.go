package markdown

import (
	"regexp"
	"strings"

	"lectern/decks/lecture/page"
)

var (
	exerciseChunk = regexp.MustCompile(`\bexercise\s*=\s*T`)
	helpChunk     = regexp.MustCompile(`^(.+)-(hint|solution|check|code-check|error-check|setup)(?:-\d+)?$`)
)

// chunk reads a chunk of R Markdown. Those of learnr's tutorials are more than
// code: questions of a quiz, and hints, solutions and checks of an exercise above.
func (r *reader) chunk(no int, lang, options string, body []line) {
	label := chunkLabel(options)
	if lang == "r" && r.learnrQuiz(body) {
		return
	}
	exercise := exerciseChunk.MatchString(options)
	if exercise {
		r.exercises[label] = true
	}
	m := helpChunk.FindStringSubmatch(label)
	switch {
	case exercise, m == nil && label != "setup" && !hiddenChunk.MatchString(options):
		r.b.AddCode(no, lang, joined(body))
	case m == nil, blank(body):
	case m[2] == "hint" || m[2] == "solution":
		r.b.Open(page.Block{Kind: page.Box, Mark: m[2], Line: int32(no)})
		r.b.AddCode(no, lang, joined(body))
		r.b.Close()
	case !r.exercises[m[1]] && !hiddenChunk.MatchString(options):
		r.b.AddCode(no, lang, joined(body))
	}
}

// chunkLabel is the name of a chunk: " vector, exercise=TRUE".
func chunkLabel(options string) string {
	for f := range strings.SplitSeq(options, ",") {
		f = strings.TrimSpace(f)
		if name, ok := strings.CutPrefix(f, "label"); ok && strings.HasPrefix(strings.TrimSpace(name), "=") {
			return strings.Trim(strings.TrimSpace(name), `= "'`)
		}
		if f != "" && !strings.Contains(f, "=") {
			return f
		}
	}
	return ""
}

// learnrQuiz reads the questions of a chunk and tells whether it has some.
func (r *reader) learnrQuiz(body []line) bool {
	src := joined(body)
	if !strings.Contains(src, "question") || !strings.Contains(src, "answer") {
		return false
	}
	found := questionCalls(rSource(src), nil)
	any := false
	for _, c := range found {
		if ps := learnrParts(c, body); ps.has(stemPart) {
			r.question(ps[0].line(), "quiz", "", ps)
			any = true
		}
	}
	return any
}

// questionCalls finds calls of question() and its kin.
func questionCalls(args []rArg, found []rCall) []rCall {
	for _, a := range args {
		for _, c := range a.calls {
			if c.name == "question" || strings.HasPrefix(c.name, "question_") {
				found = append(found, c)
			} else {
				found = questionCalls(c.args, found)
			}
		}
	}
	return found
}

// answerCalls finds the answers of a question.
func answerCalls(args []rArg, found []rCall) []rCall {
	for _, a := range args {
		for _, c := range a.calls {
			if c.name == "answer" {
				found = append(found, c)
			} else {
				found = answerCalls(c.args, found)
			}
		}
	}
	return found
}

// learnrParts are the parts of a question. One that asks for words or a number has
// no choices: its right answer is the solution.
func learnrParts(c rCall, body []line) parts {
	var ps parts
	for _, a := range c.args {
		if t, ok := a.strings(); ok && (a.name == "" || a.name == "text") && !ps.has(stemPart) && len(answerCalls([]rArg{a}, nil)) == 0 {
			ps.add(stemPart, textLines(t, body)...)
		} else if ok && a.name == "message" {
			ps.add(whyPart, textLines(t, body)...)
		}
	}
	kind, _ := c.named("type")
	free := c.name == "question_text" || c.name == "question_numeric" || strings.Contains(kind.src, "text") || strings.Contains(kind.src, "numeric")
	for _, a := range answerCalls(c.args, nil) {
		t, ok := answerText(a)
		switch {
		case !ok || free && !a.yes("correct"):
			continue
		case free:
			ps.add(solutionPart, textLines(t, body)...)
			continue
		}
		ps = append(ps, part{is: choicePart, right: a.yes("correct"), lines: textLines(t, body)})
		if m, ok := a.named("message"); ok {
			if t, ok := m.strings(); ok {
				ps.add(feedbackPart, textLines(t, body)...)
			}
		}
	}
	ps.sort()
	return ps
}

// answerText is what an answer says: a string, or a number as it stands.
func answerText(c rCall) (rText, bool) {
	for _, a := range c.args {
		if a.name != "" && a.name != "text" {
			continue
		}
		if t, ok := a.strings(); ok {
			return t, true
		}
		return rText{a.src, a.line, a.line}, a.src != ""
	}
	return rText{}, false
}

// textLines divides a string of a chunk into lines that know where they stand.
func textLines(t rText, body []line) []line {
	var lines []line
	for s := range strings.SplitSeq(t.text, "\n") {
		at := min(t.line+len(lines), t.end, len(body)-1)
		lines = append(lines, line{strings.TrimRight(s, " \t"), body[at].no, false})
	}
	return lines
}
