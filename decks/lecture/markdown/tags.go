package markdown

import (
	"regexp"
	"strings"

	"lectern/decks/lecture/page"
)

var (
	tagLine    = regexp.MustCompile(`^<(/?)([A-Za-z][\w.-]*)((?:\s[^<>]*)?)/?>`)
	tagStart   = regexp.MustCompile(`^<([A-Za-z][\w.-]*)\b`)
	classAttr  = regexp.MustCompile(`(?:class|className|data-type|type|id)\s*=\s*["']([^"']*)["']`)
	headTag    = regexp.MustCompile(`(?is)^<h([1-6])[^>]*>(.*?)</h[1-6]>`)
	summaryTag = regexp.MustCompile(`(?i)<summary[^>]*>`)
	component  = regexp.MustCompile(`^<([A-Z]\w*)\b`)
	optionsOf  = regexp.MustCompile(`(?:choices|answers|options)\s*=\s*\{`)
)

// dropped are elements whose contents are no text.
var dropped = map[string]bool{"script": true, "style": true, "svg": true, "iframe": true, "template": true, "noscript": true, "video": true, "audio": true}

// tag reads a line that begins with an HTML tag or a component.
func (r *reader) tag(lines []line, bare string) int {
	if n := r.elements(lines, bare); n > 0 {
		return n
	}
	if component.MatchString(bare) {
		if n := r.component(lines); n > 0 {
			return n
		}
	}
	if m := headTag.FindStringSubmatch(bare); m != nil {
		r.add(page.Block{Kind: page.Heading, Level: m[1][0] - '0', Text: title(m[2]), Line: int32(lines[0].no)})
		return 1
	}
	m := tagLine.FindStringSubmatch(bare)
	if m == nil {
		return r.brokenTag(lines)
	}
	name, rest := strings.ToLower(m[2]), bare[len(m[0]):]
	closing, whole := m[1] == "/", strings.HasSuffix(m[0], "/>")
	switch {
	case dropped[name] && !closing:
		r.flush()
		return until(lines, "</"+name)
	case name == "table" && !closing:
		return r.htmlTable(lines)
	case name == "br" || name == "hr" && !closing:
		r.flush()
		return r.after(lines, rest)
	case closing:
		if r.closeBox(name) {
			return r.after(lines, rest)
		}
		if boxTag(name) {
			r.flush()
			return r.after(lines, rest)
		}
		if rest == "" || rest[0] == '<' { // the end of what began lines above
			return r.after(lines, rest)
		}
	case (rest == "" || rest[0] == '<') && inlineTag[name]:
		return r.after(lines, rest)
	case name == "summary":
		return r.summary(lines, bare)
	case whole:
		if len(m[2]) > 0 && m[2][0] >= 'A' && m[2][0] <= 'Z' { // a component without words
			r.flush()
			return r.after(lines, rest)
		}
	case boxTag(name) || m[2][0] >= 'A' && m[2][0] <= 'Z':
		mark := name
		if c := classAttr.FindStringSubmatch(m[3]); c != nil && name != "details" {
			mark = strings.TrimSpace(classWords(c[1]))
		} else if name == "div" || name == "section" || name == "aside" {
			mark = ""
		}
		b := page.Block{Mark: mark, Line: int32(lines[0].no)}
		if t := attrName.FindStringSubmatch(m[3]); t != nil {
			b.Text = title(t[1])
		}
		if b.Mark != "" && b.Text == "" && name != "details" {
			if label, behind, n := labelIn(lines, rest); label != "" {
				b.Text = label
				r.openBox(name, b)
				return n + r.after(lines[n:], behind)
			}
		}
		r.openBox(name, b)
		return r.after(lines, rest)
	}
	return 0
}

// after reads what stands on a line after its tag.
func (r *reader) after(lines []line, rest string) int {
	if rest = strings.TrimSpace(rest); rest == "" {
		return 1
	}
	if strings.Count(rest, "<") > 200 { // nobody writes so
		return 1
	}
	one := append([]line{{rest, lines[0].no, false}}, lines[1:min(len(lines), 400)]...)
	return r.block(one, true)
}

