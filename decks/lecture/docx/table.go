package docx

import (
	"strings"

	"lectern/decks/lecture/page"
)

const (
	maxColumns = 64
	maxRows    = 1000 // of one block; a longer table becomes several
	crowded    = 6    // paragraphs in a cell: a table that lays out a page
)

// tableText gathers the rows of a table. A table of one column, or with much in
// a cell, only lays out the page: what is in it is told as it stands.
type tableText struct {
	reader *reader
	rows   []tableRow
	count  int // paragraphs in them
}

func (t *tableText) row(row tableRow) error {
	if len(row.cells) == 0 {
		return nil
	}
	t.rows = append(t.rows, row)
	for _, c := range row.cells {
		t.count += 1 + len(c.paragraphs)
	}
	if len(t.rows) >= maxRows || t.count > 20*maxRows {
		return t.flush()
	}
	return nil
}

func (t *tableText) flush() error {
	rows := t.rows
	t.rows, t.count = nil, 0
	if len(rows) == 0 {
		return nil
	}
	if layout(rows) {
		for _, row := range rows {
			for _, c := range row.cells {
				for _, p := range c.paragraphs {
					if err := t.reader.place(p); err != nil {
						return err
					}
				}
			}
		}
		return nil
	}
	width := 0
	var lines []string
	for _, row := range rows {
		var cells []string
		for _, c := range row.cells {
			cells = append(cells, t.reader.cellText(c))
			for range c.span - 1 {
				cells = append(cells, "")
			}
		}
		if strings.Join(cells, "") == "" {
			continue
		}
		cells = cells[:min(len(cells), maxColumns)]
		width = max(width, len(cells))
		lines = append(lines, page.Row(cells))
		if len(lines) == 1 {
			lines = append(lines, "")
		}
	}
	if len(lines) > 0 {
		lines[1] = "|" + strings.Repeat(" --- |", width)
	}
	t.reader.out.table(rows[0].line, strings.Join(lines, "\n"))
	return t.reader.out.err()
}

func layout(rows []tableRow) bool {
	width := 0
	for _, row := range rows {
		width = max(width, len(row.cells))
		for _, c := range row.cells {
			if len(c.paragraphs) >= crowded {
				return true
			}
		}
	}
	return width == 1
}

// cellText writes a cell as one line.
func (r *reader) cellText(c *cell) string {
	if c.merged {
		return ""
	}
	var parts []string
	for _, p := range c.paragraphs {
		m, listed := r.markOf(p)
		if !p.words() {
			continue
		}
		var words []string
		if listed {
			words = append(words, page.Escape(m.text))
		}
		for _, x := range p.pieces {
			if s := x.markdown(); s != "" {
				words = append(words, s)
			}
		}
		parts = append(parts, strings.Join(words, " "))
	}
	return strings.Join(parts, "<br>")
}
