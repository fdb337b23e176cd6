package feed

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"lectern/decks/release/sign"
	"lectern/decks/release/trust"
)

// ErrNoFeed tells of a file that is no feed at all: half of one, or the page by which a
// network asks its guests to sign in.
var ErrNoFeed = errors.New("this is not a feed")

// Seal writes the file: the feed and its signature.
func Seal(f Feed, key sign.Secret) ([]byte, error) {
	payload, err := f.Encode()
	if err != nil {
		return nil, err
	}
	signature, err := key.Sign(payload, f.comment())
	if err != nil {
		return nil, fmt.Errorf("sign a feed: %w", err)
	}
	file := append(payload, signature...)
	if len(file) > MaxFeed {
		return nil, fmt.Errorf("write a feed: %d bytes, at most %d", len(file), MaxFeed)
	}
	return file, nil
}

// comment says in plain words what is signed.
func (f Feed) comment() string {
	return fmt.Sprintf("feed deck=%s epoch=%d seq=%d", f.Deck, f.Epoch, f.Latest().Seq)
}

// Peek reads a file without verifying it, to learn which statements of trust are needed
// to do so. Errors: ErrNoFeed, ErrNewer.
func Peek(file []byte) (Feed, error) {
	payload, _, ok := split(file)
	if !ok {
		return Feed{}, ErrNoFeed
	}
	f, err := Parse(payload)
	if err != nil && !errors.Is(err, ErrNewer) {
		err = fmt.Errorf("%w: %w", ErrNoFeed, err)
	}
	return f, err
}

// split parts a file into what is signed and the signature.
func split(file []byte) (payload, signature []byte, ok bool) {
	end := bytes.IndexByte(file, '\n')
	if len(file) > MaxFeed || end < 0 || len(file)-end-1 > sign.MaxSignature {
		return nil, nil, false
	}
	return file[:end+1], file[end+1:], true
}

// Open reads and verifies a file: one of the keys that sign the author's releases has
// signed it. Errors: those of Peek, trust.ErrUntrusted, trust.ErrRevoked.
func Open(file []byte, chain trust.Chain) (Feed, trust.Key, error) {
	f, err := Peek(file)
	if err != nil {
		return Feed{}, trust.Key{}, err
	}
	payload, signature, _ := split(file)
	now := chain.Last()
	key, comment, err := signer(now, payload, signature)
	switch {
	case err != nil:
		return Feed{}, trust.Key{}, fmt.Errorf("open a feed: %w", err)
	case comment != f.comment(), !slices.Contains(now.Decks, f.Deck), f.Epoch > now.Epoch, f.Trust > now.N:
		return Feed{}, trust.Key{}, fmt.Errorf("open a feed: %w: it is about something else", trust.ErrUntrusted)
	}
	return f, key, nil
}

func signer(now trust.Statement, payload, signature []byte) (trust.Key, string, error) {
	for _, k := range now.Sign {
		if comment, err := k.Public.Verify(payload, signature); err == nil {
			return k, comment, nil
		}
	}
	for _, x := range now.Revoked {
		if _, err := x.Public.Verify(payload, signature); err == nil {
			return trust.Key{}, "", trust.ErrRevoked
		}
	}
	return trust.Key{}, "", trust.ErrUntrusted
}
