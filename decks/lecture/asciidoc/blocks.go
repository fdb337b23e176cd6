package asciidoc

import (
	"regexp"
	"strings"

	"lectern/decks/lecture/page"
)

var admonitions = map[string]bool{"NOTE": true, "TIP": true, "IMPORTANT": true, "CAUTION": true, "WARNING": true, "EXERCISE": true, "QUESTION": true}

// blocks reads the lines lo to hi.
func (r *reader) blocks(lo, hi int) {
	if r.depth >= maxDepth {
		r.flat(lo, hi)
		return
	}
	lists := r.lists
	r.depth++
	r.lists = 0
	for i := lo; i < hi && r.b.Err() == nil; {
		i = max(r.block(i, hi), i+1)
	}
	r.depth--
	r.lists = lists
}

// flat reads lines as paragraphs alone.
func (r *reader) flat(lo, hi int) {
	for i := lo; i < hi && r.b.Err() == nil; i++ {
		if r.lines[i] == "" {
			continue
		}
		j := i
		for j < hi && r.lines[j] != "" {
			j++
		}
		r.paragraph(i, page.Escape(strings.Join(r.lines[i:j], " ")))
		i = j
	}
}

func (r *reader) paragraph(line int, md string) {
	r.b.Add(page.Block{Kind: page.Paragraph, Line: r.nums[line], Text: md})
}

// block reads one block with the lines that describe it, and tells where the next
// one begins.
func (r *reader) block(i, hi int) int {
	a := attrs{line: -1}
	for i < hi {
		line := r.lines[i]
		if line == "" {
			i++
			continue
		}
		next, ok := r.describes(i, hi, &a)
		if !ok {
			break
		}
		i = next
	}
	if i >= hi {
		return hi
	}
	return r.described(i, hi, &a)
}

// describes reads a line about the block below: attributes, an anchor, a title. It
// also passes over comments and sets the page's attributes.
func (r *reader) describes(i, hi int, a *attrs) (int, bool) {
	line := r.lines[i]
	switch line[0] {
	case '/':
		if strings.HasPrefix(line, "////") && strings.Trim(line, "/") == "" {
			return min(r.end(i, hi)+1, hi), true
		}
		if strings.HasPrefix(line, "//") && !strings.HasPrefix(line, "///") {
			return i + 1, true
		}
	case ':':
		if name, value, ok := attribute(line); ok {
			return r.setAttribute(i, name, value), true
		}
	case '[':
		if b, ok := parseAttrs(line); ok {
			a.add(b)
			a.begin(i)
			return i + 1, true
		}
	case '.':
		if len(line) > 1 && line[1] != ' ' && line[1] != '.' && line[1] != '\t' {
			a.title = r.inline(line[1:])
			a.begin(i)
			return i + 1, true
		}
	}
	return i, false
}

func (a *attrs) begin(i int) {
	if a.line < 0 {
		a.line = i
	}
}

// described reads the block that begins in line i.
func (r *reader) described(i, hi int, a *attrs) int {
	line := r.lines[i]
	if a.line < 0 {
		a.line = i
	}
	if next, ok := r.headed(i, hi); ok {
		return next
	}
	kind := delimiter(line)
	if titled := kind == '=' || kind == '*' || kind == 'o' && a.mark("") != ""; a.title != "" && !titled && solving.MatchString(a.title) {
		return r.solution(i, hi, a)
	}
	if kind != 0 {
		return r.delimited(i, hi, kind, a)
	}
	if next, ok := r.rule(i, line); ok {
		return next
	}
	if name, target, text, ok := blockMacro(line); ok {
		r.macro(i, name, target, text, a)
		return i + 1
	}
	if m, ok := markerOf(line); ok && !(m.kind == callout && !r.afterCode()) {
		r.caption(a)
		return r.list(i, hi, m, a)
	}
	return r.words(i, hi, a)
}

// solving matches titles of blocks that solve the task before.
var solving = regexp.MustCompile(`(?i)^[\s*_]*(?:(?:show|possible|sample|suggested|model|example|the)\s+)*(?:solutions?|answers?|решени[ея]|ответы?|lösung(?:en)?|antwort(?:en)?|soluci(?:ón|ones)|respuestas?|réponses?|corrigés?|corrections?|soluzion[ei])[\s*_]*[.:]?[\s*_]*$`)

// toDo matches titles of blocks that hold a task without calling it one.
var toDo = regexp.MustCompile(`(?i)^[\s*_]*(?:travail )?(?:à|a) faire(?: (?:vous[- ]même|chez soi|à la maison))?[\s*_!:.]*$|^[\s*_]*(?:à (?:vous|toi)(?: de jouer)?|jetzt (?:sie|du)|selbst (?:probieren|ausprobieren)|ahora tú|te toca|tocca a te)[\s*_!:.]*$`)

