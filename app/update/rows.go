package update

import (
	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/merge"
)

// rowView is the left pane: what is new as a whole, then each change.
type rowView struct {
	s     *Screen
	list  *kit.List
	waits *kit.Text
	sheet *kit.Sheet
}

// rowHigh is the height of a row: what it is, and two lines of the question.
const (
	rowHigh = 96
	rowTop  = 12 // above what it is
)

// longest is how much of a question is read for a row, in letters.
const longest = 300

func newRowView(s *Screen) *rowView {
	v := &rowView{s: s}
	p := s.o.Printer
	u := &s.o.Offer.Update
	v.list = kit.NewList(rowHigh, v.row)
	v.list.Moved = func(int) { v.moved() }
	v.list.AtOnce, v.list.Opened = true, func(int) {
		if s.narrow {
			s.turn(true)
		}
	}
	v.list.Tip = v.tip
	count := kit.NewText(p.N("update.changes", len(u.Rows)), kit.Body.Strong(), theme.Ink)
	v.waits = kit.NewText("", kit.Caption, theme.Warn)
	v.waits.Elide, v.waits.Align = true, fyne.TextAlignTrailing
	v.fit()
	head := kit.Row(12, kit.Middle, count, kit.Flex(v.waits))
	v.sheet = kit.NewSheet(kit.All(0), kit.Column(0, kit.Pad(kit.Insets{Top: 18, Right: 24, Bottom: 14, Left: 24}, head), kit.Rule(), kit.Flex(v.list)))
	v.sheet.OpenBelow = true
	return v
}

// fit says what waits in the words that the pane has room for.
func (v *rowView) fit() {
	p, key := v.s.o.Printer, "update.waits"
	if v.s.small {
		key = "update.waits_short"
	}
	if n := v.s.o.Offer.Update.Yours.Asks; n > 0 {
		v.waits.Set(p.T(key, "N", p.Int(n)))
	}
}

// count is how many rows there are, with the one of what is new as a whole.
func (v *rowView) count() int { return 1 + len(v.s.o.Offer.Update.Rows) }

// moved shows what is chosen now.
func (v *rowView) moved() { v.s.page.show(v.s.shown()) }

// row is a change in the list.
func (v *rowView) row(i int) fyne.CanvasObject {
	p := v.s.o.Printer
	if i == 0 {
		head := kit.Row(8, kit.Middle, kit.Icon("file-text", 18, theme.Accent), kit.NewText(p.T("update.overview"), kit.Caption, theme.Accent))
		text := kit.NewLabel(v.s.overviewLine(), kit.Body, theme.Ink)
		text.MaxLines = 2
		return kit.Pad(kit.Insets{Top: rowTop}, kit.Column(4, head, text))
	}
	r := &v.s.o.Offer.Update.Rows[i-1]
	k := v.s.kindOf(r)
	ink, taken := theme.Ink, v.s.taken(r)
	if !taken {
		ink = theme.Muted
	}
	word := kit.NewText(p.T(k.key), kit.Caption, k.ink)
	word.Elide = true
	head := kit.Row(8, kit.Middle, kit.Icon(k.icon, 18, k.ink), kit.Flex(word))
	if plain(r) {
		head.Add(kit.Fixed(20, 20, kit.NewCheck("", taken, func(on bool) { v.s.take(r, on) })))
	}
	text := kit.NewLabel(v.question(r), kit.Body, ink)
	text.MaxLines = 2
	return kit.Pad(kit.Insets{Top: rowTop}, kit.Column(4, head, text))
}

func (v *rowView) question(r *merge.Row) string { return i18n.Question(noteOf(r), longest) }

// tip is the whole of a question that is cut.
func (v *rowView) tip(i int) string {
	if i == 0 {
		return ""
	}
	r := &v.s.o.Offer.Update.Rows[i-1]
	text := v.question(r)
	if width := v.list.Size().Width - 48; width > 0 && len(kit.Body.Wrap(text, width)) > 2 {
		return text
	}
	return ""
}
