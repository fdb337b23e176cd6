package collection

import (
	"archive/zip"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"lectern/decks/fault"
	"lectern/decks/whole"
)

const (
	maxEntries = 200_000
	maxRatio   = 100 // times a backup may grow
)

// RestoreBackup replaces the collection in dir, which nobody may have open, by
// a backup. The backup is unpacked beside it and proved first; the present
// collection becomes a backup "before_restore", or, when it is too damaged for
// that, a folder "damaged-…" in the backups folder. Media files are added,
// none is deleted. Faults: NoBackup, BadBackup, NewerCollection, Busy,
// DiskFull; then nothing was replaced.
func RestoreBackup(ctx context.Context, dir, backupPath string, p Progress) error {
	if err := restore(ctx, dir, backupPath, p); err != nil {
		return fmt.Errorf("restore %s: %w", backupPath, faulty(err))
	}
	return nil
}

func restore(ctx context.Context, dir, backupPath string, p Progress) (err error) {
	dir, err = filepath.Abs(dir)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(dir, pattern(tempPrefix))
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	if err := unpackBackup(ctx, backupPath, tmp, p); err != nil {
		return blame(backupPath, err)
	}
	if err := prove(ctx, tmp); err != nil {
		return blame(backupPath, err)
	}
	if err := putAside(ctx, dir); err != nil {
		return err
	}
	if err := addMedia(filepath.Join(tmp, mediaName), filepath.Join(dir, mediaName)); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(tmp, dbName), filepath.Join(dir, dbName)); err != nil {
		return err
	}
	whole.SyncDir(dir)
	return rotate(dir)
}

// blame says that the backup is bad, unless something else is the reason why it
// could not be read: the disk, the user, an older program.
func blame(backupPath string, err error) error {
	err = faulty(err)
	for _, code := range []fault.Code{fault.NoBackup, fault.NewerCollection, fault.DiskFull, fault.ReadOnly, fault.Busy, fault.Cancelled} {
		if fault.Is(err, code) {
			return err
		}
	}
	return fault.New(fault.BadBackup, err, "name", filepath.Base(backupPath))
}

// unpackBackup unpacks a backup into an empty folder. It takes only the names
// that a backup has, no more bytes than are declared and, since names may share
// their bytes, no more in all than such a file can honestly hold.
func unpackBackup(ctx context.Context, backupPath, dir string, p Progress) error {
	z, err := zip.OpenReader(backupPath)
	if errors.Is(err, fs.ErrNotExist) {
		return fault.New(fault.NoBackup, err)
	}
	if err != nil {
		return fault.New(fault.BadBackup, err) // whatever keeps it from being read
	}
	defer z.Close()
	st, err := os.Stat(backupPath)
	if err != nil {
		return err
	}
	room := uint64(st.Size())*maxRatio + 1<<20
	m, err := manifestOf(&z.Reader)
	if err != nil {
		return fmt.Errorf("read the manifest: %w", err)
	}
	if m.Schema > schemaVersion {
		return fault.New(fault.NewerCollection, fmt.Errorf("backup of schema %d", m.Schema))
	}
	if len(z.File) > maxEntries {
		return fmt.Errorf("%d files", len(z.File))
	}
	if err := os.Mkdir(filepath.Join(dir, mediaName), 0o700); err != nil {
		return err
	}
	seen := map[string]bool{}
	for i, f := range z.File {
		if err := ctx.Err(); err != nil {
			return err
		}
		if seen[f.Name] {
			return fmt.Errorf("two files %q", f.Name)
		}
		seen[f.Name] = true
		folder, name := path.Split(f.Name)
		media := folder == mediaName+"/" && ValidMediaName(name)
		switch {
		case f.Name == manifestName:
			continue
		case f.Name != dbName && !media:
			return fmt.Errorf("unexpected file %q", f.Name)
		case f.UncompressedSize64 > room, media && f.UncompressedSize64 > maxMediaFile:
			return fmt.Errorf("%s has %d bytes", f.Name, f.UncompressedSize64)
		}
		room -= f.UncompressedSize64
		if err := unpackFile(ctx, f, filepath.Join(dir, filepath.FromSlash(f.Name))); err != nil {
			return err
		}
		if p != nil {
			p(i+1, len(z.File))
		}
	}
	if !seen[dbName] {
		return errors.New("no database in it")
	}
	return nil
}

