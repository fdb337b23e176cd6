package cardview

import (
	"github.com/go-text/typesetting/segmenter"
)

// line is the segments that stand on one line.
type line struct {
	segments []segment
	width    float32
	cut      bool // it ends within a segment
}

// slack forgives what rounding adds to a line.
const slack = 0.5

// lines fills lines no wider than width. A line ends where it may; where the
// rules leave no place it ends between words that should stay together, and
// only a segment wider than the line is cut.
func lines(segments []segment, width float32) []line {
	var out []line
	own := false // the slice is ours to change
	for i := 0; i < len(segments); {
		w, j := float32(0), i
		stop, weak := -1, -1 // after which segment the line may end
		var stopW, weakW float32
		over := false
		for ; j < len(segments); j++ {
			add := segments[j].width
			if j > i {
				add += segments[j-1].gap.width
			}
			if w+add > width+slack {
				over = true
				break
			}
			w += add
			if end := segments[j].end; end != glued || j+1 == len(segments) {
				if stop, stopW = j+1, w; end == forced {
					break
				}
			} else {
				weak, weakW = j+1, w
			}
		}
		if over && stop < 0 && segments[j].width > width {
			room := width - w
			if j > i {
				room -= segments[j-1].gap.width
			}
			if head, tail, ok := cut(segments[j], room, j == i); ok {
				ln := line{segments: append(segments[i:j:j], head), cut: true}
				ln.width = w + head.width
				if j > i {
					ln.width += segments[j-1].gap.width
				}
				out = append(out, ln)
				if !own {
					segments, own = append([]segment(nil), segments...), true
				}
				segments[j], i = tail, j
				continue
			}
			if j == i { // cannot be cut
				stop, stopW = j+1, segments[j].width
			}
		}
		if stop < 0 {
			stop, stopW = weak, weakW
		}
		out = append(out, line{segments: segments[i:stop:stop], width: stopW})
		i = stop
	}
	return out
}

// balanced narrows the column of two or three lines as far as their number
// stays, so that they come out even.
func balanced(segments []segment, width float32) []line {
	best := lines(segments, width)
	n := len(best)
	if n != 2 && n != 3 {
		return best
	}
	low, high := width/2, width
	for _, s := range segments {
		low = min(max(low, s.width), width)
	}
	for high-low > 1 {
		mid := (low + high) / 2
		if try := lines(segments, mid); len(try) == n && !worse(try, best) {
			high, best = mid, try
		} else {
			low = mid
		}
	}
	return best
}

// worse tells whether the lines of a break where those of b do not have to.
func worse(a, b []line) bool { return weakEnds(a) > weakEnds(b) }

func weakEnds(ls []line) (n int) {
	for _, l := range ls[:len(ls)-1] {
		if l.cut || l.segments[len(l.segments)-1].end == glued {
			n++
		}
	}
	return n
}

// cut splits a segment that is wider than a line; must lets the first letter
// stand even when there is no room for it.
func cut(s segment, width float32, must bool) (head, tail segment, ok bool) {
	tail = segment{gap: s.gap, end: s.end}
	for k, p := range s.pieces {
		if head.width+p.full() <= width+slack {
			head.pieces, head.width = append(head.pieces, p), head.width+p.full()
			continue
		}
		a, b, split := p, p, false
		if !p.solid() {
			a.text, b.text, split = splitText(p, width-head.width-p.left, must && k == 0)
		}
		if split {
			a.right, b.left, b.source = 0, 0, "" // a formula's source is copied once
			a.width, b.width = measure(p.kind, a.text), measure(p.kind, b.text)
			head.pieces, head.width = append(head.pieces, a), head.width+a.full()
		} else if k == 0 {
			if !must || len(s.pieces) == 1 {
				return s, tail, false
			}
			head.pieces, head.width = append(head.pieces, p), p.full()
			k++
			if k == len(s.pieces) {
				return s, tail, false
			}
			b = s.pieces[k]
		}
		tail.pieces = append([]piece{b}, s.pieces[k+1:]...)
		for i := range tail.pieces {
			tail.width += tail.pieces[i].full()
		}
		return head, tail, true
	}
	return head, tail, false
}

// splitText cuts letters to a width, between characters as a reader sees them.
func splitText(p piece, width float32, must bool) (head, tail string, ok bool) {
	r := []rune(p.text)
	var cutter segmenter.Segmenter
	cutter.Init(r)
	var ends []int
	for it := cutter.GraphemeIterator(); it.Next(); {
		g := it.Grapheme()
		ends = append(ends, g.Offset+len(g.Text))
	}
	n := 0
	for low, high := 1, min(len(ends)-1, 400); low <= high; {
		mid := (low + high) / 2
		if p.kind.Width(string(r[:ends[mid-1]])) <= width {
			n, low = mid, mid+1
		} else {
			high = mid - 1
		}
	}
	if n == 0 && must && len(ends) > 1 {
		n = 1
	}
	if n == 0 {
		return "", p.text, false
	}
	return string(r[:ends[n-1]]), string(r[ends[n-1]:]), true
}
