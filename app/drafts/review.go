package drafts

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/cardview"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/content"
)

// review shows the drafts one by one: the question, the draft, and the places
// of the lecture that it rests on.
type review struct {
	s     *Screen
	list  *kit.List
	count *kit.Text
	left  *kit.Sheet
	right *kit.Sheet
	roll  *kit.Scroll
	acts  []fyne.CanvasObject
}

func newReview(s *Screen) *review {
	p := s.o.Printer
	r := &review{s: s, count: kit.NewText("", kit.Body, theme.Ink)}
	r.list = kit.NewList(questionHigh, r.row)
	r.list.Moved = func(int) { r.turn() }
	r.list.Opened = func(int) { r.accept() }
	r.list.Also = map[keys.Key]func(){keys.Delete: r.reject}
	r.left = kit.NewSheet(kit.All(0), kit.Column(0, kit.Pad(kit.Sides(16, 24), r.count), kit.Rule(), kit.Flex(r.list)))
	r.roll = kit.NewScroll(kit.Column(0))
	r.roll.Ground = theme.Paper
	r.right = kit.NewSheet(kit.All(0), r.roll)
	r.left.OpenBelow, r.right.OpenBelow = true, true
	r.acts = []fyne.CanvasObject{
		kit.NewButton(p.T("drafts.reject"), kit.Quiet, r.reject).WithKey(keys.Delete),
		kit.NewButton(p.T("drafts.edit"), kit.Secondary, r.edit).WithKey(keys.E),
		kit.NewButton(p.T("drafts.accept"), kit.Primary, r.accept).WithKey(keys.Enter),
	}
	return r
}

func (r *review) show() []fyne.CanvasObject {
	top := kit.Column(0)
	r.s.notices(top)
	r.count.Set(r.s.o.Printer.N("drafts.ready", len(r.s.rows)))
	r.list.Set(len(r.s.rows), min(max(0, r.list.At()), len(r.s.rows)-1))
	r.turn()
	return []fyne.CanvasObject{top, r.left, r.right}
}

func (r *review) row(i int) fyne.CanvasObject {
	d := r.s.rows[i]
	text := kit.NewLabel(content.Line(content.Parse(d.Question), 300), kit.Body, theme.Ink)
	text.MaxLines = 2
	line := kit.Row(12, kit.Middle, kit.Flex(text))
	if !d.Supported {
		line.Add(kit.Icon("warning", 18, theme.Warn))
	}
	return kit.Fixed(0, questionHigh-1, line)
}

// chosen is the draft that is shown.
func (r *review) chosen() (collection.DraftRow, bool) {
	if i := r.list.At(); i >= 0 && i < len(r.s.rows) {
		return r.s.rows[i], true
	}
	return collection.DraftRow{}, false
}

// turn shows the chosen draft.
func (r *review) turn() {
	d, ok := r.chosen()
	if !ok {
		return
	}
	r.roll.SetContent(kit.Pad(kit.Insets{Top: 24, Right: 40, Bottom: 40, Left: 40}, r.paper(d)))
	r.right.Refresh()
}

// paper is a draft as it lies on the sheet.
func (r *review) paper(d collection.DraftRow) fyne.CanvasObject {
	p := r.s.o.Printer
	where := kit.NewText(d.Section, kit.Caption, theme.Muted)
	where.Elide = true
	line := kit.Row(4, kit.Middle, kit.Flex(where))
	of := kit.NewText(p.T("drafts.part", "N", p.Int(r.list.At()+1), "All", p.Int(len(r.s.rows))), kit.Caption, theme.Muted)
	if r.s.small && len(r.s.rows) > 1 { // the list has no room
		step := func(icon, tip string, k keys.Key) fyne.CanvasObject {
			return kit.NewIconButton(icon, p.T(tip), k, func() { r.list.Press(k) }).Tool()
		}
		line.Objects = append(line.Objects, step("caret-left", "drafts.draft_before", keys.Up), of, step("caret-right", "drafts.draft_after", keys.Down))
	} else {
		line.Add(of)
	}
	col := kit.Column(0, line, kit.Gap(0, 10),
		r.s.o.Draw(content.Parse(d.Question), cardview.Style{Type: kit.Question.At(22, 30), Colour: theme.Ink}),
		kit.Gap(0, 16), kit.Rule(), kit.Gap(0, 14),
		kit.Row(12, kit.Middle, kit.NewChip(p.T("drafts.chip"), "pencil-simple-line", kit.Warning),
			kit.Flex(kit.NewText(d.Model, kit.Caption, theme.Muted))),
		kit.Gap(0, 12),
		r.s.o.Draw(content.Parse(d.Text), cardview.Style{Type: kit.Answer, Colour: theme.Ink}),
	)
	if !d.Supported {
		why := p.T("drafts.unsupported")
		if len(d.Quotes) == 0 {
			why = p.T("drafts.no_quotes")
		}
		col.Add(kit.Gap(0, 20))
		col.Add(kit.NewNotice(kit.Warning, "warning", "", why, nil))
	}
	if len(d.Quotes) > 0 {
		col.Add(kit.Gap(0, 24))
		col.Add(kit.NewText(p.T("drafts.rests_on"), kit.Caption, theme.Muted))
	}
	for _, place := range places(d.Quotes) {
		col.Add(kit.Gap(0, 14))
		col.Add(r.s.o.Draw(place, cardview.Style{Type: kit.RowText, Colour: theme.Ink}))
	}
	if r.s.small && r.canAskMore() {
		col.Add(kit.Gap(0, 24))
		col.Add(kit.Row(0, kit.Middle, r.moreButton(), kit.Spring()))
	}
	return col
}

