package asciidoc

import "strings"

// attrs are what the lines above a block say about it.
type attrs struct {
	style string
	pos   []string // by position, the style included
	named map[string]string
	roles []string
	opts  []string
	title string
	line  int // of the first of them; -1 for none
}

// parseAttrs reads "[style#id.role%option,second,key=value]".
func parseAttrs(line string) (attrs, bool) {
	a := attrs{line: -1}
	if len(line) < 2 || line[0] != '[' || line[len(line)-1] != ']' {
		return a, false
	}
	s := line[1 : len(line)-1]
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") {
		return a, true // an anchor
	}
	if s != "" && (s[0] == ' ' || s[0] == '[') {
		return a, false
	}
	parts := splitList(s)
	for i, p := range parts {
		name, value, ok := strings.Cut(p, "=")
		name = strings.TrimSpace(name)
		if ok && name != "" && !strings.ContainsAny(name, " .#%\"'") {
			if a.named == nil {
				a.named = map[string]string{}
			}
			value = strings.Trim(strings.TrimSpace(value), `"'`)
			a.named[name] = value
			switch name {
			case "role":
				a.roles = append(a.roles, strings.Fields(value)...)
			case "options", "opts":
				a.opts = append(a.opts, strings.FieldsFunc(value, func(c rune) bool { return c == ',' || c == ' ' })...)
			}
			continue
		}
		p = strings.Trim(strings.TrimSpace(p), `"`)
		if i == 0 {
			a.shorthand(p)
			p = a.style
		}
		a.pos = append(a.pos, p)
	}
	return a, true
}

// shorthand reads "style#id.role%option".
func (a *attrs) shorthand(s string) {
	kind, from := byte(0), 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && strings.IndexByte("#.%", s[i]) < 0 {
			continue
		}
		switch word := s[from:i]; {
		case kind == 0:
			a.style = strings.TrimSpace(word)
		case kind == '.' && word != "":
			a.roles = append(a.roles, word)
		case kind == '%' && word != "":
			a.opts = append(a.opts, word)
		}
		if i < len(s) {
			kind, from = s[i], i+1
		}
	}
}

// splitList cuts at commas outside of quotation marks.
func splitList(s string) []string {
	var out []string
	quote, from := byte(0), 0
	for i := range len(s) {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'' && (i == 0 || s[i-1] == '=' || s[i-1] == ','):
			quote = c
		case c == ',':
			out = append(out, s[from:i])
			from = i + 1
		}
	}
	return append(out, s[from:])
}

// add joins what a further line says.
func (a *attrs) add(b attrs) {
	if b.style != "" {
		a.style, a.pos = b.style, b.pos
	} else if len(b.pos) > len(a.pos) {
		a.pos = b.pos
	}
	a.roles = append(a.roles, b.roles...)
	a.opts = append(a.opts, b.opts...)
	for k, v := range b.named {
		if a.named == nil {
			a.named = map[string]string{}
		}
		a.named[k] = v
	}
}

func (a *attrs) option(name string) bool {
	for _, o := range a.opts {
		if o == name {
			return true
		}
	}
	return false
}

// at is the position-th value, "" when there is none.
func (a *attrs) at(i int) string {
	if i < len(a.pos) {
		return a.pos[i]
	}
	return ""
}

// lang is the language of code.
func (a *attrs) lang() string {
	if l := a.named["language"]; l != "" {
		return l
	}
	l := a.at(1)
	if strings.ContainsAny(l, " ={}") {
		return ""
	}
	return l
}

// telling are the roles that say what a block is.
var telling = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("exercise solution answer question hint quiz problem task challenge example dropdown toggle spoiler collapsible objectives summary") {
		m[w] = true
	}
	return m
}()

// mark is what a block is: its style or what it is by itself, and its telling roles.
func (a *attrs) mark(itself string) string {
	mark := strings.ToLower(a.style)
	if mark == "" || len(mark) > 40 {
		mark = itself
	}
	for _, role := range a.roles {
		if role = strings.ToLower(role); telling[role] && role != mark {
			mark = strings.TrimSpace(mark + " " + role)
		}
	}
	return mark
}
