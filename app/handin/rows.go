package handin

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/class"
	"lectern/decks/content"
)

// rowHeight is that of a line of the list, with its rule.
const rowHeight = 64

// number is the width of a column of numbers.
const number = 64

// row is a line of the paper in sight.
func (s *Screen) row(i int) fyne.CanvasObject {
	if s.on == report {
		return s.card(s.data.report.Cards[i])
	}
	a := s.data.answers.Answers[i]
	question := kit.NewText(s.data.notes[a.Note], kit.Caption, theme.Muted)
	answer := kit.NewText(line(a.Text), kit.RowText, theme.Ink)
	question.Elide, answer.Elide = true, true
	return kit.Row(0, kit.Middle, kit.Flex(kit.Column(2, question, answer)))
}

// card is a line of a report.
func (s *Screen) card(c class.Card) fyne.CanvasObject {
	p := s.o.Printer
	question := kit.NewText(s.data.cards[c.ID], kit.RowText, theme.Ink)
	question.Elide = true
	made := kit.Row(6, kit.Middle)
	if c.Unclear {
		made.Add(kit.NewChip(p.T("handin.unclear"), "", kit.Warning))
	}
	if c.Wrong {
		made.Add(kit.NewChip(p.T("handin.wrong"), "", kit.Warning))
	}
	seconds := "—"
	if c.Reviews > 0 {
		seconds = p.Int(c.Seconds)
	}
	return kit.Row(8, kit.Middle, kit.Flex(question), made,
		cell(p.Int(c.Reviews), theme.Ink), cell(p.Int(c.Lapses), theme.Ink), cell(seconds, theme.Ink))
}

func cell(text string, colour fyne.ThemeColorName) fyne.CanvasObject {
	t := kit.NewText(text, kit.Body, colour)
	t.Align = fyne.TextAlignTrailing
	return kit.Fixed(number, 0, t)
}

// head names the columns of a report.
func (s *Screen) head() fyne.CanvasObject {
	p := s.o.Printer
	word := func(key string) fyne.CanvasObject {
		t := kit.NewText(p.T(key), kit.Caption, theme.Muted)
		t.Align = fyne.TextAlignTrailing
		return kit.Fixed(number, 0, t)
	}
	return kit.Pad(kit.Sides(6, edge), kit.Row(8, kit.Middle,
		kit.Flex(kit.NewText(p.T("handin.card"), kit.Caption, theme.Muted)),
		word("handin.reviews"), word("handin.lapses"), word("handin.seconds")))
}

// line is a Markdown text on one line.
func line(s string) string { return content.Line(content.Parse(s), 400) }

// tip is the whole of what a row may have cut.
func (s *Screen) tip(i int) string {
	if s.on == report {
		return s.data.cards[s.data.report.Cards[i].ID]
	}
	return line(s.data.answers.Answers[i].Text)
}

// open shows an answer as it stands in the file.
func (s *Screen) open(i int) {
	if s.on == report {
		return
	}
	a := s.data.answers.Answers[i]
	s.o.Nav.Sheet(kit.Sub.Elide(s.data.notes[a.Note], 480), kit.NewLabel(cut(a.Text, longest), kit.Answer, theme.Ink))
}

// showFile shows the file as it will be saved.
func (s *Screen) showFile() {
	if s.count() == 0 {
		return
	}
	text := string(s.data.files[s.on])
	body := kit.Column(12, kit.NewLabel(cut(text, longest), kit.Code.At(13, 20), theme.Ink))
	if len(text) > longest {
		body.Add(kit.NewLabel(s.o.Printer.T("handin.cut", "Size", s.o.Printer.Bytes(int64(len(text)))), kit.Caption, theme.Muted))
	}
	s.o.Nav.Sheet(s.o.Printer.T("handin.whole_title"), body)
}

// longest is how much of a text a sheet shows, in bytes.
const longest = 16_000

// cut is the beginning of a text that is too long.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most] + "…"
}
