package update

import (
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/app/worddiff"
	"lectern/decks/merge"
)

// changed tells whether something in a paragraph came or went.
func changed(par []merge.Run) bool {
	for _, r := range par {
		if r.Kind != merge.Stayed {
			return true
		}
	}
	return false
}

// Long texts show the paragraphs that changed; how long, and how much of a line, are
// guesses: the fold is to spare reading, not to fit.
const (
	longLines  = 12
	lineLength = 64
)

// comparison is a text that became another, its long unchanged parts folded.
func (s *Screen) comparison(runs []merge.Run, t kit.Type) *fyne.Container {
	pars := worddiff.Paragraphs(runs)
	lines := 0
	for _, par := range pars {
		n := 0
		for _, r := range par {
			n += len([]rune(r.Text))
		}
		lines += 1 + n/lineLength
	}
	col := kit.Column(6)
	if lines <= longLines {
		col.Add(worddiff.New(pars, t))
		return col
	}
	for i := 0; i < len(pars); {
		to, some, fold := i, 0, !changed(pars[i])
		for ; to < len(pars) && (!changed(pars[to]) == fold || len(pars[to]) == 0); to++ {
			if len(pars[to]) > 0 {
				some++
			}
		}
		if fold && some > 0 {
			s.folded(col, pars[i:to], some, t)
		} else if !fold {
			col.Add(worddiff.New(bounded(pars[i:to]), t))
		}
		i = to
	}
	return col
}

// longText is how many bytes of a text are shown here; it is read as a whole on its card.
const longText = 16 << 10

// clip ends a text that is too long to be looked through here.
func clip(s string) string {
	if len(s) <= longText {
		return s
	}
	return strings.ToValidUTF8(s[:longText], "") + " …"
}

// bounded ends what went and what came, each where there is too much of it.
func bounded(pars [][]merge.Run) [][]merge.Run {
	room := map[merge.RunKind]int{merge.Stayed: longText, merge.Went: longText, merge.Came: longText}
	out := make([][]merge.Run, len(pars))
	for i, par := range pars {
		for _, r := range par {
			left := room[r.Kind]
			room[r.Kind] = max(0, left-len(r.Text))
			if left == 0 {
				continue
			}
			if len(r.Text) > left {
				r.Text = strings.ToValidUTF8(r.Text[:left], "") + " …"
			}
			out[i] = append(out[i], r)
		}
	}
	return out
}

// folded adds paragraphs that did not change, behind a button.
func (s *Screen) folded(col *fyne.Container, pars [][]merge.Run, n int, t kit.Type) {
	text := worddiff.New(bounded(pars), t)
	text.Hide()
	var line *fyne.Container
	open := kit.NewButton(s.o.Printer.N("update.unchanged", n), kit.Quiet, func() {
		line.Hide()
		text.Show()
		kit.Relayout(col)
	}).Sized(theme.ControlSmall, 0)
	open.Plain, open.Colour, open.Icon = true, theme.Muted, "dots-three"
	line = kit.Pad(kit.Insets{Left: -8}, kit.Row(0, kit.Middle, open, kit.Spring()))
	col.Objects = append(col.Objects, line, text)
}
