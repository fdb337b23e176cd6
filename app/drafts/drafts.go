// Package drafts is the screen of drafts of answers: the questions of a deck
// that lack one, what would be sent to the service and where, and then each
// draft beside the places of the lecture that it rests on, to be accepted,
// changed or rejected.
//
// Nothing is sent before the user has had the whole text before him and has
// pressed the button that says so. A draft is no answer until he accepts it.
package drafts

import (
	"context"

	"fyne.io/fyne/v2"

	"lectern/app/cardview"
	"lectern/app/follow"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/content"
	"lectern/decks/draft"
)

// Collection is what the screen reads and changes.
type Collection interface {
	draft.Settings
	Deck(ctx context.Context, id string) (decks.Deck, error)
	Drafts(ctx context.Context, deck string) ([]collection.DraftRow, error)
	KeepDrafts(context.Context, []decks.Draft) error
	AcceptDraft(ctx context.Context, note, text string) error
	RejectDraft(ctx context.Context, note string) error
	Subscribe(func(collection.Change)) (cancel func())
}

// Options are what the screen needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Deck       string // id
	Section    string // only its questions; "" is the whole deck

	// Lecture reads the lecture that the deck was made of; kept is false when
	// there is none.
	Lecture func(ctx context.Context, deck string) (l draft.Lecture, kept bool, err error)
	// Key finds the service's key, "" where it needs none.
	Key func(context.Context, draft.Config) (string, error)
	// SetUp shows where the service is chosen.
	SetUp func()
	// Draw makes a card's text; nil draws it without formulas and pictures.
	Draw       func(content.Document, cardview.Style) fyne.CanvasObject
	Background func(func()) // runs the work; nil is a goroutine of its own
}

// view is what the screen shows.
type view int

const (
	loading   view = iota
	said           // a sentence: why there is nothing to do
	offering       // what would be sent
	running        // it is being sent
	reviewing      // the drafts
)

// Screen shows the drafts of a deck.
type Screen struct {
	o      Options
	config draft.Config
	deck   decks.Deck
	rows   []collection.DraftRow
	open   []draft.Question // that have neither an answer nor a draft

	lecture draft.Lecture
	kept    bool // there is a lecture
	read    bool // it was looked for

	view    view
	more    bool // the user wants to ask for more, though drafts wait
	brought string
	err     error
	gen     int
	follow  follow.Changes
	small   bool
	stop    func() // ends what is being sent

	object *fyne.Container
	offer  *offer
	review *review
	work   *work
}

// New makes the screen; it reads the collection when it is shown.
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
	s := &Screen{o: o, stop: func() {}}
	s.offer, s.review, s.work = newOffer(s), newReview(s), newWork(s)
	s.object = &fyne.Container{Layout: &desk{s}}
	return s
}

// Shown reads the deck, now and after each change of it.
func (s *Screen) Shown() {
	s.follow.Hear(s.o.Collection.Subscribe, func(c collection.Change) {
		if c.Drafts || c.Texts || c.Decks || c.All {
			s.Reload()
		}
	})
	s.Reload()
}

// Hidden stops what is being sent; what was drafted is kept.
func (s *Screen) Hidden() {
	s.gen++
	s.follow.Stop()
	s.halt()
}

// Reload reads the deck, its drafts and, once, its lecture.
func (s *Screen) Reload() {
	if !s.follow.On() || s.view == running {
		return
	}
	s.gen++
	gen, read, lecture, kept := s.gen, s.read, s.lecture, s.kept
	s.o.Background(func() {
		ctx := context.Background()
		config, err := draft.Load(ctx, s.o.Collection)
		var deck decks.Deck
		if err == nil {
			deck, err = s.o.Collection.Deck(ctx, s.o.Deck)
		}
		var rows []collection.DraftRow
		if err == nil {
			rows, err = s.o.Collection.Drafts(ctx, s.o.Deck)
		}
		if err == nil && !read && !config.Off() {
			lecture, kept, err = s.o.Lecture(ctx, s.o.Deck)
		}
		fyne.Do(func() {
			if gen != s.gen {
				return
			}
			s.config, s.deck, s.rows = config, deck, rows
			if err != nil {
				s.err = err
			} else {
				s.lecture, s.kept, s.read = lecture, kept, read || !config.Off()
			}
			s.sort()
			s.show()
		})
	})
}

