// Package latex reads LaTeX as lecture notes, exercise sheets, exams and slides
// are written in it. It is no TeX: commands that it knows become headings,
// lists, boxes and marks of a page, the page's own simple macros are put in
// place, what only concerns the look is dropped, and of what it does not know
// the words are kept. No file is read and nothing is run.
//
// Packages whose marks carry questions and answers: exam, exsheets and xsim,
// exercise, answers, automultiplechoice, moodle, enumitem, tasks, beamer, amsthm,
// thmtools, tcolorbox.
package latex

import (
	"context"
	"strings"

	"lectern/decks/lecture/page"
)

// Limits of what is done for a page.
const (
	maxFrames  = 40      // macros within each other
	maxGroups  = 500     // braces within each other that are looked at
	maxEnvs    = 100     // environments within each other
	maxInline  = 10      // titles and cells within each other
	maxArg     = 1 << 18 // bytes of one argument
	fuelFactor = 24      // bytes looked at in search of ends, per byte of the page
	fuelLeast  = 1 << 20
)

// Read reads a page: UTF-8 text whose lines end with LF. The only errors are an
// ended context and a page with too many blocks.
func Read(ctx context.Context, text string) (*page.Page, error) {
	r := &reader{
		b: page.NewBuilder(ctx, "latex"), src: text, line: 1,
		macros: map[string]macro{}, printed: map[string]string{}, arity: map[string]string{},
		verbatims: map[string]string{}, lists: map[string]string{}, labels: map[string]string{}, counters: map[string]int{},
		fuel: fuelFactor*len(text) + fuelLeast,
	}
	r.frames = append(r.frames, frame{s: text})
	r.habits(text)
	if body := bodyAt(text); body >= 0 {
		r.preamble(body)
		r.frames[0].pos = body + len(beginDocument)
	}
	r.run()
	r.endAll()
	p, err := r.b.Finish()
	if err != nil {
		return nil, err
	}
	if p.Title = r.title; p.Title == "" {
		p.Title = r.opener
	}
	if p.Title == "" {
		p.Title = r.headTitle()
	}
	return p, nil
}

const beginDocument = `\begin{document}`

// bodyAt finds where the document begins, -1 when the page is a part of one.
func bodyAt(s string) int {
	for from := 0; ; {
		at := strings.Index(s[from:], beginDocument)
		if at < 0 {
			return -1
		}
		at += from
		line := s[strings.LastIndexByte(s[:at], '\n')+1 : at]
		if !strings.Contains(line, "%") {
			return at
		}
		from = at + 1
	}
}

// reader reads one page.
type reader struct {
	b       *page.Builder
	src     string
	frames  []frame // the page, and what macros put in its place
	floor   int     // frames that a title or a cell must not read from
	title   string
	opener  string    // what the page begins with in the middle or in large type
	opening int       // blocks at its beginning that stand so
	heads   [3]string // TeX of the head of its pages

	par     []byte // Markdown of the paragraph that is being put together
	parLine int
	marks   []mark
	bigTo   int // bytes at its beginning that are in large type
	groups  []group
	over    int // groups beyond maxGroups
	envs    []env
	inline  int      // above 0 a title or a cell is read: no blocks
	given   []string // answers in blanks to fill in, shown below the paragraph
	givenAt int
	counts  []count // [resume] goes on with these
	options []int   // entries: what the last question offers

	macros    map[string]macro
	printed   map[string]string // environment → the name that is printed
	arity     map[string]string // environment → its arguments, as in skip
	verbatims map[string]string // environment of code → its language
	lists     map[string]string // environment → the list that it is
	counters  map[string]int
	labels    map[string]string // label of a section → its title
	skippedAt int               // offset up to which line counts
	line      int
	startAt   int // line of the command that is being read
	calledAt  int // line of the macro whose text is being read; 0 outside of any
	fuel      int
	shorthand bool // "--- and "= of Russian, "a of German
	german    bool
	cyrillic  bool
}

