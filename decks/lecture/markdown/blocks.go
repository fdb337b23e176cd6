package markdown

import (
	"regexp"
	"strings"

	"lectern/decks/lecture/page"
)

var (
	closeHeading = regexp.MustCompile(`^(#{2,6})([\p{L}\d*"«¿(].*?)[ \t]*#*$`) // as pages of old have it
	atxHeading   = regexp.MustCompile(`^ {0,3}(#{1,6})(?:[ \t]+(.*?))?[ \t]*#*[ \t]*$`)
	tableRule    = regexp.MustCompile(`^ {0,3}\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-*:?[ \t]*)+$`)
	// a footnote, or where a reference leads to
	linkTarget = regexp.MustCompile(`^ {0,3}\[(?:\^[^\]]+\]:[ \t]*\S|[^\]^][^\]]*\]:[ \t]*(?:\S*://.*|(?:<[^>]*>|\S+)(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^)]*\)))?[ \t]*)$)`)
	esLine     = regexp.MustCompile(`^(?:import\s.+\sfrom\s+['"].+|import\s+['"].+['"];?|export\s+(?:const|default|function)\b.*)$`)
	svelte     = regexp.MustCompile(`^\{[#:/](?:if|else|each)\b[^}]*\}$`)
	labelLine  = regexp.MustCompile("^:(?:label|width|height|numref):`[^`]*`$|^\\([\\w-]+\\)=$|^\\+\\+\\+(?:\\s.*)?$|^\\[\\[?toc\\]?\\]$")
	mathBegin  = regexp.MustCompile(`^\\begin\{(equation|align|gather|multline|eqnarray|displaymath|split)\*?\}`)
)

var (
	boldLead = regexp.MustCompile(`^(?:\*\*|__)[^*_]{2,60}(?:\*\*|__)`)
	// By these words a line begins the answer, whatever stands above it.
	answerLead = regexp.MustCompile(`(?i)^(?:\*{0,3}|_{0,2})(?:correct answer|right answer|answer|ответ|правильный ответ|lösung|antwort|respuesta|respuesta correcta|réponse|risposta|resposta|参考答案|正确答案|答案)\s*[:：]`)
)

// reader reads the lines of one level.
type reader struct {
	b     *page.Builder
	depth int // levels above
	open  []box
	para  []string // lines of the paragraph being read
	from  int      // its first line
	last  int      // the number of the last entry of the last list

	exercises map[string]bool // the names of learnr's exercises so far
	isLia     bool            // the page is written in LiaScript
}

// box is what is open until a line of its own closes it.
type box struct {
	by    string // "::: " or the name of a tag
	depth int    // of the builder before it was opened
}

// sub reads lines that lie within this level.
func (r *reader) sub(lines []line) {
	if r.depth >= page.MaxDepth {
		for _, l := range lines { // deeper than any page needs: only its words
			r.b.Add(page.Block{Text: clean(strings.TrimSpace(l.text)), Line: int32(l.no)})
		}
		return
	}
	(&reader{b: r.b, depth: r.depth + 1, exercises: r.exercises, isLia: r.isLia}).blocks(lines, true)
}

// flush ends the paragraph being read.
func (r *reader) flush() {
	if len(r.para) == 0 {
		return
	}
	if ownLines(r.para) {
		r.flushLines()
		return
	}
	text := clean(strings.Join(r.para, "\n"))
	r.para = r.para[:0]
	for part := range strings.SplitSeq(text, "\x00") { // a formula set apart stands between
		if f, ok := strings.CutPrefix(part, "\x01"); ok {
			r.b.Add(page.Block{Kind: page.Formula, Text: f, Line: int32(r.from)})
			continue
		}
		r.b.Add(page.Block{Text: oneLine(part), Line: int32(r.from)})
	}
}

func (r *reader) add(b page.Block) {
	r.flush()
	r.b.Add(b)
}

// blocks reads lines as a sequence of blocks. In lists and boxes indented code is
// not looked for: authors indent there as they like.
func (r *reader) blocks(lines []line, inner bool) {
	base := r.b.Depth()
	for i := 0; i < len(lines) && r.b.Err() == nil; {
		i += r.block(lines[i:], inner)
	}
	r.flush()
	r.b.CloseTo(base)
}