// sort finds the questions that lack both an answer and a draft.
func (s *Screen) sort() {
	waits := map[string]bool{}
	rows := s.rows[:0]
	for _, r := range s.rows {
		waits[r.Note] = true
		if s.o.Section == "" || s.sectionOf(r.Note) == s.o.Section {
			rows = append(rows, r)
		}
	}
	s.rows, s.open = rows, nil
	for _, n := range s.deck.Notes {
		if n.NeedsAnswer() && !waits[n.ID] && (s.o.Section == "" || n.Section == s.o.Section) {
			s.open = append(s.open, draft.Question{ID: n.ID, Text: n.Text(decks.Front)})
		}
	}
}

func (s *Screen) sectionOf(note string) string {
	for _, n := range s.deck.Notes {
		if n.ID == note {
			return n.Section
		}
	}
	return ""
}

// show chooses what is shown and shows it.
func (s *Screen) show() {
	was := s.view
	switch {
	case len(s.rows) > 0 && !s.more:
		s.view = reviewing
	case s.config.Off() || len(s.open) == 0 || !s.kept:
		s.view = said
	default:
		s.view = offering
	}
	switch s.view {
	case reviewing:
		s.object.Objects = s.review.show()
	case offering:
		s.object.Objects = s.offer.show()
	default:
		s.object.Objects = []fyne.CanvasObject{s.sentence()}
	}
	s.o.Nav.RefreshBar()
	s.object.Refresh()
	if was != s.view {
		s.focus()
	}
}

// focus puts the keyboard into the list that is shown.
func (s *Screen) focus() {
	switch s.view {
	case reviewing:
		s.o.Nav.Focus(s.review.list)
	case offering:
		s.o.Nav.Focus(s.offer.list)
	default:
		s.o.Nav.Focus(nil)
	}
}

// sentence says why there is nothing to choose from, and what can be done.
func (s *Screen) sentence() fyne.CanvasObject {
	p := s.o.Printer
	title, why, button := "", "", fyne.CanvasObject(nil)
	switch {
	case s.err != nil:
	case s.config.Off():
		title, why = p.T("drafts.off"), p.T("drafts.off_why")
		button = kit.NewButton(p.T("drafts.set_up"), kit.Primary, s.o.SetUp).WithKey(keys.Enter)
	case len(s.open) == 0:
		title, why = p.T("drafts.all_answered"), p.T("drafts.all_answered_why")
	case !s.kept:
		title, why = p.T("drafts.no_lecture"), p.T("drafts.no_lecture_why")
	}
	col := kit.Column(0)
	s.notices(col)
	if title != "" {
		inner := kit.Column(0, kit.NewLabel(title, kit.Heading, theme.Ink), kit.Gap(0, 8), kit.NewLabel(why, kit.Body, theme.Muted))
		if button != nil {
			inner.Add(kit.Gap(0, 24))
			inner.Add(kit.Row(0, kit.Middle, button, kit.Spring()))
		}
		col.Add(kit.NewSheet(kit.Sides(32, 40), inner))
	}
	return kit.Limit(theme.SheetWidth, col)
}

// notices adds what the latest run brought, and what went wrong.
func (s *Screen) notices(col *fyne.Container) {
	p := s.o.Printer
	if s.err != nil {
		again := kit.NewButton(p.T("drafts.again"), kit.Secondary, func() {
			s.err = nil
			s.Reload()
		})
		col.Add(kit.NewErrorLine(p.Fault(s.err), s.err.Error(), again))
		col.Add(kit.Gap(0, 16))
	}
	if s.brought != "" {
		col.Add(kit.NewNotice(kit.Active, "check", "", s.brought, nil))
		col.Add(kit.Gap(0, 16))
	}
}

