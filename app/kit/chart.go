package kit

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"lectern/app/keys"
	"lectern/app/theme"
)

// Line is one line of a Chart.
type Line struct {
	Values []float64 // at equal steps from left to right
	Name   string    // written at its end; "" for none
	Strong bool      // the one the chart is about: accent and whole; others are quiet and dashed
}

// Mark is a word under the axis of a Chart.
type Mark struct {
	At   float64 // a step of the lines
	Text string
}

// Chart draws lines over a common axis. The pointer is answered with a
// sentence; Left and Right walk, and with Picked a tap or an arrow chooses a
// step, which a line across marks.
type Chart struct {
	control
	Lines  []Line
	Marks  []Mark
	Low    float64              // the lower end of the scale
	Top    float64              // the upper end; 0 or what the values need, if that is more
	Scale  func(float64) string // writes a number of the scale
	Tip    func(i int) string   // the sentence for a step; nil for none
	Chosen int                  // the marked step; -1 for none
	Picked func(i int)          // nil: steps cannot be chosen
	Shaded bool                 // the room between the first two lines is washed
	High   float32              // of the lines' room; 0 is 180

	over int
}

// NewChart makes a chart without lines.
func NewChart(scale func(float64) string) *Chart {
	c := &Chart{Scale: scale, Chosen: -1, over: -1}
	c.init(c, nil)
	walk := func(by int) func() {
		return func() {
			if c.Picked != nil {
				c.pick(c.Chosen + by)
				return
			}
			c.point(min(max(0, c.over+by), c.steps()))
		}
	}
	c.pressAs = map[keys.Key]func(){keys.Left: walk(-1), keys.Right: walk(1), keys.ShiftLeft: walk(-5), keys.ShiftRight: walk(5)}
	return c
}

// Set shows other lines.
func (c *Chart) Set(lines ...Line) {
	c.Lines = lines
	c.Refresh()
}

// Choose marks a step without calling Picked.
func (c *Chart) Choose(i int) {
	if c.Chosen != i {
		c.Chosen = i
		c.Refresh()
	}
}

// steps is the number of steps from left to right.
func (c *Chart) steps() int {
	n := 1
	for _, l := range c.Lines {
		n = max(n, len(l.Values)-1)
	}
	return n
}

func (c *Chart) pick(i int) {
	if i = min(max(0, i), c.steps()); i != c.Chosen {
		c.Choose(i)
		c.Picked(i)
	}
}

func (c *Chart) point(i int) {
	if i == c.over {
		return
	}
	c.over = i
	c.Refresh()
	if i >= 0 && c.Tip != nil {
		Say(c, c.Tip(i))
	}
}

func (c *Chart) at(x float32) int {
	p := c.plot(c.Size())
	return min(max(0, int(math.Round(float64((x-p.left)/max(1, p.right-p.left)*float32(c.steps()))))), c.steps())
}

// Tapped is for Fyne.
func (c *Chart) Tapped(ev *fyne.PointEvent) {
	if c.Picked != nil {
		c.pick(c.at(ev.Position.X))
	}
}

// MouseIn is for Fyne.
func (c *Chart) MouseIn(ev *desktop.MouseEvent) { c.point(c.at(ev.Position.X)) }

// MouseMoved is for Fyne.
func (c *Chart) MouseMoved(ev *desktop.MouseEvent) { c.point(c.at(ev.Position.X)) }

// MouseOut is for Fyne.
func (c *Chart) MouseOut() {
	c.point(-1)
	Say(c, "")
}

// FocusLost is for Fyne.
func (c *Chart) FocusLost() {
	c.point(-1)
	Say(c, "")
	c.control.FocusLost()
}

// plot is the room of the lines and the scale beside it.
type plot struct {
	left, right, top, floor float32
	low, high               float64
	grid                    []float64
}

var chartType = Small.At(13, 20)

