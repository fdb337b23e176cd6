package collection

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"

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
	t := &tx{w: c.w, ctx: ctx}
	var app, version int64
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
	// Two programs may open the same new folder at once: the one that comes
	// second finds the tables made, and at the next try nothing left to do.
	for range 3 {
		if _, err = provider.Up(ctx); err == nil || ctx.Err() != nil {
			break
		}
	}
	if err != nil {
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
