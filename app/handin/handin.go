// Package handin is the screen on which a student hands something in to the author of
// a deck: the answers that he wrote himself, or a report without his name.
//
// Nothing is sent. The screen shows all that will stand in the file and saves it.
package handin

import (
	"cmp"
	"context"
	"io"
	"slices"

	"fyne.io/fyne/v2"

	"lectern/app/follow"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/saving"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/class"
	"lectern/decks/collection"
)

// Collection is what the screen reads.
type Collection interface {
	OwnAnswers(ctx context.Context, deck string) (class.Answers, error)
	ClassReport(ctx context.Context, deck string) (class.Report, error)
	Search(context.Context, collection.Query) (collection.Found, error)
}

// Options are what the screen needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Background func(func()) // runs a read; nil is a goroutine of its own
	Deck       string
	Title      string // of the deck
	Save       func(saving.Ask)
}

// paper is what can be handed in.
type paper int

// The papers, in the order of the switch.
const (
	answers paper = iota
	report
)

// Screen shows what would be handed in.
type Screen struct {
	o       Options
	on      paper
	data    *reading // nil until it is read
	reading follow.Reading

	which *kit.Segment
	save  *kit.Button
	whole *kit.Button

	object   *fyne.Container
	title    *kit.Label
	says     *kit.Label
	failed   *fyne.Container
	captions *fyne.Container
	list     *kit.List
}

// reading is what the files hold, in the order of the course.
type reading struct {
	answers class.Answers
	report  class.Report
	files   [2][]byte // as they are saved
	notes   map[string]string
	cards   map[decks.CardID]string // questions
}

// edge is the margin of the sheet's lines at both sides.
const edge = 24

