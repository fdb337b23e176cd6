package site

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"runtime"
	"strings"
)

// FS is the folder that a course is published in. Names have slashes. A file that is not
// there is fs.ErrNotExist.
type FS interface {
	Open(name string) (File, error)
	Create(name string) (Sink, error) // empty; one of the same name is replaced
	Rename(from, to string) error
	Remove(name string) error // of what is not there: nothing happens
	MkdirAll(name string) error
	List(dir string) ([]string, error) // what lies in a folder; none when there is no such folder
	Sync(dir string) error             // makes renames in it last
}

// File is a file that is read.
type File interface {
	io.Reader
	io.ReaderAt
	io.Closer
	Size() int64
}

// Sink is a file that is written.
type Sink interface {
	io.WriteCloser
	Sync() error
}

// Disk is a folder of the disk. Nothing in it leads out of it.
type Disk struct{ root *os.Root }

// OpenDisk opens a folder, which it makes when it is not there.
func OpenDisk(dir string) (*Disk, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("make the folder to publish in: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the folder to publish in: %w", err)
	}
	return &Disk{root}, nil
}

// ReadDisk opens a folder that has to be there.
func ReadDisk(dir string) (*Disk, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the published folder: %w", err)
	}
	return &Disk{root}, nil
}

// Close lets the folder go.
func (d *Disk) Close() error { return d.root.Close() }

type diskFile struct {
	*os.File
	size int64
}

// Size is the size of the file.
func (f diskFile) Size() int64 { return f.size }

// Open opens a file.
func (d *Disk) Open(name string) (File, error) {
	f, err := d.root.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is no file", name)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return diskFile{f, info.Size()}, nil
}

// Create makes a file.
func (d *Disk) Create(name string) (Sink, error) {
	return d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
}

// Rename gives a file another name.
func (d *Disk) Rename(from, to string) error { return d.root.Rename(from, to) }

// Remove removes a file or an empty folder.
func (d *Disk) Remove(name string) error {
	if err := d.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// MkdirAll makes a folder and those above it.
func (d *Disk) MkdirAll(name string) error { return d.root.MkdirAll(name, 0o755) }

// List lists a folder.
func (d *Disk) List(dir string) ([]string, error) {
	f, err := d.root.Open(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	names, err := f.Readdirnames(-1)
	return names, errors.Join(err, f.Close())
}

// Sync makes the names in a folder last. Windows does that by itself.
func (d *Disk) Sync(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := d.root.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// readAll reads a file of at most some bytes; nil when it is not there.
func readAll(f FS, name string, most int64) ([]byte, error) {
	r, err := f.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, most+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", name, err)
	case int64(len(b)) > most:
		return nil, fmt.Errorf("read %s: it has more than %d bytes", name, most)
	}
	return b, nil
}

// parent is the folder of a file.
func parent(name string) string {
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		return path.Clean(name[:i])
	}
	return "."
}
