package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"lectern/scheduler/fit"
)

// evaluateAnswer is what `evaluate --json` prints. Without --splits the weights
// are those measured, with it there are none.
type evaluateAnswer struct {
	Model   string    `json:"model"`
	Weights []float64 `json:"weights"`
	Items   int       `json:"items"`
	metrics
	AUC     float64 `json:"auc"`
	Seconds float64 `json:"seconds"`
}

// evaluate measures how well a model predicts the student's answers.
func (c *cli) evaluate() *cobra.Command {
	var from *reviewsFrom
	var of *modelFrom
	var cmd *cobra.Command
	deck := ""
	var how fit.Evaluation
	cmd = c.command("evaluate", c.noArgs, func(ctx context.Context, _ []string) error {
		if err := errors.Join(from.check(c, cmd), of.check(c, cmd)); err != nil {
			return err
		}
		if !(how.From >= 0 && how.From <= 1) {
			return c.badValue(cmd, "from-fraction")
		}
		a, err := c.answered(ctx, from, deck)
		if err != nil {
			return err
		}
		model, w, err := of.read(a.preset)
		if err != nil {
			return err
		}
		report, done := c.progress(c.p.T("ctl.fitting"))
		start := time.Now() // not the program's clock, which --now may have stopped
		m, err := fit.Evaluate(ctx, a.Log, fit.Options{Model: model, Weights: w, RolloverHour: a.rollover, Progress: report}, how)
		done()
		if err != nil {
			return cancelled(ctx, err)
		}
		answer := evaluateAnswer{
			Model: model, Weights: w, Items: m.Items, metrics: metrics{m.LogLoss, m.RMSE},
			AUC: m.AUC, Seconds: time.Since(start).Seconds(),
		}
		if how.Splits {
			answer.Weights = nil
		}
		return c.show(answer, func() { c.printEvaluation(answer) })
	})
	from = c.reviewsFlags(cmd)
	of = c.modelFlags(cmd)
	flags := cmd.Flags()
	flags.StringVar(&deck, "deck", "", c.p.T("ctl.flag_deck_preset"))
	flags.Float64Var(&how.From, "from-fraction", 0, c.p.T("ctl.flag_from"))
	flags.BoolVar(&how.Splits, "splits", false, c.p.T("ctl.flag_splits"))
	flags.BoolVar(&how.Recency, "recency", false, c.p.T("ctl.flag_recency"))
	return cmd
}

func (c *cli) printEvaluation(a evaluateAnswer) {
	c.line(c.p.N("ctl.evaluated", a.Items, "Model", modelNames[a.Model]))
	if a.Items == 0 {
		return
	}
	c.table([][]string{
		{c.p.T("ctl.col_log_loss"), c.p.Fixed(a.LogLoss, 4)},
		{c.p.T("ctl.col_off"), c.off(a.RMSE)},
		{"AUC", c.p.Fixed(a.AUC, 3)},
	}, 1)
}
