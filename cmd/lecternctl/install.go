package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/feed/poll"
	"lectern/decks/fetch"
	"lectern/decks/merge"
	"lectern/decks/release"
	"lectern/decks/release/sign"
	"lectern/decks/subscribe"
)

// reader opens packages and asks feeds for a collection.
func (c *cli) reader(col *collection.Collection) *subscribe.Reader {
	return &subscribe.Reader{Collection: col, Client: &poll.Client{Clock: c.clock, Version: version}}
}

// shipped is what came of a release, in --json.
type shipped struct {
	Deck        string `json:"deck"`
	Title       string `json:"title"`
	Author      string `json:"author"`
	Fingerprint string `json:"fingerprint"`
	Epoch       int    `json:"epoch"`
	Release     int64  `json:"release"`
	Label       string `json:"label"`
	Notes       string `json:"notes"`
	Feed        string `json:"feed"`
	Installed   bool   `json:"installed"`
	Update      bool   `json:"update"`
	From        int64  `json:"from"` // the release that was shown before, 0 for none
	comparison
}

// comparison says in numbers what a release changes.
type comparison struct {
	New       int `json:"new"`
	Fixed     int `json:"fixed"`
	Substance int `json:"substance"`
	Retired   int `json:"retired"`
	Returned  int `json:"returned"`
	Split     int `json:"split"`
	Joined    int `json:"joined"`
	Moved     int `json:"moved"`
	Same      int `json:"same"`
	Kept      int `json:"kept"`   // texts of the student's that stay
	Merged    int `json:"merged"` // texts that hold both
	Asks      int `json:"asks"`   // texts that wait for a decision
	Sooner    int `json:"sooner"`
	Cards     int `json:"cards"`
}

func compared(o collection.Offer) comparison {
	u := o.Update
	out := comparison{
		New: u.New, Fixed: u.Fixed, Substance: u.Substance, Retired: u.Retired, Returned: u.Returned, Split: u.Split, Joined: u.Joined,
		Moved: u.Moved, Same: u.Same, Kept: u.Yours.Kept, Merged: u.Yours.Merged, Asks: u.Yours.Asks, Sooner: o.Sooner,
		Cards: o.Shipment.Statement.Content.Cards,
	}
	if o.First {
		out.New = o.Shipment.Statement.Content.Notes
	}
	return out
}

func (c *cli) shippedAs(o collection.Offer) shipped {
	s := o.Shipment.Statement
	out := shipped{
		Deck: s.Deck, Title: o.Shipment.Release.Deck.Title, Author: o.Shipment.Trust.Last().Author, Fingerprint: fingerprint(o.Shipment.Trust.Last().Root[0].Public),
		Epoch: s.Epoch, Release: s.Seq, Label: s.Label, Notes: s.Notes, Feed: o.Shipment.Feed, Update: !o.First, comparison: compared(o),
	}
	if o.Installed != nil {
		out.From = o.Installed.Seq
	}
	return out
}

// fingerprint is how people compare a key.
func fingerprint(key sign.Public) string { return key.Fingerprint() }

// decisionFlags are what is decided of an update beforehand.
type decisionFlags struct {
	mine, theirs, both bool
	leave              []string
}

func (c *cli) decisionFlags(cmd *cobra.Command, d *decisionFlags) {
	cmd.Flags().BoolVar(&d.mine, "mine", false, c.p.T("ctl.flag_update_mine"))
	cmd.Flags().BoolVar(&d.theirs, "theirs", false, c.p.T("ctl.flag_update_theirs"))
	cmd.Flags().BoolVar(&d.both, "both", false, c.p.T("ctl.flag_update_both"))
	cmd.Flags().StringSliceVar(&d.leave, "leave", nil, c.p.T("ctl.flag_update_leave"))
}

// choice is the one for texts that both wrote, "" for none.
func (c *cli) choice(cmd *cobra.Command, d decisionFlags) (choice merge.Choice, err error) {
	for _, x := range []struct {
		on     bool
		choice merge.Choice
	}{{d.mine, merge.ChooseMine}, {d.theirs, merge.ChooseTheirs}, {d.both, merge.ChooseBoth}} {
		switch {
		case x.on && choice != "":
			return "", c.usage(cmd, c.p.T("ctl.one_choice"))
		case x.on:
			choice = x.choice
		}
	}
	return choice, nil
}

// decisions reads them for an offer.
func (c *cli) decisions(cmd *cobra.Command, d decisionFlags, o collection.Offer) (out collection.Decisions, err error) {
	if out.Undecided, err = c.choice(cmd, d); err != nil {
		return out, err
	}
	changed := map[string]bool{}
	for i := range o.Update.Rows {
		changed[o.Update.Rows[i].Note] = true
	}
	for _, id := range d.leave {
		note := card(strings.TrimSpace(id)).Note()
		if !changed[note] {
			return out, fault.New(fault.BadArgument, nil, "what", c.p.T("ctl.not_in_update", "Note", note))
		}
		if out.Leave == nil {
			out.Leave = map[string]bool{}
		}
		out.Leave[note] = true
	}
	return out, nil
}

