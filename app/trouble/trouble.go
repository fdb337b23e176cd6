// Package trouble is the screen of a collection that could not be opened: what
// happened in one sentence, where it lies, and the last good backup.
package trouble

import (
	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/decks/fault"
)

// Options are what the screen needs.
type Options struct {
	Printer *i18n.Printer
	Err     error
	Dir     string
	Backups []collection.BackupInfo // the newest first
	Restore func(path string)
	Quit    func()
}

// Screen says what is wrong.
type Screen struct {
	o       Options
	object  fyne.CanvasObject
	restore func()
}

// New makes the screen. A backup is offered only for a collection that is
// damaged: one that is newer or no collection at all is left as it is.
func New(o Options) *Screen {
	s := &Screen{o: o}
	p := o.Printer
	body := kit.Column(0,
		kit.Row(12, kit.Middle, kit.Icon("warning", 24, theme.Error), kit.Flex(kit.NewLabel(p.T("trouble.title"), kit.Heading, theme.Ink))),
		kit.Gap(0, 16),
		kit.NewLabel(p.Fault(o.Err), kit.Body, theme.Ink),
		kit.Gap(0, 8),
		kit.NewLabel(p.T("trouble.where", "Dir", o.Dir), kit.Caption, theme.Muted),
		kit.Gap(0, 24),
	)
	quit := kit.NewButton(p.T("trouble.quit"), kit.Secondary, o.Quit).WithKey(keys.Esc)
	switch {
	case !fault.Is(o.Err, fault.CorruptFile):
		body.Add(kit.Row(12, kit.Middle, quit, kit.Spring()))
	case len(o.Backups) == 0:
		body.Add(kit.NewLabel(p.T("trouble.no_backup"), kit.Body, theme.Muted))
		body.Add(kit.Gap(0, 16))
		body.Add(kit.Row(12, kit.Middle, quit, kit.Spring()))
	default:
		b := o.Backups[0]
		s.restore = func() { o.Restore(b.Path) }
		button := kit.NewButton(p.T("trouble.restore", "When", p.Date(b.At)+", "+p.Clock(b.At)), kit.Primary, s.restore).WithKey(keys.Enter)
		body.Add(kit.Row(12, kit.Middle, button, quit, kit.Spring()))
		body.Add(kit.Gap(0, 10))
		body.Add(kit.NewText(p.N("trouble.answers", b.Reviews), kit.Caption, theme.Muted))
	}
	sheet := kit.NewSheet(kit.All(40), body)
	s.object = kit.Limit(theme.SheetWidth, kit.Pad(kit.Insets{Top: 96, Left: theme.MarginSmall, Right: theme.MarginSmall}, kit.Column(0, sheet)))
	return s
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar { return nav.Bar{None: true} }

// Key restores with Enter and quits with Esc.
func (s *Screen) Key(k keys.Key) bool {
	switch {
	case k == keys.Enter && s.restore != nil:
		s.restore()
	case k == keys.Esc:
		s.o.Quit()
	default:
		return false
	}
	return true
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint { return nil }

// Shown is for nav.Screen.
func (s *Screen) Shown() {}

// Hidden is for nav.Screen.
func (s *Screen) Hidden() {}

// CanLeave is for nav.Screen.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }
