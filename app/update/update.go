// Package update is the screen on which a student meets a new release of a deck
// that is there: what the author changed, word by word, what of the student's own
// it touches, and what it does to the coming days. Nothing has to be decided:
// updated at once, every text that both wrote keeps both.
//
// The same screen leads back to an earlier release, in its own words.
package update

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/cardview"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/decks/merge"
)

// Collection is what the screen reads and changes.
type Collection interface {
	Accept(context.Context, collection.Offer, collection.Decisions, collection.Progress) (collection.InstallResult, error)
	UndoUpdate(ctx context.Context, deck string) (collection.OpInfo, error)
	Subscription(ctx context.Context, deck string) (*collection.Subscription, error)
	Follow(ctx context.Context, deck string, f collection.Following) error
}

// Options are what the screen needs.
type Options struct {
	Collection Collection
	Nav        nav.Navigator
	Printer    *i18n.Printer
	Texts      cardview.Options // how texts are drawn
	// Elsewhere draws the pictures of the release, which are not in the collection
	// yet: that of a drawing.Drawer. May be nil.
	Elsewhere func(where string, read func(src string) (name string, data []byte, err error)) cardview.Pictures

	Offer collection.Offer // of a deck that is there
	Now   func() time.Time // nil is time.Now

	// Done is told of an update that was installed, after the screen has left and
	// said so itself. May be nil.
	Done func(collection.InstallResult)

	Background func(func()) // runs what takes a while; nil is a goroutine of its own
}

// Screen is the offer of a release.
type Screen struct {
	o     Options
	texts cardview.Options // with the pictures of the release

	// What the student said; the rest is as it comes.
	chosen map[collection.TextOf]merge.Choice
	left   map[string]bool // notes that stay as they are
	follow map[string]bool // notes that were kept so far and are no longer
	asNew  bool

	busy bool // something is being written
	made bool

	rows  *rowView
	page  *pageView
	apply *kit.Button
	pane  *kit.Segment // in a narrow window: which side is seen
	wrong *fyne.Container

	small  bool
	narrow bool
	second bool // in a narrow window the change is seen, not the list
	object *fyne.Container
}

// New makes the screen of an offer for a deck that is there.
func New(o Options) *Screen {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Screen{o: o, chosen: map[collection.TextOf]merge.Choice{}, left: map[string]bool{}, follow: map[string]bool{}}
	s.texts = withPictures(o)
	p := o.Printer
	word := p.T("update.apply")
	if o.Offer.Back {
		word = p.T("update.back_to", "N", s.number())
	}
	s.apply = kit.NewButton(word, kit.Primary, s.install).WithKey(keys.CtrlEnter)
	s.rows, s.page = newRowView(s), newPageView(s)
	s.pane = kit.NewSegment([]string{p.T("update.side_list"), p.T("update.side_change")}, 0, func(i int) { s.turn(i == 1) })
	s.wrong = kit.Column(0)
	s.wrong.Hide()
	s.object = &fyne.Container{Layout: &panes{s}, Objects: []fyne.CanvasObject{s.rows.sheet, s.page.sheet, s.pane, s.wrong}}
	s.rows.list.Set(s.rows.count(), 0)
	s.page.show(s.shown())
	return s
}

// same tells whether there is nothing to update.
func (s *Screen) same() bool { return s.o.Offer.Same }

// number is the release that is offered.
func (s *Screen) number() string { return s.o.Printer.Int(int(s.o.Offer.Shipment.Statement.Seq)) }

// had is the release that is shown now, "" when no author has signed it.
func (s *Screen) had() string {
	if s.o.Offer.Installed == nil {
		return ""
	}
	return s.o.Printer.Int(int(s.o.Offer.Installed.Seq))
}

// shown is the row that is chosen, nil for what is new as a whole.
func (s *Screen) shown() *merge.Row {
	if i := s.rows.list.At(); i > 0 {
		return &s.o.Offer.Update.Rows[i-1]
	}
	return nil
}

