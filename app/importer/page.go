package importer

import (
	"slices"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/decks/lecture"
)

// pageView is the left pane: the page as it is, with boxes in its margin.
type pageView struct {
	s     *Screen
	sheet *kit.Sheet
	head  *fyne.Container
	hint  *kit.Text
	body  *fyne.Container
	roll  *kit.Scroll
	items map[int]*kit.Item  // by card
	boxes map[int]*kit.Check // by card
	lines map[int]*kit.Item  // by block, those of no card
}

// maxShown is how many blocks the pane draws; of a longer page it shows the
// places around its questions.
const (
	maxShown = 1000
	around   = 2
)

func newPageView(s *Screen) *pageView {
	v := &pageView{s: s, body: kit.Column(0)}
	p := s.o.Printer
	name := kit.NewText(s.o.Origin.Name, kit.Body, theme.Ink)
	name.Elide = true
	v.hint = kit.NewText(p.T("import.click_hint"), kit.Caption, theme.Muted)
	v.head = kit.Pad(kit.Sides(14, 24), kit.Row(10, kit.Middle, kit.Icon("file-text", 18, theme.Muted), kit.Flex(name), v.hint))
	v.roll = kit.NewScroll(kit.Pad(kit.Insets{Top: 12, Right: 20, Bottom: 24, Left: 20}, v.body))
	v.roll.Ground = theme.Paper
	v.sheet = kit.NewSheet(kit.All(0), kit.Column(0, v.head, kit.Rule(), kit.Flex(v.roll)))
	v.sheet.OpenBelow = true
	return v
}

