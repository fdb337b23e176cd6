// Package unzip opens zip archives of strangers: Word documents, folders of
// pages. Nothing is written to disk and nothing is inflated beyond a budget, so
// that a small archive that claims gigabytes costs no more than its limits.
package unzip

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Limits bound what is taken out of one archive.
type Limits struct {
	Files int   // files in the directory
	File  int64 // bytes of one file when inflated
	Total int64 // bytes of all files that are read, when inflated
}

// What is wrong with an archive.
var (
	ErrFormat = errors.New("not a zip archive, or a damaged one")
	ErrLimits = errors.New("the archive holds more than it may")
	ErrLocked = errors.New("the archive is locked with a password")
)

// maxRatio is how many times smaller than its content a file may be beyond the
// first megabytes: XML with a table of ten thousand equal rows is packed two
// hundred times, what is packed more was made to be.
const (
	maxRatio  = 400
	ratioFrom = 8 << 20
)

// Archive is an open archive. Its files are named with slashes, relative to its
// root; names that lead out of it are left out.
type Archive struct {
	Names  []string // in the order of the directory
	files  map[string]*zip.File
	limits Limits
	spent  int64
}

// Open reads the directory of an archive. Of two files with one name the later
// counts, as if they were unpacked.
func Open(raw []byte, limits Limits) (*Archive, error) {
	return OpenAt(bytes.NewReader(raw), int64(len(raw)), limits)
}

// OpenAt is Open for an archive of size bytes that is too large to hold; r is read as
// long as the archive is.
func OpenAt(r io.ReaderAt, size int64, limits Limits) (*Archive, error) {
	// Counted first, as the reader of the directory has no limit of its own.
	switch n, err := entries(r, size); {
	case err != nil:
		return nil, fmt.Errorf("read an archive: %w", err)
	case n > limits.Files:
		return nil, ErrLimits
	}
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	a := &Archive{files: map[string]*zip.File{}, limits: limits}
	for _, f := range z.File {
		name, ok := local(f)
		if !ok || !f.Mode().IsRegular() {
			continue
		}
		if a.files[name] == nil {
			a.Names = append(a.Names, name)
		}
		a.files[name] = f
	}
	return a, nil
}

// entries counts what looks like the entries of a directory, of which there are no
// fewer than that.
func entries(r io.ReaderAt, size int64) (int, error) {
	mark := []byte("PK\x01\x02")
	buf := make([]byte, min(size, 256<<10)+int64(len(mark)))
	n, kept := 0, 0
	for at := int64(0); at < size; {
		k, err := r.ReadAt(buf[kept:min(int64(len(buf)), int64(kept)+size-at)], at)
		if err != nil && (!errors.Is(err, io.EOF) || k == 0) {
			return 0, err
		}
		at += int64(k)
		n += bytes.Count(buf[:kept+k], mark)
		rest := min(len(mark)-1, kept+k)
		kept = copy(buf, buf[kept+k-rest:kept+k])
	}
	return n, nil
}

// local is a file's name in the archive, if it stays there. Old programs for
// Windows write backslashes, and Russian names in the encoding of DOS.
func local(f *zip.File) (string, bool) {
	name := f.Name
	if f.NonUTF8 && !utf8.ValidString(name) {
		s, err := charmap.CodePage866.NewDecoder().String(name)
		if err != nil {
			return "", false
		}
		name = s
	}
	name = strings.ReplaceAll(name, `\`, "/")
	if name == "" || strings.HasPrefix(name, "/") || strings.ContainsAny(name, ":\x00") || strings.HasSuffix(name, "/") {
		return "", false
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == ".." {
			return "", false
		}
	}
	return path.Clean(name), true
}

// Has tells whether the archive has a file.
func (a *Archive) Has(name string) bool { return a.files[name] != nil }

// Size is how long a file says it is.
func (a *Archive) Size(name string) int64 {
	if f := a.files[name]; f != nil {
		return int64(min(f.UncompressedSize64, 1<<62))
	}
	return 0
}

// Open opens a file; reading it fails with ErrLimits where a limit is passed.
// A file that is not there gives an error that is fs.ErrNotExist.
func (a *Archive) Open(name string) (io.ReadCloser, error) {
	f := a.files[name]
	if f == nil {
		return nil, missing(name)
	}
	if f.Flags&1 != 0 {
		return nil, ErrLocked
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	return &file{ReadCloser: r, archive: a, packed: int64(min(f.CompressedSize64, 1<<62))}, nil
}

// ReadFile reads a whole file.
func (a *Archive) ReadFile(name string) ([]byte, error) {
	r, err := a.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// file counts what is read of a file.
type file struct {
	io.ReadCloser
	archive *Archive
	packed  int64
	read    int64
}

// Read reads, and stops where a limit is passed.
func (f *file) Read(p []byte) (int, error) {
	n, err := f.ReadCloser.Read(p)
	f.read += int64(n)
	f.archive.spent += int64(n)
	switch {
	case f.read > f.archive.limits.File, f.archive.spent > f.archive.limits.Total:
		return 0, ErrLimits
	case f.read > ratioFrom && f.read/maxRatio > f.packed:
		return 0, ErrLimits
	case err != nil && !errors.Is(err, io.EOF):
		err = fmt.Errorf("%w: %w", ErrFormat, err)
	}
	return n, err
}

func missing(name string) error { return &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist} }
