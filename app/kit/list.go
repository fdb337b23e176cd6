package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"lectern/app/keys"
	"lectern/app/theme"
)

// List is a column of rows of one height, as long as it likes: only the rows
// in sight exist. Up, Down, Page Up, Page Down, Home and End move the choice,
// Enter and a tap on the chosen row open it. With Many the choice can be a range:
// Shift moves one of its ends, Ctrl A takes all. Other keys go to the screen.
type List struct {
	control
	High   float32                       // of a row, with its line
	Room   int                           // rows it asks room for; 0 takes what there is
	Row    func(i int) fyne.CanvasObject // makes a row; called when it comes in sight
	Moved  func(i int)                   // the choice moved by the user; may be nil
	Opened func(i int)                   // may be nil
	Tip    func(i int) string            // said under the pointer; may be nil
	AtOnce bool                          // a tap opens a row that was not chosen, too
	Many   bool                          // several rows can be chosen
	Also   map[keys.Key]func()           // keys it takes besides its own while it has the keyboard

	n, at int
	start int // the other end of the choice; at for one row
	inner *container.Scroll
	body  *fyne.Container
	shown map[int]*listRow
}

type listRow struct {
	item *Item
	line *canvas.Rectangle
}

// NewList makes a list without rows; Set says how many there are.
func NewList(high float32, row func(int) fyne.CanvasObject) *List {
	l := &List{High: high, Row: row, at: -1, start: -1, shown: map[int]*listRow{}}
	l.body = &fyne.Container{Layout: &listLayout{l}}
	l.inner = container.NewVScroll(l.body)
	l.inner.OnScrolled = func(fyne.Position) { l.fill() }
	l.init(l, nil)
	return l
}

// Set shows n rows, all made anew, and the choice at one of them; -1 is none.
func (l *List) Set(n, at int) {
	l.start = min(at, n-1)
	l.set(n, at)
}

func (l *List) set(n, at int) {
	l.shown = map[int]*listRow{}
	l.body.Objects = nil
	l.n, l.at = n, min(at, n-1)
	l.inner.Offset.Y = min(l.inner.Offset.Y, l.rest())
	l.inner.Refresh()
	l.fill()
}

// Renew makes the rows in sight anew: what they show has changed.
func (l *List) Renew() { l.set(l.n, l.at) }

// At is the chosen row, -1 for none.
func (l *List) At() int { return l.at }

// Range are the chosen rows: from up to but not with to.
func (l *List) Range() (from, to int) {
	if l.at < 0 {
		return 0, 0
	}
	return min(l.start, l.at), max(l.start, l.at) + 1
}

// Choose moves the choice and brings it in sight.
func (l *List) Choose(i int) {
	if i >= 0 && i < l.n {
		l.start = i
		l.reach(i)
	}
}

// reach moves the end of the choice.
func (l *List) reach(i int) {
	l.at = i
	top, high := float32(i)*l.High, l.inner.Size().Height
	switch y := l.inner.Offset.Y; {
	case top < y:
		l.inner.Offset.Y = top
	case top+l.High > y+high:
		l.inner.Offset.Y = min(top+l.High-high, l.rest())
	}
	l.inner.Refresh()
	l.fill()
	from, to := l.Range()
	for k, r := range l.shown {
		r.item.Select(k >= from && k < to)
	}
}

// rest is how far the rows can still move up.
func (l *List) rest() float32 {
	return max(0, float32(l.n)*l.High-l.inner.Size().Height)
}

// fill makes the rows in sight and lets the others go.
func (l *List) fill() {
	size := l.inner.Size()
	if l.High <= 0 || size.Height <= 0 {
		return
	}
	from := max(0, int(l.inner.Offset.Y/l.High))
	to := min(l.n, int((l.inner.Offset.Y+size.Height)/l.High)+1)
	same := true
	chosen, end := l.Range()
	for i := range l.shown {
		if i < from || i >= to {
			delete(l.shown, i)
			same = false
		}
	}
	for i := from; i < to; i++ {
		if l.shown[i] != nil {
			continue
		}
		same = false
		item := NewItem(Sides(0, 24), l.Row(i), func() { l.tap(i) })
		item.Selected = i >= chosen && i < end
		if l.Tip != nil {
			item.Tip = func() string { return l.Tip(i) }
		}
		l.shown[i] = &listRow{item, canvas.NewRectangle(theme.Color(theme.Line))}
	}
	if same {
		return
	}
	l.body.Objects = l.body.Objects[:0]
	for i := from; i < to; i++ {
		l.body.Objects = append(l.body.Objects, l.shown[i].item)
		if i > 0 {
			l.body.Objects = append(l.body.Objects, l.shown[i].line)
		}
	}
	l.body.Layout.Layout(l.body.Objects, l.body.Size())
	canvas.Refresh(l.body)
}

