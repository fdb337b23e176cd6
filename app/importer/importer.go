// Package importer is the screen on which a lecture page becomes a deck: the
// page on one side with what was found marked in it, the cards on the other.
// Everything found can be unticked, edited, joined; a click on a line of the
// page makes it a card.
package importer

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/lecture"
	"lectern/decks/merge"
	"lectern/scheduler"
)

// Collection is what the screen reads and changes.
type Collection interface {
	FindPage(context.Context, collection.Origin) (decks.Deck, bool, error)
	Install(context.Context, decks.Deck, collection.InstallOptions) (collection.InstallResult, error)
	Preset(context.Context) (scheduler.Preset, error)
	SetPreset(context.Context, scheduler.Preset) error
}

// Options are what the screen needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer

	Page   *lecture.Page
	Found  *lecture.Extraction
	Origin collection.Origin
	Text   string // of the page, kept with the deck

	Done func(collection.InstallResult) // the deck is there; the screen has left
}

// Screen is the import of one page.
type Screen struct {
	o     Options
	draft *draft
	old   *decks.Deck // made of this page before; nil the first time
	at    int         // the chosen card, -1 for none

	object *fyne.Container
	left   *pageView
	right  *cardView
	create *kit.Button
	cancel *kit.Button
	pane   *kit.Segment // in a small window: which side is seen
	small  bool
	cards  bool // in a small window the cards are seen
	dirty  bool
	made   bool
}

// New makes the screen of a page that was read.
func New(o Options) *Screen {
	s := &Screen{o: o, draft: newDraft(o.Page, o.Found), at: -1, cards: true}
	p := o.Printer
	if s.draft.title == "" {
		s.draft.title = strings.TrimSpace(o.Origin.Name)
	}
	if old, found, err := o.Collection.FindPage(context.Background(), o.Origin); err == nil && found {
		s.old = &old
		s.draft.title = old.Title
	}
	s.create = kit.NewButton("", kit.Primary, s.finish).WithKey(keys.CtrlEnter)
	s.cancel = kit.NewButton(p.T("import.cancel"), kit.Quiet, o.Nav.Back)
	s.left, s.right = newPageView(s), newCardView(s)
	s.pane = kit.NewSegment([]string{p.T("import.side_page"), p.T("import.side_cards")}, 1, func(i int) {
		s.cards = i == 1
		s.object.Refresh()
	})
	s.object = &fyne.Container{Layout: &panes{s}, Objects: []fyne.CanvasObject{s.left.sheet, s.right.sheet, s.pane}}
	if len(s.draft.cards) > 0 {
		s.at = 0
	}
	s.refresh()
	return s
}

// refresh shows the draft as it is now.
func (s *Screen) refresh() {
	p := s.o.Printer
	on, _ := s.draft.count()
	if s.old != nil {
		s.create.Set(p.N("import.update", on))
	} else {
		s.create.Set(p.N("import.create", on))
	}
	why := ""
	if on == 0 {
		why = p.T("import.nothing_ticked")
	}
	s.create.SetDisabled(why)
	s.left.show()
	s.right.show()
	s.o.Nav.RefreshBar()
}

// choose selects a card in both panes.
func (s *Screen) choose(i int) {
	if i < 0 || i >= len(s.draft.cards) {
		return
	}
	s.at = i
	s.left.choose(i)
	s.right.choose(i)
}

func (s *Screen) tick(i int, on bool) {
	s.draft.cards[i].on = on
	s.dirty = true
	s.at = i
	s.refresh()
}

// line answers a click on a block of the page: it chooses its card or becomes
// one.
func (s *Screen) line(block int) {
	if i := s.draft.of(block); i >= 0 {
		s.choose(i)
		return
	}
	s.at = s.draft.add(block)
	s.dirty = true
	s.refresh()
}

