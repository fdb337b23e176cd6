// Package settings is the screen of choices: how the window looks and speaks, who
// drafts missing answers, the backups, and the way to how much to study.
package settings

import (
	"context"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
)

// Collection is what the screen reads and copies.
type Collection interface {
	Backup(ctx context.Context, dest, why string) (collection.BackupInfo, error)
	Backups(context.Context) ([]collection.BackupInfo, error)
	Dir() string
}

// Options are what the screen needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Load       func()     // shows how much to study and remember
	Teach      func()     // shows the courses that the user is the author of
	Mode       theme.Mode // chosen now
	SetTheme   func(theme.Mode) error
	Scale      int // chosen now, per cent; 0 is the desktop's own
	SetScale   func(int) error
	Speak      func(lang string) error
	Restore    func(path string) // replaces the collection by a backup, after asking
	Drafts     Drafts
	Background func(func()) // nil is a goroutine of its own
}

// Screen shows the settings; a change holds at once.
type Screen struct {
	o       Options
	object  *fyne.Container
	backups *fyne.Container
	service *service
	roll    *kit.Scroll
	drafts  fyne.CanvasObject // the sheet
}

// New makes the screen.
func New(o Options) *Screen {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	s := &Screen{o: o, backups: kit.Column(4)}
	s.service = newService(s)
	s.drafts = s.sheet(o.Printer.T("settings.drafts"), s.service.object)
	body := kit.Column(theme.Gutter, s.study(), s.window(), s.drafts, s.teacher(), s.safety())
	s.roll = kit.NewScroll(kit.Limit(784+2*theme.Margin, kit.Pad(kit.Insets{Top: 8, Right: theme.Margin, Bottom: theme.Margin, Left: theme.Margin}, body)))
	s.roll.Ground = theme.Desk
	s.object = kit.Column(0, kit.Flex(s.roll))
	return s
}

func (s *Screen) sheet(title string, rows ...fyne.CanvasObject) fyne.CanvasObject {
	col := kit.Column(0, kit.NewText(title, kit.Sub, theme.Ink), kit.Gap(0, 12))
	for i, r := range rows {
		if i > 0 {
			col.Add(kit.Rule())
		}
		col.Add(kit.Pad(kit.Sides(12, 0), r))
	}
	return kit.NewSheet(kit.Insets{Top: 24, Right: 32, Bottom: 16, Left: 32}, col)
}

// row is a setting: its name with a line of explanation, its control at the right.
func (s *Screen) row(key string, control fyne.CanvasObject) fyne.CanvasObject {
	p := s.o.Printer
	return kit.Row(24, kit.Middle,
		kit.Flex(kit.Column(2, kit.NewLabel(p.T(key), kit.Body, theme.Ink), kit.NewLabel(p.T(key+"_why"), kit.Caption, theme.Muted))), control)
}

func (s *Screen) study() fyne.CanvasObject {
	p := s.o.Printer
	return s.sheet(p.T("settings.study"),
		s.row("settings.load", kit.NewButton(p.T("settings.open_load"), kit.Secondary, s.o.Load).WithIcon("gauge").Sized(theme.ControlSmall, 0)))
}

func (s *Screen) teacher() fyne.CanvasObject {
	p := s.o.Printer
	return s.sheet(p.T("settings.teacher"),
		s.row("settings.teach", kit.NewButton(p.T("settings.open_teach"), kit.Secondary, s.o.Teach).WithIcon("book-open").Sized(theme.ControlSmall, 0)))
}

// scales are the sizes offered, per cent; Fyne rounds to tenths.
var scales = []int{100, 120, 150, 180, 200}

func (s *Screen) window() fyne.CanvasObject {
	p := s.o.Printer
	modes := []theme.Mode{theme.System, theme.LightMode, theme.DarkMode}
	on := 0
	for i, m := range modes {
		if m == s.o.Mode {
			on = i
		}
	}
	look := kit.NewSegment([]string{p.T("settings.system"), p.T("settings.light"), p.T("settings.dark")}, on, func(i int) {
		if err := s.o.SetTheme(modes[i]); err != nil {
			s.o.Nav.Error(err)
		}
	})
	var names []string
	at := 0
	for i, lang := range i18n.Languages {
		names = append(names, i18n.New(lang).T("first.language"))
		if lang == p.Lang() {
			at = i
		}
	}
	language := kit.NewSegment(names, at, func(i int) {
		if err := s.o.Speak(i18n.Languages[i]); err != nil {
			s.o.Nav.Error(err)
		}
	})
	at = -1
	var sizes []string
	for i, n := range scales {
		sizes = append(sizes, p.Percent(float64(n)/100))
		if n == max(s.o.Scale, 100) {
			at = i
		}
	}
	scale := kit.NewSegment(sizes, at, func(i int) {
		if err := s.o.SetScale(scales[i]); err != nil {
			s.o.Nav.Error(err)
		}
	})
	return s.sheet(p.T("settings.window"), s.row("settings.theme", look), s.row("settings.scale", scale), s.row("settings.language", language))
}

