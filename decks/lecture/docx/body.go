package docx

import (
	"encoding/xml"
	"strings"

	"lectern/decks/lecture/page"
	"lectern/decks/lecture/runs"
)

// blocks reads what stands within the open element of the text: paragraphs and
// tables.
func (r *reader) blocks(w *walker) error {
	return w.each(func(e xml.StartElement) error { return r.block(w, e) })
}

func (r *reader) block(w *walker, e xml.StartElement) error {
	switch w.tag(e) {
	case "w:p":
		p, err := r.readParagraph(w)
		if err != nil {
			return err
		}
		return r.tell(p)
	case "w:tbl":
		return r.table(w)
	case "w:sdt":
		outer := r.hidden
		defer func() { r.hidden = outer }()
		return w.each(func(e xml.StartElement) error {
			switch w.tag(e) {
			case "w:sdtPr":
				return r.gallery(w)
			case "w:sdtContent":
				return r.blocks(w)
			}
			return nil
		})
	case "w:ins", "w:moveTo", "w:customXml", "w:smartTag":
		return r.blocks(w)
	case "m:oMathPara", "m:oMath": // Word puts them into paragraphs, others do not
		r.line++
		s, err := tex(w)
		if err != nil {
			return err
		}
		return r.tell(&paragraph{line: r.line, pieces: []piece{{formula: strings.TrimSpace(s)}}})
	case "mc:AlternateContent":
		return w.each(func(e xml.StartElement) error {
			if w.tag(e) != "mc:Choice" {
				return nil
			}
			return r.blocks(w)
		})
	}
	return nil
}

// gallery reads the open w:sdtPr: what the blocks of a control are.
func (r *reader) gallery(w *walker) error {
	return w.each(func(e xml.StartElement) error {
		switch w.tag(e) {
		case "w:docPartObj", "w:docPartList":
			return w.each(func(e xml.StartElement) error {
				if w.tag(e) == "w:docPartGallery" && val(e) == "Table of Contents" {
					r.hidden = true
				}
				return nil
			})
		}
		return nil
	})
}

// tell passes a paragraph on: to the cell that is being read, or to the page.
func (r *reader) tell(p *paragraph) error {
	if n := len(r.cells); n > 0 {
		r.cells[n-1].paragraphs = append(r.cells[n-1].paragraphs, p)
		return r.ctx.Err()
	}
	return r.place(p)
}

// place puts a paragraph on the page.
func (r *reader) place(p *paragraph) error {
	m, listed := r.markOf(p)
	indent := p.props.indent
	if listed && !p.props.indents {
		indent = m.indent
	}
	if !p.words() && p.tick == page.NoTick {
		r.out.blank()
		return r.out.err()
	}
	if p.hidden {
		r.out.hidden(p)
		return r.out.err()
	}
	switch {
	case p.kind == heading || p.kind == title:
		r.heading(p, m)
	case p.kind == code || p.mono():
		r.out.code(p, indent)
	default:
		r.out.text(p, m, listed, indent)
	}
	return r.out.err()
}

// markOf counts a paragraph of a list.
func (r *reader) markOf(p *paragraph) (mark, bool) {
	if p.props.list == "" || p.props.list == "0" {
		return mark{}, false
	}
	m, ok := r.lists.next(p.props.list, p.props.level, &r.styles)
	return m, ok && (m.text != "" || m.box)
}

func (r *reader) heading(p *paragraph, m mark) {
	var all []runs.Run
	for i, x := range p.pieces {
		if i > 0 {
			all = append(all, runs.Run{Text: " "})
		}
		if x.formula != "" {
			all = append(all, runs.Run{Text: x.formula, Style: runs.Math})
		}
		all = append(all, x.runs...)
	}
	unbold(all)
	text := runs.Markdown(all)
	if m.words { // "Chapter 3": its name
		text = page.Escape(m.text) + " " + text
	}
	level := max(p.props.outline, 1)
	if p.kind == title {
		level = 1
		if r.title == "" {
			r.title = page.Plain(text)
		}
	}
	r.out.heading(p.line, level, text)
}

// unbold takes away what all of a heading has.
func unbold(list []runs.Run) {
	if !runs.All(list, runs.Bold) {
		return
	}
	for i := range list {
		list[i].Style &^= runs.Bold
	}
}

// mono tells whether a paragraph is written in a program's letters, all of it.
func (p *paragraph) mono() bool {
	seen := false
	for _, x := range p.pieces {
		if x.formula != "" {
			return false
		}
		if strings.TrimSpace(runs.Plain(x.runs)) == "" {
			continue
		}
		if !runs.All(x.runs, runs.Code) {
			return false
		}
		seen = true
	}
	return seen && p.tick == page.NoTick
}

// table reads the open w:tbl.
func (r *reader) table(w *walker) error {
	if len(r.cells) > 0 { // within a cell: its paragraphs are that cell's
		return r.rows(w, func(tableRow) error { return nil }, true)
	}
	t := &tableText{reader: r}
	err := r.rows(w, t.row, false)
	if err != nil {
		return err
	}
	return t.flush()
}

// tableRow is a row as it was read.
type tableRow struct {
	line  int
	cells []*cell
}

// cell is one field of a table.
type cell struct {
	paragraphs []*paragraph
	span       int
	merged     bool // with the one above
}

// rows reads rows; nested ones go into the cell that is open.
func (r *reader) rows(w *walker, take func(tableRow) error, nested bool) error {
	return w.each(func(e xml.StartElement) error {
		switch w.tag(e) {
		case "w:tr":
			row := tableRow{line: r.line + 1}
			if err := r.row(w, &row, nested); err != nil {
				return err
			}
			return take(row)
		case "w:sdt", "w:sdtContent", "w:customXml", "w:ins":
			return r.rows(w, take, nested)
		}
		return nil
	})
}

func (r *reader) row(w *walker, row *tableRow, nested bool) error {
	return w.each(func(e xml.StartElement) error {
		switch w.tag(e) {
		case "w:tc":
			if nested {
				return r.blocks(w)
			}
			c := &cell{span: 1}
			row.cells = append(row.cells, c)
			r.cells = append(r.cells, c)
			defer func() { r.cells = r.cells[:len(r.cells)-1] }()
			return w.each(func(e xml.StartElement) error {
				if w.tag(e) == "w:tcPr" {
					return c.properties(w)
				}
				return r.block(w, e)
			})
		case "w:sdt", "w:sdtContent", "w:customXml", "w:ins":
			return r.row(w, row, nested)
		}
		return nil
	})
}

func (c *cell) properties(w *walker) error {
	return w.each(func(e xml.StartElement) error {
		switch w.tag(e) {
		case "w:gridSpan":
			c.span = min(max(number(val(e)), 1), 64)
		case "w:vMerge":
			c.merged = val(e) != "restart"
		}
		return nil
	})
}
