package rest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks/lecture/page"
)

// inline reads the text of a paragraph and writes it as Markdown.
func (r *reader) inline(s string) string {
	if !strings.ContainsAny(s, "*`|_\\[]<>~$#") && !strings.Contains(s, "://") && !strings.Contains(s, "--") {
		return s
	}
	w := &line{r: r, s: s}
	w.run()
	return w.out.String()
}

// line is one run over a text. What is between from and at is plain and still to
// be written. A sign whose end was once looked for in vain is not looked for again.
type line struct {
	r        *reader
	s        string
	from, at int
	out      strings.Builder
	vain     map[string]bool
}

// special are the bytes at which plain text may end.
var special = func() (t [256]bool) {
	for _, c := range []byte("*`|_\\[:-") {
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

// plain writes what is plain up to an offset.
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
	case '*':
		if strings.HasPrefix(s, "**") {
			return w.marked(s, "**") || w.marked(s, "*")
		}
		return w.marked(s, "*")
	case '`':
		if strings.HasPrefix(s, "``") {
			return w.literal(s)
		}
		return w.interpreted(s, 0, "")
	case '|':
		return w.substitution(s)
	case '[':
		return w.note(s)
	case '_':
		return w.reference(s)
	case ':':
		if strings.HasPrefix(s, "://") {
			return w.url()
		}
		return w.role(s)
	case '-':
		return w.dash(s)
	}
	return false
}

func (w *line) escape(s string) bool {
	if len(s) < 2 {
		return w.write(w.at+1, "")
	}
	if s[1] == ' ' {
		return w.write(w.at+2, "")
	}
	w.plain(w.at)
	w.from = w.at + 1 // the next rune is plain whatever it is
	_, n := utf8.DecodeRuneInString(s[1:])
	w.at += 1 + n
	return true
}

// dash reads the dashes that Sphinx sets.
func (w *line) dash(s string) bool {
	switch {
	case strings.HasPrefix(s, "---") && !strings.HasPrefix(s, "----") && w.before() != '-':
		return w.write(w.at+3, "—")
	case strings.HasPrefix(s, "-- ") && w.before() == ' ':
		return w.write(w.at+2, "–")
	}
	return false
}

