package importer

import (
	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
)

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
	left := min(float32(pageWidth), float32(int((size.Width-2*m-theme.Gutter)*0.477)))
	place(page, m, 0, left, size.Height)
	place(cards, m+left+theme.Gutter, 0, size.Width-2*m-theme.Gutter-left, size.Height)
}

// top is where an item begins in the scroll that its body lies in.
func top(item *kit.Item, body *fyne.Container) (float32, bool) {
	if item == nil {
		return 0, false
	}
	return body.Position().Y + item.Position().Y, true
}

// reveal scrolls so that an item of the body is in sight, with some of what is
// around it.
func reveal(roll *kit.Scroll, item *kit.Item, body *fyne.Container) {
	const around = 64
	y, _ := top(item, body)
	roll.Reveal(y-around, y+item.Size().Height+around)
}

// pane is a side of the screen that can be scrolled by the other.
type pane interface {
	top(card int) (float32, bool)
}

// follow scrolls b so that it shows what a shows at a distance y from its top:
// between two cards that both have, both are as far along.
func follow(cards int, y float32, a, b pane, aRoll, bRoll *kit.Scroll) {
	fromA, fromB := float32(0), float32(0)
	toA, toB := aRoll.Rest(), bRoll.Rest()
	for c := range cards {
		ya, ok := a.top(c)
		yb, ok2 := b.top(c)
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
	bRoll.ScrollTo(fromB)
}
