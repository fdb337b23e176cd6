package cardview

import (
	"sync"

	"lectern/app/kit"
)

// Words are measured once for all views: a page of a lecture has a few hundred
// different ones.
var widths = struct {
	sync.Mutex
	of map[measured]float32
}{of: map[measured]float32{}}

type measured struct {
	kind kit.Type
	text string
}

const maxMeasured = 20_000

// measure is how wide a text is in a type; the height of its lines plays no part.
func measure(t kit.Type, s string) float32 {
	if s == "" {
		return 0
	}
	t.Line = 0
	key := measured{t, s}
	widths.Lock()
	w, ok := widths.of[key]
	widths.Unlock()
	if ok {
		return w
	}
	w = t.Width(s)
	widths.Lock()
	if len(widths.of) >= maxMeasured {
		clear(widths.of)
	}
	widths.of[key] = w
	widths.Unlock()
	return w
}
