package collection

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lectern/decks/fault"
)

// Why a backup was made.
const (
	whyDaily     = "daily"
	whyMigration = "migration"
	whyRestore   = "before_restore"
)

// A backup is a zip file: the manifest first, then the database, then media.
const (
	manifestName = "manifest.json"
	backupFormat = "lectern-backup/1"
	backupExt    = ".zip"
)

type manifest struct {
	Format  string    `json:"format"`
	At      time.Time `json:"at"`
	Why     string    `json:"why"`
	Schema  int       `json:"schema"`
	Reviews int       `json:"reviews"`
	Ops     int64     `json:"ops"` // the last operation
	Media   int       `json:"media"`
}

// backupFile names a new backup in a folder: its time sorts, its reason is read
// by people.
func backupFile(folder string, at time.Time, why string) string {
	name := filepath.Join(folder, "lectern-"+at.Format("20060102-150405.000")+"-"+why)
	path := name + backupExt
	for i := 2; ; i++ {
		if _, err := os.Lstat(path); err != nil {
			return path
		}
		path = fmt.Sprintf("%s-%d%s", name, i, backupExt)
	}
}

// Backup writes the whole collection with its media into one file, complete or
// not at all. dest "" puts it beside the others in the backups folder.
func (c *Collection) Backup(ctx context.Context, dest, why string) (BackupInfo, error) {
	if why == "" {
		why = "manual"
	}
	c.mu.RLock()
	closed := c.closed
	c.mu.RUnlock()
	if closed {
		return BackupInfo{}, errClosed
	}
	info, err := writeBackup(ctx, c.dir, dest, why, c.clock(), nil)
	if err != nil {
		return BackupInfo{}, fmt.Errorf("back up: %w", faulty(err))
	}
	return info, nil
}

// writeBackup backs up the collection in dir, open or not. dest "" puts it into
// its backups folder.
func writeBackup(ctx context.Context, dir, dest, why string, now time.Time, p Progress) (info BackupInfo, err error) {
	if dest == "" {
		dest = backupFile(filepath.Join(dir, backupName), now, why)
	}
	if err := os.MkdirAll(filepath.Dir(dest), 0o700); err != nil {
		return info, err
	}
	// The copy of the database is made where the zip will be: that place has
	// to have room anyway.
	copyDir, err := os.MkdirTemp(filepath.Dir(dest), pattern(tempPrefix))
	if err != nil {
		return info, err
	}
	defer os.RemoveAll(copyDir)
	db := filepath.Join(copyDir, dbName)
	m := manifest{Format: backupFormat, At: now.UTC().Truncate(time.Millisecond), Why: why}
	if err := copyDatabase(ctx, filepath.Join(dir, dbName), db, &m); err != nil {
		return info, err
	}
	media, err := mediaFiles(filepath.Join(dir, mediaName))
	if err != nil {
		return info, err
	}
	m.Media = len(media)
	err = writeFile(dest, func(w io.Writer) error { return writeZip(ctx, w, m, db, dir, media, p) })
	if err != nil {
		return info, err
	}
	st, err := os.Stat(dest)
	if err != nil {
		return info, err
	}
	return BackupInfo{Path: dest, At: m.At, Size: st.Size(), Reviews: m.Reviews, Why: why}, nil
}

