package cardview

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/content"
)

// State says whether something can be drawn.
type State int

// The states.
const (
	Ready   State = iota
	Pending       // being made; done is called when it is there
	Failed        // it cannot be drawn; its source stands instead
)

// Formula is a drawn formula; sizes are in pixels of the window.
type Formula struct {
	Image         image.Image
	Width, Height float32
	Depth         float32 // below the baseline
}

// Math draws formulas for a text of em pixels. Done may be called from any
// goroutine.
type Math interface {
	Formula(tex string, display bool, em float32, ink color.Color, done func()) (Formula, State)
}

// Pictures draws the pictures of a card at most so wide, in the theme's colours.
type Pictures interface {
	Picture(src string, width float32) (img image.Image, size fyne.Size, err error)
}

// Options are what a view needs; each may be nil.
type Options struct {
	Math     Math
	Pictures Pictures
	Link     func(url string) // a link was pressed
}

// Style is how a document is set.
type Style struct {
	Type     kit.Type // of running text
	Colour   fyne.ThemeColorName
	Balanced bool // evens out two or three lines
}

// View is a document on the screen.
type View struct {
	widget.BaseWidget
	o     Options
	doc   content.Document
	style Style
	page  page // laid out
	valid bool
	dark  bool
	sel   selection
}

// New makes an empty view.
func New(o Options) *View {
	v := &View{o: o, style: Style{Type: kit.Answer, Colour: theme.Ink}}
	v.ExtendBaseWidget(v)
	return v
}

// SetDocument shows another document.
func (v *View) SetDocument(doc content.Document, style Style) {
	if style.Colour == "" {
		style.Colour = theme.Ink
	}
	v.doc, v.style, v.valid = doc, style, false
	v.sel = selection{}
	v.Refresh()
}

// HeightFor is the document's height in a column of this width.
func (v *View) HeightFor(width float32) float32 {
	if width <= 0 {
		return 0
	}
	v.lay(width)
	return v.page.height
}

// lay lays the document out unless it is for this width and theme.
func (v *View) lay(width float32) {
	if v.valid && v.page.width == width && v.dark == theme.IsDark() {
		return
	}
	v.dark = theme.IsDark()
	l := layouter{v: v, width: width}
	l.blocks(v.doc.Blocks, 0, width, v.style.Type)
	v.page = page{width: width, height: l.y, things: l.things, runs: l.runs}
	v.valid = true
}

// again lays out anew after something that was pending is there.
func (v *View) again() {
	fyne.Do(func() {
		v.valid = false
		v.Refresh()
		kit.Relayout(v)
	})
}

// page is a document laid out for a width.
type page struct {
	width, height float32
	things        []thing
	runs          []run
}

// thing is an object in its place.
type thing struct {
	object     fyne.CanvasObject
	x, y, w, h float32
}

// run is a piece of text in reading order, for selecting.
type run struct {
	text       string // what is copied
	kind       kit.Type
	x, y, w, h float32
	after      string // what stands between it and the next: "", " ", "\n", "\n\n"
	link       string
}

// CreateRenderer is for Fyne.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return &renderer{v: v} }

type renderer struct {
	v       *View
	objects []fyne.CanvasObject
}

func (r *renderer) Destroy() {}

func (r *renderer) Objects() []fyne.CanvasObject {
	if r.objects == nil {
		r.collect()
	}
	return r.objects
}

func (r *renderer) MinSize() fyne.Size {
	w := r.v.Size().Width
	if w <= 0 {
		w = 320
	}
	return fyne.NewSize(80, r.v.HeightFor(w))
}

func (r *renderer) Layout(s fyne.Size) {
	r.v.HeightFor(s.Width)
	r.collect()
}

func (r *renderer) Refresh() {
	if s := r.v.Size(); s.Width > 0 {
		r.v.lay(s.Width)
	}
	r.collect()
	canvas.Refresh(r.v)
}

// collect takes the selection and everything laid out, in drawing order.
func (r *renderer) collect() {
	r.objects = r.objects[:0]
	for _, box := range r.v.selected() {
		mark := canvas.NewRectangle(theme.Color(theme.Mark))
		mark.CornerRadius = 2
		mark.Move(fyne.NewPos(box.x, box.y))
		mark.Resize(fyne.NewSize(box.w, box.h))
		r.objects = append(r.objects, mark)
	}
	for _, t := range r.v.page.things {
		if text, ok := t.object.(*canvas.Text); ok && t.w < 0 {
			r.objects = append(r.objects, text) // placed by its type already
			continue
		}
		t.object.Move(fyne.NewPos(t.x, t.y))
		t.object.Resize(fyne.NewSize(t.w, t.h))
		r.objects = append(r.objects, t.object)
	}
	if r.objects == nil {
		r.objects = []fyne.CanvasObject{}
	}
}
