package pack

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"
)

// ErrDamaged tells that a package is not as it was written: get it again.
var ErrDamaged = errors.New("the package is damaged")

// sealed begins the comment of an archive; the SHA-256 of all bytes before it follows.
const sealed = "lectern sha256:"

const sealSize = len(sealed) + 2*sha256.Size

// sealer passes on what is written but for the last bytes, the place of the seal.
type sealer struct {
	w    io.Writer
	sum  hash.Hash
	tail []byte
}

func newSealer(w io.Writer) *sealer { return &sealer{w: w, sum: sha256.New()} }

func (s *sealer) Write(p []byte) (int, error) {
	s.tail = append(s.tail, p...)
	if n := len(s.tail) - sealSize; n > 0 {
		s.sum.Write(s.tail[:n])
		if _, err := s.w.Write(s.tail[:n]); err != nil {
			return 0, err
		}
		s.tail = append(s.tail[:0], s.tail[n:]...)
	}
	return len(p), nil
}

// hold makes room for the seal at the end of an archive.
func hold(z *zip.Writer) error { return z.SetComment(strings.Repeat(" ", sealSize)) }

// seal writes it over that room.
func (s *sealer) seal() error {
	_, err := io.WriteString(s.w, sealed+hex.EncodeToString(s.sum.Sum(nil)))
	return err
}

// checkSeal compares the bytes of an archive with its seal. An archive without one has
// no comment and nothing behind its directory.
func checkSeal(ctx context.Context, r io.ReaderAt, size int64) error {
	tail := make([]byte, min(int64(sealSize), size))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the seal: %w", err)
	}
	if !bytes.HasPrefix(tail, []byte(sealed)) {
		// The end of a directory without a comment is 22 bytes that begin with its mark.
		if len(tail) < 22 || !bytes.HasPrefix(tail[len(tail)-22:], []byte("PK\x05\x06")) {
			return ErrDamaged
		}
		return nil
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, &reader{ctx, io.NewSectionReader(r, 0, size-int64(sealSize))}); err != nil {
		return fmt.Errorf("read a package: %w", err)
	}
	if string(tail[len(sealed):]) != hex.EncodeToString(sum.Sum(nil)) {
		return ErrDamaged
	}
	return nil
}

// reader stops when its context does.
type reader struct {
	ctx context.Context
	io.Reader
}

// Read reads what is there, or says that it was cancelled.
func (r *reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}
