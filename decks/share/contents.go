package share

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"reflect"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/source"
)

// Contents is what there is of a deck to be shared.
type Contents struct {
	Title  string
	Signed *collection.Subscription // of an author's deck: it is passed on; nil for an own one
	// Held is why an author's deck cannot be passed on, nil when it can.
	Held error

	Notes    int
	Pictures int      // that are there
	Missing  []string // pictures that are not
	Mine     int      // notes in which something is the student's
	Reviews  int      // answers in the log of an own deck
}

// Look says what of a deck could be shared. Nothing is written.
func Look(ctx context.Context, c Collection, deck string) (Contents, error) {
	x, err := look(ctx, c, deck)
	if err != nil {
		return Contents{}, fmt.Errorf("look at what to share of deck %s: %w", deck, err)
	}
	return x, nil
}

func look(ctx context.Context, c Collection, deck string) (x Contents, err error) {
	if x.Signed, err = c.Subscription(ctx, deck); err != nil {
		return x, err
	}
	mine, err := c.Deck(ctx, deck)
	if err != nil {
		return x, err
	}
	released, err := c.Released(ctx, deck)
	if err != nil {
		return x, err
	}
	x.Title, x.Notes, x.Mine = mine.Title, len(mine.Notes), differ(released, mine)
	dir := os.DirFS(c.MediaDir())
	for _, name := range source.Pictures(mine) {
		if there(dir, name) {
			x.Pictures++
		} else {
			x.Missing = append(x.Missing, name)
		}
	}
	if x.Signed == nil {
		_, x.Reviews, err = c.PastOf(ctx, deck)
		return x, err
	}
	if x.Signed.Shown.History.Reviews > 0 {
		x.Held = fault.New(fault.SharedPast, nil, "author", x.Signed.Author.Author)
		return x, nil
	}
	for _, name := range collection.ShippedMedia(released) {
		if !there(dir, name) {
			x.Held = fault.New(fault.MissingMedia, nil, "name", name)
		}
	}
	return x, nil
}

func there(dir fs.FS, name string) bool {
	if !fs.ValidPath(name) {
		return false
	}
	info, err := fs.Stat(dir, name)
	return err == nil && info.Mode().IsRegular()
}

// differ counts the notes of a deck that are not as they were released.
func differ(released, mine decks.Deck) (n int) {
	was := map[string]decks.Note{}
	for _, x := range released.Notes {
		was[x.ID] = x
	}
	for _, x := range mine.Notes {
		if old, ok := was[x.ID]; !ok || !reflect.DeepEqual(shown(old), shown(x)) {
			n++
		}
	}
	return n
}

// shown is a note without fields that are empty.
func shown(n decks.Note) decks.Note {
	fields := map[decks.Field]string{}
	for f, text := range n.Fields {
		if text != "" {
			fields[f] = text
		}
	}
	n.Fields = fields
	if len(n.Tags) == 0 {
		n.Tags = nil
	}
	if len(n.Choices) == 0 {
		n.Choices = nil
	}
	return n
}
