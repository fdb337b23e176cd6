package asciidoc

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks/lecture/page"
)

// inline reads the text of a paragraph and writes it as Markdown.
func (r *reader) inline(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = !special[s[i]]
	}
	if plain {
		return strings.TrimSpace(page.Escape(s))
	}
	w := &line{r: r, s: s}
	w.run()
	return strings.Clone(strings.TrimSpace(w.out.String())) // without the room left in the builder
}

// line is one run over a text. What is between from and at is plain and still to
// be written.
type line struct {
	r        *reader
	s        string
	from, at int
	depth    int
	out      strings.Builder
	vain     map[string]bool // ends that do not come any more
	before   rune            // what stands before the text
	after    rune            // and behind it
}

// special are the bytes at which plain text may end.
var special = func() (t [256]bool) {
	for _, c := range []byte("*_`#+^~\"'{[<(:\\\n-.=&") {
		t[c] = true
	}
	return t
}()

func (w *line) run() {
	for w.at < len(w.s) {
		c := w.s[w.at]
		if !special[c] {
			w.at++
			continue
		}
		if !w.sign(c) {
			w.at++
		}
	}
	w.plain(len(w.s))
}

func (w *line) plain(to int) {
	if w.from < to {
		w.out.WriteString(page.Escape(w.s[w.from:to]))
	}
	w.from = to
}

// write puts Markdown in the place of the text from at to end.
func (w *line) write(end int, md string) bool {
	w.plain(w.at)
	w.out.WriteString(md)
	w.at, w.from = end, end
	return true
}

// sign reads what begins with a special byte; false means that it is plain.
func (w *line) sign(c byte) bool {
	s := w.s[w.at:]
	switch c {
	case '\\':
		return w.escape(s)
	case '\n':
		return w.newline()
	case '`':
		return w.mono(s)
	case '*':
		return w.marked(s, "**", "**", false) || w.marked(s, "*", "**", true)
	case '_':
		return w.marked(s, "__", "*", false) || w.marked(s, "_", "*", true)
	case '#':
		return w.marked(s, "##", "", false) || w.marked(s, "#", "", true)
	case '+':
		return w.passed(s)
	case '^':
		return w.script("^", "sup")
	case '~':
		return w.script("~", "sub")
	case '"', '\'':
		return w.quoted(s, c)
	case '{':
		return w.attribute(s)
	case '[':
		return w.bracket(s)
	case '<':
		return w.angle(s)
	case '(':
		return w.index(s)
	case ':':
		return w.macro(s)
	case '-', '.', '=':
		return w.replaced(s)
	}
	return false
}

// escape drops a backslash before what it keeps from being read.
func (w *line) escape(s string) bool {
	if len(s) < 2 || strings.IndexByte("*_`#+^~\"'{[<(\\-.:", s[1]) < 0 && !strings.HasPrefix(s, `\http`) && !strings.HasPrefix(s, `\link:`) {
		return false
	}
	w.plain(w.at)
	if s[1] == 'h' {
		w.from = w.at + 1
		w.at += len(s)
		if end := strings.IndexAny(s, " \n["); end >= 0 {
			w.at += end - len(s)
		}
		return true
	}
	n := 2
	for n < len(s) && n < 4 && s[n] == s[1] && s[1] != '\\' {
		n++ // \**
	}
	w.from = w.at + 1
	w.at += n
	return true
}

// newline is a space, or a break behind " +".
func (w *line) newline() bool {
	if strings.HasSuffix(w.s[w.from:w.at], " +") {
		w.plain(w.at - 2)
		w.from = w.at
		return w.write(w.at+1, "\\\n")
	}
	return w.write(w.at+1, " ")
}

func isWord(c rune) bool { return c == '_' || unicode.IsLetter(c) || unicode.IsDigit(c) }

// prev is the rune before the present place.
func (w *line) prev() rune {
	if w.at == 0 {
		return w.before
	}
	c, _ := utf8.DecodeLastRuneInString(w.s[:w.at])
	return c
}

func (w *line) next(i int) rune {
	if i >= len(w.s) {
		return w.after
	}
	c, _ := utf8.DecodeRuneInString(w.s[i:])
	return c
}

// end finds the sign that ends what begins at from: where it is constrained,
// behind no space and before no letter. -1 when there is none.
func (w *line) end(from int, sign string, constrained bool) int {
	key := sign
	if constrained {
		key += "|"
	}
	if w.vain[key] {
		return -1
	}
	for i := from; i < len(w.s); {
		at := strings.Index(w.s[i:], sign)
		if at < 0 {
			break
		}
		i += at
		prev, _ := utf8.DecodeLastRuneInString(w.s[:i])
		ok := i > from && w.s[i-1] != '\\'
		if ok && constrained {
			next := w.next(i + len(sign))
			ok = !unicode.IsSpace(prev) && !isWord(next) && !(len(sign) == 1 && (i+1 < len(w.s) && w.s[i+1] == sign[0] || w.s[i-1] == sign[0]))
		}
		if ok {
			return i
		}
		i++
	}
	if w.vain == nil {
		w.vain = map[string]bool{}
	}
	w.vain[key] = true
	return -1
}

