package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"lectern/decks/collection"
)

// reviewLine is an answer in `history --json`.
type reviewLine struct {
	Review     string  `json:"review"`
	At         string  `json:"at"`
	Grade      string  `json:"grade"`
	TookMS     int64   `json:"took_ms"`
	Days       int     `json:"days"`
	Stability  float64 `json:"stability"`
	Difficulty float64 `json:"difficulty"`
	Due        *string `json:"due"`
	Undone     bool    `json:"undone"`
}

// history lists the answers a card got.
func (c *cli) history() *cobra.Command {
	return c.command("history", c.args(1, 1), func(ctx context.Context, args []string) error {
		return c.with(ctx, func(col *collection.Collection) error {
			id := card(args[0])
			list, err := col.History(ctx, id)
			if err != nil {
				return err
			}
			lines := []reviewLine{}
			for _, r := range list {
				lines = append(lines, reviewLine{
					Review: r.ID, At: r.At.Format(time.RFC3339), Grade: gradeNames[r.Grade], TookMS: r.TookMS,
					Days: r.Days, Stability: r.S, Difficulty: r.D, Due: c.stamp(r.Due), Undone: r.Undone,
				})
			}
			return c.show(map[string]any{"card": id, "reviews": lines}, func() { c.printHistory(list) })
		})
	})
}

func (c *cli) printHistory(list []collection.Review) {
	if len(list) == 0 {
		c.line(c.p.T("ctl.no_history"))
		return
	}
	table := [][]string{{
		c.p.T("ctl.col_when"), c.p.T("ctl.col_grade"), c.p.T("ctl.col_took"), c.p.T("ctl.col_stability"),
		c.p.T("ctl.col_difficulty"), c.p.T("ctl.col_next"),
	}}
	for _, r := range list {
		grade := c.gradeWord(r.Grade)
		if r.Undone {
			grade += " " + c.p.T("ctl.mark_undone")
		}
		memory := []string{"–", "–", "–"} // an undone answer leaves none
		if !r.Undone {
			memory = []string{c.p.T("time.short_days", "N", c.p.Decimal(r.S)), c.p.Decimal(r.D), c.here(r.Due).Format("2006-01-02 15:04")}
		}
		table = append(table, append([]string{
			r.At.Format("2006-01-02 15:04"), grade, c.p.T("ctl.seconds", "N", c.p.Decimal(float64(r.TookMS)/1000)),
		}, memory...))
	}
	c.table(table, 2, 3, 4)
}
