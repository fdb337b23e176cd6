package classroom

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/cardview"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/class"
	"lectern/decks/content"
)

// answersView shows the questions that students answered, and of the chosen one the
// answers, alike ones together.
type answersView struct {
	s     *Screen
	list  *kit.List
	left  *kit.Sheet
	right *kit.Sheet
	roll  *kit.Scroll
	count *kit.Text
	take  *kit.Button

	on      int // the variant that is chosen
	choices []*kit.Choice
}

const questionHigh = 92

func newAnswers(s *Screen) *answersView {
	p := s.o.Printer
	v := &answersView{s: s, count: kit.NewText("", kit.Body, theme.Ink)}
	v.list = kit.NewList(questionHigh, v.row)
	v.list.Moved = func(int) { v.turn() }
	v.list.AtOnce, v.list.Opened = true, func(int) {
		if s.small {
			v.flip(true)
		}
	}
	v.left = kit.NewSheet(kit.All(0), kit.Column(0, kit.Pad(kit.Sides(16, 24), v.count), kit.Rule(), kit.Flex(v.list)))
	v.roll = kit.NewScroll(kit.Column(0))
	v.roll.Ground = theme.Paper
	v.right = kit.NewSheet(kit.All(0), v.roll)
	v.left.OpenBelow, v.right.OpenBelow = true, true
	v.take = kit.NewButton(p.T("classroom.take"), kit.Primary, v.pick).WithKey(keys.CtrlEnter)
	return v
}

func (v *answersView) show() []fyne.CanvasObject {
	n := len(v.s.questions)
	v.count.Set(v.s.o.Printer.N("classroom.questions", n))
	v.list.Set(n, max(0, min(v.list.At(), n-1)))
	v.turn()
	return []fyne.CanvasObject{v.s.top, v.left, v.right}
}

// flip shows the other pane of a small window.
func (v *answersView) flip(second bool) {
	v.s.second = second
	v.s.o.Nav.RefreshBar()
	v.s.object.Refresh()
	v.turn()
	if second {
		v.s.o.Nav.Focus(nil)
	} else {
		v.s.o.Nav.Focus(v.list)
	}
}

func (v *answersView) row(i int) fyne.CanvasObject {
	p, q := v.s.o.Printer, v.s.questions[i]
	text := kit.NewLabel(i18n.Question(v.s.note(q.Note), 300), kit.Body, theme.Ink)
	text.MaxLines = 2
	said := p.N("classroom.students", q.Students) + " · " + p.N("classroom.variants", len(q.Variants))
	word, ink := said, theme.Muted
	if _, taken := v.s.picked[q.Note]; taken {
		word, ink = p.T("classroom.taken_mark"), theme.Accent
	}
	return kit.Fixed(0, questionHigh-1, kit.Column(4, text, kit.NewText(word, kit.Caption, ink)))
}

// chosen is the question that is shown.
func (v *answersView) chosen() *class.Question {
	if i := v.list.At(); i >= 0 && i < len(v.s.questions) {
		return &v.s.questions[i]
	}
	return nil
}

// turn shows the chosen question.
func (v *answersView) turn() {
	q := v.chosen()
	if q == nil {
		return
	}
	p := v.s.o.Printer
	side := float32(40)
	if v.s.small {
		side = 24
	}
	v.on, v.choices = 0, nil
	n := v.s.note(q.Note)
	col := kit.Column(0)
	if v.s.small {
		col.Add(kit.Row(0, kit.Middle, kit.NewButton(p.T("classroom.back"), kit.Quiet, func() { v.flip(false) }).WithIcon("caret-left").Sized(theme.ControlSmall, 0), kit.Spring()))
		col.Add(kit.Gap(0, 8))
	}
	col.Add(v.s.o.Draw(content.Parse(n.Text(decks.Front)), cardview.Style{Type: kit.Question.At(22, 30), Colour: theme.Ink}))
	col.Add(kit.Gap(0, 16))
	col.Add(kit.Rule())
	col.Add(kit.Gap(0, 14))
	col.Add(kit.NewText(p.T("classroom.now"), kit.Caption, theme.Muted))
	col.Add(kit.Gap(0, 6))
	if now := v.s.answer(q.Note); now == "" {
		col.Add(kit.NewLabel(p.T("classroom.no_answer"), kit.RowText, theme.Muted))
	} else {
		col.Add(v.s.o.Draw(content.Parse(now), cardview.Style{Type: kit.RowText, Colour: theme.Ink}))
	}
	col.Add(kit.Gap(0, 24))
	col.Add(kit.NewText(p.N("classroom.class_says", q.Students), kit.Caption, theme.Muted))
	for i, x := range q.Variants {
		col.Add(kit.Gap(0, 10))
		col.Add(v.variant(i, x))
	}
	col.Add(kit.Gap(0, 16))
	col.Add(kit.Row(0, kit.Middle, kit.NewButton(p.T("classroom.edit"), kit.Secondary, v.edit).WithKey(keys.E).Sized(theme.ControlSmall, 0), kit.Spring()))
	v.roll.SetContent(kit.Pad(kit.Insets{Top: 24, Right: side, Bottom: 40, Left: side}, col))
	v.right.Refresh()
}

