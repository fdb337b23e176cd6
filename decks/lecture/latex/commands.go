package latex

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"lectern/decks/lecture/page"
)

// What is dropped, with its arguments (see skip; "-" for none).
var dropped = args(`
	-: noindent indent centering raggedright raggedleft RaggedRight tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge
		maketitle tableofcontents listoffigures listoftables newpage clearpage cleardoublepage columnbreak FloatBarrier medskip bigskip smallskip
		bigbreak medbreak smallbreak goodbreak allowbreak nobreak nolinebreak nopagebreak hfill vfill hfil vfil hss vss null strut leavevmode unskip
		protect relax appendix frontmatter mainmatter backmatter printindex makeindex normalfont rmfamily sffamily upshape mdseries normalcolor
		boldmath unboldmath displaystyle textstyle sloppy fussy singlespacing doublespacing onehalfspacing flushbottom raggedbottom twocolumn
		onecolumn frenchspacing nonfrenchspacing ignorespaces ignorespacesafterend xspace hline toprule midrule bottomrule hrule vrule hrulefill
		dotfill arraybackslash qed qedhere qedsymbol makeatletter makeatother begingroup endgroup bgroup egroup else fi expandafter noexpand global
		long outer csname endcsname endinput samepage pause titlepage sectionpage subsectionpage
		printanswers noprintanswers addpoints noaddpoints pointsinrightmargin pointsinmargin nopointsinmargin bracketedpoints boxedpoints
		droptotalpoints droppoints shadedsolutions framedsolutions unframedsolutions
	o: pagebreak linebreak printbibliography footnotemark gradetable pointtable
	m: pagestyle thispagestyle pagenumbering linespread setstretch fontfamily fontseries fontshape hyphenation newlength newif
		bibliographystyle bibliography addbibresource nocite input include includeonly subfile graphicspath geometry hypersetup lstset
		tikzset usetikzlibrary pgfplotsset usepgfplotslibrary tcbset tcbuselibrary sisetup selectlanguage setdefaultlanguage label index thanks date
		author institute affil email institution address curraddr keywords subjclass dedicatory translator logo phantom hphantom vphantom cline
		markright theoremstyle theorembodyfont theoremheaderfont theoremsymbol usetheme usecolortheme usefonttheme useoutertheme useinnertheme mode
		setbeamercovered AtBeginSection AtBeginDocument AtEndDocument excludecomment includecomment setenumerate setitemize
		fillwithlines fillwithdottedlines makeemptybox fillwithgrid pointname pointpoints extype exname exshuffle exsection extol
	om: usepackage RequirePackage documentclass LoadClass marginpar marginnote sidenote todo missingfigure footnote footnotetext color captionsetup
		setlist lfoot cfoot rfoot fancyfoot footer setmainfont setsansfont setmonofont setmainlanguage
		setotherlanguage setotherlanguages cellcolor rowcolor includepdf
	mm: setlength addtolength addtocontents markboth colorlet fontsize DeclareUnicodeCharacter numberwithin counterwithin
		setbeamercolor setbeamerfont SetLabelAlign crefname Crefname lstdefinestyle
	mmm: definecolor addcontentsline runningfooter firstpagefooter
	mmmm: usefont apptocmd pretocmd
	mmmmm: patchcmd
	mmmmmmmmm: newtheoremstyle
	sm: vspace hspace enlargethispage
	smommmmo: titleformat
	smmmm: titlespacing
	mom: newcolumntype
	mo: setbeamertemplate
	omom: lstdefinelanguage
	oom: cite citep citet autocite textcite parencite footcite citealp citeauthor citeyear supercite fullcite footfullcite
`)

// What is passed over before words that stay.
var passed = args(`
	om: textcolor colorbox rotatebox
	m: scalebox foreignlanguage ifthenelse ifbool iftoggle
	mm: fcolorbox resizebox multicolumn
	oo: makebox framebox
	ooom: parbox
	moo: raisebox
	a: only onslide uncover visible invisible alt temporal
`)

// args reads a table: words that have the arguments before the last colon.
func args(table string) map[string]string {
	m := map[string]string{}
	spec := ""
	for _, w := range strings.Fields(table) {
		if strings.HasSuffix(w, ":") {
			spec = strings.Trim(w, "-:")
		} else {
			m[w] = spec
		}
	}
	return m
}

