package webpage

import (
	"regexp"
	"strings"
	"unicode"
)

// class is what the class of an element says of it. The classes of a page are few
// and come often: each is worked out once.
type class struct {
	box       string // "exercise", "admonition note": what the element is
	shell     string // a part that holds the contents of such a thing: "solution"
	title     bool   // a part that is its title
	furniture bool
	vanish    bool // what a site's builder puts into the text
	anchor    bool // a link of a heading to itself
	unseen    bool // not shown at first
	toggle    bool // opens and closes something
	content   bool // usual for what holds the content of a page
	file      bool // … of a file that a site shows
	header    bool
	tabs      bool
	label     bool // names the language of the code below it
	output    bool
	cell      bool // of a notebook, with code
	lineNo    bool
	math      bool
	rendered  bool // a formula drawn with elements; its source stands beside it
	right     bool // marks the right choice
	skip      bool // a link that passes the menus by
	apart     bool // a mark beside words: points, a level
	number    bool // the number of a section, kept apart by a margin
	note      bool // the number of a footnote
	reference bool // … if it is raised
	mathML    bool // holds the source of a formula that is drawn beside it
	display   bool // set apart from the line
	option    bool // something to choose, says a word of it
	choice    bool // … surely: "quiz-option"
	texImage  bool
	layout    bool
	slide     bool
	emoji     bool
	styleOf   string // numbering of a list: "a", "i", …
	lang      string // of code
}

var noClass = &class{}

// maxClasses is how many different classes are remembered.
const maxClasses = 8 << 10

func (r *reader) classOf(value []byte) *class {
	if c := r.seen[string(value)]; c != nil {
		return c
	}
	c := readClass(string(value))
	if len(r.seen) < maxClasses {
		r.seen[string(value)] = c
	}
	return c
}

func readClass(value string) *class {
	c := &class{lang: codeLang(value)}
	var box []string
	names := strings.Fields(value)
	framed, responsive := false, false
	for _, name := range names {
		framed = framed || frames[firstWord(name)]
		responsive = responsive || strings.Contains(name, ":") || strings.HasPrefix(name, "d-md-") || strings.HasPrefix(name, "d-lg-")
	}
	for _, name := range names {
		if strings.ContainsAny(name, ":[/") {
			continue // a utility of a style sheet: "hover:shadow"
		}
		switch name {
		case "NavFrame": // Wikiversity's hidden answers
			box = append(box, "collapsible")
			continue
		case "NavHead":
			c.title = true
			continue
		case "NavContent":
			continue
		}
		c.exact(strings.ToLower(name), responsive)
		w := words(name)
		c.apart = c.apart || hasAny(w, chips)
		c.choice = c.choice || len(w) > 1 && choices[w[len(w)-1]] && hasAny(w[:len(w)-1], quizzes)
		c.toggle, c.option = c.toggle || hasAny(w, toggles), c.option || hasAny(w, options)
		switch {
		case len(w) == 0 || states[w[0]]:
		case furnitureWords(w):
			c.furniture = true
		default:
			box = append(box, c.named(w, framed)...)
		}
	}
	if all := " " + value + " "; strings.Contains(all, " contents ") && (strings.Contains(all, " topic ") || strings.Contains(all, " local ")) {
		c.furniture = true // a table of contents, as docutils writes it
	}
	c.box = joinWords(box)
	if hasAny(box, weak) {
		c.box = strings.Replace(c.box, "hint", "callout", 1) // GitBook's word for a note
	}
	return c
}

var forEars = regexp.MustCompile(`sr-only|visually-?hidden|screen-?reader`)

