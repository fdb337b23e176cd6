package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"lectern/app/keys"
	"lectern/app/theme"
)

// tipDelay is how long the pointer rests before a tooltip comes.
const tipDelay = 500 * time.Millisecond

// TipLayer is the place where tooltips are drawn: the last object of a window's
// content or of an overlay, as large as the window. Without one, widgets simply
// have no tooltips.
type TipLayer struct {
	widget.BaseWidget
	text  string
	key   keys.Key
	at    fyne.CanvasObject
	timer *time.Timer
	turn  int
	shown bool
}

// NewTipLayer makes a layer.
func NewTipLayer() *TipLayer {
	l := &TipLayer{}
	l.ExtendBaseWidget(l)
	return l
}

// layerFor finds the layer above an object: that of the topmost overlay, or
// the content's.
func layerFor(o fyne.CanvasObject) *TipLayer {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return nil
	}
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	if h, ok := root.(interface{ tipLayer() *TipLayer }); ok {
		return h.tipLayer()
	}
	if box, ok := root.(*fyne.Container); ok && len(box.Objects) > 0 {
		if l, ok := box.Objects[len(box.Objects)-1].(*TipLayer); ok {
			return l
		}
	}
	return nil
}

func showTip(at fyne.CanvasObject, text string, k keys.Key) {
	l := layerFor(at)
	if l == nil {
		return
	}
	l.turn++
	turn := l.turn
	if l.shown { // moving along a bar: the next one comes at once
		l.show(at, text, k)
		return
	}
	if l.timer != nil {
		l.timer.Stop()
	}
	l.timer = time.AfterFunc(tipDelay, func() {
		fyne.Do(func() {
			if l.turn == turn {
				l.show(at, text, k)
			}
		})
	})
}

func hideTip(at fyne.CanvasObject) {
	l := layerFor(at)
	if l == nil {
		return
	}
	l.turn++
	if l.timer != nil {
		l.timer.Stop()
	}
	if l.shown {
		l.shown = false
		l.Refresh()
	}
}

// Say shows a sentence beside an object at once; charts use it for the cell
// under the pointer. An empty sentence hides it.
func Say(at fyne.CanvasObject, text string) {
	l := layerFor(at)
	if l == nil {
		return
	}
	l.turn++
	if text == "" {
		hideTip(at)
		return
	}
	l.show(at, text, keys.None)
}

func (l *TipLayer) show(at fyne.CanvasObject, text string, k keys.Key) {
	l.at, l.text, l.key, l.shown = at, text, k, true
	l.Refresh()
}

// CreateRenderer is for Fyne.
func (l *TipLayer) CreateRenderer() fyne.WidgetRenderer {
	const most = 360
	back, key := box(theme.RadiusControl), newCap()
	var lines []*canvas.Text
	r := &renderer{self: l}
	r.layout = func(size fyne.Size) {
		if !l.shown || l.at == nil {
			return
		}
		w, capSize := float32(0), key.size()
		for _, t := range lines {
			w = max(w, Caption.Width(t.Text))
		}
		h := float32(len(lines))*Caption.Line + 16
		if capSize.Width > 0 {
			w += 10 + capSize.Width
		}
		w += 24
		driver := fyne.CurrentApp().Driver()
		pos, base := driver.AbsolutePositionForObject(l.at), driver.AbsolutePositionForObject(l)
		pos = pos.Subtract(base)
		x := pos.X + (l.at.Size().Width-w)/2
		y := pos.Y + l.at.Size().Height + 8
		if y+h > size.Height-8 {
			y = pos.Y - h - 8
		}
		x, y = min(max(8, x), max(8, size.Width-w-8)), max(8, y)
		put(back, x, y, w, h)
		for i, t := range lines {
			Caption.place(t, x+12, y+8+float32(i)*Caption.Line)
		}
		key.place(x+w-12-capSize.Width, y+(h-20)/2)
	}
	r.paint = func() {
		r.objects = r.objects[:0]
		if !l.shown {
			return
		}
		elevate(back, theme.Paper)
		if !theme.IsDark() {
			back.StrokeColor, back.StrokeWidth = colour(theme.Line), 1
		}
		key.paint(KeyLabel(l.key), theme.Muted, theme.Edge)
		lines = lines[:0]
		for _, s := range Caption.Wrap(l.text, most) {
			lines = append(lines, Caption.object(s, theme.Ink))
		}
		r.objects = append(r.objects, back)
		for _, t := range lines {
			r.objects = append(r.objects, t)
		}
		r.objects = append(r.objects, key.objects()...)
		r.layout(l.Size())
	}
	return r
}
