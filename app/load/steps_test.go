package load

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lectern/assets/i18n"
	"lectern/scheduler"
)

func TestStepsAreReadAsPeopleWriteThem(t *testing.T) {
	min, hour, day := time.Minute, time.Hour, 24*time.Hour
	for text, want := range map[string][]time.Duration{
		"1 мин 10 мин":            {min, 10 * min},
		"1мин,10мин":              {min, 10 * min},
		"1m 10m":                  {min, 10 * min},
		"1 10":                    {min, 10 * min},
		"1, 10":                   {min, 10 * min},
		"1,10":                    {min, 10 * min},
		"1/10":                    {min, 10 * min},
		"1 минута; 1,5 часа":      {min, 90 * min},
		"30 секунд 1.25 h 1 день": {30 * time.Second, 75 * min, day},
		"10 min 1 d 3 days":       {10 * min, day, 3 * day},
		"2 дня 1 неделя":          {2 * day, 7 * day},
		"1 сутки":                 {day},
		" 15 Мин. ":               {15 * min},
		"1 ч 1 ч":                 {hour, hour},
		"":                        nil,
		"  ":                      nil,
	} {
		got, err := parseSteps(text)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q is %v (%v), want %v", text, got, err, want)
		}
	}
}

func TestStepsThatMakeNoSenseAreNamed(t *testing.T) {
	for text, want := range map[string]stepError{
		"скоро":                                  {"load.step_unknown", "скоро"},
		"1 мин абв":                              {"load.step_unknown", "абв"},
		"5 попугаев":                             {"load.step_unknown", "попугаев"},
		"-5":                                     {"load.step_unknown", "-5"},
		"10 мин 1":                               {"load.step_order", "1"},
		"0 мин":                                  {"load.step_short", "0 мин"},
		"0.2 с":                                  {"load.step_short", "0.2 с"},
		"400 дней":                               {"load.step_long", "400 дней"},
		"99999999999999999999999999999999999999": {"load.step_long", "99999999999999999999999999999999999999"},
		"1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1": {"load.step_many", "20"},
	} {
		_, err := parseSteps(text)
		var bad *stepError
		if !errors.As(err, &bad) || *bad != want {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
	}
}

// What the field shows is what it reads, in both languages.
func TestStepsAreReadAsShown(t *testing.T) {
	printers := []*i18n.Printer{i18n.New("ru"), i18n.New("en")}
	rapid.Check(t, func(t *rapid.T) {
		steps := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) time.Duration {
			unit := rapid.SampledFrom([]time.Duration{time.Second, time.Minute, time.Hour, 24 * time.Hour}).Draw(t, "unit")
			return unit * time.Duration(rapid.IntRange(1, 365).Draw(t, "n"))
		}), 0, mostSteps).Draw(t, "steps")
		slices.Sort(steps)
		for _, p := range printers {
			text := formatSteps(p, steps)
			got, err := parseSteps(text)
			if err != nil || !slices.Equal(got, steps) {
				t.Fatalf("%v is shown as %q and read as %v (%v)", steps, text, got, err)
			}
		}
	})
}

// Whatever is typed, what is taken makes a preset that is valid.
func FuzzSteps(f *testing.F) {
	for _, s := range []string{"1 мин 10 мин", "1m 10m 1.5h", "1,10", "скоро", "400 дней", "10 1", "1e9", "\u00a05ч"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		steps, err := parseSteps(text)
		if err != nil {
			return
		}
		p := scheduler.DefaultPreset()
		p.LearningSteps = steps
		if err := p.Validate(); err != nil {
			t.Errorf("%q is taken as %v: %v", text, steps, err)
		}
	})
}
