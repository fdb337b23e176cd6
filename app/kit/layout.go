package kit

import (
	"fyne.io/fyne/v2"
)

// Flowing is an object whose height depends on the width it is given.
type Flowing interface {
	HeightFor(width float32) float32
}

type flowingLayout interface {
	heightFor(objects []fyne.CanvasObject, width float32) float32
}

// HeightFor is the height an object wants at a width: what a Flowing object
// or one of this package's containers says, else the minimal height.
func HeightFor(o fyne.CanvasObject, width float32) float32 {
	switch o := o.(type) {
	case Flowing:
		return o.HeightFor(width)
	case *fyne.Container:
		if l, ok := o.Layout.(flowingLayout); ok {
			return l.heightFor(o.Objects, width)
		}
	}
	return o.MinSize().Height
}

// Align places children across a row.
type Align int

// The ways to place: in the middle of the row's height, at its top, filling it.
const (
	Middle Align = iota
	Top
	Stretch
)

type column struct{ gap, width float32 }

// Column stacks objects from top to bottom with a gap; each gets the whole
// width. Height left over goes to the objects made with Flex, height that lacks
// is taken from them. Hidden objects and their gaps take no room.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &column{gap: gap}, Objects: objects}
}

func (c *column) heights(objects []fyne.CanvasObject, width float32) (hs []float32, total float32, flex int) {
	hs = make([]float32, len(objects))
	n := 0
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		if n++; n > 1 {
			total += c.gap
		}
		if f := flexOf(o); f != nil {
			flex++
		}
		hs[i] = HeightFor(o, width)
		total += hs[i]
	}
	return hs, total, flex
}

func (c *column) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	_, total, _ := c.heights(objects, width)
	return total
}

func (c *column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	w := float32(0)
	for _, o := range objects {
		if o.Visible() {
			w = max(w, o.MinSize().Width)
		}
	}
	return fyne.NewSize(w, c.heightFor(objects, max(c.width, w)))
}

func (c *column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	c.width = size.Width
	hs, total, flex := c.heights(objects, size.Width)
	extra, less := float32(0), float32(1)
	switch {
	case flex > 0 && size.Height > total:
		extra = (size.Height - total) / float32(flex)
	case flex > 0: // a scroll among them then scrolls
		free := float32(0)
		for i, o := range objects {
			if o.Visible() && flexOf(o) != nil {
				free += hs[i]
			}
		}
		if free > 0 {
			less = max(0, (free-total+size.Height)/free)
		}
	}
	y := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		h := hs[i]
		if flexOf(o) != nil {
			h = h*less + extra
		}
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, h))
		y += h + c.gap
	}
}

type row struct {
	gap   float32
	align Align
	width float32
}

// Row sets objects side by side with a gap, each as wide as it wants; what is
// left over goes to the objects made with Flex or Spring.
func Row(gap float32, align Align, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &row{gap: gap, align: align}, Objects: objects}
}

func (r *row) widths(objects []fyne.CanvasObject, width float32) []float32 {
	ws := make([]float32, len(objects))
	used, weight, n := float32(0), float32(0), 0
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		if n++; n > 1 {
			used += r.gap
		}
		if f := flexOf(o); f != nil {
			weight += f.weight
			continue
		}
		ws[i] = o.MinSize().Width
		used += ws[i]
	}
	if weight > 0 {
		for i, o := range objects {
			if f := flexOf(o); f != nil && o.Visible() {
				ws[i] = max(0, (width-used)*f.weight/weight)
			}
		}
	}
	return ws
}

func (r *row) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	h := float32(0)
	for i, w := range r.widths(objects, width) {
		if objects[i].Visible() {
			h = max(h, HeightFor(objects[i], w))
		}
	}
	return h
}

func (r *row) MinSize(objects []fyne.CanvasObject) fyne.Size {
	w, n := float32(0), 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		if n++; n > 1 {
			w += r.gap
		}
		w += o.MinSize().Width
	}
	return fyne.NewSize(w, r.heightFor(objects, max(w, r.width)))
}

func (r *row) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	r.width = size.Width
	x := float32(0)
	for i, w := range r.widths(objects, size.Width) {
		o := objects[i]
		if !o.Visible() {
			continue
		}
		h, y := size.Height, float32(0)
		if r.align != Stretch {
			h = HeightFor(o, w)
			if r.align == Middle {
				y = (size.Height - h) / 2
			}
		}
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
		x += w + r.gap
	}
}

type flex struct {
	weight float32
	width  float32
}

func flexOf(o fyne.CanvasObject) *flex {
	if c, ok := o.(*fyne.Container); ok {
		if f, ok := c.Layout.(*flex); ok {
			return f
		}
	}
	return nil
}

// Flex makes an object take the room its row or column has left over.
func Flex(o fyne.CanvasObject) *fyne.Container { return Share(1, o) }

// Share is Flex with a weight: two objects with 2 and 1 take thirds.
func Share(weight float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &flex{weight: weight}, Objects: []fyne.CanvasObject{o}}
}

// Spring is empty room that pushes its neighbours apart.
func Spring() *fyne.Container {
	return &fyne.Container{Layout: &flex{weight: 1}}
}