func (l *List) tap(i int) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		FocusQuietly(c, l)
	}
	if l.Many && keys.ShiftHeld() {
		l.extend(i)
		return
	}
	chosen := i == l.at
	l.move(i)
	if chosen || l.AtOnce {
		l.open()
	}
}

func (l *List) move(to int) {
	to = min(max(0, to), l.n-1)
	if to < 0 || to == l.at && to == l.start {
		return
	}
	l.Choose(to)
	if l.Moved != nil {
		l.Moved(to)
	}
}

// extend moves the end of the choice to a row, or as far as it goes.
func (l *List) extend(to int) {
	to = min(max(0, to), l.n-1)
	if to < 0 || to == l.at {
		return
	}
	l.start = max(l.start, 0)
	l.reach(to)
	if l.Moved != nil {
		l.Moved(to)
	}
}

// all takes every row.
func (l *List) all() {
	if l.n > 0 {
		l.start = 0
		l.at = -1 // so that it moves
		l.extend(l.n - 1)
	}
}

func (l *List) open() {
	if l.Opened != nil && l.at >= 0 {
		l.Opened(l.at)
	}
}

// Press acts on a key as if the list had the keyboard; it tells whether the key
// is one of its own.
func (l *List) Press(k keys.Key) bool {
	page := max(1, int(l.inner.Size().Height/max(1, l.High))-1)
	switch k {
	case keys.Up:
		l.move(l.at - 1)
	case keys.Down:
		l.move(l.at + 1)
	case keys.PageUp:
		l.move(l.at - page)
	case keys.PageDown:
		l.move(l.at + page)
	case keys.Home:
		l.move(0)
	case keys.End:
		l.move(l.n - 1)
	case keys.Enter:
		l.open()
	default:
		return l.Many && l.pressMany(k)
	}
	return true
}

// pressMany takes the keys of a choice of several rows.
func (l *List) pressMany(k keys.Key) bool {
	switch k {
	case keys.ShiftUp:
		l.extend(l.at - 1)
	case keys.ShiftDown:
		l.extend(l.at + 1)
	case keys.CtrlA:
		l.all()
	default:
		return false
	}
	return true
}

// TypedKey is for Fyne.
func (l *List) TypedKey(ev *fyne.KeyEvent) {
	k := keys.FromEvent(ev)
	if f := l.Also[k]; f != nil {
		f()
	} else if !l.Press(k) {
		forwardKey(l, ev)
	}
}

// HeightFor is the height of the rows it asks room for.
func (l *List) HeightFor(float32) float32 { return float32(max(l.Room, 1)) * l.High }

// CreateRenderer is for Fyne.
func (l *List) CreateRenderer() fyne.WidgetRenderer {
	ring := newRing(theme.RadiusControl)
	r := &renderer{self: l, objects: []fyne.CanvasObject{l.inner, ring}}
	r.min = func() fyne.Size { return fyne.NewSize(120, l.HeightFor(0)) }
	r.layout = func(s fyne.Size) {
		put(l.inner, 0, 0, s.Width, s.Height)
		put(ring, 2, 2, s.Width-4, s.Height-4)
		l.fill()
	}
	r.paint = func() {
		for _, row := range l.shown {
			row.line.FillColor = theme.Color(theme.Line)
		}
		paintRing(ring, l.ringed)
	}
	r.paint()
	return r
}

// listLayout is as high as all rows and places those that exist.
type listLayout struct{ l *List }

func (y *listLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, float32(y.l.n)*y.l.High)
}

func (y *listLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	for i, row := range y.l.shown {
		top := float32(i) * y.l.High
		put(row.item, 0, top, size.Width, y.l.High)
		put(row.line, 0, top, size.Width, 1)
	}
}