// block reads the block that begins at the first line and tells how many lines it
// took; lines of text join the paragraph being read.
func (r *reader) block(lines []line, inner bool) int {
	l := lines[0]
	bare := strings.TrimLeft(l.text, " \t\u00a0")
	if bare == "" {
		r.flush()
		return 1
	}
	if n := r.fenced(lines, bare); n > 0 {
		return n
	}
	if bare[0] == '[' {
		if n := r.lia(lines); n > 0 {
			return n
		}
	}
	indent := indentOf(l.text)
	if indent >= 4 && !inner && len(r.para) == 0 {
		return r.indented(lines)
	}
	switch bare[0] {
	case '#':
		m := atxHeading.FindStringSubmatch(strings.TrimLeft(l.text, " \t"))
		if m == nil && indent < 4 {
			m = closeHeading.FindStringSubmatch(bare)
		}
		if m != nil {
			if n := r.markedHeading(lines, m[2]); n > 0 {
				return n
			}
			r.closeHeaded(len(m[1]))
			if c := headingClass.FindStringSubmatch(m[2]); c != nil && r.depth == 0 {
				r.openBox("#######"[:len(m[1])], page.Block{Mark: strings.ToLower(c[1]), Text: title(m[2]), Line: int32(l.no)})
				return 1
			}
			r.add(page.Block{Kind: page.Heading, Level: uint8(len(m[1])), Text: title(m[2]), Line: int32(l.no)})
			return 1
		}
	case '>':
		return r.quote(lines)
	case '<':
		if n := r.tag(lines, bare); n > 0 {
			return n
		}
	case '{', ':', '(', '+':
		if n := r.mark(lines, bare); n > 0 {
			return n
		}
	case '!', '?', '=':
		if n := r.admonition(lines, bare); n > 0 {
			return n
		}
	case '/':
		if n := r.pymdown(lines, bare); n > 0 {
			return n
		}
	case '|':
		if strings.Count(bare, "|") > 1 {
			return r.table(lines)
		}
	case '$', '\\':
		if n := r.formula(lines, bare); n > 0 {
			return n
		}
	case '[':
		if linkTarget.MatchString(l.text) || labelLine.MatchString(strings.ToLower(bare)) {
			r.flush()
			return 1
		}
	case 'i', 'e':
		if len(r.para) == 0 && esLine.MatchString(l.text) {
			return 1
		}
	}
	if len(r.para) > 0 && strings.Trim(bare, "=") == "" && len(bare) > 1 {
		return r.underlined(1)
	}
	if len(r.para) > 0 && strings.Trim(bare, "-") == "" && len(bare) > 1 {
		return r.underlined(2)
	}
	if strings.Count(bare, "_") >= 8 && strings.Trim(bare, "_ ") == "" { // room for an answer
		r.flush()
		return 1
	}
	if rule(bare) {
		r.add(page.Block{Kind: page.Rule, Line: int32(l.no)})
		return 1
	}
	if m, ok := markOf(l.text); ok && (len(r.para) == 0 || m.interrupts() || r.goesOn(m)) && m.begins(lines) {
		return r.list(lines, m)
	}
	if len(lines) > 1 && strings.Contains(bare, "|") && tableRule.MatchString(lines[1].text) {
		return r.table(lines)
	}
	if len(r.para) == 0 {
		r.from = l.no
	}
	if l.hard && boldLead.MatchString(bare) || len(r.para) > 0 && answerLead.MatchString(bare) {
		r.flush() // "**Goal:** …", "**Tasks:**" on lines of one paragraph
		r.from = l.no
	}
	words, closed := r.closedBehind(bare)
	r.para = append(r.para, strings.TrimSuffix(words, "\\"))
	if closed != "" {
		r.closeBox(closed)
	}
	return 1
}

// markedHeading reads a heading that is a mark of some notation: "!challenge",
// "--description--".
func (r *reader) markedHeading(lines []line, text string) int {
	switch {
	case strings.HasPrefix(text, "!"):
		return r.learnMark(lines)
	case strings.HasPrefix(text, "--"):
		return r.camp(lines)
	}
	return 0
}

