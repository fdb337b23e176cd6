package main

import (
	"context"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"lectern/scheduler"
	"lectern/scheduler/forecast"
	"lectern/scheduler/kernel"
	"lectern/scheduler/revlog"
)

// aheadFrom are the flags that say from what the future is foreseen: a log with
// a model, or by default the collection.
type aheadFrom struct {
	reviews   *reviewsFrom
	weights   *weightsFrom
	model     string
	newPerDay int
}

func (c *cli) aheadFlags(cmd *cobra.Command) *aheadFrom {
	f := &aheadFrom{reviews: c.reviewsFlags(cmd), weights: c.weightsFlag(cmd)}
	flags := cmd.Flags()
	flags.StringVar(&f.model, "model", kernel.FSRS6, c.p.T("ctl.flag_model_one"))
	flags.IntVar(&f.newPerDay, "new-per-day", 0, c.p.T("ctl.flag_new_per_day"))
	return f
}

// check refuses values that flags cannot have.
func (f *aheadFrom) check(c *cli, cmd *cobra.Command) error {
	switch {
	case !slices.Contains(kernel.Names[:], f.model):
		return c.badValue(cmd, "model")
	case f.newPerDay < 0 || f.newPerDay > 1000:
		return c.badValue(cmd, "new-per-day")
	}
	return f.reviews.check(c, cmd)
}

// ahead is what a log leaves a student with on the study day after its last
// answer, or on a later one that --now names.
type ahead struct {
	log      *revlog.Log
	today    int // counted from 1970
	model    kernel.Model
	habits   forecast.Habits
	settings forecast.Settings
	cards    []forecast.Card // by the log's numbers
}

// read replays the log.
func (f *aheadFrom) read(ctx context.Context, c *cli, retention float64) (a ahead, err error) {
	w, err := f.weights.read(f.model)
	if err != nil {
		return a, err
	}
	if a.model, err = kernel.New(f.model, w); err != nil {
		return a, err
	}
	if a.log, err = c.reviews(ctx, f.reviews); err != nil {
		return a, err
	}
	hour := f.reviews.rollover
	now := int(scheduler.DayOf(scheduler.MomentOf(c.clock()), hour))
	a.today = now // of an empty log
	if n := len(a.log.Answers); n > 0 {
		a.today = a.log.Answers[n-1].Day(hour) + 1
		if c.told {
			a.today = max(a.today, now)
		}
	}
	a.settings = forecast.DefaultSettings()
	a.settings.NewPerDay, a.settings.ReviewsPerDay = f.newPerDay, len(a.log.Answers)+1000 // a log knows no limit
	a.habits = forecast.HabitsOf(a.log, hour, forecast.DefaultHabits())
	a.cards = forecast.CardsOf(a.log, hour, a.model, a.today, retention, a.settings)
	return a, nil
}

// date is a study day as a calendar date.
func date(day int) string { return time.Unix(int64(day)*24*60*60, 0).UTC().Format(time.DateOnly) }
