package classroom

import (
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/cardview"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/class"
	"lectern/decks/content"
)

const reportHigh = 88

// table is the list of cards that a class suffers from, what hurts most first.
func (s *Screen) table() fyne.CanvasObject {
	p := s.o.Printer
	head := kit.Column(4, kit.NewText(p.N("classroom.cards", len(s.troubles)), kit.Body.Strong(), theme.Ink),
		kit.NewLabel(p.N("classroom.report_why", s.reports), kit.Caption, theme.Muted))
	sheet := kit.NewSheet(kit.All(0), kit.Column(0, kit.Pad(kit.Sides(16, 24), head), kit.Rule(), kit.Flex(s.report)))
	sheet.OpenBelow = true
	return sheet
}

// trouble is a row: what the card asks, and how it went.
func (s *Screen) trouble(i int) fyne.CanvasObject {
	p, t := s.o.Printer, s.troubles[i]
	text := kit.NewLabel(i18n.Question(s.note(t.Card.Note()), 300), kit.RowText, theme.Ink)
	text.MaxLines = 1
	row := kit.Row(8, kit.Middle)
	if t.Wrong > 0 {
		row.Add(kit.NewChip(p.N("classroom.wrong", t.Wrong), "warning", kit.Bad))
	}
	if t.Unclear > 0 {
		row.Add(kit.NewChip(p.N("classroom.unclear", t.Unclear), "question", kit.Warning))
	}
	said := []string{p.T("classroom.lapses", "Share", p.Percent(t.Lapses)), p.T("classroom.took", "N", p.Int(t.Seconds)), p.N("classroom.students", t.Reports)}
	numbers := kit.NewText(strings.Join(said, " · "), kit.Caption, theme.Muted)
	numbers.Elide = true
	row.Add(kit.Flex(numbers))
	return kit.Fixed(0, reportHigh-1, kit.Column(6, text, row))
}

// text shows the whole card, with the way to its place in the course.
func (s *Screen) text(i int) {
	p, t := s.o.Printer, s.troubles[i]
	n := s.note(t.Card.Note())
	place := s.state.Places[n.ID]
	var parts []fyne.CanvasObject
	parts = append(parts, s.o.Draw(content.Parse(front(n)), cardview.Style{Type: kit.Question.At(22, 30), Colour: theme.Ink}), kit.Rule())
	answer := s.answer(n.ID)
	if n.Kind == decks.Choice {
		answer = options(n)
	}
	for _, text := range []string{answer, n.Text(decks.Explanation)} {
		if text != "" {
			parts = append(parts, s.o.Draw(content.Parse(text), cardview.Style{Type: kit.RowText, Colour: theme.Ink}))
		}
	}
	s.o.Nav.Sheet(s.headOf(t), kit.Column(14, parts...), nav.Action{
		Text: p.T("classroom.open_place", "File", place.File, "Line", p.Int(place.Line)), Icon: "arrow-square-out",
		Do: func() {
			if err := s.o.Edit(s.o.Course.Path(place.File)); err != nil {
				s.o.Nav.Error(err)
			}
		},
	})
}

// headOf names what is wrong with a card, as the title of its sheet.
func (s *Screen) headOf(t class.Trouble) string {
	p := s.o.Printer
	switch {
	case t.Wrong > 0:
		return i18n.Capital(p.N("classroom.wrong", t.Wrong))
	case t.Unclear > 0:
		return i18n.Capital(p.N("classroom.unclear", t.Unclear))
	}
	return i18n.Capital(p.T("classroom.lapses", "Share", p.Percent(t.Lapses)))
}

// front is what a card asks; the gaps of a cloze stand filled.
func front(n decks.Note) string {
	if n.Kind == decks.Cloze {
		return content.FillGaps(n.Text(decks.Front), "", false)
	}
	return n.Text(decks.Front)
}

// options are those of a choice as Markdown.
func options(n decks.Note) string {
	var b strings.Builder
	for _, o := range n.Choices {
		mark := "- [ ] "
		if o.Right {
			mark = "- [x] "
		}
		b.WriteString(mark + strings.ReplaceAll(o.Text, "\n", "\n  ") + "\n")
	}
	return b.String()
}
