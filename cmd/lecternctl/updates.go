package main

import (
	"context"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/subscribe"
)

// followed is a deck in `updates --json`.
type followed struct {
	Deck      string          `json:"deck"`
	Title     string          `json:"title"`
	Author    string          `json:"author"`
	Release   int64           `json:"release"` // that is shown
	Label     string          `json:"label"`
	Mode      collection.Mode `json:"mode"`
	Skip      int64           `json:"skip"`
	Feed      string          `json:"feed"`
	Fresh     int             `json:"fresh"` // releases beyond the latest that was installed
	Offered   *offered        `json:"offered"`
	Checked   *string         `json:"checked"`
	Unreached *string         `json:"unreached"` // why no host answered
	Alarm     *string         `json:"alarm"`     // why the answer was not believed
	Late      *string         `json:"late"`      // since when a release was to be expected
	Change    *comparison     `json:"change"`    // of one deck that was asked about
}

type offered struct {
	Release int64  `json:"release"`
	Label   string `json:"label"`
	Time    string `json:"time"`
}

// updates asks the authors of decks what is new.
func (c *cli) updates() *cobra.Command {
	return c.command("updates", c.args(0, 1), func(ctx context.Context, args []string) error {
		return c.with(ctx, func(col *collection.Collection) error {
			subs, err := c.subscriptions(ctx, col, args)
			if err != nil {
				return err
			}
			r := c.reader(col)
			out := []followed{}
			alarmed := false
			for _, s := range subs {
				f, err := c.follow1(ctx, col, r, s, len(args) > 0)
				if err != nil {
					return err
				}
				alarmed = alarmed || f.Alarm != nil
				out = append(out, f)
			}
			err = c.show(map[string]any{"decks": out}, func() { c.printUpdates(out) })
			if err == nil && alarmed {
				err = errProblems
			}
			return err
		})
	})
}

// subscriptions are the decks that authors sign: all of them, or the one that is named.
func (c *cli) subscriptions(ctx context.Context, col *collection.Collection, args []string) ([]collection.Subscription, error) {
	if len(args) == 0 {
		return col.Subscriptions(ctx)
	}
	s, err := c.subscription(ctx, col, args[0])
	if err != nil {
		return nil, err
	}
	return []collection.Subscription{s}, nil
}

// subscription is how a named deck is subscribed to.
func (c *cli) subscription(ctx context.Context, col *collection.Collection, name string) (collection.Subscription, error) {
	id, err := c.deck(ctx, col, name)
	if err != nil {
		return collection.Subscription{}, err
	}
	s, err := col.Subscription(ctx, id)
	switch {
	case err != nil:
		return collection.Subscription{}, err
	case s == nil:
		return collection.Subscription{}, fault.New(fault.BadArgument, nil, "what", c.p.T("ctl.no_author", "Deck", name))
	}
	return *s, nil
}

func (c *cli) mode(f collection.Following) collection.Mode {
	if f.Mode == "" {
		return collection.Asking
	}
	return f.Mode
}

// follow1 asks about one deck; near looks into the release too.
func (c *cli) follow1(ctx context.Context, col *collection.Collection, r *subscribe.Reader, s collection.Subscription, near bool) (followed, error) {
	f := followed{
		Deck: s.Deck, Title: s.Title, Author: s.Author.Author, Release: s.Shown.Seq, Label: s.Shown.Label,
		Mode: c.mode(s.Following), Skip: s.Following.Skip, Feed: s.Feed,
	}
	if s.Feed == "" {
		return f, nil
	}
	n, err := r.Check(ctx, s)
	if err != nil {
		return f, err
	}
	f.Checked, f.Fresh = c.stamp(n.Checked), len(n.Fresh)
	say := func(err error) *string {
		if err == nil {
			return nil
		}
		text := c.sentence(err)
		return &text
	}
	f.Unreached, f.Alarm = say(n.Unreached), say(n.Alarm)
	if !n.Late.IsZero() {
		day := c.here(n.Late).Format(time.DateOnly)
		f.Late = &day
	}
	if n.Offer == nil {
		return f, nil
	}
	f.Offered = &offered{n.Offer.Seq, n.Offer.Label, n.Offer.Time}
	if near {
		p, err := r.Fetch(ctx, n, nil)
		if err != nil {
			return f, err
		}
		defer p.Close()
		o, err := col.Offer(ctx, p.Shipment)
		if err != nil {
			return f, err
		}
		change := compared(o)
		f.Change = &change
	}
	return f, nil
}

