// Package rest reads reStructuredText as courses write it: docutils' own
// constructs, the directives of Sphinx and of the course systems built on it
// (Runestone, sphinx-lesson, sphinx-exercise, A+). Nothing is fetched or run,
// and no other file is read.
//
// Syntax: https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html.
// Where docutils would report an error (a short underline, a missing empty line)
// the text is read as its author meant it.
package rest

import (
	"context"
	"strings"

	"lectern/decks/lecture/page"
)

// Limits of what is read as structure; what lies beyond is read as plain text.
const (
	maxDepth     = 40      // constructs within each other
	maxExpansion = 1 << 20 // bytes that substitutions may add to a page
)

// Read reads a page: UTF-8 text whose lines end with LF. The only errors are an
// ended context and a page with too many blocks.
func Read(ctx context.Context, text string) (*page.Page, error) {
	r := &reader{b: page.NewBuilder(ctx, "rest"), left: maxExpansion}
	r.split(text)
	r.collect()
	r.body(view{0, len(r.lines), 0, 0})
	p, err := r.b.Finish()
	if err != nil {
		return nil, err
	}
	p.Title = r.title
	return p, nil
}

// reader reads one page.
type reader struct {
	b       *page.Builder
	lines   []string // without tabs and without white space at their ends
	indents []int32  // of each line; -1 for an empty one
	depth   int
	title   string // from a title directive

	names  names
	styles []string // adornments of headings, the outermost first
	level  int      // of the last heading
	lang   string   // of code without a language
	role   string   // of interpreted text without one
	left   int      // bytes that substitutions may still add
	buf    []byte   // a paragraph that is being put together
	tasks  int      // containers of tasks that are open
	opened []int    // depths at which raw HTML opened a <details>
}

// view is lines lo to hi (not included) seen from a column on; the first of them
// is seen from another one, when it follows a mark.
type view struct{ lo, hi, col, first int }

// split makes lines of a text.
func (r *reader) split(text string) {
	n := strings.Count(text, "\n") + 1
	r.lines = make([]string, 0, n)
	r.indents = make([]int32, 0, n)
	text = strings.TrimPrefix(text, "\ufeff")
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimRight(line, " \t\r\f\v")
		if strings.IndexByte(line, '\t') >= 0 {
			line = expandTabs(line)
		}
		in := int32(-1)
		if line != "" {
			in = int32(indentOf(line))
		}
		r.lines = append(r.lines, line)
		r.indents = append(r.indents, in)
	}
}

func indentOf(s string) int {
	n := 0
	for n < len(s) && s[n] == ' ' {
		n++
	}
	return n
}

// expandTabs sets tabs to columns of eight, as docutils does.
func expandTabs(s string) string {
	var b strings.Builder
	col := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\t':
			n := 8 - col%8
			b.WriteString("        "[:n])
			col += n
		default:
			b.WriteByte(c)
			if c&0xC0 != 0x80 {
				col++
			}
		}
	}
	return b.String()
}

// text is what a view shows of line i.
func (r *reader) text(v view, i int) string {
	col := v.col
	if i == v.lo {
		col = v.first
	}
	if s := r.lines[i]; len(s) > col {
		return s[col:]
	}
	return ""
}

// blank tells whether a view shows nothing of line i.
func (r *reader) blank(v view, i int) bool { return r.text(v, i) == "" }

// within gives the end of the lines from i on that are empty or stand deeper than
// the view, without empty lines at the end.
func (r *reader) within(v view, i int) int {
	end := i
	for ; i < v.hi; i++ {
		in := int(r.indents[i])
		if in < 0 {
			continue
		}
		if in <= v.col {
			break
		}
		end = i + 1
	}
	return end
}

// inner is the view of lines lo to hi from their least indentation on.
func (r *reader) inner(lo, hi int) view {
	for lo < hi && r.indents[lo] < 0 {
		lo++
	}
	col := r.margin(lo, hi)
	return view{lo, hi, col, col}
}

// margin is the least indentation of lines lo to hi.
func (r *reader) margin(lo, hi int) int {
	least := -1
	for i := lo; i < hi; i++ {
		if in := int(r.indents[i]); in >= 0 && (least < 0 || in < least) {
			least = in
		}
	}
	return max(least, 0)
}

// code joins the lines of a view as they stand.
func (r *reader) code(v view) string {
	size := 0
	for i := v.lo; i < v.hi; i++ {
		size += len(r.text(v, i)) + 1
	}
	var b strings.Builder
	b.Grow(size)
	for i := v.lo; i < v.hi; i++ {
		b.WriteString(r.text(v, i))
		b.WriteByte('\n')
	}
	return b.String()
}

// paragraph adds a paragraph of Markdown.
func (r *reader) paragraph(line int, md string) {
	r.b.Add(page.Block{Kind: page.Paragraph, Line: int32(line + 1), Text: md})
}

// open opens a box.
func (r *reader) open(line int, mark, title string) {
	r.b.Open(page.Block{Kind: page.Box, Line: int32(line + 1), Mark: mark, Text: title})
}

// Sniff tells whether a text looks like reStructuredText rather than Markdown,
// AsciiDoc or plain text: it has marks that only reStructuredText has, and more of
// them than of the others'.
func Sniff(text string) bool {
	if len(text) > 1<<18 {
		text = text[:1<<18]
	}
	rest, other := 0, 0
	last := ""
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimRight(line, " \t\r")
		s := strings.TrimLeft(line, " \t")
		switch {
		case s == "":
		case strings.HasPrefix(s, ".. "):
			if _, _, ok := directiveOf(s); ok || strings.HasPrefix(s, ".. _") && strings.Contains(s, ":") || strings.HasPrefix(s, ".. |") {
				rest += 2
			}
		case strings.HasPrefix(s, "```"), isATX(line), s == "+", s == "|===", strings.HasPrefix(s, "[["), strings.HasPrefix(s, "include::"), strings.HasPrefix(s, "image::"), strings.HasPrefix(s, "ifdef::"):
			other++
		case adornment(line) && last == "" && (line[0] == '=' || line[0] == '-' || line[0] == '.'):
			other++ // a block of AsciiDoc, or a rule; the line above a title makes up for it
		case adornment(line) && titled(last, line) && line[0] != '=' && line[0] != '-':
			rest++ // Markdown underlines with these two only
		}
		if strings.Contains(s, ":`") && hasRole(s) || strings.Contains(s, "`_") && hasReference(s) {
			rest++
		}
		if strings.Contains(s, "](") {
			other++
		}
		last = line
	}
	return rest > 0 && rest > other
}

func isATX(s string) bool {
	n := 0
	for n < len(s) && s[n] == '#' {
		n++
	}
	return n > 0 && n < 7 && n < len(s) && s[n] == ' '
}

// hasRole looks for ":name:`".
func hasRole(s string) bool {
	at := strings.Index(s, ":`")
	open := strings.LastIndexByte(s[:at], ':')
	if open < 0 {
		return false
	}
	name, n := roleOf(s[open:])
	return name != "" && open+n == at+1
}

// hasReference looks for "`_" behind a name and before white space or a sign.
func hasReference(s string) bool {
	at := strings.Index(s, "`_")
	rest := strings.TrimLeft(s[at+2:], "_")
	return at > 0 && s[at-1] != ' ' && strings.IndexByte(s[:at], '`') >= 0 && (rest == "" || !(rest[0] >= 'a' && rest[0] <= 'z' || rest[0] >= 'A' && rest[0] <= 'Z' || rest[0] == '`'))
}
