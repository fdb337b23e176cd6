package cardview

import (
	"image"
	"strconv"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/content"
)

// quote stands behind a bar.
type quote struct{ stack }

func (q quote) lay(s *setter, x, width float32) {
	from := s.y
	q.stack.lay(s, x+20, max(width-20, 1))
	s.behind(item{shape: panel, x: x, y: from + 3, w: 3, h: max(s.y-from-6, 3), look: look{colour: theme.Line}, radius: 1.5})
}

// divider is a thematic break.
type divider struct{}

func (divider) lay(s *setter, x, width float32) {
	s.behind(item{shape: panel, x: x, y: s.y + 8, w: width, h: 1, look: look{colour: theme.Line}})
	s.y += 17
}

// list is a bulleted or numbered list, or one with boxes.
type list struct {
	kind   kit.Type
	colour fyne.ThemeColorName
	indent float32
	tight  bool
	items  []entry
}

type entry struct {
	mark string // "3.", "" for a dot
	task content.Task
	stack
}

func (c *compiler) list(b *content.List, t kit.Type) block {
	l := list{kind: t, colour: c.v.style.Colour, indent: 26, tight: b.Tight}
	for i, it := range b.Items {
		e := entry{task: it.Task, stack: c.blocks(it.Blocks, t)}
		if b.Tight { // a list within belongs to the line above it
			for k := range e.stack {
				if inner, ok := e.stack[k].block.(list); ok && k > 0 && inner.tight {
					e.stack[k].gap = round(t.Line * 0.2)
				}
			}
		}
		if b.Ordered && it.Task == content.NoTask {
			e.mark = strconv.Itoa(b.Start+i) + "."
			l.indent = max(l.indent, ceil(measure(t, e.mark))+10)
		}
		l.items = append(l.items, e)
	}
	return l
}

func (l list) lay(s *setter, x, width float32) {
	for i, it := range l.items {
		if i > 0 {
			share := float32(0.2)
			if !l.tight {
				share = 0.5
			}
			s.y += round(l.kind.Line * share)
			s.end("\n")
		}
		from, said := s.y, len(s.runs)
		s.say(run{kind: l.kind, x: x, y: s.y, w: 18, h: l.kind.Line, whole: true, after: " "})
		outer := s.base // of an item that this list stands in
		s.base = 0
		it.lay(s, x+l.indent, max(width-l.indent, 1))
		if s.y == from {
			s.y += l.kind.Line
		}
		base := from + l.kind.Baseline()
		if s.base > 0 && len(it.stack) > 0 {
			if _, ok := it.stack[0].block.(*para); ok {
				base = s.base // a formula may have made the line higher
			}
		}
		l.mark(s, &s.runs[said], it, x, base)
		if outer > 0 {
			s.base = outer
		}
	}
}

// mark sets what stands before an item, on the baseline of its first line.
func (l list) mark(s *setter, said *run, it entry, x, base float32) {
	size := l.kind.Size
	switch {
	case it.task == content.TaskDone:
		s.above(item{shape: symbol, x: x, y: base - round(size*0.34) - 9, w: 18, h: 18, text: "check", look: look{colour: theme.GradeGood}})
		said.text = "☑"
	case it.task == content.TaskOpen:
		s.above(item{shape: panel, x: x + 1, y: base - round(size*0.36) - 8, w: 16, h: 16, look: look{colour: theme.Paper}, edge: theme.Edge, radius: 4})
		said.text = "☐"
	case it.mark != "":
		said.text, said.w = it.mark, measure(l.kind, it.mark)
		s.above(item{shape: letters, x: x, y: base, w: said.w, text: it.mark, look: look{kind: l.kind, colour: l.colour}})
	default:
		d := max(4, ceil(size*0.26))
		s.above(item{shape: disc, x: x + 8, y: base - round(size*0.26) - round(d/2), w: d, h: d, look: look{colour: l.colour}})
		said.text = "•"
	}
}

// display is a formula in the middle of the column.
type display struct {
	tex    string
	image  image.Image // nil while it is being made
	size   fyne.Size
	source *para
}

func (c *compiler) display(b *content.Math, t kit.Type) block {
	if f, ok := c.formula(b.TeX, true, t.Size, c.v.style.Colour); ok {
		return display{tex: b.TeX, image: f.Image, size: fyne.NewSize(f.Width, f.Height)}
	}
	k := look{kind: codeIn(t), colour: theme.Muted}
	g := gatherer{c: c}
	g.letters(oneLine(b.TeX), k, false)
	return display{tex: b.TeX, source: &para{kind: k.kind, align: content.AlignCenter, segments: g.segments()}}
}

