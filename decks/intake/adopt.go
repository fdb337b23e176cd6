package intake

import (
	"slices"

	"lectern/decks"
	"lectern/decks/merge"
)

// Adopt gives what was read again the ids of the deck made of it before. Notes
// that brought an id of that deck keep it. What has nothing in common with that
// deck is another deck, though its file has the same name.
func Adopt(old, fresh decks.Deck) decks.Deck {
	brought := map[string]bool{}
	for _, n := range old.Notes {
		brought[n.ID] = true
	}
	known := func(n decks.Note) bool { return brought[n.ID] }
	kept := slices.DeleteFunc(slices.Clone(fresh.Notes), func(n decks.Note) bool { return !known(n) })
	clear(brought)
	for _, n := range kept {
		brought[n.ID] = true
	}
	before, rest := old, fresh
	before.Notes = slices.DeleteFunc(slices.Clone(old.Notes), known)
	rest.Notes = slices.DeleteFunc(slices.Clone(fresh.Notes), known)
	adopted, found := merge.Adopt(before, rest)
	if len(kept)+found.Same+found.Edited == 0 {
		return fresh
	}
	section := map[string]string{}
	for i, s := range fresh.Sections {
		section[s.ID] = adopted.Sections[i].ID
	}
	notes, next := make([]decks.Note, 0, len(fresh.Notes)), 0
	for _, n := range fresh.Notes {
		if known(n) {
			if id, ok := section[n.Section]; ok {
				n.Section = id
			}
			notes = append(notes, n)
			continue
		}
		notes = append(notes, adopted.Notes[next])
		next++
	}
	adopted.Notes = notes
	return adopted
}
