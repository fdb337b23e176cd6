package latex

import (
	"regexp"
	"strings"

	"lectern/decks/lecture/page"
)

// env is an environment that is open, or what acts like one.
type env struct {
	name   string
	depth  int // blocks open before it
	groups int // braces open before it
	list   *list
	box    bool
	mark   string // what the box is
	runIn  bool   // it ends where the next one begins
	level  int    // of the heading that began it; what stands deeper does not end it
}

// What only places its content. The value is its arguments, as in skip; "-" for
// none.
var containers = func() map[string]string {
	m := args(`
		-: center flushleft flushright document raggedright Center FlushLeft subequations landscape samepage titlepage fullwidth small footnotesize scriptsize
			tiny normalsize large Large huge appendices appendix sloppypar singlespace doublespace onehalfspace threeparttable frontmatter
			group savenotes english russian german french centering widetext coverpages linenumbers onecolumn tabbing trivlist RTL LTR arab hebrew persian
		o: figure figure* table table* columns sidewaysfigure sidewaystable marginfigure margintable listing listing*
		m: spacing CJK CJK* otherlanguage otherlanguage* adjustbox onlyenv overprint
		mm: adjustwidth adjustwidth*
		mo: multicols multicols*
		om: subfigure subtable column addmargin
		omom: wrapfigure wraptable
		omo: SCfigure
		ooom: minipage varwidth
		mmm: textblock
	`)
	for name, spec := range m {
		if spec == "" {
			m[name] = "-"
		}
	}
	return m
}()

// Environments that hold nothing a reader reads.
var pictures = set(`tikzpicture picture pspicture circuitikz forest axis tikzcd comment filecontents filecontents* thebibliography asy asydef
	pgfpicture scope theindex CCSXML feynman ganttchart gnuplot luacode`)

var quoteEnvs = set("quote quotation verse displayquote displaycquote epigraphs")

var tables = map[string]string{
	"tabular": "om", "tabular*": "mom", "tabularx": "mom", "tabulary": "mm", "longtable": "om", "longtabu": "m", "tabu": "m", "supertabular": "m", "array": "om", "tblr": "om", "longtblr": "om", "xltabular": "mom", "NiceTabular": "om",
}

// code environments, with what stands before their text.
var codeEnvs = map[string]string{
	"verbatim": "", "Verbatim": "o", "lstlisting": "o", "minted": "om", "alltt": "", "BVerbatim": "o", "LVerbatim": "o", "SaveVerbatim": "m", "semiverbatim": "",
	"spverbatim": "", "code": "", "pyverbatim": "", "pyconsole": "", "pyblock": "", "python": "", "sagecode": "", "sageblock": "", "Sinput": "", "Soutput": "", "Schunk": "",
	"algorithmic": "o", "algorithm2e": "o", "tcblisting": "m", "cpp": "", "java": "", "console": "", "bash": "", "haskell": "", "ocaml": "", "matlab": "", "shell": "", "pseudocode": "", "spec": "",
}

var codeLangs = map[string]string{"python": "python", "pyverbatim": "python", "pyconsole": "python", "pyblock": "python", "cpp": "cpp", "java": "java", "bash": "bash", "console": "console", "haskell": "haskell", "ocaml": "ocaml", "matlab": "matlab", "Sinput": "r"}

// floats are names of code that some pages give to what holds code.
var floats = set("code python cpp java console bash shell haskell ocaml matlab spec pseudocode")

