package scheduler

import "time"

// Preset holds the settings of study. Steps and learn-ahead are stored in
// nanoseconds, as Go writes a duration; what each setting may be stands in
// [Preset.Validate].
type Preset struct {
	Model           string          `json:"model"`             // "fsrs5" or "fsrs6"
	Weights         []float64       `json:"weights,omitempty"` // nil: the model's defaults
	Retention       float64         `json:"retention"`         // 0.70 to 0.99
	LearningSteps   []time.Duration `json:"learning_steps"`    // whole seconds, none shorter than the one before; from a day up they count as days
	RelearningSteps []time.Duration `json:"relearning_steps"`  // the same, after a lapse
	MaxInterval     int             `json:"max_interval"`      // days, 1 to 36500
	NewPerDay       int             `json:"new_per_day"`       // cards of a deck
	ReviewsPerDay   int             `json:"reviews_per_day"`   // cards of a deck
	BurySiblings    bool            `json:"bury_siblings"`     // of a note's cards ask one a day
	LeechLapses     int             `json:"leech_lapses"`      // 0: never
	RolloverHour    int             `json:"rollover_hour"`     // 0 to 23, local time
	LearnAhead      time.Duration   `json:"learn_ahead"`       // how early a waiting step may be shown when nothing else is left
	Fuzz            bool            `json:"fuzz"`              // spread cards learnt together over the days around their interval
	FourButtons     bool            `json:"four_buttons"`      // show Hard and Easy too
}

// DefaultPreset is what a new collection starts with.
func DefaultPreset() Preset {
	return Preset{
		Model:           "fsrs5",
		Retention:       0.9,
		LearningSteps:   []time.Duration{time.Minute, 10 * time.Minute},
		RelearningSteps: []time.Duration{10 * time.Minute},
		MaxInterval:     36500,
		NewPerDay:       10,
		ReviewsPerDay:   200,
		BurySiblings:    true,
		LeechLapses:     8,
		RolloverHour:    4,
		LearnAhead:      20 * time.Minute,
		Fuzz:            true,
	}
}
