// Package whole writes a file as a whole or not at all: whoever looks sees the old one
// or the new one, after a crash as well.
package whole

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Temp names the files that are being written, for os.CreateTemp.
const Temp = ".lectern-*"

// Write has a file written beside its place and renames it once it is on the disk. One
// that is there is replaced. Mode 0 is for its owner only.
func Write(path string, mode fs.FileMode, write func(io.Writer) error) error {
	return WriteFrom(Temp, path, mode, write)
}

// WriteFrom is Write with the name that the file has while it is written: a pattern for
// os.CreateTemp.
func WriteFrom(temp, path string, mode fs.FileMode, write func(io.Writer) error) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, temp)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if err := write(f); err != nil {
		return err
	}
	if mode != 0 {
		if err := f.Chmod(mode); err != nil {
			return err
		}
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	SyncDir(dir)
	return nil
}

// Bytes is Write of what is there already.
func Bytes(path string, mode fs.FileMode, data []byte) error {
	return Write(path, mode, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// SyncDir makes the names in a folder last where folders can be synced.
func SyncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync() // not every system can: the rename itself is atomic
		d.Close()
	}
}