func (c *cli) printUpdates(all []followed) {
	if len(all) == 0 {
		c.line(c.p.T("ctl.no_subscriptions"))
		return
	}
	for _, f := range all {
		line := c.p.T("ctl.follow_line", "Title", f.Title, "Release", c.releaseName(f.Release, f.Label))
		switch {
		case f.Offered != nil:
			line += ": " + c.p.T("ctl.follow_offered", "Release", c.releaseName(f.Offered.Release, f.Offered.Label))
		case f.Feed == "":
			line += ": " + c.p.T("ctl.follow_nowhere")
		case f.Fresh > 0 && f.Mode == collection.PinnedAt:
			line += ": " + c.p.N("ctl.follow_pinned", f.Fresh)
		case f.Fresh > 0:
			line += ": " + c.p.N("ctl.follow_skipped", f.Fresh)
		case f.Unreached == nil && f.Alarm == nil:
			line += ": " + c.p.T("ctl.follow_none")
		}
		c.line(line)
		for _, text := range []*string{f.Alarm, f.Unreached} {
			if text != nil {
				c.line("  " + *text)
			}
		}
		if f.Late != nil {
			if day, err := time.Parse(time.DateOnly, *f.Late); err == nil {
				c.line("  " + c.p.T("ctl.follow_late", "Date", c.p.DateFrom(c.clock(), day)))
			}
		}
		if f.Change != nil {
			c.printComparison(*f.Change)
			c.line("  " + c.p.T("ctl.follow_how", "Deck", quoted(f.Deck)))
		}
	}
}

// update installs the newest release of a deck, an earlier one that is kept, or takes
// the last update back.
func (c *cli) update() *cobra.Command {
	var d decisionFlags
	var number int64
	var undo bool
	var cmd *cobra.Command
	cmd = c.command("update", c.args(1, 1), func(ctx context.Context, args []string) error {
		if _, err := c.choice(cmd, d); err != nil {
			return err
		}
		return c.with(ctx, func(col *collection.Collection) error {
			s, err := c.subscription(ctx, col, args[0])
			if err != nil {
				return err
			}
			if undo {
				op, err := col.UndoUpdate(ctx, s.Deck)
				return c.printOp(op, err, "ctl.undone")
			}
			r := c.reader(col)
			p, err := c.wanted(ctx, col, r, s, number)
			if err != nil {
				return err
			}
			if p == nil {
				return c.nothingNew(s)
			}
			defer p.Close()
			o, err := col.Offer(ctx, p.Shipment)
			if err != nil {
				return err
			}
			return c.accept(ctx, cmd, col, r, p, o, d)
		})
	})
	cmd.Flags().Int64Var(&number, "release", 0, c.p.T("ctl.flag_update_release"))
	cmd.Flags().BoolVar(&undo, "undo", false, c.p.T("ctl.flag_update_undo"))
	c.decisionFlags(cmd, &d)
	return cmd
}

// nothingNew says that a deck is as its author published it last.
func (c *cli) nothingNew(s collection.Subscription) error {
	said := shipped{
		Deck: s.Deck, Title: s.Title, Author: s.Author.Author, Epoch: s.Shown.Epoch, Release: s.Shown.Seq, Label: s.Shown.Label, Notes: s.Shown.Notes,
		Feed: s.Feed, Update: true, From: s.Shown.Seq,
	}
	if len(s.Author.Root) > 0 {
		said.Fingerprint = fingerprint(s.Author.Root[0].Public)
	}
	return c.show(said, func() { c.printShipped(said, true) })
}

