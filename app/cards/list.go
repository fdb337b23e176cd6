package cards

import (
	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/collection"
	"lectern/scheduler"
)

// list is the table: question, section, when, how well it is remembered.
type list struct {
	s     *Screen
	sheet *kit.Sheet
	body  *fyne.Container
	roll  *kit.Scroll
	items []*kit.Item
}

const (
	sectionWide = 120
	whenWide    = 104
	recallWide  = 116
)

func newList(s *Screen) *list {
	l := &list{s: s, body: kit.Column(0)}
	l.roll = kit.NewScroll(l.body)
	l.sheet = kit.NewSheet(kit.All(0), nil)
	l.sheet.OpenBelow = true
	return l
}

func (l *list) head() fyne.CanvasObject {
	p := l.s.o.Printer
	cap := func(key string) *kit.Text { return kit.NewText(p.T(key), kit.Caption, theme.Muted) }
	recall := cap("cards.recall")
	recall.Align = fyne.TextAlignTrailing
	parts := []fyne.CanvasObject{kit.Flex(cap("cards.question"))}
	if !l.s.small {
		parts = append(parts, kit.Fixed(sectionWide, 0, cap("cards.section")))
	}
	parts = append(parts, kit.Fixed(whenWide, 0, cap("cards.when")), kit.Fixed(recallWide, 0, recall))
	return kit.Pad(kit.Sides(12, 24), kit.Row(16, kit.Middle, parts...))
}

func (l *list) show() {
	s := l.s
	p := s.o.Printer
	l.items, l.body.Objects = nil, nil
	for i, r := range s.found.Rows {
		if i > 0 {
			l.body.Add(kit.Rule())
		}
		item := kit.NewItem(kit.Sides(14, 24), l.row(r), func() {
			if s.at == i {
				s.edit()
				return
			}
			s.choose(i)
		})
		item.Selected = i == s.at
		l.items = append(l.items, item)
		l.body.Add(item)
	}
	switch more := s.found.Total - len(s.found.Rows); {
	case s.loaded && len(s.found.Rows) == 0:
		l.body.Add(kit.Pad(kit.All(24), kit.NewLabel(p.T("cards.nothing"), kit.Heading, theme.Ink)))
	case more > 0:
		l.body.Add(kit.Pad(kit.Sides(14, 24), kit.NewLabel(p.N("cards.more", more), kit.Body, theme.Muted)))
	}
	l.sheet.Content = kit.Column(0, l.head(), kit.Rule(), kit.Flex(l.roll))
	kit.Relayout(l.roll)
	l.sheet.Refresh()
}

func (l *list) row(r collection.Row) fyne.CanvasObject {
	p := l.s.o.Printer
	colour := theme.Ink
	if r.Suspended {
		colour = theme.Muted
	}
	question := kit.NewText(r.Question, kit.Body, colour)
	question.Elide = true
	parts := []fyne.CanvasObject{kit.Flex(question)}
	if r.Flag != 0 {
		parts = append(parts, kit.Icon("flag", 16, theme.Warn))
	}
	if r.Suspended {
		parts = append(parts, kit.Icon("pause", 16, theme.Muted))
	}
	if !l.s.small {
		section := kit.NewText(r.Section, kit.Body, theme.Muted)
		section.Elide = true
		parts = append(parts, kit.Fixed(sectionWide, 0, section))
	}
	when, bold := l.when(r)
	t := kit.Body
	ink := theme.Muted
	if bold {
		t.Bold, ink = true, theme.Ink
	}
	parts = append(parts, kit.Fixed(whenWide, 0, kit.NewText(when, t, ink)))
	var last fyne.CanvasObject
	switch {
	case r.NeedsAnswer:
		last = kit.Row(0, kit.Middle, kit.Spring(), kit.NewChip(p.T("cards.needs_answer"), "", kit.Warning))
	case r.Phase == scheduler.New:
		last = kit.NewText("", kit.Body, theme.Muted)
	default:
		share := kit.NewText(p.Percent(r.Recall), kit.Body, theme.Ink)
		share.Align = fyne.TextAlignTrailing
		last = share
	}
	parts = append(parts, kit.Fixed(recallWide, 24, last))
	return kit.Row(16, kit.Middle, parts...)
}

// when says when a card comes back; what waits today stands out.
func (l *list) when(r collection.Row) (text string, today bool) {
	p := l.s.o.Printer
	if r.Phase == scheduler.New || r.Due.IsZero() {
		return p.T("cards.new"), false
	}
	now := l.s.o.Now()
	due := r.Due.In(now.Location())
	if !due.After(now) || (due.YearDay() == now.YearDay() && due.Year() == now.Year()) {
		return p.T("cards.today"), true
	}
	return p.Date(due), false
}

func (l *list) choose(at int) {
	for i, item := range l.items {
		item.Select(i == at)
	}
	if at >= 0 && at < len(l.items) {
		y := l.items[at].Position().Y
		l.roll.Reveal(y, y+l.items[at].Size().Height)
	}
}

// desk sets the search across, the filters under it, the list left and the
// preview right.
type desk struct{ s *Screen }

const previewWide = 384

func (desk) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 400) }

func (l *desk) Layout(o []fyne.CanvasObject, size fyne.Size) {
	field, chips, list, preview, failed := o[0], o[1], o[2], o[3], o[4]
	margin, gutter := float32(theme.Margin), float32(theme.Gutter)
	if l.s.small {
		margin, gutter = theme.MarginSmall, theme.GutterSmall
	}
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	width := size.Width - 2*margin
	y := float32(8)
	h := kit.HeightFor(field, width)
	place(field, margin, y, width, h)
	y += h + 14
	place(chips, margin, y, width, chips.MinSize().Height)
	y += chips.MinSize().Height + 16
	if h := kit.HeightFor(failed, width); h > 0 {
		place(failed, margin, y, width, h)
		y += h + gutter
	}
	left := width
	preview.Hide()
	if !l.s.small {
		left = width - previewWide - gutter
		preview.Show()
		place(preview, margin+left+gutter, y, previewWide, min(kit.HeightFor(preview, previewWide), size.Height-y-margin))
	}
	place(list, margin, y, left, size.Height-y)
}
