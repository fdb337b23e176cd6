package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"lectern/decks/course"
	"lectern/decks/course/ship"
	"lectern/decks/fault"
	"lectern/decks/feed/site"
	"lectern/decks/release/sign"
	"lectern/decks/release/trust"
	"lectern/decks/source"
)

// keyRow is a key in `course keys --json`.
type keyRow struct {
	Key         string `json:"key"`
	Fingerprint string `json:"fingerprint"`
	Name        string `json:"name"` // "" for the author's own
	Here        bool   `json:"here"` // its secret half lies on this computer
}

// revokedRow is a key that was withdrawn.
type revokedRow struct {
	Key         string `json:"key"`
	Fingerprint string `json:"fingerprint"`
	Epoch       int    `json:"epoch"`
	After       int64  `json:"after"`
}

// keysAnswer is what `course keys --json` prints.
type keysAnswer struct {
	Author      string       `json:"author"`
	Fingerprint string       `json:"fingerprint"`
	Link        string       `json:"link"` // "" for a course without an address
	Trust       int          `json:"trust"`
	Epoch       int          `json:"epoch"`
	Root        []keyRow     `json:"root"`
	Sign        []keyRow     `json:"sign"`
	Revoked     []revokedRow `json:"revoked"`
	Made        bool         `json:"made"`
	Page        string       `json:"page"` // with a root key, to be printed and deleted
	Store       string       `json:"store"`
}

// store is where the author's secret keys lie.
func (c *cli) store() (ship.Store, error) { return ship.UserStore() }

// courseKeys makes the keys of a course, or shows them.
func (c *cli) courseKeys() *cobra.Command {
	page, rootFile, author, simple := "", "", "", false
	var cmd *cobra.Command
	cmd = c.command("course_keys", c.args(0, 1), func(ctx context.Context, args []string) error {
		dir := courseDir(args)
		store, err := c.store()
		if err != nil {
			return err
		}
		chain, err := ship.Trust(dir)
		if err != nil {
			return err
		}
		making := page != "" || simple || rootFile != ""
		switch {
		case chain.Last().N > 0 && !making:
			return c.showKeys(ctx, dir, chain, store, "", false)
		case chain.Last().N > 0:
			return fault.New(fault.HasKeys, nil)
		case !making:
			return c.usage(cmd, c.p.T("ctl.keys_how"))
		}
		return c.makeKeys(ctx, dir, store, page, rootFile, author, simple)
	})
	flags := cmd.Flags()
	flags.StringVar(&page, "page", "", c.p.T("ctl.flag_keys_page"))
	flags.BoolVar(&simple, "simple", false, c.p.T("ctl.flag_keys_simple"))
	flags.StringVar(&rootFile, "root", "", c.p.T("ctl.flag_keys_old_root"))
	flags.StringVar(&author, "author", "", c.p.T("ctl.flag_course_author"))
	for _, build := range []func() *cobra.Command{c.keysRotate, c.keysAdd, c.keysRevoke, c.keysEpoch, c.keysOwn} {
		sub := build()
		sub.Use = strings.TrimPrefix(sub.Use, "course_keys_")
		cmd.AddCommand(sub)
	}
	return cmd
}

func (c *cli) makeKeys(ctx context.Context, dir string, store ship.Store, page, rootFile, author string, simple bool) error {
	here, err := course.Read(ctx, dir)
	if err != nil {
		return err
	}
	a := ship.Author{Name: author, Deck: here.Deck.ID, Simple: simple}
	if a.Name == "" {
		a.Name = here.Deck.Author
	}
	if page != "" {
		if err := c.checkPage(page, dir); err != nil {
			return err
		}
	}
	if rootFile != "" {
		key, err := c.readKey(ctx, rootFile)
		if err != nil {
			return err
		}
		a.Root = &key
	}
	root, chain, err := ship.Begin(dir, a, store)
	if err != nil {
		return err
	}
	if page != "" {
		if err := c.writePage(root, chain, page, dir, here.Deck.Title); err != nil {
			return err
		}
	}
	if err := course.SetHead(ctx, dir, source.Head{Key: "key", Value: root.Public().String()}); err != nil {
		return err
	}
	return c.showKeys(ctx, dir, chain, store, page, true)
}

// checkPage refuses a place for a root key before there is one.
func (c *cli) checkPage(page, dir string) error {
	if err := ship.CheckRootPage(page, dir); err != nil {
		return err
	}
	return target{file: page}.check(c)
}

func (c *cli) writePage(root sign.Secret, chain trust.Chain, page, dir, title string) error {
	b, err := ship.RootPage(c.p, root, chain, title, c.clock())
	if err != nil {
		return err
	}
	return ship.WriteRootPage(page, dir, b)
}

