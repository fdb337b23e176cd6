// Package opening is the way in for pages: files, folders and archives, dropped,
// chosen or given on the command line; text that was pasted; an address. Lecture
// pages go to the import screen, a course in Markdown is installed at once, an
// author's deck is shown before it is; what cannot be used gets one clear sentence
// and changes nothing.
package opening

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/nav"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/feed/poll"
	"lectern/decks/fetch"
	"lectern/decks/intake"
	"lectern/decks/lecture"
	"lectern/decks/subscribe"
)

// Options are what opening needs.
type Options struct {
	Collection intake.Collection
	Nav        func() nav.Navigator
	Printer    func() *i18n.Printer
	Clipboard  func() string
	Import     func(*intake.Pages)                    // shows the import screen
	Installed  func(collection.InstallResult, string) // a course is there; its title
	Background func(func())                           // nil is a goroutine of its own
	Fetch      func(context.Context, string, fetch.Options) (*fetch.Page, error)

	Decks   Decks                                      // opens authors' decks
	Arrived func(*subscribe.Parcel)                    // shows what an author's deck brings
	Refused func(err error, name string, again func()) // says why one is not taken
}

// Decks opens authors' decks: a subscribe.Reader.
type Decks interface {
	File(ctx context.Context, path string, p poll.Progress) (*subscribe.Parcel, error)
	Feed(ctx context.Context, link feed.Link, typed bool, p poll.Progress) (*subscribe.Parcel, error)
	Data(ctx context.Context, page *fetch.Page, typed bool, p poll.Progress) (*subscribe.Parcel, bool, error)
}

// Opener opens pages for the window.
type Opener struct {
	o      Options
	dir    string // something was last chosen here
	missed string // an address that could not be fetched
}

// New makes an opener. Options without a way to fetch get the usual one.
func New(o Options) *Opener {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	if o.Fetch == nil {
		o.Fetch = fetch.Get
	}
	return &Opener{o: o}
}

// Open opens files; several pages become one course. Of a link or an address it
// says where it leads, without any it asks for files, an address or text.
func (w *Opener) Open(paths []string) {
	if len(paths) == 0 {
		w.ask("")
		return
	}
	if isAddress(paths[0]) {
		w.ask(paths[0]) // its host is named before it is asked
		return
	}
	var pages []string
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && readable(path) {
			pages = append(pages, path)
		}
	}
	if len(pages) < 2 || courses(pages) {
		pages = nil
	}
	for _, path := range paths {
		if pages == nil || !readable(path) {
			w.file(path)
		}
	}
	if pages != nil {
		w.several(pages)
	}
}

// courses tells whether one of some files is a course of its own.
func courses(files []string) bool {
	for _, path := range files {
		if strings.EqualFold(filepath.Ext(path), ".md") {
			if data, err := intake.Read(path); err == nil && intake.IsCourse(data) {
				return true
			}
		}
	}
	return false
}

// Paste opens what is on the clipboard: the text of a page, or its address.
func (w *Opener) Paste() {
	text := strings.TrimSpace(w.o.Clipboard())
	switch {
	case text == "":
		w.o.Nav().Toast(w.o.Printer().T("open.no_text"))
	case isAddress(text):
		w.ask(text)
	default:
		w.Text(w.o.Clipboard())
	}
}

// isAddress tells an address from the text of a page.
func isAddress(text string) bool {
	return (fetch.IsAddress(text) || feed.IsLink(text)) && !strings.ContainsAny(strings.TrimSpace(text), " \n\t")
}

// Text opens the text of a page.
func (w *Opener) Text(text string) {
	name := w.o.Printer().T("open.pasted")
	w.pages(name, func(ctx context.Context, step lecture.Progress) (*intake.Pages, error) {
		p, err := intake.Single(ctx, name, "", []byte(text), step)
		if err == nil && p.Title != "" {
			p.Call(p.Title)
		}
		return p, err
	})
}

// file opens a file or a folder.
func (w *Opener) file(path string) {
	name := filepath.Base(path)
	info, err := os.Stat(path)
	switch {
	case err != nil:
		w.o.Nav().Error(fault.New(fault.UnreadableFile, err, "name", name))
	case subscribe.Is(path):
		w.deckFile(path)
	case info.IsDir() && intake.HasCourse(path):
		w.course(path, nil)
	case info.IsDir():
		w.many(name, func(ctx context.Context, step lecture.Progress) (*intake.Pages, error) {
			return intake.Folder(ctx, path, step)
		})
	case closed(path):
		w.o.Nav().Error(fault.New(fault.UnknownFormat, nil, "name", name))
	case strings.EqualFold(filepath.Ext(path), ".zip"):
		w.many(name, func(ctx context.Context, step lecture.Progress) (*intake.Pages, error) {
			data, err := intake.Read(path)
			if err != nil {
				return nil, err
			}
			return w.bytes(ctx, name, filepath.Dir(path), data, step)
		})
	default:
		w.pages(name, func(ctx context.Context, step lecture.Progress) (*intake.Pages, error) {
			data, err := intake.Read(path)
			if err == nil && intake.IsCourse(data) {
				err = courseFound{path, data}
			}
			if err != nil {
				return nil, err
			}
			return w.bytes(ctx, name, filepath.Dir(path), data, step)
		})
	}
}

