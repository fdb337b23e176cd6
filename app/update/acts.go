package update

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/decks/collection"
	"lectern/decks/fault"
)

// install updates the deck beside the window, and leaves when it is done.
func (s *Screen) install() {
	if s.busy || s.made || s.same() {
		return
	}
	s.busy = true
	s.say(nil)
	ctx, cancel := context.WithCancel(context.Background())
	offer, decisions := s.o.Offer, s.decisions()
	step, ended := s.o.Nav.Wait(s.o.Printer.T("update.installing", "N", s.number()), cancel)
	s.o.Background(func() {
		res, err := s.o.Collection.Accept(ctx, offer, decisions, collection.Progress(step))
		fyne.Do(func() {
			cancel()
			ended()
			s.busy = false
			if err != nil {
				s.say(err)
				return
			}
			s.installed(res)
		})
	})
}

// say shows what went wrong over the panes; nil takes it away. What the student stopped
// himself is no news to him.
func (s *Screen) say(err error) {
	s.wrong.Objects = nil
	s.wrong.Hidden = err == nil || fault.Is(err, fault.Cancelled) || errors.Is(err, context.Canceled)
	if !s.wrong.Hidden {
		s.wrong.Objects = []fyne.CanvasObject{kit.NewErrorLine(s.o.Printer.Fault(err), err.Error(), nil)}
	}
	s.object.Refresh()
}

// installed leaves, and offers the way back.
func (s *Screen) installed(res collection.InstallResult) {
	p := s.o.Printer
	s.made = true
	deck := s.o.Offer.Shipment.Statement.Deck
	text, back := p.T("update.done", "N", s.number()), p.T("update.undo")
	if s.o.Offer.Back {
		text = p.T("update.done_back", "N", s.number())
	}
	if had := s.had(); had != "" {
		back = p.T("update.undo_to", "N", had)
	}
	s.o.Nav.Back()
	s.o.Nav.Toast(text, nav.Action{Text: back, Do: func() { s.undo(deck) }})
	if s.o.Done != nil {
		s.o.Done(res)
	}
}

// undo takes the update back, from its notice.
func (s *Screen) undo(deck string) {
	p := s.o.Printer
	s.o.Background(func() {
		_, err := s.o.Collection.UndoUpdate(context.Background(), deck)
		fyne.Do(func() {
			had := s.had()
			switch {
			case err != nil:
				s.o.Nav.Error(err)
			case had == "":
				s.o.Nav.Toast(p.T("update.undone"))
			default:
				s.o.Nav.Toast(p.T("update.undone_to", "N", had))
			}
		})
	})
}

// more is what else can be done with an offer.
func (s *Screen) more() []nav.Action {
	p, o := s.o.Printer, &s.o.Offer
	var items []nav.Action
	if s.small {
		items = append(items, nav.Action{Text: p.T("update.later"), Icon: "clock-counter-clockwise", Do: s.o.Nav.Back})
	}
	if had := s.had(); had != "" && !o.Back && !o.Local {
		items = append(items,
			nav.Action{Text: p.T("update.skip", "N", s.number()), Icon: "arrow-u-up-right", Do: s.skip},
			nav.Action{Text: p.T("update.pin", "N", had), Icon: "pause", Do: s.pin})
	}
	return items
}

// skip never offers this release again; the next one is.
func (s *Screen) skip() {
	st := s.o.Offer.Shipment.Statement
	s.following(s.o.Printer.T("update.skipped", "N", s.number()), func(f *collection.Following) {
		f.SkipEpoch, f.Skip = st.Epoch, st.Seq
	})
}

// pin stays at the release that is shown.
func (s *Screen) pin() {
	s.following(s.o.Printer.T("update.pinned", "N", s.had()), func(f *collection.Following) { f.Mode = collection.PinnedAt })
}

// following changes how the deck follows its author, and leaves.
func (s *Screen) following(said string, change func(*collection.Following)) {
	if s.busy || s.made {
		return
	}
	s.busy = true
	s.o.Background(func() {
		ctx := context.Background()
		sub, err := s.o.Collection.Subscription(ctx, s.o.Offer.Shipment.Statement.Deck)
		if err == nil {
			f := collection.Following{}
			if sub != nil {
				f = sub.Following
			}
			change(&f)
			err = s.o.Collection.Follow(ctx, s.o.Offer.Shipment.Statement.Deck, f)
		}
		fyne.Do(func() {
			s.busy = false
			if err != nil {
				s.say(err)
				return
			}
			s.made = true
			s.o.Nav.Back()
			s.o.Nav.Toast(said, nav.Action{Text: s.o.Printer.T("shell.undo"), Do: s.o.Nav.Undo})
		})
	})
}
