// Package importer is the screen on which a lecture page becomes a deck: the
// page on one side with what was found marked in it, the cards on the other.
// Everything found can be unticked, edited, joined; a click on a line of the
// page makes it a card.
package importer

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/lecture"
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
	o      Options
	draft  *draft
	old    *decks.Deck // made of this page before; nil the first time
	preset scheduler.Preset
	at     int   // the chosen card, -1 for none
	lines  []int // blocks of the page that are marked, in order

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
	s := &Screen{o: o, draft: newDraft(o.Page, o.Found), at: -1}
	p := o.Printer
	if s.draft.title == "" {
		s.draft.title = strings.TrimSpace(o.Origin.Name)
	}
	ctx := context.Background()
	old, found, err := o.Collection.FindPage(ctx, o.Origin)
	if err == nil && found && s.draft.against(old).deck.ID == old.ID {
		s.old = &old
		s.draft.title = old.Title
	}
	if s.preset, err = o.Collection.Preset(ctx); err != nil {
		s.preset = scheduler.DefaultPreset() // shown only; it is read again before it is changed
	}
	s.create = kit.NewButton("", kit.Primary, s.finish).WithKey(keys.CtrlEnter)
	s.cancel = kit.NewButton(p.T("import.cancel"), kit.Quiet, o.Nav.Back)
	s.left, s.right = newPageView(s), newCardView(s)
	s.cards = len(s.draft.cards) > 0
	side := 0
	if s.cards {
		side, s.at = 1, 0
	}
	s.pane = kit.NewSegment([]string{p.T("import.side_page"), p.T("import.side_cards")}, side, func(i int) {
		s.cards = i == 1
		s.object.Refresh()
	})
	s.object = &fyne.Container{Layout: &panes{s}, Objects: []fyne.CanvasObject{s.left.sheet, s.right.sheet, s.pane}}
	s.left.roll.OnScrolled(func(y float32) { s.follow(y, s.left, s.right, s.left.roll, s.right.roll) })
	s.right.roll.OnScrolled(func(y float32) { s.follow(y, s.right, s.left, s.right.roll, s.left.roll) })
	s.refresh()
	return s
}

// follow keeps the panes together.
func (s *Screen) follow(y float32, a, b pane, aRoll, bRoll *kit.Scroll) {
	if !s.small {
		follow(len(s.draft.cards), y, a, b, aRoll, bRoll)
	}
}

// update is what the draft does to the deck made of the page before; nil for a
// new deck.
func (s *Screen) update() *update {
	if s.old == nil {
		return nil
	}
	u := s.draft.against(*s.old)
	return &u
}

// refresh draws the draft anew: its cards have changed.
func (s *Screen) refresh() {
	s.left.show()
	s.right.show(s.update())
	s.button()
}

// count shows what follows from the ticks, which changed.
func (s *Screen) count() {
	if s.old != nil {
		s.right.show(s.update())
	} else {
		s.right.count(nil)
	}
	s.button()
}

// button says what Ctrl Enter does, or why it does nothing.
func (s *Screen) button() {
	p := s.o.Printer
	on, _ := s.draft.count()
	key := "import.create"
	if s.old != nil {
		key = "import.update"
	}
	why := ""
	if on == 0 {
		why = p.T("import.nothing_ticked")
	} else if _, ok := s.right.newPerDay(); !ok {
		why = p.T("import.wrong_per_day")
	}
	if text := p.N(key, on); text != s.create.Text || s.create.Enabled() != (why == "") {
		s.create.Set(text)
		s.create.SetDisabled(why)
		s.o.Nav.RefreshBar()
	}
}

// choose selects a card in both panes.
func (s *Screen) choose(i int) {
	if i < 0 || i >= len(s.draft.cards) {
		return
	}
	s.at = i
	if len(s.lines) > 0 {
		s.lines = nil
		s.left.mark()
	}
	s.left.choose(i)
	s.right.choose(i)
}

// press chooses a card, and opens one that is chosen.
func (s *Screen) press(i int) {
	if s.at == i {
		s.edit(i)
		return
	}
	s.choose(i)
}

