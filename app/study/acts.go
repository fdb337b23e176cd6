package study

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/decks"
	"lectern/decks/collection"
)

// menu lists what can be done with the card.
func (s *Screen) menu() {
	if s.card == nil {
		return
	}
	p := s.o.Printer
	flag := "study.flag"
	if s.card.Flag != 0 {
		flag = "study.unflag"
	}
	items := []nav.Action{
		{Text: p.T("study.edit"), Icon: "pencil-simple", Key: keys.E, Do: s.edit},
		{Text: p.T(flag), Icon: "flag", Key: keys.F, Do: s.flag},
		{Text: p.T("study.skip"), Icon: "calendar-blank", Key: keyS, Do: s.skip},
		{Text: p.T("study.pause"), Icon: "pause", Key: keys.P, Do: s.suspend},
	}
	items = append(items, s.remarkItems()...)
	place := nav.Action{Text: p.T("study.place"), Icon: "book-open", Divider: true, Do: s.openPlace}
	if !s.hasPlace() {
		place.Disabled = p.T("study.no_place")
	}
	items = append(items, place,
		nav.Action{Text: p.T("study.history"), Icon: "clock-counter-clockwise", Do: s.history},
		nav.Action{Text: p.T("study.undo"), Icon: "arrow-u-up-left", Key: keys.CtrlZ, Divider: true, Do: s.o.Nav.Undo})
	s.o.Nav.Menu(s.bar.more, items)
}

// undoAction is offered by the notice of an act.
func (s *Screen) undoAction() nav.Action {
	return nav.Action{Text: s.o.Printer.T("study.bring_back"), Key: keys.CtrlZ, Do: s.o.Nav.Undo}
}

// away takes the card out of the session by an act and goes on.
func (s *Screen) away(said string, act func(context.Context) error) {
	if err := s.change(act); err != nil {
		s.failed(err, func() { s.away(said, act) })
		return
	}
	s.next()
	s.o.Nav.Toast(s.o.Printer.T(said), s.undoAction())
}

// suspend keeps the card out of study until the student lets it in again.
func (s *Screen) suspend() {
	id := s.card.Card
	s.away("study.paused", func(ctx context.Context) error {
		return s.o.Collection.Suspend(ctx, []decks.CardID{id}, true)
	})
}

// skip keeps the card out of today.
func (s *Screen) skip() {
	id := s.card.Card
	s.away("study.skipped", func(ctx context.Context) error { return s.o.Collection.Skip(ctx, id) })
}

// flag marks the card, or takes its mark away.
func (s *Screen) flag() {
	flag := 1
	if s.card.Flag != 0 {
		flag = 0
	}
	err := s.change(func(ctx context.Context) error { return s.o.Collection.Flag(ctx, s.card.Card, flag) })
	if err != nil {
		s.failed(err, s.flag)
		return
	}
	s.fault.hide()
	s.card.Flag = flag
	s.paper.paint()
}

// leech says that a card is forgotten again and again, and whether it is paused
// for that, and offers to rewrite it while the session goes on.
func (s *Screen) leech(id decks.CardID, paused bool) {
	p := s.o.Printer
	text := p.T("study.leech")
	if paused {
		text = p.T("study.leech_paused")
	}
	if s.card == nil {
		s.o.Nav.Toast(text)
		return
	}
	s.o.Nav.Toast(text, nav.Action{Text: p.T("study.leech_show"), Do: func() { s.rewrite(id) }})
}

// rewrite edits a card, perhaps not the one in front, which then comes back.
func (s *Screen) rewrite(id decks.CardID) {
	if s.cancel == nil || s.card == nil || s.side == editing {
		return // another screen is in front, or other words are being written
	}
	back := s.card.Card
	if back != id {
		s.showCard(id)
		s.reveal()
	}
	s.edit()
	if back != id {
		s.back = back
	}
}

// history shows all answers to the card in a sheet.
func (s *Screen) history() {
	p := s.o.Printer
	reviews, err := s.o.Collection.History(context.Background(), s.card.Card)
	if err != nil {
		s.o.Nav.Error(err)
		return
	}
	body := kit.Column(0)
	for i := len(reviews) - 1; i >= 0; i-- {
		if len(body.Objects) > 0 {
			body.Add(kit.Rule())
		}
		body.Add(s.review(reviews[i]))
	}
	if len(reviews) == 0 {
		body.Add(kit.NewLabel(p.T("study.no_history"), kit.Body, theme.Muted))
	}
	s.o.Nav.Sheet(p.T("study.history"), body)
}

// review is a line of the history: when, the grade, how long it took, and when
// the card was due after it.
func (s *Screen) review(r collection.Review) fyne.CanvasObject {
	p := s.o.Printer
	level := int(r.Grade)
	word := kit.NewText(p.T("study.grade_"+strconv.Itoa(level)), kit.Body.Strong(), kit.GradeColour(level))
	next := ""
	switch wait := r.Due.Sub(r.At); {
	case r.Undone:
		word.Colour = theme.Muted
		next = p.T("study.taken_back")
	case wait > 0:
		next = p.Wait(wait.Round(time.Minute))
	}
	when := p.DateFrom(s.o.Now(), r.At)
	seconds := int((r.TookMS + 500) / 1000)
	took := kit.NewText(p.T("study.seconds", "N", p.Int(seconds)), kit.Body, theme.Muted)
	took.Align = fyne.TextAlignTrailing
	return kit.Pad(kit.Sides(10, 0), kit.Row(12, kit.Middle,
		kit.Icon(kit.GradeIcon(level), 20, word.Colour),
		kit.Fixed(96, 0, word),
		kit.Flex(kit.NewText(when+", "+p.Clock(r.At), kit.Body, theme.Ink)),
		kit.NewText(next, kit.Body, theme.Muted),
		kit.Fixed(64, 0, took),
	))
}
