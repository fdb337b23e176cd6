package sketch

import (
	"lectern/decks"
	"lectern/decks/intake"
	"lectern/decks/merge"
)

// Update is what pages that were read again do to the deck made of them before.
type Update struct {
	Deck    decks.Deck           // with the ids that the notes had
	Cards   []int                // by note: the card it was made of
	Changes map[int]merge.Change // by number of the card; what stays the same is not there
	Gone    []decks.Note         // asked no more
	Added   int
	Changed int
}

// Against compares the sketch with the deck made of its pages before.
func (s *Sketch) Against(old decks.Deck) *Update {
	fresh, of := s.Deck(old.Title)
	u := &Update{Deck: intake.Adopt(old, fresh), Cards: of, Changes: map[int]merge.Change{}}
	for i, c := range merge.Diff(old, u.Deck).Changes {
		switch c.Kind {
		case merge.NoteGone:
			u.Gone = append(u.Gone, c.Old)
			continue
		case merge.NoteSame:
			continue
		case merge.NoteNew:
			u.Added++
		default:
			u.Changed++
		}
		u.Changes[s.Cards[of[i]].ID] = c
	}
	return u
}

// Nothing tells whether everything is as it was.
func (u *Update) Nothing() bool { return u.Added+u.Changed+len(u.Gone) == 0 }