// solution reads a block with such a title, which is no box by itself.
func (r *reader) solution(i, hi int, a *attrs) int {
	r.b.Open(page.Block{Kind: page.Box, Line: r.nums[a.line], Mark: "solution", Text: a.title})
	a.title = ""
	next := r.described(i, hi, a)
	r.b.Close()
	return next
}

// caption adds the title of a block as a line in bold.
func (r *reader) caption(a *attrs) {
	if a.title != "" {
		r.paragraph(a.line, page.Mark("**", a.title, 0, 0))
	}
}

// headed reads the heading of a section.
func (r *reader) headed(i, hi int) (int, bool) {
	next := i + 1
	level, title, ok := heading(r.lines[i])
	if !ok {
		if level, ok = r.underlined(i, hi); !ok {
			return 0, false
		}
		title, next = r.lines[i], i+2
	}
	r.level = level
	r.b.Add(page.Block{Kind: page.Heading, Level: uint8(level), Line: r.nums[i], Text: r.inline(title)})
	return next, true
}

func (r *reader) rule(i int, line string) (int, bool) {
	switch line {
	case "'''", "---", "- - -", "***", "* * *":
		r.b.Add(page.Block{Kind: page.Rule, Line: r.nums[i]})
	case "<<<":
	default:
		return 0, false
	}
	return i + 1, true
}

// delimiter gives the sign of the block that a line opens: 't' for a table, '`' for
// a fence, 'o' for an open block, 0 for none.
func delimiter(line string) byte {
	if len(line) < 4 {
		if line == "--" {
			return 'o'
		}
		if strings.HasPrefix(line, "```") {
			return '`'
		}
		return 0
	}
	switch c := line[0]; c {
	case '-', '.', '=', '*', '_', '+', '/':
		for i := 1; i < len(line); i++ {
			if line[i] != c {
				return 0
			}
		}
		return c
	case '`':
		if strings.HasPrefix(line, "```") && !strings.Contains(line[3:], "`") {
			return '`'
		}
	case '|', ',', ':', '!':
		if len(line) >= 4 && strings.Trim(line[1:], "=") == "" {
			return 't'
		}
	}
	return 0
}

// end finds the line that ends the block that line i opens; hi when none does.
func (r *reader) end(i, hi int) int {
	mark := r.lines[i]
	if strings.HasPrefix(mark, "```") {
		mark = "```"
	}
	for j := i + 1; j < hi; j++ {
		if r.lines[j] == mark {
			return j
		}
	}
	return hi
}

// delimited reads a block between two equal lines.
func (r *reader) delimited(i, hi int, kind byte, a *attrs) int {
	end := r.end(i, hi)
	lo, next := i+1, min(end+1, hi)
	style := a.style
	switch {
	case kind == '/' || style == "comment":
	case style == "stem" || style == "latexmath" || style == "asciimath":
		r.caption(a)
		r.formula(lo, end)
	case kind == '+':
	case kind == 't':
		r.caption(a)
		r.table(i, lo, end, a)
	case kind == '-' || kind == '`' || kind == '.' || kind == 'o' && (style == "source" || style == "listing" || style == "literal"):
		if kind == '`' && a.at(1) == "" {
			a.pos = []string{"source", strings.TrimSpace(r.lines[i][3:])}
		}
		r.code(lo, end, a)
	case kind == '_':
		if style == "verse" {
			r.verse(lo, end, a)
		} else {
			r.quote(i, end-1, a, func() { r.blocks(lo, end) })
		}
	case kind == 'o' && a.mark("") == "" || style == "partintro":
		r.caption(a)
		r.blocks(lo, end)
	default:
		r.box(kind, a, func() { r.blocks(lo, end) })
	}
	return next
}

// box reads an example, a sidebar, an admonition, or a block of the page's own style.
func (r *reader) box(kind byte, a *attrs, read func()) {
	itself := map[byte]string{'=': "example", '*': "sidebar"}[kind]
	mark := a.mark(itself)
	if a.option("collapsible") {
		if a.style == "" || a.style == "example" {
			mark = strings.TrimSpace("details " + strings.TrimPrefix(mark, "example"))
		} else {
			mark += " collapsible"
		}
	}
	if mark == "" {
		mark = "block"
	}
	if solving.MatchString(a.title) && !strings.Contains(mark, "solution") {
		mark += " solution"
	}
	if toDo.MatchString(a.title) {
		mark += " exercise"
	}
	r.b.Open(page.Block{Kind: page.Box, Line: r.nums[a.line], Mark: mark, Text: a.title})
	read()
	r.b.Close()
}

