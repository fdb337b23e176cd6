package intake

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/lecture"
	"lectern/decks/lecture/docx"
	"lectern/decks/lecture/find"
	"lectern/decks/lecture/page"
	"lectern/decks/release"
	"lectern/decks/unzip"
)

// Pages are the pages of a folder or an archive, read and not yet a deck: they can
// be reviewed before they become one course.
type Pages struct {
	Title  string // of the course
	Pages  []Found
	Unread []Unread

	origin collection.Origin
	store  store
	text   string // of a single page, as it came
}

// Found is a page and what was found on it.
type Found struct {
	Name  string // its path in the folder, with slashes
	Title string // not empty
	Page  *page.Page
	Found *find.Extraction

	at string // the folder it lies in, on the store
}

// Unread is a page that could not be read. Err has a fault.
type Unread struct {
	Name string
	Err  error
}

// Folder reads all pages of a folder; progress, which may be nil, is told how
// many of how many are read. A page that cannot be read stops no other. Faults:
// NoCourse for a folder without pages, TooManyFiles, TooLarge, UnreadableFile,
// Cancelled.
func Folder(ctx context.Context, dir string, progress lecture.Progress) (*Pages, error) {
	return readPages(ctx, folder(dir), folderName(dir), progress)
}

// Archive is Folder for the bytes of a zip file. Faults, besides those of Folder:
// LockedFile.
func Archive(ctx context.Context, name string, data []byte, progress lecture.Progress) (*Pages, error) {
	a, err := openArchive(data)
	if err != nil {
		return nil, archiveFault(err, name)
	}
	return readPages(ctx, a, Stem(name), progress)
}

// IsArchive tells a zip file of pages from pages that are zip files themselves.
func IsArchive(data []byte) bool {
	if !strings.HasPrefix(string(data[:min(len(data), 4)]), "PK\x03\x04") || docx.Sniff(data) {
		return false
	}
	_, err := openArchive(data)
	return err == nil || errors.Is(err, unzip.ErrLimits)
}

func archiveFault(err error, name string) error {
	switch {
	case errors.Is(err, unzip.ErrLocked):
		return fault.New(fault.LockedFile, err)
	case errors.Is(err, unzip.ErrLimits):
		return fault.New(fault.TooManyFiles, err, "n", maxWalked)
	}
	return fault.New(fault.UnreadableFile, err, "name", path.Base(name))
}

func readPages(ctx context.Context, from store, title string, progress lecture.Progress) (*Pages, error) {
	p := &Pages{Title: oneLine(title), origin: collection.Origin{Kind: "pages", Name: title}, store: from}
	names, err := from.list()
	if fault.Is(err, fault.TooManyFiles) {
		return nil, err
	}
	if err != nil {
		return nil, fault.New(fault.UnreadableFile, err, "name", title)
	}
	names = pagesAmong(names, func(name string) string {
		text, _ := from.read(name, maxContents) // without it the names give the order
		return string(text)
	})
	if len(names) == 0 {
		return nil, fault.New(fault.NoCourse, nil, "name", title)
	}
	if err := p.readAll(ctx, names, progress); err != nil {
		return nil, err
	}
	if len(p.Pages) > 0 && (p.Title == "" || isLead(p.Pages[0].Name) && oneLine(p.Pages[0].Page.Title) != "") {
		p.Title = p.Pages[0].Title
	}
	return p, nil
}

