package main

import (
	"context"
	"math"

	"github.com/spf13/cobra"

	"lectern/decks/collection"
)

// dueAnswer is what `due --json` prints.
type dueAnswer struct {
	Due     collection.Counts `json:"due"`
	Decks   []dueDeck         `json:"decks"`
	Week    [7]int            `json:"week"`
	NextDue *string           `json:"next_due"`
	MoreNew int               `json:"more_new"`
}

type dueDeck struct {
	ID    string            `json:"id"`
	Title string            `json:"title"`
	Due   collection.Counts `json:"due"`
}

// due says what waits today and what comes in the week.
func (c *cli) due() *cobra.Command {
	return c.command("due", c.noArgs, func(ctx context.Context, _ []string) error {
		return c.with(ctx, func(col *collection.Collection) error {
			home, err := col.Home(ctx)
			if err != nil {
				return err
			}
			answer := dueAnswer{
				Due: home.Due, Decks: []dueDeck{}, Week: home.Week,
				NextDue: c.stamp(home.Rest.NextDue), MoreNew: home.Rest.MoreNew,
			}
			for _, d := range home.Decks {
				answer.Decks = append(answer.Decks, dueDeck{ID: d.ID, Title: d.Title, Due: d.Due})
			}
			return c.show(answer, func() { c.printDue(home) })
		})
	})
}

func (c *cli) printDue(home collection.Home) {
	if home.Due.Total() == 0 {
		c.printRest(home.Rest)
	} else {
		c.line(c.p.N("ctl.due_cards", home.Due.Total(), "Minutes", c.minutes(home.Due.Minutes)))
		var table [][]string
		for _, d := range home.Decks {
			if d.Due.Total() == 0 {
				continue
			}
			table = append(table, []string{
				"  " + c.clip(d.Title, 48), c.p.Int(d.Due.Total()),
				c.p.T("ctl.due_kinds", "New", c.p.Int(d.Due.New), "Learning", c.p.Int(d.Due.Learning), "Review", c.p.Int(d.Due.Review)),
			})
		}
		c.table(table, 1)
	}
	var days, counts []string
	for i, n := range home.Week {
		days = append(days, c.p.Weekday(c.clock().AddDate(0, 0, i).Weekday()))
		counts = append(counts, c.p.Int(n))
	}
	c.line("")
	c.line(c.p.T("ctl.week"))
	c.table([][]string{append([]string{" "}, days...), append([]string{" "}, counts...)}, 1, 2, 3, 4, 5, 6, 7)
}

// printRest says that nothing waits now, and when something does.
func (c *cli) printRest(r collection.Rest) {
	switch {
	case r.NextDue.IsZero() && r.MoreNew == 0:
		c.line(c.p.T("ctl.nothing_waits"))
	case r.NextDue.IsZero():
		c.line(c.p.T("ctl.done"))
	default:
		c.line(c.p.T("ctl.done_until", "When", c.moment(r.NextDue)))
	}
	if r.MoreNew > 0 {
		c.line(c.p.N("ctl.more_new", r.MoreNew))
	}
}

// minutes rounds an estimate up, so that something to do is never "0 min".
func (c *cli) minutes(m float64) string { return c.p.N("ctl.minutes", int(math.Ceil(m))) }
