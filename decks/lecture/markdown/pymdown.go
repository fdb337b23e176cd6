package markdown

import (
	"regexp"
	"strings"

	"lectern/decks/lecture/page"
)

var (
	pymdownLine   = regexp.MustCompile(`^(/{3,})(?:[ \t]+([A-Za-z][\w-]*)[ \t]*(?:\|[ \t]*(.*))?)?$`)
	pymdownOption = regexp.MustCompile(`^[ \t]{2,}([a-z][\w-]*):[ \t]*(.*)$`)
	// Those that may stand without a title.
	pymdownWords = map[string]bool{"note": true, "tip": true, "hint": true, "warning": true, "danger": true, "caution": true, "important": true, "attention": true,
		"info": true, "details": true, "admonition": true, "question": true, "success": true, "failure": true, "bug": true, "example": true, "quote": true,
		"abstract": true, "exercise": true, "solution": true, "tab": true, "caption": true, "html": true, "new": true, "settings": true}
)

// pymdown reads a line that opens or closes one of Python Markdown's blocks:
// "/// details | Title", "///".
func (r *reader) pymdown(lines []line, bare string) int {
	m := pymdownLine.FindStringSubmatch(bare)
	if m == nil {
		return 0
	}
	by := "/" + m[1]
	if m[2] == "" {
		if !r.closeBox(by) {
			return 0
		}
		return 1
	}
	name, titled := strings.ToLower(m[2]), strings.Contains(bare, "|")
	if !pymdownWords[name] && !titled {
		return 0
	}
	b := page.Block{Mark: name, Line: int32(lines[0].no)}
	if name == "html" {
		b.Mark = classWords(strings.TrimLeft(m[3], "abcdefghijklmnopqrstuvwxyz0123456789"))
	} else {
		b.Text = title(m[3])
	}
	n := 1
	for ; n < len(lines) && n < 12; n++ {
		o := pymdownOption.FindStringSubmatch(lines[n].text)
		if o == nil {
			break
		}
		if o[1] == "type" {
			b.Mark = strings.TrimSpace(b.Mark + " " + classWords(o[2]))
		}
	}
	r.openBox(by, b)
	return n
}
