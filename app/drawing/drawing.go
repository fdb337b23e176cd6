// Package drawing makes the formulas and pictures of cards for the card view:
// TeX through package tex, SVG in the colours of the theme, photographs from
// the media folder. What was drawn is kept, so that a card painted again costs
// nothing.
package drawing

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/gif"  // pictures come in these formats,
	_ "image/jpeg" // each of which registers itself
	_ "image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // as above

	"lectern/app/cardview"
	"lectern/app/svg"
	"lectern/app/tex"
	"lectern/app/theme"
	"lectern/assets/fonts"
)

// The bounds of a picture file; beyond them it is not shown.
const (
	maxBytes  = 32 << 20
	maxPixels = 50_000_000
)

// What is kept: formulas by number, pictures by the pixels of all.
const (
	maxKept       = 300
	maxKeptPixels = 16 << 20
)

// atOnce is how many pixels a photograph may have to be made while the window
// waits: beyond a million that would be felt.
const atOnce = 1 << 20

// Drawer draws for all cards of the window.
type Drawer struct {
	engine *tex.Engine
	fonts  *svg.Fonts
	media  string
	scale  func() float32 // device pixels for one of the window's

	mu       sync.Mutex
	formulas map[formulaKey]cardview.Formula
	pictures map[pictureKey]drawn
	pixels   int // of all pictures that are kept
	waiting  map[pictureKey][]func()

	slow sync.Mutex // one large photograph at a time
}

type formulaKey struct {
	tex     string
	display bool
	em      float32
	scale   float32
	ink     color.NRGBA
}

type pictureKey struct {
	src   string
	room  fyne.Size
	grow  bool // to fill the room
	scale float32
	dark  bool
}

type drawn struct {
	img  image.Image
	size fyne.Size
	err  error
}

// New makes a drawer for a media folder; formulas are kept in cache ("" keeps
// them in memory only). Scale may be nil for one.
func New(media, cache string, scale func() float32) (*Drawer, error) {
	f, err := svg.NewFonts(
		svg.Faces{Regular: fonts.Sans, Italic: fonts.SansItalic, Bold: fonts.SansBold, BoldItalic: fonts.SansBoldItalic},
		svg.Faces{Regular: fonts.Literata, Italic: fonts.LiterataItalic, Bold: fonts.LiterataBold, BoldItalic: fonts.LiterataBoldItalic},
		svg.Faces{Regular: fonts.Mono},
	)
	if err != nil {
		return nil, err
	}
	if scale == nil {
		scale = func() float32 { return 1 }
	}
	return &Drawer{
		engine: tex.New(cache), fonts: f, media: media, scale: scale,
		formulas: map[formulaKey]cardview.Formula{}, pictures: map[pictureKey]drawn{}, waiting: map[pictureKey][]func(){},
	}, nil
}

// Close ends the engine for formulas.
func (d *Drawer) Close() { d.engine.Close() }

// Formula is for cardview.Math.
func (d *Drawer) Formula(source string, display bool, em float32, ink color.Color, done func()) (cardview.Formula, cardview.State) {
	f, ready, err := d.engine.Get(source, display, done)
	switch {
	case err != nil:
		return cardview.Formula{}, cardview.Failed
	case !ready:
		return cardview.Formula{}, cardview.Pending
	}
	key := formulaKey{source, display, em, d.scale(), color.NRGBAModel.Convert(ink).(color.NRGBA)}
	d.mu.Lock()
	defer d.mu.Unlock()
	if out, ok := d.formulas[key]; ok {
		return out, cardview.Ready
	}
	w, h, depth := f.Box(float64(em), float64(key.scale))
	out := cardview.Formula{
		Image: f.Image(float64(em), float64(key.scale), ink, d.fonts),
		Width: float32(w), Height: float32(h), Depth: float32(depth),
	}
	if len(d.formulas) >= maxKept {
		clear(d.formulas)
	}
	d.formulas[key] = out
	return out, cardview.Ready
}

// Picture is for cardview.Pictures. Src is a name inside the media folder.
func (d *Drawer) Picture(src string, room fyne.Size, done func()) (image.Image, fyne.Size, error) {
	return d.picture(pictureKey{src: src, room: room, scale: d.scale(), dark: theme.IsDark()}, done, func() (string, []byte, error) {
		data, err := d.read(src)
		return src, data, err
	})
}

// Elsewhere draws pictures that are not in the media folder: those of a page that
// is no deck yet. Read finds one by what the page calls it; where tells them apart
// from those of other pages.
func (d *Drawer) Elsewhere(where string, read func(src string) (name string, data []byte, err error)) cardview.Pictures {
	return elsewhere{d, where, read}
}

type elsewhere struct {
	d     *Drawer
	where string
	read  func(src string) (string, []byte, error)
}

// Picture is for cardview.Pictures.
func (e elsewhere) Picture(src string, room fyne.Size, done func()) (image.Image, fyne.Size, error) {
	key := pictureKey{src: e.where + "\x00" + src, room: room, scale: e.d.scale(), dark: theme.IsDark()}
	return e.d.picture(key, done, func() (string, []byte, error) {
		name, data, err := e.read(src)
		if err == nil && len(data) > maxBytes {
			err = fmt.Errorf("picture %q is too large", name)
		}
		return name, data, err
	})
}

