package markdown

import (
	"regexp"
	"strings"
)

var (
	quizElement = regexp.MustCompile(`(?i)^<(quiz|question|quizquestion|multiplechoice|mcq)(?:[\s>]|$)`)
	partElement = regexp.MustCompile(`(?i)<(/?)(quiz|question|quizquestion|multiplechoice|mcq|answers?|options?|choices?|explanation|feedback|rationale|hint|solution|prompt|stem)\b((?:[^<>"'{]|"[^"<]*"|'[^'<]*'|\{[^{}<]*\})*?)(/?)>`)
	optionOpens = regexp.MustCompile(`(?i)<(?:answer|option|choice)\b`)
	rightAttr   = regexp.MustCompile(`(?i)(?:^|\s)(?:is-?)?(?:correct|right)(?:\s*=\s*[{"']*\s*(\w+))?`)
	stemAttr    = regexp.MustCompile(`(?i)(?:^|\s)(?:question|prompt|text|stem)\s*=\s*\{?(?:"([^"]*)"|'([^']*)')`)
	whyAttr     = regexp.MustCompile(`(?i)(?:^|\s)(?:explanation|feedback|explain|rationale)\s*=\s*\{?(?:"([^"]*)"|'([^']*)')`)
)

// elements reads a quiz that is written in elements of their own:
// <quiz><question>…<answer correct>…</answer></question></quiz>.
func (r *reader) elements(lines []line, bare string) int {
	m := quizElement.FindStringSubmatch(bare)
	if m == nil {
		return 0
	}
	body, rest, n := r.elementOf(lines, bare, strings.ToLower(m[1]))
	if n == 0 {
		return 0
	}
	r.flush()
	e := elements{r: r}
	for _, l := range body {
		e.line(l)
	}
	e.end()
	if rest = strings.TrimSpace(rest); rest != "" {
		return n - 1 + r.after(lines[n-1:], rest)
	}
	return n
}

// elementOf are the lines of an element that holds answers, what stands behind it on
// its last line, and the number of its lines: 0 when it is none. An element does not
// hold another of its name, so each line is searched once for a name.
func (r *reader) elementOf(lines []line, bare, name string) (body []line, rest string, n int) {
	options := false
	for k := range lines {
		text := lines[k].text
		if k == 0 {
			text = bare
		}
		low := strings.ToLower(text)
		if k > 0 && opensElement(low, name) {
			return nil, "", 0
		}
		options = options || optionOpens.MatchString(text)
		if at := strings.Index(low, "</"+name+">"); at >= 0 && len(low) == len(text) {
			stop := at + len(name) + 3
			body = append(body, line{text[:stop], lines[k].no, lines[k].hard})
			if !options {
				return nil, "", 0
			}
			return body, text[stop:], k + 1
		}
		body = append(body, line{text, lines[k].no, lines[k].hard})
	}
	return nil, "", 0
}

// opensElement tells whether a line opens an element of a name.
func opensElement(low, name string) bool {
	_, rest, ok := strings.Cut(low, "<"+name)
	return ok && (rest == "" || rest[0] == '>' || rest[0] == ' ' || rest[0] == '\t')
}

// elements is a quiz that is being read.
type elements struct {
	r      *reader
	fences fences
	ps     parts
	no     int
	is     partKind
	option bool   // within a choice
	why    string // what an attribute says of the choice
	given  int    // answers of the question
}

func (e *elements) end() {
	if e.given == 1 {
		for i := range e.ps {
			if e.ps[i].is == choicePart {
				e.ps[i].is = solutionPart // one answer is no choice
			}
		}
	}
	if e.ps.has(choicePart) || e.ps.has(solutionPart) {
		e.r.question(e.no, "quiz", "", e.ps)
	} else {
		for _, p := range e.ps {
			e.r.sub(p.lines)
		}
	}
	e.ps, e.no, e.is, e.option, e.why, e.given = nil, 0, stemPart, false, "", 0
}

func (e *elements) line(l line) {
	if e.fences.inside(l.text) {
		e.text(l.text, l)
		return
	}
	at := 0
	for _, m := range partElement.FindAllStringSubmatchIndex(l.text, -1) {
		if strings.Count(l.text[at:m[0]], "`")%2 == 1 {
			continue // in a span of code
		}
		e.text(strings.TrimSpace(l.text[at:m[0]]), l)
		at = m[1]
		name, attrs := strings.ToLower(l.text[m[4]:m[5]]), l.text[m[6]:m[7]]
		if m[3] > m[2] {
			e.closes(name, l)
		} else {
			e.opens(name, attrs, l)
			if m[9] > m[8] {
				e.closes(name, l)
			}
		}
	}
	if at == 0 {
		e.text(l.text, l)
	} else {
		e.text(strings.TrimSpace(l.text[at:]), l)
	}
}

// text adds words to the part being read.
func (e *elements) text(s string, l line) {
	if s == "" && (e.is != stemPart && len(e.ps) == 0 || l.text != "") {
		return
	}
	if e.no == 0 {
		e.no = l.no
	}
	e.ps.more(e.is, line{s, l.no, false})
}

func (e *elements) opens(name, attrs string, l line) {
	if e.no == 0 {
		e.no = l.no
	}
	switch name {
	case "answer", "option", "choice":
		e.is, e.option = choicePart, true
		e.given++
		e.ps.add(choicePart, line{"", l.no, false})
		if m := rightAttr.FindStringSubmatch(attrs); m != nil {
			e.ps[len(e.ps)-1].right = m[1] == "" || strings.EqualFold(m[1], "true") || m[1] == "1" || strings.EqualFold(m[1], "yes") || strings.EqualFold(m[1], "correct")
		}
		if m := whyAttr.FindStringSubmatch(attrs); m != nil {
			e.why = firstOf(m[1], m[2])
		}
	case "explanation", "feedback", "rationale":
		e.is = whyPart
		if e.option {
			e.is = feedbackPart
		}
	case "hint":
		e.is = hintPart
	case "solution":
		e.is = solutionPart
	case "answers", "options", "choices", "prompt", "stem":
	default: // a quiz or a question
		if len(e.ps) > 0 {
			e.end()
			e.no = l.no
		}
		if m := stemAttr.FindStringSubmatch(attrs); m != nil {
			e.ps.add(stemPart, line{firstOf(m[1], m[2]), l.no, false})
		}
	}
}

func (e *elements) closes(name string, l line) {
	switch name {
	case "answer", "option", "choice":
		if e.why != "" {
			e.ps.add(feedbackPart, line{e.why, l.no, false})
		}
		e.is, e.option, e.why = stemPart, false, ""
	case "explanation", "feedback", "rationale", "hint", "solution":
		e.is = stemPart
		if e.option {
			e.is = feedbackPart
		}
	case "answers", "options", "choices", "prompt", "stem":
	default:
		e.end()
	}
}