// beginEnv reads \begin{…}.
func (r *reader) beginEnv() {
	name := strings.TrimSpace(r.arg())
	base := strings.TrimRight(name, "*")
	if r.inline > 0 {
		r.inlineEnv(name, base)
		return
	}
	lang, own := r.verbatims[name]
	_, builtin := codeEnvs[base]
	switch {
	case own, builtin && !(floats[base] && strings.HasPrefix(strings.TrimSpace(r.rest()), `\`)):
		r.codeEnv(name, base, lang)
	case pictures[name]:
		r.untilEnd(name)
		r.raw(" ")
	case maths[base], formulaParts[base] && r.arity[base] == "":
		r.mathEnv(name)
	case name == "frame":
		r.beginFrame()
	case r.beginTable(name):
	case r.beginList(name, base):
	case quoteEnvs[base]:
		r.option()
		r.flush()
		r.ready(r.at())
		r.push1(env{name: name})
		r.b.Open(page.Block{Kind: page.Quote, Line: int32(r.at())})
	case containers[name] != "", floats[base]:
		if spec := containers[name]; spec != "-" {
			r.skip(spec)
		}
		if floats[base] {
			r.option()
		}
		r.flush()
		r.push1(env{name: name})
	default:
		r.beginBox(name, base)
	}
}

// push1 opens an environment.
func (r *reader) push1(e env) bool {
	if len(r.envs) >= maxEnvs {
		return false
	}
	e.depth, e.groups = r.b.Depth(), len(r.groups)
	r.envs = append(r.envs, e)
	return true
}

// inlineEnv reads an environment inside a title or a cell.
func (r *reader) inlineEnv(name, base string) {
	switch {
	case maths[base], formulaParts[base]:
		r.mathEnv(name)
	case pictures[name]:
		r.untilEnd(name)
	case codeEnvs[base] != "" || base == "verbatim":
		r.raw(page.CodeSpan(r.untilEnd(name)))
	case containers[name] != "" && containers[name] != "-":
		r.skip(containers[name])
	case tables[name] != "":
		r.skip(tables[name])
	default:
		r.option()
	}
}

// untilEnd gives what stands before \end{name} and skips it. Without an end it is
// what is left of the text.
func (r *reader) untilEnd(name string) string {
	s := r.rest()
	end := `\end{` + name + "}"
	at := strings.Index(s, end)
	if at < 0 {
		if len(s) > r.fuel {
			s = s[:max(r.fuel, 0)]
		}
		if maths[strings.TrimRight(name, "*")] || formulaParts[name] {
			if n := strings.Index(s, "\n\n"); n >= 0 { // a formula ends with its paragraph
				s = s[:n]
			}
		}
		r.fuel -= len(s)
		r.advance(len(s))
		return s
	}
	// What has the same name inside ends first.
	if begin := `\begin{` + name + "}"; codeEnvs[name] == "" && name != "verbatim" && name != "comment" {
		for open, from := strings.Count(s[:at], begin), at; open > 0; open-- {
			next := strings.Index(s[from+len(end):], end)
			if next < 0 {
				break
			}
			next += from + len(end)
			open += strings.Count(s[from:next], begin)
			from, at = next, next
			if r.fuel -= next; r.fuel < 0 {
				break
			}
		}
	}
	r.advance(at + len(end))
	return s[:at]
}

// endEnv reads \end{…}: what was opened since ends with it.
func (r *reader) endEnv(name string) {
	name = strings.TrimSpace(name)
	for i := len(r.envs) - 1; i >= 0; i-- {
		if r.envs[i].name == name && !r.envs[i].runIn {
			r.closeEnvs(i)
			return
		}
	}
	if r.inline > 0 {
		r.raw(" ")
		return
	}
	if name == "document" {
		r.endAll()
		r.frames = r.frames[:1]
		r.frames[0].pos = len(r.src)
	}
}

// closeEnvs ends environments down to the i-th.
func (r *reader) closeEnvs(i int) {
	for len(r.marks) > 0 && r.marks[len(r.marks)-1].env > i {
		r.unmark(0)
	}
	r.flush()
	for len(r.envs) > i {
		e := r.envs[len(r.envs)-1]
		r.envs = r.envs[:len(r.envs)-1]
		if e.list != nil {
			r.endList(e.list)
		}
		r.b.CloseTo(e.depth)
		r.groups = r.groups[:min(len(r.groups), e.groups)]
	}
}

func (r *reader) endAll() {
	r.closeEnvs(0)
	r.marks = nil
	r.flush()
}

// beginBox opens an environment that is a thing of its own.
func (r *reader) beginBox(name, base string) {
	line := r.at()
	mark := strings.ToLower(base)
	if p, ok := r.printed[base]; ok {
		mark = p
	} else if p, ok := r.printed[name]; ok {
		mark = p
	}
	mark = plainName(mark)
	if strings.HasPrefix(mark, "solutionor") || mark == "solutionbox" {
		mark = "solution" // of the exam class: what may stand there instead is empty
	}
	title := r.boxTitle(base)
	r.flush()
	r.endRunIn(mark)
	r.ready(line)
	if asking[mark] {
		r.options = nil // those of the question before
	}
	if !r.push1(env{name: name, box: true, mark: mark}) {
		return
	}
	r.b.Open(page.Block{Kind: page.Box, Line: int32(line), Mark: mark, Text: title})
}

// boxTitle reads the arguments of a box: t is a title in braces, T one in square
// brackets, m and o are none. Without a declaration of the environment, what
// looks like a title is one.
func (r *reader) boxTitle(base string) string {
	r.between('<', '>')
	if s := r.rest(); strings.HasPrefix(strings.TrimLeft(s, " \t\n"), "[") && !strings.HasPrefix(s, "\n\n") {
		r.spaces() // amsthm looks for a title in the next line too
	}
	spec, declared := r.arity[base]
	var parts []string
	if !declared {
		spec = "T"
		if s := r.rest(); strings.HasPrefix(s, "{") || strings.HasPrefix(s, "[") {
			spec = "TtT"
		}
	}
	for i := range len(spec) {
		switch spec[i] {
		case 'T':
			if o, ok := r.option(); ok {
				parts = append(parts, optionTitle(o))
			}
		case 't':
			if !declared {
				n := r.braced(r.rest())
				if !strings.HasPrefix(r.rest(), "{") || n == 0 || n > 150 || strings.Contains(r.rest()[:n], "\n\n") {
					continue
				}
				if strings.HasSuffix(base, "tag") || labelNames.MatchString(r.rest()[1:n-1]) {
					r.advance(n)
					continue
				}
			}
			parts = append(parts, optionTitle(r.arg()))
		default:
			r.skip(spec[i : i+1])
		}
	}
	for i, p := range parts {
		parts[i] = r.titleOf(p)
	}
	return strings.Join(strings.Fields(withoutPoints(strings.Join(parts, " "))), " ")
}

// labelNames are names that a page gives to things: "ex:sum", "probEx,probAll".
var labelNames = regexp.MustCompile(`^(?:\w+[:_][\w:.-]+|[a-zA-Z]+(?:,[a-zA-Z]+)+)$`)

// optionTitle takes the title out of an option, which may be keys, points or a
// length.
func optionTitle(o string) string {
	o = strings.TrimSpace(o)
	if t, ok := key(o, "title", "name", "subtitle", "frametitle", "topic"); ok {
		return t
	}
	if strings.Contains(o, "=") && !strings.Contains(o, "$") || strings.HasPrefix(o, `\stretch`) || strings.HasPrefix(o, `\vfill`) || strings.HasPrefix(o, `\fill`) || strings.HasPrefix(o, `\half`) {
		return ""
	}
	for _, unit := range []string{"cm", "mm", "in", "pt", "em", "ex", `\textheight`, `\textwidth`, `\baselineskip`} {
		if n := strings.TrimSuffix(o, unit); n != o && strings.Trim(n, "0123456789.- ") == "" {
			return ""
		}
	}
	switch o {
	case "t", "b", "c", "h", "ht", "htb", "htbp", "H", "!h", "!ht", "!htbp", "fragile":
		return ""
	}
	return o
}

// runIn reads a task, or what answers it, that is a command. With its text in
// braces it is a box; with a title or nothing behind it, what follows runs on in
// the box until the next one.
func (r *reader) runIn(name string) {
	mark := plainName(strings.ToLower(name))
	line := r.at()
	r.star()
	title := ""
	if o, ok := r.option(); ok {
		title = optionTitle(o)
	}
	r.between('<', '>')
	s := r.rest()
	long := false
	if strings.HasPrefix(s, "{") {
		n := r.braced(s)
		if n > 0 {
			inner := strings.TrimSpace(s[1 : n-1])
			long = len(inner) > 100 || strings.Contains(inner, "\n\n") || strings.Contains(inner, `\begin`) || strings.HasSuffix(inner, ".") || strings.HasSuffix(inner, "?") || solutionWords[mark]
			// A second group behind a short one is the text.
			if !long && inner != "" {
				r.advance(n)
				if title == "" {
					title = inner
				}
				r.spaces()
				long = strings.HasPrefix(r.rest(), "{")
			} else if inner == "" {
				r.advance(n)
			}
		}
	} else {
		r.glue()
	}
	title = r.titleOf(title)
	if strings.Trim(title, "0123456789.,") == "" && long {
		title = ""
	}
	r.flush()
	r.endRunIn(mark)
	r.ready(line)
	depth := len(r.envs)
	if !r.push1(env{mark: mark, box: true, runIn: !long}) {
		return
	}
	r.b.Open(page.Block{Kind: page.Box, Line: int32(line), Mark: mark, Text: title})
	if long {
		r.advance(1)
		r.open(func() { r.closeEnvs(depth) })
	}
}

// untitled tells whether a box is open in which nothing stands yet.
func (r *reader) untitled() bool {
	k, ok := r.b.Inner()
	last := len(r.b.Page().Blocks) - 1
	return ok && k == page.Box && len(r.par) == 0 && r.inline == 0 && r.b.Page().Blocks[last].Kind == page.Box && r.b.Page().Blocks[last].Text == ""
}

// endRunIn ends the tasks that run on, as far as what begins ends them: a task
// ends all, a solution only solutions.
func (r *reader) endRunIn(mark string) {
	for i := len(r.envs) - 1; i >= 0 && r.envs[i].runIn && itemWords[mark]; i-- {
		if solutionWords[mark] && !solutionWords[r.envs[i].mark] {
			return
		}
		r.closeEnvs(i)
	}
}

// beginFrame opens a slide: its title is a heading.
func (r *reader) beginFrame() {
	line := r.at()
	r.between('<', '>')
	r.option()
	r.option()
	title, ok := r.group()
	r.flush()
	r.push1(env{name: "frame"})
	if ok {
		r.heading(line, 4, title)
		if sub, ok := r.group(); ok {
			r.block(line, sub)
		}
	}
}
