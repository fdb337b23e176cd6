package asciidoc

import (
	"regexp"
	"strings"
)

// condition reads "ifdef::name[]" and its relatives.
func condition(line string) (kind, names, inner string, ok bool) {
	kind, rest, found := strings.Cut(line, "::")
	if !found || !strings.HasSuffix(rest, "]") {
		return "", "", "", false
	}
	switch kind {
	case "ifdef", "ifndef", "ifeval", "endif":
		names, inner, ok = strings.Cut(strings.TrimSuffix(rest, "]"), "[")
	}
	return kind, names, inner, ok
}

// holds tells whether what a condition guards is kept. A page is read for what it
// asks and answers, so what depends on a name that it does not define (solutions,
// most often) is kept, and left out only what is meant for other programs or for
// a name that the page takes back: one of its two languages.
func (r *reader) holds(kind, names string) bool {
	if kind == "ifeval" {
		return true
	}
	defined := false
	for _, name := range strings.FieldsFunc(names, func(c rune) bool { return c == ',' || c == '+' }) {
		_, ok := r.attrs[name]
		if kind == "ifdef" && r.unset[name] && !solvingName.MatchString(name) && !strings.ContainsAny(names, ",+") {
			return false
		}
		if kind == "ifdef" && !ok && (strings.HasPrefix(name, "env-") || strings.HasPrefix(name, "backend-") || strings.HasPrefix(name, "basebackend-")) {
			return strings.HasSuffix(name, "html") || strings.HasSuffix(name, "html5")
		}
		defined = defined || ok
	}
	return kind == "ifdef" || !defined
}

// solvingName matches names under which pages keep their solutions.
var solvingName = regexp.MustCompile(`(?i)sol|answ|antw|lös|loes|corr|répon|repon|resp|key|hint|teach|instr|prof`)

// note remembers an attribute for the conditions below it.
func (r *reader) note(name, value string) {
	bare := strings.Trim(name, "!")
	if bare == name {
		r.attrs[name] = value
		delete(r.unset, name)
		return
	}
	delete(r.attrs, bare)
	if r.unset == nil {
		r.unset = map[string]bool{}
	}
	r.unset[bare] = true
}
