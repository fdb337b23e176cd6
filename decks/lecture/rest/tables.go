package rest

import (
	"encoding/csv"
	"strings"
	"unicode"

	"lectern/decks/lecture/page"
)

// addTable adds a table of Markdown cells.
func (r *reader) addTable(line int, rows [][]string) {
	var b strings.Builder
	for _, row := range rows {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(page.Row(row))
	}
	r.b.Add(page.Block{Kind: page.Table, Line: int32(line + 1), Text: b.String()})
}

// tables reads the directives that hold a table.
func (r *reader) tables(d *directive) {
	if d.arg != "" {
		r.paragraph(d.line, page.Mark("**", r.inline(d.arg), 0, 0))
	}
	switch d.name {
	case "table":
		r.body(d.content)
	case "list-table":
		r.listTable(d)
	case "csv-table":
		r.csvTable(d)
	}
}

// listTable reads a list of rows, each a list of cells.
func (r *reader) listTable(d *directive) {
	v := d.content
	var rows [][]string
	for i := v.lo; i < v.hi; {
		m, ok := bulletOf(r.text(v, i))
		if !ok {
			i++
			continue
		}
		end := max(r.within(v, i+1), i+1)
		col := v.col + m.width
		in := view{i, end, col, col}
		if len(r.text(v, i)) <= m.width {
			in = r.inner(i+1, end) // the cells begin below
		}
		rows = append(rows, r.cells(in))
		i = end
	}
	r.addTable(d.line, rows)
}

func (r *reader) cells(v view) []string {
	var cells []string
	for i := v.lo; i < v.hi; {
		s := r.text(v, i)
		m, ok := bulletOf(s)
		if !ok {
			i++
			continue
		}
		end := max(r.within(v, i+1), i+1)
		r.buf = append(r.buf[:0], strings.TrimSpace(s[m.width:])...)
		for j := i + 1; j < end; j++ {
			if t := strings.TrimSpace(r.lines[j]); t != "" {
				r.put(t)
			}
		}
		cells = append(cells, r.cell(string(r.buf)))
		i = end
	}
	return cells
}

// cell reads the text of a cell, which may be one picture or piece of code.
func (r *reader) cell(s string) string {
	if name, arg, ok := directiveOf(s); ok && (name == "image" || name == "figure") {
		arg, _, _ = strings.Cut(arg, " :")
		return page.ImageRef("", arg)
	}
	return r.inline(s)
}

func (r *reader) csvTable(d *directive) {
	read := func(s string) [][]string {
		c := csv.NewReader(strings.NewReader(s))
		c.FieldsPerRecord, c.LazyQuotes, c.TrimLeadingSpace = -1, true, true
		switch delim := d.option("delim"); {
		case delim == "tab":
			c.Comma = '\t'
		case delim == "space":
			c.Comma = ' '
		case len(delim) == 1 && delim != "\"":
			c.Comma = rune(delim[0])
		}
		var rows [][]string
		for {
			row, err := c.Read()
			if err != nil {
				return rows
			}
			for i := range row {
				row[i] = r.inline(strings.TrimSpace(row[i]))
			}
			rows = append(rows, row)
		}
	}
	rows := read(d.option("header"))
	r.addTable(d.line, append(rows, read(r.code(d.content))...))
}

// gridBorder tells of "+----+====+".
func gridBorder(s string) bool {
	return len(s) > 3 && s[0] == '+' && s[len(s)-1] == '+' && (s[1] == '-' || s[1] == '=') && strings.Trim(s, "+-=") == ""
}

// simpleBorder tells of "====  ====".
func simpleBorder(s string) bool {
	return len(s) > 2 && s[0] == '=' && strings.Trim(s, "= ") == "" && strings.Contains(s, " ")
}

