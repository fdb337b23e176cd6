package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lectern/app/keys"
	"lectern/app/theme"
)

// MenuItem is a line of a menu.
type MenuItem struct {
	Text     string
	Icon     string
	Key      keys.Key
	Danger   bool
	Disabled string // not empty: why it cannot be done
	Checked  bool
	Divider  bool // a line above
	Do       func()
}

// ShowMenu shows a menu under an object, or over it near the window's lower
// edge. Arrows walk, Enter takes, a key shown in the menu takes its line.
func ShowMenu(at fyne.CanvasObject, items []MenuItem, closed func()) *Overlay {
	c := fyne.CurrentApp().Driver().CanvasForObject(at)
	if c == nil || len(items) == 0 {
		return nil
	}
	o := &Overlay{gone: closed}
	list := &menu{on: -1}
	list.ExtendBaseWidget(list)
	for i, it := range items {
		line := &menuLine{menu: list, index: i, item: it, close: o.Close}
		line.ExtendBaseWidget(line)
		list.lines = append(list.lines, line)
	}
	o.body = list
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(at)
	o.place = func(s fyne.Size) (fyne.Position, fyne.Size) {
		m := list.MinSize()
		x := min(pos.X, s.Width-m.Width-8)
		if right := pos.X + at.Size().Width; right > s.Width/2 {
			x = right - m.Width
		}
		y := pos.Y + at.Size().Height + 4
		if y+m.Height > s.Height-8 {
			y = max(8, pos.Y-m.Height-4)
		}
		return fyne.NewPos(max(8, x), y), m
	}
	o.onKey = list.key
	o.open(c)
	return o
}

type menu struct {
	widget.BaseWidget
	lines []*menuLine
	on    int
}

func (m *menu) key(k keys.Key) bool {
	switch k {
	case keys.Down:
		m.walk(1)
		return true
	case keys.Up:
		m.walk(-1)
		return true
	case keys.Enter, keys.Space:
		if m.on >= 0 {
			m.lines[m.on].take()
		}
		return true
	}
	for _, l := range m.lines {
		if l.item.Key == k && k != keys.None && k != keys.Esc {
			l.take()
			return true
		}
	}
	return false
}

func (m *menu) walk(by int) {
	from := m.on
	if from < 0 && by < 0 {
		from = 0 // up from nowhere leads to the last line
	}
	for i, n := from, 0; n < len(m.lines); n++ {
		i = (i + by + len(m.lines)) % len(m.lines)
		if m.lines[i].item.Disabled == "" {
			m.point(i)
			return
		}
	}
}

func (m *menu) point(i int) {
	if m.on != i {
		m.on = i
		m.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (m *menu) CreateRenderer() fyne.WidgetRenderer {
	back := box(theme.RadiusNotice)
	r := &renderer{self: m, objects: []fyne.CanvasObject{back}}
	for _, l := range m.lines {
		r.objects = append(r.objects, l)
	}
	r.min = func() fyne.Size {
		s := fyne.NewSize(200, 12)
		for _, l := range m.lines {
			n := l.MinSize()
			s = fyne.NewSize(max(s.Width, n.Width+12), s.Height+n.Height)
		}
		return s
	}
	r.layout = func(s fyne.Size) {
		put(back, 0, 0, s.Width, s.Height)
		y := float32(6)
		for _, l := range m.lines {
			h := l.MinSize().Height
			put(l, 6, y, s.Width-12, h)
			y += h
		}
	}
	r.paint = func() {
		elevate(back, theme.Paper)
		if !theme.IsDark() {
			back.StrokeColor, back.StrokeWidth = colour(theme.Line), 1
		}
	}
	r.paint()
	return r
}

type menuLine struct {
	widget.BaseWidget
	menu  *menu
	index int
	item  MenuItem
	close func()
}

func (l *menuLine) take() {
	if l.item.Disabled != "" {
		return
	}
	l.close()
	if l.item.Do != nil {
		l.item.Do()
	}
}

// Tapped is for Fyne.
func (l *menuLine) Tapped(*fyne.PointEvent) { l.take() }

// MouseIn is for Fyne.
func (l *menuLine) MouseIn(*desktop.MouseEvent) {
	l.menu.point(l.index)
	if l.item.Disabled != "" {
		showTip(l, l.item.Disabled, keys.None)
	}
}

// MouseMoved is for Fyne.
func (l *menuLine) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (l *menuLine) MouseOut() {
	l.menu.point(-1)
	hideTip(l)
}

// CreateRenderer is for Fyne.
func (l *menuLine) CreateRenderer() fyne.WidgetRenderer {
	line, back := canvas.NewRectangle(clear), box(theme.RadiusChip)
	icon := &canvas.Image{FillMode: canvas.ImageFillContain}
	text, key := Body.object(l.item.Text, theme.Ink), newCap()
	r := &renderer{self: l, objects: append([]fyne.CanvasObject{line, back, icon, text}, key.objects()...)}
	top := float32(0)
	if l.item.Divider {
		top = 13
	}
	left := float32(12)
	for _, other := range l.menu.lines {
		if other.item.Icon != "" || other.item.Checked {
			left = 12 + 20 + 12
		}
	}
	r.min = func() fyne.Size {
		w := left + Body.Width(l.item.Text) + 12
		if k := key.size().Width; k > 0 {
			w += 32 + k
		}
		return fyne.NewSize(w, 38+top)
	}
	r.layout = func(s fyne.Size) {
		put(line, 0, 6, s.Width, 1)
		put(back, 0, top, s.Width, 38)
		put(icon, 12, top+9, 20, 20)
		Body.place(text, left, top+7)
		key.place(s.Width-12-key.size().Width, top+9)
	}
	r.paint = func() {
		line.Hidden, line.FillColor = !l.item.Divider, colour(theme.Line)
		fill, ink := fyne.ThemeColorName(""), theme.Ink
		switch {
		case l.item.Disabled != "":
			ink = theme.Muted
		case l.item.Danger:
			ink = theme.Error
		}
		if l.menu.on == l.index && l.item.Disabled == "" {
			fill = theme.Sunk
		}
		paintBox(back, fill, "", 0)
		name, tint := l.item.Icon, theme.Muted
		if l.item.Checked {
			name, tint = "check", theme.Accent
		} else if l.item.Danger {
			tint = theme.Error
		}
		setIcon(icon, name, tint)
		text.Text, text.Color = l.item.Text, colour(ink)
		key.paint(KeyLabel(l.item.Key), theme.Muted, theme.Edge)
		r.layout(l.Size())
	}
	r.paint()
	return r
}