// starts tells whether a constrained sign of n bytes may begin here.
func (w *line) starts(n int) bool {
	prev, next := w.prev(), w.next(w.at+n)
	return !isWord(prev) && prev != ':' && prev != ';' && prev != '}' && next != 0 && !unicode.IsSpace(next)
}

// marked reads text between signs.
func (w *line) marked(s, sign, md string, constrained bool) bool {
	if !strings.HasPrefix(s, sign) || w.depth >= maxMarks || constrained && !w.starts(len(sign)) {
		return false
	}
	from := w.at + len(sign)
	end := w.end(from, sign, constrained)
	if end < 0 {
		return false
	}
	inner := w.inner(w.s[from:end])
	if md != "" {
		inner = page.Mark(md, inner, w.prev(), w.next(end+len(sign)))
	}
	return w.write(end+len(sign), inner)
}

// inner reads what stands between signs.
func (w *line) inner(s string) string {
	in := &line{r: w.r, s: s, depth: w.depth + 1}
	in.run()
	return in.out.String()
}

// mono reads code: `x` and “x“.
func (w *line) mono(s string) bool {
	sign, constrained := "`", true
	if strings.HasPrefix(s, "``") {
		sign, constrained = "``", false
	}
	if constrained && !w.starts(1) {
		return false
	}
	from := w.at + len(sign)
	end := w.end(from, sign, constrained)
	if end < 0 {
		return false
	}
	code := w.s[from:end]
	if strings.HasPrefix(code, `"`) && strings.HasSuffix(code, `"`) && len(code) < 3 {
		return false
	}
	if len(code) > 2 && code[0] == '+' && code[len(code)-1] == '+' {
		code = code[1 : len(code)-1] // `+literal+`
	} else {
		code = w.code(code)
	}
	return w.write(end+len(sign), page.CodeSpan(code))
}

// code resolves within code what is resolved there: attributes, escapes, the
// text of links, marks that surround it all.
func (w *line) code(s string) string {
	for _, sign := range []string{"*", "_"} {
		if len(s) > 2 && strings.HasPrefix(s, sign) && strings.HasSuffix(s, sign) && s[1] != sign[0] && s[1] != ' ' {
			s = s[1 : len(s)-1]
		}
	}
	if strings.HasPrefix(s, "pass:[") && strings.HasSuffix(s, "]") {
		return s[len("pass:[") : len(s)-1]
	}
	if (strings.HasPrefix(s, "http") || strings.HasPrefix(s, "link:")) && strings.HasSuffix(s, "]") {
		if _, text, ok := strings.Cut(s[:len(s)-1], "["); ok && text != "" {
			s = text
		}
	}
	s = w.r.resolve(s)
	if strings.IndexByte(s, '\\') >= 0 {
		s = codeEscapes.Replace(s)
	}
	if strings.Contains(s, "++") {
		s = strings.TrimSuffix(strings.TrimPrefix(s, "++"), "++")
	}
	return s
}

var codeEscapes = strings.NewReplacer(`\{`, "{", `\*`, "*", `\_`, "_", `\#`, "#", `\<<`, "<<", `\[`, "[", "\\`", "`", `\...`, "...", `\--`, "--", `\->`, "->", `\=>`, "=>")

// passed reads +text+, ++text++ and +++text+++: as it stands.
func (w *line) passed(s string) bool {
	n := 0
	for n < len(s) && n < 3 && s[n] == '+' {
		n++
	}
	sign := s[:n]
	if n == 1 && !w.starts(1) {
		return false
	}
	end := w.end(w.at+n, sign, n == 1)
	if end < 0 {
		return false
	}
	text := w.s[w.at+n : end]
	if n == 3 && strings.HasPrefix(text, "<") && strings.HasSuffix(text, ">") {
		text = "" // HTML
	}
	return w.write(end+n, page.Escape(text))
}

// script reads ^2^ and ~2~.
func (w *line) script(sign, tag string) bool {
	limit := w.s[w.at+1 : min(len(w.s), w.at+100)]
	end := strings.Index(limit, sign)
	if end < 1 || strings.ContainsAny(limit[:end], " \n\t") || w.depth >= maxMarks {
		return false
	}
	return w.write(w.at+end+2, "<"+tag+">"+w.inner(limit[:end])+"</"+tag+">")
}

// quoted reads "`text`" and '`text`', and an apostrophe written `'.
func (w *line) quoted(s string, c byte) bool {
	if !strings.HasPrefix(s[1:], "`") || w.depth >= maxMarks {
		return false
	}
	sign := "`" + string(c)
	end := w.end(w.at+2, sign, false)
	if end < 0 {
		return false
	}
	open, shut := "“", "”"
	if c == '\'' {
		open, shut = "‘", "’"
	}
	return w.write(end+2, open+w.inner(w.s[w.at+2:end])+shut)
}

