package content

import (
	"strconv"
	"strings"
)

// Markdown writes a document as Markdown that Parse reads back into the same
// tree, within the bounds of what it reads as Markdown. Marks that Markdown has no sign for, or whose sign would not hold
// where they stand, are written as tags. What Markdown cannot say at all (two
// paragraphs without room between them in a tight list) takes the nearest form
// it has.
func Markdown(d Document) string {
	lines := mdBlocks(d.Blocks, false, false)
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, "\n") + "\n"
}

// mdBlocks writes blocks as lines, without the signs of what they lie in. Firm
// tells that more follows in the item that the last one ends.
func mdBlocks(blocks []Block, tight, firm bool) []string {
	var out []string
	other := false // the other marker, to part two lists in a row
	for i, b := range blocks {
		list, isList := b.(*List)
		if i > 0 {
			if !tight || needsRoom(blocks[i-1], b) {
				out = append(out, "")
			}
			last, wasList := blocks[i-1].(*List)
			other = isList && wasList && last.Ordered == list.Ordered && !other
		}
		if isList {
			out = append(out, mdList(list, other, firm || i+1 < len(blocks))...)
		} else {
			out = append(out, mdBlock(b)...)
		}
	}
	return out
}

// needsRoom tells whether b would run into a without an empty line between.
func needsRoom(a, b Block) bool {
	switch x := b.(type) {
	case *Paragraph, *Picture, *Table:
		if _, ok := a.(*Paragraph); ok {
			_, table := b.(*Table)
			return !table
		}
		return endsOpen(a)
	case *List:
		if endsOpen(a) {
			return x.Ordered && x.Start != 1 || len(x.Items) > 0 && len(x.Items[0].Blocks) == 0
		}
	case *Quote:
		_, ok := a.(*Quote)
		return ok
	}
	return false
}

// endsOpen tells whether the next line of text would go on with a block.
func endsOpen(b Block) bool {
	switch b := b.(type) {
	case *Paragraph, *Picture, *Table:
		return true
	case *Quote:
		return len(b.Blocks) > 0 && endsOpen(b.Blocks[len(b.Blocks)-1])
	case *List:
		if len(b.Items) == 0 {
			return false
		}
		it := b.Items[len(b.Items)-1]
		if len(it.Blocks) == 0 {
			return it.Task != NoTask
		}
		return endsOpen(it.Blocks[len(it.Blocks)-1])
	}
	return false
}

func mdBlock(b Block) []string {
	switch b := b.(type) {
	case *Paragraph:
		return strings.Split(mdInlines(b.Inlines, mdMode{}), "\n")
	case *Heading:
		sign := strings.Repeat("#", min(max(b.Level, 1), 6))
		return []string{sign + " " + mdInlines(b.Inlines, mdMode{heading: true})}
	case *Quote:
		return prefixed(mdBlocks(b.Blocks, false, false), "> ", "> ")
	case *Code:
		return mdCode(b)
	case *Math:
		open, end := `$$`, `$$`
		if closing([]byte(b.TeX), `$$`) >= 0 {
			open, end = `\[`, `\]`
		}
		return append(append([]string{open}, strings.Split(b.TeX, "\n")...), end)
	case *Table:
		return mdTable(b)
	case *Rule:
		return []string{"___"} // neither a list's sign nor a heading's line
	case *Picture:
		return []string{mdImage(b.Src, b.Alt, b.Title)}
	}
	return nil
}

func prefixed(lines []string, first, rest string) []string {
	for i, l := range lines {
		p := rest
		if i == 0 {
			p = first
		}
		lines[i] = p + l
		if l == "" {
			lines[i] = strings.TrimRight(p, " ")
		}
	}
	return lines
}

func mdCode(c *Code) []string {
	sign := byte('`')
	if strings.ContainsRune(c.Lang, '`') {
		sign = '~'
	}
	fence := strings.Repeat(string(sign), max(3, longest(c.Text, sign)+1))
	out := []string{fence + c.Lang}
	if c.Text != "" {
		out = append(out, strings.Split(c.Text, "\n")...)
	}
	return append(out, fence)
}

