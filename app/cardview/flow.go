package cardview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/content"
)

// line is the words that stand on one line.
type line struct {
	words []word
	width float32
}

// breakLines fills lines no wider than width. A line breaks between words that
// do not stick together; a single word wider than a line is cut.
func (l *layouter) breakLines(words []word, width float32) []line {
	var lines []line
	var cur line
	end := func() {
		if len(cur.words) > 0 {
			lines = append(lines, cur)
			cur = line{}
		}
	}
	for i := 0; i < len(words); {
		// Words that stick together go to a line as one.
		j, w := i, words[i].width
		for words[j].glue && !words[j].broken && j+1 < len(words) {
			w += words[j].space + words[j+1].width
			j++
		}
		if w > width {
			j, w = i, words[i].width // too long to keep together
		}
		gap := float32(0)
		if n := len(cur.words); n > 0 {
			gap = cur.words[n-1].space
		}
		if len(cur.words) > 0 && cur.width+gap+w > width+0.5 {
			end()
			gap = 0
		}
		if w > width && len(cur.words) == 0 {
			head, tail := l.cut(words[i], width)
			if len(tail.pieces) > 0 {
				lines = append(lines, line{words: []word{head}, width: head.width})
				words = append([]word{tail}, words[i+1:]...)
				i = 0
				continue
			}
		}
		cur.words = append(cur.words, words[i:j+1]...)
		cur.width += gap + w
		if words[j].broken {
			end()
		}
		i = j + 1
	}
	end()
	return lines
}

// cut splits a word that is wider than a line.
func (l *layouter) cut(w word, width float32) (head, tail word) {
	tail = word{space: w.space, glue: w.glue, broken: w.broken}
	for k, p := range w.pieces {
		if head.width+p.w <= width {
			head.pieces = append(head.pieces, p)
			head.width += p.w
			continue
		}
		r := []rune(p.text)
		n := 0
		if p.formula == nil && p.picture == nil {
			for n < len(r) && head.width+l.measure(p.kind, string(r[:n+1])) <= width {
				n++
			}
		}
		if n == 0 && len(head.pieces) == 0 {
			n = 1
			if p.formula != nil || p.picture != nil || len(r) < 2 {
				return w, tail // cannot be cut
			}
		}
		if n > 0 {
			a := p
			a.text, a.w = string(r[:n]), l.measure(p.kind, string(r[:n]))
			head.pieces, head.width = append(head.pieces, a), head.width+a.w
			p.text, p.w = string(r[n:]), l.measure(p.kind, string(r[n:]))
		}
		rest := append([]piece{p}, w.pieces[k+1:]...)
		for _, q := range rest {
			tail.width += q.w
		}
		tail.pieces = rest
		return head, tail
	}
	return head, tail
}

// balanced narrows the column while the number of lines stays.
func (l *layouter) balanced(words []word, width float32) []line {
	lines := l.breakLines(words, width)
	if n := len(lines); n == 2 || n == 3 {
		low, high := width/2, width
		for high-low > 4 {
			mid := (low + high) / 2
			if try := l.breakLines(words, mid); len(try) == n {
				high, lines = mid, try
			} else {
				low = mid
			}
		}
	}
	return lines
}

// flow sets inlines as a paragraph at x.
func (l *layouter) flow(in []content.Inline, x, width float32, kind kit.Type, colour fyne.ThemeColorName, align content.Align, balance bool) {
	words := l.words(in, kind, colour)
	if len(words) == 0 {
		return
	}
	lines := l.breakLines(words, width)
	if balance {
		lines = l.balanced(words, width)
	}
	for i, ln := range lines {
		shift := float32(0)
		switch align {
		case content.AlignCenter:
			shift = (width - ln.width) / 2
		case content.AlignRight:
			shift = width - ln.width
		}
		l.line(ln, x+max(0, shift), kind)
		if n := len(l.runs); n > 0 {
			l.runs[n-1].after = " "
			if i+1 < len(lines) && ln.words[len(ln.words)-1].broken {
				l.runs[n-1].after = "\n"
			}
		}
	}
	if n := len(l.runs); n > 0 {
		l.runs[n-1].after = "\n\n"
	}
}

// line places the words of a line on a common baseline.
func (l *layouter) line(ln line, x float32, kind kit.Type) {
	up, down := kind.Baseline(), kind.Line-kind.Baseline()
	for _, w := range ln.words {
		for _, p := range w.pieces {
			if p.formula != nil {
				up, down = max(up, p.h-p.formula.Depth+2), max(down, p.formula.Depth+2)
			}
			if p.picture != nil {
				up = max(up, p.h*0.8)
				down = max(down, p.h*0.2)
			}
		}
	}
	base := l.y + up
	for _, p := range l.joined(ln) {
		if p.text == "" && p.picture == nil {
			l.spaced()
		} else {
			l.piece(p, x, base, l.y, up+down)
		}
		x += p.w
	}
	l.y += up + down
}

// joined puts neighbours of one look together, spaces included: the painter
// then spaces the letters of a line as one text. A piece without text is room.
func (l *layouter) joined(ln line) []piece {
	var out []piece
	for i, w := range ln.words {
		for k, p := range w.pieces {
			space := k == 0 && i > 0
			if n := len(out); n > 0 && alike(out[n-1], p) {
				if space {
					out[n-1].text += " "
				}
				out[n-1].text += p.text
				out[n-1].w = l.measure(p.kind, out[n-1].text)
				continue
			}
			if space {
				out = append(out, piece{w: ln.words[i-1].space})
			}
			out = append(out, p)
		}
	}
	return out
}

func alike(a, b piece) bool {
	return a.text != "" && a.formula == nil && b.formula == nil && a.picture == nil && b.picture == nil &&
		a.kind == b.kind && a.colour == b.colour && a.ground == b.ground && a.under == b.under && a.strike == b.strike &&
		a.raise == b.raise && a.link == b.link
}

func (l *layouter) ground(p piece, x, base, width float32) {
	r := canvas.NewRectangle(theme.Color(p.ground))
	l.put(r, x-1, base-p.kind.Size*0.92, width+2, p.kind.Size*1.22)
}

func (l *layouter) rule(x, y, width float32, colour fyne.ThemeColorName) {
	r := canvas.NewRectangle(theme.Color(colour))
	l.put(r, x, y, width, 1)
}

// piece places one piece with its baseline at base.
func (l *layouter) piece(p piece, x, base, top, high float32) {
	switch {
	case p.formula != nil:
		img := canvas.NewImageFromImage(p.formula.Image)
		img.FillMode = canvas.ImageFillStretch
		l.put(img, x, base-(p.h-p.formula.Depth), p.w, p.h)
	case p.picture != nil:
		l.put(p.picture, x, base-p.h*0.8, p.w, p.h)
	default:
		if p.ground != "" {
			l.ground(p, x, base, p.w)
		}
		t := p.kind.Set(p.text, p.colour)
		p.kind.Put(t, x, base-p.raise-p.kind.Baseline())
		l.things = append(l.things, thing{object: t, w: -1})
		if p.under || p.link != "" {
			l.rule(x, base+2, p.w, p.colour)
		}
		if p.strike {
			l.rule(x, base-p.kind.Size*0.26, p.w, p.colour)
		}
	}
	l.runs = append(l.runs, run{text: p.text, kind: p.kind, x: x, y: top, w: p.w, h: high, link: p.link})
}

// spaced notes that a space stands before what comes next on the line.
func (l *layouter) spaced() {
	if n := len(l.runs); n > 0 {
		l.runs[n-1].after = " "
	}
}
