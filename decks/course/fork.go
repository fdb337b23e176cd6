package course

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"lectern/decks"
	"lectern/decks/export"
	"lectern/decks/fault"
	"lectern/decks/feed/site"
	"lectern/decks/release/pack"
	"lectern/decks/release/trust"
	"lectern/decks/source"
)

// Fork makes a course of somebody's: of the folder of his sources, or of a package. It
// says the same, with its pictures, under ids of its own; its lock says of each card
// which one it was. Keys of the head are changed as head says.
func Fork(ctx context.Context, from, to string, head ...source.Head) error {
	info, err := os.Stat(from)
	if err != nil {
		return fault.New(fault.UnreadableFile, err, "name", filepath.Base(from))
	}
	if info.IsDir() {
		return forkFolder(ctx, from, to, head)
	}
	return WithPackage(ctx, from, func(p *pack.Package) error { return forkPackage(ctx, p, to, head) })
}

func forkFolder(ctx context.Context, from, to string, head []source.Head) error {
	f, err := open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	files, _, _, err := f.sources()
	if err != nil {
		return err
	}
	c, err := source.OpenFS(f.root.FS(), ".") // its pictures are all there
	if err != nil {
		return err
	}
	files, lock, err := source.Fork(files, head...)
	if err != nil {
		return err
	}
	var pictures []change
	for _, name := range source.Pictures(c.Deck) {
		data, err := f.root.ReadFile(name)
		if err != nil {
			return fault.New(fault.MissingMedia, err, "name", name)
		}
		pictures = append(pictures, change{name, nil, nonNil(data)})
	}
	return create(ctx, to, files, lock, pictures)
}

func forkPackage(ctx context.Context, p *pack.Package, to string, head []source.Head) error {
	d := p.Release.Deck
	d.Retired = nil
	text, paths := export.Course(d)
	files, lock, err := source.Fork([]source.File{{Name: courseFile, Data: text}}, head...)
	if err != nil {
		return err
	}
	var pictures []change
	for _, name := range source.Pictures(d) {
		data, err := p.ReadMedia(hashOf(name))
		if err != nil {
			return fault.New(fault.MissingMedia, err, "name", name)
		}
		pictures = append(pictures, change{paths[name], nil, nonNil(data)})
	}
	return create(ctx, to, files, lock, pictures)
}

// WithPackage opens a package and closes it after act. Whoever signed it is taken: what
// an author opens here is shown to nobody.
func WithPackage(ctx context.Context, file string, act func(*pack.Package) error) error {
	f, err := os.Open(file)
	if err != nil {
		return fault.New(fault.UnreadableFile, err, "name", filepath.Base(file))
	}
	defer f.Close()
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return fault.New(fault.UnreadableFile, err, "name", filepath.Base(file))
	}
	head := make([]byte, 4)
	if _, err := f.ReadAt(head, 0); err != nil || string(head) != "PK\x03\x04" { // of a zip archive
		return fault.New(fault.NotAPackage, err, "name", filepath.Base(file))
	}
	p, err := pack.Open(ctx, f, size, trust.Chain{})
	switch {
	case ctx.Err() != nil:
		return fault.New(fault.Cancelled, ctx.Err())
	case errors.Is(err, pack.ErrNoPackage):
		return fault.New(fault.NotAPackage, err, "name", filepath.Base(file))
	case err != nil:
		return fault.New(fault.DamagedPackage, fmt.Errorf("open package: %w", err))
	}
	return act(p)
}

// Released is the deck of a package, or of the last release that is published in a
// folder.
func Released(ctx context.Context, file string) (d decks.Deck, err error) {
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		if file, err = lastPackage(file); err != nil {
			return d, err
		}
	}
	err = WithPackage(ctx, file, func(p *pack.Package) error {
		d = p.Release.Deck
		return nil
	})
	return d, err
}

// lastPackage finds the package of the last release in a folder that is published.
func lastPackage(dir string) (string, error) {
	disk, err := site.ReadDisk(dir)
	if err != nil {
		return "", fault.New(fault.UnreadableFile, err, "name", folderName(dir))
	}
	defer disk.Close()
	state, err := site.Read(disk)
	if err != nil {
		return "", err
	}
	if !state.Published() {
		return "", fault.New(fault.NotAPackage, nil, "name", folderName(dir))
	}
	name, err := filepath.Localize(state.Feed.Latest().Package.Path)
	if err != nil {
		return "", fault.New(fault.NotAPackage, err, "name", folderName(dir))
	}
	return filepath.Join(dir, name), nil
}
