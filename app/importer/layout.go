package importer

import (
	"context"

	"fyne.io/fyne/v2"

	"lectern/app/theme"
)

func ctx() context.Context { return context.Background() }

// panes sets the page left and the cards right down to the window's edge; in a
// small window one of them, with the switch above.
type panes struct{ s *Screen }

const pageWidth = 568

func (panes) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 400) }

func (l *panes) Layout(o []fyne.CanvasObject, size fyne.Size) {
	page, cards, pane := o[0], o[1], o[2]
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Show()
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	if l.s.small {
		m := float32(theme.MarginSmall)
		high := pane.MinSize().Height
		place(pane, m, 0, pane.MinSize().Width, high)
		top := high + 12
		seen, other := page, cards
		if l.s.cards {
			seen, other = cards, page
		}
		other.Hide()
		place(seen, m, top, size.Width-2*m, size.Height-top)
		return
	}
	m := float32(theme.Margin)
	pane.Hide()
	left := min(float32(pageWidth), (size.Width-2*m-theme.Gutter)*0.47)
	place(page, m, 0, left, size.Height)
	place(cards, m+left+theme.Gutter, 0, size.Width-2*m-theme.Gutter-left, size.Height)
}
