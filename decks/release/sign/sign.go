// Package sign signs what an author ships and verifies it, in the format of
// minisign, so that anybody can check a release with a program of his system:
//
//	minisign -Vm release.json -P RW…
//
// A signature is over the message itself, with a comment that is signed too and says
// in plain words what the message is. Keys are never taken from what they sign: a
// reader brings the key that he trusts.
//
// https://jedisct1.github.io/minisign/
package sign

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"aead.dev/minisign"
)

// MaxSignature bounds the bytes of a signature with its comments.
const MaxSignature = 4 << 10

// maxComment bounds the signed comment.
const maxComment = 1 << 10

// ErrNotSigned tells that a message is not signed by the key it was checked with: it is
// forged, damaged, or by somebody else.
var ErrNotSigned = errors.New("the signature is not of this key and this message")

// Public is the key that verifies: it may be shown to all. The zero value verifies
// nothing.
type Public struct {
	key minisign.PublicKey
	set bool
}

// ParsePublic reads a key as it stands in a link or in the head of a course: "RW…", or
// a file of minisign with its comment.
func ParsePublic(text string) (Public, error) {
	var p Public
	if err := p.key.UnmarshalText([]byte(strings.TrimSpace(text))); err != nil {
		return Public{}, fmt.Errorf("read a public key: %w", err)
	}
	p.set = true
	return p, nil
}

// String is the key as ParsePublic reads it, in one line of 56 characters; "" for none.
func (p Public) String() string {
	if !p.set {
		return ""
	}
	return p.key.String()
}

// Equal tells whether two keys are one and the same.
func (p Public) Equal(q Public) bool { return p.String() == q.String() }

// IsZero tells whether the key is none.
func (p Public) IsZero() bool { return !p.set }

// Fingerprint names the key in eight hexadecimal digits, for people to compare: the
// beginning of the SHA-256 of its line.
func (p Public) Fingerprint() string {
	sum := sha256.Sum256([]byte(p.String()))
	return hex.EncodeToString(sum[:4])
}

// Verify checks that the holder of the key has signed a message, and returns the comment
// that he signed with it. The error is ErrNotSigned, whatever the reason.
func (p Public) Verify(message, signature []byte) (comment string, err error) {
	if !p.set || len(signature) > MaxSignature || !minisign.Verify(p.key, message, signature) {
		return "", ErrNotSigned
	}
	var s minisign.Signature
	if err := s.UnmarshalText(signature); err != nil {
		return "", ErrNotSigned
	}
	return s.TrustedComment, nil
}

// Secret is the key that signs.
type Secret struct {
	key minisign.PrivateKey
}

// New makes a key of the system's randomness.
func New() (Secret, error) {
	_, key, err := minisign.GenerateKey(nil)
	if err != nil {
		return Secret{}, fmt.Errorf("make a key: %w", err)
	}
	return Secret{key}, nil
}

// Public is the key that verifies what this one signs.
func (s Secret) Public() Public {
	return Public{s.key.Public().(minisign.PublicKey), true}
}

// Sign signs a message with a comment of one line; the signature is text, as minisign
// writes it beside a file. The same message and comment give the same signature.
func (s Secret) Sign(message []byte, comment string) ([]byte, error) {
	if len(comment) > maxComment || strings.ContainsFunc(comment, unicode.IsControl) {
		return nil, fmt.Errorf("sign: the comment %.40q is not one line of at most %d bytes", comment, maxComment)
	}
	return minisign.SignWithComments(s.key, message, comment, "signature from lectern"), nil
}

// header begins the text of a secret key, by which a file that must not be shared is
// known.
const header = "untrusted comment: lectern secret key"

// Marshal is the key as text, without a passphrase: what keeps it decides who may read
// it.
func (s Secret) Marshal() ([]byte, error) {
	text, err := s.key.MarshalText()
	if err != nil {
		return nil, fmt.Errorf("write a secret key: %w", err)
	}
	if _, rest, ok := bytes.Cut(text, []byte("\n")); ok && bytes.HasPrefix(text, []byte("untrusted comment:")) {
		text = rest
	}
	return append([]byte(header+"\n"), append(bytes.TrimSpace(text), '\n')...), nil
}

// ParseSecret reads what Marshal wrote, or a key of minisign without a passphrase.
func ParseSecret(text []byte) (Secret, error) {
	var s Secret
	if minisign.IsEncrypted(text) {
		return Secret{}, errors.New("read a secret key: it has a passphrase of minisign")
	}
	if err := s.key.UnmarshalText(text); err != nil {
		return Secret{}, fmt.Errorf("read a secret key: %w", err)
	}
	return s, nil
}

// HoldsSecret tells whether a file holds a secret key, of Lectern or of minisign: such a
// file must not lie among the sources of a course.
func HoldsSecret(file []byte) bool {
	for line := range bytes.Lines(file) {
		l := bytes.ToLower(bytes.TrimSpace(line))
		if bytes.HasPrefix(l, []byte("untrusted comment:")) && bytes.Contains(l, []byte("secret key")) {
			return true
		}
	}
	return false
}