// exact reads the names that are known as a whole.
func (c *class) exact(name string, responsive bool) {
	c.vanish = c.vanish || forEars.MatchString(name)
	switch name {
	case "hidden", "d-none", "is-hidden", "u-hidden":
		c.unseen = c.unseen || !responsive
	case "math", "arithmatex", "math-inline", "math-display", "mathjax_process", "tex2jax_process":
		c.math, c.display = true, c.display || name == "math-display"
	case "latex", "texrender", "tex", "mathtex":
		c.texImage = true
	case "display", "katex-display":
		c.display = true
	case "mathjax", "mathjax_display", "mathjax_preview", "mathjax_svg", "mathjax_chtml", "mathjax_svg_display", "katex-html", "mjx-chtml", "mwe-math-fallback-image-inline", "mwe-math-fallback-image-display", "ltx_math_fallback":
		c.rendered = true
	case "loweralpha", "lower-alpha", "loweralpha-list":
		c.styleOf = "a"
	case "upperalpha", "upper-alpha":
		c.styleOf = "A"
	case "lowerroman", "lower-roman":
		c.styleOf = "i"
	case "upperroman", "upper-roman":
		c.styleOf = "I"
	case "content", "main", "main-content", "maincontent", "page-content", "content-main", "article-content", "article-body", "articlebody", "post-content", "post-body", "entry-content", "post", "article",
		"markdown-body", "markdown", "markdown-section", "md-content", "document", "documentwrapper", "bodywrapper", "body", "rst-content", "mw-parser-output", "mw-content-text", "bodycontent", "theme-doc-markdown",
		"lesson", "lesson-content", "lecture", "lecture-content", "chapter", "chapter-content", "page-inner", "book-body", "page-body", "text", "notebook", "jp-notebook", "reveal":
		c.content, c.file = true, c.file || name == "markdown-body"
	case "headerlink", "anchor", "anchor-link", "header-anchor", "heading-anchor", "hash-link", "anchorjs-link", "permalink", "heading-link", "section-anchor", "direct-link", "main__anchor", "headline-anchor", "octicon-link":
		c.anchor = true
	case "mw-editsection", "accesshide", "material-icons", "material-symbols-outlined", "material-symbols-rounded",
		"copybtn", "copy-button", "clipboard-button", "btn-clipboard", "tooltip", "tooltiptext", "edit-page-link", "footnote-backref", "footnote_backlink", "fn-backref", "reversefootnote", "md-clipboard", "code-copy", "code-copy-outer":
		c.vanish = true
	case "reference":
		c.reference = true
	case "grade", "state", "questionflag", "editquestion":
		c.furniture = true // what a learning site says of an attempt
	case "mwe-math-mathml-inline", "mwe-math-mathml-display", "katex-mathml", "mjx_assistive_mathml":
		c.mathML = true
	case "footnote-ref", "footnote-reference", "footnote_link", "footnoteref", "noteref", "fnref", "reference-footnote":
		c.note = true
	case "lineno", "linenos", "linenodiv", "ln", "line-number", "line-numbers-rows", "gutter", "rouge-gutter", "hljs-ln-numbers", "hljs-ln-n", "blob-num", "linenumber", "code-line-number", "react-syntax-highlighter-line-number", "ec-gutter", "lnt", "lntd-ln", "cm-gutters", "codemirror-linenumber", "boring":
		c.lineNo = true
	case "output", "output_area", "output_wrapper", "output_subarea", "cell_output", "jp-outputarea", "jp-cell-outputarea", "jp-outputarea-output", "cell-output", "cell-output-stdout", "cell-output-stderr", "cell-output-display":
		c.output = true
	case "code_cell", "jp-codecell", "cell-code":
		c.cell = true
	case "correct", "is-correct", "right-answer", "correct-answer", "correctanswer", "rightanswer-choice", "answer-correct", "true-answer":
		c.right = true
	case "skip-link", "skiplink", "skip-to-content", "skip-nav", "skip-to-main":
		c.skip = true
	case "secnum", "sectnum", "section-number", "header-section-number", "section-num", "chapter-number", "os-number", "codenumber", "number", "num", "answernumber", "titleno", "tocnumber", "caption-number", "headingnumber":
		c.number = true
	case "future", "past", "present":
		c.slide = true // of reveal.js: all but one are hidden
	case "emoji", "g-emoji", "wp-smiley", "twemoji", "emojione":
		c.emoji = true
	case "layout", "layouttable", "presentation":
		c.layout = true
	}
}

