package markdown

import "strings"

// rCall is a call of a function as it stands in code of R.
type rCall struct {
	name string // without its package
	args []rArg
	line int
}

// rArg is an argument: the strings and calls in it, and its source.
type rArg struct {
	name  string
	src   string
	texts []rText
	calls []rCall
	line  int
}

// rText is a string and the lines, from 0, that it begins and ends at.
type rText struct {
	text      string
	line, end int
}

// rScanner looks through code of R for calls and strings; all else it skips.
type rScanner struct {
	src  string
	at   int
	line int
}

// maxCalls is how deep calls are read that stand in calls.
const maxCalls = 40

// rSource reads a piece of code as the arguments of a call that has no name.
func rSource(src string) []rArg {
	s := rScanner{src: src}
	return s.args(0)
}

func (s *rScanner) args(depth int) []rArg {
	var all []rArg
	cur, from := rArg{line: s.line}, s.at
	push := func() {
		cur.src = strings.TrimSpace(s.src[from:s.at])
		if cur.src != "" || len(cur.texts) > 0 {
			all = append(all, cur)
		}
	}
	for s.at < len(s.src) {
		c := s.src[s.at]
		switch {
		case c == '#':
			for s.at < len(s.src) && s.src[s.at] != '\n' {
				s.at++
			}
		case c == '"' || c == '\'':
			cur.texts = append(cur.texts, s.quoted(c))
		case (c == 'r' || c == 'R') && s.raw():
			cur.texts = append(cur.texts, s.rawString())
		case c == ')' && depth > 0:
			push()
			s.at++
			return all
		case c == ',':
			push()
			s.at++
			cur, from = rArg{line: s.line}, s.at
		case c == '(' && depth < maxCalls:
			s.at++
			cur.calls = append(cur.calls, rCall{line: s.line, args: s.args(depth + 1)})
		case nameByte(c):
			name, line := s.name(), s.line
			s.space()
			switch {
			case s.next('(') && depth < maxCalls:
				s.at++
				cur.calls = append(cur.calls, rCall{name: name, line: line, args: s.args(depth + 1)})
			case s.next('=') && !strings.HasPrefix(s.src[s.at:], "==") && cur.name == "" && depth > 0:
				s.at++
				cur.name, from = name, s.at
			}
		default:
			if c == '\n' {
				s.line++
			}
			s.at++
		}
	}
	push()
	return all
}

func nameByte(c byte) bool {
	return c == '.' || c == '_' || c == ':' || c >= 0x80 || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// name reads a name and leaves out the package before it.
func (s *rScanner) name() string {
	from := s.at
	for s.at < len(s.src) && nameByte(s.src[s.at]) {
		s.at++
	}
	name := s.src[from:s.at]
	return name[strings.LastIndexByte(name, ':')+1:]
}

func (s *rScanner) space() {
	for s.at < len(s.src) && (s.src[s.at] == ' ' || s.src[s.at] == '\t') {
		s.at++
	}
}

func (s *rScanner) next(c byte) bool { return s.at < len(s.src) && s.src[s.at] == c }

// quoted reads a string between quotes.
func (s *rScanner) quoted(q byte) rText {
	t := rText{line: s.line}
	var b strings.Builder
	for s.at++; s.at < len(s.src) && s.src[s.at] != q; s.at++ {
		c := s.src[s.at]
		if c == '\n' {
			s.line++
		}
		if c != '\\' || s.at+1 == len(s.src) {
			b.WriteByte(c)
			continue
		}
		s.at++
		switch c = s.src[s.at]; c {
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte(' ')
		case '\n':
			s.line++
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	s.at = min(s.at+1, len(s.src))
	t.text, t.end = b.String(), s.line
	return t
}

var rawEnds = map[byte]string{'(': ")", '[': "]", '{': "}"}

// raw tells whether a raw string begins: r"(…)".
func (s *rScanner) raw() bool {
	rest := s.src[s.at+1:]
	return len(rest) > 2 && (rest[0] == '"' || rest[0] == '\'') && rawEnds[rest[1]] != "" &&
		(s.at == 0 || !nameByte(s.src[s.at-1]))
}

func (s *rScanner) rawString() rText {
	quote, end := s.src[s.at+1], rawEnds[s.src[s.at+2]]
	t := rText{line: s.line}
	rest := s.src[s.at+3:]
	stop := strings.Index(rest, end+string(rune(quote)))
	if stop < 0 {
		t.text, s.at = rest, len(s.src)
	} else {
		t.text = rest[:stop]
		s.at += 3 + stop + 2
	}
	s.line += strings.Count(t.text, "\n")
	t.end = s.line
	return t
}

// strings are those of an argument and of the calls in it that put texts together,
// in one.
func (a rArg) strings() (rText, bool) {
	texts := append([]rText{}, a.texts...)
	for _, c := range a.calls {
		for _, in := range c.args {
			if t, ok := in.strings(); ok && (in.name == "" || in.name == "text") {
				texts = append(texts, t)
			}
		}
	}
	if len(texts) == 0 {
		return rText{}, false
	}
	whole := texts[0]
	if len(texts) > 1 {
		var all []string
		for _, t := range texts {
			all = append(all, t.text)
			whole.line, whole.end = min(whole.line, t.line), max(whole.end, t.end)
		}
		whole.text = strings.Join(all, " ")
	}
	return whole, true
}

// named is the argument of a name.
func (c rCall) named(name string) (rArg, bool) {
	for _, a := range c.args {
		if a.name == name {
			return a, true
		}
	}
	return rArg{}, false
}

// yes tells whether an argument is set to true.
func (c rCall) yes(name string) bool {
	a, _ := c.named(name)
	return a.src == "TRUE" || a.src == "T"
}
