package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks/lecture/page"
	"lectern/decks/lecture/runs"
)

// column is a column of a table: where its cells stand.
type column struct{ x0, x1 float64 }

const (
	maxRows    = 200 // of one block; a longer table becomes several
	maxColumns = 40
)

// tableOf reads a table that begins at the first line: three rows or more, or
// two of three columns, whose cells stand below each other. It gives how many
// lines that took, 0 when there is no table.
func tableOf(lines []line) (para, int) {
	if n := len(lines[0].cells); n < 2 || n > maxColumns || !tabular(lines[0]) {
		return para{}, 0
	}
	var cols []column
	for _, c := range lines[0].cells {
		cols = append(cols, column{c.x0, c.x1})
	}
	rows := [][]string{}
	full, n := 0, 0
	for i, x := range lines {
		if i >= maxRows || x.page != lines[0].page || i > 0 && x.base >= lines[i-1].base || !tabular(x) {
			break
		}
		at, ok := place(cols, x.cells)
		if !ok {
			break
		}
		below := i > 0 && lines[i-1].base-x.base < 1.5*x.size // the line above is near
		if len(x.cells) < 2 && !(below && len(rows) > 0) {
			break
		}
		if len(x.cells) < len(cols) && below && len(rows) > 0 && at[0] != 0 { // a cell of several lines
			for k, c := range x.cells {
				rows[len(rows)-1][at[k]] = strings.TrimSpace(rows[len(rows)-1][at[k]] + " " + runs.Markdown(c.runs))
			}
			n = i + 1
			continue
		}
		if len(x.cells) < 2 {
			break
		}
		row := make([]string, len(cols))
		for k, c := range x.cells {
			row[at[k]] = runs.Markdown(c.runs)
		}
		rows = append(rows, row)
		full += len(x.cells)
		n = i + 1
	}
	if prose(lines[:n]) || len(rows) < 2 || len(rows) == 2 && len(cols) < 3 || full*4 < len(rows)*len(cols)*3 {
		return para{}, 0
	}
	return para{page: lines[0].page, kind: page.Table, rows: rows}, n
}

// tabular tells a line that may be a row from an entry of a list and from code.
func tabular(x line) bool {
	if x.style&runs.Code != 0 {
		return false
	}
	for i, c := range x.cells {
		if e, ok := runs.TypedEntry(c.text + " x"); ok && (i > 0 && e.Len < len(c.text) || i == 0) {
			return false
		}
	}
	return true
}

// place finds the column of every cell, and widens the columns by them.
func place(cols []column, cells []cell) ([]int, bool) {
	var at []int
	next := 0
	for _, c := range cells {
		k := next
		for k < len(cols) && !(c.x0 < cols[k].x1 && c.x1 > cols[k].x0) {
			k++
		}
		if k == len(cols) || k+1 < len(cols) && c.x1 > cols[k+1].x0 {
			return nil, false
		}
		at = append(at, k)
		next = k + 1
	}
	for i, k := range at {
		cols[k].x0, cols[k].x1 = min(cols[k].x0, cells[i].x0), max(cols[k].x1, cells[i].x1)
	}
	return at, true
}

// prose tells lines of text that stand side by side: most begin within a
// sentence.
func prose(lines []line) bool {
	within, cells := 0, 0
	for _, x := range lines {
		for _, c := range x.cells {
			r, _ := utf8.DecodeRuneInString(c.text)
			cells++
			if unicode.IsLower(r) && len(c.text) > 12 {
				within++
			}
		}
	}
	return within*2 > cells
}
