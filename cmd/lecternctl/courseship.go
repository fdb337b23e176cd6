package main

import (
	"context"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"lectern/decks/course/ship"
	"lectern/decks/fault"
	"lectern/decks/feed/poll"
	"lectern/decks/feed/site"
	"lectern/decks/intake"
	"lectern/decks/release"
	"lectern/decks/release/sign"
)

// shipFlags say how a release is made.
type shipFlags struct {
	ship.Options
	notes string
}

func (c *cli) shipFlags(cmd *cobra.Command, f *shipFlags) {
	flags := cmd.Flags()
	flags.StringVar(&f.Label, "label", "", c.p.T("ctl.flag_pub_label"))
	flags.StringVar(&f.notes, "notes", "", c.p.T("ctl.flag_pub_notes"))
	flags.StringVar(&f.NextBy, "next-by", "", c.p.T("ctl.flag_pub_next_by"))
	flags.StringVar(&f.MinApp, "min-app", "", c.p.T("ctl.flag_pub_min_app"))
	flags.BoolVar(&f.AllMinor, "all-minor", false, c.p.T("ctl.flag_pub_all_minor"))
	flags.BoolVar(&f.Retire, "retire-all", false, c.p.T("ctl.flag_retire_all"))
}

// options completes what the flags say.
func (c *cli) shipOptions(ctx context.Context, f shipFlags) (ship.Options, error) {
	o := f.Options
	o.Now = c.clock()
	if o.NextBy != "" {
		if _, err := time.Parse(time.DateOnly, o.NextBy); err != nil {
			return o, fault.New(fault.BadArgument, err, "what", o.NextBy)
		}
	}
	switch f.notes {
	case "":
	case "-":
		b, err := intake.ReadAll(c.input(ctx), f.notes)
		if err != nil {
			return o, err
		}
		o.Notes = string(b)
	default:
		b, err := intake.Read(f.notes)
		if err != nil {
			return o, err
		}
		o.Notes = string(b)
	}
	if n := len(release.Text(o.Notes)); n > release.MaxReleaseNotes {
		return o, fault.New(fault.TooLarge, nil, "limit", release.MaxReleaseNotes)
	}
	return o, nil
}

// courseBuild makes a package of a course.
func (c *cli) courseBuild() *cobra.Command {
	var f shipFlags
	var out target
	previous := ""
	var cmd *cobra.Command
	cmd = c.command("course_build", c.args(0, 1), func(ctx context.Context, args []string) error {
		if out.file == "" {
			return c.usage(cmd, c.p.T("ctl.flag_missing", "Name", "--out"))
		}
		if err := out.check(c); err != nil {
			return err
		}
		dir := courseDir(args)
		o, err := c.shipOptions(ctx, f)
		if err != nil {
			return err
		}
		store, err := c.store()
		if err != nil {
			return err
		}
		var last *ship.Last
		if previous != "" {
			if last, err = ship.ReadLast(ctx, previous, dir); err != nil {
				return err
			}
		}
		r, err := ship.Build(ctx, dir, last, store, o)
		if err != nil {
			return err
		}
		if err := r.WriteFile(ctx, out.file); err != nil {
			return err
		}
		s := r.Statement
		answer := map[string]any{"file": out.file, "release": s.Seq, "epoch": s.Epoch, "notes": s.Content.Notes, "cards": s.Content.Cards, "sha256": s.Content.Hash, "news": s.Notes, "key": r.Signer.Public.String()}
		return c.show(answer, func() {
			c.line(c.p.N("ctl.pub_built", s.Content.Cards, "Seq", s.Seq, "File", out.file))
			c.line("")
			c.line(s.Notes)
		})
	})
	c.shipFlags(cmd, &f)
	cmd.Flags().StringVarP(&out.file, "out", "o", "", c.p.T("ctl.flag_output"))
	cmd.Flags().BoolVar(&out.replace, "replace", false, c.p.T("ctl.flag_replace"))
	cmd.Flags().StringVar(&previous, "previous", "", c.p.T("ctl.flag_pub_previous"))
	return cmd
}

