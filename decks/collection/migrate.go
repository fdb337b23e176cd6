package collection

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"

	"github.com/pressly/goose/v3"

	"lectern/decks"
)

// schemaVersion is the version of the newest migration; each one sets PRAGMA
// user_version to its own.
const schemaVersion = 4

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrate brings the file to schemaVersion. A collection that has tables is
// copied into backups first.
func (c *Collection) migrate(ctx context.Context, p Progress) error {
	if _, done, err := c.migrated(ctx); err != nil || done {
		return err
	}
	// Two programs may open the same folder at once, and a migration that is run a second
	// time by the one that comes later is another one: they take turns.
	unlock, err := c.lockMigrations(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	app, done, err := c.migrated(ctx)
	if err != nil || done {
		return err
	}
	t := &tx{w: c.w, ctx: ctx}
	if app == 0 {
		if err := checkTables(t.row(countTables)); err != nil {
			return err
		}
	} else {
		if _, err := writeBackup(ctx, c.dir, "", whyMigration, c.clock(), p); err != nil {
			return fmt.Errorf("copy before migration: %w", err)
		}
		if err := rotate(c.dir); err != nil && !tolerable(faulty(err)) {
			return err
		}
	}
	c.w.drop() // the migrations need the pool's one connection
	dir, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, c.w.db, dir, goose.WithSlog(slog.New(slog.DiscardHandler)))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return c.w.connect(ctx)
}

// migrated tells whose file it is and whether it is of schemaVersion.
func (c *Collection) migrated(ctx context.Context) (app int64, done bool, err error) {
	t := &tx{w: c.w, ctx: ctx}
	var version int64
	if err := t.row(`PRAGMA application_id`).Scan(&app); err != nil {
		return app, false, err
	}
	if err := t.row(`PRAGMA user_version`).Scan(&version); err != nil {
		return app, false, err
	}
	return app, app == applicationID && version == schemaVersion, checkIdentity(app, version)
}

// lockName is a database without anything in it: who has it locked migrates. A lock of
// SQLite goes with the process that holds it.
const lockName = ".lectern-lock"

func (c *Collection) lockMigrations(ctx context.Context) (unlock func(), err error) {
	db, err := sql.Open("sqlite", dsn(filepath.Join(c.dir, lockName), "busy_timeout(60000)"))
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err == nil {
		_, err = conn.ExecContext(ctx, `BEGIN EXCLUSIVE`)
	}
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("wait for another program's migrations: %w", err)
	}
	return func() {
		conn.Close()
		db.Close()
	}, nil
}

// identify reads who this computer is, and gives a new collection its device.
func (c *Collection) identify() error {
	return c.transact(context.Background(), func(t *tx) error {
		err := t.row(`SELECT n FROM devices JOIN meta ON meta.key = 'device' AND hex(devices.id) = meta.value`).Scan(&c.device)
		if err == nil || !isNoRows(err) {
			return err
		}
		id := decks.NewEventID()
		res, err := t.exec(`INSERT INTO devices (id) VALUES (?)`, id[:])
		if err != nil {
			return err
		}
		if c.device, err = res.LastInsertId(); err != nil {
			return err
		}
		_, err = t.exec(`INSERT INTO meta (key, value) VALUES ('device', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
			fmt.Sprintf("%X", id[:]))
		return err
	})
}