// quote reads a quotation in lines i to last, with whom it is by.
func (r *reader) quote(i, last int, a *attrs, read func()) {
	r.caption(a)
	r.b.Open(page.Block{Kind: page.Quote, Line: r.nums[i]})
	read()
	if by := strings.TrimSpace(strings.Trim(strings.TrimSpace(a.at(1))+", "+strings.TrimSpace(a.at(2)), ", ")); by != "" {
		r.paragraph(last, "— "+r.inline(by))
	}
	r.b.Close()
}

func (r *reader) verse(lo, hi int, a *attrs) {
	r.quote(a.line, max(hi-1, a.line), a, func() {
		var b strings.Builder
		for i := lo; i < hi; i++ {
			if r.lines[i] != "" && b.Len() > 0 {
				b.WriteString("\\\n")
			}
			b.WriteString(r.inline(r.lines[i]))
		}
		if lo < hi {
			r.paragraph(lo, b.String())
		}
	})
}

func (r *reader) formula(lo, hi int) {
	tex := strings.TrimSpace(strings.Join(r.lines[lo:hi], "\n"))
	tex = strings.TrimSuffix(strings.TrimPrefix(tex, `\[`), `\]`)
	r.b.Add(page.Block{Kind: page.Formula, Line: r.nums[min(lo, len(r.nums)-1)], Text: tex})
}

// code adds a listing. Numbers of call-outs are taken out of it; of a file that it
// would include only the name is known.
func (r *reader) code(lo, hi int, a *attrs) {
	r.caption(a)
	lang := a.lang()
	if a.style != "" && a.style != "source" && a.style != "listing" && a.style != "literal" && lang == "" {
		lang = strings.ToLower(a.style) // plantuml, ditaa, …
	}
	var b strings.Builder
	var files []string
	for i := lo; i < hi; i++ {
		line := r.lines[i]
		if strings.HasPrefix(line, "include::") && strings.HasSuffix(line, "]") {
			name, _, _ := strings.Cut(line[len("include::"):], "[")
			files = append(files, name)
			continue
		}
		line = withoutCallouts(line)
		line = strings.TrimPrefix(line, `\include::`)
		b.WriteString(line)
		b.WriteByte('\n')
	}
	if r.b.AddCode(int(r.nums[min(lo, len(r.nums)-1)]), lang, b.String()) < 0 {
		for _, f := range files {
			r.paragraph(min(lo, len(r.nums)-1), page.CodeSpan(r.resolve(f)))
		}
	}
}

// withoutCallouts drops "<1>" from the end of a line of code, with the sign of a
// comment before it.
func withoutCallouts(line string) string {
	for strings.HasSuffix(line, ">") {
		open := strings.LastIndexByte(line, '<')
		if open < 0 {
			return line
		}
		n := line[open+1 : len(line)-1]
		if n == "!--" || strings.HasPrefix(n, "!--") && strings.HasSuffix(n, "--") { // <!--1-->
			n = strings.Trim(n, "!-")
		}
		if n == "" || strings.Trim(n, "0123456789.") != "" || len(n) > 3 {
			return line
		}
		line = strings.TrimRight(line[:open], " \t")
		for _, c := range []string{"//", "#", "--", ";;", "%"} {
			if t := strings.TrimSuffix(line, c); t != line && (t == "" || t[len(t)-1] == ' ' || t[len(t)-1] == '\t') {
				line = strings.TrimRight(t, " \t")
				break
			}
		}
	}
	return line
}

// afterCode tells whether the block before is code, which call-outs explain.
func (r *reader) afterCode() bool {
	blocks := r.b.Page().Blocks
	return len(blocks) > 0 && (blocks[len(blocks)-1].Kind == page.Code || blocks[len(blocks)-1].Kind == page.Paragraph)
}

// blockMacro reads "name::target[text]".
func blockMacro(line string) (name, target, text string, ok bool) {
	if line[len(line)-1] != ']' {
		return "", "", "", false
	}
	name, rest, ok := strings.Cut(line, "::")
	if !ok || name == "" || len(name) > 30 || strings.HasPrefix(rest, " ") {
		return "", "", "", false
	}
	for i := range len(name) {
		if c := name[i]; !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-') {
			return "", "", "", false
		}
	}
	target, text, ok = strings.Cut(rest[:len(rest)-1], "[")
	return name, target, text, ok && !strings.Contains(target, " ") || name == "image"
}

func (r *reader) macro(i int, name, target, text string, a *attrs) {
	switch name {
	case "image":
		r.paragraph(i, r.picture(target, text))
		a.line = i // the title stands above in the source and below on the page
		r.caption(a)
	case "video", "audio", "include", "toc", "gist", "ifdef", "ifndef", "ifeval", "endif":
	case "stem", "latexmath", "asciimath":
		r.b.Add(page.Block{Kind: page.Formula, Line: r.nums[i], Text: text})
	}
}

