package release

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"lectern/decks"
)

// What a release may hold. Encode and Decode refuse more, so that no file can
// take more memory or time than a large course needs.
const (
	MaxContent  = 64 << 20  // bytes of a content
	MaxNotes    = 200_000   // notes of a deck
	MaxSections = 20_000    // sections of a deck
	MaxText     = 256 << 10 // bytes of one text: a field, an option, a title
	MaxRecord   = 1 << 20   // bytes of a note's line
	MaxItems    = 256       // tags of a note; options of a note
	MaxID       = 64        // bytes of an id
)

// Problem is a reason why a deck cannot be released. It is an error.
type Problem struct {
	Code string // stable name: "bad_id", "duplicate_id", "unknown_section", …
	Note string // the note's id, "" when the deck itself is meant
	What string // in words
}

// Error puts the problem in words.
func (p Problem) Error() string {
	if p.Note == "" {
		return p.What
	}
	return fmt.Sprintf("note %q: %s", p.Note, p.What)
}

// ValidID reports whether s can be an id of a deck, a section or a note: 1 to
// [MaxID] of the ASCII signs a-z, 0-9, "_" and "-", beginning with a letter or a
// digit. Letters that only look Latin are not ids.
func ValidID(s string) bool {
	if s == "" || len(s) > MaxID || s[0] == '_' || s[0] == '-' {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' && c != '-' {
			return false
		}
	}
	return true
}

// Check says what keeps a deck from being released; nil when nothing does.
func Check(d decks.Deck) []Problem {
	var c checker
	c.deck(Canonical(d))
	return c.found
}

// checker collects problems of a canonical deck.
type checker struct {
	note  string
	found []Problem
}

func (c *checker) add(code, format string, args ...any) {
	c.found = append(c.found, Problem{Code: code, Note: c.note, What: fmt.Sprintf(format, args...)})
}

func (c *checker) deck(d decks.Deck) {
	if !ValidID(d.ID) {
		c.add("bad_id", "the deck's id %q is not an id", d.ID)
	}
	if d.Title == "" {
		c.add("empty_title", "the deck has no title")
	}
	if !validLang(d.Lang) {
		c.add("bad_lang", "%q is not a language code", d.Lang)
	}
	c.text("title", d.Title)
	if len(d.Sections) > MaxSections {
		c.add("too_large", "%d sections, at most %d", len(d.Sections), MaxSections)
	}
	c.text("author", d.Author)
	c.text("license", d.License)
	if d.Feed != "" && !validFeed(d.Feed) {
		c.add("bad_feed", "%.200q is not an address of a feed", d.Feed)
	}
	if len(d.Notes)+len(d.Retired) > MaxNotes {
		c.add("too_large", "%d notes, at most %d", len(d.Notes)+len(d.Retired), MaxNotes)
	}
	sections := map[string]bool{"": true}
	for _, s := range d.Sections {
		switch {
		case !ValidID(s.ID):
			c.add("bad_id", "section %q: its id %q is not an id", s.Title, s.ID)
		case sections[s.ID]:
			c.add("duplicate_id", "two sections have the id %q", s.ID)
		}
		sections[s.ID] = true
		if s.Title == "" {
			c.add("empty_title", "section %q has no title", s.ID)
		}
		c.text("section title", s.Title)
		c.text("section source", s.Source)
	}
	ids := make(map[string]bool, len(d.Notes))
	for _, n := range d.Notes {
		c.note = n.ID
		switch {
		case !ValidID(n.ID):
			c.add("bad_id", "%q is not an id", n.ID)
		case ids[n.ID]:
			c.add("duplicate_id", "another note has the same id")
		}
		ids[n.ID] = true
		if !sections[n.Section] {
			c.add("unknown_section", "the deck has no section %q", n.Section)
		}
		c.body(n)
	}
	c.note = ""
	for _, r := range d.Retired {
		c.note = r.ID
		switch {
		case !ValidID(r.ID):
			c.add("bad_id", "%q is not an id", r.ID)
		case ids[r.ID]:
			c.add("duplicate_id", "the retired note is in the deck, or retired twice")
		}
		ids[r.ID] = true
		c.lineage("into", r.ID, r.Into)
		c.text("reason", r.Why)
	}
	c.note = ""
}

// lineage checks the ids of other notes that a note names.
func (c *checker) lineage(what, id string, others []string) {
	if len(others) > MaxItems {
		c.add("too_large", "%d notes in %s, at most %d", len(others), what, MaxItems)
	}
	for _, o := range others {
		if !ValidID(o) || o == id {
			c.add("bad_lineage", "%s names %.80q", what, o)
		}
	}
}

func (c *checker) body(n decks.Note) {
	switch n.Kind {
	case decks.Question, decks.Exercise, decks.Cloze, decks.Choice:
	default:
		c.add("unknown_kind", "unknown kind of note %q", n.Kind)
	}
	switch n.Difficulty {
	case "", decks.Easy, decks.Medium, decks.Hard:
	default:
		c.add("unknown_difficulty", "unknown difficulty %q", n.Difficulty)
	}
	for f, v := range n.Fields {
		if !knownField(f) {
			c.add("unknown_field", "unknown field %q", f)
		}
		c.text(string(f), v)
	}
	if n.Fields[decks.Front] == "" {
		c.add("empty_question", "the question is empty")
	}
	if n.Kind != decks.Choice && len(n.Choices) > 0 {
		c.add("stray_options", "options belong to a choice note, this is a %s", n.Kind)
	}
	if n.Kind == decks.Choice && len(n.Choices) == 0 {
		c.add("no_options", "a choice note needs options")
	}
	if n.Major < 0 || n.Major > maxMajor {
		c.add("bad_lineage", "%d changes in substance", n.Major)
	}
	if n.From != "" {
		c.lineage("from", n.ID, []string{n.From})
	}
	c.lineage("merges", n.ID, n.Merges)
	for _, o := range n.Choices {
		if o.Text == "" {
			c.add("empty_option", "an option is empty")
		}
		c.text("option", o.Text)
	}
	for _, t := range n.Tags {
		c.text("tag", t)
	}
	if len(n.Tags) > MaxItems {
		c.add("too_large", "%d tags, at most %d", len(n.Tags), MaxItems)
	}
	if len(n.Choices) > MaxItems {
		c.add("too_large", "%d options, at most %d", len(n.Choices), MaxItems)
	}
}

func (c *checker) text(name, s string) {
	if len(s) > MaxText {
		c.add("too_large", "the %s has %d bytes, at most %d", name, len(s), MaxText)
	}
	if !utf8.ValidString(s) {
		c.add("bad_text", "the %s is not UTF-8", name)
	}
}

func knownField(f decks.Field) bool {
	for _, k := range decks.Fields {
		if f == k {
			return true
		}
	}
	return false
}

const maxMajor = 1_000_000

// validFeed accepts an address that can be polled.
func validFeed(s string) bool {
	u, err := url.Parse(s)
	return err == nil && len(s) <= 2000 && (u.Scheme == "https" || u.Scheme == "http" || u.Scheme == "file") && u.User == nil && u.String() == s
}

// validLang accepts the shape of BCP 47: subtags of letters and digits.
func validLang(s string) bool {
	if s == "" {
		return true
	}
	if len(s) > 35 {
		return false
	}
	for _, part := range strings.Split(s, "-") {
		if part == "" || len(part) > 8 {
			return false
		}
		for i := range len(part) {
			c := part[i] | 0x20
			if (c < 'a' || c > 'z') && (part[i] < '0' || part[i] > '9') {
				return false
			}
		}
	}
	return true
}