func (c *Chart) plot(size fyne.Size) plot {
	p := plot{right: size.Width - 8, top: 14, floor: size.Height - 28, low: c.Low, high: c.Top}
	for _, l := range c.Lines {
		for _, v := range l.Values {
			p.high = max(p.high, v)
		}
	}
	if p.high <= p.low {
		p.high = p.low + 1
	}
	step := niceStep((p.high - p.low) / max(1, math.Floor(float64(p.floor-p.top)/36)))
	p.high = p.low + math.Ceil((p.high-p.low)/step-1e-9)*step
	for i := 0; p.low+float64(i)*step <= p.high+step/2; i++ {
		v := p.low + float64(i)*step
		p.grid = append(p.grid, v)
		p.left = max(p.left, chartType.Width(c.Scale(v)))
	}
	p.left += 10
	return p
}

// niceStep is the least of 1, 2, 5, 10, 20 … (or 0.5, 0.2 …) not below x.
func niceStep(x float64) float64 {
	base := math.Pow(10, math.Floor(math.Log10(x)))
	for _, n := range []float64{1, 2, 5} {
		if n*base >= x*(1-1e-9) {
			return n * base
		}
	}
	return 10 * base
}

func (p plot) y(v float64) float32 {
	return p.floor - (p.floor-p.top)*float32((v-p.low)/(p.high-p.low))
}

func (p plot) x(step float64, steps int) float32 {
	return p.left + (p.right-p.left)*float32(step/float64(steps))
}

// CreateRenderer is for Fyne.
func (c *Chart) CreateRenderer() fyne.WidgetRenderer {
	d := &chartDraw{c: c, ring: newRing(theme.RadiusKey), upright: canvas.NewRectangle(clear), over: canvas.NewRectangle(clear)}
	d.shade, d.lines = canvas.NewRaster(d.wash), canvas.NewRaster(d.paint)
	r := &renderer{self: c}
	r.min = func() fyne.Size {
		high := c.High
		if high == 0 {
			high = 180
		}
		return fyne.NewSize(200, 14+high+28)
	}
	// What is drawn follows from the size: a higher chart has a finer scale.
	r.layout = func(s fyne.Size) { r.objects = d.draw(s) }
	r.paint = func() { r.objects = d.draw(c.Size()) }
	r.paint()
	return r
}

type chartDraw struct {
	c             *Chart
	ring          *canvas.Rectangle
	upright, over *canvas.Rectangle
	shade, lines  *canvas.Raster
	p             plot
}

func (d *chartDraw) draw(size fyne.Size) []fyne.CanvasObject {
	c := d.c
	if size.Width <= 0 {
		return nil
	}
	d.p = c.plot(size)
	p, n := d.p, c.steps()
	placeRing(d.ring, size)
	paintRing(d.ring, c.ringed)
	objects := []fyne.CanvasObject{d.ring}
	for _, v := range p.grid {
		line := canvas.NewRectangle(colour(theme.Line))
		put(line, p.left, float32(int(p.y(v))), p.right-p.left, 1)
		text := chartType.object(c.Scale(v), theme.Muted)
		chartType.place(text, p.left-10-chartType.Width(text.Text), p.y(v)-10)
		objects = append(objects, line, text)
	}
	if c.Shaded && len(c.Lines) > 1 {
		put(d.shade, p.left, p.top, p.right-p.left, p.floor-p.top)
		objects = append(objects, d.shade)
	}
	var taken []span
	for _, m := range c.Marks { // of two that would meet the first one stays
		w := chartType.Width(m.Text)
		left := min(max(p.left, p.x(m.At, n)-w/2), p.right-w)
		if claim(&taken, span{left, left + w, 0}, 6) {
			text := chartType.object(m.Text, theme.Muted)
			chartType.place(text, left, p.floor+8)
			objects = append(objects, text)
		}
	}
	for i, at := range []int{c.over, c.Chosen} {
		if at < 0 || i == 0 && at == c.Chosen {
			continue
		}
		bar, ink := d.over, theme.Line
		if i == 1 {
			bar, ink = d.upright, theme.Edge
		}
		bar.FillColor = colour(ink)
		put(bar, p.x(float64(at), n)-0.75, p.top-8, 1.5, p.floor-p.top+8)
		objects = append(objects, bar)
	}
	put(d.lines, 0, 0, size.Width, size.Height)
	objects = append(objects, d.lines)
	for i, l := range c.Lines {
		objects = append(objects, d.ends(i, l, n)...)
	}
	return objects
}

