package page

import (
	"strings"
	"unicode"
)

// Markdown writes blocks of the page, ascending and holding no others, as one
// text: lists with their marks, code in fences.
func (p *Page) Markdown(blocks []int) string { return p.MarkdownWith(blocks, nil, -1) }

// MarkdownWith is Markdown with other texts for some blocks, and with an entry
// whose own mark and indent are left out, because it is what the text is about;
// -1 for none.
func (p *Page) MarkdownWith(blocks []int, texts map[int]string, bare int) string {
	if len(blocks) == 0 {
		return ""
	}
	r := rendering{p: p, texts: texts, bare: int32(bare), within: p.common(blocks), marked: map[int32]bool{}}
	for _, i := range blocks {
		r.block(i)
	}
	return strings.TrimSpace(r.out.String())
}

// common is the innermost block in which all of some lie, -1 for the page.
func (p *Page) common(blocks []int) int32 {
	a := p.Blocks[blocks[0]].Parent
	for _, i := range blocks {
		for a >= 0 && (int32(i) <= a || int32(i) >= p.Blocks[a].End) {
			a = p.Blocks[a].Parent
		}
	}
	return a
}

type rendering struct {
	p      *Page
	texts  map[int]string
	bare   int32
	within int32
	out    strings.Builder
	marked map[int32]bool // entries whose mark is written
	tight  bool           // the last line belongs to a list
}

func (r *rendering) block(i int) {
	b := &r.p.Blocks[i]
	text, ok := r.texts[i]
	if !ok {
		text = b.Text
	}
	if strings.TrimSpace(text) == "" || b.Kind == Rule {
		return
	}
	var entries []int32
	for a := b.Parent; a >= 0 && a != r.within && a != r.bare; a = r.p.Blocks[a].Parent {
		if r.p.Blocks[a].Kind == Entry {
			entries = append(entries, a)
		}
	}
	indent, mark := "", ""
	for k := len(entries) - 1; k >= 0; k-- {
		m := listMark(&r.p.Blocks[entries[k]])
		if !r.marked[entries[k]] {
			r.marked[entries[k]] = true
			mark += m
			continue
		}
		indent += strings.Repeat(" ", len(listIndent(m)))
	}
	body := markdown(b, text)
	switch {
	case r.out.Len() == 0:
	case mark != "" && r.tight:
		r.out.WriteString("\n")
	default:
		r.out.WriteString("\n\n")
	}
	r.tight = mark != ""
	under := indent + strings.Repeat(" ", len(listIndent(mark)))
	for k, line := range strings.Split(body, "\n") {
		switch {
		case k == 0:
			r.out.WriteString(indent + mark + line)
		case line == "":
			r.out.WriteString("\n")
		default:
			r.out.WriteString("\n" + under + line)
		}
	}
}

// listMark is an entry's mark in Markdown. Letters are none there: they stand in
// the entry's text.
func listMark(b *Block) string {
	box := map[Tick]string{Unticked: "[ ] ", Ticked: "[x] "}[b.Tick]
	switch first := []rune(b.Mark + " ")[0]; {
	case unicode.IsDigit(first):
		return strings.TrimRight(b.Mark, ".)") + ". " + box
	case unicode.IsLetter(first):
		return "- " + b.Mark + " " + box
	}
	return "- " + box
}

// listIndent is as much of a mark as the lines under it are indented by.
func listIndent(mark string) string {
	at := 0
	for at < len(mark) {
		next := strings.IndexByte(mark[at:], ' ')
		if next < 0 {
			break
		}
		word := mark[at : at+next]
		if word != "-" && !strings.HasSuffix(word, ".") {
			break
		}
		at += next + 1
	}
	return mark[:at]
}

func markdown(b *Block, text string) string {
	switch b.Kind {
	case Code:
		fence := "```"
		for strings.Contains(text, fence) {
			fence += "`"
		}
		return fence + b.Mark + "\n" + text + "\n" + fence
	case Formula:
		return "$$\n" + text + "\n$$"
	case Heading, Box:
		if strings.ContainsAny(text, "*_") {
			return text
		}
		return "**" + text + "**"
	case Table:
		return tableRows(text)
	}
	return text
}

// tableRows adds the line that makes rows a table.
func tableRows(text string) string {
	rows := strings.Split(text, "\n")
	if len(rows) < 2 || strings.Contains(rows[1], "---") {
		return text
	}
	cells := max(1, strings.Count(rows[0], "|")-1)
	return rows[0] + "\n|" + strings.Repeat(" --- |", cells) + "\n" + strings.Join(rows[1:], "\n")
}
