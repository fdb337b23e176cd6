package exam

import (
	"context"
	"errors"
	"fmt"

	"lectern/scheduler/forecast"
	"lectern/scheduler/kernel"
)

// Limits of what is planned.
const (
	MaxDays  = 730
	MaxCards = 50_000
)

// lastLook is how many days before the exam are for a last look.
const lastLook = 3

// ErrPast is the error of an exam that was before today.
var ErrPast = errors.New("the exam is past")

// Card is a card that may be asked in the exam.
type Card struct {
	forecast.Card
	Section int // its lecture, from 0
}

// Request is what is asked of Make and Needed.
type Request struct {
	Cards   []Card  // new ones in the order in which they are begun
	Days    int     // to study in, today the first; 0: the exam is today
	Minutes float64 // a day at most, 0 to 1440
	Model   kernel.Model
	Habits  forecast.Habits
	Seed    uint64

	// How he would go on without a plan. The steps hold with the plan too.
	Settings  forecast.Settings
	Retention float64 // 0 to 1
}

// Plan is a plan, and what to expect of it.
type Plan struct {
	Today    []int // places in Request.Cards to ask today, the most valuable first
	Days     []Day
	Now      float64   // mean recall of the cards today, 0 to 1
	Expected float64   // mean recall on the day of the exam
	Unbegun  float64   // new cards for which there is no time
	Usual    []float64 // without the plan: mean recall as each day begins, and last on the day of the exam
	Sections []Section // by number
	NewUntil int       // last day on which new cards are begun, -1 for none
	LastLook int       // first of the last days, when what is weak is looked at once more
}

// Day is what a day of the plan holds.
type Day struct {
	Minutes float64 // not above Request.Minutes
	Reviews float64 // cards asked again
	New     float64 // cards begun
	Known   float64 // mean recall of all cards as the day begins, 0 to 1
}

// Section is a lecture in a plan. New cards count as not known.
type Section struct {
	Cards, New int
	Now        float64 // mean recall today, 0 to 1
	Expected   float64 // mean recall on the day of the exam
	Start      int     // day on which its first new card is begun, -1 for never
	Until      int     // day by which its last one is, -1 for never
}

// Make plans. The error is that of ctx, ErrPast, or says what of the request
// makes no sense.
func Make(ctx context.Context, req Request) (*Plan, error) {
	if err := req.check(); err != nil {
		return nil, err
	}
	p := newPlanner(req, sample)
	if err := p.findPrices(ctx, req.Minutes); err != nil {
		return nil, fmt.Errorf("plan %d days: %w", req.Days, err)
	}
	plan, err := p.plan(ctx)
	if err != nil {
		return nil, fmt.Errorf("plan %d days: %w", req.Days, err)
	}
	return plan, nil
}

func (r *Request) check() error {
	switch {
	case r.Model == nil:
		return errors.New("plan an exam without a memory model")
	case r.Days < 0:
		return ErrPast
	case r.Days > MaxDays:
		return fmt.Errorf("plan an exam %d days away: must be %d at most", r.Days, MaxDays)
	case len(r.Cards) > MaxCards:
		return fmt.Errorf("plan an exam of %d cards: must be %d at most", len(r.Cards), MaxCards)
	case !(r.Minutes >= 0 && r.Minutes <= 24*60):
		return fmt.Errorf("plan %v minutes a day: must be 0 to 1440", r.Minutes)
	case !(r.Retention > 0 && r.Retention < 1):
		return fmt.Errorf("plan against a retention of %v: must be between 0 and 1", r.Retention)
	}
	for i := range r.Cards {
		if s := r.Cards[i].Section; s < 0 || s >= MaxCards {
			return fmt.Errorf("plan a card of section %d: must be 0 to %d", s, MaxCards-1)
		}
	}
	return nil
}

// Needed returns the least minutes a day, in whole ones, with which at least
// wanted (0 to 1) is to be expected on the day of the exam. When no time is
// enough, ok is false and best is what can be reached. Request.Minutes is not
// looked at. The errors are those of Make.
func Needed(ctx context.Context, req Request, wanted float64) (minutes int, best float64, ok bool, err error) {
	req.Minutes = 0
	if err := req.check(); err != nil {
		return 0, 0, false, err
	}
	p := newPlanner(req, sample/4)
	expected := func(minutes int) (float64, error) {
		if err := p.findPrices(ctx, float64(minutes)); err != nil {
			return 0, fmt.Errorf("look for the minutes a day: %w", err)
		}
		known := 0.0
		for run := range p.runs() {
			c, err := p.follow(ctx, way{seconds: p.seconds, seed: p.seed(run)})
			if err != nil {
				return 0, fmt.Errorf("look for the minutes a day: %w", err)
			}
			known += c.expected() / float64(p.runs())
		}
		return known, nil
	}
	low, high := 0, mostMinutes
	if best, err = expected(high); err != nil || best < wanted {
		return 0, best, false, err
	}
	for low < high {
		middle := low + (high-low)/4 // small numbers are likelier
		got, err := expected(middle)
		if err != nil {
			return 0, best, false, err
		}
		if got >= wanted {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return high, best, true, nil
}

// mostMinutes is more than anybody studies on one day.
const mostMinutes = 480
