package student

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"lectern/scheduler/kernel"
	"lectern/scheduler/revlog"
)

// Desk is a student at a program that schedules with a memory model: what the
// program knows, beside what is true.
type Desk struct {
	*Student
	Model     kernel.Model
	Retention float64 // 0 to 1
	Cards     []Card  // by card
	Log       []Row   // every answer, in order
}

// Card is a card as the program knows it. Days are the student's.
type Card struct {
	State           kernel.State // zero: never answered
	Last, Due       int          // study days; without meaning for a new card
	Interval        int          // days
	Lapses, Answers int          // forgotten in review; in all
}

// Row is one answer of the log. Phase is that before the answer: 0 new,
// 1 learning, 2 review, 3 relearning.
type Row struct {
	Card         int
	At           float64 // days
	Grade, Phase int
	Seconds      float64
}

// NewDesk sits a student down before so many new cards.
func NewDesk(s *Student, model kernel.Model, retention float64, cards int) *Desk {
	return &Desk{Student: s, Model: model, Retention: retention, Cards: make([]Card, cards)}
}

// Clone returns a desk that goes on from here without touching this one. Its
// log starts empty.
func (d *Desk) Clone() *Desk {
	twin := *d
	twin.Student = d.Student.Clone()
	twin.Cards = slices.Clone(d.Cards)
	twin.Log = nil
	return &twin
}

// Due lists the cards due on a day or before, the longest waiting first.
func (d *Desk) Due(day int) []int {
	var due []int
	for i, c := range d.Cards {
		if c.Answers > 0 && c.Due <= day {
			due = append(due, i)
		}
	}
	slices.SortStableFunc(due, func(a, b int) int { return d.Cards[a].Due - d.Cards[b].Due })
	return due
}

// Fresh lists the first n cards never answered.
func (d *Desk) Fresh(n int) []int {
	var fresh []int
	for i := 0; i < len(d.Cards) && len(fresh) < n; i++ {
		if d.Cards[i].Answers == 0 {
			fresh = append(fresh, i)
		}
	}
	return fresh
}

// Study asks a card and, until it is recalled, again within minutes (five
// times at most): a new card until it was recalled on two steps, a forgotten
// one on one. It returns the seconds it took and whether the card was recalled
// at once.
func (d *Desk) Study(card int, at float64) (seconds float64, recalled bool) {
	c := &d.Cards[card]
	phase, steps := 2, 1
	if c.Answers == 0 {
		phase, steps = 0, 2
	}
	for asked := 0; ; asked++ {
		grade, took := d.Answer(card, at)
		seconds += took.Seconds()
		d.Log = append(d.Log, Row{card, at, grade, phase, took.Seconds()})
		days := 0.0
		if c.Answers > 0 {
			days = math.Floor(at) - float64(c.Last)
		}
		c.State = d.Model.Next(c.State, days, grade)
		c.Last, c.Answers = int(math.Floor(at)), c.Answers+1

		if asked == 0 {
			recalled = grade > 1
			if phase == 2 && grade == 1 {
				c.Lapses++
			}
			if phase == 2 && grade > 1 {
				break
			}
			phase++ // to learning, to relearning
		}
		switch {
		case grade == 4:
			steps = 0
		case grade == 3 && (asked > 0 || phase == 1):
			steps--
		}
		if steps <= 0 || asked >= 5 {
			break
		}
		at = min(at+10.0/(24*60), math.Floor(at)+0.9999)
	}
	c.Interval = int(max(1, min(36500, math.Round(d.Model.Interval(c.State, d.Retention)))))
	c.Due = c.Last + c.Interval
	return seconds, recalled
}

// Live lets the student study as usual from a day on, for so many days: what is
// due, then new cards, as his habits have it.
func (d *Desk) Live(from, days, newPerDay, reviewsPerDay int) {
	for day := from; day < from+days; day++ {
		at, studies := d.Session(day)
		if !studies {
			continue
		}
		due := d.Due(day)
		due = due[:min(len(due), reviewsPerDay)]
		for _, card := range append(due, d.Fresh(newPerDay)...) {
			seconds, _ := d.Study(card, at)
			at = min(at+seconds/86400, float64(day)+0.999)
		}
	}
}

// Known returns the mean true recall, 0 to 1, of cards at a time.
func (d *Desk) Known(cards []int, at float64) float64 {
	sum := 0.0
	for _, card := range cards {
		sum += d.Recall(card, at)
	}
	return sum / float64(max(1, len(cards)))
}

// FirstDay is day 0 in a log of History: 2020-01-01, counted from 1970.
const FirstDay = 18262

// History is the log as the program keeps it: cards named by their numbers, a
// study day that begins at midnight UTC.
func (d *Desk) History() (*revlog.Log, error) {
	log := &revlog.Log{}
	for _, row := range d.Log {
		err := log.Add(strconv.Itoa(row.Card), revlog.Answer{
			Time:  int64((FirstDay + row.At) * 86_400_000),
			Took:  int32(row.Seconds * 1000),
			Grade: uint8(row.Grade),
			State: revlog.State(row.Phase),
		})
		if err != nil {
			return nil, fmt.Errorf("keep an answer: %w", err)
		}
	}
	log.Sort()
	return log, nil
}
