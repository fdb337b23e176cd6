package release

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"lectern/decks"
)

// Release is a deck with the name of its content.
type Release struct {
	Deck decks.Deck // canonical: see Canonical
	Hash string     // SHA-256 of the content, 64 hexadecimal digits
}

// New makes a release of a deck and returns it with its content.
func New(d decks.Deck) (Release, []byte, error) {
	c := Canonical(d)
	content, err := encode(c)
	if err != nil {
		return Release{}, nil, err
	}
	return Release{Deck: c, Hash: Hash(content)}, content, nil
}

// Open reads a release from its content.
func Open(content []byte) (Release, error) {
	d, err := Decode(content)
	if err != nil {
		return Release{}, fmt.Errorf("open release: %w", err)
	}
	return Release{Deck: d, Hash: Hash(content)}, nil
}

// Hash names content: SHA-256 in lower-case hexadecimal.
func Hash(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
