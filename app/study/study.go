// Package study is the screen on which cards are answered: a question, the
// answer below it, a grade, the next card.
//
// A grade walks straight through: the key comes in, the collection keeps the
// answer on the disk and gives back the next card, and that card is painted,
// all in one call. There is no moment in which an answer is half given, so the
// screen can be left at any time. When the disk refuses, the card stays and the
// answer can be given again.
package study

import (
	"context"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/cardview"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/study/place"
	"lectern/app/study/session"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
)

// Collection is what the screen reads and changes.
type Collection interface {
	Begin(context.Context, collection.Scope) (*collection.StudyCard, error)
	Next(context.Context, collection.Scope) (*collection.StudyCard, error)
	Card(context.Context, decks.CardID) (*collection.StudyCard, error)
	Answer(context.Context, collection.AnswerRequest) (collection.Answered, error)
	Edit(ctx context.Context, note string, f decks.Field, value string) error
	Suspend(ctx context.Context, cards []decks.CardID, on bool) error
	Flag(ctx context.Context, card decks.CardID, flag int) error
	Subscription(ctx context.Context, deck string) (*collection.Subscription, error)
	RemarksOn(context.Context, decks.CardID) ([]collection.Remark, error)
	Remark(ctx context.Context, card decks.CardID, r collection.Remark, on bool) error
	Skip(context.Context, decks.CardID) error
	History(context.Context, decks.CardID) ([]collection.Review, error)
	Page(ctx context.Context, deck string) (string, bool, error)
	Drafts(ctx context.Context, deck string) ([]collection.DraftRow, error)
	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) error
	Subscribe(func(collection.Change)) (cancel func())
}

// Options are what the screen needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Now        func() time.Time // nil: time.Now

	Session session.Session // to go on with; its Scope is what is studied
	First   decks.CardID    // shown first, such as one just undone; "" is the next card

	Texts cardview.Options            // how texts of cards are drawn
	Done  func(session.Session)       // nothing is left: the end of the session
	After func(time.Duration, func()) // calls back on Fyne's goroutine; nil: a timer
	// Before gives a note as it read before its author changed it in substance; nil when
	// nobody knows.
	Before     func(ctx context.Context, deck string, now decks.Note) (decks.Note, bool, error)
	Background func(func())   // runs a read; nil is a goroutine of its own
	Place      func(place.Of) // opens the lecture where the question stands; nil: in a sheet
}

// side is what of the card is in sight.
type side int

const (
	empty   side = iota // no card yet
	asking              // the question
	shown               // the answer, to be graded
	writing             // the place to write the answer that is missing
	editing             // question and answer as Markdown
)

// Screen is the study screen.
type Screen struct {
	o       Options
	session session.Session
	card    *collection.StudyCard
	face    face
	faces   int // readings so far
	side    side
	back    decks.CardID // shown again once the edit of another card is closed

	object *fyne.Container
	paper  *paper
	action *actions
	bar    *bar
	fault  *faultLine
	writer *writer
	editor *editor

	watch  watch
	hints  int         // cards that still show the line on what to do
	wide   bool        // four grades for this card
	busy   atomic.Bool // the screen itself is changing the collection
	small  bool
	cancel func()          // ends the subscription
	pages  map[string]bool // decks with the text of their page

	remarks remarks
}