// copyDatabase makes a consistent, compact copy of a database that may be in
// use, and fills in the manifest's counts.
func copyDatabase(ctx context.Context, src, dest string, m *manifest) error {
	db, err := sql.Open("sqlite", dsn(src, "busy_timeout(5000)")+"&mode=ro")
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, dest); err != nil {
		return fmt.Errorf("copy the database: %w", err)
	}
	made, err := sql.Open("sqlite", dsn(dest)+"&mode=ro")
	if err != nil {
		return err
	}
	defer made.Close()
	if err := made.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&m.Schema); err != nil {
		return fmt.Errorf("read the copy: %w", err)
	}
	err = made.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM reviews), (SELECT coalesce(max(seq), 0) FROM ops)`).Scan(&m.Reviews, &m.Ops)
	if err != nil {
		return fmt.Errorf("read the copy: %w", err)
	}
	return nil
}

func mediaFiles(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if e.Type().IsRegular() && ValidMediaName(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

func writeZip(ctx context.Context, w io.Writer, m manifest, db, dir string, media []string, p Progress) error {
	z := zip.NewWriter(w)
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := addToZip(ctx, z, manifestName, zip.Deflate, m.At, bytes.NewReader(text)); err != nil {
		return err
	}
	if err := addFile(ctx, z, dbName, zip.Deflate, m.At, db); err != nil {
		return err
	}
	for i, name := range media {
		if err := addFile(ctx, z, mediaName+"/"+name, zip.Store, m.At, filepath.Join(dir, mediaName, name)); err != nil {
			return err
		}
		if p != nil {
			p(i+1, len(media))
		}
	}
	return z.Close()
}

func addFile(ctx context.Context, z *zip.Writer, name string, method uint16, at time.Time, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return addToZip(ctx, z, name, method, at, f)
}

func addToZip(ctx context.Context, z *zip.Writer, name string, method uint16, at time.Time, r io.Reader) error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: at})
	if err != nil {
		return err
	}
	if _, err := io.Copy(w, ctxReader{ctx, r}); err != nil {
		return fmt.Errorf("pack %s: %w", name, err)
	}
	return nil
}

// ctxReader stops reading when the context ends.
type ctxReader struct {
	ctx context.Context
	r   io.Reader
}

func (r ctxReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

// Backups returns the backups in the backups folder, the newest first.
func (c *Collection) Backups(ctx context.Context) ([]BackupInfo, error) {
	if err := ctx.Err(); err != nil {
		return nil, faulty(err)
	}
	return ListBackups(c.dir)
}

// ListBackups returns the backups of the collection in dir, the newest first.
// It does not open the collection. Files that are not backups are passed over.
func ListBackups(dir string) ([]BackupInfo, error) {
	folder := filepath.Join(dir, backupName)
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return []BackupInfo{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list backups: %w", faulty(err))
	}
	out := []BackupInfo{}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), backupExt) || !e.Type().IsRegular() {
			continue
		}
		path := filepath.Join(folder, e.Name())
		m, size, err := readManifest(path)
		if err != nil {
			continue
		}
		out = append(out, BackupInfo{Path: path, At: m.At, Size: size, Reviews: m.Reviews, Why: m.Why})
	}
	slices.SortFunc(out, func(a, b BackupInfo) int {
		return cmp.Or(b.At.Compare(a.At), strings.Compare(b.Path, a.Path))
	})
	return out, nil
}

// readManifest reads what a backup says of itself.
func readManifest(path string) (m manifest, size int64, err error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return m, 0, err
	}
	defer z.Close()
	m, err = manifestOf(&z.Reader)
	if err != nil {
		return m, 0, err
	}
	st, err := os.Stat(path)
	if err != nil {
		return m, 0, err
	}
	return m, st.Size(), nil
}

const maxManifest = 64 << 10

func manifestOf(z *zip.Reader) (m manifest, err error) {
	f, err := z.Open(manifestName)
	if err != nil {
		return m, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxManifest))
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return m, err
	}
	if m.Format != backupFormat {
		return m, fmt.Errorf("format %q", m.Format)
	}
	return m, nil
}

// How many automatic backups are kept.
const (
	keepDaily   = 7
	keepWeekly  = 4
	keepMonthly = 12
	keepOther   = 5 // of each other automatic kind
)

// rotate deletes automatic backups that are not needed any more: of the daily
// ones the newest seven stay, the newest of each of four weeks and of each of
// twelve months. Those made by hand are never deleted.
func rotate(dir string) error {
	all, err := ListBackups(dir)
	if err != nil {
		return err
	}
	kept := map[string]int{}
	keep := func(kind, period string, most int) bool {
		if _, seen := kept[kind+period]; seen || kept[kind] >= most {
			return false
		}
		kept[kind]++
		kept[kind+period] = 1
		return true
	}
	for _, b := range all {
		stay := true
		switch b.Why {
		case whyDaily:
			year, week := b.At.ISOWeek()
			d := keep("d", b.At.Format("/2006-01-02"), keepDaily)
			w := keep("w", fmt.Sprintf("/%d-%d", year, week), keepWeekly)
			m := keep("m", b.At.Format("/2006-01"), keepMonthly)
			stay = d || w || m
		case whyMigration, whyRestore:
			stay = keep(b.Why, "/"+b.Path, keepOther)
		}
		if stay {
			continue
		}
		if err := os.Remove(b.Path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("delete an old backup: %w", err)
		}
	}
	return nil
}

// How old the last automatic backup is before the next one is made: when the
// collection is closed, and when it is opened, for those who never close it.
const (
	soon    = 16 * time.Hour
	overdue = 40 * time.Hour
)

// tolerable says of an error of an automatic backup that it must not keep the
// collection from opening or closing: there is no room, or no right to write.
func tolerable(err error) bool {
	return fault.Is(err, fault.DiskFull) || fault.Is(err, fault.ReadOnly) || fault.Is(err, fault.Busy)
}

// dailyBackup makes the automatic backup when the collection has changed since
// the last one and that is older than age.
func (c *Collection) dailyBackup(ctx context.Context, age time.Duration) error {
	if c.noDaily {
		return nil
	}
	var ops int64
	err := c.snapshot(ctx, func(q querier) error { return q.row(`SELECT coalesce(max(seq), 0) FROM ops`).Scan(&ops) })
	if err != nil {
		return fmt.Errorf("read the operations: %w", err)
	}
	all, err := ListBackups(c.dir)
	if err != nil || ops == 0 {
		return err
	}
	now := c.clock()
	for _, b := range all {
		if b.Why != whyDaily {
			continue
		}
		m, _, err := readManifest(b.Path)
		if err == nil && (m.Ops == ops || b.At.Before(now) && now.Sub(b.At) < age) {
			return nil
		}
		break
	}
	if _, err := c.Backup(ctx, "", whyDaily); err != nil {
		return err
	}
	return rotate(c.dir)
}
