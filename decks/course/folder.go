package course

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/source"
)

// folder is the folder of a course. What is reached through it lies in it.
type folder struct {
	root *os.Root
	name string // for people
}

func open(dir string) (*folder, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fault.New(fault.UnreadableFile, err, "name", folderName(dir))
	}
	return &folder{root, folderName(dir)}, nil
}

func (f *folder) Close() { f.root.Close() }

// folderName is what a folder is called, also one given as ".".
func folderName(dir string) string {
	if whole, err := filepath.Abs(dir); err == nil {
		dir = whole
	}
	return filepath.Base(dir)
}

// sources reads the files of the course and its lock, with the bytes that the lock has.
func (f *folder) sources() (files []source.File, lock source.Lock, raw []byte, err error) {
	files, err = source.Load(f.root.FS(), ".")
	if fault.Is(err, fault.NoCourse) || fault.Is(err, fault.UnreadableFile) && fault.Of(err).Args["name"] == "." {
		err = fault.New(fault.Of(err).Code, err, "name", f.name) // source knows it as "."
	}
	if err != nil {
		return nil, lock, nil, err
	}
	lock, raw, err = f.lock()
	return files, lock, raw, err
}

// lock reads the lock of the course, the zero value when there is none.
func (f *folder) lock() (source.Lock, []byte, error) {
	raw, err := f.root.ReadFile(source.LockName)
	if errors.Is(err, fs.ErrNotExist) {
		return source.Lock{}, nil, nil
	}
	if err != nil {
		return source.Lock{}, nil, fault.New(fault.UnreadableFile, err, "name", source.LockName)
	}
	lock, err := source.ParseLock(raw)
	return lock, raw, err
}

// change is what a file is to hold.
type change struct {
	name     string
	was, now []byte // nil: it was not there, it is not to be there
}

// write makes changes, one file after the other: each is written whole or not at all.
// Files that hold what they should are left alone.
func (f *folder) write(ctx context.Context, changes []change) error {
	for _, c := range changes {
		if err := ctx.Err(); err != nil {
			return fault.New(fault.Cancelled, err)
		}
		if c.now == nil || c.was != nil && bytes.Equal(c.was, c.now) {
			continue
		}
		if err := f.replace(c); err != nil {
			return err
		}
	}
	return nil
}

// replace writes a file: beside it first, synced, then in its place.
func (f *folder) replace(c change) (err error) {
	mode := fs.FileMode(0o644)
	if info, err := f.root.Stat(c.name); err == nil {
		mode = info.Mode().Perm()
	}
	temp := filepath.Join(filepath.Dir(c.name), ".lectern-"+decks.NewID()+".tmp")
	defer func() {
		if err != nil {
			_ = f.root.Remove(temp) // it may not be there
			if fault.Is(err, fault.Unknown) {
				err = fault.New(fault.UnwritableFile, err, "name", c.name)
			}
		}
	}()
	w, err := f.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = w.Write(c.now)
	err = errors.Join(err, w.Sync(), w.Close())
	if err != nil {
		return err
	}
	switch now, err := f.root.ReadFile(c.name); {
	case errors.Is(err, fs.ErrNotExist) && c.was == nil:
	case err != nil:
		return fmt.Errorf("look at it again: %w", err)
	case c.was == nil || !bytes.Equal(now, c.was):
		return fault.New(fault.FileChanged, nil, "name", c.name)
	}
	if err := f.root.Rename(temp, c.name); err != nil {
		return err
	}
	if d, err := f.root.Open(filepath.Dir(c.name)); err == nil {
		_ = d.Sync() // not every system can: the rename itself is atomic
		d.Close()
	}
	return nil
}

// changed are the changes that make one set of sources of another, the lock last: were
// it the first, a crash would leave it knowing cards that are nowhere.
func changed(was, now []source.File, rawLock []byte, lock source.Lock) []change {
	var out []change
	for i, f := range now {
		out = append(out, change{f.Name, nonNil(was[i].Data), f.Data})
	}
	return append(out, change{source.LockName, rawLock, lock.Bytes()})
}

// nonNil tells an empty file from none.
func nonNil(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
