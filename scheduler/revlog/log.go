// Package revlog holds a student's answers as replay and fit read them: a log
// in time order, filled from a collection or read from a CSV file.
package revlog

import (
	"cmp"
	"fmt"
	"slices"
)

// State is what a card was before an answer.
type State uint8

// The states.
const (
	New        State = iota // never answered, or reset
	Learning                // on the learning steps
	Review                  // comes back after days
	Relearning              // forgotten, on the relearning steps
	Cram                    // asked without being due, out of schedule
)

// Answer is one review.
type Answer struct {
	Time  int64 // milliseconds since 1970, UTC
	Took  int32 // milliseconds
	Card  int32 // number of the card in its log, from 0
	Zone  int16 // minutes east of UTC in force at that time
	Grade uint8 // 1 Again, 2 Hard, 3 Good, 4 Easy
	State State
}

// Limits of what a log takes.
const (
	MaxAnswers = 10_000_000 // a century of 270 a day
	MaxCards   = 2_000_000
	MaxID      = 100                 // bytes of a card's id
	MaxTime    = 253_402_300_799_999 // the year 9999, milliseconds
	MaxZone    = 24 * 60             // minutes
)

const msPerDay = 24 * 60 * 60 * 1000

// Log is a student's answers. The zero value is an empty log.
type Log struct {
	// Answers are in time order, those of one moment as they were given.
	// [Log.Sort] puts them so.
	Answers []Answer

	ids     []string
	numbers map[string]int32
}

// Add appends an answer to a card named by its id; a.Card is set here. The
// error says what no answer can be.
func (l *Log) Add(id string, a Answer) error {
	if err := l.check(a); err != nil {
		return err
	}
	n, ok := l.numbers[id]
	if !ok {
		var err error
		if n, err = l.meet(id); err != nil {
			return err
		}
	}
	a.Card = n
	l.Answers = append(l.Answers, a)
	return nil
}

// add is Add for an id whose bytes do not last.
func (l *Log) add(id []byte, a Answer) error {
	if err := l.check(a); err != nil {
		return err
	}
	n, ok := l.numbers[string(id)] // without a copy
	if !ok {
		var err error
		if n, err = l.meet(string(id)); err != nil {
			return err
		}
	}
	a.Card = n
	l.Answers = append(l.Answers, a)
	return nil
}

func (l *Log) check(a Answer) error {
	switch {
	case len(l.Answers) >= MaxAnswers:
		return fmt.Errorf("a log holds at most %d answers", MaxAnswers)
	case a.Time < 0 || a.Time > MaxTime:
		return fmt.Errorf("the time %d is not between 1970 and 9999", a.Time)
	case a.Grade < 1 || a.Grade > 4:
		return fmt.Errorf("the grade %d is not 1 to 4", a.Grade)
	case a.State > Cram:
		return fmt.Errorf("the state %d is not 0 to %d", a.State, Cram)
	case a.Took < 0:
		return fmt.Errorf("the answer took %d ms", a.Took)
	case a.Zone < -MaxZone || a.Zone > MaxZone:
		return fmt.Errorf("the zone is %d minutes from UTC", a.Zone)
	}
	return nil
}

// meet numbers a card that the log did not know.
func (l *Log) meet(id string) (int32, error) {
	switch {
	case len(l.ids) >= MaxCards:
		return 0, fmt.Errorf("a log knows at most %d cards", MaxCards)
	case len(id) > MaxID:
		return 0, fmt.Errorf("an id has at most %d bytes, not %d", MaxID, len(id))
	case l.numbers == nil:
		l.numbers = map[string]int32{}
	}
	n := int32(len(l.ids))
	l.ids = append(l.ids, id)
	l.numbers[id] = n
	return n, nil
}

// Cards returns how many cards the log knows.
func (l *Log) Cards() int { return len(l.ids) }

// ID returns the id of a card by its number.
func (l *Log) ID(card int32) string { return l.ids[card] }

// Sort puts the answers in time order.
func (l *Log) Sort() {
	byTime := func(a, b Answer) int { return cmp.Compare(a.Time, b.Time) }
	if !slices.IsSortedFunc(l.Answers, byTime) {
		slices.SortStableFunc(l.Answers, byTime)
	}
}

// Day returns the study day of an answer, counted from 1970: its local date
// after the clock is turned back by the rollover hour.
func (a Answer) Day(rolloverHour int) int {
	ms := a.Time + (int64(a.Zone)-int64(rolloverHour)*60)*60_000
	if ms < 0 {
		ms -= msPerDay - 1
	}
	return int(ms / msPerDay)
}

// Until returns the log of the answers before the moment at which a fraction
// of them was given; from 1 on that is the whole log. The log must be in time
// order, and the returned one shares its answers.
func (l *Log) Until(fraction float64) *Log {
	cut := *l
	if n := int(float64(len(l.Answers)) * max(0, fraction)); n < len(l.Answers) {
		at := l.Answers[n].Time
		for n > 0 && l.Answers[n-1].Time == at {
			n--
		}
		cut.Answers = slices.Clip(l.Answers[:n])
	}
	return &cut
}

// Histories are the answers of a log card by card.
type Histories struct {
	rows   []int32
	starts []int32 // of each card, and the end
}

// ByCard groups a log, which must be in time order.
func (l *Log) ByCard() Histories {
	h := Histories{rows: make([]int32, len(l.Answers)), starts: make([]int32, l.Cards()+1)}
	for i := range l.Answers {
		h.starts[l.Answers[i].Card+1]++
	}
	for c := range l.Cards() {
		h.starts[c+1] += h.starts[c]
	}
	next := slices.Clone(h.starts)
	for i := range l.Answers {
		c := l.Answers[i].Card
		h.rows[next[c]] = int32(i)
		next[c]++
	}
	return h
}

// Card returns where in the log a card's answers are, in time order.
func (h Histories) Card(n int) []int32 { return h.rows[h.starts[n]:h.starts[n+1]] }
