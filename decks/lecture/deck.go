package lecture

import (
	"strings"

	"lectern/decks"
	"lectern/decks/lecture/find"
)

// Deck makes a deck of an extraction: a section for each group, notes in the
// page's order with new ids. Title "" takes the page's own.
func Deck(x *find.Extraction, title string) decks.Deck {
	d := decks.Deck{ID: decks.NewID(), Title: firstOf(title, x.Title), Lang: x.Lang}
	for _, g := range x.Groups {
		sec := decks.Section{ID: decks.NewID(), Title: firstOf(g.Title, d.Title)}
		d.Sections = append(d.Sections, sec)
		for _, it := range g.Items {
			n := decks.Note{
				ID: decks.NewID(), Kind: it.Kind, Section: sec.ID, Difficulty: it.Difficulty,
				Fields: map[decks.Field]string{decks.Front: it.Prompt}, Choices: it.Choices,
			}
			if it.Answer != "" {
				n.Fields[decks.Back] = it.Answer
			}
			if it.Explanation != "" {
				n.Fields[decks.Explanation] = it.Explanation
			}
			d.Notes = append(d.Notes, n)
		}
	}
	return d
}

func firstOf(ss ...string) string {
	for _, s := range ss {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}