func (d display) lay(s *setter, x, width float32) {
	if d.image == nil {
		said, from := len(s.runs), s.y
		d.source.lay(s, x, width)
		s.runs = append(s.runs[:said], run{text: "$$" + d.tex + "$$", x: x, y: from, w: width, h: s.y - from, whole: true})
		return
	}
	w, h := d.size.Width, d.size.Height
	if w > width {
		w, h = width, h*width/w
	}
	left := x + round((width-w)/2)
	s.above(item{shape: drawing, x: left, y: s.y, w: w, h: h, image: d.image})
	s.say(run{text: "$$" + d.tex + "$$", x: left, y: s.y, w: w, h: ceil(h), whole: true})
	s.y += ceil(h)
}

// figure is a picture with its caption. One that is missing leaves a dashed
// frame with its name.
type figure struct {
	src, alt string
	name     *para
	caption  *para
	c        *compiler
}

func (c *compiler) figure(b *content.Picture) block {
	f := figure{src: b.Src, alt: firstOf(b.Alt, b.Title), c: c}
	name := b.Src
	if b.Alt != "" && b.Alt != b.Src {
		name = b.Alt + " (" + b.Src + ")"
	}
	f.name = c.para([]content.Inline{content.Text(name)}, kit.Caption, theme.Muted)
	f.name.align = content.AlignCenter
	if b.Title != "" {
		f.caption = c.para([]content.Inline{content.Text(b.Title)}, kit.Caption, theme.Muted)
	}
	return f
}

func (f figure) lay(s *setter, x, width float32) {
	img, size, ok := f.c.picture(f.src, fyne.NewSize(width, f.c.v.style.Tallest))
	if ok {
		if size.Width > width {
			size = fyne.NewSize(width, size.Height*width/size.Width)
		}
		left := x + round((width-size.Width)/2)
		if img != nil {
			s.above(item{shape: drawing, x: left, y: s.y, w: size.Width, h: size.Height, image: img})
		} else { // its place until it is made
			s.behind(item{shape: panel, x: left, y: s.y, w: size.Width, h: size.Height, look: look{colour: theme.Sunk}, radius: theme.RadiusControl})
		}
		s.say(run{text: f.alt, x: left, y: s.y, w: size.Width, h: size.Height, whole: true, src: f.src})
		s.y += ceil(size.Height)
	} else {
		from := s.y
		s.y += 22
		f.name.lay(s, x+16, max(width-32, 1))
		s.y += 22
		s.behind(item{shape: dashes, x: x, y: from, w: width, h: s.y - from, radius: theme.RadiusControl, edge: theme.Edge, look: look{colour: theme.Sunk}})
	}
	if f.caption != nil {
		s.end("\n")
		s.y += 8
		f.caption.lay(s, x, width)
	}
}

// code is program text on a sunk panel. It scrolls when it is wider.
type code struct {
	lines [][]content.Token
	text  []string
	width float32
}

const (
	panelPad = 16
	barRoom  = 12 // below program text that scrolls
)

func (c *compiler) code(b *content.Code) block {
	out := code{lines: content.Colour(b.Lang, b.Text)}
	for _, ln := range out.lines {
		text := ""
		for _, tok := range ln {
			text += tok.Text
		}
		out.text = append(out.text, text)
		out.width = max(out.width, measure(kit.Code, expand(text)))
	}
	return out
}

func (c code) lay(s *setter, x, width float32) {
	t := kit.Code
	from := s.y
	high := float32(len(c.lines))*t.Line + 2*panelPad - 8
	inner := c.width + 2*panelPad
	outside := s.pane
	if inner > width && outside == 0 {
		s.panes = append(s.panes, pane{x: x, y: from, w: width, h: high + barRoom, inner: inner})
		high += barRoom
	}
	s.behind(item{shape: panel, x: x, y: from, w: width, h: high, look: look{colour: theme.Sunk}, radius: theme.RadiusControl})
	if inner > width && outside == 0 {
		s.pane = len(s.panes)
	}
	s.y += panelPad - 4
	for i, ln := range c.lines {
		base := s.y + t.Baseline()
		done := ""
		for _, tok := range ln {
			px := x + panelPad + measure(t, expand(done))
			shown := expand(done + tok.Text)[len(expand(done)):]
			k := look{kind: t, colour: tokenColour(tok.Kind)}
			s.above(item{shape: letters, x: px, y: base, w: measure(t, shown), text: shown, look: k})
			done += tok.Text
		}
		s.say(run{text: c.text[i], kind: t, x: x + panelPad, y: s.y, w: measure(t, expand(c.text[i])), h: t.Line, after: "\n"})
		s.y += t.Line
	}
	s.end("")
	s.pane = outside
	s.y = from + high
}

// expand shows tabs as spaces, up to the next fourth column.
func expand(s string) string {
	out := make([]rune, 0, len(s))
	for _, r := range s {
		if r != '\t' {
			out = append(out, r)
			continue
		}
		for out = append(out, ' '); len(out)%4 != 0; {
			out = append(out, ' ')
		}
	}
	return string(out)
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