// Fonts: commands that dress their argument, and those that dress what follows.
var (
	dressing = map[string]string{
		"emph": "*", "textit": "*", "textsl": "*", "textbf": "**", "alert": "**", "structure": "**", "strong": "**", "texttt": "`", "code": "`", "inlinecode": "`",
		"lstinline": "`", "sout": "~~", "st": "~~", "keyword": "*", "term": "*", "defn": "**", "file": "`", "cmd": "`", "verbinline": "`",
	}
	switches = map[string]string{"bf": "**", "bfseries": "**", "it": "*", "itshape": "*", "em": "*", "sl": "*", "slshape": "*", "tt": "`", "ttfamily": "`", "rm": "", "sf": "", "sc": "", "scshape": ""}
	quoting  = map[string][2]string{"enquote": {"“", "”"}, "say": {"“", "”"}, "textquote": {"“", "”"}, "glqq": {"„", ""}, "textsuperscript": {"<sup>", "</sup>"}, "textsubscript": {"<sub>", "</sub>"}}
)

// known tells whether a command means something here, whatever a page defines.
func known(name string) bool {
	_, a := dropped[name]
	_, b := passed[name]
	_, c := dressing[name]
	_, d := sections[name]
	return a || b || c || d || entries[name] || symbols[name] != "" || definers[name] || itemWords[strings.ToLower(name)] || name == "caption" || name == "includegraphics" || name == "url" || name == "href"
}

// command reads a command.
func (r *reader) command(s string) {
	if len(r.frames) == 1 {
		r.startAt = r.at()
	}
	name, n := commandName(s)
	r.advance(n)
	switch {
	case name == "":
		return
	case r.signCommand(name, s, n):
		return
	}
	if m, ok := r.macros[name]; ok && !known(name) {
		if m.args > 0 || !strings.Contains(m.body, `\xspace`) {
			r.glue()
		}
		r.push(m.expand(r.option, r.arg))
		return
	}
	switch name {
	case "begin":
		r.beginEnv()
		return
	case "end":
		env := r.arg()
		r.endEnv(env)
		return
	case "verb":
		r.verb()
		return
	case "par":
		r.glue()
		r.flush()
		return
	}
	if sign, ok := dressing[name]; ok {
		r.dressed(name, sign)
		return
	}
	if sign, ok := switches[name]; ok {
		r.glue()
		if name == "rm" {
			r.upright()
		}
		r.mark(sign)
		return
	}
	if r.head(name) {
		return
	}
	if spec, ok := dropped[name]; ok {
		r.size(name)
		r.skip(spec)
		if spec == "" {
			r.glue()
		} else {
			r.tighten()
		}
		return
	}
	if r.structure(name) || r.counter(name) || r.entryCommand(name) || r.reference(name) || r.accent(name) {
		return
	}
	if out, ok := symbols[name]; ok {
		r.glue()
		r.emptyGroup()
		r.text(out)
		return
	}
	if definers[name] {
		r.define(name)
		return
	}
	if r.declare(name) || r.conditional(name) {
		return
	}
	if spec, ok := passed[name]; ok {
		r.skip(spec)
		return
	}
	r.unknown(name)
}

// tighten takes back the space before what was dropped when a sign follows.
func (r *reader) tighten() {
	s := r.rest()
	if n := len(r.par); n > 0 && r.par[n-1] == ' ' && s != "" && strings.IndexByte(".,;:!?)", s[0]) >= 0 {
		r.par = r.par[:n-1]
	}
}

// glue skips the white space that ends a command's name.
func (r *reader) glue() {
	s := r.rest()
	n := 0
	for n < len(s) && (s[n] == ' ' || s[n] == '\t') {
		n++
	}
	if n < len(s) && s[n] == '\n' {
		r.advance(n)
		return
	}
	r.advance(n)
}

func (r *reader) emptyGroup() {
	if strings.HasPrefix(r.rest(), "{}") {
		r.advance(2)
	}
}

// signCommand reads commands whose name is one sign.
func (r *reader) signCommand(name, s string, n int) bool {
	c, size := utf8.DecodeRuneInString(name)
	if size != len(name) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '@' || c >= utf8.RuneSelf {
		return false
	}
	switch name {
	case `\`:
		r.star()
		if strings.HasPrefix(r.rest(), "[") {
			r.option()
		}
		r.lineBreak()
	case "(":
		r.inlineMath(s, n, `\)`)
	case "[":
		r.displayMath(s, n, `\]`)
	case " ", ",", ":", ";", ">", "\n", "\t":
		r.raw(" ")
	case "-", "/", "!", ")", "]", "@":
	case "'", "`", "^", "~", "=", ".":
		return r.accent(name)
	case `"`:
		return r.accent(name)
	default: // \% \& \# \_ \{ \} \$
		r.text(name)
	}
	return true
}

