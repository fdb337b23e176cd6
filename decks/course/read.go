package course

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lectern/decks"
	"lectern/decks/changes"
	"lectern/decks/fault"
	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/source"
)

// Course is a course as it will be released.
type Course struct {
	Deck   decks.Deck // canonical, with what is retired; pictures are named by their hash
	Key    string     // the author's public key from the head, "" for none
	Places map[string]source.Place
	Media  *Media

	settled map[string]bool
}

// Read reads the course in a folder for a release. One in which [Check] finds mistakes is
// an error, with all of them.
func Read(ctx context.Context, dir string) (Course, error) {
	f, err := open(dir)
	if err != nil {
		return Course{}, err
	}
	defer f.Close()
	r, c, lock, err := f.check(ctx)
	switch {
	case err != nil:
		return Course{}, err
	case len(r.Mistakes) > 0:
		return Course{}, r.Mistakes
	}
	out := Course{Key: c.Key, Places: c.Places, settled: maps.Clone(c.Keep)}
	for _, n := range c.Deck.Notes {
		if m := lock.Cards[n.ID].Minor; m != "" && m == source.Sum(n) {
			out.settled[n.ID] = true
		}
	}
	names, media, err := f.media(ctx, c.Deck)
	if err != nil {
		return Course{}, err
	}
	media.dir = dir
	out.Media = media
	out.Deck = source.RenamePictures(source.Released(c.Deck, lock), names)
	return out, nil
}

// ErrAnotherCourse tells that a release is not of this course.
var ErrAnotherCourse = errors.New("the release is of another course")

// Changes says what differs between the course and its last release, nil for none.
func (c Course) Changes(last *release.Release) (changes.Changes, error) {
	if last == nil {
		return changes.Between(nil, c.Deck, nil), nil
	}
	if last.Deck.ID != c.Deck.ID {
		return changes.Changes{}, fault.New(fault.AnotherCourse, ErrAnotherCourse, "title", last.Deck.Title)
	}
	return changes.Between(&last.Deck, c.Deck, func(note string) bool { return c.settled[note] }), nil
}

// Media are the pictures and sounds of a course. They lie where its author keeps them,
// and are read when they are asked for.
type Media struct {
	dir   string
	files map[string]medium // by hash
	names []string          // "<hash>.<ext>", sorted
}

type medium struct {
	path string
	size int64
}

var _ pack.Media = (*Media)(nil)

// Names lists the media by their hashes.
func (m *Media) Names() []string { return slices.Sorted(maps.Keys(m.files)) }

// Pictures lists the names by which the cards of the release show them: "<hash>.<ext>".
func (m *Media) Pictures() []string { return slices.Clone(m.names) }

// Size is the number of bytes of a medium, by its hash or its name; 0 when there is none.
func (m *Media) Size(name string) int64 { return m.files[hashOf(name)].size }

// Open opens a medium by its hash or its name.
func (m *Media) Open(name string) (io.ReadCloser, error) {
	file, ok := m.files[hashOf(name)]
	if !ok {
		return nil, fault.New(fault.MissingMedia, fs.ErrNotExist, "name", name)
	}
	root, err := os.OpenRoot(m.dir)
	if err != nil {
		return nil, fault.New(fault.UnreadableFile, err, "name", folderName(m.dir))
	}
	defer root.Close()
	r, err := root.Open(filepath.FromSlash(file.path))
	if err != nil {
		return nil, fault.New(fault.MissingMedia, err, "name", file.path)
	}
	return r, nil
}

func hashOf(name string) string {
	hash, _, _ := strings.Cut(name, ".")
	return hash
}

// media names what the cards show by the hash of what it holds.
func (f *folder) media(ctx context.Context, d decks.Deck) (names map[string]string, m *Media, err error) {
	names, m = map[string]string{}, &Media{files: map[string]medium{}}
	total := int64(0)
	for _, name := range source.Pictures(d) {
		if err := ctx.Err(); err != nil {
			return nil, nil, fault.New(fault.Cancelled, err)
		}
		hash, size, err := f.hash(name)
		if err != nil {
			return nil, nil, fault.New(fault.MissingMedia, err, "name", name)
		}
		if _, again := m.files[hash]; !again {
			total += size
		}
		m.files[hash] = medium{name, size}
		names[name] = hash + extension(name)
		if !slices.Contains(m.names, names[name]) {
			m.names = append(m.names, names[name])
		}
	}
	slices.Sort(m.names)
	if len(m.files) > release.MaxMedia {
		return nil, nil, fault.New(fault.TooManyFiles, nil, "n", release.MaxMedia)
	}
	if total > release.MaxMediaBytes {
		return nil, nil, fault.New(fault.TooLarge, fmt.Errorf("%d bytes of pictures", total), "limit", release.MaxMediaBytes)
	}
	return names, m, nil
}

func (f *folder) hash(name string) (string, int64, error) {
	r, err := f.root.Open(filepath.FromSlash(name))
	if err != nil {
		return "", 0, err
	}
	defer r.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, r)
	return hex.EncodeToString(sum.Sum(nil)), n, err
}