// coursePublish brings a folder up to date with a course.
func (c *cli) coursePublish() *cobra.Command {
	var f shipFlags
	var p ship.Publication
	to, offline := "", false
	var cmd *cobra.Command
	cmd = c.command("course_publish", c.args(0, 1), func(ctx context.Context, args []string) error {
		if to == "" {
			return c.usage(cmd, c.p.T("ctl.flag_missing", "Name", "--to"))
		}
		var err error
		if p.Options, err = c.shipOptions(ctx, f); err != nil {
			return err
		}
		store, err := c.store()
		if err != nil {
			return err
		}
		if !offline {
			p.Live = c.poller()
		}
		report, finish := c.progress(c.p.T("ctl.pub_publishing"))
		if report != nil {
			p.Progress = func(done, total int64) { report(int(done), int(total)) }
		}
		out, err := ship.Publish(ctx, courseDir(args), to, store, p)
		finish()
		if err != nil {
			return err
		}
		unreached := ""
		if out.Unreached != nil {
			unreached = c.sentence(out.Unreached)
		}
		latest := out.Feed.Latest()
		answer := map[string]any{"folder": to, "release": out.Seq, "epoch": out.Feed.Epoch, "new": out.New, "files": out.Files, "link": out.Link,
			"package": latest.Package.Bytes, "delta": latest.Delta.Bytes, "key": out.Signer.Public.String(), "signer": out.Signer.Name, "unreached": unreached}
		return c.show(answer, func() { c.printPublished(out, to) })
	})
	c.shipFlags(cmd, &f)
	flags := cmd.Flags()
	flags.StringVar(&to, "to", "", c.p.T("ctl.flag_pub_to"))
	flags.StringArrayVar(&p.Mirrors, "mirror", nil, c.p.T("ctl.flag_pub_mirror"))
	flags.Int64Var(&p.Revert, "revert", 0, c.p.T("ctl.flag_pub_revert"))
	flags.BoolVar(&p.Anyway, "anyway", false, c.p.T("ctl.flag_pub_anyway"))
	flags.BoolVar(&offline, "offline", false, c.p.T("ctl.flag_pub_offline"))
	return cmd
}

func (c *cli) printPublished(out ship.Published, to string) {
	latest := out.Feed.Latest()
	switch {
	case out.New:
		c.line(c.p.T("ctl.pub_published", "Seq", out.Seq, "Folder", to, "Size", c.p.Bytes(latest.Package.Bytes)))
		if latest.Delta.Bytes > 0 {
			c.line(c.p.T("ctl.pub_delta", "Size", c.p.Bytes(latest.Delta.Bytes)))
		}
	case out.Files > 0:
		c.line(c.p.T("ctl.pub_feed", "Seq", out.Seq))
	default:
		c.line(c.p.T("ctl.pub_same", "Seq", out.Seq))
	}
	if out.Link != "" {
		c.line(c.p.T("ctl.keys_link", "Link", out.Link))
	} else {
		c.line(c.p.T("ctl.keys_no_link"))
	}
	if out.Files > 0 {
		c.line(c.p.T("ctl.pub_upload", "Folder", to))
	}
	if out.Unreached != nil {
		c.line(c.p.T("ctl.pub_not_looked", "What", c.sentence(out.Unreached)))
	}
}

// poller asks feeds with the clock of this run.
func (c *cli) poller() *poll.Client { return &poll.Client{Clock: c.clock, Version: version} }

// courseVerify says who signed what.
func (c *cli) courseVerify() *cobra.Command {
	key := ""
	cmd := c.command("course_verify", c.args(1, 1), func(ctx context.Context, args []string) error {
		var public sign.Public
		if key != "" {
			var err error
			if public, err = sign.ParsePublic(key); err != nil {
				return fault.New(fault.BadArgument, err, "what", key)
			}
		}
		v, err := ship.Verify(ctx, args[0], public, c.poller(), nil)
		if err != nil {
			return err
		}
		s, now := v.Statement, v.Chain.Last()
		answer := map[string]any{"kind": v.Kind, "title": v.Title, "deck": s.Deck, "author": now.Author, "fingerprint": site.Fingerprint(v.Chain), "rooted": v.Rooted, "release": s.Seq, "epoch": s.Epoch,
			"time": s.Time, "label": s.Label, "notes": s.Content.Notes, "cards": s.Content.Cards, "media": v.Media, "releases": v.Releases,
			"key": v.Signer.Public.String(), "signer": v.Signer.Name, "trust": now.N}
		return c.show(answer, func() { c.printVerified(v, args[0]) })
	})
	cmd.Flags().StringVar(&key, "key", "", c.p.T("ctl.flag_pub_key"))
	return cmd
}

func (c *cli) printVerified(v ship.Verified, what string) {
	s, now := v.Statement, v.Chain.Last()
	when := s.Time
	if t, err := time.Parse(time.RFC3339, s.Time); err == nil {
		when = c.moment(t)
	}
	c.line(c.p.N("ctl.verify_title", s.Content.Cards, "Title", v.Title, "Seq", s.Seq, "When", when))
	signer := v.Signer.Name
	if signer == "" {
		signer = now.Author
	}
	c.line(c.p.T("ctl.verify_signed", "Signer", signer, "Key", v.Signer.Public.Fingerprint()))
	c.line(c.p.T("ctl.keys_author", "Author", now.Author, "Fingerprint", site.Fingerprint(v.Chain)))
	if v.Rooted {
		c.line(c.p.T("ctl.verify_rooted"))
	} else {
		c.line(c.p.T("ctl.verify_not_rooted"))
	}
	if now.N > 1 {
		c.line(c.p.T("ctl.verify_trust", "N", strconv.Itoa(now.N)))
	}
	if v.Kind == "folder" {
		c.line(c.p.N("ctl.verify_folder", v.Releases, "Folder", filepath.Base(what)))
	} else {
		c.line(c.p.T("ctl.verify_whole"))
	}
	if !v.Late.IsZero() {
		c.line(c.p.T("ctl.verify_late", "Day", c.p.DateFrom(c.clock(), v.Late)))
	}
}
