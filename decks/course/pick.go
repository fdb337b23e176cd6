package course

import (
	"bytes"
	"context"
	"maps"
	"slices"

	"lectern/decks"
	"lectern/decks/source"
)

// Unmark takes back what [Mark] has kept of cards: the author is asked about them again.
func Unmark(ctx context.Context, dir string, ids []string, substance bool) error {
	return rewrite(ctx, dir, func(files []source.File, lock source.Lock) (_ []source.File, _ source.Lock, err error) {
		if substance {
			if files, err = source.Unmark(files, ids); err != nil {
				return files, lock, err
			}
		}
		for _, id := range ids {
			if e, known := lock.Cards[id]; known {
				e.Minor = ""
				lock.Cards[id] = e
			}
		}
		return files, lock, nil
	})
}

// SetAnswer writes the answer of a card into the course, "" for none.
func SetAnswer(ctx context.Context, dir, note, text string) error {
	f, err := open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	files, err := source.Load(f.root.FS(), ".")
	if err != nil {
		return err
	}
	now, err := source.SetField(files, note, decks.Back, text)
	if err != nil {
		return err
	}
	for _, was := range files {
		if was.Name == now.Name && !bytes.Equal(was.Data, now.Data) {
			return f.write(ctx, []change{{now.Name, nonNil(was.Data), now.Data}})
		}
	}
	return nil
}

// Vanished is a card that the lock knows and the course does not have.
type Vanished struct {
	ID   string
	File string // in which it stood
	Text string // what it said, folded
}

// FindVanished lists the cards that [Fmt] would retire, in the order of their files. A
// course with mistakes has none that are known.
func FindVanished(dir string) ([]Vanished, error) {
	f, err := open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	files, lock, _, err := f.sources()
	if err != nil {
		return nil, err
	}
	c, err := source.ParseFiles(files)
	if err != nil {
		return nil, err
	}
	here := map[string]bool{}
	for _, n := range c.Deck.Notes {
		here[n.ID] = true
	}
	var out []Vanished
	for _, id := range slices.Sorted(maps.Keys(lock.Cards)) {
		if e := lock.Cards[id]; !here[id] && !e.Retired {
			out = append(out, Vanished{id, e.File, e.Text})
		}
	}
	slices.SortStableFunc(out, func(a, b Vanished) int { return source.NaturalOrder(a.File, b.File) })
	return out, nil
}
