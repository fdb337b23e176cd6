package importer

import (
	"slices"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/lecture"
)

// pageView is the left pane: the page as it is, with boxes in its margin.
type pageView struct {
	s     *Screen
	sheet *kit.Sheet
	body  *fyne.Container
	roll  *kit.Scroll
	items map[int]*kit.Item // by card
}

// maxShown is how many blocks the pane draws; of a longer page it shows the
// places around its questions.
const (
	maxShown = 300
	around   = 2
)

func newPageView(s *Screen) *pageView {
	v := &pageView{s: s, body: kit.Column(0)}
	p := s.o.Printer
	name := kit.NewText(s.o.Origin.Name, kit.Body, theme.Ink)
	name.Elide = true
	head := kit.Pad(kit.Sides(14, 24), kit.Row(10, kit.Middle,
		kit.Icon("file-text", 18, theme.Muted), kit.Flex(name), kit.NewText(p.T("import.click_hint"), kit.Caption, theme.Muted)))
	v.roll = kit.NewScroll(kit.Pad(kit.Insets{Top: 12, Right: 20, Bottom: 24, Left: 20}, v.body))
	v.sheet = kit.NewSheet(kit.All(0), kit.Column(0, head, kit.Rule(), kit.Flex(v.roll)))
	v.sheet.OpenBelow = true
	return v
}

// shown are the blocks that are drawn; gap tells that some are left out before.
func (v *pageView) shown() (blocks []int, gap map[int]bool) {
	page := v.s.draft.page
	gap = map[int]bool{}
	near := func(i int) bool {
		for k := max(0, i-around); k <= min(len(page.Blocks)-1, i+around); k++ {
			if v.s.draft.of(k) >= 0 {
				return true
			}
		}
		return false
	}
	long := len(page.Blocks) > maxShown
	left := false
	for i, b := range page.Blocks {
		if b.Hidden {
			continue
		}
		if long && (len(blocks) >= maxShown || !near(i)) {
			left = true
			continue
		}
		gap[i] = left
		left = false
		blocks = append(blocks, i)
	}
	return blocks, gap
}

func (v *pageView) show() {
	d := v.s.draft
	v.items = map[int]*kit.Item{}
	v.body.Objects = nil
	blocks, gap := v.shown()
	for at := 0; at < len(blocks); at++ {
		i := blocks[at]
		if gap[i] {
			v.body.Add(kit.Pad(kit.Insets{Left: 44, Top: 4, Bottom: 4}, kit.NewText("…", kit.RowText, theme.Muted)))
		}
		c := d.of(i)
		if c < 0 {
			v.body.Add(v.plain(i))
			continue
		}
		var mine []int
		for at < len(blocks) && d.of(blocks[at]) == c {
			mine = append(mine, blocks[at])
			at++
		}
		at--
		item := v.card(c, mine)
		v.items[c] = item
		v.body.Add(item)
	}
	if len(v.body.Objects) == 0 {
		v.body.Add(kit.NewLabel(v.s.o.Printer.T("import.page_empty"), kit.RowText, theme.Muted))
	}
	kit.Relayout(v.roll)
	v.sheet.Refresh()
}

// plain is a block that is no card; a click makes it one.
func (v *pageView) plain(i int) fyne.CanvasObject {
	b := v.s.draft.page.Blocks[i]
	text, kind, colour := b.Plain(), kit.RowText, theme.Muted
	in := kit.Insets{Top: 6, Right: 12, Bottom: 6, Left: 44}
	switch b.Kind {
	case lecture.Heading:
		kind, colour = kit.Type{Size: 21, Line: 28, Face: kit.Reading}, theme.Ink
		in.Top = 14
	case lecture.Code:
		text, kind = b.Text, kit.Code
	case lecture.Entry:
		text = "• " + text
	}
	label := kit.NewLabel(text, kind, colour)
	label.MaxLines = 12
	row := kit.NewItem(in, label, func() { v.s.line(i) })
	row.Radius = theme.RadiusControl
	return row
}

// card is a question with its answer, as they stand on the page.
func (v *pageView) card(c int, blocks []int) *kit.Item {
	d := v.s.draft
	it := d.cards[c]
	box := kit.NewCheck("", it.on, func(on bool) { v.s.tick(c, on) })
	text := kit.Column(8)
	var answer []fyne.CanvasObject
	for _, i := range blocks {
		b := d.page.Blocks[i]
		if slices.Contains(it.item.AnswerBlocks, i) {
			s := b.Plain()
			if b.Kind == lecture.Entry {
				s = "•  " + s
			}
			answer = append(answer, kit.NewLabel(s, kit.RowText, theme.Ink))
			continue
		}
		label := kit.NewLabel(b.Plain(), kit.RowText, theme.Ink)
		if b.Kind == lecture.Code {
			label = kit.NewLabel(b.Text, kit.Code, theme.Ink)
			label.MaxLines = 20
		}
		text.Add(label)
	}
	if len(answer) > 0 {
		lines := append([]fyne.CanvasObject{kit.NewText(v.s.o.Printer.T("import.answer_mark"), kit.Caption, theme.Accent)}, answer...)
		text.Add(&fyne.Container{Layout: &bar{}, Objects: []fyne.CanvasObject{kit.NewGround(theme.Accent), kit.Column(4, lines...)}})
	}
	row := kit.NewItem(kit.Insets{Top: 8, Right: 12, Bottom: 8, Left: 12}, kit.Row(12, kit.Top, kit.Pad(kit.Insets{Top: 3}, box), kit.Flex(text)), func() { v.s.choose(c) })
	row.Radius, row.Bar, row.Selected = theme.RadiusControl, false, c == v.s.at
	return row
}

func (v *pageView) choose(c int) {
	for i, item := range v.items {
		item.Select(i == c)
	}
	if item := v.items[c]; item != nil {
		reveal(v.roll, item, v.body)
	}
}

// bar sets a line of 2 px at the left of an answer.
type bar struct{}

func (bar) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[1].MinSize()
	return fyne.NewSize(m.Width+16, m.Height)
}

func (bar) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(2, size.Height))
	o[1].Move(fyne.NewPos(16, 0))
	o[1].Resize(fyne.NewSize(size.Width-16, size.Height))
}

// reveal scrolls so that an object of the body is in sight.
func reveal(roll *kit.Scroll, o fyne.CanvasObject, body *fyne.Container) {
	y := body.Position().Y + o.Position().Y
	roll.Reveal(y, y+o.Size().Height)
}
