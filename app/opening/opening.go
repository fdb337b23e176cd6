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

	"lectern/app/keys"
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
	Choose     func(chosen func(path string)) // asks for a file
	Clipboard  func() string
	Import     func(Page)                             // shows the import screen
	Installed  func(collection.InstallResult, string) // a course is there; its title
	Background func(func())                           // nil is a goroutine of its own
}

// Opener opens files for the window.
type Opener struct{ o Options }

// New makes an opener.
func New(o Options) *Opener {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	return &Opener{o}
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
	var closeSheet func()
	choose := kit.NewButton(p.T("open.choose"), kit.Secondary, func() {
		closeSheet()
		w.o.Choose(func(path string) { w.file(path) })
	}).WithIcon("folder-open")
	paste := kit.NewButton(p.T("open.paste"), kit.Quiet, func() { text.SetText(w.o.Clipboard()) }).WithIcon("copy")
	body := kit.Column(10,
		kit.Row(12, kit.Middle, choose, kit.Flex(kit.NewLabel(p.T("open.formats"), kit.Caption, theme.Muted))),
		kit.Gap(0, 6),
		kit.Row(12, kit.Middle, kit.Flex(kit.NewText(p.T("open.or_text"), kit.Caption, theme.Muted)), paste),
		text,
	)
	closeSheet = w.o.Nav().Sheet(p.T("open.title"), body, nav.Action{Text: p.T("open.find"), Key: keys.CtrlEnter, Do: func() {
		closeSheet()
		w.Text(text.Text())
	}})
	w.o.Nav().Focus(text.Focusable())
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

// page reads a page in the background, with a way to stop it.
func (w *Opener) page(name string, origin collection.Origin, read func() ([]byte, error), pasted bool) {
	p := w.o.Printer()
	ctx, cancel := context.WithCancel(context.Background())
	meter := kit.NewMeter(0)
	closeSheet := w.o.Nav().Sheet(p.T("open.reading", "Name", name), kit.Column(8, meter), nav.Action{Text: p.T("open.stop"), Do: cancel})
	w.o.Background(func() {
		defer cancel()
		data, err := read()
		var page *lecture.Page
		var found *lecture.Extraction
		text := ""
		if err == nil {
			page, found, err = lecture.Extract(ctx, data, name, func(done, total int) {
				fyne.Do(func() { meter.Set(float64(done) / float64(max(total, 1))) })
			})
		}
		if err == nil {
			text, _, err = lecture.Decode(data)
		}
		fyne.Do(func() {
			closeSheet()
			var course errCourse
			switch {
			case errors.As(err, &course):
				w.course(course.path, course.data)
			case fault.Is(err, fault.Cancelled):
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
