package cardview

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/content"
)

// layouter places a document's blocks from top to bottom.
type layouter struct {
	v      *View
	width  float32
	y      float32
	things []thing
	runs   []run
}

func (l *layouter) put(o fyne.CanvasObject, x, y, w, h float32) {
	l.things = append(l.things, thing{o, x, y, w, h})
}

func (l *layouter) formula(tex string, display bool, size float32, colour fyne.ThemeColorName) (Formula, bool) {
	if l.v.o.Math == nil {
		return Formula{}, false
	}
	f, state := l.v.o.Math.Formula(tex, display, size*1.03, theme.Color(colour), l.v.again)
	return f, state == Ready && f.Image != nil
}

func (l *layouter) picture(src string, width float32) (fyne.CanvasObject, fyne.Size, bool) {
	if l.v.o.Pictures == nil {
		return nil, fyne.Size{}, false
	}
	img, size, err := l.v.o.Pictures.Picture(src, width)
	if err != nil || img == nil || size.Width <= 0 {
		return nil, fyne.Size{}, false
	}
	o := canvas.NewImageFromImage(img)
	o.FillMode = canvas.ImageFillStretch
	return o, size, true
}

// blocks places blocks one under another with the gaps that belong between.
func (l *layouter) blocks(blocks []content.Block, x, width float32, kind kit.Type) {
	for i, b := range blocks {
		if i > 0 {
			l.y += between(blocks[i-1], b, kind)
		}
		l.block(b, x, width, kind)
	}
}

func between(a, b content.Block, kind kit.Type) float32 {
	gap := kind.Line * 0.5
	if _, ok := b.(*content.Heading); ok {
		gap = kind.Line * 0.8
	}
	for _, x := range []content.Block{a, b} {
		switch x.(type) {
		case *content.Math, *content.Picture, *content.Code, *content.Table:
			gap = max(gap, 16)
		}
	}
	return gap
}

func (l *layouter) block(b content.Block, x, width float32, kind kit.Type) {
	colour := l.v.style.Colour
	switch b := b.(type) {
	case *content.Paragraph:
		l.flow(b.Inlines, x, width, kind, colour, content.AlignNone, l.v.style.Balanced)
	case *content.Heading:
		t := kind.Strong()
		if b.Level <= 2 {
			t = t.At(kind.Size*1.16, kind.Line*1.12)
		}
		l.flow(b.Inlines, x, width, t, colour, content.AlignNone, false)
	case *content.List:
		l.list(b, x, width, kind)
	case *content.Quote:
		from := l.y
		l.blocks(b.Blocks, x+20, width-20, kind)
		bar := canvas.NewRectangle(theme.Color(theme.Line))
		bar.CornerRadius = 1.5
		l.put(bar, x, from+2, 3, l.y-from-4)
	case *content.Code:
		l.code(b, x, width)
	case *content.Math:
		l.display(b, x, width, kind)
	case *content.Table:
		l.table(b, x, width, kind)
	case *content.Rule:
		l.rule(x, l.y+8, width, theme.Line)
		l.y += 17
	case *content.Picture:
		l.figure(b, x, width)
	}
}

