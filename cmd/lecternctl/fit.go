package main

import (
	"context"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"lectern/scheduler"
	"lectern/scheduler/fit"
	"lectern/scheduler/kernel"
	"lectern/scheduler/revlog"
)

// autoModel lets the models compete.
const autoModel = "auto"

// fitAnswer is what `fit --json` prints.
type fitAnswer struct {
	Model   string    `json:"model"`
	Weights []float64 `json:"weights"`
	Items   int       `json:"items"`
	LogLoss float64   `json:"log_loss"`
	RMSE    float64   `json:"rmse_bins"`
	Seconds float64   `json:"seconds"`

	Fitted  string  `json:"fitted"`
	Missing int     `json:"missing"`
	Before  metrics `json:"before"`

	Switched *bool      `json:"switched,omitempty"`
	Current  *heldLine  `json:"current,omitempty"`
	HeldOut  []heldLine `json:"held_out,omitempty"`
}

// metrics are those of predictions, in --json.
type metrics struct {
	LogLoss float64 `json:"log_loss"`
	RMSE    float64 `json:"rmse_bins"`
}

// heldLine is how a model foretold the latest fifth of the answers.
type heldLine struct {
	Model string `json:"model"`
	Items int    `json:"items"`
	metrics
	AUC float64 `json:"auc"`
}

// extentNames are the words for how much was fitted, in --json.
var extentNames = map[fit.Extent]string{fit.Nothing: "nothing", fit.Initial: "initial", fit.Full: "all"}

// fit finds the weights that suit the student's answers. Nothing is changed.
func (c *cli) fit() *cobra.Command {
	var from *reviewsFrom
	var weights *weightsFrom
	var cmd *cobra.Command
	model, deck := "", ""
	cmd = c.command("fit", c.noArgs, func(ctx context.Context, _ []string) error {
		if err := from.check(c, cmd); err != nil {
			return err
		}
		auto := model == autoModel
		if !auto && !slices.Contains(kernel.Names[:], model) {
			return c.badValue(cmd, "model")
		}
		a, err := c.answered(ctx, from, deck)
		if err != nil {
			return err
		}
		o := fit.Options{Model: model, RolloverHour: a.rollover}
		if auto {
			o.Model = scheduler.DefaultPreset().Model
			if a.preset != nil {
				o.Model = a.preset.Model
			}
		}
		if o.Weights, err = weights.read(o.Model); err != nil {
			return err
		}
		if o.Weights == nil {
			o.Weights = inForce(o.Model, a.preset)
		}
		answer, err := c.fitLog(ctx, a.Log, o, auto)
		if err != nil {
			return cancelled(ctx, err)
		}
		return c.show(answer, func() { c.printFit(answer) })
	})
	from = c.reviewsFlags(cmd)
	weights = c.weightsFlag(cmd)
	cmd.Flags().StringVar(&model, "model", autoModel, c.p.T("ctl.flag_model"))
	cmd.Flags().StringVar(&deck, "deck", "", c.p.T("ctl.flag_deck_preset"))
	return cmd
}

func (c *cli) fitLog(ctx context.Context, l *revlog.Log, o fit.Options, auto bool) (fitAnswer, error) {
	report, done := c.progress(c.p.T("ctl.fitting"))
	defer done()
	o.Progress = report
	start := time.Now() // not the program's clock, which --now may have stopped
	var choice fit.Choice
	var err error
	if auto {
		choice, err = fit.Choose(ctx, l, o)
	} else {
		choice.Result, err = fit.Fit(ctx, l, o)
	}
	if err != nil {
		return fitAnswer{}, err
	}
	a := fitAnswer{
		Model: choice.Model, Weights: choice.Weights, Items: choice.After.Items,
		LogLoss: choice.After.LogLoss, RMSE: choice.After.RMSE, Seconds: time.Since(start).Seconds(),
		Fitted: extentNames[choice.Extent], Missing: choice.Missing,
		Before: metrics{choice.Before.LogLoss, choice.Before.RMSE},
	}
	if auto {
		current := held(choice.Current)
		a.Switched, a.Current = &choice.Switched, &current
		for _, h := range choice.Candidates {
			a.HeldOut = append(a.HeldOut, held(h))
		}
	}
	return a, nil
}

func held(h fit.Held) heldLine {
	return heldLine{h.Model, h.Items, metrics{h.LogLoss, h.RMSE}, h.AUC}
}

func (c *cli) printFit(a fitAnswer) {
	name := modelNames[a.Model]
	if a.Items == 0 {
		c.line(c.p.T("ctl.fit_no_items"))
		return
	}
	if a.Fitted == extentNames[fit.Nothing] {
		c.line(c.p.N("ctl.fit_missing_nothing", a.Missing))
		return
	}
	c.line(c.p.N("ctl.fitted", a.Items, "Model", name))
	if a.Missing > 0 {
		c.line(c.p.N("ctl.fit_missing_initial", a.Missing))
	}
	c.line(c.p.T("ctl.fit_off", "Before", c.off(a.Before.RMSE), "After", c.off(a.RMSE)))
	if len(a.HeldOut) > 0 && a.Missing == 0 {
		c.line("")
		c.line(c.p.T("ctl.fit_held_out"))
		table := [][]string{{c.p.T("ctl.col_model"), c.p.T("ctl.col_log_loss"), c.p.T("ctl.col_off"), "AUC"}}
		for _, h := range a.HeldOut {
			table = append(table, []string{modelNames[h.Model], c.p.Fixed(h.LogLoss, 4), c.off(h.RMSE), c.p.Fixed(h.AUC, 3)})
		}
		c.table(table, 1, 2, 3)
	}
	c.line("")
	c.line(c.weightsLine(a.Weights))
}

// off is an RMSE(bins) for people: "3.1%".
func (c *cli) off(rmse float64) string { return c.p.T("ctl.percent", "N", c.p.Decimal(100*rmse)) }
