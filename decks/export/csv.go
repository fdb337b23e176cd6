package export

import (
	"strings"

	"lectern/decks"
)

// columns are the head of the table.
var columns = []string{"id", "section", "kind", "question", "answer", "hint", "explanation", "source", "tags", "difficulty", "options"}

// CSV writes the deck as a table by RFC 4180: a head, then a row for each note in
// course order. Texts are Markdown. The section is its title; tags are parted by
// commas, with a backslash before one that is part of a tag and before a backslash;
// options stand each on a line of its own behind "[x] ", which is right, or "[ ] ",
// and go on behind two spaces.
//
// A cell that a spreadsheet would take for a formula gets an apostrophe before it,
// and so does one that begins with apostrophes and then like a formula: what takes
// one from such a cell has the text again. With mark the file begins with a
// byte-order mark, by which Excel knows UTF-8.
func CSV(d decks.Deck, mark bool) []byte {
	titles := make(map[string]string, len(d.Sections))
	for _, s := range d.Sections {
		titles[s.ID] = s.Title
	}
	var b strings.Builder
	if mark {
		b.WriteString("\uFEFF")
	}
	row(&b, columns)
	for _, n := range d.Notes {
		row(&b, []string{
			n.ID, titles[n.Section], string(n.Kind), n.Text(decks.Front), n.Text(decks.Back), n.Text(decks.Hint), n.Text(decks.Explanation),
			n.Text(decks.Source), joinTags(n.Tags), string(n.Difficulty), joinOptions(n.Choices),
		})
	}
	return []byte(b.String())
}

func row(b *strings.Builder, cells []string) {
	for i, s := range cells {
		if i > 0 {
			b.WriteByte(',')
		}
		if isFormula(s) {
			s = "'" + s
		}
		if strings.ContainsAny(s, ",\"\r\n") || strings.TrimSpace(s) != s {
			s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
		b.WriteString(s)
	}
	b.WriteString("\r\n")
}

// isFormula tells of a cell that a spreadsheet computes, whatever apostrophes,
// space and line breaks stand before its sign; the wide signs count too.
func isFormula(s string) bool {
	switch bare := strings.TrimLeft(s, "' \t\r\n\u00a0\u3000"); {
	case bare == "":
		return strings.ContainsAny(strings.TrimLeft(s, "'"), "\t\r\n")
	default:
		return strings.ContainsRune("=+-@＝＋－＠", []rune(bare)[0]) || strings.ContainsAny(strings.TrimLeft(s, "'")[:1], "\t\r\n")
	}
}

var tagEscapes = strings.NewReplacer(`\`, `\\`, `,`, `\,`)

func joinTags(tags []string) string {
	out := make([]string, len(tags))
	for i, t := range tags {
		out[i] = tagEscapes.Replace(t)
	}
	return strings.Join(out, ", ")
}

func joinOptions(options []decks.Option) string {
	lines := make([]string, len(options))
	for i, o := range options {
		mark := "[ ] "
		if o.Right {
			mark = "[x] "
		}
		lines[i] = mark + strings.ReplaceAll(o.Text, "\n", "\n  ")
	}
	return strings.Join(lines, "\n")
}
