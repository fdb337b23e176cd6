// Package teach is the instructor's first screen: the courses he works on, a new one,
// one that lies in a folder already.
//
// The work on a course is in the packages below: workshop checks it and shows what
// changed, launch releases it, classroom reads what students handed in.
package teach

import (
	"context"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"lectern/app/choose"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/teach/bench"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/course"
	"lectern/decks/fault"
	"lectern/decks/source"
)

// Options are what the screen needs.
type Options struct {
	Settings   bench.Settings
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Work       func(dir string, made bool) // shows a course; made: just now
	Reveal     func(path string) error     // shows a folder in the system's file manager
	Background func(func())                // nil is a goroutine of its own
}

// Screen lists the courses.
type Screen struct {
	o      Options
	places []bench.Place
	err    error
	dir    string // where a folder was last chosen
	gen    int

	object *fyne.Container
	body   *fyne.Container
	list   *kit.List
	add    *kit.Button
}

// New makes the screen; it reads the list when it is shown.
func New(o Options) *Screen {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	p := o.Printer
	s := &Screen{o: o, body: kit.Column(theme.Gutter)}
	s.list = kit.NewList(rowHigh, s.row)
	s.list.AtOnce, s.list.Opened = true, func(i int) { s.o.Work(s.places[i].Dir, false) }
	s.list.Also = map[keys.Key]func(){keys.Delete: func() { s.forget(s.list.At()) }}
	s.add = kit.NewButton(p.T("teach.new"), kit.Primary, s.make).WithIcon("plus").WithKey(keys.CtrlN)
	roll := kit.NewScroll(kit.Limit(width+2*theme.MarginSmall, kit.Pad(kit.Insets{Top: 8, Right: theme.MarginSmall, Bottom: theme.Margin, Left: theme.MarginSmall}, s.body)))
	roll.Ground = theme.Desk
	s.object = kit.Column(0, kit.Flex(roll))
	return s
}

const (
	width   = 784
	rowHigh = 76
)

// Shown reads the list.
func (s *Screen) Shown() {
	s.gen++
	gen := s.gen
	s.o.Background(func() {
		places, err := bench.Places(context.Background(), s.o.Settings)
		fyne.Do(func() {
			if gen == s.gen {
				s.places, s.err = places, err
				s.show()
			}
		})
	})
}

func (s *Screen) show() {
	p := s.o.Printer
	s.body.Objects = nil
	if s.err != nil {
		s.body.Add(kit.NewErrorLine(p.Fault(s.err), s.err.Error(), nil))
	}
	if len(s.places) == 0 {
		s.body.Add(s.welcome())
		s.o.Nav.Focus(nil)
	} else {
		s.list.Room = len(s.places)
		s.list.Set(len(s.places), max(0, min(s.list.At(), len(s.places)-1)))
		s.body.Add(kit.NewSheet(kit.Sides(8, 0), s.list))
		s.body.Add(s.steps())
		s.o.Nav.Focus(s.list)
	}
	kit.Relayout(s.object)
	s.object.Refresh()
}

// welcome is what stands here before there is a course.
func (s *Screen) welcome() fyne.CanvasObject {
	p := s.o.Printer
	return kit.NewSheet(kit.Sides(36, 44), kit.Column(0,
		kit.NewLabel(p.T("teach.welcome"), kit.Heading, theme.Ink), kit.Gap(0, 8),
		kit.NewLabel(p.T("teach.welcome_why"), kit.Body, theme.Muted), kit.Gap(0, 24),
		s.numbered()))
}

// steps is the same way, in short, under the list.
func (s *Screen) steps() fyne.CanvasObject {
	return kit.NewSheet(kit.Sides(24, 32), kit.Column(0, kit.NewText(s.o.Printer.T("teach.how"), kit.Sub, theme.Ink), kit.Gap(0, 12), s.numbered()))
}

func (s *Screen) numbered() fyne.CanvasObject {
	p := s.o.Printer
	col := kit.Column(12)
	for i, key := range []string{"teach.step_make", "teach.step_write", "teach.step_check", "teach.step_release"} {
		col.Add(kit.Row(16, kit.Top,
			kit.Fixed(20, 0, kit.NewText(p.Int(i+1), kit.Body.Strong(), theme.Accent)),
			kit.Flex(kit.Column(0, kit.NewLabel(p.T(key), kit.Body.Strong(), theme.Ink), kit.NewLabel(p.T(key+"_why"), kit.Body, theme.Muted)))))
	}
	return col
}

func (s *Screen) row(i int) fyne.CanvasObject {
	at := s.places[i]
	title := at.Title
	if title == "" {
		title = filepath.Base(at.Dir)
	}
	name := kit.NewText(title, kit.RowText, theme.Ink)
	where := kit.NewText(at.Dir, kit.Caption, theme.Muted)
	name.Elide, where.Elide = true, true
	var more *kit.IconButton
	more = kit.NewIconButton("dots-three", s.o.Printer.T("teach.more"), keys.None, func() { s.o.Nav.Menu(more, s.acts(i)) }).Tool()
	return kit.Fixed(0, rowHigh-1, kit.Row(16, kit.Middle, kit.Icon("book-open", 24, theme.Accent), kit.Flex(kit.Column(2, name, where)), more))
}