// closed tells of files that no lecture comes in.
func closed(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".apkg", ".colpkg", ".epub":
		return true
	}
	return false
}

// bytes reads a page, or an archive of pages.
func (w *Opener) bytes(ctx context.Context, name, dir string, data []byte, step lecture.Progress) (*intake.Pages, error) {
	if intake.IsArchive(data) {
		return intake.Archive(ctx, name, data, step)
	}
	return intake.Single(ctx, name, dir, data, step)
}

// several opens some files as one course.
func (w *Opener) several(paths []string) {
	w.many(w.o.Printer().N("open.files", len(paths)), func(ctx context.Context, step lecture.Progress) (*intake.Pages, error) {
		return intake.Files(ctx, paths, step)
	})
}

// address takes a page from the web. Allowed says that the user wants exactly
// this host, though it is in his own network.
func (w *Opener) address(address string, allowed bool) {
	host, err := hostOf(address)
	if err != nil {
		w.o.Nav().Error(err)
		return
	}
	if isFeed(address) {
		w.deckLink(address, host, allowed)
		return
	}
	p := w.o.Printer()
	w.read(p.T("open.fetching", "Host", host), nil, func(ctx context.Context, step lecture.Progress) (*intake.Pages, error) {
		page, err := w.o.Fetch(ctx, address, fetch.Options{Typed: allowed, Progress: step})
		if err != nil {
			return nil, err
		}
		if p, is, err := w.o.Decks.Data(ctx, page, allowed, counted(step)); is {
			return nil, deckFound{p, err, page.Name}
		}
		pages, err := w.bytes(ctx, page.Name, "", page.Data, step)
		if err == nil {
			pages.From(page.Address)
		}
		return pages, err
	}, func(err error) {
		if !w.private(err, address, host, allowed) {
			w.missed = address
			w.o.Nav().Error(err)
		}
	})
}

// private asks whether a host in the own network is meant, when that is why it was
// not asked. One that the host leads to is not what the user asked for: nothing to
// allow.
func (w *Opener) private(err error, address, host string, allowed bool) bool {
	if f := fault.Of(err); allowed || f.Code != fault.PrivateAddress || f.Args["host"] != host {
		return false
	}
	p := w.o.Printer()
	w.o.Nav().Ask(nav.Question{
		Title: p.T("open.private_title", "Host", host), Text: p.T("open.private_text"), No: p.T("open.private_no"),
		Yes: nav.Action{Text: p.T("open.private_yes", "Host", host), Do: func() { w.address(address, true) }},
	})
	return true
}

// courseFound tells that a file is a course and no page.
type courseFound struct {
	path string
	data []byte
}

func (courseFound) Error() string { return "the file is a course" }

// course installs a course from a file or a folder.
func (w *Opener) course(path string, data []byte) {
	w.o.Background(func() {
		ready, err := intake.Course(path, data)
		var result collection.InstallResult
		if err == nil {
			result, err = intake.Install(context.Background(), w.o.Collection, ready)
		} else if data == nil && errors.Is(err, fs.ErrNotExist) {
			err = fault.New(fault.UnknownFormat, err, "name", filepath.Base(path))
		}
		fyne.Do(func() {
			if err != nil {
				w.o.Nav().Error(err)
				return
			}
			w.o.Installed(result, ready.Deck.Title)
		})
	})
}

// reader reads pages.
type reader func(context.Context, lecture.Progress) (*intake.Pages, error)

// pages reads one page.
func (w *Opener) pages(name string, read reader) {
	w.read(w.o.Printer().T("open.reading", "Name", name), nil, read, w.o.Nav().Error)
}

// many reads many pages, and says which it is at.
func (w *Opener) many(name string, read reader) {
	p := w.o.Printer()
	say := func(done, total int) string {
		return p.T("open.page_of", "N", p.Int(min(done+1, total)), "Total", p.Int(total))
	}
	w.read(p.T("open.reading", "Name", name), say, read, w.o.Nav().Error)
}

// read reads in the background, with a way to stop it: what is read after that is
// dropped. Say puts into words how far it has come; nil says nothing.
func (w *Opener) read(text string, say func(done, total int) string, read reader, failed func(error)) {
	ctx, cancel := context.WithCancel(context.Background())
	stopped := false
	stop := func() {
		stopped = true
		cancel()
	}
	step, done := func(int, int) {}, func() {}
	if say == nil {
		step, done = w.o.Nav().Wait(text, stop)
	} else {
		step, done = w.o.Nav().Count(text, say, stop)
	}
	w.o.Background(func() {
		pages, err := read(ctx, step)
		if err == nil && len(pages.Pages) == 0 {
			err = nothingRead(pages)
		}
		fyne.Do(func() {
			defer cancel()
			if stopped {
				return
			}
			done()
			var course courseFound
			var deck deckFound
			switch {
			case errors.As(err, &deck):
				w.opened(deck.parcel, deck.err, deck.name, nil)
			case errors.As(err, &course):
				w.course(course.path, course.data)
			case err != nil:
				failed(err)
			default:
				w.o.Import(pages)
			}
		})
	})
}

// nothingRead is why none of many pages could be read.
func nothingRead(p *intake.Pages) error {
	if len(p.Unread) > 0 {
		return p.Unread[0].Err
	}
	return fault.New(fault.EmptyPage, nil)
}
