package rest

import (
	"regexp"
	"slices"
	"strings"

	"lectern/decks/lecture/page"
)

// explicit reads what begins with two dots: a directive, a target, a footnote or
// a comment, with the lines below that are indented.
func (r *reader) explicit(v view, i int, s string) int {
	end := max(r.within(v, i+1), i+1)
	if name, arg, ok := directiveOf(s); ok {
		r.directive(i, end, name, arg)
		return end
	}
	rest := strings.TrimLeft(s[2:], " ")
	switch {
	case rest == "":
		if i+1 < v.hi && r.blank(v, i+1) {
			return i + 1 // an empty comment takes nothing with it
		}
	case rest[0] == '[':
		if label, text, ok := strings.Cut(rest[1:], "]"); ok && label != "" && !strings.ContainsAny(label[:1], "#*0123456789") && len(label) < 80 {
			r.buf = append(r.buf[:0], strings.TrimSpace(text)...)
			for j := i + 1; j < end; j++ {
				r.put(strings.TrimSpace(r.lines[j]))
			}
			r.paragraph(i, page.Escape("["+label+"]")+" "+r.inline(strings.TrimSpace(string(r.buf))))
		}
	}
	return end
}

// directiveOf reads ".. name:: argument".
func directiveOf(s string) (name, arg string, ok bool) {
	if len(s) < 6 || !strings.HasPrefix(s, ".. ") {
		return "", "", false
	}
	rest := strings.TrimLeft(s[2:], " ")
	at := strings.Index(rest, "::")
	if at < 1 || at+2 < len(rest) && rest[at+2] != ' ' {
		return "", "", false
	}
	name = strings.TrimSuffix(rest[:at], " ")
	for i := range len(name) {
		c := name[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80 || i > 0 && strings.IndexByte("-_.+:", c) >= 0) {
			return "", "", false
		}
	}
	return strings.ToLower(name), strings.TrimSpace(rest[at+2:]), true
}

// directive is one as it stands on the page.
type directive struct {
	name    string
	arg     string // on its first line
	line    int
	options []option
	content view // what stands below the options; may be empty
	argCol  int  // where arg begins in its line
}

type option struct {
	name, value string
	line        int
}

// option gives the value of an option.
func (d *directive) option(name string) string { return d.named(name).value }

func (d *directive) named(name string) option {
	for _, o := range d.options {
		if o.name == name {
			return o
		}
	}
	return option{}
}

// parse takes a directive apart. The lines below its first one are options as
// long as they look so, then its content.
func (r *reader) parse(i, end int, name, arg string) directive {
	d := directive{name: name, arg: arg, line: i, argCol: len(r.lines[i]) - len(arg)}
	in := r.inner(i+1, end)
	if in.lo > i+1 { // an empty line before the content
		d.content = in
		if _, _, ok := fieldOf(r.text(in, in.lo)); !ok || in.lo > i+2 {
			return d
		}
	}
	j := in.lo
	for j < end && len(d.options) < 100 {
		name, value, ok := fieldOf(r.text(in, j))
		if !ok {
			break
		}
		line := j
		r.buf = append(r.buf[:0], value...)
		for j++; j < end && int(r.indents[j]) > in.col; j++ {
			r.put(strings.TrimSpace(r.lines[j]))
		}
		d.options = append(d.options, option{strings.ToLower(name), string(r.buf), line})
	}
	for j < end && r.indents[j] < 0 {
		j++
	}
	d.content = r.inner(j, end)
	return d
}

func (d *directive) empty() bool { return d.content.lo >= d.content.hi }

