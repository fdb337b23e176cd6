// Package classroom is the screen of what students handed in: their answers, alike ones
// together beside the answer that the course has, and the cards that a class suffers
// from.
//
// Files are read when the instructor gives them and kept nowhere. Of reports only what
// class.Sum lists is shown: no card that fewer than five students reported.
package classroom

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"lectern/app/cardview"
	"lectern/app/choose"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/teach/bench"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/class"
	"lectern/decks/content"
)

// Course is the course that is about.
type Course interface {
	Look(context.Context) (bench.State, error)
	SetAnswer(ctx context.Context, note, text string) error
	Path(name string) string
}

// Options are what the screen needs.
type Options struct {
	Course  Course
	State   bench.State
	Nav     nav.Navigator
	Printer *i18n.Printer
	Dir     string // where the choice of files begins; "" is the usual place

	Edit func(path string) error // opens a file in the system's editor
	// Draw makes a card's text; nil draws it without formulas and pictures.
	Draw       func(content.Document, cardview.Style) fyne.CanvasObject
	Background func(func()) // nil is a goroutine of its own
}

// Screen shows what students handed in.
type Screen struct {
	o       Options
	state   bench.State
	paths   []string // that were given, in their order
	refused []bench.Refused
	files   int

	questions []class.Question
	troubles  []class.Trouble
	reports   int               // that were used
	picked    map[string]string // answers that were taken here, by note

	pane    *kit.Segment
	answers *answersView
	report  *kit.List
	small   bool
	second  bool // in a small window the question is seen, not the list
	object  *fyne.Container
	top     *fyne.Container
}

// New makes the screen.
func New(o Options) *Screen {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	if o.Draw == nil {
		o.Draw = func(doc content.Document, style cardview.Style) fyne.CanvasObject {
			v := cardview.New(cardview.Options{})
			v.SetDocument(doc, style)
			return v
		}
	}
	p := o.Printer
	s := &Screen{o: o, state: o.State, picked: map[string]string{}, top: kit.Column(12)}
	s.pane = kit.NewSegment([]string{p.T("classroom.answers"), p.T("classroom.troubles")}, 0, func(int) { s.show() })
	s.answers = newAnswers(s)
	s.report = kit.NewList(reportHigh, s.trouble)
	s.report.AtOnce, s.report.Opened = true, s.text
	s.object = &fyne.Container{Layout: &desk{s}}
	s.show()
	return s
}

// choose asks for files of students, or for a folder of them.
func (s *Screen) choose() {
	p := s.o.Printer
	choose.Ask(choose.Options{
		Printer: p, Nav: s.o.Nav, Background: s.o.Background, Title: p.T("classroom.choose_title"), Dir: s.o.Dir,
		Takes: bench.IsHandIn, Nothing: p.T("classroom.no_files"), Whole: p.T("classroom.take_folder"), Empty: p.T("classroom.no_files"),
		Chosen: s.add,
	})
}

// Open takes files that are dropped.
func (s *Screen) Open(paths []string) bool {
	s.add(paths)
	return true
}

