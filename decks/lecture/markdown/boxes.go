package markdown

import (
	"regexp"
	"strings"

	"lectern/decks/lecture/page"
)

var (
	divLine        = regexp.MustCompile(`^(:{3,})[ \t]*(.*?)[ \t]*:*$`)
	divName        = regexp.MustCompile(`^\{?\.?([\w-]+)\}?[ \t]*(?:\[([^\]]*)\])?[ \t]*(.*)$`)
	attrName       = regexp.MustCompile(`(?:title|name|summary)\s*=\s*["']([^"']*)["']`)
	attrClass      = regexp.MustCompile(`(?:^|[\s{])\.([\w-]+)`)
	admonitionLine = regexp.MustCompile(`^(!!![+-]?|\?\?\?[+-]?|===[+!]?)[ \t]+([\w-]*(?:[ \t]+[\w-]+)*)[ \t]*(?:"([^"]*)")?$`)
	tabLine        = regexp.MustCompile(`^:(begin|end)_tab:`)
	liquid         = regexp.MustCompile(`^\{%-?\s*(\w+)\s*(.*?)\s*-?%\}(.*)$`)
	classedHeading = regexp.MustCompile(`^#{1,6}\s.*\{:?\s*\.([\w-]+)[^{}]*\}\s*$`)
	kramdown       = regexp.MustCompile(`^\{:\s*([^}]*)\}$`)
	alert          = regexp.MustCompile(`^\[!(\w+)\][+-]?[ \t]*(.*)$`)
	liquidStyle    = regexp.MustCompile(`style\s*=\s*["'](\w+)["']`)
)

// openBox opens a box that a line of its own closes.
func (r *reader) openBox(by string, b page.Block) {
	r.flush()
	r.open = append(r.open, box{by, r.b.Depth()})
	b.Kind = page.Box
	r.b.Open(b)
}

// closeBox closes the innermost box opened by such a line, with all in it.
func (r *reader) closeBox(by string) bool {
	for k := len(r.open) - 1; k >= max(0, len(r.open)-2*page.MaxDepth); k-- {
		if r.open[k].by == by {
			r.flush()
			r.b.CloseTo(r.open[k].depth)
			r.open = r.open[:k]
			return true
		}
	}
	return false
}

// mark reads lines that begin with one of { : ( + and are marks of a site's
// builder.
func (r *reader) mark(lines []line, bare string) int {
	no := int32(lines[0].no)
	switch {
	case strings.HasPrefix(bare, ":::"):
		m := divLine.FindStringSubmatch(bare)
		if m == nil {
			return 0
		}
		if m[2] == "" {
			r.closeBox(":::")
			return 1
		}
		return r.div(lines, m[2])
	case tabLine.MatchString(bare):
		if m := tabLine.FindStringSubmatch(bare); m[1] == "end" {
			r.closeBox("tab")
		} else {
			r.openBox("tab", page.Block{Mark: "tab", Line: no})
		}
		return 1
	case labelLine.MatchString(strings.ToLower(bare)), svelte.MatchString(bare), kramdown.MatchString(bare):
		r.flush()
		return 1
	case strings.HasPrefix(bare, "{%"):
		if m := liquid.FindStringSubmatch(bare); m != nil {
			return r.liquid(lines, m)
		}
	case strings.HasPrefix(bare, "{{") && strings.HasSuffix(bare, "}}"):
		r.shortcode(lines[0].no, bare)
		return 1
	}
	return 0
}

var (
	hugo      = regexp.MustCompile(`^\{\{[%<]\s*(/?)\s*([\w-]+)\s*(.*?)\s*/?[%>]\}\}$`)
	hugoBoxes = map[string]bool{"notice": true, "hint": true, "details": true, "expand": true, "callout": true, "admonition": true, "alert": true, "note": true, "tip": true,
		"warning": true, "exercise": true, "quiz": true, "question": true, "spoiler": true, "tab": true, "solution": true, "answer": true, "task": true, "challenge": true, "collapse": true, "panel": true}
	quotedArg = regexp.MustCompile(`"([^"]*)"`)
)

// shortcode reads one of Hugo's: those that open a box of text do so here, others
// go.
func (r *reader) shortcode(no int, bare string) {
	r.flush()
	m := hugo.FindStringSubmatch(bare)
	if m == nil || !hugoBoxes[strings.ToLower(m[2])] {
		return
	}
	name := strings.ToLower(m[2])
	if m[1] == "/" {
		r.closeBox("{{" + name)
		return
	}
	b := page.Block{Mark: strings.TrimSpace(name + " " + classWords(quotedArg.ReplaceAllString(m[3], ""))), Line: int32(no)}
	if q := quotedArg.FindStringSubmatch(m[3]); q != nil && name != "notice" {
		b.Text = title(q[1])
	}
	r.openBox("{{"+name, b)
}