// New makes the screen; the first card is read when it is shown.
func New(o Options) *Screen {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.After == nil {
		o.After = func(d time.Duration, f func()) { nav.Later(d, f) }
	}
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	if o.Place == nil {
		o.Place = func(of place.Of) {
			place.Show(place.Options{Collection: o.Collection, Nav: o.Nav, Printer: o.Printer}, of)
		}
	}
	s := &Screen{o: o, session: o.Session, pages: map[string]bool{}, watch: watch{now: o.Now}}
	s.paper = newPaper(s)
	s.action = newActions(s)
	s.bar = newBar(s)
	s.fault = &faultLine{box: &fyne.Container{}, gone: func() { s.paper.lift(0) }}
	s.writer = newWriter(s)
	s.editor = newEditor(s)
	s.object = &fyne.Container{Layout: &desk{s}, Objects: []fyne.CanvasObject{
		s.paper.sheet, s.action.bar.Object(), s.fault.box,
	}}
	return s
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Shown reads the first card, or what changed while another screen was in
// front.
func (s *Screen) Shown() {
	if s.cancel == nil {
		s.cancel = s.o.Collection.Subscribe(func(ch collection.Change) {
			if !s.busy.Load() {
				fyne.Do(func() { s.changed(ch) })
			}
		})
	}
	s.hints = s.hintsLeft()
	switch {
	case s.card != nil:
		s.again()
		s.watch.resume()
	case s.o.First != "":
		s.showCard(s.o.First)
	default:
		s.begin()
	}
}

// Hidden stops the clock and keeps what is being written.
func (s *Screen) Hidden() {
	s.watch.pause()
	s.writer.keep()
	s.editor.keep()
	if s.cancel != nil {
		s.cancel()
		s.cancel = nil
	}
}

// CanLeave is for nav.Screen: it is always safe to leave.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }

// Fit takes the small measures in a small window.
func (s *Screen) Fit(small bool) {
	s.small = small
	s.action.bar.Fit(small)
	s.object.Refresh()
	s.object.Layout.Layout(s.object.Objects, s.object.Size())
	s.paper.fit()
	s.writer.fit(small)
	s.editor.fit(small)
}

// begin shows the first card of a session that starts now.
func (s *Screen) begin() {
	card, err := s.o.Collection.Begin(context.Background(), s.session.Scope)
	if err != nil {
		s.failed(err, s.begin)
		return
	}
	s.show(card)
}

// next shows the card whose turn it is.
func (s *Screen) next() {
	card, err := s.o.Collection.Next(context.Background(), s.session.Scope)
	if err != nil {
		s.failed(err, s.next)
		return
	}
	s.show(card)
}

// showCard shows one card, with what is left in the scope.
func (s *Screen) showCard(id decks.CardID) {
	ctx := context.Background()
	card, err := s.o.Collection.Card(ctx, id)
	if err != nil {
		s.next()
		return
	}
	if next, err := s.o.Collection.Next(ctx, s.session.Scope); err == nil && next != nil {
		card.Left = next.Left
		previewAs(card, next)
	}
	s.show(card)
}

// previewAs makes a card that was read alone one of a preview, if another card
// of the session is.
func previewAs(card, other *collection.StudyCard) {
	if other.Preview {
		card.Preview, card.Outcomes = true, other.Outcomes
	}
}

// show turns to a card, question side up; nil ends the session.
func (s *Screen) show(card *collection.StudyCard) {
	s.fault.hide()
	s.editor.keep()
	s.wide, s.back = false, ""
	if card == nil {
		s.card, s.side = nil, empty
		s.paper.clear()
		s.action.set()
		s.o.Done(s.session)
		return
	}
	s.read(card)
	s.paper.hinted = false
	s.watch.start()
	s.turn(asking)
	s.bar.refresh()
}

// read takes over a card as the collection gave it.
func (s *Screen) read(card *collection.StudyCard) {
	s.card = card
	s.faces++
	s.face = faceOf(card)
	s.face.id = s.faces
	s.readRemarks()
}

// turn shows a side of the present card.
func (s *Screen) turn(to side) {
	was := s.side
	s.side = to
	s.paper.paint()
	s.action.paint()
	if was == writing || was == editing {
		s.o.Nav.Focus(nil)
	}
	switch to {
	case writing:
		s.o.Nav.Focus(s.writer.field.Focusable())
	case editing:
		s.o.Nav.Focus(s.editor.first())
	}
}

// again reads the present card anew and keeps its side.
func (s *Screen) again() {
	card, err := s.o.Collection.Card(context.Background(), s.card.Card)
	if err != nil {
		s.next()
		return
	}
	card.Left = s.card.Left
	previewAs(card, s.card)
	s.read(card)
	switch {
	case s.side == editing:
		s.o.Nav.Focus(s.editor.first())
	case s.side == shown && s.face.needs:
		s.write()
	case s.side == writing && !s.face.needs:
		s.turn(shown)
	default:
		s.turn(s.side)
	}
}

// changed follows what others changed: the window's undo, an import, a screen
// that was in front.
func (s *Screen) changed(ch collection.Change) {
	own := s.card != nil && contains(ch.Cards, s.card.Card)
	switch {
	case ch.Op == collection.OpUndo && ch.Grade != 0 && len(ch.Cards) > 0:
		s.session.Undo(ch.Cards[0])
		s.showCard(ch.Cards[0])
	case ch.Op == collection.OpRedo && ch.Grade != 0 && len(ch.Cards) > 0:
		s.session.Redo(ch.Cards[0])
		s.next()
	case ch.Op == collection.OpUndo && !own && !ch.All && len(ch.Cards) > 0:
		s.showCard(ch.Cards[0])
	case ch.Op == collection.OpRedo && ch.Queue && !ch.Texts:
		s.next()
	case s.card == nil:
	case own || ch.All:
		s.again()
	}
}

func contains(cards []decks.CardID, id decks.CardID) bool {
	for _, c := range cards {
		if c == id {
			return true
		}
	}
	return false
}

// change runs a change of the collection that the screen itself makes.
func (s *Screen) change(do func(context.Context) error) error {
	s.busy.Store(true)
	defer s.busy.Store(false)
	return do(context.Background())
}

// failed says in the place of the grades what could not be done.
func (s *Screen) failed(err error, retry func()) {
	s.fault.show(s.o.Printer, err, retry)
	s.object.Layout.Layout(s.object.Objects, s.object.Size())
	s.paper.lift(s.fault.box.Size().Height + 16)
}

// faultLine is the red line above the grades.
type faultLine struct {
	box   *fyne.Container
	line  fyne.CanvasObject
	retry func()
	gone  func() // it was taken away
}

func (f *faultLine) show(p *i18n.Printer, err error, retry func()) {
	f.retry = retry
	again := kit.NewButton(p.T("study.retry"), kit.Secondary, retry)
	f.line = kit.NewErrorLine(p.Fault(err), "", again)
	f.box.Layout = whole{}
	f.box.Objects = []fyne.CanvasObject{f.line}
	f.box.Refresh()
}

func (f *faultLine) hide() {
	if f.line != nil {
		f.line, f.retry = nil, nil
		f.box.Objects = nil
		f.box.Refresh()
		f.gone()
	}
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	p := s.o.Printer
	return append([]nav.Hint{
		{Keys: []keys.Key{keys.Space, keys.Enter}, Text: p.T("study.key_show")},
		{Keys: []keys.Key{"1", "2", "3", "4"}, Text: p.T("study.key_grades")},
		{Keys: []keys.Key{keys.Space}, Text: p.T("study.key_good")},
		{Keys: []keys.Key{keys.CtrlEnter}, Text: p.T("study.key_save")},
		{Keys: []keys.Key{keys.E}, Text: p.T("study.edit")},
		{Keys: []keys.Key{keys.P}, Text: p.T("study.pause")},
		{Keys: []keys.Key{keys.F}, Text: p.T("study.flag")},
		{Keys: []keys.Key{keyS}, Text: p.T("study.skip")},
		{Keys: []keys.Key{keyH}, Text: p.T("study.hint")},
	}, s.remarkHints()...)
}
