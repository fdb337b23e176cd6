package mathml

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxLength = 16 << 10 // bytes of a formula
	maxDepth  = 60
)

// Convert writes a formula, display or inline. It is false for TeX that it does
// not know, that is wrong or that is too long.
func Convert(tex string, display bool) (string, bool) {
	if len(tex) > maxLength || !utf8.ValidString(tex) || strings.ContainsFunc(tex, noText) {
		return "", false
	}
	p := &parser{s: tex}
	body := p.table("aligned", func() bool { return p.at == len(p.s) })
	if p.wrong || p.at != len(p.s) {
		return "", false
	}
	open := "<math>"
	if display {
		open = `<math display="block">`
	}
	return open + body + "</math>", true
}

// noText tells of signs that no XML may hold.
func noText(r rune) bool {
	return unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff
}

// parser reads TeX from left to right and writes as it goes.
type parser struct {
	s     string
	at    int
	depth int
	font  alphabet
	wrong bool
}

// atom is a piece that scripts can be put on.
type atom struct {
	xml    string
	limits bool // scripts stand above and below
}

func (p *parser) fail() atom {
	p.wrong = true
	return atom{}
}

func (p *parser) space() {
	for p.at < len(p.s) {
		switch p.s[p.at] {
		case ' ', '\t', '\n', '\r':
			p.at++
		case '%': // a comment to the end of the line
			if end := strings.IndexByte(p.s[p.at:], '\n'); end >= 0 {
				p.at += end + 1
			} else {
				p.at = len(p.s)
			}
		default:
			return
		}
	}
}

func (p *parser) has(prefix string) bool { return strings.HasPrefix(p.s[p.at:], prefix) }

func (p *parser) take(prefix string) bool {
	if !p.has(prefix) {
		return false
	}
	p.at += len(prefix)
	return true
}

// command returns the name of the command that stands next, "" for none, and the
// place behind it.
func (p *parser) command() (name string, end int) {
	if !p.has(`\`) || p.at+1 == len(p.s) {
		return "", p.at
	}
	end = p.at + 1
	for end < len(p.s) && (p.s[end] >= 'a' && p.s[end] <= 'z' || p.s[end] >= 'A' && p.s[end] <= 'Z') {
		end++
	}
	if end == p.at+1 {
		_, size := utf8.DecodeRuneInString(p.s[end:])
		end += size
	}
	return p.s[p.at+1 : end], end
}

// row reads atoms with their scripts until stop.
func (p *parser) row(stop func() bool) string {
	if p.depth++; p.depth > maxDepth {
		p.wrong = true
	}
	defer func() { p.depth-- }()
	font := p.font
	defer func() { p.font = font }() // \rm and the like hold to the end of their group
	var b strings.Builder
	for {
		p.space()
		if p.wrong || stop() {
			return b.String()
		}
		if p.at == len(p.s) {
			p.wrong = true
			return ""
		}
		b.WriteString(p.scripted())
	}
}

// scripted reads an atom and what is written on it.
func (p *parser) scripted() string {
	var base atom
	if !p.has("^") && !p.has("_") && !p.has("'") {
		base = p.atom()
	}
	var sub, sup, primes string
	hasSub, hasSup := false, false
	for !p.wrong {
		p.space()
		switch {
		case p.take("'"):
			primes += "′"
			continue
		case p.has("^") && !hasSup:
			p.at++
			sup, hasSup = p.argument(), true
			continue
		case p.has("_") && !hasSub:
			p.at++
			sub, hasSub = p.argument(), true
			continue
		case p.has("^") || p.has("_"): // twice
			p.wrong = true
		}
		if name, end := p.command(); name == "limits" || name == "nolimits" {
			p.at, base.limits = end, name == "limits"
			continue
		}
		break
	}
	if primes != "" {
		sup, hasSup = "<mo>"+primes+"</mo>"+sup, true
	}
	under, over, both := "msub", "msup", "msubsup"
	if base.limits {
		under, over, both = "munder", "mover", "munderover"
	}
	switch {
	case hasSub && hasSup:
		return tag(both, group(base.xml)+group(sub)+group(sup))
	case hasSub:
		return tag(under, group(base.xml)+group(sub))
	case hasSup:
		return tag(over, group(base.xml)+group(sup))
	}
	return base.xml
}

func tag(name, body string) string { return "<" + name + ">" + body + "</" + name + ">" }

// group makes one element of a row.
func group(xml string) string { return tag("mrow", xml) }

func text(name, s string) string { return tag(name, html.EscapeString(s)) }

// argument reads what a command or a script takes: a group or one atom.
func (p *parser) argument() string {
	p.space()
	if p.at == len(p.s) {
		p.wrong = true
		return ""
	}
	if p.depth++; p.depth > maxDepth {
		p.wrong = true
		return ""
	}
	defer func() { p.depth-- }()
	if p.s[p.at] >= '0' && p.s[p.at] <= '9' { // one digit
		p.at++
		return text("mn", p.font.of(p.s[p.at-1:p.at]))
	}
	return p.atom().xml
}

// words reads the text of a group as it stands: {min}, {cases}, {если }.
func (p *parser) words() string {
	p.space()
	if !p.take("{") {
		p.wrong = true
		return ""
	}
	depth := 1
	for i := p.at; i < len(p.s); i++ {
		switch p.s[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				s := p.s[p.at:i]
				p.at = i + 1
				return s
			}
		}
	}
	p.wrong = true
	return ""
}

// atom reads one piece.
func (p *parser) atom() atom {
	if p.at == len(p.s) {
		return p.fail()
	}
	if name, end := p.command(); name != "" {
		p.at = end
		return p.named(name)
	}
	r, size := utf8.DecodeRuneInString(p.s[p.at:])
	switch {
	case r == '{':
		p.at++
		body := p.row(func() bool { return p.has("}") })
		p.take("}")
		return atom{xml: group(body)}
	case r == '}' || r == '&' || r == '\\' || r == '$' || r == '#' || r == '^' || r == '_':
		return p.fail()
	case r == '~':
		p.at++
		return atom{xml: `<mspace width="0.33em"></mspace>`}
	case r >= '0' && r <= '9':
		return atom{xml: text("mn", p.font.of(p.number()))}
	case unicode.IsLetter(r) && r > 0x24f:
		return atom{xml: p.word()}
	case unicode.IsLetter(r):
		p.at += size
		return atom{xml: p.letter(p.s[p.at-size : p.at])}
	case unicode.IsControl(r) || !unicode.IsPrint(r):
		return p.fail()
	}
	p.at += size
	s := string(r)
	switch s {
	case "-":
		s = "−"
	case "*":
		s = "∗"
	}
	if strings.ContainsRune("()[]|/", r) {
		return atom{xml: `<mo stretchy="false">` + s + `</mo>`}
	}
	return atom{xml: text("mo", s)}
}

func (p *parser) number() string {
	start := p.at
	digits := func() {
		for p.at < len(p.s) && p.s[p.at] >= '0' && p.s[p.at] <= '9' {
			p.at++
		}
	}
	digits()
	if p.at+1 < len(p.s) && p.s[p.at] == '.' && p.s[p.at+1] >= '0' && p.s[p.at+1] <= '9' {
		p.at++
		digits()
	}
	return p.s[start:p.at]
}

// word reads letters beyond Latin: Greek ones stand each for itself, words of
// other alphabets are words.
func (p *parser) word() string {
	start := p.at
	count := 0
	for p.at < len(p.s) {
		r, size := utf8.DecodeRuneInString(p.s[p.at:])
		if !unicode.IsLetter(r) || r <= 0x24f || unicode.Is(unicode.Greek, r) && count > 0 {
			break
		}
		p.at += size
		count++
		if unicode.Is(unicode.Greek, r) {
			break
		}
	}
	if count == 1 {
		return text("mi", p.s[start:p.at])
	}
	return text("mtext", p.s[start:p.at])
}

// letter writes a letter in the font in force.
func (p *parser) letter(s string) string {
	if p.font == upright {
		return `<mi mathvariant="normal">` + html.EscapeString(s) + "</mi>"
	}
	return text("mi", p.font.of(s))
}
