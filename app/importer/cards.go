package importer

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/decks"
	"lectern/decks/collection"
)

// cardView is the right pane: the deck as it will be.
type cardView struct {
	s      *Screen
	sheet  *kit.Sheet
	name   *kit.Field
	perDay *kit.Field
	price  *kit.Label // what the new cards will cost
	priced *fyne.Container
	note   *kit.Label // what an update does, how many answers are missing
	noted  *fyne.Container
	head   *fyne.Container
	high   float32 // of the head, as it was last laid out
	strip  *strip

	rows []cardsRow
	at   map[int]int // by number of the card: its row

	chosen int // number of the card that is shown as chosen
}

// cardsRow is a line of the strip.
type cardsRow struct {
	kind cardsKind
	at   int // a card's place, a section's number, a note's place among those that are gone
}

type cardsKind int

const (
	cardRow cardsKind = iota
	sectionRow
	goneHead
	goneRow
	nothingRow
	endRow
)

func newCardView(s *Screen, title string) *cardView {
	p := s.o.Printer
	v := &cardView{s: s}
	v.name = kit.NewField(title, p.T("import.deck_name"), nil)
	v.perDay = kit.NewField(strconv.Itoa(s.preset.NewPerDay), "", func(string) { s.button(); s.ask() })
	v.price = kit.NewLabel("", kit.Caption, theme.Muted)
	v.priced = kit.Row(8, kit.Top, kit.Pad(kit.Insets{Top: 2}, kit.Icon("gauge", 16, theme.Muted)), kit.Flex(v.price))
	v.note = kit.NewLabel("", kit.Caption, theme.Muted)
	icon := kit.Icon("pencil-simple-line", 16, theme.GradeHard)
	if s.old != nil {
		icon = kit.Icon("clock-counter-clockwise", 16, theme.Muted)
	}
	v.noted = kit.Row(8, kit.Top, kit.Pad(kit.Insets{Top: 2}, icon), kit.Flex(v.note))
	v.priced.Hide()
	v.noted.Hide()
	lines := kit.Column(8,
		kit.Row(16, kit.Top,
			kit.Flex(kit.Column(6, kit.NewText(p.T("import.deck_name"), kit.Caption, theme.Muted), v.name)),
			kit.Fixed(112, 0, kit.Column(6, kit.NewText(p.T("import.per_day"), kit.Caption, theme.Muted), v.perDay)),
		),
		kit.Gap(0, 0), v.priced, v.noted,
	)
	if n := len(s.o.Unread); n > 0 {
		lines.Add(kit.Pad(kit.Insets{Top: -6, Bottom: -8, Left: -8}, kit.Row(0, kit.Middle, v.unread(n), kit.Spring())))
	}
	v.head = kit.Pad(kit.Insets{Top: 16, Right: 24, Bottom: 14, Left: 24}, lines)
	v.strip = newStrip(v)
	v.sheet = kit.NewSheet(kit.All(0), kit.Column(0, v.head, kit.Rule(), kit.Flex(v.strip.roll)))
	v.sheet.OpenBelow = true
	return v
}

// unread leads to the pages that could not be read.
func (v *cardView) unread(n int) fyne.CanvasObject {
	p := v.s.o.Printer
	b := kit.NewButton(p.N("import.unread", n), kit.Quiet, func() {
		list := kit.Column(12)
		for _, u := range v.s.o.Unread {
			list.Add(kit.Column(2, kit.NewLabel(u.Name, kit.Body, theme.Ink), kit.NewLabel(p.Fault(u.Err), kit.Caption, theme.Muted)))
		}
		v.s.o.Nav.Sheet(p.T("import.unread_title"), list)
	}).WithIcon("warning").Sized(theme.ControlSmall, 0)
	b.Plain, b.Colour = true, theme.Error
	return b
}

// newPerDay is the number of new cards a day that stands in the field, if it is
// one.
func (v *cardView) newPerDay() (n int, ok bool) {
	n, err := strconv.Atoi(strings.TrimSpace(v.perDay.Text()))
	return n, err == nil && n >= 0 && n <= 9999
}

// cost says what the new cards will take, where that is known.
func (v *cardView) cost(c collection.Cost, known bool) {
	v.priced.Hidden = !known || c.Cards == 0
	if known {
		v.price.Set(v.s.o.Printer.Cost(c.Minutes, c.Days, c.Later))
	}
	v.settle()
}

// say tells how many have no answer, or what an update does.
func (v *cardView) say() {
	p := v.s.o.Printer
	u := v.s.update
	_, unanswered := v.s.now.Count()
	switch {
	case u != nil && u.Nothing():
		v.note.Set(p.T("import.update_same"))
	case u != nil:
		var parts []string
		add := func(key string, n int) {
			if n > 0 {
				parts = append(parts, p.N(key, n))
			}
		}
		add("import.update_added", u.Added)
		add("import.update_changed", u.Changed)
		add("import.update_gone", len(u.Gone))
		v.note.Set(strings.Join(append(parts, p.T("import.update_undo")), " "))
	default:
		v.note.Set(p.N("import.unanswered", unanswered))
	}
	v.noted.Hidden = u == nil && unanswered == 0
	v.settle()
}

// settle gives the head the height it wants now.
func (v *cardView) settle() {
	v.head.Refresh()
	if high := kit.HeightFor(v.head, v.head.Size().Width); high != v.high {
		v.high = high
		v.sheet.Refresh()
	}
}

