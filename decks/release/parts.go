package release

import (
	"slices"
	"strconv"

	"lectern/decks"
	"lectern/decks/content"
)

// Parts names the cards of a note: "f", "m" for a choice, and of a cloze its gaps by their
// numbers. Every note has a card: a cloze without gaps is asked as a question.
func Parts(n decks.Note) []string {
	switch n.Kind {
	case decks.Choice:
		return []string{"m"}
	case decks.Cloze:
		parts := content.Gaps(n.Fields[decks.Front])
		slices.SortFunc(parts, func(a, b string) int { return gapNumber(a) - gapNumber(b) })
		if len(parts) > 0 {
			return parts
		}
	}
	return []string{"f"}
}

func gapNumber(part string) int {
	n, err := strconv.Atoi(part[1:])
	if err != nil {
		return 0 // it is a gap's: it has a number
	}
	return n
}

// Cards counts the cards of a deck.
func Cards(d decks.Deck) int {
	n := 0
	for _, note := range d.Notes {
		n += len(Parts(note))
	}
	return n
}
