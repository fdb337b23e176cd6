// Package saving asks where a file goes and writes it there, as a whole or not at all.
// What is to be written may take a while: it can be stopped, and then nothing is left.
package saving

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"lectern/app/choose"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/fault"
	"lectern/decks/whole"
)

// Options are what saving needs.
type Options struct {
	Nav        func() nav.Navigator
	Printer    func() *i18n.Printer
	Background func(func()) // nil is a goroutine of its own
	Dir        string       // where a choice begins; "" is the user's documents
	Reveal     func(path string)
}

// Saver saves files for the window.
type Saver struct {
	o   Options
	dir string // something was last saved here
}

// New makes a saver.
func New(o Options) *Saver {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	return &Saver{o: o, dir: o.Dir}
}

// Ask is what is to be saved: a file that Write writes, or a folder of Files.
type Ask struct {
	Title string // of the sheet that asks
	Name  string // that is offered, without its ending
	Ext   string // the ending, with its dot; "" for a folder

	Write func(context.Context, io.Writer) error
	Files func(context.Context) (map[string][]byte, error) // by paths with slashes

	Done   func()      // told on Fyne's goroutine once it is saved; may be nil
	Failed func(error) // told in place of a notice; may be nil
}

// Save asks for a name and a folder, and saves.
func (s *Saver) Save(a Ask) {
	f := newForm(s, a)
	s.o.Nav().Form(nav.Form{
		Title: a.Title, Content: f.content, First: f.name.Focusable(), Save: s.o.Printer().T("saving.save"), Keep: f.keep,
	})
	f.name.SetCaret(0, utf8.RuneCountInString(f.offered))
}

// form asks for a name and a folder.
type form struct {
	s       *Saver
	a       Ask
	dir     string
	offered string
	name    *kit.Field
	where   *kit.Text
	there   *kit.Label // that such a file is there
	content *fyne.Container
}

func newForm(s *Saver, a Ask) *form {
	p := s.o.Printer()
	f := &form{s: s, a: a, dir: cmp.Or(s.dir, choose.Documents())}
	f.offered = free(f.dir, Clean(a.Name), a.Ext)
	f.name = kit.NewField(f.offered, "", func(string) { f.look() })
	if a.Ext != "" {
		f.name.After = kit.NewText(a.Ext, kit.Body, theme.Muted)
	}
	f.where = kit.NewText(s.short(f.dir), kit.Body, theme.Ink)
	f.where.Elide = true
	f.there = kit.NewLabel("\u00a0", kit.Caption, theme.Warn)
	key := "saving.name"
	if a.Ext == "" {
		key = "saving.folder_name"
	}
	label := func(key string) *kit.Text { return kit.NewText(p.T(key), kit.Caption, theme.Muted) }
	pick := kit.NewButton(p.T("saving.choose"), kit.Quiet, f.choose).WithIcon("folder-open")
	f.content = kit.Column(6, label(key), f.name, f.there,
		label("saving.where"), kit.Row(8, kit.Middle, kit.Flex(f.where), pick))
	f.look()
	return f
}

// path is where it would go.
func (f *form) path() string {
	name := strings.TrimSuffix(f.name.Text(), f.a.Ext)
	return filepath.Join(f.dir, cmp.Or(Clean(name), f.offered)+f.a.Ext)
}

// look says that what is there would be replaced.
func (f *form) look() {
	text := "\u00a0" // keeps its line
	if _, err := os.Lstat(f.path()); err == nil {
		text = f.s.o.Printer().T("saving.there", "Name", filepath.Base(f.path()))
	}
	f.there.Set(text)
}

func (f *form) choose() {
	p := f.s.o.Printer()
	choose.Ask(choose.Options{
		Printer: p, Nav: f.s.o.Nav(), Background: f.s.o.Background, Title: p.T("saving.where_title"), Dir: f.dir, Folders: true,
		Nothing: p.T("saving.no_folders"), Whole: p.T("saving.this_folder"),
		Chosen: func(paths []string) {
			f.dir = paths[0]
			f.where.Set(f.s.short(f.dir))
			f.look()
			f.s.o.Nav().Focus(f.name.Focusable())
		},
	})
}

// keep saves, after a question when a file of that name is there.
func (f *form) keep() error {
	p, path := f.s.o.Printer(), f.path()
	name := filepath.Base(path)
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.s.write(f.a, path)
	case err != nil:
		return fault.New(fault.UnwritableFile, err, "name", name)
	case f.a.Ext == "" || !info.Mode().IsRegular():
		return fault.New(fault.BadArgument, nil, "what", p.T("saving.there", "Name", name))
	default:
		f.s.o.Nav().Ask(nav.Question{
			Title: p.T("saving.replace_title", "Name", name), Text: p.T("saving.replace_text"),
			Yes: nav.Action{Text: p.T("saving.replace"), Danger: true, Do: func() { f.s.write(f.a, path) }},
		})
	}
	return nil
}

// write writes in the background, with a way to stop it.
func (s *Saver) write(a Ask, path string) {
	p := s.o.Printer()
	s.dir = filepath.Dir(path)
	name := filepath.Base(path)
	ctx, cancel := context.WithCancel(context.Background())
	_, done := s.o.Nav().Wait(p.T("saving.writing", "Name", name), cancel)
	s.o.Background(func() {
		err := put(ctx, a, path)
		fyne.Do(func() {
			stopped := ctx.Err() != nil
			cancel()
			done()
			switch {
			case err == nil:
				s.o.Nav().Toast(p.T("saving.saved", "Name", name), nav.Action{Text: p.T("saving.reveal"), Do: func() { s.o.Reveal(path) }})
				if a.Done != nil {
					a.Done()
				}
			case stopped:
			case a.Failed != nil:
				a.Failed(err)
			default:
				s.o.Nav().Error(err)
			}
		})
	})
}

// put writes the file or the folder.
func put(ctx context.Context, a Ask, path string) (err error) {
	if a.Ext == "" {
		var files map[string][]byte
		if files, err = a.Files(ctx); err == nil {
			err = whole.Folder(path, files)
		}
	} else {
		err = whole.Write(path, 0o644, func(w io.Writer) error { return a.Write(ctx, stopping{ctx, w}) })
	}
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return fault.New(fault.DiskFull, err)
	case err != nil && fault.Of(err).Code == fault.Unknown:
		return fault.New(fault.UnwritableFile, err, "name", filepath.Base(path))
	}
	return err
}

// stopping writes until its context ends.
type stopping struct {
	ctx context.Context
	io.Writer
}

func (w stopping) Write(b []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.Writer.Write(b)
}
