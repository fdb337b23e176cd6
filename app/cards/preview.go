package cards

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/content"
)

// preview is the chosen card beside the list: its two sides and its history.
type preview struct {
	s     *Screen
	sheet *kit.Sheet
	roll  *kit.Scroll
}

func newPreview(s *Screen) *preview {
	v := &preview{s: s}
	v.roll = kit.NewScroll(kit.Column(0))
	v.roll.Ground = theme.Paper
	v.sheet = kit.NewSheet(kit.All(0), v.roll)
	return v
}

func (v *preview) show() {
	row, ok := v.s.chosen()
	n := v.s.several()
	v.sheet.Hidden = !ok && n < 2 || v.s.small
	switch {
	case n > 1:
		v.roll.SetContent(kit.Pad(kit.Sides(20, 28), v.many(n)))
	case ok:
		v.roll.SetContent(kit.Pad(kit.Sides(20, 28), v.card(row)))
	}
	v.sheet.Refresh()
	v.s.object.Refresh()
}

func (v *preview) card(row collection.Row) fyne.CanvasObject {
	s := v.s
	p := s.o.Printer
	ctx := context.Background()
	card, err := s.o.Collection.Card(ctx, row.Card)
	if err != nil {
		return kit.NewErrorLine(p.Fault(err), err.Error(), nil)
	}
	history, err := s.o.Collection.History(ctx, row.Card)
	if err != nil {
		return kit.NewErrorLine(p.Fault(err), err.Error(), nil)
	}
	where := kit.NewText(row.DeckTitle+"\u2002›\u2002"+row.Section, kit.Caption, theme.Muted)
	where.Elide = true
	var dots *kit.IconButton
	dots = kit.NewIconButton("dots-three", p.T("cards.key_menu"), keys.M, func() { s.menu(dots) }).Tool()
	body := kit.Column(0,
		kit.Row(0, kit.Middle, kit.Flex(where), kit.Gap(8, 0), kit.NewIconButton("pencil-simple", p.T("cards.key_edit"), keys.Enter, s.edit).Tool(), dots),
		kit.Gap(0, 8),
		v.text(card.Note.Text(decks.Front), true),
		kit.Gap(0, 16), kit.Rule(), kit.Gap(0, 16),
	)
	if row.NeedsAnswer {
		body.Add(v.unanswered(row))
	} else {
		body.Add(v.text(card.Note.Text(decks.Back), false))
	}
	if linked := v.linked(card.Note.ID); linked != nil {
		body.Add(kit.Gap(0, 16))
		body.Add(linked)
	}
	body.Add(kit.Gap(0, 16))
	body.Add(kit.Rule())
	body.Add(kit.Gap(0, 12))
	for _, line := range v.facts(row, history) {
		body.Add(kit.Row(8, kit.Middle, kit.NewText(line[0], kit.Body, theme.Muted), kit.Spring(), kit.NewText(line[1], kit.Body, theme.Ink)))
		body.Add(kit.Gap(0, 4))
	}
	if marks := grades(history); marks != nil {
		body.Add(kit.Gap(0, 8))
		body.Add(kit.Row(4, kit.Middle, append(marks, kit.Spring(), kit.NewText(p.T("cards.in_order"), kit.Caption, theme.Muted))...))
	}
	return body
}

// unanswered stands in the place of the answer: it is missing, and perhaps there
// is a draft of it.
func (v *preview) unanswered(row collection.Row) fyne.CanvasObject {
	p := v.s.o.Printer
	word, button := p.T("cards.needs_answer"), p.T("cards.ask_drafts")
	drafts, err := v.s.o.Collection.Drafts(context.Background(), row.Deck)
	if err != nil {
		return kit.NewErrorLine(p.Fault(err), err.Error(), nil)
	}
	for _, d := range drafts {
		if d.Note == row.Note {
			word, button = p.T("cards.has_draft"), p.T("cards.see_draft")
		}
	}
	return kit.Row(8, kit.Middle, kit.NewChip(word, "pencil-simple-line", kit.Warning), kit.Spring(),
		kit.NewButton(button, kit.Quiet, func() { v.s.o.Drafts(row.Deck) }).Sized(theme.ControlSmall, 0))
}

