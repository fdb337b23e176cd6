package asciidoc

import (
	"encoding/csv"
	"strconv"
	"strings"

	"lectern/decks/lecture/page"
)

const maxColumns = 200

// table reads a table between lines lo and hi; line i opens it.
func (r *reader) table(i, lo, hi int, a *attrs) {
	var rows [][]string
	sep := r.lines[i][0]
	format := a.named["format"]
	if sep == ',' || sep == ':' || format == "csv" || format == "dsv" || format == "tsv" {
		rows = r.separated(lo, hi, sep, a)
	} else {
		rows = r.cells(lo, hi, sep, a)
	}
	var b strings.Builder
	for _, row := range rows {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(page.Row(row))
	}
	r.b.Add(page.Block{Kind: page.Table, Line: r.nums[i], Text: b.String()})
}

// separated reads rows of values with one sign between them.
func (r *reader) separated(lo, hi int, sep byte, a *attrs) [][]string {
	c := csv.NewReader(strings.NewReader(strings.Join(r.lines[lo:hi], "\n")))
	c.FieldsPerRecord, c.LazyQuotes, c.TrimLeadingSpace = -1, true, true
	switch format := a.named["format"]; {
	case format == "tsv":
		c.Comma = '\t'
	case format == "dsv" || sep == ':':
		c.Comma = ':'
	}
	if s := a.named["separator"]; len(s) == 1 && s != `"` {
		c.Comma = rune(s[0])
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

// cells reads cells that begin with a sign. How many make a row is told by the
// table's attributes or by its first line.
func (r *reader) cells(lo, hi int, sep byte, a *attrs) [][]string {
	if s := a.named["separator"]; len(s) == 1 {
		sep = s[0]
	}
	cols := columns(a.named["cols"])
	var all []string
	var cell strings.Builder
	started := false
	spans, copies := 1, 1
	flush := func() {
		if !started {
			return
		}
		md := r.cell(strings.Trim(cell.String(), "\n"))
		for range copies {
			all = append(all, md)
			for k := 1; k < spans; k++ {
				all = append(all, "")
			}
		}
		cell.Reset()
	}
	for i := lo; i < hi; i++ {
		line := r.lines[i]
		if strings.HasPrefix(line, "//") && !strings.HasPrefix(line, "///") || strings.HasPrefix(line, "include::") {
			continue
		}
		before := len(all)
		was := started
		for {
			at := cellAt(line, sep)
			if at < 0 {
				break
			}
			text := line[:at]
			spec := ""
			if n := specAt(text); n >= 0 {
				text, spec = text[:n], text[n:]
			}
			cell.WriteString(strings.ReplaceAll(text, `\`+string(sep), string(sep)))
			flush()
			started = true
			spans, copies = specOf(spec)
			line = line[at+1:]
		}
		cell.WriteString(strings.ReplaceAll(line, `\`+string(sep), string(sep)))
		cell.WriteByte('\n')
		if cols == 0 && started && (!was || before < len(all)) {
			// The last cell of the first line is still open.
			cols = len(all) + spans*copies
		}
	}
	flush()
	cols = min(max(cols, 1), maxColumns)
	var rows [][]string
	for len(all) > 0 {
		n := min(cols, len(all))
		rows = append(rows, all[:n:n])
		all = all[n:]
	}
	return rows
}

// cellAt finds the sign that begins the next cell.
func cellAt(s string, sep byte) int {
	for from := 0; ; {
		at := strings.IndexByte(s[from:], sep)
		if at < 0 {
			return -1
		}
		at += from
		if at == 0 || s[at-1] != '\\' {
			return at
		}
		from = at + 1
	}
}

// specAt finds where the specification of the next cell ("2+^.>s") begins at the
// end of a text; -1 when there is none.
func specAt(s string) int {
	n := len(s)
	for n > 0 && len(s)-n < 12 && strings.IndexByte("0123456789.+*<>^adehlmsv", s[n-1]) >= 0 {
		n--
	}
	if n == len(s) || n > 0 && s[n-1] != ' ' && s[n-1] != '\t' {
		return -1
	}
	return n
}

// specOf reads how many columns a cell takes, or how often it is repeated.
func specOf(spec string) (spans, copies int) {
	spans, copies = 1, 1
	if at := strings.IndexAny(spec, "+*"); at > 0 {
		n, _, _ := strings.Cut(spec[:at], ".")
		k, err := strconv.Atoi(n)
		if err != nil || k < 1 || k > maxColumns {
			return spans, copies
		}
		if spec[at] == '+' {
			spans = k
		} else {
			copies = k
		}
	}
	return spans, copies
}

// columns counts the columns that cols="1,2*,a" describes; 0 when it does not say.
func columns(cols string) int {
	n := 0
	for _, c := range strings.FieldsFunc(cols, func(c rune) bool { return c == ',' || c == ';' }) {
		k := 1
		if times, _, ok := strings.Cut(strings.TrimSpace(c), "*"); ok {
			if v, err := strconv.Atoi(times); err == nil {
				k = v
			}
		}
		if n += k; n > maxColumns || k < 0 {
			return maxColumns
		}
	}
	return n
}

// cell reads the text of a cell; blocks within it become words.
func (r *reader) cell(s string) string {
	if !strings.Contains(s, "\n") {
		return r.inline(strings.TrimSpace(s))
	}
	var words []string
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line == "+" || delimiter(line) != 0 {
			continue
		}
		if _, ok := parseAttrs(line); ok {
			continue
		}
		if m, ok := markerOf(line); ok && m.kind != term {
			line = m.text
		}
		words = append(words, line)
	}
	return r.inline(strings.Join(words, "\n"))
}
