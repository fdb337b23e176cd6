package tex

import (
	"image"
	"image/color"
	"math"

	"lectern/app/svg"
)

// emPerEx is the size of MathJax's ex: its fonts have an x-height of 0.442 em.
const emPerEx = 0.442

// Size gives a formula's width and height and how far it reaches below the
// baseline, for a text of em pixels.
func (f Formula) Size(em float64) (width, height, depth float64) {
	if f.picture == nil {
		return 0, 0, 0
	}
	ex := em * emPerEx
	return f.picture.WidthEx * ex, f.picture.HeightEx * ex, f.picture.Depth * ex
}

// Image draws a formula for a text of em pixels on a screen with so many
// device pixels each. Its sides are whole device pixels and its baseline lies
// between two of them, so it is up to one larger each way than Size says: Box
// gives its place.
func (f Formula) Image(em, scale float64, ink color.Color, fonts *svg.Fonts) *image.RGBA {
	if f.picture == nil {
		return image.NewRGBA(image.Rect(0, 0, 1, 1))
	}
	w, above, below := f.pixels(em, scale)
	_, height, depth := f.Size(em)
	own, _ := f.picture.Size()
	return f.picture.DrawOn(w, above+below, em*scale*emPerEx*f.picture.WidthEx/own, 0, float64(above)-(height-depth)*scale,
		svg.Options{Ink: ink, Fonts: fonts})
}

// Box is the size of the Image and how far it reaches below the baseline, in
// px of which scale device pixels make one.
func (f Formula) Box(em, scale float64) (width, height, depth float64) {
	if f.picture == nil {
		return 0, 0, 0
	}
	w, above, below := f.pixels(em, scale)
	return float64(w) / scale, float64(above+below) / scale, float64(below) / scale
}

// pixels are the image's columns and its rows above and below the baseline.
func (f Formula) pixels(em, scale float64) (width, above, below int) {
	w, h, d := f.Size(em)
	whole := func(v float64) int { return int(math.Ceil(v*scale - 1e-6)) }
	return max(whole(w), 1), max(whole(h-d), 1), max(whole(d), 0)
}
