package importer

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/cardview"
	"lectern/app/importer/sketch"
	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/decks"
	"lectern/decks/content"
	"lectern/decks/lecture/find"
	"lectern/decks/lecture/page"
)

// pageView is the left pane: the pages as they are, with boxes in their margin.
type pageView struct {
	s     *Screen
	sheet *kit.Sheet
	head  *fyne.Container
	hint  *kit.Text
	strip *strip

	rows    []pageRow
	skipped map[int]find.Reason // by block
	opened  map[int]bool        // pages whose furniture is shown
	at      map[int]int         // by number of the card: its first row
}

// pageRow is a line of the strip.
type pageRow struct {
	kind rowKind
	at   int32 // a block, or a page
}

type rowKind uint8

const (
	blockRow rowKind = iota
	nameRow          // a page begins
	foldRow          // what surrounds the content of a page
	emptyRow         // there is no text at all
)

func newPageView(s *Screen) *pageView {
	v := &pageView{s: s, skipped: map[int]find.Reason{}, opened: map[int]bool{}}
	book := s.now.Book
	for p, pg := range book.Pages {
		for _, sk := range pg.Found.Skipped {
			v.skipped[book.From(p)+sk.Block] = sk.Reason
		}
	}
	p := s.o.Printer
	name := kit.NewText(s.o.Name, kit.Body, theme.Ink)
	name.Elide = true
	icon := "file-text"
	if len(book.Pages) > 1 {
		icon = "folder-open"
	}
	v.hint = kit.NewText(p.T("import.click_hint"), kit.Caption, theme.Muted)
	v.head = kit.Pad(kit.Sides(14, 24), kit.Row(10, kit.Middle, kit.Icon(icon, 18, theme.Muted), kit.Flex(name), v.hint))
	v.strip = newStrip(v)
	v.sheet = kit.NewSheet(kit.All(0), kit.Column(0, v.head, kit.Rule(), kit.Flex(v.strip.roll)))
	v.sheet.OpenBelow = true
	return v
}

// show lists the lines anew.
func (v *pageView) show() {
	book := v.s.now.Book
	v.rows, v.at = v.rows[:0], map[int]int{}
	for p, pg := range book.Pages {
		if len(book.Pages) > 1 {
			v.rows = append(v.rows, pageRow{nameRow, int32(p)})
		}
		if v.hidden(p) > 0 {
			v.rows = append(v.rows, pageRow{foldRow, int32(p)})
		}
		for i := range pg.Blocks {
			b := &pg.Blocks[i]
			if b.Text == "" || b.Hidden && !v.opened[p] && v.s.now.Owner(book.From(p)+i) < 0 {
				continue
			}
			block := book.From(p) + i
			if c := v.card(block); c != nil && !v.has(c.ID) {
				v.at[c.ID] = len(v.rows)
			}
			v.rows = append(v.rows, pageRow{blockRow, int32(block)})
		}
	}
	if len(v.rows) == 0 {
		v.rows = append(v.rows, pageRow{emptyRow, 0})
	}
	v.strip.set(len(v.rows))
	v.mark()
}

func (v *pageView) has(card int) bool { _, ok := v.at[card]; return ok }

// hidden counts the lines that surround a page's content.
func (v *pageView) hidden(p int) (n int) {
	for i := range v.s.now.Book.Pages[p].Blocks {
		if b := &v.s.now.Book.Pages[p].Blocks[i]; b.Hidden && b.Text != "" {
			n++
		}
	}
	return n
}

// card is the card that a block belongs to, or nil.
func (v *pageView) card(block int) *sketch.Card {
	if i := v.s.now.Owner(block); i >= 0 {
		return &v.s.now.Cards[i]
	}
	return nil
}

func (v *pageView) key(i int) int64 {
	r := v.rows[i]
	return int64(r.at)<<2 | int64(r.kind)
}

