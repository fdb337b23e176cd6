package release

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"lectern/decks"
)

// Decode reads content that [Encode] wrote. Anything else is refused, with the
// number of the line: more than the limits allow, records or keys it does not
// know, a form that is not canonical, a deck that [Check] would refuse. So
// Decode(content) = d means Encode(d) = content.
func Decode(content []byte) (decks.Deck, error) {
	d, err := decode(content)
	if err != nil {
		return decks.Deck{}, fmt.Errorf("decode content: %w", err)
	}
	return d, nil
}

// maxHeader bounds the first line: the deck with all its sections.
const maxHeader = 16 << 20

type header struct {
	Author   string          `json:"author"`
	Feed     string          `json:"feed"`
	Format   string          `json:"format"`
	ID       string          `json:"id"`
	Kind     string          `json:"kind"`
	Lang     string          `json:"lang"`
	License  string          `json:"license"`
	Sections []headerSection `json:"sections"`
	Title    string          `json:"title"`
}

type headerSection struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Source string `json:"source"`
}

type record struct {
	Choices    []recordOption         `json:"choices"`
	Difficulty decks.Difficulty       `json:"difficulty"`
	Fields     map[decks.Field]string `json:"fields"`
	From       string                 `json:"from"`
	ID         string                 `json:"id"`
	Kind       string                 `json:"kind"`
	Major      int                    `json:"major"`
	Merges     []string               `json:"merges"`
	Section    string                 `json:"section"`
	Tags       []string               `json:"tags"`
	Type       decks.Kind             `json:"type"`
}

type retiredRecord struct {
	ID   string   `json:"id"`
	Into []string `json:"into"`
	Kind string   `json:"kind"`
	Why  string   `json:"why"`
}

type recordOption struct {
	Text  string `json:"text"`
	Right bool   `json:"right"`
}

func decode(content []byte) (decks.Deck, error) {
	var d decks.Deck
	switch {
	case len(content) > MaxContent:
		return d, tooLarge("%d bytes, at most %d", len(content), MaxContent)
	case len(content) == 0:
		return d, errors.New("it is empty")
	case content[len(content)-1] != '\n':
		return d, errors.New("the last line is cut off")
	case bytes.Count(content, []byte{'\n'}) > MaxNotes+1:
		return d, tooLarge("over %d notes", MaxNotes)
	}
	rest := content
	for number := 1; len(rest) > 0; number++ {
		end := bytes.IndexByte(rest, '\n')
		line := rest[:end]
		rest = rest[end+1:]
		var err error
		switch {
		case number == 1:
			err = readHeader(line, &d)
		case isRetired(line):
			err = readRetired(line, &d)
		default:
			err = readNote(line, &d)
		}
		if err != nil {
			return d, fmt.Errorf("line %d: %w", number, err)
		}
	}
	d = Canonical(d)
	again, err := encode(d)
	if err != nil {
		return d, err
	}
	if !bytes.Equal(again, content) {
		return d, fmt.Errorf("line %d: the form is not canonical", firstDifference(again, content))
	}
	return d, nil
}

func readHeader(line []byte, d *decks.Deck) error {
	if len(line) > maxHeader {
		return tooLarge("%d bytes, at most %d", len(line), maxHeader)
	}
	var h header
	if err := read(line, "deck", &h); err != nil {
		return err
	}
	if h.Format != Format {
		return fmt.Errorf("unknown format %.40q, expected %q", h.Format, Format)
	}
	d.ID, d.Title, d.Lang, d.Author, d.License, d.Feed = h.ID, h.Title, h.Lang, h.Author, h.License, h.Feed
	for _, s := range h.Sections {
		d.Sections = append(d.Sections, decks.Section(s))
	}
	return nil
}

func readNote(line []byte, d *decks.Deck) error {
	if len(line) > MaxRecord {
		return tooLarge("%d bytes, at most %d", len(line), MaxRecord)
	}
	var r record
	if err := read(line, "note", &r); err != nil {
		return err
	}
	n := decks.Note{ID: r.ID, Kind: r.Type, Section: r.Section, Fields: r.Fields, Tags: r.Tags, Difficulty: r.Difficulty,
		Major: r.Major, From: r.From, Merges: r.Merges}
	for _, o := range r.Choices {
		n.Choices = append(n.Choices, decks.Option(o))
	}
	d.Notes = append(d.Notes, n)
	return nil
}

// isRetired tells the record of a note that was withdrawn. Most lines are notes, so they
// are not parsed for it.
func isRetired(line []byte) bool {
	return bytes.Contains(line, []byte(`"kind":"retired"`)) && kindOf(line) == "retired"
}

func readRetired(line []byte, d *decks.Deck) error {
	if len(line) > MaxRecord {
		return tooLarge("%d bytes, at most %d", len(line), MaxRecord)
	}
	var r retiredRecord
	if err := read(line, "retired", &r); err != nil {
		return err
	}
	d.Retired = append(d.Retired, decks.Retired{ID: r.ID, Into: r.Into, Why: r.Why})
	return nil
}

func (h *header) kind() string        { return h.Kind }
func (r *record) kind() string        { return r.Kind }
func (r *retiredRecord) kind() string { return r.Kind }

// read parses one record of the kind wanted into v.
func read(line []byte, want string, v interface{ kind() string }) error {
	err := ReadStrict(line, v)
	switch {
	case errors.Is(err, errFollows):
		return fmt.Errorf("read %s: %w", want, err)
	case err != nil || v.kind() != want:
		return misread(line, want, err)
	}
	return nil
}

var errFollows = errors.New("something follows the record")

// ReadStrict parses one JSON value, with nothing behind it and no keys that v does not
// know: what is signed or hashed says nothing that its reader does not see.
func ReadStrict(b []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return err
	}
	if _, err := dec.Token(); err != io.EOF {
		return errFollows
	}
	return nil
}

// misread says why a line is not a record of the kind wanted. A kind that is not
// known is named before a key that is not, since a newer kind brings newer keys.
func misread(line []byte, want string, cause error) error {
	var k struct {
		Kind string `json:"kind"`
	}
	if err := json.Unmarshal(line, &k); err != nil {
		return fmt.Errorf("not a record: %w", err)
	}
	if k.Kind != want {
		return fmt.Errorf("record of kind %.40q where a %s is expected", k.Kind, want)
	}
	return fmt.Errorf("read %s: %w", want, cause)
}

// firstDifference returns the number of the first line in which a and b differ.
func firstDifference(a, b []byte) int {
	n := min(len(a), len(b))
	i := 0
	for i < n && a[i] == b[i] {
		i++
	}
	return 1 + bytes.Count(a[:i], []byte{'\n'})
}
