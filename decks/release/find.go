package release

import (
	"bytes"
	"errors"
	"fmt"

	"lectern/decks"
)

// Find reads some notes of content that Encode wrote, in its order, without reading the
// others.
func Find(content []byte, ids map[string]bool) ([]decks.Note, error) {
	var d decks.Deck
	number := 0
	for line := range bytes.Lines(content) {
		if number++; number == 1 || !ids[idOf(line)] {
			continue
		}
		line = bytes.TrimSuffix(line, []byte{'\n'})
		if kindOf(line) != "note" {
			continue
		}
		if err := readNote(line, &d); err != nil {
			return nil, fmt.Errorf("find notes: line %d: %w", number, err)
		}
		d.Notes[len(d.Notes)-1] = CanonicalNote(d.Notes[len(d.Notes)-1])
	}
	if number == 0 {
		return nil, errors.New("find notes: the content is empty")
	}
	return d.Notes, nil
}

// idOf returns the id of a record: quotes within texts are escaped, so that no text can
// look like a key.
func idOf(line []byte) string {
	const key = `"id":"`
	at := bytes.Index(line, []byte(key))
	if at < 0 {
		return ""
	}
	id := line[at+len(key):]
	end := bytes.IndexByte(id, '"')
	if end < 0 {
		return ""
	}
	return string(id[:end])
}
