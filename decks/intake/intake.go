// Package intake says what a file becomes: a lecture page or a course in
// Markdown is read and comes out as a deck ready to be installed, with its
// pictures and its origin. The window and lecternctl open files through it, so
// that the same file gives the same deck in both.
package intake

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/lecture"
	"lectern/decks/source"
)

// Ready is a deck that was read and not yet installed.
type Ready struct {
	Deck    decks.Deck
	Options collection.InstallOptions
	// New tells that some ids were made when it was read: before installing,
	// take those of the deck made of the same file before, with Known.
	New bool
}

// Founding is the founding course of a language from its folder.
func Founding(dir fs.FS) (Ready, error) {
	deck, err := source.ParseFS(dir, ".")
	if err != nil {
		return Ready{}, err
	}
	return Ready{Deck: deck, Options: collection.InstallOptions{
		Origin: collection.Origin{Kind: "sample", Name: deck.Title, Key: "founding." + deck.Lang}, Media: dir,
	}}, nil
}

// Course reads a course: a folder when data is nil, else a file with its bytes.
func Course(name string, data []byte) (Ready, error) {
	deck, media, whole, err := readCourse(name, data)
	if err != nil {
		return Ready{}, err
	}
	origin := collection.Origin{Kind: "course", Name: filepath.Base(name)}
	return Ready{Deck: deck, New: !whole, Options: collection.InstallOptions{Origin: origin, Media: media}}, nil
}

// PageOrigin is where a deck made of a page comes from.
func PageOrigin(name string) collection.Origin {
	return collection.Origin{Kind: "page", Name: filepath.Base(name)}
}

// Read reads a whole file of at most lecture.MaxSize bytes; more is TooLarge.
func Read(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fault.New(fault.UnreadableFile, err, "name", filepath.Base(name))
	}
	defer f.Close()
	return ReadAll(f, name)
}

// ReadAll is Read for what is open already; name is what errors call it.
func ReadAll(r io.Reader, name string) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, lecture.MaxSize+1)) // a device has no size to ask for
	switch {
	case errors.Is(err, context.Canceled):
		return nil, fault.New(fault.Cancelled, err)
	case err != nil:
		return nil, fault.New(fault.UnreadableFile, err, "name", filepath.Base(name))
	}
	if len(data) > lecture.MaxSize {
		return nil, fault.New(fault.TooLarge, nil, "limit", lecture.MaxSize)
	}
	return data, nil
}

// Collection is what Install needs of the collection.
type Collection interface {
	FindPage(context.Context, collection.Origin) (decks.Deck, bool, error)
	Install(context.Context, decks.Deck, collection.InstallOptions) (collection.InstallResult, error)
}

// Install puts a deck that was read into the collection; one made of the same
// file before is updated and keeps its history.
func Install(ctx context.Context, c Collection, r Ready) (collection.InstallResult, error) {
	if r.New {
		old, found, err := c.FindPage(ctx, r.Options.Origin)
		if err != nil {
			return collection.InstallResult{}, err
		}
		if found {
			adopted := Adopt(old, r.Deck)
			r.Options.Links = follow(r.Options.Links, r.Deck, adopted)
			r.Deck = adopted
		}
	}
	return c.Install(ctx, r.Deck, r.Options)
}

// follow gives links the ids that the deck's notes took: those of adopted stand
// in the order of read.
func follow(links map[string]string, read, adopted decks.Deck) map[string]string {
	out := make(map[string]string, len(links))
	for i, n := range read.Notes {
		if other, linked := links[n.ID]; linked {
			out[adopted.Notes[i].ID] = other
		}
	}
	return out
}

// Stem is a file's name without its ending, for a deck without a title.
func Stem(name string) string {
	name = filepath.Base(name)
	return strings.TrimSuffix(name, filepath.Ext(name))
}