// headingClass is the class that makes a section an exercise: "### Size {: .exercise}".
var headingClass = regexp.MustCompile(`\{:?\s*(?:#[\w-]+\s+)?\.(exercise|challenge|problem|question|activity|solution|practice)\b[^{}]*\}\s*$`)

// closeHeaded ends the sections that are boxes at a heading of their level or above.
func (r *reader) closeHeaded(level int) {
	for k := len(r.open) - 1; k >= 0; k-- {
		by := r.open[k].by
		if by == "" || strings.Trim(by, "#") != "" {
			return // it lies within a box of another kind
		}
		if len(by) >= level {
			r.closeBox(by)
		}
	}
}

// underlined turns the paragraph being read into a heading.
func (r *reader) underlined(level uint8) int {
	text := title(strings.Join(r.para, " "))
	r.para = r.para[:0]
	r.b.Add(page.Block{Kind: page.Heading, Level: level, Text: text, Line: int32(r.from)})
	return 1
}

// indented reads code that is marked by its indent alone.
func (r *reader) indented(lines []line) int {
	var code []string
	n := 0
	for k, l := range lines {
		if l.text == "" {
			continue
		}
		if indentOf(l.text) < 4 {
			break
		}
		for len(code) < k {
			code = append(code, "")
		}
		code = append(code, dedent(l.text, 4))
		n = k + 1
	}
	r.b.AddCode(lines[0].no, "", strings.Join(code, "\n"))
	return n
}

// table reads rows until a line without a bar.
func (r *reader) table(lines []line) int {
	r.flush()
	var rows []string
	n := 0
	for n < len(lines) && strings.Contains(lines[n].text, "|") {
		if row := strings.TrimSpace(lines[n].text); !tableRule.MatchString(row) {
			rows = append(rows, "| "+strings.TrimSpace(strings.Trim(clean(row), "|"))+" |")
		}
		n++
	}
	r.b.Add(page.Block{Kind: page.Table, Text: strings.Join(rows, "\n"), Line: int32(lines[0].no)})
	return max(n, 1)
}

// formula reads a formula that stands on lines of its own.
func (r *reader) formula(lines []line, bare string) int {
	var open, end string
	switch {
	case strings.HasPrefix(bare, "$$"):
		open, end = "$$", "$$"
	case strings.HasPrefix(bare, `\[`):
		open, end = `\[`, `\]`
	default:
		m := mathBegin.FindStringSubmatch(bare)
		if m == nil {
			return 0
		}
		end = `\end{` + m[1]
	}
	text := strings.TrimPrefix(bare, open)
	var body []string
	for n := 0; n < len(lines) && n < 200; n++ {
		if n > 0 {
			text = strings.TrimSpace(lines[n].text)
		}
		if text == "" && n > 0 && len(body) > 0 && end == "$$" {
			return 0
		}
		at := strings.Index(text, end)
		if at < 0 {
			body = append(body, text)
			continue
		}
		rest := strings.TrimSpace(text[at+len(end):])
		if strings.HasPrefix(end, `\end`) {
			body = append(body, text)
			rest = ""
		} else {
			body = append(body, text[:at])
		}
		if rest != "" && !strings.HasPrefix(rest, "{") && strings.Trim(rest, ".,;*)") != "" {
			return 0 // a formula within text
		}
		r.add(page.Block{Kind: page.Formula, Text: strings.Join(body, "\n"), Line: int32(lines[0].no)})
		return n + 1
	}
	return 0
}

// rule tells a line across the page.
func rule(bare string) bool {
	s := strings.ReplaceAll(bare, " ", "")
	if len(s) < 3 || s[0] != '-' && s[0] != '*' && s[0] != '_' {
		return false
	}
	return strings.Trim(s, s[:1]) == ""
}

// indentOf counts the columns before a line's text.
func indentOf(s string) int {
	n := 0
	for _, r := range s {
		switch r {
		case ' ', '\u00a0':
			n++
		case '\t':
			n += 4 - n%4
		default:
			return n
		}
	}
	return n
}

// dedent takes up to n columns off the front of a line.
func dedent(s string, n int) string {
	col := 0
	for i, r := range s {
		if col >= n || r != ' ' && r != '\t' && r != '\u00a0' {
			return s[i:]
		}
		if r == '\t' {
			col += 4 - col%4
		} else {
			col++
		}
	}
	return ""
}
