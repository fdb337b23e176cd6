package releases

import (
	"context"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/decks/collection"
	"lectern/decks/content"
)

// list shows the releases that are kept, the latest first.
func (s *Screen) list() fyne.CanvasObject {
	p := s.o.Printer
	var rows []fyne.CanvasObject
	if s.data.undo != nil {
		rows = append(rows, row(p.T("releases.undo_what"), p.T("releases.undo_why"),
			small(p.T("releases.undo"), kit.Secondary, s.undo).WithIcon("arrow-u-up-left")))
	}
	shown := 0
	for i, k := range s.data.releases {
		if k.Shown {
			shown = i
		}
	}
	for i, k := range s.data.releases {
		rows = append(rows, s.release(k, i > shown))
	}
	return sheet(p.T("releases.kept"), rows...)
}

// release is one of them: its name, its days, what it brought, and the way to it.
func (s *Screen) release(k collection.KeptRelease, earlier bool) fyne.CanvasObject {
	p := s.o.Printer
	at := k.At.In(s.o.Now().Location())
	dates := p.T("releases.here_since", "Date", p.DateFrom(s.o.Now(), at))
	if made := s.day(k.Statement.Time); made != "" {
		dates = p.T("releases.made_on", "Date", made) + " \u00a0·\u00a0 " + dates
	}
	dates += " \u00a0·\u00a0 " + p.N("releases.cards", k.Statement.Content.Cards)
	var act fyne.CanvasObject
	switch {
	case k.Shown:
		act = kit.NewChip(p.T("releases.shown"), "check", kit.Good)
	case earlier:
		act = small(p.T("releases.go_back"), kit.Quiet, func() { s.o.GoTo(k.Statement.Epoch, k.Statement.Seq) })
	default:
		act = small(p.T("releases.go_on"), kit.Quiet, func() { s.o.GoTo(k.Statement.Epoch, k.Statement.Seq) })
	}
	col := kit.Column(4, row(s.name(k.Statement.Seq, k.Statement.Label), dates, act))
	if k.Statement.Notes != "" {
		col.Add(kit.NewFold(p.T("releases.notes"), "", kit.Pad(kit.Insets{Top: 4, Bottom: 8}, s.draw(k.Statement.Notes))))
	}
	return col
}

// draw shows what an author says is new.
func (s *Screen) draw(markdown string) fyne.CanvasObject {
	if s.o.Draw == nil {
		return kit.NewLabel(content.Plain(content.Parse(markdown)), kit.Body, theme.Ink)
	}
	return s.o.Draw(markdown)
}

// undo takes back the update that brought the release which is shown.
func (s *Screen) undo() {
	p := s.o.Printer
	s.act(p.T("news.taken_back"), nav.Action{Text: p.T("releases.redo"), Do: s.o.Nav.Redo}, func(ctx context.Context) error {
		_, err := s.o.Collection.UndoUpdate(ctx, s.o.Deck)
		return err
	})
}

// act does something to the whole deck beside the window, and says that it is done: of a
// large deck it takes a while.
func (s *Screen) act(done string, back nav.Action, do func(context.Context) error) {
	s.o.Background(func() {
		err := do(context.Background())
		fyne.Do(func() {
			if err != nil {
				s.o.Nav.Error(err)
				return
			}
			s.o.Nav.Toast(done, back)
			s.Reload()
		})
	})
}

// withdrawn lists the cards that the author took out.
func (s *Screen) withdrawn() fyne.CanvasObject {
	p := s.o.Printer
	rows := []fyne.CanvasObject{kit.NewLabel(p.T("releases.withdrawn_why"), kit.Caption, theme.Muted)}
	for _, r := range s.data.withdrawn {
		text := kit.NewText(r.Question, kit.Body, theme.Ink)
		text.Elide = true
		rows = append(rows, kit.Row(16, kit.Middle, kit.Flex(text), small(p.T("releases.keep"), kit.Quiet, func() { s.keep(r) })))
	}
	if s.data.more > 0 {
		rows = append(rows, kit.Row(0, kit.Middle, small(p.N("releases.more", s.data.more), kit.Quiet, func() {
			s.o.Cards(collection.Query{Scope: collection.Scope{Deck: s.o.Deck}, Retired: true})
		}), kit.Spring()))
	}
	return sheet(p.T("releases.withdrawn"), rows...)
}

// keep makes a card stay, whatever the author does to it.
func (s *Screen) keep(r collection.Row) {
	p := s.o.Printer
	s.act(p.T("releases.kept_one"), nav.Action{Text: p.T("shell.undo"), Do: s.o.Nav.Undo}, func(ctx context.Context) error {
		return s.o.Collection.Keep(ctx, []string{r.Note}, true)
	})
}
