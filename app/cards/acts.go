package cards

import (
	"context"
	"maps"
	"math"
	"slices"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/decks"
	"lectern/decks/collection"
)

// several tells how many rows are chosen.
func (s *Screen) several() int {
	from, to := s.list.table.Range()
	return to - from
}

// picked hands over the chosen cards. Rows that have not been in sight are read
// first.
func (s *Screen) picked(then func([]collection.Row)) {
	from, to := s.list.table.Range()
	var rows []collection.Row
	for i := from; i < to; i++ {
		if r, ok := s.row(i); ok {
			rows = append(rows, r)
		}
	}
	switch {
	case from == to:
		return
	case len(rows) == to-from:
		then(rows)
		return
	}
	gen, q := s.gen, s.query
	q.Limit, q.Offset = to-from, from
	ctx, cancel := context.WithCancel(context.Background())
	_, done := s.o.Nav.Wait(s.o.Printer.T("cards.reading"), cancel)
	s.o.Background(func() {
		found, err := s.o.Collection.Search(ctx, q)
		fyne.Do(func() {
			defer cancel()
			stopped := ctx.Err() != nil
			done()
			switch {
			case stopped || gen != s.gen:
			case err != nil:
				s.o.Nav.Error(err)
			default:
				then(found.Rows)
			}
		})
	})
}

// ids are the cards of rows.
func ids(rows []collection.Row) []decks.CardID {
	out := make([]decks.CardID, len(rows))
	for i, r := range rows {
		out[i] = r.Card
	}
	return out
}

// acts are what can be done with the chosen cards.
func (s *Screen) acts() []nav.Action {
	p := s.o.Printer
	pause := "cards.pause"
	if row, ok := s.chosen(); ok && row.Suspended {
		pause = "cards.resume"
	}
	with := func(do func([]collection.Row)) func() { return func() { s.picked(do) } }
	if s.query.Retired {
		return []nav.Action{{Text: p.T("cards.keep"), Icon: "download-simple", Do: with(s.keep)}}
	}
	return []nav.Action{
		{Text: p.T("cards.custom"), Icon: "play", Do: with(func(rows []collection.Row) { s.o.Custom(ids(rows)) })},
		{Text: p.T("cards.set_due"), Icon: "calendar-blank", Do: with(s.setDue)},
		{Text: p.T("cards.reset"), Icon: "arrow-counter-clockwise", Do: with(s.reset)},
		{Text: p.T(pause), Icon: "pause", Key: keys.P, Do: s.suspend},
	}
}

// keep makes cards that their author withdrew stay with the student.
func (s *Screen) keep(rows []collection.Row) {
	notes := map[string]bool{}
	for _, r := range rows {
		notes[r.Note] = true
	}
	s.run(s.o.Printer.N("cards.keep_done", len(rows)), func(ctx context.Context) error {
		return s.o.Collection.Keep(ctx, slices.Sorted(maps.Keys(notes)), true)
	})
}

// menu offers what can be done with the chosen cards.
func (s *Screen) menu(at fyne.CanvasObject) {
	if s.several() > 0 {
		s.o.Nav.Menu(at, s.acts())
	}
}

// many stands in the place of the preview when several cards are chosen: how
// many, and what can be done with them.
func (v *preview) many(n int) fyne.CanvasObject {
	p := v.s.o.Printer
	body := kit.Column(0, kit.NewLabel(p.N("cards.count", n), kit.Heading, theme.Ink), kit.Gap(0, 12))
	for _, a := range v.s.acts() {
		line := kit.Row(12, kit.Middle, kit.Icon(a.Icon, 20, theme.Muted), kit.Flex(kit.NewText(a.Text, kit.Body, theme.Ink)))
		item := kit.NewItem(kit.Sides(0, 12), kit.Fixed(0, 44, line), a.Do)
		item.Radius = theme.RadiusControl
		body.Add(kit.Pad(kit.Sides(0, -12), item))
	}
	return body
}

// run does something that may take a while with cards, and says that it was
// done, with the way back.
func (s *Screen) run(said string, do func(context.Context) error) {
	p := s.o.Printer
	ctx, cancel := context.WithCancel(context.Background())
	_, done := s.o.Nav.Wait(p.T("cards.working"), cancel)
	s.o.Background(func() {
		err := do(ctx)
		fyne.Do(func() {
			defer cancel()
			stopped := ctx.Err() != nil
			done()
			switch {
			case stopped:
			case err != nil:
				s.o.Nav.Error(err)
			default:
				s.o.Nav.Toast(said, nav.Action{Text: p.T("cards.undo"), Key: keys.CtrlZ, Do: s.o.Nav.Undo})
			}
		})
	})
}

// reset asks, saying what it will do, and makes the chosen cards new.
func (s *Screen) reset(rows []collection.Row) {
	p := s.o.Printer
	var known []collection.Row
	sum := 0.0
	for _, r := range rows {
		if !r.Due.IsZero() {
			known = append(known, r)
			sum += r.Recall
		}
	}
	if len(known) == 0 {
		s.o.Nav.Toast(p.T("cards.reset_none"))
		return
	}
	recall := int(math.Round(100 * sum / float64(len(known))))
	s.o.Nav.Ask(nav.Question{
		Title: p.N("cards.reset_title", len(known)),
		Text:  p.N("cards.reset_text", len(known), "Of", recall),
		Yes: nav.Action{Text: p.T("cards.reset_yes"), Do: func() {
			s.run(p.N("cards.reset_done", len(known)), func(ctx context.Context) error {
				return s.o.Collection.Reset(ctx, ids(known))
			})
		}},
	})
}
