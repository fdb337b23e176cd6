package webpage

import (
	"bytes"
	"strings"

	"lectern/decks/lecture/page"
)

// tex collects the text of an element that holds TeX.
type tex struct {
	text    []byte
	line    int32
	display bool
	script  bool // it is TeX for sure
}

// startTex begins to collect. What looks like TeX by the name of its class alone
// may have mark-up in it and be none.
func (r *reader) startTex(e *element, display bool) {
	e.flags |= isTex
	r.tex = &tex{line: r.line, display: display, script: e.name == "script"}
}

// endTex ends collecting, with the element or because it was none.
func (r *reader) endTex() {
	t := r.tex
	if t == nil {
		return
	}
	r.tex = nil
	s := strings.TrimSpace(string(t.text))
	if s == "" {
		return
	}
	if t.script {
		r.formula(strings.TrimSuffix(strings.TrimPrefix(s, "% <![CDATA["), "%]]>"), t.display, t.line)
		return
	}
	for _, d := range delimiters {
		if strings.HasPrefix(s, d.open) && strings.HasSuffix(s, d.end) && len(s) > len(d.open)+len(d.end) && strings.Count(s, d.open) <= 1+strings.Count(d.open, d.end) {
			r.formula(s[len(d.open):len(s)-len(d.end)], d.display || t.display, t.line)
			return
		}
	}
	if strings.ContainsAny(s, `\^_{}`) && !strings.Contains(s, "$") && !strings.Contains(s, `\(`) && !strings.Contains(s, `\[`) {
		r.formula(s, t.display, t.line)
		return
	}
	line := r.line
	r.line = t.line
	r.words(t.text)
	r.line = line
}

type delimiter struct {
	open, end string
	display   bool
}

// delimiters begin and end TeX in running text, as MathJax and KaTeX find it.
var delimiters = []delimiter{{`\(`, `\)`, false}, {`\[`, `\]`, true}, {`$$`, `$$`, true}, {`\begin{`, "", true}, {`$`, `$`, false}}

// formula adds TeX, set apart where that can be.
func (r *reader) formula(s string, display bool, line int32) {
	s = strings.TrimSpace(s)
	if s == "" {
		return
	}
	if !display || r.solid > 0 || r.hidden > 0 {
		r.run.put(page.MathSpan(s), r.lineStyle(), line)
		return
	}
	r.flush()
	r.add(page.Block{Kind: page.Formula, Text: s, Line: line})
}

// mixed reads text with TeX in it.
func (r *reader) mixed(s []byte, style style) {
	line := r.line
	plain := func(b []byte) {
		r.run.words(b, style, line)
		line += int32(bytes.Count(b, []byte("\n")))
	}
	find := texFinder{s: s}
	from := 0 // what is not yet written
	for i := 0; i < len(s); {
		next := bytes.IndexAny(s[i:], `$\`)
		if next < 0 {
			break
		}
		i += next
		if i > 0 && s[i-1] == '\\' {
			i++ // escaped: \$
			continue
		}
		body, display, size := find.at(i)
		if size == 0 {
			if s[i] == '\\' {
				i++
			}
			i++
			continue
		}
		plain(s[from:i])
		r.formula(string(bytes.ToValidUTF8(body, nil)), display, line)
		line += int32(bytes.Count(s[i:i+size], []byte("\n")))
		i += size
		from = i
	}
	plain(s[from:])
}

// maxTeX is how long a formula in running text may be, in bytes.
const maxTeX = 4000

// texFinder finds formulas in a text. It remembers how far it has looked for the
// end of one in vain, so that a text of beginnings is looked through once.
type texFinder struct {
	s      []byte
	looked [5]int // by delimiter
}

// at reads a formula that begins at s[i]. Size is its length with its delimiters,
// 0 for none.
func (f *texFinder) at(i int) (body []byte, display bool, size int) {
	for n, d := range delimiters {
		if !bytes.HasPrefix(f.s[i:], []byte(d.open)) {
			continue
		}
		start, limit := i+len(d.open), min(len(f.s), i+maxTeX)
		from := max(start, f.looked[n])
		end := -1
		switch {
		case d.end == "":
			end = f.environment(start, from, limit)
			start, d.end = i, ""
		case d.end == "$":
			end = f.dollar(start, from, limit)
		case from < limit:
			if end = bytes.Index(f.s[from:limit], []byte(d.end)); end >= 0 {
				end += from
			}
		}
		if end < 0 {
			f.looked[n] = limit
			continue
		}
		if end > start {
			return f.s[start:end], d.display, end + len(d.end) - i
		}
	}
	return nil, false, 0
}

// environment is where \begin{x} … \end{x} ends; -1 when it does not.
func (f *texFinder) environment(start, from, limit int) int {
	name, _, ok := bytes.Cut(f.s[start:min(len(f.s), start+30)], []byte("}"))
	if !ok || len(name) == 0 || from >= limit {
		return -1
	}
	mark := append([]byte(`\end{`), append(bytes.Clone(name), '}')...)
	end := bytes.Index(f.s[from:limit], mark)
	if end < 0 {
		return -1
	}
	return from + end + len(mark)
}

// dollar is where a formula between dollars ends; -1 when it does not. As in
// Markdown none begins before white space or ends behind it, and a digit after it
// makes it money.
func (f *texFinder) dollar(start, from, limit int) int {
	s := f.s
	if start >= len(s) || s[start] == ' ' || s[start] == '\n' || s[start] == '$' {
		return -1
	}
	for j := max(from, start+1); j < limit; j++ {
		switch {
		case s[j] == '\\':
			j++
		case s[j] == '$' && s[j-1] != ' ' && s[j-1] != '\n' && (j+1 == len(s) || s[j+1] < '0' || s[j+1] > '9'):
			return j
		}
	}
	return -1
}
