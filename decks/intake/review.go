package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/lecture"
	"lectern/decks/lecture/page"
)

// What follows is for those who look at pages before they become a deck: the deck
// is then put together by the student, and takes its pictures and its origin from
// here.

// Single reads one page. Dir is the folder that it lies in, "" when it came from
// elsewhere. Faults: those of lecture.Extract.
func Single(ctx context.Context, name, dir string, data []byte, progress lecture.Progress) (*Pages, error) {
	read, found, err := lecture.Extract(ctx, data, name, progress)
	if err != nil {
		return nil, err
	}
	p := &Pages{Title: oneLine(found.Title), origin: PageOrigin(name), text: lecture.Source(data, read)}
	one := Found{Name: filepath.Base(name), Title: p.Title, Page: read, Found: found}
	if dir != "" {
		p.store, one.at = above(dir)
	}
	if one.Title == "" {
		one.Title = Stem(name)
	}
	p.Pages = []Found{one}
	return p, nil
}

// Files reads some files as the pages of one course, in the order of their names.
// A page that cannot be read stops no other. Faults: TooManyFiles, Cancelled.
func Files(ctx context.Context, paths []string, progress lecture.Progress) (*Pages, error) {
	dir := filepath.Dir(paths[0])
	for _, p := range paths[1:] {
		for !within(dir, p) {
			dir = filepath.Dir(dir)
		}
	}
	names := make([]string, 0, len(paths))
	for _, p := range paths {
		name, err := filepath.Rel(dir, p)
		if err != nil {
			return nil, fault.New(fault.UnreadableFile, err, "name", filepath.Base(p))
		}
		names = append(names, filepath.ToSlash(name))
	}
	slices.SortFunc(names, comparePages)
	p := &Pages{store: folder(dir), Title: folderName(dir)}
	if err := p.readAll(ctx, slices.Compact(names), progress); err != nil {
		return nil, err
	}
	if len(p.Pages) > 0 {
		p.Title = p.Pages[0].Title
	}
	// The same files are the same course; others of their folder are another.
	sum := sha256.Sum256([]byte(strings.Join(names, "\n")))
	p.origin = collection.Origin{Kind: "pages", Name: folderName(dir), Key: "files." + hex.EncodeToString(sum[:8])}
	return p, nil
}

// within tells whether a file lies in a folder or in one of its folders.
func within(dir, file string) bool {
	rel, err := filepath.Rel(dir, file)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// From says that pages were read from an address, by which their deck is known
// again.
func (p *Pages) From(address string) { p.origin.Name, p.origin.Key = address, address }

// Call gives pages that have no file, such as pasted text, a name.
func (p *Pages) Call(name string) { p.origin.Name = name }

// Origin says where a deck of the pages comes from.
func (p *Pages) Origin() collection.Origin { return p.origin }

// Text is what is kept of the pages beside their deck: of one page its source, of
// several what was read on those that ask something.
func (p *Pages) Text() string {
	if p.text != "" {
		return p.text
	}
	var text strings.Builder
	for _, f := range p.Pages {
		if f.Found.Count() > 0 && text.Len() < maxPageText {
			fmt.Fprintf(&text, "# %s\n\n%s\n\n", page.Escape(f.Title), f.Page.Markdown(f.Page.Words()))
		}
	}
	return text.String()
}

// Picture finds a picture of one of the pages by what the page calls it, and gives
// it a name with its ending. An error tells that it is not there, or no picture.
func (p *Pages) Picture(page int, target string) (name string, data []byte, err error) {
	f := p.Pages[page]
	a := newAlbum()
	own := map[string][]byte{}
	for _, pic := range f.Page.Pictures {
		own[pic.Name] = pic.Data
	}
	if name = (picturesOf{a, own, "", p.store, f.at}).keep(target); name == "" {
		return "", nil, &fs.PathError{Op: "open", Path: target, Err: fs.ErrNotExist}
	}
	data, err = a.pictures[name]()
	return name, data, err
}

// Illustrate gives a deck made of the pages its pictures; of says on which of the
// pages each of its notes stands. It counts those that cannot be taken along.
func (p *Pages) Illustrate(r Ready, of []int) (Ready, Pictures) {
	a := newAlbum()
	shown := map[string]decks.Note{}
	for i, f := range p.Pages {
		var notes []decks.Note
		for k, page := range of {
			if page == i {
				notes = append(notes, r.Deck.Notes[k])
			}
		}
		for _, n := range a.illustrate(notes, f.Page, p.store, f.at) {
			shown[n.ID] = n
		}
	}
	notes := make([]decks.Note, 0, len(shown))
	for _, n := range r.Deck.Notes {
		if n, ok := shown[n.ID]; ok {
			notes = append(notes, n)
		}
	}
	r.Deck.Notes = notes
	r.Deck = titled(r.Deck, Stem(p.origin.Name))
	if len(a.pictures) > 0 {
		r.Options.Media = a
	}
	return r, a.counts
}
