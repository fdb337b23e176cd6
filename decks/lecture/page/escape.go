package page

import (
	"html"
	"strings"
)

// Escape keeps the signs of plain text from being read as Markdown.
func Escape(s string) string {
	if strings.Contains(s, "&") && html.UnescapeString(s) != s {
		s = strings.ReplaceAll(s, "&", "&amp;")
	}
	if !strings.ContainsAny(s, "*_`[]<>#|~$\\") {
		return s
	}
	return markdownEscaper.Replace(s)
}

var markdownEscaper = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `_`, `\_`, "`", "\\`", `<`, `\<`, `[`, `&#91;`, `]`, `&#93;`, `~`, `\~`, `|`, `\|`)
