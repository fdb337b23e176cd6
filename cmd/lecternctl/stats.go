package main

import (
	"context"

	"github.com/spf13/cobra"

	"lectern/decks/collection"
)

// stats prints the totals and the last days.
func (c *cli) stats() *cobra.Command {
	return c.command("stats", c.noArgs, func(ctx context.Context, _ []string) error {
		return c.with(ctx, func(col *collection.Collection) error {
			s, err := col.Stats(ctx)
			if err != nil {
				return err
			}
			if s.Days == nil {
				s.Days = []collection.DayStat{}
			}
			return c.show(s, func() { c.printStats(s) })
		})
	})
}

// shownDays is how many of the last days people are shown.
const shownDays = 14

func (c *cli) printStats(s collection.Stats) {
	c.table([][]string{
		{c.p.T("ctl.stats_decks"), c.p.Int(s.Decks)},
		{c.p.T("ctl.stats_cards"), c.p.Int(s.Cards)},
		{c.p.T("ctl.stats_studied"), c.p.Int(s.Studied)},
		{c.p.T("ctl.stats_reviews"), c.p.Int(s.Reviews)},
		{c.p.T("ctl.stats_today"), c.p.Int(s.Today.Reviews)},
		{c.p.T("ctl.stats_minutes"), c.p.Int(int(s.Minutes + 0.5))},
		{c.p.T("ctl.stats_recalled"), c.recalled(s.Recalled, s.Asked)},
	}, 1)
	days := s.Days[max(0, len(s.Days)-shownDays):]
	if len(days) == 0 {
		return
	}
	c.line("")
	table := [][]string{{c.p.T("ctl.col_day"), c.p.T("ctl.col_answers"), c.p.T("ctl.col_minutes"), c.p.T("ctl.col_recalled")}}
	for _, d := range days {
		table = append(table, []string{d.Date, c.p.Int(d.Reviews), c.p.Decimal(d.Minutes), c.recalled(d.Recalled, d.Asked)})
	}
	c.table(table, 1, 2, 3)
}

// recalled is the share of known cards that were recalled, "–" when none was asked.
func (c *cli) recalled(recalled, asked int) string {
	if asked == 0 {
		return "–"
	}
	return c.p.Percent(float64(recalled) / float64(asked))
}