// readAll reads the files of these names. Faults: TooManyFiles, Cancelled.
func (p *Pages) readAll(ctx context.Context, names []string, progress lecture.Progress) error {
	if len(names) > maxPages {
		return fault.New(fault.TooManyFiles, nil, "n", maxPages)
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	left := int64(maxRead)
	used := map[string]bool{}
	for i, name := range names {
		progress(i, len(names))
		if err := ctx.Err(); err != nil {
			return fault.New(fault.Cancelled, err)
		}
		data, err := p.store.read(name, min(left, lecture.MaxSize))
		if err == nil {
			left -= int64(len(data))
			err = p.page(ctx, name, data, used)
		}
		switch {
		case err == nil:
		case ctx.Err() != nil:
			return fault.New(fault.Cancelled, err)
		default:
			p.Unread = append(p.Unread, Unread{name, pageFault(err, name)})
		}
	}
	progress(len(names), len(names))
	return nil
}

// pageFault makes a fault of what keeps a page from being read.
func pageFault(err error, name string) error {
	var f *fault.Fault
	switch {
	case errors.As(err, &f):
		return err
	case errors.Is(err, errLong), errors.Is(err, unzip.ErrLimits):
		return fault.New(fault.TooLarge, err, "limit", lecture.MaxSize)
	case errors.Is(err, unzip.ErrLocked):
		return fault.New(fault.LockedFile, err)
	}
	return fault.New(fault.UnreadableFile, err, "name", path.Base(name))
}

func (p *Pages) page(ctx context.Context, name string, data []byte, used map[string]bool) error {
	read, found, err := lecture.Extract(ctx, data, path.Base(name), nil)
	if err != nil {
		return err
	}
	if tooLong(found) {
		return fault.New(fault.DeckTooLarge, nil, "cards", release.MaxNotes, "limit", release.MaxText)
	}
	title := oneLine(read.Title)
	if title == "" {
		title = oneLine(found.Title)
	}
	if title == "" {
		title = oneLine(Stem(name))
	}
	if title == "" {
		title = strconv.Itoa(len(p.Pages) + 1)
	}
	if used[title] { // pages of one title are told apart by their names
		title = fmt.Sprintf("%s (%s)", title, strings.TrimSuffix(name, path.Ext(name)))
	}
	used[title] = true
	p.Pages = append(p.Pages, Found{Name: name, Title: title, Page: read, Found: found, at: path.Dir(name)})
	return nil
}

// tooLong tells of a page with a text that no card can have: it would keep the
// whole course from being imported.
func tooLong(x *find.Extraction) bool {
	long := func(s string) bool { return len(s) > release.MaxText }
	for _, g := range x.Groups {
		for _, it := range g.Items {
			if long(it.Prompt) || long(it.Answer) || long(it.Explanation) || len(it.Choices) > release.MaxItems ||
				slices.ContainsFunc(it.Choices, func(o decks.Option) bool { return long(o.Text) }) {
				return true
			}
		}
	}
	return false
}

const (
	maxTitle    = 200      // letters
	maxPageText = 16 << 20 // bytes of the pages' text that is kept beside the deck
)

// oneLine is a title as a deck has it.
func oneLine(s string) string {
	s = release.Line(s)
	if utf8.RuneCountInString(s) > maxTitle {
		s = string([]rune(s)[:maxTitle-1]) + "…"
	}
	return s
}

// Count is the number of questions and exercises on all pages.
func (p *Pages) Count() int {
	n := 0
	for _, f := range p.Pages {
		n += f.Found.Count()
	}
	return n
}

// Ready makes one course of the pages: a section for each page that asks
// something, or for each group of a page that has several. It counts the
// pictures that cannot be taken along.
func (p *Pages) Ready() (Ready, Pictures) {
	d := decks.Deck{ID: decks.NewID(), Title: p.Title}
	a := newAlbum()
	langs := map[string]int{}
	for _, f := range p.Pages {
		if f.Found.Count() == 0 {
			continue
		}
		langs[f.Found.Lang]++
		part := lecture.Deck(f.Found, f.Title)
		part.Notes = a.illustrate(part.Notes, f.Page, p.store, f.at)
		for _, s := range part.Sections {
			if len(part.Sections) > 1 && s.Title != f.Title {
				s.Title = oneLine(f.Title + " › " + s.Title)
			} else {
				s.Title = f.Title
			}
			d.Sections = append(d.Sections, s)
		}
		d.Notes = append(d.Notes, part.Notes...)
	}
	for lang, n := range langs {
		if n > langs[d.Lang] || n == langs[d.Lang] && lang < d.Lang {
			d.Lang = lang
		}
	}
	r := Ready{Deck: d, New: true, Options: collection.InstallOptions{Origin: p.origin, PageText: p.Text()}}
	if len(a.pictures) > 0 {
		r.Options.Media = a
	}
	return r, a.counts
}
