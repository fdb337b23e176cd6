package source

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lectern/decks"
	"lectern/decks/release"
)

var (
	idComment      = regexp.MustCompile(`^<!--[ \t]*\^([^ \t]*)((?:[ \t]+[^ \t]+)*?)[ \t]*-->[ \t]*$`)
	sectionComment = regexp.MustCompile(`^<!--[ \t]*section:[ \t]*([^ \t]*)[ \t]*-->[ \t]*$`)
)

// comment reads an id or passes over a comment to its end.
func (p *parser) comment(i int, s string) {
	if m := idComment.FindStringSubmatch(s); m != nil {
		if !p.open() {
			p.wrong(i, "stray_id", excerpt(m[1]))
			return
		}
		n := p.card()
		switch {
		case m[1] == freshID:
			n.fresh = true
		case p.id(i, m[1]):
			n.ID = m[1]
		}
		p.lineage(i, n, strings.Fields(m[2]))
		n.idLine = i + 1
		p.endCard()
		return
	}
	if m := sectionComment.FindStringSubmatch(s); m != nil {
		if p.zone != prose || len(p.sections) == 0 || p.sections[len(p.sections)-1].ID != "" {
			p.wrong(i, "stray_id", excerpt(m[1]))
			return
		}
		if p.id(i, m[1]) {
			s := &p.sections[len(p.sections)-1]
			s.ID, s.idLine = m[1], i+1
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

// freshID in place of an id says that a card is new, though it looks like one that
// lost its id.
const freshID = "new"

// lineage reads what stands beside an id.
func (p *parser) lineage(i int, n *note, words []string) {
	seen := map[string]bool{}
	for _, w := range words {
		name, value, _ := strings.Cut(w, "=")
		ok := false
		switch name {
		case "major":
			n.Major, ok = number(value)
		case "from":
			n.From, ok = value, release.ValidID(value) && value != n.ID
		case "merges":
			n.Merges, ok = idList(value, n.ID)
		case "keep":
			n.keep, ok = true, w == name
		}
		switch {
		case !ok:
			p.wrong(i, "id_note", excerpt(w))
		case seen[name]:
			p.wrong(i, "id_note_twice", name)
		}
		seen[name] = true
	}
}

// number reads a count from 1 as it is written, without signs and leading zeros.
func number(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n > 0 && n <= maxMajor && strconv.Itoa(n) == s
}

// maxMajor is more changes than a card can see.
const maxMajor = 1_000_000

// idList reads ids with commas between them, without self.
func idList(s, self string) ([]string, bool) {
	ids := strings.Split(s, ",")
	for _, id := range ids {
		if !release.ValidID(id) || id == self {
			return nil, false
		}
	}
	slices.Sort(ids)
	return ids, len(slices.Compact(ids)) == len(ids) && len(ids) <= release.MaxItems
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
