package cardview

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
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

// Pictures draws the pictures of a card, in the theme's colours, no larger than
// the room; one without height has no end. A size without an image means that
// it is being made; done is then called, from any goroutine, when it is there.
type Pictures interface {
	Picture(src string, room fyne.Size, done func()) (img image.Image, size fyne.Size, err error)
}

// Options are what a view needs; each may be nil.
type Options struct {
	Math     Math
	Pictures Pictures
	Link     func(url string) // a link was pressed
	Enlarge  func(src string) // a picture was pressed
}

// Style is how a document is set.
type Style struct {
	Type     kit.Type // of running text
	Colour   fyne.ThemeColorName
	Balanced bool    // evens out two or three lines
	Tallest  float32 // of a picture; 0 is any height
}

// View is a document on the screen.
type View struct {
	widget.BaseWidget
	o     Options
	doc   content.Document
	style Style
	query []string

	blocks stack // the document ready to be set; nil when it has to be made
	links  []string
	made   bool
	dark   bool // the theme it was made for
	pages  []*page
	shown  *page
	turn   int // counts what was made, so that the renderer knows its objects are old

	pointer
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
	v.doc, v.style = doc, style
	v.drop()
	v.Refresh()
}

// SetHighlight lays a marker pen over every place where one of the words, folded
// as by package fold, stands in the text. None takes it away.
func (v *View) SetHighlight(words []string) {
	v.query = v.query[:0:0]
	for _, w := range words {
		if w != "" {
			v.query = append(v.query, w)
		}
	}
	v.stale()
	v.Refresh()
}

// HeightFor is the document's height in a column of this width.
func (v *View) HeightFor(width float32) float32 {
	if width <= 0 {
		return 0
	}
	return v.page(width).height
}

// maxPages is how many widths a view keeps: one to ask at, one to stand in.
const maxPages = 3

// page is the document set for a width.
func (v *View) page(width float32) *page {
	if dark := theme.IsDark(); !v.made || v.dark != dark {
		c := compiler{v: v, query: v.query}
		v.blocks = c.blocks(v.doc.Blocks, v.style.Type)
		v.links, v.made, v.dark, v.pages = c.links, true, dark, nil
		v.turn++
	}
	for _, p := range v.pages {
		if p.width == width {
			return p
		}
	}
	s := setter{}
	v.blocks.lay(&s, 0, width)
	s.end("")
	s.width, s.height = width, s.y
	if len(v.pages) >= maxPages {
		v.pages = v.pages[1:]
	}
	p := &s.page
	for i := range p.runs {
		p.runs[i].start = len(p.text)
		p.text = append(append(p.text, []rune(p.runs[i].text)...), []rune(p.runs[i].after)...)
	}
	v.pages = append(v.pages, p)
	return p
}

// stale lets the document be made anew, its selection kept as far as the text
// is the same.
func (v *View) stale() { v.made = false }

// again is called when something that was pending is there.
func (v *View) again() {
	fyne.Do(func() {
		v.stale()
		v.Refresh()
		kit.Relayout(v)
	})
}

func (v *View) show(p *page) { v.shown = p }
