package mathml

import "strings"

// environment reads \begin{…} to its \end.
func (p *parser) environment() atom {
	name := p.words()
	kind := strings.TrimSuffix(name, "*")
	if kind == "array" {
		p.words() // the columns
	}
	fences, known := environments[kind]
	if !known || p.wrong {
		return p.fail()
	}
	body := p.table(kind, func() bool {
		command, _ := p.command()
		return command == "end"
	})
	if p.wrong {
		return atom{}
	}
	_, p.at = p.command()
	if p.words() != name {
		return p.fail()
	}
	fence := func(s string) string {
		if s == "" {
			return ""
		}
		return `<mo fence="true" stretchy="true">` + s + "</mo>"
	}
	return atom{xml: group(fence(fences[0]) + body + fence(fences[1]))}
}

// environments are the fences around what they hold.
var environments = map[string][2]string{
	"matrix": {}, "smallmatrix": {}, "pmatrix": {"(", ")"}, "bmatrix": {"[", "]"}, "Bmatrix": {"{", "}"}, "vmatrix": {"|", "|"},
	"Vmatrix": {"‖", "‖"}, "cases": {"{", ""}, "rcases": {"", "}"}, "aligned": {}, "align": {}, "alignat": {}, "split": {}, "gathered": {},
	"gather": {}, "equation": {}, "multline": {}, "array": {}, "eqnarray": {},
}

// table reads cells between & and rows between \\ until stop. One cell alone is
// no table.
func (p *parser) table(kind string, stop func() bool) string {
	rows := [][]string{{}}
	for {
		cell := p.row(func() bool {
			name, _ := p.command()
			return p.has("&") || name == `\` || name == "cr" || stop()
		})
		if p.wrong {
			return ""
		}
		last := len(rows) - 1
		rows[last] = append(rows[last], cell)
		name, end := p.command()
		switch {
		case p.take("&"):
		case name == `\` || name == "cr":
			p.at = end
			p.gap()
			rows = append(rows, []string{})
		default:
			if last > 0 && len(rows[last]) == 1 && strings.TrimSpace(rows[last][0]) == "" {
				rows = rows[:last] // behind a last \\
			}
			return layout(kind, rows)
		}
	}
}

// gap reads the room that a line may ask for: \\[2pt].
func (p *parser) gap() {
	p.take("*")
	if p.has("[") {
		if end := strings.IndexByte(p.s[p.at:], ']'); end >= 0 && end < 12 {
			p.at += end + 1
		}
	}
}

func layout(kind string, rows [][]string) string {
	single := len(rows) == 1 && len(rows[0]) == 1
	switch kind {
	case "aligned", "align", "alignat", "split", "gathered", "gather", "equation", "multline", "eqnarray":
		if single {
			return rows[0][0]
		}
	}
	aligned := kind == "aligned" || kind == "align" || kind == "alignat" || kind == "split"
	var b strings.Builder
	b.WriteString("<mtable")
	if aligned || kind == "cases" || kind == "rcases" {
		b.WriteString(` displaystyle="` + map[bool]string{true: "true", false: "false"}[aligned] + `"`)
	}
	b.WriteString(">")
	for _, row := range rows {
		b.WriteString("<mtr>")
		for i, cell := range row {
			side := "center"
			switch {
			case kind == "cases" || kind == "rcases" || aligned && i%2 == 1:
				side = "left"
			case aligned:
				side = "right"
			}
			style := "text-align:" + side
			if aligned {
				style += ";padding-left:0;padding-right:0"
			}
			b.WriteString(`<mtd style="` + style + `">` + cell + "</mtd>")
		}
		b.WriteString("</mtr>")
	}
	b.WriteString("</mtable>")
	return b.String()
}

// substack reads lines that stand under a sum.
func (p *parser) substack() atom {
	p.space()
	if !p.take("{") {
		return p.fail()
	}
	body := p.table("substack", func() bool { return p.has("}") })
	if !p.take("}") {
		return p.fail()
	}
	return atom{xml: body}
}
