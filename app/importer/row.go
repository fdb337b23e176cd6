package importer

import (
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/importer/sketch"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/app/worddiff"
	"lectern/decks"
	"lectern/decks/content"
	"lectern/decks/lint"
	"lectern/decks/merge"
)

// wordDiff shows one line that became another.
func wordDiff(was, now string, t kit.Type) fyne.CanvasObject {
	return worddiff.New(worddiff.Paragraphs(worddiff.Readable(was, now)), t)
}

// row is a card in the list: what is asked, what is answered, and what there is
// to know before it becomes one.
func (v *cardView) row(i int) fyne.CanvasObject {
	p := v.s.o.Printer
	c := &v.s.now.Cards[i]
	taken, chosen := c.Taken(), c.ID == v.s.at
	ink := theme.Ink
	if !taken {
		ink = theme.Muted
	}
	question := kit.NewLabel(line1(c.Item.Prompt), kit.RowText, ink)
	question.MaxLines = 2
	words := kit.Column(2, question)
	change, changed := v.change(c)
	if changed && change.Kind == merge.NoteEdited {
		if was, now := line1(change.Old.Text(decks.Front)), line1(change.New.Text(decks.Front)); was != now {
			words.Objects = []fyne.CanvasObject{wordDiff(was, now, kit.RowText)}
		}
	}
	was, became := line1(change.Old.Text(decks.Back)), line1(change.New.Text(decks.Back))
	if text := v.under(c); changed && change.Kind == merge.NoteEdited && was != became && len(was)+len(became) < longDiff {
		words.Objects = append(words.Objects, wordDiff(was, became, kit.Body))
	} else if text != "" {
		answer := kit.NewLabel(text, kit.Body, theme.Muted)
		answer.MaxLines = 2
		words.Objects = append(words.Objects, answer)
	}
	if changed && change.Kind == merge.NoteEdited {
		words.Objects = append(words.Objects, kit.NewLabel(v.says(change), kit.Caption, theme.Muted))
	}
	if c.Twin != nil && c.On {
		words.Objects = append(words.Objects, kit.Gap(0, 4), v.twin(c))
	}
	marks := kit.Row(6, kit.Middle)
	switch {
	case !changed:
	case change.Kind == merge.NoteNew:
		marks.Objects = append(marks.Objects, kit.NewChip(p.T("import.added"), "plus", kit.Info))
	default:
		marks.Objects = append(marks.Objects, kit.NewChip(p.T("import.changed"), "pencil-simple", kit.Info))
	}
	if offers := v.s.offers(c); len(offers) > 0 && taken {
		marks.Objects = append(marks.Objects, v.offered(c, offers))
	}
	switch {
	case !taken:
	case !c.Answered():
		write := kit.NewIconButton("pencil-simple-line", p.T("import.write_answer"), keys.None, func() { v.s.edit(c.ID) }).Tool()
		write.Colour = theme.GradeHard
		marks.Objects = append(marks.Objects, hang(write))
	case strings.TrimSpace(c.Item.Answer) != "" && !changed:
		found := kit.NewChip(p.T("import.answer_found"), "check", kit.Good)
		found.Raised = chosen
		marks.Objects = append(marks.Objects, found)
	}
	box := kit.NewCheck("", taken, func(on bool) { v.s.tick(c.ID, on) })
	id := c.ID
	item := kit.NewItem(kit.Sides(11, 24), kit.Row(12, kit.Top, kit.Pad(kit.Insets{Top: 3}, box), kit.Flex(words), marks), func() { v.s.press(id) })
	item.OnMenu = func(at fyne.CanvasObject) { v.s.menu(at, id) }
	item.Tip = func() string {
		if question.Cut() {
			return question.Text
		}
		return ""
	}
	item.Bar, item.Selected = false, chosen
	return kit.Column(0, kit.Rule(), item)
}

// longDiff is how many bytes of an answer before and after are too many to be
// compared in a row.
const longDiff = 800

// hang lets a button reach over the margins of a row, which is as high as its
// text.
func hang(o fyne.CanvasObject) fyne.CanvasObject {
	return kit.Pad(kit.Insets{Top: -5, Right: -8, Bottom: -5}, o)
}

// change is what an update does to a card.
func (v *cardView) change(c *sketch.Card) (merge.Change, bool) {
	if v.s.update == nil {
		return merge.Change{}, false
	}
	ch, ok := v.s.update.Changes[c.ID]
	return ch, ok
}

