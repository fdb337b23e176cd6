package latex

import (
	"regexp"
	"strings"
	"unicode"

	"lectern/decks/lecture/page"
)

// macro is a command that the page defines.
type macro struct {
	args     int
	optional bool // the first argument is in square brackets
	initial  string
	body     string
	alias    bool // by \let: what it names is not the page's own
}

// define reads a definition, behind the name of the command that makes it.
func (r *reader) define(by string) {
	r.star()
	switch by {
	case "def", "gdef", "edef", "xdef":
		r.spaces()
		name, n := commandName(r.rest())
		r.advance(n)
		params, _, ok := strings.Cut(r.rest()[:min(len(r.rest()), 60)], "{")
		if !ok {
			return
		}
		r.advance(len(params))
		m := macro{args: strings.Count(params, "#"), body: r.arg()}
		if strings.Trim(params, "#0123456789 ") == "" {
			r.keep(name, m)
		}
		return
	case "let":
		r.spaces()
		name, n := commandName(r.rest())
		r.advance(n)
		r.spaces()
		if strings.HasPrefix(r.rest(), "=") {
			r.advance(1)
		}
		r.keep(name, macro{body: r.arg(), alias: true})
		return
	}
	name := strings.TrimPrefix(strings.TrimSpace(r.arg()), `\`)
	var m macro
	switch by {
	case "DeclareMathOperator":
		m.body = `\operatorname{` + r.arg() + "}"
		r.macros[name] = m
		return
	case "NewDocumentCommand", "RenewDocumentCommand", "DeclareDocumentCommand", "ProvideDocumentCommand":
		spec := r.arg()
		m.args = strings.Count(spec, "m")
		m.body = r.arg()
		if strings.Trim(spec, "m ") != "" {
			return
		}
	default:
		r.spaces()
		if n, ok := r.option(); ok && len(n) == 1 && n[0] >= '0' && n[0] <= '9' {
			m.args = int(n[0] - '0')
			m.initial, m.optional = r.option()
		}
		m.body = r.arg()
	}
	r.keep(name, m)
}

// keep notes a macro, unless its body is TeX's own business.
func (r *reader) keep(name string, m macro) {
	if name == "" || len(m.body) > 4000 || strings.Contains(m.body, "@") || strings.Contains(m.body, `\`+name) && strings.Contains(m.body, `\`+name+`{`) {
		return
	}
	if name == "begin" || name == "end" || strings.HasPrefix(name, "the") && !strings.HasPrefix(name, "theenum") && len(name) > 3 || len(r.macros) > 5000 {
		return
	}
	r.macros[name] = m
}

// expand gives what a macro stands for; next reads its arguments.
func (m macro) expand(option func() (string, bool), arg func() string) string {
	if m.args == 0 {
		return m.body
	}
	args := make([]string, 0, m.args)
	if m.optional {
		first, ok := option()
		if !ok {
			first = m.initial
		}
		args = append(args, first)
	}
	for len(args) < m.args {
		args = append(args, arg())
	}
	var b strings.Builder
	for s := m.body; ; {
		at := strings.IndexByte(s, '#')
		if at < 0 || at+1 >= len(s) {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:at])
		if n := int(s[at+1] - '1'); n >= 0 && n < len(args) && b.Len() < maxArg {
			b.WriteString(args[n])
		}
		s = s[at+2:]
	}
}

// operators of a definition.
var definers = set("newcommand renewcommand providecommand DeclareRobustCommand def gdef edef xdef let DeclareMathOperator NewDocumentCommand RenewDocumentCommand DeclareDocumentCommand ProvideDocumentCommand")

// declare reads what makes environments; false means that it is something else.
func (r *reader) declare(by string) bool {
	switch by {
	case "newtheorem", "newmdtheoremenv", "spnewtheorem":
		r.star()
		env := r.arg()
		r.option()
		r.name(env, r.arg())
		r.option()
	case "declaretheorem":
		opts, _ := r.option()
		for _, env := range strings.Split(r.arg(), ",") {
			name, ok := key(opts, "name", "title", "heading")
			if !ok {
				name = env
			}
			r.name(strings.TrimSpace(env), name)
		}
		r.option()
	case "newtcbtheorem", "NewTcbTheorem", "declaretcbtheorem":
		r.option()
		env := r.arg()
		name := r.arg()
		r.arg()
		r.arg()
		r.name(env, name)
		r.arity[env] = "tm"
	case "newenvironment", "renewenvironment", "provideenvironment":
		r.star()
		env := r.arg()
		spec, printed := "", ""
		if n, ok := r.option(); ok && len(n) == 1 && n[0] > '0' && n[0] <= '9' {
			spec = strings.Repeat("t", int(n[0]-'0'))
			if initial, ok := r.option(); ok {
				spec = "T" + spec[1:]
				printed = initial
			}
		}
		begin := r.arg()
		r.arg()
		if known := maths[env] || containers[env] != "" || listKinds[env] != ""; known {
			return true
		}
		r.arity[env] = spec
		if kind := listWithin(begin); kind != "" {
			r.lists[env] = kind
		} else if lang, ok := codeWithin(begin); ok {
			r.verbatims[env] = lang
		} else if !itemWords[strings.ToLower(strings.TrimRight(env, "0123456789"))] {
			if !word(printed) {
				printed = printedIn(begin)
			}
			if printed != "" {
				r.printed[env] = strings.ToLower(printed)
			}
		}
	case "NewDocumentEnvironment", "DeclareDocumentEnvironment":
		env := r.arg()
		r.arity[env] = strings.NewReplacer("m", "t", "O", "T", "o", "T", " ", "").Replace(r.arg())
		r.arg()
		r.arg()
	case "newtcolorbox", "DeclareTColorBox", "NewTColorBox", "newmdenv":
		opts, _ := r.option()
		env := r.arg()
		if by == "newmdenv" {
			if title, ok := key(opts, "frametitle"); ok {
				r.name(env, title)
			}
			return true
		}
		spec := ""
		if n, ok := r.option(); ok && len(n) == 1 && n[0] > '0' && n[0] <= '9' {
			spec = strings.Repeat("t", int(n[0]-'0'))
			if _, ok := r.option(); ok {
				spec = "o" + spec[1:]
			}
		}
		opts = r.arg()
		r.arity[env] = spec
		if title, ok := key(opts, "title"); ok && !itemWords[strings.ToLower(env)] {
			r.name(env, strings.TrimSpace(strings.Trim(strings.ReplaceAll(title, "#1", ""), ":#123456789 ")))
		}
	case "lstnewenvironment":
		env := r.arg()
		r.option()
		r.option()
		lang := r.arg()
		r.arg()
		l, _ := codeWithin(lang)
		r.verbatims[env] = l
	case "newminted":
		env, named := r.option()
		lang := r.arg()
		if !named {
			env = lang + "code"
		}
		r.arg()
		r.verbatims[env] = strings.ToLower(lang)
	case "DefineVerbatimEnvironment", "newtcblisting", "NewTCBListing":
		r.option()
		env := r.arg()
		r.option()
		r.option()
		r.arg()
		if by == "DefineVerbatimEnvironment" {
			r.arg()
		}
		r.verbatims[env] = ""
	case "newlist":
		env, kind := r.arg(), strings.TrimRight(r.arg(), "*")
		r.arg()
		if listKinds[kind] != "" {
			r.lists[env] = kind
		}
	case "newfloat", "DeclareFloatingEnvironment":
		r.option()
		r.arg()
	default:
		return false
	}
	return true
}

// name notes what an environment is called on the page.
func (r *reader) name(env, printed string) {
	printed = strings.ToLower(page.Plain(r.inlineOf(printed)))
	if printed = strings.Trim(printed, " .:"); printed != "" && len(printed) < 60 {
		r.printed[strings.TrimRight(env, "*")] = printed
	}
}

// word tells whether a text is one word.
func word(s string) bool {
	for _, c := range s {
		if !unicode.IsLetter(c) {
			return false
		}
	}
	return len(s) > 2
}

var boldWord = regexp.MustCompile(`(?:textbf|textsc|textit|textsf|bf|bfseries|itshape|emph|large|Large|section\*?|paragraph\*?)\s*[{}\s]*([\p{L}]{3,})`)

// printedIn finds the word in bold, or the heading, that an environment begins with.
func printedIn(begin string) string {
	if m := boldWord.FindStringSubmatch(begin); m != nil {
		return m[1]
	}
	return ""
}

// listWithin tells which list an environment of the page's own begins.
func listWithin(begin string) string {
	for _, kind := range []string{"enumerate", "itemize", "description"} {
		if at := strings.Index(begin, `\begin{`+kind+"}"); at >= 0 && !strings.Contains(begin[at:], `\item`) {
			return kind
		}
	}
	return ""
}

// codeWithin tells whether an environment of the page's own holds code.
func codeWithin(begin string) (lang string, ok bool) {
	ok = strings.Contains(begin, `\begin{lstlisting}`) || strings.Contains(begin, `\begin{Verbatim}`) || strings.Contains(begin, `\lstset`) || strings.Contains(begin, `\VerbatimEnvironment`)
	if _, after, found := strings.Cut(begin, "language="); found {
		end := strings.IndexAny(after, ",}] \n")
		if end < 0 {
			end = len(after)
		}
		lang = strings.ToLower(strings.Trim(after[:end], "{}"))
	}
	return lang, ok
}

// preamble reads what stands before the document: definitions and its title.
func (r *reader) preamble(end int) {
	text := r.src
	r.frames[0].s = text[:end]
	for {
		s := r.rest()
		n := strings.IndexAny(s, `\%`)
		if n < 0 {
			break
		}
		r.advance(n)
		if s = s[n:]; s[0] == '%' {
			if n = strings.IndexByte(s, '\n'); n < 0 {
				break
			}
			r.advance(n)
			continue
		}
		name, n := commandName(s)
		r.advance(n)
		switch {
		case definers[name]:
			r.define(name)
		case name == "title" || name == "subtitle":
			r.structure(name)
		case r.head(name):
		case name == "begin":
			if env, _ := r.group(); strings.HasPrefix(env, "filecontents") {
				r.untilEnd(env)
			}
		default:
			r.declare(name)
		}
	}
	r.frames[0].s = text
}

// findLabels notes the titles of sections that have labels.
func (r *reader) findLabels(s string) {
	const mark = `\label{`
	for from := 0; ; {
		at := strings.Index(s[from:], mark)
		if at < 0 {
			return
		}
		at += from
		from = at + len(mark)
		before := strings.TrimSpace(s[max(0, at-250):at])
		name, _, ok := strings.Cut(s[from:min(len(s), from+100)], "}")
		open := strings.LastIndex(before, "{")
		if !ok || open < 1 || !strings.HasSuffix(before, "}") {
			continue
		}
		command := strings.TrimRight(before[:open], "* ")
		if strings.HasSuffix(command, "section") || strings.HasSuffix(command, `\chapter`) {
			r.labels[name] = before[open+1 : len(before)-1]
		}
	}
}