// count is the number of the last entry of a list that has ended.
type count struct {
	name string
	n    int
}

// frame is a text that is being read.
type frame struct {
	s   string
	pos int
}

// mark is a font in force: Markdown's sign for it, "`" for code, "" for none.
type mark struct {
	sign  string
	start int // in the paragraph
	group int // it ends with this group
	env   int // or with this environment
}

// group is an open brace; after runs when it closes.
type group struct {
	env   int // environments open around it
	after func()
}

// habits notes what the language of a page makes of some signs.
func (r *reader) habits(s string) {
	head := s[:min(len(s), 1<<14)]
	for _, l := range []string{"russian", "ukrainian", "german"} {
		if strings.Contains(head, l) {
			r.shorthand = true
			r.german = r.german || l == "german"
		}
	}
	if strings.Contains(s, `"---`) || strings.Contains(s, `"=`) && !strings.Contains(s, `=""`) {
		r.shorthand = true
	}
	for _, c := range head {
		if c >= 0x400 && c < 0x500 {
			r.cyrillic = true
			break
		}
	}
	if strings.Contains(s, `ref{`) || strings.Contains(s, `ref*{`) {
		r.findLabels(s)
	}
}

// at is the line that is being read; of what a macro stands for, the macro's, but
// none above the paragraph before.
func (r *reader) at() int {
	if len(r.frames) > 1 && r.calledAt > 0 {
		return max(r.calledAt, r.parLine)
	}
	pos := r.frames[0].pos
	if pos > r.skippedAt {
		r.line += strings.Count(r.src[r.skippedAt:min(pos, len(r.src))], "\n")
		r.skippedAt = pos
	}
	return r.line
}

// rest is what is left of the text that is being read.
func (r *reader) rest() string {
	f := &r.frames[len(r.frames)-1]
	return f.s[f.pos:]
}

func (r *reader) advance(n int) { r.frames[len(r.frames)-1].pos += n }

// push puts a text before what is left.
func (r *reader) push(s string) {
	if s == "" {
		return
	}
	for len(r.frames) > r.floor+1 && r.rest() == "" {
		r.frames = r.frames[:len(r.frames)-1]
	}
	if len(r.frames) >= maxFrames || r.fuel < len(s) {
		return
	}
	if len(r.frames) == 1 {
		r.calledAt = r.startAt
	}
	r.fuel -= len(s)
	r.frames = append(r.frames, frame{s: s})
}

// plainUntil are the bytes at which plain text may end.
var plainUntil = func() (t [256]bool) {
	for _, c := range []byte("\\{}$%~&\n\t-`'\"<>^#") {
		t[c] = true
	}
	return t
}()

// run reads until the frames above the floor are used up.
func (r *reader) run() {
	for len(r.frames) > r.floor {
		f := &r.frames[len(r.frames)-1]
		if f.pos >= len(f.s) {
			if len(r.frames) == 1 {
				return
			}
			if r.frames = r.frames[:len(r.frames)-1]; len(r.frames) == 1 {
				r.calledAt = 0
			}
			continue
		}
		if r.b.Err() != nil {
			r.frames = r.frames[:max(r.floor, 1)]
			r.frames[0].pos = len(r.src)
			return
		}
		s := f.s[f.pos:]
		n := 0
		for n < len(s) && !plainUntil[s[n]] {
			n++
		}
		if n > 0 {
			r.text(s[:n])
			r.advance(n)
			continue
		}
		r.special(s)
	}
}

// special reads what begins with a byte that means something.
func (r *reader) special(s string) {
	switch s[0] {
	case '\\':
		r.command(s)
	case '{':
		r.advance(1)
		r.open(nil)
	case '}':
		r.advance(1)
		r.close()
	case '$':
		r.dollars(s)
	case '%':
		r.comment(s)
	case '\n':
		r.newline(s)
	case '\t', '~':
		r.advance(1)
		r.raw(" ")
	case '&':
		r.advance(1)
		r.raw(" ")
	default:
		r.advance(r.ligature(s))
	}
}