// before is the rune before the present place, 0 at the start.
func (w *line) before() rune {
	if w.at == 0 {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(w.s[:w.at])
	return r
}

func runeAt(s string, i int) rune {
	if i >= len(s) {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return r
}

// opens tells whether a sign of n bytes may begin something here: behind no letter,
// before no space, and not alone between quotation marks.
func (w *line) opens(s string, n int) bool {
	next := runeAt(s, n)
	if next == 0 || unicode.IsSpace(next) {
		return false
	}
	before := w.before()
	if unicode.IsLetter(before) || unicode.IsDigit(before) {
		// An escaped space is nothing on the page and parts all the same.
		return w.from == w.at && strings.HasSuffix(w.s[:w.at], `\ `)
	}
	const opening, closing = `'"([{<`, `'")]}>`
	if i := strings.IndexRune(opening, before); before != 0 && i >= 0 {
		return rune(closing[i]) != next
	}
	return true
}

// end finds the sign that ends what begins at from: behind no space, before no
// letter. It gives -1 when there is none.
func (w *line) end(from int, sign string) int {
	if w.vain[sign] {
		return -1
	}
	for i := from; ; {
		at := strings.Index(w.s[i:], sign)
		if at < 0 {
			if w.vain == nil {
				w.vain = map[string]bool{}
			}
			w.vain[sign] = true
			return -1
		}
		i += at
		prev, _ := utf8.DecodeLastRuneInString(w.s[:i])
		next := runeAt(w.s, i+len(sign))
		ok := i > from && !unicode.IsSpace(prev) && !unicode.IsLetter(next) && !unicode.IsDigit(next)
		if ok && sign != "``" && prev == '\\' {
			ok = false
		}
		if ok && sign == "*" && next == '*' {
			i++
			continue
		}
		if ok {
			return i
		}
		i++
	}
}

func (w *line) marked(s, sign string) bool {
	if !w.opens(s, len(sign)) {
		return false
	}
	from := w.at + len(sign)
	end := w.end(from, sign)
	if end < 0 {
		return false
	}
	inner := unescape(w.s[from:end])
	if len(inner) > 4 && strings.HasPrefix(inner, "``") && strings.HasSuffix(inner, "``") {
		inner = page.CodeSpan(inner[2 : len(inner)-2]) // what authors mean by **``x``**
	} else {
		inner = page.Escape(inner)
	}
	return w.write(end+len(sign), page.Mark(sign, inner, w.shown(w.at, true), w.shown(end+len(sign), false)))
}

// shown is the rune that stands beside an offset on the page.
func (w *line) shown(i int, before bool) rune {
	if before {
		if s := strings.TrimSuffix(w.s[:i], `\ `); s != "" {
			r, _ := utf8.DecodeLastRuneInString(s)
			return r
		}
		return 0
	}
	return runeAt(strings.TrimPrefix(w.s[i:], `\ `), 0)
}

func (w *line) literal(s string) bool {
	if !w.opens(s, 2) {
		return false
	}
	end := w.end(w.at+2, "``")
	if end < 0 {
		return false
	}
	for end+2 < len(w.s) && w.s[end+2] == '`' {
		end++ // a backtick within
	}
	return w.write(end+2, page.CodeSpan(w.s[w.at+2:end]))
}

// interpreted reads `text` with a role before it, behind it or none, and links.
// skip is the length of the role before it.
func (w *line) interpreted(s string, skip int, role string) bool {
	if skip == 0 && !w.opens(s, 1) {
		return false
	}
	from := w.at + skip + 1
	end := w.end(from, "`")
	if end < 0 {
		return false
	}
	text, next := w.s[from:end], end+1
	if role == "" {
		switch rest := w.s[next:]; {
		case strings.HasPrefix(rest, "__"):
			return w.write(next+2, w.link(text, true))
		case strings.HasPrefix(rest, "_"):
			return w.write(next+1, w.link(text, false))
		case strings.HasPrefix(rest, ":"):
			if name, n := roleOf(rest); n > 0 {
				role, next = name, next+n
			}
		}
	}
	if role == "" {
		role = w.r.role
	}
	return w.write(next, w.r.interpret(role, text))
}

// link reads `text <address>`_, `name`_ and the anonymous forms of both.
func (w *line) link(text string, anonymous bool) string {
	if at := strings.LastIndexByte(text, '<'); at >= 0 && strings.HasSuffix(text, ">") {
		address := strings.Join(strings.Fields(text[at+1:len(text)-1]), "")
		text = strings.TrimSpace(text[:at])
		if strings.HasSuffix(address, "_") && !strings.Contains(address, "/") {
			address, _ = w.r.names.address(strings.TrimSuffix(address, "_"))
		} else if text != "" && !anonymous {
			w.r.names.targets[fold(text)] = address
		}
		return page.Link(page.Escape(unescape(text)), address)
	}
	var address string
	if anonymous {
		address = w.r.names.anonymous()
	} else {
		address, _ = w.r.names.address(text)
	}
	return page.Link(page.Escape(unescape(text)), address)
}

// reference reads name_ and name__, whose name is plain and just behind, and
// _`targets`.
func (w *line) reference(s string) bool {
	if strings.HasPrefix(s, "_`") {
		if end := w.end(w.at+2, "`"); end >= 0 && w.opens(s, 2) {
			return w.write(end+1, page.Escape(w.s[w.at+2:end]))
		}
		return false
	}
	n := 1
	if strings.HasPrefix(s, "__") {
		n = 2
	}
	next := runeAt(s, n)
	if next == '_' || unicode.IsLetter(next) || unicode.IsDigit(next) {
		return false
	}
	start := w.at
	for start > w.from {
		c, size := utf8.DecodeLastRuneInString(w.s[w.from:start])
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("-._+:", c) || w.at-start > 200 {
			break
		}
		start -= size
	}
	name := w.s[start:w.at]
	if name == "" || name[0] == '_' {
		return false
	}
	var address string
	var known bool
	if n == 2 {
		address = w.r.names.anonymous()
		known = address != ""
	} else {
		address, known = w.r.names.address(name)
	}
	if !known && utf8.RuneCountInString(name) < 3 {
		return false
	}
	end := w.at + n // a name that is not known stands in a file that is included
	w.at = start
	return w.write(end, page.Link(page.Escape(name), address))
}

// note reads a reference to a footnote, which is left out, or to a source.
func (w *line) note(s string) bool {
	end := strings.IndexByte(s[:min(len(s), 80)], ']')
	if end < 2 || !strings.HasPrefix(s[end+1:], "_") {
		return false
	}
	label := s[1:end]
	if label[0] == '#' || label == "*" || label[0] >= '0' && label[0] <= '9' {
		if w.from < w.at && w.s[w.at-1] == ' ' {
			w.plain(w.at - 1)
			w.from = w.at
		}
		return w.write(w.at+end+2, "")
	}
	if strings.ContainsAny(label, " \t") {
		return false
	}
	return w.write(w.at+end+2, page.Escape("["+label+"]"))
}

// url reads an address that stands in the text.
func (w *line) url() bool {
	start := w.at
	for start > w.from && w.s[start-1] >= 'a' && w.s[start-1] <= 'z' && w.at-start < 6 {
		start--
	}
	if scheme := w.s[start:w.at]; scheme != "http" && scheme != "https" {
		return false
	}
	end := w.at + 3
	for end < len(w.s) && w.s[end] > ' ' && w.s[end] < 0x7f && !strings.ContainsRune("<>`\"|\\^{}", rune(w.s[end])) {
		end++
	}
	for end > w.at+3 && strings.IndexByte(".,;:!?'*_", w.s[end-1]) >= 0 {
		end--
	}
	if end > w.at+3 && w.s[end-1] == ')' && !strings.Contains(w.s[start:end], "(") {
		end--
	}
	if end == w.at+3 {
		return false
	}
	w.at = start
	return w.write(end, "<"+w.s[start:end]+">")
}

// substitution reads |name|.
func (w *line) substitution(s string) bool {
	if !w.opens(s, 1) {
		return false
	}
	end := w.end(w.at+1, "|")
	if end < 0 || end-w.at > 200 {
		return false
	}
	name, next := w.s[w.at+1:end], end+1
	for next < len(w.s) && w.s[next] == '_' && next < end+3 {
		next++
	}
	md, ok := w.r.substitute(name)
	if !ok {
		return false
	}
	return w.write(next, md)
}

// substitute gives what stands for |name|.
func (r *reader) substitute(name string) (string, bool) {
	if name == "blank" {
		return `\_\_\_\_`, true // what Runestone lets the reader fill in
	}
	def, ok := r.names.subs[fold(name)]
	if !ok && len(name) > 3 && !strings.ContainsAny(name, "|*`_") {
		return page.Escape(name), true // defined for the whole book
	}
	if !ok || r.depth >= maxDepth || len(def) > r.left {
		return "", false
	}
	r.left -= len(def)
	kind, text, _ := strings.Cut(def, "::")
	text = strings.TrimSpace(text)
	switch strings.TrimSpace(kind) {
	case "replace":
		r.depth += 4 // a substitution within itself ends soon
		text = r.inline(text)
		r.depth -= 4
		return text, true
	case "image":
		address, options, _ := strings.Cut(text, " :")
		_, alt, _ := strings.Cut(options, "alt: ")
		alt, _, _ = strings.Cut(alt, " :")
		return page.ImageRef(alt, address), true
	case "unicode":
		return page.Escape(unicodeOf(text)), true
	}
	return "", true
}

// unicodeOf reads code points: "0xA9", "U+2014", "x22"; other words are text.
func unicodeOf(s string) string {
	s, _, _ = strings.Cut(s, " .. ")
	var b strings.Builder
	for _, f := range strings.Fields(s) {
		n := rune(0)
		hex := strings.TrimLeft(strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(f, "U+"), "0x")), "x")
		for _, c := range hex {
			i := strings.IndexRune("0123456789abcdef", c)
			if i < 0 || n > unicode.MaxRune {
				n = 0
				break
			}
			n = n*16 + rune(i)
		}
		if n >= ' ' && n <= unicode.MaxRune && hex != strings.ToLower(f) {
			b.WriteRune(n)
		} else if !strings.HasPrefix(f, ":") {
			b.WriteString(f)
		}
	}
	return b.String()
}

// unescape drops the backslashes that keep signs from being read.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
			if s[i] == ' ' {
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