// paint draws the lines, the strong one over the quiet ones.
func (d *chartDraw) paint(w, h int) image.Image {
	var quiet, strong []stroke
	for _, l := range d.c.Lines {
		points := make([]fyne.Position, len(l.Values))
		for i, v := range l.Values {
			points[i] = fyne.NewPos(d.p.x(float64(i), d.c.steps()), d.p.y(v))
		}
		if l.Strong {
			strong = append(strong, stroke{points: points, width: 2.5, colour: colour(theme.Accent)})
		} else {
			quiet = append(quiet, stroke{points: points, width: 2, colour: colour(theme.Edge), dash: 5, gap: 6})
		}
	}
	return paintStrokes(w, h, d.c.Size(), append(quiet, strong...))
}

// ends draws the dot and the name of a line: at the chosen step, or at its end.
// The higher of two lines is named above itself, the lower one below.
func (d *chartDraw) ends(i int, l Line, steps int) []fyne.CanvasObject {
	if len(l.Values) == 0 {
		return nil
	}
	at := len(l.Values) - 1
	if c := d.c.Chosen; c >= 0 {
		at = min(c, at)
	}
	ink, letter, r := theme.Edge, Caption, float32(4)
	if l.Strong {
		ink, letter, r = theme.Accent, Caption.Strong(), 5
	}
	x, y := d.p.x(float64(at), steps), d.p.y(l.Values[at])
	dot := canvas.NewCircle(colour(ink))
	put(dot, x-r, y-r, 2*r, 2*r)
	if l.Name == "" {
		return []fyne.CanvasObject{dot}
	}
	above, highest := true, y
	for k, o := range d.c.Lines {
		if at >= len(o.Values) {
			continue
		}
		highest = min(highest, d.p.y(o.Values[at]))
		if o.Values[at] > l.Values[at] || o.Values[at] == l.Values[at] && k < i {
			above = false
		}
	}
	if !l.Strong {
		ink = theme.Muted
	}
	text := letter.object(l.Name, ink)
	w := letter.Width(l.Name)
	left := x - 12 - w
	if left < d.p.left+4 {
		left = x + 12
	}
	switch {
	case above:
		y = max(0, y-6-letter.Line)
	case y+8+letter.Line <= d.p.floor:
		y += 8
	case y >= highest+letter.Line: // no room under it
		y -= 6 + letter.Line
	default: // nor over it: over the name of the higher one
		y = max(0, highest-6-2*letter.Line)
	}
	letter.place(text, left, y)
	return []fyne.CanvasObject{dot, text}
}

// wash fills the room between the first two lines, its edges softened.
func (d *chartDraw) wash(w, h int) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	c, ok := colour(theme.Accent).(color.NRGBA)
	if !ok || len(d.c.Lines) < 2 {
		return img
	}
	const share = 0.10
	for x := range w {
		step := (float64(x) + 0.5) / float64(w) * float64(d.c.steps())
		a, okA := d.value(0, step)
		b, okB := d.value(1, step)
		if !okA || !okB {
			continue
		}
		high := func(v float64) float64 { return (d.p.high - v) / (d.p.high - d.p.low) * float64(h) }
		from, to := high(max(a, b)), high(min(a, b))
		for y := max(0, int(from)); y < min(h, int(math.Ceil(to))); y++ {
			cover := min(to, float64(y+1)) - max(from, float64(y))
			c.A = uint8(255*share*cover + 0.5)
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

// value is a line between its steps.
func (d *chartDraw) value(line int, step float64) (float64, bool) {
	v := d.c.Lines[line].Values
	i := int(step)
	if i+1 >= len(v) {
		return 0, false
	}
	return v[i] + (v[i+1]-v[i])*(step-float64(i)), true
}
