package collection

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"

	"github.com/pressly/goose/v3"

	"lectern/decks"
	"lectern/decks/fault"
)

// schemaVersion is the version of the newest migration; each one sets PRAGMA
// user_version to its own.
const schemaVersion = 1

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrate brings the file to schemaVersion. A collection that has tables is
// copied into backups first.
func (c *Collection) migrate(ctx context.Context, p Progress) error {
	t := &tx{w: c.w, ctx: ctx}
	var app, version, tables int64
	if err := t.row(`PRAGMA application_id`).Scan(&app); err != nil {
		return err
	}
	if err := t.row(`PRAGMA user_version`).Scan(&version); err != nil {
		return err
	}
	if err := checkIdentity(app, version); err != nil {
		return err
	}
	if app == applicationID && version == schemaVersion {
		return nil
	}
	if err := t.row(`SELECT count(*) FROM sqlite_master WHERE name <> 'goose_db_version' AND name NOT LIKE 'sqlite_%'`).Scan(&tables); err != nil {
		return err
	}
	switch {
	case app == 0 && tables > 0:
		return fault.New(fault.NotACollection, errors.New("a database of another program"))
	case tables > 0:
		dest := filepath.Join(c.dir, backupName, backupFile(c.clock(), whyMigration))
		if _, err := writeBackup(ctx, c.dir, dest, whyMigration, c.clock(), p); err != nil {
			return fmt.Errorf("copy before migration: %w", err)
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
