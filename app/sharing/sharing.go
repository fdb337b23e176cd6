// Package sharing is the screen on which a deck is given away: to friends as a
// package, to other programs as a table or a text, to a printer.
//
// It says in one sentence what stands in the file and what does not, before
// there is one.
package sharing

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/follow"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/saving"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/share"
)

// Collection is what the screen reads; the name under which decks are shared is
// kept in it.
type Collection interface {
	share.Collection
	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) error
}

// Options are what the screen needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Now        func() time.Time
	Background func(func()) // runs a read; nil is a goroutine of its own
	Deck       string
	Save       func(saving.Ask)
}

// Screen is the choice of what is given away.
type Screen struct {
	o       Options
	forms   []*form
	on      int // the chosen form
	known   bool
	has     share.Contents
	reading follow.Reading

	name       *kit.Field
	mine, past *kit.Check
	layout     *kit.Segment // of what is printed
	save       *kit.Button

	object  *fyne.Container
	scroll  *kit.Scroll
	title   *kit.Label
	says    *kit.Label // what stands in the file, and what does not
	notes   *fyne.Container
	list    *fyne.Container
	choices *fyne.Container
}

// edge is the margin of the sheet's lines at both sides.
const edge = 32

// New makes the screen; it reads the deck when it is shown.
func New(o Options) *Screen {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	s := &Screen{o: o}
	p := o.Printer
	s.title = kit.NewLabel("…", kit.Title.At(30, 40), theme.Muted)
	s.says = kit.NewLabel("", kit.Body, theme.Muted)
	s.save = kit.NewButton(p.T("share.save"), kit.Primary, s.keep).WithKey(keys.CtrlEnter)
	s.name = kit.NewField("", p.T("share.name_hint"), func(string) { s.save.SetDisabled(s.unready()) })
	s.name.Submitted = func(string) { s.keep() }
	s.name.Moved = func(k keys.Key) { s.Key(k) }
	s.mine = kit.NewCheck(p.T("share.mine"), true, func(bool) { s.refresh() })
	s.past = kit.NewCheck(p.T("share.past"), false, func(bool) { s.refresh() })
	s.layout = kit.NewSegment([]string{p.T("share.booklet"), p.T("share.cards")}, 0, func(int) { s.choose(s.formAt(toPrint)) })
	s.notes, s.list, s.choices = kit.Column(8), kit.Column(0), kit.Column(12)
	for _, f := range forms {
		s.add(f)
	}
	s.save.SetDisabled(p.T("share.reading"))
	parts := kit.Column(0,
		kit.Pad(kit.Insets{Top: 24, Right: edge, Bottom: 16, Left: edge}, kit.Column(8, s.title, s.says, s.notes)),
		kit.Rule(), s.list, kit.Rule(),
		kit.Pad(kit.Insets{Top: 16, Right: edge, Bottom: 20, Left: edge}, s.choices))
	s.scroll = kit.NewScroll(kit.Limit(theme.SheetWidth+2*theme.MarginSmall,
		kit.Pad(kit.Insets{Top: 8, Right: theme.MarginSmall, Bottom: theme.Margin, Left: theme.MarginSmall}, kit.Column(0, kit.NewSheet(kit.Insets{}, parts)))))
	s.scroll.Ground = theme.Desk
	s.object = kit.Column(0, kit.Flex(s.scroll))
	return s
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar {
	return nav.Bar{Title: s.o.Printer.T("share.title"), Subtitle: kit.Body.Elide(s.has.Title, 260), Actions: []fyne.CanvasObject{s.save}}
}

// Shown reads what there is to share.
func (s *Screen) Shown() { s.read() }

// Hidden is for nav.Screen.
func (s *Screen) Hidden() { s.reading.Stop() }

// CanLeave is for nav.Screen: nothing is begun yet.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }

// read looks at the deck; what is known stays until then.
func (s *Screen) read() {
	type found struct {
		has  share.Contents
		name string
	}
	follow.Read(&s.reading, s.o.Background, func(ctx context.Context) (f found, err error) {
		if f.has, err = share.Look(ctx, s.o.Collection, s.o.Deck); err == nil {
			f.name, err = s.o.Collection.Setting(ctx, share.SettingAuthor)
		}
		return f, err
	}, func(f found, err error) {
		if err != nil {
			s.fail(err)
			return
		}
		first := !s.known
		s.known, s.has = true, f.has
		if first {
			s.name.SetText(f.name)
		}
		s.o.Nav.RefreshBar()
		s.refresh()
		if first {
			s.focus()
		}
	})
}

// focus puts the keyboard into the name when it has to be written.
func (s *Screen) focus() {
	if s.named() && share.Name(s.name.Text()) == "" {
		s.o.Nav.Focus(s.name.Focusable())
	} else {
		s.o.Nav.Focus(nil)
	}
}

// named tells whether the chosen form is shared under a name.
func (s *Screen) named() bool { return s.form().kind == asPackage && s.has.Signed == nil }

// withMine tells whether what the student wrote is in the chosen form.
func (s *Screen) withMine() bool {
	return s.mine.On && s.has.Mine > 0 && (s.has.Signed == nil || s.form().kind != asPackage)
}

// withPast tells whether his history is.
func (s *Screen) withPast() bool { return s.past.On && s.has.Reviews > 0 && s.named() }

// fail says what went wrong in the place where the file would have been spoken of.
func (s *Screen) fail(err error) {
	s.notes.Objects = []fyne.CanvasObject{kit.NewErrorLine(s.o.Printer.Fault(err), err.Error(), nil)}
	kit.Relayout(s.object)
}

// choose takes a form.
func (s *Screen) choose(i int) {
	s.on = min(max(i, 0), len(s.forms)-1)
	for k, f := range s.forms {
		f.item.Select(k == s.on)
	}
	s.refresh()
	if !s.name.Focused() || !s.named() {
		s.focus()
	}
	d, item := fyne.CurrentApp().Driver(), s.form().item
	y := d.AbsolutePositionForObject(item).Y - d.AbsolutePositionForObject(s.scroll.Content).Y
	s.scroll.Reveal(y, y+item.Size().Height)
}

// Key is for nav.Screen.
func (s *Screen) Key(k keys.Key) bool {
	switch k {
	case keys.Enter, keys.CtrlEnter:
		s.keep()
	case keys.Up:
		s.choose(s.on - 1)
	case keys.Down:
		s.choose(s.on + 1)
	case keys.Left, keys.Right:
		if s.form().kind != toPrint {
			return false
		}
		s.layout.Set(map[keys.Key]int{keys.Left: 0, keys.Right: 1}[k])
		s.refresh()
	default:
		return false
	}
	return true
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	p := s.o.Printer
	return []nav.Hint{
		{Keys: []keys.Key{keys.Up, keys.Down}, Text: p.T("share.key_choose")},
		{Keys: []keys.Key{keys.Left, keys.Right}, Text: p.T("share.key_layout")},
		{Keys: []keys.Key{keys.CtrlEnter}, Text: p.T("share.key_save")},
	}
}
