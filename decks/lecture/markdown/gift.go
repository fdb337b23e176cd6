package markdown

import (
	"regexp"
	"strings"
)

var (
	giftInfo   = regexp.MustCompile(`(?i)^\{?gift\b`)
	giftTitle  = regexp.MustCompile(`^::((?:[^:\\]|\\.|:[^:])*)::`)
	giftWeight = regexp.MustCompile(`^%(-?[\d.]+)%`)
	giftFormat = regexp.MustCompile(`^\[(?:html|moodle|plain|markdown)\]`)
)

// gift reads a quiz in Moodle's notation and tells whether it is one: questions with
// blank lines between them, their answers in braces.
func (r *reader) gift(body []line) bool {
	open := false
	for _, l := range body {
		open = open || strings.Contains(l.text, "{")
	}
	if !open {
		return false
	}
	for len(body) > 0 {
		n := 0
		for n < len(body) && body[n].text != "" {
			n++
		}
		var rest []line
		for _, l := range body[:n] {
			if !strings.HasPrefix(l.text, "//") && !strings.HasPrefix(l.text, "$CATEGORY") {
				rest = append(rest, l)
			}
		}
		if len(rest) > 0 {
			r.giftQuestion(rest)
		}
		body = body[min(n+1, len(body)):]
	}
	return true
}

// giftQuestion reads one question, character by character; "\" takes its meaning
// from the next.
func (r *reader) giftQuestion(lines []line) {
	no, head := lines[0].no, ""
	first := lines[0].text
	if m := giftTitle.FindStringSubmatch(first); m != nil {
		head, first = m[1], strings.TrimSpace(first[len(m[0]):])
	}
	first = giftFormat.ReplaceAllString(first, "")
	g := gift{is: stemPart}
	for k, l := range lines {
		text := l.text
		if k == 0 {
			text = first
		}
		g.line(text, l.no)
	}
	g.finish()
	r.question(no, "quiz", head, g.ps)
}

// gift is a question that is being read.
type gift struct {
	ps    parts
	is    partKind
	in    bool // within braces
	words strings.Builder
	wrong bool // some answer is
}

func (g *gift) line(text string, no int) {
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '\\' && i+1 < len(text):
			i++
			g.words.WriteByte(text[i])
		case !g.in && c == '{':
			g.put(no)
			g.in, g.is = true, solutionPart
		case g.in && c == '}':
			g.put(no)
			g.in, g.is = false, stemPart
		case g.in && (c == '=' || c == '~'):
			g.put(no)
			g.is = choicePart
			g.wrong = g.wrong || c == '~'
			w := giftWeight.FindStringSubmatch(text[i+1:])
			right := c == '=' || w != nil && w[1][0] != '-' && strings.Trim(w[1], "0.") != ""
			g.ps = append(g.ps, part{is: choicePart, right: right})
			if w != nil {
				i += len(w[0])
			}
		case g.in && strings.HasPrefix(text[i:], "####"):
			g.put(no)
			g.is = whyPart
			i += 3
		case g.in && c == '#' && g.is == choicePart:
			g.put(no)
			g.is = feedbackPart
		default:
			g.words.WriteByte(c)
		}
	}
	g.put(no)
}

// put adds the words read so far to the part they belong to.
func (g *gift) put(no int) {
	text := strings.TrimSpace(g.words.String())
	g.words.Reset()
	if text != "" {
		g.ps.more(g.is, line{text, no, false})
	}
}

// finish gives words that stand alone in braces their meaning: true, false, or a
// number. Answers that are all right are no choices.
func (g *gift) finish() {
	var ps parts
	for _, p := range g.ps {
		switch {
		case p.is == choicePart && len(p.lines) == 0:
			continue
		case p.is == choicePart && !g.wrong:
			p.is = solutionPart
		case p.is == solutionPart && len(p.lines) == 1:
			no := p.lines[0].no
			switch word := strings.ToUpper(p.lines[0].text); word {
			case "T", "TRUE", "F", "FALSE":
				yes := word[0] == 'T'
				ps = append(ps, part{is: choicePart, right: yes, lines: []line{{"True", no, false}}}, part{is: choicePart, right: !yes, lines: []line{{"False", no, false}}})
				continue
			}
			p.lines = []line{{strings.TrimPrefix(p.lines[0].text, "#"), no, false}}
		}
		ps = append(ps, p)
	}
	g.ps = ps
}