// comment skips to the end of the line and the white space that begins the next.
func (r *reader) comment(s string) {
	if end := strings.IndexByte(s, '\n'); end >= 0 {
		r.advance(end + 1)
		rest := r.rest()
		n := 0
		for n < len(rest) && (rest[n] == ' ' || rest[n] == '\t') {
			n++
		}
		r.advance(n)
		if n < len(rest) && rest[n] == '\n' {
			r.flush()
			r.advance(1)
		}
		return
	}
	r.advance(len(s))
}

// newline ends a line, and the paragraph when the next line is empty.
func (r *reader) newline(s string) {
	n, lines := 0, 0
	for n < len(s) && (s[n] == '\n' || s[n] == ' ' || s[n] == '\t') {
		if s[n] == '\n' {
			lines++
		}
		n++
	}
	r.advance(n)
	if lines > 1 {
		r.flush()
	} else {
		r.raw(" ")
	}
	if strings.HasPrefix(s[n:], "<<") {
		r.chunk(s[n:])
	}
}

// ligature writes what TeX makes of signs and tells how many bytes it read.
func (r *reader) ligature(s string) int {
	has := func(p string) bool { return strings.HasPrefix(s, p) }
	n, out := 1, s[:1]
	switch {
	case r.inCode():
	case r.shorthand && s[0] == '"':
		if m, t := shorthand(s, r.german); m > 0 {
			n, out = m, t
		}
	case has("---"):
		n, out = 3, "—"
	case has("--"):
		n, out = 2, "–"
	case has("``"):
		n, out = 2, "“"
	case has("''"):
		n, out = 2, "”"
	case s[0] == '`':
		out = "‘"
	case r.cyrillic && has("<<"):
		n, out = 2, "«"
	case r.cyrillic && has(">>"):
		n, out = 2, "»"
	}
	r.text(out)
	return n
}

// shorthand reads babel's shorthands of Russian and German.
func shorthand(s string, german bool) (n int, out string) {
	for _, p := range []struct{ in, out string }{
		{`"---`, "—"}, {`"--~`, " — "}, {`"--*`, "— "}, {`"=`, "-"}, {`"~`, "-"}, {`"-`, ""}, {`"|`, ""}, {`""`, ""}, {`"<`, "«"}, {`">`, "»"}, {"\"`", "„"}, {`"'`, "“"},
	} {
		if strings.HasPrefix(s, p.in) {
			return len(p.in), p.out
		}
	}
	if german && len(s) > 1 {
		if i := strings.IndexByte("aouAOUs", s[1]); i >= 0 {
			return 2, string([]rune("äöüÄÖÜß")[i])
		}
	}
	return 0, ""
}

// Sniff tells whether a text looks like LaTeX: it is a document, or has commands
// of structure at the starts of its lines and little of Markdown.
func Sniff(text string) bool {
	if len(text) > 1<<18 {
		text = text[:1<<18]
	}
	if strings.HasPrefix(text, `\documentclass`) || strings.Contains(text, "\n\\documentclass") && !strings.Contains(text, "```") {
		return true
	}
	tex, md := 0, 0
	for line := range strings.SplitSeq(text, "\n") {
		s := strings.TrimLeft(line, " \t")
		switch {
		case strings.HasPrefix(s, `\`):
			name, _ := commandName(s)
			if structural[name] {
				tex++
			} else if name == "begin" {
				if env, _, ok := strings.Cut(s[len(`\begin`):], "}"); ok && !maths[strings.TrimRight(strings.TrimPrefix(env, "{"), "*")] && !formulaParts[strings.TrimPrefix(env, "{")] {
					tex++
				}
			}
		case strings.HasPrefix(s, "#"), strings.HasPrefix(s, "```"), strings.Contains(s, "]("), strings.HasPrefix(s, "**"):
			md++
		}
	}
	return tex > 1 && tex > 2*md
}

var structural = set("part chapter section subsection subsubsection paragraph item question maketitle usepackage newcommand begin{document} titledquestion bibliography input include")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
