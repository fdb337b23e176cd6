package study

import (
	"cmp"
	"regexp"
	"strings"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/content"
)

// face is the two sides of a card as texts.
type face struct {
	id          int // of this reading of the card, so that nothing is drawn twice
	question    content.Document
	answer      content.Document // no blocks: there is nothing to show but the options
	explanation content.Document
	hint        content.Document
	source      content.Document
	plain       string // the question, plain, for lists
	options     []option
	needs       bool // nobody has written an answer
}

type option struct {
	text  content.Document
	right bool
}

func (f *face) hasHint() bool { return len(f.hint.Blocks) > 0 }

// faceOf makes the sides of a card. A cloze is asked with one of its gaps open;
// its answer is the whole text with that gap marked.
func faceOf(card *collection.StudyCard) face {
	n := card.Note
	front, back := n.Text(decks.Front), n.Text(decks.Back)
	_, part, err := card.Card.Split()
	if err != nil {
		part = "f"
	}
	switch {
	case n.Kind == decks.Cloze && strings.HasPrefix(part, "c"):
		whole := fillGaps(front, part, false)
		if back != "" {
			whole += "\n\n" + back
		}
		front, back = fillGaps(front, part, true), whole
	case part == "r":
		front, back = back, front
	}
	f := face{
		question:    content.Parse(front),
		answer:      content.Parse(back),
		explanation: content.Parse(n.Text(decks.Explanation)),
		hint:        content.Parse(n.Text(decks.Hint)),
		source:      content.Parse(cmp.Or(n.Text(decks.Source), card.Section.Source)),
		needs:       n.NeedsAnswer(),
	}
	f.plain = content.Line(f.question, 200)
	for _, o := range n.Choices {
		f.options = append(f.options, option{text: content.Parse(o.Text), right: o.Right})
	}
	return f
}

// gap is a gap of a cloze: its number, its text, and perhaps a hint.
var gap = regexp.MustCompile(`(?s)\{\{(c[1-9][0-9]{0,2})::(.*?)(?:::(.*?))?\}\}`)

// fillGaps writes a cloze with its gaps filled, but for the one that is asked:
// that is open, or marked once the answer is shown. The marks are tags: stars
// and the like do not hold within a word. In a formula they would be TeX, so
// there the gap is filled as it is.
func fillGaps(text, part string, ask bool) string {
	var b strings.Builder
	from := 0
	for _, m := range gap.FindAllStringSubmatchIndex(text, -1) {
		b.WriteString(text[from:m[0]])
		from = m[1]
		word, hint := text[m[4]:m[5]], "…"
		if m[6] >= 0 && m[6] < m[7] {
			hint = text[m[6]:m[7]]
		}
		math := strings.Count(text[:m[0]], "$")%2 == 1
		switch {
		case text[m[2]:m[3]] != part:
			b.WriteString(word)
		case ask && math:
			b.WriteString(`[\ldots]`)
		case ask:
			b.WriteString("<strong>[" + strings.ReplaceAll(hint, " ", "\u00a0") + "]</strong>") // on one line
		case math || strings.Contains(word, "\n"):
			b.WriteString(word)
		default:
			b.WriteString("<mark>" + word + "</mark>")
		}
	}
	b.WriteString(text[from:])
	return b.String()
}