// longest is the length of the longest run of a sign.
func longest(s string, sign byte) (n int) {
	run := 0
	for i := range len(s) {
		if s[i] != sign {
			run = 0
			continue
		}
		run++
		n = max(n, run)
	}
	return n
}

func mdList(l *List, other, firm bool) []string {
	tight := l.Tight
	for _, it := range l.Items {
		for i := 1; i < len(it.Blocks); i++ {
			tight = tight && !needsRoom(it.Blocks[i-1], it.Blocks[i])
		}
	}
	bullet := "- "
	if other {
		bullet = "* "
	}
	items := make([][]string, len(l.Items))
	for i, it := range l.Items {
		last := firm && i+1 == len(l.Items)
		lines := mdItem(it, tight, last)
		switch {
		case len(lines) == 0 && last:
			lines = []string{part} // what follows an empty item would leave the list
		case len(lines) == 0:
			lines = []string{""}
		case !other && strings.Trim(lines[0], "- ") == "" && strings.Count(lines[0], "-") > 1:
			bullet = "+ " // "- - -" is a rule
		}
		items[i] = lines
	}
	var out []string
	for i, lines := range items {
		if i > 0 && !tight {
			out = append(out, "")
		}
		sign := bullet
		switch {
		case l.Ordered && other:
			sign = strconv.Itoa(min(l.Start+i, 999_999_999)) + ") "
		case l.Ordered:
			sign = strconv.Itoa(min(l.Start+i, 999_999_999)) + ". "
		}
		out = append(out, prefixed(lines, sign, strings.Repeat(" ", len(sign)))...)
	}
	return out
}

func mdItem(it Item, tight, firm bool) []string {
	if it.Task == NoTask {
		return mdBlocks(it.Blocks, tight, firm)
	}
	box := "[ ]"
	if it.Task == TaskDone {
		box = "[x]"
	}
	if len(it.Blocks) == 0 {
		return []string{box}
	}
	blocks := it.Blocks
	switch first := blocks[0].(type) {
	case *Paragraph, *Picture:
	case *Math:
		return mdTaskMath(box, first, blocks[1:], tight, firm)
	default:
		lines := mdBlocks(blocks, tight, firm)
		if !tight || needsRoom(&Paragraph{}, first) {
			lines = append([]string{""}, lines...)
		}
		return append([]string{box}, lines...)
	}
	lines := mdBlocks(blocks, tight, firm)
	lines[0] = box + " " + lines[0]
	return lines
}

// mdTaskMath writes an item whose box is followed by a formula: it stands in
// the line of the box, and so does the paragraph behind it if nothing parts them.
func mdTaskMath(box string, m *Math, rest []Block, tight, firm bool) []string {
	open, end := `$$`, `$$`
	if closing([]byte(m.TeX), `$$`) >= 0 {
		open, end = `\[`, `\]`
	}
	lines := []string{box + " " + open + oneLine(m.TeX) + end}
	if len(rest) == 0 {
		return lines
	}
	more := mdBlocks(rest, tight, firm)
	if p, ok := rest[0].(*Paragraph); ok && tight && len(p.Inlines) > 0 {
		more[0] = lines[0] + " " + more[0]
		return more
	}
	if !tight || needsRoom(&Paragraph{}, rest[0]) {
		lines = append(lines, "")
	}
	return append(lines, more...)
}

func mdTable(t *Table) []string {
	row := func(cells [][]Inline) string {
		var b strings.Builder
		for i := range t.Align {
			b.WriteString("| ")
			if i < len(cells) {
				b.WriteString(mdInlines(cells[i], mdMode{table: true}))
			}
			b.WriteString(" ")
		}
		return b.String() + "|"
	}
	rule := ""
	for _, a := range t.Align {
		rule += [...]string{AlignNone: "| --- ", AlignLeft: "| :-- ", AlignCenter: "| :-: ", AlignRight: "| --: "}[a]
	}
	out := []string{row(t.Head), rule + "|"}
	for _, r := range t.Rows {
		out = append(out, row(r))
	}
	return out
}