func (l *layouter) list(b *content.List, x, width float32, kind kit.Type) {
	colour := l.v.style.Colour
	indent := float32(24)
	if b.Ordered {
		widest := l.measure(kind, strconv.Itoa(b.Start+len(b.Items)-1)+".")
		indent = max(28, widest+12)
	}
	for i, it := range b.Items {
		if i > 0 {
			gap := kind.Line * 0.2
			if !b.Tight {
				gap = kind.Line * 0.5
			}
			l.y += gap
		}
		from := l.y
		switch {
		case it.Task != content.NoTask:
			name, c := "check", theme.GradeGood
			if it.Task == content.TaskOpen {
				box := canvas.NewRectangle(theme.Color(theme.Paper))
				box.StrokeColor, box.StrokeWidth, box.CornerRadius = theme.Color(theme.Edge), 1.5, 4
				l.put(box, x, from+(kind.Line-16)/2, 16, 16)
			} else {
				l.put(kit.Icon(name, 18, c), x, from+(kind.Line-18)/2, 18, 18)
			}
		case b.Ordered:
			n := kind.Set(strconv.Itoa(b.Start+i)+".", colour)
			kind.Put(n, x, from)
			l.things = append(l.things, thing{object: n, w: -1})
			l.runs = append(l.runs, run{text: n.Text, kind: kind, x: x, y: from, w: l.measure(kind, n.Text), h: kind.Line, after: " "})
		default:
			dot := canvas.NewCircle(theme.Color(colour))
			r := kind.Size * 0.26
			l.put(dot, x+7, from+kind.Baseline()-kind.Size*0.29-r/2, r, r)
			l.runs = append(l.runs, run{text: "•", kind: kind, x: x, y: from, w: 14, h: kind.Line, after: " "})
		}
		l.blocks(it.Blocks, x+indent, width-indent, kind)
		if l.y == from {
			l.y += kind.Line
		}
		if n := len(l.runs); n > 0 && i+1 < len(b.Items) {
			l.runs[n-1].after = "\n"
		}
	}
}

// display sets a formula in the middle, or its source while it is made.
func (l *layouter) display(b *content.Math, x, width float32, kind kit.Type) {
	f, ok := l.formula(b.TeX, true, kind.Size, l.v.style.Colour)
	if !ok {
		mono := kit.Type{Size: kind.Size * 0.86, Line: kind.Line, Face: kit.Mono}
		l.flow([]content.Inline{content.Text(strings.Join(strings.Fields(b.TeX), " "))}, x, width, mono, theme.Muted, content.AlignCenter, false)
		return
	}
	w, h := f.Width, f.Height
	if w > width {
		h, w = h*width/w, width
	}
	img := canvas.NewImageFromImage(f.Image)
	img.FillMode = canvas.ImageFillStretch
	left := x + (width-w)/2
	l.put(img, left, l.y, w, h)
	l.runs = append(l.runs, run{text: "$$" + b.TeX + "$$", kind: kind, x: left, y: l.y, w: w, h: h, after: "\n\n"})
	l.y += h
}

// figure sets a picture with its caption; one that is missing leaves a dashed
// frame with its name.
func (l *layouter) figure(b *content.Picture, x, width float32) {
	o, size, ok := l.picture(b.Src, width)
	if !ok {
		frame := canvas.NewRectangle(theme.Color(theme.Sunk))
		frame.StrokeColor, frame.StrokeWidth, frame.CornerRadius = theme.Color(theme.Edge), 1, theme.RadiusControl
		l.put(frame, x, l.y, width, 64)
		from := l.y
		l.y += 20
		name := b.Src
		if b.Alt != "" {
			name = b.Alt + " (" + b.Src + ")"
		}
		l.flow([]content.Inline{content.Text(name)}, x+16, width-32, kit.Body, theme.Muted, content.AlignCenter, false)
		l.y = max(l.y+12, from+64)
		return
	}
	l.put(o, x+(width-size.Width)/2, l.y, size.Width, size.Height)
	l.runs = append(l.runs, run{text: b.Alt, kind: kit.Caption, x: x, y: l.y, w: size.Width, h: size.Height, after: "\n\n"})
	l.y += size.Height
	if b.Title != "" {
		l.y += 8
		l.flow([]content.Inline{content.Text(b.Title)}, x, width, kit.Caption, theme.Muted, content.AlignNone, false)
	}
}

