package lecture

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// readText reads text as a browser copies it: blank lines between blocks,
// bullets, and headings that are merely short lines standing alone.
func readText(text string) (*Page, error) {
	p := &Page{Format: "text"}
	lines := strings.Split(text, "\n")
	var nest depths
	blankBefore := true
	for i := 0; i < len(lines); i++ {
		line := strings.TrimRight(lines[i], " \t\u00a0")
		if strings.TrimSpace(line) == "" {
			blankBefore = true
			continue
		}
		b := Block{Line: i + 1}
		indent, mark, rest, entry := entryOf(line)
		switch {
		case entry:
			b.Kind, b.Mark, b.Level = Entry, mark, nest.of(indent)
			b.Box, b.Text = boxOf(rest)
		default:
			nest.reset()
			first := i
			// Lines of one paragraph that was wrapped by hand belong together.
			for i+1 < len(lines) && joins(lines[i], lines[i+1]) {
				i++
			}
			b.Text = oneLine(strings.TrimSpace(line), lines[first+1:i+1])
			alone := blankBefore && (i+1 >= len(lines) || strings.TrimSpace(lines[i+1]) == "")
			if alone && titleLike(strings.TrimSpace(line)) {
				b.Kind, b.Level = Heading, 2
			}
		}
		if entry {
			first := i
			for i+1 < len(lines) && continues(lines[i+1], indent) {
				i++
			}
			b.Text = oneLine(b.Text, lines[first+1:i+1])
		}
		blankBefore = false
		p.Blocks = append(p.Blocks, b)
	}
	for i := range p.Blocks {
		if b := &p.Blocks[i]; b.Kind == Heading && !furniture(b.Text) {
			p.Title, b.Level = plain(b.Text), 1
			break
		}
	}
	return p, nil
}

// oneLine joins the lines of a block.
func oneLine(first string, rest []string) string {
	var b strings.Builder
	b.WriteString(escape(first))
	for _, line := range rest {
		b.WriteString(" " + escape(strings.TrimSpace(line)))
	}
	return b.String()
}

// escape keeps the signs of plain text from being read as Markdown.
func escape(s string) string {
	if !strings.ContainsAny(s, "*_`[]<>#|~$\\") {
		return s
	}
	return markdownEscaper.Replace(s)
}

var markdownEscaper = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `_`, `\_`, "`", "\\`", `<`, `\<`, `[`, `&#91;`, `]`, `&#93;`, `~`, `\~`, `|`, `\|`)

// joins tells whether a line goes on in the next: a long line without an end.
func joins(line, next string) bool {
	next = strings.TrimSpace(next)
	line = strings.TrimSpace(line)
	if next == "" || len(line) < 60 {
		return false
	}
	if _, _, _, entry := entryOf(next); entry {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(line)
	if strings.ContainsRune(".!?:;", last) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(next)
	return unicode.IsLower(first)
}

// continues tells whether a line belongs to the entry above it: indented
// deeper than the bullet and no entry itself.
func continues(line string, indent int) bool {
	if strings.TrimSpace(line) == "" {
		return false
	}
	if _, _, _, entry := entryOf(line); entry {
		return false
	}
	lead := len(line) - len(strings.TrimLeft(line, " \t"))
	return lead > indent+1
}

// titleLike tells a heading from a sentence: short, begins with a capital or a
// number, ends without a stop.
func titleLike(s string) bool {
	n := utf8.RuneCountInString(s)
	if n > 90 || n < 2 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "[(«\"“"))
	if !unicode.IsUpper(first) && !unicode.IsDigit(first) && !unicode.Is(unicode.Han, first) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	if strings.ContainsRune(".!?;,:", last) {
		return strings.HasSuffix(s, "...") && n < 40
	}
	return len(strings.Fields(s)) <= 14
}