// linked names the notes that ask the same, and says what that means; nil when
// there are none.
func (v *preview) linked(note string) fyne.CanvasObject {
	p := v.s.o.Printer
	rows, err := v.s.o.Collection.Linked(context.Background(), note)
	if err != nil {
		return kit.NewErrorLine(p.Fault(err), err.Error(), nil)
	}
	if len(rows) == 0 {
		return nil
	}
	col := kit.Column(4, kit.NewLabel(p.T("cards.linked"), kit.Caption, theme.Muted))
	for _, r := range rows {
		question := kit.NewLabel(content.Line(content.Parse(r.Note.Text(decks.Front)), 200), kit.Body, theme.Ink)
		question.MaxLines = 2
		unlink := kit.NewIconButton("x", p.T("cards.unlink"), keys.None, func() {
			v.s.run(p.T("cards.unlinked"), func(ctx context.Context) error { return v.s.o.Collection.Unlink(ctx, note, r.Note.ID) })
		}).Tool()
		col.Add(kit.Row(8, kit.Middle, kit.Flex(kit.Column(0, question, kit.NewLabel(r.DeckTitle, kit.Caption, theme.Muted))), unlink))
	}
	return col
}

func (v *preview) text(markdown string, question bool) fyne.CanvasObject {
	if v.s.o.Render != nil {
		return v.s.o.Render(markdown, question)
	}
	t := kit.Type{Size: 19, Line: 30, Face: kit.Reading}
	if question {
		t = kit.Type{Size: 22, Line: 28, Face: kit.Reading}
	}
	return kit.NewLabel(content.Plain(content.Parse(markdown)), t, theme.Ink)
}

func (v *preview) facts(row collection.Row, history []collection.Review) [][2]string {
	p := v.s.o.Printer
	given := 0
	var last collection.Review
	for _, r := range history {
		if !r.Undone {
			given++
			last = r
		}
	}
	facts := [][2]string{{p.T("cards.answers"), p.Int(given)}}
	if given > 0 {
		word := strings.ToLower(p.T("op.answer_" + p.Int(int(last.Grade))))
		facts = append(facts, [2]string{p.T("cards.last"), word + ", " + p.Date(last.At)})
		facts = append(facts, [2]string{p.T("cards.comes"), p.Date(last.Due.In(v.s.o.Now().Location()))})
	}
	if row.Lapses > 0 {
		facts = append(facts, [2]string{p.T("cards.lapses"), p.Int(row.Lapses)})
	}
	return facts
}

// grades are the marks of the latest answers, oldest first.
func grades(history []collection.Review) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, r := range history {
		if !r.Undone && r.Grade >= 1 && r.Grade <= 4 {
			out = append(out, kit.Icon(kit.GradeIcon(int(r.Grade)), 18, kit.GradeColour(int(r.Grade))))
		}
	}
	const most = 9
	if len(out) > most {
		out = out[len(out)-most:]
	}
	return out
}

// peek shows the chosen card over the list, for windows without the preview.
func (s *Screen) peek() {
	if row, ok := s.chosen(); ok {
		s.o.Nav.Sheet(s.o.Printer.T("cards.card"), s.preview.card(row))
	}
}

// edit opens the chosen card's texts.
func (s *Screen) edit() {
	row, ok := s.chosen()
	if !ok {
		return
	}
	p := s.o.Printer
	ctx := context.Background()
	card, err := s.o.Collection.Card(ctx, row.Card)
	if err != nil {
		s.o.Nav.Error(err)
		return
	}
	question := kit.NewArea(kit.RowText, 4, card.Note.Text(decks.Front), p.T("cards.question"), nil)
	answer := kit.NewArea(kit.RowText, 7, card.Note.Text(decks.Back), p.T("cards.answer_hint"), nil)
	body := kit.Column(6,
		kit.NewText(p.T("cards.question"), kit.Caption, theme.Muted), question, kit.Gap(0, 6),
		kit.NewText(p.T("cards.answer"), kit.Caption, theme.Muted), answer,
	)
	fields := []struct {
		name  decks.Field
		field *kit.Field
	}{{decks.Front, question}, {decks.Back, answer}}
	changed := func(i int) bool { return fields[i].field.Text() != card.Note.Text(fields[i].name) }
	first := question
	if row.NeedsAnswer {
		first = answer
	}
	s.o.Nav.Form(nav.Form{
		Title: p.T("cards.card"), Content: body, First: first.Focusable(), Save: p.T("cards.save"),
		Dirty: func() bool { return changed(0) || changed(1) },
		Keep: func() error {
			for i, f := range fields {
				if !changed(i) {
					continue
				}
				if err := s.o.Collection.Edit(ctx, card.Note.ID, f.name, f.field.Text()); err != nil {
					return err
				}
			}
			return nil
		},
	})
}
