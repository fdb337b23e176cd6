package pack

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"lectern/decks/release"
	"lectern/decks/release/trust"
)

// MediaType names the form of a package.
const MediaType = "application/vnd.lectern.deck+zip"

// Media gives the pictures and sounds of a release by their hashes.
type Media interface {
	Names() []string // sorted, each once
	Open(name string) (io.ReadCloser, error)
}

// Parts are what a package is made of.
type Parts struct {
	Trust     trust.Chain
	Statement []byte // signed, as [release.Statement.Encode] wrote it
	Signature []byte
	Content   []byte
	History   []byte // nil for none
	Media     Media  // nil for none
}

// made is the time of every file in a package: the oldest that an archive can tell, so
// that the same release gives the same bytes.
var made = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Write writes a package. The same parts give the same bytes, as long as the program
// packs in the same way.
func Write(ctx context.Context, w io.Writer, p Parts) error {
	s := newSealer(w)
	z := zip.NewWriter(s)
	if err := hold(z); err != nil {
		return fmt.Errorf("write a package: %w", err)
	}
	if err := writeParts(ctx, z, p); err != nil {
		return fmt.Errorf("write a package: %w", err)
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write a package: %w", err)
	}
	if err := s.seal(); err != nil {
		return fmt.Errorf("write a package: %w", err)
	}
	return nil
}

func writeParts(ctx context.Context, z *zip.Writer, p Parts) error {
	if err := put(ctx, z, "mimetype", zip.Store, bytes.NewReader([]byte(MediaType))); err != nil {
		return err
	}
	type file struct {
		name string
		data []byte
	}
	var files []file
	for i, x := range p.Trust.Signed() {
		name := trustName(i + 1)
		files = append(files, file{name, x.Payload}, file{name + signature, x.Own})
		if len(x.Before) > 0 {
			files = append(files, file{name + before, x.Before})
		}
	}
	files = append(files, file{statementName, p.Statement}, file{statementName + signature, p.Signature}, file{contentName, p.Content})
	if p.History != nil {
		files = append(files, file{historyName, p.History})
	}
	for _, f := range files {
		if err := put(ctx, z, f.name, zip.Deflate, bytes.NewReader(f.data)); err != nil {
			return err
		}
	}
	if p.Media == nil {
		return nil
	}
	for _, name := range p.Media.Names() {
		if err := putMedia(ctx, z, p.Media, name); err != nil {
			return err
		}
	}
	return nil
}

func putMedia(ctx context.Context, z *zip.Writer, m Media, name string) error {
	r, err := m.Open(name)
	if err != nil {
		return fmt.Errorf("open media %s: %w", name, err)
	}
	defer r.Close()
	sum := sha256.New()
	// Pictures and sounds are packed already.
	if err := put(ctx, z, mediaDir+name, zip.Store, io.TeeReader(r, sum)); err != nil {
		return err
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != name {
		return fmt.Errorf("media %s holds %s", name, got)
	}
	return nil
}

func put(ctx context.Context, z *zip.Writer, name string, method uint16, r io.Reader) error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: made})
	if err != nil {
		return err
	}
	_, err = io.Copy(w, &reader{ctx, r})
	return err
}

// MediaOf is what the statement of a release says of its media, with the sizes given by
// size.
func MediaOf(names []string, size func(name string) int64) release.Media {
	if len(names) == 0 {
		return release.Media{}
	}
	m := release.Media{Count: len(names)}
	for _, n := range names {
		m.Bytes += size(n)
	}
	m.List = listOf(names)
	return m
}

// listOf names a set of media: the hash of their sorted hashes, one a line.
func listOf(names []string) string {
	return release.Hash([]byte(strings.Join(slices.Sorted(slices.Values(names)), "\n") + "\n"))
}
