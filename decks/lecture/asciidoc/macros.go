package asciidoc

import (
	"regexp"
	"strings"
	"unicode"

	"lectern/decks/lecture/page"
)

// bracket reads anchors, and the attributes before a mark, which are dropped.
func (w *line) bracket(s string) bool {
	switch {
	case strings.HasPrefix(s, "[["):
		end := strings.Index(s[:min(len(s), 300)], "]]")
		if end < 0 {
			return false
		}
		end += 2
		if strings.HasPrefix(s, "[[[") { // an entry of a bibliography
			id, _, _ := strings.Cut(s[3:end-2], ",")
			if strings.HasPrefix(s[end:], "]") {
				end++
			}
			return w.write(w.at+end, page.Escape("["+id+"]"))
		}
		return w.write(w.at+end, "")
	case len(s) > 2 && strings.IndexByte(".#", s[1]) >= 0:
		end := strings.IndexByte(s[:min(len(s), 200)], ']')
		if end < 0 || end+1 >= len(s) || strings.ContainsAny(s[:end], " \n") {
			return false
		}
		if strings.IndexByte("#*_`^~", s[end+1]) >= 0 || s[1] == '#' {
			return w.write(w.at+end+1, "")
		}
	}
	return false
}

// angle reads <<id,text>>, arrows and <https://…>.
func (w *line) angle(s string) bool {
	switch {
	case strings.HasPrefix(s, "<<"):
		end := strings.Index(s[:min(len(s), 500)], ">>")
		if end < 3 || unicode.IsSpace(rune(s[2])) {
			return false
		}
		id, text, _ := strings.Cut(s[2:end], ",")
		return w.write(w.at+end+2, w.crossReference(id, strings.TrimSpace(text)))
	case strings.HasPrefix(s, "<-"):
		return w.write(w.at+2, "←")
	case strings.HasPrefix(s, "<="):
		return w.write(w.at+2, "⇐")
	case strings.HasPrefix(s, "<http"):
		end := strings.IndexAny(s[:min(len(s), 2000)], "> \n")
		if end > 0 && s[end] == '>' {
			return w.write(w.at+end+1, page.Link("", s[1:end]))
		}
	}
	return false
}

// crossReference writes the text of a reference: its own, or the title of the
// section that it names.
func (w *line) crossReference(id, text string) string {
	if text != "" {
		return w.inner(strings.TrimSuffix(strings.Trim(text, `"`), "^"))
	}
	id = strings.TrimPrefix(strings.TrimSpace(id), "#")
	if title, ok := w.r.titles[id]; ok && w.depth < maxMarks {
		return w.inner(title)
	}
	if _, anchor, ok := strings.Cut(id, "#"); ok && anchor != "" {
		id = anchor
	}
	return page.Escape(id)
}

// macro reads name:target[text] and addresses; the colon is the present place.
func (w *line) macro(s string) bool {
	start := w.at
	for start > w.from && nameByte(w.s[start-1]) && w.at-start < 14 {
		start--
	}
	name := w.s[start:w.at]
	if strings.HasPrefix(s, "://") {
		switch name {
		case "http", "https", "ftp", "irc":
			return w.url(start)
		}
		return false
	}
	if name == "" || len(s) < 2 || s[1] == ':' || s[1] == ' ' {
		return false
	}
	if !macros[name] || start > 0 && nameByte(w.s[start-1]) {
		return false
	}
	open := 1
	for open < len(s) && open < 1000 && s[open] != '[' && s[open] != '\n' && (s[open] != ' ' || name == "image" || name == "menu" || name == "link") {
		open++
	}
	if open >= len(s) || s[open] != '[' {
		return false
	}
	n := w.r.closing(s[open:])
	if n == 0 {
		return false
	}
	target, text := s[1:open], strings.ReplaceAll(s[open+1:open+n-1], `\]`, "]")
	md, ok := w.expand(name, target, text)
	if !ok {
		return false
	}
	end := w.at + open + n
	w.at = start
	if name == "footnote" || name == "footnoteref" || name == "indexterm" {
		md = ""
	}
	return w.write(end, md)
}

func nameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

var macros = func() map[string]bool {
	m := map[string]bool{}
	for _, name := range strings.Fields("link xref mailto image icon kbd btn menu footnote footnoteref stem latexmath asciimath pass indexterm indexterm2 anchor term inline span") {
		m[name] = true
	}
	return m
}()

func (w *line) expand(name, target, text string) (string, bool) {
	if w.depth >= maxMarks {
		return "", false
	}
	switch name {
	case "link", "mailto":
		target = strings.Trim(w.r.resolve(target), "+")
		if name == "mailto" {
			target = "mailto:" + target
		}
		label := linkText(text)
		if label == "" {
			label = page.Escape(strings.TrimPrefix(target, "mailto:"))
			return page.Link(label, target), true
		}
		return page.Link(w.inner(label), target), true
	case "xref":
		return w.crossReference(target, linkText(text)), true
	case "image":
		if target == "" {
			return "", false
		}
		return w.r.picture(target, text), true
	case "kbd":
		return page.CodeSpan(strings.ReplaceAll(text, `\`, "")), true
	case "btn":
		return page.Mark("**", page.Escape(text), w.prev(), 0), true
	case "menu":
		path := target
		if text != "" {
			path += " › " + strings.ReplaceAll(text, " > ", " › ")
		}
		return page.Mark("**", page.Escape(path), 0, 0), true
	case "stem", "latexmath", "asciimath":
		return page.MathSpan(strings.Trim(text, "$")), true
	case "pass":
		return page.Escape(tags.ReplaceAllString(text, "")), true
	case "indexterm2", "term", "span", "inline":
		return w.inner(text), true
	}
	return "", true // icon, footnote, anchor
}

// tags are of HTML that is passed on as it stands.
var tags = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)

// linkText takes the text out of a link's brackets, which may hold attributes too.
func linkText(s string) string {
	if strings.Contains(s, "=") {
		parts := splitList(s)
		if name, _, ok := strings.Cut(parts[0], "="); ok && !strings.ContainsAny(name, ` "`) {
			return ""
		}
		if strings.HasPrefix(s, `"`) || len(parts) > 1 && strings.Contains(parts[len(parts)-1], "=") {
			s = parts[0]
		}
	}
	s = strings.TrimSpace(s)
	if len(s) > 1 && s[0] == '"' && s[len(s)-1] == '"' {
		s = s[1 : len(s)-1]
	}
	return strings.TrimSuffix(s, "^")
}

// url reads an address with the text of its link behind it, if there is one.
func (w *line) url(start int) bool {
	if start > 0 && (isWord(rune(w.s[start-1])) || w.s[start-1] == '\\') {
		return false
	}
	end := w.at + 3
	for end < len(w.s) && w.s[end] > ' ' && strings.IndexByte("[]<>\"`", w.s[end]) < 0 {
		end++
	}
	if end == w.at+3 {
		return false
	}
	if end < len(w.s) && w.s[end] == '[' {
		if n := w.r.closing(w.s[end:]); n > 0 {
			address := w.r.resolve(w.s[start:end])
			label := linkText(w.s[end+1 : end+n-1])
			if w.depth < maxMarks {
				label = w.inner(label)
			}
			w.at = start
			return w.write(end+n, page.Link(label, address))
		}
	}
	for end > w.at+3 && strings.IndexByte(".,;:!?'*_)", w.s[end-1]) >= 0 {
		if w.s[end-1] == ')' && strings.Contains(w.s[start:end], "(") {
			break
		}
		end--
	}
	w.at = start
	return w.write(end, page.Link("", w.r.resolve(w.s[start:end])))
}