// edit opens the chosen card's texts.
func (s *Screen) edit(i int) {
	if i < 0 || i >= len(s.draft.cards) {
		return
	}
	p := s.o.Printer
	it := &s.draft.cards[i].item
	question := kit.NewArea(kit.RowText, 4, it.Prompt, p.T("import.question"), nil)
	answer := kit.NewArea(kit.RowText, 6, it.Answer, p.T("import.answer_hint"), nil)
	body := kit.Column(6,
		kit.NewText(p.T("import.question"), kit.Caption, theme.Muted), question,
		kit.Gap(0, 6),
		kit.NewText(p.T("import.answer"), kit.Caption, theme.Muted), answer,
	)
	var closeSheet func()
	save := func() {
		if strings.TrimSpace(question.Text()) != "" {
			it.Prompt, it.Answer = strings.TrimSpace(question.Text()), strings.TrimSpace(answer.Text())
			s.dirty = true
			s.refresh()
		}
		closeSheet()
	}
	closeSheet = s.o.Nav.Sheet(p.T("import.edit_title"), body, nav.Action{Text: p.T("import.save"), Key: keys.CtrlEnter, Do: save})
	s.o.Nav.Focus(question.Focusable())
}

// finish makes the deck and leaves.
func (s *Screen) finish() {
	if on, _ := s.draft.count(); on == 0 {
		return
	}
	ctx := context.Background()
	s.draft.title = strings.TrimSpace(s.right.name.Text())
	deck := s.draft.deck()
	if s.old != nil {
		deck, _ = merge.Adopt(*s.old, deck)
		deck.Title = s.draft.title
	}
	if err := s.perDay(ctx); err != nil {
		s.o.Nav.Error(err)
		return
	}
	result, err := s.o.Collection.Install(ctx, deck, collection.InstallOptions{Origin: s.o.Origin, PageText: s.o.Text})
	if err != nil {
		s.o.Nav.Error(err)
		return
	}
	s.made = true
	s.o.Done(result)
}

// perDay keeps the number of new cards a day, if it was changed.
func (s *Screen) perDay(ctx context.Context) error {
	n, ok := s.right.newPerDay()
	if !ok {
		return nil
	}
	preset, err := s.o.Collection.Preset(ctx)
	if err != nil || preset.NewPerDay == n {
		return err
	}
	preset.NewPerDay = n
	return s.o.Collection.SetPreset(ctx, preset)
}

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar {
	p := s.o.Printer
	title := p.T("import.title")
	if s.old != nil {
		title = p.T("import.title_update", "Deck", s.old.Title)
	}
	return nav.Bar{Title: title, Actions: []fyne.CanvasObject{s.cancel, s.create}}
}

// Key walks the cards, takes and leaves them, edits, joins, creates.
func (s *Screen) Key(k keys.Key) bool {
	switch k {
	case keys.Up:
		s.choose(max(0, s.at-1))
	case keys.Down:
		s.choose(min(len(s.draft.cards)-1, s.at+1))
	case keys.Space:
		if s.at >= 0 {
			s.tick(s.at, !s.draft.cards[s.at].on)
		}
	case keys.Enter:
		s.edit(s.at)
	case keys.M:
		if s.draft.join(s.at) {
			s.at--
			s.dirty = true
			s.refresh()
		}
	case keys.CtrlEnter:
		s.finish()
	default:
		return false
	}
	return true
}

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint {
	p := s.o.Printer
	return []nav.Hint{
		{Keys: []keys.Key{keys.Up, keys.Down}, Text: p.T("import.key_choose")},
		{Keys: []keys.Key{keys.Space}, Text: p.T("import.key_tick")},
		{Keys: []keys.Key{keys.Enter}, Text: p.T("import.key_edit")},
		{Keys: []keys.Key{keys.M}, Text: p.T("import.key_join")},
		{Keys: []keys.Key{keys.CtrlEnter}, Text: p.T("import.key_create")},
	}
}

// Shown is for nav.Screen.
func (s *Screen) Shown() { s.o.Nav.Focus(nil) }

// Hidden is for nav.Screen.
func (s *Screen) Hidden() {}

// Fit shows one pane at a time in a small window.
func (s *Screen) Fit(small bool) {
	s.small = small
	s.object.Refresh()
}

// CanLeave asks when work would be lost.
func (s *Screen) CanLeave() (bool, nav.Question) {
	if !s.dirty || s.made {
		return true, nav.Question{}
	}
	p := s.o.Printer
	return false, nav.Question{Title: p.T("import.leave_title"), Text: p.T("import.leave_text"), Yes: nav.Action{Text: p.T("import.leave")}}
}