// guess takes every letter for as wide as the average one.
func (v *pageView) guess(i int, width float32) float32 {
	r := v.rows[i]
	if r.kind != blockRow {
		return 44
	}
	b := v.s.now.Book.Block(int(r.at))
	if b.Kind == page.Code {
		return float32(min(maxCodeLines, 1+strings.Count(b.Text, "\n")))*kit.Code.Line + 40
	}
	const letter = 8.2
	n := float32(min(len(b.Text), maxText))
	if len(b.Text) > 0 && b.Text[0] >= 0x80 {
		n /= 1.8 // two bytes for most letters
	}
	lines := int(n*letter/max(80, width-2*lineSide-lineText-lineEnd)) + 1
	return float32(lines)*kit.RowText.Line + 12
}

func (v *pageView) build(i int) fyne.CanvasObject {
	r := v.rows[i]
	p := v.s.o.Printer
	switch r.kind {
	case nameRow:
		name := kit.NewText(v.s.now.Book.Pages[r.at].Name, kit.Caption.Strong(), theme.Muted)
		name.Elide = true
		row := kit.Row(10, kit.Middle, kit.Icon("file-text", 16, theme.Muted), kit.Flex(name))
		return kit.Column(0, kit.Gap(0, 12), kit.Pad(kit.Sides(10, lineSide+lineBox), row), kit.Rule(), kit.Gap(0, 4))
	case foldRow:
		return v.fold(int(r.at))
	case emptyRow:
		return kit.Pad(kit.Sides(16, lineSide+lineText), kit.NewLabel(p.T("import.page_empty"), kit.RowText, theme.Muted))
	}
	return v.line(i, int(r.at))
}

// fold is the one line that stands for what surrounds a page's content.
func (v *pageView) fold(p int) fyne.CanvasObject {
	icon := "caret-right"
	if v.opened[p] {
		icon = "caret-down"
	}
	b := kit.NewButton(v.s.o.Printer.N("import.furniture", v.hidden(p)), kit.Quiet, func() {
		v.opened[p] = !v.opened[p]
		v.show()
	}).WithIcon(icon).Sized(theme.ControlSmall, 0)
	b.Plain, b.Colour = true, theme.Muted
	return kit.Pad(kit.Insets{Top: 4, Bottom: 4, Left: lineSide + lineText - 8}, kit.Row(0, kit.Middle, b, kit.Spring()))
}

// Of a longer block only the beginning is drawn.
const (
	maxText      = 4000 // bytes
	maxCodeLines = 60
)

// document is a block's text ready to be drawn.
func document(b *page.Block, p *sketch.Book, i int) content.Document {
	text := b.Text
	switch b.Kind {
	case page.Code:
		lines := strings.Split(text, "\n")
		if len(lines) > maxCodeLines {
			lines = append(lines[:maxCodeLines:maxCodeLines], "…")
		}
		return content.Document{Blocks: []content.Block{&content.Code{Lang: b.Mark, Text: strings.Join(lines, "\n")}}}
	case page.Formula:
		return content.Document{Blocks: []content.Block{&content.Math{TeX: text}}}
	case page.Table:
		if len(text) <= maxText {
			return content.Parse(p.Markdown([]int{i}))
		}
	}
	if len(text) > maxText {
		cut := maxText
		for cut > 0 && text[cut]&0xC0 == 0x80 {
			cut--
		}
		text = text[:cut] + "…"
	}
	doc := content.Parse(text)
	if len(doc.Blocks) == 1 {
		if _, ok := doc.Blocks[0].(*content.Paragraph); ok {
			return doc
		}
		if _, ok := doc.Blocks[0].(*content.Picture); ok {
			return doc
		}
	}
	if b.Kind == page.Table {
		return doc
	}
	// What begins like a list or a heading is a line of text all the same.
	doc = content.Parse("\u2060" + text)
	return doc
}

