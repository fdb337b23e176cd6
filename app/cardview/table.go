package cardview

import (
	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/content"
)

// table sets cells in columns as wide as their words ask for, rows apart by
// lines.
type table struct {
	kind  kit.Type
	rows  [][]*para
	head  bool
	want  []float32 // of each column: without line breaks
	least []float32 // so that no word has to be cut
}

const (
	cellPad  = 12
	cellHigh = 8
)

func (c *compiler) table(b *content.Table, t kit.Type) block {
	n := len(b.Align)
	if n == 0 {
		return nil
	}
	t = t.At(round(t.Size*0.9), round(t.Line*0.9))
	out := table{kind: t, head: len(b.Head) > 0, want: make([]float32, n), least: make([]float32, n)}
	add := func(cells [][]content.Inline, t kit.Type) {
		row := make([]*para, n)
		for i := range row {
			var in []content.Inline
			if i < len(cells) {
				in = cells[i]
			}
			p := c.para(in, t, c.v.style.Colour)
			p.align = b.Align[i]
			all, widest := p.natural()
			out.want[i] = max(out.want[i], ceil(all)+2*cellPad)
			out.least[i] = max(out.least[i], ceil(widest)+2*cellPad)
			row[i] = p
		}
		out.rows = append(out.rows, row)
	}
	if out.head {
		add(b.Head, t.Strong())
	}
	for _, r := range b.Rows {
		add(r, t)
	}
	return out
}

func (t table) lay(s *setter, x, width float32) {
	columns := share(t.want, t.least, width)
	line := func(strong bool) {
		colour := theme.Line
		if strong {
			colour = theme.Edge
		}
		s.behind(item{shape: panel, x: x, y: s.y, w: width, h: 1, look: look{colour: colour}})
		s.y++
	}
	line(false)
	for r, row := range t.rows {
		from, low := s.y+cellHigh, s.y+cellHigh+t.kind.Line
		cx := x
		for i, p := range row {
			s.y = from
			said := len(s.runs)
			p.lay(s, cx+cellPad, max(columns[i]-2*cellPad, 1))
			if len(s.runs) == said { // an empty cell is a place too
				s.say(run{kind: t.kind, x: cx + cellPad, y: from, h: t.kind.Line})
			}
			s.end("\t")
			low = max(low, s.y)
			cx += columns[i]
		}
		s.end("\n")
		s.y = low + cellHigh
		line(t.head && r == 0)
	}
	s.end("")
}

// share gives each column what it wants and what is left over in equal parts;
// when it is too much, the widest give way, down to their longest words.
func share(want, least []float32, width float32) []float32 {
	out := make([]float32, len(want))
	if total := sum(want); total <= width {
		for i, w := range want {
			out[i] = w + (width-total)/float32(len(want))
		}
		return out
	}
	floor := least
	if sum(floor) > width { // words will be cut
		floor = make([]float32, len(want))
	}
	// Raise a common ceiling until the columns fill the width.
	low, high := float32(0), width
	for range 40 {
		mid := (low + high) / 2
		total := float32(0)
		for i := range want {
			out[i] = max(min(want[i], mid), floor[i])
			total += out[i]
		}
		if total > width {
			high = mid
		} else {
			low = mid
		}
	}
	for i := range want {
		out[i] = max(min(want[i], low), floor[i])
	}
	return out
}

func sum(v []float32) (total float32) {
	for _, x := range v {
		total += x
	}
	return total
}
