package text

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks/lecture/page"
)

// formulaOf is the TeX of a chunk that is nothing but a formula between two signs.
func formulaOf(lines []line) (tex string, ok bool) {
	s := strings.TrimSpace(lines[0].text)
	for _, sign := range []struct{ open, end string }{{"$$", "$$"}, {`\[`, `\]`}} {
		if !strings.HasPrefix(s, sign.open) || !strings.HasSuffix(lines[len(lines)-1].text, sign.end) {
			continue
		}
		all := make([]string, len(lines))
		for i, l := range lines {
			all[i] = strings.TrimSpace(l.text)
		}
		tex = strings.Join(all, "\n")
		if len(tex) < len(sign.open)+len(sign.end) {
			return "", false
		}
		tex = strings.TrimSpace(tex[len(sign.open) : len(tex)-len(sign.end)])
		return tex, tex != "" && !strings.Contains(tex, sign.open)
	}
	return "", false
}

var (
	mathSigns = regexp.MustCompile(`[=<>≤≥≈∈⊂⊆→⇒∑∫√±∀∃]|\\[a-zA-Z]{2}`)
	longWord  = regexp.MustCompile(`\p{L}{4,}`)
)

// mathLike tells whether a line alone is a formula without its signs, or ends with
// one: no title does.
func mathLike(s string) bool {
	if strings.HasPrefix(s, "$") || strings.HasPrefix(s, `\`) || strings.HasSuffix(s, "$") || strings.HasSuffix(s, `\)`) {
		return true
	}
	return mathSigns.MatchString(s) && len(longWord.FindAllString(s, 2)) < 2 && !strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// sentences turns back into paragraphs the headings that are the beginnings of
// sentences: a formula follows, and words that go on behind it.
func sentences(p *page.Page) {
	for i := 0; i+2 < len(p.Blocks); i++ {
		b := &p.Blocks[i]
		if b.Kind != page.Heading || b.Level == 1 || p.Blocks[i+1].Kind != page.Formula || p.Blocks[i+2].Kind != page.Paragraph {
			continue
		}
		if first, _ := utf8.DecodeRuneInString(p.Blocks[i+2].Plain()); unicode.IsLower(first) {
			b.Kind, b.Level = page.Paragraph, 0
		}
	}
}

// inMath matches TeX within a line, between the signs by which pages set it off.
var inMath = regexp.MustCompile(`\$[^\s$][^$]*\$|\\\([^\n]*?\\\)`)

// words writes a line as Markdown: its signs mean themselves but for formulas.
func words(s string) string {
	if !strings.ContainsRune(s, '\\') {
		return page.Escape(s)
	}
	var b strings.Builder
	at := 0
	for _, m := range inMath.FindAllStringIndex(s, -1) {
		span := s[m[0]:m[1]]
		tex := strings.TrimSuffix(strings.TrimPrefix(span, "$"), "$")
		if span[0] == '\\' {
			tex = span[2 : len(span)-2]
		} else if !texCommand.MatchString(tex) || strings.HasSuffix(tex, " ") {
			continue
		}
		if strings.TrimSpace(tex) == "" || strings.Contains(tex, "$") {
			continue
		}
		b.WriteString(page.Escape(s[at:m[0]]))
		b.WriteString(page.MathSpan(tex))
		at = m[1]
	}
	b.WriteString(page.Escape(s[at:]))
	return b.String()
}

var texCommand = regexp.MustCompile(`\\[a-zA-Z]{2}`)