func (s *Screen) safety() fyne.CanvasObject {
	p := s.o.Printer
	where := kit.NewLabel(p.T("settings.where", "Dir", s.o.Collection.Dir()), kit.Caption, theme.Muted)
	return s.sheet(p.T("settings.backups"),
		s.row("settings.backup", kit.NewButton(p.T("settings.backup_now"), kit.Secondary, s.backup).Sized(theme.ControlSmall, 0)),
		s.backups, where)
}

func (s *Screen) backup() {
	ctx, cancel := context.WithCancel(context.Background())
	_, done := s.o.Nav.Wait(s.o.Printer.T("settings.backing_up"), cancel)
	s.o.Background(func() {
		_, err := s.o.Collection.Backup(ctx, "", "manual")
		fyne.Do(func() {
			defer cancel()
			stopped := ctx.Err() != nil
			done()
			switch {
			case stopped:
				return
			case err != nil:
				s.o.Nav.Error(err)
				return
			}
			s.o.Nav.Toast(s.o.Printer.T("settings.backed_up"))
			s.list()
		})
	})
}

// list shows the latest backups, each with the way back to it.
func (s *Screen) list() {
	s.o.Background(func() {
		all, err := s.o.Collection.Backups(context.Background())
		fyne.Do(func() {
			p := s.o.Printer
			s.backups.Objects = nil
			if err != nil {
				s.backups.Add(kit.NewErrorLine(p.Fault(err), err.Error(), nil))
			}
			if err == nil && len(all) == 0 {
				s.backups.Add(kit.NewLabel(p.T("settings.no_backups"), kit.Body, theme.Muted))
			}
			for i, b := range all {
				if i == 5 {
					break
				}
				text := p.Date(b.At) + ", " + p.Clock(b.At)
				detail := p.N("settings.answers", b.Reviews) + ", " + p.Bytes(b.Size)
				s.backups.Add(kit.Row(12, kit.Middle,
					kit.NewText(text, kit.Body, theme.Ink), kit.NewText(detail, kit.Caption, theme.Muted), kit.Spring(),
					kit.NewButton(p.T("settings.restore"), kit.Quiet, func() { s.ask(b) }).Sized(theme.ControlSmall, 0)))
			}
			s.object.Refresh()
		})
	})
}

func (s *Screen) ask(b collection.BackupInfo) {
	p := s.o.Printer
	s.o.Nav.Ask(nav.Question{
		Title: p.T("settings.restore_title", "When", p.Date(b.At)+", "+p.Clock(b.At)),
		Text:  p.T("settings.restore_text"),
		Yes:   nav.Action{Text: p.T("settings.restore"), Do: func() { s.o.Restore(b.Path) }},
	})
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar {
	p := s.o.Printer
	return nav.Bar{Title: p.T("settings.title"), Actions: []fyne.CanvasObject{kit.NewButton(p.T("settings.done"), kit.Primary, s.o.Nav.Back).WithKey(keys.Esc)}}
}

// Key is for nav.Screen; Esc goes back.
func (s *Screen) Key(keys.Key) bool { return false }

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	return []nav.Hint{{Keys: []keys.Key{keys.Esc}, Text: s.o.Printer.T("settings.done")}}
}

// Shown lists the backups and what drafts answers.
func (s *Screen) Shown() {
	s.list()
	s.service.read()
}

// ShowDrafts brings the choice of a service in sight.
func (s *Screen) ShowDrafts() {
	s.roll.Reveal(s.drafts.Position().Y, s.drafts.Position().Y+s.drafts.Size().Height)
}

// Hidden stops what the service was asked.
func (s *Screen) Hidden() { s.service.asking() }

// CanLeave is for nav.Screen: every change holds at once.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }
