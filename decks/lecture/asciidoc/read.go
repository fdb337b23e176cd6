// Package asciidoc reads AsciiDoc as Asciidoctor understands it: books, course
// pages and exercises with their blocks, lists, tables and inline macros. No
// other file is read and nothing is fetched or run.
//
// Syntax: https://docs.asciidoctor.org/asciidoc/latest/
package asciidoc

import (
	"context"
	"strings"

	"lectern/decks/lecture/page"
)

// Limits of what is read as structure; what lies beyond is read as plain text.
const (
	maxDepth     = 40      // blocks within each other
	maxMarks     = 12      // marks within each other in a line
	maxExpansion = 1 << 20 // bytes that attributes may add to a page
)

// Read reads a page: UTF-8 text whose lines end with LF. The only errors are an
// ended context and a page with too many blocks.
func Read(ctx context.Context, text string) (*page.Page, error) {
	r := newReader(ctx, text)
	r.header()
	r.blocks(r.start, len(r.lines))
	p, err := r.b.Finish()
	if err != nil {
		return nil, err
	}
	p.Title = r.title
	return p, nil
}

func newReader(ctx context.Context, text string) *reader {
	r := &reader{b: page.NewBuilder(ctx, "asciidoc"), attrs: map[string]string{}, titles: map[string]string{}, left: maxExpansion, fuel: 16*len(text) + 1<<20}
	r.split(text)
	return r
}

// reader reads one page.
type reader struct {
	b      *page.Builder
	lines  []string // without those that conditions leave out, and white space at their ends
	nums   []int32  // of each line in the source, from 1
	start  int      // the first line behind the header
	title  string
	level  int // of the last heading
	depth  int
	lists  int               // open around what is being read, in the same block
	attrs  map[string]string // {name}
	unset  map[string]bool   // names that the page itself takes back, while its lines are split
	titles map[string]string // id of a section → its title
	left   int               // bytes that attributes may still add
	fuel   int               // bytes that may still be looked at in vain
}

// split makes lines of a text and drops what conditions leave out.
func (r *reader) split(text string) {
	n := strings.Count(text, "\n") + 1
	r.lines = make([]string, 0, n)
	r.nums = make([]int32, 0, n)
	var skip []bool // of each open condition: whether it leaves out
	dead := 0
	num := int32(0)
	text = strings.TrimPrefix(text, "\ufeff")
	for line := range strings.SplitSeq(text, "\n") {
		num++
		line = strings.TrimRight(line, " \t\r")
		if strings.HasPrefix(line, "if") || strings.HasPrefix(line, "endif::") {
			if kind, names, inner, ok := condition(line); ok {
				switch {
				case kind == "endif":
					if len(skip) > 0 {
						if skip[len(skip)-1] {
							dead--
						}
						skip = skip[:len(skip)-1]
					}
				case inner != "" && kind != "ifeval":
					if dead == 0 && r.holds(kind, names) {
						r.lines = append(r.lines, inner)
						r.nums = append(r.nums, num)
					}
				default:
					out := !r.holds(kind, names)
					if out {
						dead++
					}
					skip = append(skip, out)
				}
				continue
			}
		}
		if dead > 0 {
			continue
		}
		if name, value, ok := attribute(line); ok && len(value) < 1000 {
			r.note(name, value) // conditions further down may ask for it
		}
		r.lines = append(r.lines, line)
		r.nums = append(r.nums, num)
	}
	r.expect()
	r.sections()
	clear(r.attrs)
	r.unset = nil
}

// expect makes room for about as many blocks as the lines will be.
func (r *reader) expect() {
	n := 0
	kind, last := -1, "" // of the line before
	for _, line := range r.lines {
		m, ok := marker{kind: -1}, false
		if line != "" {
			m, ok = markerOf(line)
		}
		switch {
		case ok && m.kind == term:
			n += 4 // the list, the entry, its name and its words
		case ok && m.kind != kind:
			n += 3
		case ok:
			n += 2
		case line != "" && (last == "" || line[0] == '=' || line[0] == '.' || line[0] == '|'):
			n++
		}
		kind, last = m.kind, line
	}
	r.b.Expect(n + n/32)
}

