package main

import (
	"strconv"
	"strings"
	"time"

	"lectern/scheduler"
)

// gradeNames are the words that `answer` takes and the intervals are named by.
var gradeNames = map[scheduler.Grade]string{
	scheduler.Again: "again",
	scheduler.Hard:  "hard",
	scheduler.Good:  "good",
	scheduler.Easy:  "easy",
}

// phaseNames are the words for phases in --json.
var phaseNames = map[scheduler.Phase]string{
	scheduler.New:        "new",
	scheduler.Learning:   "learning",
	scheduler.Review:     "review",
	scheduler.Relearning: "relearning",
}

// gradeOf reads a grade's word.
func gradeOf(word string) (scheduler.Grade, bool) {
	for g, name := range gradeNames {
		if name == strings.ToLower(word) {
			return g, true
		}
	}
	return 0, false
}

// gradeWord is a grade as the window's button says it.
func (c *cli) gradeWord(g scheduler.Grade) string { return c.p.T("op.answer_" + strconv.Itoa(int(g))) }

// interval writes a wait for scripts: whole days as "12d", less as "10m" or "1h30m".
func interval(d time.Duration) string {
	const day = 24 * time.Hour
	if d >= day && d%day == 0 {
		return strconv.Itoa(int(d/day)) + "d"
	}
	s := d.Round(time.Second).String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// here puts a time into the zone of the clock, to the second.
func (c *cli) here(t time.Time) time.Time { return t.In(c.clock().Location()).Truncate(time.Second) }

// stamp is a time in --json; nil, which becomes null, for none.
func (c *cli) stamp(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := c.here(t).Format(time.RFC3339)
	return &s
}

// moment is a time for people: "23 November, 14:05", with the year when it is
// not this one.
func (c *cli) moment(t time.Time) string {
	t = c.here(t)
	return c.p.DateFrom(c.clock(), t) + ", " + c.p.Clock(t)
}
