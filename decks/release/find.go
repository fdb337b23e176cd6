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

// IDs adds the ids of the notes in content that Encode wrote.
func IDs(content []byte, ids map[string]bool) {
	first := true
	for line := range bytes.Lines(content) {
		if !first && !isRetired(line) {
			ids[idOf(line)] = true
		}
		first = false
	}
}

// DecodeLike reads content that Encode wrote, as one who has checked that before: it takes
// the notes that it shares with a deck at hand from there, and reads only the others.
func DecodeLike(content []byte, like decks.Deck) (decks.Deck, error) {
	at := make(map[string]int, len(like.Notes))
	for i := range like.Notes {
		at[like.Notes[i].ID] = i
	}
	var d decks.Deck
	var w writer
	number := 0
	for line := range bytes.Lines(content) {
		number++
		body := bytes.TrimSuffix(line, []byte{'\n'})
		var err error
		switch id := idOf(line); {
		case number == 1:
			err = readHeader(body, &d)
		case isRetired(body):
			err = readRetired(body, &d)
		default:
			if i, ok := at[id]; ok {
				w.b, w.more = w.b[:0], false
				if w.note(like.Notes[i]); bytes.Equal(w.b, line) {
					d.Notes = append(d.Notes, like.Notes[i])
					continue
				}
			}
			if err = readNote(body, &d); err == nil {
				d.Notes[len(d.Notes)-1] = CanonicalNote(d.Notes[len(d.Notes)-1])
			}
		}
		if err != nil {
			return decks.Deck{}, fmt.Errorf("decode content: line %d: %w", number, err)
		}
	}
	if number == 0 {
		return decks.Deck{}, errors.New("decode content: it is empty")
	}
	return d, nil
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