// picture draws a picture, once; read gives its name and its bytes.
func (d *Drawer) picture(key pictureKey, done func(), read func() (string, []byte, error)) (image.Image, fyne.Size, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if p, ok := d.pictures[key]; ok {
		return p.img, p.size, p.err
	}
	name, data, err := read()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fyne.Size{}, err // it may be there the next time
	}
	var p drawn
	switch {
	case err != nil:
		p.err = err
	case isVector(name):
		p = d.vector(data, key)
	default:
		size, pixels, err := photoSize(data, key)
		if err == nil && pixels > atOnce {
			if d.waiting[key] == nil {
				go d.develop(data, key)
			}
			d.waiting[key] = append(d.waiting[key], done)
			return nil, size, nil
		}
		p = photo(data, key)
	}
	d.keep(key, p)
	return p.img, p.size, p.err
}

// develop makes a large photograph and tells those who wait for it.
func (d *Drawer) develop(data []byte, key pictureKey) {
	d.slow.Lock()
	p := photo(data, key)
	d.slow.Unlock()
	d.mu.Lock()
	d.keep(key, p)
	waiting := d.waiting[key]
	delete(d.waiting, key)
	d.mu.Unlock()
	for _, done := range waiting {
		if done != nil {
			done()
		}
	}
}

// keep is called with mu locked.
func (d *Drawer) keep(key pictureKey, p drawn) {
	pixels := 0
	if p.img != nil {
		pixels = p.img.Bounds().Dx() * p.img.Bounds().Dy()
	}
	if len(d.pictures) >= maxKept || d.pixels+pixels > maxKeptPixels {
		clear(d.pictures)
		d.pixels = 0
	}
	d.pictures[key] = p
	d.pixels += pixels
}

// Large is a picture as large as the room allows, to be looked at closely. It
// is not kept.
func (d *Drawer) Large(src string, room fyne.Size) (image.Image, fyne.Size, error) {
	data, err := d.read(src)
	if err != nil {
		return nil, fyne.Size{}, err
	}
	key := pictureKey{src: src, room: room, grow: true, scale: d.scale(), dark: theme.IsDark()}
	var p drawn
	if isVector(src) {
		p = d.vector(data, key)
	} else {
		p = photo(data, key)
	}
	return p.img, p.size, p.err
}

func (d *Drawer) read(src string) ([]byte, error) {
	if !filepath.IsLocal(src) {
		return nil, fmt.Errorf("picture %q lies outside the media folder", src)
	}
	name := filepath.Join(d.media, filepath.FromSlash(src))
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxBytes || !info.Mode().IsRegular() {
		return nil, fmt.Errorf("picture %q is too large", src)
	}
	return os.ReadFile(name)
}

// isVector tells whether a picture is a drawing.
func isVector(src string) bool { return strings.EqualFold(filepath.Ext(src), ".svg") }

func (d *Drawer) vector(data []byte, key pictureKey) drawn {
	p, err := svg.Parse(data)
	if err != nil {
		return drawn{err: err}
	}
	w, h := p.Size()
	most := nearly
	if key.grow {
		most = 4
	}
	size := fit(float32(w), float32(h), key.room, most)
	img := p.Draw(int(size.Width*key.scale+0.5), svg.Options{Ink: theme.Color(theme.Ink), Fonts: d.fonts, Palette: paletteColour})
	return drawn{img: img, size: size}
}

// paletteColour answers the names that a picture may use in var(): those of
// the design.
func paletteColour(name string) (color.Color, bool) {
	switch name {
	case "desk", "paper", "sunk", "ink", "muted", "line", "edge", "accent", "wash":
		return theme.Color(fyne.ThemeColorName(name)), true
	case "again":
		return theme.Color(theme.GradeAgain), true
	case "hard":
		return theme.Color(theme.GradeHard), true
	case "good":
		return theme.Color(theme.GradeGood), true
	case "easy":
		return theme.Color(theme.GradeEasy), true
	}
	return nil, false
}

// photoSize tells from a photograph's first bytes how large it will be in its
// room, and how many pixels it has.
func photoSize(data []byte, key pictureKey) (size fyne.Size, pixels int, err error) {
	conf, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return fyne.Size{}, 0, err
	}
	if pixels = conf.Width * conf.Height; pixels <= 0 || pixels > maxPixels {
		return fyne.Size{}, 0, fmt.Errorf("a picture of %d by %d pixels", conf.Width, conf.Height)
	}
	most := 1.0
	if key.grow {
		most = 2
	}
	return fit(float32(conf.Width), float32(conf.Height), key.room, most), pixels, nil
}

func photo(data []byte, key pictureKey) drawn {
	size, _, err := photoSize(data, key)
	if err != nil {
		return drawn{err: err}
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return drawn{err: err}
	}
	if w := int(size.Width*key.scale + 0.5); w < img.Bounds().Dx() {
		small := image.NewRGBA(image.Rect(0, 0, max(1, w), max(1, int(size.Height*key.scale+0.5))))
		draw.CatmullRom.Scale(small, small.Bounds(), img, img.Bounds(), draw.Src, nil)
		img = small
	}
	return drawn{img: img, size: size}
}

// nearly is how much a drawing may grow to be as wide as the text, so that its
// edges are the text's.
const nearly = 1.1

// fit is the size of a picture in a room: all of its width where it need not
// grow to more than most times its own size, which it else keeps. A room
// without height is as high as it has to be.
func fit(w, h float32, room fyne.Size, most float64) fyne.Size {
	k := float64(room.Width) / float64(w)
	if room.Height > 0 {
		k = min(k, float64(room.Height)/float64(h))
	}
	switch {
	case k > most && most <= nearly:
		k = 1
	case k > most:
		k = most
	}
	return fyne.NewSize(float32(float64(w)*k), float32(float64(h)*k))
}