// dressed reads a command that dresses its argument.
func (r *reader) dressed(name, sign string) {
	if name == "lstinline" {
		r.option()
		if s := r.rest(); s != "" && s[0] != '{' {
			r.verb()
			return
		}
	} else {
		r.between('<', '>')
	}
	r.spaces()
	if !strings.HasPrefix(r.rest(), "{") {
		if name == "em" || r.rest() == "" || r.rest()[0] == '}' {
			return
		}
		r.push("{" + r.arg() + "}")
	}
	r.advance(1)
	r.open(nil)
	r.mark(sign)
}

// verb reads code between two equal signs.
func (r *reader) verb() {
	r.star()
	s := r.rest()
	if s == "" || s[0] == '\n' {
		return
	}
	c, size := utf8.DecodeRuneInString(s)
	line := s[size:]
	if end := strings.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
	}
	end := strings.IndexRune(line, c)
	if end < 0 {
		return
	}
	r.advance(size + end + size)
	if r.inCode() {
		r.raw(line[:end])
	} else {
		r.raw(page.CodeSpan(line[:end]))
	}
}

// reference reads links, references and pictures.
func (r *reader) reference(name string) bool {
	switch name {
	case "url", "nolinkurl", "path":
		a := strings.ReplaceAll(strings.TrimSpace(r.arg()), `\`, "")
		if name == "path" || r.inCode() {
			r.raw(page.CodeSpan(a))
		} else {
			r.raw(page.Link("", a))
		}
	case "href":
		r.option()
		a := strings.ReplaceAll(r.arg(), `\`, "")
		r.spaces()
		r.raw(page.Link(r.inlineOf(r.arg()), a))
	case "hyperref", "hyperlink", "hypertarget":
		if _, ok := r.option(); !ok {
			r.arg()
		}
	case "ref", "eqref", "autoref", "cref", "Cref", "nameref", "pageref", "vref", "fullref":
		r.star()
		label := r.arg()
		if title, ok := r.labels[label]; ok && r.inline == 0 {
			r.raw("“" + r.inlineOf(title) + "”")
		} else if name == "eqref" {
			r.text("(" + label + ")")
		} else {
			r.text(label)
		}
	case "includegraphics", "includesvg":
		r.star()
		r.option()
		r.option()
		r.raw(page.ImageRef("", r.arg()))
	case "mintinline":
		r.option()
		r.arg()
		if a, ok := r.group(); ok {
			r.raw(page.CodeSpan(a))
		} else {
			r.verb()
		}
	case "lstinputlisting", "verbatiminput", "VerbatimInput": // code of another file
		r.option()
		r.arg()
	case "inputminted":
		r.option()
		r.arg()
		r.arg()
	case "ensuremath":
		r.raw(r.mathSpan(r.arg()))
	case "SI", "qty":
		r.option()
		r.text(r.arg() + " " + strings.Trim(r.arg(), `\`))
	case "num", "ang":
		r.option()
		r.text(r.arg())
	case "si", "unit":
		r.text(strings.Trim(r.arg(), `\`))
	case "texorpdfstring":
		tex := r.arg()
		r.arg()
		r.push(tex)
	case "ch", "ce":
		r.raw(r.mathSpan(`\ce{` + r.arg() + "}"))
	case "multirow":
		r.skip("omomo")
	case "underline", "uline", "ul":
		r.underline()
	case "vskip", "hskip", "kern", "hglue", "vglue", "parskip", "parindent", "baselineskip", "leftskip", "hangindent", "textwidth", "textheight", "oddsidemargin", "evensidemargin", "topmargin", "vfuzz", "hfuzz", "overfullrule", "tolerance", "pretolerance", "hbadness":
		r.dimension()
	case "cmidrule":
		r.skip("od")
		r.between('(', ')')
		r.arg()
	case "rule":
		r.skip("omm")
	default:
		q, ok := quoting[name]
		if !ok {
			return false
		}
		r.star()
		r.spaces()
		if !strings.HasPrefix(r.rest(), "{") {
			r.raw(q[0] + plain(r.arg()) + q[1])
			return true
		}
		r.advance(1)
		r.raw(q[0])
		r.open(func() { r.raw(q[1]) })
	}
	return true
}

// underline keeps its words; without words it is a blank to fill in.
func (r *reader) underline() {
	r.spaces()
	s := r.rest()
	n := 0
	if strings.HasPrefix(s, "{") {
		n = r.braced(s)
	}
	if n == 0 {
		return
	}
	if inner := strings.TrimSpace(s[1 : n-1]); inner == "" || strings.HasPrefix(inner, `\h`) || strings.HasPrefix(inner, `\q`) || strings.HasPrefix(inner, `\phantom`) {
		r.advance(n)
		r.raw(`\_\_\_\_`)
	}
}

// conditional reads TeX's conditions: both branches are kept, as a page may show
// either, but for what is commented out.
func (r *reader) conditional(name string) bool {
	if !strings.HasPrefix(name, "if") {
		return false
	}
	switch name {
	case "iffalse":
		r.skipToFi()
	case "ifx", "ifdefined", "ifnum", "ifcase", "ifodd", "ifdim", "if", "ifcat":
		s := r.rest()
		end := strings.IndexByte(s, '\n')
		if end < 0 {
			end = len(s)
		}
		if name == "ifdefined" || name == "ifx" {
			r.arg()
			if name == "ifx" {
				r.arg()
			}
			return true
		}
		r.advance(end)
	default:
		r.glue()
	}
	return true
}

// skipToFi skips what \iffalse comments out.
func (r *reader) skipToFi() {
	s := r.rest()
	depth := 1
	for i := 0; ; {
		at := strings.IndexByte(s[i:], '\\')
		if at < 0 {
			r.advance(len(s))
			return
		}
		i += at
		name, n := commandName(s[i:])
		i += n
		switch {
		case name == "fi":
			if depth--; depth == 0 {
				r.advance(i)
				return
			}
		case name == "else" && depth == 1:
			r.advance(i)
			return
		case strings.HasPrefix(name, "if") && name != "iff" && name != "ifthenelse":
			depth++
		}
	}
}

// measure is an argument that is no more than a number or a length.
var measure = regexp.MustCompile(`^\{\s*[\d.]+\s*(?:cm|mm|in|pt|em|ex|\\[a-z]+)?\s*\}`)

// ownAnswer are names that a book of solutions gives its command for an answer within
// the text: \myanswer, \theanswer.
var ownAnswer = regexp.MustCompile(`^(?:my|the|our|inline|short)(?:answer|solution|ans|sol)$`)

// setApart tells whether a command stands at the far end of its line, behind \hfill.
func (r *reader) setApart(name string) bool {
	f := &r.frames[len(r.frames)-1]
	before := strings.TrimRight(strings.TrimSuffix(f.s[:f.pos], `\`+name), " ")
	return strings.HasSuffix(before, `\hfill`)
}

// unknown reads a command that is not known: its words stay. One that is named
// like a task or its solution is a box.
func (r *reader) unknown(name string) {
	if itemWords[strings.ToLower(strings.TrimRight(name, "0123456789"))] && r.inline == 0 {
		r.runIn(name)
		return
	}
	switch {
	case ownAnswer.MatchString(name) && r.inline == 0 && r.setApart(name) && strings.HasPrefix(r.rest(), "{"):
		a, _ := r.group()
		if a = r.inlineOf(a); a != "" {
			r.given, r.givenAt = append(r.given, a), r.at()
		}
		return
	case name == "ii" && r.nearest() >= 0:
		r.item()
		return
	case strings.HasSuffix(name, "label"): // \ollabel
		r.group()
		return
	case name == "qt" && r.untitled():
		title, _ := r.group() // OpenIntro: the title of a task stands in its text
		r.b.Retitle(r.titleOf(title))
		r.spaces()
		return
	}
	r.star()
	if s := r.rest(); strings.HasPrefix(s, "{") && len(r.par) == 0 && r.inline == 0 {
		if n := len(measure.FindString(s)); n > 0 {
			r.advance(n) // room for an answer, points
			return
		}
		if n := r.braced(s); n > 200 && strings.Count(s[:n], "\n") > 1 && !strings.HasPrefix(s[n:], "{") || n > 200 && strings.HasPrefix(s[n:], "{}") {
			r.runIn(name) // a command of the page's style that holds a whole text
			return
		}
	} else if strings.HasPrefix(s, "[") {
		r.option()
	} else if strings.HasPrefix(s, "<") {
		r.between('<', '>')
	} else if !strings.HasPrefix(s, "{") {
		r.glue()
	}
}
