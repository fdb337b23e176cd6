package cards

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/collection"
	"lectern/decks/fold"
	"lectern/scheduler"
)

// list is the table: question, section, when, how well it is remembered.
type list struct {
	s     *Screen
	sheet *kit.Sheet
	top   *fyne.Container // the heads of the columns
	table *kit.List
	none  *fyne.Container   // said instead of rows
	at    int               // the chosen row, -1 for none
	asked map[int]*kit.Text // the questions of rows, to tell which are cut
}

const (
	rowHigh     = 52
	sectionWide = 104
	whenWide    = 96
	recallWide  = 108
)

func newList(s *Screen) *list {
	l := &list{s: s, at: -1, top: kit.Column(0), asked: map[int]*kit.Text{}}
	l.table = kit.NewList(rowHigh, l.row)
	l.table.Many = true
	l.table.Moved = func(i int) {
		l.at = i
		s.preview.show()
	}
	l.table.Opened = func(int) { s.edit() }
	l.table.Tip = func(i int) string {
		if q := l.asked[i]; q != nil && q.Cut() {
			return q.Text
		}
		return ""
	}
	l.none = kit.Pad(kit.All(24), kit.NewLabel(s.o.Printer.T("cards.nothing"), kit.Heading, theme.Ink))
	l.none.Hide()
	l.sheet = kit.NewSheet(kit.All(0), kit.Column(0, l.top, kit.Rule(), l.none, kit.Flex(l.table)))
	l.sheet.OpenBelow = true
	l.fit()
	return l
}

// fit remakes the heads and the rows for the size of the window.
func (l *list) fit() {
	p := l.s.o.Printer
	head := func(key string) *kit.Text { return kit.NewText(p.T(key), kit.Caption, theme.Muted) }
	recall := head("cards.recall")
	recall.Align = fyne.TextAlignTrailing
	parts := []fyne.CanvasObject{kit.Flex(head("cards.question"))}
	if !l.s.small {
		parts = append(parts, kit.Fixed(sectionWide, 0, head("cards.section")))
	}
	parts = append(parts, kit.Fixed(whenWide, 0, head("cards.when")), kit.Fixed(recallWide, 0, recall))
	l.top.Objects = []fyne.CanvasObject{kit.Pad(kit.Sides(12, 24), kit.Row(16, kit.Middle, parts...))}
	l.table.Renew()
	l.sheet.Refresh()
}

// show lists what was found and brings the chosen row in sight.
func (l *list) show(at int) {
	l.at = at
	l.none.Hidden = l.s.total > 0 || !l.s.loaded
	l.table.Hidden = !l.none.Hidden
	clear(l.asked)
	l.table.Set(l.s.total, at)
	l.table.Choose(at)
	l.sheet.Refresh()
}

func (l *list) row(i int) fyne.CanvasObject {
	p := l.s.o.Printer
	r, ok := l.s.row(i)
	if !ok {
		l.s.more(i / page)
		return kit.NewText("…", kit.Body, theme.Muted)
	}
	colour := theme.Ink
	if r.Suspended {
		colour = theme.Muted
	}
	question := kit.NewText(r.Question, kit.Body, colour)
	question.Elide = true
	l.asked[i] = question
	question.Marked = hits(r.Question, l.s.query.Text)
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
	t, ink := kit.Body, theme.Muted
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
	parts = append(parts, kit.Fixed(recallWide, 0, last))
	return kit.Row(16, kit.Middle, parts...)
}

// hits are the places of the words of a search in a text, as bytes, in order
// and not overlapping. They are compared folded, as the search does.
func hits(text, query string) [][2]int {
	words := strings.Fields(fold.Fold(query))
	if len(words) == 0 {
		return nil
	}
	var folded strings.Builder
	var at []int // of each byte of folded: where its letter begins in text
	for i, r := range text {
		f := " "
		if !unicode.IsSpace(r) { // Fold trims
			f = fold.Fold(string(r))
		}
		for range len(f) {
			at = append(at, i)
		}
		folded.WriteString(f)
	}
	at = append(at, len(text))
	whole := folded.String()
	var all [][2]int
	for _, w := range words {
		for from := 0; ; {
			i := strings.Index(whole[from:], w)
			if i < 0 {
				break
			}
			all = append(all, [2]int{at[from+i], at[from+i+len(w)]})
			from += i + len(w)
		}
	}
	slices.SortFunc(all, func(a, b [2]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(b[1], a[1])) })
	var out [][2]int
	for _, h := range all {
		if len(out) == 0 || h[0] >= out[len(out)-1][1] {
			out = append(out, h)
		}
	}
	return out
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
