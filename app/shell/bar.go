package shell

import (
	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
)

// RefreshBar reads the screen's Bar again and remakes the strip on top.
func (s *Shell) RefreshBar() {
	top := s.Top()
	if top == nil {
		return
	}
	b := top.Bar()
	was := s.noBar
	s.noBar, s.task = b.None, b.Tab == nav.NoTab && !b.None
	switch {
	case b.None:
		s.bar.Objects, s.bar.Layout = nil, nil
	case b.Tab != nav.NoTab:
		s.appBar(b.Tab)
	default:
		s.taskBar(b)
	}
	if was != s.noBar {
		s.root.Layout.Layout(s.root.Objects, s.root.Size())
	}
	if s.bar.Layout != nil {
		s.bar.Layout.Layout(s.bar.Objects, s.bar.Size())
	}
	s.bar.Refresh()
}

// appBar is the program's own bar: its name, three places, three tools.
func (s *Shell) appBar(on nav.Tab) {
	mark := kit.NewText("Lectern", kit.Type{Size: 20, Line: 28, Face: kit.Reading, Bold: true}, theme.Ink)
	margin, after := float32(theme.Margin), float32(32)
	if s.small {
		margin, after = theme.MarginSmall, 16
	}
	left := kit.Row(8, kit.Stretch, centred(mark), kit.Gap(after-8, 1),
		kit.NewTab(s.t("shell.today"), on == nav.Today, func() { s.tab(nav.Today) }),
		kit.NewTab(s.t("shell.cards"), on == nav.Cards, func() { s.tab(nav.Cards) }),
		kit.NewTab(s.t("shell.statistics"), on == nav.Statistics, func() { s.tab(nav.Statistics) }))
	open := kit.NewButton(s.t("shell.open"), kit.Quiet, func() { s.o.Open(nil) }).WithIcon("file-plus")
	open.SetTip(s.t("shell.open_tip"), keys.CtrlO)
	right := kit.Row(8, kit.Middle, open,
		kit.NewIconButton("magnifying-glass", s.t("shell.search"), keys.CtrlF, func() { s.key(keys.CtrlF) }),
		kit.NewIconButton("sliders-horizontal", s.t("shell.settings"), keys.None, func() { s.Go(s.o.Settings()) }))
	s.bar.Layout = &strip{left: margin, right: margin, s: s}
	s.bar.Objects = []fyne.CanvasObject{left, kit.Gap(0, 0), right}
}

// taskBar is the bar of a task: the way back, what it is, what ends it.
func (s *Shell) taskBar(b nav.Bar) {
	icon, tip := "arrow-left", s.t("shell.back")
	if b.Close {
		icon, tip = "x", s.t("shell.close")
	}
	back := kit.NewIconButton(icon, tip, keys.Esc, s.Back)
	left := kit.Row(0, kit.Middle, back)
	if b.Title != "" {
		title := kit.NewText(b.Title, kit.Sub, theme.Ink)
		title.Elide = true
		left.Add(kit.Gap(12, 1))
		left.Add(kit.Fixed(min(title.Type.Width(b.Title), 420), 0, title))
	}
	if b.Subtitle != "" {
		left.Add(kit.Gap(12, 1))
		left.Add(kit.NewText(b.Subtitle, kit.Body, theme.Muted))
	}
	if b.Beside != nil {
		left.Add(kit.Gap(12, 1))
		left.Add(b.Beside)
	}
	var middle fyne.CanvasObject = kit.Gap(0, 0)
	if b.Middle != nil {
		middle = b.Middle
	}
	margin := float32(theme.Margin)
	if s.small || b.Title == "" {
		margin = theme.MarginSmall
	}
	s.bar.Layout = &strip{left: theme.MarginSmall, right: margin, s: s}
	s.bar.Objects = []fyne.CanvasObject{left, middle, kit.Row(8, kit.Middle, b.Actions...)}
}

func centred(o fyne.CanvasObject) fyne.CanvasObject {
	return kit.Column(0, kit.Spring(), o, kit.Spring())
}

// strip lays three groups out: at the left end, in the middle of the window if
// there is room for it there, at the right end.
type strip struct {
	left, right float32
	s           *Shell
}

func (l *strip) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, theme.BarSmall) }

func (l *strip) Layout(o []fyne.CanvasObject, size fyne.Size) {
	a, m, b := o[0].MinSize(), o[1].MinSize(), o[2].MinSize()
	o[0].Move(fyne.NewPos(l.left, 0))
	o[0].Resize(fyne.NewSize(a.Width, size.Height))
	end := size.Width - l.right - b.Width
	o[2].Move(fyne.NewPos(end, 0))
	o[2].Resize(fyne.NewSize(b.Width, size.Height))
	from, to := l.left+a.Width+16, end-16
	x := (size.Width - m.Width) / 2
	if x+m.Width > to {
		x = to - m.Width
	}
	x = max(x, from)
	w := min(m.Width, to-x)
	o[1].Move(fyne.NewPos(float32(int(x)), (size.Height-m.Height)/2))
	o[1].Resize(fyne.NewSize(max(0, w), m.Height))
	if w < m.Width/2 {
		o[1].Hide()
	} else {
		o[1].Show()
	}
}