// line is a block, and what was made of it.
func (v *pageView) line(row, block int) fyne.CanvasObject {
	book, b := v.s.now.Book, v.s.now.Book.Block(block)
	c := v.card(block)
	style := cardview.Style{Type: kit.RowText, Colour: theme.Muted}
	if c != nil {
		style.Colour = theme.Ink
	}
	in := kit.Insets{Top: 6, Bottom: 6}
	switch {
	case b.Kind == page.Heading && b.Level <= 2:
		style = cardview.Style{Type: kit.Type{Size: 21, Line: 28, Face: kit.Reading}, Colour: theme.Ink}
		in.Top = 14
	case b.Kind == page.Heading, b.Kind == page.Box:
		style = cardview.Style{Type: kit.RowText.Strong(), Colour: theme.Ink}
		in.Top = 12
	}
	view := cardview.New(v.s.texts(book.PageOf(block)))
	view.SetDocument(document(b, book, block), style)
	l := newLine(view)
	l.open = b.Kind == page.Code
	mark, depth := book.Bullet(block)
	if mark != "" || depth > 0 {
		in.Top, in.Bottom = 4, 4
	}
	if c == nil {
		v.free(l, block)
		in.Left = lineStep * float32(depth)
		if over := v.between(row); over != nil { // "Answer:", which is neither
			l.top, l.bottom, l.chosen = false, false, l.chosen || over.ID == v.s.at
		}
	} else {
		role := v.role(c, block)
		l.top, l.bottom = v.other(row-1, c), v.other(row+1, c)
		l.chosen = c.ID == v.s.at
		base, numbered := v.base(c, role)
		if l.top {
			in.Top = 8
		}
		if l.bottom {
			in.Bottom = 8
		}
		in.Left = lineStep * float32(max(0, depth-base))
		if role == asked {
			if numbered {
				in.Left += lineStep
			} else if depth <= base {
				mark = "" // the box stands for it
			}
		}
		switch role {
		case answered:
			l.bar = true
			in.Left += 16
			if v.of(row-1) != c || v.role(c, int(v.rows[row-1].at)) != answered {
				l.caption = kit.NewText(v.s.o.Printer.T("import.answer_mark"), kit.Caption, theme.Accent)
			}
		case option:
			view.SetDocument(asOption(document(b, book, block), v.right(c, block)), style)
			in.Left, mark = max(0, in.Left-lineStep), ""
		}
		v.owned(l, c, block, role)
		if row == v.at[c.ID] {
			l.box = kit.NewCheck("", c.Taken(), func(on bool) { v.s.tick(c.ID, on) })
		}
	}
	if mark != "" {
		l.mark = kit.NewText(mark, kit.RowText, style.Colour)
	}
	l.in = in
	return l
}

// other tells whether another card than c, or none, has a row.
func (v *pageView) other(row int, c *sketch.Card) bool {
	if v.of(row) == c {
		return false
	}
	return v.of(row) != nil || v.between(row) != c
}

// of is the card that a row belongs to, or nil.
func (v *pageView) of(row int) *sketch.Card {
	if row < 0 || row >= len(v.rows) || v.rows[row].kind != blockRow {
		return nil
	}
	return v.card(int(v.rows[row].at))
}

// between is the card in whose middle a line of no card stands, or nil.
func (v *pageView) between(row int) *sketch.Card {
	c := v.of(row - 1)
	if c == nil || c != v.of(row+1) || row >= len(v.rows) || v.rows[row].kind != blockRow || v.of(row) != nil {
		return nil
	}
	return c
}

// role is what a block is to its card.
type role int

const (
	asked role = iota
	option
	answered
)

func (v *pageView) role(c *sketch.Card, block int) role {
	switch {
	case !slices.Contains(c.Item.PromptBlocks, block):
		return answered
	case c.Item.Kind == decks.Choice && v.optionAt(c, block) >= 0:
		return option
	}
	return asked
}

// optionAt is the option that a block says, -1 for none.
func (v *pageView) optionAt(c *sketch.Card, block int) int {
	text := v.s.now.Book.Block(block).Plain()
	if text == "" {
		return -1
	}
	return slices.IndexFunc(c.Item.Choices, func(o decks.Option) bool {
		words := page.Plain(o.Text)
		return words != "" && (strings.HasPrefix(words, text) || strings.HasPrefix(text, words))
	})
}

func (v *pageView) right(c *sketch.Card, block int) bool {
	i := v.optionAt(c, block)
	return i >= 0 && c.Item.Choices[i].Right
}