// code sets program text on a sunk panel, coloured; long lines wrap.
func (l *layouter) code(b *content.Code, x, width float32) {
	const pad = 14
	t := kit.Code
	panel := canvas.NewRectangle(theme.Color(theme.Sunk))
	panel.CornerRadius = theme.RadiusControl
	at := len(l.things)
	l.put(panel, x, l.y, width, 0)
	from := l.y
	l.y += pad
	cell := l.measure(t, "m")
	columns := max(8, int((width-2*pad)/cell))
	for _, ln := range content.Colour(b.Lang, b.Text) {
		col := 0
		for _, tok := range ln {
			for text := []rune(strings.ReplaceAll(tok.Text, "\t", "    ")); len(text) > 0; {
				n := min(len(text), columns-col)
				if n == 0 {
					l.y += t.Line
					col = 0
					continue
				}
				part := string(text[:n])
				o := t.Set(part, tokenColour(tok.Kind))
				px := x + pad + float32(col)*cell
				t.Put(o, px, l.y)
				l.things = append(l.things, thing{object: o, w: -1})
				l.runs = append(l.runs, run{text: part, kind: t, x: px, y: l.y, w: float32(n) * cell, h: t.Line})
				col, text = col+n, text[n:]
			}
		}
		if n := len(l.runs); n > 0 {
			l.runs[n-1].after += "\n"
		}
		l.y += t.Line
	}
	l.y += pad
	l.things[at].h = l.y - from
}

func tokenColour(k content.TokenKind) fyne.ThemeColorName {
	switch k {
	case content.TokenKeyword:
		return theme.GradeEasy
	case content.TokenString:
		return theme.GradeGood
	case content.TokenNumber:
		return theme.GradeHard
	case content.TokenComment:
		return theme.Muted
	}
	return theme.Ink
}

// table sets cells in columns as wide as their content asks, rows apart by lines.
func (l *layouter) table(b *content.Table, x, width float32, kind kit.Type) {
	kind = kind.At(kind.Size*0.9, kind.Line*0.9)
	n := len(b.Align)
	if n == 0 {
		return
	}
	const pad = 10
	rows := b.Rows
	if len(b.Head) > 0 {
		rows = append([][][]content.Inline{b.Head}, rows...)
	}
	want := make([]float32, n)
	for r, row := range rows {
		t := kind
		if r == 0 && len(b.Head) > 0 {
			t = t.Strong()
		}
		for c, cell := range row {
			w := float32(0)
			for _, wd := range l.words(cell, t, l.v.style.Colour) {
				w += wd.width + wd.space
			}
			want[c] = max(want[c], w+2*pad)
		}
	}
	cols := share(want, width)
	l.rule(x, l.y, width, theme.Line)
	for r, row := range rows {
		from, low := l.y+8, l.y+8
		t := kind
		if r == 0 && len(b.Head) > 0 {
			t = t.Strong()
		}
		cx := x
		for c, cell := range row {
			l.y = from
			l.flow(cell, cx+pad, cols[c]-2*pad, t, l.v.style.Colour, b.Align[c], false)
			if k := len(l.runs); k > 0 {
				l.runs[k-1].after = "\t"
			}
			low = max(low, l.y)
			cx += cols[c]
		}
		if k := len(l.runs); k > 0 {
			l.runs[k-1].after = "\n"
		}
		l.y = max(low, from+t.Line) + 8
		l.rule(x, l.y, width, theme.Line)
	}
	l.y++
}

// share gives columns what they want, or, when it is too much, takes from the
// widest.
func share(want []float32, width float32) []float32 {
	total := float32(0)
	for _, w := range want {
		total += w
	}
	out := make([]float32, len(want))
	if total <= width {
		for i, w := range want {
			out[i] = w + (width-total)/float32(len(want))
		}
		return out
	}
	left, open := width, len(want)
	done := make([]bool, len(want))
	for {
		fair, changed := left/float32(max(open, 1)), false
		for i, w := range want {
			if !done[i] && w <= fair {
				out[i], done[i], changed = w, true, true
				left -= w
				open--
			}
		}
		if !changed {
			for i := range want {
				if !done[i] {
					out[i] = fair
				}
			}
			return out
		}
	}
}
