package importer

import (
	"fyne.io/fyne/v2"

	"lectern/app/importer/sketch"
	"lectern/app/theme"
)

// panes sets the page left and the cards right down to the window's edge; in a
// small window one of them, with the switch above.
type panes struct{ s *Screen }

const pageWidth = 568

func (panes) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 400) }

func (l *panes) Layout(o []fyne.CanvasObject, size fyne.Size) {
	page, cards, pane := o[0], o[1], o[2]
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Show()
		place(o, x, y, w, h)
	}
	if l.s.small {
		m := float32(theme.MarginSmall)
		high := pane.MinSize().Height
		put(pane, m, 0, pane.MinSize().Width, high)
		top := high + 12
		seen, other := page, cards
		if l.s.cards {
			seen, other = cards, page
		}
		other.Hide()
		put(seen, m, top, size.Width-2*m, size.Height-top)
		return
	}
	m := float32(theme.Margin)
	pane.Hide()
	left := min(float32(pageWidth), float32(int((size.Width-2*m-theme.Gutter)*0.477)))
	put(page, m, 0, left, size.Height)
	put(cards, m+left+theme.Gutter, 0, size.Width-2*m-theme.Gutter-left, size.Height)
}

// pane is a side of the screen that can be scrolled by the other.
type pane interface {
	top(card int) (float32, bool)
}

// follow scrolls one strip so that it shows what the other shows at a distance y
// from its top: between two cards that both have, both are as far along.
func follow(now *sketch.Sketch, y float32, a, b pane, from, to *strip) {
	fromA, fromB := float32(0), float32(0)
	toA, toB := from.roll.Rest(), to.roll.Rest()
	for i := range now.Cards {
		ya, ok := a.top(now.Cards[i].ID)
		yb, ok2 := b.top(now.Cards[i].ID)
		if !ok || !ok2 {
			continue
		}
		if ya > y {
			if ya < toA { // else the end comes first
				toA, toB = ya, yb
			}
			break
		}
		fromA, fromB = ya, yb
	}
	if toA > fromA {
		fromB += (toB - fromB) * min(1, (y-fromA)/(toA-fromA))
	}
	to.scrollTo(fromB)
}
