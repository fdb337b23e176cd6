// Package opening is the way in for files: dropped, chosen, given on the
// command line, or pasted as text. A lecture page goes to the import screen, a
// course in Markdown is installed at once; a file that cannot be used gets one
// clear sentence and changes nothing.
package opening

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/intake"
	"lectern/decks/lecture"
)

// Page is a lecture page that was read.
type Page struct {
	Page   *lecture.Page
	Found  *lecture.Extraction
	Origin collection.Origin
	Text   string
}

// Options are what opening needs.
type Options struct {
	Collection intake.Collection
	Nav        func() nav.Navigator
	Printer    func() *i18n.Printer
	Clipboard  func() string
	Import     func(Page)                             // shows the import screen
	Installed  func(collection.InstallResult, string) // a course is there; its title
	Background func(func())                           // nil is a goroutine of its own
}

// Opener opens files for the window.
type Opener struct {
	o   Options
	dir string // a file was last chosen here
}

// New makes an opener.
func New(o Options) *Opener {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	return &Opener{o: o}
}

// Open opens files one after another; without any it asks for one or for text.
func (w *Opener) Open(paths []string) {
	if len(paths) == 0 {
		w.ask()
		return
	}
	for _, path := range paths {
		w.file(path)
	}
}

// ask offers the two ways to bring a page: a file, or its text.
func (w *Opener) ask() {
	p := w.o.Printer()
	text := kit.NewArea(kit.Body, 9, "", p.T("open.paste_hint"), nil)
	var closeForm func()
	choose := kit.NewButton(p.T("open.choose"), kit.Secondary, func() {
		closeForm()
		w.choose()
	}).WithIcon("folder-open")
	paste := kit.NewButton(p.T("open.paste"), kit.Quiet, func() { text.SetText(w.o.Clipboard()) }).WithIcon("copy")
	closeForm = w.o.Nav().Form(nav.Form{
		Title: p.T("open.title"),
		Content: kit.Column(10,
			kit.Row(12, kit.Middle, choose, kit.Flex(kit.NewLabel(p.T("open.formats"), kit.Caption, theme.Muted))),
			kit.Gap(0, 6),
			kit.Row(12, kit.Middle, kit.Flex(kit.NewText(p.T("open.or_text"), kit.Caption, theme.Muted)), paste),
			text,
		),
		First: choose, Save: p.T("open.find"),
		Dirty: func() bool { return strings.TrimSpace(text.Text()) != "" },
		Keep: func() error {
			if strings.TrimSpace(text.Text()) == "" {
				return fault.New(fault.EmptyPage, nil)
			}
			w.Text(text.Text())
			return nil
		},
	})
}

// choose asks for a file, beginning where one was chosen last.
func (w *Opener) choose() {
	places := shortcuts(os.Getenv)
	if w.dir == "" && len(places) > 0 {
		w.dir = places[0]
	}
	if w.dir == "" {
		w.dir = string(filepath.Separator)
	}
	var closeSheet func()
	c := newChooser(w.o.Printer(), w.o.Nav(), w.o.Background, w.dir, func(path string) {
		closeSheet()
		w.dir = filepath.Dir(path)
		w.file(path)
	})
	closeSheet = w.o.Nav().Sheet(w.o.Printer().T("open.choose_title"), c.room)
	w.o.Nav().Focus(c.list)
}

// Paste opens the text on the clipboard as a page.
func (w *Opener) Paste() {
	text := w.o.Clipboard()
	if strings.TrimSpace(text) == "" {
		w.o.Nav().Toast(w.o.Printer().T("open.no_text"))
		return
	}
	w.Text(text)
}

// Text opens the text of a page.
func (w *Opener) Text(text string) {
	name := w.o.Printer().T("open.pasted")
	w.page(name, collection.Origin{Kind: "page", Name: name}, func() ([]byte, error) { return []byte(text), nil }, true)
}

// file opens a file or a folder.
func (w *Opener) file(path string) {
	info, err := os.Stat(path)
	if err != nil {
		w.o.Nav().Error(fault.New(fault.UnreadableFile, err, "name", filepath.Base(path)))
		return
	}
	if info.IsDir() {
		w.course(path, nil)
		return
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".apkg", ".colpkg", ".lectern", ".pdf", ".docx", ".zip", ".epub":
		w.o.Nav().Error(fault.New(fault.UnknownFormat, nil, "name", filepath.Base(path)))
		return
	}
	w.page(filepath.Base(path), intake.PageOrigin(path), func() ([]byte, error) {
		data, err := intake.Read(path)
		if err == nil && intake.IsCourse(data) {
			return data, errCourse{path, data}
		}
		return data, err
	}, false)
}

// errCourse tells that a file is a course and no page.
type errCourse struct {
	path string
	data []byte
}

func (errCourse) Error() string { return "the file is a course" }

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

// page reads a page in the background, with a way to stop it: what is read
// after that is dropped.
func (w *Opener) page(name string, origin collection.Origin, read func() ([]byte, error), pasted bool) {
	ctx, cancel := context.WithCancel(context.Background())
	stopped := false
	step, done := w.o.Nav().Wait(w.o.Printer().T("open.reading", "Name", name), func() {
		stopped = true
		cancel()
	})
	w.o.Background(func() {
		data, err := read()
		var page *lecture.Page
		var found *lecture.Extraction
		text := ""
		if err == nil {
			page, found, err = lecture.Extract(ctx, data, name, step)
		}
		if err == nil {
			text, _, err = lecture.Decode(data)
		}
		fyne.Do(func() {
			defer cancel()
			if stopped {
				return
			}
			done()
			var course errCourse
			switch {
			case errors.As(err, &course):
				w.course(course.path, course.data)
			case err != nil:
				w.o.Nav().Error(err)
			default:
				if pasted && found.Title != "" {
					origin.Name = found.Title
				}
				w.o.Import(Page{page, found, origin, text})
			}
		})
	})
}
