package latex

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// commandName reads the name of the command that a text begins with and gives
// the length of both: letters, or one sign.
func commandName(s string) (name string, n int) {
	if len(s) < 2 {
		return "", len(s)
	}
	i := 1
	for i < len(s) {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '@' {
			i++
			continue
		}
		if c < utf8.RuneSelf {
			break
		}
		x, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(x) {
			break
		}
		i += size
	}
	if i == 1 {
		_, size := utf8.DecodeRuneInString(s[1:])
		i = 1 + size
	}
	return s[1:i], i
}

// spaces skips white space, of which at most one line end.
func (r *reader) spaces() {
	s := r.rest()
	n, lines := 0, 0
	for n < len(s) && (s[n] == ' ' || s[n] == '\t' || s[n] == '\n' && lines == 0) {
		if s[n] == '\n' {
			lines++
		}
		n++
	}
	if n < len(s) && s[n] == '\n' {
		return // an empty line ends a search for arguments
	}
	r.advance(n)
}

// braced gives the length of the group that a text begins with, 0 when it has no
// end. A search that fails costs fuel, so that a page of nothing but beginnings
// does not take quadratic time.
func (r *reader) braced(s string) int {
	depth := 0
	s = s[:min(len(s), maxArg, max(r.fuel, 0))]
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '%':
			if end := strings.IndexByte(s[i:], '\n'); end >= 0 {
				i += end
			}
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				r.fuel -= i
				return i + 1
			}
		}
	}
	r.fuel -= len(s)
	return 0
}

// arg reads an argument: a group without its braces, a command or one sign.
func (r *reader) arg() string {
	r.spaces()
	s := r.rest()
	if s == "" || s[0] == '}' || s[0] == '\n' {
		return ""
	}
	switch s[0] {
	case '{':
		if n := r.braced(s); n > 0 {
			r.advance(n)
			return s[1 : n-1]
		}
		end := strings.IndexByte(s, '\n') // a brace without an end: the line
		if end < 0 {
			end = len(s)
		}
		r.advance(end)
		return s[1:end]
	case '\\':
		_, n := commandName(s)
		r.advance(n)
		return s[:n]
	case '%':
		r.comment(s)
		return r.arg()
	}
	_, n := utf8.DecodeRuneInString(s)
	r.advance(n)
	return s[:n]
}

// group reads an argument only when it has braces and stands at once behind.
func (r *reader) group() (string, bool) {
	s := r.rest()
	if !strings.HasPrefix(s, "{") {
		return "", false
	}
	n := r.braced(s)
	if n == 0 {
		return "", false
	}
	r.advance(n)
	return s[1 : n-1], true
}

// option reads an argument in square brackets.
func (r *reader) option() (string, bool) {
	s := r.rest()
	n := 0
	for n < len(s) && s[n] == ' ' {
		n++
	}
	if n == len(s) || s[n] != '[' {
		return "", false
	}
	depth := 0
	limit := min(len(s), n+4000, n+max(r.fuel, 0))
	for i := n + 1; i < limit; i++ {
		switch s[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth--; depth < 0 {
				return "", false
			}
		case ']':
			if depth == 0 {
				r.advance(i + 1)
				return s[n+1 : i], true
			}
		}
	}
	r.fuel -= limit - n
	return "", false
}

// skip passes over arguments: m in braces, o in square brackets, s a star, d in
// parentheses, a in angle brackets.
func (r *reader) skip(args string) {
	for i := range len(args) {
		switch args[i] {
		case 'm':
			r.arg()
		case 'o':
			r.option()
		case 's':
			r.star()
		case 'd':
			r.between('(', ')')
		case 'a':
			r.between('<', '>')
		}
	}
}

func (r *reader) star() bool {
	if strings.HasPrefix(r.rest(), "*") {
		r.advance(1)
		return true
	}
	return false
}

// between skips a short argument between two signs.
func (r *reader) between(open, end byte) {
	s := r.rest()
	if s == "" || s[0] != open {
		return
	}
	if n := strings.IndexByte(s[:min(len(s), 100)], end); n > 0 {
		r.advance(n + 1)
	}
}

// dimension skips a length as TeX writes it: "=1.5em plus 2pt".
func (r *reader) dimension() {
	s := r.rest()
	n := 0
	for n < len(s) && n < 60 && (s[n] >= '0' && s[n] <= '9' || strings.IndexByte("=+-. ", s[n]) >= 0) {
		n++
	}
	if n < len(s) && s[n] == '\\' {
		_, m := commandName(s[n:])
		r.advance(n + m)
		return
	}
	for _, unit := range []string{"pt", "em", "ex", "cm", "mm", "in", "bp", "pc", "sp"} {
		if strings.HasPrefix(s[n:], unit) {
			r.advance(n + 2)
			for _, word := range []string{" plus", " minus"} {
				if strings.HasPrefix(r.rest(), word) {
					r.advance(len(word))
					r.dimension()
				}
			}
			return
		}
	}
}

// key finds the value of a key in an option such as "title={A title}, label=x".
func key(option string, names ...string) (string, bool) {
	for rest := option; rest != ""; {
		depth, end := 0, len(rest)
		for i := range len(rest) {
			switch rest[i] {
			case '{', '[':
				depth++
			case '}', ']':
				depth--
			}
			if rest[i] == ',' && depth == 0 {
				end = i
				break
			}
		}
		name, value, ok := strings.Cut(rest[:end], "=")
		name = strings.ToLower(strings.TrimSpace(strings.TrimRight(name, "*")))
		for _, want := range names {
			if name == want {
				value = strings.TrimSpace(value)
				if strings.HasPrefix(value, "{") && strings.HasSuffix(value, "}") {
					value = value[1 : len(value)-1]
				}
				return value, ok
			}
		}
		rest = rest[min(end+1, len(rest)):]
	}
	return "", false
}
