package sign

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// A code is a secret key for paper: 72 signs in three lines of six groups, which people
// type back. Each line ends with a sum of its own, so that a mistake is found where it
// is.
const (
	codeLines = 3
	lineBytes = 15 // 14 of the key and a sum: 24 signs
	codeSigns = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	seedBytes = 8 + ed25519.SeedSize // a key's number, and what it is made of
)

// alike are signs that people type for others, on a Russian layout too.
var alike = strings.NewReplacer(
	"O", "0", "I", "1", "L", "1",
	"А", "A", "В", "B", "Е", "E", "К", "K", "М", "M", "Н", "H", "О", "0", "Р", "P", "С", "C", "Т", "T", "Х", "X", "У", "Y",
)

// Code is the key as text for paper.
func (s Secret) Code() (string, error) {
	raw, err := s.raw()
	if err != nil {
		return "", err
	}
	seed := append(bytes.Clone(raw[54:62]), raw[62:62+ed25519.SeedSize]...)
	sum := sha256.Sum256(seed)
	seed = append(seed, sum[:codeLines*(lineBytes-1)-seedBytes]...)
	var lines []string
	for i := range codeLines {
		part := seed[i*(lineBytes-1) : (i+1)*(lineBytes-1)]
		lines = append(lines, groups(append(bytes.Clone(part), lineSum(i, part))))
	}
	return strings.Join(lines, "\n"), nil
}

// raw is a key as minisign lays it out.
func (s Secret) raw() ([]byte, error) {
	text, err := s.key.MarshalText()
	if err != nil {
		return nil, fmt.Errorf("write a secret key: %w", err)
	}
	_, line, _ := bytes.Cut(text, []byte("\n"))
	raw, err := base64.StdEncoding.DecodeString(string(bytes.TrimSpace(line)))
	if err != nil || len(raw) != 158 {
		return nil, errors.New("write a secret key: it has another form")
	}
	return raw, nil
}

func lineSum(line int, part []byte) byte {
	sum := sha256.Sum256(append([]byte{byte(line)}, part...))
	return sum[0]
}

// groups writes bytes as signs of five bits, four to a group.
func groups(b []byte) string {
	var out strings.Builder
	for i := range len(b) * 8 / 5 {
		v := 0
		for bit := i * 5; bit < i*5+5; bit++ {
			v = v<<1 | int(b[bit/8]>>(7-bit%8)&1)
		}
		if i > 0 && i%4 == 0 {
			out.WriteByte(' ')
		}
		out.WriteByte(codeSigns[v])
	}
	return out.String()
}

// ErrCode tells where a code was mistyped.
type ErrCode struct {
	Line int // from 1; 0 when the code is too short or too long
}

// Error says so.
func (e ErrCode) Error() string {
	if e.Line == 0 {
		return "the code of a key has 72 signs"
	}
	return fmt.Sprintf("line %d of the code is mistyped", e.Line)
}

// ParseCode reads a code as it was typed: space, dashes and case do not matter, nor do
// letters that look alike. The error is an ErrCode.
func ParseCode(text string) (Secret, error) {
	text = alike.Replace(strings.ToUpper(text))
	var signs []byte
	for _, r := range text {
		switch i := strings.IndexRune(codeSigns, r); {
		case i >= 0:
			signs = append(signs, byte(i))
		case strings.ContainsRune(" \t\r\n-—–.", r):
		default:
			return Secret{}, ErrCode{min(len(signs)/(lineBytes*8/5)+1, codeLines)}
		}
	}
	if len(signs) != codeLines*lineBytes*8/5 {
		return Secret{}, ErrCode{}
	}
	all := make([]byte, codeLines*lineBytes)
	for i, v := range signs {
		for bit := range 5 {
			at := i*5 + bit
			all[at/8] |= v >> (4 - bit) & 1 << (7 - at%8)
		}
	}
	var seed []byte
	for i := range codeLines {
		line := all[i*lineBytes : (i+1)*lineBytes]
		if part := line[:lineBytes-1]; lineSum(i, part) != line[lineBytes-1] {
			return Secret{}, ErrCode{i + 1}
		}
		seed = append(seed, line[:lineBytes-1]...)
	}
	sum := sha256.Sum256(seed[:seedBytes])
	if !bytes.Equal(seed[seedBytes:], sum[:len(seed)-seedBytes]) {
		return Secret{}, ErrCode{codeLines}
	}
	raw := make([]byte, 158)
	copy(raw, "Ed\x00\x00B2")
	copy(raw[54:], seed[:8])
	copy(raw[62:], ed25519.NewKeyFromSeed(seed[8:seedBytes]))
	return ParseSecret([]byte(header + "\n" + base64.StdEncoding.EncodeToString(raw)))
}
