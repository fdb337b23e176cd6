package importer

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks"
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
	head   *fyne.Container
	high   float32 // of the head, as it was last laid out
	body   *fyne.Container
	roll   *kit.Scroll
	rows   map[int]*cardRow // by card
	groups map[int]*group   // by the first card of each
}

// cardRow is a card in the list.
type cardRow struct {
	item     *kit.Item
	box      *kit.Check
	question *kit.Label
	found    *kit.Chip // "answer found"; nil without an answer
}

// group is the head of a section, with a box that takes or leaves all of it.
type group struct {
	box   *kit.Check
	count *kit.Text
}

// maxRows is how many cards the pane draws; the others are taken as they are.
const maxRows = 500

func newCardView(s *Screen) *cardView {
	p := s.o.Printer
	v := &cardView{s: s, body: kit.Column(0)}
	v.name = kit.NewField(s.draft.title, p.T("import.deck_name"), func(t string) { s.draft.title = t; s.dirty = true })
	v.days = kit.NewText("", kit.Caption, theme.Muted)
	v.perDay = kit.NewField(strconv.Itoa(s.preset.NewPerDay), "", func(string) { s.count() })
	v.perDay.After = v.days
	v.note = kit.NewLabel("", kit.Caption, theme.Muted)
	v.notes = kit.Row(8, kit.Middle, kit.Icon("pencil-simple-line", 16, theme.GradeHard), kit.Flex(v.note))
	v.head = kit.Pad(kit.Insets{Top: 16, Right: 24, Bottom: 14, Left: 24}, kit.Column(14,
		kit.Row(16, kit.Top,
			kit.Flex(kit.Column(6, kit.NewText(p.T("import.deck_name"), kit.Caption, theme.Muted), v.name)),
			kit.Fixed(152, 0, kit.Column(6, kit.NewText(p.T("import.per_day"), kit.Caption, theme.Muted), v.perDay)),
		),
		v.notes,
	))
	if s.old != nil {
		v.notes.Objects[0] = kit.Icon("arrows-clockwise", 16, theme.Muted)
	}
	v.roll = kit.NewScroll(v.body)
	v.roll.Ground = theme.Paper
	v.sheet = kit.NewSheet(kit.All(0), kit.Column(0, v.head, kit.Rule(), kit.Flex(v.roll)))
	v.sheet.OpenBelow = true
	return v
}

// newPerDay is the number of new cards a day that stands in the field, if it is
// one.
func (v *cardView) newPerDay() (n int, ok bool) {
	n, err := strconv.Atoi(strings.TrimSpace(v.perDay.Text()))
	return n, err == nil && n >= 0 && n <= 9999
}

// count shows what follows from the ticks: in how many days all new cards will
// have been seen, how many have no answer, what an update does.
func (v *cardView) count(u *update) {
	p := v.s.o.Printer
	on, unanswered := v.s.draft.count()
	days := ""
	if n, ok := v.newPerDay(); ok && n > 0 && on > 0 && u == nil {
		days = p.N("import.days", (on+n-1)/n)
	}
	v.days.Set(days)
	v.perDay.Refresh()
	switch {
	case u != nil && len(u.added)+len(u.changed)+len(u.gone) == 0:
		v.note.Set(p.T("import.update_same"))
	case u != nil:
		v.note.Set(p.T("import.update_note", "Added", p.Int(len(u.added)), "Changed", p.Int(len(u.changed)), "Gone", p.Int(len(u.gone))))
	default:
		v.note.Set(p.N("import.unanswered", unanswered))
	}
	v.notes.Hidden = u == nil && unanswered == 0
	for first, g := range v.groups {
		from, to := v.s.draft.span(first)
		n := v.s.draft.ticked(from, to)
		g.box.SetPart(n > 0, n == to-from)
		g.count.Set(p.T("import.of", "On", n, "All", to-from))
	}
	v.head.Refresh()
	if high := kit.HeightFor(v.head, v.head.Size().Width); high != v.high {
		v.high = high
		v.sheet.Refresh() // which draws every card anew
	}
}