// shown are the blocks that are drawn; gap tells that some are left out before.
func (v *pageView) shown() (blocks []int, gap map[int]bool) {
	page := v.s.draft.page
	gap = map[int]bool{}
	long := len(page.Blocks) > maxShown
	near := map[int]bool{}
	if long {
		for _, c := range v.s.draft.cards {
			for _, b := range slices.Concat(c.item.PromptBlocks, c.item.AnswerBlocks) {
				for k := b - around; k <= b+around; k++ {
					near[k] = true
				}
			}
		}
		if len(near) == 0 { // nothing was found: the beginning, to find it by eye
			for k := range maxShown {
				near[k] = true
			}
		}
	}
	left := false
	for i, b := range page.Blocks {
		if b.Hidden {
			continue
		}
		if long && (len(blocks) >= maxShown || !near[i]) {
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
	v.items, v.boxes, v.lines = map[int]*kit.Item{}, map[int]*kit.Check{}, map[int]*kit.Item{}
	owner := map[int]int{} // block → card
	for c := range d.cards {
		for _, b := range slices.Concat(d.cards[c].item.PromptBlocks, d.cards[c].item.AnswerBlocks) {
			owner[b] = c
		}
	}
	var rows []fyne.CanvasObject // all at once: a container lays out with each Add
	blocks, gap := v.shown()
	for at := 0; at < len(blocks); at++ {
		i := blocks[at]
		if gap[i] {
			rows = append(rows, kit.Pad(kit.Insets{Left: 44, Top: 4, Bottom: 4}, kit.NewText("…", kit.RowText, theme.Muted)))
		}
		c, owned := owner[i]
		if !owned {
			v.lines[i] = v.plain(i)
			rows = append(rows, v.lines[i])
			continue
		}
		first := at
		for at+1 < len(blocks) {
			if next, ok := owner[blocks[at+1]]; !ok || next != c {
				break
			}
			at++
		}
		item := v.card(c, blocks[first:at+1])
		if v.items[c] == nil { // of a card in two places the first leads
			v.items[c] = item
		}
		rows = append(rows, item)
	}
	if len(rows) == 0 {
		rows = append(rows, kit.NewLabel(v.s.o.Printer.T("import.page_empty"), kit.RowText, theme.Muted))
	}
	v.body.Objects = rows
	v.roll.Refresh()
	v.mark()
}

// mark shows which lines are marked and says what a key makes of them.
func (v *pageView) mark() {
	for b, item := range v.lines {
		item.Select(slices.Contains(v.s.lines, b))
	}
	key := "import.click_hint"
	if len(v.s.lines) > 0 {
		key = "import.answer_hint_lines"
	}
	v.hint.Set(v.s.o.Printer.T(key))
	v.head.Refresh()
}

// text is a block as it stands on the page, with its bullet or number.
func text(b lecture.Block) string {
	switch b.Kind {
	case lecture.Code:
		return b.Text
	case lecture.Entry:
		mark := b.Mark
		if mark == "" || mark == "-" || mark == "*" || mark == "+" {
			mark = "•"
		}
		return mark + "\u00a0" + b.Plain()
	}
	return b.Plain()
}

// plain is a block that is no card; a click makes it one, a click with Shift
// marks it.
func (v *pageView) plain(i int) *kit.Item {
	b := v.s.draft.page.Blocks[i]
	kind, colour := kit.RowText, theme.Muted
	in := kit.Insets{Top: 6, Right: 12, Bottom: 6, Left: 44}
	switch b.Kind {
	case lecture.Heading:
		kind, colour = kit.Type{Size: 21, Line: 28, Face: kit.Reading}, theme.Ink
		in.Top = 14
	case lecture.Code:
		kind = kit.Code
	}
	label := kit.NewLabel(text(b), kind, colour)
	label.MaxLines = 12
	row := kit.NewItem(in, label, func() {
		if keys.ShiftHeld() {
			v.s.toggle(i)
			return
		}
		v.s.line(i)
	})
	row.OnMenu = func(at fyne.CanvasObject) {
		p := v.s.o.Printer
		none := ""
		if v.s.at < 0 {
			none = p.T("import.nothing_chosen")
		}
		v.s.o.Nav.Menu(at, []nav.Action{
			{Text: p.T("import.make_question"), Icon: "question", Do: func() { v.s.line(i) }},
			{Text: p.T("import.make_answer"), Icon: "check", Disabled: none, Do: func() { v.s.answer(i) }},
		})
	}
	row.Radius = theme.RadiusControl
	return row
}

// card is a question with its answer, as they stand on the page.
func (v *pageView) card(c int, blocks []int) *kit.Item {
	d := v.s.draft
	it := d.cards[c]
	box := kit.NewCheck("", it.on, func(on bool) { v.s.tick(c, on) })
	v.boxes[c] = box
	words := kit.Column(8)
	var answer []fyne.CanvasObject
	for _, i := range blocks {
		b := d.page.Blocks[i]
		if slices.Contains(it.item.AnswerBlocks, i) {
			answer = append(answer, v.answerLine(c, i))
			continue
		}
		label := kit.NewLabel(b.Plain(), kit.RowText, theme.Ink)
		if b.Kind == lecture.Code {
			label = kit.NewLabel(b.Text, kit.Code, theme.Ink)
			label.MaxLines = 20
		}
		words.Objects = append(words.Objects, label)
	}
	if len(answer) > 0 {
		lines := append([]fyne.CanvasObject{kit.NewText(v.s.o.Printer.T("import.answer_mark"), kit.Caption, theme.Accent)}, answer...)
		words.Objects = append(words.Objects, &fyne.Container{Layout: &bar{}, Objects: []fyne.CanvasObject{kit.NewGround(theme.Accent), kit.Column(4, lines...)}})
	}
	row := kit.NewItem(kit.Insets{Top: 8, Right: 12, Bottom: 8, Left: 12}, kit.Row(12, kit.Top, kit.Pad(kit.Insets{Top: 3}, box), kit.Flex(words)), func() { v.s.press(c) })
	row.OnMenu = func(at fyne.CanvasObject) { v.s.menu(at, c) }
	row.Radius, row.Bar, row.Selected = theme.RadiusControl, false, c == v.s.at
	return row
}

// answerLine is a line of an answer; its menu takes it out.
func (v *pageView) answerLine(c, block int) fyne.CanvasObject {
	line := kit.NewItem(kit.Insets{}, kit.NewLabel(text(v.s.draft.page.Blocks[block]), kit.RowText, theme.Ink), func() { v.s.press(c) })
	line.OnMenu = func(at fyne.CanvasObject) {
		v.s.o.Nav.Menu(at, []nav.Action{{Text: v.s.o.Printer.T("import.not_answer"), Icon: "x", Do: func() {
			v.s.choose(c)
			v.s.answer(block)
		}}})
	}
	line.Radius = theme.RadiusKey
	return line
}

func (v *pageView) choose(c int) {
	for i, item := range v.items {
		item.Select(i == c)
	}
	if item := v.items[c]; item != nil {
		reveal(v.roll, item, v.body)
	}
}

// tick shows whether a card is taken.
func (v *pageView) tick(c int) {
	if box := v.boxes[c]; box != nil {
		box.Set(v.s.draft.cards[c].on)
	}
}

// top is where a card begins in the pane.
func (v *pageView) top(c int) (float32, bool) { return top(v.items[c], v.body) }

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
