package study

import (
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/cardview"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks"
	"lectern/decks/content"
	"lectern/decks/fold"
)

// paper is the sheet with the card on it. Its parts are made once; a card and
// its side only decide which of them stand in the column.
type paper struct {
	s      *Screen
	sheet  *kit.Sheet
	scroll *kit.Scroll
	pad    *fyne.Container
	column *fyne.Container

	context *kit.Text
	flag    *kit.Chip
	needs   *kit.Chip
	changed *kit.Chip // by the author

	question, answer, explanation, hint, source *cardview.View

	options  *optionList
	rule     *kit.RuleLine
	todo     *kit.Text // the line on what to do, in the first cards
	hintLink *kit.Button
	hinted   bool // the hint of this card was asked for
	none     *kit.Label
	asked    int     // the face whose question is drawn, 0 for none
	answered int     // the face whose answer is drawn
	below    float32 // what lies over the sheet\'s lower end
	tall     float32 // what tallest was when the card was set
}

func newPaper(s *Screen) *paper {
	t := s.o.Printer.T
	p := &paper{
		s:           s,
		context:     kit.NewText("", kit.Caption, theme.Muted),
		flag:        kit.NewChip(t("study.flagged"), "flag", kit.Plain),
		needs:       kit.NewChip(t("study.needs_answer"), "pencil-simple", kit.Warning),
		question:    cardview.New(s.o.Texts),
		answer:      cardview.New(s.o.Texts),
		explanation: cardview.New(s.o.Texts),
		hint:        cardview.New(s.o.Texts),
		source:      cardview.New(s.o.Texts),
		options:     &optionList{texts: s.o.Texts},
		rule:        kit.Rule(),
		todo:        kit.NewText(t("study.todo"), kit.Caption, theme.Muted),
		none:        kit.NewLabel(t("study.no_answer_yet"), kit.Body, theme.Muted),
		column:      kit.Column(0),
	}
	p.context.Elide = true
	p.changed = kit.NewFilter(t("study.changed"), "arrows-clockwise", false, s.showChange)
	p.changed.Tone = kit.Plain
	p.changed.SetTip(t("study.changed_tip"), keys.None)
	p.hintLink = kit.NewButton(t("study.hint"), kit.Quiet, p.giveHint).WithIcon("question").WithKey(keyH).Sized(theme.ControlSmall, 0)
	p.pad = kit.Pad(kit.Insets{}, p.column)
	p.scroll = kit.NewScroll(p.pad)
	p.scroll.Ground = theme.Paper
	p.sheet = kit.NewSheet(kit.Insets{Top: 8, Right: 4, Bottom: 8}, p.scroll)
	p.fit()
	return p
}

func (p *paper) insets() kit.Insets {
	if p.s.small {
		return kit.Insets{Top: 20, Right: 52, Bottom: 16 + p.below, Left: 56}
	}
	return kit.Insets{Top: 28, Right: 60, Bottom: 24 + p.below, Left: 64}
}

// lift lets all of the text be read above what lies over the sheet's end.
func (p *paper) lift(below float32) {
	if p.below != below {
		p.below = below
		kit.Repad(p.pad, p.insets())
		p.sheet.Refresh()
	}
}

func (p *paper) fit() {
	kit.Repad(p.pad, p.insets())
	p.asked, p.answered = 0, 0
	if p.s.card != nil {
		p.paint()
	}
}

// question and answer are set in these types.
func questionType(small bool) kit.Type {
	if small {
		return kit.Question.At(22, 30)
	}
	return kit.Question
}

func answerType(small bool) kit.Type {
	if small {
		return kit.Answer.At(17, 26)
	}
	return kit.Answer
}

// tallest is how high a picture may be: half the sheet.
func (p *paper) tallest() float32 { return float32(int(p.scroll.Size().Height / 2)) }

// sized sets the card anew when the sheet has another height: a card can be
// painted before the sheet has its room, and its pictures would stay as small.
func (p *paper) sized() {
	if t := p.tallest(); t != p.tall {
		p.tall = t
		p.fit()
	}
}

func (p *paper) clear() {
	p.column.Objects = nil
	p.sheet.Refresh()
}

// paint sets the column for the present card and side.
func (p *paper) paint() {
	s := p.s
	c := s.card
	p.context.Set(p.breadcrumb())
	p.flag.Hidden = c.Flag == 0
	p.needs.Hidden = !s.face.needs
	p.changed.Hidden = !c.Changed
	head := kit.Row(8, kit.Middle, kit.Flex(p.context), low(p.changed), low(p.flag), low(p.needs))
	p.addRemarks(head)
	body := []fyne.CanvasObject{head, kit.Gap(0, 16)}
	if s.side == editing {
		body = append(body, s.editor.object)
		p.set(body)
		return
	}
	if p.asked != s.face.id {
		p.asked = s.face.id
		p.question.SetDocument(s.face.question, cardview.Style{Type: questionType(s.small), Colour: theme.Ink, Balanced: true, Tallest: p.tallest()})
	}
	body = append(body, p.question)
	if len(s.face.options) > 0 {
		p.options.show(s.face.options, s.side == shown, answerType(s.small))
		body = append(body, kit.Gap(0, 16), p.options.box)
	}
	above, below := float32(24), float32(20)
	if s.small {
		above, below = 16, 16
	}
	body = append(body, kit.Gap(0, above), p.rule, kit.Gap(0, below))
	switch s.side {
	case asking:
		body = append(body, p.beforeAnswer()...)
	case shown:
		body = append(body, p.back()...)
	case writing:
		body = append(body, s.writer.object)
	}
	p.set(body)
}

