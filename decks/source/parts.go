package source

import (
	"regexp"
	"strings"

	"lectern/decks"
)

var (
	idComment      = regexp.MustCompile(`^<!--[ \t]*\^([^ \t]*)((?:[ \t]+[^ \t]+)*?)[ \t]*-->[ \t]*$`)
	sectionComment = regexp.MustCompile(`^<!--[ \t]*section:[ \t]*([^ \t]*)[ \t]*-->[ \t]*$`)
	idNote         = regexp.MustCompile(`^(major=\d+|from=[0-9a-z_-]+|merges=[0-9a-z_,-]+|keep)$`)
)

// comment reads an id or passes over a comment to its end.
func (p *parser) comment(i int, s string) {
	if m := idComment.FindStringSubmatch(s); m != nil {
		if !p.open() {
			p.wrong(i, "stray_id", excerpt(m[1]))
			return
		}
		if p.id(i, m[1]) {
			p.card().ID = m[1]
		}
		for _, w := range strings.Fields(m[2]) {
			if !idNote.MatchString(w) {
				p.wrong(i, "id_note", excerpt(w))
			}
		}
		p.card().idLine = i + 1
		p.endCard()
		return
	}
	if m := sectionComment.FindStringSubmatch(s); m != nil {
		if p.zone != prose || len(p.sections) == 0 || p.sections[len(p.sections)-1].ID != "" {
			p.wrong(i, "stray_id", excerpt(m[1]))
			return
		}
		if p.id(i, m[1]) {
			p.sections[len(p.sections)-1].ID = m[1]
		}
		return
	}
	if strings.Contains(s[len("<!--"):], "-->") {
		return
	}
	for p.at < len(p.lines) {
		t := p.lines[p.at].text
		p.at++
		if strings.Contains(t, "-->") {
			return
		}
	}
	p.wrong(i, "open_comment", "")
}

// option reads the lines of a choice from its first option on.
func (p *parser) option(i int, s string) {
	if m := optionLine.FindStringSubmatch(s); m != nil {
		p.endField()
		p.zone, p.text = inList, []string{strings.TrimLeft(m[2], " \t")}
		n := p.card()
		n.Choices = append(n.Choices, decks.Option{Right: m[1] != " "})
		n.last = i
		return
	}
	inner, indented := strings.CutPrefix(s, "  ")
	if !indented && strings.HasPrefix(s, "\t") {
		inner, indented = s[1:], true
	}
	switch {
	case indented:
		p.text = append(p.text, inner)
		if !blank(inner) {
			p.card().last = i
		}
	case blank(s):
		p.text = append(p.text, "")
	default:
		if word, near := nearKeyword(s); near {
			p.wrong(i, "near_keyword", word)
			return
		}
		p.wrong(i, "after_options", excerpt(s))
	}
}

func (p *parser) checkOptions(at int, options []decks.Option) {
	if len(options) < 2 {
		p.wrong(at, "options", "")
		return
	}
	right := false
	for _, o := range options {
		right = right || o.Right
		if o.Text == "" {
			p.wrong(at, "empty_option", "")
			return
		}
	}
	if !right {
		p.wrong(at, "no_right", "")
	}
}

var (
	gapNumber = regexp.MustCompile(`^c[1-9][0-9]{0,2}::`)
	noGaps    = regexp.MustCompile("\\$\\$[^$]*\\$\\$|\\$[^$\n]*\\$|`[^`\n]*`")
)

// checkGaps looks for {{c1::…}} in the text of a cloze. Other double braces mean
// nothing in formulas and code, and are a gap without a number elsewhere.
func (p *parser) checkGaps(at int, front string) {
	spans := noGaps.FindAllStringIndex(front, -1)
	gaps := 0
	for from := 0; ; {
		open := strings.Index(front[from:], "{{")
		if open < 0 {
			break
		}
		open += from
		from = open + len("{{")
		end := strings.Index(front[from:], "}}")
		switch {
		case gapNumber.MatchString(front[from:]) && end < 0:
			p.wrong(at, "open_gap", "}}")
			return
		case gapNumber.MatchString(front[from:]):
			gaps++
		case within(spans, open):
		case end < 0:
			p.wrong(at, "open_gap", "}}")
			return
		default:
			p.wrong(at, "gap_number", "{{c1::"+excerpt(front[from:from+end])+"}}")
			return
		}
	}
	if gaps == 0 {
		p.wrong(at, "no_gap", "{{c1::…}}")
	}
}

func within(spans [][]int, at int) bool {
	for _, s := range spans {
		if s[0] < at && at < s[1] {
			return true
		}
	}
	return false
}