func unpackFile(ctx context.Context, f *zip.File, dest string) (err error) {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := os.OpenFile(dest, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	n, err := io.Copy(w, io.LimitReader(ctxReader{ctx, r}, int64(f.UncompressedSize64)+1))
	if err != nil {
		return fmt.Errorf("unpack %s: %w", f.Name, err)
	}
	if uint64(n) != f.UncompressedSize64 {
		return fmt.Errorf("unpack %s: not %d bytes", f.Name, f.UncompressedSize64)
	}
	return w.Sync()
}

// prove opens an unpacked backup as a collection, brings it up to date, checks
// it and notes the restore in its log.
func prove(ctx context.Context, dir string) error {
	c, err := Open(ctx, dir, Options{MustExist: true, noDaily: true})
	if err != nil {
		return err
	}
	problems, err := c.Doctor(ctx, true, nil)
	for _, p := range problems {
		if !p.Repaired && p.Code != problemMedia {
			err = errors.Join(err, fmt.Errorf("%s: %s", p.Code, p.Detail))
		}
	}
	if err == nil {
		err = c.write(ctx, func(t *tx, _ *memory) (Change, error) {
			_, err := c.begin(t, OpRestore, "")
			return Change{Op: OpRestore, All: true}, err
		})
	}
	if err == nil {
		// The file goes alone from here: no log beside it.
		err = c.alone(ctx)
	}
	return errors.Join(err, c.Close())
}

// alone folds the write-ahead log into the file and ends its use, until the
// next Open. It fails with SQLITE_BUSY when somebody else has the file open.
func (c *Collection) alone(ctx context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.ro.Close(); err != nil {
		return err
	}
	return onlyFile(ctx, c.w.conn)
}

func onlyFile(ctx context.Context, conn *sql.Conn) error {
	var mode string
	if err := conn.QueryRowContext(ctx, `PRAGMA journal_mode = DELETE`).Scan(&mode); err != nil {
		return err
	}
	if mode != "delete" {
		return fault.New(fault.Busy, fmt.Errorf("journal mode stays %s", mode))
	}
	return nil
}

// putAside makes a backup of the present collection and leaves its file alone,
// without a log. What cannot be read is moved.
func putAside(ctx context.Context, dir string) error {
	file := filepath.Join(dir, dbName)
	now := time.Now()
	err := func() error {
		kind, err := inspect(ctx, file)
		if err != nil {
			return err
		}
		if kind == absent {
			// A log without its file would be taken for that of the new one.
			if _, err := os.Lstat(file + "-wal"); err == nil {
				return fault.New(fault.CorruptFile, errors.New("a log without its file"))
			}
			return nil
		}
		if err := holdAlone(ctx, file); err != nil {
			return err
		}
		_, err = writeBackup(ctx, dir, "", whyRestore, now, nil)
		return err
	}()
	if err = faulty(err); err == nil {
		return nil
	}
	if !fault.Is(err, fault.CorruptFile) && !fault.Is(err, fault.NotACollection) {
		return fmt.Errorf("keep the present collection: %w", err)
	}
	folder := filepath.Join(dir, backupName, "damaged-"+now.Format("20060102-150405.000"))
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	for _, suffix := range []string{"-wal", "-shm", ""} {
		err := os.Rename(file+suffix, filepath.Join(folder, dbName+suffix))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("keep the damaged collection: %w", err)
		}
	}
	return nil
}

// holdAlone proves that nobody has the file open and folds its log into it.
func holdAlone(ctx context.Context, file string) error {
	db, err := sql.Open("sqlite", dsn(file, "busy_timeout(500)"))
	if err != nil {
		return err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return onlyFile(ctx, conn)
}

// addMedia moves files into the media folder. A file with the same name that
// differs is replaced: the backup's notes mean the backup's file.
func addMedia(from, to string) error {
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if err := os.Rename(filepath.Join(from, e.Name()), filepath.Join(to, e.Name())); err != nil {
			return fmt.Errorf("restore media %s: %w", e.Name(), err)
		}
	}
	whole.SyncDir(to)
	return nil
}