// places are the passages of quotations, each once, with what is quoted under a
// marker pen.
func places(quotes []decks.Quote) []content.Document {
	var order []string
	marks := map[string][]string{}
	for _, q := range quotes {
		passage := q.Passage
		if passage == "" {
			passage = q.Text
		}
		if marks[passage] == nil {
			order = append(order, passage)
		}
		marks[passage] = append(marks[passage], q.Text)
	}
	out := make([]content.Document, len(order))
	for i, passage := range order {
		out[i] = marked(passage, marks[passage])
	}
	return out
}

// marked is a passage with the quotations in it marked. A passage is plain, but
// for its lines.
func marked(passage string, quotes []string) content.Document {
	hit := make([]bool, len(passage)) // by byte
	for _, q := range quotes {
		if at := strings.Index(passage, q); at >= 0 && q != "" {
			for i := at; i < at+len(q); i++ {
				hit[i] = true
			}
		}
	}
	p := &content.Paragraph{}
	add := func(text string, on bool) {
		for k, line := range strings.Split(text, "\n") {
			if k > 0 {
				p.Inlines = append(p.Inlines, content.Break{})
			}
			switch {
			case line == "":
			case on:
				p.Inlines = append(p.Inlines, &content.Span{Mark: content.Highlight, Inlines: []content.Inline{content.Text(line)}})
			default:
				p.Inlines = append(p.Inlines, content.Text(line))
			}
		}
	}
	from := 0
	for i := 1; i <= len(passage); i++ {
		if i == len(passage) || hit[i] != hit[from] {
			add(passage[from:i], hit[from])
			from = i
		}
	}
	return content.Document{Blocks: []content.Block{&content.Quote{Blocks: []content.Block{p}}}}
}

// done keeps the choice where it was and says what was done.
func (r *review) done(err error, said string) {
	if err != nil {
		r.s.o.Nav.Error(err)
		return
	}
	p := r.s.o.Printer
	r.s.brought = ""
	r.s.o.Nav.Toast(said, nav.Action{Text: p.T("drafts.undo"), Key: keys.CtrlZ, Do: r.s.o.Nav.Undo})
}

// accept makes the chosen draft the student's answer.
func (r *review) accept() {
	if d, ok := r.chosen(); ok {
		r.done(r.s.o.Collection.AcceptDraft(context.Background(), d.Note, ""), r.s.o.Printer.T("drafts.accepted"))
	}
}

// reject puts the chosen draft away.
func (r *review) reject() {
	if d, ok := r.chosen(); ok {
		r.done(r.s.o.Collection.RejectDraft(context.Background(), d.Note), r.s.o.Printer.T("drafts.rejected"))
	}
}

// edit lets the student change the chosen draft; kept, it is his answer.
func (r *review) edit() {
	d, ok := r.chosen()
	if !ok {
		return
	}
	p := r.s.o.Printer
	area := kit.NewArea(kit.RowText, 9, d.Text, "", nil)
	question := kit.NewLabel(content.Line(content.Parse(d.Question), 0), kit.Body, theme.Ink)
	r.s.o.Nav.Form(nav.Form{
		Title: p.T("drafts.edit_title"), Content: kit.Column(0, question, kit.Gap(0, 12), area), First: area.Focusable(), Save: p.T("drafts.accept"),
		Dirty: func() bool { return area.Text() != d.Text },
		Keep: func() error {
			err := r.s.o.Collection.AcceptDraft(context.Background(), d.Note, area.Text())
			if err == nil {
				r.done(nil, p.T("drafts.accepted"))
			}
			return err
		},
	})
}

func (r *review) key(k keys.Key) bool {
	switch k {
	case keys.Enter:
		r.accept()
	case keys.E:
		r.edit()
	case keys.Delete:
		r.reject()
	default:
		return r.list.Press(k)
	}
	return true
}

// canAskMore tells whether other questions lack an answer and a draft.
func (r *review) canAskMore() bool { return len(r.s.open) > 0 && !r.s.config.Off() }

func (r *review) moreButton() fyne.CanvasObject {
	return kit.NewButton(r.s.o.Printer.N("drafts.more", len(r.s.open)), kit.Quiet, func() {
		r.s.more = true
		r.s.show()
	})
}

func (r *review) bar(bar *nav.Bar) {
	if r.canAskMore() && !r.s.small {
		bar.Actions = append(bar.Actions, r.moreButton())
	}
	bar.Actions = append(bar.Actions, r.acts...)
}