// showKeys says who signs the releases of a course.
func (c *cli) showKeys(ctx context.Context, dir string, chain trust.Chain, store ship.Store, page string, made bool) error {
	now := chain.Last()
	answer := keysAnswer{Author: now.Author, Fingerprint: site.Fingerprint(chain), Trust: now.N, Epoch: now.Epoch, Root: []keyRow{}, Sign: []keyRow{}, Revoked: []revokedRow{}, Made: made, Page: page, Store: store.Dir}
	if here, err := course.Read(ctx, dir); err == nil {
		if l := ship.Link(here.Deck.Feed, chain); l.Address != "" {
			answer.Link = l.String()
		}
	}
	for _, k := range now.Root {
		answer.Root = append(answer.Root, c.keyRow(k, store))
	}
	for _, k := range now.Sign {
		answer.Sign = append(answer.Sign, c.keyRow(k, store))
	}
	for _, x := range now.Revoked {
		answer.Revoked = append(answer.Revoked, revokedRow{x.Public.String(), x.Public.Fingerprint(), x.Epoch, x.After})
	}
	return c.show(answer, func() { c.printKeys(answer) })
}

func (c *cli) keyRow(k trust.Key, store ship.Store) keyRow {
	_, _, err := store.Find([]trust.Key{k})
	return keyRow{k.Public.String(), k.Public.Fingerprint(), k.Name, err == nil}
}

func (c *cli) printKeys(a keysAnswer) {
	c.line(c.p.T("ctl.keys_author", "Author", a.Author, "Fingerprint", a.Fingerprint))
	if a.Link != "" {
		c.line(c.p.T("ctl.keys_link", "Link", a.Link))
	} else {
		c.line(c.p.T("ctl.keys_no_link"))
	}
	var rows [][]string
	add := func(what string, all []keyRow) {
		for _, k := range all {
			where := ""
			if k.Here {
				where = c.p.T("ctl.keys_here")
			}
			rows = append(rows, []string{what, k.Fingerprint, k.Key, k.Name, where})
		}
	}
	add(c.p.T("ctl.keys_root"), a.Root)
	add(c.p.T("ctl.keys_signs"), a.Sign)
	for _, x := range a.Revoked {
		rows = append(rows, []string{c.p.T("ctl.keys_revoked"), x.Fingerprint, x.Key, c.p.T("ctl.keys_after", "Seq", x.After), ""})
	}
	c.table(rows)
	if a.Page != "" {
		c.line(c.p.T("ctl.keys_print", "Page", a.Page))
	}
	if a.Made {
		c.line(c.p.T("ctl.keys_stored", "Folder", a.Store))
	}
	if a.Made && a.Root[0].Key == a.Sign[0].Key {
		c.line(c.p.T("ctl.keys_simple"))
	}
}

// maxTyped bounds the key that is read from a person.
const maxTyped = 4 << 10

// readKey reads a secret key from a file, or with "-" from standard input.
func (c *cli) readKey(ctx context.Context, name string) (sign.Secret, error) {
	if name != "-" {
		return ship.ReadKey(name)
	}
	b, err := io.ReadAll(io.LimitReader(c.input(ctx), maxTyped))
	if err != nil {
		return sign.Secret{}, fault.New(fault.UnreadableFile, err, "name", name)
	}
	return ship.ParseKey(b)
}

// root is the root key of a course: from the file that was named, else from the author's
// store as in simple mode, else as a person types it.
func (c *cli) rootKey(ctx context.Context, dir, name string, store ship.Store) (sign.Secret, error) {
	if name != "" {
		return c.readKey(ctx, name)
	}
	chain, err := ship.Trust(dir)
	if err != nil {
		return sign.Secret{}, err
	}
	if chain.Last().N == 0 {
		return sign.Secret{}, fault.New(fault.NoKeys, nil)
	}
	key, err := ship.RootKey(chain, store)
	if err == nil || !fault.Is(err, fault.NoRootKey) || !readsPerson(c.stdin) {
		return key, err
	}
	return c.typedKey(ctx)
}

// readsPerson tells whether somebody types what is read.
func readsPerson(r io.Reader) bool {
	w, ok := r.(io.Writer)
	return ok && terminal(w)
}

func (c *cli) typedKey(ctx context.Context) (sign.Secret, error) {
	fmt.Fprintln(c.stderr, c.p.T("ctl.keys_type"))
	lines := bufio.NewScanner(c.input(ctx))
	text := ""
	for len(strings.Fields(text)) < 18 && lines.Scan() {
		if text += "\n" + lines.Text(); len(strings.Join(strings.Fields(text), "")) >= 72 {
			break
		}
	}
	if err := ctx.Err(); err != nil {
		return sign.Secret{}, fault.New(fault.Cancelled, err)
	}
	return ship.ParseKey([]byte(text))
}