// low lets a chip of 28 stand in a line of 20.
func low(chip *kit.Chip) fyne.CanvasObject {
	box := kit.Pad(kit.Sides(-4, 0), chip)
	box.Hidden = chip.Hidden
	return box
}

func (p *paper) set(body []fyne.CanvasObject) {
	p.column.Objects = body
	p.column.Refresh()
	p.sheet.Refresh()
}

// beforeAnswer is what stands in the answer's place until it is shown.
func (p *paper) beforeAnswer() (body []fyne.CanvasObject) {
	s := p.s
	switch {
	case p.hinted && s.face.hasHint():
		p.hint.SetDocument(s.face.hint, cardview.Style{Type: answerType(s.small), Colour: theme.Muted, Tallest: p.tallest()})
		body = append(body, p.hint)
	case s.face.hasHint():
		body = append(body, kit.Pad(kit.Insets{Left: -8}, kit.Row(0, kit.Middle, p.hintLink, kit.Spring())))
	}
	if s.hints > 0 {
		if len(body) > 0 {
			body = append(body, kit.Gap(0, 12))
		}
		body = append(body, p.todo)
	}
	return body
}

// back is the answer and what belongs to it.
func (p *paper) back() (body []fyne.CanvasObject) {
	s, f := p.s, &p.s.face
	t := answerType(s.small)
	fresh := p.answered != f.id
	p.answered = f.id
	draw := func(v *cardview.View, doc content.Document, style cardview.Style) {
		if fresh {
			v.SetDocument(doc, style)
		}
	}
	if len(f.answer.Blocks) > 0 {
		draw(p.answer, f.answer, cardview.Style{Type: t, Colour: theme.Ink, Tallest: p.tallest()})
		body = append(body, p.answer)
	} else if f.needs {
		body = append(body, p.none)
	}
	if len(f.explanation.Blocks) > 0 {
		draw(p.explanation, f.explanation, cardview.Style{Type: t, Colour: theme.Ink, Tallest: p.tallest()})
		if len(body) > 0 {
			body = append(body, kit.Gap(0, t.Line/2)) // as between paragraphs
		}
		body = append(body, p.explanation)
	}
	if len(f.source.Blocks) > 0 {
		draw(p.source, f.source, cardview.Style{Type: kit.Caption, Colour: theme.Muted})
		body = append(body, kit.Gap(0, 16), p.source)
	}
	return body
}

// breadcrumb is «Понимание LLM › Лекция 2», and that the card is a hard one
// where the section does not say so itself.
func (p *paper) breadcrumb() string {
	c := p.s.card
	parts := []string{c.DeckTitle}
	if c.Section.Title != "" {
		parts = append(parts, c.Section.Title)
	}
	line := strings.Join(parts, " \u00a0›\u00a0 ")
	stem := p.s.o.Printer.T("study.hard_stem")
	if c.Note.Difficulty == decks.Hard && !strings.Contains(fold.Fold(c.Section.Title), fold.Fold(stem)) {
		line += " \u00a0·\u00a0 " + p.s.o.Printer.T("study.hard")
	}
	return line
}

// giveHint shows the hint of a card that has one.
func (p *paper) giveHint() {
	if p.s.side == asking && p.s.face.hasHint() {
		p.hinted = true
		p.paint()
	}
}

// reveal brings the answer into sight when the question is so long that it
// stands below the sheet's end. The question otherwise does not move.
func (p *paper) reveal() {
	top := p.rule.Position().Y
	if high := p.scroll.Size().Height; top > p.scroll.Offset()+high-120 {
		p.scroll.ScrollTo(top - high/4)
	}
}

// spare is the height that everything but a field leaves of the sheet.
func (p *paper) spare(field *room, width float32) float32 {
	in := p.insets()
	high := p.scroll.Size().Height - in.Top - in.Bottom
	for _, o := range p.column.Objects {
		if o != p.s.writer.object && o.Visible() {
			high -= kit.HeightFor(o, width)
		}
	}
	for _, o := range p.s.writer.object.Objects {
		if o != field && o.Visible() {
			high -= kit.HeightFor(o, width)
		}
	}
	return high
}

// whole is the height of a field that has the sheet for itself, with its tools.
func (p *paper) whole(*room, float32) float32 { return p.scroll.Size().Height - 64 }

// bring scrolls as little as needed to have a part of the sheet in sight.
func (p *paper) bring(o fyne.CanvasObject) {
	d := fyne.CurrentApp().Driver()
	y := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(p.scroll.Content).Y
	p.scroll.Reveal(y-24, y+o.Size().Height+24) // clear of the fades
}

// scrollKey moves the text for the keys that do so.
func (p *paper) scrollKey(k keys.Key) bool {
	line := float32(0.15)
	switch k {
	case keys.Up:
		p.scroll.ScrollBy(-line)
	case keys.Down:
		p.scroll.ScrollBy(line)
	case keys.PageUp:
		p.scroll.ScrollBy(-0.9)
	case keys.PageDown:
		p.scroll.ScrollBy(0.9)
	case keys.Home:
		p.scroll.ScrollTo(0)
	case keys.End:
		p.scroll.ScrollBy(1e6)
	default:
		return false
	}
	return true
}

// selected is the text selected on the sheet.
func (p *paper) selected() string {
	for _, v := range []*cardview.View{p.question, p.answer, p.explanation, p.hint, p.source} {
		if t := v.Selected(); t != "" {
			return t
		}
	}
	return ""
}