// installs installs an author's deck, or updates it.
func (c *cli) installs() *cobra.Command {
	var yes bool
	var key string
	var d decisionFlags
	var cmd *cobra.Command
	cmd = c.command("install", c.args(1, 1), func(ctx context.Context, args []string) error {
		if _, err := c.choice(cmd, d); err != nil {
			return err
		}
		return c.open(ctx, false, func(col *collection.Collection) error {
			r := c.reader(col)
			p, linked, err := c.parcel(ctx, r, args[0])
			if err != nil {
				return err
			}
			defer p.Close()
			o, err := col.Offer(ctx, p.Shipment)
			if err != nil {
				return err
			}
			if key != "" && !isKey(key, o.Shipment) {
				return fault.New(fault.OtherAuthor, fmt.Errorf("the key given is not among those of the author"))
			}
			if (o.First || o.Local) && !yes && key == "" && !linked {
				return c.unconfirmed(c.shippedAs(o))
			}
			return c.accept(ctx, cmd, col, r, p, o, d)
		})
	})
	cmd.Flags().BoolVar(&yes, "yes", false, c.p.T("ctl.flag_install_yes"))
	cmd.Flags().StringVar(&key, "key", "", c.p.T("ctl.flag_install_key"))
	c.decisionFlags(cmd, &d)
	return cmd
}

// isKey tells whether a key, or its fingerprint, is one that the author signs his
// statements of trust with.
func isKey(text string, s collection.Shipment) bool {
	text = strings.TrimSpace(text)
	for _, k := range s.Trust.Last().Root {
		if strings.EqualFold(text, k.Public.Fingerprint()) {
			return true
		}
	}
	key, err := sign.ParsePublic(text)
	return err == nil && s.Trust.Rooted(key)
}

// parcel opens what a deck comes in: a file, a folder, a link or an address. Linked
// tells that the link named the author's key.
func (c *cli) parcel(ctx context.Context, r *subscribe.Reader, arg string) (p *subscribe.Parcel, linked bool, err error) {
	report, finish := c.progress(c.p.T("ctl.fetching"))
	defer finish()
	step := poll.Progress(nil)
	if report != nil {
		step = func(done, total int64) { report(int(done), int(total)) }
	}
	if feed.IsLink(arg) || fetch.IsAddress(arg) && strings.Contains(arg, "/"+feed.Name) {
		link, err := feed.ParseLink(arg)
		if err != nil {
			return nil, false, err
		}
		p, err := r.Feed(ctx, link, true, step)
		return p, !link.Key.IsZero(), err
	}
	if fetch.IsAddress(arg) {
		page, err := fetch.Get(ctx, arg, fetch.Options{Typed: true, Progress: report})
		if err != nil {
			return nil, false, err
		}
		p, ok, err := r.Data(ctx, page, true, step)
		if err == nil && !ok {
			err = fault.New(fault.NotAPackage, nil, "name", page.Name)
		}
		return p, false, err
	}
	if _, err := os.Stat(arg); err != nil {
		return nil, false, fault.New(fault.UnreadableFile, err, "name", filepath.Base(arg))
	}
	p, err = r.File(ctx, arg, step)
	return p, false, err
}

// unconfirmed says whose a deck is that nobody has vouched for.
func (c *cli) unconfirmed(s shipped) error {
	err := c.show(s, func() {
		c.line(c.p.N("ctl.ship_first", s.New, "Title", s.Title, "Release", c.releaseName(s.Release, s.Label)))
		c.line(c.p.T("ctl.ship_author", "Author", s.Author, "Fingerprint", s.Fingerprint))
		c.line(c.p.T("ctl.ship_confirm", "Fingerprint", s.Fingerprint))
	})
	if err != nil {
		return err
	}
	return errProblems
}

// releaseName is a release as people call it.
func (c *cli) releaseName(seq int64, label string) string {
	if label == "" {
		return c.p.T("subscribe.release", "N", seq)
	}
	return c.p.T("subscribe.release_label", "N", seq, "Label", label)
}

// accept installs what was offered and says what came of it.
func (c *cli) accept(ctx context.Context, cmd *cobra.Command, col *collection.Collection, r *subscribe.Reader, p *subscribe.Parcel, o collection.Offer, flags decisionFlags) error {
	d, err := c.decisions(cmd, flags, o)
	if err != nil {
		return err
	}
	said := c.shippedAs(o)
	report, finish := c.progress(c.p.T("ctl.importing"))
	_, err = col.Accept(ctx, o, d, report)
	finish()
	if err != nil {
		return err
	}
	if err := r.Installed(ctx, p); err != nil {
		return err
	}
	said.Installed = true
	if d.Undecided != "" {
		said.Asks = 0
	}
	return c.show(said, func() {
		c.printShipped(said, o.Same)
	})
}

func (c *cli) printShipped(s shipped, same bool) {
	name := c.releaseName(s.Release, s.Label)
	switch {
	case !s.Update:
		c.line(c.p.N("ctl.ship_installed", s.New, "Title", s.Title, "Release", name, "Author", s.Author))
	case same:
		c.line(c.p.T("ctl.ship_same", "Title", s.Title, "Release", name))
	default:
		c.line(c.p.T("ctl.ship_updated", "Title", s.Title, "Release", name))
		c.printComparison(s.comparison)
	}
}

// printComparison says what a release changes, each part of it that there is.
func (c *cli) printComparison(x comparison) {
	for _, part := range []struct {
		key string
		n   int
	}{
		{"new", x.New}, {"fixed", x.Fixed}, {"substance", x.Substance}, {"retired", x.Retired}, {"returned", x.Returned}, {"split", x.Split},
		{"joined", x.Joined}, {"moved", x.Moved}, {"kept", x.Kept}, {"merged", x.Merged}, {"sooner", x.Sooner}, {"asks", x.Asks},
	} {
		if part.n > 0 {
			c.line("  " + c.p.N("ctl.ship_n_"+part.key, part.n))
		}
	}
}

// found returns the signed release of a deck that is kept.
func found(all []collection.KeptRelease, seq int64) (release.Statement, bool) {
	for _, k := range all {
		if k.Statement.Seq == seq {
			return k.Statement, true
		}
	}
	return release.Statement{}, false
}
