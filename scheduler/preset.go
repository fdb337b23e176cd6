package scheduler

import "time"

// Preset holds the settings of study. Steps and learn-ahead are stored in
// nanoseconds, as Go writes a duration; what each setting may be stands in
// [Preset.Validate].
type Preset struct {
	Model           string          `json:"model"`               // "fsrs5", "fsrs6" or "fsrs7"
	Weights         []float64       `json:"weights,omitempty"`   // nil: the model's defaults
	Auto            bool            `json:"auto"`                // each fit may change the model to the one that predicts this student best
	Retention       float64         `json:"retention"`           // 0.70 to 0.99
	LearningSteps   []time.Duration `json:"learning_steps"`      // whole seconds, none shorter than the one before; from a day up they count as days
	RelearningSteps []time.Duration `json:"relearning_steps"`    // the same, after a lapse
	MaxInterval     int             `json:"max_interval"`        // days, 1 to 36500
	NewPerDay       int             `json:"new_per_day"`         // cards of a deck
	ReviewsPerDay   int             `json:"reviews_per_day"`     // cards of a deck
	NewBeyond       bool            `json:"new_beyond"`          // new cards do not count as reviews: they come however many reviews there are
	NewOrder        NewOrder        `json:"new_order"`           // which new cards come first
	ReviewOrder     ReviewOrder     `json:"review_order"`        // which reviews come first
	NewMix          Mix             `json:"new_mix"`             // new cards among reviews
	StepMix         Mix             `json:"step_mix"`            // steps of a day and more among reviews
	BurySiblings    bool            `json:"bury_siblings"`       // of a note's cards ask one a day
	LeechLapses     int             `json:"leech_lapses"`        // 0: never
	LeechPause      bool            `json:"leech_pause"`         // a leech is paused, not only marked
	RolloverHour    int             `json:"rollover_hour"`       // 0 to 23, local time; one for the whole collection
	LearnAhead      time.Duration   `json:"learn_ahead"`         // how early a waiting step may be shown when nothing else is left
	Fuzz            bool            `json:"fuzz"`                // spread cards learnt together over the days around their interval
	EasyDays        [7]Ease         `json:"easy_days,omitempty"` // by time.Weekday; needs Fuzz
	FourButtons     bool            `json:"four_buttons"`        // show Hard and Easy too
}

// NewOrder is the order of new cards.
type NewOrder string

// The orders of new cards. Random ones keep their order all day.
const (
	NewByCourse   NewOrder = ""             // as the course goes
	NewReversed   NewOrder = "reversed"     // the end of the course first
	NewByPart     NewOrder = "part"         // first cards of all notes, then second ones
	NewRandomNote NewOrder = "random_notes" // cards of a note stay together
	NewRandomCard NewOrder = "random_cards"
)

// NewOrders lists the orders of new cards.
var NewOrders = []NewOrder{NewByCourse, NewReversed, NewByPart, NewRandomNote, NewRandomCard}

// ReviewOrder is the order of reviews that are due.
type ReviewOrder string

// The orders of reviews. Equal cards are mixed, the same way all day.
const (
	ReviewsByDay      ReviewOrder = ""            // the longest due first
	ReviewsDayDeck    ReviewOrder = "day_deck"    // of one day deck by deck
	ReviewsDeckDay    ReviewOrder = "deck_day"    // deck by deck, of each the longest due first
	ReviewsShortest   ReviewOrder = "shortest"    // the shortest interval first
	ReviewsLongest    ReviewOrder = "longest"     // the longest interval first
	ReviewsEasiest    ReviewOrder = "easiest"     // the least difficulty first
	ReviewsHardest    ReviewOrder = "hardest"     // the greatest difficulty first
	ReviewsLeastKnown ReviewOrder = "least_known" // the least recall first
	ReviewsBestKnown  ReviewOrder = "best_known"  // the greatest recall first
	ReviewsOverdue    ReviewOrder = "overdue"     // the most overdue for their interval first
	ReviewsRandom     ReviewOrder = "random"
	ReviewsByCourse   ReviewOrder = "course"   // as the course goes
	ReviewsReversed   ReviewOrder = "reversed" // the end of the course first
)

// ReviewOrders lists the orders of reviews.
var ReviewOrders = []ReviewOrder{
	ReviewsByDay, ReviewsDayDeck, ReviewsDeckDay, ReviewsShortest, ReviewsLongest, ReviewsEasiest, ReviewsHardest,
	ReviewsLeastKnown, ReviewsBestKnown, ReviewsOverdue, ReviewsRandom, ReviewsByCourse, ReviewsReversed,
}

// Mix says how one kind of card comes among another.
type Mix string

// The ways to mix.
const (
	Mixed  Mix = "" // spread evenly
	After  Mix = "after"
	Before Mix = "before"
)

// Mixes lists the ways to mix.
var Mixes = []Mix{Mixed, After, Before}

// Ease is how much is to come back on a day of the week.
type Ease int

// The eases of a day.
const (
	NormalDay  Ease = iota
	ReducedDay      // half as much
	MinimumDay      // only what cannot be moved
)

// Share is the part of a normal day's load that a day is to take, 0 to 1.
func (e Ease) Share() float64 {
	switch e {
	case ReducedDay:
		return 0.5
	case MinimumDay:
		return 1e-4
	default:
		return 1
	}
}

// DefaultPreset is what a new collection starts with.
func DefaultPreset() Preset {
	return Preset{
		Model:           "fsrs5",
		Auto:            true,
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