// picture writes a picture; the first word of its attributes is its text.
func (r *reader) picture(target, text string) string {
	alt := splitList(text)[0]
	if strings.Contains(alt, "=") && !strings.HasPrefix(alt, `"`) {
		alt = ""
		if _, rest, ok := strings.Cut(text, "alt="); ok {
			alt = splitList(rest)[0]
		}
	}
	return page.ImageRef(r.resolve(strings.Trim(alt, `" `)), r.resolve(target))
}

// words reads a paragraph, or what its style or its first words make of it.
func (r *reader) words(i, hi int, a *attrs) int {
	line := r.lines[i]
	end := i + 1
	for end < hi && !r.ends(end) {
		end++
	}
	indented := line[0] == ' ' || line[0] == '\t'
	style := a.style
	switch {
	case style == "comment":
	case style == "source", style == "listing", style == "literal":
		r.code(i, end, a)
	case style == "stem", style == "latexmath", style == "asciimath":
		r.caption(a)
		r.formula(i, end)
	case style == "quote":
		r.quote(i, end-1, a, func() { r.paragraph(i, r.join(i, end)) })
	case style == "verse":
		r.verse(i, end, a)
	case indented && style != "normal":
		r.caption(a)
		r.b.AddCode(int(r.nums[i]), "", dedent(r.lines[i:end]))
	case strings.HasPrefix(line, "> ") || line == ">":
		r.markdownQuote(i, end)
	case style == "" || style == "normal" || style == "discrete" || style == "float":
		if label, text, ok := admonition(line); ok {
			r.b.Open(page.Block{Kind: page.Box, Line: r.nums[a.line], Mark: a.mark(strings.ToLower(label)), Text: a.title})
			r.paragraph(i, r.joinFrom(text, i+1, end))
			r.b.Close()
			break
		}
		if mark := a.mark(""); mark != "" && mark != "normal" {
			r.box(0, a, func() { r.paragraph(i, r.join(i, end)) })
			break
		}
		r.caption(a)
		r.paragraph(i, r.join(i, end))
	default:
		r.box(0, a, func() { r.paragraph(i, r.join(i, end)) })
	}
	return end
}

// admonition reads "NOTE: text".
func admonition(line string) (label, text string, ok bool) {
	label, text, ok = strings.Cut(line, ": ")
	return label, text, ok && admonitions[label]
}

// ends tells whether a line ends the paragraph above.
func (r *reader) ends(i int) bool {
	line := r.lines[i]
	if line == "" || delimiter(line) != 0 {
		return true
	}
	if r.lists > 0 {
		if _, ok := markerOf(line); ok || line == "+" {
			return true
		}
	}
	if line[0] == '[' {
		_, ok := parseAttrs(line)
		return ok
	}
	if line[0] == '=' || line[0] == 'i' && strings.HasPrefix(line, "image::") {
		_, _, ok := heading(line)
		return ok || line[0] == 'i'
	}
	return false
}

// join reads lines as the text of one paragraph.
func (r *reader) join(lo, hi int) string { return r.joinFrom("", lo, hi) }

func (r *reader) joinFrom(first string, lo, hi int) string {
	if first == "" && hi == lo+1 {
		return r.inline(strings.TrimSpace(r.lines[lo]))
	}
	var b strings.Builder
	b.WriteString(first)
	for i := lo; i < hi; i++ {
		line := r.lines[i]
		if strings.HasPrefix(line, "//") && !strings.HasPrefix(line, "///") || strings.HasPrefix(line, "include::") {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strings.TrimSpace(line))
	}
	return r.inline(b.String())
}

// dedent joins lines without the indentation that all of them have.
func dedent(lines []string) string {
	least := -1
	for _, l := range lines {
		if in := len(l) - len(strings.TrimLeft(l, " \t")); least < 0 || in < least {
			least = in
		}
	}
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l[max(least, 0):])
		b.WriteByte('\n')
	}
	return b.String()
}

// markdownQuote reads lines that begin with a bracket as Markdown's do.
func (r *reader) markdownQuote(lo, hi int) {
	var b strings.Builder
	for i := lo; i < hi; i++ {
		b.WriteString(strings.TrimSpace(strings.TrimPrefix(r.lines[i], ">")))
		b.WriteByte('\n')
	}
	r.b.Open(page.Block{Kind: page.Quote, Line: r.nums[lo]})
	r.paragraph(lo, r.inline(strings.TrimSpace(b.String())))
	r.b.Close()
}