func (s *Screen) acts(i int) []nav.Action {
	p := s.o.Printer
	return []nav.Action{
		{Text: p.T("teach.reveal"), Icon: "folder-open", Do: func() {
			if err := s.o.Reveal(s.places[i].Dir); err != nil {
				s.o.Nav.Error(err)
			}
		}},
		{Text: p.T("teach.forget"), Icon: "x", Key: keys.Delete, Do: func() { s.forget(i) }},
	}
}

// forget takes a course out of the list, with a way back.
func (s *Screen) forget(i int) {
	if i < 0 || i >= len(s.places) {
		return
	}
	p, at := s.o.Printer, s.places[i]
	if err := bench.Forget(context.Background(), s.o.Settings, at.Dir); err != nil {
		s.o.Nav.Error(err)
		return
	}
	s.Shown()
	s.o.Nav.Toast(p.T("teach.forgotten"), nav.Action{Text: p.T("shell.undo"), Do: func() {
		if err := bench.Keep(context.Background(), s.o.Settings, at); err != nil {
			s.o.Nav.Error(err)
			return
		}
		s.Shown()
	}})
}

// open asks for the folder of a course.
func (s *Screen) open() {
	p := s.o.Printer
	choose.Ask(choose.Options{
		Printer: p, Nav: s.o.Nav, Background: s.o.Background, Title: p.T("teach.open_title"), Dir: s.dir, Folders: true,
		Nothing: p.T("teach.no_folders"), Whole: p.T("teach.this_folder"),
		Chosen: func(paths []string) {
			s.dir = filepath.Dir(paths[0])
			s.Take(paths[0])
		},
	})
}

// Take opens the course in a folder.
func (s *Screen) Take(dir string) {
	s.o.Background(func() {
		title, err := titleOf(dir)
		if err == nil {
			err = bench.Keep(context.Background(), s.o.Settings, bench.Place{Dir: dir, Title: title})
		}
		fyne.Do(func() {
			if err != nil {
				s.o.Nav.Error(err)
				return
			}
			s.o.Work(dir, false)
		})
	})
}

// titleOf is what the course in a folder is called, "" when its mistakes hide that. A
// folder without a course is an error.
func titleOf(dir string) (string, error) {
	d, err := source.ParseFS(os.DirFS(dir), ".")
	if fault.Is(err, fault.NoCourse) || fault.Is(err, fault.UnreadableFile) {
		return "", fault.New(fault.NoCourse, err, "name", filepath.Base(dir))
	}
	return d.Title, nil // with mistakes it is opened all the same: they are shown there
}

// Open takes the folder of a course that is dropped on the screen.
func (s *Screen) Open(paths []string) bool {
	if len(paths) != 1 {
		return false
	}
	if info, err := os.Stat(paths[0]); err != nil || !info.IsDir() {
		return false
	}
	s.Take(paths[0])
	return true
}

// begin makes a course, and shows it.
func (s *Screen) begin(dir string, c course.Starter) error {
	ctx := context.Background()
	if err := course.Init(ctx, dir, c); err != nil {
		return err
	}
	if err := bench.Keep(ctx, s.o.Settings, bench.Place{Dir: dir, Title: c.Title}); err != nil {
		return err
	}
	s.o.Work(dir, true)
	return nil
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar {
	p := s.o.Printer
	return nav.Bar{Title: p.T("teach.title"), Actions: []fyne.CanvasObject{
		kit.NewButton(p.T("teach.open"), kit.Secondary, s.open).WithIcon("folder-open"), s.add,
	}}
}

// Key makes a course, or walks the list.
func (s *Screen) Key(k keys.Key) bool {
	switch {
	case k == keys.CtrlN, k == keys.Enter && len(s.places) == 0:
		s.make()
	case k == keys.CtrlO:
		s.open()
	case len(s.places) > 0 && k == keys.Delete:
		s.forget(s.list.At())
	case len(s.places) > 0:
		return s.list.Press(k)
	default:
		return false
	}
	return true
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	p := s.o.Printer
	return []nav.Hint{
		{Keys: []keys.Key{keys.CtrlN}, Text: p.T("teach.new")},
		{Keys: []keys.Key{keys.CtrlO}, Text: p.T("teach.open")},
		{Keys: []keys.Key{keys.Up, keys.Down}, Text: p.T("teach.key_choose")},
		{Keys: []keys.Key{keys.Delete}, Text: p.T("teach.forget")},
	}
}

// Hidden is for nav.Screen.
func (s *Screen) Hidden() { s.gen++ }

// CanLeave is for nav.Screen.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }
