package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"lectern/decks/collection"
	"lectern/scheduler/forecast"
)

// forecastDays is how far ahead a log is simulated, as a collection is: 52 weeks.
const forecastDays = 364

// forecastAnswer is what `forecast --json` prints.
type forecastAnswer struct {
	collection.Forecast
	Seconds float64 `json:"seconds"`
}

// forecast says what each retention costs and brings over a year.
func (c *cli) forecast() *cobra.Command {
	var from *aheadFrom
	var cmd *cobra.Command
	deck := ""
	cmd = c.command("forecast", c.noArgs, func(ctx context.Context, _ []string) error {
		if err := from.check(c, cmd); err != nil {
			return err
		}
		report, done := c.progress(c.p.T("ctl.forecasting"))
		start := time.Now() // not the program's clock, which --now may have stopped
		f, err := c.foresee(ctx, from, deck, report)
		done()
		if err != nil {
			return cancelled(ctx, err)
		}
		answer := forecastAnswer{f, time.Since(start).Seconds()}
		return c.show(answer, func() { c.printForecast(f) })
	})
	from = c.aheadFlags(cmd)
	cmd.Flags().StringVar(&deck, "deck", "", c.p.T("ctl.flag_deck_preset"))
	return cmd
}

func (c *cli) foresee(ctx context.Context, from *aheadFrom, deck string, report collection.Progress) (f collection.Forecast, err error) {
	if from.reviews.log != "" {
		return c.foreseeLog(ctx, from, report)
	}
	err = c.with(ctx, func(col *collection.Collection) error {
		info, err := c.presetOf(ctx, col, deck)
		if err != nil {
			return err
		}
		f, err = col.Forecast(ctx, info.ID, report)
		return err
	})
	return f, err
}

func (c *cli) foreseeLog(ctx context.Context, from *aheadFrom, report collection.Progress) (f collection.Forecast, err error) {
	a, err := from.read(ctx, c, 0.9)
	if err != nil {
		return f, err
	}
	f.Cards, f.Own, f.Answers = len(a.cards), true, a.habits.Answers
	for _, card := range a.cards {
		f.Known += card.RecallOn(a.model, 0)
	}
	cards := append(a.cards, make([]forecast.Card, forecastDays*a.settings.NewPerDay)...)
	curves, err := forecast.Simulate(ctx, forecast.Request{
		Cards: cards, Model: a.model, Habits: a.habits, Settings: a.settings, Days: forecastDays,
	}, forecast.Retentions(), report)
	if err != nil {
		return f, err
	}
	for i := range curves {
		k := &curves[i]
		f.Curves = append(f.Curves, collection.ForecastCurve{
			Retention: k.Retention, MinutesPerDay: k.MinutesPerDay(), Remembered: k.KnownAtEnd(), Minutes: k.Weekly(), Known: k.Known,
		})
	}
	return f, nil
}

func (c *cli) printForecast(f collection.Forecast) {
	if f.Cards == 0 {
		c.line(c.p.T("ctl.ahead_no_cards"))
		return
	}
	c.line(c.p.N("ctl.forecast_of", f.Cards, "Known", c.p.Int(int(f.Known+0.5))))
	if !f.Own {
		c.line(c.p.T("ctl.forecast_usual"))
	}
	c.line("")
	table := [][]string{{c.p.T("ctl.col_retention"), c.p.T("ctl.col_minutes_a_day"), c.p.T("ctl.col_known_in_a_year")}}
	for i, k := range f.Curves {
		if i%3 == 0 { // 70, 73, … 97 %
			table = append(table, []string{c.p.Percent(k.Retention), c.p.Decimal(k.MinutesPerDay), c.p.Int(int(k.Remembered + 0.5))})
		}
	}
	c.table(table, 0, 1, 2)
}
