package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"lectern/decks/collection"
)

// foundRow is a card in `search --json`: phases and times as everywhere here.
type foundRow struct {
	collection.Row
	Phase string  `json:"phase"`
	Due   *string `json:"due"`
}

// search finds cards by their words and by what is special about them.
func (c *cli) search() *cobra.Command {
	var q collection.Query
	deck := ""
	cmd := c.command("search", c.args(0, -1), func(ctx context.Context, args []string) error {
		q.Text = strings.Join(args, " ")
		return c.with(ctx, func(col *collection.Collection) error {
			var err error
			if q.Scope.Deck, err = c.deck(ctx, col, deck); err != nil {
				return err
			}
			found, err := col.Search(ctx, q)
			if err != nil {
				return err
			}
			rows := []foundRow{}
			for _, r := range found.Rows {
				rows = append(rows, foundRow{r, phaseNames[r.Phase], c.stamp(r.Due)})
			}
			return c.show(map[string]any{"rows": rows, "total": found.Total}, func() { c.printFound(found) })
		})
	})
	flags := cmd.Flags()
	flags.StringVar(&deck, "deck", "", c.p.T("ctl.flag_deck"))
	flags.BoolVar(&q.Unanswered, "unanswered", false, c.p.T("ctl.flag_unanswered"))
	flags.BoolVar(&q.Flagged, "flagged", false, c.p.T("ctl.flag_flagged"))
	flags.BoolVar(&q.Suspended, "suspended", false, c.p.T("ctl.flag_suspended"))
	flags.BoolVar(&q.Leeches, "leeches", false, c.p.T("ctl.flag_leeches"))
	flags.BoolVar(&q.Due, "due", false, c.p.T("ctl.flag_due"))
	flags.BoolVar(&q.Retired, "retired", false, c.p.T("ctl.flag_retired"))
	flags.IntVar(&q.Limit, "limit", 0, c.p.T("ctl.flag_limit"))
	flags.IntVar(&q.Offset, "offset", 0, c.p.T("ctl.flag_offset"))
	return cmd
}

func (c *cli) printFound(found collection.Found) {
	if found.Total == 0 {
		c.line(c.p.T("ctl.nothing_found"))
		return
	}
	var table [][]string
	for _, r := range found.Rows {
		var marks []string
		if r.NeedsAnswer {
			marks = append(marks, c.p.T("ctl.mark_unanswered"))
		}
		if r.Suspended {
			marks = append(marks, c.p.T("ctl.mark_suspended"))
		}
		if r.Flag != 0 {
			marks = append(marks, c.p.T("ctl.mark_flagged"))
		}
		table = append(table, []string{string(r.Card), c.clip(r.Question, 72), strings.Join(marks, ", ")})
	}
	c.table(table)
	if found.Total > len(found.Rows) {
		c.line(c.p.T("ctl.found_part", "N", c.p.Int(len(found.Rows)), "Total", c.p.Int(found.Total)))
	}
}