func (f *flex) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	if len(objects) == 0 {
		return 0
	}
	return HeightFor(objects[0], width)
}

func (f *flex) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if len(objects) == 0 {
		return fyne.Size{}
	}
	m := objects[0].MinSize()
	return fyne.NewSize(m.Width, f.heightFor(objects, max(f.width, m.Width)))
}

func (f *flex) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}

// Insets are margins in the order of CSS.
type Insets struct{ Top, Right, Bottom, Left float32 }

// All is the same margin on every side.
func All(n float32) Insets { return Insets{n, n, n, n} }

// Sides is one margin above and below, another left and right.
func Sides(vertical, horizontal float32) Insets {
	return Insets{vertical, horizontal, vertical, horizontal}
}

type pad struct {
	in    Insets
	width float32
}

// Pad lays margins around an object.
func Pad(in Insets, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &pad{in: in}, Objects: []fyne.CanvasObject{o}}
}

// Repad changes the margins of a container made with Pad.
func Repad(c *fyne.Container, in Insets) {
	if p, ok := c.Layout.(*pad); ok && p.in != in {
		p.in = in
		c.Refresh()
	}
}

func (p *pad) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return HeightFor(objects[0], max(0, width-p.in.Left-p.in.Right)) + p.in.Top + p.in.Bottom
}

func (p *pad) MinSize(objects []fyne.CanvasObject) fyne.Size {
	w := objects[0].MinSize().Width + p.in.Left + p.in.Right
	return fyne.NewSize(w, p.heightFor(objects, max(w, p.width)))
}

func (p *pad) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	p.width = size.Width
	objects[0].Move(fyne.NewPos(p.in.Left, p.in.Top))
	objects[0].Resize(fyne.NewSize(max(0, size.Width-p.in.Left-p.in.Right), max(0, size.Height-p.in.Top-p.in.Bottom)))
}

type limit struct {
	most  float32
	width float32
}

// Limit centres an object in a column at most so wide: theme.SheetWidth,
// theme.HomeWidth, theme.WideWidth.
func Limit(most float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &limit{most: most}, Objects: []fyne.CanvasObject{o}}
}

func (l *limit) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return HeightFor(objects[0], min(l.most, width))
}

func (l *limit) MinSize(objects []fyne.CanvasObject) fyne.Size {
	w := min(l.most, objects[0].MinSize().Width)
	return fyne.NewSize(w, l.heightFor(objects, max(w, l.width)))
}

func (l *limit) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	w := min(l.most, size.Width)
	objects[0].Move(fyne.NewPos(float32(int((size.Width-w)/2)), 0))
	objects[0].Resize(fyne.NewSize(w, size.Height))
}

type flowed struct {
	height func(width float32) float32
	width  float32
}

// Flowed tells the height that an object with a layout of another package wants
// at a width.
func Flowed(o fyne.CanvasObject, height func(width float32) float32) *fyne.Container {
	return &fyne.Container{Layout: &flowed{height: height}, Objects: []fyne.CanvasObject{o}}
}

func (f *flowed) heightFor(_ []fyne.CanvasObject, width float32) float32 { return f.height(width) }

func (f *flowed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	w := objects[0].MinSize().Width
	return fyne.NewSize(w, f.height(max(w, f.width)))
}

func (f *flowed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	put(objects[0], 0, 0, size.Width, size.Height)
}

type fixed struct{ w, h float32 }

// Fixed gives an object a set width and height; 0 leaves that side to the
// object. A smaller object is centred by height and begins at the left.
func Fixed(w, h float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &fixed{w, h}, Objects: []fyne.CanvasObject{o}}
}

func (f *fixed) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	if f.h > 0 {
		return f.h
	}
	return HeightFor(objects[0], width)
}

func (f *fixed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	m := objects[0].MinSize()
	if f.w > 0 {
		m.Width = f.w
	}
	m.Height = f.heightFor(objects, m.Width)
	return m
}

func (f *fixed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	h := min(size.Height, HeightFor(objects[0], size.Width))
	if c, ok := objects[0].(*fyne.Container); ok {
		if _, fill := c.Layout.(stretched); fill {
			h = size.Height
		}
	}
	objects[0].Move(fyne.NewPos(0, (size.Height-h)/2))
	objects[0].Resize(fyne.NewSize(size.Width, h))
}

// Gap is empty room of a set size.
func Gap(w, h float32) *fyne.Container {
	return &fyne.Container{Layout: &gap{fyne.NewSize(w, h)}}
}

type gap struct{ size fyne.Size }

func (g *gap) MinSize([]fyne.CanvasObject) fyne.Size          { return g.size }
func (g *gap) Layout([]fyne.CanvasObject, fyne.Size)          {}
func (g *gap) heightFor([]fyne.CanvasObject, float32) float32 { return g.size.Height }

// Stretched marks an object that fills its fixed or row height instead of
// being centred in it.
func Stretched(o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: stretched{}, Objects: []fyne.CanvasObject{o}}
}

type stretched struct{}

func (stretched) heightFor(o []fyne.CanvasObject, width float32) float32 {
	return HeightFor(o[0], width)
}
func (stretched) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }
func (stretched) Layout(o []fyne.CanvasObject, size fyne.Size) {
	put(o[0], 0, 0, size.Width, size.Height)
}
