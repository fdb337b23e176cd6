package update

import (
	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
)

// panes sets the list left and the change right down to the window's edge; in a narrow
// window one of them, with the switch above. What went wrong stands over both.
type panes struct{ s *Screen }

// Widths of the list, and of the window below which there is one pane.
const (
	listWidth  = 336
	listSmall  = 256
	narrowOver = 880
)

func (panes) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(560, 340) }

func (l *panes) Layout(o []fyne.CanvasObject, size fyne.Size) {
	s := l.s
	list, page, pane, wrong := o[0], o[1], o[2], o[3]
	margin, gutter, left := float32(theme.Margin), float32(theme.Gutter), float32(listWidth)
	if s.small {
		margin, gutter, left = theme.MarginSmall, theme.GutterSmall, listSmall
	}
	top := float32(0)
	width := size.Width - 2*margin
	if wrong.Visible() {
		h := kit.HeightFor(wrong, width)
		place(wrong, margin, 0, width, h)
		top = h + 12
	}
	if narrow := size.Width < narrowOver; narrow != s.narrow {
		s.narrow = narrow
		s.page.show(s.shown())
	}
	if s.narrow && !s.same() {
		m := pane.MinSize()
		pane.Show()
		place(pane, margin, top, m.Width, m.Height)
		top += m.Height + 12
		seen, other := list, page
		if s.second {
			seen, other = page, list
		}
		other.Hide()
		seen.Show()
		place(seen, margin, top, width, size.Height-top)
		return
	}
	pane.Hide()
	page.Show()
	if s.same() {
		list.Hide()
		w := min(theme.SheetWidth, width)
		place(page, float32(int((size.Width-w)/2)), top, w, size.Height-top)
		return
	}
	list.Show()
	place(list, margin, top, left, size.Height-top)
	place(page, margin+left+gutter, top, width-left-gutter, size.Height-top)
}

func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}
