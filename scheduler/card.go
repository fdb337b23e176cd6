package scheduler

import "time"

// Phase is where a card stands on its way.
type Phase int

// The phases.
const (
	New        Phase = iota // never answered
	Learning                // on the learning steps
	Review                  // comes back after days
	Relearning              // forgotten, on the relearning steps
)

// Card is the schedule of one card: derived from its reviews by replay, never
// truth. The zero value is a new card.
type Card struct {
	Phase   Phase
	State   State
	Step    int       // index of the current step; Learning and Relearning only
	Due     time.Time // when a step ends; zero outside the steps
	DueDay  Day       // the study day it comes back; Review, and steps of a day and more
	Last    time.Time // the last answer; zero when New
	LastDay Day       // the study day of the last answer
	Days    int       // the interval in force, study days; 0 on steps
	Reps    int       // answers so far
	Lapses  int       // times forgotten in Review
}

// Moment is a point in time as the student lived it: the time and the offset
// of the local clock, which decides the study day.
type Moment struct {
	Time time.Time // millisecond precision
	Zone int       // minutes east of UTC in force at that time
}

// MomentOf takes time and zone offset from t's location.
func MomentOf(t time.Time) Moment {
	_, sec := t.Zone()
	return Moment{Time: t.Truncate(time.Millisecond), Zone: sec / 60}
}

// Day counts study days since 1970-01-01: the days between two rollovers.
type Day int

// Answer is one review as the scheduler sees it.
type Answer struct {
	At    Moment
	Grade Grade
	Took  time.Duration // from question to grade: memory is asked when the question is shown
}

// Promise is what an answer said would happen: when the card comes back. It is
// kept with the answer, so that later settings, weights or loads change what is
// promised next and never what was promised.
type Promise struct {
	Phase Phase
	Step  int
	Wait  time.Duration // on a step within the day
	Days  int           // study days; 0 within the day
}

// Outcome is what a grade would do, computed before the button is pressed:
// what the button says is what happens.
type Outcome struct {
	Grade Grade
	Card  Card          // the card after the answer
	Wait  time.Duration // until it comes back: exact on steps, whole study days otherwise
}

// Promise returns what is kept with the answer when the grade is given.
func (o Outcome) Promise() Promise {
	p := Promise{Phase: o.Card.Phase, Step: o.Card.Step}
	if o.Card.Due.IsZero() {
		p.Days = int(o.Card.DueDay - o.Card.LastDay)
	} else {
		p.Wait = o.Wait
	}
	return p
}
