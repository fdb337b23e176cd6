package main

import (
	"context"

	"github.com/spf13/cobra"

	"lectern/decks/collection"
)

// decks lists the decks with what waits in each.
func (c *cli) decks() *cobra.Command {
	sections := false
	cmd := c.command("decks", c.noArgs, func(ctx context.Context, _ []string) error {
		return c.with(ctx, func(col *collection.Collection) error {
			rows, err := col.Decks(ctx)
			if err != nil {
				return err
			}
			if rows == nil {
				rows = []collection.DeckRow{}
			}
			return c.show(map[string]any{"decks": rows}, func() { c.printDecks(rows, sections) })
		})
	})
	cmd.Flags().BoolVar(&sections, "sections", false, c.p.T("ctl.flag_sections"))
	return cmd
}

func (c *cli) printDecks(rows []collection.DeckRow, sections bool) {
	if len(rows) == 0 {
		c.line(c.p.T("ctl.no_decks"))
		return
	}
	table := [][]string{{
		c.p.T("ctl.col_id"), c.p.T("ctl.col_title"), c.p.T("ctl.col_due"), c.p.T("ctl.col_cards"),
		c.p.T("ctl.col_unanswered"), c.p.T("ctl.col_recall"),
	}}
	for _, d := range rows {
		table = append(table, []string{
			d.ID, c.clip(d.Title, 48), c.p.Int(d.Due.Total()), c.p.Int(d.Cards), c.p.Int(d.Unanswered), c.p.Percent(d.Recall),
		})
		if !sections {
			continue
		}
		for _, s := range d.Sections {
			table = append(table, []string{
				"", "  " + c.clip(s.Title, 46), c.p.Int(s.Due.Total()), c.p.Int(s.Cards), c.p.Int(s.Unanswered), c.p.Percent(s.Recall),
			})
		}
	}
	c.table(table, 2, 3, 4, 5)
}