// show draws the cards; u says what an update does and is nil for a new deck.
func (v *cardView) show(u *update) {
	p := v.s.o.Printer
	d := v.s.draft
	v.rows, v.groups = map[int]*cardRow{}, map[int]*group{}
	var rows []fyne.CanvasObject // all at once: a container lays out with each Add
	if len(d.cards) == 0 {
		rows = append(rows, kit.Pad(kit.All(24), kit.NewLabel(p.T("import.nothing_found"), kit.Heading, theme.Ink)))
	}
	for i := range d.cards {
		if i == maxRows {
			rows = append(rows, kit.Rule(), kit.Pad(kit.Sides(14, 24), kit.NewText(p.N("import.more_cards", len(d.cards)-i), kit.Body, theme.Muted)))
			break
		}
		if i == 0 || d.cards[i].group != d.cards[i-1].group {
			if i > 0 {
				rows = append(rows, kit.Rule())
			}
			rows = append(rows, v.group(i))
		}
		v.rows[i] = v.row(i, u)
		rows = append(rows, kit.Rule(), v.rows[i].item)
	}
	if u != nil && len(u.gone) > 0 {
		rows = append(rows, kit.Rule(), kit.Pad(kit.Sides(12, 24), kit.NewText(p.T("import.gone"), kit.Body.Strong(), theme.Ink)))
		for _, n := range u.gone {
			question := kit.NewLabel(plain(n.Text(decks.Front)), kit.RowText, theme.Muted)
			question.MaxLines = 2
			rows = append(rows, kit.Rule(), kit.Pad(kit.Insets{Top: 11, Right: 24, Bottom: 11, Left: 56}, question))
		}
	}
	v.body.Objects = rows
	v.roll.Refresh()
	v.count(u)
}

func (v *cardView) group(first int) fyne.CanvasObject {
	title := kit.NewText(v.s.draft.cards[first].group, kit.Body.Strong(), theme.Ink)
	title.Elide = true
	g := &group{count: kit.NewText("", kit.Caption, theme.Muted)}
	g.box = kit.NewCheck("", true, func(on bool) { v.s.tickGroup(first, on) })
	v.groups[first] = g
	return kit.Pad(kit.Sides(12, 24), kit.Row(12, kit.Middle, kit.Flex(title), g.count, g.box))
}

func (v *cardView) row(i int, u *update) *cardRow {
	p := v.s.o.Printer
	c := v.s.draft.cards[i]
	r := &cardRow{}
	r.box = kit.NewCheck("", c.on, func(on bool) { v.s.tick(i, on) })
	r.question = kit.NewLabel(plain(c.item.Prompt), kit.RowText, theme.Ink)
	r.question.MaxLines = 2
	words := kit.Column(2, r.question)
	marks := kit.Row(8, kit.Middle)
	if u != nil && u.added[i] {
		marks.Objects = append(marks.Objects, kit.NewChip(p.T("import.added"), "plus", kit.Info))
	}
	if u != nil && u.changed[i] {
		marks.Objects = append(marks.Objects, kit.NewChip(p.T("import.changed"), "pencil-simple", kit.Info))
	}
	if strings.TrimSpace(c.item.Answer) != "" {
		answer := kit.NewLabel(plain(c.item.Answer), kit.Body, theme.Muted)
		answer.MaxLines = 2
		words.Objects = append(words.Objects, answer)
		r.found = kit.NewChip(p.T("import.answer_found"), "check", kit.Good)
		marks.Objects = append(marks.Objects, r.found)
	} else {
		write := kit.NewIconButton("pencil-simple-line", p.T("import.write_answer"), "", func() { v.s.edit(i) }).Tool()
		write.Colour = theme.GradeHard
		// The button reaches over the row's margins: the row is as high as its text.
		marks.Objects = append(marks.Objects, kit.Pad(kit.Insets{Top: -5, Right: -8, Bottom: -5}, write))
	}
	r.item = kit.NewItem(kit.Sides(11, 24), kit.Row(12, kit.Top, kit.Pad(kit.Insets{Top: 3}, r.box), kit.Flex(words), marks), func() { v.s.press(i) })
	r.item.OnMenu = func(at fyne.CanvasObject) { v.s.menu(at, i) }
	r.item.Tip = func() string {
		if r.question.Cut() {
			return r.question.Text
		}
		return ""
	}
	r.item.Bar = false
	r.paint(c.on, i == v.s.at)
	return r
}

// paint shows whether the card is taken and chosen.
func (r *cardRow) paint(on, chosen bool) {
	colour := theme.Ink
	if !on {
		colour = theme.Muted
	}
	if r.question.Colour != colour {
		r.question.Colour = colour
		r.question.Refresh()
	}
	r.box.Set(on)
	r.item.Select(chosen)
	if r.found != nil && r.found.Raised != chosen {
		r.found.Raised = chosen
		r.found.Refresh()
	}
}

func (v *cardView) choose(c int) {
	for i, r := range v.rows {
		r.paint(v.s.draft.cards[i].on, i == c)
	}
	if r := v.rows[c]; r != nil {
		reveal(v.roll, r.item, v.body)
	}
}

// tick shows whether a card is taken.
func (v *cardView) tick(c int) {
	if r := v.rows[c]; r != nil {
		r.paint(v.s.draft.cards[c].on, c == v.s.at)
	}
}

// top is where a card begins in the pane.
func (v *cardView) top(c int) (float32, bool) {
	if r := v.rows[c]; r != nil {
		return top(r.item, v.body)
	}
	return 0, false
}
