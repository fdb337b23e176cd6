package lint

import (
	"bytes"
	"regexp"
	"strings"
)

// A mask is a copy of a text, byte for byte, in which what is not prose is
// covered, so that a place in the mask is the same place in the text.
type masked struct {
	bytes []byte
	things
}

// What covers the parts of a mask.
const (
	skip      = 0    // nothing: the backslash of an escape
	code      = 0x01 // program text
	math      = 0x02 // formulas
	paragraph = 0x03 // where a paragraph, a heading or an entry of a list ends
)

// skipped is skip as a text.
const skipped = "\x00"

var (
	entry    = regexp.MustCompile(`^[ \t]*(?:>[ \t]*)*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?`)
	quoted   = regexp.MustCompile(`^[ \t]*(?:>[ \t]*)+`)
	heading  = regexp.MustCompile(`^ {0,3}#{1,6}[ \t]+`)
	fence    = regexp.MustCompile("^[ \t]*(?:>[ \t]*)*(`{3,}|~{3,})")
	indented = regexp.MustCompile(`^(?:    |\t)\s*\S`)
	rule     = regexp.MustCompile(`^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|=+[ \t]*)$`)
	inlines  = regexp.MustCompile("(?s)" + strings.Join([]string{
		"(?P<code>`{3}.+?`{3}|``.+?``|`[^`]+`|<code>.*?</code>|<pre>.*?</pre>)",
		`(?P<math>\$\$.+?\$\$|\$[^\s$](?:[^$\n]*[^\s$\\])?\$|\\\(.+?\\\)|\\\[.+?\\\])`,
		`(?P<picture>!\[[^\]]*\]\([^)]*\)|<img\b[^>]*>)`,
		`(?P<target>\]\([^)\s]*(?:\s+"[^"]*")?\))`,
		`(?P<link>https?://[^\s<>)\]]+|<(?:https?|mailto):[^>\s]*>)`,
		`(?P<tag></?[a-zA-Z][^<>]*>|<!--.*?-->|&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]+);)`,
		"(?P<escape>\\\\[!-/:-@\\[-`{-~])",
	}, "|"))
	gapSigns = regexp.MustCompile(`\{\{c\d+::|::[^:{}]*\}\}|\}\}`)
)

// mask covers what is not prose. With gaps, the signs of a cloze are covered.
func mask(markdown string, gaps bool) masked {
	m := masked{bytes: []byte(markdown)}
	m.blocks()
	if gaps {
		for _, at := range gapSigns.FindAllIndex(m.bytes, -1) {
			cover(m.bytes[at[0]:at[1]], ' ')
		}
	}
	m.inline()
	return m
}

func cover(b []byte, with byte) {
	for i := range b {
		b[i] = with
	}
}

// blocks covers code, tables and the signs of lists, quotes and headings.
func (m *masked) blocks() {
	fenced, blank, list, was := "", true, false, false
	for from := 0; from < len(m.bytes); {
		to := len(m.bytes)
		if i := bytes.IndexByte(m.bytes[from:], '\n'); i >= 0 {
			to = from + i + 1
		}
		line := m.bytes[from:to]
		text := strings.TrimRight(string(line), "\r\n")
		bare := strings.TrimSpace(text)
		block := false // the line is no prose
		switch {
		case fenced != "":
			block = true
			if strings.HasPrefix(strings.TrimLeft(bare, "> "), fenced) {
				fenced = ""
			}
		case fence.MatchString(text):
			fenced = fence.FindStringSubmatch(text)[1]
			block, m.code = true, true
		case bare == "":
			m.cut(from)
		case blank && !list && indented.MatchString(text):
			block, m.code = true, true
		case strings.HasPrefix(bare, "|"):
			block, m.table = true, true
		case rule.MatchString(text):
			cover(line[:len(text)], ' ')
			m.cut(from)
			m.cut(to)
		default:
			list = m.sign(line, from, to) || list
		}
		if block {
			cover(line[:len(text)], code)
		}
		if block != was {
			m.cut(from)
		}
		blank, was, from = bare == "", block, to
	}
}

// sign covers what a line of prose begins with. It reports an entry of a list.
func (m *masked) sign(line []byte, from, to int) bool {
	for _, re := range []*regexp.Regexp{entry, heading, quoted} {
		at := re.FindIndex(line)
		if at == nil {
			continue
		}
		cover(line[:at[1]], ' ')
		if re != quoted {
			m.cut(from)
		}
		if re == heading {
			m.cut(to)
		}
		m.list = m.list || re == entry
		return re == entry
	}
	return false
}

// cut ends a paragraph before the line that begins at i.
func (m *masked) cut(i int) {
	if i > 0 {
		m.bytes[i-1] = paragraph
	}
}

// inline covers code, formulas, pictures, addresses and tags within lines.
func (m *masked) inline() {
	names := inlines.SubexpNames()
	for _, at := range inlines.FindAllSubmatchIndex(m.bytes, -1) {
		part := m.bytes[at[0]:at[1]]
		if bytes.IndexByte(part, paragraph) >= 0 {
			continue
		}
		for k := 1; k < len(names); k++ {
			if at[2*k] < 0 {
				continue
			}
			switch names[k] {
			case "code":
				m.code = true
				cover(part, code)
			case "math":
				m.formula = true
				cover(part, math)
			case "picture":
				m.picture = true
				cover(part, ' ')
			case "escape":
				part[0] = skip
			case "link":
				cover(part, code)
			default:
				cover(part, ' ')
			}
		}
	}
}
