package collection

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the database driver "sqlite"

	"lectern/decks/fault"
	"lectern/scheduler"
)

// The names within a collection's folder.
const (
	dbName     = "lectern.db"
	mediaName  = "media"
	backupName = "backups"
)

// Collection is one student's collection, open. Its methods may be called from
// several goroutines; another process may have the same collection open.
type Collection struct {
	dir    string
	clock  func() time.Time
	ro     *sql.DB
	device int64 // devices.n of this computer
	subs   subscribers
	known  known
	plans  plans

	noDaily bool // no automatic backup

	mu     sync.RWMutex // held for writing by every operation; guards what follows
	w      *writer
	mem    *memory // nil: to be loaded
	held   held    // the queue that is studied
	closed bool
}

// Options of [Open].
type Options struct {
	Clock     func() time.Time // nil: time.Now
	Progress  Progress         // of migrations and the like; may be nil
	MustExist bool             // a missing collection is the fault NoCollection

	noDaily bool // no automatic backups
}

// DefaultDir returns the folder of the user's collection: lectern in the
// system's folder for application data.
func DefaultDir() (string, error) {
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "lectern"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the home folder: %w", err)
	}
	switch runtime.GOOS {
	case "windows":
		if dir := os.Getenv("LOCALAPPDATA"); dir != "" {
			return filepath.Join(dir, "Lectern"), nil
		}
		return filepath.Join(home, "AppData", "Local", "Lectern"), nil
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "Lectern"), nil
	}
	return filepath.Join(home, ".local", "share", "lectern"), nil
}

// Open opens the collection in dir and makes it when there is none. It brings
// an older one up to date, after a copy into backups. Faults: NotACollection,
// NewerCollection, CorruptFile, NoCollection, ReadOnly, DiskFull, Busy; in each
// case nothing was changed.
func Open(ctx context.Context, dir string, o Options) (*Collection, error) {
	c, err := open(ctx, dir, o)
	if err != nil {
		return nil, fmt.Errorf("open collection %s: %w", dir, faulty(err))
	}
	return c, nil
}

func open(ctx context.Context, dir string, o Options) (_ *Collection, err error) {
	dir, err = filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, dbName)
	kind, err := inspect(ctx, path)
	if err != nil {
		return nil, err
	}
	if kind == absent && o.MustExist {
		return nil, fault.New(fault.NoCollection, fs.ErrNotExist)
	}
	for _, d := range []string{dir, filepath.Join(dir, mediaName), filepath.Join(dir, backupName)} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return nil, err
		}
	}
	c := &Collection{dir: dir, clock: o.Clock, noDaily: o.noDaily}
	if c.clock == nil {
		c.clock = time.Now
	}
	rw, err := sql.Open("sqlite", dsn(path, "busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)",
		"foreign_keys(1)", "cache_size(-65536)", "wal_autocheckpoint(4000)", "journal_size_limit(67108864)", "temp_store(2)"))
	if err != nil {
		return nil, err
	}
	rw.SetMaxOpenConns(1)
	c.w = &writer{db: rw}
	defer func() {
		if err != nil {
			_ = c.shut() // the error that led here matters
		}
	}()
	if err := c.w.connectFirst(ctx); err != nil {
		return nil, err
	}
	if err := c.migrate(ctx, o.Progress); err != nil {
		return nil, err
	}
	ro, err := sql.Open("sqlite", dsn(path, "busy_timeout(5000)", "query_only(1)", "cache_size(-16384)", "temp_store(2)"))
	if err != nil {
		return nil, err
	}
	ro.SetMaxOpenConns(4)
	ro.SetMaxIdleConns(4)
	c.ro = ro
	if err := c.identify(); err != nil {
		return nil, err
	}
	if err := c.freshCaches(ctx, o.Progress); err != nil {
		return nil, err
	}
	if err := c.dailyBackup(ctx, overdue); err != nil && !tolerable(err) {
		return nil, err
	}
	if _, err := c.sweep(ctx, true); err != nil && !tolerable(faulty(err)) {
		return nil, err
	}
	return c, nil
}

// dsn names the database file with the pragmas of a connection.
func dsn(path string, pragmas ...string) string {
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // a drive letter
	}
	u := url.URL{Scheme: "file", Path: p}
	q := url.Values{"_txlock": {"immediate"}, "_dqs": {"0"}, "_error_rc": {"1"}, "_pragma": pragmas}
	u.RawQuery = q.Encode()
	return u.String()
}

// What a file is, judged by its first bytes.
type fileKind int

