package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lectern/decks/collection"
)

// class is what a student hands to the author of a course, each when he asks for
// it: nothing is sent.
func (c *cli) class() *cobra.Command {
	cmd := c.command("class", func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return c.unknownCommand(cmd, args[0])
		}
		return nil
	}, nil)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.SuggestionsMinimumDistance = 2
	for _, build := range []func() *cobra.Command{c.classAnswers, c.classReport, c.classRemark} {
		sub := build()
		sub.Use = strings.TrimPrefix(sub.Use, "class_")
		cmd.AddCommand(sub)
	}
	return cmd
}

// handedIn is a file for an author in --json.
type handedIn struct {
	Deck string `json:"deck"`
	File string `json:"file"`
	N    int    `json:"n"` // answers, or cards
}

// classAnswers writes the answers that the student wrote himself.
func (c *cli) classAnswers() *cobra.Command {
	return c.handIn("class_answers", "ctl.class_answers", func(ctx context.Context, col *collection.Collection, deck string) ([]byte, int, error) {
		a, err := col.OwnAnswers(ctx, deck)
		if err != nil {
			return nil, 0, err
		}
		data, err := a.Write()
		return data, len(a.Answers), err
	})
}

// classReport writes how the cards go for the student, without his name.
func (c *cli) classReport() *cobra.Command {
	return c.handIn("class_report", "ctl.class_report", func(ctx context.Context, col *collection.Collection, deck string) ([]byte, int, error) {
		r, err := col.ClassReport(ctx, deck)
		if err != nil {
			return nil, 0, err
		}
		data, err := r.Write()
		return data, len(r.Cards), err
	})
}

func (c *cli) handIn(name, told string, make func(context.Context, *collection.Collection, string) ([]byte, int, error)) *cobra.Command {
	var to target
	var cmd *cobra.Command
	cmd = c.command(name, c.args(1, 1), func(ctx context.Context, args []string) error {
		if c.json && to.file == "" {
			return c.usage(cmd, c.p.T("ctl.flag_missing", "Name", "--output"))
		}
		if err := to.check(c); err != nil {
			return err
		}
		return c.with(ctx, func(col *collection.Collection) error {
			id, err := c.deck(ctx, col, args[0])
			if err != nil {
				return err
			}
			data, n, err := make(ctx, col, id)
			if err != nil {
				return err
			}
			if err := to.write(c, data); err != nil || to.file == "" {
				return err
			}
			return c.show(handedIn{id, to.file, n}, func() { c.line(c.p.N(told, n, "File", to.file)) })
		})
	})
	c.targetFlags(cmd, &to)
	return cmd
}

// classRemark says that something is wrong with a card, or takes that back.
func (c *cli) classRemark() *cobra.Command {
	off := false
	var cmd *cobra.Command
	cmd = c.command("class_remark", c.args(2, 2), func(ctx context.Context, args []string) error {
		remark := collection.Remark(strings.ToLower(args[1]))
		if !slices.Contains(collection.Remarks, remark) {
			return c.usage(cmd, c.p.T("ctl.bad_remark", "Remark", args[1]))
		}
		id := card(args[0])
		return c.with(ctx, func(col *collection.Collection) error {
			if err := col.Remark(ctx, id, remark, !off); err != nil {
				return err
			}
			return c.show(map[string]any{"card": id, "remark": remark, "on": !off}, func() { c.line(c.p.T("ctl.saved")) })
		})
	})
	cmd.Flags().BoolVar(&off, "off", false, c.p.T("ctl.flag_off_remark"))
	return cmd
}