// named reads the words of one name and gives those that tell what the element
// is. A name in several words is what its last word is: "exercise-solution" is a
// solution, "question-title" a title, "note-taking" neither.
func (c *class) named(w []string, framed bool) []string {
	switch {
	case len(w) > 1 && (w[0] == "code" || w[0] == "lang" || w[0] == "language") && labels[w[len(w)-1]]:
		c.label = true
	case w[0] == "tab" || w[0] == "tabs" || w[0] == "tabbed" || w[0] == "tabset" || len(w) > 1 && w[1] == "tab":
		c.tabs = c.tabs || !shells[w[len(w)-1]] && w[len(w)-1] != "pane" // what holds the tabs, not what they open
		return nil
	case w[0] == "header" || len(w) > 1 && w[len(w)-1] == "header" && !thing(w[0]):
		c.header = true
	}
	all, last := w, w[len(w)-1]
	for len(w) > 1 && neutral[last] {
		w = w[:len(w)-1]
		last = w[len(w)-1]
	}
	if len(w) > 1 || w[0] == "title" || w[0] == "heading" || w[0] == "caption" {
		switch {
		case titles[last] && (len(w) == 1 || thing(w[len(w)-2]) || frames[w[0]]):
			c.title = true
			return nil
		case parts[last]:
			return nil
		case shells[last]:
			item := last == "item"
			for len(w) > 1 && (shells[last] || neutral[last]) {
				w = w[:len(w)-1]
				last = w[len(w)-1]
			}
			if item && folds[last] {
				return []string{last}
			}
			if things[last] {
				c.shell = last
			}
			return nil
		}
	}
	if len(w) > 1 {
		if pair := w[len(w)-2] + "-" + last; pairs[pair] {
			return append([]string{pair}, levelsIn(all)...)
		}
	}
	switch {
	case len(w) > 1 && (last == "toggle" || last == "collapse"):
	case things[last]:
		return append([]string{last}, levelsIn(all)...)
	case weak[last] && framed:
		return []string{last}
	}
	return nil
}

func levelsIn(w []string) (found []string) {
	for _, x := range w {
		if levels[x] {
			found = append(found, x)
		}
	}
	return found
}

func thing(word string) bool { return things[word] || many[word] }

func hasAny(w []string, in map[string]bool) bool {
	for _, x := range w {
		if in[x] {
			return true
		}
	}
	return false
}

func joinWords(w []string) string {
	var out []string
	for _, x := range w {
		if !strings.Contains(" "+strings.Join(out, " ")+" ", " "+x+" ") {
			out = append(out, x)
		}
	}
	return strings.Join(out, " ")
}

// furnitureWords tells whether a name in words is that of a menu, a footer and the
// like. "has-sidebar" or "page-with-toc" say that there is one elsewhere.
func furnitureWords(w []string) bool {
	found := false
	for i, x := range w {
		switch {
		case states[x]:
			return false
		case i+1 < len(w) && furniturePairs[x+"-"+w[i+1]]:
			return true
		case furniture[x]:
			found = true
		}
	}
	if elsewhere[w[len(w)-1]] || thing(w[0]) {
		return false
	}
	return found || maybe(w)
}

// maybe tells whether a name is of words that are furniture unless they are about
// something: "page-comments" is, "code-comments" is not.
func maybe(w []string) bool {
	found := false
	for _, x := range w {
		switch {
		case maybeFurniture[x]:
			found = true
		case !places[x] && !parts[x] && !shells[x] && !neutral[x]:
			return false
		}
	}
	return found
}