// menu offers what can be done with a card.
func (s *Screen) menu(at fyne.CanvasObject, i int) {
	p := s.o.Printer
	s.choose(i)
	take := nav.Action{Text: p.T("import.take"), Icon: "check", Key: keys.Space, Do: func() { s.tick(i, true) }}
	if s.draft.cards[i].on {
		take = nav.Action{Text: p.T("import.leave_out"), Icon: "x", Key: keys.Space, Do: func() { s.tick(i, false) }}
	}
	items := []nav.Action{{Text: p.T("import.edit"), Icon: "pencil-simple", Key: keys.Enter, Do: func() { s.edit(i) }}, take}
	if i > 0 {
		items = append(items, nav.Action{Text: p.T("import.join"), Icon: "git-merge", Key: keys.M, Do: s.join})
	}
	s.o.Nav.Menu(at, items)
}

func (s *Screen) tick(i int, on bool) {
	s.draft.cards[i].on = on
	s.dirty = true
	s.left.tick(i)
	s.right.tick(i)
	s.choose(i)
	s.count()
}

// tickGroup takes or leaves the whole section of a card.
func (s *Screen) tickGroup(i int, on bool) {
	from, to := s.draft.span(i)
	for c := from; c < to; c++ {
		s.draft.cards[c].on = on
		s.left.tick(c)
		s.right.tick(c)
	}
	s.dirty = true
	s.count()
}

// line answers a click on a block of the page: it chooses its card or becomes
// one.
func (s *Screen) line(block int) {
	if i := s.draft.of(block); i >= 0 {
		s.choose(i)
		return
	}
	s.at, s.lines = s.draft.add(block), nil
	s.dirty = true
	s.refresh()
}

// toggle marks a line of the page, or takes its mark away.
func (s *Screen) toggle(block int) {
	if k := slices.Index(s.lines, block); k >= 0 {
		s.lines = slices.Delete(s.lines, k, k+1)
	} else {
		s.lines = slices.Sorted(slices.Values(append(s.lines, block)))
	}
	s.left.mark()
}

// stretch marks one more or one less of the lines under the chosen card.
func (s *Screen) stretch(by int) {
	if s.at < 0 {
		return
	}
	below := s.draft.below(s.at)
	s.lines = below[:min(max(0, len(s.lines)+by), len(below))]
	s.left.mark()
	if n := len(s.lines); n > 0 {
		if item := s.left.lines[s.lines[n-1]]; item != nil {
			reveal(s.left.roll, item, s.left.body)
		}
	}
}

// answer makes lines of the page the chosen card's answer: those given, those
// marked, or the next one.
func (s *Screen) answer(blocks ...int) {
	if s.at < 0 {
		return
	}
	if len(blocks) == 0 {
		blocks = s.lines
	}
	if len(blocks) == 0 {
		below := s.draft.below(s.at)
		blocks = below[:min(1, len(below))]
	}
	if len(blocks) == 0 {
		return
	}
	s.draft.answer(s.at, blocks...)
	s.lines = nil
	s.dirty = true
	s.refresh()
}

// join makes the chosen card part of the one above it.
func (s *Screen) join() {
	if s.draft.join(s.at) {
		s.at--
		s.lines = nil
		s.dirty = true
		s.refresh()
	}
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
	s.o.Nav.Form(nav.Form{
		Title: p.T("import.edit_title"), Content: body, First: question.Focusable(), Save: p.T("import.save"),
		Dirty: func() bool { return question.Text() != it.Prompt || answer.Text() != it.Answer },
		Keep: func() error {
			if strings.TrimSpace(question.Text()) == "" {
				return fault.New(fault.EmptyQuestion, nil)
			}
			it.Prompt, it.Answer = strings.TrimSpace(question.Text()), strings.TrimSpace(answer.Text())
			s.dirty = true
			s.refresh()
			return nil
		},
	})
}

// finish makes the deck and leaves.
func (s *Screen) finish() {
	if !s.create.Enabled() {
		return
	}
	ctx := context.Background()
	s.draft.title = strings.TrimSpace(s.right.name.Text())
	deck := s.draft.deck()
	if u := s.update(); u != nil {
		deck = u.deck
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
		s.join()
	case keys.A:
		s.answer()
	case keys.ShiftDown:
		s.stretch(1)
	case keys.ShiftUp:
		s.stretch(-1)
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
		{Keys: []keys.Key{keys.ShiftUp, keys.ShiftDown}, Text: p.T("import.key_lines")},
		{Keys: []keys.Key{keys.A}, Text: p.T("import.key_answer")},
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