// sections notes the ids of sections, so that references know their titles.
func (r *reader) sections() {
	id := ""
	for i, line := range r.lines {
		switch {
		case strings.HasPrefix(line, "[["):
			id, _, _ = strings.Cut(strings.Trim(line, "[]"), ",")
		case strings.HasPrefix(line, "[#"):
			id = strings.Trim(line, "[]#")
			if end := strings.IndexAny(id, ".,%"); end >= 0 {
				id = id[:end]
			}
		case line == "" || line[0] == '[' || line[0] == '.':
		default:
			if level, title, ok := heading(line); ok && level > 1 || ok && id != "" {
				r.titles[autoID(title)] = title
				if id != "" {
					r.titles[id] = title
				}
			} else if _, ok := r.underlined(i, len(r.lines)); ok && id != "" {
				r.titles[id] = line
			}
			id = ""
		}
	}
}

// autoID is the id that a section has by itself.
func autoID(title string) string {
	var b strings.Builder
	b.WriteByte('_')
	for _, c := range strings.ToLower(title) {
		switch {
		case c == ' ' || c == '.' || c == '-':
			if s := b.String(); !strings.HasSuffix(s, "_") {
				b.WriteByte('_')
			}
		case c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 0x80:
			b.WriteRune(c)
		}
		if b.Len() > 200 {
			break
		}
	}
	return strings.TrimRight(b.String(), "_")
}

// attribute reads ":name: value".
func attribute(line string) (name, value string, ok bool) {
	if len(line) < 3 || line[0] != ':' {
		return "", "", false
	}
	end := strings.IndexByte(line[1:], ':')
	if end < 1 || end+2 < len(line) && line[end+2] != ' ' {
		return "", "", false
	}
	name = line[1 : 1+end]
	for i := range len(name) {
		c := name[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '!' && (i == 0 || i == len(name)-1)) {
			return "", "", false
		}
	}
	return strings.ToLower(name), strings.TrimSpace(line[end+2:]), true
}

