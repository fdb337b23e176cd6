package release

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lectern/decks"
)

// Text returns the one form in which a text is kept: valid UTF-8 in NFC, LF
// ends of line, no control characters but tab and newline, no blank lines
// before the first line and no space after the last. Leading space of the first
// line stays, since it means code in Markdown. Text(Text(s)) = Text(s).
func Text(s string) string {
	s = strings.TrimRight(Clean(s), " \t\n")
	for {
		line, rest, found := strings.Cut(s, "\n")
		if !found || strings.Trim(line, " \t") != "" {
			return s
		}
		s = rest
	}
}

// Clean is Text for a part of a text: its signs are those that Text keeps, its
// space stays.
func Clean(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	if strings.ContainsRune(s, '\r') {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	if strings.ContainsFunc(s, func(r rune) bool { return dropControl(r) < 0 }) {
		s = strings.Map(dropControl, s)
	}
	return nfc(s)
}

// Line is Text for a title, a tag or a name: one line, single spaces.
func Line(s string) string { return strings.Join(strings.Fields(Text(s)), " ") }

func dropControl(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case r < 0x20 || r == 0x7f || r == '\uFEFF':
		return -1
	}
	return r
}

// nfc repeats the normalisation until it changes nothing: x/text breaks runs of
// more than thirty combining marks, and a broken run can be ordered once more.
func nfc(s string) string {
	if plain(s) {
		return s
	}
	for range 8 {
		if norm.NFC.IsNormalString(s) {
			break
		}
		t := norm.NFC.String(s)
		if t == s {
			break
		}
		s = t
	}
	return s
}

// plain reports whether a text has only signs that every normal form leaves alone, which
// is quicker to see than its being normal: Latin, Cyrillic without combining marks, dashes
// and quotation marks.
func plain(s string) bool {
	for _, r := range s {
		if !plainRune(r) {
			return false
		}
	}
	return true
}

func plainRune(r rune) bool {
	return r < 0x300 || r >= 0x400 && r <= 0x482 || r >= 0x48a && r <= 0x52f || r >= 0x2010 && r <= 0x2027
}

// Canonical returns the deck as Encode writes it and Decode reads it: texts as
// [Text], titles and tags as [Line], tags sorted without repeats, empty fields
// absent, notes grouped by section in the order of Sections (notes without a
// section first). The deck given is not changed.
func Canonical(d decks.Deck) decks.Deck {
	c := decks.Deck{ID: d.ID, Title: Line(d.Title), Lang: d.Lang, Author: Line(d.Author), License: Line(d.License), Feed: d.Feed}
	for _, s := range d.Sections {
		c.Sections = append(c.Sections, decks.Section{ID: s.ID, Title: Line(s.Title), Source: Text(s.Source)})
	}
	for _, n := range d.Notes {
		c.Notes = append(c.Notes, CanonicalNote(n))
	}
	for _, r := range d.Retired {
		c.Retired = append(c.Retired, decks.Retired{ID: r.ID, Into: ids(r.Into), Why: Line(r.Why)})
	}
	slices.SortStableFunc(c.Retired, func(a, b decks.Retired) int { return strings.Compare(a.ID, b.ID) })
	group(c)
	return c
}

// ids returns a set of ids, sorted; nil when there is none.
func ids(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	out := slices.Clone(list)
	slices.Sort(out)
	return slices.Compact(out)
}

// group sorts the notes of a deck by section; those of one keep their order.
func group(d decks.Deck) {
	place := make(map[string]int, len(d.Sections))
	for i, s := range d.Sections {
		if _, dup := place[s.ID]; !dup {
			place[s.ID] = i + 1
		}
	}
	slices.SortStableFunc(d.Notes, func(a, b decks.Note) int { return place[a.Section] - place[b.Section] })
}

// CanonicalNote is [Canonical] for one note.
func CanonicalNote(n decks.Note) decks.Note {
	c := decks.Note{ID: n.ID, Kind: n.Kind, Section: n.Section, Difficulty: n.Difficulty, Tags: Tags(n.Tags),
		Major: n.Major, From: n.From, Merges: ids(n.Merges)}
	for f, v := range n.Fields {
		if v = Text(v); v != "" {
			if c.Fields == nil {
				c.Fields = make(map[decks.Field]string, len(n.Fields))
			}
			c.Fields[f] = v
		}
	}
	for _, o := range n.Choices {
		c.Choices = append(c.Choices, decks.Option{Text: Text(o.Text), Right: o.Right})
	}
	return c
}

// Tags returns the set of tags, each as [Line], sorted, without empty ones;
// nil when there is none.
func Tags(tags []string) []string {
	var out []string
	for _, t := range tags {
		if t = Line(t); t != "" {
			out = append(out, t)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