// What becomes of a directive that is known by name; others are boxes whose
// argument is their title.
var (
	// A note's argument is the first line of its text.
	notes = set("attention caution danger error hint important note tip warning seealso todo impl-detail")
	// Left out, with what they hold.
	dropped = set(`toctree contents sectnum index meta include role title tabularcolumns bibliography footbibliography footnotes youtube video
		vimeo audio iframe autosummary automodule currentmodule module sectionauthor codeauthor moduleauthor todolist unicode date replace
		target-notes header footer spelling acks nextpage disqus testsetup testcleanup jupyter-kernel thebe-button button-link button-ref
		qnum external datafile selectquestion animation`)
	// What they hold is read as if they were not there.
	transparent = set("only ifconfig compound rst-class cssclass div centerpage hlist grid grid-item column columns row col htmlonly parallel")
	// What they hold is a program or text as it stands; the argument is its language.
	codes = set("code code-block sourcecode code-cell jupyter-execute cell")
	// The same, with the language that the directive says.
	langs = map[string]string{
		"ipython": "python", "ipython3": "python", "doctest": "python", "testcode": "python", "testoutput": "", "plot": "python", "exec_code": "python", "showeval": "python",
		"parsed-literal": "", "console": "console", "prompt": "bash", "command-output": "", "program-output": "", "code-tab": "", "productionlist": "",
		"graphviz": "dot", "digraph": "dot", "mermaid": "mermaid", "uml": "plantuml", "plantuml": "plantuml", "tikz": "tex",
	}
	// Quotations.
	quotes = set("epigraph highlights pull-quote blockquote")
	// What describes a piece of a program; the argument is code.
	signatures = set(`function class method attribute data exception staticmethod classmethod decorator property option envvar macro type var struct
		confval cmdoption autoclass autofunction automethod autodata autoexception autoattribute describe`)
	// What a class says about what a box is.
	classes = set("dropdown toggle toggle-shown solution exercise answer question hint problem task quiz collapse collapsible challenge example spoiler")
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

func (r *reader) directive(i, end int, name, arg string) {
	if at := strings.LastIndexByte(name, ':'); at >= 0 {
		name = name[at+1:] // py:function, prf:theorem
	}
	d := r.parse(i, end, name, arg)
	lang, isCode := langs[name]
	switch {
	case dropped[name]:
		if name == "title" {
			r.title = arg
		}
	case name == "highlight":
		r.lang = arg
	case name == "default-role":
		r.role = arg
	case name == "raw":
		r.raw(&d)
	case name == "only" && strings.HasPrefix(arg, "latex"):
	case codes[name]:
		r.codeBlock(&d, strings.ToLower(arg))
	case isCode:
		if name == "code-tab" || name == "prompt" {
			lang, _, _ = strings.Cut(arg, " ")
		}
		r.codeBlock(&d, lang)
	case name == "literalinclude":
		r.paragraph(i, page.CodeSpan(arg))
	case name == "math":
		r.formulas(&d)
	case name == "image" || name == "figure":
		r.picture(&d)
	case name == "table" || name == "list-table" || name == "csv-table":
		r.tables(&d)
	case quotes[name]:
		r.b.Open(page.Block{Kind: page.Quote, Line: int32(i + 1)})
		r.inside(&d, true)
		r.b.Close()
	case name == "rubric" || name == "heading":
		r.b.Add(page.Block{Kind: page.Heading, Level: uint8(min(r.level+1, 6)), Line: int32(i + 1), Text: r.inline(arg)})
	case name == "centered":
		r.paragraph(i, page.Mark("**", r.inline(arg), 0, 0))
	case name == "container":
		r.container(&d, classWords(strings.ReplaceAll(arg, ",", " ")))
	case transparent[name], name == "class" && !strings.ContainsAny(arg, "(.") && arg == strings.ToLower(arg):
		r.body(d.content)
	case r.course(&d):
	default:
		r.box(&d)
	}
}

// container reads what has classes. One that opens has its title in a container
// of its own, and is the solution when it stands in a task.
func (r *reader) container(d *directive, mark string) {
	title, content := "", d.content
	switch words := strings.Fields(mark); {
	case mark == "":
		r.body(content)
		return
	case slices.Contains(words, "toggle"):
		if r.tasks > 0 {
			mark += " solution"
		}
		title, content = r.header(content)
	case slices.ContainsFunc(words, func(w string) bool { return tasks[w] }):
		r.tasks++
		defer func() { r.tasks-- }()
	}
	r.open(d.line, mark, title)
	r.body(content)
	r.b.Close()
}

// tasks are classes of containers that something is to be done in.
var tasks = set("exercise question problem task quiz challenge")

// header reads the container "header" that a view begins with and gives the view
// behind it.
func (r *reader) header(v view) (title string, rest view) {
	for i := v.lo; i < v.hi; i++ {
		s := r.text(v, i)
		if s == "" {
			continue
		}
		if name, arg, ok := directiveOf(s); !ok || name != "container" || arg != "header" {
			break
		}
		end := r.within(v, i+1)
		r.buf = r.buf[:0]
		for j := i + 1; j < end; j++ {
			r.put(strings.TrimSpace(r.lines[j]))
		}
		return r.inline(strings.TrimSpace(string(r.buf))), view{max(end, i+1), v.hi, v.col, v.col}
	}
	return "", v
}

// box reads a directive that is a thing of its own.
func (r *reader) box(d *directive) {
	mark := d.name
	if word := lastWord(mark); word != "" {
		mark += " " + word
	}
	if words := classWords(d.option("class")); words != "" {
		mark += " " + words
	}
	for _, o := range d.options {
		if o.name == "collapsible" || o.name == "collapsed" || o.name == "toggle" {
			mark += " collapsible"
			break
		}
	}
	if notes[d.name] {
		r.open(d.line, mark, "")
		r.inside(d, true)
		r.b.Close()
		return
	}
	title := d.arg
	if d.name == "admonition" && checks.MatchString(title) {
		mark += " self-check"
	}
	if r.names.own[title] {
		title = "" // ".. solution:: label-of-the-exercise"
	}
	if title == "" {
		title = d.option("title")
	}
	if signatures[d.name] {
		title = page.CodeSpan(title)
	} else {
		title = strings.TrimSpace(r.inline(title))
	}
	r.open(d.line, mark, title)
	r.inside(d, false)
	r.b.Close()
}

// lastWord is what a directive of the page's own is by the end of its name
// (visible_solution), "" when the name is one word or says nothing.
func lastWord(name string) string {
	if at := strings.LastIndexAny(name, "-_"); at >= 0 && classes[name[at+1:]] {
		return name[at+1:]
	}
	return ""
}

// checks matches titles of admonitions in which learners check themselves.
var checks = regexp.MustCompile(`(?i)^\W*(?:self[- ]?(?:check|test)|check yourself|check your (?:understanding|knowledge)|quick check|test yourself|try it(?: out| yourself)?|your turn|самопроверка|проверь(?:те)? себя|selbst(?:test|check)|teste dich(?: selbst)?|autoevaluación|autoévaluation|pon a prueba tus conocimientos)\W*(?:\d+\W*)?$`)

// inside reads the content of a directive, with its argument when that is text.
func (r *reader) inside(d *directive, arg bool) {
	if !arg || d.arg == "" {
		r.body(d.content)
		return
	}
	hi := d.line + 1
	if d.content.lo == hi && !d.empty() { // the text goes on in the next line
		r.body(view{d.line, d.content.hi, d.content.col, d.argCol})
		return
	}
	r.body(view{d.line, hi, d.argCol, d.argCol})
	r.body(d.content)
}

// classWords keeps the classes that say what a box is.
func classWords(s string) string {
	var out []string
	for _, w := range strings.Fields(strings.ToLower(s)) {
		if classes[w] {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

func (r *reader) codeBlock(d *directive, lang string) {
	if c := d.option("caption"); c != "" {
		r.paragraph(d.line, r.inline(c))
	}
	if l := d.option("language"); l != "" && lang == "" {
		lang = l
	}
	if strings.ContainsAny(lang, " \"'{") || len(lang) > 40 {
		lang = ""
	}
	line := d.line + 1
	if !d.empty() {
		line = d.content.lo + 1
	}
	r.b.AddCode(line, lang, r.code(d.content))
}

// formulas reads TeX; an empty line parts formulas.
func (r *reader) formulas(d *directive) {
	lo := d.content.lo
	if d.arg != "" {
		hi := d.line + 1
		for lo == d.line+1 && hi < d.content.hi && !r.blank(d.content, hi) {
			hi++ // the formula goes on in the next line
		}
		r.b.Add(page.Block{Kind: page.Formula, Line: int32(d.line + 1), Text: r.code(view{d.line, hi, d.content.col, d.argCol})})
		lo = max(lo, hi)
	}
	for lo < d.content.hi {
		if r.blank(d.content, lo) {
			lo++
			continue
		}
		hi := lo
		for hi < d.content.hi && !r.blank(d.content, hi) {
			hi++
		}
		r.b.Add(page.Block{Kind: page.Formula, Line: int32(lo + 1), Text: r.code(view{lo, hi, d.content.col, d.content.col})})
		lo = hi
	}
}

// picture reads an image, or a figure with its caption.
func (r *reader) picture(d *directive) {
	address := strings.TrimSpace(d.arg)
	if address != "" {
		r.paragraph(d.line, page.ImageRef(d.option("alt"), address))
	}
	r.body(d.content)
}

// raw keeps of raw HTML only that something opens and ends.
func (r *reader) raw(d *directive) {
	if !strings.HasPrefix(d.arg, "html") {
		return
	}
	html := r.code(d.content)
	for {
		open, end := strings.Index(html, "<details"), strings.Index(html, "</details>")
		switch {
		case open >= 0 && (end < 0 || open < end):
			html = html[open+8:]
			title := ""
			if _, s, ok := strings.Cut(html, "<summary"); ok {
				_, s, _ = strings.Cut(s, ">")
				title, _, _ = strings.Cut(s, "</summary>")
			}
			r.opened = append(r.opened, r.b.Depth())
			r.open(d.line, "details", page.Escape(strings.TrimSpace(untagged(title))))
		case end >= 0:
			html = html[end+1:]
			if len(r.opened) > 0 && r.b.Depth() == r.opened[len(r.opened)-1]+1 {
				r.closeDetails()
			}
		default:
			return
		}
	}
}

// closeDetails ends the box that raw HTML opened last.
func (r *reader) closeDetails() {
	r.b.CloseTo(r.opened[len(r.opened)-1])
	r.opened = r.opened[:len(r.opened)-1]
}

// untagged drops the tags of a short piece of HTML.
func untagged(s string) string {
	var b strings.Builder
	for s != "" {
		text, rest, ok := strings.Cut(s, "<")
		b.WriteString(text)
		if !ok {
			break
		}
		_, s, _ = strings.Cut(rest, ">")
	}
	return b.String()
}
