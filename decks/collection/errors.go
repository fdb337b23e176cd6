package collection

import (
	"context"
	"errors"
	"io/fs"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"lectern/decks/fault"
)

// faulty gives an error of the database or the file system the fault that a
// user can read. Errors that have one already, and nil, pass unchanged.
func faulty(err error) error {
	if err == nil {
		return nil
	}
	var f *fault.Fault
	if errors.As(err, &f) {
		return err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return fault.New(fault.Cancelled, err)
	}
	var se *sqlite.Error
	if errors.As(err, &se) {
		if code := sqliteFault(se.Code()); code != "" {
			return fault.New(code, err)
		}
		return err
	}
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fault.New(fault.DiskFull, err)
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return fault.New(fault.ReadOnly, err)
	case errors.Is(err, syscall.ENOTDIR): // a file stands where the folder should be
		return fault.New(fault.NotACollection, err)
	}
	return err
}

func sqliteFault(code int) fault.Code {
	switch code {
	case sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_CORRUPTFS:
		return fault.CorruptFile
	}
	switch code & 0xff { // the kind, without its detail
	case sqlite3.SQLITE_INTERRUPT:
		return fault.Cancelled
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR:
		return fault.DiskFull
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_CANTOPEN:
		return fault.ReadOnly
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fault.Busy
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fault.CorruptFile
	}
	return ""
}