// wanted is the release that an update leads to; nil when there is nothing new.
func (c *cli) wanted(ctx context.Context, col *collection.Collection, r *subscribe.Reader, s collection.Subscription, number int64) (*subscribe.Parcel, error) {
	all, err := col.Releases(ctx, s.Deck)
	if err != nil {
		return nil, err
	}
	if number != 0 {
		if at, ok := found(all, number); ok {
			return kept(ctx, col, s.Deck, at.Epoch, at.Seq)
		}
	}
	if s.Feed == "" {
		return c.latest(ctx, col, s, number)
	}
	n, err := r.Check(ctx, s)
	switch {
	case err != nil:
		return nil, err
	case n.Alarm != nil:
		return nil, n.Alarm
	case len(n.Fresh) == 0 && n.Unreached != nil:
		return nil, n.Unreached
	case len(n.Fresh) == 0:
		return c.latest(ctx, col, s, number)
	case number != 0 && n.Fresh[0].Seq != number:
		return nil, fault.New(fault.NoRelease, nil, "release", number)
	}
	report, finish := c.progress(c.p.T("ctl.fetching"))
	defer finish()
	step := func(done, total int64) {
		if report != nil {
			report(int(done), int(total))
		}
	}
	return r.Fetch(ctx, n, step)
}

// latest is the latest release that was installed, when another one is shown.
func (c *cli) latest(ctx context.Context, col *collection.Collection, s collection.Subscription, number int64) (*subscribe.Parcel, error) {
	switch {
	case number != 0:
		return nil, fault.New(fault.NoRelease, nil, "release", number)
	case s.Shown == s.Latest:
		return nil, nil
	}
	return kept(ctx, col, s.Deck, s.Latest.Epoch, s.Latest.Seq)
}

func kept(ctx context.Context, col *collection.Collection, deck string, epoch int, seq int64) (*subscribe.Parcel, error) {
	s, err := col.Kept(ctx, deck, epoch, seq)
	if err != nil {
		return nil, err
	}
	return &subscribe.Parcel{Shipment: s}, nil
}

// releaseRow is a release in `releases --json`.
type releaseRow struct {
	Epoch   int    `json:"epoch"`
	Release int64  `json:"release"`
	Label   string `json:"label"`
	Time    string `json:"time"`
	At      string `json:"at"` // when it was installed first
	Notes   string `json:"notes"`
	Cards   int    `json:"cards"`
	Shown   bool   `json:"shown"`
}

// releases lists the releases of a deck that are kept.
func (c *cli) releases() *cobra.Command {
	return c.command("releases", c.args(1, 1), func(ctx context.Context, args []string) error {
		return c.with(ctx, func(col *collection.Collection) error {
			s, err := c.subscription(ctx, col, args[0])
			if err != nil {
				return err
			}
			all, err := col.Releases(ctx, s.Deck)
			if err != nil {
				return err
			}
			rows := []releaseRow{}
			for _, k := range all {
				rows = append(rows, releaseRow{
					k.Statement.Epoch, k.Statement.Seq, k.Statement.Label, k.Statement.Time, *c.stamp(k.At), k.Statement.Notes, k.Statement.Content.Cards, k.Shown,
				})
			}
			answer := map[string]any{
				"deck": s.Deck, "title": s.Title, "author": s.Author.Author, "signer": s.Signer.Name, "feed": s.Feed,
				"mode": c.mode(s.Following), "skip": s.Following.Skip, "releases": rows, "fingerprint": "",
			}
			if len(s.Author.Root) > 0 {
				answer["fingerprint"] = fingerprint(s.Author.Root[0].Public)
			}
			return c.show(answer, func() { c.printReleases(s, all) })
		})
	})
}

func (c *cli) printReleases(s collection.Subscription, all []collection.KeptRelease) {
	if len(s.Author.Root) > 0 {
		c.line(c.p.T("ctl.ship_author", "Author", s.Author.Author, "Fingerprint", fingerprint(s.Author.Root[0].Public)))
	}
	if s.Feed != "" {
		c.line(c.p.T("ctl.follow_feed", "Feed", s.Feed))
	}
	c.line(c.p.T("ctl.follow_mode_" + string(c.mode(s.Following))))
	table := [][]string{{"", c.p.T("ctl.col_release"), c.p.T("ctl.col_installed"), c.p.T("ctl.col_cards"), c.p.T("ctl.col_label")}}
	for _, k := range all {
		mark := ""
		if k.Shown {
			mark = "*"
		}
		table = append(table, []string{mark, c.p.Int(int(k.Statement.Seq)), c.moment(k.At), c.p.Int(k.Statement.Content.Cards), c.clip(k.Statement.Label, 48)})
	}
	c.table(table, 1, 3)
}