const (
	absent fileKind = iota // not there, or empty: a collection can be made
	sqliteFile
)

const (
	applicationID = 0x4C454352 // "LECR"
	headerSize    = 100
)

// inspect reads the header of the database file and says no to what must not
// be opened: opening alone could change it.
func inspect(ctx context.Context, path string) (fileKind, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return absent, nil
	}
	if err != nil {
		return absent, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return absent, err
	}
	if !info.Mode().IsRegular() {
		return absent, fault.New(fault.NotACollection, errors.New("not a regular file"))
	}
	if info.Size() == 0 {
		return absent, nil
	}
	var h [headerSize]byte
	if _, err := io.ReadFull(f, h[:]); err != nil {
		return absent, fault.New(fault.NotACollection, fmt.Errorf("read the header: %w", err))
	}
	if !bytes.HasPrefix(h[:], []byte("SQLite format 3\x00")) {
		return absent, fault.New(fault.NotACollection, errors.New("not an SQLite file"))
	}
	app := int64(binary.BigEndian.Uint32(h[68:]))
	if err := checkIdentity(app, int64(binary.BigEndian.Uint32(h[60:]))); err != nil {
		return absent, err
	}
	page := int64(binary.BigEndian.Uint16(h[16:]))
	if page == 1 {
		page = 65536
	}
	pages := int64(binary.BigEndian.Uint32(h[28:]))
	counted := bytes.Equal(h[24:28], h[92:96]) // the page count is in force
	if _, err := os.Stat(path + "-wal"); err != nil && counted && info.Size() < page*pages {
		return absent, fault.New(fault.CorruptFile, fmt.Errorf("%d bytes of %d are there", info.Size(), page*pages))
	}
	if app == 0 {
		// Looked at without a lock or a log: the file may be another program's.
		// If it is being written, what is seen may be nonsense; then migrate looks.
		db, err := sql.Open("sqlite", dsn(path)+"&mode=ro&immutable=1")
		if err != nil {
			return absent, err
		}
		defer db.Close()
		if err := checkTables(db.QueryRowContext(ctx, countTables)); fault.Is(err, fault.NotACollection) {
			return absent, err
		}
	}
	return sqliteFile, nil
}

const countTables = `SELECT count(*), (SELECT application_id FROM pragma_application_id) FROM sqlite_master
	WHERE name <> 'goose_db_version' AND substr(name, 1, 7) <> 'sqlite_'`

// checkTables judges a database without an application id: it may be a
// collection that was being made, then it has no tables yet.
func checkTables(row scanner) error {
	var tables, app int64
	if err := row.Scan(&tables, &app); err != nil || tables == 0 || app != 0 {
		return err
	}
	return fault.New(fault.NotACollection, errors.New("a database of another program"))
}

// checkIdentity judges the ids in a database's header.
func checkIdentity(app, version int64) error {
	switch {
	case app != 0 && app != applicationID:
		return fault.New(fault.NotACollection, fmt.Errorf("application id %#x", app))
	case app == applicationID && version > schemaVersion:
		return fault.New(fault.NewerCollection, fmt.Errorf("schema %d, this program knows %d", version, schemaVersion))
	}
	return nil
}

// Dir returns the collection's folder.
func (c *Collection) Dir() string { return c.dir }

// MediaDir returns the folder of pictures. A content's Src is a name in it.
func (c *Collection) MediaDir() string { return filepath.Join(c.dir, mediaName) }

// Now returns the collection's clock.
func (c *Collection) Now() scheduler.Moment { return scheduler.MomentOf(c.clock()) }

// Close makes the day's backup when one is due and closes the collection.
// Methods called after it fail.
func (c *Collection) Close() error {
	c.mu.RLock()
	closed := c.closed
	c.mu.RUnlock()
	var backup error
	if !closed {
		if backup = c.dailyBackup(context.Background(), soon); tolerable(backup) {
			backup = nil
		}
	}
	return errors.Join(c.close(), backup)
}

func (c *Collection) close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil
	}
	c.closed = true
	if err := c.shut(); err != nil {
		return fmt.Errorf("close collection: %w", faulty(err))
	}
	return nil
}

// shut closes the connections. The write-ahead log is folded into the file
// when this was the last connection to it.
func (c *Collection) shut() error {
	var err error
	if c.ro != nil {
		err = c.ro.Close()
	}
	if c.w != nil {
		err = errors.Join(err, c.w.close())
	}
	return err
}

var errClosed = errors.New("the collection is closed")