// inlineTag are elements of text that some pages open on a line of their own.
var inlineTag = map[string]bool{"b": true, "i": true, "em": true, "strong": true, "p": true, "span": true, "center": true, "font": true, "small": true, "big": true, "u": true}

func boxTag(name string) bool {
	switch name {
	case "details", "div", "section", "aside", "article", "tabs", "tabitem":
		return true
	}
	return false
}

// summary reads the title of what opens.
func (r *reader) summary(lines []line, bare string) int {
	n := 0
	for n < len(lines) && n < 60 && !strings.Contains(lines[n].text, "</summary>") {
		n++
	}
	if n == len(lines) || n == 60 {
		return 0
	}
	head := summaryTag.ReplaceAllString(bare, "")
	var last, rest string
	if n == 0 {
		head, rest, _ = strings.Cut(head, "</summary>")
	} else {
		last, rest, _ = strings.Cut(lines[n].text, "</summary>")
	}
	r.flush()
	t := title(head)
	more := append([]line{}, lines[min(1, n):n]...)
	if n > 0 {
		more = append(more, line{last, lines[n].no, lines[n].hard})
	}
	for t == "" && len(more) > 0 {
		t, more = title(more[0].text), more[1:]
	}
	if len(r.open) > 0 && r.open[len(r.open)-1].by == "details" {
		r.b.Retitle(t)
	} else {
		r.b.Add(page.Block{Text: t, Line: int32(lines[0].no)})
	}
	if strings.TrimSpace(joined(more)) != "" { // a title of several blocks
		r.b.Open(page.Block{Kind: page.Box, Mark: "summary", Line: int32(more[0].no)})
		r.sub(more)
		r.b.Close()
	}
	if rest = strings.TrimSpace(rest); rest != "" {
		return n + r.after(lines[n:], rest)
	}
	return n + 1
}

// brokenTag reads a tag that goes on in the next lines.
func (r *reader) brokenTag(lines []line) int {
	m := tagStart.FindStringSubmatch(strings.TrimLeft(lines[0].text, " \t"))
	if m == nil || strings.Contains(lines[0].text, ">") {
		return 0
	}
	for n := 1; n < len(lines) && n < 40; n++ {
		if lines[n].text == "" {
			return 0
		}
		if at := strings.IndexByte(lines[n].text, '>'); at >= 0 {
			var head []string
			for _, l := range lines[:n] {
				head = append(head, strings.TrimSpace(l.text))
			}
			whole := strings.Join(append(head, lines[n].text[:at+1]), " ")
			r.flush()
			one := []line{{whole + lines[n].text[at+1:], lines[0].no, false}}
			if tagLine.MatchString(whole) {
				return n + r.block(append(one, lines[n+1:min(len(lines), n+400)]...), true)
			}
			return n + 1
		}
	}
	return 0
}

// htmlTable reads a table written in HTML.
func (r *reader) htmlTable(lines []line) int {
	r.flush()
	n := until(lines, "</table")
	var rows []string
	for _, row := range strings.Split(joined(lines[:n]), "<tr")[1:] {
		var cells []string
		for _, c := range cellTag.Split(row, -1)[1:] {
			cells = append(cells, oneLine(clean(c)))
		}
		if text := strings.Join(cells, " | "); strings.Trim(text, " |") != "" {
			rows = append(rows, "| "+text+" |")
		}
	}
	r.b.Add(page.Block{Kind: page.Table, Text: strings.Join(rows, "\n"), Line: int32(lines[0].no)})
	return n
}

var cellTag = regexp.MustCompile(`<t[dh][^>]*>`)

// until is the number of lines up to the one that has an end mark.
func until(lines []line, end string) int {
	for n, l := range lines {
		if n > 5000 {
			break
		}
		if strings.Contains(strings.ToLower(l.text), end) {
			return n + 1
		}
	}
	return 1
}
