// Package first is the screen of an empty collection: two doors, the sample
// course and a lecture of the student's own. It comes back when no deck is left.
package first

import (
	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
)

// Preview is the first card of the sample course, as it will look.
type Preview struct {
	Deck, Section string
	Question      string            // plain text
	Answer        fyne.CanvasObject // drawn by the card view; nil shows none
	Cards         int               // in the course
	Minutes       int               // the first session will take
}

// Options are what the screen needs.
type Options struct {
	Printer *i18n.Printer
	Preview Preview
	Sample  func()            // installs the sample course and begins
	Open    func()            // asks for a lecture or a deck
	Restore func()            // asks for a backup; nil when there is none
	Speak   func(lang string) // changes the language of the program
	Teach   func()            // shows the courses that the user is the author of
	Nav     nav.Navigator

	// Undone has f called after an undo or a redo, until cancel; Today shows the
	// decks. A deck that was removed may come back while this screen is seen.
	Undone func(f func()) (cancel func())
	Today  func()
}

// Screen is the first run.
type Screen struct {
	o        Options
	object   *fyne.Container
	card     fyne.CanvasObject
	paper    *kit.Sheet
	question *kit.Label
	lang     *kit.Button
	cancel   func() // ends the wait for an undo; nil while hidden
}

// New makes the screen.
func New(o Options) *Screen {
	s := &Screen{o: o}
	s.object = s.build()
	return s
}

func (s *Screen) build() *fyne.Container {
	p := s.o.Printer
	left := kit.Column(0,
		kit.NewText("Lectern", kit.Type{Size: 20, Line: 28, Face: kit.Reading, Bold: true}, theme.Accent),
		kit.Gap(0, 24),
		kit.NewLabel(p.T("first.title"), kit.Hero, theme.Ink),
		kit.Gap(0, 20),
		kit.NewLabel(p.T("first.lead"), kit.Lead, theme.Muted),
		kit.Gap(0, 40),
		kit.Row(16, kit.Middle,
			kit.NewButton(p.T("first.sample"), kit.Primary, s.o.Sample).WithKey(keys.Enter),
			kit.Flex(kit.Column(0,
				kit.NewText(p.N("first.cards", s.o.Preview.Cards), kit.Caption, theme.Muted),
				kit.NewText(p.N("first.minutes", s.o.Preview.Minutes), kit.Caption, theme.Muted),
			)),
		),
		kit.Gap(0, 24),
		kit.Row(0, kit.Middle,
			kit.NewButton(p.T("first.open"), kit.Secondary, s.o.Open).WithIcon("folder-open"),
			kit.Spring(),
		),
		kit.Gap(0, 20),
		kit.NewLabel(p.T("first.formats"), kit.Caption, theme.Muted),
	)
	if s.o.Restore != nil {
		left.Add(kit.Gap(0, 8))
		left.Add(kit.Row(0, kit.Middle, kit.NewButton(p.T("first.restore"), kit.Quiet, s.o.Restore), kit.Spring()))
	}
	s.card = s.preview()
	s.lang = kit.NewButton(p.T("first.language"), kit.Quiet, nil).WithIcon("translate").Sized(theme.ControlSmall, 0)
	s.lang.After, s.lang.Plain, s.lang.Colour = "caret-down", true, theme.Muted
	s.lang.OnTapped(s.languages)
	teach := kit.NewButton(p.T("first.teach"), kit.Quiet, s.o.Teach).WithIcon("book-open").Sized(theme.ControlSmall, 0)
	teach.Plain, teach.Colour = true, theme.Muted
	foot := kit.Row(8, kit.Middle,
		kit.Icon("hard-drive", 16, theme.Muted),
		kit.NewText(p.T("first.local"), kit.Caption, theme.Muted),
		kit.Spring(), teach,
		kit.Pad(kit.Insets{Right: -8}, s.lang), // its word ends where the card does
	)
	return &fyne.Container{
		Layout:  &doors{},
		Objects: []fyne.CanvasObject{left, s.card, foot},
	}
}

func (s *Screen) preview() fyne.CanvasObject {
	v := s.o.Preview
	context := v.Deck + "\u2002›\u2002" + v.Section
	s.question = kit.NewLabel(v.Question, kit.Question, theme.Ink)
	s.question.Balanced = true
	body := kit.Column(0,
		kit.NewText(context, kit.Caption, theme.Muted),
		kit.Gap(0, 16),
		s.question,
		kit.Gap(0, 24),
		kit.Rule(),
		kit.Gap(0, 20),
	)
	if v.Answer != nil {
		body.Add(kit.Flex(v.Answer))
	}
	s.paper = kit.NewSheet(kit.Sides(36, 44), body)
	return &fyne.Container{Layout: stack{}, Objects: []fyne.CanvasObject{
		kit.NewSheet(kit.All(0), nil),
		kit.NewSheet(kit.All(0), nil),
		s.paper,
	}}
}

// Fit takes the small measures of a card in a small window.
func (s *Screen) Fit(small bool) {
	s.question.Type, s.paper.Insets = kit.Question, kit.Sides(36, 44)
	if small {
		s.question.Type, s.paper.Insets = kit.Type{Size: 22, Line: 30, Face: kit.Reading}, kit.Sides(28, 32)
	}
	s.question.Refresh()
	s.paper.Refresh()
}

func (s *Screen) languages() {
	var items []nav.Action
	for _, lang := range i18n.Languages {
		items = append(items, nav.Action{
			Text:    i18n.New(lang).T("first.language"),
			Checked: lang == s.o.Printer.Lang(),
			Do:      func() { s.o.Speak(lang) },
		})
	}
	s.o.Nav.Menu(s.lang, items)
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Key starts the sample course with Enter.
func (s *Screen) Key(k keys.Key) bool {
	if k == keys.Enter {
		s.o.Sample()
		return true
	}
	return false
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	p := s.o.Printer
	return []nav.Hint{
		{Keys: []keys.Key{keys.Enter}, Text: p.T("first.sample")},
		{Keys: []keys.Key{keys.CtrlO}, Text: p.T("first.open")},
	}
}

// Bar is for nav.Screen: the first run has none.
func (s *Screen) Bar() nav.Bar { return nav.Bar{None: true} }

// Shown begins to wait for a deck that comes back.
func (s *Screen) Shown() {
	if s.cancel == nil {
		s.cancel = s.o.Undone(func() {
			if s.cancel != nil {
				s.o.Today()
			}
		})
	}
}

// Hidden is for nav.Screen.
func (s *Screen) Hidden() {
	if s.cancel != nil {
		s.cancel()
		s.cancel = nil
	}
}

// CanLeave is for nav.Screen.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }
