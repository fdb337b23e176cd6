package trust

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"lectern/decks/release"
	"lectern/decks/release/sign"
)

// MaxChain bounds the statements of a chain.
const MaxChain = 200

// Signed is a statement as it travels.
type Signed struct {
	Payload []byte // the statement, as Encode wrote it
	Own     []byte // signature by a root key that it names
	Before  []byte // by one that the statement before names; empty when Own is by such a key
}

// Chain is what an author has said of his keys, verified from the first statement to
// the last. The zero value trusts nobody.
type Chain struct {
	signed []Signed
	all    []Statement
	owners []sign.Public // by which each statement is signed as its own
}

// Why a chain is refused.
var (
	ErrBroken  = errors.New("the statements of trust do not go on from one another")
	ErrAnother = errors.New("the keys are another author's")
)

// Open verifies a chain. It says that one author signed it, not which.
func Open(signed []Signed) (Chain, error) {
	if len(signed) == 0 || len(signed) > MaxChain {
		return Chain{}, fmt.Errorf("%w: there are %d", ErrBroken, len(signed))
	}
	var c Chain
	for _, x := range signed {
		if err := c.add(x); err != nil {
			return Chain{}, err
		}
	}
	return c, nil
}

func (c *Chain) add(x Signed) error {
	s, err := Parse(x.Payload)
	if err != nil {
		return err
	}
	if s.N != len(c.all)+1 {
		return fmt.Errorf("%w: number %d stands at %d", ErrBroken, s.N, len(c.all)+1)
	}
	own, ok := signedBy(s.Root, x.Payload, x.Own)
	if !ok {
		return fmt.Errorf("%w: none of its root keys has signed number %d", ErrBroken, s.N)
	}
	if len(c.all) > 0 {
		last := c.Last()
		_, byOwn := signedBy(last.Root, x.Payload, x.Own)
		_, byBefore := signedBy(last.Root, x.Payload, x.Before)
		if !byOwn && !byBefore {
			return fmt.Errorf("%w: none of the root keys before has signed number %d", ErrBroken, s.N)
		}
		if s.Epoch < last.Epoch {
			return fmt.Errorf("%w: the epoch of number %d goes back", ErrBroken, s.N)
		}
	}
	c.signed, c.all, c.owners = append(c.signed, x), append(c.all, s), append(c.owners, own)
	return nil
}

func signedBy(keys []Key, payload, signature []byte) (sign.Public, bool) {
	for _, k := range keys {
		if _, err := k.Public.Verify(payload, signature); err == nil {
			return k.Public, true
		}
	}
	return sign.Public{}, false
}

// Last is the statement that holds.
func (c Chain) Last() Statement {
	if len(c.all) == 0 {
		return Statement{}
	}
	return c.all[len(c.all)-1]
}

// Signed are the statements as they travel, from the first.
func (c Chain) Signed() []Signed { return slices.Clone(c.signed) }

// Rooted tells whether the holder of a key, which a link names, signed a statement of the
// chain as its own. That a statement names the key says nothing: anybody can name it.
func (c Chain) Rooted(key sign.Public) bool {
	return !key.IsZero() && slices.ContainsFunc(c.owners, key.Equal)
}

// Join goes on from the chain that is pinned to a chain that a package brings, and
// returns the longer one: an old package comes with an old chain. The error is
// ErrAnother when neither goes on from the other; the pinned one stays.
func (c Chain) Join(brought Chain) (Chain, error) {
	if len(c.all) == 0 {
		return brought, nil
	}
	// What stands before the pinned statement was only said once it was pinned.
	n := min(len(c.all), len(brought.all))
	if n == 0 || !bytes.Equal(c.signed[n-1].Payload, brought.signed[n-1].Payload) {
		return c, ErrAnother
	}
	if len(brought.all) > len(c.all) {
		return brought, nil
	}
	return c, nil
}

// Why a release is not taken.
var (
	ErrUntrusted = errors.New("no key of the deck's author has signed this release")
	ErrRevoked   = errors.New("the key that signed this release is revoked")
)

// Verify reads the statement of a release and tells who signed it. The error is
// ErrUntrusted or ErrRevoked when it is not taken.
func (c Chain) Verify(statement, signature []byte) (release.Statement, Key, error) {
	key, s, err := c.verify(statement, signature)
	if err != nil {
		return release.Statement{}, Key{}, err
	}
	return s, key, nil
}

func (c Chain) verify(statement, signature []byte) (Key, release.Statement, error) {
	now := c.Last()
	for _, k := range now.Sign {
		if comment, err := k.Public.Verify(statement, signature); err == nil {
			s, err := c.belongs(statement, comment)
			return k, s, err
		}
	}
	for _, x := range now.Revoked {
		comment, err := x.Public.Verify(statement, signature)
		if err != nil {
			continue
		}
		s, err := c.belongs(statement, comment)
		if err == nil && !slices.ContainsFunc(now.Revoked, func(r Revoked) bool { return r.Public.Equal(x.Public) && r.covers(s) }) {
			err = ErrRevoked
		}
		return Key{Public: x.Public}, s, err
	}
	return Key{}, release.Statement{}, ErrUntrusted
}

// covers tells whether a release is one of those that a revoked key signed in time.
func (x Revoked) covers(s release.Statement) bool {
	return s.Deck == x.Deck && (s.Epoch < x.Epoch || s.Epoch == x.Epoch && s.Seq <= x.After)
}

// belongs reads a statement that a key of the author signed, and tells whether it is one
// that he may make.
func (c Chain) belongs(statement []byte, comment string) (release.Statement, error) {
	s, err := release.ParseStatement(statement)
	if err != nil {
		return s, err
	}
	now := c.Last()
	switch {
	case comment != s.Comment():
		return s, fmt.Errorf("%w: its comment is about another one", ErrUntrusted)
	case !slices.Contains(now.Decks, s.Deck):
		return s, fmt.Errorf("%w: deck %q is not the author's", ErrUntrusted, s.Deck)
	case s.Epoch > now.Epoch:
		return s, fmt.Errorf("%w: epoch %d has not begun", ErrUntrusted, s.Epoch)
	case s.Trust > now.N:
		return s, fmt.Errorf("%w: it needs statement of trust %d, there are %d", ErrUntrusted, s.Trust, now.N)
	}
	return s, nil
}
