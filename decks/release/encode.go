package release

import (
	"errors"
	"fmt"
	"slices"

	"lectern/decks"
	"lectern/decks/fault"
)

// Format is the name of the form of content in its first line.
const Format = "lectern-content/1"

// Encode writes the canonical content of a deck. It is an error, naming the
// problems, when [Check] finds any.
func Encode(d decks.Deck) ([]byte, error) { return encode(Canonical(d)) }

func encode(d decks.Deck) ([]byte, error) {
	var c checker
	if c.deck(d); len(c.found) > 0 {
		return nil, fmt.Errorf("encode deck %q: %w", d.ID, problems(c.found))
	}
	var w writer
	w.deck(d)
	if len(w.b) > maxHeader {
		return nil, tooLarge("encode deck %q: sections over %d bytes", d.ID, maxHeader)
	}
	size := func(start int, id string) error {
		if n := len(w.b) - start; n > MaxRecord {
			return tooLarge("encode deck %q: %w", d.ID, Problem{"too_large", id,
				fmt.Sprintf("the note has %d bytes, at most %d", n, MaxRecord)})
		}
		if len(w.b) > MaxContent {
			return tooLarge("encode deck %q: content over %d bytes", d.ID, MaxContent)
		}
		return nil
	}
	for _, n := range d.Notes {
		start := len(w.b)
		w.note(n)
		if err := size(start, n.ID); err != nil {
			return nil, err
		}
	}
	for _, r := range d.Retired {
		start := len(w.b)
		w.retired(r)
		if err := size(start, r.ID); err != nil {
			return nil, err
		}
	}
	return w.b, nil
}

// problems joins the first few problems into one error, the fault DeckTooLarge
// when one of them is that.
func problems(found []Problem) error {
	const most = 5
	var errs []error
	for i, p := range found {
		if i == most {
			errs = append(errs, fmt.Errorf("and %d more", len(found)-most))
			break
		}
		errs = append(errs, p)
	}
	err := errors.Join(errs...)
	if slices.ContainsFunc(found, func(p Problem) bool { return p.Code == "too_large" }) {
		return tooLarge("%w", err)
	}
	return err
}

func tooLarge(format string, args ...any) error {
	return fault.New(fault.DeckTooLarge, fmt.Errorf(format, args...), "cards", MaxNotes, "limit", MaxText)
}

// writer appends canonical JSON.
type writer struct {
	b    []byte
	more bool // a comma is due before the next member of the object
}

func (w *writer) deck(d decks.Deck) {
	w.open()
	w.key("author", d.Author)
	w.key("feed", d.Feed)
	w.key("format", Format)
	w.key("id", d.ID)
	w.key("kind", "deck")
	w.key("lang", d.Lang)
	w.key("license", d.License)
	if len(d.Sections) > 0 {
		w.name("sections")
		w.b = append(w.b, '[')
		for i, s := range d.Sections {
			if i > 0 {
				w.b = append(w.b, ',')
			}
			w.open()
			w.key("id", s.ID)
			w.key("source", s.Source)
			w.key("title", s.Title)
			w.close()
		}
		w.b = append(w.b, ']')
	}
	w.key("title", d.Title)
	w.close()
	w.b = append(w.b, '\n')
}

func (w *writer) note(n decks.Note) {
	w.open()
	if len(n.Choices) > 0 {
		w.name("choices")
		w.b = append(w.b, '[')
		for i, o := range n.Choices {
			if i > 0 {
				w.b = append(w.b, ',')
			}
			w.open()
			if o.Right {
				w.name("right")
				w.b = append(w.b, "true"...)
			}
			w.key("text", o.Text)
			w.close()
		}
		w.b = append(w.b, ']')
	}
	w.key("difficulty", string(n.Difficulty))
	w.name("fields")
	w.open()
	names := make([]string, 0, len(n.Fields))
	for f := range n.Fields {
		names = append(names, string(f))
	}
	slices.Sort(names)
	for _, f := range names {
		w.key(f, n.Fields[decks.Field(f)])
	}
	w.close()
	w.key("from", n.From)
	w.key("id", n.ID)
	w.key("kind", "note")
	if n.Major != 0 {
		w.number("major", int64(n.Major))
	}
	w.list("merges", n.Merges)
	w.key("section", n.Section)
	w.list("tags", n.Tags)
	w.key("type", string(n.Kind))
	w.close()
	w.b = append(w.b, '\n')
}

func (w *writer) retired(r decks.Retired) {
	w.open()
	w.key("id", r.ID)
	w.list("into", r.Into)
	w.key("kind", "retired")
	w.key("why", r.Why)
	w.close()
	w.b = append(w.b, '\n')
}

// list writes a member that is a list of strings, or nothing when it is empty.
func (w *writer) list(name string, list []string) {
	if len(list) == 0 {
		return
	}
	w.name(name)
	w.b = append(w.b, '[')
	for i, s := range list {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		w.b = appendString(w.b, s)
	}
	w.b = append(w.b, ']')
}

func (w *writer) open()  { w.b, w.more = append(w.b, '{'), false }
func (w *writer) close() { w.b, w.more = append(w.b, '}'), true }

func (w *writer) name(s string) {
	if w.more {
		w.b = append(w.b, ',')
	}
	w.b = append(appendString(w.b, s), ':')
	w.more = true
}

// key writes a member, or nothing when its value is empty.
func (w *writer) key(name, value string) {
	if value != "" {
		w.name(name)
		w.b = appendString(w.b, value)
	}
}

// appendString writes a JSON string as RFC 8785 §3.2.2.2 does. The standard
// library is not used: it escapes U+2028 and may change what else it escapes.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	plain := 0 // where the text not yet written begins
	for i := range len(s) {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[plain:i]...)
		plain = i + 1
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		case '\t':
			b = append(b, '\\', 't')
		default: // no other control character outlives Text
			b = append(b, '\\', 'u', '0', '0', '0'+c>>4, "0123456789abcdef"[c&15])
		}
	}
	b = append(b, s[plain:]...)
	return append(b, '"')
}
