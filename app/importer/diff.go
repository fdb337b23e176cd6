package importer

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"lectern/app/kit"
	"lectern/app/theme"
)

// diffRun is a stretch of words that stayed, went or came.
type diffRun struct {
	text string
	kind diffKind
}

type diffKind int

const (
	stayed diffKind = iota
	went
	came
)

// maxDiff is how many words are compared one by one; longer texts are shown as
// one that went and one that came.
const maxDiff = 400

// wordDiff says what has to be done to a text, word by word, to become another.
func wordDiff(was, now string) []diffRun {
	a, b := strings.Fields(was), strings.Fields(now)
	if len(a) > maxDiff || len(b) > maxDiff {
		return []diffRun{{was, went}, {now, came}}
	}
	// common[i][j] is how many words a from i and b from j share in order.
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var out []diffRun
	add := func(k diffKind, word string) {
		if n := len(out); n > 0 && out[n-1].kind == k {
			out[n-1].text += " " + word
			return
		}
		out = append(out, diffRun{word, k})
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			add(stayed, a[i])
			i, j = i+1, j+1
		case i < len(a) && (j == len(b) || common[i+1][j] >= common[i][j+1]):
			add(went, a[i])
			i++
		default:
			add(came, b[j])
			j++
		}
	}
	return out
}

// diff shows a text that became another: what went is struck out, what came is
// underlined, both on their colours.
type diff struct {
	widget.BaseWidget
	runs []diffRun
	kind kit.Type
}

func newDiff(was, now string, t kit.Type) *diff {
	d := &diff{runs: wordDiff(was, now), kind: t}
	d.ExtendBaseWidget(d)
	return d
}

// diffPiece is a part of a run that stands in one line.
type diffPiece struct {
	text string
	kind diffKind
	x, w float32
	line int
}

// lines sets the runs in a column of this width.
func (d *diff) lines(width float32) (out []diffPiece, n int) {
	space := d.kind.Width("\u00a0")
	x, line := float32(0), 0
	for _, r := range d.runs {
		for _, word := range strings.Fields(r.text) {
			w := d.kind.Width(word)
			if x > 0 && x+space+w > width {
				x, line = 0, line+1
			}
			last := len(out) - 1
			if x > 0 && last >= 0 && out[last].kind == r.kind && out[last].line == line {
				out[last].text += " " + word
				out[last].w = d.kind.Width(out[last].text)
				x = out[last].x + out[last].w
				continue
			}
			if x > 0 {
				x += space
			}
			out = append(out, diffPiece{word, r.kind, x, w, line})
			x += w
		}
	}
	return out, line + 1
}

// HeightFor is the height at this width.
func (d *diff) HeightFor(width float32) float32 {
	_, n := d.lines(width)
	return float32(n) * d.kind.Line
}

// CreateRenderer is for Fyne.
func (d *diff) CreateRenderer() fyne.WidgetRenderer { return &diffRenderer{d: d} }

type diffRenderer struct {
	d       *diff
	objects []fyne.CanvasObject
}

func (r *diffRenderer) Destroy()                     {}
func (r *diffRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *diffRenderer) MinSize() fyne.Size {
	return fyne.NewSize(80, r.d.HeightFor(max(80, r.d.Size().Width)))
}

func (r *diffRenderer) Layout(s fyne.Size) {
	d := r.d
	r.objects = r.objects[:0]
	pieces, _ := d.lines(s.Width)
	for _, p := range pieces {
		y := float32(p.line) * d.kind.Line
		ink, ground := theme.Ink, fyne.ThemeColorName("")
		rule := float32(0)
		switch p.kind {
		case went:
			ink, ground, rule = theme.DeleInk, theme.Dele, y+d.kind.Baseline()-d.kind.Size*0.26
		case came:
			ink, ground, rule = theme.InsInk, theme.Ins, y+d.kind.Baseline()+3
		}
		if ground != "" {
			back := canvas.NewRectangle(theme.Color(ground))
			back.CornerRadius = 2
			place(back, p.x-1, y+1, p.w+2, d.kind.Line-2)
			r.objects = append(r.objects, back)
		}
		text := d.kind.Set(p.text, ink)
		d.kind.Put(text, p.x, y)
		r.objects = append(r.objects, text)
		if rule > 0 {
			line := canvas.NewRectangle(theme.Color(ink))
			place(line, p.x, rule, p.w, 1.5)
			r.objects = append(r.objects, line)
		}
	}
}

// Refresh is for Fyne.
func (r *diffRenderer) Refresh() {
	r.Layout(r.d.Size())
	canvas.Refresh(r.d)
}
