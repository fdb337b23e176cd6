package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"lectern/decks/collection"
	"lectern/decks/fault"
)

// backupAnswer is a backup in --json, its time in the zone of the clock.
type backupAnswer struct {
	collection.BackupInfo
	At *string `json:"at"`
}

func (c *cli) backupOf(b collection.BackupInfo) backupAnswer { return backupAnswer{b, c.stamp(b.At)} }

// backup copies the collection with its media into one file.
func (c *cli) backup() *cobra.Command {
	return c.command("backup", c.args(0, 1), func(ctx context.Context, args []string) error {
		dest := ""
		if len(args) == 1 {
			var err error
			if dest, err = filepath.Abs(args[0]); err != nil {
				return err
			}
			// Whatever has this name, be it the collection itself, is not lost.
			if _, err := os.Lstat(dest); err == nil {
				return fault.New(fault.BadArgument, nil, "what", c.p.T("ctl.already_there", "Name", args[0]))
			}
		}
		return c.with(ctx, func(col *collection.Collection) error {
			info, err := col.Backup(ctx, dest, "manual")
			if dest != "" && fault.Is(err, fault.ReadOnly) { // the collection can be read: it is the place
				return fault.New(fault.UnwritableFile, err, "name", args[0])
			}
			if err != nil {
				return err
			}
			return c.show(c.backupOf(info), func() {
				c.line(c.p.N("ctl.backed_up", info.Reviews, "Path", info.Path, "Size", c.p.Bytes(info.Size)))
			})
		})
	})
}

// backups lists the backups of a collection, also of one that cannot be opened.
func (c *cli) backups() *cobra.Command {
	return c.command("backups", c.noArgs, func(context.Context, []string) error {
		dir, err := c.place()
		if err != nil {
			return err
		}
		list, err := collection.ListBackups(dir)
		if err != nil {
			return err
		}
		answer := []backupAnswer{}
		for _, b := range list {
			answer = append(answer, c.backupOf(b))
		}
		return c.show(map[string]any{"backups": answer}, func() {
			if len(list) == 0 {
				c.line(c.p.T("fault.no_backup"))
				return
			}
			table := [][]string{{c.p.T("ctl.col_when"), c.p.T("ctl.col_answers"), c.p.T("ctl.col_size"), c.p.T("ctl.col_why"), c.p.T("ctl.col_file")}}
			for _, b := range list {
				why := b.Why
				if key := "ctl.why_" + b.Why; c.p.Has(key) {
					why = c.p.T(key)
				}
				table = append(table, []string{c.here(b.At).Format("2006-01-02 15:04"), c.p.Int(b.Reviews), c.p.Bytes(b.Size), why, b.Path})
			}
			c.table(table, 1, 2)
		})
	})
}

// restore puts a backup in the collection's place; what was there is backed up
// first.
func (c *cli) restore() *cobra.Command {
	return c.command("restore", c.args(1, 1), func(ctx context.Context, args []string) error {
		dir, err := c.place()
		if err != nil {
			return err
		}
		if _, err := os.Stat(args[0]); err != nil {
			return fault.New(fault.UnreadableFile, err, "name", args[0])
		}
		report, done := c.progress(c.p.T("ctl.restoring"))
		err = collection.RestoreBackup(ctx, dir, args[0], report)
		done()
		if err != nil {
			return err
		}
		return c.with(ctx, func(col *collection.Collection) error {
			s, err := col.Stats(ctx)
			if err != nil {
				return err
			}
			return c.show(map[string]any{"restored": args[0], "reviews": s.Reviews, "cards": s.Cards}, func() {
				c.line(c.p.N("ctl.restored", s.Reviews))
			})
		})
	})
}
