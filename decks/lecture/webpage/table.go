package webpage

import (
	"strconv"
	"strings"

	"lectern/decks/lecture/page"
)

// cells is a table being read. What stands in its cells is read like the rest of
// the page; at the table's end it becomes rows, unless the table only arranges the
// page.
type cells struct {
	start  []int32 // of each cell: its first block
	span   []uint8
	rows   []int32 // of each row: its first cell
	heads  int     // cells that are headings
	layout bool
}

func (r *reader) startTable(e *element) {
	r.settle()
	e.table = &cells{layout: r.a.role == "presentation" || r.a.role == "none" || r.a.class.layout}
	e.depth = int32(r.b.Depth())
}

func (r *reader) openTable() *cells {
	if i := r.enclosing(table, nil); i >= 0 {
		return r.stack[i].table
	}
	return nil
}

func (r *reader) startRow() {
	if t := r.openTable(); t != nil {
		t.rows = append(t.rows, int32(len(t.start)))
	}
}

func (r *reader) startCell(e *element) {
	t := r.openTable()
	if t == nil {
		return
	}
	if len(t.rows) == 0 {
		t.rows = append(t.rows, 0)
	}
	n, _ := strconv.Atoi(r.a.colspan)
	t.start = append(t.start, int32(len(r.p.Blocks)))
	t.span = append(t.span, uint8(min(max(n, 1), 20)))
	if e.name == "th" {
		t.heads++
	}
}

// endTable makes rows of what stands in the cells of a table.
func (r *reader) endTable(e *element) {
	t := e.table
	if e.depth < 0 {
		return // it crosses what stands around it
	}
	r.closeTo(e.depth)
	if len(t.start) == 0 || t.arranges(r.p.Blocks) {
		return
	}
	first := t.start[0]
	if r.p.Blocks[first].Parent >= e.block {
		return // in something to choose that began before the first cell
	}
	line := r.p.Blocks[first].Line
	var b strings.Builder
	var row []string
	for i := range t.rows {
		row = row[:0]
		for c := t.rows[i]; c < t.endOf(i); c++ {
			from, to := t.blocks(int(c), r.p.Blocks)
			row = append(row, cellText(r.p.Blocks[from:to]))
			for range t.span[c] - 1 {
				row = append(row, "")
			}
		}
		if strings.Join(row, "") != "" {
			b.WriteString(page.Row(row))
			b.WriteByte('\n')
		}
	}
	r.p.Blocks = r.p.Blocks[:first]
	for n := len(r.linked); n > 0 && r.linked[n-1] >= first; n-- {
		r.linked = r.linked[:n-1]
	}
	r.add(page.Block{Kind: page.Table, Text: b.String(), Line: line})
}

// endOf is where the cells of a row end.
func (t *cells) endOf(row int) int32 {
	if row+1 < len(t.rows) {
		return t.rows[row+1]
	}
	return int32(len(t.start))
}

// blocks are those of a cell.
func (t *cells) blocks(c int, all []page.Block) (from, to int32) {
	n := int32(len(all))
	from, to = min(t.start[c], n), n
	if c+1 < len(t.start) {
		to = min(t.start[c+1], n)
	}
	return from, max(from, to)
}

// arranges tells whether a table has no rows of its own: it is said so, it has one
// column, or its cells hold what no cell of a table does.
func (t *cells) arranges(all []page.Block) bool {
	if t.layout || int(t.start[0]) >= len(all) {
		return true
	}
	for i := t.start[0]; int(i) < len(all); i++ {
		switch b := &all[i]; {
		case b.Hidden, b.Kind == page.Box, b.Kind == page.Quote, b.Kind == page.Table, b.Kind == page.Rule, b.Tick != page.NoTick,
			b.Kind == page.Heading && t.heads == 0, b.Kind == page.List && t.heads == 0, b.Kind == page.Code && strings.Contains(b.Text, "\n"):
			return true
		}
	}
	columns, long := 0, 0
	for i := range t.rows {
		filled := 0
		for c := t.rows[i]; c < t.endOf(i); c++ {
			from, to := t.blocks(int(c), all)
			size := 0
			for _, b := range all[from:to] {
				size += len(b.Text)
			}
			if size > 0 {
				filled++
			}
			if size > 1200 || to-from > 4 {
				long++
			}
		}
		columns = max(columns, filled)
	}
	return columns < 2 || t.heads == 0 && long > 0
}

// cellText writes the blocks of a cell on one line.
func cellText(blocks []page.Block) string {
	var parts []string
	mark := ""
	for i := range blocks {
		switch b := &blocks[i]; b.Kind {
		case page.Entry:
			mark = b.Mark + " "
		case page.Code:
			parts = append(parts, page.CodeSpan(b.Text))
		case page.Formula:
			parts = append(parts, page.MathSpan(b.Text))
		default:
			if b.Text != "" {
				parts = append(parts, mark+b.Text)
				mark = ""
			}
		}
	}
	return strings.Join(parts, " ")
}
