package subscribe

import (
	"context"
	"slices"

	"lectern/decks"
	"lectern/decks/collection"
)

// Before returns a note as its author released it before the last change in substance;
// false when no release is kept in which it read so.
func (r *Reader) Before(ctx context.Context, deck string, now decks.Note) (decks.Note, bool, error) {
	all, err := r.Collection.Releases(ctx, deck)
	if err != nil {
		return decks.Note{}, false, err
	}
	shown := slices.IndexFunc(all, func(k collection.KeptRelease) bool { return k.Shown })
	for _, k := range all[shown+1:] {
		s, err := r.Collection.Kept(ctx, deck, k.Statement.Epoch, k.Statement.Seq)
		if err != nil {
			return decks.Note{}, false, err
		}
		notes := s.Release.Deck.Notes
		if i := slices.IndexFunc(notes, func(n decks.Note) bool { return n.ID == now.ID }); i >= 0 && notes[i].Major < now.Major {
			return notes[i], true, nil
		}
	}
	return decks.Note{}, false, nil
}
