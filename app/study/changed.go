package study

import (
	"context"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/app/worddiff"
	"lectern/decks"
	"lectern/decks/collection"
)

// showChange shows what the author changed in the card, word by word. Before the answer
// is in sight only the question is shown.
func (s *Screen) showChange() {
	card := s.card
	if card == nil || s.o.Before == nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	_, done := s.o.Nav.Wait(s.o.Printer.T("study.changed_reading"), cancel)
	s.o.Background(func() {
		was, found, err := s.o.Before(ctx, card.Deck, card.Note)
		fyne.Do(func() {
			defer cancel()
			stopped := ctx.Err() != nil
			done()
			switch {
			case stopped || s.card != card:
			case err != nil:
				s.o.Nav.Error(err)
			default:
				s.compare(card, was, found)
			}
		})
	})
}

// compare shows a card beside what it was.
func (s *Screen) compare(card *collection.StudyCard, was decks.Note, found bool) {
	p := s.o.Printer
	fields := []decks.Field{decks.Front, decks.Back, decks.Explanation}
	if s.side == asking {
		fields = fields[:1]
	}
	body := kit.Column(16)
	for _, f := range fields {
		if found && was.Text(f) != card.Note.Text(f) {
			body.Add(kit.Column(4,
				kit.NewText(p.T("study.changed_"+string(f)), kit.Caption, theme.Muted),
				worddiff.New(worddiff.Paragraphs(worddiff.Readable(was.Text(f), card.Note.Text(f))), kit.Answer.At(17, 26))))
		}
	}
	switch {
	case !found:
		body.Add(kit.NewLabel(p.T("study.changed_unknown"), kit.Body, theme.Muted))
	case len(body.Objects) == 0 && s.side == asking:
		body.Add(kit.NewLabel(p.T("study.changed_answer_only"), kit.Body, theme.Muted))
	case len(body.Objects) == 0:
		body.Add(kit.NewLabel(p.T("study.changed_otherwise"), kit.Body, theme.Muted))
	}
	s.o.Nav.Sheet(p.T("study.changed"), body)
}