// New makes the screen; it reads when it is shown.
func New(o Options) *Screen {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	s := &Screen{o: o}
	p := o.Printer
	s.title = kit.NewLabel("…", kit.Title.At(30, 40), theme.Muted)
	s.says = kit.NewLabel("", kit.Body, theme.Muted)
	s.which = kit.NewSegment([]string{p.T("handin.answers"), p.T("handin.report")}, 0, func(i int) { s.turn(paper(i)) })
	s.save = kit.NewButton(p.T("handin.save"), kit.Primary, s.keep).WithKey(keys.CtrlEnter)
	s.save.SetDisabled(p.T("handin.reading"))
	s.whole = kit.NewButton(p.T("handin.whole"), kit.Quiet, s.showFile).WithIcon("code").Sized(theme.ControlSmall, 0)
	s.failed, s.captions = kit.Column(0), kit.Column(0)
	s.list = kit.NewList(rowHeight, s.row)
	s.list.AtOnce = true
	s.list.Opened = s.open
	s.list.Tip = s.tip
	s.list.Also = map[keys.Key]func(){keys.Left: func() { s.turn(answers) }, keys.Right: func() { s.turn(report) }}
	head := kit.Pad(kit.Insets{Top: 20, Right: edge, Bottom: 12, Left: edge}, kit.Column(6, s.title, s.says, s.failed,
		kit.Row(0, kit.Middle, kit.Pad(kit.Insets{Left: -12}, s.whole), kit.Spring())))
	sheet := kit.NewSheet(kit.Insets{}, kit.Column(0, head, kit.Rule(), s.captions, kit.Flex(s.list), kit.Gap(0, 12)))
	s.object = kit.Column(0, kit.Flex(kit.Limit(theme.SheetWidth+2*theme.MarginSmall,
		kit.Pad(kit.Insets{Top: 8, Right: theme.MarginSmall, Bottom: theme.MarginSmall, Left: theme.MarginSmall}, sheet))))
	return s
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar {
	return nav.Bar{Title: s.o.Printer.T("handin.title"), Beside: s.which, Actions: []fyne.CanvasObject{s.save}}
}

// Shown reads what there is to hand in.
func (s *Screen) Shown() { s.read() }

// Hidden is for nav.Screen.
func (s *Screen) Hidden() { s.reading.Stop() }

// CanLeave is for nav.Screen: nothing is changed here.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }

// read makes both files; what is shown stays until then.
func (s *Screen) read() {
	follow.Read(&s.reading, s.o.Background, s.load, func(data *reading, err error) {
		if err != nil {
			s.fail(err)
			return
		}
		s.data = data
		s.turn(s.on)
	})
}

func (s *Screen) load(ctx context.Context) (r *reading, err error) {
	c, deck := s.o.Collection, s.o.Deck
	r = &reading{notes: map[string]string{}, cards: map[decks.CardID]string{}}
	if r.answers, err = c.OwnAnswers(ctx, deck); err != nil {
		return nil, err
	}
	if r.report, err = c.ClassReport(ctx, deck); err != nil {
		return nil, err
	}
	if r.files[answers], err = r.answers.Write(); err != nil {
		return nil, err
	}
	if r.files[report], err = r.report.Write(); err != nil {
		return nil, err
	}
	notes, cards := map[string]int{}, map[decks.CardID]int{} // their places in the course
	for {
		found, err := c.Search(ctx, collection.Query{Scope: collection.Scope{Deck: deck}, Limit: page, Offset: len(r.cards)})
		if err != nil {
			return nil, err
		}
		for _, row := range found.Rows {
			r.cards[row.Card], cards[row.Card] = row.Question, len(cards)
			if r.notes[row.Note] == "" {
				r.notes[row.Note] = row.Question
				notes[row.Note] = len(notes)
			}
		}
		if len(found.Rows) < page {
			break
		}
	}
	slices.SortStableFunc(r.answers.Answers, func(a, b class.Answer) int { return cmp.Compare(notes[a.Note], notes[b.Note]) })
	slices.SortStableFunc(r.report.Cards, func(a, b class.Card) int { return cmp.Compare(cards[a.ID], cards[b.ID]) })
	return r, nil
}

// page is how many questions are read at once.
const page = 2000

// count is how many lines the paper in sight has.
func (s *Screen) count() int {
	switch {
	case s.data == nil:
		return 0
	case s.on == answers:
		return len(s.data.answers.Answers)
	}
	return len(s.data.report.Cards)
}

// turn shows a paper.
func (s *Screen) turn(to paper) {
	s.on = to
	s.which.Set(int(to))
	if s.data == nil {
		return
	}
	p, n := s.o.Printer, s.count()
	key := map[paper]string{answers: "handin.n_answers", report: "handin.n_cards"}[to]
	none := map[paper]string{answers: "handin.no_answers", report: "handin.no_cards"}[to]
	s.title.Colour = theme.Ink
	s.failed.Objects = nil
	s.captions.Objects = nil
	s.save.SetDisabled("")
	s.whole.Hidden = n == 0
	if n == 0 {
		s.title.Colour = theme.Muted
		s.title.Set(p.T(none))
		s.says.Set(p.T(none + "_why"))
		s.save.SetDisabled(p.T(none))
	} else {
		s.title.Set(p.N(key, n))
		s.says.Set(p.T(key + "_why"))
		if to == report {
			s.captions.Objects = []fyne.CanvasObject{s.head(), kit.Rule()}
		}
	}
	s.list.Set(n, min(0, n-1))
	s.o.Nav.RefreshBar()
	s.o.Nav.Focus(s.list)
	kit.Relayout(s.object)
}

// fail says what went wrong in the place where the file would have been spoken of.
func (s *Screen) fail(err error) {
	s.failed.Objects = []fyne.CanvasObject{kit.NewErrorLine(s.o.Printer.Fault(err), err.Error(), nil)}
	kit.Relayout(s.object)
}

// keep saves the file that is shown.
func (s *Screen) keep() {
	if s.count() == 0 {
		return
	}
	p, data := s.o.Printer, s.data.files[s.on]
	name := map[paper]string{answers: "handin.file_answers", report: "handin.file_report"}[s.on]
	s.o.Save(saving.Ask{
		Title: p.T("handin.save_title"), Name: p.T(name, "Deck", s.o.Title), Ext: ".json", Failed: s.fail,
		Write: func(_ context.Context, w io.Writer) error {
			_, err := w.Write(data)
			return err
		},
	})
}

// Key is for nav.Screen.
func (s *Screen) Key(k keys.Key) bool {
	switch k {
	case keys.CtrlEnter:
		s.keep()
	case keys.Left:
		s.turn(answers)
	case keys.Right:
		s.turn(report)
	default:
		return s.list.Press(k)
	}
	return true
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	p := s.o.Printer
	return []nav.Hint{
		{Keys: []keys.Key{keys.Left, keys.Right}, Text: p.T("handin.key_turn")},
		{Keys: []keys.Key{keys.Up, keys.Down}, Text: p.T("handin.key_walk")},
		{Keys: []keys.Key{keys.Enter}, Text: p.T("handin.key_open")},
		{Keys: []keys.Key{keys.CtrlEnter}, Text: p.T("handin.key_save")},
	}
}
