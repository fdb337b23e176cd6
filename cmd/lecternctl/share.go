package main

import (
	"cmp"
	"context"
	"io"

	"github.com/spf13/cobra"

	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/share"
	"lectern/decks/whole"
)

// shareFlags are what of a deck is given away, and as whose.
type shareFlags struct {
	target        target
	author        string
	mine, history bool
}

// shared is what `share --json` prints.
type shared struct {
	Deck    string `json:"deck"`
	File    string `json:"file"`
	Author  string `json:"author"`
	Passed  bool   `json:"passed_on"` // it is the author's package
	Release int64  `json:"release"`
	Notes   int    `json:"notes"`
	Media   int    `json:"pictures"`
	Reviews int    `json:"answers"`
	Missing int    `json:"missing_pictures"`
}

// share writes a package for others: of an own deck signed with a key of the
// student's own, of an author's deck as the author signed it.
func (c *cli) share() *cobra.Command {
	f := &shareFlags{}
	var cmd *cobra.Command
	cmd = c.command("share", c.args(1, 1), func(ctx context.Context, args []string) error {
		if f.target.file == "" {
			return c.usage(cmd, c.p.T("ctl.flag_missing", "Name", "--output"))
		}
		if err := f.target.check(c); err != nil {
			return err
		}
		return c.with(ctx, func(col *collection.Collection) error {
			id, err := c.deck(ctx, col, args[0])
			if err != nil {
				return err
			}
			sub, err := col.Subscription(ctx, id)
			if err != nil {
				return err
			}
			if sub != nil && (f.mine || f.history || f.author != "") {
				return c.usage(cmd, c.p.T("ctl.share_as_it_is", "Title", sub.Title))
			}
			if sub == nil {
				if f.author, err = c.author(ctx, cmd, col, f.author); err != nil {
					return err
				}
			}
			var r share.Result
			err = f.target.stream(func(w io.Writer) (err error) {
				if sub != nil {
					r, err = share.PassOn(ctx, col, id, w)
					return err
				}
				r, err = share.Own(ctx, col, id, share.Options{Author: f.author, Mine: f.mine, Past: f.history, Now: c.clock()}, w)
				return err
			})
			if err != nil {
				return err
			}
			if n := len(r.Missing); n > 0 {
				c.warn(c.p.N("ctl.export_missing", n))
			}
			return c.show(shared{id, f.target.file, r.Author, sub != nil, r.Seq, r.Notes, r.Media, r.Reviews, len(r.Missing)},
				func() { c.printShared(r, f, sub != nil) })
		})
	})
	flags := cmd.Flags()
	c.targetFlags(cmd, &f.target)
	flags.StringVar(&f.author, "author", "", c.p.T("ctl.flag_author"))
	flags.BoolVar(&f.mine, "mine", false, c.p.T("ctl.flag_share_mine"))
	flags.BoolVar(&f.history, "history", false, c.p.T("ctl.flag_share_history"))
	return cmd
}

// author is the name that an own deck is shared under: the one that was given,
// which is remembered, or the last one.
func (c *cli) author(ctx context.Context, cmd *cobra.Command, col *collection.Collection, name string) (string, error) {
	last, err := col.Setting(ctx, share.SettingAuthor)
	if err != nil {
		return "", err
	}
	name = share.Name(cmp.Or(name, last))
	if name == "" {
		return "", c.usage(cmd, c.p.T("ctl.share_by_whom"))
	}
	if name != last {
		err = col.SetSetting(ctx, share.SettingAuthor, name)
	}
	return name, err
}

func (c *cli) printShared(r share.Result, f *shareFlags, passed bool) {
	c.line(c.p.N("ctl.shared", r.Notes, "File", f.target.file, "Author", r.Author))
	switch {
	case passed:
		c.line(c.p.T("ctl.shared_passed"))
	case r.Reviews > 0:
		c.line(c.p.N("ctl.shared_history", r.Reviews))
	}
}

// stream has a file written there, as a whole or not at all.
func (t target) stream(write func(io.Writer) error) error {
	err := whole.Write(t.file, modeOf(t.file), write)
	if err != nil && fault.Of(err).Code == fault.Unknown {
		return unwritable(t.file, err)
	}
	return err
}
