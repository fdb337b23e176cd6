package decks

import (
	"crypto/rand"
	"encoding/hex"
)

// idAlphabet has 32 signs that are hard to confuse when read aloud or typed.
const idAlphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// NewID returns a random id of 10 characters for a note, a deck or a section:
// 50 bits, so that a million ids collide with a chance below one in two
// thousand, and an install checks for that.
func NewID() string {
	var b [10]byte
	rand.Read(b[:]) // crypto/rand.Read never fails since Go 1.24
	for i, v := range b {
		b[i] = idAlphabet[v&31]
	}
	return string(b[:])
}

// EventID names a review, an edit or an operation: 16 random bytes.
type EventID [16]byte

// NewEventID returns a random event id.
func NewEventID() (id EventID) {
	rand.Read(id[:])
	return id
}

// String returns the id as 32 hexadecimal digits.
func (id EventID) String() string { return hex.EncodeToString(id[:]) }
