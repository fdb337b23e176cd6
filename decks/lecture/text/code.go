package text

import (
	"regexp"
	"strings"
)

var (
	codeStart = regexp.MustCompile(`^\s*(?:for|while|if|def|class|import|from|return|print|else|elif|try|except|with|function|var|let|const|public|private|static|void|int|SELECT|FROM|WHERE|INSERT|UPDATE|CREATE|func|package|fn|use|struct|--)(?:\W|$)|^\s*(?:#include\b|#!/|#\s|//|/\*|\$\s|>>>?\s|%\s?\w|\}|\{|@\w+|<\w+|</)`)
	codeSigns = regexp.MustCompile(`[={}\[\]();<>|&]|->|::|\*\*|\w\(\)|\w\.\w+\(`)
	assign    = regexp.MustCompile(`^\s*[\w.\[\]'"]+(?:, ?[\w.]+)*\s*(?:=|<-|:=|\+=)\s*\S`)
	call      = regexp.MustCompile(`^\s*[\w.]+\(.*\)\s*;?$`)
	prose     = regexp.MustCompile(`\p{L}{2,}[ ,]+\p{L}{2,}[ ,]+\p{L}{2,}[ ,]+\p{L}{2,}`)
)

// fileComment is a comment that names the file whose code follows: "# cost.py".
var fileComment = regexp.MustCompile(`^\s*(?:#|//|--)\s*[\w./-]+\.[A-Za-z]{1,5}$`)

// codeLike tells whether a chunk is code or a program's output that was copied
// without its box. After code less is needed.
func codeLike(lines []line, after bool) bool {
	signs, words, starts, columns := 0, 0, 0, 0
	for i, l := range lines {
		if i >= 200 {
			break
		}
		s := strings.TrimSpace(l.text)
		if strings.Contains(s, "   ") {
			columns++
		}
		if mark, rest, ok := entryOf(l.text); ok && (len(rest) > 40 || prose.MatchString(rest) || mark == "•" || strings.HasPrefix(rest, "[")) {
			words++
			continue
		}
		isProse := prose.MatchString(s) && !assign.MatchString(l.text) && !call.MatchString(l.text)
		if isProse && !strings.HasPrefix(s, "#") && !strings.HasPrefix(s, "//") {
			words++
		}
		if assign.MatchString(l.text) || call.MatchString(l.text) {
			starts++
		} else if codeStart.MatchString(l.text) && !isProse {
			starts++
		}
		if codeSigns.MatchString(s) && !isProse {
			signs++
		}
	}
	n := min(len(lines), 200)
	switch {
	case len(lines) > 1 && columns*3 > n*2:
		return true
	case words*3 > n:
		return false
	case len(lines) == 1 && fileComment.MatchString(lines[0].text):
		return true
	case len(lines) == 1 && after && starts == 1 && len(strings.Fields(lines[0].text)) <= 4:
		return true
	case len(lines) == 1:
		return starts == 1 && (signs == 1 || strings.HasPrefix(strings.TrimSpace(lines[0].text), "$ ")) && !strings.HasSuffix(lines[0].text, "?") || after && indentOf(lines[0].text) >= 2 && signs == 1
	}
	return starts*2 >= n || (starts+signs)*2 >= n && starts > 0 || signs*2 > n
}
