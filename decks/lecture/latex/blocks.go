package latex

import (
	"strings"

	"lectern/decks/lecture/page"
)

// codeEnv reads an environment of code.
func (r *reader) codeEnv(name, base, lang string) {
	line := r.at()
	spec, builtin := codeEnvs[base]
	option := ""
	if builtin {
		for i := range len(spec) {
			if spec[i] == 'o' {
				if o, ok := r.option(); ok {
					option = o
				}
				continue
			}
			if a := r.arg(); base == "minted" {
				lang = strings.ToLower(a)
			} else {
				option += "," + a
			}
		}
		if lang == "" {
			lang = codeLangs[base]
		}
	} else if o, ok := r.option(); ok {
		option = o
	}
	if l, ok := key(option, "language", "listing only,language", "minted language"); ok {
		if at := strings.LastIndexByte(l, ']'); at >= 0 {
			l = l[at+1:] // [Sharp]C
		}
		lang = strings.ToLower(strings.Trim(l, "{} "))
	}
	text := r.untilEnd(name)
	if _, after, ok := strings.Cut(text, "\n"); ok && strings.TrimSpace(text[:len(text)-len(after)]) == "" {
		text = after
	}
	if base == "alltt" || base == "semiverbatim" {
		text = unformatted(text)
	}
	r.flush()
	r.ready(line)
	if caption, ok := key(option, "caption", "title"); ok {
		r.b.Add(page.Block{Kind: page.Paragraph, Line: int32(line), Text: r.inlineOf(caption)})
	}
	r.b.AddCode(line, lang, dedent(text))
}

// dedent takes the indentation that all lines have.
func dedent(s string) string {
	least := -1
	for line := range strings.SplitSeq(s, "\n") {
		in := len(line) - len(strings.TrimLeft(line, " \t"))
		if in < len(line) && (least < 0 || in < least) {
			least = in
		}
	}
	if least <= 0 {
		return s
	}
	var b strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		b.WriteString(line[min(least, len(line)):])
		b.WriteByte('\n')
	}
	return b.String()
}

// unformatted drops the commands of fonts from code in which they work.
func unformatted(s string) string {
	var b strings.Builder
	for s != "" {
		at := strings.IndexAny(s, `\{}`)
		if at < 0 {
			break
		}
		b.WriteString(s[:at])
		s = s[at:]
		if s[0] != '\\' {
			s = s[1:]
			continue
		}
		name, n := commandName(s)
		if len(name) == 1 && !letter(name[0]) {
			b.WriteString(name)
		} else if out := symbols[name]; out != "" {
			b.WriteString(out)
		}
		s = s[n:]
	}
	b.WriteString(s)
	return b.String()
}

// chunk reads code of Sweave and knitr: <<options>>= to a line that begins with @.
func (r *reader) chunk(s string) {
	first, rest, ok := strings.Cut(s, "\n")
	if !ok || !strings.HasSuffix(strings.TrimSpace(first), ">>=") || r.inline > 0 {
		return
	}
	end := 0
	if !strings.HasPrefix(rest, "@") {
		end = strings.Index(rest, "\n@")
		if end < 0 {
			return
		}
		end++
	}
	r.flush()
	line := r.at()
	r.advance(len(first) + 1 + end + 1)
	if !strings.Contains(first, "echo=FALSE") && !strings.Contains(first, "echo=F,") {
		r.ready(line)
		r.b.AddCode(line, "r", rest[:end])
	}
}

// beginTable reads a table.
func (r *reader) beginTable(name string) bool {
	spec, ok := tables[name]
	if !ok {
		return false
	}
	line := r.at()
	r.skip(spec)
	body := r.untilEnd(name)
	r.flush()
	var rows []string
	for _, cells := range cut(body) {
		some := false
		for i, c := range cells {
			cells[i] = r.inlineOf(c)
			some = some || cells[i] != ""
		}
		if some {
			rows = append(rows, page.Row(cells))
		}
	}
	if len(rows) == 1 && strings.Count(rows[0], " | ") == 0 { // a table that only places a text
		rows[0] = strings.Trim(rows[0], "| ")
		r.ready(line)
		r.b.Add(page.Block{Kind: page.Paragraph, Line: int32(line), Text: rows[0]})
		return true
	}
	r.ready(line)
	r.b.Add(page.Block{Kind: page.Table, Line: int32(line), Text: strings.Join(rows, "\n")})
	return true
}

// cut takes a table apart: rows end with \\, cells with &.
func cut(s string) [][]string {
	var rows [][]string
	var row []string
	depth, envs, from := 0, 0, 0
	cell := func(to int) { row = append(row, strings.TrimSpace(s[from:to])) }
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '{':
			depth++
		case '}':
			depth--
		case '%':
			if end := strings.IndexByte(s[i:], '\n'); end >= 0 {
				i += end
			} else {
				i = len(s)
			}
		case '&':
			if depth <= 0 && envs <= 0 {
				cell(i)
				from = i + 1
			}
		case '\\':
			name, n := commandName(s[i:])
			switch {
			case name == "begin":
				envs++
			case name == "end":
				envs--
			case depth <= 0 && envs <= 0 && (name == `\` || name == "tabularnewline" || name == "cr" || name == "kill"):
				cell(i)
				rows = append(rows, row)
				row = nil
				from = i + n
				if rest := s[from:]; strings.HasPrefix(rest, "[") {
					if end := strings.IndexByte(rest[:min(len(rest), 20)], ']'); end > 0 {
						from += end + 1
					}
				}
				i = from - 1
				continue
			}
			i += n - 1
		}
	}
	if strings.TrimSpace(s[min(from, len(s)):]) != "" || len(row) > 0 {
		cell(len(s))
		rows = append(rows, row)
	}
	return rows
}
