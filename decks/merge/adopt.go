package merge

import (
	"cmp"
	"slices"

	"lectern/decks"
	"lectern/decks/fold"
)

// Adopt gives the notes and sections of a page that was read again the ids that
// they had in the old deck, so that history and the student's edits find them.
//
// Notes with the same question are the same note; several of them are told
// apart by section, answer and order. The others are matched best first, each
// to one, by how much of their rare words they share; section and neighbours
// decide between equals. A question that is too different is a new note.
//
// The result is fresh in its own order with old's deck id; what is left of old
// is absent from it, which an install takes as retired. Notes and sections
// without a match keep the ids they came with, unless those are empty or taken:
// then they get new ones. Neither argument is changed.
func Adopt(old, fresh decks.Deck) (decks.Deck, Matched) {
	out := fresh
	out.ID = old.ID
	out.Title = cmp.Or(fresh.Title, old.Title)
	out.Lang = cmp.Or(fresh.Lang, old.Lang)
	out.Notes = slices.Clone(fresh.Notes)
	out.Sections = slices.Clone(fresh.Sections)

	sections := matchSections(old, fresh)
	m := newMatcher(old, fresh, sections)
	m.run()
	voteSections(old, fresh, m.old, sections)

	ids := map[string]bool{} // taken
	for _, s := range old.Sections {
		ids[s.ID] = true
	}
	place := make(map[string]string, len(fresh.Sections)) // fresh id → id
	for i := range out.Sections {
		id := out.Sections[i].ID
		if o := sections[i]; o >= 0 {
			out.Sections[i].ID = old.Sections[o].ID
		} else {
			out.Sections[i].ID = free(ids, id)
		}
		if _, dup := place[id]; !dup {
			place[id] = out.Sections[i].ID
		}
	}
	clear(ids)
	for _, n := range old.Notes {
		ids[n.ID] = true
	}
	for i := range out.Notes {
		n := &out.Notes[i]
		if o := m.old[i]; o >= 0 {
			n.ID = old.Notes[o].ID
		} else {
			n.ID = free(ids, n.ID)
		}
		if id, ok := place[n.Section]; ok {
			n.Section = id
		}
	}
	return out, Diff(old, out)
}

// free returns id, or a new id when it is empty or taken, and takes it.
func free(taken map[string]bool, id string) string {
	for id == "" || taken[id] {
		id = decks.NewID()
	}
	taken[id] = true
	return id
}

// matchSections returns for each fresh section the index of the old section
// with the same folded title, or -1. Equal titles are matched in order.
func matchSections(old, fresh decks.Deck) []int {
	byTitle := map[string][]int{}
	for i, s := range old.Sections {
		t := fold.Fold(s.Title)
		byTitle[t] = append(byTitle[t], i)
	}
	match := make([]int, len(fresh.Sections))
	for i, s := range fresh.Sections {
		match[i] = -1
		if t := fold.Fold(s.Title); len(byTitle[t]) > 0 {
			match[i] = byTitle[t][0]
			byTitle[t] = byTitle[t][1:]
		}
	}
	return match
}

// voteSections matches sections that were renamed: a fresh section is the old
// one from which most of its notes came.
func voteSections(old, fresh decks.Deck, notes, sections []int) {
	oldAt, freshAt := sectionIndex(old), sectionIndex(fresh)
	taken := make(map[int]bool, len(sections))
	for _, o := range sections {
		taken[o] = true
	}
	votes := map[[2]int]int{}
	for i, o := range notes {
		if o < 0 {
			continue
		}
		f, okF := freshAt[fresh.Notes[i].Section]
		s, okS := oldAt[old.Notes[o].Section]
		if okF && okS && sections[f] < 0 && !taken[s] {
			votes[[2]int{f, s}]++
		}
	}
	pairs := make([][2]int, 0, len(votes))
	for p := range votes {
		pairs = append(pairs, p)
	}
	slices.SortFunc(pairs, func(a, b [2]int) int {
		return cmp.Or(votes[b]-votes[a], a[0]-b[0], a[1]-b[1])
	})
	for _, p := range pairs {
		if sections[p[0]] < 0 && !taken[p[1]] {
			sections[p[0]] = p[1]
			taken[p[1]] = true
		}
	}
}

func sectionIndex(d decks.Deck) map[string]int {
	at := make(map[string]int, len(d.Sections))
	for i, s := range d.Sections {
		if _, dup := at[s.ID]; !dup {
			at[s.ID] = i
		}
	}
	return at
}
