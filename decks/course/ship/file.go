package ship

import (
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"syscall"

	"lectern/decks/fault"
	"lectern/decks/whole"
)

// writeFile writes a file as a whole or not at all. Faults: DiskFull, UnwritableFile.
func writeFile(name string, data []byte, mode fs.FileMode) error {
	return replaceFile(name, mode, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// replaceFile is writeFile of what is written in pieces.
func replaceFile(name string, mode fs.FileMode, write func(io.Writer) error) error {
	err := whole.Write(name, mode, write)
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return fault.New(fault.DiskFull, err)
	case err != nil && fault.Of(err).Code == fault.Unknown:
		return fault.New(fault.UnwritableFile, err, "name", filepath.Base(name))
	}
	return err
}
