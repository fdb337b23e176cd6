package study

import (
	"strconv"

	"fyne.io/fyne/v2"

	"lectern/app/cardview"
	"lectern/app/kit"
	"lectern/app/theme"
)

// optionList is the options of a choice, numbered; once the answer is shown the
// right ones have a tick and ink, the others step back.
type optionList struct {
	texts cardview.Options
	box   *fyne.Container
	views []*cardview.View
}

func (l *optionList) show(options []option, revealed bool, t kit.Type) {
	if l.box == nil {
		l.box = kit.Column(8)
	}
	for len(l.views) < len(options) {
		l.views = append(l.views, cardview.New(l.texts))
	}
	l.box.Objects = nil
	for i, o := range options {
		colour := theme.Ink
		var mark fyne.CanvasObject = kit.NewText(strconv.Itoa(i+1)+".", kit.Type{Size: 16, Line: t.Line}, theme.Muted)
		if revealed && o.right {
			mark = kit.Pad(kit.Sides((t.Line-20)/2, 0), kit.Fixed(20, 20, kit.Icon("check", 20, theme.GradeGood)))
		} else if revealed {
			colour = theme.Muted
		}
		l.views[i].SetDocument(o.text, cardview.Style{Type: t, Colour: colour})
		row := kit.Row(8, kit.Top, kit.Fixed(28, 0, mark), kit.Flex(l.views[i]))
		item := kit.NewItem(kit.Sides(6, 12), row, nil)
		item.Radius, item.Bar = theme.RadiusControl, false
		item.Selected = revealed && o.right
		l.box.Add(item)
	}
}
