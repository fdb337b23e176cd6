package release

import (
	"errors"
	"fmt"
)

// MaxSkip bounds how far the number of a release may lie beyond the installed one: a
// thief of a key could else use up all numbers at once.
const MaxSkip = 1000

// Why a release cannot follow the installed one.
var (
	ErrInstalled = errors.New("this release is installed")
	ErrOlder     = errors.New("a later release is installed")
	ErrTwins     = errors.New("another release with the same number is installed")
	ErrTooFar    = errors.New("the number of the release lies too far beyond that of the installed one")
)

// Follows tells whether a release may be installed over another one of its deck. Only
// numbers count, no clock: the epoch, and within one the number of the release. The
// network never goes back; the student does, to what he has.
func (s Statement) Follows(installed Statement) error {
	switch {
	case s.Deck != installed.Deck:
		return fmt.Errorf("a release of deck %q cannot follow one of %q", s.Deck, installed.Deck)
	case s.Epoch < installed.Epoch, s.Epoch == installed.Epoch && s.Seq < installed.Seq:
		return ErrOlder
	case s.Epoch == installed.Epoch && s.Seq == installed.Seq:
		if s.Content.Hash != installed.Content.Hash {
			return ErrTwins
		}
		return ErrInstalled
	case s.Epoch > installed.Epoch && s.Seq > MaxSkip, s.Epoch == installed.Epoch && s.Seq-installed.Seq > MaxSkip:
		return ErrTooFar
	}
	return nil
}

// Comment says in plain words what a statement is, for whoever checks it with a program
// of his system. It is signed with the statement.
func (s Statement) Comment() string {
	return fmt.Sprintf("deck=%s epoch=%d seq=%d sha256=%s", s.Deck, s.Epoch, s.Seq, s.Content.Hash)
}
