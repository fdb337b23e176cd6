package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"lectern/decks"
	"lectern/decks/collection"
)

// answerReceipt is what `answer --json` prints, only once the answer is on disk.
type answerReceipt struct {
	Review string       `json:"review"`
	Card   decks.CardID `json:"card"`
	Due    *string      `json:"due"`
}

// answer grades a card.
func (c *cli) answer() *cobra.Command {
	took := int64(0)
	var cmd *cobra.Command
	cmd = c.command("answer", c.args(2, 2), func(ctx context.Context, args []string) error {
		grade, ok := gradeOf(args[1])
		if !ok {
			return c.usage(cmd, c.p.T("ctl.bad_grade", "Grade", args[1]))
		}
		if took < 0 {
			return c.usage(cmd, c.p.T("ctl.bad_took"))
		}
		return c.with(ctx, func(col *collection.Collection) error {
			done, err := col.Answer(ctx, collection.AnswerRequest{
				Card: card(args[0]), Grade: grade, Took: time.Duration(took) * time.Millisecond,
			})
			if err != nil {
				return err
			}
			return c.show(answerReceipt{done.Review.String(), done.Card, c.stamp(done.Due)}, func() {
				c.line(c.p.T("ctl.answered", "Grade", c.gradeWord(grade), "When", c.moment(done.Due)))
				if done.Leech {
					c.line(c.p.T("ctl.leech"))
				}
			})
		})
	})
	cmd.Flags().Int64Var(&took, "took", 0, c.p.T("ctl.flag_took"))
	return cmd
}