// turn shows the list or the change in a narrow window.
func (s *Screen) turn(second bool) {
	s.second = second
	on := 0
	if second {
		on = 1
	}
	s.pane.Set(on)
	s.object.Refresh()
}

// decided says how a text comes out: what was chosen, or what is chosen at first.
func (s *Screen) decided(note string, t *merge.TextChange) merge.Choice {
	if c, ok := s.chosen[collection.TextOf{Note: note, Field: t.Field}]; ok {
		return c
	}
	if t.Mark == merge.AskQuietly || !offers(t, merge.ChooseBoth) {
		return merge.ChooseMine // what the student cleared or wrote alone stays
	}
	return merge.ChooseBoth
}

// textKey names a text of a row.
func textKey(r *merge.Row, t *merge.TextChange) collection.TextOf {
	return collection.TextOf{Note: r.Note, Field: t.Field}
}

// choiceKeys are the keys of the three ways.
var choiceKeys = map[merge.Choice]keys.Key{merge.ChooseMine: "1", merge.ChooseTheirs: "2", merge.ChooseBoth: "3"}

// decide chooses a text that both wrote.
func (s *Screen) decide(r *merge.Row, t *merge.TextChange, c merge.Choice) {
	s.chosen[textKey(r, t)] = c
	s.page.paint()
}

// decideAll chooses every text of the row that both wrote.
func (s *Screen) decideAll(r *merge.Row, c merge.Choice) {
	for i := range r.Texts {
		if t := &r.Texts[i]; t.Mark.Asks() && offers(t, c) {
			s.chosen[textKey(r, t)] = c
		}
	}
	s.page.paint()
}

// offers tells whether a choice is one of a text: both are not where they would be the
// one or the other.
func offers(t *merge.TextChange, c merge.Choice) bool {
	if c != merge.ChooseBoth {
		return true
	}
	both := merge.Joined(t.Edit.Base, t.New, t.Edit.Value)
	return both != t.New && both != t.Edit.Value
}

// plain tells whether a row can be taken or skipped as a whole.
func plain(r *merge.Row) bool {
	if r.Kept || r.Frozen {
		return true
	}
	return r.Kind == merge.RowNew || r.Kind == merge.RowRetired || r.Kind == merge.RowChanged && !r.Asks()
}

// taken tells whether a row is.
func (s *Screen) taken(r *merge.Row) bool {
	if r.Kept || r.Frozen {
		return s.follow[r.Note]
	}
	return !s.left[r.Note]
}

// take takes a row or skips it.
func (s *Screen) take(r *merge.Row, on bool) {
	if !plain(r) || s.same() {
		return
	}
	switch {
	case r.Kept || r.Frozen:
		s.follow[r.Note] = on
	default:
		s.left[r.Note] = !on
	}
	s.rows.list.Renew()
	s.page.paint()
}

// takeAll takes every change, but for the notes that the student keeps.
func (s *Screen) takeAll() {
	clear(s.left)
	s.rows.list.Renew()
	s.page.paint()
}

// decisions are what the student said, in full.
func (s *Screen) decisions() collection.Decisions {
	d := collection.Decisions{Texts: map[collection.TextOf]merge.Choice{}, Undecided: merge.ChooseBoth,
		Leave: map[string]bool{}, Follow: map[string]bool{}, AsNew: s.asNew}
	for i := range s.o.Offer.Update.Rows {
		r := &s.o.Offer.Update.Rows[i]
		if s.left[r.Note] {
			d.Leave[r.Note] = true
		}
		if s.follow[r.Note] {
			d.Follow[r.Note] = true
		}
		for k := range r.Texts {
			of := textKey(r, &r.Texts[k])
			if c, ok := s.chosen[of]; ok {
				d.Texts[of] = c
			} else if r.Asks() && r.Texts[k].Mark.Asks() {
				d.Texts[of] = s.decided(r.Note, &r.Texts[k])
			}
		}
	}
	return d
}