// Key acts on a press.
func (s *Screen) Key(k keys.Key) bool {
	switch s.view {
	case offering:
		return s.offer.key(k)
	case reviewing:
		return s.review.key(k)
	case running:
		if k == keys.Esc {
			s.halt()
			return true
		}
	case said:
		if k == keys.Enter && s.config.Off() && s.err == nil {
			s.o.SetUp()
			return true
		}
	}
	return false
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	p := s.o.Printer
	switch s.view {
	case offering:
		return []nav.Hint{
			{Keys: []keys.Key{keys.Up, keys.Down}, Text: p.T("drafts.key_choose")},
			{Keys: []keys.Key{keys.Space}, Text: p.T("drafts.key_tick")},
			{Keys: []keys.Key{keys.Left, keys.Right}, Text: p.T("drafts.key_part")},
			{Keys: []keys.Key{keys.CtrlEnter}, Text: p.T("drafts.key_send")},
		}
	case reviewing:
		return []nav.Hint{
			{Keys: []keys.Key{keys.Up, keys.Down}, Text: p.T("drafts.key_draft")},
			{Keys: []keys.Key{keys.Enter}, Text: p.T("drafts.accept")},
			{Keys: []keys.Key{keys.E}, Text: p.T("drafts.edit")},
			{Keys: []keys.Key{keys.Delete}, Text: p.T("drafts.reject")},
		}
	}
	return nil
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar {
	p := s.o.Printer
	bar := nav.Bar{Title: p.T("drafts.title")}
	if !s.small {
		bar.Subtitle = kit.Body.Elide(s.deck.Title, 240)
	}
	switch s.view {
	case offering:
		s.offer.bar(&bar)
	case reviewing:
		s.review.bar(&bar)
	}
	return bar
}

// Fit makes one pane of two in a small window.
func (s *Screen) Fit(small bool) {
	s.small = small
	if s.view == reviewing {
		s.review.turn()
	}
	s.o.Nav.RefreshBar()
	s.object.Refresh()
}

// CanLeave asks while something is being sent: leaving stops it.
func (s *Screen) CanLeave() (bool, nav.Question) {
	p := s.o.Printer
	if s.view != running {
		return true, nav.Question{}
	}
	return false, nav.Question{
		Title: p.T("drafts.leave"), Text: p.T("drafts.leave_text"), Yes: nav.Action{Text: p.T("drafts.stop")},
	}
}

// desk places the panes: two side by side, one in a small window; anything else
// in the middle.
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
		o.Move(fyne.NewPos(x, top))
		o.Resize(fyne.NewSize(wide, high))
	}
	switch {
	case len(objects) == 3 && d.s.small:
		h := kit.HeightFor(objects[0], wide)
		place(objects[0], x, wide, h)
		top += h
		first := d.s.first()
		for i, o := range objects[1:] {
			o.Hide()
			if (i == 0) == first {
				o.Show()
				place(o, x, wide, size.Height-top)
			}
		}
	case len(objects) == 3:
		h := kit.HeightFor(objects[0], wide)
		place(objects[0], x, wide, h)
		top += h
		objects[1].Show()
		objects[2].Show()
		place(objects[1], x, leftWide, size.Height-top)
		place(objects[2], x+leftWide+gutter, wide-leftWide-gutter, size.Height-top)
	case len(objects) == 1:
		place(objects[0], x, wide, min(size.Height-top, kit.HeightFor(objects[0], wide)))
	}
}

// first tells which of two panes a small window shows.
func (s *Screen) first() bool {
	if s.view == offering {
		return s.offer.pane == 0
	}
	return false
}