// div opens a fenced div: "::: challenge", ":::{exercise} Title",
// ":::tip[Title]", `::: {.callout-tip title="…"}`.
func (r *reader) div(lines []line, head string) int {
	b := page.Block{Line: int32(lines[0].no)}
	if strings.HasPrefix(head, "{") && !directive.MatchString(head) {
		var words []string
		for _, m := range attrClass.FindAllStringSubmatch(head, -1) {
			words = append(words, strings.ToLower(m[1]))
		}
		if m := attrName.FindStringSubmatch(head); m != nil {
			b.Text = title(m[1])
		}
		b.Mark = strings.Join(words, " ")
		r.openBox(":::", b)
		return 1
	}
	m := divName.FindStringSubmatch(head)
	if m == nil {
		r.openBox(":::", b)
		return 1
	}
	b.Mark, b.Text = strings.ToLower(m[1]), title(m[2]+m[3])
	if b.Mark == "quizdown" {
		end := quizdownEnd(lines, ":::")
		r.flush()
		r.quizdown(lines[1:end])
		return min(end+1, len(lines))
	}
	if b.Mark == "math" || b.Mark == "code-block" || b.Mark == "figure" || b.Mark == "image" {
		end := 1
		for end < len(lines) && !(strings.HasPrefix(strings.TrimSpace(lines[end].text), ":::") && strings.Trim(strings.TrimSpace(lines[end].text), ":") == "") {
			end++
		}
		r.flush()
		r.directive(lines[0].no, b.Mark, m[3], lines[1:end])
		return min(end+1, len(lines))
	}
	r.openBox(":::", b)
	n := 1
	for n < len(lines) && n < 12 {
		o := option.FindStringSubmatch(strings.TrimSpace(lines[n].text))
		if o == nil {
			break
		}
		n++
	}
	return n
}

// liquid reads a tag of Jekyll or GitBook: hints and hidden parts become boxes,
// code becomes code, others go.
func (r *reader) liquid(lines []line, m []string) int {
	no := lines[0].no
	r.flush()
	switch name := strings.ToLower(m[1]); name {
	case "highlight":
		for n := 1; n < len(lines); n++ {
			if strings.Contains(lines[n].text, "endhighlight") {
				r.b.AddCode(no, infoWord.FindString(m[2]), joined(lines[1:n]))
				return n + 1
			}
		}
	case "hint", "details", "spoiler", "solution", "exercise", "challenge", "quiz", "tab", "admonition", "callout", "note":
		b := page.Block{Mark: name, Line: int32(no)}
		if s := liquidStyle.FindStringSubmatch(m[2]); s != nil && s[1] != "info" {
			b.Mark = s[1] + " " + name
		}
		if s := attrName.FindStringSubmatch(m[2]); s != nil {
			b.Text = title(s[1])
		} else if name != "hint" && !strings.Contains(m[2], "=") {
			b.Text = title(strings.Trim(m[2], `"'`))
		}
		r.openBox("%"+name, b)
	default:
		if end, ok := strings.CutPrefix(name, "end"); ok {
			r.closeBox("%" + end)
		}
	}
	return 1
}

// admonition reads what MkDocs marks by "!!! note" and indents.
func (r *reader) admonition(lines []line, bare string) int {
	m := admonitionLine.FindStringSubmatch(bare)
	if m == nil || m[2] == "" && m[3] == "" {
		return 0
	}
	base := indentOf(lines[0].text)
	n := 1
	for k := 1; k < len(lines); k++ {
		if lines[k].text == "" {
			continue
		}
		if indentOf(lines[k].text) < base+2 {
			break
		}
		n = k + 1
	}
	if n == 1 && m[1][0] == '=' {
		return 0
	}
	b := page.Block{Kind: page.Box, Mark: strings.ToLower(m[2]), Text: title(m[3]), Line: int32(lines[0].no)}
	switch m[1][0] {
	case '=':
		b.Mark = "tab"
	case '?':
		b.Mark = strings.TrimSpace("details " + b.Mark)
	}
	r.flush()
	r.b.Open(b)
	body := make([]line, 0, n-1)
	for _, l := range lines[1:n] {
		body = append(body, line{dedent(l.text, base+4), l.no, l.hard})
	}
	r.sub(body)
	r.b.Close()
	return n
}

// quote reads lines that begin with ">". With a class after it, as kramdown
// writes it, or an alert's mark in it, it is a box.
func (r *reader) quote(lines []line) int {
	r.flush()
	body := []line{}
	n := 0
	for n < len(lines) {
		s := strings.TrimLeft(lines[n].text, " \t\u00a0")
		rest, ok := strings.CutPrefix(s, ">")
		if !ok {
			if s == "" || n == 0 || starts(lines[n].text) || strings.TrimSpace(lines[n-1].text) == ">" {
				break
			}
			rest = s // goes on with the words above it
		}
		body = append(body, line{strings.TrimPrefix(rest, " "), lines[n].no, lines[n].hard})
		n++
	}
	b := page.Block{Kind: page.Quote, Line: int32(lines[0].no)}
	if n < len(lines) {
		if m := kramdown.FindStringSubmatch(strings.TrimSpace(lines[n].text)); m != nil {
			if words := classWords(m[1]); words != "" {
				b.Kind, b.Mark = page.Box, words
			}
			n++
		}
	}
	if m := classedHeading.FindStringSubmatch(body[0].text); m != nil && b.Kind == page.Quote {
		b.Kind, b.Mark = page.Box, strings.ToLower(m[1]) // as pandoc's pages have it
	}
	if m := alert.FindStringSubmatch(body[0].text); m != nil {
		b.Kind, b.Mark, b.Text = page.Box, strings.ToLower(m[1]), title(m[2])
		body = body[1:]
	}
	r.b.Open(b)
	r.sub(body)
	r.b.Close()
	return n
}