// says is an update of a card in words: what differs, and what stays.
func (v *cardView) says(c merge.Change) string {
	p := v.s.o.Printer
	var parts []string
	for _, f := range c.Fields {
		switch f {
		case decks.Front:
			parts = append(parts, p.T("import.differs_question"))
		case decks.Back:
			parts = append(parts, p.T("import.differs_answer"))
		case decks.Explanation:
			parts = append(parts, p.T("import.differs_explanation"))
		}
	}
	if c.Other {
		parts = append(parts, p.T("import.differs_other"))
	}
	if c.Moved {
		parts = append(parts, p.T("import.differs_section"))
	}
	return p.T("import.differs", "What", strings.Join(parts, ", "))
}

// under is what stands under a question: its answer, or what there is to choose
// from.
func (v *cardView) under(c *sketch.Card) string {
	p := v.s.o.Printer
	var parts []string
	if hasCode(c.Item.Prompt) {
		parts = append(parts, p.T("import.with_code"))
	}
	if c.Item.Kind == decks.Choice {
		parts = append(parts, p.N("import.options", len(c.Item.Choices)))
		var right []string
		for _, o := range c.Item.Choices {
			if o.Right {
				right = append(right, line1(o.Text))
			}
		}
		if len(right) > 0 {
			parts = append(parts, p.T("import.right_is", "What", strings.Join(right, "; ")))
		} else {
			parts = append(parts, p.T("import.none_right"))
		}
	} else if pieces := sketch.Pieces(c.Item.Answer); len(pieces) > 0 {
		text := line1(pieces[0])
		if hasCode(pieces[0]) {
			text = p.T("import.answer_code")
		}
		if more := len(pieces) - 1; more > 0 {
			text += " … " + p.N("import.more_pieces", more)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " · ")
}

// line1 is Markdown as one line of text, without its code.
func line1(markdown string) string {
	var b strings.Builder
	listed := false
	for _, piece := range sketch.Pieces(markdown) {
		if hasCode(piece) {
			continue
		}
		text := content.Line(content.Parse(piece), 0)
		entry := strings.HasPrefix(text, "• ")
		text = strings.TrimPrefix(text, "• ")
		switch {
		case b.Len() == 0:
		case listed && entry:
			b.WriteString("; ")
		default:
			b.WriteString(" ")
		}
		b.WriteString(text)
		listed = entry
	}
	if b.Len() == 0 {
		return content.Line(content.Parse(markdown), 0)
	}
	return b.String()
}

// hasCode tells whether a text has a block of code.
func hasCode(markdown string) bool {
	return strings.HasPrefix(markdown, "```") || strings.Contains(markdown, "\n```")
}

// offers is what could be better in a card.
func (s *Screen) offers(c *sketch.Card) []lint.Finding { return lint.Check(c.Note()) }

// offered is the quiet mark of a card that could be better. Pressed it opens the
// card.
func (v *cardView) offered(c *sketch.Card, offers []lint.Finding) fyne.CanvasObject {
	p := v.s.o.Printer
	var lines []string
	for _, f := range offers {
		lines = append(lines, p.Finding(f))
	}
	b := kit.NewIconButton("question", strings.Join(lines, "\n"), keys.None, func() { v.s.edit(c.ID) }).Tool()
	return hang(b)
}

// twin names the note that a card repeats, and offers what to do about it.
func (v *cardView) twin(c *sketch.Card) fyne.CanvasObject {
	p := v.s.o.Printer
	id := c.ID
	var said string
	switch question := line1(c.Twin.Note.Text(decks.Front)); {
	case c.Twin.Card != 0:
		if i := v.s.now.At(c.Twin.Card); i >= 0 {
			question = line1(v.s.now.Cards[i].Item.Prompt)
		}
		said = p.T("import.twin_above", "Question", question)
	case c.Twin.Exact:
		said = p.T("import.twin_same", "Question", question, "Deck", c.Twin.Deck)
	default:
		said = p.T("import.twin_like", "Question", question, "Deck", c.Twin.Deck)
	}
	text := kit.NewLabel(said, kit.Caption, theme.Muted)
	text.MaxLines = 3
	pick := func(f sketch.Fate, key string) *kit.Chip {
		b := kit.NewFilter(p.T("import.twin_"+key), "", c.Destiny() == f, func() {
			if i := v.s.now.At(id); i >= 0 {
				v.s.act("twin", v.s.now.Decide(i, f), id)
			}
		})
		b.SetTip(p.T("import.twin_tip_"+key), keys.None)
		b.Raised = c.Destiny() == f && id == v.s.at
		return b
	}
	choice := kit.Row(8, kit.Middle, pick(sketch.Merge, "merge"), pick(sketch.Keep, "keep"), pick(sketch.Link, "link"), kit.Spring())
	return kit.Row(10, kit.Top, kit.Pad(kit.Insets{Top: 2}, kit.Icon("copy", 16, theme.Muted)), kit.Flex(kit.Column(6, text, choice)))
}