// grid reads a table that is drawn with lines.
func (r *reader) grid(v view, i int) (int, bool) {
	end := i
	for end < v.hi {
		if s := r.text(v, end); s == "" || s[0] != '+' && s[0] != '|' {
			break
		}
		end++
	}
	if end-i < 3 {
		return 0, false
	}
	border := r.text(v, i)
	var cols []int
	for c := range len(border) {
		if border[c] == '+' {
			cols = append(cols, c)
		}
	}
	n := len(cols) - 1
	var rows [][]string
	cells := make([][]string, n)
	flush := func() {
		var row []string
		some := false
		for c := range cells {
			text := strings.Join(cells[c], " ")
			some = some || text != ""
			row = append(row, r.cell(text))
			cells[c] = nil
		}
		if some {
			rows = append(rows, row)
		}
	}
	for j := i + 1; j < end; j++ {
		s := r.text(v, j)
		if gridBorder(s) {
			flush()
			continue
		}
		for c, text := range gridCells(s, cols) {
			if text = strings.TrimSpace(text); text != "" && strings.Trim(text, "+-=") != "" {
				cells[c] = append(cells[c], text)
			}
		}
	}
	flush()
	r.addTable(i, rows)
	return end, true
}

// gridCells cuts a line at its bars, or, where cells span columns, at the columns.
func gridCells(s string, cols []int) []string {
	n := len(cols) - 1
	out := make([]string, n)
	if parts := strings.Split(strings.Trim(s, "|+"), "|"); len(parts) == n {
		return parts
	}
	k, col, last, from := 0, 0, 0, -1
	for at, x := range s {
		for k < n && cols[k] < col {
			k++
		}
		if cols[k] == col && (x == '|' || x == '+') {
			if from >= 0 && last < n {
				out[last] = s[from:at]
			}
			last, from = k, at+1
		}
		col += width(x)
	}
	return out
}

// width is how many columns a rune takes: two for Chinese and Japanese.
func width(x rune) int {
	switch {
	case x < 0x300:
		return 1
	case unicode.Is(unicode.Mn, x):
		return 0
	case x >= 0x1100 && x <= 0x115f, x >= 0x2e80 && x <= 0xa4cf, x >= 0xac00 && x <= 0xd7a3, x >= 0xf900 && x <= 0xfaff,
		x >= 0xfe30 && x <= 0xfe6f, x >= 0xff00 && x <= 0xff60, x >= 0xffe0 && x <= 0xffe6, x >= 0x1f300 && x <= 0x1faff, x >= 0x20000 && x <= 0x3fffd:
		return 2
	}
	return 1
}

// simple reads a table whose columns are those of its border. An empty first
// cell goes on with the row above.
func (r *reader) simple(v view, i int) (int, bool) {
	border := r.text(v, i)
	var starts []int
	for c := range len(border) {
		if border[c] == '=' && (c == 0 || border[c-1] == ' ') {
			starts = append(starts, c)
		}
	}
	end, borders := i+1, 1
	for ; end < v.hi; end++ {
		if simpleBorder(r.text(v, end)) {
			borders++
			if end+1 >= v.hi || r.blank(v, end+1) {
				break
			}
		} else if borders > 1 && r.blank(v, end) && end+1 < v.hi && r.blank(v, end+1) {
			break
		}
	}
	if borders < 2 {
		return 0, false
	}
	var rows [][]string
	var raw [][]string
	for j := i + 1; j < end; j++ {
		s := r.text(v, j)
		if s == "" || simpleBorder(s) || strings.Trim(s, "- ") == "" && len(s) > 2 {
			continue
		}
		cells := cutAt(s, starts)
		if cells[0] == "" && len(raw) > 0 {
			last := raw[len(raw)-1]
			for c, t := range cells {
				last[c] = strings.TrimSpace(last[c] + " " + t)
			}
			continue
		}
		raw = append(raw, cells)
	}
	for _, cells := range raw {
		for c := range cells {
			if cells[c] == `\` {
				cells[c] = ""
			}
			cells[c] = r.cell(cells[c])
		}
		rows = append(rows, cells)
	}
	r.addTable(i, rows)
	return min(end+1, v.hi), true
}

// cutAt cuts a line at columns.
func cutAt(s string, starts []int) []string {
	cells := make([]string, len(starts))
	c, col, from := 0, 0, 0
	for at, x := range s {
		for c+1 < len(starts) && col >= starts[c+1] {
			cells[c] = strings.TrimSpace(s[from:at])
			from = at
			c++
		}
		col += width(x)
	}
	cells[c] = strings.TrimSpace(s[from:])
	return cells
}