// follows says how a deck follows its author.
func (c *cli) follows() *cobra.Command {
	var ask, auto, pin bool
	var skip int64
	var address string
	var cmd *cobra.Command
	cmd = c.command("follow", c.args(1, 1), func(ctx context.Context, args []string) error {
		chosen := 0
		for _, on := range []bool{ask, auto, pin} {
			if on {
				chosen++
			}
		}
		if chosen > 1 {
			return c.usage(cmd, c.p.T("ctl.one_mode"))
		}
		return c.with(ctx, func(col *collection.Collection) error {
			s, err := c.subscription(ctx, col, args[0])
			if err != nil {
				return err
			}
			f := s.Following
			switch {
			case ask:
				f.Mode = collection.Asking
			case auto:
				f.Mode = collection.Automatic
			case pin:
				f.Mode = collection.PinnedAt
			}
			if cmd.Flags().Changed("skip") {
				f.SkipEpoch, f.Skip = s.Latest.Epoch, skip
			}
			if err := col.Follow(ctx, s.Deck, f); err != nil {
				return err
			}
			if cmd.Flags().Changed("feed") {
				if s.Feed, err = c.setFeed(ctx, col, s, address); err != nil {
					return err
				}
			}
			return c.show(map[string]any{"deck": s.Deck, "title": s.Title, "mode": c.mode(f), "skip": f.Skip, "feed": s.Feed}, func() {
				c.line(c.p.T("ctl.follow_title", "Title", s.Title, "Mode", c.p.T("ctl.follow_mode_"+string(c.mode(f)))))
				if f.Skip > 0 {
					c.line(c.p.T("ctl.follow_skips", "N", f.Skip))
				}
				if s.Feed != "" {
					c.line(c.p.T("ctl.follow_feed", "Feed", s.Feed))
				}
			})
		})
	})
	cmd.Flags().BoolVar(&ask, "ask", false, c.p.T("ctl.flag_follow_ask"))
	cmd.Flags().BoolVar(&auto, "auto", false, c.p.T("ctl.flag_follow_auto"))
	cmd.Flags().BoolVar(&pin, "pin", false, c.p.T("ctl.flag_follow_pin"))
	cmd.Flags().Int64Var(&skip, "skip", 0, c.p.T("ctl.flag_follow_skip"))
	cmd.Flags().StringVar(&address, "feed", "", c.p.T("ctl.flag_follow_feed"))
	return cmd
}

// setFeed says where the releases of a deck are looked for; "" for nowhere.
func (c *cli) setFeed(ctx context.Context, col *collection.Collection, s collection.Subscription, address string) (string, error) {
	if address == "" {
		return "", col.SetFeed(ctx, s.Deck, "")
	}
	link, err := feed.ParseLink(address)
	if err != nil {
		return "", err
	}
	if link.Key.IsZero() && len(s.Author.Root) > 0 {
		link.Key = s.Author.Root[0].Public
	}
	if err := col.SetFeed(ctx, s.Deck, link.String()); err != nil {
		return "", err
	}
	return link.String(), c.reader(col).Typed(ctx, s.Deck, link)
}

// keep makes notes stay as they are, whatever their author does.
func (c *cli) keep() *cobra.Command {
	off := false
	cmd := c.command("keep", c.args(1, -1), func(ctx context.Context, args []string) error {
		return c.with(ctx, func(col *collection.Collection) error {
			notes := []string{}
			for _, a := range args {
				if note := card(a).Note(); !slices.Contains(notes, note) {
					notes = append(notes, note)
				}
			}
			if err := col.Keep(ctx, notes, !off); err != nil {
				return err
			}
			return c.show(map[string]any{"notes": notes, "kept": !off}, func() {
				if off {
					c.line(c.p.N("ctl.kept_no_more", len(notes)))
				} else {
					c.line(c.p.N("ctl.kept", len(notes)))
				}
			})
		})
	})
	cmd.Flags().BoolVar(&off, "off", false, c.p.T("ctl.flag_keep_off"))
	return cmd
}
