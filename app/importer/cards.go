package importer

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
)

// cardView is the right pane: the deck as it will be.
type cardView struct {
	s      *Screen
	sheet  *kit.Sheet
	name   *kit.Field
	perDay *kit.Field
	days   *kit.Text
	note   *kit.Label
	notes  *fyne.Container
	body   *fyne.Container
	roll   *kit.Scroll
	items  map[int]*kit.Item
}

// maxRows is how many cards the pane draws; the others are taken as they are.
const maxRows = 300

func newCardView(s *Screen) *cardView {
	p := s.o.Printer
	v := &cardView{s: s, body: kit.Column(0)}
	v.name = kit.NewField(s.draft.title, p.T("import.deck_name"), func(t string) { s.draft.title = t; s.dirty = true })
	v.days = kit.NewText("", kit.Caption, theme.Muted)
	per := 10
	if preset, err := s.o.Collection.Preset(ctx()); err == nil {
		per = preset.NewPerDay
	}
	v.perDay = kit.NewField(strconv.Itoa(per), "", func(string) { v.lasts() })
	v.perDay.After = v.days
	v.note = kit.NewLabel("", kit.Caption, theme.Muted)
	v.notes = kit.Row(8, kit.Middle, kit.Icon("pencil-simple-line", 16, theme.GradeHard), kit.Flex(v.note))
	head := kit.Pad(kit.Insets{Top: 16, Right: 24, Bottom: 14, Left: 24}, kit.Column(14,
		kit.Row(16, kit.Top,
			kit.Flex(kit.Column(6, kit.NewText(p.T("import.deck_name"), kit.Caption, theme.Muted), v.name)),
			kit.Fixed(152, 0, kit.Column(6, kit.NewText(p.T("import.per_day"), kit.Caption, theme.Muted), v.perDay)),
		),
		v.notes,
	))
	v.roll = kit.NewScroll(v.body)
	v.sheet = kit.NewSheet(kit.All(0), kit.Column(0, head, kit.Rule(), kit.Flex(v.roll)))
	v.sheet.OpenBelow = true
	return v
}

// newPerDay is the number of new cards a day that stands in the field, if it is
// one.
func (v *cardView) newPerDay() (n int, ok bool) {
	n, err := strconv.Atoi(strings.TrimSpace(v.perDay.Text()))
	return n, err == nil && n >= 0 && n <= 9999
}

// lasts says in how many days all new cards will have been seen.
func (v *cardView) lasts() {
	n, ok := v.newPerDay()
	on, _ := v.s.draft.count()
	if !ok || n == 0 || on == 0 {
		v.days.Set("")
		return
	}
	v.days.Set(v.s.o.Printer.N("import.days", (on+n-1)/n))
	v.perDay.Refresh()
}

func (v *cardView) show() {
	p := v.s.o.Printer
	d := v.s.draft
	_, unanswered := d.count()
	v.note.Set(p.N("import.unanswered", unanswered))
	v.notes.Hidden = unanswered == 0
	v.lasts()
	v.items = map[int]*kit.Item{}
	v.body.Objects = nil
	if len(d.cards) == 0 {
		v.body.Add(kit.Pad(kit.All(24), kit.NewLabel(p.T("import.nothing_found"), kit.Heading, theme.Ink)))
	}
	for i := 0; i < len(d.cards); i++ {
		if i == maxRows {
			v.body.Add(kit.Pad(kit.Sides(14, 24), kit.NewText(p.N("import.more_cards", len(d.cards)-i), kit.Body, theme.Muted)))
			break
		}
		if i == 0 || d.cards[i].group != d.cards[i-1].group {
			if i > 0 {
				v.body.Add(kit.Rule())
			}
			v.body.Add(v.group(i))
		}
		v.body.Add(kit.Rule())
		v.items[i] = v.row(i)
		v.body.Add(v.items[i])
	}
	kit.Relayout(v.roll)
	v.sheet.Refresh()
}

func (v *cardView) group(first int) fyne.CanvasObject {
	d := v.s.draft
	on, all := 0, 0
	for i := first; i < len(d.cards) && d.cards[i].group == d.cards[first].group; i++ {
		all++
		if d.cards[i].on {
			on++
		}
	}
	title := kit.NewText(d.cards[first].group, kit.Type{Size: 16, Line: 24, Bold: true}, theme.Ink)
	title.Elide = true
	return kit.Pad(kit.Sides(12, 24), kit.Row(12, kit.Middle, kit.Flex(title),
		kit.NewText(v.s.o.Printer.T("import.of", "On", on, "All", all), kit.Caption, theme.Muted)))
}

func (v *cardView) row(i int) *kit.Item {
	p := v.s.o.Printer
	c := v.s.draft.cards[i]
	box := kit.NewCheck("", c.on, func(on bool) { v.s.tick(i, on) })
	colour := theme.Ink
	if !c.on {
		colour = theme.Muted
	}
	question := kit.NewLabel(plain(c.item.Prompt), kit.RowText, colour)
	question.MaxLines = 2
	text := kit.Column(2, question)
	var mark fyne.CanvasObject = kit.NewIconButton("pencil-simple-line", p.T("import.write_answer"), "", func() { v.s.edit(i) }).Tool()
	if b, ok := mark.(*kit.IconButton); ok {
		b.Colour = theme.GradeHard
	}
	if strings.TrimSpace(c.item.Answer) != "" {
		answer := kit.NewLabel(plain(c.item.Answer), kit.Type{Size: 16, Line: 24}, theme.Muted)
		answer.MaxLines = 2
		text.Add(answer)
		mark = kit.NewChip(p.T("import.answer_found"), "check", kit.Good)
	}
	item := kit.NewItem(kit.Sides(11, 24), kit.Row(12, kit.Top, kit.Pad(kit.Insets{Top: 3}, box), kit.Flex(text), mark), func() {
		if v.s.at == i {
			v.s.edit(i)
			return
		}
		v.s.choose(i)
	})
	item.Bar, item.Selected = false, i == v.s.at
	return item
}

func (v *cardView) choose(c int) {
	for i, item := range v.items {
		item.Select(i == c)
	}
	if item := v.items[c]; item != nil {
		reveal(v.roll, item, v.body)
	}
}
