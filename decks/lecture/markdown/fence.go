package markdown

import (
	"regexp"
	"strings"

	"lectern/decks/lecture/page"
)

var (
	directive    = regexp.MustCompile(`^\{([\w:.+-]+)\}[ \t]*(.*)$`)
	chunk        = regexp.MustCompile(`^\{\.?(r|python|julia|bash|sql|octave|stan|js|css|[\w.]+\s+\.input)\b([^}]*)\}`)
	option       = regexp.MustCompile(`^:([\w-]+):[ \t]*(.*)$`)
	hiddenChunk  = regexp.MustCompile(`(?:include|echo)\s*=\s*F`)
	quizdownInfo = regexp.MustCompile(`^\{?quizdown\b`)
	infoWord     = regexp.MustCompile(`[\w+#-]+`)
)

// fenceMark takes apart a line that begins or ends code: what stands before its mark,
// the mark of three or more ` or ~, and what stands behind.
func fenceMark(text string) (lead, mark, info string, ok bool) {
	bare := strings.TrimLeft(text, " \t")
	if len(bare) < 3 || bare[0] != '`' && bare[0] != '~' {
		return "", "", "", false
	}
	rest := strings.TrimLeft(bare, bare[:1])
	mark, lead = bare[:len(bare)-len(rest)], text[:len(text)-len(bare)]
	if len(mark) < 3 || strings.Contains(rest, "`") {
		return "", "", "", false
	}
	return lead, mark, strings.TrimLeft(rest, " \t"), true
}

func isFence(text string) bool {
	_, _, _, ok := fenceMark(text)
	return ok
}

// fenced reads what stands between lines of ``` or ~~~: code, or a directive
// whose lines are Markdown.
func (r *reader) fenced(lines []line, bare string) int {
	if bare[0] != '`' && bare[0] != '~' {
		return 0
	}
	lead, mark, info, ok := fenceMark(lines[0].text)
	if !ok {
		return 0
	}
	indent := indentOf(lead)
	end := len(lines)
	for k := 1; k < len(lines); k++ {
		s := strings.TrimSpace(lines[k].text)
		if strings.HasPrefix(s, mark) && strings.Trim(s, mark[:1]) == "" {
			end = k
			break
		}
	}
	quiz := quizdownInfo.MatchString(info)
	if quiz {
		end = quizdownEnd(lines, mark)
	}
	body := make([]line, 0, end-1)
	for _, l := range lines[1:end] {
		body = append(body, line{dedent(l.text, indent), l.no, l.hard})
	}
	r.flush()
	switch {
	case quiz:
		r.quizdown(body)
	case giftInfo.MatchString(info) && r.gift(body):
	default:
		r.fence(lines[0].no, info, body)
	}
	return min(end+1, len(lines))
}

func (r *reader) fence(no int, info string, body []line) {
	if c := chunk.FindStringSubmatch(info); c != nil {
		r.chunk(no, strings.Fields(strings.TrimPrefix(c[1], "."))[0], c[2], body)
		return
	}
	d := directive.FindStringSubmatch(info)
	if d == nil {
		r.b.AddCode(no, infoWord.FindString(info), joined(body))
		return
	}
	r.directive(no, strings.ToLower(d[1]), d[2], body)
}

// directive reads one of MyST's.
func (r *reader) directive(no int, name, arg string, body []line) {
	class := ""
	for len(body) > 0 {
		o := option.FindStringSubmatch(body[0].text)
		if o == nil {
			break
		}
		if o[1] == "class" {
			class = o[2]
		}
		body = body[1:]
	}
	if gate, ok := strings.CutSuffix(name, "-start"); ok { // a directive whose end has a line of its own
		r.openBox("gate "+gate, page.Block{Mark: strings.TrimSpace(gate + " " + classWords(class)), Line: int32(no)})
		return
	}
	if gate, ok := strings.CutSuffix(name, "-end"); ok {
		r.closeBox("gate " + gate)
		return
	}
	switch name {
	case "code", "code-block", "code-cell", "sourcecode", "ipython", "prompt":
		r.b.AddCode(no, infoWord.FindString(arg), joined(body))
	case "math":
		r.b.Add(page.Block{Kind: page.Formula, Text: arg + "\n" + joined(body), Line: int32(no)})
	case "figure", "image":
		r.b.Add(page.Block{Text: "![](" + strings.ReplaceAll(arg, " ", "%20") + ")", Line: int32(no)})
		r.sub(body)
	case "toctree", "tableofcontents", "contents", "raw", "bibliography", "index", "literalinclude", "include", "iframe", "youtube", "mermaid", "glossary":
	default:
		r.b.Open(page.Block{Kind: page.Box, Mark: strings.TrimSpace(name + " " + classWords(class)), Text: title(arg), Line: int32(no)})
		r.sub(body)
		r.b.Close()
	}
}

func joined(lines []line) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(l.text)
	}
	return b.String()
}

func classWords(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == ' ' || r == '.' || r == ',' || r == '#' }), " ")
}
