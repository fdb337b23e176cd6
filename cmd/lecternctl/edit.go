package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/intake"
)

// edit writes a field of a note over what the author wrote.
func (c *cli) edit() *cobra.Command {
	revert := false
	var cmd *cobra.Command
	cmd = c.command("edit", c.args(2, 3), func(ctx context.Context, args []string) error {
		field := decks.Field(strings.ToLower(args[1]))
		if !slices.Contains(decks.Fields, field) {
			return c.usage(cmd, c.p.T("ctl.bad_field", "Field", args[1]))
		}
		if revert == (len(args) == 3) {
			return c.usage(cmd, c.p.T("ctl.too_few_args", "Usage", cmd.UseLine()))
		}
		id := card(args[0])
		return c.with(ctx, func(col *collection.Collection) error {
			if revert {
				if err := col.Revert(ctx, id.Note(), field); err != nil {
					return err
				}
			} else {
				text, err := c.text(ctx, args[2])
				if err != nil {
					return err
				}
				if err := col.Edit(ctx, id.Note(), field, text); err != nil {
					return err
				}
			}
			shown, err := col.Card(ctx, id)
			if err != nil {
				return err
			}
			answer := map[string]any{"card": id, "field": field, "text": shown.Note.Text(field)}
			return c.show(answer, func() { c.line(c.p.T("ctl.saved")) })
		})
	})
	cmd.Flags().BoolVar(&revert, "revert", false, c.p.T("ctl.flag_revert"))
	return cmd
}

// text is an argument, or standard input for "-".
func (c *cli) text(ctx context.Context, arg string) (string, error) {
	if arg != "-" {
		return arg, nil
	}
	data, err := intake.ReadAll(c.input(ctx), arg)
	return strings.TrimRight(string(data), "\r\n"), err
}