// replaced writes dashes, arrows and dots.
func (w *line) replaced(s string) bool {
	switch {
	case strings.HasPrefix(s, "-- ") && w.prev() == ' ' || strings.HasPrefix(s, "--\n") && w.prev() == ' ':
		return w.write(w.at+2, "—")
	case strings.HasPrefix(s, "--") && !strings.HasPrefix(s, "---") && isWord(w.prev()) && isWord(w.next(w.at+2)):
		return w.write(w.at+2, "—")
	case strings.HasPrefix(s, "->"):
		return w.write(w.at+2, "→")
	case strings.HasPrefix(s, "=>"):
		return w.write(w.at+2, "⇒")
	case strings.HasPrefix(s, "..."):
		return w.write(w.at+3, "…")
	}
	return false
}

// intrinsic are the attributes that every page has.
var intrinsic = map[string]string{
	"nbsp": "\u00a0", "zwsp": "", "wj": "", "sp": " ", "empty": "", "blank": "", "lt": "<", "gt": ">", "amp": "&", "plus": "+", "vbar": "|", "caret": "^", "startsb": "[", "endsb": "]",
	"tilde": "~", "asterisk": "*", "backtick": "`", "backslash": `\`, "apos": "'", "quot": `"`, "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "deg": "°", "brvbar": "¦",
	"two-colons": "::", "two-semicolons": ";;", "cpp": "C++", "cxx": "C++", "pp": "++", "underscore": "_", "hash": "#",
}

// value gives what {name} stands for.
func (r *reader) value(name string) (string, bool) {
	name = strings.ToLower(name)
	v, ok := r.attrs[name]
	if !ok {
		v, ok = intrinsic[name]
	}
	if !ok || len(v) > r.left {
		return "", false
	}
	r.left -= len(v)
	return v, true
}

// resolve puts attributes in the place of their names.
func (r *reader) resolve(s string) string {
	if strings.IndexByte(s, '{') < 0 {
		return s
	}
	var b strings.Builder
	for s != "" {
		open := strings.IndexByte(s, '{')
		if open < 0 {
			break
		}
		end := strings.IndexByte(s[open:min(len(s), open+60)], '}')
		b.WriteString(s[:open])
		if end > 0 {
			if v, ok := r.value(s[open+1 : open+end]); ok && !strings.HasSuffix(b.String(), `\`) {
				b.WriteString(v)
				s = s[open+end+1:]
				continue
			}
		}
		b.WriteByte('{')
		s = s[open+1:]
	}
	b.WriteString(s)
	return b.String()
}

// attribute reads {name}.
func (w *line) attribute(s string) bool {
	end := strings.IndexByte(s[:min(len(s), 60)], '}')
	if end < 2 {
		return false
	}
	name := s[1:end]
	if strings.HasPrefix(name, "set:") || strings.HasPrefix(name, "counter") {
		return w.write(w.at+end+1, "")
	}
	v, ok := w.r.value(name)
	if !ok {
		return false
	}
	if _, own := w.r.attrs[strings.ToLower(name)]; own && w.depth < maxMarks {
		// An address may go on behind its attribute: {url}/page[text].
		if strings.Contains(v, "://") || strings.HasSuffix(v, ":") {
			tail := w.at + end + 1
			stop := tail
			for stop < len(w.s) && !unicode.IsSpace(rune(w.s[stop])) && w.s[stop] != '[' {
				stop++
			}
			if stop < len(w.s) && w.s[stop] == '[' {
				if n := w.r.closing(w.s[stop:]); n > 0 {
					stop += n
				}
			}
			return w.write(stop, w.inner(v+w.s[tail:stop]))
		}
		return w.write(w.at+end+1, w.inner(v))
	}
	return w.write(w.at+end+1, page.Escape(v))
}

// closing is the length of the brackets that a text begins with, 0 without an end.
// What is looked at in vain is counted, so that a page of nothing but beginnings
// does not take long.
func (r *reader) closing(s string) int {
	depth := 0
	limit := min(len(s), 4000, max(r.fuel, 0))
	for i := 0; i < limit; i++ {
		switch s[i] {
		case '\\':
			i++
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	r.fuel -= limit
	return 0
}

// index reads ((term)) and (((term, term))).
func (w *line) index(s string) bool {
	if !strings.HasPrefix(s, "((") {
		return false
	}
	sign := "))"
	if strings.HasPrefix(s, "(((") {
		sign = ")))"
	}
	limit := s[:min(len(s), 300)]
	end := strings.Index(limit, sign)
	if end < 0 {
		return false
	}
	if len(sign) == 3 {
		return w.write(w.at+end+3, "")
	}
	text := s[2:end]
	if strings.ContainsAny(text, "()") {
		return false
	}
	return w.write(w.at+end+2, w.inner(text))
}
