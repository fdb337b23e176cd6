package source

import (
	"strconv"
	"strings"

	"lectern/decks"
	"lectern/decks/release"
)

// Write returns the deck as a course in one file, with its ids, keywords in the
// deck's language. Parse(Write(d)) = d for every canonical deck that a course
// can hold: nothing in it is retired, a cloze has its gaps, a choice two options and a right one, code ends
// where it should, and the source of a section is one paragraph. (A block of
// code without an end gets one, and blank lines leave a section's source.)
func Write(d decks.Deck) []byte { return write(d, "") }

// write is Write with the public key of the author in the head.
func write(d decks.Deck, key string) []byte {
	d = release.Canonical(d)
	w := writer{names: namesFor(d.Lang)}
	w.b.WriteString("---\nlectern: 1\n")
	w.b.WriteString(headLine("deck", d.ID))
	w.b.WriteString(headLine("title", d.Title))
	for _, h := range [][2]string{{"lang", d.Lang}, {"author", d.Author}, {"license", d.License}, {"feed", d.Feed}, {"key", key}} {
		if h[1] != "" {
			w.b.WriteString(headLine(h[0], h[1]))
		}
	}
	w.b.WriteString("---\n")
	at := 0
	for ; at < len(d.Notes) && d.Notes[at].Section == ""; at++ {
		w.note(d.Notes[at])
	}
	for _, s := range d.Sections {
		w.section(s)
		for ; at < len(d.Notes) && d.Notes[at].Section == s.ID; at++ {
			w.note(d.Notes[at])
		}
	}
	return []byte(w.b.String())
}

type writer struct {
	names
	b strings.Builder
}

func (w *writer) line(parts ...string) {
	for _, s := range parts {
		w.b.WriteString(s)
	}
	w.b.WriteByte('\n')
}

func (w *writer) section(s decks.Section) {
	w.line()
	w.line(headingLine(s.Title))
	w.line("<!-- section: ", s.ID, " -->")
	if s.Source != "" {
		w.paragraph(w.fields[decks.Source], s.Source)
	}
}

// paragraph writes a text that ends at a blank line.
func (w *writer) paragraph(word, text string) {
	var lines []string
	for _, s := range strings.Split(text, "\n") {
		if !blank(s) {
			lines = append(lines, s)
		}
	}
	for i, s := range lines {
		switch {
		case i > 0:
			s = escape(s, false)
		case inlineStart(s):
			s = word + ": " + s
		default:
			w.line(word, ":")
			s = escape(s, false)
		}
		w.line(s)
	}
}

func (w *writer) note(n decks.Note) {
	w.line()
	w.text(w.kinds[n.Kind], n.Text(decks.Front), n.Kind == decks.Choice)
	for _, o := range n.Choices {
		w.option(o)
	}
	for _, f := range decks.Fields[1:] {
		if v := n.Text(f); v != "" {
			w.text(w.fields[f], v, false)
		}
	}
	if len(n.Tags) > 0 {
		w.line(w.tags, ": ", joinTags(n.Tags))
	}
	if n.Difficulty != "" {
		w.line(w.difficulty, ": ", w.difficulties[n.Difficulty])
	}
	w.line(idLine(n, false))
}

// idLine is the comment that ends a card.
func idLine(n decks.Note, keep bool) string {
	words := []string{"<!-- ^" + n.ID}
	if n.Major > 0 {
		words = append(words, "major="+strconv.Itoa(n.Major))
	}
	if n.From != "" {
		words = append(words, "from="+n.From)
	}
	if len(n.Merges) > 0 {
		words = append(words, "merges="+strings.Join(n.Merges, ","))
	}
	if keep {
		words = append(words, "keep")
	}
	return strings.Join(append(words, "-->"), " ")
}

// text writes a keyword with its text. What Markdown reads at the start of a line
// only, such as a list or code, begins on the line after.
func (w *writer) text(word, text string, inChoice bool) {
	var code fence
	for i, s := range strings.Split(text, "\n") {
		isCode := code.read(s, 0)
		if i == 0 && inlineStart(s) {
			w.line(word, ": ", s)
			continue
		}
		if i == 0 {
			w.line(word, ":")
		}
		if !isCode && !blank(s) {
			s = escape(s, inChoice)
		}
		w.line(s)
	}
	if code.mark != "" {
		w.line(code.mark)
	}
}

// inlineStart reports whether a text may begin on the line of its keyword.
func inlineStart(s string) bool {
	if s == "" || strings.ContainsAny(s[:1], " \t#>|-*+`~<$!") {
		return false
	}
	digits := strings.TrimLeft(s, "0123456789")
	return digits == s || digits == "" || digits[0] != '.' && digits[0] != ')'
}

func (w *writer) option(o decks.Option) {
	mark := "- [ ]"
	if o.Right {
		mark = "- [x]"
	}
	for i, s := range strings.Split(o.Text, "\n") {
		switch {
		case i == 0 && s != "" && s[0] != ' ' && s[0] != '\t':
			w.line(mark, " ", s)
			continue
		case i == 0:
			w.line(mark)
		}
		if s != "" {
			s = "  " + s
		}
		w.line(s)
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
