package forecast

import (
	"math"

	"lectern/scheduler/kernel"
)

// Card is a card as it stands when day 0 begins.
type Card struct {
	State    kernel.State // zero: never answered
	Last     int          // day of the last answer, 0 or before; of no meaning for a new card
	Due      int          // day it comes back, before 0 when overdue; of no meaning for a new card
	Interval int          // days, the interval in force
}

// New says whether the card was never answered. A card whose state is broken
// counts as new: it has to be learnt again.
func (c Card) New() bool { return !(c.State.S > 0) || math.IsInf(c.State.S, 0) }

// RecallOn returns the probability, 0 to 1, of recall on a day under a model,
// when the card is not answered until then.
func (c Card) RecallOn(m kernel.Model, day int) float64 {
	if c.New() {
		return 0
	}
	return m.Recall(c.State, float64(max(0, day-c.Last)))
}

// Settings are those of a preset that decide what a day holds.
type Settings struct {
	NewPerDay       int       // new cards begun a day; 0: none
	ReviewsPerDay   int       // cards reviewed a day; 0: none
	MaxInterval     int       // days, 1 to 36500
	LearningSteps   int       // how many steps a new card takes
	RelearningSteps int       // how many a forgotten one takes
	EasyDays        []float64 // share of a usual day's load, 0 to 1, by day modulo its length (7: weekdays from today's); nil: all days are alike
}

// DefaultSettings are those of a new collection.
func DefaultSettings() Settings {
	return Settings{NewPerDay: 10, ReviewsPerDay: 200, MaxInterval: 36500, LearningSteps: 2, RelearningSteps: 1}
}

// Interval returns the whole days until a card comes back, by what a model says.
func (s *Settings) Interval(days float64) int {
	return int(max(1, min(math.Round(days), float64(s.Longest()))))
}

// Longest is the longest interval, days: what is out of range is brought into it.
func (s *Settings) Longest() int { return max(1, min(s.MaxInterval, 36500)) }
