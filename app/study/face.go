package study

import (
	"cmp"
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
		whole := content.FillGaps(front, part, false)
		if back != "" {
			whole += "\n\n" + back
		}
		front, back = content.FillGaps(front, part, true), whole
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
