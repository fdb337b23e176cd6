package scheduler

import (
	"fmt"
	"slices"
	"time"
)

// Limits of a preset.
const (
	minRetention = 0.70
	maxRetention = 0.99
	maxDays      = 36500 // the longest interval, a hundred years

	minStep       = time.Second
	maxStep       = 365 * day24
	maxSteps      = 20
	maxPerDay     = 100_000
	maxLapses     = 1000
	maxLearnAhead = 24 * time.Hour
)

// SettingError says which setting of a preset is wrong and what it may be.
type SettingError struct {
	Setting string // the setting's name in JSON, like "retention"
	Problem string // "must be between 0.70 and 0.99, not 1.2"
}

func (e *SettingError) Error() string { return e.Setting + " " + e.Problem }

// Validate returns a *SettingError for the first setting that is out of range,
// or nil.
func (p Preset) Validate() error {
	if _, err := NewModel(p.Model, p.Weights); err != nil {
		return &SettingError{"model", "cannot be used: " + err.Error()}
	}
	if !(p.Retention >= minRetention && p.Retention <= maxRetention) {
		return &SettingError{"retention", fmt.Sprintf("must be between %.2f and %.2f, not %v", minRetention, maxRetention, p.Retention)}
	}
	if err := checkSteps("learning_steps", p.LearningSteps); err != nil {
		return err
	}
	if err := checkSteps("relearning_steps", p.RelearningSteps); err != nil {
		return err
	}
	for _, c := range []struct {
		setting       string
		value, lo, hi int
	}{
		{"max_interval", p.MaxInterval, 1, maxDays},
		{"new_per_day", p.NewPerDay, 0, maxPerDay},
		{"reviews_per_day", p.ReviewsPerDay, 0, maxPerDay},
		{"leech_lapses", p.LeechLapses, 0, maxLapses},
		{"rollover_hour", p.RolloverHour, 0, 23},
	} {
		if c.value < c.lo || c.value > c.hi {
			return &SettingError{c.setting, fmt.Sprintf("must be between %d and %d, not %d", c.lo, c.hi, c.value)}
		}
	}
	for _, c := range []struct {
		setting string
		known   bool
		value   string
	}{
		{"new_order", slices.Contains(NewOrders, p.NewOrder), string(p.NewOrder)},
		{"review_order", slices.Contains(ReviewOrders, p.ReviewOrder), string(p.ReviewOrder)},
		{"new_mix", slices.Contains(Mixes, p.NewMix), string(p.NewMix)},
		{"step_mix", slices.Contains(Mixes, p.StepMix), string(p.StepMix)},
	} {
		if !c.known {
			return &SettingError{c.setting, fmt.Sprintf("must be one that is known, not %q", c.value)}
		}
	}
	for day, e := range p.EasyDays {
		if e < NormalDay || e > MinimumDay {
			return &SettingError{"easy_days", fmt.Sprintf("must be 0, 1 or 2, not %d on %v", e, time.Weekday(day))}
		}
	}
	if p.LearnAhead < 0 || p.LearnAhead > maxLearnAhead {
		return &SettingError{"learn_ahead", fmt.Sprintf("must be between 0 and %v, not %v", maxLearnAhead, p.LearnAhead)}
	}
	return nil
}

func checkSteps(setting string, steps []time.Duration) error {
	if len(steps) > maxSteps {
		return &SettingError{setting, fmt.Sprintf("must be at most %d steps, not %d", maxSteps, len(steps))}
	}
	for i, d := range steps {
		if d < minStep || d > maxStep {
			return &SettingError{setting, fmt.Sprintf("must each be between %v and 365 days, not %v", minStep, d)}
		}
		if d%time.Second != 0 {
			return &SettingError{setting, fmt.Sprintf("must each be whole seconds, not %v", d)}
		}
		if i > 0 && d < steps[i-1] {
			return &SettingError{setting, fmt.Sprintf("must not become shorter: %v is followed by %v", steps[i-1], d)}
		}
	}
	return nil
}

// copyOf returns p with slices of its own.
func (p Preset) copyOf() Preset {
	p.Weights = slices.Clone(p.Weights)
	p.LearningSteps = slices.Clone(p.LearningSteps)
	p.RelearningSteps = slices.Clone(p.RelearningSteps)
	return p
}
