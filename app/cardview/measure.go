package cardview

import (
	"sync"

	"lectern/app/kit"
)

// Words are measured once for all views; a page of a lecture has a few hundred
// different ones.
var (
	widths   = map[measured]float32{}
	widthsMu sync.Mutex
)

type measured struct {
	kind kit.Type
	text string
}

const maxMeasured = 20_000

func (l *layouter) measure(t kit.Type, s string) float32 {
	t.Line = 0
	key := measured{t, s}
	widthsMu.Lock()
	w, ok := widths[key]
	widthsMu.Unlock()
	if ok {
		return w
	}
	w = t.Width(s)
	widthsMu.Lock()
	if len(widths) >= maxMeasured {
		clear(widths)
	}
	widths[key] = w
	widthsMu.Unlock()
	return w
}
