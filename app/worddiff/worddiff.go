// Package worddiff shows a text that became another, word by word: what went is struck
// out, what came is underlined, both on their colours.
package worddiff

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/content"
	"lectern/decks/merge"
)

// Readable compares two texts in Markdown as one reads them, without their marks. Where
// only the marks differ, they are what is compared.
func Readable(was, now string) []merge.Run {
	a, b := Plain(was), Plain(now)
	if a == b {
		a, b = was, now
	}
	head, tail := shared(a, b)
	var out []merge.Run
	if head > 0 {
		out = append(out, merge.Run{Text: a[:head], Kind: merge.Stayed})
	}
	a, b, end := a[head:len(a)-tail], b[head:len(b)-tail], a[len(a)-tail:]
	if len(a)+len(b) > most {
		out = append(out, merge.Run{Text: a, Kind: merge.Went}, merge.Run{Text: b, Kind: merge.Came})
	} else {
		out = append(out, merge.Runs(a, b)...)
	}
	if end != "" {
		out = append(out, merge.Run{Text: end, Kind: merge.Stayed})
	}
	return Told(out)
}

// most is how many bytes are compared word by word, so that nobody waits for it.
const most = 40 << 10

// shared is how many bytes two long texts begin and end with in common, in whole lines:
// those need no comparing. Short texts are compared as they are.
func shared(a, b string) (head, tail int) {
	if len(a)+len(b) < most/4 {
		return 0, 0
	}
	n := min(len(a), len(b))
	same := 0
	for same < n && a[same] == b[same] {
		same++
	}
	head = strings.LastIndexByte(a[:same], '\n') + 1
	same = 0
	for same < n-head && a[len(a)-1-same] == b[len(b)-1-same] {
		same++
	}
	if i := strings.IndexByte(a[len(a)-same:], '\n'); i >= 0 {
		tail = same - i
	}
	return head, tail
}

// Told leaves out the spaces that went: nobody reads them, and struck out they are only
// a line between two words.
func Told(runs []merge.Run) []merge.Run {
	return slices.DeleteFunc(runs, func(r merge.Run) bool { return r.Kind == merge.Went && strings.TrimSpace(r.Text) == "" })
}

// Plain is a text without its marks.
func Plain(markdown string) string {
	return content.Plain(content.Parse(content.FillGaps(markdown, "", false)))
}

// Paragraphs cuts runs where lines end.
func Paragraphs(runs []merge.Run) (out [][]merge.Run) {
	out = append(out, nil)
	for _, r := range runs {
		for i, line := range strings.Split(r.Text, "\n") {
			if i > 0 {
				out = append(out, nil)
			}
			if line != "" {
				last := len(out) - 1
				out[last] = append(out[last], merge.Run{Text: line, Kind: r.Kind})
			}
		}
	}
	return out
}

// Diff is the widget.
type Diff struct {
	widget.BaseWidget
	pars [][]merge.Run
	kind kit.Type

	width  float32 // of the lines below
	pieces []piece
	high   float32
}

// New shows paragraphs in a type.
func New(pars [][]merge.Run, t kit.Type) *Diff {
	d := &Diff{pars: pars, kind: t}
	d.ExtendBaseWidget(d)
	return d
}

// String is what is shown, a line each, with a minus before what went and a plus before
// what came. It is empty before the widget is laid out.
func (d *Diff) String() string {
	var b strings.Builder
	for i, p := range d.pieces {
		if i > 0 && p.y != d.pieces[i-1].y {
			b.WriteString("\n")
		}
		b.WriteString([]string{merge.Stayed: "", merge.Went: "-", merge.Came: "+"}[p.kind] + p.text)
	}
	return b.String()
}

// piece is a part of a run that stands in one line.
type piece struct {
	text string
	kind merge.RunKind
	x, w float32
	y    float32
}

// between is the room of an empty line.
const between = 10

// set lays the paragraphs in a column of this width.
func (d *Diff) set(width float32) {
	if width == d.width {
		return
	}
	d.width, d.pieces = width, d.pieces[:0]
	y := float32(0)
	for i, par := range d.pars {
		if len(par) == 0 {
			if i > 0 && i < len(d.pars)-1 && len(d.pars[i-1]) > 0 {
				y += between
			}
			continue
		}
		y = d.paragraph(par, y, width)
	}
	d.high = max(y, d.kind.Line)
}

// word is what no line breaks within: its pieces, each of one kind.
type word struct {
	space  string // before it
	before merge.RunKind
	parts  []merge.Run
	cling  bool // the next word stays with it
}

// ground gives the spaces between words of one kind that kind, the others none: a stretch
// begins and ends with its words.
func ground(list []word) {
	for i := range list {
		if i == 0 {
			list[i].before = merge.Stayed
			continue
		}
		left := list[i-1].parts[len(list[i-1].parts)-1].Kind
		if left != list[i].before || list[i].parts[0].Kind != left {
			list[i].before = merge.Stayed
		}
	}
}

