package rest

import (
	"strings"

	"lectern/decks/lecture/page"
)

// role reads :name:`text`.
func (w *line) role(s string) bool {
	name, n := roleOf(s)
	if n == 0 || n >= len(s) || s[n] != '`' {
		return false
	}
	return w.interpreted(s, n, name)
}

// roleOf reads ":name:" and gives its length.
func roleOf(s string) (name string, n int) {
	i := 1
	for i < len(s) && i < 60 && (s[i] >= 'a' && s[i] <= 'z' || s[i] >= 'A' && s[i] <= 'Z' || s[i] >= '0' && s[i] <= '9' || strings.IndexByte("-_.+:", s[i]) >= 0) {
		i++
	}
	if i < 3 || s[i-1] != ':' || s[1] == ':' {
		return "", 0
	}
	return s[1 : i-1], i
}

// interpret writes text that has a role.
func (r *reader) interpret(role, text string) string {
	if at := strings.LastIndexByte(role, ':'); at >= 0 {
		role = role[at+1:] // py:func, c:func
	}
	switch role {
	case "math", "m":
		return page.MathSpan(text)
	case "code", "literal", "samp", "py", "python", "bash":
		return page.CodeSpan(text)
	}
	text = unescape(text)
	switch role {
	case "file", "command", "kbd", "program", "option", "envvar", "mod", "func", "meth", "class", "attr",
		"data", "const", "exc", "obj", "keyword", "token", "makevar", "mimetype", "regexp", "cpp", "c", "java", "js",
		"var", "type", "macro", "member", "struct", "enum", "enumerator", "function", "expr", "manpage":
		return page.CodeSpan(shortName(label(text)))
	case "", "emphasis", "title", "title-reference", "dfn", "newsgroup", "t", "i", "italic":
		if role == "" {
			return page.CodeSpan(text) // what courses mean by single backticks
		}
		return page.Mark("*", page.Escape(text), 0, 0)
	case "strong", "guilabel", "b", "bold", "textbf":
		return page.Mark("**", page.Escape(text), 0, 0)
	case "sub", "subscript":
		return "<sub>" + page.Escape(text) + "</sub>"
	case "sup", "superscript":
		return "<sup>" + page.Escape(text) + "</sup>"
	case "del", "strike":
		return page.Mark("~~", page.Escape(text), 0, 0)
	case "ref", "numref", "doc", "term", "any", "keyref", "exercise", "prf", "prf:ref", "download":
		return page.Escape(r.label(text))
	case "eq":
		return ""
	case "eqt":
		r.judge(text == "C")
		return ""
	case "cite", "footcite", "cites", "citep", "citet", "raw-html", "raw-latex", "raw", "html", "latex", "fa", "fab", "fas", "far", "octicon", "material-regular", "anchor":
		return ""
	case "index":
		return page.Escape(label(text))
	case "textfield":
		return `\_\_\_\_`
	case "menuselection":
		return page.Mark("**", page.Escape(strings.ReplaceAll(text, "-->", "→")), 0, 0)
	case "link", "url", "hyperlink":
		if at := strings.LastIndexByte(text, '<'); at >= 0 && strings.HasSuffix(text, ">") {
			return page.Link(page.Escape(strings.TrimSpace(text[:at])), text[at+1:len(text)-1])
		}
		return page.Link("", text)
	case "rfc", "pep":
		return strings.ToUpper(role) + " " + page.Escape(text)
	case "opt", "blank", "fillintheblank":
		return page.Escape(text)
	}
	return page.Escape(label(text))
}

// label takes the text out of "text <target>".
func label(s string) string {
	if at := strings.LastIndexByte(s, '<'); at > 0 && strings.HasSuffix(s, ">") {
		return strings.TrimSpace(s[:at])
	}
	return s
}

// label is the text of a reference: its own, or the heading that it names.
func (r *reader) label(s string) string {
	if t := label(s); t != s {
		return t
	}
	s = strings.TrimPrefix(s, "!")
	if t, ok := r.names.labels[fold(s)]; ok {
		return t
	}
	if strings.HasPrefix(s, "/") || strings.HasSuffix(s, ".py") {
		s = s[strings.LastIndexByte(s, '/')+1:]
	}
	return strings.TrimPrefix(s, "~")
}

// shortName is the last part of "~a.b.name".
func shortName(s string) string {
	if !strings.HasPrefix(s, "~") {
		return strings.TrimPrefix(s, "!")
	}
	return s[strings.LastIndexByte(s, '.')+1:]
}