// add reads files besides those that were given before.
func (s *Screen) add(paths []string) {
	p := s.o.Printer
	all := slices.Clone(s.paths)
	for _, path := range paths {
		if !slices.Contains(all, path) {
			all = append(all, path)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	_, ended := s.o.Nav.Wait(p.T("classroom.reading"), cancel)
	deck := s.state.Deck.ID
	s.o.Background(func() {
		h, err := bench.ReadHandIns(ctx, all, deck)
		var questions []class.Question
		var troubles []class.Trouble
		if err == nil {
			questions, troubles = class.Gather(h.Answers), class.Sum(h.Reports)
		}
		fyne.Do(func() {
			cancel()
			ended()
			if err != nil {
				s.o.Nav.Error(err) // stopped: nothing to say
				return
			}
			s.paths, s.refused, s.files = all, h.Refused, h.Count()
			s.questions, s.troubles, s.reports = s.known(questions), s.inCourse(troubles), len(h.Reports)
			if len(s.questions) == 0 && s.reports > 0 {
				s.pane.Set(1)
			}
			s.show()
			s.focus()
		})
	})
}

// known are the questions that the course has, in its order.
func (s *Screen) known(all []class.Question) []class.Question {
	at := s.order()
	out := slices.DeleteFunc(all, func(q class.Question) bool { _, ok := at[q.Note]; return !ok })
	slices.SortStableFunc(out, func(a, b class.Question) int { return at[a.Note] - at[b.Note] })
	return out
}

// inCourse leaves out cards that the course has no more: there is nothing to mend.
func (s *Screen) inCourse(all []class.Trouble) []class.Trouble {
	at := s.order()
	return slices.DeleteFunc(all, func(t class.Trouble) bool { _, ok := at[t.Card.Note()]; return !ok })
}

func (s *Screen) order() map[string]int {
	at := map[string]int{}
	for i, n := range s.state.Deck.Notes {
		at[n.ID] = i
	}
	return at
}

// note is a card of the course.
func (s *Screen) note(id string) decks.Note {
	for _, n := range s.state.Deck.Notes {
		if n.ID == id {
			return n
		}
	}
	return decks.Note{}
}

// answer is what the course says to a question now.
func (s *Screen) answer(note string) string {
	if text, ok := s.picked[note]; ok {
		return text
	}
	return s.note(note).Text(decks.Back)
}

// show fills the page.
func (s *Screen) show() {
	p := s.o.Printer
	s.top.Objects = nil
	for i, r := range s.refused {
		if i == mostRefused {
			s.top.Add(kit.NewText(p.N("course.list_more", len(s.refused)-i), kit.Caption, theme.Muted))
			break
		}
		why := p.T("classroom.refused_other_kind", "File", r.Name)
		switch {
		case r.Other:
			why = p.T("classroom.refused_course", "File", r.Name)
		case r.Err != nil:
			why = p.Fault(r.Err)
		}
		s.top.Add(kit.NewNotice(kit.Warning, "warning", "", why, nil))
	}
	switch {
	case s.files == 0:
		s.object.Objects = []fyne.CanvasObject{kit.Column(16, s.top, s.welcome())}
	case s.pane.On == 0 && len(s.questions) > 0:
		s.object.Objects = s.answers.show()
	case s.pane.On == 0:
		s.object.Objects = []fyne.CanvasObject{kit.Column(16, s.top, s.nothing("classroom.no_answers", "classroom.no_answers_why"))}
	case len(s.troubles) > 0:
		s.report.Set(len(s.troubles), max(0, min(s.report.At(), len(s.troubles)-1)))
		s.object.Objects = []fyne.CanvasObject{s.top, s.table()}
	default:
		s.object.Objects = []fyne.CanvasObject{kit.Column(16, s.top, s.nothing("classroom.no_troubles", "classroom.no_troubles_why"))}
	}
	s.o.Nav.RefreshBar()
	s.object.Refresh()
}

const mostRefused = 3

// ShowReport shows the cards that the class suffers from.
func (s *Screen) ShowReport() {
	s.pane.Set(1)
	s.show()
	s.focus()
}

// focus puts the keyboard into what is shown.
func (s *Screen) focus() {
	switch {
	case s.files > 0 && s.pane.On == 0 && len(s.questions) > 0:
		s.o.Nav.Focus(s.answers.list)
	case s.files > 0 && s.pane.On == 1 && len(s.troubles) > 0:
		s.o.Nav.Focus(s.report)
	default:
		s.o.Nav.Focus(nil)
	}
}

// welcome says where files of students come from.
func (s *Screen) welcome() fyne.CanvasObject {
	p := s.o.Printer
	return kit.NewSheet(kit.Sides(32, 40), kit.Column(0,
		kit.NewLabel(p.T("classroom.welcome"), kit.Heading, theme.Ink), kit.Gap(0, 8),
		kit.NewLabel(p.T("classroom.welcome_why"), kit.Body, theme.Muted), kit.Gap(0, 8),
		kit.NewLabel(p.T("classroom.welcome_report"), kit.Body, theme.Muted), kit.Gap(0, 24),
		kit.Row(0, kit.Middle, kit.NewButton(p.T("classroom.add"), kit.Primary, s.choose).WithIcon("folder-open").WithKey(keys.CtrlO), kit.Spring())))
}

func (s *Screen) nothing(title, why string) fyne.CanvasObject {
	p := s.o.Printer
	return kit.NewSheet(kit.Sides(32, 40), kit.Column(8, kit.NewLabel(p.T(title), kit.Heading, theme.Ink), kit.NewLabel(p.T(why), kit.Body, theme.Muted)))
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar {
	p := s.o.Printer
	b := nav.Bar{Title: p.T("classroom.title")}
	if s.files == 0 {
		return b
	}
	b.Beside = s.pane
	if !s.small {
		b.Beside = kit.Row(16, kit.Middle, s.pane, kit.NewText(p.N("classroom.files", s.files), kit.Body, theme.Muted))
	}
	b.Actions = []fyne.CanvasObject{kit.NewButton(p.T("classroom.add"), kit.Secondary, s.choose).WithIcon("folder-open")}
	if s.small {
		b.Actions = []fyne.CanvasObject{kit.NewIconButton("folder-open", p.T("classroom.add"), keys.CtrlO, s.choose)}
	}
	if s.pane.On == 0 && len(s.questions) > 0 && (!s.small || s.second) {
		b.Actions = append(b.Actions, s.answers.take)
	}
	return b
}

// Shown is for nav.Screen.
func (s *Screen) Shown() { s.focus() }

// Hidden is for nav.Screen.
func (s *Screen) Hidden() {}

// Fit makes one pane of two in a small window.
func (s *Screen) Fit(small bool) {
	s.small = small
	s.show()
}

// CanLeave is for nav.Screen: what was picked is in the course already.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }

// Key acts on a press.
func (s *Screen) Key(k keys.Key) bool {
	switch {
	case k == keys.CtrlO:
		s.choose()
		return true
	case s.files == 0:
		if k == keys.Enter {
			s.choose()
			return true
		}
		return false
	case s.pane.On == 0 && len(s.questions) > 0:
		return s.answers.key(k)
	case s.pane.On == 1 && len(s.troubles) > 0:
		return s.report.Press(k)
	}
	return false
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	p := s.o.Printer
	return []nav.Hint{
		{Keys: []keys.Key{keys.CtrlO}, Text: p.T("classroom.add")},
		{Keys: []keys.Key{keys.Up, keys.Down}, Text: p.T("classroom.key_question")},
		{Keys: []keys.Key{"1", "9"}, Text: p.T("classroom.key_variant")},
		{Keys: []keys.Key{keys.CtrlEnter}, Text: p.T("classroom.take")},
		{Keys: []keys.Key{keys.E}, Text: p.T("classroom.edit")},
	}
}

// desk places the panes: two side by side, one in a small window; anything else in the
// middle.
type desk struct{ s *Screen }

const leftWide = 352

func (d *desk) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(theme.MinWidth/2, 200) }

func (d *desk) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	margin, gutter := float32(theme.Margin), float32(theme.Gutter)
	if d.s.small {
		margin, gutter = theme.MarginSmall, theme.GutterSmall
	}
	wide := min(size.Width-2*margin, theme.WideWidth)
	x, top := (size.Width-wide)/2, float32(8)
	place := func(o fyne.CanvasObject, x, wide, high float32) {
		o.Show()
		o.Move(fyne.NewPos(float32(int(x)), top))
		o.Resize(fyne.NewSize(wide, high))
	}
	if len(objects) == 1 {
		w := min(wide, theme.SheetWidth)
		place(objects[0], (size.Width-w)/2, w, min(size.Height-top, kit.HeightFor(objects[0], w)))
		return
	}
	if len(objects[0].(*fyne.Container).Objects) > 0 {
		h := kit.HeightFor(objects[0], wide)
		place(objects[0], x, wide, h)
		top += h + 12
	}
	switch {
	case len(objects) == 2:
		place(objects[1], x, wide, size.Height-top)
	case d.s.small:
		list, page := objects[1], objects[2]
		if d.s.second {
			list, page = page, list
		}
		page.Hide()
		place(list, x, wide, size.Height-top)
	default:
		place(objects[1], x, leftWide, size.Height-top)
		place(objects[2], x+leftWide+gutter, wide-leftWide-gutter, size.Height-top)
	}
}
