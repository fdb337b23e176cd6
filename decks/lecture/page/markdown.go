package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// CodeSpan writes a piece of code within a line.
func CodeSpan(s string) string {
	s = strings.TrimSpace(oneLine(s))
	if s == "" {
		return ""
	}
	if !strings.Contains(s, "`") {
		return "`" + s + "`"
	}
	fence := "`"
	for strings.Contains(s, fence) && len(fence) < 40 {
		fence += "`"
	}
	return fence + " " + s + " " + fence
}

// MathSpan writes TeX within a line.
func MathSpan(tex string) string {
	tex = strings.TrimSpace(oneLine(tex))
	if tex == "" {
		return ""
	}
	return "$" + tex + "$"
}

// Link writes a link; its text is Markdown. One without an address is its text,
// one without a text or with its address as its text is the address.
func Link(text, address string) string {
	text, address = strings.TrimSpace(text), target(address)
	switch {
	case address == "":
		return text
	case text == "" || text == address || text == Escape(address):
		if strings.Contains(address, "://") && !strings.ContainsAny(address, "<> ") {
			return "<" + address + ">"
		}
		return Escape(address)
	}
	return "[" + text + "](" + address + ")"
}

// ImageRef writes a picture; alt is plain text.
func ImageRef(alt, address string) string {
	address = target(address)
	if address == "" {
		return Escape(alt)
	}
	return "![" + Escape(strings.TrimSpace(oneLine(alt))) + "](" + address + ")"
}

// target writes an address so that it ends where it ends.
func target(address string) string {
	address = strings.TrimSpace(oneLine(address))
	if strings.ContainsAny(address, " ()<>") {
		return targetEscaper.Replace(address)
	}
	return address
}

var targetEscaper = strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E")

// Row writes a row of a table; its cells are Markdown.
func Row(cells []string) string {
	var b strings.Builder
	b.WriteString("|")
	for _, c := range cells {
		c = strings.TrimSpace(strings.ReplaceAll(oneLine(c), "\\ ", " "))
		b.WriteString(" ")
		for i := range len(c) {
			if c[i] == '|' && (i == 0 || c[i-1] != '\\') {
				b.WriteByte('\\')
			}
			b.WriteByte(c[i])
		}
		b.WriteString(" |")
	}
	return b.String()
}

var markTags = map[string][2]string{"*": {"<em>", "</em>"}, "**": {"<strong>", "</strong>"}, "~~": {"<s>", "</s>"}}

// Mark writes text between signs ("*", "**", "~~") that stand between two runes
// of other text (0 for none). Where they would not be read as signs, tags do.
func Mark(sign, text string, before, after rune) string {
	inner := strings.TrimSpace(text)
	if inner == "" {
		return text
	}
	lead, tail := text[:strings.Index(text, inner)], text[strings.Index(text, inner)+len(inner):]
	first, _ := utf8.DecodeRuneInString(inner)
	last, _ := utf8.DecodeLastRuneInString(inner)
	if lead != "" {
		before = ' '
	}
	if tail != "" {
		after = ' '
	}
	open, end := sign, sign
	if !(parts(before) || !parts(first)) || !(parts(after) || !parts(last)) {
		open, end = markTags[sign][0], markTags[sign][1]
	}
	return lead + open + inner + end + tail
}

// parts tells whether a rune keeps words apart, as white space and signs do.
func parts(r rune) bool {
	return r == 0 || unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r)
}

func oneLine(s string) string {
	if strings.ContainsAny(s, "\n\t") {
		return strings.Join(strings.Fields(s), " ")
	}
	return s
}
