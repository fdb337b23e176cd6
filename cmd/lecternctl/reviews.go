package main

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/spf13/cobra"

	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/scheduler"
	"lectern/scheduler/revlog"
)

// reviewsFrom are the flags that say which answers to read: a log, or by
// default the collection's.
type reviewsFrom struct {
	log      string
	zone     int // minutes
	rollover int // hour
	until    float64
}

func (c *cli) reviewsFlags(cmd *cobra.Command) *reviewsFrom {
	f := &reviewsFrom{}
	flags := cmd.Flags()
	flags.StringVar(&f.log, "log", "", c.p.T("ctl.flag_log"))
	flags.IntVar(&f.zone, "tz-minutes", 0, c.p.T("ctl.flag_tz"))
	flags.IntVar(&f.rollover, "rollover-hour", 4, c.p.T("ctl.flag_rollover"))
	flags.Float64Var(&f.until, "until-fraction", 1, c.p.T("ctl.flag_until"))
	return f
}

// check refuses values that flags cannot have.
func (f *reviewsFrom) check(c *cli, cmd *cobra.Command) error {
	switch {
	case f.zone < -revlog.MaxZone || f.zone > revlog.MaxZone:
		return c.badValue(cmd, "tz-minutes")
	case f.rollover < 0 || f.rollover > 23:
		return c.badValue(cmd, "rollover-hour")
	case !(f.until >= 0 && f.until <= 1):
		return c.badValue(cmd, "until-fraction")
	}
	return nil
}

// badValue says that a flag was given a value it cannot have.
func (c *cli) badValue(cmd *cobra.Command, flag string) error {
	return c.usage(cmd, c.p.T("ctl.bad_flag_value", "Value", cmd.Flag(flag).Value.String(), "Name", "--"+flag))
}

// answered is what a student answered.
type answered struct {
	*revlog.Log
	rollover int               // hour
	preset   *scheduler.Preset // of a collection; nil for a log
}

// answered reads the answers of a log or, without one, of the collection's
// decks that share the settings of deck.
func (c *cli) answered(ctx context.Context, f *reviewsFrom, deck string) (a answered, err error) {
	if f.log != "" {
		a.rollover = f.rollover
		a.Log, err = c.reviews(ctx, f)
		return a, err
	}
	err = c.with(ctx, func(col *collection.Collection) error {
		info, err := c.presetOf(ctx, col, deck)
		if err != nil {
			return err
		}
		report, done := c.progress(c.p.T("ctl.reading"))
		l, err := col.ReviewLog(ctx, info.ID, 1, report)
		done()
		if err != nil {
			return err
		}
		a = answered{l.Until(f.until), info.Preset.RolloverHour, &info.Preset}
		return nil
	})
	return a, err
}

// presetOf finds the settings of a deck by its id or title, of those without
// settings of their own for "".
func (c *cli) presetOf(ctx context.Context, col *collection.Collection, deck string) (collection.PresetInfo, error) {
	id, err := c.deck(ctx, col, deck)
	if err != nil {
		return collection.PresetInfo{}, err
	}
	return col.PresetOf(ctx, id)
}

// reviews reads the answers of a log, up to the moment asked for.
func (c *cli) reviews(ctx context.Context, f *reviewsFrom) (*revlog.Log, error) {
	l, err := c.readLog(ctx, f)
	if err != nil {
		return nil, err
	}
	return l.Until(f.until), nil
}

// readLog reads a log, from a file or "-".
func (c *cli) readLog(ctx context.Context, f *reviewsFrom) (*revlog.Log, error) {
	var from io.Reader
	if f.log == "-" {
		from = c.input(ctx)
	} else {
		file, err := os.Open(f.log)
		if err != nil {
			return nil, fault.New(fault.UnreadableFile, err, "name", f.log)
		}
		defer file.Close() //nolint:errcheck // it is only read
		from = file
	}
	l, err := revlog.Read(from, f.zone)
	var syntax *revlog.SyntaxError
	switch {
	case err == nil:
		return l, nil
	case errors.As(err, &syntax):
		return nil, fault.New(fault.BadLog, err, "file", f.log, "line", syntax.Line)
	case ctx.Err() != nil:
		return nil, fault.New(fault.Cancelled, err)
	default:
		return nil, fault.New(fault.UnreadableFile, err, "name", f.log)
	}
}

// cancelled turns the end of ctx into the fault that says so.
func cancelled(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return fault.New(fault.Cancelled, err)
	}
	return err
}
