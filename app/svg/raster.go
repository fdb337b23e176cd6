package svg

import (
	"image"
	"image/color"
	"math"
)

// raster fills polygons with exact area coverage. Every edge adds its signed
// area to the cells it crosses; summed along a row the cells give the winding
// number, from which either fill rule follows. (golang.org/x/image/vector works
// the same way and knows only one rule.)
type raster struct {
	x0, y0, w, h int
	cells        []float32 // h rows of w+2
}

// begin sets the part of the image that the next polygons touch.
func (r *raster) begin(low, high point, in image.Rectangle) bool {
	if !(high.x >= low.x && high.y >= low.y) {
		return false
	}
	at := func(v float64, min, max int) int { return int(within(v, float64(min), float64(max))) }
	area := image.Rect(
		at(math.Floor(low.x), in.Min.X, in.Max.X), at(math.Floor(low.y), in.Min.Y, in.Max.Y),
		at(math.Ceil(high.x), in.Min.X, in.Max.X), at(math.Ceil(high.y), in.Min.Y, in.Max.Y))
	if area.Empty() {
		return false
	}
	r.x0, r.y0, r.w, r.h = area.Min.X, area.Min.Y, area.Dx(), area.Dy()
	n := r.h * (r.w + 2)
	if cap(r.cells) < n {
		r.cells = make([]float32, n)
	} else {
		r.cells = r.cells[:n]
		clear(r.cells)
	}
	return true
}

// polygon adds a closed polygon.
func (r *raster) polygon(pts []point) {
	for i, p := range pts {
		q := pts[0]
		if i+1 < len(pts) {
			q = pts[i+1]
		}
		r.edge(p, q)
	}
}

func (r *raster) edge(p, q point) {
	ax, ay := p.x-float64(r.x0), p.y-float64(r.y0)
	bx, by := q.x-float64(r.x0), q.y-float64(r.y0)
	sign := float32(1)
	if ay > by {
		ax, ay, bx, by, sign = bx, by, ax, ay, -1
	}
	height := float64(r.h)
	if !(by > 0 && ay < height && by > ay) {
		return
	}
	slope := (bx - ax) / (by - ay)
	if ay < 0 {
		ax, ay = ax-ay*slope, 0
	}
	if by > height {
		bx, by = bx-(by-height)*slope, height
	}
	// Left of the area an edge covers its whole rows; right of it nothing.
	width := float64(r.w)
	cut := func(x float64) { // splits the edge where it crosses x
		if ax < x != (bx < x) && ax != bx {
			y := within(ay+(x-ax)/slope, ay, by)
			r.rows(within(ax, 0, width), ay, within(x, 0, width), y, sign)
			ax, ay = x, y
		}
	}
	if ax <= bx {
		cut(0)
		cut(width)
	} else {
		cut(width)
		cut(0)
	}
	r.rows(within(ax, 0, width), ay, within(bx, 0, width), by, sign)
}

// rows adds an edge that lies within the area, y growing.
func (r *raster) rows(ax, ay, bx, by float64, sign float32) {
	if by <= ay {
		return
	}
	slope := (bx - ax) / (by - ay)
	low, high := math.Min(ax, bx), math.Max(ax, bx)
	x := ax
	for y := int(ay); y < r.h && float64(y) < by; y++ {
		dy := math.Min(float64(y+1), by) - math.Max(float64(y), ay)
		next := within(x+slope*dy, low, high)
		row := r.cells[y*(r.w+2) : (y+1)*(r.w+2)]
		cover(row, math.Min(x, next), math.Max(x, next), sign*float32(dy))
		x = next
	}
}

// cover adds an edge of height d that runs from x0 to x1 within a row.
func cover(row []float32, x0, x1 float64, d float32) {
	i := int(x0)
	if x1 <= float64(i+1) {
		part := float32((x0+x1)/2 - float64(i))
		row[i] += d * (1 - part)
		row[i+1] += d * part
		return
	}
	// The share of the row's height that the edge has left behind at the right
	// side of each cell, less what the cells before it have.
	k := 1 / (x1 - x0)
	done := 0.0 // area given so far, as a part of d
	for ; float64(i) < x1; i++ {
		right := float64(i + 1)
		var area float64 // to the right of the edge within the first cells
		if right >= x1 {
			area = 1 - (x1-float64(i))*(x1-float64(i))*k/2
			if x0 > float64(i) {
				area = 1 - ((x0+x1)/2 - float64(i))
			}
		} else {
			from := math.Max(x0, float64(i))
			area = (from-x0)*k*(right-from) + (right-from)*(right-from)*k/2
		}
		row[i] += d * float32(area-done)
		done = area
	}
	row[i] += d * float32(1-done)
}

// paint puts a colour on the image where the polygons are.
func (r *raster) paint(img *image.RGBA, c color.NRGBA, evenOdd bool) {
	alpha := float32(c.A) / 255
	cr, cg, cb := float32(c.R)*alpha, float32(c.G)*alpha, float32(c.B)*alpha
	for y := range r.h {
		row := r.cells[y*(r.w+2) : (y+1)*(r.w+2)]
		pix := img.Pix[img.PixOffset(r.x0, r.y0+y):]
		sum := float32(0)
		for x := range r.w {
			sum += row[x]
			a := sum
			if a < 0 {
				a = -a
			}
			if evenOdd {
				a = float32(math.Mod(float64(a), 2))
				if a > 1 {
					a = 2 - a
				}
			} else if a > 1 {
				a = 1
			}
			if a < 1.0/512 {
				continue
			}
			p := pix[x*4 : x*4+4 : x*4+4]
			if a > 511.0/512 && c.A == 255 {
				p[0], p[1], p[2], p[3] = c.R, c.G, c.B, 255
				continue
			}
			rest := 1 - a*alpha
			p[0] = uint8(cr*a + float32(p[0])*rest + 0.5)
			p[1] = uint8(cg*a + float32(p[1])*rest + 0.5)
			p[2] = uint8(cb*a + float32(p[2])*rest + 0.5)
			p[3] = uint8(255*alpha*a + float32(p[3])*rest + 0.5)
		}
	}
}
