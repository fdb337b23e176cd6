package markdown

import (
	"regexp"
	"strconv"
	"strings"

	"lectern/decks/lecture/page"
)

var campHead = regexp.MustCompile(`^(#{1,6})[ \t]+--([a-z][a-z-]*)--[ \t]*$`)

// campTop are the headings of freeCodeCamp's markup that begin a section of a page.
var campTop = map[string]bool{"description": true, "instructions": true, "assignment": true, "questions": true, "question": true, "hints": true, "seed": true,
	"solutions": true, "explanation": true, "transcript": true, "interactive": true, "notes": true, "scene": true, "fill-in-the-blank": true, "before-all": true,
	"after-all": true, "before-each": true, "after-each": true, "before-hook": true, "after-hook": true}

// campSection is what stands under such a heading.
type campSection struct {
	name  string
	no    int
	lines []line
}

// camp reads the rest of a page in freeCodeCamp's markup.
func (r *reader) camp(lines []line) int {
	m := campHead.FindStringSubmatch(lines[0].text)
	if m == nil || !campTop[m[2]] {
		return 0
	}
	r.flush()
	sections := campSections(lines, func(name string) bool { return campTop[name] })
	has := map[string]bool{}
	for _, s := range sections {
		has[s.name] = has[s.name] || !blank(s.lines)
	}
	asked := has["instructions"] || has["assignment"] || has["questions"] || has["question"] || has["fill-in-the-blank"]
	base := r.b.Depth()
	for _, s := range sections {
		switch s.name {
		case "hints", "seed", "solutions":
		default:
			r.b.CloseTo(base)
		}
		task := s.name == "instructions" || s.name == "assignment" || s.name == "description" && !asked && (has["seed"] || has["hints"])
		if task && !blank(s.lines) {
			r.b.Open(page.Block{Kind: page.Box, Mark: "exercise", Line: int32(s.no)})
		}
		r.campSection(s)
	}
	r.b.CloseTo(base)
	return len(lines)
}

func (r *reader) campSection(s campSection) {
	switch s.name {
	case "questions", "question", "fill-in-the-blank":
		r.campQuestions(s.lines)
	case "hints":
		r.campBox("hint", s)
	case "solutions":
		r.campBox("solution", s)
	case "seed":
		for _, in := range campSections(s.lines, anyName) {
			if in.name == "" || in.name == "seed-contents" {
				r.sub(withoutMarks(in.lines))
			}
		}
	case "scene":
	default:
		if !strings.HasPrefix(s.name, "before-") && !strings.HasPrefix(s.name, "after-") {
			r.sub(s.lines)
		}
	}
}

func anyName(string) bool { return true }

func (r *reader) campBox(mark string, s campSection) {
	if blank(s.lines) {
		return
	}
	r.b.Open(page.Block{Kind: page.Box, Mark: mark, Line: int32(s.no)})
	r.sub(withoutMarks(s.lines))
	r.b.Close()
}

// withoutMarks leaves out the lines that tell the site what part of code to open.
func withoutMarks(lines []line) []line {
	rest := make([]line, 0, len(lines))
	for _, l := range lines {
		if strings.TrimSpace(l.text) != "--fcc-editable-region--" {
			rest = append(rest, l)
		}
	}
	return rest
}

// campSections divides lines at the headings whose names begin a section; what
// stands before the first has no name.
func campSections(lines []line, begins func(name string) bool) []campSection {
	var all []campSection
	var f fences
	cur := campSection{no: 1}
	if len(lines) > 0 {
		cur.no = lines[0].no
	}
	from := 0
	for k, l := range lines {
		if f.inside(l.text) {
			continue
		}
		m := campHead.FindStringSubmatch(l.text)
		if m == nil || !begins(m[2]) {
			continue
		}
		if cur.lines = lines[from:k]; cur.name != "" || !blank(cur.lines) {
			all = append(all, cur)
		}
		cur, from = campSection{name: m[2], no: l.no}, k+1
	}
	cur.lines = lines[from:]
	return append(all, cur)
}

// campQuestions reads questions: their texts, answers and the number of the right
// one.
func (r *reader) campQuestions(lines []line) {
	var ps parts
	no := 0
	end := func() {
		if len(ps) > 0 {
			r.question(no, "quiz", "", ps)
		}
		ps = nil
	}
	for _, s := range campSections(lines, anyName) {
		switch s.name {
		case "text", "sentence", "":
			if blank(s.lines) {
				continue
			}
			end()
			no = s.no
			ps.add(stemPart, s.lines...)
		case "answers":
			ps = append(ps, campAnswers(s.lines)...)
		case "feedback":
			if !blank(s.lines) {
				ps = append(ps, feedbackAndMore(s.lines)...)
			}
		case "video-solution":
			tickNumber(ps, s.lines)
		case "blanks", "solution":
			ps.add(solutionPart, s.lines...)
		case "explanation":
			ps.add(whyPart, s.lines...)
		case "hint", "hints":
			ps.add(hintPart, s.lines...)
		}
		if no == 0 {
			no = s.no
		}
	}
	end()
}

// campAnswers divides answers at the lines between them.
func campAnswers(lines []line) parts {
	ps := parts{{is: choicePart}}
	var f fences
	for _, l := range lines {
		if !f.inside(l.text) && strings.TrimSpace(l.text) == "---" {
			ps.add(choicePart)
			continue
		}
		if at := len(ps) - 1; len(ps[at].lines) > 0 || l.text != "" {
			ps[at].lines = append(ps[at].lines, l)
		}
	}
	var all parts
	for _, p := range ps {
		if !blank(p.lines) {
			all = append(all, p)
		}
	}
	return all
}

// feedbackAndMore reads what is said of an answer; the answers that follow it stand
// under the same heading.
func feedbackAndMore(lines []line) parts {
	var f fences
	for k, l := range lines {
		if !f.inside(l.text) && strings.TrimSpace(l.text) == "---" {
			ps := parts{}
			if !blank(lines[:k]) {
				ps.add(feedbackPart, lines[:k]...)
			}
			return append(ps, campAnswers(lines[k+1:])...)
		}
	}
	return parts{{is: feedbackPart, lines: lines}}
}

// tickNumber ticks the choice of a number, from 1.
func tickNumber(ps parts, lines []line) {
	n, err := strconv.Atoi(strings.TrimSpace(firstText(lines)))
	if err != nil {
		return
	}
	for i := range ps {
		if ps[i].is == choicePart {
			if n--; n == 0 {
				ps[i].right = true
			}
		}
	}
}
