package kit

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
)

// stroke is a line through points with round ends. Fyne's own lines begin and
// end at whole pixels, so that a curve made of them has steps.
type stroke struct {
	points    []fyne.Position // in a picture of the size given to paintStrokes
	width     float32
	colour    color.Color
	dash, gap float32 // lengths; 0 for a whole line
}

// paintStrokes draws strokes, the first one lowest, into a picture of w by h
// pixels that stands for size.
func paintStrokes(w, h int, size fyne.Size, strokes []stroke) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	if size.Width <= 0 {
		return img
	}
	scale := float32(w) / size.Width
	cover := make([]float32, w*h)
	for _, s := range strokes {
		box := image.Rectangle{}
		s.pieces(func(a, b fyne.Position) {
			box = box.Union(coverLine(cover, img.Rect, scale, a, b, s.width))
		})
		ink := color.NRGBAModel.Convert(s.colour).(color.NRGBA)
		for y := box.Min.Y; y < box.Max.Y; y++ {
			for x := box.Min.X; x < box.Max.X; x++ {
				if c := &cover[y*w+x]; *c > 0 {
					img.SetNRGBA(x, y, over(img.NRGBAAt(x, y), ink, *c))
					*c = 0
				}
			}
		}
	}
	return img
}

// pieces gives the line's straight pieces, or those of its dashes.
func (s stroke) pieces(draw func(a, b fyne.Position)) {
	along := float32(0)
	for i := 1; i < len(s.points); i++ {
		a, b := s.points[i-1], s.points[i]
		long := float32(math.Hypot(float64(b.X-a.X), float64(b.Y-a.Y)))
		if s.dash <= 0 || long == 0 {
			draw(a, b)
			continue
		}
		at := func(d float32) fyne.Position {
			return fyne.NewPos(a.X+(b.X-a.X)*d/long, a.Y+(b.Y-a.Y)*d/long)
		}
		period := s.dash + s.gap
		for n := float32(math.Floor(float64(along / period))); n*period < along+long; n++ {
			if from, to := max(0, n*period-along), min(long, n*period+s.dash-along); from < to {
				draw(at(from), at(to))
			}
		}
		along += long
	}
}

// coverLine raises the cover of the pixels under a straight piece to their share
// under it, and returns where they lie.
func coverLine(cover []float32, within image.Rectangle, scale float32, a, b fyne.Position, width float32) image.Rectangle {
	ax, ay, bx, by := a.X*scale, a.Y*scale, b.X*scale, b.Y*scale
	reach := width*scale/2 + 0.5
	box := image.Rect(
		int(min(ax, bx)-reach), int(min(ay, by)-reach), int(max(ax, bx)+reach)+1, int(max(ay, by)+reach)+1,
	).Intersect(within)
	dx, dy := bx-ax, by-ay
	square := max(dx*dx+dy*dy, 1e-9)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			px, py := float32(x)+0.5-ax, float32(y)+0.5-ay
			t := min(max((px*dx+py*dy)/square, 0), 1)
			far := float32(math.Hypot(float64(px-t*dx), float64(py-t*dy)))
			if c := min(1, reach-far); c > cover[y*within.Dx()+x] {
				cover[y*within.Dx()+x] = c
			}
		}
	}
	return box
}

// over lays a share of ink over a pixel.
func over(under, ink color.NRGBA, share float32) color.NRGBA {
	a := float32(ink.A) / 255 * share
	b := float32(under.A) / 255 * (1 - a)
	mix := func(x, y uint8) uint8 { return uint8((float32(x)*a+float32(y)*b)/(a+b) + 0.5) }
	return color.NRGBA{mix(ink.R, under.R), mix(ink.G, under.G), mix(ink.B, under.B), uint8(255*(a+b) + 0.5)}
}
