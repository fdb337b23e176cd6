package ship

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"lectern/decks/fault"
)

// writeFile writes a file as a whole or not at all. Faults: DiskFull, UnwritableFile.
func writeFile(name string, data []byte, mode fs.FileMode) error {
	return replaceFile(name, mode, func(f *os.File) error {
		_, err := f.Write(data)
		return err
	})
}

// replaceFile has a file written beside its place, and renames it once it is on disk.
func replaceFile(name string, mode fs.FileMode, write func(*os.File) error) (err error) {
	defer func() {
		switch {
		case errors.Is(err, syscall.ENOSPC):
			err = fault.New(fault.DiskFull, err)
		case err != nil && fault.Of(err).Code == fault.Unknown:
			err = fault.New(fault.UnwritableFile, err, "name", filepath.Base(name))
		}
	}()
	f, err := os.CreateTemp(filepath.Dir(name), ".lectern-*") // for its owner only
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
	if err := f.Chmod(mode); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
