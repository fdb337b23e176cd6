package study

import (
	"math"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
)

// bar is what the strip on top shows of a session: what is left, how far it
// has come, and three tools.
type bar struct {
	s      *Screen
	left   *kit.Text
	meter  *kit.Meter
	middle fyne.CanvasObject
	tools  []fyne.CanvasObject
	more   *kit.IconButton
}

func newBar(s *Screen) *bar {
	t := s.o.Printer.T
	b := &bar{s: s, left: kit.NewText("", kit.Caption, theme.Muted), meter: kit.NewMeter(0)}
	b.more = kit.NewIconButton("dots-three", t("study.more"), keys.None, s.menu)
	b.tools = []fyne.CanvasObject{
		kit.NewIconButton("arrow-u-up-left", t("study.undo"), keys.CtrlZ, s.o.Nav.Undo),
		kit.NewIconButton("pencil-simple", t("study.edit"), keys.E, func() {
			if s.side == editing {
				s.leaveEdit()
			} else {
				s.edit()
			}
		}),
		b.more,
	}
	return b
}

// row is what stands in the middle; in a narrow window the meter is shorter. A
// preview says that it leaves the schedule alone.
func (b *bar) row() fyne.CanvasObject {
	width := float32(200)
	w := b.s.object.Size().Width
	if w > 0 && w < 720 {
		width = 96
	}
	row := kit.Row(12, kit.Middle, b.left)
	if !b.s.card.Preview || w >= 1000 {
		row.Add(kit.Fixed(width, 0, b.meter))
	}
	if b.s.card.Preview {
		row.Add(kit.NewChip(b.s.o.Printer.T("study.preview"), "calendar-check", kit.Active))
	}
	return row
}

// refresh says what is left with the present card.
func (b *bar) refresh() {
	s := b.s
	p, left := s.o.Printer, s.card.Left
	minutes := max(1, int(math.Round(left.Minutes)))
	b.left.Set(p.T("study.left", "N", p.Int(left.Total())) + ", " + p.N("study.minutes", minutes))
	b.middle = b.row()
	done := len(s.session.Answers)
	b.meter.Set(float64(done) / float64(max(1, done+left.Total())))
	s.o.Nav.RefreshBar()
}

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar {
	b := nav.Bar{Close: true}
	if s.card != nil {
		b.Middle, b.Actions = s.bar.middle, s.bar.tools
	}
	return b
}
