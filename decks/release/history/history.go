// Package history writes and reads what somebody did with a deck that he shares with its
// answers: a part of a package that its statement names by hash and size.
//
// It is lines of JSON. The first names the deck; every other one is a row of a card's log,
// those of a card in the order in which they count:
//
//	{"deck":"dk4m9x7c2k","format":"lectern-history/1"}
//	{"id":"5f0c…","card":"7f3k2m9qa1/f","kind":"answer","at":1798701296123,"zone":180,"grade":3,"took":5210,"phase":2,"days":4}
//
// Rows carry the names they had, so that one that is read twice is one row.
package history

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"lectern/decks"
	"lectern/decks/release"
)

// Format is the name of the form in the first line.
const Format = "lectern-history/1"

// MaxRows bounds the rows of a history.
const MaxRows = 2_000_000

// Kind says what a row does to a card.
type Kind string

// The kinds.
const (
	Answer Kind = "answer"
	Move   Kind = "move"  // it comes back another day
	Reset  Kind = "reset" // it is new again
)

// Row is a row of a card's log. What is zero is not written.
type Row struct {
	ID    string       `json:"id"` // 32 hexadecimal digits
	Card  decks.CardID `json:"card"`
	Kind  Kind         `json:"kind"`
	At    int64        `json:"at"`              // Unix time, ms
	Zone  int          `json:"zone,omitempty"`  // minutes east of UTC
	Grade int          `json:"grade,omitempty"` // of an answer: 1 to 4
	Took  int64        `json:"took,omitempty"`  // ms
	// What was promised: the phase, 0 for nothing, and how long the card waits.
	Phase int   `json:"phase,omitempty"`
	Step  int   `json:"step,omitempty"`
	Wait  int64 `json:"wait,omitempty"` // ms, within a day
	Days  int   `json:"days,omitempty"` // study days
	// Of a move that an author's release made.
	Why  string  `json:"why,omitempty"`
	S    float64 `json:"s,omitempty"`
	D    float64 `json:"d,omitempty"`
	Fast float64 `json:"fast,omitempty"`
	Ago  int     `json:"ago,omitempty"`
}

type head struct {
	Deck   string `json:"deck"`
	Format string `json:"format"`
}

// Encode writes a history. One that Decode would refuse is an error.
func Encode(deck string, rows []Row) ([]byte, error) {
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	if err := w.Encode(head{deck, Format}); err != nil {
		return nil, fmt.Errorf("write a history: %w", err)
	}
	for i := range rows {
		if err := rows[i].check(); err != nil {
			return nil, fmt.Errorf("write a history: row %d: %w", i+1, err)
		}
		if err := w.Encode(&rows[i]); err != nil {
			return nil, fmt.Errorf("write a history: row %d: %w", i+1, err)
		}
	}
	return b.Bytes(), nil
}

// maxLine bounds a row in bytes.
const maxLine = 2 << 10

// Decode reads what Encode wrote.
func Decode(b []byte) (deck string, rows []Row, err error) {
	deck, rows, err = decode(b)
	if err != nil {
		return "", nil, fmt.Errorf("read a history: %w", err)
	}
	return deck, rows, nil
}

func decode(b []byte) (string, []Row, error) {
	switch {
	case len(b) == 0 || b[len(b)-1] != '\n':
		return "", nil, errors.New("it is cut off")
	case bytes.Count(b, []byte{'\n'}) > MaxRows+1:
		return "", nil, fmt.Errorf("over %d rows", MaxRows)
	}
	var h head
	var rows []Row
	seen := map[string]bool{}
	number := 0
	for line := range bytes.Lines(b) {
		if number++; len(line) > maxLine {
			return "", nil, fmt.Errorf("line %d has %d bytes, at most %d", number, len(line), maxLine)
		}
		if number == 1 {
			if err := release.ReadStrict(line, &h); err != nil {
				return "", nil, fmt.Errorf("line 1: %w", err)
			}
			if h.Format != Format || !release.ValidID(h.Deck) {
				return "", nil, fmt.Errorf("line 1: format %.40q of deck %.80q", h.Format, h.Deck)
			}
			continue
		}
		var r Row
		err := release.ReadStrict(line, &r)
		if err == nil {
			err = r.check()
		}
		if err == nil && seen[r.ID] {
			err = errors.New("its name stands there twice")
		}
		if err != nil {
			return "", nil, fmt.Errorf("line %d: %w", number, err)
		}
		seen[r.ID] = true
		rows = append(rows, r)
	}
	return h.Deck, rows, nil
}

// Bounds of what a row says, wide enough for what a program writes.
const (
	earliest  = 0                  // 1970
	latest    = 32_503_680_000_000 // the year 3000
	longest   = 10 * 365 * 24 * 3600 * 1000
	farthest  = 1_000_000
	maxSteps  = 100
	strongest = 1e6
)

func (r *Row) check() error {
	id, err := hex.DecodeString(r.ID)
	note, _, cerr := r.Card.Split()
	switch {
	case err != nil || len(id) != 16 || hex.EncodeToString(id) != r.ID:
		return fmt.Errorf("%.40q is not the name of a row", r.ID)
	case cerr != nil || !release.ValidID(note) || len(r.Card) > 2*release.MaxID:
		return fmt.Errorf("%.80q is not a card", string(r.Card))
	case r.At < earliest || r.At > latest || r.Zone < -18*60 || r.Zone > 18*60:
		return errors.New("its time is not one")
	case r.Phase < 0 || r.Phase > 3 || r.Step < 0 || r.Step > maxSteps || r.Wait < 0 || r.Wait > longest || r.Days < 0 || r.Days > farthest || r.Took < 0 || r.Took > longest:
		return errors.New("what was promised is out of range")
	}
	memory := r.S != 0 || r.D != 0 || r.Fast != 0 || r.Ago != 0
	switch r.Kind {
	case Answer:
		if r.Grade < 1 || r.Grade > 4 || r.Why != "" || memory {
			return errors.New("it is not an answer")
		}
		return nil
	case Move:
		if r.Grade != 0 || len(r.Why) > 20 || memory && !(r.S > 0 && r.S <= strongest && r.D >= 1 && r.D <= 10 && r.Fast >= 0 && r.Fast <= strongest && r.Ago >= 0 && r.Ago <= farthest) {
			return errors.New("it is not a move")
		}
		return nil
	case Reset:
		if r.Grade != 0 || r.Why != "" || memory {
			return errors.New("it is not a reset")
		}
		return nil
	}
	return fmt.Errorf("a row of kind %.20q", string(r.Kind))
}
