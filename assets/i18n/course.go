package i18n

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks"
	"lectern/decks/changes"
	"lectern/decks/content"
	"lectern/decks/merge"
	"lectern/decks/release"
)

// Changes says in one line what differs between a course and its last release: "12 new
// cards, 3 answers corrected, 1 card retired".
func (p *Printer) Changes(c changes.Changes) string {
	if c.First {
		return p.N("course.first", c.Cards)
	}
	var parts []string
	for _, x := range []struct {
		key string
		n   int
	}{
		{"course.new", c.New}, {"course.answers", c.Answers}, {"course.questions", c.Questions}, {"course.other", c.Other},
		{"course.split", c.Split}, {"course.joined", c.Joined}, {"course.moved", c.Moved}, {"course.returned", c.Returned}, {"course.retired", c.Retired},
	} {
		if x.n > 0 {
			parts = append(parts, p.N(x.key, x.n))
		}
	}
	switch {
	case len(parts) > 0:
		return strings.Join(parts, ", ")
	case len(c.About) > 0:
		return p.T("course.about")
	}
	return p.T("course.same")
}

// Bounds of release notes: a list names so many cards, each in so many letters, and all
// of them take so many bytes.
const (
	mostListed   = 12
	mostQuestion = 110
	mostNotes    = release.MaxReleaseNotes - 1000
)

// ReleaseNotes tells students what is new in a release, as Markdown: a line that counts,
// then the questions that it touches.
func (p *Printer) ReleaseNotes(c changes.Changes) string {
	var b strings.Builder
	b.WriteString(Capital(p.Changes(c)) + ".\n")
	if c.First {
		return strings.TrimSpace(b.String())
	}
	for _, list := range []struct {
		key  string
		take func(changes.Change) bool
	}{
		{"course.list_substance", func(x changes.Change) bool { return x.Weight == changes.Substance }},
		{"course.list_answers", func(x changes.Change) bool { return x.Answer && x.Weight != changes.Substance }},
		{"course.list_new", func(x changes.Change) bool {
			return x.Kind == merge.RowNew || x.Kind == merge.RowSplit || x.Kind == merge.RowJoined || x.Kind == merge.RowReturned
		}},
		{"course.list_retired", func(x changes.Change) bool { return x.Kind == merge.RowRetired }},
	} {
		p.list(&b, list.key, c.List, list.take)
	}
	return release.Text(b.String())
}

// Capital begins a sentence.
func Capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

func (p *Printer) list(b *strings.Builder, key string, all []changes.Change, take func(changes.Change) bool) {
	listed, more := 0, 0
	for _, x := range all {
		if !take(x) {
			continue
		}
		if listed+more == 0 {
			b.WriteString("\n**" + p.T(key) + "**\n\n")
		}
		if listed == mostListed || more > 0 {
			more++
			continue
		}
		note := x.New
		if x.Kind == merge.RowRetired {
			note = x.Old
		}
		line := markdownLine(Question(note, mostQuestion))
		if x.Kind == merge.RowRetired && x.Row.Why != "" {
			line += " — " + markdownLine(content.Line(content.Parse(x.Row.Why), mostQuestion))
		}
		if b.Len()+len(line) > mostNotes {
			more++
			continue
		}
		b.WriteString("- " + line + "\n")
		listed++
	}
	if more > 0 {
		b.WriteString("- " + p.N("course.list_more", more) + "\n")
	}
}

// Question is what a card asks, as one plain line of at most so many letters; 0 for no
// limit. The gaps of a cloze are open.
func Question(n decks.Note, limit int) string {
	text := n.Text(decks.Front)
	if n.Kind == decks.Cloze {
		text = content.FillGaps(text, "", true)
	}
	return content.Line(content.Parse(text), limit)
}

// markdownLine writes a plain line so that it reads the same in Markdown.
func markdownLine(text string) string {
	paragraph := &content.Paragraph{Inlines: []content.Inline{content.Text(text)}}
	return release.Line(content.Markdown(content.Document{Blocks: []content.Block{paragraph}}))
}

// Asked says why an author is asked whether a card changed in substance.
func (p *Printer) Asked(r changes.Reason) string { return p.T("course.why_" + string(r)) }