// show lists the cards anew.
func (v *cardView) show() {
	now := v.s.now
	v.rows, v.at, v.chosen = v.rows[:0], map[int]int{}, v.s.at
	if len(now.Cards) == 0 {
		v.rows = append(v.rows, cardsRow{nothingRow, 0})
	}
	section := 0
	for i := range now.Cards {
		if c := &now.Cards[i]; c.Section != section {
			section = c.Section
			v.rows = append(v.rows, cardsRow{sectionRow, section})
		}
		v.at[now.Cards[i].ID] = len(v.rows)
		v.rows = append(v.rows, cardsRow{cardRow, i})
	}
	if u := v.s.update; u != nil && len(u.Gone) > 0 {
		v.rows = append(v.rows, cardsRow{goneHead, 0})
		for i := range u.Gone {
			v.rows = append(v.rows, cardsRow{goneRow, i})
		}
	}
	v.rows = append(v.rows, cardsRow{endRow, 0})
	v.strip.set(len(v.rows))
	v.say()
}

func (v *cardView) key(i int) int64 {
	r := v.rows[i]
	at := int64(r.at)
	if r.kind == cardRow {
		at = int64(v.s.now.Cards[r.at].ID)
	}
	return at<<3 | int64(r.kind)
}

func (v *cardView) guess(i int, width float32) float32 {
	r := v.rows[i]
	if r.kind != cardRow {
		return 50
	}
	it := &v.s.now.Cards[r.at].Item
	h := float32(49)
	if float32(len([]rune(it.Prompt)))*8.2 > width-140 {
		h += kit.RowText.Line
	}
	if it.Answer != "" {
		h += 2 + kit.Body.Line
	}
	return h
}

func (v *cardView) build(i int) fyne.CanvasObject {
	p := v.s.o.Printer
	switch r := v.rows[i]; r.kind {
	case sectionRow:
		return v.section(i, r.at)
	case goneHead:
		text := kit.NewText(p.T("import.gone"), kit.Body.Strong(), theme.Ink)
		note := kit.NewLabel(p.T("import.gone_note"), kit.Caption, theme.Muted)
		return kit.Column(0, kit.Rule(), kit.Pad(kit.Sides(12, 24), kit.Column(2, text, note)))
	case goneRow:
		question := kit.NewLabel(line1(v.s.update.Gone[r.at].Text(decks.Front)), kit.RowText, theme.Muted)
		question.MaxLines = 2
		return kit.Column(0, kit.Rule(), kit.Pad(kit.Insets{Top: 11, Right: 24, Bottom: 11, Left: 56}, question))
	case nothingRow:
		text := kit.NewLabel(p.T("import.nothing_found"), kit.Heading, theme.Ink)
		return kit.Pad(kit.All(24), text)
	case endRow:
		return kit.Gap(0, 24)
	default:
		return v.row(r.at)
	}
}

// section is the head of a section, with a box that takes or leaves all of it. A
// click on its title renames it.
func (v *cardView) section(row, id int) fyne.CanvasObject {
	now := v.s.now
	from, to := now.Span(id)
	on := 0
	for i := from; i < to; i++ {
		if now.Cards[i].Taken() {
			on++
		}
	}
	p := v.s.o.Printer
	title := kit.NewText(now.Section(id).Title, kit.Body.Strong(), theme.Ink)
	title.Elide = true
	count := kit.NewText(p.T("import.of", "On", on, "All", to-from), kit.Caption, theme.Muted)
	box := kit.NewCheck("", on == to-from, func(on bool) { v.s.tickSection(id, on) })
	box.SetPart(on > 0, on == to-from)
	line := kit.NewItem(kit.Sides(12, 24), kit.Row(12, kit.Middle, kit.Flex(title), count, box), func() { v.s.rename(id) })
	line.Bar = false
	line.Tip = func() string {
		if title.Cut() {
			return title.Text
		}
		return p.T("import.rename_tip")
	}
	line.OnMenu = func(at fyne.CanvasObject) {
		v.s.o.Nav.Menu(at, []nav.Action{
			{Text: p.T("import.rename"), Icon: "pencil-simple", Do: func() { v.s.rename(id) }},
			{Text: p.T("import.take_all"), Icon: "checks", Do: func() { v.s.tickSection(id, true) }},
			{Text: p.T("import.leave_all"), Icon: "x", Do: func() { v.s.tickSection(id, false) }},
		})
	}
	if row == 0 {
		return line
	}
	return kit.Column(0, kit.Rule(), line)
}

// tick shows which cards are taken: the rows in sight are made anew.
func (v *cardView) tick() {
	v.strip.renew()
	v.say()
}

// choose shows which card is chosen and brings it in sight.
func (v *cardView) choose(card int) {
	if was, ok := v.at[v.chosen]; ok && v.chosen != card {
		v.strip.redo(was)
	}
	i, ok := v.at[card]
	if ok && v.chosen != card {
		v.strip.redo(i)
	}
	v.chosen = card
	if ok {
		v.strip.reveal(i, i)
	}
}

// top is where a card begins in the pane.
func (v *cardView) top(card int) (float32, bool) {
	i, ok := v.at[card]
	if !ok {
		return 0, false
	}
	return v.strip.tops[i], true
}
