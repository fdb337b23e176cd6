package markdown

import (
	"regexp"
	"strings"

	"lectern/decks/lecture/page"
)

var (
	learnHead   = regexp.MustCompile(`^[ \t]{0,3}#{1,6}[ \t]+!(end-)?([a-z][a-z-]*)[ \t]*$`)
	learnChoice = regexp.MustCompile(`^(?:([-*+])|(\w{1,2})\||(\d{1,2})[.)])(?:[ \t]+(.*))?$`)
	learnField  = regexp.MustCompile(`^[*-][ \t]+(type|title):[ \t]*(.*)$`)
)

// learnMark reads a heading that is a mark of a Learn lesson: "### !challenge"
// begins a question with its parts, others begin a box.
func (r *reader) learnMark(lines []line) int {
	m := learnHead.FindStringSubmatch(lines[0].text)
	if m == nil {
		return 0
	}
	r.flush()
	switch {
	case m[1] != "":
		r.closeBox("!" + m[2])
	case m[2] == "challenge":
		if n := learnEnd(lines); n > 0 {
			r.learn(lines[0].no, lines[1:n-1])
			return n
		}
	default:
		name, _, _ := strings.Cut(m[2], "-")
		r.openBox("!"+m[2], page.Block{Mark: name, Line: int32(lines[0].no)})
	}
	return 1
}

// learnEnd is the number of lines of a challenge, 0 when it does not end.
func learnEnd(lines []line) int {
	for k, l := range lines[1:] {
		if m := learnHead.FindStringSubmatch(l.text); m != nil && m[2] == "challenge" {
			if m[1] == "" {
				return 0
			}
			return k + 2
		}
	}
	return 0
}

// learn reads what stands in a challenge.
func (r *reader) learn(no int, lines []line) {
	c := learn{fields: map[string]string{}}
	for k := 0; k < len(lines); {
		m := learnHead.FindStringSubmatch(lines[k].text)
		if m == nil || m[1] != "" {
			if f := learnField.FindStringSubmatch(lines[k].text); f != nil && len(c.ps) == 0 {
				c.fields[f[1]] = f[2]
			}
			k++
			continue
		}
		end := k + 1
		for end < len(lines) && !learnHead.MatchString(lines[end].text) {
			end++
		}
		c.section(m[2], lines[k+1:end])
		k = end
	}
	mark, ps := c.finish()
	if len(ps) == 0 {
		return
	}
	head := c.fields["title"]
	if page.Plain(head) == page.Plain(firstText(ps[0].lines)) {
		head = ""
	}
	r.question(no, mark, head, ps)
}

func firstText(lines []line) string {
	for _, l := range lines {
		if l.text != "" {
			return l.text
		}
	}
	return ""
}

// learn is a challenge that is being read.
type learn struct {
	fields map[string]string
	ps     parts
	answer []line
}

func (c *learn) section(name string, lines []line) {
	switch {
	case blank(lines):
	case name == "question" || name == "instructions":
		c.ps.add(stemPart, lines...)
	case name == "options":
		c.ps = append(c.ps, learnChoices(lines)...)
	case name == "answer":
		c.answer = lines
		c.ps.add(solutionPart, lines...)
	case strings.HasPrefix(name, "hint"):
		c.ps.add(hintPart, lines...)
	case strings.HasPrefix(name, "explanation"), name == "rubric":
		c.ps.add(whyPart, lines...)
	case name == "placeholder":
		if code := inFences(lines); len(code) > 0 { // what the answer begins with
			c.ps.add(stemPart, code...)
		}
	}
}

// finish ticks the choices that the answer names. Of a question without choices and
// answer the explanation is the answer.
func (c *learn) finish() (string, parts) {
	switch {
	case c.ps.has(choicePart):
		if tickAnswers(c.ps, c.answer) {
			c.ps = c.ps.without(solutionPart)
		}
		return "quiz", c.ps
	case !c.ps.has(solutionPart):
		for i := range c.ps {
			if c.ps[i].is == whyPart {
				c.ps[i].is = solutionPart
			}
		}
	}
	switch kind := c.fields["type"]; {
	case strings.Contains(kind, "code"), strings.Contains(kind, "project"), strings.Contains(kind, "sql"), strings.Contains(kind, "upload"):
		return "exercise", c.ps
	}
	return "question", c.ps
}

func (ps parts) without(is partKind) parts {
	var rest parts
	for _, p := range ps {
		if p.is != is {
			rest = append(rest, p)
		}
	}
	return rest
}

// inFences are the lines that stand in code, with the marks around them.
func inFences(lines []line) []line {
	var code []line
	var f fences
	for _, l := range lines {
		if f.inside(l.text) {
			code = append(code, l)
		}
	}
	return code
}

// learnChoices divides options into choices: each begins with a bullet or a letter
// and a bar. A choice's letter is kept before its first line, for the answer.
func learnChoices(lines []line) parts {
	var ps parts
	for _, l := range lines {
		if m := learnChoice.FindStringSubmatch(l.text); m != nil {
			ps.add(choicePart, line{m[4], l.no, false})
			continue
		}
		if len(ps) > 0 {
			ps.more(choicePart, line{dedent(l.text, 2), l.no, l.hard})
		}
	}
	return ps
}

// tickAnswers ticks the choices that an answer lists by their words, letters or
// numbers and tells whether there are some.
func tickAnswers(ps parts, answer []line) bool {
	said := map[string]bool{}
	for _, l := range answer {
		m := learnChoice.FindStringSubmatch(strings.TrimSpace(l.text))
		switch {
		case m == nil:
			said[strings.TrimSpace(l.text)] = true
		case m[4] == "":
			said[strings.ToLower(m[2])+"|"] = true
		default:
			said[m[4]] = true
		}
	}
	any, k := false, 0
	for i := range ps {
		if ps[i].is != choicePart {
			continue
		}
		letter, number := string(rune('a'+k%26))+"|", string(rune('1'+k%9))+"|"
		k++
		if text := strings.TrimSpace(firstText(ps[i].lines)); text != "" && said[text] || said[letter] || k < 10 && said[number] {
			ps[i].right, any = true, true
		}
	}
	return any
}