// setAttribute reads an attribute entry and tells where the next line is.
func (r *reader) setAttribute(i int, name, value string) int {
	i++
	for strings.HasSuffix(value, ` \`) && i < len(r.lines) {
		value = strings.TrimSuffix(value, `\`) + strings.TrimSpace(r.lines[i])
		i++
	}
	if strings.Contains(name, "!") {
		delete(r.attrs, strings.Trim(name, "!"))
	} else if len(value) < 2000 && len(r.attrs) < 10000 {
		r.attrs[name] = r.resolve(value)
	}
	return i
}

// header reads the title of the page with its authors and attributes.
func (r *reader) header() {
	i := 0
	for i < len(r.lines) {
		line := r.lines[i]
		name, value, ok := attribute(line)
		switch {
		case ok:
			i = r.setAttribute(i, name, value)
			continue
		case line == "" || strings.HasPrefix(line, "//") && !strings.HasPrefix(line, "////"):
			i++
			continue
		}
		break
	}
	r.start = i
	if i >= len(r.lines) {
		return
	}
	level, title, ok := heading(r.lines[i])
	next := i + 1
	if !ok || level != 1 {
		if level, ok = r.underlined(i, len(r.lines)); !ok || level != 1 {
			return
		}
		title, next = r.lines[i], i+2
	}
	title = r.inline(title)
	r.title = page.Plain(title)
	r.b.Add(page.Block{Kind: page.Heading, Level: 1, Line: r.nums[i], Text: title})
	r.level = 1
	for i = next; i < len(r.lines) && r.lines[i] != ""; {
		if name, value, ok := attribute(r.lines[i]); ok {
			i = r.setAttribute(i, name, value)
			continue
		}
		if i > next+1 && !strings.HasPrefix(r.lines[i], "//") {
			break // no author and no revision: the text begins at once
		}
		i++
	}
	r.start = i
}

// heading reads "== Title"; its level is the number of its signs.
func heading(line string) (level int, title string, ok bool) {
	if line == "" || line[0] != '=' && line[0] != '#' {
		return 0, "", false
	}
	n := 0
	for n < len(line) && line[n] == line[0] {
		n++
	}
	if n > 6 || n == len(line) || line[n] != ' ' && line[n] != '\t' {
		return 0, "", false
	}
	title = strings.TrimSpace(line[n:])
	if t := strings.TrimSuffix(title, line[:n]); t != title && strings.HasSuffix(t, " ") {
		title = strings.TrimSpace(t) // "== Title =="
	}
	return n, title, title != ""
}

// underlined tells whether line i is a title with a line of signs below.
func (r *reader) underlined(i, hi int) (level int, ok bool) {
	if i+1 >= hi {
		return 0, false
	}
	title, under := r.lines[i], r.lines[i+1]
	if len(under) < 3 || title == "" || strings.Trim(under, under[:1]) != "" {
		return 0, false
	}
	level = strings.IndexByte("=-~^+", under[0]) + 1
	if level == 0 || title[0] == '[' || title[0] == '.' || title[0] == ' ' || title[0] == '|' || title[0] == '/' || title == under {
		return 0, false
	}
	letters, length := false, 0
	for _, c := range title {
		length++
		letters = letters || c >= 0x80 || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
	}
	if d := length - len(under); !letters || d < -1 || d > 1 {
		return 0, false
	}
	if _, ok := markerOf(title); ok {
		return 0, false
	}
	return level, true
}

// Sniff tells whether a text looks like AsciiDoc rather than Markdown.
func Sniff(text string) bool {
	if len(text) > 1<<18 {
		text = text[:1<<18]
	}
	adoc, other, fields := 0, 0, 0
	fence := false
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimRight(line, " \t\r")
		if strings.HasPrefix(line, "```") {
			fence = !fence
			other++
			continue
		}
		if fence || line == "" {
			continue
		}
		switch {
		case line[0] == '=':
			if _, _, ok := heading(line); ok {
				adoc += 2
			}
		case line[0] == '#':
			if _, _, ok := heading(line); ok {
				other += 2
			}
		case line[0] == '[' && line[len(line)-1] == ']':
			if a, ok := parseAttrs(line); ok && (known(a.style) || strings.HasPrefix(line, "[[") || strings.HasPrefix(line, "[#") || strings.HasPrefix(line, "[%") || strings.Contains(line, `="`)) {
				adoc += 2
			}
		case line == "|===" || strings.HasPrefix(line, "image::") || strings.HasPrefix(line, "include::"):
			adoc += 2
		case line[0] == ':':
			if _, _, ok := attribute(line); ok {
				fields++ // of reStructuredText too
			}
		case strings.HasPrefix(line, ".. "):
			other += 2
		}
		if strings.Contains(line, "](") {
			other++
		}
		if strings.Contains(line, "link:") && strings.HasSuffix(line, "]") || linked(line) {
			adoc++
		}
	}
	return adoc > 1 && adoc+fields > other
}

// linked looks for an address with a text in brackets behind it.
func linked(s string) bool {
	at := strings.Index(s, "://")
	if at < 0 {
		return false
	}
	end := strings.IndexAny(s[at:], "[ )>")
	return end > 3 && s[at+end] == '['
}

func known(style string) bool {
	switch style {
	case "source", "quote", "verse", "qanda", "horizontal", "listing", "literal", "stem", "latexmath", "discrete", "example", "sidebar", "abstract", "loweralpha", "upperalpha", "lowerroman", "arabic", "appendix", "glossary", "bibliography":
		return true
	}
	return admonitions[style]
}