// keysChange is a command that the root key signs.
func (c *cli) keysChange(name string, args cobra.PositionalArgs, from int, act func(ctx context.Context, dir string, args []string, root sign.Secret, store ship.Store) (trust.Chain, string, error)) *cobra.Command {
	rootFile := ""
	cmd := c.command(name, args, func(ctx context.Context, args []string) error {
		dir := courseDir(args[min(from, len(args)):])
		store, err := c.store()
		if err != nil {
			return err
		}
		root, err := c.rootKey(ctx, dir, rootFile, store)
		if err != nil {
			return err
		}
		chain, page, err := act(ctx, dir, args, root, store)
		if err != nil {
			return err
		}
		if err := c.showKeys(ctx, dir, chain, store, page, false); err != nil || c.json {
			return err
		}
		c.line(c.p.T("ctl.keys_publish"))
		return nil
	})
	cmd.Flags().StringVar(&rootFile, "root", "", c.p.T("ctl.flag_keys_root"))
	return cmd
}

// keysRotate exchanges a key.
func (c *cli) keysRotate() *cobra.Command {
	page := ""
	cmd := c.keysChange("course_keys_rotate", c.args(0, 1), 0, func(ctx context.Context, dir string, _ []string, root sign.Secret, store ship.Store) (trust.Chain, string, error) {
		if page == "" {
			chain, err := ship.Rotate(dir, root, store)
			return chain, "", err
		}
		if err := c.checkPage(page, dir); err != nil {
			return trust.Chain{}, "", err
		}
		here, err := course.Read(ctx, dir)
		if err != nil {
			return trust.Chain{}, "", err
		}
		next, chain, err := ship.RotateRoot(dir, root)
		if err != nil {
			return chain, "", err
		}
		if err := c.writePage(next, chain, page, dir, here.Deck.Title); err != nil {
			return chain, "", err
		}
		return chain, page, course.SetHead(ctx, dir, source.Head{Key: "key", Value: next.Public().String()})
	})
	cmd.Flags().StringVar(&page, "root-page", "", c.p.T("ctl.flag_keys_root_page"))
	return cmd
}

// keysAdd lets somebody else sign too.
func (c *cli) keysAdd() *cobra.Command {
	name := ""
	cmd := c.keysChange("course_keys_add", c.args(1, 2), 1, func(_ context.Context, dir string, args []string, root sign.Secret, _ ship.Store) (trust.Chain, string, error) {
		if name == "" {
			return trust.Chain{}, "", usageError{c.p.T("ctl.flag_missing", "Name", "--name")}
		}
		chain, err := ship.AddKey(dir, root, args[0], name)
		return chain, "", err
	})
	cmd.Flags().StringVar(&name, "name", "", c.p.T("ctl.flag_keys_name"))
	return cmd
}

// keysRevoke withdraws a key.
func (c *cli) keysRevoke() *cobra.Command {
	after := int64(-1)
	cmd := c.keysChange("course_keys_revoke", c.args(1, 2), 1, func(_ context.Context, dir string, args []string, root sign.Secret, store ship.Store) (trust.Chain, string, error) {
		if after < 0 {
			return trust.Chain{}, "", usageError{c.p.T("ctl.flag_missing", "Name", "--after")}
		}
		chain, err := ship.Revoke(dir, root, args[0], after, store)
		return chain, "", err
	})
	cmd.Flags().Int64Var(&after, "after", -1, c.p.T("ctl.flag_keys_after"))
	return cmd
}

// keysEpoch begins to count releases anew.
func (c *cli) keysEpoch() *cobra.Command {
	return c.keysChange("course_keys_epoch", c.args(0, 1), 0, func(_ context.Context, dir string, _ []string, root sign.Secret, _ ship.Store) (trust.Chain, string, error) {
		chain, err := ship.NewEpoch(dir, root)
		return chain, "", err
	})
}

// keysOwn makes a key for somebody who helps an author.
func (c *cli) keysOwn() *cobra.Command {
	return c.command("course_keys_own", c.noArgs, func(context.Context, []string) error {
		store, err := c.store()
		if err != nil {
			return err
		}
		public, err := ship.Own(store)
		if err != nil {
			return err
		}
		return c.show(map[string]any{"key": public.String(), "fingerprint": public.Fingerprint()}, func() {
			c.line(public.String())
			c.line(c.p.T("ctl.keys_give"))
		})
	})
}