// words cuts a paragraph at its spaces.
func words(par []merge.Run) []word {
	var out []word
	cur, text := word{}, ""
	flush := func() {
		if len(cur.parts) > 0 {
			cur.cling = kit.Clings(text)
			out = append(out, cur)
			cur, text = word{}, ""
		}
	}
	for _, r := range par {
		for rest := r.Text; rest != ""; {
			n := strings.IndexAny(rest, " \t")
			if n == 0 {
				flush()
				end := len(rest) - len(strings.TrimLeft(rest, " \t"))
				if cur.space == "" {
					cur.before = r.Kind
				}
				cur.space += strings.ReplaceAll(rest[:end], "\t", "    ")
				rest = rest[end:]
				continue
			}
			if n < 0 {
				n = len(rest)
			}
			cur.parts = append(cur.parts, merge.Run{Text: rest[:n], Kind: r.Kind})
			text += rest[:n]
			rest = rest[n:]
		}
	}
	flush()
	return out
}

// paragraph lays one from a height and returns where it ends.
func (d *Diff) paragraph(par []merge.Run, y, width float32) float32 {
	x := float32(0)
	list := words(par)
	ground(list)
	for i := 0; i < len(list); {
		to := i + 1 // words that stay together
		for to < len(list) && list[to-1].cling {
			to++
		}
		wide := float32(0)
		for k := i; k < to; k++ {
			if k > i {
				wide += d.kind.Width(list[k].space)
			}
			for _, r := range list[k].parts {
				wide += d.kind.Width(r.Text)
			}
		}
		first := list[i].space
		if x > 0 && x+d.kind.Width(first)+wide > width {
			x, y = 0, y+d.kind.Line
		} else if x > 0 || i == 0 {
			x = d.put(first, list[i].before, x, y)
		}
		for k := i; k < to; k++ {
			if k > i {
				x = d.put(list[k].space, list[k].before, x, y)
			}
			for _, r := range list[k].parts {
				x, y = d.long(r, x, y, width)
			}
		}
		i = to
	}
	return y + d.kind.Line
}

// long puts a word, broken where it is wider than a line.
func (d *Diff) long(r merge.Run, x, y, width float32) (float32, float32) {
	rest := []rune(r.Text)
	for x+d.kind.Width(string(rest)) > width {
		n := 0
		for n < len(rest) && x+d.kind.Width(string(rest[:n+1])) <= width {
			n++
		}
		if n == 0 && x == 0 {
			n = 1
		}
		if n == len(rest) {
			break
		}
		d.put(string(rest[:n]), r.Kind, x, y)
		rest, x, y = rest[n:], 0, y+d.kind.Line
	}
	return d.put(string(rest), r.Kind, x, y), y
}

// put adds text to a line, to what stands there last if it is of the same kind.
func (d *Diff) put(text string, kind merge.RunKind, x, y float32) float32 {
	if text == "" {
		return x
	}
	if n := len(d.pieces); n > 0 && d.pieces[n-1].y == y && d.pieces[n-1].kind == kind {
		last := &d.pieces[n-1]
		last.text += text
		last.w = d.kind.Width(last.text)
		return last.x + last.w
	}
	if n := len(d.pieces); n > 0 && d.pieces[n-1].y == y && d.pieces[n-1].kind == merge.Went && kind == merge.Came {
		x += 3 // what came in its place does not stick to it
	}
	w := d.kind.Width(text)
	d.pieces = append(d.pieces, piece{text, kind, x, w, y})
	return x + w
}

// HeightFor is the height at this width.
func (d *Diff) HeightFor(width float32) float32 {
	if width <= 0 {
		return d.kind.Line
	}
	d.set(width)
	return d.high
}

// CreateRenderer is for Fyne.
func (d *Diff) CreateRenderer() fyne.WidgetRenderer { return &diffRenderer{d: d} }

type diffRenderer struct {
	d       *Diff
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
	if s.Width <= 0 {
		return
	}
	d.set(s.Width)
	var grounds, texts []fyne.CanvasObject
	for _, p := range d.pieces {
		ink, ground := theme.Ink, fyne.ThemeColorName("")
		rule := float32(0)
		switch p.kind {
		case merge.Went:
			ink, ground, rule = theme.DeleInk, theme.Dele, p.y+d.kind.Baseline()-d.kind.Size*0.26
		case merge.Came:
			ink, ground, rule = theme.InsInk, theme.Ins, p.y+d.kind.Baseline()+3
		}
		if ground != "" {
			back := canvas.NewRectangle(theme.Color(ground))
			back.CornerRadius = 2
			place(back, p.x-1, p.y+1, p.w+2, d.kind.Line-2)
			grounds = append(grounds, back)
		}
		text := d.kind.Set(p.text, ink)
		d.kind.Put(text, p.x, p.y)
		texts = append(texts, text)
		if rule > 0 {
			line := canvas.NewRectangle(theme.Color(ink))
			place(line, p.x, rule, p.w, 1.5)
			texts = append(texts, line)
		}
	}
	r.objects = append(append(r.objects, grounds...), texts...)
}

// Refresh is for Fyne.
func (r *diffRenderer) Refresh() {
	r.Layout(r.d.Size())
	canvas.Refresh(r.d)
}

func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}
