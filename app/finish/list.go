package finish

import (
	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/study/session"
	"lectern/app/theme"
)

// listed is how many forgotten cards are shown before "and 7 more".
const listed = 5

// beside is how far a chosen row reaches out of the column.
const beside = 12

// forgotten is the list of what was not recalled.
type forgotten struct {
	s     *Screen
	items []*kit.Item
	cards []session.Answer
	on    int  // the chosen row, -1 for none
	all   bool // shown whole
}

// fill puts the list into a column; it tells whether there is one.
func (f *forgotten) fill(body *fyne.Container) bool {
	p := f.s.o.Printer
	f.items, f.cards = nil, f.s.o.Session.Forgotten()
	if len(f.cards) == 0 {
		f.on = -1
		return false
	}
	gap := float32(28)
	if f.s.small {
		gap = 20
	}
	body.Add(kit.Gap(0, gap))
	body.Add(kit.NewText(p.T("finish.forgotten"), kit.Body.Strong(), theme.Ink))
	body.Add(kit.Gap(0, 12))
	shown := f.cards
	if !f.all && len(shown) > listed {
		shown = shown[:listed]
	}
	for i, a := range shown {
		body.Add(kit.Rule())
		item := f.row(a)
		item.Select(i == f.on)
		f.items = append(f.items, item)
		body.Add(kit.Pad(kit.Sides(0, -beside), item))
	}
	if n := len(f.cards) - len(shown); n > 0 {
		body.Add(kit.Rule())
		more := kit.NewButton(p.N("finish.and_more", n), kit.Quiet, func() { f.all = true; f.s.paint() })
		body.Add(kit.Pad(kit.Insets{Top: 8, Bottom: 8, Left: 26}, kit.Row(0, kit.Middle, more, kit.Spring())))
	}
	return true
}

// row is a question and the way to its place in the course.
func (f *forgotten) row(a session.Answer) *kit.Item {
	question := kit.NewLabel(a.Question, kit.RowText, theme.Ink)
	question.MaxLines = 2
	line := kit.Row(16, kit.Middle, kit.Icon("arrow-counter-clockwise", 18, theme.GradeAgain), kit.Flex(question))
	var open func()
	if f.s.o.Place != nil && a.Section.Title != "" {
		open = func() { f.s.o.Place(a) }
		where := kit.NewText(a.Section.Title, kit.Caption.Strong(), theme.Accent)
		where.Elide = true
		width := min(kit.Caption.Strong().Width(a.Section.Title)+1, 180)
		line.Add(kit.Row(8, kit.Middle, kit.Icon("book-open", 16, theme.Accent), kit.Fixed(width, 0, where)))
	}
	item := kit.NewItem(kit.Sides(0, beside), kit.Fixed(0, 75, line), open)
	item.Radius = theme.RadiusControl
	return item
}

// move chooses another row.
func (f *forgotten) move(by int) {
	if len(f.items) == 0 {
		return
	}
	if f.on >= 0 && f.on < len(f.items) {
		f.items[f.on].Select(false)
	}
	f.on = min(max(f.on+by, 0), len(f.items)-1)
	item := f.items[f.on]
	item.Select(true)
	d := fyne.CurrentApp().Driver()
	y := d.AbsolutePositionForObject(item).Y - d.AbsolutePositionForObject(f.s.scroll.Content).Y
	f.s.scroll.Reveal(y, y+item.Size().Height)
}

// enter opens the place of the chosen row; it tells whether one is chosen.
func (f *forgotten) enter() bool {
	if f.on < 0 || f.on >= len(f.items) || f.items[f.on].OnTapped == nil {
		return false
	}
	f.items[f.on].OnTapped()
	return true
}