// nameOf is what a role or a data-type calls the element: a thing, when it says no
// more than that.
func nameOf(s string) string {
	switch w := words(s); {
	case len(w) == 2 && pairs[w[0]+"-"+w[1]]:
		return w[0] + "-" + w[1]
	case len(w) == 1 && things[w[0]]:
		return w[0]
	}
	return ""
}

// idOf is nameOf for an id. Ids are made of headings as well, so only what is
// surely the name of a task or an answer counts.
func idOf(id string) string {
	if name := nameOf(id); asks[name] || answers[name] {
		return name
	}
	return ""
}

// furnitureID tells whether an id names furniture and nothing else.
func furnitureID(id string) bool {
	w := words(id)
	found := false
	for i, x := range w {
		switch {
		case furniture[x], maybeFurniture[x], i+1 < len(w) && furniturePairs[x+"-"+w[i+1]]:
			found = true
		case places[x], i > 0 && furniturePairs[w[i-1]+"-"+x]:
		default:
			return false
		}
	}
	return found
}

func firstWord(name string) string {
	if w := words(name); len(w) > 0 {
		return w[0]
	}
	return ""
}

// words splits a name where people and style sheets do: at - and _, at capitals,
// before numbers. Numbers, prefixes of one letter and the tails that builders add
// to make names unique are left out.
func words(name string) []string {
	if i := strings.LastIndexByte(name, '_'); i > 0 {
		if tail := name[i+1:]; len(tail) >= 4 && len(tail) <= 8 && strings.ContainsFunc(tail, func(r rune) bool { return unicode.IsUpper(r) || unicode.IsDigit(r) }) && !strings.Contains(tail, "-") {
			name = strings.TrimRight(name[:i], "_-")
		}
	}
	var out []string
	from, last := -1, rune(0)
	end := func(to int) {
		if from >= 0 && to-from > 1 {
			out = append(out, strings.ToLower(name[from:to]))
		}
		from = -1
	}
	for i, r := range name {
		switch {
		case !unicode.IsLetter(r):
			end(i)
		case unicode.IsUpper(r) && unicode.IsLower(last):
			end(i)
			from = i
		case from < 0:
			from = i
		}
		last = r
	}
	end(len(name))
	if len(out) > 0 && prefixes[out[0]] && len(out) > 1 {
		out = out[1:]
	}
	return out
}

var langNames = []string{"language-", "lang-", "hl-", "highlight-source-", "highlight-", "brush:", "src-", "code-"}

// codeLang is the language of code that a class tells: "language-python",
// "highlight-py3", "sourceCode r", "brush: js".
func codeLang(value string) string {
	names := strings.Fields(strings.ToLower(value))
	for i, n := range names {
		n = strings.TrimSuffix(n, ";")
		for _, prefix := range langNames {
			rest, ok := strings.CutPrefix(n, prefix)
			if !ok {
				continue
			}
			if rest == "" && i+1 < len(names) {
				rest = strings.TrimSuffix(names[i+1], ";")
			}
			if prefix == "code-" && !languages[rest] {
				continue
			}
			if rest = plainLang(rest); rest != "" {
				return rest
			}
		}
		if (n == "sourcecode" || n == "src" || n == "highlight" || n == "prettyprint" || n == "hljs" || n == "code") && len(names) > i+1 && languages[names[i+1]] {
			return names[i+1]
		}
	}
	if len(names) == 1 && languages[names[0]] {
		return names[0]
	}
	return ""
}

// plainLang drops names that name no language.
func plainLang(s string) string {
	switch s {
	case "", "default", "none", "plaintext", "notranslate", "wrapper", "text", "plain", "block", "container", "inline", "linenos", "fence", "line", "code", "source", "highlighter", "txt", "nohighlight", "undefined":
		return ""
	case "python3", "ipython3", "py3", "py", "ipython":
		return "python"
	}
	if len(s) > 20 {
		return ""
	}
	return s
}
