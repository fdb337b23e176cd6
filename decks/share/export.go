package share

import (
	"context"
	"fmt"
	"os"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/source"
)

// As returns a deck as it leaves the collection: with its author and licence, and with
// what the student wrote only when mine says so.
func As(ctx context.Context, c Collection, deck string, mine bool) (decks.Deck, error) {
	d, err := c.Released(ctx, deck)
	if err == nil && mine {
		var own decks.Deck
		own, err = c.Deck(ctx, deck)
		d.Title, d.Lang, d.Sections, d.Notes = own.Title, own.Lang, own.Sections, own.Notes
	}
	return d, err
}

// Pictures reads the pictures that a deck shows, and lists those that are not there.
func Pictures(ctx context.Context, c Collection, d decks.Deck) (found map[string][]byte, missing []string, err error) {
	found = map[string][]byte{}
	dir := os.DirFS(c.MediaDir())
	for _, name := range source.Pictures(d) {
		if err := ctx.Err(); err != nil {
			return nil, nil, fmt.Errorf("read the pictures of deck %s: %w", d.ID, err)
		}
		data, err := readFile(dir, name)
		if err != nil || !collection.ValidMediaName(name) {
			missing = append(missing, name)
			continue
		}
		found[name] = data
	}
	return found, missing, nil
}