// variant is what several students say in much the same words.
func (v *answersView) variant(i int, x class.Variant) fyne.CanvasObject {
	p := v.s.o.Printer
	note := ""
	if n := len(x.Wordings); n > 1 {
		note = p.N("classroom.wordings", n)
	}
	key := keys.None
	if i < 9 {
		key = keys.Key(rune('1' + i))
	}
	body := kit.Column(6, v.s.o.Draw(content.Parse(x.Text), cardview.Style{Type: kit.RowText, Colour: theme.Ink}))
	c := kit.NewChoice(p.N("classroom.students", x.Students), note, key, body, func() { v.choose(i) })
	c.On = i == 0
	v.choices = append(v.choices, c)
	return c
}

func (v *answersView) choose(i int) {
	if i >= len(v.choices) {
		return
	}
	v.on = i
	for k, c := range v.choices {
		c.Set(k == i)
	}
}

// pick writes the chosen variant into the course.
func (v *answersView) pick() {
	if q := v.chosen(); q != nil {
		v.write(q.Note, q.Variants[v.on].Text)
	}
}

// edit lets the author change the chosen variant first.
func (v *answersView) edit() {
	q := v.chosen()
	if q == nil {
		return
	}
	p := v.s.o.Printer
	was := q.Variants[v.on].Text
	area := kit.NewArea(kit.RowText, 9, was, "", nil)
	others := kit.Column(4)
	for _, w := range q.Variants[v.on].Wordings[1:] {
		others.Add(kit.NewLabel("— "+oneLine(w.Text), kit.Caption, theme.Muted))
	}
	question := kit.NewLabel(i18n.Question(v.s.note(q.Note), 0), kit.Body, theme.Ink)
	question.MaxLines = 3
	body := kit.Column(12, question, area)
	if len(others.Objects) > 0 && len(others.Objects) <= mostWordings {
		body.Add(kit.NewText(p.T("classroom.other_words"), kit.Caption, theme.Muted))
		body.Add(others)
	}
	v.s.o.Nav.Form(nav.Form{
		Title: p.T("classroom.edit_title"), Content: body, First: area.Focusable(), Save: p.T("classroom.take"),
		Dirty: func() bool { return area.Text() != was },
		Keep: func() error {
			err := v.s.o.Course.SetAnswer(context.Background(), q.Note, strings.TrimSpace(area.Text()))
			if err == nil {
				v.wrote(q.Note, strings.TrimSpace(area.Text()))
			}
			return err
		},
	})
}

// mostWordings is how many other wordings are shown beside the field.
const mostWordings = 6

func (v *answersView) write(note, text string) {
	s := v.s
	s.o.Background(func() {
		err := s.o.Course.SetAnswer(context.Background(), note, text)
		fyne.Do(func() {
			if err != nil {
				s.o.Nav.Error(err)
				return
			}
			v.wrote(note, text)
		})
	})
}

// wrote says that an answer is in the course, with the way back.
func (v *answersView) wrote(note, text string) {
	s, p := v.s, v.s.o.Printer
	was, had := s.answer(note), s.note(note).Text(decks.Back)
	s.picked[note] = text
	if text == had {
		delete(s.picked, note)
	}
	v.list.Renew()
	v.turn()
	place := s.state.Places[note]
	s.o.Nav.Toast(p.T("classroom.taken", "File", place.File), nav.Action{Text: p.T("shell.undo"), Do: func() { v.write(note, was) }})
}

func (v *answersView) key(k keys.Key) bool {
	if d, ok := k.Digit(); ok && d > 0 {
		v.choose(d - 1)
		return true
	}
	switch k {
	case keys.CtrlEnter:
		v.pick()
	case keys.E:
		v.edit()
	case keys.PageDown:
		v.roll.ScrollBy(0.9)
	case keys.PageUp:
		v.roll.ScrollBy(-0.9)
	case keys.Esc:
		if !v.s.small || !v.s.second {
			return false
		}
		v.flip(false)
	default:
		return v.list.Press(k)
	}
	return true
}

// oneLine is a text on one line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