// base is how deep in lists a card's question, or its answer, lies as a whole;
// numbered tells whether the question begins with a number, which its box does not
// stand for.
func (v *pageView) base(c *sketch.Card, r role) (depth int, numbered bool) {
	blocks := c.Item.PromptBlocks
	if r == answered {
		blocks = c.Item.AnswerBlocks
	}
	if len(blocks) == 0 {
		return 0, false
	}
	mark, depth := v.s.now.Book.Bullet(blocks[0])
	if r == answered && mark != "" {
		depth-- // its marks are shown
	}
	return depth, mark != "" && mark != "•"
}

// asOption shows a text with a box that says whether it is right.
func asOption(doc content.Document, right bool) content.Document {
	task := content.TaskOpen
	if right {
		task = content.TaskDone
	}
	return content.Document{Blocks: []content.Block{&content.List{Tight: true, Items: []content.Item{{Task: task, Blocks: doc.Blocks}}}}}
}

// free is a line that belongs to no card: a click makes it one, a click with
// Shift marks it.
func (v *pageView) free(l *line, block int) {
	p := v.s.o.Printer
	l.chosen = slices.Contains(v.s.lines, block)
	l.tapped = func() {
		if keys.ShiftHeld() {
			v.s.toggle(block)
			return
		}
		v.s.add(block)
	}
	l.menu = func(at fyne.CanvasObject) {
		none := ""
		if v.s.at == 0 {
			none = p.T("import.nothing_chosen")
		}
		v.s.o.Nav.Menu(at, []nav.Action{
			{Text: p.T("import.make_question"), Icon: "question", Do: func() { v.s.add(block) }},
			{Text: p.T("import.make_answer"), Icon: "check", Disabled: none, Do: func() { v.s.answer(block) }},
		})
	}
	if why, ok := v.skipped[block]; ok {
		l.chip = kit.NewFilter(p.T("import.skipped_"+string(why)), "", false, func() { v.s.add(block) })
		l.chip.SetTip(p.T("import.why_"+string(why)), keys.None)
	}
}

// owned is a line of a card.
func (v *pageView) owned(l *line, c *sketch.Card, block int, r role) {
	p := v.s.o.Printer
	l.tapped = func() { v.s.press(c.ID) }
	l.menu = func(at fyne.CanvasObject) {
		if r == answered {
			v.s.o.Nav.Menu(at, []nav.Action{{Text: p.T("import.not_answer"), Icon: "x", Do: func() {
				v.s.choose(c.ID)
				v.s.answer(block)
			}}})
			return
		}
		v.s.menu(at, c.ID)
	}
}

// mark shows which lines are marked and says what a key makes of them.
func (v *pageView) mark() {
	v.paint()
	key := "import.click_hint"
	if len(v.s.lines) > 0 {
		key = "import.answer_hint_lines"
	}
	v.hint.Set(v.s.o.Printer.T(key))
	v.head.Refresh()
}

// choose shows the chosen card and brings it in sight.
func (v *pageView) choose(card int) {
	v.paint()
	if from, ok := v.at[card]; ok {
		to := from
		for c := v.of(from); !v.other(to+1, c); {
			to++
		}
		v.strip.reveal(from, to)
	}
}

// paint shows which lines in sight are chosen or marked.
func (v *pageView) paint() {
	for i, o := range v.strip.live {
		l, ok := o.(*line)
		if !ok {
			continue
		}
		c := v.of(i)
		if c == nil {
			c = v.between(i)
		}
		l.choose(c != nil && c.ID == v.s.at || v.of(i) == nil && slices.Contains(v.s.lines, int(v.rows[i].at)))
	}
}

// tick shows which cards are taken.
func (v *pageView) tick() {
	for i, o := range v.strip.live {
		if l, ok := o.(*line); ok && l.box != nil {
			if c := v.card(int(v.rows[i].at)); c != nil {
				l.box.Set(c.Taken())
			}
		}
	}
}

// reveal brings a block in sight.
func (v *pageView) reveal(block int) {
	for i, r := range v.rows {
		if r.kind == blockRow && int(r.at) == block {
			v.strip.reveal(i, i)
			return
		}
	}
}

// top is where a card begins in the pane.
func (v *pageView) top(card int) (float32, bool) {
	i, ok := v.at[card]
	if !ok {
		return 0, false
	}
	return v.strip.tops[i], true
}
