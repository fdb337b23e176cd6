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
// device pixels each.
func (f Formula) Image(em, scale float64, ink color.Color, fonts *svg.Fonts) *image.RGBA {
	if f.picture == nil {
		return image.NewRGBA(image.Rect(0, 0, 1, 1))
	}
	width, _, _ := f.Size(em)
	return f.picture.Draw(int(math.Ceil(width*scale)), svg.Options{Ink: ink, Fonts: fonts})
}
